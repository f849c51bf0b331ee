"""Positions by speaker and period: who is chosen, how time is cut, and what may stand in a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, TALLINN, answer_of, citation_of, refusal_of, samples, transcript_of

from index.types import Filters
from qa.teach.position import (
    PERIODS,
    Period,
    cell_of,
    is_position,
    lay_out,
    matter,
    periods_of,
    positions,
    steps,
    who_answers,
    who_says_most,
)

if TYPE_CHECKING:
    from qa.types import Answer, Citation

STOLTENBERG, MIKSER = "Jens Stoltenberg", "Sven Mikser"
WELCOME = "And I, of course, welcome that."
PRESSURE = "Economic sanctions are an integral part of that pressure."
VIOLATION = "The most plausible assessment is that Russia is in violation of the INF Treaty."
Y2014 = Period(date(2014, 1, 1), date(2014, 12, 31))
Y2018 = Period(date(2018, 1, 1), date(2018, 12, 31))


def _quote(doc_id: str, words: str) -> Citation:
    return citation_of(samples()[doc_id], words)


class _Asked:
    """Answers with what the test says that a speaker said in a year, and remembers what it was asked."""

    def __init__(self, said: dict[tuple[str, int], Answer]) -> None:
        self.said = said
        self.questions: list[tuple[str, Filters]] = []

    def __call__(self, question: str, filters: Filters) -> Answer:
        self.questions.append((question, filters))
        assert filters.date_from
        return self.said.get((filters.speakers[0], filters.date_from.year), refusal_of())


def test_the_table_of_the_samples_has_a_cell_a_speaker_and_year_and_says_why_one_is_empty() -> None:
    asked = _Asked(
        {
            (STOLTENBERG, 2014): answer_of(_quote(TALLINN, WELCOME)),
            (MIKSER, 2014): answer_of(_quote(TALLINN, PRESSURE)),
        }
    )
    plan = lay_out("sanctions on Russia", list(samples().values()))
    found = positions(plan, asked)
    assert (plan.speakers, plan.periods, plan.chosen) == ((STOLTENBERG, MIKSER), (Y2014, Y2018), "words")
    assert [(c.speaker, c.period.first.year, [q.quote.text for q in c.quotes], c.gap) for c in found.cells] == [
        (STOLTENBERG, 2014, [WELCOME], None),
        (MIKSER, 2014, [PRESSURE], None),
        (STOLTENBERG, 2018, [], "nothing"),
        (MIKSER, 2018, [], "silent"),
    ]
    assert asked.questions[0] == (
        "What did Jens Stoltenberg say about sanctions on Russia?",
        Filters((STOLTENBERG,), ("principal",), date(2014, 1, 1), date(2014, 12, 31)),
    )
    assert len(asked.questions) == 3  # nobody asks for one who did not speak


def test_only_the_speakers_own_words_of_that_period_stand_in_a_cell() -> None:
    own, other = _quote(TALLINN, WELCOME), _quote(TALLINN, PRESSURE)
    later = _quote(BRUSSELS, VIOLATION)
    asked = _quote(TALLINN, "What's the part they play in cyber-threat?")
    moderator = _quote(TALLINN, "I will start with Sky News.")
    report = replace(own, reported_from="the President of Lithuania")
    cell = cell_of("welcome", STOLTENBERG, Y2014, answer_of(other, later, asked, moderator, report, own))
    assert (cell.quotes, cell.reports, cell.gap) == ((own,), (report,), None)
    assert cell_of("welcome", STOLTENBERG, Y2014, answer_of(other, report)).gap == "reports"
    assert cell_of("welcome", STOLTENBERG, Y2014, answer_of(other, asked)).gap == "nothing"
    assert [is_position(one) for one in (own, report, asked, moderator)] == [True, False, False, False]


def test_of_several_quotes_two_that_name_the_topic_stand_or_the_best_alone() -> None:
    on_topic = ["But NATO Allies are imposing sanctions.", "So I welcome the sanctions..."]
    words = [WELCOME, "It should have a cost.", *on_topic]
    quotes = [_quote(TALLINN, one) for one in words]
    named = cell_of("economic sanctions", STOLTENBERG, Y2014, answer_of(*quotes))
    assert [one.quote.text for one in named.quotes] == on_topic
    assert cell_of("penguins", STOLTENBERG, Y2014, answer_of(*quotes)).quotes == (quotes[0],)


def test_speakers_who_are_named_stand_in_their_order_however_silent() -> None:
    plan = lay_out("cyber", list(samples().values()), speakers=[MIKSER, STOLTENBERG, MIKSER])
    assert (plan.speakers, plan.chosen) == ((MIKSER, STOLTENBERG), "named")
    assert (MIKSER, Y2018) not in plan.spoke


def test_a_period_holds_nothing_from_before_it_begins() -> None:
    plan = lay_out("Russia", list(samples().values()), date_from=date(2014, 6, 1), date_to=date(2018, 10, 4))
    assert plan.periods == (
        Period(date(2014, 6, 1), date(2014, 12, 31)),
        Period(date(2018, 1, 1), date(2018, 10, 4)),
    )
    within = lay_out("Russia", list(samples().values()), date_from=date(2018, 1, 1))
    assert within.periods == (Period(date(2018, 10, 4), date(2018, 10, 4)),)
    assert lay_out("Russia", list(samples().values()), date_from=date(2020, 1, 1)).periods == ()


def test_transcripts_without_a_day_are_counted() -> None:
    undated = replace(transcript_of("Russia, Russia, Russia."), date=None)
    plan = lay_out("Russia", [*samples().values(), undated])
    assert plan.undated == 1
    assert plan.speakers == (STOLTENBERG, MIKSER)  # whoever speaks only there has no cell


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("cyber defence", (STOLTENBERG,)),
        ("economic sanctions", (STOLTENBERG, MIKSER)),
        ("international norms of behaviour", (MIKSER, STOLTENBERG)),
        ("What does NATO say about economic sanctions?", (STOLTENBERG, MIKSER)),
        ("penguins", ()),
        ("the of", ()),
    ],
)
def test_those_who_use_the_words_of_a_topic_most_are_chosen(topic: str, names: tuple[str, ...]) -> None:
    assert who_says_most(topic, samples().values()) == names


def test_whom_a_search_finds_is_chosen_where_the_words_stand_nowhere() -> None:
    asked = _quote(TALLINN, "What's the part they play in cyber-threat?")
    answer = answer_of(asked, _quote(TALLINN, PRESSURE), _quote(TALLINN, WELCOME), _quote(BRUSSELS, VIOLATION))
    assert who_answers(answer) == (MIKSER, STOLTENBERG)


def test_a_topic_is_the_words_typed_and_of_a_question_what_it_is_about() -> None:
    assert matter("sanctions on Russia") == "sanctions on Russia"
    assert matter("What did NATO say about cyber defence in 2014?") == "cyber defence"
    assert matter("Sanctions?") == "Sanctions"


def test_time_is_cut_in_years_months_or_days() -> None:
    assert periods_of([date(2014, 11, 20), date(2018, 10, 4), date(2018, 12, 1)]) == (Y2014, Y2018)
    assert periods_of([date(2021, 2, 3), date(2021, 4, 1)]) == (
        Period(date(2021, 2, 1), date(2021, 2, 28)),
        Period(date(2021, 4, 1), date(2021, 4, 30)),
    )
    assert periods_of([date(2021, 2, 3), date(2021, 2, 9)]) == (
        Period(date(2021, 2, 3), date(2021, 2, 3)),
        Period(date(2021, 2, 9), date(2021, 2, 9)),
    )
    assert periods_of([]) == ()


def test_too_many_years_are_joined_evenly_and_what_was_joined_is_known() -> None:
    found = periods_of(date(year, 5, 1) for year in range(2010, 2018))
    assert [(one.first.year, one.last.year) for one in found] == [
        (2010, 2011),
        (2012, 2013),
        (2014, 2015),
        (2016, 2017),
    ]
    assert found[0].merged == (
        (date(2010, 1, 1), date(2010, 12, 31)),
        (date(2011, 1, 1), date(2011, 12, 31)),
    )


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), max_size=60))
def test_every_day_lies_in_one_period_and_none_is_empty(days: list[date]) -> None:
    found = periods_of(days)
    assert len(found) <= PERIODS
    assert all([one.first <= day <= one.last for one in found].count(True) == 1 for day in days)
    assert all(any(one.first <= day <= one.last for day in days) for one in found)
    assert list(found) == sorted(found, key=lambda one: one.first)


def test_steps_lead_from_one_period_with_a_quote_to_the_next() -> None:
    first, other, last = _quote(TALLINN, WELCOME), _quote(TALLINN, PRESSURE), _quote(BRUSSELS, VIOLATION)
    second_best = _quote(TALLINN, "It should have a cost.")
    asked = _quote(TALLINN, "What's the part they play in cyber-threat?")
    found = steps([(0, first), (0, second_best), (0, other), (2, asked), (3, last)])
    assert found == {STOLTENBERG: ((first, last),)}
