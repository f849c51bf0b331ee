"""Nearest vectors, against brute force; with the filter inside the search."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense import DENSE_FILES, DenseIndex, build_dense, open_dense, with_openings

ROWS, DIMENSION = 3000, 16


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float16]:
    made = np.random.default_rng(1).normal(size=(ROWS, DIMENSION))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float16)


@pytest.fixture(scope="module")
def openings() -> NDArray[np.int64]:
    return np.arange(ROWS, dtype=np.int64) // 3 * 3


@pytest.fixture(scope="module")
def query() -> NDArray[np.float32]:
    made = np.random.default_rng(2).normal(size=DIMENSION)
    return (made / np.linalg.norm(made)).astype(np.float32)


def brute_force(
    vectors: NDArray[np.float16],
    openings: NDArray[np.int64],
    query: NDArray[np.float32],
    mask: NDArray[np.bool_],
    k: int,
) -> list[tuple[int, float]]:
    own = [float(np.dot(vector.astype(np.float64), query)) for vector in vectors]
    scores = {row: (own[row] + 0.5 * own[openings[row]]) / 1.5 for row in range(len(own)) if mask[row]}
    return sorted(scores.items(), key=lambda pair: -pair[1])[:k]


def assert_same(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> None:
    assert [row for row, _ in found] == [row for row, _ in wanted]
    np.testing.assert_allclose([score for _, score in found], [score for _, score in wanted], atol=2e-6)


@pytest.mark.parametrize("share", [0.0, 0.002, 0.05, 0.5, 1.0], ids="{:.1%}".format)
def test_a_filtered_search_is_a_search_of_what_passes(
    vectors: NDArray[np.float16], openings: NDArray[np.int64], query: NDArray[np.float32], share: float
) -> None:
    mask = np.random.default_rng(3).random(ROWS) < share
    index = DenseIndex(vectors, openings, opening_weight=0.5)
    assert_same(index.search(query, k=20, mask=mask).rows, brute_force(vectors, openings, query, mask, 20))


def test_without_a_filter_all_rows_are_compared(
    vectors: NDArray[np.float16], openings: NDArray[np.int64], query: NDArray[np.float32]
) -> None:
    everything = np.ones(ROWS, dtype=np.bool_)
    index = DenseIndex(vectors, openings, opening_weight=0.5)
    assert_same(index.search(query, k=50).rows, brute_force(vectors, openings, query, everything, 50))
    assert len(index.search(query, k=ROWS + 5).rows) == ROWS
    assert index.search(query, k=0).rows == []


def test_the_spread_is_that_of_all_rows(
    vectors: NDArray[np.float16], openings: NDArray[np.int64], query: NDArray[np.float32]
) -> None:
    scores = with_openings(vectors, openings, weight=0.5) @ query
    few = np.arange(ROWS) < 30
    for mask in (None, few):
        found = DenseIndex(vectors, openings, opening_weight=0.5).search(query, k=9, mask=mask)
        assert (found.mean, found.deviation) == pytest.approx((scores.mean(), scores.std()), abs=1e-6)
        assert found.floor == found.rows[-1][1]


def test_a_turns_first_passage_is_only_itself(vectors: NDArray[np.float16], openings: NDArray[np.int64]) -> None:
    mixed = with_openings(vectors, openings, weight=0.5)
    np.testing.assert_allclose(mixed[::3], vectors[::3].astype(np.float32), atol=1e-6)
    np.testing.assert_allclose(mixed[4], (vectors[4].astype(np.float32) * 2 + vectors[3]) / 3, atol=1e-6)


def test_on_disk_it_is_the_same(
    tmp_path: Path, vectors: NDArray[np.float16], openings: NDArray[np.int64], query: NDArray[np.float32]
) -> None:
    build_dense(vectors, openings, tmp_path, opening_weight=0.5)
    assert [path.name for path in tmp_path.iterdir()] == [DENSE_FILES[0]]
    opened = open_dense(tmp_path, openings=openings, opening_weight=0.5)
    assert opened.search(query, k=9) == DenseIndex(vectors, openings, opening_weight=0.5).search(query, k=9)


@pytest.mark.parametrize("share", [0.005, 0.05, 1.0], ids="{:.1%}".format)
def test_an_inverted_file_finds_nearly_the_same_and_only_what_passes(
    tmp_path: Path, vectors: NDArray[np.float16], openings: NDArray[np.int64], query: NDArray[np.float32], share: float
) -> None:
    build_dense(vectors, openings, tmp_path, opening_weight=0.5, flat_up_to=100)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(DENSE_FILES)
    mask = np.random.default_rng(4).random(ROWS) < share
    found = open_dense(tmp_path, openings=openings, opening_weight=0.5).search(query, k=10, mask=mask).rows
    wanted = brute_force(vectors, openings, query, mask, 10)
    assert all(mask[row] for row, _ in found)
    assert len({row for row, _ in found} & {row for row, _ in wanted}) >= 9
