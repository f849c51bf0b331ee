"""Joining rankings, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import Ranked, Scored, reciprocal_rank_fusion, standard_score_fusion


def scored(rows: Ranked, *, size: int) -> Scored:
    """``rows`` as a search among ``size`` rows would give them, those left out scoring 0."""
    values = [score for _, score in rows] + [0.0] * (size - len(rows))
    mean = sum(values) / len(values)
    return Scored(rows, mean=mean, deviation=math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)))


def test_reciprocal_ranks_add_up() -> None:
    searches = [scored([(7, 0.9), (3, 0.8)], size=9), scored([(3, 12.0)], size=9)]
    fused = reciprocal_rank_fusion(searches, weights=[1.0, 0.5], k=60)
    assert [row for row, _ in fused] == [3, 7]
    assert dict(fused) == pytest.approx({3: 1 / 62 + 0.5 / 61, 7: 1 / 61})


def test_ranks_forget_scores() -> None:
    one = reciprocal_rank_fusion([scored([(1, 5.0), (2, 4.0)], size=2)], weights=[1.0], k=10)
    assert one == reciprocal_rank_fusion([scored([(1, 500.0), (2, 0.1)], size=2)], weights=[1.0], k=10)


def test_standard_scores_add_up() -> None:
    # dense: 3, 2, 1 has mean 2 and deviation sqrt(2/3); lexical: 6 and two zeros has mean 2 and deviation sqrt(8)
    dense, lexical = scored([(0, 3.0), (1, 2.0), (2, 1.0)], size=3), scored([(2, 6.0)], size=3)
    fused = standard_score_fusion([dense, lexical], weights=[1.0, 0.5])
    unit, words = 1 / math.sqrt(2 / 3), 1 / math.sqrt(8)
    wanted = {0: unit - 0.5 * 2 * words, 1: -0.5 * 2 * words, 2: -unit + 0.5 * 4 * words}
    assert dict(fused) == pytest.approx(wanted)
    assert [row for row, _ in fused] == sorted(wanted, key=lambda row: -wanted[row])


def test_a_row_that_one_search_lacks_has_its_floor_there() -> None:
    dense = Scored([(0, 0.9), (1, 0.5)], mean=0.1, deviation=0.2, floor=0.5)
    lexical = Scored([(2, 4.0), (1, 1.0)], mean=0.5, deviation=1.0)
    fused = dict(standard_score_fusion([dense, lexical], weights=[1.0, 0.5]))
    assert fused == pytest.approx({0: 4 - 0.25, 1: 2 + 0.25, 2: 2 + 1.75})


def test_a_search_in_which_all_rows_are_alike_decides_nothing() -> None:
    alike = Scored([(5, 2.0), (4, 2.0)], mean=2.0, deviation=0.0, floor=2.0)
    fused = standard_score_fusion([scored([(4, 1.0), (5, 0.5)], size=2), alike], weights=[1.0, 9.0])
    assert [row for row, _ in fused] == [4, 5]
    assert dict(fused) == pytest.approx({4: 1.0, 5: -1.0})


def test_nothing_found_is_nothing() -> None:
    nothing = Scored([], mean=0.0, deviation=0.0)
    assert standard_score_fusion([nothing, nothing], weights=[1.0, 1.0]) == []
    assert reciprocal_rank_fusion([nothing, nothing], weights=[1.0, 1.0], k=60) == []


def test_each_search_needs_its_weight() -> None:
    one = scored([(1, 1.0)], size=1)
    with pytest.raises(ValueError, match="zip"):
        standard_score_fusion([one, one], weights=[1.0])
    with pytest.raises(ValueError, match="zip"):
        reciprocal_rank_fusion([one, one], weights=[1.0], k=60)


rankings = st.dictionaries(st.integers(0, 30), st.floats(0.1, 100, allow_nan=False), max_size=12).map(
    lambda found: sorted(found.items(), key=lambda pair: -pair[1])
)


@given(rankings, rankings, st.floats(0.01, 1000))
def test_standard_scores_ignore_the_scale_of_a_search(dense: Ranked, lexical: Ranked, scale: float) -> None:
    scaled = [(row, score * scale) for row, score in lexical]
    searches = [scored(dense, size=31), scored(lexical, size=31)]
    plain = standard_score_fusion(searches, weights=[1.0, 0.4])
    again = standard_score_fusion([searches[0], scored(scaled, size=31)], weights=[1.0, 0.4])
    assert dict(again) == pytest.approx(dict(plain), abs=1e-6)


@given(rankings, rankings)
def test_every_row_comes_once_and_best_first(dense: Ranked, lexical: Ranked) -> None:
    searches = [scored(dense, size=31), scored(lexical, size=31)]
    for fused in (
        standard_score_fusion(searches, weights=[1.0, 0.4]),
        reciprocal_rank_fusion(searches, weights=[1.0, 0.4], k=10),
    ):
        assert sorted(row for row, _ in fused) == sorted({row for row, _ in dense} | {row for row, _ in lexical})
        assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
