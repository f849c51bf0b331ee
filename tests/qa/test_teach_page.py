"""The teach part as HTML and its routes: what a trainer sees, and what a client may not make it show."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from record_builder import (
    BRUSSELS,
    HOSTILE_WORDS,
    TALLINN,
    answer_of,
    citation_of,
    record_of,
    refusal_of,
    samples,
    transcript_of,
)

from qa.catalogue import texts
from qa.export.choose import Named, resolve_cards
from qa.export.types import QuizItem
from qa.server import build_app
from qa.teach.drift import drift
from qa.teach.position import Cell, Period, lay_out, steps
from qa.web.class_pack import kept_html, quiz_html, slides_html
from qa.web.links import cite_id, words_digest
from qa.web.parts import PartError
from qa.web.routes.teach import Turnstile
from qa.web.teach import (
    after_html,
    card_html,
    cell_html,
    drift_html,
    drift_labels,
    panel_html,
    speakers_html,
    table_html,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from index.types import Filters
    from qa.types import Answer, Citation

T, FR = texts("en"), texts("fr")
WELCOME = "And I, of course, welcome that."
PRESSURE = "Economic sanctions are an integral part of that pressure."
FAIRER = "Fairer burden-sharing underpins this."
Y2014 = {"date_from": "2014-01-01", "date_to": "2014-12-31"}
TAGS = set(
    """section h3 h2 h4 p table thead tbody tr td th div figure blockquote figcaption time a button svg g line text
    title circle ol ul li span bdi form label select optgroup option del ins dl dt dd textarea strong article header
    aside fieldset legend input""".split()
)
ASKED = "What's the part they play in cyber-threat?"


def _quote(doc_id: str, words: str) -> Citation:
    return citation_of(samples()[doc_id], words)


def _ref(citation: Citation) -> dict[str, Any]:
    return {"place": cite_id(citation.quote), "digest": words_digest(citation.quote.text)}


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _quotes(html: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<blockquote>“(.*?)”</blockquote>", html, re.DOTALL)]


# --- what is shown -----------------------------------------------------------------------------------------------


def test_the_table_asks_for_each_cell_and_says_at_once_who_did_not_speak() -> None:
    html = table_html(lay_out("sanctions", list(samples().values())), T)
    assert re.findall(r'role="columnheader">(.*?)<', html) == ["Jens Stoltenberg", "Sven Mikser"]
    assert re.findall(r'role="rowheader">(.*?)<', html) == ["2014", "2018"]
    cells = [json.loads(unescape(values)) for values in re.findall(r'data-cell="(.*?)"', html)]
    assert [(one["speaker"], one["date_from"], one["date_to"]) for one in cells] == [
        ("Jens Stoltenberg", "2014-01-01", "2014-12-31"),
        ("Sven Mikser", "2014-01-01", "2014-12-31"),
        ("Jens Stoltenberg", "2018-01-01", "2018-12-31"),
    ]
    assert html.count("Did not speak in this period.") == 1
    assert "Speakers: Jens Stoltenberg and Sven Mikser, who use these words most." in html


def test_a_cell_shows_whole_quotes_or_says_why_not() -> None:
    own = _quote(TALLINN, WELCOME)
    period = Period(own.date, own.date)  # type: ignore[arg-type]
    html = cell_html(Cell("Jens Stoltenberg", period, (own,)), T)
    assert _quotes(html) == [WELCOME]
    day = '<time datetime="2014-11-20">20 November 2014</time>'
    assert f"NATO Secretary General · {day} · Joint press point" in html
    report = replace(own, reported_from="the President of Lithuania")
    told = _text(cell_html(Cell("Jens Stoltenberg", period, (), "reports", (report,)), T))
    assert told.startswith("No words of their own on this; only what others said is reported.")
    assert "Reports what others said; not a position:" in told
    assert "reporting the words of the President of Lithuania" in told
    assert _text(cell_html(Cell("Sven Mikser", period, gap="nothing"), T)) == "Spoke, but nothing was found on this."


def test_a_journalists_words_are_called_a_question() -> None:
    html = card_html(_quote(TALLINN, ASKED), T)
    assert 'class="teach-card journalist"' in html
    assert "A journalist’s question, not a position" in html


def test_a_drift_shows_both_quotes_whole_and_names_each_difference() -> None:
    earlier, later = _quote(TALLINN, WELCOME), _quote(BRUSSELS, FAIRER)
    html = drift_html(drift(earlier, later), T)
    assert _quotes(html) == [WELCOME, FAIRER]
    assert re.findall(r"<h4>(.*?)</h4>", html) == ["2014", "2018"]
    deleted = re.findall(r'<del><span class="teach-unseen">(.*?)</span>(.*?)</del>', html)
    assert deleted == [("Only in 2014: ", WELCOME)]
    assert re.findall(r'<ins><span class="teach-unseen">(.*?)</span>(.*?)</ins>', html) == [("Only in 2018: ", FAIRER)]
    assert "Only in 2018" in _text(html)


def test_two_quotes_are_told_apart_by_what_differs() -> None:
    welcome, pressure, fairer = _quote(TALLINN, WELCOME), _quote(TALLINN, PRESSURE), _quote(BRUSSELS, FAIRER)
    assert drift_labels(welcome, fairer, T) == ("2014", "2018")
    assert drift_labels(welcome, welcome, T) == ("the first", "the second")
    assert drift_labels(pressure, fairer, T) == ("Sven Mikser, 2014", "Jens Stoltenberg, 2018")
    assert welcome.date
    next_day = replace(welcome, date=welcome.date.replace(day=21))
    assert drift_labels(welcome, next_day, FR) == ("20 novembre 2014", "21 novembre 2014")


def test_after_the_table_come_the_line_of_time_and_the_steps() -> None:
    welcome, fairer = _quote(TALLINN, WELCOME), _quote(BRUSSELS, FAIRER)
    html = after_html([welcome, fairer], steps([(0, welcome), (1, fairer)]), T)
    assert "<svg" in html
    assert 'aria-label="Jens Stoltenberg"' in html
    assert ">2014 → 2018</button>" in html
    assert f'<option value="{cite_id(fairer.quote)}" selected>4 October 2018: {FAIRER}</option>' in html
    assert after_html([welcome], {}, T) == ""


def test_the_pack_shows_what_was_kept_and_says_what_changed() -> None:
    own = _quote(TALLINN, WELCOME)
    named = [
        Named(**_ref(own)),
        Named(cite_id(own.quote), "00000000"),
        Named("gone~1-2", "12345678"),
        Named('"><script>~1-2', "12345678"),
    ]
    html = kept_html(named, resolve_cards(named, samples()), T)
    assert _quotes(html) == [WELCOME]
    assert html.count("The words of this quote are no longer at their place in the record.") == 3
    assert "<script>" not in html
    assert re.findall(r'aria-label="(Up: quote \d)"', html) == [f"Up: quote {n}" for n in range(1, 5)]


def test_a_slide_shows_the_question_that_prompted_the_words() -> None:
    words = "We will always do what it takes to defend all Allies."
    own = _quote(TALLINN, words)
    named = [Named("gone~1-2", "12345678"), Named(**_ref(own))]
    html = slides_html(resolve_cards(named, samples()), T)
    assert html.count("<article") == 1
    assert 'data-at="1" data-label="Quote 1 of 1"' in html
    told = _text(html)
    assert "The question, asked by Alistair Bunkall, Sky News: “" in told
    assert _quotes(html) == [words]
    assert "Jens Stoltenberg NATO Secretary General" in told


def test_a_quiz_hides_what_is_right_until_it_is_asked_for() -> None:
    own, other = _quote(TALLINN, WELCOME), _quote(TALLINN, PRESSURE)
    items = (
        QuizItem("who", "Who?", ("Sven Mikser", "Jens Stoltenberg"), 1, own, (None, None)),
        QuizItem("who", "Which?", (WELCOME, PRESSURE), 0, own, (own, other)),
    )
    html = quiz_html(items, 7, T)
    assert re.findall(r'<fieldset data-answer="(\d)"', html) == ["1", "0"]
    assert len(re.findall(r'class="teach-(?:solution|source)" hidden', html)) == 4
    assert "“" + WELCOME + "”" in html
    assert "The answer: Jens Stoltenberg" in html
    assert 'data-seed="7"' in html
    assert "no honest wrong answers" in quiz_html((), 0, T)


def test_hostile_words_are_text_everywhere() -> None:
    hostile = replace(transcript_of(HOSTILE_WORDS, speaker=HOSTILE_WORDS), title=HOSTILE_WORDS, doc_id='${a}"<i>')
    hostile = replace(hostile, turns=(replace(hostile.turns[0], doc_id=hostile.doc_id),))
    own = replace(citation_of(hostile, HOSTILE_WORDS), asked_by=HOSTILE_WORDS, role=HOSTILE_WORDS)
    own = replace(own, asked=own.quote)
    named = [Named(**_ref(own))]
    cards = resolve_cards(named, {hostile.doc_id: hostile})
    plan = lay_out(HOSTILE_WORDS, [hostile], speakers=[HOSTILE_WORDS])
    item = QuizItem("who", HOSTILE_WORDS, (HOSTILE_WORDS, "x"), 0, own, (own, None))
    pieces = [
        table_html(plan, T),
        cell_html(Cell(HOSTILE_WORDS, plan.periods[0], (own,), None, (own,)), T),
        after_html([own, own], {HOSTILE_WORDS: ((own, own),)}, T),
        drift_html(drift(own, own), T),
        kept_html(named, cards, T),
        slides_html(cards, T),
        quiz_html([item], 1, T),
        speakers_html([HOSTILE_WORDS], T),
    ]
    for html in pieces:
        parser = _Elements()
        parser.feed(html)
        assert parser.names <= TAGS
        assert not {name for name in parser.attributes if name.startswith("on")} | parser.attributes & {"src", "action"}


class _Elements(HTMLParser):
    """The names of all elements and attributes of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("t", [T, FR])
