"""The command line: ``ontherecord parse | index | ask | check | eval | serve | feedback``.

``--json`` prints one JSON object (or one a line) on stdout and nothing else; logs and progress go to stderr; bad
input is exit 2 with one clear line. Nothing heavy is imported here: ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from index.errors import CorpusError

BAD_INPUT = 2
INTERRUPTED = 130

_COMMANDS = {
    "parse": "show how a transcript is understood: header, turns, speakers",
    "index": "build or update the index from files, folders, globs or zips",
    "ask": "answer a question in the speakers' own words",
    "check": "say whether a quote is verbatim, a near miss or not found",
    "eval": "score retrieval (--beir) or answers (--gold)",
    "serve": "open the page",
    "feedback": "read what people said of the answers on the page",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 bad input, 130 interrupted."""
    args = build_parser().parse_args(argv)
    try:
        return int(args.command.run(args))
    except CorpusError as error:
        print(f"ontherecord: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("ontherecord: interrupted; nothing that was indexed before is lost", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away, as with "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """The whole command line as one parser, every subcommand with its own help."""
    parser = argparse.ArgumentParser(
        prog="ontherecord",
        description="Ask press-conference transcripts a question; the answer is the speakers' own words.",
        epilog="Start with: ontherecord index FOLDER, then: ontherecord ask 'What was said on cyber defence?'",
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, summary in _COMMANDS.items():
        command = _load(name)
        sub = subparsers.add_parser(name, help=summary, description=command.__doc__)
        sub.formatter_class = argparse.RawDescriptionHelpFormatter
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    return parser


def _load(name: str) -> ModuleType:
    module = {"index": "index_", "eval": "eval_"}.get(name, name)
    return importlib.import_module(f"qa.commands.{module}")


if __name__ == "__main__":
    sys.exit(main())
