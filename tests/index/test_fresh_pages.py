"""Rules found by reading pages that none of the parser's other cases resemble."""

from __future__ import annotations

import pytest

from index.calls import read_call
from index.introductions import Asker, read_introduction
from index.parse import parse_text

GAGGLE = """**MS. ORR:** A quick note: we land at noon. Leopold will say a few words.

**AMBASSADOR QUAYE:** Thanks, Tamsin. Happy to take a few.

**Q** Ambassador, did they ask for ships?

**AMBASSADOR QUAYE:** They asked for a dentist.
"""

NOON = """11 February 2020
Daily Press Briefing by the Office of the Spokesperson

The following is a near-verbatim transcript of today's noon briefing by Ann Lee, Spokesperson for the Secretary-General.

Good afternoon. The truce has held for nine days.

Question: Who broke it the first time?

Spokeswoman: I would refer you to the statement.
"""

RADIO = """Interview on the Breakfast Hour, Radio Highmoor

with the Deputy Chair of the Moor Commission, Rosalind Achebe

22 October 2008

Presenter (Callum Frith): You want to fence the whole moor. Why?

Rosalind Achebe: Not the whole of it. A third.

Callum Frith: And the walkers?

Rosalind Achebe: There will be forty gates.
"""

CONTACT = """Remarks by High Representative Ann Lee

5 April 2022

Ann Lee (High Representative): Thank you very much, Minister. The port opens in May.

Thank you.

Peter Stanislav
Lead Spokesperson for Foreign Affairs
+32 (0)460 00 00 00
"""


def test_a_question_mark_in_bold_needs_no_stop() -> None:
    turns = parse_text(GAGGLE, doc_id="d").turns
    assert [turn.kind for turn in turns][2] == "journalist"
    assert turns[2].start == GAGGLE.index("Ambassador, did")
    assert len(turns) == 4


def test_a_spokeswoman_is_the_spokesperson_of_the_header() -> None:
    turns = parse_text(NOON, doc_id="d").turns
    assert [turn.speaker for turn in turns] == ["Ann Lee", None, "Ann Lee"]
    assert turns[2].kind == "principal"


def test_the_presenter_of_an_interview_asks_for_the_programme() -> None:
    turns = parse_text(RADIO, doc_id="d").turns
    asked = [(turn.speaker, turn.kind, turn.affiliation) for turn in turns[::2]]
    assert asked == [("Callum Frith", "journalist", "Radio Highmoor")] * 2
    assert {turn.kind for turn in turns[1::2]} == {"principal"}


def test_the_press_officers_address_is_no_speech() -> None:
    turns = parse_text(CONTACT, doc_id="d").turns
    assert CONTACT[: turns[-1].end].endswith("May.\n\nThank you.")


@pytest.mark.parametrize(
    ("text", "asker"),
    [
        ("Ann Lee, «Перший канал».", Asker("Ann Lee", "Перший канал")),
        ("Thank you. Now Ann Lee from “The Tide”.", Asker("Ann Lee", "The Tide")),
        ("We go on with “The Tide”.", Asker(None, "The Tide")),
    ],
)
def test_a_call_names_who_stands_before_a_quoted_outlet(text: str, asker: Asker) -> None:
    assert read_call(text) == asker


def test_french_journalists_are_of_a_paper() -> None:
    assert read_introduction("Julie Lee, du journal Le Fleuve. Qui a voté contre ?") == Asker("Julie Lee", "Le Fleuve")


def test_voices_of_subtitles_need_no_second_turn() -> None:
    turns = parse_text("Ann Lee: Good evening.\n\nBob Ray: Who voted?\n", doc_id="d", subtitles=True).turns
    assert [turn.speaker for turn in turns] == ["Ann Lee", "Bob Ray"]


def test_a_word_and_a_colon_in_subtitles_is_speech() -> None:
    text = "Remember: the sea\nis cold.\n"
    turns = parse_text(text, doc_id="d", subtitles=True).turns
    assert [(turn.speaker, turn.start) for turn in turns] == [(None, 0)]
