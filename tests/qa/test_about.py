"""Messages that ask nothing of the speakers, and those that look like it and do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.about import About, about
from qa.answer import Answerer

if TYPE_CHECKING:
    from index.search import Index

TABLE: list[tuple[str, About | None]] = [
    ("Hello", "greeting"),
    ("hi there!", "greeting"),
    ("Good morning!", "greeting"),
    ("Bonjour", "greeting"),
    ("Thank you", "thanks"),
    ("thanks a lot", "thanks"),
    ("ok", "thanks"),
    ("help", "help"),
    ("What can you do?", "help"),
    ("Who are you?", "help"),
    ("How many transcripts are there?", "events"),
    ("Which events are in 2018?", "events"),
    ("Which press conferences took place in October 2018?", "events"),
    ("List all transcripts", "events"),
    ("Which years are covered?", "events"),
    ("Who spoke in Tallinn?", "speakers"),
    ("Who spoke at the press conference on 4 October 2018?", "speakers"),
    ("List the speakers", "speakers"),
    ("What is the latest press conference?", "latest"),
    ("When was the first press conference?", "earliest"),
    ("Hello, what did Stoltenberg say about Russia?", None),
    ("Thank you. And on sanctions?", None),
    ("What is the point of the exercise?", None),
    ("How many classified documents were found?", None),
    ("How many press conferences did he hold?", None),
    ("Which events did he mention?", None),
    ("Who took part in the exercise?", None),
    ("Who spoke in favour of sanctions?", None),
    ("What help did they offer?", None),
    ("Who is Jens Stoltenberg?", None),
]


@pytest.mark.parametrize(("message", "expected"), TABLE)
def test_what_a_message_wants(message: str, expected: About | None) -> None:
    assert about(message) == expected


@pytest.fixture(scope="module")
def answerer(sample_index: Index) -> Answerer:
    return Answerer(sample_index)


def test_a_greeting_is_met_with_what_can_be_asked_and_no_passage(answerer: Answerer) -> None:
    answer = answerer.answer("Hello!")
    assert (answer.sort, answer.status, answer.citations, answer.related) == ("greeting", "refused", (), ())
    assert answer.reason.startswith("Hello. Ask what was said, by whom or when: for example “What did ")


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Which events are in 2018?", ["2018-10-04-press-conference"]),
        ("How many transcripts are there?", ["2014-11-20-joint-press-point", "2018-10-04-press-conference"]),
        ("What is the latest transcript?", ["2018-10-04-press-conference"]),
        ("What is the earliest transcript?", ["2014-11-20-joint-press-point"]),
        ("Who spoke in November 2014?", ["2014-11-20-joint-press-point"]),
        ("Which transcripts are from 2016?", []),
        ("Who spoke in Reykjavik?", []),
    ],
)
def test_what_is_in_the_record_is_told_by_the_lines_of_its_headers(
    answerer: Answerer, sample_index: Index, question: str, documents: list[str]
) -> None:
    answer = answerer.answer(question)
    assert [citation.quote.doc_id for citation in answer.citations] == documents
    assert answer.sort == "record"
    for quote in (citation.quote for citation in answer.citations):
        transcript = sample_index.transcripts[quote.doc_id]
        assert transcript.text[quote.start : quote.end] == quote.text
        assert (transcript.title or "") in quote.text
    if question.startswith("Who") and documents:
        assert answer.notes[-1].startswith("Officials who speak: ")
        assert "Sven Mikser" in answer.notes[-1]
