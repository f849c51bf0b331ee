"""An explanation shows what each stage made of each candidate, and agrees with the answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from qa.answer import Answerer, Explanation
from qa.explain import explanation_to_json, render_explanation
from qa.reading import ShippedReader

if TYPE_CHECKING:
    from index.search import Index

QUESTION = "What did Stoltenberg say about economic sanctions?"


@pytest.fixture(scope="module")
def explained(sample_index: Index) -> Explanation:
    return Answerer(sample_index, ShippedReader()).explain(QUESTION)


@pytest.fixture(scope="module")
def stages(explained: Explanation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(explanation_to_json(explained)))
    assert found["question"] == QUESTION
    stages: dict[str, Any] = found["explain"]
    return stages


def test_what_was_understood_is_said(stages: dict[str, Any]) -> None:
    assert stages["understood"]["sort"] == "statement"
    assert stages["understood"]["filters"]["speakers"] == ["Jens Stoltenberg"]


def test_every_passage_found_is_shown_once_with_its_old_and_its_new_place(
    explained: Explanation, stages: dict[str, Any]
) -> None:
    assert sorted(one["found"] for one in stages["passages"]) == list(range(1, len(explained.hits) + 1))
    read = [one for one in stages["passages"] if one["read"]]
    assert read == stages["passages"][: len(read)]
    assert [one["score"] for one in read] == sorted((one["score"] for one in read), reverse=True)


def test_the_chosen_sentences_are_those_quoted(explained: Explanation, stages: dict[str, Any]) -> None:
    chosen = [(one["doc_id"], one["start"], one["end"]) for one in stages["sentences"] if one["chosen"]]
    quotes = [citation.quote for citation in explained.answer.citations]
    assert chosen
    for doc_id, start, end in chosen:
        assert any(quote.doc_id == doc_id and quote.start <= start < end <= quote.end for quote in quotes)


def test_the_terminal_shows_the_stages_in_order(explained: Explanation) -> None:
    text = render_explanation(explained)
    places = [text.index(part) for part in ("understood", "found  ", "no answer  passage", "(* chosen)", "answered: ")]
    assert places == sorted(places)
    assert "* " in text[places[3] :]


def test_without_a_reader_nothing_is_read(sample_index: Index) -> None:
    passages = explanation_to_json(Answerer(sample_index).explain(QUESTION))["explain"]["passages"]
    assert passages
    assert not any(one["read"] for one in passages)
