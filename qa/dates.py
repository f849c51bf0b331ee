"""Dates in a question, as ranges of days: "4 October 2018", "autumn 2018", "between 2014 and 2016", "last year".

Read in three passes: what names days by itself; words before it that narrow it ("late 2018"); and what joins or opens
ranges ("from 2014 to 2016", "since May 2014"). Seasons are those of the northern hemisphere, in whole months.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qa.wording import written_date

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # each season's first month
_NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}


def _one_of(words: Sequence[str] | dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{_one_of(_MONTHS)})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_TO = r"(?:and|or|to|until|till|through|-|–|—)"


@dataclass(frozen=True, slots=True)
class DateMention:
    """``question[start:end]`` names the days from ``first`` to ``last``, both included.

    ``is_year`` says that it is a year's number alone, which may be part of a name; ``note`` what was decided where the
    words leave it open.
    """

    start: int
    end: int
    first: date
    last: date
    is_year: bool = False
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has no beginning or no end."""
        return self.first == date.min or self.last == date.max


Days = tuple[date, date]


def date_mentions(question: str, *, today: date | None = None) -> list[DateMention]:
    """The dates that ``question`` names, in its order; the longest form wins where forms overlap.

    "Last year" and its like are read only against a stated ``today``.
    """
    found: list[DateMention] = []
    for form, read in _FORMS:
        for match in form.finditer(question):
            if not any(match.start() < m.end and m.start < match.end() for m in found):
                found += _mention(match, read(match))
    if today:
        for match in _RELATIVE.finditer(question):
            found += _mention(match, _relative(match, today))
    found = [_narrowed(question, mention) for mention in sorted(found, key=lambda mention: mention.start)]
    return [_opened(question, mention) for mention in _joined(question, found)]


def days_without_year(question: str, years: Collection[int]) -> Iterator[tuple[int, int, list[Days]]]:
    """Where ``question`` names a month, or a day of one, without its year: ``(start, end, its days in each of
    years)``.
    """
    for match in _NO_YEAR.finditer(question):
        day = match["day"] or match["day_after"]
        month = _MONTHS[match["month"].casefold()]
        days = [_days(year, month, int(day) if day else None) for year in sorted(years)]
        yield match.start("when"), match.end(), [found for found in days if found]


def _mention(match: re.Match[str], days: Days | None) -> list[DateMention]:
    if days is None:
        return []
    swapped = match.groupdict().get("numeric") and days[0].day <= 12 and days[0].day != days[0].month
    note = f"“{match.group()}” is read as {written_date(days[0])}, the day first." if swapped else ""
    return [DateMention(*match.span(), *days, is_year=bool(re.fullmatch(_YEAR, match.group())), note=note)]


def _day_or_month(match: re.Match[str]) -> Days | None:
    parts = match.groupdict()
    number = parts.get("month_number")
    month = int(number) if number else _MONTHS[parts["month"].casefold()]
    return _days(int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None)


def _numeric(match: re.Match[str]) -> Days | None:
    """Day first, as everywhere but in the United States, unless only the other order is a date."""
    day, month, year = int(match["day"]), int(match["numeric"]), int(match["year"])
    return _days(year, month, day) or _days(year, day, month)


def _days(year: int, month: int, day: int | None) -> Days | None:
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= length:
        return None
    return date(year, month, day or 1), date(year, month, day or length)


def _days_of_month(match: re.Match[str]) -> Days | None:
    """ "4 and 5 October 2018"."""
    year, month = int(match["year"]), _MONTHS[match["month"].casefold()]
    first, last = _days(year, month, int(match["day"])), _days(year, month, int(match["other"]))
    return (first[0], last[1]) if first and last and first[0] <= last[0] else None


def _months_of_year(match: re.Match[str]) -> Days | None:
    """ "October to November 2018"."""
    year, first, last = int(match["year"]), _MONTHS[match["first"].casefold()], _MONTHS[match["month"].casefold()]
    return (date(year, first, 1), _month_end(year, last)) if first <= last else None


