"""What can go wrong between a file and a searchable index.

Every error carries its evidence as attributes and says what to do; the command line prints ``str(error)`` as its one
line.

    CorpusError                 the root: catch this to catch them all
    ├── SourceError             a file cannot be read as a transcript
    ├── NoTranscriptError       a folder, a glob or a zip holds nothing to index
    ├── InputError              what was typed or given on the command line cannot be used
    ├── ModelError              a model is missing, broken or does not match its checksum
    └── StoreError             what lies on disk cannot be searched
        ├── IndexMissingError   there is no index yet
        ├── IndexBrokenError    a file of the index is missing or damaged
        └── IndexMismatchError  the index was built with other settings
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """The root of all errors that a user can mend; ``remedy`` says how."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(f"{message}. {remedy}")
        self.message = message
        self.remedy = remedy


class SourceError(CorpusError):
    """``path`` cannot be read as a transcript, for ``reason``."""

    def __init__(self, path: Path | str, reason: str, *, remedy: str) -> None:
        super().__init__(f"{path}: {reason}", remedy=remedy)
        self.path = Path(path)
        self.reason = reason


class NoTranscriptError(CorpusError):
    """Nothing that could be indexed was found under ``path``."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"{path}: no transcript found",
            remedy="Give a .txt, .md, .html, .pdf or .docx file, or a folder or zip that holds some",
        )
        self.path = Path(path)


class InputError(CorpusError):
    """What was typed or given cannot be used."""


class ModelError(CorpusError):
    """The model ``name`` cannot be used, for ``reason``."""

    def __init__(self, name: str, reason: str, *, remedy: str) -> None:
        super().__init__(f"model {name}: {reason}", remedy=remedy)
        self.name = name
        self.reason = reason


class StoreError(CorpusError):
    """The index in ``folder`` cannot be searched."""

    def __init__(self, folder: Path, reason: str, *, remedy: str) -> None:
        super().__init__(f"{folder}: {reason}", remedy=remedy)
        self.folder = folder
        self.reason = reason


class IndexMissingError(StoreError):
    """There is no index in ``folder`` yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder, "there is no index here", remedy="Build one with: ontherecord index PATH --index " + str(folder)
        )


class IndexBrokenError(StoreError):
    """A file of the index is missing or damaged."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason, remedy="Build it again with: ontherecord index PATH --index " + str(folder))


class IndexMismatchError(StoreError):
    """The index was built with ``built`` where the settings ask for ``wanted``."""

    def __init__(self, folder: Path, setting: str, *, built: str, wanted: str) -> None:
        super().__init__(
            folder,
            f"built with {setting} {built}, but the settings ask for {wanted}",
            remedy=f"Set {setting} back to {built}, or build again with: ontherecord index PATH --index {folder}",
        )
        self.setting = setting
        self.built = built
        self.wanted = wanted
