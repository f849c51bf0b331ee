"""The page while it waits, streams, is stopped or fails, and with a record that wants to hurt it."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from asking import answers, ask, follow, question, whole_answer
from playwright.sync_api import expect

from index.errors import ModelError
from qa.web.record import Record

sys.path.insert(0, str(Path(__file__).parents[1] / "qa"))
from record_builder import (
    BRUSSELS,
    HOSTILE_WORDS,
    TALLINN,
    answer_of,
    citation_of,
    record_of,
    samples,
    transcript_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from conftest import Visit

    from index.types import Filters, Transcript
    from qa.types import Answer, Limit, Message

    Serve = Callable[[Record], str]

FAIRER = "Fairer burden-sharing underpins this."


class _Asked:
    """Gives ``answer`` once ``go`` is set; the starters are not its business."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.go = threading.Event()

    def __call__(
        self, question: str, /, *, history: Sequence[Message], filters: Filters, without: Collection[Limit] = ()
    ) -> Answer:
        assert not without
        assert history is not None
        assert self.go.wait(20)
        return replace(self.answer, question=question, filters=filters)


def _many_quotes() -> Answer:
    return answer_of(*(citation_of(samples()[BRUSSELS], FAIRER, marker=n) for n in range(1, 11)))


def _ready(asked: _Asked, transcripts: Mapping[str, Transcript] | None = None) -> Record:
    record = record_of(asked, transcripts)
    record.ready.set()
    return record


def test_an_answer_streams_in_whole_pieces(visit: Visit, serve: Serve) -> None:
    asked = _Asked(_many_quotes())
    page = visit(serve(_ready(asked)))
    question(page).fill("What underpins this?")
    question(page).press("Enter")
    expect(answers(page)).to_have_text("Searching 2 transcripts…")
    asked.go.set()
    page.evaluate(
        """() => { window.seen = [];
        new MutationObserver(() => window.seen.push(document.querySelector('[data-testid=bot]').innerText))
          .observe(document.querySelector('#chat'), {childList: true, subtree: true, characterData: true}); }"""
    )
    whole_answer(page, 0)
    seen = [str(text) for text in page.evaluate("window.seen")]
    counts = [text.count("“") for text in seen]
    assert len(set(counts)) > 4  # it came in many pieces
    assert counts == sorted(counts)
    assert all(text.count("“") == text.count("”") for text in seen)
    assert not any("](" in text or "#cite" in text for text in seen)


def test_stop_leaves_what_has_arrived_and_the_next_question_is_answered(visit: Visit, serve: Serve) -> None:
    asked = _Asked(_many_quotes())
    asked.go.set()
    page = visit(serve(_ready(asked)))
    question(page).fill("What underpins this?")
    question(page).press("Enter")
    answers(page).get_by_role("link", name="[2]").wait_for()
    page.get_by_role("button", name="Stop").click()
    expect(answers(page).get_by_text("Stopped.")).to_be_visible()
    shown = answers(page).locator("blockquote").count()
    assert 2 <= shown < 10
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.wait_for_timeout(500)
    assert answers(page).locator("blockquote").count() == shown
    assert ask(page, "And again?").locator("blockquote").count() == 10


def test_stop_while_searching(visit: Visit, serve: Serve) -> None:
    asked = _Asked(_many_quotes())
    page = visit(serve(_ready(asked)))
    question(page).fill("What underpins this?")
    question(page).press("Enter")
    expect(answers(page)).to_have_text("Searching 2 transcripts…")
    page.get_by_role("button", name="Stop").click()
    expect(answers(page)).to_have_text("Stopped.")
    asked.go.set()
    page.get_by_role("button", name="Ask", exact=True).wait_for()


def test_the_first_question_waits_for_the_models_in_sight(visit: Visit, serve: Serve) -> None:
    asked = _Asked(_many_quotes())
    asked.go.set()
    record = record_of(asked)
    page = visit(serve(record))
    question(page).fill("What underpins this?")
    question(page).press("Enter")
    expect(answers(page).get_by_text("Loading the search models")).to_be_visible()
    record.ready.set()
    whole_answer(page, 0)


def test_a_fault_is_said_and_the_page_stays_usable(visit: Visit, serve: Serve) -> None:
    record = _ready(_Asked(_many_quotes()))
    record.fault = ModelError("m", "is missing", remedy="Install it")
    page = visit(serve(record))
    question(page).fill("What underpins this?")
    question(page).press("Enter")
    expect(answers(page).get_by_text("The record cannot be searched just now")).to_be_visible()
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    expect(question(page)).to_be_editable()


def test_the_question_that_was_asked_stands_with_its_answer(visit: Visit, serve: Serve) -> None:
    asked = _Asked(answer_of(citation_of(samples()[TALLINN], "We will always do what it takes to defend all Allies.")))
    asked.go.set()
    page = visit(serve(_ready(asked)))
    answer = ask(page, "What would NATO do?")
    expect(answer.get_by_text("Asked by Alistair Bunkall, Sky News: “… Do you envisage")).to_be_visible()
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_text("The question, asked by Alistair Bunkall, Sky News").click()
    expect(page.get_by_text("Thank you, Secretary General, Alistair Bunkall from Sky News.")).to_be_visible()


def test_a_hostile_record_is_shown_as_text(visit: Visit, serve: Serve) -> None:
    words = f"{HOSTILE_WORDS} {'W' * 100_000}"
    hostile = replace(
        transcript_of(words, speaker=HOSTILE_WORDS), title=HOSTILE_WORDS, place="${window.hurt=6}", doc_id="${a}(b)<i>"
    )
    citation = replace(citation_of(hostile, words), asked_by=HOSTILE_WORDS, role="{{window.hurt=7}}")
    asked = _Asked(answer_of(replace(citation, asked=citation.quote)))
    asked.go.set()
    page = visit(serve(_ready(asked, {hostile.doc_id: hostile})))
    before = page.evaluate("[document.images.length, document.forms.length, document.scripts.length]")
    answer = ask(page, HOSTILE_WORDS)
    opening, copying = answer.get_by_role("link").all()
    assert copying.inner_text() == "Copy"
    assert follow(page, opening) == words
    page.get_by_role("tab", name="Quotes").click()
    page.get_by_text("The question, asked by Hello").click()
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("[document.images.length, document.forms.length, document.scripts.length]") == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_layout_holds_on_a_telephone(visit: Visit, serve: Serve) -> None:
    asked = _Asked(answer_of(citation_of(samples()[BRUSSELS], FAIRER)))
    asked.go.set()
    page = visit(serve(_ready(asked)), width=390, height=844)
    answer = ask(page, "W" * 900)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert follow(page, answer.get_by_role("link", name="[1]")) == FAIRER
    mark = page.locator("mark").bounding_box()
    assert mark is not None
    assert 0 <= mark["y"] <= 844 - mark["height"]
    page.keyboard.press("Escape")
    expect(answer.get_by_role("link", name="[1]")).to_be_focused()
