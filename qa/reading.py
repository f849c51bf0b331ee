"""Read question and passage together: how well the passage fits, which of its sentences answer, and whether any does.

Similarity cannot tell a near miss from a hit; a model that sees both texts at once can. The one shipped was trained for
it (docs/training.md) and shares the built-in encoder's word embeddings. Any cross-encoder takes its place by one
setting, and without any the product answers by similarity and rules.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.encode import base_model, batches, go_offline, native_precision, share_processors
from index.errors import ModelError
from index.layers import unpack

if TYPE_CHECKING:
    import torch

    from index.bert import BertModel

READER_VARIABLE = "ONTHERECORD_READER"
SHIPPED_READER = "ontherecord-reader"
NO_READER = "none"
READER_FILE = Path(__file__).parent / "models" / "reader.safetensors"
READER_SHA256 = "f92556ae37e1b1d931d91fa8eaf51c34ba175ecd992f8db0f5b0a52fe14bc5fd"

QUESTION_TOKENS, PASSAGE_TOKENS = 64, 256
_TOKENS_A_BATCH = 8192
_CLS, _SEP = 101, 102
_REMEDY = (
    f"Set ${READER_VARIABLE} to a folder that holds a cross-encoder, or to {NO_READER}; unset it for the built-in one"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to read: its sentences, and who speaks and when."""

    sentences: tuple[str, ...]
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one passage, as logits: comparable among the passages read by the same reader.

    ``fit`` is how well the passage fits the question; ``none`` that no sentence answers it, against one of ``answers``
    for each sentence.
    """

    fit: float
    none: float
    answers: tuple[float, ...]


class Reader(Protocol):
    """Anything that reads a question together with passages."""

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """One reading a text, with one answer a sentence."""


@dataclass(frozen=True, slots=True)
class Input:
    """Token ids, their kinds, and where each sentence lies in them; sentences that were cut off are left out."""

    ids: list[int]
    kinds: list[int]
    spans: list[tuple[int, int]]


class Inputs:
    """Texts to ``[CLS] question [SEP] sentences and setting [SEP]``, with the tokeniser in ``folder``."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokeniser: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokeniser.no_padding()
        self._tokeniser.no_truncation()

    def __call__(self, question: str, text: Text, *, limit: int = PASSAGE_TOKENS) -> Input:
        """The end of a long question, where it asks, and the first ``limit`` tokens of a long passage."""
        asked, setting, *sentences = (
            found.ids
            for found in self._tokeniser.encode_batch_fast(
                [question, text.setting, *text.sentences], add_special_tokens=False
            )
        )
        ids = [_CLS, *asked[-QUESTION_TOKENS:], _SEP]
        begins, spans = len(ids), []
        for sentence in sentences:
            piece = sentence[: begins + limit - len(ids)]
            if not piece:
                break
            spans.append((len(ids), len(ids) + len(piece)))
            ids += piece
        ids += [*setting, _SEP]
        return Input(ids, [0] * begins + [1] * (len(ids) - begins), spans)


class ShippedReader:
    """The reader in ``qa/models``: checked and loaded when it first reads. Raises ``ModelError`` where it is broken."""

    def __init__(self, file: Path = READER_FILE, *, sha256: str | None = READER_SHA256) -> None:
        self._file, self._sha256 = file, sha256

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """One reading a text; what lies beyond the model's window never answers."""
        network, inputs, heads = self._loaded
        made = [inputs(question, text) for text in texts]
        readings: dict[int, Reading] = {}
        import torch

        with torch.inference_mode():
            for rows in batches([len(one.ids) for one in made], budget=_TOKENS_A_BATCH):
                batch = [made[row] for row in rows]
                states = network.states([one.ids for one in batch], [one.kinds for one in batch])
                found = heads(states, [one.spans for one in batch])
                for row, (fit, none, answers) in zip(rows, found, strict=True):
                    unread = [min(answers) - _UNREAD] * (len(texts[row].sentences) - len(answers))
                    readings[row] = Reading(fit, none, (*answers, *unread))
        return [readings[row] for row in range(len(texts))]

    @cached_property
    def _loaded(self) -> tuple[BertModel, Inputs, _Heads]:
        share_processors()
        from index.bert import BertModel

        weights = unpack(self._file, name=SHIPPED_READER, sha256=self._sha256, remedy=_REMEDY)
        folder = base_model()
        layers = {name: value for name, value in weights.items() if not name.startswith("head.")}
        network = BertModel(folder, bf16=native_precision() == "bf16", layers=layers)
        return network, Inputs(folder), _Heads(weights)


class _Heads:
    """From token vectors to fit, "none" and answers; the same computation as in ``training/reader.py``, in float32."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        names = ("fit", "none_wide", "none", "wide", "answer")
        self._of = {
            name: (weights[f"head.{name}.weight"].float(), weights[f"head.{name}.bias"].float()) for name in names
        }

    def __call__(
        self, states: Sequence[torch.Tensor], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[tuple[float, float, list[float]]]:
        """For each passage's tokens its fit, "none" and, for each of its ``spans``, an answer."""
        import torch
        from torch.nn.functional import gelu, linear

        first = torch.stack([tokens[0] for tokens in states]).float()
        pooled = torch.cat(
            [
                torch.stack([tokens[start:end].float().mean(dim=0) for start, end in sentences])
                for tokens, sentences in zip(states, spans, strict=True)
            ]
        )
        counts = [len(sentences) for sentences in spans]
        rows = torch.repeat_interleave(first, torch.tensor(counts), dim=0)
        hidden = gelu(linear(torch.cat([pooled, rows], dim=1), *self._of["wide"]))
        answers = torch.split(linear(hidden, *self._of["answer"])[:, 0], counts)
        fits = linear(first, *self._of["fit"])[:, 0].tolist()
        nones = linear(gelu(linear(first, *self._of["none_wide"])), *self._of["none"])[:, 0].tolist()
        return [(fit, none, found.tolist()) for fit, none, found in zip(fits, nones, answers, strict=True)]


_UNREAD = 5.0  # below the least likely sentence that was read


class CrossEncoderReader:
    """Any sentence-transformers cross-encoder, from a folder or the local hub cache.

    It knows one number for a question and a text; a sentence's is taken for its answer, and 0, where such models put
    the border between relevant and not, for none.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """One reading a text."""
        import numpy as np

        pairs = [(question, part) for text in texts for part in (" ".join(text.sentences), *text.sentences)]
        scores = iter(np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=float).tolist())
        return [Reading(next(scores), 0.0, tuple(next(scores) for _ in text.sentences)) for text in texts]

    @cached_property
    def _model(self) -> Any:
        go_offline()
        share_processors()
        import torch
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._name, activation_fn=torch.nn.Identity(), local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(self._name, f"cannot be loaded ({error})", remedy=_REMEDY) from error


def reader_from_environment() -> Reader | None:
    """The reader that ``$ONTHERECORD_READER`` names, the built-in one, or none where it says so or none is shipped."""
    name = os.environ.get(READER_VARIABLE) or (SHIPPED_READER if READER_FILE.is_file() else NO_READER)
    if name == NO_READER:
        return None
    return ShippedReader() if name == SHIPPED_READER else CrossEncoderReader(name)
