"""From files to an index: only what changed is read and encoded again, and nothing is replaced before the new is whole.

Given the same PATHs again, the index comes to hold exactly what they hold now; files under other PATHs, indexed before,
stay.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.chunk import openings, passages
from index.dense import VECTORS_FILE, build_dense
from index.encode import Encoder, ModelIdentity, SentenceTransformerEncoder
from index.errors import CorpusError, SourceError, StoreError
from index.lexical import build_lexical
from index.parse import parse_source
from index.records import Records, write_records
from index.resume import forget, keep_block, kept_vectors, text_key
from index.source import SourceRef, find_sources, source_sha256
from index.store import (
    FORMAT,
    Manifest,
    SourceRecord,
    building,
    check_files,
    current_generation,
    new_generation,
    publish,
    read_manifest,
)
from index.types import Transcript

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.settings import IndexSettings
    from index.types import Passage

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""

BLOCK = 2048
"""Passages encoded between two savings: what a cut-off build can lose at most."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, as document ids; ``skipped`` are files and why.

    ``encoded`` counts the passages that had to be encoded; ``written`` is false where nothing had changed.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    transcripts: int
    passages: int
    encoded: int
    written: bool


@dataclass(frozen=True, slots=True)
class _Previous:
    """The index as it was before this build."""

    manifest: Manifest
    records: Records
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class _Task:
    """One source to take in. ``before`` is its previous record; ``kept`` marks one that no given PATH covers."""

    ref: SourceRef
    root: str
    doc_id: str
    before: SourceRecord | None
    kept: bool


_Entry = tuple[SourceRecord, Transcript]


@dataclass(frozen=True, slots=True)
class _Made:
    """How many passages the new generation holds, and how many of them had to be encoded."""

    passages: int
    encoded: int


@dataclass(slots=True)
class _Corpus:
    """What the new index will hold, and how it came to be."""

    entries: list[_Entry] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        return tuple(source for source, _ in self.entries)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


def build_index(
    paths: Sequence[Path | str],
    *,
    folder: Path,
    settings: IndexSettings,
    encoder: Encoder | None = None,
    progress: Progress = silent,
) -> BuildSummary:
    """Make the index in ``folder`` hold what ``paths`` hold, and what other paths brought in before.

    A file that cannot be read is skipped and named. The encoder is only loaded where there is something new to encode,
    and nothing is written where nothing changed. Raises ``NoTranscriptError`` when a path holds nothing,
    ``SourceError`` when no file at all can be read, ``ModelError``, and ``StoreError`` when the folder cannot be
    written.
    """
    found = {ref: _root(path) for path in paths for ref in find_sources([path])}
    encoder = encoder or SentenceTransformerEncoder(settings.model)
    model = _identity(encoder, settings)
    with building(folder):
        previous = _previous(folder)
        corpus = _read_corpus(_plan(found, previous), previous, progress)
        if previous and _same(previous.manifest, corpus, settings, model):
            return _summary(corpus, previous, passages=previous.manifest.passages, encoded=0, written=False)
        known = _known_vectors(folder, previous, model)
        made = _make(corpus.entries, known, encoder, folder=folder, settings=settings, model=model, progress=progress)
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
            entries,
            {},
            encoder,
            folder=folder,
            settings=settings,
            model=_identity(encoder, settings),
            progress=progress,
        )


