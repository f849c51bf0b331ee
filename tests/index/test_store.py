"""The store: whole at every moment, one builder at a time, and clear about what is wrong."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from doubles import HashEncoder, press_point

from index.build import build_index
from index.errors import IndexBrokenError, StoreError
from index.search import open_index
from index.settings import IndexSettings
from index.store import Manifest, building, check_files, current_generation, read_manifest

SETTINGS = IndexSettings()
OLD, NEW = "The old answer.", "The new answer."


class Crash(BaseException):
    """The power goes: nothing that comes after runs, not even what mends."""


def build_answer(place: Path, answer: str) -> None:
    source = place.parent / "talk.txt"
    source.write_text(press_point(answer=answer))
    build_index([source], folder=place, settings=SETTINGS, encoder=HashEncoder())


def whole_answer(place: Path) -> str:
    """The answer that the index holds, once every digest, passage and vector in it is proved."""
    generation = current_generation(place)
    check_files(place, generation, read_manifest(place, generation), digests=True)
    index = open_index(place, SETTINGS, encoder=HashEncoder())
    vectors = np.load(generation / "vectors.npy")
    wanted = HashEncoder().encode([passage.embedding_text for passage in index.passages]).astype(np.float16)
    assert np.array_equal(vectors, wanted)
    text = index.transcripts["talk"].text
    assert {hit.passage.doc_id for hit in index.search("answer")} == {"talk"}
    return OLD if OLD in text else NEW if NEW in text else ""


STEPS: list[tuple[Any, str]] = [(os, "fsync"), (Path, "rename"), (Path, "replace"), (Path, "chmod"), (np, "save")]


def crashing(steps: list[tuple[Any, str]], at: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let the ``at``-th call of any of ``steps`` crash; yields how many calls there were."""
    calls = 0

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Crash
            return real(*args, **options)

        return step

    for owner, name in steps:
        monkeypatch.setattr(owner, name, wrap(getattr(owner, name)))
    yield calls
    monkeypatch.undo()
    yield calls


def test_a_crash_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    outcomes = []
    for at in range(1, 200):
        watch = crashing(STEPS, at, monkeypatch)
        next(watch)
        monkeypatch.setattr(shutil, "rmtree", lambda *_args, **_options: None)  # a dead process tidies nothing
        try:
            build_answer(place, NEW)
        except Crash:
            next(watch)
        else:
            steps = next(watch)
            break
        outcomes.append(whole_answer(place))
        build_answer(place, OLD)
        assert whole_answer(place) == OLD
    assert whole_answer(place) == NEW
    assert len(outcomes) == steps  # every step of a build was crashed once
    assert outcomes == sorted(outcomes, reverse=True)  # old, old, … and from the pointer's swap on, new
    assert set(outcomes) == {OLD, NEW}


def test_leftovers_of_a_crash_are_cleared_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    for at in (1, 12, 17):
        watch = crashing(STEPS, at, monkeypatch)
        next(watch)
        monkeypatch.setattr(shutil, "rmtree", lambda *_args, **_options: None)
        with pytest.raises(Crash):
            build_answer(place, NEW)
        next(watch)
    for answer in (NEW, OLD, NEW):
        build_answer(place, answer)
    assert len(list((place / "generations").iterdir())) == 2  # the newest, and the one before it for late readers
    assert sorted(path.name for path in place.iterdir()) == ["current", "generations", "lock"]


def test_a_full_disk_is_said_and_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)

    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "save", full)
        with pytest.raises(StoreError, match="the disk is full") as caught:
            build_answer(place, NEW)
    assert "untouched" in caught.value.remedy
    assert whole_answer(place) == OLD
    assert not list((place / "generations").glob(".new-*"))


def test_two_builders_do_not_collide(tmp_path: Path) -> None:
    place = tmp_path / "index"
    with building(place), pytest.raises(StoreError, match="another build is running"), building(place):
        pass
    with building(place):
        pass


def test_the_pointer_is_checked(tmp_path: Path) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    (place / "current").write_text("../../etc\n")
    with pytest.raises(IndexBrokenError, match="names no generation"):
        current_generation(place)
    (place / "current").write_text("000099\n")
    with pytest.raises(IndexBrokenError, match=r"manifest\.json is missing"):
        open_index(place, SETTINGS)


def test_an_index_of_another_format_says_so(tmp_path: Path) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    path = current_generation(place) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))
    with pytest.raises(IndexBrokenError, match="format 999"):
        open_index(place, SETTINGS)


def test_the_manifest_survives_json(tmp_path: Path) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    manifest = read_manifest(place, current_generation(place))
    assert Manifest.from_json(json.loads(json.dumps(manifest.to_json()))) == manifest
    assert set(manifest.files) == {path.name for path in current_generation(place).iterdir()} - {"manifest.json"}


def test_nothing_is_pickled(tmp_path: Path) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    for path in current_generation(place).iterdir():
        data = path.read_bytes()
        assert data[:1] != b"\x80"
        if path.suffix == ".npy":
            assert not np.load(path, allow_pickle=False).dtype.hasobject


CHILD = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from test_store import build_answer, NEW, OLD
print("ready", flush=True)
for number in range(1000):
    build_answer(Path({place!r}), (OLD, NEW)[number % 2])
"""


def test_kill_9_at_any_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    place = tmp_path / "index"
    build_answer(place, OLD)
    here = Path(__file__)
    code = CHILD.format(root=str(here.parents[2]), tests=str(here.parent), place=str(place))
    for number in range(3):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(0.02 * (number + 1))
            child.send_signal(signal.SIGKILL)
        assert whole_answer(place) in {OLD, NEW}
    build_answer(place, "The last answer.")
    assert "The last answer." in open_index(place, SETTINGS, encoder=HashEncoder()).transcripts["talk"].text
