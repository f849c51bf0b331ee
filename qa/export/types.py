"""What an export is made of: quote cards, quiz items, and the pack that holds them. Frozen and plain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from qa.types import Citation
from qa.wording import Language

PackSort = Literal["pack", "answer"]
QuizKind = Literal["who", "when", "complete"]
Format = Literal["md", "docx", "pptx", "pdf"]
SourceState = Literal["same", "changed", "gone", "unknown"]
"""What became of a transcript's file since it was read; ``unknown`` where nobody looked."""


@dataclass(frozen=True, slots=True)
class Card:
    """A quote and what the trainer notes on it. ``source`` says what became of its transcript's file."""

    citation: Citation
    note: str = ""
    source: SourceState = "unknown"


@dataclass(frozen=True, slots=True)
class Changed:
    """A quote that no longer is what was chosen: nothing, or other words, now stand at ``place``."""

    place: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One question on the record, its ``options`` and the position in them of the right one.

    ``citation`` proves the answer. ``option_citations`` prove the options that are quotes, ``None`` for one that is a
    name or a date.
    """

    kind: QuizKind
    prompt: str
    options: tuple[str, ...]
    answer: int
    citation: Citation
    option_citations: tuple[Citation | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """What a trainer takes to class, or an answer taken along: ``title`` and ``introduction`` are the trainer's own.

    ``fingerprint`` is the edition of the record, ``transcripts`` how many it holds, ``made`` the day of the export.
    """

    title: str
    introduction: str
    entries: tuple[Card | Changed, ...]
    made: dt.date
    fingerprint: str
    transcripts: int
    quiz: tuple[QuizItem, ...] = ()
    language: Language = "en"
    sort: PackSort = "pack"

    @property
    def cards(self) -> tuple[Card, ...]:
        """The entries that still are what was chosen, in their order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Card))
