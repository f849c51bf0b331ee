"""Where in the record a conversation stands: the places just quoted, and how near to them something else is.

Who asks "And how many people is that?" nearly always finds it near the last answer: of 194 follow-ups written over 105
briefings, all but one were answered in the same transcript, half within 600 characters (docs/evaluation.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Filters, Transcript
from qa.every import Place

if TYPE_CHECKING:
    from index.search import Index

_LOOKED_INTO = 10  # passages that share words with a quoted line: the line stands in one of their transcripts
_SHORTEST = 3  # words of a line worth looking up
_LINES, _LONGEST = 8, 600  # lines of an answer, and characters of a line, that are looked up: each costs a search
_GUESSED = 2  # passages taken for the last answer where it quotes nothing
_NEAR = 300.0  # characters: about two sentences
_FAR = math.log1p(30_000 / _NEAR)  # a long transcript
_SAYS = re.compile(r"\A[^:“\"\n]{1,80}: ")


@dataclass(frozen=True, slots=True)
class Told:
    """The places that the conversation quoted; ``last`` are those of the last answer."""

    places: tuple[Place, ...] = ()
    last: tuple[Place, ...] = ()

    @property
    def doc_ids(self) -> tuple[str, ...]:
        """The transcripts of the last answer."""
        return tuple(dict.fromkeys(place.doc_id for place in self.last))

    def nearness(self, doc_id: str, start: int, end: int) -> float:
        """How near a span is to the last answer: from 1 beside it to 0 far off in its transcript or in another."""
        gaps = [max(start - place.end, place.start - end, 0) for place in self.last if place.doc_id == doc_id]
        return max(0.0, 1 - math.log1p(min(gaps) / _NEAR) / _FAR) if gaps else 0.0

    def holds(self, doc_id: str, start: int, end: int) -> bool:
        """Whether a span is, at least in part, what was quoted before."""
        return any(place.doc_id == doc_id and place.start < end and start < place.end for place in self.places)


NOTHING_TOLD = Told()


def told(answers: Sequence[str], index: Index, *, about: str = "", filters: Filters | None = None) -> Told:
    """The places that ``answers``, oldest first, quoted word for word; where the last one quotes nothing, those of the
    passages nearest to it and to what it was ``about``, if that is given.
    """
    quoted = [tuple(_quoted(answer, index)) for answer in answers]
    last = quoted[-1] if quoted else ()
    if not last and about:
        hits = index.search(f"{about} {answers[-1] if answers else ''}", filters=filters or Filters(), k=_GUESSED)
        last = tuple(Place(hit.passage.doc_id, hit.passage.turn_id, hit.passage.start, hit.passage.end) for hit in hits)
    return Told(tuple(place for places in quoted for place in places), last)


def _quoted(answer: str, index: Index) -> Iterator[Place]:
    for line in answer.split("\n", _LINES)[:_LINES]:
        words = _SAYS.sub("", line[:_LONGEST]).strip().strip('“”"')
        if len(words.split()) >= _SHORTEST:
            hits = index.search_words(words, k=_LOOKED_INTO)
            yield from _first_place(words, list(dict.fromkeys(hit.passage.doc_id for hit in hits)), index.transcripts)


def _first_place(words: str, doc_ids: Sequence[str], transcripts: Mapping[str, Transcript]) -> Iterator[Place]:
    for doc_id in doc_ids:
        at = transcripts[doc_id].text.find(words)
        if at >= 0:
            yield Place(doc_id, None, at, at + len(words))
            return
