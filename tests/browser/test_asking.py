"""What can be done with an answer: copy, link, edit, ask again, look back; with the real model, by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asking import answers, ask, follow, marked, question, whole_answer
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visit
    from playwright.sync_api import Page

SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
SANCTIONS = "What did Stoltenberg say about economic sanctions against Russia?"
WELCOME = (
    "I'll just state that I very much welcome the economic sanctions that are imposed by all NATO Allies and also by "
    "all the nations against Russia; because as the Defence Minister just said, Russia has violated international law."
)


@pytest.fixture
def page(visit: Visit, site: str) -> Page:
    """A page whose clipboard can be read."""
    page = visit(site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copied(page: Page) -> str:
    """The clipboard, once something was said to be copied."""
    page.get_by_role("status").get_by_text("opied").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def press(page: Page, name: str) -> None:
    """Press the button of that name by keyboard."""
    page.get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def test_a_quote_is_copied_with_its_citation_from_the_chat(page: Page) -> None:
    answer = ask(page, SANCTIONS)
    answer.get_by_role("link", name="Copy").first.focus()
    page.keyboard.press("Enter")
    assert copied(page).startswith(f"“{WELCOME}” — Jens Stoltenberg, NATO Secretary General, ")
    assert "20 November 2014" in copied(page)


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("Markdown", f"> “{WELCOME}”\n>\n> — **Jens Stoltenberg**, NATO Secretary General."),
        ("APA", "Stoltenberg, J. (2014, November 20)."),
        ("BibTeX", "@"),
        ("RIS", "TY  - "),
    ],
)
def test_quotes_are_copied_in_the_style_that_was_chosen(page: Page, style: str, begins: str) -> None:
    ask(page, SANCTIONS)
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_label("Copy as").select_option(style)
    press(page, "Copy with citation")
    assert copied(page).startswith(begins)


def test_csl_json_is_json(page: Page) -> None:
    ask(page, SANCTIONS)
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_label("Copy as").select_option("CSL-JSON")
    press(page, "Copy with citation")
    (item,) = json.loads(copied(page))
    assert item["author"] == [{"family": "Stoltenberg", "given": "Jens"}]
    assert item["issued"] == {"date-parts": [[2014, 11, 20]]}


def test_a_link_to_a_question_asks_it_with_its_filters(page: Page, visit: Visit) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("To", exact=True).fill("2014-12-31")
    expect(page.get_by_role("button", name="Filters (1 set)")).to_be_visible()
    first = ask(page, "What was said about Russia?").locator("blockquote").first.inner_text()
    press(page, "Copy link")
    link = copied(page)
    assert re.search(r"\?q=What\+was\+said\+about\+Russia%3F&to=2014-12-31&record=[0-9a-f]{12}$", link)
    other = visit(link)
    answer = whole_answer(other, 0)
    assert answer.locator("blockquote").first.inner_text() == first
    expect(answer.get_by_text("Searched only: up to 31 December 2014.")).to_be_visible()
    assert "q=" not in other.url  # a page that is loaded again does not ask again


def test_a_link_made_for_another_record_says_so(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=What+was+said+about+Iraq%3F&record=000000000000")
    expect(whole_answer(page, 0).get_by_text("The record has changed since this link was made")).to_be_visible()


def test_a_link_to_a_quote_notices_that_the_words_are_others(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?cite=2018-10-04-press-conference~349-386&is=00000000")
    expect(page.get_by_role("alert").get_by_text("no longer those that the link was made for")).to_be_visible()
    assert page.locator("mark").count() == 0


def test_a_question_is_edited_and_asked_again(page: Page) -> None:
    ask(page, SANCTIONS)
    press(page, "Edit question")
    expect(question(page)).to_have_value(SANCTIONS)
    expect(answers(page)).to_have_count(0)
    ask(page, "What did Mikser say about economic sanctions?")
    press(page, "Ask again")
    page.wait_for_timeout(300)
    answer = whole_answer(page, 0)
    expect(answers(page)).to_have_count(1)
    expect(answer.get_by_text("Sven Mikser").first).to_be_visible()


def test_one_transcript_is_asked_until_it_is_left(page: Page) -> None:
    page.get_by_role("link", name="Joint press point").click()
    press(page, "Ask within this transcript")
    chip = page.get_by_role("button", name="Only in: Joint press point")
    expect(chip).to_be_visible()
    expect(question(page)).to_be_focused()
    answer = ask(page, "What was said about cyber attacks?")
    hrefs = [str(link.get_attribute("href")) for link in answer.get_by_role("link", name=re.compile(r"^\[")).all()]
    assert hrefs
    assert all("#cite-2014-11-20" in href for href in hrefs)
    chip.click()
    expect(chip).to_be_hidden()
    answer = ask(page, "What did Stoltenberg say about burden-sharing in 2018?")
    assert "2018-10-04" in str(answer.get_by_role("link", name="[1]").get_attribute("href"))


def test_the_next_quote_and_the_one_before_are_a_key_away(page: Page) -> None:
    answer = ask(page, SANCTIONS)
    first = follow(page, answer.get_by_role("link", name="[1]"))
    expect(page.get_by_role("button", name="Previous quote")).to_be_hidden()
    press(page, "Next quote")
    page.wait_for_function("first => document.querySelector('mark')?.textContent !== first", arg=first)
    assert marked(page) != first
    press(page, "Previous quote")
    page.wait_for_function("first => document.querySelector('mark')?.textContent === first", arg=first)


def test_a_transcript_is_searched_inside(page: Page) -> None:
    page.get_by_role("link", name="Joint press point").click()
    field = page.get_by_role("searchbox", name="Search in this transcript")
    field.fill("CYBER")
    text = (SAMPLES / "2014-11-20-joint-press-point.txt").read_text(encoding="utf-8")
    shown = page.locator(".transcript .words, .transcript .lines").all_inner_texts()
    expected = sum(part.lower().count("cyber") for part in shown)
    assert 0 < expected <= text.lower().count("cyber")
    expect(page.locator(".reader .found")).to_have_text(str(expected))
    field.press("Enter")
    expect(page.locator(".reader .found")).to_have_text(f"1 of {expected}")
    field.press("Shift+Enter")
    expect(page.locator(".reader .found")).to_have_text(f"{expected} of {expected}")
    field.fill("unicorn")
    expect(page.locator(".reader .found")).to_have_text("Not in this transcript")


def test_an_answer_is_followed_to_the_question_it_answers(page: Page) -> None:
    page.get_by_role("link", name="Joint press point").click()
    page.get_by_role("link", name="Answers Alistair Bunkall, Sky News").first.click()
    assert "Alistair Bunkall from Sky News" in marked(page)


def test_the_history_stays_in_this_browser_and_asks_again(page: Page, site: str) -> None:
    ask(page, SANCTIONS)
    ask(page, "Who won the football world cup in Brazil?")
    page.goto(site)
    page.locator("summary", has_text="History").focus()
    page.keyboard.press("Enter")
    entries = page.locator(".history-list li")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("no answer in the record")
    kept = str(page.evaluate("JSON.stringify({...localStorage})"))
    assert "welcome the economic sanctions" not in kept  # addresses are kept, never words of the record
    with page.expect_download() as download:
        press(page, "Export")
    exported = Path(download.value.path()).read_text(encoding="utf-8")
    assert SANCTIONS.rstrip("?") in exported
    assert f"> “{WELCOME}”" in exported
    page.get_by_role("button", name=SANCTIONS).click()
    assert WELCOME in whole_answer(page, 0).inner_text()


def test_the_history_ends_with_the_tab_where_it_is_not_kept(page: Page, site: str) -> None:
    ask(page, SANCTIONS)
    page.locator("summary", has_text="History").click()
    page.get_by_label("Keep on this computer").uncheck()
    assert page.evaluate("localStorage.getItem('on-the-record.history')") is None
    assert page.evaluate("JSON.parse(sessionStorage.getItem('on-the-record.history')).length") == 1
    press(page, "Clear")
    expect(page.locator(".history-list li")).to_have_count(0)
    page.goto(site)
    assert page.evaluate("sessionStorage.getItem('on-the-record.history')") == "[]"


def test_an_answer_is_saved_as_a_file_with_its_quotes(page: Page) -> None:
    ask(page, SANCTIONS)
    with page.expect_download() as download:
        press(page, "Markdown")
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert WELCOME in saved
    assert SANCTIONS.rstrip("?") in saved


def test_quotes_of_several_days_stand_on_a_line_of_time(page: Page) -> None:
    ask(page, "How did NATO's position on Russia change between 2014 and 2018?")
    page.get_by_role("tab", name="Timeline").click()
    points = page.locator("#timeline svg a")
    assert points.count() >= 2
    points.first.focus()
    page.keyboard.press("Enter")
    assert marked(page)


def test_the_page_in_french_speaks_french_around_the_same_quotes(visit: Visit, site: str) -> None:
    page = visit(site)
    page.get_by_role("link", name="Français").click()
    field = page.get_by_role("textbox", name="Question")
    field.wait_for()
    assert page.evaluate("document.documentElement.lang") == "fr"
    field.fill(SANCTIONS)
    field.press("Enter")
    answer = page.get_by_role("group", name="Réponse", exact=True)
    answer.get_by_text("Ce qui a été consulté").wait_for()
    assert WELCOME in answer.inner_text()
    expect(answer.get_by_text("20 novembre 2014").first).to_be_visible()
    follow(page, answer.get_by_role("link", name="[1]"))
    page.get_by_role("tab", name="Citations").click()
    expect(page.get_by_role("button", name="Copier avec référence").first).to_be_visible()
    field.fill("Who won the football world cup in Brazil?")
    field.press("Enter")
    expect(page.get_by_text("Les transcriptions ne répondent pas à cette question.")).to_be_visible()
