"""How long one search takes once the model is loaded: milliseconds, by part, median and 95th percentile.

  python benchmarks/latency.py [--index DIR] [--rounds 200]

Without --index, the sample transcripts are indexed into a temporary folder first.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from index.build import build_index
from index.search import Index, open_index
from index.settings import IndexSettings
from index.types import Filters

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"
QUESTIONS = [
    "What did the Secretary General say about cyber defence?",
    "How much do the Allies spend on defence?",
    "Which forces is NATO sending to Georgia, and when will they be there?",
    "What is the deadline?",
]


def measure(name: str, work: Callable[[str], object], rounds: int) -> None:
    """Time ``work`` on each question in turn and print one line."""
    for question in QUESTIONS:
        work(question)
    spent = []
    for number in range(rounds):
        started = time.perf_counter()
        work(QUESTIONS[number % len(QUESTIONS)])
        spent.append((time.perf_counter() - started) * 1000)
    print(f"{name:34} p50 {statistics.median(spent):7.1f} ms   p95 {statistics.quantiles(spent, n=20)[-1]:7.1f} ms")


def report(index: Index, rounds: int) -> None:
    """Print the time of each way to search."""
    dated = Filters(date_from=date(2018, 1, 1), date_to=date(2018, 12, 31))
    print(f"{len(index.transcripts)} transcripts, {len(index.passages)} passages")
    measure("encode the question", lambda question: index.encoder.encode([question]), rounds)
    measure("search, 50 hits", lambda question: index.search(question), rounds)
    measure("search, one year only", lambda question: index.search(question, filters=dated), rounds)


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = args.index or Path(temporary)
        if args.index is None:
            build_index([SAMPLES], folder=place, settings=IndexSettings.from_environment())
        report(open_index(place), args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
