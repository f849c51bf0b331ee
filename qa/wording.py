"""Days, periods, names and numbers in plain words, the same on the page, in the terminal and in notes.

In English unless a ``language`` is given; both are the Alliance's official languages.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qa.types import Side

Language = Literal["en", "fr"]

_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December".split(","),
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre".split(","),
}
_SPAN = {"en": "from {} to {}", "fr": "du {} au {}"}
_SINCE = {"en": "from {}", "fr": "à partir du {}"}
_UNTIL = {"en": "up to {}", "fr": "jusqu’au {}"}
_AND = {"en": " and ", "fr": " et "}
_MORE = {"en": "{} and {} more", "fr": "{} et {} autres"}
_NAMES_LIMIT = 6  # speakers named in full before "and 12 more"


def written_date(day: date | None, language: Language = "en") -> str:
    """``4 October 2018``, ``4 octobre 2018``; empty for no date."""
    if day is None:
        return ""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month_name(day.month, language)} {day.year}"


def month_name(month: int, language: Language = "en") -> str:
    """The name of ``month``, 1 to 12."""
    return _MONTHS[language][month - 1]


def period_words(start: date | None, end: date | None, language: Language = "en") -> str:
    """A period in words, a whole year or month by its name, open at either end; empty for no period."""
    if start and end:
        named = _named_period(start, end, language)
        return named or _SPAN[language].format(written_date(start, language), written_date(end, language))
    if start:
        return _SINCE[language].format(written_date(start, language))
    return _UNTIL[language].format(written_date(end, language)) if end else ""


def names_list(names: Sequence[str], language: Language = "en") -> str:
    """``A, B and C``, or the first few and how many more."""
    if len(names) > _NAMES_LIMIT:
        return _MORE[language].format(
            ", ".join(names[:_NAMES_LIMIT]), written_number(len(names) - _NAMES_LIMIT, language)
        )
    return _AND[language].join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def written_number(number: int, language: Language = "en") -> str:
    """``5,061``, in French ``5 061`` with a narrow space that does not break."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u202f")


def counted(number: int, noun: str) -> str:
    """``1 turn``, ``2 turns``, ``5,061 turns``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def side_words(side: Side, sides: Sequence[Side], language: Language = "en") -> str:
    """What one of ``sides`` is headed with: whose words, or of which days, whichever tells it from the others."""
    names = side.speakers[-1:] if len({one.speakers for one in sides}) > 1 else ()
    if names:
        return names[0]
    return period_words(side.date_from, side.date_to, language)


def _named_period(start: date, end: date, language: Language) -> str:
    if start == end:
        return written_date(start, language)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year:
        if start.month == end.month:
            return f"{month_name(start.month, language)} {start.year}"
        if (start.month, end.month) == (1, 12):
            return str(start.year)
    return ""
