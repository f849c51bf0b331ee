"""The record grows while it is asked: joined, taken out and joined again, with the real models on a real index."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from intake_doubles import SESSION, Building, Reading, give
from record_builder import BRUSSELS, SAMPLES, TALLINN

from index.build import build_index
from index.encode import SentenceTransformerEncoder
from index.errors import StoreError
from index.settings import IndexSettings
from index.store import building, current_generation, read_manifest
from index.types import Filters
from qa.intake import batches
from qa.intake.batches import Batches
from qa.intake.following import Follower
from qa.intake.joining import Intake
from qa.intake.processes import BuildError, RefusedError
from qa.reading import reader_from_environment
from qa.web.editions import Editions
from qa.web.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.encode import Encoder
    from qa.types import Answer

BRUSSELS_FILE = SAMPLES / f"{BRUSSELS}.txt"
QUESTION = "What did Stoltenberg say about burden-sharing?"
SAID = "Fairer burden-sharing underpins this."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return SentenceTransformerEncoder(IndexSettings.from_environment().model)


@pytest.fixture(scope="module", autouse=True)
def models(encoder: Encoder) -> Iterator[None]:
    """The models that every page of these tests opens with, loaded once for all of them."""
    reader = reader_from_environment()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.search.SentenceTransformerEncoder", lambda _name: encoder)
        patched.setattr("qa.web.editions.reader_from_environment", lambda: reader)
        patched.setattr("qa.web.record._TRIED", 1)  # starters that are tried: each is a question
        yield


@pytest.fixture(scope="module")
def tallinn_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the first sample alone."""
    folder = tmp_path_factory.mktemp("tallinn")
    build_index([SAMPLES / f"{TALLINN}.txt"], folder=folder, settings=IndexSettings(), encoder=encoder)
    return folder


def words(answer: Answer) -> str:
    return "\n".join(citation.quote.text for citation in answer.citations)


class Page:
    """What a running page holds, without its web server: the record, what follows the index, and what adds to it."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.folder = folder
        editions = Editions(folder)
        self.record = Record(editions.newest())
        self.record.warm_up()
        self.follower = Follower(self.record, folder, editions.newest)
        self.building = Building(encoder)
        self.intake = Intake(folder, self.follower.follow, build=self.building, reader=Reading(folder))

    def ask(self, question: str = QUESTION) -> Answer:
        return self.record.submit(question, history=(), filters=Filters()).result(30)

    def quotes(self, question: str = QUESTION) -> str:
        """The words of the answer's quotes."""
        return words(self.ask(question))

    def join(self, *files: Path) -> None:
        """Give and join ``files``, and wait for it."""
        self.begin(*files)
        self.intake.wait(60)

    def begin(self, *files: Path) -> None:
        for file in files:
            give(self.intake.stage, file.name, file.read_bytes())
        self.intake.join(SESSION, [one.number for one in self.intake.stage.files(SESSION)])

    @property
    def state(self) -> str:
        job = self.intake.job
        assert job
        return f"{job.kind} {job.state}{': ' if job.fault else ''}{job.fault}"

    @property
    def held(self) -> set[str]:
        return set(self.record.transcripts)


@pytest.fixture
def page(tallinn_index: Path, tmp_path: Path, encoder: Encoder) -> Iterator[Page]:
    folder = tmp_path / "index"
    shutil.copytree(tallinn_index, folder)
    page = Page(folder, encoder)
    yield page
    page.building.go.set()
    page.intake.wait(60)
    page.intake.close()


def sources(folder: Path) -> set[str]:
    return {Path(source.path).name for source in read_manifest(folder, current_generation(folder)).sources}


def test_what_is_added_answers_at_once_and_undone_does_not(page: Page) -> None:
    assert SAID not in page.quotes()
    turns = page.ask().searched.turns
    page.join(BRUSSELS_FILE)
    assert page.state == "join done"
    assert page.intake.job
    assert (page.intake.job.added, page.intake.job.transcripts) == ((BRUSSELS,), 2)
    assert SAID in page.quotes()
    assert page.held == {TALLINN, BRUSSELS}
    assert page.ask().searched.turns > turns
    assert page.intake.stage.files(SESSION) == ()

    (batch,) = page.intake.batches.listed()
    assert (batch.files, batch.joined) == ((BRUSSELS_FILE.name,), True)
    page.intake.undo(batch.name)
    page.intake.wait(60)
    assert page.state == "undo done"
    assert SAID not in page.quotes()
    assert page.held == {TALLINN}
    assert [(one.name, one.joined) for one in page.intake.batches.listed()] == [(batch.name, False)]

    page.intake.again(batch.name)
    page.intake.wait(60)
    assert page.state == "again done"
    assert SAID in page.quotes()
    assert page.building.encoded[1] == 0  # what stays is not encoded again
    assert page.building.encoded[0] == page.building.encoded[2] > 0


