"""Nearest vectors by inner product; the only file that imports faiss.

Vectors have length 1, so their inner product is the cosine. Up to ``FLAT_UP_TO`` passages every vector is compared;
beyond, an inverted file with 8-bit codes is searched, and few rows that pass a filter are still compared exactly.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from index.fuse import Ranked, Scored

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

VECTORS_FILE = "vectors.npy"
INVERTED_FILE = "inverted.faiss"
DENSE_FILES = (VECTORS_FILE, INVERTED_FILE)

FLAT_UP_TO = 50_000
"""Passages up to which comparing all is as fast as any index (about 5 ms at 50,000 on one core) and exact."""

_EXACT_BELOW = 0.01
"""Share of rows passing a filter under which they are compared exactly: an inverted file loses recall there."""

_WIDE_BELOW = 0.10
"""Share of rows under which more lists of the inverted file are visited."""

_SAMPLE = 4096
"""Rows whose scores stand for those of all rows when a score is expressed in standard deviations."""

_PROBES, _WIDE_PROBES = 64, 256


class DenseIndex:
    """Vectors of passages, numbered from 0: each in half precision on disk, compared together with its turn's opening.

    A passage's score is the weighted mean of two cosines to the question: its own, and with weight ``opening_weight``
    (beside 1) that of its turn's first passage. ``openings`` holds that passage's row for each row.
    """

    def __init__(
        self,
        vectors: NDArray[np.float16],
        openings: NDArray[np.int64],
        *,
        opening_weight: float,
        inverted: Any | None = None,
    ) -> None:
        self._vectors, self._openings, self._weight = vectors, openings, opening_weight
        self._inverted = inverted
        self._flat = None if inverted is not None else _flat(with_openings(vectors, openings, weight=opening_weight))
        # every row of a small index; of a large one, as many, evenly spread: what its scores are like
        rows = np.unique(np.linspace(0, len(vectors) - 1, num=_SAMPLE, dtype=np.int64))
        self._sample = with_openings(vectors, openings, rows=rows, weight=opening_weight)

    def search(self, query: NDArray[np.float32], *, k: int, mask: NDArray[np.bool_] | None = None) -> Scored:
        """The best ``k`` rows for ``query`` (of shape ``(dimension,)``) as ``(row, score)``, best first.

        ``mask`` is one truth value a row; rows where it is false are never found, and take no other row's place.
        """
        rows = self._nearest(query, k, mask)
        sample = self._sample @ query
        floor = rows[-1][1] if rows else 0.0
        return Scored(rows, mean=float(sample.mean()), deviation=float(sample.std()), floor=floor)

    def vectors(self, rows: slice) -> NDArray[np.float32]:
        """The vectors of ``rows`` themselves, without their turns' openings."""
        return self._vectors[rows].astype(np.float32)

    def _nearest(self, query: NDArray[np.float32], k: int, mask: NDArray[np.bool_] | None) -> Ranked:
        passing = len(self._vectors) if mask is None else int(np.count_nonzero(mask))
        if not passing or k <= 0:
            return []
        share = passing / len(self._vectors)
        if mask is not None and share < _EXACT_BELOW:
            return self._scan(query, np.flatnonzero(mask), k)
        index = self._flat if self._inverted is None else self._inverted
        assert index is not None
        scores, rows = index.search(query[np.newaxis], min(k, passing), params=self._parameters(mask, share))
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def _scan(self, query: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> Ranked:
        scores = with_openings(self._vectors, self._openings, rows=rows, weight=self._weight) @ query
        order = np.argsort(-scores, kind="stable")[:k]
        return [(int(rows[at]), float(scores[at])) for at in order]

    def _parameters(self, mask: NDArray[np.bool_] | None, share: float) -> Any:
        faiss = _faiss()
        selector = None if mask is None else faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
        if self._inverted is None:
            return faiss.SearchParameters(sel=selector) if selector else None
        probes = _WIDE_PROBES if share < _WIDE_BELOW else _PROBES
        return faiss.SearchParametersIVF(nprobe=probes, sel=selector)


def with_openings(
    vectors: NDArray[np.float16], openings: NDArray[np.int64], *, rows: NDArray[np.int64] | None = None, weight: float
) -> NDArray[np.float32]:
    """Each vector's (or each of ``rows``') weighted mean with its turn's first; not scaled back to length 1.

    Left shorter, a passage far from its turn's opening counts for less; scaled back, nothing was gained by the mean.
    """
    chosen = np.arange(len(vectors)) if rows is None else rows
    own, first = vectors[chosen].astype(np.float32), vectors[openings[chosen]].astype(np.float32)
    return np.asarray((own + np.float32(weight) * first) / np.float32(1 + weight), dtype=np.float32)


def build_dense(
    vectors: NDArray[np.float16],
    openings: NDArray[np.int64],
    folder: Path,
    *,
    opening_weight: float,
    flat_up_to: int = FLAT_UP_TO,
) -> None:
    """Write ``vectors`` of shape ``(rows, dimension)`` and, beyond ``flat_up_to`` rows, the inverted file."""
    np.save(folder / VECTORS_FILE, vectors, allow_pickle=False)
    if len(vectors) <= flat_up_to:
        return
    mixed = with_openings(vectors, openings, weight=opening_weight)
    lists = min(int(4 * np.sqrt(len(vectors))), len(vectors) // 39)  # k-means wants 39 points a centroid
    faiss = _faiss()
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index = faiss.index_factory(vectors.shape[1], f"IVF{max(lists, 1)},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(mixed)
    index.add(mixed)
    faiss.write_index(index, str(folder / INVERTED_FILE))


def open_dense(folder: Path, *, openings: NDArray[np.int64], opening_weight: float) -> DenseIndex:
    """Open what ``build_dense`` wrote. Raises ``OSError``, ``ValueError`` or ``RuntimeError`` when it is damaged."""
    vectors = np.load(folder / VECTORS_FILE, mmap_mode="r", allow_pickle=False)
    path = folder / INVERTED_FILE
    # one question is too little work to share, and threads that wait for more take the cores from what reads next
    _faiss().omp_set_num_threads(1)
    inverted = _faiss().read_index(str(path)) if path.is_file() else None
    return DenseIndex(vectors, openings, opening_weight=opening_weight, inverted=inverted)


def _flat(vectors: NDArray[np.float32]) -> Any:
    index = _faiss().IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _faiss() -> Any:
    """The library, untyped: its stubs know neither its Python wrappers nor their keyword arguments."""
    import faiss

    return faiss
