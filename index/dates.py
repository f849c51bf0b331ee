"""Dates as transcripts print them, in the languages of the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "jan january janvier janv января січня januar jänner enero gennaio ocak ianuarie januari stycznia",
    "feb february fevrier fevr fév févr février février февраля лютого"
    " februar febrero febbraio şubat februarie februari lutego",
    "mar march mars марта березня märz marz maerz marzo mart martie maart marca",
    "apr april avril avr апреля квітня abril aprile nisan aprilie kwietnia",
    "may mai мая травня mayo maggio mayıs mei maja",
    "jun june juin июня червня juni junio giugno haziran iunie czerwca",
    "jul july juillet juil июля липня juli julio luglio temmuz iulie lipca",
    "aug august août aout августа серпня agosto ağustos augustus sierpnia",
    "sep sept september septembre сентября вересня septiembre settembre eylül septembrie września",
    "oct october octobre октября жовтня oktober octubre ottobre ekim octombrie października",
    "nov november novembre ноября листопада noviembre kasım noiembrie listopada",
    "dec december décembre decembre déc декабря грудня dezember dez diciembre dicembre aralık decembrie grudnia",
)
_NUMBER = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_NAME = "(?:" + "|".join(sorted(map(re.escape, _NUMBER), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_TO = r"\s*(?:-|–|—|&|and|to|et|au|bis|и|та)\s*"
# "6-7 June 2007" and "June 6-7, 2007": the first day borrows month and year
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:
        (?:(?P<first1>\d{{1,2}})(?:st|nd|rd|th)?{_TO})?
        (?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de))?[ \-.]{{1,3}}(?P<month1>{_NAME})
        (?:\s+de)?[ ,\-]{{1,3}}{_YEAR.format("year1")}
      | (?P<month2>{_NAME})\s+(?:(?P<first2>\d{{1,2}})(?:st|nd|rd|th)?{_TO})?(?P<day2>\d{{1,2}})(?:st
      |nd|rd|th)?,?\s+{_YEAR.format("year2")}
      | {_YEAR.format("year3")}-(?P<month3>\d\d)-(?P<day3>\d\d)
      | (?P<day4>\d{{1,2}})/(?P<month4>\d{{1,2}})/{_YEAR.format("year4")}
      | (?P<day5>\d{{1,2}})\.(?P<month5>\d{{1,2}})\.{_YEAR.format("year5")}
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_URL = re.compile(r"/(?P<year>19\d\d|20\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/|$)")
_CODE = re.compile(r"/[spbdi]p?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)[a-z]?\.htm", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date printed at ``text[start:end]``; ``first`` is the day before it in "6-7 June 2007"."""

    start: int
    end: int
    day: date
    first: date | None = None


def dates_in(text: str) -> list[DateHit]:
    """All dates with day, month and year in ``text``, in order. Impossible ones (31 June) are passed over."""
    hits = []
    for found in _DATE.finditer(text):
        day = _day(found)
        if day is None:
            continue
        number = found["first1"] or found["first2"]
        first = _safe(day.year, day.month, int(number)) if number else None
        hits.append(DateHit(found.start(), found.end(), day, first if first and first < day else None))
    return hits


def date_in_url(url: str) -> date | None:
    """The day in an address: ``/2025/06/25/`` or the old ``s960715a.htm``."""
    if found := _URL.search(url):
        return _safe(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _CODE.search(url):
        year = int(found["year"])
        return _safe(year + (1900 if year > 48 else 2000), int(found["month"]), int(found["day"]))
    return None


def _day(found: re.Match[str]) -> date | None:
    for form in "12345":
        if found[f"year{form}"]:
            month = found[f"month{form}"]
            number = int(month) if month.isdigit() else _NUMBER[month.rstrip(".").lower()]
            day = int(found[f"day{form}"])
            if form == "4" and number > 12:  # 11/24/1996, as Americans write it
                number, day = day, number
            return _safe(int(found[f"year{form}"]), number, day)
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
