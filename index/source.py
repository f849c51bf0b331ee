"""From any file to decoded text: what a transcript is read from."""

from __future__ import annotations

import glob
import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import NoTranscriptError, SourceError

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx"})


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where one transcript lies: a file, or ``member`` of the zip at ``path``."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return Path(self.member).name if self.member else self.path.name

    @property
    def stem(self) -> str:
        """The name without its suffix: the base of a document id."""
        return Path(self.name).stem


@dataclass(frozen=True, slots=True)
class Source:
    """A file, decoded: ``text`` is what every offset counts in."""

    text: str
    sha256: str
    name: str
    url: str | None = None


def find_sources(paths: Sequence[Path | str]) -> list[SourceRef]:
    """Every transcript file under ``paths``: files, folders (searched through), globs and zips, sorted, each once.

    README files and hidden ones are passed over. Raises ``NoTranscriptError`` where a path holds none.
    """
    found: dict[SourceRef, None] = {}
    for path in paths:
        refs = [ref for file in _expand(path) for ref in _members(file)]
        if not refs:
            raise NoTranscriptError(path)
        found.update(dict.fromkeys(refs))
    return list(found)


def read_source(ref: SourceRef) -> Source:
    """Read and decode one file. Raises ``SourceError`` when that cannot be done."""
    data = _bytes(ref)
    return Source(text=data.decode("utf-8", "replace"), sha256=hashlib.sha256(data).hexdigest(), name=ref.name)


def source_sha256(ref: SourceRef) -> str:
    """Digest of the file's bytes, hexadecimal, without parsing it."""
    return hashlib.sha256(_bytes(ref)).hexdigest()


def _expand(path: Path | str) -> list[Path]:
    given = Path(path)
    if given.is_dir():
        return sorted(file for file in given.rglob("*") if file.is_file() and _wanted(file.relative_to(given)))
    if given.is_file():
        return [given]
    return sorted(Path(file) for file in glob.glob(str(path), recursive=True) if _wanted(Path(file)))  # noqa: PTH207 - absolute globs


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES | {".zip"} and not hidden and path.stem.lower() != "readme"


def _members(path: Path) -> list[SourceRef]:
    if path.suffix.lower() != ".zip":
        return [SourceRef(path)]
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if not name.endswith("/"))
    return [SourceRef(path, name) for name in names if _wanted(Path(name)) and not name.lower().endswith(".zip")]


def _bytes(ref: SourceRef) -> bytes:
    try:
        if ref.member is None:
            return ref.path.read_bytes()
        with zipfile.ZipFile(ref.path) as archive:
            return archive.read(ref.member)
    except OSError as error:
        raise SourceError(ref.path, error.strerror or str(error), remedy="Check the path and its permissions") from error