def recipe() -> str:
    """Digest of this package's own code: another version may read the same file differently, so it reads it again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _root(path: Path | str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - resolves ".." without following links, so that a glob stays one


def _identity(encoder: Encoder, settings: IndexSettings) -> ModelIdentity:
    return encoder.identity if isinstance(encoder, SentenceTransformerEncoder) else ModelIdentity(settings.model)


def _previous(folder: Path) -> _Previous | None:
    """The index to go on from; ``None`` where there is none or it is damaged, so that building again mends it."""
    try:
        generation = current_generation(folder)
        manifest = read_manifest(folder, generation)
        check_files(folder, generation, manifest, digests=True)
    except StoreError:
        return None
    vectors = np.load(generation / VECTORS_FILE, mmap_mode="r", allow_pickle=False)
    return _Previous(manifest, Records(generation), vectors)


def _plan(found: Mapping[SourceRef, str], previous: _Previous | None) -> list[_Task]:
    """Every source of the new index: those found, and those that no given path covers."""
    before = {_key(s.path, s.member): s for s in previous.manifest.sources} if previous else {}
    given = {_key(_root(ref.path), ref.member): (ref, root) for ref, root in found.items()}
    roots = set(found.values())
    kept = {key: s for key, s in before.items() if key not in given and not _covered(s, roots)}
    ids = _document_ids({**{key: ref.stem for key, (ref, _) in given.items()}, **_stems(kept)}, before)
    tasks = [_Task(ref, root, ids[key], before.get(key), kept=False) for key, (ref, root) in given.items()]
    return tasks + [_Task(SourceRef(Path(s.path), s.member), s.root, ids[key], s, kept=True) for key, s in kept.items()]


def _covered(source: SourceRecord, roots: set[str]) -> bool:
    """Whether one of the given paths answers for ``source``: it was found under it, or lies below it."""
    return source.root in roots or any(Path(source.path).is_relative_to(root) for root in roots)


def _key(path: str, member: str | None) -> str:
    return f"{path}\0{member or ''}"


def _stems(sources: Mapping[str, SourceRecord]) -> dict[str, str]:
    return {key: SourceRef(Path(source.path), source.member).stem for key, source in sources.items()}


def _document_ids(stems: Mapping[str, str], before: Mapping[str, SourceRecord]) -> dict[str, str]:
    """An id for each source: the one it had, else its stem, else its stem and a number that makes it unique."""
    ids = {key: before[key].doc_id for key in stems if key in before}
    taken = set(ids.values())
    for key, stem in stems.items():
        if key not in ids:
            candidates = (stem if at == 1 else f"{stem}-{at}" for at in count(1))
            ids[key] = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(ids[key])
    return ids


def _read_corpus(tasks: Sequence[_Task], previous: _Previous | None, progress: Progress) -> _Corpus:
    """Read what is new or changed, take over what is not, and put all in the order of its dates.

    Raises ``SourceError`` when nothing at all could be read.
    """
    corpus, code = _Corpus(), recipe()
    for at, task in enumerate(tasks):
        progress("reading", at, len(tasks))
        old = previous.records.transcripts[task.before.doc_id] if previous and task.before else None
        try:
            source, transcript = _read(task, old, code)
        except CorpusError as error:
            corpus.skipped.append((task.ref.name, str(error)))
            continue
        list_of = corpus.added if old is None else corpus.unchanged if transcript == old else corpus.changed
        list_of.append(task.doc_id)
        corpus.entries.append((source, transcript))
    progress("reading", len(tasks), len(tasks))
    if not corpus.entries:
        name, reason = corpus.skipped[0]
        raise SourceError(name, f"none of {len(tasks)} files can be read", remedy=f"The first says: {reason}")
    corpus.entries.sort(key=lambda entry: (entry[1].date or date.max, entry[1].doc_id))
    return corpus


def _read(task: _Task, old: Transcript | None, code: str) -> tuple[SourceRecord, Transcript]:
    """The task's transcript: the old one where neither the file nor the code that reads it has changed."""
    if task.kept and task.before and old:
        return task.before, old
    digest = source_sha256(task.ref)
    record = SourceRecord(task.root, _root(task.ref.path), task.ref.member, digest, task.doc_id, code)
    same = task.before is not None and (task.before.sha256, task.before.recipe) == (digest, code)
    transcript = old if old and same else parse_source(task.ref, doc_id=task.doc_id)
    if not transcript.text.strip():
        raise SourceError(task.ref.path, "holds no text", remedy="Check that the right file was given")
    return record, transcript


def _same(manifest: Manifest, corpus: _Corpus, settings: IndexSettings, model: ModelIdentity) -> bool:
    return (
        manifest.sources == corpus.sources
        and manifest.recipe == recipe()
        and (manifest.chunking, manifest.bm25) == (settings.chunking, settings.bm25)
        and _same_weights(manifest.model, model)
    )


def _same_weights(one: ModelIdentity, other: ModelIdentity) -> bool:
    return (one.name, one.sha256) == (other.name, other.sha256)


def _known_vectors(folder: Path, previous: _Previous | None, model: ModelIdentity) -> dict[bytes, NDArray[np.float16]]:
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
    entries: Sequence[_Entry],
    known: dict[bytes, NDArray[np.float16]],
    encoder: Encoder,
    *,
    folder: Path,
    settings: IndexSettings,
    model: ModelIdentity,
    progress: Progress,
) -> _Made:
    """Cut, encode and write a new generation."""
    cut = [passage for _, transcript in entries for passage in passages(transcript, settings.chunking)]
    texts = [passage.embedding_text for passage in cut]
    if not texts:
        raise SourceError(folder, "the transcripts hold no text", remedy="Give files in which somebody speaks")
    encoded = _encode_missing(texts, known, encoder, folder=folder, model=model, progress=progress)
    vectors = np.stack([known[text_key(text)] for text in texts])
    _write(entries, cut, vectors, folder=folder, settings=settings, model=model)
    forget(folder)
    return _Made(passages=len(cut), encoded=encoded)


def _write(
    entries: Sequence[_Entry],
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
        sources=tuple(source for source, _ in entries),
        transcripts=len(entries),
        passages=len(cut),
        files={},
    )
    first = openings(cut)
    with new_generation(folder) as draft:
        write_records(draft, [transcript for _, transcript in entries], cut)
        build_dense(vectors, np.array(first, dtype=np.int64), draft, opening_weight=settings.ranking.opening_weight)
        build_lexical([passage.embedding_text for passage in cut], first, draft, bm25=settings.bm25)
        publish(folder, draft, manifest)


def _summary(
    corpus: _Corpus, previous: _Previous | None, *, passages: int, encoded: int, written: bool
) -> BuildSummary:
    before = {source.doc_id for source in previous.manifest.sources} if previous else set()
    return BuildSummary(
        added=tuple(sorted(corpus.added)),
        changed=tuple(sorted(corpus.changed)),
        removed=tuple(sorted(before - {source.doc_id for source in corpus.sources})),
        unchanged=tuple(sorted(corpus.unchanged)),
        skipped=tuple(corpus.skipped),
        transcripts=len(corpus.entries),
        passages=passages,
        encoded=encoded,
        written=written,
    )
