"""Where a few people stand on a topic, period by period: a table of proved quotes, its empty cells included.

The table is laid out first, from the transcripts alone: who says most on the topic, in which periods there were events,
and who spoke in them. Then each cell is asked for by itself, so that no voice crowds out another. A cell without a
quote says why.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from index.types import Filters, Transcript
from qa.topics import topic as topic_of
from qa.types import Answer, Citation
from qa.words import content_stems, stem, stem_set, tokens

PERIODS, SPEAKERS = 6, 4  # the most of each that a table has
_CHOSEN = 3  # speakers of a table for which none are named
_QUOTES = 2  # in one cell
_BEGINNING = 2  # letters that every form of a word shares with its stem: only turns with them have their words stemmed

Gap = Literal["silent", "nothing", "reports"]
"""Why a cell has no quote: the speaker did not speak then, said nothing on it, or only reported what others said."""

Choice = Literal["named", "words", "search"]
"""How a table came by its speakers: named, for using the topic's words most often, or for what a search found."""

Ask = Callable[[str, Filters], Answer]
"""Answers one question within its filters."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days between which something was said, both included; ``merged`` are the units joined in it, each its first and
    last day, where it holds more than one with an event.
    """

    first: date
    last: date
    merged: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The table before anything is asked: who, when, and in which periods each of them spoke at all.

    ``undated`` counts the transcripts without a day, which stand in no period.
    """

    topic: str
    speakers: tuple[str, ...]
    chosen: Choice
    periods: tuple[Period, ...]
    spoke: frozenset[tuple[str, Period]]
    undated: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one speaker said on the topic in one period: at most two quotes of their own, or why there is none.

    ``reports`` are their reports of what others said: shown as such, never as where they stand.
    """

    speaker: str
    period: Period
    quotes: tuple[Citation, ...] = ()
    gap: Gap | None = None
    reports: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """The table with its cells, period by period and in each speaker by speaker."""

    plan: Plan
    cells: tuple[Cell, ...]


def matter(topic: str) -> str:
    """What a table is about: the topic itself, or of a whole question the words after "about" or "on"."""
    return (topic_of(topic) if topic.endswith("?") else "") or topic.rstrip("?")


def is_position(citation: Citation) -> bool:
    """Whether these are a named official's own words: nothing else is shown as what somebody stands for."""
    return citation.kind == "principal" and bool(citation.speaker) and not citation.reported_from


def lay_out(
    topic: str,
    transcripts: Collection[Transcript],
    *,
    speakers: Sequence[str] = (),
    date_from: date | None = None,
    date_to: date | None = None,
) -> Plan:
    """The table for ``topic`` in a period, its speakers those named or, without any, those who say most on it."""
    within = [one for one in transcripts if one.date is None or _is_within(one.date, date_from, date_to)]
    dated = [one for one in within if one.date]
    named = tuple(dict.fromkeys(speakers))[:SPEAKERS]
    periods = tuple(
        replace(one, first=max(one.first, date_from or date.min), last=min(one.last, date_to or date.max))
        for one in periods_of([one.date for one in dated if one.date])
    )
    shown = named or who_says_most(topic, dated)
    spoke = frozenset((name, period) for name in shown for period in periods if speaks(name, dated, period))
    return Plan(topic, shown, "named" if named else "words", periods, spoke, len(within) - len(dated))


def who_answers(answer: Answer) -> tuple[str, ...]:
    """The officials whose own words an answer quotes, for a topic whose words stand nowhere."""
    return tuple(dict.fromkeys(one.speaker for one in answer.citations if is_position(one) and one.speaker))[:_CHOSEN]


