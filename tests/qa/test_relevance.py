"""Scores against a hand calculation, with an encoder that knows each text's vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from invented import event, invented_roll
from scored import candidate_of

from qa.followup import Standalone
from qa.question import understand
from qa.relevance import Weights, score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.extract import Candidate

RIGA = event(
    "riga",
    None,
    [("Jens Stoltenberg", "Sanctions work. Cyber defence matters today."), ("", "On cyber?"), ("Tom Berg", "Soon.")],
)
ONLY = Weights(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A unit vector a text: its first axis is how much of cyber it has."""
    vectors = [[0.6, 0.8] if "yber" in text else [0.0, 1.0] for text in texts]
    return np.array(vectors, dtype=np.float32).reshape(-1, 2)


def prompts(candidate: Candidate) -> NDArray[np.float32]:
    """A passage about something else and the whole question; none where nobody asked."""
    return encode(["Else?", candidate.asked]) if candidate.asked else encode([])


def weight(_stem: str) -> float:
    return 1.0


def scores(question: str, weights: Weights, *, leaning_on: Standalone | None = None) -> dict[str, float]:
    found = [candidate_of(RIGA, words) for words in ("Sanctions", "Cyber", "Soon")]
    asked = understand(question, invented_roll())
    ranked = score(asked, found, encode=encode, prompts=prompts, rarity=weight, leaning_on=leaning_on, weights=weights)
    assert [s.score for s in ranked] == sorted((s.score for s in ranked), reverse=True)
    return {s.candidate.text.split()[0]: round(s.score, 4) for s in ranked}


def only(**chosen: float) -> Weights:
    return Weights(**{name: chosen.get(name, 0.0) for name in ONLY.__dataclass_fields__})


@pytest.mark.parametrize(
    ("question", "weights", "expected"),
    [
        ("Is cyber on?", only(cosine=1), {"Cyber": 1.0, "Sanctions": 0.8, "Soon.": 0.8}),
        ("Is cyber on?", only(cosine_in_context=1), {"Cyber": 1.0, "Sanctions": 0.8, "Soon.": 1.0}),
        ("Do cyber sanctions work?", only(words=1), {"Cyber": 0.3333, "Sanctions": 0.6667, "Soon.": 0.0}),
        ("Do cyber sanctions work?", only(words_nearby=1), {"Cyber": 0.6667, "Sanctions": 0.3333, "Soon.": 0.0}),
        ("Is cyber Danish, minister?", only(words_of_setting=1), {"Cyber": 0.0, "Sanctions": 0.0, "Soon.": 0.6667}),
        ("When is it?", only(expected=1), {"Cyber": 1.0, "Sanctions": 0.0, "Soon.": 1.0}),
        ("Is cyber on?", only(asked_before=1), {"Cyber": 0.0, "Sanctions": 0.0, "Soon.": 0.5}),
        (
            "Is it?",
            only(length=3),
            {"Cyber": float(np.log(5)), "Sanctions": float(np.log(3)), "Soon.": float(np.log(2))},
        ),
    ],
)
def test_each_feature_by_itself(question: str, weights: Weights, expected: dict[str, float]) -> None:
    assert scores(question, weights) == pytest.approx(expected, abs=1e-3)


def test_a_follow_up_is_drawn_from_what_was_told_before_and_by_half_to_what_was_asked() -> None:
    before = Standalone("Why?", "Why?", "Do sanctions help?", "Cyber defence matters.", leans=True, is_whole=False)
    assert scores("Why?", only(told_before=-4.0), leaning_on=before) == {"Cyber": -4.0, "Sanctions": 0.0, "Soon.": 0.0}
    found = scores("Does it work?", only(words=1), leaning_on=before)
    assert found == pytest.approx({"Sanctions": 0.75, "Cyber": 0.0, "Soon.": 0.0}, abs=1e-3)


def test_nothing_to_score() -> None:
    assert score(understand("What?", invented_roll()), [], encode=encode, prompts=prompts, rarity=weight) == []


def test_what_a_model_read_counts_by_its_log_odds_within_bounds() -> None:
    found = [candidate_of(RIGA, words) for words in ("Sanctions", "Cyber", "Soon")]
    odds = {(c.doc_id, c.start): value for c, value in zip(found, (3.0, 50.0), strict=False)}
    ranked = score(
        understand("Is it?", invented_roll()),
        found,
        encode=encode,
        prompts=prompts,
        rarity=weight,
        evidence=odds,
        weights=only(evidence=1),
    )
    assert [(s.candidate.text.split()[0], s.score, s.evidence) for s in ranked] == [
        ("Cyber", 8.0, 50.0),
        ("Sanctions", 3.0, 3.0),
        ("Soon.", -2.0, -2.0),
    ]


def test_a_sentence_counts_by_where_its_passage_was_found_or_as_the_worst_of_them() -> None:
    found = [candidate_of(RIGA, words) for words in ("Sanctions", "Cyber", "Soon")]
    ranked = score(
        understand("Is it?", invented_roll()),
        found,
        encode=encode,
        prompts=prompts,
        rarity=weight,
        standing={(c.doc_id, c.start): value for c, value in zip(found, (3.0, 5.0), strict=False)},
        weights=only(found=0.5),
    )
    assert [(s.candidate.text.split()[0], s.score, s.features["found"]) for s in ranked] == [
        ("Cyber", 2.5, 5.0),
        ("Sanctions", 1.5, 3.0),
        ("Soon.", 1.5, 3.0),
    ]


def test_meaning_is_compared_only_for_the_best_of_what_was_read() -> None:
    texts: list[str] = []

    def counting(asked: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(asked)
        return encode(asked)

    found = [replace(candidate_of(RIGA, "Sanctions"), start=n, text=f"Sentence {n}.") for n in range(100)]
    odds = {(c.doc_id, c.start): float(c.start) / 20 for c in found}
    ranked = score(
        understand("Is it?", invented_roll()), found, encode=counting, prompts=prompts, rarity=weight, evidence=odds
    )
    assert len(ranked) == 100
    assert sum(text.startswith("Sentence") for text in set(texts)) == 12
    assert [s.candidate.start for s in ranked[12:]] == list(range(87, -1, -1))
