"""Starts the processes of ``qa/intake/worker.py`` and speaks with them."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import CorpusError
from qa.intake.understood import Understood

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.plan import Progress

_PATIENCE = 60.0  # seconds for one file; the longest parliamentary sitting takes some ten
_HOME = Path(__file__).parents[2]


class RefusedError(Exception):
    """A file or a request is not taken; ``code`` names why in the catalogue, with ``values`` for its places."""

    def __init__(self, code: str, *, status: int = 400, **values: object) -> None:
        super().__init__(code)
        self.code, self.status, self.values = code, status, values


class BuildError(CorpusError):
    """The index could not be built anew; it is what it was."""


class FileReader:
    """Reads one file after another in a process of its own, which is started when needed and ends when idle."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        self._folder, self._patience = folder, patience
        self._process: subprocess.Popen[str] | None = None
        self._one = threading.Lock()

    def read(self, path: Path, name: str) -> Understood:
        """How the file at ``path`` is understood. Raises ``RefusedError``."""
        return Understood.from_json(self._ask({"do": "read", "path": str(path), "name": name})["understood"])

    def unpack(self, path: Path, name: str, into: Path, *, most_files: int, most_bytes: int) -> list[dict[str, Any]]:
        """The transcripts of a zip, written into ``into``: ``name`` with ``path`` or ``refused``.

        Raises ``RefusedError``.
        """
        request = {"do": "unpack", "path": str(path), "name": name, "into": str(into)}
        found: list[dict[str, Any]] = self._ask({**request, "files": most_files, "bytes": most_bytes})["members"]
        return found

    def close(self) -> None:
        """End the process."""
        with self._one:
            self._end()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._one:
            reply = self._exchange({**request, "index": str(self._folder)})
        if reply is None:
            raise RefusedError("heavy", name=request["name"])
        if "refused" in reply:
            raise RefusedError(reply["refused"]["code"], **reply["refused"]["values"])
        return reply

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The reply; ``None`` where the process took too long or died of the file."""
        for _ in range(2):  # it may have gone home for want of work just as the request came
            process = self._running()
            assert process.stdin
            assert process.stdout
            try:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
            except OSError:
                self._end()
                continue
            line = process.stdout.readline() if select.select([process.stdout], [], [], self._patience)[0] else ""
            if line:
                reply: dict[str, Any] = json.loads(line)
                return reply
            was_idle = process.poll() == 0
            self._end()
            if not was_idle:
                return None
        return None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _start("read")
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            _stop(self._process)
            self._process = None


def build_beside(folder: Path, added: Path, progress: Progress) -> Mapping[str, Any]:
    """Build the index in ``folder`` anew in a process of its own, and return its summary. Raises ``BuildError``."""
    process = _start("build", str(folder), str(added))
    try:
        for told in _told(process):
            if "stage" in told:
                progress(told["stage"], told["done"], told["total"])
            elif "error" in told:
                raise BuildError(told["error"], remedy=told["remedy"])
            else:
                summary: Mapping[str, Any] = told["summary"]
                return summary
    finally:
        _stop(process)
    raise BuildError("the build stopped before its end", remedy="Try again; the reason is in the server's log")


def _told(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout
    for line in process.stdout:
        yield json.loads(line)


def _start(*arguments: str) -> subprocess.Popen[str]:
    """A worker whose stdin stays open for as long as this process lives; Ctrl-C is for the page, which ends it."""
    path = os.pathsep.join(filter(None, [str(_HOME), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "qa.intake.worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def _stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:  # what was left to write has nobody to read it
                continue
