"""Examples for the encoder: what is drawn belongs together, and negatives do not answer."""

import hashlib
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from training.briefings import Said, pairs
from training.encoder import Examples, asked, in_context, mixed
from training.mine import DEPTH, mine
from training.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONG = "a b c d e f g h i j k l m n o p q r s t u v w x y z"


def _briefing(doc: str, *turns: tuple[bool, str]) -> list[Said]:
    return [
        Said(doc, "2022-03-24", at, "Q" if asks else "MR. PRICE", asks, text) for at, (asks, text) in enumerate(turns)
    ]


def _record() -> list[list[Said]]:
    return [
        _briefing(
            f"doc{n}",
            (False, f"Welcome {n}. {LONG}"),
            (True, f"Thanks. What will you do about subject {n} in the coming year?"),
            (False, f"We will do this about subject {n % 75}. {LONG}"),
            (True, "Why?"),
            (False, "Because."),
        )
        for n in range(150)
    ]


class Hashed:
    """Each text's own random direction: only equal texts are alike."""

    def encode(self, texts: "Sequence[str]") -> "NDArray[np.float32]":
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = np.array([np.random.default_rng(seed).normal(size=64) for seed in seeds])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_a_pair_is_a_question_and_the_next_officials_turn_both_of_some_length() -> None:
    [pair] = pairs(_record()[7])
    assert (pair.question.at, pair.answer.at) == (1, 2)
    assert pair.answer.setting == " (MR. PRICE, 24 March 2022)"


def test_an_example_is_a_question_its_answer_and_another_turn(tmp_path: Path) -> None:
    examples = Examples(_record(), tmp_path / "mined.npy", encoder=Hashed())
    chance = random.Random(3)
    for row in range(0, 150, 10):
        question, answer, negative = examples.draw(row, chance)
        assert f"subject {row} " in question
        assert f"subject {row % 75}." in answer
        assert f"subject {row % 75}." not in negative
    again = Examples(_record(), tmp_path / "mined.npy", encoder=Hashed())
    assert np.array_equal(examples.mined, again.mined)


def test_nothing_of_the_same_exchange_or_saying_the_same_is_a_negative() -> None:
    record = _record()
    answers = [turn for briefing in record for turn in briefing if not turn.asks]
    golds = [at for at, turn in enumerate(answers) if turn.at == 2]
    questions = [briefing[1] for briefing in record]
    vectors = Hashed().encode([turn.text for turn in answers])
    mined = mine(questions, golds, answers, Hashed(), lambda _at, _of: None)
    assert mined.shape == (150, DEPTH)
    assert (mined >= 0).all()
    for row, gold in zip(mined, golds, strict=True):
        for at in row:
            assert answers[at].doc != answers[gold].doc
            assert float(vectors[at] @ vectors[gold]) < 0.8


def test_written_questions_bring_the_sentences_of_their_passage(tmp_path: Path) -> None:
    written = [Reading(f"Q{n}?", (f"A{n}.", f"B{n}."), frozenset({0} if n % 2 else ()), f"d{n}") for n in range(9)]
    examples = Examples(_record(), tmp_path / "mined.npy", encoder=Hashed(), others=written)
    drawn = examples.draw_readings(4, random.Random(1))
    assert sorted(reading.question for reading, _ in drawn) == ["Q1?", "Q3?", "Q5?", "Q7?"]
    for reading, sentences in drawn:
        assert sentences in ([*reading.sentences], in_context(reading.sentences))


def test_a_sentence_in_context_follows_the_one_before() -> None:
    assert in_context(["One.", "Two.", "Three."]) == ["One.", "One. Two.", "Two. Three."]


def test_a_question_is_now_and_then_its_last_sentence() -> None:
    chance = random.Random(5)
    text = "Thank you. What will the Allies do about it next year?"
    drawn = [asked(text, chance) for _ in range(400)]
    assert set(drawn) == {text, "What will the Allies do about it next year?"}
    assert 0.2 < sum(one != text for one in drawn) / 400 < 0.4
    assert {asked("What will happen to them next year? Why?", chance) for _ in range(50)} == {
        "What will happen to them next year? Why?"
    }


def test_shipped_weights_lie_a_fifth_of_the_way_back() -> None:
    [weight] = mixed({"w": torch.tensor([1.0])}, {"w": torch.tensor([0.0])}).values()
    assert weight.item() == pytest.approx(0.8)
