"""Questions of reporters and the officials' answers to them, out of the briefings."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_SHORTEST_QUESTION, _SHORTEST_ANSWER = 8, 20  # words: below, a question names no subject and an answer none either


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of a briefing."""

    doc: str
    day: str
    at: int
    speaker: str
    asks: bool
    text: str

    @property
    def setting(self) -> str:
        """Who spoke and when, as the product writes it behind a passage before it is embedded."""
        day = f"{date.fromisoformat(self.day):%d %B %Y}".lstrip("0")
        return f" ({self.speaker}, {day})"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the next official's turn."""

    question: Said
    answer: Said


def read_briefings(path: Path) -> list[list[Said]]:
    """The turns of every briefing, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [list(_turns(json.loads(line))) for line in stream]


def _turns(row: dict[str, Any]) -> Iterator[Said]:
    for at, turn in enumerate(row["turns"]):
        yield Said(row["doc"], row["date"], at, turn["speaker"], turn["role"] == "question", turn["text"])


def pairs(briefing: Sequence[Said]) -> Iterator[Pair]:
    """Every question of some length followed at once by an official's turn of some length."""
    for turn, following in itertools.pairwise(briefing):
        if not turn.asks or following.asks:
            continue
        if len(turn.text.split()) >= _SHORTEST_QUESTION and len(following.text.split()) >= _SHORTEST_ANSWER:
            yield Pair(turn, following)
