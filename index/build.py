"""From files to an index: only what changed is read and encoded again, and nothing is replaced before the new is whole.

Given the same PATHs again, the index comes to hold exactly what they hold now; files under other PATHs, indexed before,
stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.chunk import openings, passages
from index.dense import build_dense
from index.encode import Encoder, ModelIdentity, SentenceTransformerEncoder
from index.errors import SourceError
from index.lexical import build_lexical
from index.plan import (
    Corpus,
    Previous,
    Progress,
    open_previous,
    plan_sources,
    read_corpus,
    recipe,
    silent,
    source_root,
)
from index.records import write_records
from index.resume import forget, keep_block, kept_vectors, text_key
from index.source import find_sources
from index.store import (
    FORMAT,
    Manifest,
    SourceRecord,
    building,
    new_generation,
    publish,
)
from index.types import Transcript

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.settings import IndexSettings
    from index.types import Passage

BLOCK = 2048
"""Passages encoded between two savings: what a cut-off build can lose at most."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, as document ids. ``skipped`` are files and why.

    ``linked`` are documents that record the same event as another, and which one is indexed for both.
    ``encoded`` counts the passages that had to be encoded; ``written`` is false where nothing had changed.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str], ...]
    transcripts: int
    passages: int
    encoded: int
    written: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """How many passages the new generation holds, and how many of them had to be encoded."""

    passages: int
    encoded: int


def build_index(
    paths: Sequence[Path | str],
    *,
    folder: Path,
    settings: IndexSettings,
    encoder: Encoder | None = None,
    progress: Progress = silent,
    emptied: Sequence[Path | str] = (),
) -> BuildSummary:
    """Make the index in ``folder`` hold what ``paths`` hold, and what other paths brought in before.

    ``emptied`` are paths that may hold nothing any more: what they brought in goes, where ``paths`` do not give it.
    A file that cannot be read is skipped and named. The encoder is only loaded where there is something new to encode,
    and nothing is written where nothing changed. Raises ``NoTranscriptError`` when a path holds nothing,
    ``SourceError`` when no file at all can be read, ``ModelError``, and ``StoreError`` when the folder cannot be
    written.
    """
    found = {ref: source_root(path) for path in paths for ref in find_sources([path])}
    encoder = encoder or SentenceTransformerEncoder(settings.model)
    model = _identity(encoder, settings)
    with building(folder):
        previous = open_previous(folder)
        tasks = plan_sources(found, previous, emptied={source_root(path) for path in emptied})
        corpus = read_corpus(tasks, previous, progress)
        if previous and _same(previous.manifest, corpus, settings, model):
            return _summary(corpus, previous, passages=previous.manifest.passages, encoded=0, written=False)
        known = _known_vectors(folder, previous, model)
        made = _make(corpus, known, encoder, folder=folder, settings=settings, model=model, progress=progress)
        return _summary(corpus, previous, passages=made.passages, encoded=made.encoded, written=True)


def index_transcripts(
    transcripts: Sequence[Transcript],
    *,
    folder: Path,
    settings: IndexSettings,
    encoder: Encoder | None = None,
    progress: Progress = silent,
) -> None:
    """Make the index in ``folder`` hold exactly ``transcripts``, which come from no file. Raises as ``build_index``."""
    encoder = encoder or SentenceTransformerEncoder(settings.model)
    code = recipe()
    entries = [(SourceRecord("", t.source_name, None, t.source_sha256, t.doc_id, code), t) for t in transcripts]
    with building(folder):
        _make(
            Corpus(entries=entries),
            {},
            encoder,
            folder=folder,
            settings=settings,
            model=_identity(encoder, settings),
            progress=progress,
        )


def _identity(encoder: Encoder, settings: IndexSettings) -> ModelIdentity:
    return encoder.identity if isinstance(encoder, SentenceTransformerEncoder) else ModelIdentity(settings.model)


def _same(manifest: Manifest, corpus: Corpus, settings: IndexSettings, model: ModelIdentity) -> bool:
    return (
        manifest.sources == corpus.sources
        and manifest.recipe == recipe()
        and (manifest.chunking, manifest.bm25) == (settings.chunking, settings.bm25)
        and _same_weights(manifest.model, model)
    )


