"""Retrieval scores against values worked out by hand, and the product's own retrieval on a tiny set."""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import index_transcripts
from index.chunk import passages
from index.errors import SourceError
from index.search import open_index
from index.settings import Chunking, IndexSettings
from qa.evaluate.beir import RowRanking, as_transcript, evaluate_beir, ndcg, read_beir, recall, reciprocal_rank, scores
from qa.reading import Reading, Text


def test_ndcg_of_two_relevant_rows_at_ranks_two_and_four() -> None:
    rows = ["a", "r1", "b", "r2"]
    wanted = (1 / math.log2(3) + 1 / math.log2(5)) / (1 / math.log2(2) + 1 / math.log2(3))
    assert ndcg(rows, {"r1": 1.0, "r2": 1.0}, k=10) == pytest.approx(wanted)
    assert wanted == pytest.approx(0.6509, abs=1e-4)


def test_ndcg_with_graded_gains() -> None:
    # gains 1, 0, 3 found, best order 3, 2, 1
    wanted = (1 / 1 + 3 / math.log2(4)) / (3 / 1 + 2 / math.log2(3) + 1 / math.log2(4))
    assert ndcg(["low", "none", "high"], {"high": 3.0, "middle": 2.0, "low": 1.0}, k=10) == pytest.approx(wanted)


def test_ndcg_compares_with_the_best_order_of_k_rows() -> None:
    gains = dict.fromkeys("abcdefghijkl", 1.0)
    assert ndcg(list("abcdefghij"), gains, k=10) == 1.0
    assert ndcg([], gains, k=10) == 0.0


def test_recall_counts_all_that_is_relevant() -> None:
    assert recall(["x", "a", "b"], {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}, k=2) == 0.25
    assert recall(["x", "a", "b"], {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}, k=3) == 0.5


def test_reciprocal_rank_stops_at_k() -> None:
    rows = [*"abcdefghij", "r"]
    assert reciprocal_rank(rows, {"c": 1.0, "b": 1.0}, k=10) == 0.5
    assert reciprocal_rank(rows, {"r": 1.0}, k=10) == 0.0


def test_scores_are_means_over_the_queries() -> None:
    judged = {"q1": {"a": 1.0}, "q2": {"b": 1.0}}
    measured = scores({"q1": ["a", "x"], "q2": ["x", "y"]}, judged)
    recalls = {"recall@5": 0.5, "recall@10": 0.5, "recall@100": 0.5}
    assert measured == pytest.approx({"ndcg@10": 0.5, "ndcg@10_error": 0.5, **recalls, "mrr@10": 0.5})


CORPUS: list[dict[str, Any]] = [
    {"_id": "t#1", "title": "Briefing", "text": "The fleet sails in May.", "speaker": "MS. A", "date": "2021-04-13"},
    {"_id": "t#2", "title": "Briefing", "text": "We  expect\u2028rain.", "speaker": "MR. B", "date": ""},
    {"_id": "t#3", "title": "", "text": "Cyber defence matters.", "speaker": None},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in CORPUS)
    queries = [{"_id": "q1", "text": "fleet"}, {"_id": "q2", "text": "cyber"}, {"_id": "unjudged", "text": "rain"}]
    (tmp_path / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in queries), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tt#1\t1\nq2\tt#2\t1\nq2\tt#3\t0\n")
    return tmp_path


class Blind:
    """An encoder to which all texts are alike, so that words decide."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_a_set_is_scored_by_the_products_own_search(folder: Path) -> None:
    measured = evaluate_beir(folder, settings=IndexSettings(), encoder=Blind())
    # q1 finds its row first; q2 finds row 3, then, alike to each other, rows 1 and 2: its own comes third
    assert measured == {
        "corpus": 3,
        "queries": 2,
        "model": "ontherecord-minilm-l6",
        "ndcg@10": pytest.approx((1 + 1 / math.log2(4)) / 2),
        "ndcg@10_error": pytest.approx(0.25),
        "recall@5": 1.0,
        "recall@10": 1.0,
        "recall@100": 1.0,
        "mrr@10": pytest.approx((1 + 1 / 3) / 2),
    }


def test_a_set_is_read_as_it_is_written(folder: Path) -> None:
    data = read_beir(folder)
    assert data.queries == {"q1": "fleet", "q2": "cyber"}
    assert data.judgements == {"q1": {"t#1": 1.0}, "q2": {"t#2": 1.0}}
    assert [event.text for event in data.corpus] == [row["text"] for row in CORPUS]


def test_rows_go_through_the_products_passages() -> None:
    (passage,) = passages(as_transcript(CORPUS[0]), Chunking())
    assert passage.embedding_text == "The fleet sails in May. (MS. A, 13 April 2021)"
    assert (passage.doc_id, passage.text) == ("t#1", "The fleet sails in May.")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("qrels.tsv", None, "No such file"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tt#1\n", "malformed"),
        ("queries.jsonl", "not json\n", "malformed"),
        ("queries.jsonl", '{"_id": "other", "text": "fleet"}\n', "no judged query"),
        ("corpus.jsonl.gz", "not gzip", "Not a gzipped file"),
    ],
)
def test_a_set_that_is_wrong_is_named(folder: Path, name: str, content: str | None, reason: str) -> None:
    path = folder / name
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(SourceError, match=reason):
        read_beir(folder)


class Backwards:
    """A reader that likes best what the search liked least."""

    def read(self, _question: str, texts: Sequence[Text]) -> list[Reading]:
        return [Reading(100.0 * place, 0.0, (0.0,) * len(text.sentences)) for place, text in enumerate(texts)]


def test_a_reader_reorders_the_rows(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("store")
    index_transcripts(read_beir(folder).corpus, folder=store, settings=IndexSettings(), encoder=Blind())
    index = open_index(store, IndexSettings(), encoder=Blind())
    plain, read = RowRanking(index)("cyber"), RowRanking(index, Backwards())("cyber")
    assert read == plain[::-1]
    assert len(read) == 3
