"""Golden answers: questions to the two samples, asked with the real model (tests/cases/answers.json)."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.types import Filters
from qa.answer import Answerer
from qa.cite import proved
from qa.types import Answer, Message

if TYPE_CHECKING:
    from index.search import Index

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "answers.json").read_text(encoding="utf-8")
)
BETWEEN, AFTER = "none between 20 November 2014 and 4 October 2018", "none after 4 October 2018"
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
        (
            "How many times did Stoltenberg mention Russia in 2016?",
            "No transcript is of “2016”: none between 20 November 2014 and 4 October 2018.",
        ),
        (
            "How many times did Stoltenberg mention Russia since 2020?",
            f"No transcript is of “since 2020”: {AFTER}.",
        ),
        (
            "What did Stoltenberg say about Russia since 2020?",
            f"No transcript is of “since 2020”: {AFTER}.",
        ),
    ],
)
def test_days_without_a_transcript_are_never_answered_from_others(
    answerer: Answerer, question: str, reason: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.status, answer.citations, answer.reason) == ("refused", (), reason)


def sides_of(answer: Answer) -> list[tuple[tuple[str, ...], object, str]]:
    """For each side whose words, of when, and who its quotes are by."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    return [
        (side.speakers, side.date_from, ", ".join(by_marker[marker].speaker or "" for marker in side.markers))
        for side in answer.sides
    ]


def test_a_comparison_has_a_quote_of_each_side(answerer: Answerer, sample_index: Index) -> None:
    answer = answerer.answer("Compare what Mikser and Stoltenberg said about economic sanctions.")
    mikser, stoltenberg = "Sven Mikser", "Jens Stoltenberg"
    assert (answer.sort, answer.status) == ("comparison", "answered")
    assert sides_of(answer) == [((mikser,), None, mikser), ((stoltenberg,), None, stoltenberg)]
    assert all("sanctions" in citation.quote.text for citation in answer.citations)
    assert_proved(answer, sample_index)


def test_a_side_without_an_answer_stays_and_says_why(answerer: Answerer) -> None:
    answer = answerer.answer("Compare what Mikser and Stoltenberg said about the training mission in Iraq.")
    empty, full = answer.sides
    assert (empty.speakers, empty.markers, bool(empty.reason)) == (("Sven Mikser",), (), True)
    assert (full.speakers, full.markers, full.reason) == (("Jens Stoltenberg",), (1,), "")


def test_a_change_has_a_quote_of_each_period_in_order(answerer: Answerer, sample_index: Index) -> None:
    answer = answerer.answer("How did Stoltenberg's language on Russia change from 2014 to 2018?")
    assert answer.sort == "change"
    assert [citation.date and citation.date.year for citation in answer.citations] == [2014, 2018]
    assert [side.markers for side in answer.sides] == [(1,), (2,)]
    said = sum(
        len(re.findall(r"\brussia\b", transcript.text[turn.start : turn.end].casefold()))
        for transcript in sample_index.transcripts.values()
        for turn in transcript.turns
        if turn.speaker == "Jens Stoltenberg"
    )
    assert answer.notes == (f"“Russia” is said {said} times: first on 20 November 2014, last on 4 October 2018.",)


def test_words_taken_for_an_officials_are_shown_as_whose_they_are(answerer: Answerer, sample_index: Index) -> None:
    answer = answerer.answer("Why did Stoltenberg call Putin a terrorist?")
    assert (answer.status, answer.citations) == ("refused", ())
    assert answer.reason == (
        "Not in the words of Jens Stoltenberg: it stands in a journalist’s question (Financial Times), reporting the"
        " President of Lithuania."
    )
    said = answer.related[0]
    assert (said.kind, said.reported_from) == ("journalist", "the President of Lithuania")
    assert said.quote.text.endswith("the President of Lithuania said that Mr. Putin is a terrorist.")
    assert [citation.marker for citation in answer.related] == list(range(1, len(answer.related) + 1))
    assert_proved(answer, sample_index)


