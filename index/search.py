"""Search an index: by meaning, by words, and by both joined, with the filters inside the search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from index.dense import DenseIndex, open_dense
from index.encode import Encoder, ModelIdentity, SentenceTransformerEncoder
from index.errors import IndexBrokenError, IndexMismatchError
from index.fuse import Ranked, Scored, reciprocal_rank_fusion, standard_score_fusion
from index.lexical import LexicalIndex, open_lexical
from index.records import Records
from index.settings import MODEL_VARIABLE, IndexSettings
from index.store import Manifest, check_files, current_generation, read_manifest
from index.types import Filters, Hit, Passage, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """One search, seen three ways: the joined ranking and the two it was joined from, each best first."""

    fused: list[Hit]
    dense: list[Hit]
    lexical: list[Hit]


class Index:
    """An open generation. It stays as it was opened, whatever is built meanwhile."""

    def __init__(self, folder: Path, generation: Path, settings: IndexSettings, encoder: Encoder | None) -> None:
        self.manifest: Manifest = read_manifest(folder, generation)
        self._folder, self._settings, self._encoder = folder, settings, encoder
        check_settings(folder, self.manifest, settings)
        check_files(folder, generation, self.manifest)
        self._records = Records(generation)
        openings, ranking = self._records.openings, settings.ranking
        self._dense: DenseIndex = open_dense(generation, openings=openings, opening_weight=ranking.opening_weight)
        self._lexical: LexicalIndex = open_lexical(generation, openings=openings, turn_weight=ranking.turn_weight)

    @property
    def transcripts(self) -> Mapping[str, Transcript]:
        """Every transcript by its id; each is read when it is first asked for."""
        return self._records.transcripts

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage, in the order of the documents' dates and of the text."""
        return self._records.passages

    @cached_property
    def encoder(self) -> Encoder:
        """What encodes questions: loaded when first used. Raises ``IndexMismatchError`` when its weights are others."""
        if self._encoder is not None:
            return self._encoder
        encoder = SentenceTransformerEncoder(self._settings.model)
        _check_weights(self._folder, self.manifest.model, encoder.identity)
        return encoder

    def search(self, query: str, *, filters: Filters = _NO_FILTERS, k: int = 50) -> list[Hit]:
        """The best ``k`` passages that pass ``filters``, by meaning and by words, best first.

        Scores are those of the fusion: comparable within one search only.
        """
        return self._hits(self._ranked(query, filters, k)[0][:k], "fused")

    def explain(self, query: str, *, filters: Filters = _NO_FILTERS, k: int = 50) -> Found:
        """The same search with the two rankings behind it: by meaning (``dense``) and by words (``lexical``)."""
        fused, dense, lexical = (ranking[:k] for ranking in self._ranked(query, filters, k))
        return Found(self._hits(fused, "fused"), self._hits(dense, "dense"), self._hits(lexical, "lexical"))

    def search_words(self, query: str, *, filters: Filters = _NO_FILTERS, k: int = 50) -> list[Hit]:
        """The best ``k`` passages that pass ``filters`` by their words alone, best first: no model is asked."""
        rows = self._lexical.search(query, k=k, mask=self._records.mask(filters)).rows
        return self._hits(rows, "lexical")

    def vectors_within(self, doc_id: str, start: int, end: int) -> NDArray[np.float32]:
        """The vectors, one row each, of the passages that begin in ``[start, end)`` of a transcript's text."""
        return self._dense.vectors(self._records.rows_within(doc_id, start, end))

    def _ranked(self, query: str, filters: Filters, k: int) -> tuple[Ranked, Ranked, Ranked]:
        mask = self._records.mask(filters)
        depth = max(k, self._settings.ranking.depth)
        dense = self._dense.search(self._encoded(query), k=depth, mask=mask)
        lexical = self._lexical.search(query, k=depth, mask=mask)
        return self._fused(query, dense, lexical), dense.rows, lexical.rows

    def _fused(self, query: str, dense: Scored, lexical: Scored) -> Ranked:
        ranking = self._settings.ranking
        words = max(self._lexical.words(query), 1)
        share = min(ranking.lexical_weight + ranking.short_question_weight / words, ranking.lexical_weight_limit)
        if ranking.fusion == "ranks":
            return reciprocal_rank_fusion([dense, lexical], weights=[1.0, share], k=ranking.rrf_k)
        return standard_score_fusion([dense, lexical], weights=[1.0, share])

    def _encoded(self, query: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.encoder.encode([query])[0]
        return vector

    def _hits(self, ranked: Iterable[tuple[int, float]], source: Literal["dense", "lexical", "fused"]) -> list[Hit]:
        return [
            Hit(passage=self._records.passages[row], score=score, rank=rank, source=source)
            for rank, (row, score) in enumerate(ranked, start=1)
        ]


def open_index(folder: Path, settings: IndexSettings | None = None, *, encoder: Encoder | None = None) -> Index:
    """Open the newest generation in ``folder``; ``settings`` default to the environment's.

    Raises ``IndexMissingError``, ``IndexBrokenError`` or, where other settings built it, ``IndexMismatchError``.
    """
    settings = settings or IndexSettings.from_environment()
    generation = current_generation(folder)
    while True:
        try:
            return Index(folder, generation, settings, encoder)
        except (IndexBrokenError, OSError, ValueError, KeyError, RuntimeError) as error:
            newer = current_generation(folder)
            if newer == generation:
                raise _broken(folder, error) from error
            generation = newer  # replaced and removed between reading its name and opening it


def check_settings(folder: Path, manifest: Manifest, settings: IndexSettings) -> None:
    """Raise ``IndexMismatchError`` where the index was built with another model or other passages."""
    if manifest.model.name != settings.model:
        setting = f"model (${MODEL_VARIABLE})"
        raise IndexMismatchError(folder, setting, built=manifest.model.name, wanted=settings.model)
    if manifest.chunking != settings.chunking:
        raise IndexMismatchError(folder, "chunking", built=str(manifest.chunking), wanted=str(settings.chunking))
    if manifest.bm25 != settings.bm25:
        raise IndexMismatchError(folder, "bm25", built=str(manifest.bm25), wanted=str(settings.bm25))


def _check_weights(folder: Path, built: ModelIdentity, found: ModelIdentity) -> None:
    """Precision may differ: the same weights in bf16 and fp32 give vectors of cosine ≥ 0.998 to each other."""
    if built.sha256 != found.sha256:
        raise IndexMismatchError(folder, "model weights", built=built.sha256[:12], wanted=found.sha256[:12])


def _broken(folder: Path, error: Exception) -> IndexBrokenError:
    return error if isinstance(error, IndexBrokenError) else IndexBrokenError(folder, f"cannot be read ({error})")
