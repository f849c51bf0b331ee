"""How `check` judges true sentences and five changes of each, and how long it takes.

  python benchmarks/check_quotes.py --index DIR [--sentences 500] [--seed 5]

Every sentence is checked as it stands, with other white space and quotation marks, and changed: a word swapped, a
negation dropped or put in, a digit changed, another sentence stitched on, a word left out. A change that happens to
stand in the record after all is not counted.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from index.search import Index, open_index
from index.sentences import sentence_spans
from qa.check import Checker, plain

_NEGATION = re.compile(r"\b(?:not|never|no)\b ?|n[’']t\b")
_AUXILIARY = re.compile(r"\b(is|are|will|have|has|was|were|can|do|would)\b")
Change = Callable[[str], str]


def sentences_of(index: Index, many: int, chance: random.Random) -> list[str]:
    """Sentences of 8 to 60 words from turns chosen at random."""
    transcripts, found = list(index.transcripts.values()), []
    while len(found) < many:
        transcript = chance.choice(transcripts)
        turn = chance.choice(transcript.turns)
        spans = sentence_spans(transcript.text, turn.start, turn.end)
        sentence = transcript.text[slice(*chance.choice(spans))] if spans else ""
        if 8 <= len(sentence.split()) <= 60:
            found.append(sentence)
    return found


def changes(sentences: list[str], chance: random.Random) -> dict[str, Change]:
    """What is done to a sentence; a change that does not apply leaves it as it is."""
    words = [word for sentence in sentences for word in sentence.split() if word.isalpha() and len(word) > 3]

    def swapped(sentence: str) -> str:
        parts = sentence.split()
        parts[chance.randrange(len(parts))] = chance.choice(words)
        return " ".join(parts)

    def shortened(sentence: str) -> str:
        parts = sentence.split()
        del parts[chance.randrange(1, len(parts) - 1)]
        return " ".join(parts)

    def negated(sentence: str) -> str:
        if _NEGATION.search(sentence):
            return _NEGATION.sub("", sentence, count=1)
        return _AUXILIARY.sub(r"\1 not", sentence, count=1)

    return {
        "a word swapped": swapped,
        "a negation dropped or put in": negated,
        "a digit changed": lambda text: re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), text, count=1),
        "another sentence stitched on": lambda text: f"{text} {chance.choice(sentences)}",
        "a word left out": shortened,
    }


def report(name: str, checker: Checker, texts: list[str]) -> None:
    """Check ``texts`` and print one line."""
    spent, verdicts = [], Counter[str]()
    for text in texts:
        began = time.perf_counter()
        verdicts[checker.check(text).status] += 1
        spent.append((time.perf_counter() - began) * 1000)
    times = f"median {statistics.median(spent):5.1f} ms  p95 {statistics.quantiles(spent, n=20)[-1]:5.1f} ms"
    print(f"{name:30} {len(texts):4}  {dict(verdicts)}  {times}")


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    index, chance = open_index(args.index), random.Random(args.seed)
    checker = Checker(index)
    record = "\n".join(plain(transcript.text) for transcript in index.transcripts.values())
    sentences = sentences_of(index, args.sentences, chance)
    print(f"{sum(len(t.text.split()) for t in index.transcripts.values()):,} words")
    report("as it stands", checker, sentences)
    report("other spaces and marks", checker, [f'"{s.replace(" ", "  ").replace("’", chr(39))}"' for s in sentences])
    for name, change in changes(sentences, chance).items():
        report(name, checker, [made for made in map(change, sentences) if plain(made) not in record])
    return 0


if __name__ == "__main__":
    sys.exit(main())
