"""The words of an answer: what was asked, what is quoted, and what proves it. Frozen and plain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NotRequired, TypedDict

from index.types import Filters, Kind

Status = Literal["answered", "refused"]

Sort = Literal[
    "statement",
    "position",
    "list",
    "comparison",
    "change",
    "asked",
    "reply",
    "event",
    "count",
    "record",
    "greeting",
]
"""What a question is after: what officials said; of their statements, where they stand, several things, two sides set
side by side, or how one moved; what journalists asked; what was replied to one; a fact of the event; every place of
some words; what is in the record; or nothing (a greeting, a call for help).
"""


Limit = Literal["speakers", "dates", "events"]
"""What the words of a question may limit the search to, and a user may take away again."""


class Message(TypedDict):
    """One turn of the conversation so far, as the chat holds it; ``without`` are limits taken away from a question."""

    role: Literal["user", "assistant"]
    content: str
    without: NotRequired[Collection[Limit]]


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences by offset: ``text`` is ``transcript.text[start:end]``, always.

    ``turn_id`` is ``None`` for a line of the header, which nobody spoke.
    """

    doc_id: str
    turn_id: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A proved quote and everything needed to introduce it.

    ``kind`` and ``speaker`` are ``None`` for a line of the header. ``asked`` is the question that prompted the words,
    itself a quote, where the record pairs them, and ``asked_by`` who asked. ``reported_from`` names whose words the
    speaker reports where part of the quote is not the speaker's own. ``before`` and ``after`` are the sentences beside
    the quote in the same turn. ``score`` is in (0, 1), higher is better; not a probability.
    """

    marker: int
    quote: Quote
    speaker: str | None
    role: str | None
    kind: Kind | None
    date: date | None
    title: str | None
    place: str | None
    url: str | None
    score: float
    asked: Quote | None = None
    asked_by: str | None = None
    reported_from: str | None = None
    before: Quote | None = None
    after: Quote | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """The scope of a search after its filters: what a refusal states."""

    transcripts: int
    turns: int
    speakers: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How often ``term`` stands in what was searched, and in how many turns of how many transcripts."""

    term: str
    occurrences: int
    turns: int
    transcripts: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison, or one period of a change: its limits, the markers of its quotes, and, where it has
    none, why.
    """

    speakers: tuple[str, ...]
    date_from: date | None
    date_to: date | None
    markers: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. A refusal is a value: ``status`` is ``refused`` and ``reason`` says why.

    ``citations`` are best first; ``related`` are the nearest passages, shown as related and never as an answer.
    ``notes`` say how words of the question that leave something open were read. ``count`` is there where the question
    counts or wants every place: then ``citations`` hold all of them, in order of time. ``sides`` are those of a
    comparison or a change, with or without quotes: then ``citations`` follow their order. ``removable`` are the limits
    that the question's own words set, or carry on. ``chance`` is the probability that the record answers, where a model
    judged it.
    """

    id: str
    question: str
    standalone: str
    status: Status
    reason: str
    filters: Filters
    searched: Searched
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    sort: Sort = "statement"
    count: Count | None = None
    sides: tuple[Side, ...] = ()
    removable: tuple[Limit, ...] = ()
    chance: float | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
