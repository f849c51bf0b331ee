"""Trained layers as they are shipped: eight bits a weight, one scale a row, a quarter of what float32 takes.

The word embeddings are the base model's and are not shipped again. Weights are unpacked once, when a model is loaded,
and computed with in the processor's own precision: what is saved is room, not time. docs/training.md has what it costs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

_SCALE = ".scale"
_LEVELS = 127


def pack(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as int8 with a float32 scale a row, vectors (biases, norms) as float16."""
    import torch

    packed: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim < 2:
            packed[name] = weight.to(torch.float16)
            continue
        scale = weight.float().abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / _LEVELS
        packed[name] = torch.round(weight.float() / scale).to(torch.int8)
        packed[name + _SCALE] = scale
    return packed


def unpack(path: Path, *, name: str, sha256: str | None, remedy: str) -> dict[str, Tensor]:
    """The float32 weights that ``pack`` made, from ``path``. Raises ``ModelError`` where its digest is not ``sha256``;
    ``None`` takes any.
    """
    from safetensors.torch import load

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(name, f"{path}: {error.strerror}", remedy=remedy) from error
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise ModelError(name, f"{path} has sha256 {found}, not {sha256}", remedy=remedy)
    packed = load(data)
    return {
        key: value.float() * packed[key + _SCALE] if key + _SCALE in packed else value.float()
        for key, value in packed.items()
        if not key.endswith(_SCALE)
    }
