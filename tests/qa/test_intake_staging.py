"""Files on their way: bounded while they come in, read at once, each refused by itself, gone when they should be."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from intake_doubles import SESSION, Reading, give
from record_builder import SAMPLES, TALLINN

from qa.intake import staging
from qa.intake.processes import FileReader, RefusedError
from qa.intake.staging import FILE_LIMIT, Stage, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = (SAMPLES / f"{TALLINN}.txt").read_bytes()
OTHER = "f" * 32


@pytest.fixture
def stage(tmp_path: Path, sample_index_folder: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, Reading(sample_index_folder))
    yield made
    made.close()
    assert not list(tmp_path.rglob("*.txt"))


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def new_sample(word: bytes = b"quantum") -> bytes:
    return SAMPLE.replace(b"Defence", word).replace(b"20 Nov. 2014", b"3 Mar. 2015")


def test_a_file_is_read_and_kept(stage: Stage, tmp_path: Path) -> None:
    assert give(stage, "../talks/Tallinn.txt", new_sample()).names == ("Tallinn.txt",)
    (one,) = stage.files(SESSION)
    assert (one.name, one.path.name, one.path.read_bytes()) == ("Tallinn.txt", "Tallinn.txt", new_sample())
    assert one.path.is_relative_to(tmp_path / ".incoming")
    assert (one.understood.date, one.understood.same, one.twin) == ("2015-03-03", "", "")
    assert files_in(tmp_path) == ["Tallinn.txt"]


def test_what_the_record_holds_is_said(stage: Stage) -> None:
    give(stage, "again.txt", SAMPLE)
    give(stage, "longer.txt", SAMPLE + b"\n\nQ:  One more question, please?\n\nSven Mikser:  No, thank you.\n")
    again, longer = stage.files(SESSION)
    assert (again.understood.same, again.understood.same_file) == (TALLINN, True)
    assert (longer.understood.same, longer.understood.same_file) == (TALLINN, False)


def test_the_same_file_given_twice_is_said(stage: Stage) -> None:
    give(stage, "one.txt", new_sample())
    give(stage, "one.txt", new_sample())
    assert [(one.path.name, one.twin) for one in stage.files(SESSION)] == [("one.txt", ""), ("one-2.txt", "one.txt")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "no_text"),
        ("noise.txt", bytes(range(256)) * 50, "binary"),
        ("picture.txt", b"\x89PNG\r\n" + b"x" * 500, "binary"),
        ("no.pdf", b"plain words", "disguised"),
        ("broken.pdf", b"%PDF-1.7\nnothing", "pdf"),
        ("broken.docx", b"PK\x03\x04nothing", "word"),
        ("hidden.txt", "\u200b".encode() * 500_000, "invisible"),
        ("lines.txt", b"a\n" * 500_000, "long"),
        ("tags.html", b"<html>" + b"<b>" * 1_100_000, "long"),
        ("no.zip", b"no zip", "zip"),
    ],
)
def test_what_cannot_be_used_is_refused(stage: Stage, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    taken = give(stage, name, data)
    assert [(error.code, error.values["name"]) for error in taken.refused] == [(code, name)]
    assert str(tmp_path) not in str([error.values for error in taken.refused])
    assert (taken.names, stage.files(SESSION), files_in(tmp_path)) == ((), (), [])


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_zip_gives_each_of_its_transcripts(stage: Stage, tmp_path: Path) -> None:
    members = {
        "talks/one.txt": new_sample(b"lasers"),
        "/root/two.txt": new_sample(b"radars"),
        "../../up.txt": new_sample(b"ships"),
        "empty.txt": b"",
        "README.md": b"x",
        ".hidden.txt": b"x",
        "bomb.txt": b"0" * 30_000_000,
    }
    taken = give(stage, "talks.zip", packed(**members))
    assert taken.names == ("two.txt", "one.txt")
    assert [(error.code, error.values["name"]) for error in taken.refused] == [
        *(("long", "talks.zip: bomb.txt"), ("no_text", "empty.txt")),
    ]
    assert files_in(tmp_path) == ["one.txt", "two.txt"]
    assert not (tmp_path.parent / "up.txt").exists()


def test_a_zip_without_transcripts_says_so(stage: Stage) -> None:
    taken = give(stage, "pictures.zip", packed(**{"a.png": b"x"}))
    assert [(error.code, error.values["name"]) for error in taken.refused] == [("no_transcript", "pictures.zip")]


def test_more_transcripts_in_a_zip_than_may_wait_are_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "FILES_LIMIT", 2)
    taken = give(stage, "many.zip", packed(**{f"{n}.txt": b"words" for n in range(3)}))
    assert [error.code for error in taken.refused] == ["long"]


def test_a_file_is_cut_off_as_soon_as_it_is_too_large(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="large"):
        give(stage, "huge.txt", b"x" * (FILE_LIMIT + 1))
    assert files_in(tmp_path) == []


def test_what_stops_midway_is_forgotten(stage: Stage, tmp_path: Path) -> None:
    with stage.receiving(SESSION, "half.txt") as receiving:
        receiving.write(b"half")
        assert files_in(tmp_path)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("name", ["run.exe", "talk", "talk.txt.exe", ".txt\u202e.png", "x.TXT/"])
def test_other_kinds_of_files_are_not_taken(stage: Stage, name: str) -> None:
    with pytest.raises(RefusedError, match="kind"), stage.receiving(SESSION, name):
        pass


@pytest.mark.parametrize("session", ["", "x", "../../../etc", "A" * 32, "0" * 33])
def test_a_session_is_a_number(stage: Stage, session: str) -> None:
    with pytest.raises(RefusedError, match="session"), stage.receiving(session, "a.txt"):
        pass


def test_so_many_files_wait_and_no_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "FILES_LIMIT", 1)
    give(stage, "one.txt", new_sample())
    with pytest.raises(RefusedError, match="files"), stage.receiving(SESSION, "two.txt"):
        pass
    give(stage, "two.txt", new_sample(), session=OTHER)


def test_so_many_bytes_wait_for_all_together(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BYTES_LIMIT", 1000)
    give(stage, "one.txt", new_sample())
    with pytest.raises(RefusedError, match="bytes"), stage.receiving(OTHER, "two.txt"):
        pass


def test_sessions_are_apart_and_cleared_each_for_itself(stage: Stage, tmp_path: Path) -> None:
    give(stage, "one.txt", new_sample())
    give(stage, "one.txt", new_sample(b"radars"), session=OTHER)
    stage.clear(SESSION)
    assert stage.files(SESSION) == ()
    assert [one.twin for one in stage.files(OTHER)] == [""]
    assert files_in(tmp_path) == ["one.txt"]


def test_a_number_names_a_file_for_good(stage: Stage) -> None:
    """A preview that is out of date never chooses another file than the one it shows."""
    give(stage, "one.txt", new_sample())
    before = [one.number for one in stage.files(SESSION)]
    stage.clear(SESSION)
    give(stage, "two.txt", new_sample(b"radars"))
    assert chosen(stage.files(SESSION), before) == ()


def test_the_visitor_who_gave_least_lately_is_let_go(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_SESSIONS", 2)
    third = "a" * 32
    for session in (SESSION, OTHER):
        give(stage, "one.txt", new_sample(), session=session)
    give(stage, "two.txt", new_sample(), session=SESSION)
    give(stage, "one.txt", new_sample(), session=third)
    assert [len(stage.files(session)) for session in (SESSION, OTHER, third)] == [2, 0, 1]


def test_a_full_disk_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(RefusedError, match="disk") as raised:
        give(stage, "one.txt", new_sample())
    assert raised.value.status == 507


def test_what_a_run_that_ended_left_behind_is_cleared(tmp_path: Path, stage: Stage) -> None:
    give(stage, "mine.txt", new_sample())
    left = tmp_path / ".incoming" / "left" / OTHER
    left.mkdir(parents=True)
    (left / "old.txt").write_text("words")
    Stage(tmp_path, Reading(tmp_path)).clear_leftovers()
    assert files_in(tmp_path) == ["mine.txt"]  # that run still goes on


def test_a_process_of_its_own_reads_the_same(tmp_path: Path, sample_index_folder: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(new_sample())
    reader = FileReader(sample_index_folder)
    try:
        assert reader.read(path, "talk.txt") == Reading(sample_index_folder).read(path, "talk.txt")
        path.write_bytes(bytes(range(256)) * 50)
        with pytest.raises(RefusedError, match="binary"):
            reader.read(path, "talk.txt")
    finally:
        reader.close()


def test_a_file_that_takes_too_long_costs_only_the_reading_process(tmp_path: Path, sample_index_folder: Path) -> None:
    slow, quick = tmp_path / "slow.txt", tmp_path / "quick.txt"
    slow.write_bytes(new_sample() * 400)
    quick.write_bytes(new_sample())
    reader = FileReader(sample_index_folder, patience=1.0)
    try:
        with pytest.raises(RefusedError, match="heavy"):
            reader.read(slow, "slow.txt")
        reader._patience = 30.0
        assert reader.read(quick, "quick.txt").turns > 10
    finally:
        reader.close()
