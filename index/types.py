"""The words of the house: what a transcript is made of. Frozen and plain.

All offsets count characters (code points) of ``Transcript.text``; spans are half-open, ``text[start:end]``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["principal", "moderator", "journalist", "unknown"]
RegionKind = Literal["header", "label", "turn", "dropped"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker holding the floor: ``text[start:end]`` is the speech, the label excluded.

    ``speaker`` is the full name as far as the document gives it, ``None`` when nobody can be named. ``role`` is the
    office held in this document ("NATO Secretary General"), ``affiliation`` a journalist's outlet or a guest's body.
    ``flags`` are lower-case words such as ``inferred``, ``inaudible``, ``truncated``, ``restarted``.
    """

    turn_id: str
    doc_id: str
    speaker: str | None
    role: str | None
    affiliation: str | None
    kind: Kind
    start: int
    end: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the turns that answer it, as turn ids in the order of the text."""

    question_turns: tuple[str, ...]
    answer_turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """Words inside a turn that the speaker credits to somebody else.

    ``text[start:end]`` are the reported words, ``text[cue_start:cue_end]`` is where the text says so
    ("the President of Lithuania said that"), ``source`` who is reported, as printed.
    """

    turn_id: str
    start: int
    end: int
    cue_start: int
    cue_end: int
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text and what it was taken for; the regions of a transcript tile its text without gap or
    overlap.
    """

    kind: RegionKind
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the header or a label names, with the office held in this document."""

    name: str
    role: str | None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One event. ``text`` is the decoded source, untouched: the only source of truth for every quote.

    Of html, pdf and docx it is the visible text, extracted once. ``source_sha256`` is the digest of the file's bytes.
    """

    doc_id: str
    title: str | None
    event_type: str | None
    date: dt.date | None
    date_end: dt.date | None
    place: str | None
    url: str | None
    language: str | None
    delivery_note: str | None
    last_updated: str | None
    text: str = field(repr=False)
    turns: tuple[Turn, ...] = field(repr=False)
    exchanges: tuple[Exchange, ...] = field(repr=False)
    reported: tuple[ReportedSpeech, ...] = field(repr=False)
    regions: tuple[Region, ...] = field(repr=False)
    people: tuple[Person, ...]
    flags: tuple[str, ...]
    source_name: str
    source_sha256: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: whole sentences of one turn.

    ``text`` equals ``transcript.text[start:end]`` and is what may be quoted; ``embedding_text`` adds speaker, office,
    date and, for an answer, the question asked, and is only ever embedded and searched. ``turn_id`` is ``None`` for a
    passage of the header.
    """

    passage_id: str
    doc_id: str
    turn_id: str | None
    start: int
    end: int
    text: str
    embedding_text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. An empty tuple or ``None`` does not limit; both dates are included."""

    speakers: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    doc_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. A higher score is better; ``rank`` counts from 1; ``source`` is ``dense``, ``lexical`` or
    ``fused``.
    """

    passage: Passage
    score: float
    rank: int
    source: Literal["dense", "lexical", "fused"]
