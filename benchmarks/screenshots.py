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
            yield server.stdout.readline().split()[-1]
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
    """Every picture that the documentation shows."""
    with opened(browser, address, size=DESK) as page:
        page.screenshot(path=folder / "start.png")
        answer = asking.ask(page, QUESTION)
        asking.follow(page, answer.get_by_role("link", name="[1]"))
        page.screenshot(path=folder / "answer.png")
        page.get_by_role("tab", name="Quotes").click()
        page.get_by_role("button", name="Filters").click()
        page.get_by_label("To", exact=True).fill("2014-12-31")
        page.get_by_role("button", name="Filters (1 set)").wait_for()
        page.screenshot(path=folder / "quotes.png")
    with opened(browser, address, size=DESK) as page:
        asking.ask(page, "Who won the football world cup in Brazil?").locator("summary").focus()
        page.screenshot(path=folder / "refusal.png")
    with opened(browser, address, size=DESK, scheme="dark") as page:
        answer = asking.ask(page, QUESTION)
        asking.follow(page, answer.get_by_role("link", name="[1]"))
        page.screenshot(path=folder / "answer-dark.png")
    with opened(browser, address, size=TELEPHONE) as page:
        answer = asking.ask(page, QUESTION)
        page.screenshot(path=folder / "telephone-answer.png")
        asking.follow(page, answer.get_by_role("link", name="[1]"))
        page.screenshot(path=folder / "telephone-transcript.png")


def main(folder: Path) -> None:
    """Take all pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=list(chromium.ARGUMENTS))
        take(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
