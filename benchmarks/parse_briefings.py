"""Render briefings that are given as turns back to text, parse them, and compare turn by turn.

    python benchmarks/parse_briefings.py FILE.jsonl[.gz]... [--workers 2] [--list 20]

Each line of a file is ``{"doc", "turns": [{"speaker", "text"}]}``. A turn is equal when the parser cuts the same text
and
resolves the label to somebody whose name or office the label gives.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from index.names import fold_words
from index.parse import parse_text


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The briefings of one file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def render(record: dict[str, Any]) -> str:
    """The briefing as a page prints it: ``SPEAKER:  text`` paragraphs; reporters as ``Q    text``."""
    turns = (
        f"Q    {turn['text']}" if turn["speaker"] == "Q" else f"{turn['speaker']}:  {turn['text']}"
        for turn in record["turns"]
    )
    return f"{record['title']}\n\n" + "\n\n".join(turns) + "\n"


def compare(record: dict[str, Any]) -> tuple[str, int, int, list[str]]:
    """The document, its turns, how many are equal, and what is wrong with the others."""
    transcript = parse_text(render(record), doc_id=record["doc"])
    found = [(turn, " ".join(transcript.text[turn.start : turn.end].split())) for turn in transcript.turns]
    places: dict[str, list[int]] = {}
    for at, (_, text) in enumerate(found):
        places.setdefault(text, []).append(at)
    equal, last = 0, -1
    wrong: list[str] = []
    for given in record["turns"]:
        text = " ".join(given["text"].split())
        at = next((place for place in places.get(text, []) if place > last), -1)
        if at < 0:
            wrong.append(f"not cut so: {given['speaker']}: {text[:80]!r}")
            continue
        last = at
        turn = found[at][0]
        if _same_speaker(given["speaker"], turn.speaker, turn.role, turn.kind):
            equal += 1
        else:
            wrong.append(
                f"speaker {given['speaker']!r} became {turn.speaker!r}, {turn.role!r}, {turn.kind}: {text[:50]!r}"
            )
    return record["doc"], len(record["turns"]), equal, wrong


def _same_speaker(label: str, speaker: str | None, role: str | None, kind: str) -> bool:
    if label == "Q":
        return kind == "journalist"
    words = set(fold_words(label)) - {"the", "mr", "ms", "mrs", "dr"}
    return bool(words & set(fold_words(speaker or "") + fold_words(role or ""))) or (
        kind in {"unknown", "journalist"} and speaker is None
    )


def main() -> int:
    """Print the share of equal turns, the time, and the commonest differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", type=int, default=20, help="how many differences to print")
    args = parser.parse_args()
    given = [record for path in args.files for record in records(path)]
    began = time.perf_counter()
    with ProcessPoolExecutor(args.workers) as pool:
        results = list(pool.map(compare, given, chunksize=8))
    spent = time.perf_counter() - began
    turns, equal = sum(result[1] for result in results), sum(result[2] for result in results)
    problems = [(doc, text) for doc, _, _, wrong in results for text in wrong]
    kinds = Counter(re.sub(r"[:'\"].*", "", text) for _, text in problems)
    for doc, text in problems[: args.list]:
        print(f"  {doc[:60]}: {text}")
    print(
        f"{len(given)} briefings, {turns} turns, {equal} equal ({equal / turns:.4%}), "
        f"{spent:.1f} s on {args.workers} workers; {dict(kinds)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
