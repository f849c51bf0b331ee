"""What was added together, on disk: a folder for each time, in the record or set aside.

    index/
      added/20261122T130500Z/     one batch that is in the record: its files under their own names
      .set-aside/20261122T…/      one that was taken out again, or never came in; it can be added again
      .incoming/                  what is being looked at and joins nothing yet (see staging.py)

A batch moves between the two by one rename, and the index is built anew from ``added``; the folders are the only list.
Hidden ones are passed over where somebody indexes a folder around them.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import CorpusError, StoreError
from index.store import current_generation, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.store import SourceRecord

ADDED, _ASIDE, _LOCK = "added", ".set-aside", ".adding"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were added together. ``name`` is its folder's, ``at`` when, ``joined`` whether the record holds it."""

    name: str
    at: datetime
    files: tuple[str, ...]
    joined: bool


class BatchError(CorpusError):
    """What was added cannot be moved."""


class Batches:
    """The batches of the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.added, self._aside = folder / ADDED, folder / _ASIDE

    def listed(self) -> list[Batch]:
        """Every batch, the newest first."""
        found = [
            Batch(path.name, at, files, joined)
            for parent, joined in ((self.added, True), (self._aside, False))
            for path in _folders(parent)
            if (at := _time(path.name)) and (files := _files(path))
        ]
        return sorted(found, key=lambda batch: (batch.at, batch.name), reverse=True)

    def new(self, files: Sequence[Path]) -> str:
        """Move ``files`` into ``added`` as one batch, all or none, and return its name. Raises ``BatchError``."""
        with _clear_errors():
            draft = self._aside / f".{os.getpid()}-{_now()}"
            draft.mkdir(parents=True)
            for file in files:
                file.rename(draft / file.name)
            name = self._free_name()
            self.added.mkdir(exist_ok=True)
            draft.rename(self.added / name)
        return name

    def set_aside(self, name: str) -> None:
        """Take a batch out of ``added``. Raises ``BatchError``."""
        self._move(name, self.added, self._aside)

    def bring_back(self, name: str) -> None:
        """Put a batch that was set aside back into ``added``. Raises ``BatchError``."""
        self._move(name, self._aside, self.added)

    def settle(self) -> None:
        """Make the folders say what the index holds, where something was cut off between the two."""
        held = {(_batch_of(source), Path(source.path).name) for source in self._sources()}
        for batch in self.listed():
            joined = any((batch.name, file) in held for file in batch.files)
            if batch.joined and not joined:
                self.set_aside(batch.name)
            elif joined and not batch.joined:
                self.bring_back(batch.name)

    def lost_with(self, name: str) -> tuple[str, ...]:
        """Files that a batch stands for and that are no longer there: taking the batch out would lose their event."""
        sources = self._sources()
        own = {source.doc_id for source in sources if _batch_of(source) == name}
        hidden = (source for source in sources if source.same_as in own and source.doc_id not in own)
        return tuple(source.path for source in hidden if not Path(source.path).is_file())

    def _sources(self) -> Sequence[SourceRecord]:
        try:
            return read_manifest(self.folder, current_generation(self.folder)).sources
        except StoreError:
            return ()

    def _move(self, name: str, one: Path, other: Path) -> None:
        if not _time(name) or not (one / name).is_dir():
            raise BatchError("what was added then is not there any more", remedy="Open this page again")
        with _clear_errors():
            other.mkdir(exist_ok=True)
            (one / name).rename(other / name)

    def _free_name(self) -> str:
        now = _now()
        names = (now if at == 1 else f"{now}-{at}" for at in count(1))
        return next(name for name in names if not (self.added / name).exists() and not (self._aside / name).exists())


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold what only one page at a time may hold while it moves batches. Raises ``BatchError`` when another does."""
    import fcntl

    with _clear_errors():
        lock = (folder / _LOCK).open("a")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BatchError("another page is adding to this record", remedy="Wait until it is done") from error
        yield


def moved_roots(folder: Path, added: Path) -> list[str]:
    """Where the files of ``added`` lay when they were indexed, if the index folder has been moved or copied since."""
    sources = read_manifest(folder, current_generation(folder)).sources
    return sorted(
        {
            source.root
            for source in sources
            if Path(source.root).name == ADDED and Path(source.root) != added and _time(_batch_of(source))
        }
    )


def _batch_of(source: SourceRecord) -> str:
    """The batch that a source came with; empty for one that came another way."""
    parent = Path(source.path).parent
    return parent.name if parent.parent.name == ADDED else ""


def _folders(parent: Path) -> list[Path]:
    return [path for path in parent.iterdir() if path.is_dir()] if parent.is_dir() else []


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")))


def _now() -> str:
    return datetime.now(UTC).strftime(_STAMP)


def _time(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.split("-", 1)[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Say in one line what the disk refused."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BatchError("the disk is full", remedy="Free some space and try again") from error
        reason = error.strerror or str(error)
        raise BatchError(f"the index folder cannot be written ({reason})", remedy="Check its permissions") from error
