"""The days that a question limits itself to: "on 4 October 2018" does, "the 2014 Wales Summit" does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from qa.dates import DateMention, date_mentions, days_without_year
from qa.named import speaks
from qa.roll import Roll
from qa.said import say
from qa.types import Sort


def date_limits(question: str, roll: Roll, sort: Sort, today: date | None) -> list[DateMention]:
    """The dates that ``question`` limits itself to."""
    written = [mention for mention in date_mentions(question, today=today) if _limits(question, mention, sort)]
    return written or list(_only_year(question, roll))


def _only_year(question: str, roll: Roll) -> Iterator[DateMention]:
    """A month, or a day of one, without its year, where somebody is asked to have said something then and the record
    holds events of one year only.
    """
    if not speaks(question) or _TO_COME.search(question):
        return
    for start, end, days in days_without_year(question, {first.year for first, _ in roll.dates.values()}):
        held = [(first, last) for first, last in days if roll.dated(first, last)]
        if len(held) == 1:
            words = question[start:end]
            yield DateMention(start, end, *held[0], note=say("said.year", days=words, year=str(held[0][0].year)))


_TO_COME = re.compile(
    r"\b(?:will|would|shall|going to|plan(?:s|ned)?|expect(?:s|ed)?|due|next|meeting|upcoming)\b", re.IGNORECASE
)


def date_notes(question: str, dates: Sequence[DateMention], limits: Sequence[DateMention]) -> Iterator[str]:
    """How dates were read that could be others, and which limit nothing, as no transcript is of them."""
    for mention in dates:
        if mention.note:
            yield mention.note
        if mention not in limits:
            yield say("said.all_searched", days=question[mention.start : mention.end])


def undated(question: str, dates: Sequence[DateMention], roll: Roll) -> DateMention | None:
    """The first of ``dates`` without an event; after "by" it is a deadline that an earlier event may speak of."""
    of_events = (
        m for m in dates if m.first != date.min and not re.search(r"\bby \Z", question[: m.start], re.IGNORECASE)
    )
    return next((m for m in of_events if m.is_open or not roll.near(m.first, m.last)), None)


_NAMED_AFTER = re.compile(
    r" (?:[A-Z][\w-]+ )*(?:Summit|Games|Olympics|Agreement|Treaty|Accords?|Declaration|Pledge|Communiqu[eé])\b"
)


def _limits(question: str, mention: DateMention, sort: Sort) -> bool:
    """A day or month always limits; a year does after "in", "of" or "the" ("the 2018 statement"), not inside a name. A
    range without end or beginning limits what was said, not what happened ("What changed since 2014?").
    """
    if mention.is_open:
        return sort in ("position", "list", "comparison", "change") or speaks(question)
    if not mention.is_year:
        return True
    before = question[: mention.start]
    if _NAMED_AFTER.match(question[mention.end :]):
        return False
    return bool(re.search(r"\b(?:in|en|of|during|from|throughout|the|his|her|their|by) $", before, re.IGNORECASE))
