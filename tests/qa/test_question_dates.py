"""Dates of a question as ranges of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates import date_mentions

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
    (
        "between 2014 and November 2018",
        [("2014", "2014-01-01", "2014-12-31"), ("November 2018", "2018-11-01", "2018-11-30")],
    ),
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