def who_says_most(topic: str, transcripts: Iterable[Transcript], *, most: int = _CHOSEN) -> tuple[str, ...]:
    """The officials in whose turns the words of ``topic`` stand together most often, then those who use any of them."""
    wanted = content_stems(matter(topic))
    together: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    begins = re.compile(rf"\b(?:{'|'.join(re.escape(word[:_BEGINNING]) for word in wanted)})", re.IGNORECASE)
    for transcript in transcripts:
        for turn in transcript.turns:
            if turn.kind == "principal" and turn.speaker and wanted:
                text = transcript.text[turn.start : turn.end]
                if begins.search(text):
                    found = Counter(filter(wanted.__contains__, map(stem, tokens(text))))
                    apart[turn.speaker] += found.total()
                    together[turn.speaker] += min((found[word] for word in wanted), default=0)
    return tuple(sorted(apart, key=lambda name: (-together[name], -apart[name], name))[:most])


def periods_of(days: Iterable[date]) -> tuple[Period, ...]:
    """Years, or months where all lie in one year, or days in one month; joined evenly where they are too many."""
    distinct = set(days)
    units = next((found for unit in (_year, _month) if len(found := sorted(set(map(unit, distinct)))) > 1), None)
    units = units or sorted(set(map(_day, distinct)))
    size = max(1, -(-len(units) // PERIODS))
    groups = [tuple(units[at : at + size]) for at in range(0, len(units), size)]
    return tuple(Period(one[0][0], one[-1][1], one if len(one) > 1 else ()) for one in groups)


def fill(plan: Plan, speaker: str, period: Period, ask: Ask) -> Cell:
    """One cell of the table; nothing is asked where the speaker did not speak."""
    if (speaker, period) not in plan.spoke:
        return Cell(speaker, period, gap="silent")
    return cell_of(plan.topic, speaker, period, ask(*question(plan.topic, speaker, period)))


def question(topic: str, speaker: str, period: Period) -> tuple[str, Filters]:
    """What is asked for one cell, and within which filters."""
    filters = Filters(speakers=(speaker,), kinds=("principal",), date_from=period.first, date_to=period.last)
    return f"What did {speaker} say about {matter(topic)}?", filters


def speaks(name: str, transcripts: Iterable[Transcript], period: Period) -> bool:
    """Whether somebody speaks as an official at an event that begins in a period."""
    return any(
        turn.speaker == name and turn.kind == "principal"
        for one in transcripts
        if one.date and _is_within(one.date, period.first, period.last)
        for turn in one.turns
    )


def cell_of(topic: str, speaker: str, period: Period, answer: Answer) -> Cell:
    """What an answer holds for a cell; whatever in it is another's, of another day, or a report, is no quote of it.

    Of the speaker's own quotes two that name the topic; where none does, the best alone.
    """
    theirs = [
        one
        for one in answer.citations
        if one.kind == "principal"
        and one.speaker == speaker
        and one.date
        and _is_within(one.date, period.first, period.last)
    ]
    named = set(content_stems(matter(topic)))
    own = tuple(one for one in theirs if is_position(one))
    own = tuple(one for one in own if named & stem_set(one.quote.text))[:_QUOTES] or own[:1]
    reports = tuple(one for one in theirs if one.reported_from)[:1]
    gap: Gap | None = None if own else "reports" if reports else "nothing"
    return Cell(speaker, period, own, gap, reports)


def positions(plan: Plan, ask: Ask) -> Position:
    """The whole table, cell after cell."""
    return Position(plan, tuple(fill(plan, name, period, ask) for period in plan.periods for name in plan.speakers))


def steps(quotes: Iterable[tuple[int, Citation]]) -> Mapping[str, tuple[tuple[Citation, Citation], ...]]:
    """For each speaker, the first quotes of two periods that follow one another among those with a quote.

    ``quotes`` come with the number of their period, in the order of the table.
    """
    first: dict[str, dict[int, Citation]] = {}
    for period, one in quotes:
        if is_position(one):
            first.setdefault(one.speaker or "", {}).setdefault(period, one)
    found = {name: tuple(pairwise(by[period] for period in sorted(by))) for name, by in first.items()}
    return {name: pairs for name, pairs in found.items() if pairs}


def _is_within(day: date, first: date | None, last: date | None) -> bool:
    return (first or date.min) <= day <= (last or date.max)


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _month(day: date) -> tuple[date, date]:
    return date(day.year, day.month, 1), date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def _day(day: date) -> tuple[date, date]:
    return day, day
