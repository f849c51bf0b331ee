"""Say whether a quote is on the record, word for word.

  ontherecord check "We call on Russia to address our serious concerns."
  ontherecord check "…" --json

verified    the words stand in a transcript exactly (white space and the shape of quotation marks aside); every place is
            named with who said it, when and where, and whether they are whole sentences or cut from longer ones
near miss   the nearest words of the record, and what differs, word by word
not found   nothing in the record is close
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.errors import InputError
from qa.commands.shared import add_index_argument, print_json

if TYPE_CHECKING:
    import argparse

    from qa.check import Checked, Match

_STATUS = {"verified": "verified", "near_miss": "near miss", "not_found": "not found"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``check`` takes."""
    parser.add_argument("quote", metavar="QUOTE", help="the words to check, in quotes")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    add_index_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Check and print; the exit code is 0 whatever the verdict."""
    if not args.quote.strip():
        raise InputError("the quote is empty", remedy='Type: ontherecord check "THE WORDS TO CHECK"')
    from index.search import open_index
    from qa.check import Checker

    checked = Checker(open_index(args.index)).check(args.quote)
    if args.json:
        print_json(checked_to_json(checked))
    else:
        print("\n".join(_lines(checked)))
    return 0


def checked_to_json(checked: Checked) -> dict[str, Any]:
    """The verdict as JSON: status, every match, and for a near miss the differences."""
    return {
        "quote": checked.given,
        "status": _STATUS[checked.status],
        "matches": [_match(match) for match in checked.matches],
        "diff": [{"op": d.op, "given": d.given, "source": d.source} for d in checked.differences],
    }


def _match(match: Match) -> dict[str, Any]:
    turn, transcript = match.turn, match.transcript
    return {
        "doc_id": match.quote.doc_id,
        "turn_id": match.quote.turn_id,
        "start": match.quote.start,
        "end": match.quote.end,
        "quote": match.quote.text,
        "whole_sentences": match.whole,
        "sentences": match.sentence.text,
        "speaker": turn.speaker if turn else None,
        "role": (turn.role or turn.affiliation) if turn else None,
        "kind": turn.kind if turn else None,
        "date": transcript.date.isoformat() if transcript.date else None,
        "title": transcript.title,
        "place": transcript.place,
        "url": transcript.url,
    }


def _lines(checked: Checked) -> list[str]:
    from qa.terminal import printable, render_match

    lines = [_STATUS[checked.status].upper()]
    lines += [render_match(match) for match in checked.matches]
    if checked.differences:
        shown = [d.source if d.op == "equal" else f"[-{d.given}-]{{+{d.source}+}}" for d in checked.differences]
        lines.append(printable("given → record: " + " ".join(shown)))
    return lines
