"""Adding transcripts in a real browser: given, looked at, joined, asked, taken out; by keyboard, and for everybody."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from asking import ask, follow, question
from playwright.sync_api import expect
from test_accessibility import SCREENS, violations

sys.path.insert(0, str(Path(__file__).parents[1] / "qa"))
from intake_doubles import Reading
from record_builder import BRUSSELS, HOSTILE_WORDS, SAMPLES, TALLINN, record_of, samples

from qa.intake.joining import Intake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conftest import Visit
    from playwright.sync_api import Locator, Page

    from qa.web.record import Record

ROOT = Path(__file__).parents[2]
SAID = "Fairer burden-sharing underpins this."
QUESTION = "What did Stoltenberg say about burden-sharing in October 2018?"


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real page on an index of the first sample alone, which these tests change."""
    index = tmp_path_factory.mktemp("growing")
    ontherecord, quiet = [sys.executable, "-m", "qa.cli"], {**os.environ, "OMP_NUM_THREADS": "2"}
    sample = str(SAMPLES / f"{TALLINN}.txt")
    subprocess.run([*ontherecord, "index", sample, "--index", str(index)], cwd=ROOT, env=quiet, check=True)
    command = [*ontherecord, "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[-1]
        server.terminate()
        server.wait(timeout=20)


def open_tab(page: Page, *, fresh: bool = True) -> None:
    """Open the part, which on a narrow screen lies behind the dots; a ``fresh`` page first focuses its question."""
    if fresh:
        expect(question(page)).to_be_focused()
    tab = page.get_by_role("tab", name="Add transcripts")
    if not tab.is_visible():
        page.get_by_role("button", name="More tabs").first.click()
        tab = page.get_by_role("button", name="Add transcripts")
    tab.click()
    page.get_by_label("Files", exact=True).wait_for()


def give(page: Page, *files: Path) -> None:
    """Choose ``files`` with the keyboard alone."""
    field = page.get_by_label("Files", exact=True)
    with page.expect_file_chooser() as chooser:
        field.press("Enter")
    chooser.value.set_files([str(file) for file in files])


def press(page: Page, button: Locator) -> None:
    """Go to a button and press Enter."""
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press("Enter")


def test_a_transcript_is_added_asked_and_taken_out_by_keyboard(visit: Visit, growing: str, tmp_path: Path) -> None:
    page = visit(growing)
    page.get_by_role("tab", name="Browse").click()
    expect(page.locator("#browse-list").get_by_role("link")).to_have_text(["Joint press point"])
    page.get_by_role("tab", name="Ask").click()
    question(page).focus()
    empty, noise = tmp_path / "empty.txt", tmp_path / "noise.txt"
    empty.write_bytes(b"")
    noise.write_bytes(bytes(range(256)) * 50)
    open_tab(page)
    give(page, SAMPLES / f"{BRUSSELS}.txt", empty, noise, SAMPLES / f"{TALLINN}.txt")

    expect(page.get_by_role("heading", name="Look at what was understood")).to_be_focused()
    expect(page.get_by_text("empty.txt: the file is empty.")).to_be_visible()
    expect(page.get_by_text("noise.txt: this is no text but binary data.")).to_be_visible()
    brussels = page.locator(".add-file", has_text=f"{BRUSSELS}.txt")
    expect(brussels).to_contain_text("October 4, 2018")
    expect(brussels).to_contain_text("Jens Stoltenberg")
    expect(brussels).to_contain_text("Good afternoon.")
    held = page.locator(".add-file", has_text=f"{TALLINN}.txt")
    expect(held).to_contain_text("Already in the record.")
    expect(held.get_by_role("checkbox")).not_to_be_checked()

    box = brussels.get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Add 0 transcripts")).to_be_disabled()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Add 1 transcript to the record"))
    expect(page.get_by_role("heading", name="Adding 1 transcript")).to_be_focused()
    expect(page.get_by_role("heading", name="1 transcript was added")).to_be_focused()
    expect(page.get_by_text("Look at what was understood")).to_have_count(0)
    follow_link = page.locator("#add-job").get_by_role("link", name="Press conference")
    press(page, follow_link)
    page.get_by_role("heading", name="Press conference").wait_for()

    page.get_by_role("tab", name="Browse").click()
    expect(page.locator("#browse-list").get_by_role("link")).to_have_text(["Press conference", "Joint press point"])
    later = visit(growing)
    expect(later.locator(".contents").get_by_text("2 transcripts.")).to_be_visible()
    expect(question(later)).to_be_focused()

    page.get_by_role("tab", name="Ask").click()
    answer = ask(page, QUESTION)
    assert SAID in follow(page, answer.get_by_role("link", name="[1]"))

    open_tab(page, fresh=False)
    press(page, page.get_by_role("button", name="Undo: take out"))
    expect(page.get_by_role("heading", name="1 transcript was taken out")).to_be_visible()
    page.get_by_role("tab", name="Ask").click()
    expect(ask(page, QUESTION)).not_to_contain_text(SAID)

    open_tab(page, fresh=False)
    press(page, page.get_by_role("button", name="Add again: what was given"))
    expect(page.get_by_role("heading", name="1 transcript was added again")).to_be_visible()
    expect(page.get_by_role("button", name="Undo: take out")).to_be_visible()


