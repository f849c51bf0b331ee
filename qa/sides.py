"""The sides of a comparison and the periods of a change: one search each, so that none crowds out another.

A side without an answer stays, empty: that somebody said nothing on a matter is part of the comparison.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.types import Filters
from qa.question import Understood
from qa.roll import Roll
from qa.topics import topic

_MOST = 6  # periods of a change
_MOST_SIDES = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One search: its limits, and the question as it is put to that side."""

    filters: Filters
    question: str


def sides_of(asked: Understood, roll: Roll) -> tuple[Side, ...]:
    """The sides of ``asked``; empty where it has not two, and is answered like any other question."""
    if asked.absent or asked.undated:
        return ()
    if asked.sort == "comparison":
        found = _compared(asked)
    elif asked.sort == "change":
        found = [_in_period(asked.filters, *period) for period in _periods(asked.filters, roll)]
    else:
        return ()
    return tuple(Side(filters, _put(asked, filters)) for filters in found) if len(found) > 1 else ()


def _compared(asked: Understood) -> list[Filters]:
    """Each of several people; of one, or nobody in particular, each of several periods."""
    if len(asked.parties) > 1:
        return [replace(asked.filters, speakers=names) for names in asked.parties[:_MOST_SIDES]]
    return [_in_period(asked.filters, *period) for period in asked.periods[:_MOST_SIDES]]


def _put(asked: Understood, filters: Filters) -> str:
    """What is asked of one side: what it said on the topic, or the whole question where no topic stands out."""
    about = topic(asked.text)
    who = filters.speakers[-1] if filters.speakers else "NATO"
    return f"What did {who} say about {about}?" if about else asked.text


def _in_period(filters: Filters, first: date, last: date) -> Filters:
    return replace(filters, date_from=first, date_to=last)


def _periods(filters: Filters, roll: Roll) -> list[tuple[date, date]]:
    """Days, months, quarters, halves or years: the shortest of which no more than ``_MOST`` have an event; of more
    years, the years joined evenly.
    """
    days = sorted(
        {
            roll.dates[doc][0]
            for doc in roll.documents(filters)
            if doc in roll.dates and _speaks_there(filters, doc, roll)
        }
    )
    found: list[tuple[date, date]] = []
    for unit in _UNITS:
        found = sorted(set(map(unit, days)))
        if len(found) <= _MOST:
            return found
    size = -(-len(found) // _MOST)
    return [(found[at][0], found[min(at + size, len(found)) - 1][1]) for at in range(0, len(found), size)]


def _speaks_there(filters: Filters, doc: str, roll: Roll) -> bool:
    return not filters.speakers or any(
        doc in roll.speakers[name].doc_ids for name in filters.speakers if name in roll.speakers
    )


def _months(many: int) -> Callable[[date], tuple[date, date]]:
    def period(day: date) -> tuple[date, date]:
        first = (day.month - 1) // many * many + 1
        last = first + many - 1
        return date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])

    return period


_UNITS: Sequence[Callable[[date], tuple[date, date]]] = (lambda day: (day, day), *map(_months, (1, 3, 6, 12)))
