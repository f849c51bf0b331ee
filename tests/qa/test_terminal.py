"""Answers as plain text, with nothing in them that could move the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, TALLINN, answer_of, citation_of, refusal_of, transcript_of

from index.types import Kind, Transcript
from qa.check import Match
from qa.cite import quote
from qa.terminal import introduction, render_answer, render_citation, render_match, searched_line
from qa.types import Searched

SCOPE = "Searched: 2 transcripts, 24 turns, by Jens Stoltenberg, Sven Mikser, 20 November 2014 to 4\nOctober 2018."


def test_an_answer_line_by_line() -> None:
    transcript = transcript_of("Allies agree.  They\nalways do.")
    citation = citation_of(transcript, "Allies agree.  They\nalways do.")
    assert render_answer(answer_of(citation)) == (
        "[1] Ann Example, Minister: Title, 29 February 2020\n"
        "    “Allies agree. They always do.”\n"
        "    made, characters 7–37\n"
        "\n" + SCOPE
    )


def test_a_refusal_says_so_and_why_and_shows_what_is_related() -> None:
    near = citation_of(transcript_of("Allies agree."), "Allies agree.")
    shown = render_answer(refusal_of(near, reason="Nothing speaks of this."))
    assert shown == (
        "The record does not answer this. Nothing speaks of this.\n\nRelated, not an answer:\n\n"
        "[1] Ann Example, Minister: Title, 29 February 2020\n    “Allies agree.”\n    made, characters 7–20\n\n" + SCOPE
    )
    assert "Related" not in render_answer(refusal_of())


def test_an_answer_to_a_question_shows_the_question(sample_transcripts: Mapping[str, Transcript]) -> None:
    citation = citation_of(sample_transcripts[TALLINN], "Economic sanctions are an integral part of that pressure.")
    shown = render_citation(citation)
    assert shown.startswith("[1] Sven Mikser, ")
    assert "      asked by Alistair Bunkall, Sky News: “" in shown
    assert max(map(len, shown.splitlines())) <= 96


@pytest.mark.parametrize(
    ("speaker", "role", "kind", "who"),
    [
        ("Ann", "Minister", "principal", "Ann, Minister"),
        ("Ann", None, "principal", "Ann"),
        ("Mia", "Sky News", "journalist", "Mia, Sky News (journalist)"),
        (None, "Sky News", "journalist", "A journalist, Sky News"),
        (None, None, "journalist", "A journalist"),
        ("Oana", "Spokesperson", "moderator", "Oana, Spokesperson (moderator)"),
        (None, None, "moderator", "The moderator"),
        ("Bob", None, "unknown", "Bob (unidentified)"),
        (None, None, "unknown", "An unnamed speaker"),
        (None, None, None, "From the header of the transcript"),
    ],
)
def test_who_speaks_is_said_as_what(speaker: str | None, role: str | None, kind: Kind | None, who: str) -> None:
    citation = citation_of(transcript_of("Allies agree."), "Allies agree.")
    made = replace(citation, speaker=speaker, role=role, kind=kind, title=None, place="Riga", date=None)
    assert introduction(made) == f"{who}: Riga"
    assert introduction(replace(made, place=None)) == who


def test_reported_words_are_introduced_as_such() -> None:
    citation = replace(citation_of(transcript_of("Yes."), "Yes."), reported_from="the President", title=None, date=None)
    assert introduction(citation) == "Ann Example, Minister, reporting the words of the President"


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (Searched(0, 0), "Searched: 0 transcripts, 0 turns."),
        (Searched(1, 1), "Searched: 1 transcript, 1 turn."),
        (Searched(1200, 34567), "Searched: 1,200 transcripts, 34,567 turns."),
        (
            Searched(1, 2, ("A", "B", "C", "D", "E"), date(2018, 10, 4), date(2018, 10, 4)),
            "Searched: 1 transcript, 2 turns, by A, B, C, D and others, 4 October 2018.",
        ),
    ],
)
def test_the_scope_of_a_search(searched: Searched, line: str) -> None:
    assert searched_line(searched) == line


@given(st.text(alphabet=st.sampled_from("ab \n\t\x00\x07\x1b[2J\r\x7f\x9b\u202e\u2066\u200f\x85\u2028"), min_size=1))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    transcript = transcript_of(f"x{text}x", speaker=f"n{text}")
    citation = replace(
        citation_of(transcript, transcript.text[7:]),
        title=text,
        place=text,
        asked=quote(transcript, "made#t001", 7, len(transcript.text)),
        asked_by=text,
        reported_from=text,
    )
    match = Match(citation.quote, transcript.turns[0], replace(transcript, title=text), False, citation.quote)
    answer = replace(refusal_of(citation, reason=text), searched=Searched(1, 1, (text,)))
    for shown in (render_answer(answer_of(citation)), render_answer(answer), render_match(match)):
        assert {c for c in shown if not c.isprintable()} <= {"\n"}


def test_a_match_cut_from_a_sentence_shows_the_sentence(sample_transcripts: Mapping[str, Transcript]) -> None:
    transcript = sample_transcripts[BRUSSELS]
    start = transcript.text.index("We call on Russia")
    turn = transcript.turns[0]
    cut = quote(transcript, turn.turn_id, start, start + len("We call on Russia"))
    whole = quote(transcript, turn.turn_id, start, start + len("We call on Russia to address our serious concerns."))
    shown = render_match(Match(cut, turn, transcript, False, whole))
    assert "    “We call on Russia”\n    part of: “We call on Russia to address our serious concerns.”\n" in shown
    assert "part of" not in render_match(Match(whole, turn, transcript, True, whole))
