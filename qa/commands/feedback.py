"""Read what people said of the answers on the page.

  ontherecord feedback                            the last word on every answer, newest last, then a count of each label
  ontherecord feedback --label "wrong speaker"    only the answers said to name the wrong speaker
  ontherecord feedback --since 2026-01-31         only what was said on that day or later (UTC)
  ontherecord feedback --json                     one JSON object a line, for another program

helpful            the answer helped
not verbatim       a quote is not what was said
wrong speaker      a quote is somebody else's
misses the point   the quotes do not answer the question

Under each answer on the page stand four buttons and a field for a comment. What is stored: the time, the question, the
label, the quote that is meant and the comment, if any, the fingerprint of the record and the version of the program;
nothing about the person. It lies in feedback.jsonl in the folder of the index, a line of JSON each, and stays when the
index is built again; delete the file to forget it all.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, date
from typing import TYPE_CHECKING

from index.errors import IndexMissingError
from qa.commands.shared import add_index_argument, print_json
from qa.feedback import FEEDBACK_FILE, LABELS, opinion_to_json, read_feedback, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.feedback import Opinion


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``feedback`` takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line and nothing else")
    parser.add_argument("--label", choices=LABELS, metavar="LABEL", help=f"only this label: {', '.join(LABELS)}")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only from this day on")
    add_index_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print what was said; 0 also where nobody said anything yet."""
    if not args.index.is_dir():
        raise IndexMissingError(args.index)
    reading = read_feedback(args.index / FEEDBACK_FILE)
    if reading.damaged:
        lines = "1 line" if reading.damaged == 1 else f"{reading.damaged:,} lines"
        print(f"ontherecord: {lines} of {args.index / FEEDBACK_FILE} cannot be read and are left out", file=sys.stderr)
    chosen = [one for one in standing(reading.opinions) if _is_wanted(one, args.label, args.since)]
    if args.json:
        for opinion in chosen:
            print_json(opinion_to_json(opinion))
    else:
        print("\n".join(_table(chosen)))
    return 0


def _is_wanted(opinion: Opinion, label: str | None, since: date | None) -> bool:
    return label in (None, opinion.label) and (since is None or opinion.time.astimezone(UTC).date() >= since)


def _table(opinions: Sequence[Opinion]) -> Iterator[str]:
    from qa.terminal import printable

    width = max(map(len, LABELS))
    for opinion in opinions:
        yield f"{opinion.time.astimezone(UTC):%Y-%m-%d %H:%M}  {opinion.label:{width}}  {printable(opinion.question)}"
        for name, told in (("quote", opinion.quote), ("comment", opinion.comment)):
            if told:
                yield f"{'':16}  {name:>{width}}  {printable(told)}"
    counts = Counter(opinion.label for opinion in opinions)
    yield f"{len(opinions):,} in all: " + ", ".join(f"{counts[label]:,} {label}" for label in LABELS)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2018-10-04") from error
