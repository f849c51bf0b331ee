"""BM25 against the formula worked out in plain Python, and the tokeniser against what people type."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import LexicalIndex, Tokeniser, build_lexical, open_lexical, top, turn_documents
from index.settings import Bm25

TEXTS = [
    "Allies agreed to spend two per cent on defence.",
    "Cyber defence is part of collective defence.",
    "We met the minister of Georgia.",
    "A cyberattack can be as dangerous as a conventional attack.",
    "The Readiness Action Plan strengthens our collective defence; ships, planes, and cyber-defence.",
]
ALONE = np.arange(len(TEXTS), dtype=np.int64)


def opened(folder: Path, texts: list[str], openings: np.ndarray, *, turn_weight: float = 0.0) -> LexicalIndex:
    build_lexical(texts, openings.tolist(), folder, bm25=Bm25(k1=1.5, b=0.75))
    return open_lexical(folder, openings=openings, turn_weight=turn_weight)


def bm25(query: list[str], documents: list[list[str]], *, k1: float = 1.5, b: float = 0.75) -> list[float]:
    """Lucene's BM25 (Robertson and Zaragoza 2009, with an idf that is never negative), as slowly as it is written."""
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        counts, score = Counter(document), 0.0
        for term in query:
            holding = sum(term in other for other in documents)
            idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            score += idf * counts[term] / (counts[term] + k1 * (1 - b + b * len(document) / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["collective defence", "cyber defense", "Georgia", "two per cent for ships"])
def test_scores_are_those_of_the_formula(tmp_path: Path, query: str) -> None:
    tokenise = Tokeniser()
    documents = [tokenise(text) for text in TEXTS]
    vocabulary = {term for document in documents for term in document}
    wanted = bm25([term for term in tokenise.query(query) if term in vocabulary], documents)
    assert opened(tmp_path, TEXTS, ALONE).scores(query).tolist() == pytest.approx(wanted, rel=1e-5)


def test_a_passage_counts_with_its_turn(tmp_path: Path) -> None:
    openings = np.array([0, 0, 2, 3, 3], dtype=np.int64)
    assert turn_documents(openings).tolist() == [5, 5, 2, 6, 6]
    tokenise = Tokeniser()
    rows = [tokenise(text) for text in TEXTS]
    documents = [*rows, rows[0] + rows[1], rows[3] + rows[4]]
    plain = bm25(["cyber"], documents)
    wanted = [own + 0.5 * plain[turn] for own, turn in zip(plain, [5, 5, 2, 6, 6], strict=False)]
    assert opened(tmp_path, TEXTS, openings, turn_weight=0.5).scores("cyber").tolist() == pytest.approx(
        wanted, rel=1e-5
    )


def test_the_mask_is_inside_the_search(tmp_path: Path) -> None:
    index = opened(tmp_path, TEXTS, ALONE)
    scores = index.scores("cyber defence")
    found = index.search("cyber defence", k=2)
    assert (found.mean, found.deviation) == pytest.approx((scores.mean(), scores.std()), abs=1e-6)
    everything = index.search("cyber defence", k=5).rows
    mask = np.array([True, False, True, True, False])
    assert index.search("cyber defence", k=1, mask=mask).rows == [pair for pair in everything if mask[pair[0]]][:1]


def test_only_rows_that_share_a_word_are_found(tmp_path: Path) -> None:
    index = opened(tmp_path, TEXTS, ALONE)
    assert [row for row, _ in index.search("georgia", k=5).rows] == [2]
    assert index.search("zeppelin", k=5).rows == []
    assert index.search("", k=5).rows == []


def test_an_index_without_words_finds_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path, ["…", "the of"], np.arange(2))
    assert list(tmp_path.iterdir()) == []
    assert index.search("anything", k=3).rows == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("cyber-defence", "cyberdefence"),
        ("cyberdefence", "cyber-defence"),
        ("cyberdefence", "cyber defence"),
        ("cyber‑defence", "cyber defence"),
        ("NATO’s", "nato"),
        ("NATO's", "NATO’s"),
        ("Erdoğan", "Erdogan"),
        ("allied", "Allies"),
        ("defense", "defence"),
        ("1,300", "1,300"),
        ("2.5", "2.5"),
    ],
)
def test_spellings_find_each_other(written: str, asked: str) -> None:
    tokenise = Tokeniser()
    assert set(tokenise(f"On {written} we agree")) & set(tokenise.query(asked)) - {"on", "agre"}


def test_negation_is_kept_and_function_words_are_not() -> None:
    assert Tokeniser()("It is not the end of the treaty") == ["not", "end", "treati"]


def test_a_dash_between_words_joins_nothing() -> None:
    assert Tokeniser()("war—peace and 2018–2020") == ["war", "peac", "2018", "2020"]


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 1.5]), min_size=1, max_size=30), st.integers(1, 30))
def test_top_is_a_stable_sort(scores: list[float], k: int) -> None:
    wanted = sorted(enumerate(scores), key=lambda pair: (-pair[1], pair[0]))[: min(k, len(scores))]
    assert top(np.array(scores, dtype=np.float32), k=min(k, len(scores))) == wanted


@settings(max_examples=200)
@given(st.text())
def test_any_text_can_be_tokenised(text: str) -> None:
    tokens = Tokeniser()(text)
    assert all(tokens)
    assert tokens == Tokeniser()(text)
