"""Hard negatives: what our own fusion of meaning and words finds for a question, false negatives left out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encode import Encoder
from index.lexical import build_lexical, open_lexical
from index.settings import Bm25
from training.briefings import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]

DEPTH = 60
"""Candidates kept for each question."""

_SAME_EXCHANGE = 4  # turns: a follow-up's answer often answers the question before it too
_SAYS_THE_SAME = 0.8  # cosine of two answers: above it, both answer
_BLOCK = 256
_READ = 2000  # characters of an answer: more than an encoder reads
_WORDS = 0.2  # weight of words beside meaning


def mine(
    questions: Sequence[Said], golds: Sequence[int], answers: Sequence[Said], encoder: Encoder, progress: Progress
) -> NDArray[np.int32]:
    """For each question, ``DEPTH`` rows of ``answers``, hardest first, none of which is known to answer it.

    ``golds`` are the rows that answer. Filled with -1 where fewer than ``DEPTH`` are left.
    """
    vectors = encoder.encode([turn.text[:_READ] for turn in answers])
    asked = encoder.encode([turn.text for turn in questions])
    mined = np.full((len(questions), DEPTH), -1, dtype=np.int32)
    with tempfile.TemporaryDirectory() as place:
        texts = [turn.text for turn in answers]
        build_lexical(texts, range(len(texts)), Path(place), bm25=Bm25())
        words = open_lexical(Path(place), openings=np.arange(len(texts)), turn_weight=0.0)
        for start in range(0, len(questions), _BLOCK):
            cosines = asked[start : start + _BLOCK] @ vectors.T
            for row, by_meaning in enumerate(cosines, start=start):
                by_words = words.scores(questions[row].text)
                fused = _standard(by_meaning) + _WORDS * _standard(by_words)
                best = np.argpartition(-fused, 2 * DEPTH)[: 2 * DEPTH]
                best = best[np.argsort(-fused[best], kind="stable")]
                kept = [at for at in best if not _also_answers(at, golds[row], answers, vectors)][:DEPTH]
                mined[row, : len(kept)] = kept
            progress(min(start + _BLOCK, len(questions)), len(questions))
    return mined


def _also_answers(at: int, gold: int, answers: Sequence[Said], vectors: NDArray[np.float32]) -> bool:
    one, other = answers[at], answers[gold]
    near = one.doc == other.doc and abs(one.at - other.at) <= _SAME_EXCHANGE
    return near or float(vectors[at] @ vectors[gold]) >= _SAYS_THE_SAME


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    deviation = float(scores.std())
    return (scores - scores.mean()) / deviation if deviation else scores * 0
