"""The loop: the rate's course, and a run that was cut off ends where an unbroken one ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from training.loop import Recipe, rate_at, train

RECIPE = Recipe(steps=12, rate=0.1, seed=1, save_every=5, warm_up=0.25)


class _CutError(Exception):
    pass


def _parts(model: nn.Linear, cut_at: int | None = None) -> Callable[[int], list[Callable[[], Tensor]]]:
    def parts(step: int) -> list[Callable[[], Tensor]]:
        if step == cut_at:
            raise _CutError
        given = torch.full((1, 3), float(step % 4), dtype=next(model.parameters()).dtype)
        return [lambda: (model(given) - 1).float().pow(2).sum() for _ in range(2)]

    return parts


def _model() -> nn.Linear:
    torch.manual_seed(5)
    return nn.Linear(3, 2)


def test_the_rate_rises_then_falls_in_straight_lines() -> None:
    rates = [rate_at(step, RECIPE) for step in range(12)]
    assert rates[:4] == pytest.approx([0.1 / 3, 0.2 / 3, 0.1, 0.1])
    assert rates[-1] == pytest.approx(0.1 / 9)


def test_a_cut_off_run_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    whole = _model()
    train(whole, _parts(whole), RECIPE, tmp_path / "whole")
    cut = _model()
    with pytest.raises(_CutError):
        train(cut, _parts(cut, cut_at=8), RECIPE, tmp_path / "cut")
    again = _model()
    train(again, _parts(again), RECIPE, tmp_path / "cut")
    assert torch.equal(whole.weight, again.weight)
    assert not torch.equal(whole.weight, _model().weight)
    assert whole.weight.dtype == torch.float32


def test_another_recipe_is_not_mixed_in(tmp_path: Path) -> None:
    model = _model()
    train(model, _parts(model), RECIPE, tmp_path)
    with pytest.raises(SystemExit, match="another recipe"):
        train(model, _parts(model), Recipe(steps=9, rate=0.1, seed=1), tmp_path)
