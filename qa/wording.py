"""Days, periods, names and numbers in plain words, the same on the page, in the terminal and in notes."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qa.types import Side

_MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December".split(",")
_NAMES_LIMIT = 6  # speakers named in full before "and 12 more"


def written_date(day: date | None) -> str:
    """``4 October 2018``; empty for no date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def period_words(start: date | None, end: date | None) -> str:
    """A period in words, a whole year or month by its name, open at either end; empty for no period."""
    if start and end:
        if named := _named_period(start, end):
            return named
        return f"from {written_date(start)} to {written_date(end)}"
    if start:
        return f"from {written_date(start)}"
    return f"up to {written_date(end)}" if end else ""


def names_list(names: Sequence[str]) -> str:
    """``A, B and C``, or the first few and how many more."""
    if len(names) > _NAMES_LIMIT:
        return f"{', '.join(names[:_NAMES_LIMIT])} and {len(names) - _NAMES_LIMIT:,} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(number: int, noun: str) -> str:
    """``1 turn``, ``2 turns``, ``5,061 turns``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def side_words(side: Side, sides: Sequence[Side]) -> str:
    """What one of ``sides`` is headed with: whose words, or of which days, whichever tells it from the others."""
    names = side.speakers[-1:] if len({one.speakers for one in sides}) > 1 else ()
    if names:
        return names[0]
    return period_words(side.date_from, side.date_to)


def _named_period(start: date, end: date) -> str:
    if start == end:
        return written_date(start)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year:
        if start.month == end.month:
            return f"{_MONTHS[start.month - 1]} {start.year}"
        if (start.month, end.month) == (1, 12):
            return str(start.year)
    return ""
