"""The base model made trainable: BERT in plain torch, its word embeddings frozen, bfloat16 with float32 masters.

Frozen embeddings are what lets every model shipped share those of the base. On a CPU the backward pass of torch's fused
attention is three times slower than attention written out, so it is written out here; the forward pass of the product
(``index/bert.py``) computes the same function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm, linear

from index.layers import unpack

_WIDTH, _HEADS, _LAYERS, _EPS = 384, 12, 6, 1e-12
_PAD = 0

_PARTS = (
    *(f"attention.self.{part}" for part in ("query", "key", "value")),
    *("attention.output.dense", "attention.output.LayerNorm"),
    *("intermediate.dense", "output.dense", "output.LayerNorm"),
)


class Network(nn.Module):
    """MiniLM-L6 with trainable layers, loaded from the base model's ``folder`` (and ``layers``, weights that replace
    the base's). Parameters carry the names of the base's file.
    """

    def __init__(self, folder: Path, layers: Path | None = None) -> None:
        super().__init__()
        weights = load_file(folder / "model.safetensors")
        for name in _EMBEDDINGS:
            self.register_buffer(name.replace(".", "/"), weights[f"embeddings.{name}"].float())
        if layers:
            weights |= trained(layers)
        for name in layer_names():
            self.register_parameter(name.replace(".", "/"), nn.Parameter(weights[name].float()))

    def named_weights(self) -> dict[str, Tensor]:
        """The trained layers under the names of the base's file, in float32 on the CPU."""
        return {name.replace("/", "."): value.detach().float().cpu() for name, value in self.named_parameters()}

    def forward(self, sequences: Sequence[Sequence[int]], kinds: Sequence[Sequence[int]] | None = None) -> Tensor:
        """Token vectors ``(len(sequences), longest, 384)`` in the layers' precision; ``kinds`` are token types."""
        device = next(self.parameters()).device
        ids, mask = padded(sequences, device)
        types = padded(kinds, device)[0] if kinds else torch.zeros_like(ids)
        x = self._embedded(ids, types)
        hidden = torch.zeros(mask.shape, dtype=x.dtype, device=device).masked_fill(~mask, float("-inf"))
        rows, longest = ids.shape
        x = x.view(rows * longest, _WIDTH)
        for n in range(_LAYERS):
            x = self._layer(x, hidden[:, None, None, :], rows, longest, f"encoder/layer/{n}/")
        return x.view(rows, longest, _WIDTH)

    def _embedded(self, ids: Tensor, types: Tensor) -> Tensor:
        words, places, kinds, scale, shift = (self.get_buffer(name.replace(".", "/")) for name in _EMBEDDINGS)
        x = words[ids] + places[: ids.shape[1]] + kinds[types]
        return layer_norm(x, (_WIDTH,), scale, shift, _EPS)

    def _layer(self, x: Tensor, hidden: Tensor, rows: int, longest: int, at: str) -> Tensor:
        heads = [self._linear(x, f"{at}attention/self/{part}") for part in ("query", "key", "value")]
        query, key, value = (h.view(rows, longest, _HEADS, -1).transpose(1, 2) for h in heads)
        fit = torch.matmul(query * (_WIDTH // _HEADS) ** -0.5, key.transpose(-1, -2)) + hidden
        seen = torch.matmul(fit.softmax(-1), value).transpose(1, 2).reshape(rows * longest, _WIDTH)
        x = self._norm(x + self._linear(seen, f"{at}attention/output/dense"), f"{at}attention/output/LayerNorm")
        wide = gelu(self._linear(x, f"{at}intermediate/dense"))
        return self._norm(x + self._linear(wide, f"{at}output/dense"), f"{at}output/LayerNorm")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return linear(x, self.get_parameter(f"{name}/weight"), self.get_parameter(f"{name}/bias"))

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return layer_norm(x, (_WIDTH,), self.get_parameter(f"{name}/weight"), self.get_parameter(f"{name}/bias"), _EPS)


_EMBEDDINGS = (
    *("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight"),
    *("LayerNorm.weight", "LayerNorm.bias"),
)


def trained(file: Path) -> dict[str, Tensor]:
    """The weights that a training wrote to ``file``, whatever their digest. Raises ``ModelError``."""
    return unpack(file, name=str(file), sha256=None, remedy="Name a file that a training command wrote")


def layer_names() -> Iterator[str]:
    """Names of the trainable weights, as in the base's file."""
    for n in range(_LAYERS):
        for part in _PARTS:
            yield f"encoder.layer.{n}.{part}.weight"
            yield f"encoder.layer.{n}.{part}.bias"


def padded(sequences: Sequence[Sequence[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Token ids in one rectangle, and which of its places are real."""
    longest = max(map(len, sequences))
    ids = torch.tensor([[*row, *[_PAD] * (longest - len(row))] for row in sequences], device=device)
    lengths = torch.tensor([len(row) for row in sequences], device=device)
    return ids, torch.arange(longest, device=device)[None, :] < lengths[:, None]


def means(tokens: Tensor, lengths: Sequence[int]) -> Tensor:
    """The mean of each row's real tokens, in float32."""
    real = (
        torch.arange(tokens.shape[1], device=tokens.device)[None, :]
        < torch.tensor(lengths, device=tokens.device)[:, None]
    )
    return (tokens.float() * real[..., None]).sum(1) / real.sum(1, keepdim=True)
