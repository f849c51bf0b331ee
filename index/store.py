"""What lies on disk: generations, a manifest in each, and one pointer to the newest.

    index/
      current               one line: the name of the generation to open
      lock                  held by the one process that builds
      generations/000007/   a whole index; never changed once it has this name
        manifest.json       what it was built from and with, and the size and digest of every other file
      resume/               vectors of a build that was cut off (see index/resume.py)

A build writes ``generations/.new-*``, flushes every file and the folder to disk, renames it, and only then replaces
``current`` by one atomic rename. Whatever is cut off at whatever moment, ``current`` names a whole generation: the old
one or the new one. A reader maps every file when it opens, so that the generation it holds stays readable even once it
is removed; the one before the newest is kept for readers that are just opening it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encode import ModelIdentity
from index.errors import IndexBrokenError, IndexMissingError, StoreError
from index.settings import Bm25, Chunking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = 1
"""Raised whenever the files of a generation change their meaning; an index of another format has to be built again."""

_CURRENT, _LOCK, _GENERATIONS, _MANIFEST = "current", "lock", "generations", "manifest.json"
_NEW = ".new-"
_DIGEST_UP_TO = 64 << 20
"""Bytes of a generation up to which opening it checks every digest (some 50 ms); of a larger one, every size."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One file that was indexed: ``path`` absolute, ``member`` of a zip, ``root`` the PATH it was found under.

    ``recipe`` identifies the code that read it. ``same_as`` is the document that is indexed in its place, where both
    record one event; empty where it is indexed itself.
    """

    root: str
    path: str
    member: str | None
    sha256: str
    doc_id: str
    recipe: str
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file of the generation must look like; ``size`` in bytes."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from and with. ``recipe`` identifies the code that built it."""

    format: int
    model: ModelIdentity
    dimension: int
    metric: str
    chunking: Chunking
    bm25: Bm25
    recipe: str
    sources: tuple[SourceRecord, ...]
    transcripts: int
    passages: int
    files: Mapping[str, FileRecord]

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that any change of the sources, the code, the model or the settings changes."""
        sources = sorted((source.doc_id, source.sha256, source.same_as) for source in self.sources)
        told = [sources, self.recipe, self.model.name, self.model.sha256, asdict(self.chunking), asdict(self.bm25)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists, strings and numbers."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Manifest:
        """What ``to_json`` wrote. Raises ``KeyError`` or ``TypeError`` when it is not that."""
        return cls(
            **{
                **record,
                "model": ModelIdentity(**record["model"]),
                "chunking": Chunking(**record["chunking"]),
                "bm25": Bm25(**record["bm25"]),
                "sources": tuple(SourceRecord(**source) for source in record["sources"]),
                "files": {name: FileRecord(**file) for name, file in record["files"].items()},
            }
        )


def current_generation(folder: Path) -> Path:
    """The generation that ``current`` names. Raises ``IndexMissingError`` or ``IndexBrokenError``."""
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise IndexMissingError(folder) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexBrokenError(folder, f"{_CURRENT} cannot be read ({error})") from error
    if not name.isdigit():
        raise IndexBrokenError(folder, f"{_CURRENT} names no generation")
    return folder / _GENERATIONS / name


def read_manifest(folder: Path, generation: Path) -> Manifest:
    """The manifest of ``generation`` in the index ``folder``. Raises ``IndexBrokenError``."""
    try:
        record = json.loads((generation / _MANIFEST).read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise IndexBrokenError(folder, f"has format {record['format']}, this version reads {FORMAT}")
        return Manifest.from_json(record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexBrokenError(folder, f"{_MANIFEST} is missing or damaged") from error


def check_files(folder: Path, generation: Path, manifest: Manifest, *, digests: bool | None = None) -> None:
    """Compare every file with the manifest. Raises ``IndexBrokenError`` naming the first that differs.

    ``digests`` says whether contents are compared as well as sizes; by default, where the generation is small.
    """
    if digests is None:
        digests = sum(file.size for file in manifest.files.values()) <= _DIGEST_UP_TO
    for name, wanted in manifest.files.items():
        path = generation / name
        if not path.is_file():
            raise IndexBrokenError(folder, f"{name} is missing")
        if path.stat().st_size != wanted.size or (digests and _sha256(path) != wanted.sha256):
            raise IndexBrokenError(folder, f"{name} is damaged")


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold the builder's lock, and clear away what builds that were cut off left behind.

    The lock is the kernel's: it goes when the process does, however it ends. Raises ``StoreError`` when another build
    is running or the folder cannot be written.
    """
    import fcntl

    with _clear_errors(folder):
        (folder / _GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("a")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(folder, "another build is running", remedy="Wait until it ends") from error
        with _clear_errors(folder):
            _remove_leftovers(folder)
        yield


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """A folder to write a generation's files into; removed when the block raises. Call ``publish`` inside."""
    with _clear_errors(folder):
        draft = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder / _GENERATIONS))
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # gone already if it was published


def publish(folder: Path, draft: Path, manifest: Manifest) -> Path:
    """Make ``draft`` the current generation, durably, and return its place. ``manifest.files`` is filled in here."""
    files = {path.name: FileRecord(path.stat().st_size, _sha256(path)) for path in sorted(draft.iterdir())}
    record = {**manifest.to_json(), "files": {name: asdict(file) for name, file in files.items()}}
    (draft / _MANIFEST).write_text(json.dumps(record, ensure_ascii=True, indent=1), encoding="utf-8")
    for path in draft.iterdir():
        _flush(path)
    _flush(draft)
    generation = folder / _GENERATIONS / f"{_newest(folder) + 1:06d}"
    draft.chmod(0o755)  # mkdtemp's folders are private; a published index may be shared
    draft.rename(generation)
    _flush(generation.parent)
    _point(folder, generation.name)
    _remove_old(folder, keep=2)
    return generation


def _point(folder: Path, name: str) -> None:
    fresh = folder / f"{_CURRENT}.new"
    fresh.write_text(name + "\n", encoding="ascii")
    _flush(fresh)
    fresh.replace(folder / _CURRENT)
    _flush(folder)


def _flush(path: Path) -> None:
    """Have the disk hold a file's contents, or a folder's names, before anything that follows."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _generations(folder: Path) -> list[Path]:
    """Published generations, oldest first."""
    return sorted(
        (path for path in (folder / _GENERATIONS).iterdir() if path.name.isdigit()), key=lambda p: int(p.name)
    )


def _newest(folder: Path) -> int:
    return max((int(path.name) for path in _generations(folder)), default=0)


def _remove_old(folder: Path, *, keep: int) -> None:
    for path in _generations(folder)[:-keep]:
        shutil.rmtree(path, ignore_errors=True)


def _remove_leftovers(folder: Path) -> None:
    """Drafts, and generations that were renamed but never pointed to."""
    for path in (folder / _GENERATIONS).glob(f"{_NEW}*"):
        shutil.rmtree(path, ignore_errors=True)
    try:
        current = current_generation(folder).name
    except StoreError:
        return
    for path in _generations(folder):
        if int(path.name) > int(current):
            shutil.rmtree(path, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _clear_errors(folder: Path) -> Iterator[None]:
    """Say in one line what the disk refused; the index that was there is untouched."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = "the disk is full" if full else f"cannot be written ({error.strerror or error})"
        remedy = "Free some space and run the same command again" if full else "Check the folder and its permissions"
        raise StoreError(folder, reason, remedy=f"{remedy}; what was indexed before is untouched") from error
