"""WCAG 2.2 AA and best practice, by axe-core: every state of the page, in light, in dark and on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asking import ask, follow, question
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from conftest import Visit
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = [
    pytest.param({}, id="light"),
    pytest.param({"scheme": "dark"}, id="dark"),
    pytest.param({"width": 390, "height": 844}, id="390 px"),
    pytest.param({"width": 390, "height": 844, "scheme": "dark"}, id="390 px, dark"),
]


def violations(page: Page) -> list[str]:
    """Each broken rule with the first element that breaks it, once nothing moves or fades any more."""
    page.wait_for_function("document.getAnimations().every(moving => moving.playState !== 'running')")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]


def test_axe_sees_what_is_wrong(visit: Visit, site: str) -> None:
    """The tests below mean something: a page that breaks rules is found out."""
    page = visit(site)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><h5>x</h5>')")
    assert [found.split(":")[0] for found in violations(page)] == ["heading-order", "image-alt"]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_state_of_the_page_breaks_a_rule(visit: Visit, site: str, screen: dict[str, Any]) -> None:
    page = visit(site, **screen)
    page.locator(".starter:visible").first.wait_for()
    assert violations(page) == []

    answer = ask(page, "What did Stoltenberg tell Sky News about cyber attacks?")
    follow(page, answer.get_by_role("link", name="[1]"))
    assert violations(page) == []

    page.get_by_role("searchbox", name="Search in this transcript").fill("NATO")
    page.locator("summary", has_text="History").click()
    page.locator(".history-list li").first.wait_for()
    assert violations(page) == []

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Misses the point").click()
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Speakers").click()
    page.get_by_role("option", name="Jens Stoltenberg", exact=True).wait_for()
    assert violations(page) == []

    page.get_by_role("option", name="Jens Stoltenberg", exact=True).click()
    page.keyboard.press("Escape")
    refusal = ask(page, "Who won the football world cup in Brazil?")
    refusal.locator("summary").click()
    assert violations(page) == []


def test_nothing_is_broken_while_an_answer_streams(visit: Visit, site: str) -> None:
    page = visit(site)
    question(page).fill("What was said about cyber attacks?")
    question(page).press("Enter")
    page.get_by_role("button", name="Stop").wait_for()
    assert violations(page) == []


def test_a_line_of_time_breaks_no_rule(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, "How did NATO's position on Russia change between 2014 and 2018?")
    page.get_by_role("tab", name="Timeline").click()
    page.locator("#timeline svg a").first.wait_for()
    assert violations(page) == []


def test_the_page_in_french_breaks_no_rule(visit: Visit, site: str) -> None:
    page = visit(f"{site}/fr/")
    question(page).fill("What was said about cyber attacks?")
    question(page).press("Enter")
    page.get_by_text("Ce qui a été consulté").wait_for()
    assert violations(page) == []
