"""Answer a question in the speakers' own words, each quote with who said it, when and where.

  ontherecord ask "What did Stoltenberg say about sanctions?"
  ontherecord ask "What was said on cyber defence?" --speaker "Sven Mikser" --from 2014-01-01
  ontherecord ask "What did Mikser say in 2014?" --any dates      as if the question named no date
  ontherecord ask "…" --json                            one Answer as a JSON object
  ontherecord ask --batch questions.jsonl --json        one Answer a line
  ontherecord ask "How many times did Stoltenberg mention Russia?" --csv     every place, a row each
  ontherecord ask "…" --explain                         what each stage did to each candidate, then the answer

A batch is one JSON object a line: {"id": …, "question": …, "history": [{"role": "user", "content": …}, …]}; id and
history may be left out. When the record does not answer, the answer is a refusal that says what was searched and
shows the nearest passages as related.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.types import Filters
from qa.commands.shared import add_index_argument, print_json

if TYPE_CHECKING:
    from qa.answer import Explanation
    from qa.types import Message


@dataclass(frozen=True, slots=True)
class _Line:
    """One question of a batch."""

    id: str
    question: str
    history: list[Message] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``ask`` takes."""
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="the question, in quotes")
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="answer every question of a file ('-': stdin)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument("--csv", action="store_true", help="print the quotes as CSV and nothing else")
    parser.add_argument("--explain", action="store_true", help="show what each stage did to each candidate")
    parser.add_argument("--speaker", action="append", default=[], metavar="NAME", help="only this speaker (repeatable)")
    parser.add_argument("--from", dest="date_from", type=_day, metavar="YYYY-MM-DD", help="only from this day on")
    parser.add_argument("--to", dest="date_to", type=_day, metavar="YYYY-MM-DD", help="only up to this day")
    parser.add_argument(
        "--any",
        action="append",
        default=[],
        choices=["speakers", "dates", "events"],
        help="do not limit the search to those that the question names (repeatable)",
    )
    add_index_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Answer and print."""
    lines = list(_lines(args))
    from index.search import open_index
    from qa.answer import Answerer
    from qa.reading import reader_from_environment
    from qa.support import certainty_from_environment

    answerer = Answerer(open_index(args.index), reader_from_environment(), certainty=certainty_from_environment())
    filters = Filters(speakers=tuple(args.speaker), date_from=args.date_from, date_to=args.date_to)
    for line in lines:
        explained = answerer.explain(
            line.question, history=line.history, filters=filters, without=args.any, answer_id=line.id
        )
        _print(explained, as_json=args.json, as_csv=args.csv, stages=args.explain)
    return 0


def _lines(args: argparse.Namespace) -> Iterator[_Line]:
    if args.csv and (args.json or args.batch):
        raise InputError("--csv goes with one question, and not with --json", remedy="Leave one of them out")
    if (args.batch is None) == (args.question is None):
        raise InputError("ask takes one question or --batch FILE", remedy='Type: ontherecord ask "QUESTION"')
    if args.batch is None:
        yield _Line("", _checked(args.question, "QUESTION"))
        return
    for number, text in enumerate(_read(args.batch).split("\n"), 1):  # not splitlines: JSON may hold U+2028 as it is
        if text.strip():
            yield _line(text, f"{args.batch}, line {number}", number)


def _read(path: Path) -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="Give a file that can be read") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8", remedy="Save the file as UTF-8, one JSON object a line") from error


def _line(text: str, where: str, number: int) -> _Line:
    remedy = 'Each line is {"id": "…", "question": "…", "history": [{"role": "user", "content": "…"}]}'
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})", remedy=remedy) from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise InputError(f"{where}: no question", remedy=remedy)
    history = row.get("history") or []
    if not isinstance(history, list) or not all(_is_message(message) for message in history):
        raise InputError(f"{where}: history is not a list of messages", remedy=remedy)
    return _Line(str(number if row.get("id") is None else row["id"]), _checked(row["question"], where), history)


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in ("user", "assistant")
        and isinstance(message.get("content"), str)
    )


def _checked(question: str, where: str) -> str:
    if not question.strip():
        raise InputError(f"{where}: the question is empty", remedy="Ask in a sentence: who said what, on what, when")
    return question


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2018-10-04") from error


def _print(explained: Explanation, *, as_json: bool, as_csv: bool, stages: bool) -> None:
    if as_csv:
        from qa.wire import citations_to_csv

        print(citations_to_csv(explained.answer.citations), end="")
        return
    if as_json:
        from qa.explain import explanation_to_json
        from qa.wire import answer_to_json

        print_json(explanation_to_json(explained) if stages else answer_to_json(explained.answer))
        return
    from qa.explain import render_explanation
    from qa.terminal import render_answer

    if stages:
        print(render_explanation(explained), end="\n\n")
    print(render_answer(explained.answer))
