"""Which word index to build on: bm25s, tantivy or SQLite's FTS5, on one BEIR-style folder with one tokeniser.

  python benchmarks/lexical.py DIR        (pip install tantivy for its line)

Each row of the corpus is one document of the tokens that index/lexical.py makes, so that only the engines differ.
Printed: nDCG@10, seconds to build, megabytes on disk, milliseconds for the best 1,000 (median/95th percentile).
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.lexical import Tokeniser
from qa.evaluate.beir import read_beir, scores

DEPTH = 1000
Search = Callable[[list[str]], list[int]]
Build = Callable[[Sequence[list[str]], Path], Search]


def build_bm25s(documents: Sequence[list[str]], folder: Path) -> Search:
    """Precomputed scores in arrays, mapped from disk."""
    import bm25s

    model = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    model.index(list(documents), show_progress=False)
    model.save(folder, show_progress=False)
    opened = bm25s.BM25.load(folder, mmap=True)

    def search(tokens: list[str]) -> list[int]:
        known = [token for token in tokens if token in opened.vocab_dict]
        if not known:
            return []
        rows, _ = opened.retrieve([known], k=min(DEPTH, len(documents)), show_progress=False)
        return [int(row) for row in rows[0]]

    return search


def build_tantivy(documents: Sequence[list[str]], folder: Path) -> Search:
    """Lucene's ideas in Rust; incremental."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", stored=False, tokenizer_name="whitespace")
    builder.add_unsigned_field("row", stored=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for row, tokens in enumerate(documents):
        writer.add_document(tantivy.Document(words=" ".join(tokens), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(tokens: list[str]) -> list[int]:
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "words", token)) for token in tokens]
        if not parts:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(parts), DEPTH).hits
        return [int(searcher.doc(address)["row"][0]) for _, address in hits]

    return search


def build_fts5(documents: Sequence[list[str]], folder: Path) -> Search:
    """BM25 with fixed constants inside SQLite; incremental."""
    base = sqlite3.connect(folder / "words.sqlite")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(words, content='')")
    base.executemany(
        "INSERT INTO texts(rowid, words) VALUES (?, ?)", ((row, " ".join(t)) for row, t in enumerate(documents))
    )
    base.commit()

    def search(tokens: list[str]) -> list[int]:
        if not tokens:
            return []
        asked = " OR ".join(f'"{token}"' for token in tokens)
        found = base.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (asked, DEPTH))
        return [int(row) for (row,) in found]

    return search


def main() -> int:
    """Build, ask and print one line for each engine that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    data = read_beir(parser.parse_args().folder)
    tokenise = Tokeniser()
    documents = [tokenise(event.text) for event in data.corpus]
    ids = [event.doc_id for event in data.corpus]
    engines: dict[str, Build] = {"bm25s": build_bm25s, "tantivy": build_tantivy, "sqlite fts5": build_fts5}
    for name, build in engines.items():
        with tempfile.TemporaryDirectory() as temporary:
            started = time.perf_counter()
            try:
                search = build(documents, Path(temporary))
            except ImportError:
                print(f"{name:12} not installed")
                continue
            built = time.perf_counter() - started
            ranked, spent = {}, []
            for query, text in data.queries.items():
                tokens = tokenise(text)
                started = time.perf_counter()
                ranked[query] = [ids[row] for row in search(tokens)]
                spent.append((time.perf_counter() - started) * 1000)
            size = sum(path.stat().st_size for path in Path(temporary).rglob("*") if path.is_file()) / 1e6
            ndcg = scores(ranked, data.judgements)["ndcg@10"]
            p95 = statistics.quantiles(spent, n=20)[-1]
            print(f"{name:12} {ndcg:.4f} {built:6.2f} s {size:6.1f} MB {statistics.median(spent):6.2f}/{p95:.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
