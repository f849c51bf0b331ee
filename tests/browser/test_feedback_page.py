"""Saying what an answer is worth, in a real browser and by keyboard: stored, changed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asking import ask, focused
from playwright.sync_api import expect
from test_accessibility import SCREENS, violations

from qa.feedback import FEEDBACK_FILE, read_feedback, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Visit
    from playwright.sync_api import Locator, Page

    from qa.feedback import Opinion

SANCTIONS = "What did Stoltenberg say about economic sanctions against Russia?"
STARTED = "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/parts.js'))"


def _answered(visit: Visit, site: str, **screen: Any) -> Page:
    page = visit(site, **screen)
    page.wait_for_function(STARTED)
    ask(page, SANCTIONS)
    _buttons(page).wait_for()
    return page


def _buttons(page: Page) -> Locator:
    return page.get_by_role("group", name="What is this answer worth?")


def _press(page: Page, name: str) -> None:
    _buttons(page).get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def _stored(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Opinion]:
    """What the served index keeps."""
    (file,) = {file.resolve() for file in tmp_path_factory.getbasetemp().glob(f"index*/{FEEDBACK_FILE}")}
    return standing(read_feedback(file).opinions)


def test_an_opinion_is_stored_changed_and_taken_back(
    visit: Visit, site: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = _answered(visit, site)
    _press(page, "Helpful")
    expect(page.get_by_text("Thank you – stored.")).to_be_visible()
    assert focused(page) == "Helpful"
    expect(_buttons(page).get_by_role("button", name="Helpful")).to_have_attribute("aria-pressed", "true")
    assert (_stored(tmp_path_factory)[-1].label, _stored(tmp_path_factory)[-1].question) == ("helpful", SANCTIONS)

    _press(page, "Wrong speaker")
    comment = page.get_by_role("textbox", name="What is wrong? (optional)")
    comment.wait_for()
    assert focused(page) == "Wrong speaker"
    quote = page.get_by_role("combobox", name="Which quote?")
    quote.select_option(index=1)
    comment.focus()
    page.keyboard.type("It was <b>Mikser</b>.")
    page.keyboard.press("Tab")
    assert focused(page) == "Send"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent === 'Wrong speaker'")
    expect(comment).to_have_value("It was <b>Mikser</b>.")
    told = _stored(tmp_path_factory)[-1]
    assert (told.label, told.comment) == ("wrong speaker", "It was <b>Mikser</b>.")
    assert told.quote == quote.input_value()

    before = len(_stored(tmp_path_factory))
    _press(page, "Wrong speaker")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(comment).to_be_hidden()
    assert len(_stored(tmp_path_factory)) == before - 1


@pytest.mark.parametrize("screen", SCREENS)
def test_the_buttons_and_the_form_break_no_rule(visit: Visit, site: str, screen: dict[str, Any]) -> None:
    page = _answered(visit, site, **screen)
    assert violations(page) == []
    _press(page, "Misses the point")
    page.get_by_role("textbox", name="What is wrong? (optional)").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
