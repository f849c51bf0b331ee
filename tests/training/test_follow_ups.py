"""The fit of the weights on choices whose answer is known, and the conversations it is made on."""

import json
import random

import pytest
import torch

from training.follow_ups import CONVERSATIONS, Choice, cross_validated, fit, right_within


def _choices(many: int, *, weights: tuple[float, float]) -> list[Choice]:
    """The right one of four sentences is the best by ``weights``."""
    chance = random.Random(7)
    made = []
    for at in range(many):
        features = torch.tensor([[chance.gauss(0, 1), chance.gauss(0, 1)] for _ in range(4)])
        best = int(torch.argmax(features @ torch.tensor(weights)))
        made.append(Choice(f"c{at}", features, torch.tensor([row == best for row in range(4)])))
    return made


def test_what_decides_is_weighed_and_what_does_not_is_left() -> None:
    found = _choices(200, weights=(1.0, 0.0))
    decides, idle = fit(found, torch.zeros(2)).tolist()
    assert decides > 4
    assert abs(idle) < 0.5
    assert right_within(found, torch.tensor([1.0, 0.0]), 1) == 200
    assert right_within(found, torch.tensor([-1.0, 0.0]), 4) == 200
    assert cross_validated(found, torch.zeros(2), 1) >= 195


def test_a_follow_up_without_a_right_sentence_teaches_nothing_and_counts_as_wrong() -> None:
    found = _choices(50, weights=(1.0, 1.0))
    empty = Choice("none", torch.ones(3, 2), torch.zeros(3, dtype=torch.bool))
    assert fit([*found, empty], torch.zeros(2)).tolist() == pytest.approx(fit(found, torch.zeros(2)).tolist(), abs=1e-4)
    assert right_within([empty], torch.ones(2), 3) == 0


def test_conversations_begin_with_a_question_that_is_answered_and_quote_one_briefing_each() -> None:
    rows = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["turns"][0]["gold"]
        assert len({quote["doc"] for turn in row["turns"] for quote in turn["gold"]}) == 1
        assert all(quote["quote"] for turn in row["turns"] for quote in turn["gold"])
