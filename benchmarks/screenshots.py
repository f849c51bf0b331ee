"""Takes the screenshots of the documentation: the page on the sample transcripts, in light, in dark and on a telephone.

usage: python benchmarks/screenshots.py [FOLDER]          (default: docs/screenshots)

The pictures are of the product as it is: an index is built with the real model, served by the command line and asked.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
import asking  # noqa: E402 (how the tests use the page)
import chromium  # noqa: E402 (how the tests find a browser)

DESK, TELEPHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
SAMPLE = "2018-10-04-press-conference.txt"
MISQUOTE = "Russia must stop its reckless pattern of behaviour."
QUESTION = "What did Stoltenberg say about cyber attacks in 2014?"


@contextmanager
def served() -> Iterator[str]:
    """The address of the page on the sample transcripts."""
    ontherecord = [sys.executable, "-m", "qa.cli"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*ontherecord, "index", "data/transcripts", "--index", folder], cwd=ROOT, check=True)
        command = [*ontherecord, "serve", "--index", folder, "--port", "0"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            try:
                yield server.stdout.readline().split()[-1]
            finally:
                server.terminate()


@contextmanager
def opened(browser: Browser, address: str, *, size: dict[str, int], scheme: str = "light") -> Iterator[Page]:
    """The page at ``address``, its starters shown."""
    page = browser.new_page(
        viewport=size, color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page.goto(address)
    page.locator(".starter:visible").first.wait_for()
    yield page
    page.close()


def take(browser: Browser, address: str, folder: Path) -> None:
    """Every picture that the documentation shows: each tab in light, in dark and on a telephone."""
    for look, size, scheme in LOOKS:
        for name, prepare in TABS.items():
            with opened(browser, address, size=size, scheme=scheme) as page:
                prepare(page)
                page.wait_for_timeout(400)
                page.screenshot(path=folder / f"{name}{look}.png")
    with opened(browser, f"{address}/fr/", size=DESK) as page:
        page.screenshot(path=folder / "start-french.png")


def _start(page: Page) -> None:
    page.locator(".starter:visible").first.wait_for()


def _answer(page: Page) -> None:
    answer = asking.ask(page, QUESTION)
    asking.follow(page, answer.get_by_role("link", name="[1]"))


def _quotes(page: Page) -> None:
    asking.ask(page, QUESTION)
    page.get_by_role("tab", name="Quotes").click()
    page.locator("#quotes .quotes").wait_for()
    page.locator("#quotes").scroll_into_view_if_needed()


def _timeline(page: Page) -> None:
    asking.ask(page, "How did NATO's position on Russia change between 2014 and 2018?")
    page.get_by_role("tab", name="Timeline").click()
    page.locator("#timeline figure").scroll_into_view_if_needed()


def _refusal(page: Page) -> None:
    asking.ask(page, "Who won the football world cup in Brazil?")


def _browse(page: Page) -> None:
    page.get_by_role("tab", name="Browse").click()
    page.get_by_role("button", name="Ask within").first.wait_for()


def _teach(page: Page) -> None:
    page.get_by_role("tab", name="Teach").click()
    page.get_by_label("Topic").fill("sanctions against Russia")
    page.get_by_role("button", name="Show positions").click()
    page.locator("#view-teach blockquote").first.wait_for()
    page.wait_for_timeout(2_000)  # the other cells come one by one


def _check(page: Page) -> None:
    page.get_by_role("tab", name="Check").click()
    page.locator("#view-check textarea").fill(MISQUOTE)
    page.locator("#view-check form button").first.click()
    page.locator("#view-check ins, #view-check del").first.wait_for()


def _add(page: Page) -> None:
    page.get_by_role("tab", name="Add transcripts").click()
    page.locator("#view-add input[type=file]").first.set_input_files(ROOT / "data" / "transcripts" / SAMPLE)
    page.locator("#view-add .add-file").first.wait_for()


LOOKS = (("", DESK, "light"), ("-dark", DESK, "dark"), ("-telephone", TELEPHONE, "light"))
TABS = {
    "start": _start,
    "answer": _answer,
    "quotes": _quotes,
    "timeline": _timeline,
    "refusal": _refusal,
    "browse": _browse,
    "teach": _teach,
    "check": _check,
    "add": _add,
}


def main(folder: Path) -> None:
    """Take all pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=list(chromium.ARGUMENTS))
        take(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
