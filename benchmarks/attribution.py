"""Traps of attribution: questions that tempt to credit words to somebody who did not say them.

  python benchmarks/attribution.py --samples DIR --briefings DIR

Each trap names words that stand in the record, in whose turn, whose words they are, and who must not be credited:
reported speech, a journalist's claim, a moderator's words, one of two speakers, a false premise. Counted is every quote
shown, as an answer or as related, that holds some of the words and is credited wrongly.
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
from qa.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.types import Answer, Citation

CASES = Path(__file__).parent / "cases" / "attribution.jsonl"


def same(one: str | None, other: str | None) -> bool:
    """Whether two names end in the same word."""
    return bool(one and other) and tokens(one or "")[-1:] == tokens(other or "")[-1:]


def holding(trap: dict[str, Any], answer: Answer, text: str) -> Iterator[Citation]:
    """The quotes shown that hold some of the trap's words."""
    start = text.index(trap["trap"])
    for citation in (*answer.citations, *answer.related):
        quoted = citation.quote
        if quoted.doc_id == trap["doc"] and quoted.start < start + len(trap["trap"]) and start < quoted.end:
            yield citation


def faults(trap: dict[str, Any], citation: Citation) -> Iterator[str]:
    """What is wrong with how a quote is credited."""
    if same(citation.speaker, trap["wrong"]) and not citation.reported_from:
        yield "credited to the wrong person"
    if trap["spoken_by"] in ("journalist", "moderator") and citation.kind == "principal":
        yield f"a {trap['spoken_by']}'s words as an official's"
    if not same(trap["words_of"], trap["spoken_by"]) and citation.kind == "principal" and not citation.reported_from:
        yield "an official's report not marked as one"


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, required=True, metavar="DIR")
    parser.add_argument("--briefings", type=Path, required=True, metavar="DIR")
    args = parser.parse_args()
    reader = reader_from_environment()
    answerers = {name: Answerer(open_index(getattr(args, name)), reader) for name in ("samples", "briefings")}
    found: Counter[str] = Counter()
    traps = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    for trap in traps:
        answerer = answerers[trap["record"]]
        answer = answerer.answer(trap["question"])
        for citation in holding(trap, answer, answerer.transcripts[trap["doc"]].text):
            found["quotes that hold the words"] += 1
            for fault in faults(trap, citation):
                found[fault] += 1
                print(f"{trap['id']}: {fault}: {trap['question']}\n    {citation.speaker}: {citation.quote.text}")
        found["refused or noted"] += answer.status == "refused" or bool(answer.notes)
    print(f"{len(traps)} traps:", dict(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
