"""Show how a transcript is understood: its header, its turns, who speaks in each."""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.commands.shared import print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``parse`` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .md, .html, .pdf or .docx file")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def run(args: argparse.Namespace) -> int:
    """Parse the file and print what was understood."""
    from index.parse import parse_file, transcript_to_json

    transcript = parse_file(args.file)
    if args.json:
        record = transcript_to_json(transcript)
        record["turns"] = [
            {**turn, "text": transcript.text[turn["start"] : turn["end"]]} for turn in record["turns"]
        ]
        print_json(record)
        return 0
    for turn in transcript.turns:
        print(f"{turn.start}-{turn.end} {turn.kind} {turn.speaker}")
    return 0
