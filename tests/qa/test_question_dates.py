"""Dates of a question as ranges of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates import date_mentions, days_without_year

TABLE = [
    ("on 4 October 2018", [("4 October 2018", "2018-10-04", "2018-10-04")]),
    ("on the 4th of October, 2018?", [("4th of October, 2018", "2018-10-04", "2018-10-04")]),
    ("October 4, 2018", [("October 4, 2018", "2018-10-04", "2018-10-04")]),
    ("October 4th 2018", [("October 4th 2018", "2018-10-04", "2018-10-04")]),
    ("04 Oct. 2018", [("04 Oct. 2018", "2018-10-04", "2018-10-04")]),
    ("20 Sept 2014", [("20 Sept 2014", "2014-09-20", "2014-09-20")]),
    ("2018-10-04", [("2018-10-04", "2018-10-04", "2018-10-04")]),
    ("in october 2018", [("october 2018", "2018-10-01", "2018-10-31")]),
    ("February of 2016", [("February of 2016", "2016-02-01", "2016-02-29")]),
    ("in 2014", [("2014", "2014-01-01", "2014-12-31")]),
    ("between 2014 and November 2018", [("between 2014 and November 2018", "2014-01-01", "2018-11-30")]),
    ("from 4 to 6 October 2018", [("4 to 6 October 2018", "2018-10-04", "2018-10-06")]),
    ("from May 2014 to the 3 June 2014", [("from May 2014 to the 3 June 2014", "2014-05-01", "2014-06-03")]),
    ("October 4-6, 2018", [("October 4-6, 2018", "2018-10-04", "2018-10-06")]),
    ("4 and 5 October 2018", [("4 and 5 October 2018", "2018-10-04", "2018-10-05")]),
    ("in October and November 2018", [("October and November 2018", "2018-10-01", "2018-11-30")]),
    ("in 2014 and 2018", [("2014", "2014-01-01", "2014-12-31"), ("2018", "2018-01-01", "2018-12-31")]),
    ("2014–2018", [("2014–2018", "2014-01-01", "2018-12-31")]),
    ("2014-18", [("2014-18", "2014-01-01", "2018-12-31")]),
    ("2014/15", [("2014/15", "2014-01-01", "2015-12-31")]),
    ("in the 2010s", [("2010s", "2010-01-01", "2019-12-31")]),
    ("in autumn 2018", [("autumn 2018", "2018-09-01", "2018-11-30")]),
    ("Fall of 2018", [("Fall of 2018", "2018-09-01", "2018-11-30")]),
    ("last spring 2016", [("spring 2016", "2016-03-01", "2016-05-31")]),
    ("summer 2015", [("summer 2015", "2015-06-01", "2015-08-31")]),
    ("winter 2015", [("winter 2015", "2015-12-01", "2016-02-29")]),
    ("the winter of 2015/16", [("winter of 2015/16", "2015-12-01", "2016-02-29")]),
    ("the first half of 2018", [("first half of 2018", "2018-01-01", "2018-06-30")]),
    ("the last quarter of 2018", [("last quarter of 2018", "2018-10-01", "2018-12-31")]),
    ("Q3 2018", [("Q3 2018", "2018-07-01", "2018-09-30")]),
    ("H2 of 2018", [("H2 of 2018", "2018-07-01", "2018-12-31")]),
    ("H3 2018", [("2018", "2018-01-01", "2018-12-31")]),
    ("early 2018", [("early 2018", "2018-01-01", "2018-04-30")]),
    ("in mid-2018", [("mid-2018", "2018-05-01", "2018-08-31")]),
    ("at the end of 2018", [("the end of 2018", "2018-09-01", "2018-12-31")]),
    ("early October 2018", [("early October 2018", "2018-10-01", "2018-10-15")]),
    ("mid-October 2018", [("mid-October 2018", "2018-10-08", "2018-10-23")]),
    ("in late February 2016", [("late February 2016", "2016-02-16", "2016-02-29")]),
    ("late on 4 October 2018", [("4 October 2018", "2018-10-04", "2018-10-04")]),
    ("04.10.2018", [("04.10.2018", "2018-10-04", "2018-10-04")]),
    ("4/10/2018", [("4/10/2018", "2018-10-04", "2018-10-04")]),
    ("10/25/2018", [("10/25/2018", "2018-10-25", "2018-10-25")]),
    ("31.02.2018", [("2018", "2018-01-01", "2018-12-31")]),
    ("since 2016", [("since 2016", "2016-01-01", "9999-12-31")]),
    ("after October 2018", [("after October 2018", "2018-11-01", "9999-12-31")]),
    ("from May 2016 onwards", [("from May 2016 onwards", "2016-05-01", "9999-12-31")]),
    ("before 4 October 2018", [("before 4 October 2018", "0001-01-01", "2018-10-03")]),
    ("prior to 2015", [("prior to 2015", "0001-01-01", "2014-12-31")]),
    ("until 2015", [("until 2015", "0001-01-01", "2015-12-31")]),
    ("after the 4 October 2018 statement", [("4 October 2018", "2018-10-04", "2018-10-04")]),
    ("by 2024", [("2024", "2024-01-01", "2024-12-31")]),
    ("on 31 February 2018", [("February 2018", "2018-02-01", "2018-02-28")]),
    ("May we ask?", []),
    ("in October", []),
    ("9M729, 2% and 600 experts", []),
    ("in 1066", []),
    ("number 20145", []),
]


@pytest.mark.parametrize(("question", "expected"), TABLE)
def test_dates_as_printed_and_the_days_they_cover(question: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(question[m.start : m.end], m.first.isoformat(), m.last.isoformat()) for m in date_mentions(question)]
    assert found == expected


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"])
)
def test_every_day_in_every_form_is_that_day(day: date, form: str) -> None:
    mentions = date_mentions(f"What was said on {day:{form}} about cyber?")
    assert [(m.first, m.last, m.is_year) for m in mentions] == [(day, day, False)]


@given(st.integers(1900, 2099))
def test_a_year_is_all_its_days(year: int) -> None:
    (mention,) = date_mentions(f"in {year}?")
    assert (mention.first, mention.last, mention.is_year) == (date(year, 1, 1), date(year, 12, 31), True)


TODAY = date(2019, 3, 14)  # a Thursday
RELATIVE = [
    ("today", "2019-03-14", "2019-03-14"),
    ("yesterday", "2019-03-13", "2019-03-13"),
    ("the day before yesterday", "2019-03-12", "2019-03-12"),
    ("this week", "2019-03-11", "2019-03-17"),
    ("last week", "2019-03-04", "2019-03-10"),
    ("last month", "2019-02-01", "2019-02-28"),
    ("this year", "2019-01-01", "2019-12-31"),
    ("last year", "2018-01-01", "2018-12-31"),
    ("next year", "2020-01-01", "2020-12-31"),
    ("two years ago", "2017-01-01", "2017-12-31"),
    ("13 months ago", "2018-02-01", "2018-02-28"),
    ("a week ago", "2019-03-04", "2019-03-10"),
    ("10 days ago", "2019-03-04", "2019-03-04"),
    ("in the last five years", "2014-03-14", "2019-03-14"),
    ("over the past 6 months", "2018-09-14", "2019-03-14"),
    ("the last couple of weeks", "2019-02-28", "2019-03-14"),
    ("since last year", "2018-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), RELATIVE)
def test_relative_dates_are_read_against_a_stated_today(words: str, first: str, last: str) -> None:
    (mention,) = date_mentions(f"What was said {words} on cyber?", today=TODAY)
    assert (mention.first.isoformat(), mention.last.isoformat()) == (first, last)
    assert date_mentions(f"What was said {words} on cyber?") == []


def test_a_month_ago_from_its_31st_is_a_month_that_has_none() -> None:
    (mention,) = date_mentions("What was said over the past 1 month?", today=date(2019, 3, 31))
    assert mention.first == date(2019, 2, 28)


def test_an_order_of_day_and_month_that_could_be_another_is_stated() -> None:
    notes = [m.note for day in ("4/10/2018", "25/10/2018", "4/4/2018") for m in date_mentions(day)]
    assert notes == ["“4/10/2018” is read as 4 October 2018, the day first.", "", ""]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did he say in October?", [("October", ["2014-10-01", "2018-10-01"])]),
        ("What did he say on 4 October?", [("4 October", ["2014-10-04", "2018-10-04"])]),
        ("What did he say on October 4th?", [("October 4th", ["2014-10-04", "2018-10-04"])]),
        ("on 29 February", [("29 February", [])]),
        ("What did he say in October 2018?", []),
        ("in may", []),
    ],
)
def test_months_without_their_year(question: str, expected: list[tuple[str, list[str]]]) -> None:
    found = days_without_year(question, {2018, 2014})
    assert [(question[a:z], [first.isoformat() for first, _ in days]) for a, z, days in found] == expected
