"""Score the product's own retrieval on a BEIR-style folder: corpus, queries and judgements of what is relevant.

Every row of the corpus becomes a transcript of one turn and goes through the same passages, encoder, word index, store
and search as any transcript; a row's score is that of its best passage. Nothing is kept: the index lies in a temporary
folder.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import math
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.build import index_transcripts
from index.errors import SourceError
from index.plan import Progress, silent
from index.search import open_index
from index.types import Transcript, Turn
from qa.extract import Contexts
from qa.rerank import rerank

if TYPE_CHECKING:
    from index.encode import Encoder
    from index.search import Index
    from index.settings import IndexSettings
    from qa.reading import Reader

Judgements = Mapping[str, Mapping[str, float]]
"""For each query id, the gain of each relevant row's id; gains are above 0."""

_CUTOFFS = (5, 10, 100)
_PASSAGES = 400
"""Passages asked for per query: enough for the best hundred rows whatever the rows' lengths."""


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A retrieval set: rows to find, questions by id, and what is relevant to which."""

    corpus: tuple[Transcript, ...]
    queries: Mapping[str, str]
    judgements: Judgements


def evaluate_beir(
    folder: Path,
    *,
    settings: IndexSettings,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
    progress: Progress = silent,
) -> dict[str, float | int | str]:
    """nDCG@10, Recall@5/10/100 and MRR@10 on the set in ``folder``, means over its queries, of search with ``settings``
    and of what ``reader`` makes of its best hits.

    Queries without a judgement are left out, as is the custom. Raises ``SourceError`` when a file is missing or
    malformed.
    """
    data = read_beir(folder)
    with tempfile.TemporaryDirectory(prefix="ontherecord-eval-") as place:
        store = Path(place)
        index_transcripts(data.corpus, folder=store, settings=settings, encoder=encoder, progress=progress)
        ranking = RowRanking(open_index(store, settings, encoder=encoder), reader)
        ranked = _rank_all(ranking, data.queries, progress)
    return {
        "corpus": len(data.corpus),
        "queries": len(ranked),
        "model": settings.model,
        **scores(ranked, data.judgements),
    }


def _rank_all(ranking: RowRanking, queries: Mapping[str, str], progress: Progress) -> dict[str, list[str]]:
    ranked = {}
    for at, (query_id, text) in enumerate(queries.items()):
        progress("asking", at, len(queries))
        ranked[query_id] = ranking(text)
    progress("asking", len(queries), len(queries))
    return ranked


class RowRanking:
    """Ranks the rows of an index for a query: ids, best first, each once, where its best passage comes."""

    def __init__(self, index: Index, reader: Reader | None = None) -> None:
        self._index, self._reader = index, reader
        self._contexts = Contexts(index.transcripts)

    def __call__(self, query: str) -> list[str]:
        """Search and, where there is a reader, read."""
        hits = self._index.search(query, k=_PASSAGES)
        reranked = rerank(query, hits, self._contexts, reader=self._reader)
        return list(dict.fromkeys(one.hit.passage.doc_id for one in reranked))


def scores(ranked: Mapping[str, Sequence[str]], judgements: Judgements) -> dict[str, float]:
    """Means over the queries of ``ranked``; every one of them must have a judgement. ``ndcg@10_error`` is the standard
    error of the first: the 95 % interval reaches about two of them to either side.
    """
    pairs = [(rows, judgements[query]) for query, rows in ranked.items()]
    gained = [ndcg(rows, gains, k=10) for rows, gains in pairs]
    error = statistics.stdev(gained) / math.sqrt(len(gained)) if len(gained) > 1 else 0.0
    measured = {"ndcg@10": _mean(gained), "ndcg@10_error": error}
    measured |= {f"recall@{k}": _mean(recall(rows, gains, k=k) for rows, gains in pairs) for k in _CUTOFFS}
    return measured | {"mrr@10": _mean(reciprocal_rank(rows, gains, k=10) for rows, gains in pairs)}


def ndcg(rows: Sequence[str], gains: Mapping[str, float], *, k: int) -> float:
    """Discounted gain of the first ``k`` rows over that of the best order possible (Järvelin and Kekäläinen 2002).

    A gain at rank ``r``, counted from 1, is divided by ``log2(r + 1)``, as trec_eval does.
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:k])
    return _discounted([gains.get(row, 0.0) for row in rows[:k]]) / best if best else 0.0


def recall(rows: Sequence[str], gains: Mapping[str, float], *, k: int) -> float:
    """Share of the relevant rows that are among the first ``k``."""
    return sum(row in gains for row in rows[:k]) / len(gains)


def reciprocal_rank(rows: Sequence[str], gains: Mapping[str, float], *, k: int) -> float:
    """One over the rank of the first relevant row among the first ``k``; 0 where there is none."""
    return next((1 / rank for rank, row in enumerate(rows[:k], start=1) if row in gains), 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def read_beir(folder: Path) -> BeirSet:
    """Read ``corpus.jsonl``, ``queries.jsonl`` (either may be ``.gz``) and ``qrels.tsv``. Raises ``SourceError``."""
    judgements = _judgements(folder / "qrels.tsv")
    rows, asked = _rows(folder, "corpus"), _rows(folder, "queries")
    with _explained(folder):
        queries = {str(row["_id"]): str(row["text"]) for row in asked if row["_id"] in judgements}
        corpus = tuple(as_transcript(row) for row in rows)
    if not queries or not corpus:
        raise SourceError(
            folder, "no judged query or no corpus", remedy="Check that the ids in qrels.tsv are in queries"
        )
    return BeirSet(corpus, queries, judgements)


def as_transcript(row: Mapping[str, Any]) -> Transcript:
    """A corpus row as a transcript of one turn."""
    doc_id, text = str(row["_id"]), str(row["text"])
    speaker = row.get("speaker") or None
    return Transcript(
        doc_id=doc_id,
        title=row.get("title") or None,
        event_type=None,
        date=date.fromisoformat(row["date"]) if row.get("date") else None,
        date_end=None,
        place=None,
        url=None,
        language=None,
        delivery_note=None,
        last_updated=None,
        text=text,
        turns=(Turn(f"{doc_id}#t001", doc_id, speaker, None, None, "unknown", 0, len(text)),),
        exchanges=(),
        reported=(),
        regions=(),
        people=(),
        flags=(),
        source_name=doc_id,
        source_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _judgements(path: Path) -> dict[str, dict[str, float]]:
    judged: dict[str, dict[str, float]] = {}
    with _explained(path), path.open(encoding="utf-8", newline="") as stream:
        for query, row, gain in list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            if float(gain) > 0:
                judged.setdefault(query, {})[row] = float(gain)
    return judged


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    plain = folder / f"{name}.jsonl"
    path = plain if plain.is_file() else folder / f"{name}.jsonl.gz"
    with _explained(path):
        data = path.read_bytes() if path == plain else gzip.decompress(path.read_bytes())
        return [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever is wrong with a file into one clear line."""
    try:
        yield
    except OSError as error:
        remedy = "A set holds corpus.jsonl[.gz], queries.jsonl[.gz] and qrels.tsv"
        raise SourceError(path, error.strerror or str(error), remedy=remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Rows are JSON objects with _id and text; qrels.tsv has query-id, corpus-id and score"
        raise SourceError(path, f"is malformed ({error})", remedy=remedy) from error
