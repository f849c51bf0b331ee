"""Two rankings into one. Pure.

Scores of different kinds cannot be added as they are: either each is first expressed in standard deviations of its own
ranking, or only ranks count.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Ranked = list[tuple[int, float]]
"""Row numbers and their scores, best first."""


def standard_score_fusion(rankings: Sequence[Ranked], *, weights: Sequence[float], size: int) -> Ranked:
    """Join ``rankings`` by the weighted sum of their standard scores, best first.

    ``size`` is how many rows each ranking could have held: rows it leaves out count as score 0, which is what a row
    that shares no word with the question has. A row that one ranking lacks gets the lowest standard score there. Rows
    of equal score stay in the order of their numbers. Raises ``ValueError`` when there are not as many weights as
    rankings.
    """
    scores: dict[int, float] = {}
    floor = 0.0
    for ranking, weight in zip(rankings, weights, strict=True):
        standard, lowest = _standardised(ranking, size)
        for row, score in standard:
            # relative to the ranking's floor, so that rows it lacks need no entry
            scores[row] = scores.get(row, 0.0) + weight * (score - lowest)
        floor += weight * lowest
    return _best_first({row: score + floor for row, score in scores.items()})


def reciprocal_rank_fusion(rankings: Sequence[Ranked], *, weights: Sequence[float], k: float) -> Ranked:
    """Join ``rankings`` by the weighted sum of ``1 / (k + rank)``, ranks counted from 1, best first.

    Cormack, Clarke and Büttcher, SIGIR 2009. For rankings whose scores mean nothing beyond their order. Raises
    ``ValueError`` when there are not as many weights as rankings.
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, (row, _) in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (k + rank)
    return _best_first(scores)


def _standardised(ranking: Ranked, size: int) -> tuple[Ranked, float]:
    """Scores in standard deviations from their mean, and the lowest of them."""
    size = max(size, len(ranking), 1)
    mean = sum(score for _, score in ranking) / size
    squares = sum((score - mean) ** 2 for _, score in ranking) + (size - len(ranking)) * mean**2
    deviation = sqrt(squares / size)
    if deviation == 0.0:
        return [(row, 0.0) for row, _ in ranking], 0.0
    lowest = ranking[-1][1] if len(ranking) == size else min(0.0, ranking[-1][1] if ranking else 0.0)
    return [(row, (score - mean) / deviation) for row, score in ranking], (lowest - mean) / deviation


def _best_first(scores: dict[int, float]) -> Ranked:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
