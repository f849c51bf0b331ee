"""Speech never vanishes into the header, and the header's people keep their names apart."""

from __future__ import annotations

import pytest

from index.byline import people_in
from index.noise import is_footer
from index.parse import parse_text

HEAD = "Press conference\n\nby the Secretary General, Henrike Solberg\n\n30 Nov. 2021\n\n"
TAIL = "\n\nModerator: Questions, please.\n\nQ: Is the bridge open?\n\nHenrike Solberg: Yes.\n"


@pytest.mark.parametrize(
    "opening",
    [
        "Prime Minister,\n\nThe treaty is ten years old.",
        "Taoiseach, dear Fionn,\n\nIt is a true pleasure.",
        "Your Majesties, ladies and gentlemen,\n\nThe treaty is ten years old.",
        "Ministers met today. They agreed on the budget.",
        "Video of the attack went round the world.\n\nIt is a crime.",
        "On 5 May 1945 we were free.\n\nThat is a long time ago.",
        "The situation is grave.\n\n** Guests\n\nI thank our guests.",
    ],
)
def test_an_unlabelled_opening_is_the_first_turn(opening: str) -> None:
    found = parse_text(HEAD + opening + TAIL, doc_id="opening")
    first = found.turns[0]
    assert found.text[first.start : first.end] == opening
    assert first.speaker == "Henrike Solberg"


def test_a_photo_caption_above_the_speech_is_header() -> None:
    caption = "Secretary General Henrike Solberg meets the press. The flags are behind her."
    found = parse_text(f"{HEAD}{caption}\n\nGood morning. I am glad.{TAIL}", doc_id="caption")
    assert found.text[found.turns[0].start : found.turns[0].end] == "Good morning. I am glad."


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "with Secretary General Ann Lee and the Warden of the Isles, Bo Ek",
            [("Ann Lee", "Secretary General"), ("Bo Ek", "Warden of the Isles")],
        ),
        ("Remarks by Secretary-General Ann Lee at the summit", [("Ann Lee", "Secretary-General")]),
        ("by the Minister of Defence and the Sea, Ann Lee", [("Ann Lee", "Minister of Defence and the Sea")]),
    ],
)
def test_the_people_of_a_header_line(line: str, people: list[tuple[str, str]]) -> None:
    assert [(person.name, person.role) for person in people_in(line)] == people


def test_a_surname_is_completed_by_the_words_that_introduce_its_bearer() -> None:
    text = (
        "Noon briefing by Mia Ode, Spokesperson\n26 April 2018\n\nGood afternoon. I am joined by Bertrand\nOkoth, our "
        "Emergency Coordinator.\n\nOkoth: I hear you well.\n\nQuestion: How many?\n\nOkoth: Thirty.\n"
    )
    turns = parse_text(text, doc_id="guest").turns
    assert [(turn.speaker, turn.kind) for turn in turns[1:]] == [
        ("Bertrand Okoth", "principal"),
        (None, "journalist"),
        ("Bertrand Okoth", "principal"),
    ]


@pytest.mark.parametrize(
    ("line", "footer"),
    [
        ("Privacy notice | Terms of use | Follow us | Careers", True),
        ("For further information please contact the press office", True),
        ("More information will be given on Friday.", False),
        ("Return to the table, that is all.", False),
    ],
)
def test_a_sentence_is_no_footer(line: str, *, footer: bool) -> None:
    assert is_footer(line) is footer