def test_every_field_of_the_panel_has_a_label(t: Any) -> None:
    html = panel_html(t)
    fields = re.findall(r"<(?:input|textarea)", html)
    assert len(fields) == len(re.findall(r"<label[^>]*>[^<]*(?:<span>[^<]*</span>)?\s*<(?:input|textarea)", html))
    assert "{" not in html


# --- what the routes accept --------------------------------------------------------------------------------------


def _ask(question: str, *, filters: Filters, **_: object) -> Answer:
    if "penguin" in question:
        return answer_of(_quote(TALLINN, PRESSURE)) if not filters.speakers else refusal_of()
    return answer_of(_quote(TALLINN, WELCOME), _quote(TALLINN, PRESSURE), _quote(BRUSSELS, FAIRER))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    record = record_of(_ask)
    record.ready.set()

    async def built() -> Any:
        return build_app(record)

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1:7860") as client:
        yield client


def test_a_cell_holds_what_its_speaker_said_in_its_period(client: TestClient) -> None:
    def cell(speaker: str, year: int) -> str:
        period = {"date_from": f"{year}-01-01", "date_to": f"{year}-12-31"}
        reply = client.get("/parts/teach/cell", params={"topic": "welcome", "speaker": speaker, **period})
        assert reply.status_code == 200
        return reply.text

    assert _quotes(cell("Jens Stoltenberg", 2014)) == [WELCOME]
    assert _quotes(cell("Sven Mikser", 2014)) == [PRESSURE]
    assert _quotes(cell("Jens Stoltenberg", 2018)) == [FAIRER]
    assert _text(cell("Sven Mikser", 2018)) == "Did not speak in this period."


