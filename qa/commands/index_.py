"""Build or update the index from transcripts: files, folders, globs ('talks/*.html') or zips of them.

Only what is new or changed since the last time is read and encoded, so running it again is quick. Given the same PATHs,
the index comes to hold exactly what they hold now: a file that has gone is removed from it and named. Files under other
PATHs, indexed before, stay; so a second folder is added by giving it alone.

A file that cannot be read is skipped, with the reason, and never stops the others. Stopped at any moment (Ctrl-C, power
cut, full disk), the index stays what it was; the next run goes on from there.

  ontherecord index data/transcripts            build it, or bring it up to date
  ontherecord index more/ talk.pdf              add to it
  ontherecord index data/transcripts --json     the summary as one JSON object
"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from qa.commands.shared import add_index_argument, print_json

if TYPE_CHECKING:
    import argparse
    from types import TracebackType

    from index.build import BuildSummary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``index`` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a transcript, a folder, a glob or a zip")
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="the sentence-transformers model: a folder or a name in the local hub cache (default: $ONTHERECORD_MODEL, "
        "else the built-in one)",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object and nothing else")
    add_index_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Build the index and print what was done."""
    from index.build import build_index
    from index.settings import IndexSettings

    settings = IndexSettings.from_environment()
    if args.model:
        settings = replace(settings, model=args.model)
    with _Bar() as progress:
        summary = build_index(args.paths, folder=args.index, settings=settings, progress=progress)
    if args.json:
        print_json({"index": str(args.index), **asdict(summary)})
    else:
        print("\n".join(summary_lines(summary)))
    return 0


def summary_lines(summary: BuildSummary) -> list[str]:
    """The summary for people: counts, what changed by name, what was skipped and why."""
    counts = {"added": summary.added, "changed": summary.changed, "removed": summary.removed}
    lines = [
        f"{len(ids)} {name}: {', '.join(ids[:10])}{', …' if len(ids) > 10 else ''}"
        for name, ids in counts.items()
        if ids
    ]
    lines += [f"skipped {name}: {reason}" for name, reason in summary.skipped]
    lines += [f"linked {other}: records the same event as {kept}, the newer text" for other, kept in summary.linked]
    state = "" if summary.written else "; nothing has changed"
    return [*lines, f"{summary.transcripts} transcripts, {summary.passages} passages in the index{state}"]


class _Bar:
    """A progress bar on stderr, started anew for each stage and shown only on a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None  # tqdm carries no types
        self._stage = ""

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if stage != self._stage:
            self.__exit__(None, None, None)
            self._bar = tqdm(total=total, desc=stage, file=sys.stderr, disable=None, leave=False)
            self._stage = stage
        self._bar.update(done - self._bar.n)
