"""Compare how pages are parsed with results that were checked by reading, or write such results.

    python benchmarks/golden_parse.py GOLDEN.json PAGE...           exit 1 and a list where something differs
    python benchmarks/golden_parse.py GOLDEN.json PAGE... --write   after reading every turn

The results hold offsets, speakers, kinds and exchanges, and no text: the pages themselves need not be there to be
shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from index.parse import parse_source
from index.source import find_sources
from index.types import Transcript


def compact(transcript: Transcript) -> dict[str, Any]:
    """What is compared: the header's facts, each turn as a row, exchanges as places of turns."""
    place = {turn.turn_id: at for at, turn in enumerate(transcript.turns)}
    return {
        "sha256": transcript.source_sha256,
        "title": transcript.title,
        "event_type": transcript.event_type,
        "date": str(transcript.date) if transcript.date else None,
        "place": transcript.place,
        "turns": [
            [turn.start, turn.end, turn.kind, turn.speaker, turn.role, turn.affiliation] for turn in transcript.turns
        ],
        "exchanges": [
            [[place[name] for name in pair.question_turns], [place[name] for name in pair.answer_turns]]
            for pair in transcript.exchanges
        ],
    }


def differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What of ``found`` is not as ``wanted``."""
    out = [
        f"{key}: {found[key]!r}, not {wanted[key]!r}"
        for key in wanted
        if not isinstance(wanted[key], list) and wanted[key] != found[key]
    ]
    for key in ("turns", "exchanges"):
        out += [f"{key}: missing {row}" for row in wanted[key] if row not in found[key]]
        out += [f"{key}: extra {row}" for row in found[key] if row not in wanted[key]]
    return out


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golden", type=Path)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = {ref.stem: compact(parse_source(ref, doc_id=ref.stem)) for ref in find_sources(args.pages)}
    if args.write:
        rows = [
            f"{json.dumps(name)}: {json.dumps(result, ensure_ascii=False)}" for name, result in sorted(found.items())
        ]
        args.golden.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
        return 0
    wanted = json.loads(args.golden.read_text(encoding="utf-8"))
    wrong = [
        f"{name}: {text}" for name, result in wanted.items() for text in differences(result, found.get(name, result))
    ]
    wrong += [f"{name}: not there" for name in wanted if name not in found]
    print("\n".join(wrong) or f"{len(wanted)} pages as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
