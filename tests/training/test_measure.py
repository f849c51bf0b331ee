"""The measures against brute force, and the folds."""

import random

import numpy as np
import pytest

from training.measure import Read, auroc, sentence_f1
from training.reader import held_out
from training.readings import Reading


def _read(odds: list[float], answers: set[int]) -> Read:
    sentences = tuple(f"S{at}." for at in range(len(odds)))
    return Read(Reading("Q?", sentences, frozenset(answers), "d"), np.array(odds), max(odds))


def test_auroc_counts_pairs_in_the_right_order() -> None:
    chance = random.Random(11)
    scores = [chance.choice([0.0, 0.5, 1.0, 2.0]) for _ in range(60)]
    truths = [chance.random() < 0.4 for _ in scores]
    pairs = [
        (up, down)
        for up, yes in zip(scores, truths, strict=True)
        if yes
        for down, no in zip(scores, truths, strict=True)
        if not no
    ]
    counted = sum((up > down) + (up == down) / 2 for up, down in pairs) / len(pairs)
    assert auroc(scores, truths) == pytest.approx(counted)
    assert auroc([1.0, 2.0], [False, True]) == 1.0


def test_sentences_shown_are_scored_as_a_set() -> None:
    read = _read([3.0, 2.5, -1.0, 0.0], {0, 1, 3})
    assert sentence_f1(read, 0.0) == pytest.approx(2 * 1 / (1 + 3))
    assert sentence_f1(read, 1.0) == pytest.approx(2 * 2 / (2 + 3))
    assert sentence_f1(read, 9.0) == pytest.approx(2 * 3 / (4 + 3))


def test_every_document_is_held_out_once_and_whole() -> None:
    readings = [Reading("Q?", ("S.",), frozenset(), f"d{n % 7}") for n in range(100)]
    folds = [held_out(readings, fold, 3) for fold in range(3)]
    assert set.union(*folds) == {f"d{n}" for n in range(7)}
    assert sum(map(len, folds)) == 7
    sizes = [sum(reading.document in fold for reading in readings) for fold in folds]
    assert max(sizes) - min(sizes) <= 15
