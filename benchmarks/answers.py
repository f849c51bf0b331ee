"""How long a whole answer takes once the models are loaded, by stage: milliseconds, median and 95th percentile.

  python benchmarks/answers.py --index DIR --questions FILE.jsonl [--rounds 100]

FILE.jsonl holds objects with "question" (gold questions do) or "text" (the queries of a retrieval set do). Every
question is asked once, after a few to warm up, so that nothing an earlier one computed helps.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from pathlib import Path

from index.search import open_index
from qa.answer import Answerer
from qa.reading import reader_from_environment
from qa.support import certainty_from_environment

_WARM_UP = 5


def read_questions(path: Path) -> list[str]:
    """The questions of a JSON-lines file, gzipped or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
    return [row.get("question") or row["text"] for row in rows]


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, metavar="DIR", required=True)
    parser.add_argument("--questions", type=Path, metavar="FILE", required=True)
    parser.add_argument("--rounds", type=int, default=100)
    args = parser.parse_args()
    index = open_index(args.index)
    answerer = Answerer(index, reader_from_environment(), certainty=certainty_from_environment())
    answerer.warm_up()
    asked = read_questions(args.questions)[: args.rounds + _WARM_UP]
    spent: dict[str, list[float]] = {}
    for number, question in enumerate(asked):
        began = time.perf_counter()
        answer = answerer.answer(question)
        whole = (time.perf_counter() - began) * 1000
        if number >= _WARM_UP:
            for stage, ms in {**answer.timings_ms, "whole": whole}.items():
                spent.setdefault(stage, []).append(ms)
    print(f"{len(index.transcripts)} transcripts, {len(index.passages)} passages, {len(spent['whole'])} questions")
    for stage, ms in spent.items():
        print(f"{stage:12} p50 {statistics.median(ms):7.1f} ms   p95 {statistics.quantiles(ms, n=20)[-1]:7.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
