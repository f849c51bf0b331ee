"""What a person does on the page, in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


# Milliseconds between an answer's last piece and the next question. Gradio closes its stream of events just after an
# answer, and a question that arrives in that moment is left waiting; nobody types so fast.
SETTLED = 150


def question(page: Page) -> Locator:
    """The field for the question."""
    return page.get_by_role("textbox", name="Question")


def answers(page: Page) -> Locator:
    """The answers in the conversation, in order."""
    return page.get_by_role("group", name="Answer", exact=True)


def ask(page: Page, words: str) -> Locator:
    """Type a question, press Enter, wait until its answer is whole, and give the answer."""
    before = answers(page).count()
    question(page).fill(words)
    question(page).press("Enter")
    return whole_answer(page, before)


def whole_answer(page: Page, before: int) -> Locator:
    """The answer after the first ``before``, once it is whole."""
    answer = answers(page).nth(before)
    answer.get_by_text("What was searched").wait_for()
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.wait_for_timeout(SETTLED)
    return answer


def follow(page: Page, link: Locator) -> str:
    """Follow a link to a place and give the text that is marked there."""
    link.click()
    return marked(page)


def marked(page: Page) -> str:
    """The marked text, character by character, once it has the focus."""
    page.locator("mark:focus").wait_for()
    return str(page.locator("mark").evaluate("mark => mark.textContent"))


def focused(page: Page) -> str:
    """What has the focus, by its text."""
    return str(page.evaluate("document.activeElement.textContent"))
