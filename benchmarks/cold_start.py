"""How long a newcomer waits: ``--help``, a question from a cold start, and questions once everything is warm.

    python benchmarks/cold_start.py [--runs 5]

Builds an index of the sample transcripts in a temporary folder, starts the command in a fresh process each time, and
prints medians. Times depend on the machine and on what else it does; compare only figures of one run.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "What did Stoltenberg say about sanctions on Russia?",
    "How many experts took part in the exercise?",
    "What is the Readiness Action Plan?",
    "Who carried out the cyber operation in The Hague?",
    "What did Mikser say about Crimea?",
    "Which partners joined the ministers in 2018?",
    "What was said about the INF Treaty?",
    "How does NATO respond to hybrid attacks?",
    "What did the journalists want to know?",
    "When will ministers discuss the national plans?",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        run(["index", str(ROOT / "data" / "transcripts"), "--index", folder])
        print(f"--help            median {median([timed(['--help']) for _ in range(runs)]):.2f} s")
        cold = [timed(["ask", QUESTIONS[0], "--json", "--index", folder]) for _ in range(runs)]
        print(f"ask --json, cold  median {median(cold):.2f} s, slowest {max(cold):.2f} s")
        warm = sorted(warm_questions(Path(folder)))
        print(f"ask, warm         median {median(warm):.0f} ms, 95th percentile {warm[int(0.95 * len(warm))]:.0f} ms")


def run(arguments: Sequence[str]) -> None:
    """Run the command in a fresh process."""
    subprocess.run([sys.executable, "-m", "qa.cli", *arguments], cwd=ROOT, check=True, capture_output=True)


def timed(arguments: Sequence[str]) -> float:
    """Seconds that ``run`` takes."""
    began = time.perf_counter()
    run(arguments)
    return time.perf_counter() - began


def warm_questions(folder: Path) -> list[float]:
    """Milliseconds for each question, never asked before, after one other question has warmed everything up."""
    sys.path.insert(0, str(ROOT))
    from index.search import open_index
    from qa.answer import Answerer

    answerer = Answerer(open_index(folder))
    answerer.warm_up()
    spent = []
    for question in QUESTIONS * 3:
        began = time.perf_counter()
        answerer.answer(question)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def median(values: Sequence[float]) -> float:
    """The median of ``values``."""
    return statistics.median(values)


if __name__ == "__main__":
    main()
