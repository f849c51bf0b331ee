"""Score the product: its retrieval on a BEIR-style folder, or its answers on gold questions over an index.

  ontherecord eval --beir FOLDER --json     nDCG@10, Recall@5/10/100 and MRR@10 of the product's own retrieval
  ontherecord eval --beir FOLDER --read     the same with what the reader makes of the order
  ontherecord eval --gold FILE.jsonl --json  first citation right, gold quotes shown, refusals, words shown

FOLDER holds corpus.jsonl[.gz] {_id, title, text, speaker, date}, queries.jsonl[.gz] {_id, text} and qrels.tsv
(query-id, corpus-id, score; one header line). FILE.jsonl holds questions with the quotes that answer them
(docs/evaluation.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.commands.shared import add_index_argument, print_json

if TYPE_CHECKING:
    import argparse

    from qa.types import Message


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``eval`` takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--beir", type=Path, metavar="DIR", help="score retrieval on a BEIR-style folder")
    what.add_argument("--gold", type=Path, metavar="FILE.jsonl", help="score answers on gold questions over the index")
    parser.add_argument("--read", action="store_true", help="with --beir: have the reader reorder what is found (slow)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    add_index_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Score and print."""
    scores = _beir(args.beir, read=args.read) if args.beir else _gold(args.gold, args.index)
    if args.json:
        print_json(scores)
    else:
        print("\n".join(f"{name:28} {value}" for name, value in scores.items()))
    return 0


def _beir(folder: Path, *, read: bool) -> dict[str, Any]:
    from index.settings import IndexSettings
    from qa.evaluate.beir import evaluate_beir
    from qa.reading import reader_from_environment

    reader = reader_from_environment() if read else None
    return dict(evaluate_beir(folder, settings=IndexSettings.from_environment(), reader=reader))


def _gold(path: Path, index: Path) -> dict[str, Any]:
    from qa.evaluate.gold import read_gold, score_answers

    questions = read_gold(path)
    from index.search import open_index
    from qa.answer import Answerer
    from qa.reading import reader_from_environment
    from qa.support import certainty_from_environment

    answerer = Answerer(open_index(index), reader_from_environment(), certainty=certainty_from_environment())
    answers = [answerer.answer(q.question, history=_messages(q.history), answer_id=q.id) for q in questions]
    return score_answers(questions, answers)


def _messages(history: Any) -> list[Message]:
    return [{"role": message["role"], "content": message["content"]} for message in history]
