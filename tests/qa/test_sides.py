"""A comparison and a change are searched side by side."""

from __future__ import annotations

from datetime import date

import pytest
from invented import invented_roll
from test_understood import roll_of

from qa.question import understand
from qa.sides import sides_of

ROLL = invented_roll()


def found(question: str) -> list[tuple[tuple[str, ...], date | None, date | None, str]]:
    sides = sides_of(understand(question, ROLL), ROLL)
    return [(s.filters.speakers, s.filters.date_from, s.filters.date_to, s.question) for s in sides]


def test_people_are_sides() -> None:
    assert found("Compare what Ann Berg and Stoltenberg said about ships in 2016.") == [
        (("Ann Berg",), date(2016, 1, 1), date(2016, 12, 31), "What did Ann Berg say about ships?"),
        (("Jens Stoltenberg",), date(2016, 1, 1), date(2016, 12, 31), "What did Jens Stoltenberg say about ships?"),
    ]


def test_dates_are_sides_of_one_speaker() -> None:
    asked = "What did Jens Stoltenberg say about ships?"
    assert found("What did Stoltenberg say about ships in 2016 and in 2020?") == [
        (("Jens Stoltenberg",), date(2016, 1, 1), date(2016, 12, 31), asked),
        (("Jens Stoltenberg",), date(2020, 1, 1), date(2020, 12, 31), asked),
    ]


def test_the_periods_of_a_change_are_the_shortest_that_are_few() -> None:
    days = [date(2016, 5, 4), date(2020, 6, 3)]
    assert [(first, last) for _, first, last, _ in found("How did the position on ships change over time?")] == [
        (day, day) for day in days
    ]


def test_a_long_record_is_cut_into_halves_of_years() -> None:
    roll = roll_of("briefings")
    sides = sides_of(understand("How did the White House's line on inflation change over time?", roll), roll)
    assert [(side.filters.date_from, side.filters.date_to) for side in sides] == [
        (date(2021, 1, 1), date(2021, 6, 30)),
        (date(2021, 7, 1), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 12, 31)),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What did Stoltenberg say about ships?",
        "How do Allies agree on a plan?",
        "Compare ships and planes.",
        "How did Russia change its posture?",
    ],
)
def test_what_has_no_sides(question: str) -> None:
    assert found(question) == []
