"""The browse part in a real browser, by keyboard: from a list to a transcript, and from a link back to a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from asking import focused
from playwright.sync_api import expect
from test_accessibility import SCREENS, violations

if TYPE_CHECKING:
    from conftest import Visit
    from playwright.sync_api import Locator, Page

BRUSSELS, TALLINN = "2018-10-04-press-conference", "2014-11-20-joint-press-point"
STARTED = "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/dates.js'))"


def _open(visit: Visit, site: str, **screen: Any) -> Page:
    page = visit(site, **screen)
    page.wait_for_function(STARTED)
    page.get_by_role("tab", name="Browse").focus()
    page.keyboard.press("Enter")
    expect(_count(page)).to_have_text("2 transcripts")
    return page


def _count(page: Page) -> Locator:
    return page.locator("#browse-count")


def _form(page: Page) -> Locator:
    return page.locator("#browse-form")


def _titles(page: Page) -> list[str]:
    return page.locator("#browse-list").get_by_role("link").all_inner_texts()


def _address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_search_narrows_the_list_says_its_count_and_stands_in_the_address(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    assert _titles(page) == ["Press conference", "Joint press point"]
    page.get_by_role("searchbox", name="Find").focus()
    page.keyboard.type("MIKSER")
    expect(_count(page)).to_have_text("1 transcript of 2")
    assert _count(page).get_attribute("role") == "status"
    assert _titles(page) == ["Joint press point"]
    assert _address(page) == {"view": ["browse"], "find": ["MIKSER"]}
    expect(page.get_by_role("searchbox", name="Find")).to_be_focused()
    page.get_by_role("button", name="Clear").press("Enter")
    expect(_count(page)).to_have_text("2 transcripts")
    assert _address(page) == {"view": ["browse"]}


def test_a_transcript_opens_beside_the_list_and_escape_comes_back(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.locator("#browse-list").get_by_role("link", name="Joint press point").focus()
    page.keyboard.press("Enter")
    reader = page.get_by_role("region", name="Transcript")
    expect(reader.get_by_role("heading", name="Joint press point")).to_be_focused()
    assert _address(page)["cite"] == [TALLINN]
    assert _address(page)["view"] == ["browse"]
    page.keyboard.press("Escape")
    assert focused(page) == "Joint press point"


def test_days_are_written_the_way_of_the_readers_country(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    days = page.locator("#browse-list .browse-facts time")
    assert days.all_inner_texts() == ["October 4, 2018", "November 20, 2014"]
    assert [day.get_attribute("datetime") for day in days.all()] == ["2018-10-04", "2014-11-20"]


def test_groups_orders_and_limits_by_keyboard(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    _form(page).get_by_label("Order").select_option("Oldest first")
    expect(page.locator("#browse-list h3").first).to_have_text("2014")
    page.get_by_role("radio", name="Date").focus()
    page.keyboard.press("ArrowRight")
    expect(_count(page)).to_have_text("8 speakers in 2 transcripts")
    expect(page.get_by_role("radio", name="Speaker")).to_be_focused()
    mikser = page.locator(".browse-voice").filter(has_text="Sven Mikser")
    mikser.locator("summary").press("Enter")
    expect(mikser.get_by_role("link", name="Joint press point")).to_be_visible()
    expect(mikser.locator(".browse-people")).to_have_text("Minister of Defence of Estonia")
    page.get_by_role("radio", name="Speaker").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#browse-list h3").first).to_have_text("Joint press point")
    _form(page).get_by_role("combobox", name="Speaker").select_option("Sven Mikser")
    expect(_count(page)).to_have_text("1 transcript of 2")
    _form(page).get_by_label("From", exact=True).fill("2015-01-01")
    expect(page.get_by_text("No transcript fits.")).to_be_visible()
    assert _address(page) == {
        "view": ["browse"],
        "by": ["event"],
        "order": ["oldest"],
        "who": ["Sven Mikser"],
        "since": ["2015-01-01"],
    }


def test_a_link_to_a_list_restores_it(visit: Visit, site: str) -> None:
    page = visit(site)
    page.goto(f"{site}/?view=browse&find=press&who=Sven+Mikser&until=2016-01-01&by=event&order=oldest&other=kept")
    expect(_count(page)).to_have_text("1 transcript of 2")
    assert _titles(page) == ["Joint press point"]
    expect(page.get_by_role("searchbox", name="Find")).to_have_value("press")
    expect(_form(page).get_by_role("combobox", name="Speaker")).to_have_value("Sven Mikser")
    expect(_form(page).get_by_label("To", exact=True)).to_have_value("2016-01-01")
    expect(page.get_by_role("radio", name="Event")).to_be_checked()
    expect(_form(page).get_by_label("Order")).to_have_value("oldest")
    assert _address(page)["other"] == ["kept"]
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("textbox", name="Question").wait_for()
    page.wait_for_function("!location.search.includes('view=')")
    assert _address(page) == {"other": ["kept"]}


def test_ask_within_names_the_transcript(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    page.evaluate("document.addEventListener('ask:within', ({ detail }) => { window.within = detail; })")
    asked = page.get_by_role("button", name="Ask within Joint press point, November 20, 2014")
    asked.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.within") == {"doc_id": TALLINN, "title": "Joint press point"}


def test_a_period_that_ends_before_it_begins_is_told(visit: Visit, site: str) -> None:
    page = _open(visit, site)
    _form(page).get_by_label("From", exact=True).fill("2018-01-01")
    expect(_count(page)).to_have_text("1 transcript of 2")
    _form(page).get_by_label("To", exact=True).fill("2014-01-01")
    expect(page.get_by_role("alert")).to_contain_text("The period ends before it begins")
    # the browser itself notes a refused request; it is no fault of the page
    visit.faults[:] = [fault for fault in visit.faults if "400 (Bad Request)" not in fault]


def test_the_part_speaks_french(visit: Visit, site: str) -> None:
    page = visit(site)
    page.goto(f"{site}/fr/?view=browse&by=event")
    expect(_count(page)).to_have_text("2 transcriptions")
    assert page.locator("#browse-list h3").all_inner_texts() == ["Conférence de presse", "Point de presse conjoint"]
    expect(page.locator("#browse-list time").first).to_have_text("4 octobre 2018")


@pytest.mark.parametrize("screen", SCREENS)
def test_no_grouping_breaks_a_rule(visit: Visit, site: str, screen: dict[str, Any]) -> None:
    page = _open(visit, site, **screen)
    assert violations(page) == []
    page.get_by_role("radio", name="Speaker").check(force=True)
    expect(_count(page)).to_have_text("8 speakers in 2 transcripts")
    page.locator(".browse-voice summary").first.click()
    page.locator(".browse-voice").get_by_role("link").first.wait_for()
    assert violations(page) == []
    page.get_by_role("radio", name="Event").check(force=True)
    expect(page.locator("#browse-list h3").first).to_have_text("Joint press point")
    assert violations(page) == []
    page.get_by_role("searchbox", name="Find").fill("nowhere")
    expect(_count(page)).to_have_text("No transcript")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert not re.search(r"undefined|null", page.locator("#panel-browse").inner_text())