def test_a_topic_whose_words_stand_nowhere_is_searched_for(client: TestClient) -> None:
    html = client.get("/parts/teach/table", params={"topic": "penguins"}).text
    assert "Speakers: Sven Mikser, whom a search for this topic found" in html


def test_the_table_speaks_french(client: TestClient) -> None:
    html = client.get("/parts/teach/table", params={"topic": "sanctions", "lang": "fr"}).text
    assert "Positions sur «\u00a0sanctions\u00a0»" in html
    assert "N’a pas pris la parole pendant cette période." in html


@pytest.mark.parametrize(
    ("path", "params", "status", "words"),
    [
        ("table", {"topic": " . "}, 400, "Type a topic"),
        ("table", {"topic": "x" * 201}, 422, "not one that this page makes"),
        ("table", {"topic": "x", "speakers": ["Nobody"]}, 400, "no official of that name"),
        ("table", {"topic": "x", "date_from": "soon"}, 400, "A date is not readable"),
        ("table", {"topic": "x", "date_from": "2018-01-01", "date_to": "2014-01-01"}, 400, "ends before it begins"),
        (
            "cell",
            {"topic": "x", "speaker": "Oana Lungescu", "date_from": "2014-01-01", "date_to": "2014-12-31"},
            400,
            "no",
        ),
        (
            "cell",
            {"topic": "x", "speaker": "Sven Mikser", "date_from": "", "date_to": ""},
            400,
            "A date is not readable",
        ),
        ("drift", {"earlier": "nowhere~1-2", "later": "nowhere~1-2"}, 404, "no longer at their place"),
        ("drift", {"earlier": TALLINN, "later": TALLINN}, 404, "no longer at their place"),
        ("drift", {"earlier": f"{TALLINN}~0-9000", "later": f"{TALLINN}~0-9000"}, 404, "no longer at their place"),
    ],
)
def test_what_cannot_be_asked_is_said(
    client: TestClient, path: str, params: dict[str, Any], status: int, words: str
) -> None:
    reply = client.get(f"/parts/teach/{path}", params=params)
    assert reply.status_code == status
    assert words in reply.json()["error"]


