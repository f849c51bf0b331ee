"""Passages found → the best of them read together with the question, in a new order.

Reading costs a thousand times what comparing vectors does, so only as many are read as fit a budget of words: more
short answers than long ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.chunk import setting
from index.types import Hit
from qa.extract import Context
from qa.reading import Reader, Reading, Text


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is read for one question: passages until they and the question, read anew each time, have ``words``.

    ``fit`` is the weight of a reader's fit beside the score of the search, which is in standard deviations.
    """

    words: int = 800
    fit: float = 0.2


@dataclass(frozen=True, slots=True)
class Reranked:
    """A passage in its new place. ``reading`` is ``None`` where it was not read."""

    hit: Hit
    score: float
    reading: Reading | None


def rerank(
    question: str,
    hits: Sequence[Hit],
    contexts: Mapping[str, Context],
    *,
    reader: Reader | None,
    depth: Depth | None = None,
) -> list[Reranked]:
    """``hits``, given best first, by search and reading together; those not read follow in their old order."""
    if reader is None:
        return [Reranked(hit, hit.score, None) for hit in hits]
    depth = depth or Depth()
    many = _affordable(question, hits, depth.words)
    readings = reader.read(question, [text_of(hit, contexts) for hit in hits[:many]])
    read = [
        Reranked(hit, hit.score + depth.fit * reading.fit, reading)
        for hit, reading in zip(hits[:many], readings, strict=True)
    ]
    return [*sorted(read, key=lambda one: -one.score), *(Reranked(hit, hit.score, None) for hit in hits[many:])]


def evidence(reranked: Sequence[Reranked], contexts: Mapping[str, Context]) -> dict[tuple[str, int], float]:
    """By document and start, the log-odds that a sentence answers, rather than that none of its passage does."""
    found: dict[tuple[str, int], float] = {}
    for one in reranked:
        if one.reading is not None:
            doc_id = one.hit.passage.doc_id
            starts = [start for start, _ in sentences_in(one.hit, contexts[doc_id])]
            odds = [answer - one.reading.none for answer in one.reading.answers]
            found |= {(doc_id, start): odd for start, odd in zip(starts, odds, strict=False)}
    return found


def standing(reranked: Sequence[Reranked], contexts: Mapping[str, Context]) -> dict[tuple[str, int], float]:
    """By document and start, the search's score of the best passage read that holds a sentence."""
    found: dict[tuple[str, int], float] = {}
    for one in sorted(reranked, key=lambda one: one.hit.score):
        if one.reading is not None:
            doc_id = one.hit.passage.doc_id
            found |= {(doc_id, start): one.hit.score for start, _ in sentences_in(one.hit, contexts[doc_id])}
    return found


def answered(reranked: Sequence[Reranked]) -> float | None:
    """The log-odds that the best of the passages read answers at all; ``None`` where none was read."""
    odds = [_any(one.reading) for one in reranked if one.reading is not None]
    return max(odds, default=None)


def _any(reading: Reading) -> float:
    """Of any sentence answering against none, summed so that no exponent overflows."""
    top = max(reading.answers)
    return top + math.log(sum(math.exp(answer - top) for answer in reading.answers)) - reading.none


def text_of(hit: Hit, contexts: Mapping[str, Context]) -> Text:
    """A passage as its sentences, with who speaks and when."""
    passage, context = hit.passage, contexts[hit.passage.doc_id]
    turn = context.turns[passage.turn_id] if passage.turn_id else None
    text = context.transcript.text
    sentences = tuple(text[start:end] for start, end in sentences_in(hit, context))
    return Text(sentences or (passage.text,), setting(context.transcript, turn))


def sentences_in(hit: Hit, context: Context) -> list[tuple[int, int]]:
    """The spans of the whole sentences in a passage, in order: what a reading's answers stand for."""
    spans = context.sentences(hit.passage.turn_id)
    return [spans[at] for at in context.inside(hit.passage)]


def _affordable(question: str, hits: Sequence[Hit], words: int) -> int:
    asked, spent = len(question.split()), 0
    for many, hit in enumerate(hits):
        spent += asked + len(hit.passage.text.split())
        if many and spent > words:
            return many
    return len(hits)