def test_what_was_given_is_there_after_a_reload_until_it_is_cleared(visit: Visit, growing: str) -> None:
    page = visit(growing)
    open_tab(page)
    give(page, SAMPLES / f"{TALLINN}.txt")
    page.get_by_role("heading", name="Look at what was understood").wait_for()
    page.reload()
    question(page).wait_for()
    open_tab(page)
    press(page, page.get_by_role("button", name="Start over"))
    expect(page.get_by_role("heading", name="Look at what was understood")).to_have_count(0)


def test_files_and_folders_are_dropped(visit: Visit, growing: str) -> None:
    page = visit(growing)
    open_tab(page)
    dropped = page.evaluate_handle(
        """text => {
            const given = new DataTransfer();
            given.items.add(new File([text], "dropped.txt"));
            given.items.add(new File(["x"], "picture.png"));
            return given;
        }""",
        (SAMPLES / f"{TALLINN}.txt").read_text(encoding="utf-8") + "\n\nQ:  More?\n",
    )
    page.locator(".add-drop").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("picture.png: this kind of file is not read.")).to_be_visible()
    expect(page.locator(".add-file")).to_contain_text("dropped.txt")
    press(page, page.get_by_role("button", name="Start over"))


def test_a_file_that_is_too_large_is_not_even_sent(visit: Visit, growing: str, tmp_path: Path) -> None:
    page = visit(growing)
    open_tab(page)
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"x" * (21 * 2**20))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    give(page, huge)
    expect(page.get_by_text("huge.txt: larger than 20 MB. Save it without pictures")).to_be_visible()
    assert not [url for url in sent if "/parts/add/file" in url]


class _Gate:
    """A build that ends when it may, and says that it did what was asked."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, _folder: Path, _added: Path, progress: Callable[[str, int, int], None]) -> Mapping[str, Any]:
        progress("reading", 3, 7)
        assert self.go.wait(60)
        return {"added": [BRUSSELS], "linked": [], "transcripts": 2}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_state_breaks_a_rule(
    visit: Visit,
    serve: Callable[[Record], str],
    tmp_path: Path,
    sample_index_folder: Path,
    screen: dict[str, Any],
) -> None:
    record, gate = record_of(Mock()), _Gate()
    record.ready.set()
    record.intake = Intake(tmp_path / "index", lambda: None, build=gate, reader=Reading(sample_index_folder))
    (tmp_path / "index").mkdir()
    hostile = tmp_path / "a ${1} {{x}} <b>.txt"
    hostile.write_text(f"{HOSTILE_WORDS}\n\n• 4 Oct. 2018 -\n\nAnn Lee (Minister): {HOSTILE_WORDS} {'w' * 2_000}\n")
    page = visit(serve(record), **screen)
    try:
        open_tab(page)
        assert violations(page) == []
        give(page, SAMPLES / f"{BRUSSELS}.txt", hostile)
        page.get_by_role("heading", name="Look at what was understood").wait_for()
        page.locator(".add-file summary", has_text="Who speaks").first.click()
        page.wait_for_function("document.querySelector('#said').textContent === ''")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
        assert page.evaluate("window.hurt") is None

        page.locator(".add-main").click()
        expect(page.get_by_text("3 of 7")).to_be_visible()
        assert violations(page) == []
        gate.go.set()
        page.get_by_role("heading", name="were added").or_(page.get_by_role("heading", name="was added")).wait_for()
        expect(page.get_by_role("button", name="Undo: take out")).to_be_visible()
        page.wait_for_function("document.querySelector('#said').textContent === ''")
        assert violations(page) == []
    finally:
        gate.go.set()
        record.intake.wait(30)
        record.intake.close()


def test_where_adding_is_off_the_tab_says_how(visit: Visit, serve: Callable[[Record], str]) -> None:
    page = visit(serve(record_of(Mock(), samples())))
    page.get_by_role("tab", name="Add transcripts").click()
    expect(page.get_by_text("ontherecord serve --allow-adding")).to_be_visible()
    assert violations(page) == []
