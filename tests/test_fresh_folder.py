"""A newcomer's first minutes: a bare copy of the project, the README's commands, an answer, the page."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_PATIENCE = 600  # seconds for an installation from a slow package index


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a clone has it: tracked files only, no environment, no index."""
    folder = tmp_path_factory.mktemp("clone") / "ontherecord"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _readme_commands(text: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, port: int, log: Path) -> Iterator[None]:
    """``command`` with what it starts, until the page answers on ``port`` and the block is done."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONTHERECORD", "VIRTUAL_ENV", "MAKE"))}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, f"PORT={port}"], cwd=folder, env=kept, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _wait_for_page(process, port, log)
            yield
        finally:
            with suppress(ProcessLookupError):  # it ended by itself: the wait above has said why
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _wait_for_page(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                assert page.status == 200
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no page after {_PATIENCE} s:\n{log.read_text()}")


def test_the_readme_names_the_two_commands_first() -> None:
    assert _readme_commands((ROOT / "README.md").read_text(encoding="utf-8"))[:2] == ["make run", "make test"]


def test_make_run_on_a_bare_copy_answers_and_starts_again_without_indexing(bare: Path, tmp_path: Path) -> None:
    command = _readme_commands((bare / "README.md").read_text(encoding="utf-8"))[0].split()
    port, first, second = _free_port(), tmp_path / "first.log", tmp_path / "second.log"
    with _running(command, bare, port, first):
        assert f"http://127.0.0.1:{port}" in first.read_text()
        asked = subprocess.run(
            [
                ".venv/bin/ontherecord",
                "ask",
                "What are economic sanctions part of, according to Mikser?",
                "--index",
                ".ontherecord/index",
            ],
            cwd=bare,
            check=True,
            capture_output=True,
            text=True,
        )
        assert "“Economic sanctions are an integral part of that pressure.”" in asked.stdout
    generations = sorted((bare / ".ontherecord" / "index").rglob("*"))
    stamps = {path: path.stat().st_mtime_ns for path in generations if path.suffix in (".npy", ".faiss", ".json")}
    with _running(command, bare, port, second):
        pass
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}
    assert sorted((bare / ".ontherecord" / "index").rglob("*")) == generations
