"""A BERT sentence encoder in plain torch: what sentence-transformers computes, without the seconds it takes to import.

Reads the same folder and gives the same vectors (a test compares them). Sequences are packed: a batch is one row of
tokens with no padding between texts, the three projections of attention are one product, and attention itself runs
once for each run of texts of equal length. Measured against sentence-transformers in docs/architecture.md.

Architecture: Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers", with post-layer
normalisation; mean pooling as in Reimers and Gurevych 2019, "Sentence-BERT".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_NEEDED = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
_STEPS = ("Transformer", "Pooling", "Normalize")


def can_encode(folder: Path) -> bool:
    """Whether ``folder`` holds a model of exactly this kind: BERT, absolute positions, mean pooling, normalised."""
    try:
        config = _read(folder / "config.json")
        steps = tuple(step["type"].rsplit(".", 1)[-1] for step in _read(folder / "modules.json"))
        pooling = _read(folder / "1_Pooling" / "config.json")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    means = pooling.get("pooling_mode_mean_tokens") is True
    others = any(pooling.get(f"pooling_mode_{mode}") for mode in ("cls_token", "max_tokens", "mean_sqrt_len_tokens"))
    known = all(config.get(key, value) == value for key, value in _NEEDED.items())
    files = all((folder / name).is_file() for name in ("model.safetensors", "tokenizer.json"))
    return known and files and steps == _STEPS and means and not others


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of one layer; ``project`` holds query, key and value one under the other."""

    project: tuple[torch.Tensor, torch.Tensor]
    attended: tuple[torch.Tensor, torch.Tensor]
    attended_norm: tuple[torch.Tensor, torch.Tensor]
    widen: tuple[torch.Tensor, torch.Tensor]
    narrow: tuple[torch.Tensor, torch.Tensor]
    norm: tuple[torch.Tensor, torch.Tensor]


class BertModel:
    """The model in ``folder``, in ``bf16`` or ``fp32``; ``layers`` replace weights of the same names.

    Raises ``OSError``, ``ValueError`` or ``KeyError`` where it is broken.
    """

    def __init__(self, folder: Path, *, bf16: bool, layers: Mapping[str, torch.Tensor] | None = None) -> None:
        import torch
        from safetensors.torch import load_file

        config = _read(folder / "config.json")
        dtype = torch.bfloat16 if bf16 else torch.float32
        read = load_file(folder / "model.safetensors") | dict(layers or {})
        weights = {name: tensor.to(dtype) for name, tensor in read.items()}
        self.dimension = int(config["hidden_size"])
        self._heads = int(config["num_attention_heads"])
        self._eps = float(config["layer_norm_eps"])
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = weights["embeddings.position_embeddings.weight"]
        self._kinds = weights["embeddings.token_type_embeddings.weight"]
        self._places = self._positions + self._kinds[0]
        self._norm = _pair(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{n}") for n in range(int(config["num_hidden_layers"]))]
        self._tokenise = _tokeniser(folder, int(_read(folder / "sentence_bert_config.json")["max_seq_length"]))

    def encode(self, texts: Sequence[str], *, budget: int) -> NDArray[np.float32]:
        """Mean-pooled vectors, not yet of length 1, one row a text; ``budget`` tokens go through at once."""
        import torch

        tokens = [found.ids for found in self._tokenise.encode_batch_fast(list(texts))]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        with torch.inference_mode():
            for rows in _batches([len(ids) for ids in tokens], budget=budget):
                states = self.states([tokens[row] for row in rows])
                vectors[rows] = torch.stack([state.float().mean(dim=0) for state in states]).numpy()
        return vectors

    def states(
        self, batch: Sequence[Sequence[int]], kinds: Sequence[Sequence[int]] | None = None
    ) -> Sequence[torch.Tensor]:
        """The last layer's ``(tokens, width)`` of each sequence of ids.

        Sequences of equal length should stand together: they are computed at once. ``kinds`` are the tokens' types, 0
        where not given.
        """
        import torch
        from torch.nn.functional import gelu, layer_norm, linear

        many = len(batch)
        if filler := [0] * filler_tokens(sum(map(len, batch))):
            batch = [*batch, filler]
            kinds = [*kinds, filler] if kinds else None
        lengths = [len(ids) for ids in batch]
        places = torch.cat([torch.arange(length) for length in lengths])
        embedded = self._words[_row(batch)] + (
            self._positions[places] + self._kinds[_row(kinds)] if kinds else self._places[places]
        )
        size, eps = (self.dimension,), self._eps
        x = layer_norm(embedded, size, *self._norm, eps)
        for layer in self._layers:
            seen = self._attend(linear(x, *layer.project), lengths)
            x = layer_norm(x + linear(seen, *layer.attended), size, *layer.attended_norm, eps)
            x = layer_norm(x + linear(gelu(linear(x, *layer.widen)), *layer.narrow), size, *layer.norm, eps)
        return torch.split(x, lengths)[:many]

    def _attend(self, projected: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
        """Attention inside each sequence; one call for every run of sequences of equal length."""
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        seen, at = [], 0
        for length, run in groupby(lengths):
            count = len(list(run))
            piece = projected[at : at + count * length].view(count, length, 3, self._heads, -1)
            query, key, value = piece.permute(2, 0, 3, 1, 4)
            out = scaled_dot_product_attention(query, key, value)
            seen.append(out.transpose(1, 2).reshape(count * length, self.dimension))
            at += count * length
        return torch.cat(seen)


def filler_tokens(tokens: int) -> int:
    """How many tokens of filler make a batch of ``tokens`` one of few sizes.

    A product of a new size is compiled first (oneDNN), which costs up to 6 ms each of four times: as much as computing
    500 tokens.
    """
    return -tokens % (_SMALL_STEP if tokens <= _SMALL else _STEP)


_SMALL, _SMALL_STEP, _STEP = 256, 32, 128  # tokens


def _row(batch: Sequence[Sequence[int]]) -> torch.Tensor:
    import torch

    return torch.tensor([entry for sequence in batch for entry in sequence])


def _batches(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Rows by falling length, in groups of at most ``budget`` tokens (at least one row each)."""
    batch: list[int] = []
    tokens = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and tokens + lengths[row] > budget:
            yield batch
            batch, tokens = [], 0
        batch.append(row)
        tokens += lengths[row]
    if batch:
        yield batch


def _layer(weights: Mapping[str, torch.Tensor], name: str) -> _Layer:
    import torch

    parts = [_pair(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    return _Layer(
        project=(torch.cat([weight for weight, _ in parts]), torch.cat([bias for _, bias in parts])),
        attended=_pair(weights, f"{name}.attention.output.dense"),
        attended_norm=_pair(weights, f"{name}.attention.output.LayerNorm"),
        widen=_pair(weights, f"{name}.intermediate.dense"),
        narrow=_pair(weights, f"{name}.output.dense"),
        norm=_pair(weights, f"{name}.output.LayerNorm"),
    )


def _pair(weights: Mapping[str, torch.Tensor], name: str) -> tuple[torch.Tensor, torch.Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _tokeniser(folder: Path, window: int) -> Tokenizer:
    from tokenizers import Tokenizer

    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokeniser.no_padding()
    tokeniser.enable_truncation(max_length=window)
    return tokeniser


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
