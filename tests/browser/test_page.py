"""The page on the samples, with the real model: what a person does, and what must then stand on the screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asking import answers, ask, focused, follow, marked, question, whole_answer
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visit

SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
SANCTIONS = "What did Stoltenberg say about economic sanctions against Russia?"
ADDRESS = re.compile(r"#cite-(?P<doc>[^~]+)~(?P<start>\d+)-(?P<end>\d+)")


def _source(address: str) -> str:
    """The characters of the sample file that ``address`` names."""
    found = ADDRESS.fullmatch(address)
    assert found
    text = (SAMPLES / f"{found['doc']}.txt").read_bytes().decode("utf-8")
    return text[int(found["start"]) : int(found["end"])]


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_every_quote_of_an_answer_opens_at_the_words_of_the_source(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, "What was said about cyber attacks?")
    links = answer.get_by_role("link", name=re.compile(r"^\[\d+\]$")).all()
    assert links
    for number, link in enumerate(links, 1):
        assert link.inner_text() == f"[{number}]"
        source = _source(str(link.get_attribute("href")))
        shown = answer.locator("blockquote").nth(number - 1).inner_text()
        assert _plain(shown) == _plain(f"“{source}” [{number}] Copy")
        assert follow(page, link) == source
        mark = page.locator("mark").bounding_box()
        assert mark is not None
        assert 0 <= mark["y"] <= 860 - mark["height"]


@pytest.mark.parametrize("size", [(1360, 860), (390, 844)])
def test_who_speaks_stays_in_sight_above_the_quote(visit: Visit, site: str, size: tuple[int, int]) -> None:
    page = visit(site, width=size[0], height=size[1])
    follow(page, ask(page, "What was said about cyber attacks?").get_by_role("link", name="[1]"))
    boxes = [page.locator(name).bounding_box() for name in (".reader-tools", ".turn:has(mark) h3", "mark")]
    tools, name, quote = (box for box in boxes if box)
    assert tools["y"] + tools["height"] - 1 <= name["y"]
    assert name["y"] + name["height"] <= quote["y"]


def test_escape_goes_back_to_the_link_and_enter_follows_it(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, SANCTIONS).get_by_role("link", name="[1]").focus()
    page.keyboard.press("Enter")
    assert "sanctions" in marked(page)
    page.keyboard.press("Escape")
    assert focused(page) == "[1]"


def test_the_whole_flow_by_keyboard_alone(visit: Visit, site: str) -> None:
    page = visit(site)
    expect(question(page)).to_be_focused()
    page.keyboard.type(SANCTIONS)
    page.keyboard.press("Enter")
    whole_answer(page, 0)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if focused(page) == "[1]":
            break
    assert focused(page) == "[1]"
    page.keyboard.press("Enter")
    first = marked(page)
    page.keyboard.press("Escape")
    assert focused(page) == "[1]"
    page.keyboard.press("Enter")
    assert marked(page) == first


def test_the_reader_shows_who_speaks_in_words(visit: Visit, site: str) -> None:
    page = visit(site)
    page.get_by_role("link", name="Joint press point").click()
    reader = page.get_by_role("region", name="Transcript")
    expect(reader.get_by_role("heading", name="Sven Mikser Official").first).to_be_visible()
    expect(reader.get_by_role("heading", name="Oana Lungescu Moderator").first).to_be_visible()
    expect(reader.get_by_role("heading", name="Alistair Bunkall Journalist")).to_be_visible()
    reader.get_by_role("link", name="All transcripts").click()
    expect(reader.get_by_role("heading", name="What the record holds")).to_be_focused()


def test_the_quotes_tab_lists_the_quotes_with_the_same_links(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, SANCTIONS)
    links = answer.get_by_role("link", name=re.compile(r"^\[\d+\]$"))
    in_answer = [str(link.get_attribute("href")) for link in links.all()]
    page.get_by_role("tab", name="Quotes").click()
    listed = page.locator(".quotes").get_by_role("link", name="In its transcript")
    assert [link.get_attribute("href") for link in listed.all()] == in_answer
    assert follow(page, listed.first) == _source(in_answer[0])
    page.keyboard.press("Escape")
    expect(page.get_by_role("tab", name="Quotes")).to_be_visible()


def test_a_permalink_restores_the_quote(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, SANCTIONS)
    words = follow(page, answer.get_by_role("link", name="[1]"))
    again = visit(page.url)
    assert "?cite=" in page.url
    assert marked(again) == words


@pytest.mark.parametrize("cite", ["nowhere~1-2", "%3Cscript%3E", "2018-10-04-press-conference~9-1", "x" * 4000])
def test_a_permalink_to_nowhere_opens_the_page(visit: Visit, site: str, cite: str) -> None:
    page = visit(f"{site}/?cite={cite}")
    expect(page.get_by_role("heading", name="What the record holds")).to_be_visible()
    assert page.locator("mark").count() == 0


def test_a_link_to_a_question_asks_it_as_it_is_written(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=What%20about%20%3Cb%3Ecyber%3C/b%3E%3F")
    whole_answer(page, 0)
    expect(page.get_by_role("group", name="Question")).to_have_text("What about <b>cyber</b>?")


def test_every_starter_is_answered(visit: Visit, site: str) -> None:
    page = visit(site)
    starters = page.locator(".starter:visible")
    starters.first.wait_for()
    words = [starter.inner_text() for starter in starters.all()]
    assert len(words) == 4
    for starter in words:
        page.get_by_role("button", name=starter).click()
        answer = whole_answer(page, 0)
        expect(page.get_by_role("group", name="Question")).to_have_text(starter)
        assert answer.get_by_role("link", name="[1]").is_visible()
        assert starters.count() == 0
        page.get_by_role("button", name="New conversation").click()
        expect(answers(page)).to_have_count(0)
        starters.first.wait_for()


def test_a_refusal_reads_as_an_answer(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, "Who won the football world cup in Brazil?")
    expect(answer.get_by_text("The record does not answer this.")).to_be_visible()
    expect(answer.get_by_text(re.compile(r"^Searched: 2 transcripts, \d+ turns, .*20 November 2014"))).to_be_visible()
    expect(answer.get_by_role("heading", name="Related, not an answer")).to_be_visible()
    link = answer.get_by_role("link", name="[1]")
    assert follow(page, link) == _source(str(link.get_attribute("href")))
    page.get_by_role("tab", name="Quotes").click()
    expect(page.get_by_text("The record does not answer the last question")).to_be_visible()


def test_filters_limit_the_answer_and_are_echoed(visit: Visit, site: str) -> None:
    page = visit(site)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("To", exact=True).fill("2014-12-31")
    page.get_by_role("combobox", name="Speakers").click()
    page.get_by_role("option", name="Sven Mikser").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filters (2 set)")).to_be_visible()
    answer = ask(page, "What was said about Russia?")
    expect(answer.get_by_text("Searched only: Sven Mikser; up to 31 December 2014.")).to_be_visible()
    quoted = [str(link.get_attribute("href")) for link in answer.get_by_role("link").all()]
    assert quoted
    assert all("2014-11-20" in href for href in quoted)
    speakers = answer.locator("p > strong").all_inner_texts()
    assert set(speakers) == {"Sven Mikser"}


def test_filters_are_cleared(visit: Visit, site: str) -> None:
    page = visit(site)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("From", exact=True).fill("2016-01-01")
    expect(page.get_by_role("button", name="Filters (1 set)")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name="Filters (1 set)")).to_have_count(0)
    expect(page.get_by_label("From", exact=True)).to_have_value("")
    assert "Searched only" not in ask(page, "What was said about Russia?").inner_text()


def test_what_was_searched_unfolds_under_the_answer(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, SANCTIONS)
    facts = answer.locator("details.searched")
    expect(facts.get_by_text("Transcripts")).to_be_hidden()
    facts.locator("summary").click()
    expect(facts.get_by_text("Transcripts")).to_be_visible()
    assert re.search(r"Turns\s+\d+", facts.inner_text())
    assert re.search(r"Time\s+\d", facts.inner_text())


def test_a_follow_up_is_understood_from_what_was_asked_before(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, "What did Mikser think of the sanctions on Russia?")
    answer = ask(page, "What about the Secretary General?")
    assert answers(page).count() == 2
    assert "Jens Stoltenberg" in answer.inner_text()
    assert "sanctions" in answer.inner_text()


def test_what_the_question_was_limited_to_is_taken_away_by_one_press(visit: Visit, site: str) -> None:
    page = visit(site)
    first = ask(page, "What did Mikser say about economic sanctions in 2014?")
    expect(first.locator("blockquote").first).to_contain_text("Economic sanctions are an integral part")
    anyone = page.get_by_role("button", name="Search without: Sven Mikser")
    expect(anyone).to_be_visible()
    expect(page.get_by_role("button", name="Search without: 2014")).to_be_visible()
    anyone.focus()
    page.keyboard.press("Enter")
    expect(anyone).to_be_hidden()
    expect(page.get_by_role("button", name="Search without: 2014")).to_be_visible()
    expect(answers(page)).to_have_count(1)
    expect(answers(page).get_by_text("Jens Stoltenberg").first).to_be_visible()


def test_a_comparison_names_its_sides_and_the_one_that_is_silent(visit: Visit, site: str) -> None:
    page = visit(site)
    answer = ask(page, "Compare what Mikser and Stoltenberg said about the training mission in Iraq.")
    expect(answer.get_by_text("Sven Mikser:")).to_be_visible()
    expect(answer.get_by_text("No quote: ")).to_be_visible()
    expect(answer.get_by_text("Jens Stoltenberg:")).to_be_visible()
    expect(answer.locator("blockquote").first).to_contain_text("Iraq")
