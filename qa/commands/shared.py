"""What several commands share: where the index lies, and how JSON is printed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

INDEX_VARIABLE = "ONTHERECORD_INDEX"


def default_index_folder() -> Path:
    """``$ONTHERECORD_INDEX``, else a folder in the user's data directory (XDG base directory specification)."""
    if chosen := os.environ.get(INDEX_VARIABLE):
        return Path(chosen)
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data_home) / "ontherecord" / "index"


def add_index_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--index DIR``, read as ``args.index``."""
    parser.add_argument(
        "--index",
        type=Path,
        default=default_index_folder(),
        metavar="DIR",
        help=f"the index folder (default: ${INDEX_VARIABLE}, else %(default)s)",
    )


# JSON may hold these as they are, but many readers of JSON lines take them for the end of one
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def print_json(value: Any) -> None:
    """Print ``value`` as one line of JSON on stdout, in UTF-8 whatever the locale."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
