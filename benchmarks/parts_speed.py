"""How long the lists of Browse and the verdicts of Check take on a large record.

  python benchmarks/parts_speed.py --index DIR [--transcripts 1200]

DIR is an index of some hundred transcripts, such as the briefings of docs/evaluation.md; for the lists they are
repeated under other names and dates until there are as many as asked for. Prints medians and the slowest.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from index.search import open_index
from index.sentences import sentence_spans
from qa.catalogue import texts
from qa.check import Checker
from qa.web.browse import list_html, read_view
from qa.web.holdings import Holdings
from qa.web.record import Edition
from qa.web.verdict import judge

ENGLISH = texts("en")


def timed(name: str, work: Callable[[], object], *, rounds: int = 9) -> None:
    """Print how long ``work`` takes, the first time left out."""
    work()
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - began))
    print(f"{name:<32} median {statistics.median(spent):7.1f} ms   slowest {max(spent):7.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--transcripts", type=int, default=1200)
    args = parser.parse_args()
    index = open_index(args.index)
    held = list(index.transcripts.values())
    many = {
        f"d{n}": replace(held[n % len(held)], doc_id=f"d{n}", date=date(2014, 1, 1) + timedelta(days=2 * n))
        for n in range(args.transcripts)
    }
    began = time.perf_counter()
    holdings = Holdings(many)
    print(f"{len(many)} transcripts looked up once in {1000 * (time.perf_counter() - began):.0f} ms")
    for by in ("date", "speaker", "event"):
        for find in ("", "april"):
            view = read_view({"by": by, "find": find}, ENGLISH)
            timed(f"list by {by}, {find or 'everything'}", lambda view=view: list_html(holdings, view, ENGLISH))
    edition = Edition(index.transcripts, lambda *_asked, **_how: NotImplemented, check=Checker(index).check)
    said = held[len(held) // 2]
    sentences = [
        said.text[slice(*span)]
        for turn in said.turns
        if turn.kind == "principal"
        for span in sentence_spans(said.text, turn.start, turn.end)
        if len(said.text[slice(*span)].split()) > 8
    ]
    changed = " ".join([*sentences[5].split()[:-1], "nevertheless"])
    for name, given in {
        "verified": sentences[3],
        "near miss": changed,
        "not found": "The cat sat on the mat and purred all day.",
        "three sentences": " ".join([sentences[3], changed, "Purple cows sing in the rain."]),
    }.items():
        timed(f"check, {name}", lambda given=given: judge(edition, given))


if __name__ == "__main__":
    main()