def test_whose_words_they_are_is_looked_for_only_where_the_user_looks(answerer: Answerer) -> None:
    answer = answerer.answer("Why did Stoltenberg call Putin a terrorist?", filters=Filters(doc_ids=(BRUSSELS,)))
    assert {citation.quote.doc_id for citation in (*answer.citations, *answer.related)} <= {BRUSSELS}
    assert "journalist" not in answer.reason


def test_a_question_whether_somebody_said_it_is_answered_and_says_who_did(answerer: Answerer) -> None:
    answer = answerer.answer("Did Stoltenberg say that sanctions on Russia might be loosened?")
    assert {citation.speaker for citation in answer.citations} == {"Jens Stoltenberg"}
    assert answer.notes == (
        "Not in the words of Jens Stoltenberg: it stands in a journalist’s question (Financial Times).",
    )
    assert answer.related[0].kind == "journalist"


def test_of_somebody_who_does_not_speak_what_others_report_is_related(answerer: Answerer) -> None:
    answer = answerer.answer("What did the president of Lithuania say about Putin?")
    assert (answer.status, answer.citations) == ("refused", ())
    assert [citation.reported_from for citation in answer.related] == ["the President of Lithuania"]


def test_a_limit_taken_away_is_not_read_nor_carried_on(answerer: Answerer) -> None:
    question = "What did Mikser say about sanctions in 2014?"
    limited = answerer.answer(question)
    assert (limited.filters.speakers, limited.removable) == (("Sven Mikser",), ("speakers", "dates"))
    anyone = answerer.answer(question, without=["speakers"])
    assert (anyone.filters.speakers, anyone.filters.date_from, anyone.removable) == ((), date(2014, 1, 1), ("dates",))
    history: list[Message] = [{"role": "user", "content": question, "without": ["speakers", "dates"]}]
    follow_up = answerer.answer("Why?", history=history)
    assert (follow_up.filters.speakers, follow_up.filters.date_from) == ((), None)
    chosen = answerer.answer(question, filters=Filters(speakers=("Jens Stoltenberg",)), without=["dates"])
    assert (chosen.filters.speakers, chosen.removable) == (("Jens Stoltenberg",), ())


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (
            "What did Stoltenberg say about burden-sharing and bananas?",
            ("Nothing is quoted on “bananas”: nothing in what was searched answers that part.",),
        ),
        ("What did Stoltenberg say about cyber defence and Iraq?", ()),
    ],
)
def test_a_part_of_the_question_without_an_answer_is_named(
    answerer: Answerer, question: str, note: tuple[str, ...]
) -> None:
    answer = answerer.answer(question)
    assert (answer.status, answer.notes) == ("answered", note)


def test_the_sentences_beside_a_quote_come_with_it(answerer: Answerer, sample_index: Index) -> None:
    for citation in answerer.answer("What did Mikser say about economic sanctions?").citations:
        text = sample_index.transcripts[citation.quote.doc_id].text
        assert citation.before
        assert text[citation.before.end : citation.quote.start].strip() == ""
        assert text[citation.before.start : citation.before.end] == citation.before.text
        if citation.after:
            assert text[citation.quote.end : citation.after.start].strip() == ""


def test_a_follow_up_is_looked_for_where_the_last_answer_stands(answerer: Answerer) -> None:
    first = "What is the Readiness Action Plan?"
    answer = answerer.answer(first)
    told = "\n".join(f"{citation.speaker}: {citation.quote.text}" for citation in answer.citations)
    history: list[Message] = [{"role": "user", "content": first}, {"role": "assistant", "content": told}]
    more = answerer.answer("And where do the elements go?", history=history)
    assert more.standalone == f"And where do the elements go? ({first})"
    assert {citation.quote.doc_id for citation in more.citations} == {TALLINN}
    assert not {citation.quote for citation in more.citations} & {citation.quote for citation in answer.citations}
