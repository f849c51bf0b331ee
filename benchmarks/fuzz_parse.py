"""Parse mutated transcripts and check that nothing crashes, hangs or loses a character.

    python benchmarks/fuzz_parse.py FILE... [--count 200000] [--seed 1] [--workers 1]

Each input is a real file cut, shuffled, doubled and sprinkled with what breaks parsers: half labels, brackets,
invisible
characters, other scripts, runs of one character. Exit code 1 when a promise of ``index.check`` is broken; the input is
written beside the name that is printed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from index.check import broken_promises
from index.errors import CorpusError
from index.parse import parse_text, transcript_from_json, transcript_to_json
from index.source import SourceRef, find_sources, read_source

SLOWEST = 2.0  # seconds of processor time for one input
LONGEST = 700  # characters of a seed that are used
_SPICE = (
    "Q: ",
    "Q. ",
    "Q    ",
    "QUESTION: ",
    "A: ",
    "ANN LEE: ",
    "Ann Lee (Minister): ",
    "Ann Lee (01:02):\n",
    "Ann Lee, BBC: ",
    "Secretary General: ",
    "Question - Ann Lee - TV - ",
    "Mr. Ann Lee - Org\n\n",
    "JS: ",
    "[Woman]",
    "<v Ann>",
    "(Laughter.)\n",
    "(...) ",
    "• 20 Nov. 2014 -\n",
    "Last updated: 1 Jan. 2001\n",
    "---\n",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "\0",
    "\r\n",
    "\r",
    "\u2028",
    "\u00a0",
    " : ",
    "::",
    ":",
    " - ",
    " | ",
    "00:01 ",
    "-->",
    "«",
    "»",
    "“",
    '"',
    "(",
    ")",
    "[",
    "]",
    "Генеральный секретарь: ",
    "Вопрос : ",
    "é",
    "Ã©",
    "𝔄",
    "مرحبا",
    "中文：",
    "ß",
    "İ",
    "ǆ",
    "1",
    "\n\n\n",
    "   ",
    "he said that ",
    "according to ",
    ", said ",
    "Dr. ",
    "J. ",
)


def mutated(seed: str, dice: random.Random) -> str:
    """``seed`` after one to eight changes."""
    text = seed
    if len(text) > LONGEST:
        at = dice.randrange(len(text) - LONGEST) if dice.random() < 0.5 else 0
        text = text[at : at + LONGEST]
    for _ in range(dice.randint(1, 8)):
        text = dice.choice((_spiced, _cut, _doubled, _shuffled, _joined, _flipped, _recased))(text, dice)
    return text[: 2 * LONGEST]


def _spiced(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 6)):
        at = dice.randint(0, len(text))
        text = text[:at] + dice.choice(_SPICE) * dice.choice((1, 1, 1, 2, 40)) + text[at:]
    return text


def _cut(text: str, dice: random.Random) -> str:
    first, second = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
    return text[:first] + text[second:] if dice.random() < 0.7 else text[first:second]


def _doubled(text: str, dice: random.Random) -> str:
    first, second = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
    return text[:second] + text[first:second] + text[second:]


def _shuffled(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    dice.shuffle(lines)
    return "\n".join(lines)


def _joined(text: str, dice: random.Random) -> str:
    return text.replace(
        dice.choice(("\n\n", "\n", ":", ". ", " ")), dice.choice((" ", "", "\n", " | ", ": ")), dice.randint(1, 50)
    )


def _flipped(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(dice.randint(1, 20)):
        if letters:
            letters[dice.randrange(len(letters))] = chr(
                dice.choice((dice.randrange(32, 127), dice.randrange(0x2500), dice.randrange(0xD800)))
            )
    return "".join(letters)


def _recased(text: str, dice: random.Random) -> str:
    return dice.choice((text.upper, text.lower, text.title, text.swapcase))()


def run_batch(seeds: Sequence[str], start: int, count: int, seed: int) -> tuple[int, float, list[tuple[int, str]]]:
    """Parse inputs ``start`` to ``start + count``; how many, the slowest, and what broke."""
    slowest, broken = 0.0, []
    for number in range(start, start + count):
        dice = random.Random(seed * 1_000_003 + number)
        text = mutated(dice.choice(seeds), dice)
        began = time.process_time()
        try:
            transcript = parse_text(text, doc_id="fuzz")
            wrong = broken_promises(transcript)
            if number % 50 == 0 and transcript_from_json(transcript_to_json(transcript)) != transcript:
                wrong.append("JSON loses something")
        except CorpusError:
            wrong = []
        except RecursionError as error:
            wrong = [repr(error)]
        spent = time.process_time() - began
        slowest = max(slowest, spent)
        if spent > SLOWEST:
            wrong.append(f"took {spent:.1f} s")
        broken += [(number, why) for why in wrong[:1]]
    return count, slowest, broken


def main() -> int:
    """Run all inputs and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    seeds = [text for ref in find_sources(args.files) if (text := _text(ref))]
    size = 500
    starts = range(0, args.count, size)
    began, done, slowest, broken = time.perf_counter(), 0, 0.0, []
    with ProcessPoolExecutor(args.workers) as pool:
        jobs = [pool.submit(run_batch, seeds, start, min(size, args.count - start), args.seed) for start in starts]
        for job in jobs:
            count, slow, wrong = job.result()
            done, slowest = done + count, max(slowest, slow)
            broken += wrong
            for number, why in wrong:
                print(f"input {number}: {why}", flush=True)
            if done % 10_000 < size:
                print(
                    f"{done} inputs, {len(broken)} broken, slowest {slowest:.2f} s, "
                    f"{time.perf_counter() - began:.0f} s",
                    flush=True,
                )
    print(
        f"done: {done} inputs from {len(seeds)} files, {len(broken)} broken, slowest {slowest:.2f} s, "
        f"{time.perf_counter() - began:.0f} s"
    )
    return 1 if broken else 0


def _text(ref: SourceRef) -> str:
    try:
        return read_source(ref).text
    except CorpusError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
