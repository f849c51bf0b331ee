"""Golden answers: questions to the two samples, asked with the real model (tests/cases/answers.json)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.types import Filters
from qa.answer import Answerer
from qa.cite import proved
from qa.types import Answer

if TYPE_CHECKING:
    from index.search import Index

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "answers.json").read_text(encoding="utf-8")
)
TALLINN, BRUSSELS = "2014-11-20-joint-press-point", "2018-10-04-press-conference"


@pytest.fixture(scope="session")
def answerer(sample_index: Index) -> Answerer:
    return Answerer(sample_index)


def assert_proved(answer: Answer, index: Index) -> None:
    """Every quote, and every question shown with one, is word for word in the record."""
    for citation in (*answer.citations, *answer.related):
        transcript = index.transcripts[citation.quote.doc_id]
        proved(citation.quote, transcript)
        if citation.asked:
            proved(citation.asked, transcript)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_the_first_quote_or_the_refusal(answerer: Answerer, sample_index: Index, case: dict[str, Any]) -> None:
    answer = answerer.answer(case["question"], history=case.get("history", ()))
    assert_proved(answer, sample_index)
    if "refused" in case:
        assert (answer.status, answer.reason, answer.citations) == ("refused", case["refused"], ())
    else:
        assert answer.status == "answered", answer.reason
        assert case["quote"] in answer.citations[0].quote.text
        assert answer.citations[0].speaker == case["speaker"]


def test_officials_answer_unless_somebody_else_is_asked_for(answerer: Answerer) -> None:
    for case in CASES:
        answer = answerer.answer(case["question"], history=case.get("history", ()))
        if "Financial Times" not in case["question"] and "press point" not in case["question"]:
            assert {citation.kind for citation in answer.citations} <= {"principal"}


def test_a_journalists_claim_is_never_an_officials_quote(answerer: Answerer) -> None:
    for question in ("Did Stoltenberg call Putin a terrorist?", "Did NATO say Putin is a terrorist?"):
        for citation in answerer.answer(question).citations:
            assert "terrorist" not in citation.quote.text.replace("terrorist propaganda", "")


def test_what_the_user_filtered_by_is_never_widened(answerer: Answerer) -> None:
    answer = answerer.answer("What about sanctions?", filters=Filters(doc_ids=(TALLINN,), speakers=("Sven Mikser",)))
    assert {(c.quote.doc_id, c.speaker) for c in answer.citations} == {(TALLINN, "Sven Mikser")}
    assert answer.searched.turns == 2


def test_a_refusal_says_how_much_was_searched_and_shows_the_nearest(answerer: Answerer, sample_index: Index) -> None:
    answer = answerer.answer("How many ships does NATO now have at sea?")
    assert (answer.status, answer.searched.transcripts) == ("refused", 2)
    assert any("more ships at sea" in citation.quote.text for citation in answer.related)
    assert_proved(answer, sample_index)


@pytest.mark.parametrize(
    "question",
    ["", " ", "?", "😀😀😀", "\ud800", ".*+?[(", "\x00\x1b[31m", "the", "What was said? " * 7000, "ﷺ" * 300],
    ids=lambda question: repr(question[:12]),
)
def test_any_question_at_all_is_answered_or_refused(answerer: Answerer, sample_index: Index, question: str) -> None:
    answer = answerer.answer(question, history=[{"role": "assistant", "content": question}])
    assert answer.status in ("answered", "refused")
    assert (answer.status == "answered") is bool(answer.citations)
    assert bool(answer.reason) is (answer.status == "refused")
    assert_proved(answer, sample_index)


def test_an_answer_keeps_its_id_and_says_what_each_stage_took(answerer: Answerer) -> None:
    answer = answerer.answer("Why is the INF Treaty in danger?", answer_id="q7")
    assert answer.id == "q7"
    assert list(answer.timings_ms) == ["understand", "search", "read", "rank", "choose", "cite"]


def test_a_count_is_complete_and_in_order_of_time(answerer: Answerer, sample_index: Index) -> None:
    answer = answerer.answer("How many times did Stoltenberg mention Russia?")
    by_hand = sum(
        len(re.findall(r"\brussia\b", transcript.text[turn.start : turn.end].casefold()))
        for transcript in sample_index.transcripts.values()
        for turn in transcript.turns
        if turn.speaker == "Jens Stoltenberg"
    )
    assert_proved(answer, sample_index)
    assert answer.count is not None
    assert answer.count.occurrences == by_hand > 5
    days = [citation.date for citation in answer.citations if citation.date]
    assert days == sorted(days)
    assert all("russia" in citation.quote.text.casefold() for citation in answer.citations)


def test_a_very_long_text_is_no_count(answerer: Answerer) -> None:
    answer = answerer.answer("How many times was " + "was mentioned how often " * 4000 + "?")
    assert answer.sort != "count"


def test_words_that_stand_nowhere_are_counted_as_none(answerer: Answerer) -> None:
    answer = answerer.answer("How many times did Mikser mention broccoli?")
    assert (answer.status, answer.citations) == ("refused", ())
    assert answer.reason == "The words “broccoli” stand nowhere in what was searched."
    assert answer.count is not None
    assert answer.count.occurrences == 0


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many times did Stoltenberg mention Russia in 2016?", "No transcript is of “2016”."),
        ("How many times did Stoltenberg mention Russia since 2020?", "No transcript is of “since 2020”."),
        ("What did Stoltenberg say about Russia since 2020?", "No transcript is of “since 2020”."),
    ],
)
def test_days_without_a_transcript_are_never_answered_from_others(
    answerer: Answerer, question: str, reason: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.status, answer.citations, answer.reason) == ("refused", (), reason)
