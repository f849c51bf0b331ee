"""A citation is proved or it is not made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from invented import event, reporting
from record_builder import samples
from scored import scored_of

from index.types import Transcript
from qa.cite import UnprovedQuoteError, cite, proved, quote
from qa.extract import Context
from qa.select import Chosen, choose
from qa.types import Quote

RIGA = reporting(
    event(
        "riga",
        date(2020, 6, 3),
        [
            ("Jens Stoltenberg", "We agree. The President said that he is ready."),
            ("Mia Frost", "Hello there. Are you ready? And when?"),
            ("Tom Berg", "Soon."),
            ("", "I have a remark."),
            ("Ann Berg", "Fine."),
        ],
    ),
    "he is ready",
    source="The President",
)
CONTEXTS = {"riga": Context(RIGA)}


def chosen(words: str, *, score: float = 8.0) -> list[Chosen]:
    return choose([scored_of(RIGA, words, score)], CONTEXTS)


@given(st.sampled_from(sorted(samples())), st.data())
def test_any_span_inside_a_turn_is_quoted_as_it_stands(doc_id: str, data: st.DataObject) -> None:
    transcript = samples()[doc_id]
    turn = data.draw(st.sampled_from(transcript.turns))
    start = data.draw(st.integers(turn.start, turn.end - 1))
    end = data.draw(st.integers(start + 1, turn.end))
    assume(transcript.text[start:end].strip())
    made = quote(transcript, turn.turn_id, start, end)
    assert made == Quote(doc_id, turn.turn_id, start, end, transcript.text[start:end])
    assert proved(made, transcript) is made


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data(), st.integers(-3, 3), st.integers(-3, 3))
def test_any_shift_of_the_offsets_is_caught(data: st.DataObject, left: int, right: int) -> None:
    transcript = samples()["2018-10-04-press-conference"]
    turn = transcript.turns[0]
    start = data.draw(st.integers(turn.start + 3, turn.end - 60))
    made = quote(transcript, turn.turn_id, start, start + 50)
    moved = replace(made, start=made.start + left, end=made.end + right)
    assume(transcript.text[moved.start : moved.end] != made.text)
    with pytest.raises(UnprovedQuoteError):
        proved(moved, transcript)


@given(st.data(), st.characters())
def test_any_changed_character_is_caught(data: st.DataObject, other: str) -> None:
    transcript = samples()["2018-10-04-press-conference"]
    turn = transcript.turns[0]
    start = data.draw(st.integers(turn.start, turn.end - 50))
    made = quote(transcript, turn.turn_id, start, start + 40)
    at = data.draw(st.integers(0, 39))
    assume(made.text[at] != other)
    with pytest.raises(UnprovedQuoteError):
        proved(replace(made, text=made.text[:at] + other + made.text[at + 1 :]), transcript)


@pytest.mark.parametrize(
    "change",
    [
        {"turn_id": "riga#t002"},
        {"turn_id": "riga#t099"},
        {"doc_id": "oslo"},
        {"start": -9, "end": -4},
        {"start": 5, "end": 5, "text": ""},
    ],
)
def test_a_quote_of_another_turn_or_nowhere_is_caught(change: dict[str, str | int]) -> None:
    made = quote(RIGA, "riga#t001", RIGA.turns[0].start, RIGA.turns[0].start + 9)
    with pytest.raises(UnprovedQuoteError):
        proved(Quote(**({name: getattr(made, name) for name in made.__dataclass_fields__} | change)), RIGA)


def test_a_quote_that_leaves_its_turn_is_caught() -> None:
    first, second = RIGA.turns[:2]
    for start, end in ((first.start - 1, first.end), (first.start, first.end + 1), (first.start, second.end)):
        with pytest.raises(UnprovedQuoteError):
            quote(RIGA, first.turn_id, start, end)


def test_an_answer_is_cited_with_who_what_when_and_what_was_asked() -> None:
    (made,) = cite(chosen("Soon"), CONTEXTS)
    assert (made.marker, made.speaker, made.role, made.kind) == (
        1,
        "Tom Berg",
        "Foreign Minister of Denmark",
        "principal",
    )
    assert (made.quote.text, made.date, made.title, made.score) == ("Soon.", date(2020, 6, 3), "Riga", 0.5)
    assert made.asked
    assert (made.asked.text, made.asked_by) == ("Are you ready? And when?", "Mia Frost, Sky News")
    assert made.reported_from is None


def test_where_no_sentence_asks_the_whole_turn_is_what_was_asked() -> None:
    (made,) = cite(chosen("Fine"), CONTEXTS)
    assert made.asked
    assert (made.asked.text, made.asked_by) == ("I have a remark.", "Financial Times")


def test_reported_words_are_never_the_speakers_own() -> None:
    (made,) = cite(chosen("The President"), CONTEXTS)
    assert (made.speaker, made.reported_from) == ("Jens Stoltenberg", "the President")
    (own,) = cite(chosen("We agree"), CONTEXTS)
    assert own.reported_from is None


def test_a_journalist_is_cited_as_one_with_the_outlet_for_an_office() -> None:
    (made,) = cite(chosen("Are you"), CONTEXTS, first_marker=4)
    assert (made.marker, made.speaker, made.role, made.kind) == (4, "Mia Frost", "Sky News", "journalist")
    assert (made.asked, made.asked_by) == (None, None)


def test_a_score_among_read_sentences_has_its_own_middle() -> None:
    read = replace(scored_of(RIGA, "Soon", 3.5), evidence=2.0)
    assert cite(choose([read], CONTEXTS), CONTEXTS)[0].score == 0.5


@pytest.mark.parametrize(("score", "shown"), [(8.0, 0.5), (10.0, 0.7311), (6.0, 0.2689)])
def test_scores_lie_between_0_and_1(score: float, shown: float) -> None:
    assert cite(chosen("Soon", score=score), CONTEXTS)[0].score == shown


def test_the_journalists_report_in_tallinn_is_credited(sample_transcripts: Mapping[str, Transcript]) -> None:
    transcript = sample_transcripts["2014-11-20-joint-press-point"]
    contexts = {transcript.doc_id: Context(transcript)}
    (made,) = cite(choose([scored_of(transcript, "Hum, Secretary General", 9)], contexts), contexts)
    assert (made.kind, made.speaker, made.role) == ("journalist", None, "Financial Times")
    assert made.reported_from
    assert "President of Lithuania" in made.reported_from
