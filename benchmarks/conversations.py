"""How follow-up questions do: conversations of two to five turns over briefings, each with its own answers as history.

  python benchmarks/conversations.py --index DIR [--given-answers]

DIR is an index of the 105 White House briefings of the development set (see docs/evaluation.md). "hard" conversations
avoid the words of the transcripts on purpose; "natural" ones are as people type. With --given-answers the history holds
the gold quotes instead, so that one wrong answer does not spoil the next.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.search import open_index
from qa.answer import Answerer
from qa.reading import reader_from_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Transcript
    from qa.types import Answer, Message

CASES = Path(__file__).parent / "cases" / "conversations.jsonl"


def places(gold: dict[str, str], transcript: Transcript | None) -> Iterator[tuple[int, int]]:
    """Where a gold quote stands."""
    at = transcript.text.find(gold["quote"]) if transcript else -1
    while transcript and at >= 0:
        yield at, at + len(gold["quote"])
        at = transcript.text.find(gold["quote"], at + 1)


def is_shown(turn: dict[str, Any], answer: Answer, answerer: Answerer) -> bool:
    """Whether a quote of the answer holds at least half of a gold quote."""
    return any(
        citation.quote.doc_id == gold["doc"]
        and 2 * (min(end, citation.quote.end) - max(start, citation.quote.start)) >= end - start
        for gold in turn["gold"]
        for start, end in places(gold, answerer.transcripts.get(gold["doc"]))
        for citation in answer.citations
    )


def told(turn: dict[str, Any], answer: Answer, *, given: bool) -> list[Message]:
    """The exchange as the next question finds it in the history."""
    quotes = [turn["gold"][0]["quote"]] if given else [citation.quote.text for citation in answer.citations]
    return [
        {"role": "user", "content": turn["question"]},
        {"role": "assistant", "content": "\n".join(quotes) or answer.reason},
    ]


def run(answerer: Answerer, *, given: bool) -> Counter[tuple[str, str]]:
    """How many turns of each set and sort there are, and how many come out right."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        history: list[Message] = []
        for number, turn in enumerate(conversation["turns"]):
            answer = answerer.answer(turn["question"], history=history)
            sort = "switch" if turn.get("switch") else "follow-up" if number else "first"
            alone = answerer.answer(turn["question"])
            inherits = (answer.standalone, answer.filters) != (alone.standalone, alone.filters)
            right = not inherits if sort == "switch" else is_shown(turn, answer, answerer)
            counts[conversation["set"], sort] += 1
            counts[conversation["set"], f"{sort} right"] += right
            history += told(turn, answer, given=given)
    return counts


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--given-answers", action="store_true")
    args = parser.parse_args()
    counts = run(Answerer(open_index(args.index), reader_from_environment()), given=args.given_answers)
    for kind in ("hard", "natural"):
        for sort in ("first", "follow-up", "switch"):
            right, many = counts[kind, f"{sort} right"], counts[kind, sort]
            print(f"{kind:8} {sort:10} {right:4} of {many:4} right ({right / many:.1%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
