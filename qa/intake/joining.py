"""Joins batches to the record and takes them out, one at a time and in the background, so that asking goes on."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from index.errors import CorpusError
from index.store import building
from qa.intake.batches import Batch, Batches, only_one
from qa.intake.processes import FileReader, RefusedError, build_beside
from qa.intake.staging import Stage, Staged, chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.plan import Progress
    from qa.intake.staging import Reads

Kind = Literal["join", "undo", "again"]
State = Literal["running", "done", "failed"]
SWAPPING = "swapping"  # the last stage: the page opens what was built


class Build(Protocol):
    """Builds the index in a folder from what was added; gives the summary as ``asdict`` of ``BuildSummary``."""

    def __call__(self, folder: Path, added: Path, progress: Progress, /) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is being done, or was done last. ``files`` counts those of its batch; the document ids are of the record.

    ``linked`` are documents that record the same event as another, each with the one that answers for both.
    """

    kind: Kind
    files: int
    state: State = "running"
    stage: str = "starting"
    done: int = 0
    total: int = 0
    added: tuple[str, ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    transcripts: int = 0
    fault: str = ""


class Intake:
    """Everything that adding transcripts to the index in ``folder`` takes.

    ``swap`` makes the page answer from what was just built; ``build`` and ``reader`` run in processes of their own.
    """

    def __init__(
        self,
        folder: Path,
        swap: Callable[[], object],
        *,
        build: Build = build_beside,
        reader: Reads | None = None,
    ) -> None:
        self._folder = folder.resolve()
        self._swap, self._build = swap, build
        self.batches = Batches(self._folder)
        self._reader = reader or FileReader(self._folder)
        self.stage = Stage(self._folder, self._reader)
        self._guard = threading.Lock()
        self._job: Job | None = None
        self._thread: threading.Thread | None = None

    @property
    def job(self) -> Job | None:
        """What is being done or was done last; ``None`` before the first."""
        return self._job

    def start(self) -> None:
        """Clear what earlier runs left behind, unless another page or a build is at work on this index."""
        try:
            self.stage.clear_leftovers()
            with only_one(self._folder), building(self._folder):
                self.batches.settle()
        except (CorpusError, OSError):
            return  # whoever is at work leaves them in order, and a folder that cannot be written is asked all the same

    def join(self, session: str, numbers: Sequence[int]) -> Job:
        """Begin to add the chosen files of ``session``. Raises ``RefusedError`` and ``CorpusError``."""
        files = chosen(self.stage.files(session), numbers)
        if not files:
            raise RefusedError("nothing")
        return self._begin("join", len(files), lambda: self._join(session, files))

    def undo(self, name: str) -> Job:
        """Begin to take a batch out of the record again. Raises ``RefusedError`` and ``CorpusError``."""
        batch = self._batch(name, joined=True)
        if lost := self.batches.lost_with(name):
            raise RefusedError("lost", status=409, name=Path(lost[0]).name)
        return self._begin("undo", len(batch.files), lambda: self._undo(name))

    def again(self, name: str) -> Job:
        """Begin to add a batch that was taken out. Raises ``RefusedError`` and ``CorpusError``."""
        batch = self._batch(name, joined=False)
        return self._begin("again", len(batch.files), lambda: self._again(name))

    def close(self) -> None:
        """Let go of what is staged, and end the process that reads; a build under way ends with this one."""
        self.stage.close()
        self._reader.close()

    def wait(self, seconds: float | None = None) -> None:
        """Until nothing is under way."""
        if self._thread:
            self._thread.join(seconds)

    def _batch(self, name: str, *, joined: bool) -> Batch:
        found = next((batch for batch in self.batches.listed() if (batch.name, batch.joined) == (name, joined)), None)
        if found is None:
            raise RefusedError("batch", status=409)
        return found

    def _begin(self, kind: Kind, files: int, work: Callable[[], Mapping[str, Any]]) -> Job:
        with self._guard:
            if self._job and self._job.state == "running":
                raise RefusedError("busy", status=409)
            self._job = Job(kind, files)
            self._thread = threading.Thread(target=self._run, args=(work,), name="joining", daemon=True)
            self._thread.start()
            return self._job

    def _run(self, work: Callable[[], Mapping[str, Any]]) -> None:
        try:
            with only_one(self._folder):
                summary = work()
                self._note(stage=SWAPPING, done=0, total=0)
                self._swap()
        except CorpusError as error:
            self._note(state="failed", fault=str(error))
        except RefusedError as error:
            self._note(state="failed", fault=error.code)
        except Exception:  # nobody waits for this thread: what nobody foresaw is said in the log, and on the page
            traceback.print_exc()
            self._note(state="failed")
        else:
            self._note(
                state="done",
                added=tuple(summary["added"]),
                linked=tuple((other, kept) for other, kept in summary["linked"]),
                transcripts=summary["transcripts"],
            )

    def _join(self, session: str, files: Sequence[Staged]) -> Mapping[str, Any]:
        name = self.batches.new([file.path for file in files])
        self.stage.clear(session)
        return self._rebuilt(lambda: self.batches.set_aside(name))

    def _undo(self, name: str) -> Mapping[str, Any]:
        self.batches.set_aside(name)
        return self._rebuilt(lambda: self.batches.bring_back(name))

    def _again(self, name: str) -> Mapping[str, Any]:
        self.batches.bring_back(name)
        return self._rebuilt(lambda: self.batches.set_aside(name))

    def _rebuilt(self, back: Callable[[], None]) -> Mapping[str, Any]:
        """What building made of the folders as they are now; where it fails, they go back to what the index holds."""
        try:
            return self._build(self._folder, self.batches.added, self._progress)
        except BaseException:
            back()
            raise

    def _progress(self, stage: str, done: int, total: int) -> None:
        self._note(stage=stage, done=done, total=total)

    def _note(self, **changes: Any) -> None:
        assert self._job
        self._job = replace(self._job, **changes)