def _same_weights(one: ModelIdentity, other: ModelIdentity) -> bool:
    return (one.name, one.sha256) == (other.name, other.sha256)


def _known_vectors(folder: Path, previous: Previous | None, model: ModelIdentity) -> dict[bytes, NDArray[np.float16]]:
    """Vectors that need not be computed again, by the digest of their text."""
    known = kept_vectors(folder, model)
    if previous and _same_weights(previous.manifest.model, model):
        texts = previous.records.passages.embedding_text
        known.update((text_key(texts(row)), vector) for row, vector in enumerate(previous.vectors))
    return known


def _encode_missing(
    texts: Sequence[str],
    known: dict[bytes, NDArray[np.float16]],
    encoder: Encoder,
    *,
    folder: Path,
    model: ModelIdentity,
    progress: Progress,
) -> int:
    """Add to ``known`` the vector of every text it lacks, and return how many were encoded."""
    missing = {key: text for text in texts if (key := text_key(text)) not in known}
    keys = list(missing)
    for at in range(0, len(keys), BLOCK):
        progress("encoding", at, len(keys))
        block = keys[at : at + BLOCK]
        vectors = encoder.encode([missing[key] for key in block]).astype(np.float16)
        known.update(zip(block, vectors, strict=True))
        if len(keys) > BLOCK:
            keep_block(folder, model, block, vectors)
    progress("encoding", len(keys), len(keys))
    return len(keys)


def _make(
    corpus: Corpus,
    known: dict[bytes, NDArray[np.float16]],
    encoder: Encoder,
    *,
    folder: Path,
    settings: IndexSettings,
    model: ModelIdentity,
    progress: Progress,
) -> _Made:
    """Cut, encode and write a new generation."""
    cut = [passage for _, transcript in corpus.entries for passage in passages(transcript, settings.chunking)]
    texts = [passage.embedding_text for passage in cut]
    if not texts:
        raise SourceError(folder, "the transcripts hold no text", remedy="Give files in which somebody speaks")
    encoded = _encode_missing(texts, known, encoder, folder=folder, model=model, progress=progress)
    vectors = np.stack([known[text_key(text)] for text in texts])
    _write(corpus, cut, vectors, folder=folder, settings=settings, model=model)
    forget(folder)
    return _Made(passages=len(cut), encoded=encoded)


def _write(
    corpus: Corpus,
    cut: Sequence[Passage],
    vectors: NDArray[np.float16],
    *,
    folder: Path,
    settings: IndexSettings,
    model: ModelIdentity,
) -> None:
    manifest = Manifest(
        format=FORMAT,
        model=model,
        dimension=int(vectors.shape[1]),
        metric="inner product of unit vectors",
        chunking=settings.chunking,
        bm25=settings.bm25,
        recipe=recipe(),
        sources=corpus.sources,
        transcripts=len(corpus.entries),
        passages=len(cut),
        files={},
    )
    first = openings(cut)
    with new_generation(folder) as draft:
        write_records(draft, [transcript for _, transcript in corpus.entries], cut)
        build_dense(vectors, np.array(first, dtype=np.int64), draft, opening_weight=settings.ranking.opening_weight)
        build_lexical([passage.embedding_text for passage in cut], first, draft, bm25=settings.bm25)
        publish(folder, draft, manifest)


def _summary(corpus: Corpus, previous: Previous | None, *, passages: int, encoded: int, written: bool) -> BuildSummary:
    before = {source.doc_id for source in previous.manifest.sources} if previous else set()
    return BuildSummary(
        added=tuple(sorted(corpus.added)),
        changed=tuple(sorted(corpus.changed)),
        removed=tuple(sorted(before - {source.doc_id for source in corpus.sources})),
        unchanged=tuple(sorted(corpus.unchanged)),
        skipped=tuple(corpus.skipped),
        linked=tuple((source.doc_id, source.same_as) for source in corpus.linked),
        transcripts=len(corpus.entries),
        passages=passages,
        encoded=encoded,
        written=written,
    )
