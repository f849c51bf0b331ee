"""An encoder and transcripts for tests: no model, no files, and vectors that a test can foresee."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from index.types import Kind, Region, Transcript, Turn

if TYPE_CHECKING:
    from numpy.typing import NDArray


class HashEncoder:
    """The five-line double: each text's own random direction. ``texts`` counts what was asked of it."""

    def __init__(self, dimension: int = 32) -> None:
        self.dimension = dimension
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = np.array([np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def transcript(
    doc_id: str,
    turns: Sequence[tuple[str | None, Kind, str]],
    *,
    day: date | None = None,
    last_day: date | None = None,
    header: str = "",
) -> Transcript:
    """An event in which each of ``turns`` (speaker, kind, words) follows the other after one blank line."""
    text, made = header, []
    regions = [Region("header", 0, len(header))] if header else []
    for number, (speaker, kind, words) in enumerate(turns, start=1):
        text += "\n\n" if text else ""
        start, text = len(text), text + words
        made.append(Turn(f"{doc_id}#t{number:03d}", doc_id, speaker, None, None, kind, start, len(text)))
    return Transcript(
        doc_id=doc_id,
        title="An event",
        event_type=None,
        date=day,
        date_end=last_day,
        place=None,
        url=None,
        language="en",
        delivery_note=None,
        last_updated=None,
        text=text,
        turns=tuple(made),
        exchanges=(),
        reported=(),
        regions=tuple(regions),
        people=(),
        flags=(),
        source_name=f"{doc_id}.txt",
        source_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


PRESS_POINT = """Joint press point

  • {day} Nov. {year} -

Anna Berg (Defence Minister of Estonia):  {opening}

Q:  Thank you, Minister. Will more ships come to the Baltic Sea?

Anna Berg:  {answer}
"""


def press_point(opening: str = "Welcome to Tallinn.", answer: str = "Yes, four frigates will come in May.") -> str:
    """A short transcript as a file would hold it; another opening is another event, on a day of its own."""
    number = zlib.crc32(opening.encode())
    return PRESS_POINT.format(opening=opening, answer=answer, day=10 + number % 20, year=1990 + number // 20 % 35)
