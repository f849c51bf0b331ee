"""Files on their way: received piece by piece, kept in a folder of their own, read at once, and joined to nothing yet.

index/.incoming/RUN/           of one running page; cleared at the next start once it has ended
  lock                         held for as long as it runs
  SESSION/NAME                 what one visitor has given, under safe names
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.source import SUFFIXES
from qa.intake.names import safe_name, shown_name
from qa.intake.processes import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from qa.intake.understood import Understood

FILE_LIMIT = 20 * 2**20  # bytes of one file: forty times the longest briefing in plain text, and a PDF with pictures
FILES_LIMIT = 200  # files looked at together
BYTES_LIMIT = 512 * 2**20  # of all that is staged, by everybody
_SESSIONS = 32  # visitors with files on their way; one more lets go of what was left longest
_INCOMING, _LOCK, _PART = ".incoming", "lock", ".part"
_SESSION = re.compile(r"[0-9a-f]{32}")
KINDS = tuple(sorted({*SUFFIXES, ".zip"}))


class Reads(Protocol):
    """What reads files: in the page, a process of its own."""

    def read(self, path: Path, name: str, /) -> Understood: ...

    def unpack(
        self, path: Path, name: str, into: Path, /, *, most_files: int, most_bytes: int
    ) -> list[dict[str, Any]]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was read and may join. ``number`` names it; ``twin`` is one that equals it."""

    number: int
    name: str
    path: Path
    understood: Understood
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file given: names of the transcripts in it, and what cannot be used."""

    names: tuple[str, ...] = ()
    refused: tuple[RefusedError, ...] = ()


@dataclass(slots=True)
class _Session:
    folder: Path
    staged: list[Staged] = field(default_factory=list)


class Stage:
    """What is being looked at by everybody who has this page open."""

    def __init__(self, folder: Path, reader: Reads) -> None:
        self._incoming, self._reader = folder / _INCOMING, reader
        self._sessions: dict[str, _Session] = {}
        self._numbers = count(1)
        self._guard = threading.Lock()
        self._run: Path | None = None
        self._lock: Any = None

    def files(self, session: str) -> tuple[Staged, ...]:
        """What ``session`` has staged, in the order given."""
        found = self._sessions.get(session)
        return tuple(found.staged) if found else ()

    @contextmanager
    def receiving(self, session: str, name: str) -> Iterator[Receiving]:
        """A file to write into, piece by piece; what is not finished is forgotten. Raises ``RefusedError``."""
        self._admit(session, name)
        with _clear_errors():
            folder = self._folder(session)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=_PART, delete=False) as stream:
                receiving = Receiving(self, session, name, Path(stream.name), stream.file)
                try:
                    yield receiving
                finally:
                    receiving.path.unlink(missing_ok=True)  # renamed away if it was finished

    def clear(self, session: str) -> None:
        """Forget everything that ``session`` has staged."""
        with self._guard:
            if found := self._sessions.pop(session, None):
                shutil.rmtree(found.folder, ignore_errors=True)

    def clear_leftovers(self) -> None:
        """Remove what pages that have ended left behind."""
        import fcntl

        for run in self._incoming.iterdir() if self._incoming.is_dir() else ():
            with (run / _LOCK).open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                shutil.rmtree(run, ignore_errors=True)

    def close(self) -> None:
        """Forget everything."""
        for session in tuple(self._sessions):
            self.clear(session)
        if self._lock:
            self._lock.close()
            self._lock = None
        if self._run:
            shutil.rmtree(self._run, ignore_errors=True)
            self._run = None

    def take(self, session: str, name: str, part: Path) -> Taken:
        """Read a file that has been received whole, and keep it; of a zip, each transcript in it."""
        given = shown_name(name)
        if not part.stat().st_size:
            return Taken(refused=(RefusedError("empty", name=given),))
        if _suffix(name) == ".zip":
            return self._take_members(session, given, part)
        return self._take_one(session, given, self._placed(session, name, part))

    def _take_members(self, session: str, given: str, part: Path) -> Taken:
        folder, free = self._folder(session), FILES_LIMIT - len(self.files(session))
        with tempfile.TemporaryDirectory(dir=folder, prefix=".") as unpacked, _clear_errors():
            archive = part.rename(part.with_suffix(".zip"))
            try:
                room = BYTES_LIMIT - self._bytes()
                members = self._reader.unpack(archive, given, Path(unpacked), most_files=free, most_bytes=room)
            except RefusedError as error:
                return Taken(refused=(error,))
            finally:
                archive.unlink(missing_ok=True)
            found = []
            for member in members:
                if refused := member.get("refused"):
                    found.append(Taken(refused=(RefusedError(refused["code"], **refused["values"]),)))
                    continue
                path = self._placed(session, member["name"], Path(member["path"]))
                found.append(self._take_one(session, shown_name(member["name"]), path))
        return Taken(
            tuple(name for one in found for name in one.names), tuple(why for one in found for why in one.refused)
        )

    def _take_one(self, session: str, given: str, path: Path) -> Taken:
        try:
            made = self._reader.read(path, given)
        except RefusedError as error:
            path.unlink(missing_ok=True)
            return Taken(refused=(error,))
        with self._guard:
            kept = self._sessions.get(session)
            if kept is None:  # cleared while the file was read
                path.unlink(missing_ok=True)
                return Taken()
            twin = next((one.name for one in kept.staged if one.understood.sha256 == made.sha256), "")
            kept.staged.append(Staged(next(self._numbers), given, path, made, twin))
        return Taken(names=(given,))

    def _admit(self, session: str, name: str) -> None:
        given = shown_name(name)
        if _suffix(name) not in KINDS:
            raise RefusedError("kind", name=given, kinds=", ".join(KINDS))
        if len(self.files(session)) >= FILES_LIMIT:
            raise RefusedError("files", name=given, n=FILES_LIMIT)
        if self._bytes() >= BYTES_LIMIT:
            raise RefusedError("bytes", name=given, n=BYTES_LIMIT // 2**20)

    def _bytes(self) -> int:
        # unlike a glob, a walk bears that a folder goes while it is under way
        return sum(_size(Path(place) / name) for place, _, names in os.walk(self._incoming) for name in names)

    def _placed(self, session: str, name: str, part: Path) -> Path:
        """Where ``part`` lies under a safe name that no other file of its session has."""
        folder = self._folder(session)
        with self._guard, _clear_errors():
            return part.rename(folder / safe_name(name, [path.name for path in folder.iterdir()]))

    def _folder(self, session: str) -> Path:
        """The folder of a session, made when it first gives something. Raises ``RefusedError``."""
        if not _SESSION.fullmatch(session):
            raise RefusedError("session")
        with self._guard, _clear_errors():
            found = self._sessions.pop(session, None) or _Session(self._running() / session)
            self._sessions[session] = found  # the last to be let go
            if len(self._sessions) > _SESSIONS:
                shutil.rmtree(self._sessions.pop(next(iter(self._sessions))).folder, ignore_errors=True)
            found.folder.mkdir(exist_ok=True)
        return found.folder

    def _running(self) -> Path:
        """The folder of this run, made and locked when first needed."""
        import fcntl

        if self._run is None:
            with _clear_errors():
                self._incoming.mkdir(parents=True, exist_ok=True)
                self._run = Path(tempfile.mkdtemp(dir=self._incoming))
                self._lock = (self._run / _LOCK).open("a")
                fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self._run


class Receiving:
    """One file that is coming in."""

    def __init__(self, stage: Stage, session: str, name: str, path: Path, stream: IO[bytes]) -> None:
        self._stage, self._session, self._name = stage, session, name
        self._stream, self._size = stream, 0
        self.path = path

    def write(self, piece: bytes) -> None:
        """Take the next piece. Raises ``RefusedError`` as soon as the file is too large or the disk full."""
        self._size += len(piece)
        if self._size > FILE_LIMIT:
            raise RefusedError("large", status=413, name=shown_name(self._name), n=FILE_LIMIT // 2**20)
        with _clear_errors():
            self._stream.write(piece)

    def finish(self) -> Taken:
        """Read what has come in. Raises ``RefusedError``."""
        with _clear_errors():
            self._stream.flush()
        return self._stage.take(self._session, self._name, self.path)


def _suffix(name: str) -> str:
    return Path(safe_name(name)).suffix


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # gone since it was listed
        return 0


def chosen(files: Sequence[Staged], numbers: Sequence[int]) -> tuple[Staged, ...]:
    """Those of ``files`` that ``numbers`` name."""
    wanted = set(numbers)
    return tuple(one for one in files if one.number in wanted)


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Say in one sentence what the disk refused."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise RefusedError("disk", status=507) from error
        raise RefusedError("folder", status=500, reason=error.strerror or str(error)) from error
