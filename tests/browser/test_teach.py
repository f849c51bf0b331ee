"""The teach part with the real model: from a topic to a pack in a file, by keyboard alone, in every light."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from asking import ask, focused, marked
from playwright.sync_api import expect
from test_accessibility import SCREENS, violations

if TYPE_CHECKING:
    from conftest import Visit
    from playwright.sync_api import Locator, Page

SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
STARTED = "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/ask.js'))"


def _source(place: str) -> str:
    """The characters of the sample file that an address names."""
    found = re.fullmatch(r"(?:#cite-)?([^~]+)~(\d+)-(\d+)", place)
    assert found
    text = (SAMPLES / f"{found[1]}.txt").read_bytes().decode("utf-8")
    return text[int(found[2]) : int(found[3])]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _press_until(page: Page, key: str, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached")


def _open(visit: Visit, site: str, **screen: Any) -> Page:
    page = visit(site, **screen)
    page.wait_for_function(STARTED)
    tab = page.get_by_role("tab", name="Teach")
    tab.focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Topic").focus()
    return page


def _table(page: Page, topic: str) -> Locator:
    """Type a topic, press Enter and wait until every cell is there."""
    page.get_by_role("textbox", name="Topic").fill(topic)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("The table is complete")
    return page.get_by_role("table", name=f"Positions on “{topic}”")


def test_the_whole_way_to_class_by_keyboard(visit: Visit, site: str, tmp_path: Path) -> None:
    page = _open(visit, site)
    table = _table(page, "sanctions on Russia")
    expect(page.get_by_role("heading", name="Positions on “sanctions on Russia”")).to_be_focused()
    expect(table.get_by_role("columnheader")).to_have_text(["Jens Stoltenberg", "Sven Mikser"])
    rows = table.get_by_role("row")
    expect(rows.nth(2).get_by_role("cell").nth(1)).to_contain_text("Did not speak in this period.")
    for card in table.locator(".teach-card").all():
        place = str(card.get_attribute("data-place"))
        assert card.locator("blockquote").evaluate("one => one.textContent") == f"“{_source(place)}”"

    keep = table.get_by_role("button", name="Keep for class")
    places = [str(keep.nth(n).get_attribute("data-place")) for n in (0, 1)]
    for n in (0, 1):
        _press_until(page, "Tab", keep.nth(n))
        page.keyboard.press("Space")
        expect(keep.nth(n)).to_have_attribute("aria-pressed", "true")
    kept = page.locator("ol.teach-kept > li")
    expect(kept).to_have_count(2)

    note = page.get_by_role("textbox", name="Note on quote 1")
    _press_until(page, "Tab", note)
    page.keyboard.type("What would a consequence be?")
    down = page.get_by_role("button", name="Down: quote 1")
    _press_until(page, "Tab", down)
    page.keyboard.press("Enter")
    expect(kept.first).to_have_attribute("data-place", places[1])
    expect(page.get_by_role("button", name="Down: quote 2")).to_be_focused()
    expect(page.get_by_role("textbox", name="Note on quote 2")).to_have_value("What would a consequence be?")

    _present(page, [places[1], places[0]])
    _quiz(page)
    _files(page, tmp_path, [_source(place) for place in places])


def _present(page: Page, places: list[str]) -> None:
    start = page.get_by_role("button", name="Present", exact=True)
    _press_until(page, "Tab", start)
    page.keyboard.press("Enter")
    slide = page.locator(".teach-slide:visible")
    expect(slide.locator("blockquote")).to_have_text(f"“{_plain(_source(places[0]))}”")
    assert slide.locator("blockquote").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 28
    expect(slide.get_by_text("The question, asked by")).to_be_visible()
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_disabled()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#teach-count")).to_have_text("Quote 2 of 2")
    expect(slide.locator("blockquote")).to_have_text(f"“{_plain(_source(places[1]))}”")
    show_note = page.get_by_role("button", name="Note", exact=True)
    _press_until(page, "Shift+Tab", show_note)
    page.keyboard.press("Enter")
    expect(slide.get_by_text("What would a consequence be?")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator("#teach-count")).to_have_text("Quote 1 of 2")
    page.keyboard.press("End")
    expect(page.locator("#teach-count")).to_have_text("Quote 2 of 2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(start).to_be_focused()


def _quiz(page: Page) -> None:
    _press_until(page, "Tab", page.get_by_role("button", name="Make a quiz"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Quiz on your quotes")).to_be_focused()
    questions = page.locator(".teach-quiz fieldset")
    expect(questions).to_have_count(2)
    right = str(questions.first.get_attribute("data-answer"))
    page.keyboard.press("Tab")
    expect(questions.first.get_by_role("radio").first).to_be_focused()
    for _ in range(int(right)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(questions.first.get_by_role("radio").nth(int(right))).to_be_checked()
    answers = page.get_by_role("button", name="Show answers")
    _press_until(page, "Tab", answers)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2 right.")).to_be_visible()
    expect(questions.first.get_by_text("Right.")).to_be_visible()
    expect(questions.nth(1).get_by_text("Not answered.")).to_be_visible()


def _files(page: Page, folder: Path, quotes: list[str]) -> None:
    from docx import Document

    for name, key, file in (("Word", "Shift+Tab", "pack.docx"), ("Markdown", "Tab", "pack.md")):
        _press_until(page, key, page.get_by_role("button", name=name, exact=True))
        with page.expect_download() as coming:
            page.keyboard.press("Enter")
        coming.value.save_as(folder / file)
    word = " ".join(paragraph.text for paragraph in Document(str(folder / "pack.docx")).paragraphs)
    markdown = re.sub(r"\\([^\w\s])", r"\1", (folder / "pack.md").read_text(encoding="utf-8")).replace("\n>", " ")
    for quote in quotes:
        assert _plain(quote) in _plain(word)
        assert _plain(quote) in _plain(markdown)
    assert "What would a consequence be?" in word
    assert "What would a consequence be?" in markdown


def test_the_points_of_the_line_open_the_transcript(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    _table(page, "sanctions on Russia")
    point = page.locator(".timeline-point").first
    point.focus()
    page.keyboard.press("Enter")
    assert marked(page) == _source(str(point.get_attribute("href")))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('timeline-point')")


def test_any_two_quotes_are_compared(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    _table(page, "Russia")
    moved = page.get_by_role("region", name="The two quotes compared")
    moved.scroll_into_view_if_needed()
    expect(moved.get_by_role("heading")).to_have_text(["2014", "2018"])
    deleted = moved.locator(".teach-diff del").first
    expect(deleted).to_contain_text("Only in 2014: ")
    page.get_by_label("First quote").select_option(index=2)
    expect(moved.get_by_role("heading").first).to_contain_text("Mikser")
    page.get_by_role("group", name="Jens Stoltenberg").get_by_role("button", name="2014 → 2018").press("Enter")
    expect(moved.get_by_role("heading")).to_have_text(["2014", "2018"])


def test_quotes_are_kept_over_a_visit_and_clearing_is_undone(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    table = _table(page, "sanctions on Russia")
    table.get_by_role("button", name="Keep for class").first.click()
    page.get_by_role("textbox", name="Note on quote 1").fill("Mine")
    page.get_by_role("textbox", name="Title").fill("Sanctions")
    stored = page.evaluate("localStorage.getItem('on-the-record.pack')")
    assert "Sanctions" in stored
    assert "welcome" not in stored  # no words of the record
    page.reload()
    page.get_by_role("tab", name="Teach").click()
    expect(page.get_by_role("textbox", name="Note on quote 1")).to_have_value("Mine")
    page.get_by_role("button", name="Clear the pack").press("Enter")
    expect(page.locator("ol.teach-kept > li")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Note on quote 1")).to_have_value("Mine")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Sanctions")
    page.get_by_role("button", name="Remove: quote 1").press("Enter")
    expect(page.locator("ol.teach-kept > li")).to_have_count(0)


def test_a_shared_computer_forgets(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.evaluate("window.onTheRecord.remember = false")
    _table(page, "sanctions on Russia").get_by_role("button", name="Keep for class").first.click()
    expect(page.locator("ol.teach-kept > li")).to_have_count(1)
    assert page.evaluate("localStorage.getItem('on-the-record.pack')") is None
    assert "place" in page.evaluate("sessionStorage.getItem('on-the-record.pack')")


def test_a_quote_whose_words_changed_is_said_to_have(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.evaluate(
        """localStorage.setItem('on-the-record.pack', JSON.stringify(
            {cards: [{place: '2018-10-04-press-conference~300-340', digest: '00000000', note: '<b>x'}]}))"""
    )
    page.reload()
    page.get_by_role("tab", name="Teach").click()
    expect(page.get_by_text("The words of this quote are no longer at their place in the record.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note on quote 1")).to_have_value("<b>x")


def test_cards_are_dragged_into_order(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    keep = _table(page, "sanctions on Russia").get_by_role("button", name="Keep for class")
    keep.nth(0).click()
    keep.nth(1).click()
    kept = page.locator("ol.teach-kept > li")
    expect(kept).to_have_count(2)
    second = kept.nth(1).get_attribute("data-place")
    kept.nth(1).locator(".teach-grip").drag_to(kept.nth(0))
    expect(kept.nth(0)).to_have_attribute("data-place", str(second))


@pytest.mark.parametrize("screen", SCREENS)
def test_no_state_of_the_teach_part_breaks_a_rule(visit: Visit, site: str, screen: dict[str, Any]) -> None:
    page = _open(visit, site, **screen)
    page.get_by_text("Speakers and period").click()
    page.get_by_role("checkbox", name="Sven Mikser").wait_for()
    assert violations(page) == []
    table = _table(page, "Russia")
    for button in table.get_by_role("button", name="Keep for class").all():
        button.click()
    page.get_by_role("button", name="Make a quiz").click()
    page.get_by_role("button", name="Show answers").click()
    page.locator("#teach-drift").scroll_into_view_if_needed()
    page.locator(".teach-diff").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("textbox", name="Note on quote 1").fill("A note")
    page.get_by_role("button", name="Present", exact=True).click()
    page.get_by_role("button", name="Note", exact=True).click()
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Remove: quote 1").click()
    assert violations(page) == []


def test_a_topic_that_nobody_spoke_of_is_said_to_be_so(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.get_by_text("Speakers and period").click()
    page.get_by_label("From", exact=True).last.fill("2030-01-01")
    page.get_by_role("textbox", name="Topic").fill("football")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The record holds no official’s words on this")).to_be_visible()


def test_a_quote_of_an_answer_is_kept_too(visit: Visit, site: str) -> None:
    page = visit(site)
    page.wait_for_function(STARTED)
    ask(page, "What did Stoltenberg say about economic sanctions against Russia?")
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_role("button", name="Keep for class").first.press("Enter")
    expect(page.get_by_role("button", name="Keep for class").first).to_have_attribute("aria-pressed", "true")
    assert focused(page) == "Keep for class"
    page.get_by_role("tab", name="Teach").click()
    expect(page.locator("ol.teach-kept > li")).to_have_count(1)