@pytest.mark.parametrize("path", ["after", "kept", "present", "quiz"])
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"cards": [{"place": "x", "digest": "no"}]},
        {"cards": [{"place": "x" * 3_000, "digest": "12345678"}]},
        {"cards": [{"place": "x", "digest": "12345678"}] * 61},
        {"cards": "all"},
    ],
)
def test_what_no_page_posts_is_refused(client: TestClient, path: str, body: dict[str, Any]) -> None:
    assert client.post(f"/parts/teach/{path}", json=body).status_code == 422


def test_posted_words_are_never_shown(client: TestClient) -> None:
    cards = [{**_ref(_quote(TALLINN, WELCOME)), "words": "NATO gives up.", "text": "NATO gives up."}]
    for path in ("after", "kept", "present", "quiz"):
        reply = client.post(f"/parts/teach/{path}", json={"cards": cards})
        assert reply.status_code == 200
        assert "gives up" not in reply.text


def test_a_quiz_comes_again_for_the_same_seed(client: TestClient) -> None:
    body = {"cards": [_ref(_quote(TALLINN, WELCOME)), _ref(_quote(BRUSSELS, FAIRER))], "seed": 5}
    first = client.post("/parts/teach/quiz", json=body).text
    assert first == client.post("/parts/teach/quiz", json=body).text
    assert first.count("<fieldset") == 2


def test_too_many_who_wait_are_turned_away_and_later_let_in() -> None:
    told: list[str] = []

    async def enter(gate: Turnstile, name: str) -> None:
        try:
            async with gate.turn(T):
                await asyncio.sleep(0.01)
                told.append(name)
        except PartError as error:
            told.append(f"{name}: {error.status}")

    async def crowd() -> list[str]:
        gate = Turnstile(1, waiting=1)
        await asyncio.gather(*(enter(gate, name) for name in "abc"))
        await enter(gate, "d")
        return told

    assert asyncio.run(crowd()) == ["c: 503", "a", "b", "d"]