def test_asking_goes_on_while_the_record_grows(page: Page) -> None:
    page.building.go.clear()
    page.begin(BRUSSELS_FILE)
    assert page.building.begun.wait(10)
    assert SAID not in page.quotes()
    assert page.state == "join running"
    page.building.go.set()
    page.intake.wait(60)
    assert SAID in page.quotes()


def test_a_question_under_way_ends_with_the_edition_it_began_with(page: Page) -> None:
    before, begun, go = page.record.edition, threading.Event(), threading.Event()
    real = before.ask

    def slow(question: str, **limits: object) -> Answer:
        begun.set()
        assert go.wait(30)
        return real(question, **limits)  # type: ignore[arg-type]

    before.ask = slow
    under_way = page.record.submit(QUESTION, history=(), filters=Filters())
    assert begun.wait(10)
    page.join(BRUSSELS_FILE)
    assert page.record.edition is not before
    assert SAID in page.quotes()
    go.set()
    answer = under_way.result(30)
    assert answer.searched.transcripts == 1
    assert SAID not in words(answer)


def test_the_models_are_loaded_once(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a model was loaded again")

    monkeypatch.setattr("index.search.SentenceTransformerEncoder", fail)
    monkeypatch.setattr("qa.reading.unpack", fail)
    page.join(BRUSSELS_FILE)
    assert page.state == "join done"
    assert SAID in page.quotes()


def test_starters_are_answered_by_the_record_as_it_is(page: Page) -> None:
    page.join(BRUSSELS_FILE)
    assert any("2018" in starter for starter in page.record.starters)
    page.intake.undo(page.intake.batches.listed()[0].name)
    page.intake.wait(60)
    assert page.record.starters
    assert not any("2018" in starter for starter in page.record.starters)


def test_one_thing_at_a_time(page: Page) -> None:
    page.building.go.clear()
    page.begin(BRUSSELS_FILE)
    give(page.intake.stage, "other.txt", BRUSSELS_FILE.read_bytes(), session="f" * 32)
    with pytest.raises(RefusedError, match="busy"):
        page.intake.join("f" * 32, [one.number for one in page.intake.stage.files("f" * 32)])
    page.building.go.set()
    page.intake.wait(60)
    assert page.held == {TALLINN, BRUSSELS}


def test_two_pages_on_one_index_wait_for_each_other(page: Page, encoder: Encoder) -> None:
    other = Page(page.folder, encoder)
    page.building.go.clear()
    page.begin(BRUSSELS_FILE)
    assert page.building.begun.wait(10)
    other.join(BRUSSELS_FILE)
    assert other.state == "join failed: another page is adding to this record. Wait until it is done"
    page.building.go.set()
    page.intake.wait(60)
    assert other.follower.follow()
    assert other.held == {TALLINN, BRUSSELS}
    other.intake.close()


def test_nothing_chosen_is_said(page: Page) -> None:
    with pytest.raises(RefusedError, match="nothing"):
        page.intake.join(SESSION, [1])


def test_a_build_from_the_command_line_meanwhile_is_said_and_nothing_is_lost(page: Page) -> None:
    with building(page.folder):
        page.join(BRUSSELS_FILE)
    assert page.state == f"join failed: {page.folder}: another build is running. Wait until it ends"
    assert page.held == {TALLINN}
    (batch,) = page.intake.batches.listed()
    assert not batch.joined
    page.intake.again(batch.name)
    page.intake.wait(60)
    assert page.held == {TALLINN, BRUSSELS}


@pytest.mark.parametrize("fault", [BuildError("the disk is full", remedy="Free some space"), ValueError("unforeseen")])
def test_a_build_that_fails_leaves_everything_as_it_was(
    page: Page, fault: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    page.building.fault = fault
    page.join(BRUSSELS_FILE)
    said = "" if isinstance(fault, ValueError) else ": the disk is full. Free some space"
    assert page.state == f"join failed{said}"
    assert ("unforeseen" in capsys.readouterr().err) is isinstance(fault, ValueError)
    assert page.held == {TALLINN}
    assert sources(page.folder) == {f"{TALLINN}.txt"}
    page.building.fault = None
    page.intake.again(page.intake.batches.listed()[0].name)
    page.intake.wait(60)
    page.building.fault = fault
    page.intake.undo(page.intake.batches.listed()[0].name)
    page.intake.wait(60)
    assert page.state == f"undo failed{said}"
    assert page.held == {TALLINN, BRUSSELS}
    assert [one.joined for one in page.intake.batches.listed()] == [True]


def test_a_full_disk_stops_a_join_before_it_begins(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    give(page.intake.stage, "talk.txt", BRUSSELS_FILE.read_bytes())

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", full)
        page.intake.join(SESSION, [one.number for one in page.intake.stage.files(SESSION)])
        page.intake.wait(60)
    assert page.state == "join failed: the disk is full. Free some space and try again"
    assert page.held == {TALLINN}
    assert len(page.intake.stage.files(SESSION)) == 1  # still there to be joined


def test_the_event_of_a_file_that_is_gone_is_not_lost(page: Page, tmp_path: Path, encoder: Encoder) -> None:
    """The newer text of an event stands for the older; taking it out brings the older back, from its file."""
    own = tmp_path / "own.txt"
    own.write_bytes(BRUSSELS_FILE.read_bytes())
    build_index([own], folder=page.folder, settings=IndexSettings(), encoder=encoder)
    newer = tmp_path / "newer.txt"
    newer.write_bytes(own.read_bytes() + b"\n\nQ:  Thank you?\n\nJens Stoltenberg:  Thank you all for coming here.\n")
    page.follower.follow()
    page.join(newer)
    assert page.held == {TALLINN, "newer"}
    name = page.intake.batches.listed()[0].name
    kept = own.read_bytes()
    own.unlink()
    with pytest.raises(RefusedError, match="lost") as raised:
        page.intake.undo(name)
    assert raised.value.values == {"name": "own.txt"}
    own.write_bytes(kept)
    page.intake.undo(name)
    page.intake.wait(60)
    assert page.held == {TALLINN, "own"}


def test_what_the_command_line_builds_is_taken_up(page: Page, encoder: Encoder) -> None:
    assert not page.follower.follow()
    build_index([BRUSSELS_FILE], folder=page.folder, settings=IndexSettings(), encoder=encoder)
    assert page.held == {TALLINN}
    assert page.follower.follow()
    assert page.held == {TALLINN, BRUSSELS}


def test_the_watch_takes_it_up_by_itself(page: Page, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.intake.following._EVERY", 0.05)
    thread = page.follower.watch_in_background()
    build_index([BRUSSELS_FILE], folder=page.folder, settings=IndexSettings(), encoder=encoder)
    for _ in range(400):
        if page.held == {TALLINN, BRUSSELS}:
            break
        threading.Event().wait(0.05)
    page.follower.stop()
    thread.join(10)
    assert page.held == {TALLINN, BRUSSELS}


def test_an_index_that_cannot_be_opened_leaves_the_record_as_it_is(
    page: Page, encoder: Encoder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.intake.following._EVERY", 0.05)
    build_index([BRUSSELS_FILE], folder=page.folder, settings=IndexSettings(), encoder=encoder)
    (current_generation(page.folder) / "vectors.npy").write_bytes(b"broken")
    with pytest.raises(StoreError):
        page.follower.follow()
    thread = page.follower.watch_in_background()
    threading.Event().wait(0.5)
    page.follower.stop()
    thread.join(10)
    assert capsys.readouterr().err.count("the new index is not used") == 1
    assert page.held == {TALLINN}
    assert page.quotes("What did Mikser say about economic sanctions?")


def test_building_again_from_the_command_line_keeps_what_was_added(page: Page, encoder: Encoder) -> None:
    page.join(BRUSSELS_FILE)
    build_index([SAMPLES / f"{TALLINN}.txt"], folder=page.folder, settings=IndexSettings(), encoder=encoder)
    assert sources(page.folder) == {f"{TALLINN}.txt", f"{BRUSSELS}.txt"}


def _cut_off_before_build(page: Page, name: str) -> None:
    """As if the power went between moving the files and building: they are in ``added``, and not in the index."""
    page.intake.batches.bring_back(name)


def _cut_off_before_undo(page: Page, name: str) -> None:
    page.intake.batches.set_aside(name)


@pytest.mark.parametrize(("joined", "cut_off"), [(False, _cut_off_before_build), (True, _cut_off_before_undo)])
def test_what_was_cut_off_is_put_in_order_at_the_next_start(
    page: Page, encoder: Encoder, joined: bool, cut_off: Callable[[Page, str], None]
) -> None:
    page.join(BRUSSELS_FILE)
    name = page.intake.batches.listed()[0].name
    if not joined:
        page.intake.undo(name)
        page.intake.wait(60)
    cut_off(page, name)
    assert [one.joined for one in page.intake.batches.listed()] == [not joined]
    page.intake.close()
    later = Page(page.folder, encoder)
    later.intake.start()
    assert [one.joined for one in later.intake.batches.listed()] == [joined]
    assert later.held == ({TALLINN, BRUSSELS} if joined else {TALLINN})
    later.intake.close()


def test_nothing_is_put_in_order_while_another_page_works(page: Page, encoder: Encoder) -> None:
    page.building.go.clear()
    page.begin(BRUSSELS_FILE)
    assert page.building.begun.wait(10)
    other = Page(page.folder, encoder)
    other.intake.start()
    page.building.go.set()
    page.intake.wait(60)
    assert page.state == "join done"
    other.intake.close()


def test_an_index_that_cannot_be_written_is_asked_all_the_same(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def read_only(path: Path, mode: str = "r", **rest: str) -> object:
        if mode == "a":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, mode, **rest)  # type: ignore[call-overload]

    give(page.intake.stage, "talk.txt", BRUSSELS_FILE.read_bytes())
    monkeypatch.setattr(Path, "open", read_only)
    page.intake.start()
    page.intake.join(SESSION, [one.number for one in page.intake.stage.files(SESSION)])
    page.intake.wait(60)
    assert page.state == ("join failed: the index folder cannot be written (Permission denied). Check its permissions")
    assert page.held == {TALLINN}


def test_a_copied_index_can_still_be_undone(page: Page, tmp_path: Path, encoder: Encoder) -> None:
    page.join(BRUSSELS_FILE)
    copied = tmp_path / "copied"
    shutil.copytree(page.folder, copied)
    other = Page(copied, encoder)
    other.intake.start()
    (batch,) = other.intake.batches.listed()
    assert batch.joined
    other.intake.undo(batch.name)
    other.intake.wait(60)
    assert other.state == "undo done"
    assert other.held == {TALLINN}
    assert page.held == {TALLINN, BRUSSELS}
    other.intake.close()


def test_batches_of_one_second_are_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_now", lambda: "20261122T130500Z")
    found = Batches(tmp_path)
    for number in range(3):
        file = tmp_path / f"{number}.txt"
        file.write_text("words")
        found.new([file])
    assert [one.name for one in found.listed()] == [f"20261122T130500Z{end}" for end in ("-3", "-2", "")]
    assert [one.files for one in found.listed()] == [("2.txt",), ("1.txt",), ("0.txt",)]


@pytest.mark.parametrize("name", ["../x", "", "20261122T130500Z", ".", "generations"])
def test_only_a_batch_can_be_moved(page: Page, name: str) -> None:
    with pytest.raises(RefusedError, match="batch"):
        page.intake.undo(name)
    assert (page.folder / "generations").is_dir()


def test_the_lock_of_adding_is_let_go(page: Page) -> None:
    page.join(BRUSSELS_FILE)
    with (page.folder / ".adding").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_real_processes_do_the_same(tallinn_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(tallinn_index, folder)
    editions = Editions(folder)
    record = Record(editions.newest())
    record.warm_up()
    stages = []
    intake = Intake(folder, Follower(record, folder, editions.newest).follow)
    intake.start()
    try:
        give(intake.stage, "talk.txt", BRUSSELS_FILE.read_bytes())
        intake.join(SESSION, [one.number for one in intake.stage.files(SESSION)])
        while intake.job and intake.job.state == "running":
            stages.append(intake.job.stage)
            threading.Event().wait(0.01)
        assert intake.job
        assert (intake.job.state, intake.job.fault, intake.job.added) == ("done", "", ("talk",))
        assert list(dict.fromkeys(stages)) == ["starting", "reading", "encoding", "swapping"]
        with building(folder):
            intake.undo(intake.batches.listed()[0].name)
            intake.wait(60)
        assert (intake.job.state, intake.job.fault) == ("failed", "another build is running. Wait until it ends")
        assert set(record.transcripts) == {TALLINN, "talk"}
    finally:
        intake.close()
