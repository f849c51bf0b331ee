"""The training loop all models share: AdamW on float32 masters, warm-up and linear decay, checkpoints, a log."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import tqdm

Parts = Callable[[int], Iterable[Callable[[], Tensor]]]
"""For a step, its losses, each computed (and its graph freed) before the next: what does not fit in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """``steps`` updates; the rate rises to ``rate`` over ``warm_up`` of them, then falls to 0 in a straight line."""

    steps: int
    rate: float
    seed: int
    warm_up: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    save_every: int = 50


class Masters:
    """Float32 copies of a model's weights: the optimiser moves these, the model computes in its own precision."""

    def __init__(self, model: nn.Module, recipe: Recipe) -> None:
        self._parameters = [p for p in model.parameters() if p.requires_grad]
        self._masters = [p.detach().clone().float() for p in self._parameters]
        shrinking = [m for m in self._masters if m.ndim > 1]
        others = [m for m in self._masters if m.ndim <= 1]
        groups = [{"params": shrinking, "weight_decay": recipe.decay}, {"params": others, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=recipe.rate, fused=True)
        self._clip = recipe.clip
        for master in self._masters:
            master.grad = torch.zeros_like(master)

    def gather(self) -> None:
        """Add the model's gradients, as they are in its precision, to the masters', and clear the model's."""
        for parameter, master in zip(self._parameters, self._masters, strict=True):
            if parameter.grad is not None and master.grad is not None:
                master.grad += parameter.grad
                parameter.grad = None

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move the masters against their gradients and hand them to the model."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        nn.utils.clip_grad_norm_(self._masters, self._clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=False)
        self.hand_over()

    @torch.no_grad()
    def hand_over(self) -> None:
        """Set the model's weights to the masters'."""
        for parameter, master in zip(self._parameters, self._masters, strict=True):
            parameter.copy_(master)

    def state(self) -> dict[str, Any]:
        """What a resumed run needs."""
        return {"masters": self._masters, "optimiser": self.optimiser.state_dict()}

    @torch.no_grad()
    def restore(self, state: dict[str, Any]) -> None:
        """Go on from ``state``."""
        for master, saved in zip(self._masters, state["masters"], strict=True):
            master.copy_(saved)
        self.optimiser.load_state_dict(state["optimiser"])
        self.hand_over()


def train(model: nn.Module, parts: Parts, recipe: Recipe, folder: Path) -> None:
    """Train the float32 ``model`` in place, computing in bfloat16; it is given back in float32.

    Interrupted, it goes on from the last checkpoint in ``folder``, with the same steps.
    """
    folder.mkdir(parents=True, exist_ok=True)
    masters, checkpoint = Masters(model, recipe), folder / "checkpoint.pt"
    model.bfloat16()
    first = _resume(masters, checkpoint, recipe)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log, tqdm(total=recipe.steps, initial=first) as bar:
        for step in range(first, recipe.steps):
            began = time.monotonic()
            loss = 0.0
            for part in parts(step):
                value = part()
                value.backward()  # type: ignore[no-untyped-call]
                masters.gather()
                loss += float(value.detach())
            masters.step(rate_at(step, recipe))
            seconds = round(time.monotonic() - began, 2)
            log.write(json.dumps({"step": step, "loss": round(loss, 4), "seconds": seconds}) + "\n")
            log.flush()
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
            bar.update()
            if (step + 1) % recipe.save_every == 0 or step + 1 == recipe.steps:
                _save(checkpoint, {"step": step + 1, "recipe": asdict(recipe), **masters.state()})
    model.float()
    masters.hand_over()


def rate_at(step: int, recipe: Recipe) -> float:
    """The learning rate of a step, counted from 0."""
    rising = max(1, round(recipe.warm_up * recipe.steps))
    if step < rising:
        return recipe.rate * (step + 1) / rising
    return recipe.rate * (recipe.steps - step) / max(1, recipe.steps - rising)


def _resume(masters: Masters, checkpoint: Path, recipe: Recipe) -> int:
    if not checkpoint.is_file():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    if state["recipe"] != asdict(recipe):
        raise SystemExit(f"{checkpoint} is of another recipe; remove it to begin anew")
    masters.restore(state)
    return int(state["step"])


def _save(path: Path, state: dict[str, Any]) -> None:
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)