def _season(match: re.Match[str]) -> Days:
    """A winter is named after the year in which it begins."""
    return _months(int(match["year"]), _SEASONS[match["season"].casefold()], 3)


def _years(match: re.Match[str]) -> Days | None:
    first = int(match["year"])
    last = int(match["other"]) if len(match["other"]) == 4 else first // 100 * 100 + int(match["other"])
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else None


def _decade(match: re.Match[str]) -> Days:
    return date(int(match["year"]), 1, 1), date(int(match["year"]) + 9, 12, 31)


def _part_of_year(match: re.Match[str]) -> Days | None:
    """Halves and quarters."""
    length = 3 if match["part"].casefold().startswith("q") else 6
    number = _ORDINALS.get((match["ordinal"] or "").casefold()) or int(match["digit"] or 0)
    parts = 12 // length
    number = parts if number == -1 else number
    return _months(int(match["year"]), (number - 1) * length + 1, length) if 1 <= number <= parts else None


def _year(match: re.Match[str]) -> Days:
    return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)


def _months(year: int, month: int, many: int) -> Days:
    """``many`` months from the first of one on."""
    after = month - 1 + many
    return date(year, month, 1), _month_end(year + (after - 1) // 12, (after - 1) % 12 + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days | None]], ...] = tuple(
    (re.compile(form, re.IGNORECASE), read)
    for form, read in (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b", _day_or_month),
        (rf"\b(?P<day>[0-3]?\d)(?P<mark>[./-])(?P<numeric>[0-3]?\d)(?P=mark){_YEAR}", _numeric),
        (rf"\b{_DAY} ?{_TO} ?(?:the )?(?P<other>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH},? {_YEAR}", _days_of_month),
        (rf"\b{_MONTH} {_DAY} ?{_TO} ?(?P<other>[0-3]?\d)(?:st|nd|rd|th)?,? {_YEAR}", _days_of_month),
        (rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}", _day_or_month),
        (rf"\b{_MONTH} {_DAY},? {_YEAR}", _day_or_month),
        (rf"\b(?P<first>{_one_of(_MONTHS)})\b\.? ?{_TO} ?{_MONTH},? (?:of )?{_YEAR}", _months_of_year),
        (rf"\b{_MONTH},? (?:of )?{_YEAR}", _day_or_month),
        (rf"\b(?P<season>{_one_of(_SEASONS)}) (?:of )?{_YEAR}(?:[-–/]\d\d(?:\d\d)?\b)?", _season),
        (rf"\b(?P<ordinal>{_one_of(_ORDINALS)}) (?P<part>half|quarter)(?P<digit>) (?:of )?{_YEAR}", _part_of_year),
        (rf"\b(?P<part>[QH])(?P<digit>[1-4])(?P<ordinal>) (?:of )?{_YEAR}", _part_of_year),
        (rf"\b{_YEAR}(?:[–/]|-(?!\d\d-))(?P<other>(?:19|20)?\d\d)\b", _years),
        (r"\b(?P<year>(?:19|20)\d0)[’']?s\b", _decade),
        (rf"\b{_YEAR}(?!-\d)", _year),
    )
)

_NO_YEAR = re.compile(
    rf"\b(?:in|during|on) (?P<when>(?:(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? )?"
    rf"(?P<month>{_one_of([name.title() for name in _MONTHS])})\b\.?"
    r"(?: (?P<day_after>[0-3]?\d)(?:st|nd|rd|th)?\b)?)(?!,? (?:of )?\d)"
)
"""Only with a capital, "may" and "march" being verbs; never followed by a year."""

_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_RELATIVE = re.compile(
    rf"\b(?:in |over |during |within |for )?(?:the )?(?P<lately>last|past|previous) (?P<many>\d+|{_one_of(_NUMBERS)})"
    rf" {_UNIT}\b"
    rf"|\b(?P<ago>\d+|{_one_of(_NUMBERS)}) (?P<unit_ago>day|week|month|year)s? ago\b"
    r"|\b(?P<near>this|last|next) (?P<unit_near>week|month|year)\b"
    r"|\b(?P<day>today|yesterday|the day before yesterday)\b",
    re.IGNORECASE,
)


