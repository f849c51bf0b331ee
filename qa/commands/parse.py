"""Show how one transcript is understood: its header, its turns and who speaks in each.

Nothing is changed or stored. Use it before indexing, or when an answer names the wrong speaker:

    ontherecord parse FILE             header facts and one line a turn
    ontherecord parse FILE --explain   the text itself, every line with what it was taken for
    ontherecord parse FILE --json      the whole transcript as one JSON object

In --explain, every line starts with what it is: "header" (and which part), "label", "turn" (who speaks, and as what),
or "dropped" (and why). A turn's kind says what it may prove: a principal's words are a position, a journalist's or a
moderator's never are. Flags such as "inferred" mark what the page does not say outright.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qa.commands.shared import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Region, Transcript, Turn

_COLOURS = {
    "header": "36",
    "label": "33",
    "dropped": "90",
    "principal": "32",
    "moderator": "35",
    "journalist": "34",
    "unknown": "31",
}
_MARGIN = 34  # columns before the text of a line
_WIDTH = 110  # characters of text shown on a line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``parse`` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .md, .html, .pdf or .docx file")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    how.add_argument("--explain", action="store_true", help="show the text line by line with what it was taken for")


def run(args: argparse.Namespace) -> int:
    """Parse the file and print what was understood."""
    from index.parse import parse_file, transcript_to_json

    transcript = parse_file(args.file)
    if args.json:
        record = transcript_to_json(transcript)
        for turn in record["turns"]:
            turn["text"] = transcript.text[turn["start"] : turn["end"]]
        print_json(record)
        return 0
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    lines = explained(transcript, colour=colour) if args.explain else summary(transcript)
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
    return 0


def summary(transcript: Transcript) -> Iterator[str]:
    """The facts of the header, then one line a turn."""
    facts = {
        "title": transcript.title,
        "event": transcript.event_type,
        "date": " to ".join(str(day) for day in (transcript.date, transcript.date_end) if day) or None,
        "place": transcript.place,
        "language": transcript.language,
        "note": transcript.delivery_note,
        "updated": transcript.last_updated,
        "address": transcript.url,
        "flags": ", ".join(transcript.flags) or None,
    }
    yield from (f"{name:<9} {_shown(value)}" for name, value in facts.items() if value)
    for person in transcript.people:
        parts = (person.name, person.role, person.affiliation)
        yield f"{'person':<9} {_shown(', '.join(part for part in parts if part))}"
    yield f"{len(transcript.turns)} turns, {len(transcript.exchanges)} exchanges, {len(transcript.reported)} reported"
    for number, turn in enumerate(transcript.turns, start=1):
        words = _shown(transcript.text[turn.start : turn.end])
        yield f"{number:>4} {turn.kind:<10} {_who(turn)}: {words[:80]}{'…' if len(words) > 80 else ''}"


def explained(transcript: Transcript, *, colour: bool) -> Iterator[str]:
    """Every line of the text that is not blank, with what it was taken for in the margin."""
    turns = {turn.start: turn for turn in transcript.turns}
    for region in transcript.regions:
        turn = turns.get(region.start) if region.kind == "turn" else None
        name = turn.kind if turn else region.kind
        for line in transcript.text[region.start : region.end].splitlines():
            if line.strip():
                margin = _margin(region, turn)[: _MARGIN - 1].ljust(_MARGIN)
                yield _paint(margin, name, colour=colour) + _shown(line)[:_WIDTH]


def _margin(region: Region, turn: Turn | None) -> str:
    if turn is None:
        return f"{region.kind} {region.reason}".strip()
    flags = f" ({', '.join(turn.flags)})" if turn.flags else ""
    return f"{turn.kind} {_who(turn)}{flags}"


def _who(turn: Turn) -> str:
    name = turn.speaker or turn.role or "?"
    return _shown(f"{name}, {turn.affiliation}" if turn.affiliation else name)


def _shown(text: str) -> str:
    """``text`` on one line, without what could move the cursor or reorder the line of a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))


def _paint(text: str, name: str, *, colour: bool) -> str:
    return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if colour else text
