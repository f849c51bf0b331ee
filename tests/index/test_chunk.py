"""Passages: whole sentences, nothing lost, nothing changed."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from doubles import transcript
from hypothesis import given
from hypothesis import strategies as st

from index.chunk import openings, passages, windows
from index.parse import parse_file
from index.sentences import sentence_spans
from index.settings import Chunking
from index.types import Exchange

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "transcripts").glob("*.txt"))
SIX = (
    "One two three four. Five six seven eight. Nine ten eleven twelve. "
    "Red green blue white. Up down left right. North south east west."
)
SMALL = Chunking(target_words=8, max_words=12, overlap_sentences=0)

words = st.sampled_from(
    ["Allies", "spend", "more", "U.S.", "2 %", "well...", "Yes.", "Why?", "(Inaudible)", "\n\n", "’"]
)
texts = st.lists(words, max_size=60).map(" ".join)
chunkings = st.builds(
    Chunking, target_words=st.integers(1, 20), max_words=st.integers(1, 30), overlap_sentences=st.integers(0, 3)
)


@given(texts, chunkings)
def test_windows_are_runs_of_whole_sentences_and_hold_them_all(text: str, chunking: Chunking) -> None:
    sentences = sentence_spans(text)
    starts, ends = {s for s, _ in sentences}, {e for _, e in sentences}
    cut = windows(text, 0, len(text), chunking)
    assert all(start in starts and end in ends for start, end in cut)
    assert {s for s in sentences if any(start <= s[0] and s[1] <= end for start, end in cut)} == set(sentences)
    assert cut == sorted(set(cut))


@given(texts, st.integers(1, 20), st.integers(1, 30))
def test_without_overlap_no_sentence_is_twice(text: str, target: int, most: int) -> None:
    cut = windows(text, 0, len(text), Chunking(target_words=target, max_words=most, overlap_sentences=0))
    assert all(before[1] <= after[0] for before, after in pairwise(cut))


def test_a_window_closes_at_its_target_and_never_passes_its_limit() -> None:
    assert [SIX[s:e] for s, e in windows(SIX, 0, len(SIX), SMALL)] == [
        "One two three four. Five six seven eight.",
        "Nine ten eleven twelve. Red green blue white.",
        "Up down left right. North south east west.",
    ]


def test_a_short_remainder_joins_the_window_before() -> None:
    text = "One two three four. Five six seven eight. Yes."
    assert [text[s:e] for s, e in windows(text, 0, len(text), SMALL)] == [text]


def test_overlap_repeats_sentences() -> None:
    text = "One two three four. Five six seven eight. Nine ten eleven twelve. Red green blue white."
    cut = windows(text, 0, len(text), replace(SMALL, overlap_sentences=1))
    assert [text[s:e] for s, e in cut] == [
        "One two three four. Five six seven eight.",
        "Five six seven eight. Nine ten eleven twelve.",
        "Nine ten eleven twelve. Red green blue white.",
    ]


def test_a_sentence_too_long_stays_whole() -> None:
    text = "We " + "really " * 50 + "do. Yes, we do and we will do it."
    assert windows(text, 0, len(text), SMALL)[0] == sentence_spans(text)[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_cut_without_loss(path: Path) -> None:
    event = parse_file(path)
    cut = passages(event, Chunking())
    assert all(passage.text == event.text[passage.start : passage.end] for passage in cut)
    assert len({passage.passage_id for passage in cut}) == len(cut)
    by_turn = {turn.turn_id: turn for turn in event.turns}
    for passage in cut:
        if passage.turn_id:
            turn = by_turn[passage.turn_id]
            assert turn.start <= passage.start < passage.end <= turn.end
    for turn in event.turns:
        for start, end in sentence_spans(event.text, turn.start, turn.end):
            assert any(p.turn_id == turn.turn_id and p.start <= start and end <= p.end for p in cut)


def test_what_is_embedded_says_who_when_and_what_was_asked() -> None:
    event = transcript(
        "talk",
        [("Q", "journalist", "Hello. Will ships come?"), ("Anna Berg", "principal", "Yes,\n  four will come.")],
        day=date(2014, 11, 2),
        header="A press point",
    )
    minister = replace(event.turns[1], role="Defence Minister")
    paired = replace(event, turns=(event.turns[0], minister), exchanges=(Exchange(("talk#t001",), ("talk#t002",)),))
    header, question, answer = passages(paired, Chunking())
    assert header.turn_id is None
    assert header.embedding_text == "A press point (An event, 2 November 2014)"
    assert question.embedding_text == "Hello. Will ships come? (Q, 2 November 2014)"
    assert answer.embedding_text == (
        "Yes, four will come. (Anna Berg, Defence Minister, 2 November 2014) Asked: Hello. Will ships come?"
    )
    assert answer.text == "Yes,\n  four will come."
    assert answer.passage_id == f"talk:{answer.start}-{answer.end}"


def test_openings_are_the_first_passage_of_each_turn() -> None:
    event = transcript("talk", [("A", "principal", SIX), ("B", "principal", "Yes."), ("A", "principal", SIX)])
    assert openings(passages(event, SMALL)) == [0, 0, 0, 3, 4, 4, 4]