def _relative(match: re.Match[str], today: date) -> Days | None:
    if match["day"]:
        back = {"today": 0, "yesterday": 1}.get(match["day"].casefold(), 2)
        return (today - timedelta(back),) * 2
    if match["ago"]:
        return _unit(_back(today, match["unit_ago"], _number(match["ago"])), match["unit_ago"])
    if match["near"]:
        step = {"this": 0, "last": 1, "next": -1}[match["near"].casefold()]
        return _unit(_back(today, match["unit_near"], step), match["unit_near"])
    return _back(today, match["unit"], _number(match["many"])), today


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.casefold()]


def _back(day: date, unit: str, many: int) -> date:
    """``many`` units before ``day`` (after, where negative); the month's last day where it has no such day."""
    unit = unit.casefold()
    if unit in ("day", "week"):
        return day - timedelta(many * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - many * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = max(1, months // 12), months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _unit(day: date, unit: str) -> Days:
    """The whole day, week (from Monday), month or year that holds ``day``."""
    unit = unit.casefold()
    if unit == "week":
        return day - timedelta(day.weekday()), day + timedelta(6 - day.weekday())
    if unit == "month":
        return day.replace(day=1), _month_end(day.year, day.month)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if unit == "year" else (day, day)


_PART = re.compile(
    r"\b(?:(?:the )?(?P<early>early|beginning of|start of)|(?P<mid>mid(?:dle of)?)|(?:the )?(?P<late>late|end of))"
    r"(?: |-)(?:in )?\Z",
    re.IGNORECASE,
)


def _narrowed(question: str, mention: DateMention) -> DateMention:
    """A third of a year ("late 2018" is September to December) or, more loosely, about half of a month ("early October
    2018" is its first fifteen days).
    """
    part = _PART.search(question[: mention.start])
    if not part:
        return mention
    third = 0 if part["early"] else 1 if part["mid"] else 2
    first, last = mention.first, mention.last
    if mention.is_year:
        days = _months(first.year, 1 + 4 * third, 4)
    elif (first.day, last) == (1, _month_end(first.year, first.month)):
        days = first.replace(day=(1, 8, 16)[third]), last if third == 2 else first.replace(day=(15, 23)[third])
    else:
        return mention
    return DateMention(part.start(), mention.end, *days)


def _joined(question: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """ "Between X and Y" and "from X to Y" as one."""
    out: list[DateMention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before and before.first <= mention.last:
            opening = re.search(r"\b(?P<word>between|from) (?:the )?\Z", question[: before.start], re.IGNORECASE)
            between = question[before.end : mention.start]
            if opening and re.fullmatch(rf" ?{_TO} ?(?:the )?", between, re.IGNORECASE):
                out[-1] = DateMention(opening.start(), mention.end, before.first, max(before.last, mention.last))
                continue
        out.append(mention)
    return out


_OPENS = re.compile(r"\b(?P<word>since|after|before|until|till|up to|prior to) \Z", re.IGNORECASE)


def _opened(question: str, mention: DateMention) -> DateMention:
    """ "Since X" has no end, "before X" no beginning; "after the 2018 statement" is of one event and opens none."""
    opens = _OPENS.search(question[: mention.start])
    on = re.match(r" (?:onwards?\b|on(?=\s*(?:[,;:?!.]|\Z)))", question[mention.end :], re.IGNORECASE)
    origin = re.search(r"\bfrom (?:the )?\Z", question[: mention.start], re.IGNORECASE)
    if on and origin:
        return replace(mention, start=origin.start(), end=mention.end + on.end(), last=date.max, is_year=False)
    if not opens:
        return mention
    word = opens["word"].casefold()
    days = {
        "since": (mention.first, date.max),
        "after": (_next(mention.last), date.max),
        "before": (date.min, mention.first - timedelta(1)),
        "prior to": (date.min, mention.first - timedelta(1)),
    }.get(word, (date.min, mention.last))
    return replace(mention, start=opens.start(), first=days[0], last=days[1], is_year=False)


def _next(day: date) -> date:
    return day + timedelta(1)
