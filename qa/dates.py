"""Dates in a question: "4 October 2018", "October 2018", "2018", as ranges of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"\b{_MONTH} {_DAY},? {_YEAR}",
        rf"\b{_MONTH},? (?:of )?{_YEAR}",
        rf"\b{_YEAR}(?!-)",
    )
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """``question[start:end]`` names the days from ``first`` to ``last``, both included."""

    start: int
    end: int
    first: date
    last: date

    @property
    def is_year(self) -> bool:
        """Whether only a year is named."""
        return self.first.month == 1 and self.last.month == 12


def date_mentions(question: str) -> list[DateMention]:
    """The dates that ``question`` names, in its order; the longest form wins where forms overlap."""
    found: list[DateMention] = []
    for form in _FORMS:
        for match in form.finditer(question):
            mention = _mention(match)
            if mention and not any(match.start() < m.end and m.start < match.end() for m in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _mention(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = (
        int(parts["month_number"]) if parts.get("month_number") else _MONTHS.get((parts.get("month") or "").casefold())
    )
    day = int(parts["day"]) if parts.get("day") else None
    if not month:
        return DateMention(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= length:
        return None
    return DateMention(match.start(), match.end(), date(year, month, day or 1), date(year, month, day or length))
