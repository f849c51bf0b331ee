"""The check part in a real browser with the real model, by keyboard: every verdict, its links and its copies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from asking import focused
from playwright.sync_api import expect
from test_accessibility import SCREENS, violations

if TYPE_CHECKING:
    from conftest import Visit
    from playwright.sync_api import Locator, Page

SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
STARTED = "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/check.js'))"
QUOTE = "We call on Russia to address our serious concerns."


def _open(visit: Visit, site: str, **screen: Any) -> Page:
    page = visit(site, **screen)
    page.wait_for_function(STARTED)
    page.get_by_role("tab", name="Check").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Words to check").wait_for()
    return page


def _check(page: Page, words: str) -> Locator:
    """Type ``words``, press the button by keyboard, and give the verdict once its heading has the focus."""
    page.get_by_role("textbox", name="Words to check").fill(words)
    page.keyboard.press("Tab")
    assert focused(page) == "Check"
    page.keyboard.press("Enter")
    page.locator("#check-result:not([aria-busy]) h3:focus").wait_for()
    return page.locator("#check-result")


def _sentences(kind: str) -> str:
    """A sentence of a turn of that kind, as the sample's own parse has it."""
    from index.parse import parse_file
    from index.sentences import sentence_spans

    for file in sorted(SAMPLES.glob("*.txt")):
        transcript = parse_file(file)
        for turn in transcript.turns:
            for start, end in sentence_spans(transcript.text, turn.start, turn.end):
                if turn.kind == kind and len(transcript.text[start:end].split()) > 9:
                    return transcript.text[start:end]
    raise AssertionError(f"nobody of kind {kind} speaks")


def test_a_verified_quote_opens_in_its_transcript_and_is_copied_with_its_citation(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, f"“{QUOTE}”")
    assert focused(page) == "✓ Verified, word for word"
    expect(result.get_by_text("Jens Stoltenberg, NATO Secretary General")).to_be_visible()
    expect(result.get_by_text("October 4, 2018 · Press conference")).to_be_visible()
    result.get_by_role("link", name="In its transcript").focus()
    page.keyboard.press("Enter")
    page.locator(".reader mark:focus").wait_for()
    assert page.locator(".reader mark").text_content() == QUOTE
    page.keyboard.press("Escape")
    assert focused(page) == "In its transcript"
    page.keyboard.press("Tab")
    assert focused(page) == "Copy the verified quote with its citation"
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied")
    copied = str(page.evaluate("window.copied"))
    assert QUOTE in copied
    assert "Stoltenberg" in copied


def test_a_part_of_a_sentence_is_marked_in_it(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, "We call on Russia")
    assert result.locator("mark").all_inner_texts() == ["We call on Russia"]
    expect(result.get_by_text("Cut from a longer sentence")).to_be_visible()
    expect(result.get_by_role("button", name="Copy the whole sentence with its citation")).to_be_visible()


def test_a_near_miss_shows_whose_words_are_whose(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, QUOTE.replace("Russia", "China"))
    assert focused(page) == "≠ Near miss: not word for word"
    expect(result.get_by_text("One word differs: “China” instead of “Russia”.")).to_be_visible()
    assert result.get_by_role("deletion").inner_text() == "yours China"
    assert result.get_by_role("insertion").inner_text() == "record Russia"
    assert "Verified" not in result.inner_text()


def test_what_is_nowhere_says_what_was_searched(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, "Purple cows sing in the rain all night.")
    assert focused(page) == "∅ Not found"
    expect(result.get_by_text("Searched: 2 transcripts, from 20 November 2014 to 4 October 2018.")).to_be_visible()


def test_a_stitched_quote_is_not_one_quote(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, f"{QUOTE} … {_sentences('principal')}")
    assert focused(page) == "≠ Not one quote"
    assert result.locator(".check-lines .check-status").all_inner_texts() == ["✓\nVerified", "✓\nVerified"]


def test_a_journalists_words_are_called_so(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    result = _check(page, _sentences("journalist"))
    expect(result.get_by_text("A journalist’s words, not a position")).to_be_visible()
    expect(result.get_by_text("Nobody states this as a position of their own")).to_be_visible()


def test_nothing_and_too_much_are_told_and_nothing_is_kept_in_the_address(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    field = page.get_by_role("textbox", name="Words to check")
    field.fill("x " * 2_501)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(re.compile("longer than 5,000 characters"))
    expect(page.locator("#check-status")).to_be_empty()
    assert field.input_value() == "x " * 2_501
    assert "?" not in page.url
    # the browser itself notes a refused request; it is no fault of the page
    visit.faults[:] = [fault for fault in visit.faults if "400 (Bad Request)" not in fault]


def test_a_check_that_takes_long_says_so(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.route("**/parts/check*", lambda _route: None)
    page.get_by_role("textbox", name="Words to check").fill(QUOTE)
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.locator("#check-status")).to_have_text("Looking through every transcript…")
    assert page.locator("#check-result").get_attribute("aria-busy") == "true"


def test_the_part_speaks_french(visit: Visit, site: str) -> None:
    page = visit(site)
    page.goto(f"{site}/fr/")
    page.get_by_role("tab", name="Vérifier").click()
    page.get_by_role("textbox", name="Texte à vérifier").fill(QUOTE)
    page.get_by_role("button", name="Vérifier", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Vérifié, mot pour mot")).to_be_focused()
    expect(page.locator("#check-result time")).to_have_text("4 octobre 2018")


@pytest.mark.parametrize("screen", SCREENS)
def test_no_verdict_breaks_a_rule(visit: Visit, site: str, screen: dict[str, Any]) -> None:
    page = _open(visit, site, **screen)
    assert violations(page) == []
    texts = [
        QUOTE,
        "We call on Russia",
        QUOTE.replace("Russia", "China"),
        "Purple cows sing in the rain all night.",
        f"{QUOTE} … {_sentences('principal')}",
        f"{_sentences('journalist')} Purple cows sing. {QUOTE.replace('Russia', 'China')}",
        "x" * 3_000,
    ]
    for words in texts:
        result = _check(page, words)
        for details in result.locator("details").all():
            details.locator("summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
