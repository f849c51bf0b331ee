"""Sentences as offsets: nothing lost, nothing joined over a blank line, no abbreviation taken for an end."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans
from index.types import Transcript

CASES = [
    ("One. Two.", ["One.", "Two."]),
    ("Is it? Yes! So.", ["Is it?", "Yes!", "So."]),
    ("no stop at all", ["no stop at all"]),
    ("", []),
    (" \n\t\xa0 ", []),
    ("Mr. Putin met Gen. Breedlove. They spoke.", ["Mr. Putin met Gen. Breedlove.", "They spoke."]),
    ("The U.S. Government and J. Smith agree. Good.", ["The U.S. Government and J. Smith agree.", "Good."]),
    ("So do I. We agree.", ["So do I.", "We agree."]),
    ("It was 20 Nov. 2014 then. Later.", ["It was 20 Nov. 2014 then.", "Later."]),
    ("The answer is no. We said so.", ["The answer is no.", "We said so."]),
    ("Under No. 5 we act. Now.", ["Under No. 5 we act.", "Now."]),
    ("It rose by 2.5 percent. Fine.", ["It rose by 2.5 percent.", "Fine."]),
    ("We are... assisting Allies. Yes.", ["We are... assisting Allies.", "Yes."]),
    ("I mean... The rest… Again. End.", ["I mean... The rest… Again.", "End."]),
    ("First.\xa0 Second.\xa0Third.", ["First.", "Second.", "Third."]),
    ("He said “We will.” She left.", ["He said “We will.”", "She left."]),
    ('"Never." (Really.) Next.', ['"Never."', "(Really.)", "Next."]),
    ("One line\n\nanother line", ["One line", "another line"]),
    ("One line\nwrapped here. Next.", ["One line\nwrapped here.", "Next."]),
    ("A heading\n \t\nA text. End", ["A heading", "A text.", "End"]),
    ("Yes. (Inaudible) the rest. End.", ["Yes. (Inaudible) the rest.", "End."]),
    ("(Inaudible)... from Estonia.", ["(Inaudible)... from Estonia."]),
    ("it ends. and goes on. Then", ["it ends. and goes on.", "Then"]),
    ("What?! Really?! Yes.", ["What?!", "Really?!", "Yes."]),
    ("Élan. Über alles. Ça va.", ["Élan.", "Über alles.", "Ça va."]),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_the_sentences_of_a_text(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


PIECES = st.sampled_from(
    [
        "a",
        "Bc",
        "U.S.",
        "Mr.",
        ".",
        "...",
        "…",
        "?",
        "!",
        " ",
        "\xa0",
        "\n",
        "\n\n",
        "“",
        "”",
        "(",
        ")",
        "(Inaudible)",
        "7",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 60), st.integers(0, 60))
def test_spans_are_trimmed_in_order_and_leave_nothing_out(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    at = start
    for first, last in sentence_spans(text, start, end):
        assert at <= first < last <= end
        assert text[at:first].strip() == ""
        assert text[first:last].strip() == text[first:last]
        at = last
    assert text[at:end].strip() == ""


@given(st.text(max_size=200))
def test_any_text_at_all_keeps_every_character_that_is_no_space(text: str) -> None:
    held = "".join("".join(text[start:end].split()) for start, end in sentence_spans(text))
    assert held == "".join(text.split())


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map("".join))
def test_no_sentence_crosses_a_blank_line(one: str, other: str) -> None:
    text = f"{one}\n\n{other}"
    assert all("\n\n" not in text[start:end] for start, end in sentence_spans(text))


def test_the_2018_statement_by_hand(sample_transcripts: Mapping[str, Transcript]) -> None:
    text = sample_transcripts["2018-10-04-press-conference"].text
    start, end = text.index("A landmark agreement"), text.index("After years of denials")
    assert [text[s:e] for s, e in sentence_spans(text, start, end)] == [
        "A landmark agreement that abolishes a whole category of weapons.",
        "We believe this treaty is in danger because of Russia’s actions.",
    ]


def test_offsets_count_characters_outside_the_basic_plane() -> None:
    assert sentence_spans("😀 one. Two 😀.") == [(0, 6), (7, 13)]
