"""Reading changes the order as told, stays within its budget, and credits each sentence with its own odds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from invented import event

from index.chunk import passages
from index.settings import Chunking
from index.types import Hit
from qa.extract import Contexts
from qa.reading import Reading, Text
from qa.rerank import Depth, answered, evidence, rerank, standing, text_of

RECORD = {
    "oslo": event("oslo", None, [("Ann Berg", "We met. Ships sail in May. It was cold.")]),
    "riga": event("riga", None, [("Tom Berg", "Nothing new.")]),
    "bonn": event("bonn", None, [("Tom Berg", "Four words are here.")]),
}
CONTEXTS = Contexts(RECORD)
HITS = [
    Hit(passage=passages(RECORD[name], Chunking())[0], score=score, rank=rank, source="fused")
    for rank, (name, score) in enumerate((("riga", 3.0), ("oslo", 2.0), ("bonn", 1.0)), start=1)
]


class ShipReader:
    """Fits what speaks of ships; each sentence's odds are its place. ``read_texts`` is what it was given."""

    def __init__(self) -> None:
        self.read_texts: list[Text] = []

    def read(self, _question: str, texts: Sequence[Text]) -> list[Reading]:
        self.read_texts += texts
        return [
            Reading(4.0 if "Ships" in " ".join(t.sentences) else 0.0, 0.5, tuple(map(float, range(len(t.sentences)))))
            for t in texts
        ]


def test_without_a_reader_the_order_stays() -> None:
    assert [one.hit for one in rerank("When?", HITS, CONTEXTS, reader=None)] == HITS
    assert evidence(rerank("When?", HITS, CONTEXTS, reader=None), CONTEXTS) == {}


def test_a_fit_counts_beside_the_score_of_the_search() -> None:
    ranked = rerank("When do ships sail?", HITS, CONTEXTS, reader=ShipReader(), depth=Depth(words=100, fit=0.5))
    assert [(one.hit.passage.doc_id, one.score) for one in ranked] == [("oslo", 4.0), ("riga", 3.0), ("bonn", 1.0)]
    unmoved = rerank("When do ships sail?", HITS, CONTEXTS, reader=ShipReader(), depth=Depth(words=100, fit=0.2))
    assert [one.hit.passage.doc_id for one in unmoved] == ["riga", "oslo", "bonn"]


def test_what_the_budget_does_not_reach_follows_unread() -> None:
    reader = ShipReader()
    ranked = rerank("When do ships sail?", HITS, CONTEXTS, reader=reader, depth=Depth(words=20, fit=0.5))
    assert [(one.hit.passage.doc_id, one.reading is not None) for one in ranked] == [
        ("oslo", True),
        ("riga", True),
        ("bonn", False),
    ]
    assert len(reader.read_texts) == 2


def test_the_best_passage_is_read_whatever_its_length() -> None:
    ranked = rerank("When?", HITS, CONTEXTS, reader=ShipReader(), depth=Depth(words=1, fit=0.5))
    assert [one.reading is not None for one in ranked] == [True, False, False]


def test_a_passage_is_read_in_whole_sentences_with_its_setting() -> None:
    assert text_of(HITS[1], CONTEXTS).sentences == ("We met.", "Ships sail in May.", "It was cold.")
    assert "Ann Berg" in text_of(HITS[1], CONTEXTS).setting


def test_every_sentence_read_has_its_odds_against_none() -> None:
    read = rerank("When?", HITS[:2], CONTEXTS, reader=ShipReader(), depth=Depth(words=100))
    text = RECORD["oslo"].text
    found = {
        (doc_id, text[start:][:4] if doc_id == "oslo" else ""): odds
        for (doc_id, start), odds in evidence(read, CONTEXTS).items()
    }
    assert found == {("oslo", "We m"): -0.5, ("oslo", "Ship"): 0.5, ("oslo", "It w"): 1.5, ("riga", ""): -0.5}


def test_every_sentence_read_stands_where_its_best_passage_was_found() -> None:
    whole, part = HITS[1], replace(HITS[1], score=5.0)
    text = RECORD["oslo"].text
    opening = replace(part, passage=replace(part.passage, end=text.index(" Ships"), text="We met."))
    read = rerank("When?", [opening, whole], CONTEXTS, reader=ShipReader(), depth=Depth(words=100))
    assert {text[start:][:4]: score for (_, start), score in standing(read, CONTEXTS).items()} == {
        "We m": 5.0,
        "Ship": 2.0,
        "It w": 2.0,
    }
    assert standing(rerank("When?", HITS, CONTEXTS, reader=None), CONTEXTS) == {}


def test_the_best_passage_says_whether_the_record_answers() -> None:
    read = rerank("When?", HITS[:2], CONTEXTS, reader=ShipReader(), depth=Depth(words=100))
    # sentences 0, 1 and 2 against none at 0.5: log(e^0 + e^1 + e^2) - 0.5
    assert answered(read) == pytest.approx(math.log(1 + math.e + math.e**2) - 0.5)
    assert answered(rerank("When?", HITS, CONTEXTS, reader=None)) is None
