"""Measures the page on the sample transcripts in Chromium: its weight, its first paint, and how long a person waits.

usage: python benchmarks/page_speed.py [ROUNDS]           (default: 5)

Prints one JSON object: kilobytes sent for the page (compressed as sent), milliseconds to the first contentful paint,
from Enter to the first quote, and from a click on ``[1]`` to the marked quote; medians of the rounds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from screenshots import DESK, asking, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SENT = (
    "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
    ".reduce((sum, entry) => sum + entry.transferSize, 0)"
)


def measure(browser: Browser, address: str) -> dict[str, float]:
    """One round in a fresh profile."""
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]  # a size in pixels
    page.goto(address)
    page.locator(".starter:visible").first.wait_for()
    round_ = {"page_kb": page.evaluate(SENT) / 1000, "first_paint_ms": page.evaluate(PAINT)}
    asking.question(page).fill("What did Stoltenberg say about cyber attacks in 2014?")
    round_["first_quote_ms"] = _timed(page, "Enter", "#chat blockquote")
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    asking.answers(page).get_by_role("link", name="[1]").focus()
    round_["marked_ms"] = _timed(page, "Enter", "mark:focus")
    page.close()
    return round_


def _timed(page: Page, key: str, selector: str) -> float:
    begun = time.perf_counter()
    page.keyboard.press(key)
    page.locator(selector).first.wait_for()
    return (time.perf_counter() - begun) * 1000


def main(rounds: int) -> None:
    """Measure and print."""
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=list(chromium.ARGUMENTS))
        measure(browser, address)  # the models load
        found = [measure(browser, address) for _ in range(rounds)]
        browser.close()
    print(json.dumps({name: round(statistics.median(one[name] for one in found)) for name in found[0]}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
