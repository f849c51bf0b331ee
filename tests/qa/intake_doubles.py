"""Reading and building in this process, for the tests of adding: the same code as in the page's own processes."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.build import build_index
from index.settings import IndexSettings
from qa.intake.batches import moved_roots
from qa.intake.processes import RefusedError
from qa.intake.understood import Understood
from qa.intake.worker import answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.encode import Encoder
    from index.plan import Progress
    from qa.intake.staging import Stage, Taken

SESSION = "0123456789abcdef" * 2


class Reading:
    """Reads files at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: Path, name: str) -> Understood:
        return Understood.from_json(self._asked({"do": "read", "path": str(path), "name": name})["understood"])

    def unpack(self, path: Path, name: str, into: Path, *, most_files: int, most_bytes: int) -> list[dict[str, Any]]:
        request = {"do": "unpack", "path": str(path), "name": name, "into": str(into)}
        members: list[dict[str, Any]] = self._asked({**request, "files": most_files, "bytes": most_bytes})["members"]
        return members

    def close(self) -> None:
        """Nothing runs."""

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        reply = answer({**request, "index": str(self._folder)})
        if "refused" in reply:
            raise RefusedError(reply["refused"]["code"], **reply["refused"]["values"])
        return reply


class Building:
    """Builds with ``encoder``, and waits for ``go`` before it does; ``begun`` is set once it waits.

    ``fault`` is raised in the place of building.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.begun, self.go = threading.Event(), threading.Event()
        self.go.set()
        self.fault: Exception | None = None
        self.encoded: list[int] = []

    def __call__(self, folder: Path, added: Path, progress: Progress) -> Mapping[str, Any]:
        self.begun.set()
        assert self.go.wait(60)
        if self.fault:
            raise self.fault
        held = [path for path in added.rglob("*") if path.is_file()]
        summary = build_index(
            [added] if held else [],
            folder=folder,
            settings=IndexSettings.from_environment(),
            encoder=self._encoder,
            progress=progress,
            emptied=[added, *moved_roots(folder, added)],
        )
        self.encoded.append(summary.encoded)
        return asdict(summary)


def give(stage: Stage, name: str, data: bytes, *, session: str = SESSION) -> Taken:
    """Give ``data`` as the file ``name``, in pieces."""
    with stage.receiving(session, name) as receiving:
        for at in range(0, len(data), 65_536):
            receiving.write(data[at : at + 65_536])
        return receiving.finish()
