"""Starters come from the record and are only offered once it has answered them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from record_builder import BRUSSELS, TALLINN, answer_of, citation_of, record_of, refusal_of, samples, transcript_of

from index.errors import ModelError
from qa.web.record import OFFERED
from qa.web.starters import Starter, candidates

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.types import Filters
    from qa.types import Answer, Limit, Message


def test_starters_of_the_samples_name_what_each_speaker_returns_to() -> None:
    questions = [starter.question for starter in candidates(samples(), limit=16)]
    assert "What did Jens Stoltenberg say about burden-sharing in October 2018?" in questions
    assert "What did Jens Stoltenberg say about the Readiness Action Plan in November 2014?" in questions
    assert "What did Sven Mikser say about the economic sanctions in November 2014?" in questions


def test_the_best_of_each_speaker_comes_before_the_second_best_of_any() -> None:
    first = candidates(samples(), limit=3)
    assert {(starter.speaker, starter.question[-5:-1]) for starter in first} == {
        ("Jens Stoltenberg", "2018"),
        ("Jens Stoltenberg", "2014"),
        ("Sven Mikser", "2014"),
    }


def test_nothing_is_known_of_any_corpus() -> None:
    """Another record, other topics: the harbour that this speaker returns to, and not the words around it."""
    text = (
        "The old harbour needs dredging. We love the old harbour. Dredging, the old harbour and tea. The old harbour!"
    )
    (first, *_) = candidates({"made": transcript_of(text)}, limit=5)
    assert first == Starter(
        "What did Ann Example say about the old harbour in February 2020?", "Ann Example", "the old harbour"
    )


def test_journalists_make_no_starters() -> None:
    text = "the old harbour, the old harbour, the old harbour"
    assert candidates({"made": transcript_of(text, kind="journalist")}, limit=5) == ()


def test_an_empty_record_has_none() -> None:
    assert candidates({}, limit=5) == ()


@pytest.mark.parametrize(
    ("doc_id", "words", "answers"),
    [
        (BRUSSELS, "Fairer burden-sharing underpins this.", True),
        (BRUSSELS, "We have just finished a meeting", False),  # another topic
        (TALLINN, "We now have time for just a few questions.", False),  # another speaker
    ],
)
def test_a_starter_is_answered_by_its_speaker_on_its_topic(doc_id: str, words: str, answers: bool) -> None:
    starter = Starter("?", "Jens Stoltenberg", "burden sharing")
    assert starter.is_answered_by(answer_of(citation_of(samples()[doc_id], words))) is answers


def test_a_refusal_answers_no_starter() -> None:
    starter = Starter("?", "Jens Stoltenberg", "burden-sharing")
    related = citation_of(samples()[BRUSSELS], "Fairer burden-sharing underpins this.")
    assert not starter.is_answered_by(refusal_of(related))


class _Asked:
    """Answers every question about a topic in ``known`` by repeating it; counts."""

    def __init__(self, *known: str) -> None:
        self.known = known
        self.count = 0

    def __call__(
        self, question: str, /, *, history: Sequence[Message], filters: Filters, without: Collection[Limit] = ()
    ) -> Answer:
        assert not without
        assert not history
        assert not filters.speakers
        self.count += 1
        for topic in self.known:
            if topic in question:
                citation = citation_of(samples()[BRUSSELS], "Fairer burden-sharing underpins this.")
                return answer_of(replace(citation, quote=replace(citation.quote, text=question)))
        return refusal_of()


def test_a_record_offers_only_what_it_answers() -> None:
    record = record_of(_Asked("burden-sharing", "Readiness Action Plan"))
    assert not record.ready.is_set()
    record.warm_up()
    assert record.ready.is_set()
    assert record.starters == (
        "What did Jens Stoltenberg say about burden-sharing in October 2018?",
        "What did Jens Stoltenberg say about the Readiness Action Plan in November 2014?",
    )


def test_a_record_stops_asking_when_it_has_enough() -> None:
    asked = _Asked("cyber", "defence", "NATO", "burden", "sanctions", "Plan", "services", "Allies")
    record = record_of(asked)
    record.warm_up()
    assert len(record.starters) == OFFERED == 4
    assert asked.count == 5  # one of the first five is another speaker's


def test_a_fault_that_a_user_can_mend_is_kept_and_the_wait_ends() -> None:
    fault = ModelError("m", "is missing", remedy="Install it")
    record = record_of(Mock(side_effect=fault))
    record.warm_up_in_background().join(timeout=10)
    assert record.fault is fault
    assert record.ready.is_set()
