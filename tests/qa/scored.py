"""Scored sentences made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.extract import Candidate, Context, turn_candidates
from qa.relevance import Scored

if TYPE_CHECKING:
    from index.types import Transcript


def candidate_of(transcript: Transcript, words: str) -> Candidate:
    """The sentence of ``transcript`` that begins with ``words``."""
    context = Context(transcript)
    return next(c for c in turn_candidates(context, [None, *context.turns]) if c.text.startswith(words))


def scored_of(
    transcript: Transcript,
    words: str,
    score: float,
    *,
    cosine: float = 0.6,
    covered: float = 0.5,
    accounted: float = 0.8,
    offers: bool = True,
) -> Scored:
    """That sentence with a score."""
    return Scored(candidate_of(transcript, words), score, cosine, covered, accounted, offers)
