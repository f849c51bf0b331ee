"""How fast passages are encoded: this product's encoder in both precisions beside plain sentence-transformers.

  python benchmarks/encode.py [--passages 400]

Passages are the sample transcripts', each made different by its number. Rounds are interleaved, for machines are noisy:
compare the ratios, not the times.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.chunk import passages
from index.encode import SentenceTransformerEncoder, go_offline, model_folder
from index.parse import parse_file
from index.settings import BASE_MODEL, Chunking

SAMPLES = Path(__file__).parent.parent / "data" / "transcripts"
ROUNDS = 3
Encode = Callable[[Sequence[str]], object]


def plain() -> Encode:
    """The library as its readme uses it."""
    go_offline()
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder(BASE_MODEL)), device="cpu")
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=400)
    wanted = parser.parse_args().passages
    cut = [p.embedding_text for path in SAMPLES.glob("*.txt") for p in passages(parse_file(path), Chunking())]
    texts = [f"{number}: {cut[number % len(cut)]}" for number in range(wanted)]
    ways: dict[str, Encode] = {
        "sentence-transformers fp32": plain(),
        "this encoder, fp32": SentenceTransformerEncoder(BASE_MODEL, precision="fp32").encode,
        "this encoder, bf16": SentenceTransformerEncoder(BASE_MODEL, precision="bf16").encode,
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, encode in ways.items():
            started = time.perf_counter()
            encode(texts)
            if number:  # the first round warms up
                spent[name].append(time.perf_counter() - started)
    base = statistics.median(spent["sentence-transformers fp32"])
    for name, times in spent.items():
        seconds = statistics.median(times)
        print(f"{name:28} {wanted / seconds:7.0f} passages/s   × {base / seconds:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
