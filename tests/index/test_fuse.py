"""Joining rankings, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import Ranked, reciprocal_rank_fusion, standard_score_fusion


def test_reciprocal_ranks_add_up() -> None:
    fused = reciprocal_rank_fusion([[(7, 0.9), (3, 0.8)], [(3, 12.0)]], weights=[1.0, 0.5], k=60)
    assert [row for row, _ in fused] == [3, 7]
    assert dict(fused) == pytest.approx({3: 1 / 62 + 0.5 / 61, 7: 1 / 61})


def test_ranks_forget_scores() -> None:
    one = reciprocal_rank_fusion([[(1, 5.0), (2, 4.0)]], weights=[1.0], k=10)
    assert one == reciprocal_rank_fusion([[(1, 500.0), (2, 0.1)]], weights=[1.0], k=10)


def test_standard_scores_add_up() -> None:
    # dense: 3, 2, 1 has mean 2 and deviation sqrt(2/3); lexical: 6 and two zeros has mean 2 and deviation sqrt(8)
    fused = standard_score_fusion([[(0, 3.0), (1, 2.0), (2, 1.0)], [(2, 6.0)]], weights=[1.0, 0.5], size=3)
    unit, words = 1 / math.sqrt(2 / 3), 1 / math.sqrt(8)
    wanted = {0: unit - 0.5 * 2 * words, 1: -0.5 * 2 * words, 2: -unit + 0.5 * 4 * words}
    assert dict(fused) == pytest.approx(wanted)
    assert [row for row, _ in fused] == sorted(wanted, key=lambda row: -wanted[row])


def test_a_ranking_of_equal_scores_decides_nothing() -> None:
    fused = standard_score_fusion([[(4, 1.0), (5, 0.5)], [(5, 2.0), (4, 2.0)]], weights=[1.0, 9.0], size=2)
    assert [row for row, _ in fused] == [4, 5]
    assert dict(fused) == pytest.approx({4: 1.0, 5: -1.0})


def test_nothing_found_is_nothing() -> None:
    assert standard_score_fusion([[], []], weights=[1.0, 1.0], size=0) == []
    assert reciprocal_rank_fusion([[], []], weights=[1.0, 1.0], k=60) == []


@pytest.mark.parametrize("join", [lambda r, w: standard_score_fusion(r, weights=w, size=2)])
def test_each_ranking_needs_its_weight(join) -> None:  # type: ignore[no-untyped-def]  # a lambda in the mark
    with pytest.raises(ValueError, match="zip"):
        join([[(1, 1.0)], [(2, 1.0)]], [1.0])


rankings = st.lists(
    st.dictionaries(st.integers(0, 30), st.floats(0.1, 100, allow_nan=False), max_size=12).map(
        lambda found: sorted(found.items(), key=lambda pair: -pair[1])
    ),
    min_size=2,
    max_size=2,
)


@given(rankings, st.floats(0.01, 1000))
def test_standard_scores_ignore_the_scale_of_a_ranking(both: list[Ranked], scale: float) -> None:
    dense, lexical = both
    scaled = [(row, score * scale) for row, score in lexical]
    plain = standard_score_fusion([dense, lexical], weights=[1.0, 0.4], size=12)
    again = standard_score_fusion([dense, scaled], weights=[1.0, 0.4], size=12)
    assert dict(again) == pytest.approx(dict(plain), abs=1e-6)


@given(rankings)
def test_every_row_comes_once_and_best_first(both: list[Ranked]) -> None:
    for fused in (
        standard_score_fusion(both, weights=[1.0, 0.4], size=12),
        reciprocal_rank_fusion(both, weights=[1.0, 0.4], k=10),
    ):
        assert sorted(row for row, _ in fused) == sorted({row for ranking in both for row, _ in ranking})
        assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
