"""Two rankings into one, by rank alone: scores of different kinds are never compared. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], *, weights: Sequence[float], k: float
) -> list[tuple[int, float]]:
    """Join ``rankings`` (row numbers, best first) into ``(row, score)`` pairs, best first.

    A row's score is the sum of ``weight / (k + rank)`` over the rankings that hold it, ranks counted from 1 (Cormack,
    Clarke and Büttcher, SIGIR 2009). Rows of equal score stay in the order of their numbers, so that the result never
    depends on chance. Raises ``ValueError`` when there are not as many weights as rankings.
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
