"""Measure a reader on what people marked: does it know when a passage does not answer, and which sentences do?

``python -m training.measure --data DIR FOLD0 FOLD1 …`` takes the weights trained without each fold, and asks each only
about the documents it never saw. ``--test WEIGHTS`` asks one model the written questions that no model was trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.reading import Reader, ShippedReader, Text
from training.briefings import read_briefings
from training.reader import held_out, marked
from training.readings import WRITTEN_TEST, Reading, written

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Read:
    """A reading with what the model made of it: log-odds against "none", of each sentence and of all together."""

    reading: Reading
    sentences: NDArray[np.float64]
    answered: float


def read_all(reader: Reader, readings: Sequence[Reading]) -> list[Read]:
    """Every reading read once, each passage with its own question."""
    found = []
    for reading in readings:
        [out] = reader.read(reading.question, [Text(reading.sentences, reading.setting)])
        odds = np.array(out.answers) - out.none
        found.append(Read(reading, odds, float(np.logaddexp.reduce(odds))))
    return found


def auroc(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """The chance that an answerable question outscores an unanswerable one (Mann and Whitney 1947); ties count half."""
    values, truth = np.asarray(scores), np.asarray(truths)
    order = np.sort(values[~truth])
    below = np.searchsorted(order, values[truth], side="left") + np.searchsorted(order, values[truth], side="right")
    return float(below.mean() / 2 / len(order))


def sentence_f1(read: Read, within: float) -> float:
    """F1 of the sentences shown (the best, and those whose log-odds lie ``within`` of its) against those marked."""
    shown = set(np.flatnonzero(read.sentences >= read.sentences.max() - within).tolist())
    hits = len(shown & read.reading.answers)
    return 2 * hits / (len(shown) + len(read.reading.answers))


def main() -> None:
    """Print one JSON object a source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("weights", type=Path, nargs="*", help="packed weights of each fold, in order")
    parser.add_argument("--test", type=Path, help="packed weights to ask the written test questions")
    given = parser.parse_args()
    folds = len(given.weights)
    briefings = read_briefings(given.data / "wh_briefings" / "train.transcripts.jsonl.gz")
    if given.test:
        unseen = read_all(ShippedReader(given.test, sha256=None), written(WRITTEN_TEST, briefings))
        print(json.dumps({"source": "written test", **_measured(unseen)}))
    everything = marked(given.data, briefings)
    found: list[Read] = []
    for fold, file in enumerate(given.weights):
        reader = ShippedReader(file, sha256=None)
        documents = held_out(everything, fold, folds)
        found += read_all(reader, [one for one in everything if one.document in documents])
    for name in ("clapnq", "squad", "written"):
        some = [one for one in found if _source(one.reading) == name]
        if some:
            print(json.dumps({"source": name, **_measured(some)}))


def _source(reading: Reading) -> str:
    if reading.setting:
        return "written"
    return "clapnq" if reading.document.startswith("clapnq") else "squad"


def _measured(found: Sequence[Read]) -> dict[str, float]:
    answerable = [one for one in found if one.reading.answers]
    withins = {
        within: float(np.mean([sentence_f1(one, within) for one in answerable]))
        for within in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
    }
    first = np.mean([int(one.sentences.argmax()) in one.reading.answers for one in answerable])
    return {
        "questions": len(found),
        "refusal_auroc": round(auroc([one.answered for one in found], [bool(one.reading.answers) for one in found]), 4),
        "first_sentence_right": round(float(first), 4),
        **{f"f1_within_{within}": round(f1, 4) for within, f1 in withins.items()},
    }


if __name__ == "__main__":
    main()
