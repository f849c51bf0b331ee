"""Two rankings into one. Pure.

Scores of different kinds cannot be added as they are: either each is first expressed in standard deviations from the
mean of all rows, or only ranks count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Ranked = list[tuple[int, float]]
"""Row numbers and their scores, best first."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What one search found: ``rows`` best first, and ``mean`` and ``deviation`` of the scores of all rows, found or
    not.

    ``floor`` is the score that a row left out is taken to have.
    """

    rows: Ranked
    mean: float
    deviation: float
    floor: float = 0.0

    def standard(self, score: float) -> float:
        """``score`` in standard deviations from the mean; 0 where all rows score alike."""
        return (score - self.mean) / self.deviation if self.deviation > 0.0 else 0.0


def standard_score_fusion(searches: Sequence[Scored], *, weights: Sequence[float]) -> Ranked:
    """Join ``searches`` by the weighted sum of their standard scores, best first.

    Rows of equal score stay in the order of their numbers, so that the result never depends on chance. Raises
    ``ValueError`` when there are not as many weights as searches.
    """
    floors = [weight * search.standard(search.floor) for search, weight in zip(searches, weights, strict=True)]
    scores: dict[int, float] = {}
    for search, weight, floor in zip(searches, weights, floors, strict=True):
        for row, score in search.rows:
            # relative to the floor, so that rows this search lacks need no entry
            scores[row] = scores.get(row, 0.0) + weight * search.standard(score) - floor
    base = sum(floors)
    return _best_first({row: score + base for row, score in scores.items()})


def reciprocal_rank_fusion(searches: Sequence[Scored], *, weights: Sequence[float], k: float) -> Ranked:
    """Join ``searches`` by the weighted sum of ``1 / (k + rank)``, ranks counted from 1, best first.

    Cormack, Clarke and Büttcher, SIGIR 2009. For rankings whose scores mean nothing beyond their order. Raises
    ``ValueError`` when there are not as many weights as searches.
    """
    scores: dict[int, float] = {}
    for search, weight in zip(searches, weights, strict=True):
        for rank, (row, _) in enumerate(search.rows, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (k + rank)
    return _best_first(scores)


def _best_first(scores: dict[int, float]) -> Ranked:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
