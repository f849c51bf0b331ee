"""Which sources an index is made of: those found now, those kept from before, each with its id and its transcript."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.dense import VECTORS_FILE
from index.errors import CorpusError, InputError, SourceError, StoreError
from index.parse import parse_source
from index.records import Records
from index.sameevent import group_same_events
from index.source import SourceRef, source_sha256
from index.store import Manifest, SourceRecord, check_files, current_generation, read_manifest
from index.types import Transcript

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""

Entry = tuple[SourceRecord, Transcript]


@dataclass(frozen=True, slots=True)
class Previous:
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


@dataclass(slots=True)
class Corpus:
    """What the new index will hold, and how it came to be."""

    entries: list[Entry] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    linked: list[SourceRecord] = field(default_factory=list)

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source, those that only repeat another's event last."""
        return (*(source for source, _ in self.entries), *self.linked)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


def recipe() -> str:
    """Digest of this package's own code: another version may read the same file differently, so it reads it again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def source_root(path: Path | str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - resolves ".." without following links, so that a glob stays one


def open_previous(folder: Path) -> Previous | None:
    """The index to go on from; ``None`` where there is none or it is damaged, so that building again mends it."""
    try:
        generation = current_generation(folder)
        manifest = read_manifest(folder, generation)
        check_files(folder, generation, manifest, digests=True)
    except StoreError:
        return None
    vectors = np.load(generation / VECTORS_FILE, mmap_mode="r", allow_pickle=False)
    return Previous(manifest, Records(generation), vectors)


def plan_sources(
    found: Mapping[SourceRef, str], previous: Previous | None, *, emptied: Collection[str] = ()
) -> list[_Task]:
    """Every source of the new index: those found, and those that no given path covers; ``emptied`` are such paths."""
    before = {_key(s.path, s.member): s for s in previous.manifest.sources} if previous else {}
    given = {_key(source_root(ref.path), ref.member): (ref, root) for ref, root in found.items()}
    roots = {*found.values(), *emptied}
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


def read_corpus(tasks: Sequence[_Task], previous: Previous | None, progress: Progress) -> Corpus:
    """Read what is new or changed, take over what is not, and put all in the order of its dates.

    Raises ``SourceError`` when nothing at all could be read, and ``InputError`` when there is nothing to read.
    """
    corpus, code = Corpus(), recipe()
    if not tasks:
        raise InputError("the record would hold no transcript", remedy="Keep at least one, or add another first")
    for at, task in enumerate(tasks):
        progress("reading", at, len(tasks))
        old = previous.records.transcripts.get(task.before.doc_id) if previous and task.before else None
        try:
            source, transcript = _read(task, old, code)
        except CorpusError as error:
            corpus.skipped.append((task.ref.name, str(error)))
            continue
        _outcome(corpus, task, source, transcript == old).append(task.doc_id)
        corpus.entries.append((source, transcript))
    progress("reading", len(tasks), len(tasks))
    if not corpus.entries:
        name, reason = corpus.skipped[0]
        raise SourceError(name, f"none of {len(tasks)} files can be read", remedy=f"The first says: {reason}")
    corpus.entries.sort(key=lambda entry: (entry[1].date or date.max, entry[1].doc_id))
    _link(corpus, _links_before(tasks, previous, corpus, code))
    return corpus


def _outcome(corpus: Corpus, task: _Task, source: SourceRecord, same_transcript: bool) -> list[str]:
    if task.before is None:
        return corpus.added
    same_file = task.before.same_as != "" and task.before.sha256 == source.sha256  # its transcript was not kept
    return corpus.unchanged if same_transcript or same_file else corpus.changed


def _links_before(
    tasks: Sequence[_Task], previous: Previous | None, corpus: Corpus, code: str
) -> Mapping[str, str] | None:
    """Which document stands for which, as the previous build found it; ``None`` where anything has changed since."""
    if previous is None or corpus.added or corpus.changed or previous.manifest.recipe != code:
        return None
    if len(corpus.entries) != len(previous.manifest.sources):
        return None
    return {task.doc_id: task.before.same_as for task in tasks if task.before and task.before.same_as}


def _link(corpus: Corpus, kept: Mapping[str, str] | None) -> None:
    """Keep one document an event, the newest; the others stay among the sources and name it."""
    if kept is None:
        groups = group_same_events([transcript for _, transcript in corpus.entries])
        kept = {other: group.kept for group in groups for other in group.others}
    corpus.linked = [replace(source, same_as=kept[t.doc_id]) for source, t in corpus.entries if t.doc_id in kept]
    corpus.entries = [(source, transcript) for source, transcript in corpus.entries if transcript.doc_id not in kept]


def _read(task: _Task, old: Transcript | None, code: str) -> tuple[SourceRecord, Transcript]:
    """The task's transcript: the old one where neither the file nor the code that reads it has changed."""
    if task.kept and task.before and old:
        return replace(task.before, same_as=""), old
    digest = source_sha256(task.ref)
    record = SourceRecord(task.root, source_root(task.ref.path), task.ref.member, digest, task.doc_id, code)
    same = task.before is not None and (task.before.sha256, task.before.recipe) == (digest, code)
    transcript = old if old and same else parse_source(task.ref, doc_id=task.doc_id)
    if not transcript.text.strip():
        raise SourceError(task.ref.path, "holds no text", remedy="Check that the right file was given")
    return record, transcript
