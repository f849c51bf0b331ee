"""Answer or refuse: each reason for a refusal, and each bound from both sides."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from invented import event, invented_roll
from scored import scored_of

from index.errors import InputError
from qa.question import Understood, understand
from qa.relevance import Scored
from qa.support import CERTAINTY, certainty_from_environment, judge

RIGA = event("riga", None, [("Jens Stoltenberg", "Sanctions work. Cyber defence matters. Allies agree.")])
ROLL = invented_roll()
BEST, NEXT = scored_of(RIGA, "Sanctions", 10.0), scored_of(RIGA, "Cyber", 8.0)


def asked(question: str) -> Understood:
    return understand(question, ROLL)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What was said?", "No statement by an official is in the transcripts searched."),
        ("What did journalists ask?", "No journalist's question is in the transcripts searched."),
        ("How did he reply?", "No answer to a journalist's question is in the transcripts searched."),
        ("Who moderated?", "No such event is in the transcripts searched."),
        (
            "What did Angela Merkel say?",
            "Nobody named or holding the office “Angela Merkel” speaks in the transcripts searched.",
        ),
    ],
)
def test_where_nothing_was_found_the_reason_says_what_for(question: str, reason: str) -> None:
    verdict = judge(asked(question), [])
    assert (verdict.supported, verdict.reason) == ((), reason)


def test_somebody_absent_is_never_answered_for() -> None:
    assert judge(asked("What did Angela Merkel say?"), [BEST]).supported == ()


def test_what_the_record_lacks_is_said_in_its_words() -> None:
    verdict = judge(asked("What was said?"), [BEST], lacking="No transcript is of 2018.")
    assert (verdict.supported, verdict.reason) == ((), "No transcript is of 2018.")


@pytest.mark.parametrize(
    ("cosine", "accounted", "refused"),
    [
        (0.29, 0.29, True),
        (0.31, 0.0, False),
        (0.29, 0.31, False),
        (0.11, 1.0, True),
        (0.13, 1.0, False),
    ],
)
def test_what_is_off_the_record(cosine: float, accounted: float, refused: bool) -> None:
    best = replace(BEST, cosine=cosine, accounted=accounted)
    verdict = judge(asked("What was said?"), [best])
    assert verdict.supported == (() if refused else (best,))
    assert verdict.reason == ("Nothing in the transcripts searched speaks of this." if refused else "")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many soldiers?", "The record speaks of this but does not give the number."),
        ("When will it be ready?", "The record speaks of this but does not say when."),
        ("Where is it?", "The record speaks of this but does not say where."),
        ("Which countries agreed?", "The record speaks of this but does not name the country."),
        ("Who agreed?", "The record speaks of this but does not name who or what."),
    ],
)
def test_a_near_miss_is_refused_for_what_is_missing(question: str, reason: str) -> None:
    ranked = [replace(BEST, offers=False), replace(NEXT, offers=False)]
    assert judge(asked(question), ranked).reason == reason
    assert judge(asked(question), ranked).supported == ()


def test_a_reason_is_never_demanded() -> None:
    ranked = (replace(BEST, offers=False),)
    assert judge(asked("Why is it so?"), ranked).supported == ranked


@pytest.mark.parametrize(
    ("lead", "covered", "answered"),
    [(2.7, (0.5, 0.5), True), (2.9, (0.5, 0.5), False), (2.0, (0.9, 0.5), False), (2.0, (0.9, 0.7), True)],
)
def test_how_far_the_right_sort_may_lie_behind(lead: float, covered: tuple[float, float], answered: bool) -> None:
    best = replace(BEST, offers=False, covered=covered[0])
    fitting = replace(NEXT, score=BEST.score - lead, covered=covered[1])
    verdict = judge(asked("When will it be ready?"), [best, fitting])
    expected: tuple[Scored, ...] = (fitting, best) if answered else ()
    assert verdict.supported == expected


def test_a_fact_of_the_event_is_not_refused_for_its_sort() -> None:
    ranked = (replace(BEST, offers=False),)
    assert judge(asked("When did the press conference take place?"), ranked).supported == ranked


@pytest.mark.parametrize(
    ("cosine", "accounted", "refused"), [(0.44, 0.0, True), (0.46, 0.0, False), (0.44, 0.1, False)]
)
def test_a_question_none_of_whose_words_is_found_must_be_closer(cosine: float, accounted: float, refused: bool) -> None:
    best = replace(BEST, cosine=cosine, accounted=accounted)
    assert judge(asked("What was said on climate change?"), [best]).supported == (() if refused else (best,))


def _read(scored: Scored, odds: float, *, offers: bool = True) -> Scored:
    return replace(scored, evidence=odds, offers=offers)


def test_what_a_model_read_decides_where_it_has_read() -> None:
    weak = replace(BEST, cosine=0.0, accounted=0.0)
    assert judge(asked("What was said?"), [_read(weak, 7.0)], passage=7.0).supported == (_read(weak, 7.0),)
    refusal = judge(asked("What was said?"), [_read(BEST, -7.0)], passage=-7.0)
    assert refusal.supported == ()
    assert refusal.reason == "The transcripts searched hold related statements, but none that answers this."


def test_a_detail_that_no_sentence_read_gives_is_named() -> None:
    best = _read(BEST, -4.0, offers=False)
    assert judge(asked("How many sanctions are there?"), [best], passage=-4.0).reason == (
        "The record speaks of this but does not give the number."
    )


def test_one_of_the_right_sort_comes_first_where_it_is_as_good() -> None:
    best, near, far = _read(BEST, 6.0, offers=False), _read(replace(NEXT, score=9.5), 6.0), _read(NEXT, 6.0)
    assert judge(asked("How many are there?"), [best, near], passage=6.0).supported == (near, best)
    assert judge(asked("How many are there?"), [best, far], passage=6.0).supported == (best, far)
    assert judge(asked("What is there?"), [best, near], passage=6.0).supported == (best, near)


def test_journalists_questions_are_shown_whatever_was_read() -> None:
    verdict = judge(asked("What did journalists ask?"), [_read(BEST, -9.0)], passage=-9.0)
    assert verdict.supported == (_read(BEST, -9.0),)


def test_the_chance_that_the_record_answers_rises_with_what_was_read_and_decides_at_the_setting() -> None:
    ranked = [_read(BEST, 1.0)]
    chances = [judge(asked("What was said?"), ranked, passage=odds).chance or 0.0 for odds in (-9.0, -3.0, 0.0, 9.0)]
    assert chances == sorted(chances)
    assert chances[2] == pytest.approx(1 / (1 + math.exp(-(1.12 * 2.3 - 0.405))))
    assert judge(asked("What was said?"), ranked, passage=0.0, certainty=chances[2] + 0.001).supported == ()
    assert judge(asked("What was said?"), ranked, passage=0.0, certainty=chances[2] - 0.001).supported == tuple(ranked)
    assert judge(asked("What was said?"), [BEST]).chance is None


def test_the_certainty_asked_for_is_a_number_from_0_to_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONTHERECORD_CERTAINTY", raising=False)
    assert certainty_from_environment() == CERTAINTY
    monkeypatch.setenv("ONTHERECORD_CERTAINTY", "0.75")
    assert certainty_from_environment() == 0.75
    for wrong in ("often", "1.01", "-1", "nan"):
        monkeypatch.setenv("ONTHERECORD_CERTAINTY", wrong)
        with pytest.raises(InputError, match=r"\$ONTHERECORD_CERTAINTY is .* not a number from 0 to 1"):
            certainty_from_environment()
