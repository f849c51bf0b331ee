"""Browsing: every transcript once in every grouping, found by plain words, told as the record tells it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, record_of, samples, transcript_of

from index.types import Transcript, Turn
from qa.catalogue import texts
from qa.web.browse import FIND_LIMIT, PAGE, list_html, panel_html, read_view, speaker_options, voice_html
from qa.web.dates import month_name, time_html
from qa.web.holdings import Holdings, Shelf, Wanted, search_words
from qa.web.parts import PartError
from qa.web.record import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from index.types import Kind

EN, FR = texts("en"), texts("fr")


def turn(number: int, speaker: str | None, kind: Kind = "principal", *, role: str = "", outlet: str = "") -> Turn:
    return Turn(f"t{number}", "d", speaker, role or None, outlet or None, kind, 7, 8)


def event(doc_id: str, day: date | None, *turns: Turn, **facts: object) -> Transcript:
    known = {"title": f"Title {doc_id}", "source_name": f"{doc_id}.txt", **facts}
    return replace(transcript_of("Words."), doc_id=doc_id, date=day, turns=turns, **known)  # type: ignore[arg-type]


def holdings_of(*transcripts: Transcript) -> Holdings:
    return Holdings({transcript.doc_id: transcript for transcript in transcripts})


def found(holdings: Holdings, typed: str = "", **limits: object) -> list[str]:
    wanted = Wanted(search_words(typed), **limits)  # type: ignore[arg-type]
    return [entry.doc_id for entry in holdings.found(wanted)]


def titles(html: str) -> list[str]:
    return re.findall(r'<a href="#cite-[^"]*"[^>]*>([^<]*)</a>', html)


def headings(html: str) -> list[str]:
    return re.findall(r"<h[34]>(.*?)</h[34]>", html)


def show(holdings: Holdings, t: object = EN, **values: str) -> str:
    return list_html(holdings, read_view(values, t), t)  # type: ignore[arg-type]


SAMPLES = Holdings(samples())


# --- what is found


@pytest.mark.parametrize(
    ("typed", "doc_ids"),
    [
        ("", [BRUSSELS, TALLINN]),
        ("press", [BRUSSELS, TALLINN]),
        ("joint POINT", [TALLINN]),
        ("conference", [BRUSSELS]),
        ("mikser estonia", [TALLINN]),
        ("Sky News", [TALLINN]),
        ("2018-10-04", [BRUSSELS]),
        ("october 2018", [BRUSSELS]),
        ("octobre", [BRUSSELS]),
        (".txt", [BRUSSELS, TALLINN]),
        ("stoltenberg nowhere", []),
        ("!!!", []),
        ("<script>", []),
    ],
)
def test_every_word_must_be_found_in_header_names_or_file_name(typed: str, doc_ids: list[str]) -> None:
    assert found(SAMPLES, typed) == doc_ids


def test_accents_and_case_do_not_matter() -> None:
    held = holdings_of(event("a", None, turn(1, "Zoë Łódź"), place="Kyïv"))
    assert found(held, "zoe LODZ") == found(held, "ZOË kyiv") == ["a"]


def test_a_period_takes_any_day_of_an_event_and_nothing_without_a_date() -> None:
    first = date(2020, 1, 10)
    held = holdings_of(event("two days", first, date_end=date(2020, 1, 12)), event("undated", None))
    assert found(held) == ["two days", "undated"]
    assert found(held, date_from=date(2020, 1, 12)) == ["two days"]
    assert found(held, date_to=date(2020, 1, 10)) == ["two days"]
    assert found(held, date_from=date(2020, 1, 13)) == []
    assert found(held, date_to=date(2020, 1, 9)) == []


def test_a_speaker_is_compared_whole() -> None:
    held = holdings_of(event("a", None, turn(1, "Ann Lee")), event("b", None, turn(1, "Ann  LEE")), event("c", None))
    assert found(held, speaker="ann lee") == ["a", "b"]
    assert found(held, speaker="Ann") == []


def test_the_oldest_come_first_if_asked_and_those_without_a_date_last() -> None:
    held = holdings_of(event("new", date(2020, 1, 1)), event("none", None), event("old", date(2019, 1, 1)))
    assert [entry.doc_id for entry in held.found(Wanted())] == ["new", "old", "none"]
    assert [entry.doc_id for entry in held.found(Wanted(), "oldest")] == ["old", "new", "none"]


def test_who_speaks_in_the_samples_as_what_and_how_often() -> None:
    told = [(v.kind, v.name, v.roles, v.outlets, v.turns, len(v.places)) for v in SAMPLES.voices(Wanted())]
    oracle: dict[tuple[str, str | None], int] = {}
    for transcript in samples().values():
        for one in transcript.turns:
            oracle[one.kind, one.speaker] = oracle.get((one.kind, one.speaker), 0) + 1
    assert told[:3] == [
        ("principal", "Jens Stoltenberg", ("NATO Secretary General",), (), 8, 2),
        ("principal", "Sven Mikser", ("Minister of Defence of Estonia",), (), 2, 1),
        ("moderator", "Oana Lungescu", ("NATO Spokesperson",), (), 6, 1),
    ]
    assert ("journalist", "Alistair Bunkall", (), ("Sky News",), 1, 1) in told
    for (kind, name), turns in oracle.items():
        assert sum(row[4] for row in told if row[:2] == (kind, name)) == turns


def test_a_journalists_first_name_is_one_person_only_within_an_outlet() -> None:
    held = holdings_of(
        event("a", None, turn(1, "John", "journalist", outlet="AP"), turn(2, "Jane Doe", "journalist", outlet="AP")),
        event("b", None, turn(1, "John", "journalist", outlet="BBC"), turn(2, "Jane Doe", "journalist")),
    )
    assert {(v.name, v.outlets, len(v.places)) for v in held.voices(Wanted())} == {
        ("John", ("AP",), 1),
        ("John", ("BBC",), 1),
        ("Jane Doe", ("AP",), 2),
    }


def test_an_office_that_changed_is_told_in_each_place_as_it_was() -> None:
    held = holdings_of(
        event("a", date(2014, 1, 1), turn(1, "Ann Lee", role="Minister")),
        event("b", date(2019, 1, 1), turn(1, "Ann Lee", role="Secretary General"), turn(2, "Ann Lee")),
    )
    (voice,) = held.voices(Wanted())
    assert [(entry.doc_id, heard.role, heard.turns) for entry, heard in voice.places] == [
        ("b", "Secretary General", 2),
        ("a", "Minister", 1),
    ]


def test_a_search_among_speakers_shows_those_it_names() -> None:
    def names(typed: str) -> list[str | None]:
        return [voice.name for voice in SAMPLES.voices(Wanted(search_words(typed)))]

    assert names("mikser") == ["Sven Mikser"]
    assert names("joint mikser") == ["Sven Mikser"]
    assert names("conference stoltenberg") == ["Jens Stoltenberg"]
    assert names("conference mikser") == []
    assert len(names("joint")) > 3


@given(st.text(max_size=40))
def test_no_search_fails_and_none_finds_what_is_not_there(typed: str) -> None:
    html = show(SAMPLES, find=typed)
    assert set(titles(html)) <= {"Press conference", "Joint press point"}
    show(SAMPLES, find=typed, by="speaker")


def test_a_new_edition_is_looked_up_anew_and_the_old_one_let_go() -> None:
    shelf = Shelf()
    one, other = (Edition(held, Mock(), check=Mock()) for held in (samples(), {TALLINN: samples()[TALLINN]}))
    assert shelf.of(one) is shelf.of(one)
    assert [entry.doc_id for entry in shelf.of(other).entries] == [TALLINN]
    assert len(shelf.of(one).entries) == 2


# --- what is shown


def test_transcripts_stand_under_their_year_and_month() -> None:
    html = show(SAMPLES)
    assert headings(html) == ["2018", "October", "2014", "November"]
    assert titles(html) == ["Press conference", "Joint press point"]
    assert headings(show(SAMPLES, order="oldest")) == ["2014", "November", "2018", "October"]
    assert headings(show(SAMPLES, FR)) == ["2018", "Octobre", "2014", "Novembre"]
    assert 'data-said="2 transcripts"' in html
    assert 'data-said="1 transcript of 2"' in show(SAMPLES, find="joint")


def test_a_row_tells_the_facts_of_the_header() -> None:
    held = holdings_of(
        event("a b", date(2020, 5, 1), turn(1, "Ann Lee"), turn(2, "Bo Ek"), place="Oslo", language="uk"),
    )
    html = show(held)
    assert '<a href="#cite-a%20b" dir="auto">Title a b</a>' in html
    assert '<time datetime="2020-05-01">1 May 2020</time> · Oslo · 2 turns · in Ukrainian' in html
    assert '<p class="browse-people">Ann Lee and Bo Ek</p>' in html
    assert re.search(
        r'<button type="button" class="browse-ask" data-doc="a%20b">Ask within<span[^>]*> Title a b, <', html
    )
    assert '<time datetime="2020-05-01">1er mai 2020</time> · Oslo · 2 prises de parole · en ukrainien' in show(
        held, FR
    )
    assert "in English" not in show(SAMPLES)


def test_events_stand_under_their_kind_and_those_without_one_last() -> None:
    held = holdings_of(
        event("a", None, event_type="speech"), event("b", None, event_type=None), event("c", None, event_type="séance")
    )
    assert headings(show(held, by="event")) == ["Speech", "séance", "Kind of event not stated"]
    assert headings(show(SAMPLES, FR, by="event")) == ["Conférence de presse", "Point de presse conjoint"]


def test_journalists_stand_in_their_own_group_with_their_outlet() -> None:
    html = show(SAMPLES, by="speaker")
    assert headings(html) == ["Officials", "Moderators", "Journalists"]
    officials, journalists = html.split("<h3>Journalists</h3>")
    assert "Alistair Bunkall" not in officials
    assert 'Alistair Bunkall</strong> <span class="browse-office">Sky News</span>' in journalists
    assert 'A journalist who is not named</strong> <span class="browse-office">Financial Times</span>' in journalists
    assert 'data-said="8 speakers in 2 transcripts"' in html


def test_a_speaker_unfolds_to_the_transcripts_with_turns_and_office() -> None:
    html = show(SAMPLES, by="speaker")
    values = json.loads(
        unescape(re.findall(r'data-part="/parts/browse/voice" data-load data-values="([^"]*)"', html)[0])
    )
    rows = voice_html(SAMPLES, read_view(values, EN), EN)
    assert titles(rows) == ["Press conference", "Joint press point"]
    assert re.findall(r"· (\d+ turns?)", rows) == ["1 turn", "7 turns"]
    assert rows.count('<p class="browse-people">NATO Secretary General</p>') == 2
    with pytest.raises(PartError):
        voice_html(SAMPLES, read_view({**values, "find": "nowhere"}, EN), EN)


def test_nothing_found_says_what_to_do() -> None:
    assert "Take away a word" in show(SAMPLES, find="zzz")
    assert 'data-said="No transcript"' in show(SAMPLES, find="zzz", by="speaker")


def many(number: int) -> Holdings:
    return holdings_of(
        *(event(f"d{n:04}", date(2020, 1, 1) + timedelta(days=n), turn(1, f"Name {n}")) for n in range(number))
    )


@pytest.mark.parametrize("by", ["date", "event", "speaker"])
def test_pages_bring_every_row_once_and_no_heading_twice(by: str) -> None:
    held = many(2 * PAGE + 7)
    seen: list[str] = []
    above: list[str] = []
    values = {"by": by}
    for page in range(3):
        html = show(held, **values)
        seen += titles(html) if by != "speaker" else re.findall(r"<strong[^>]*>(.*?)</strong>", html)
        above += headings(html)
        assert html.count("data-focus") == (page > 0)
        more = re.search(r'class="browse-more" data-part="([^"]*)" data-into="#([^"]*)" data-values="([^"]*)"', html)
        assert bool(more) is (page < 2)
        if more:
            assert f'<div id="{more[2]}">' in html
            values = json.loads(unescape(more[3]))
    assert len(seen) == len(set(seen)) == 2 * PAGE + 7
    assert len(above) == len(set(above))
    assert ("Show 50 more (57 left)" in show(held, by=by)) is True


def test_speakers_to_choose_from_are_officials_and_moderators() -> None:
    html = speaker_options(SAMPLES, EN)
    assert re.findall(r'<optgroup label="(\w+)">', html) == ["Officials", "Moderators"]
    assert re.findall(r'<option value="([^"]*)">', html) == ["", "Jens Stoltenberg", "Sven Mikser", "Oana Lungescu"]


def test_what_the_record_says_is_never_markup() -> None:
    hostile = HOSTILE_WORDS + "x" * 100_000
    held = holdings_of(
        event(
            HOSTILE_WORDS,
            None,
            turn(1, hostile, role=hostile),
            turn(2, hostile, "journalist", outlet=hostile),
            title=hostile,
            place=hostile,
            event_type=hostile,
            language=HOSTILE_WORDS,
        )
    )
    pages = [show(held, by=by, speaker=HOSTILE_WORDS, find="") for by in ("date", "speaker", "event")]
    pages += [show(held, by=by) for by in ("date", "speaker", "event")]
    pages += [speaker_options(held, EN)]
    for html in pages:
        assert not re.search(r"<(script|img|form|input)", html)
        assert "<b>" not in html
    assert all(len(html) < 10_000 for html in pages[:-1])


# --- what is asked for


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"from": "2020-02-30"}, "This is not a date"),
        ({"to": "yesterday"}, "This is not a date"),
        ({"from": "2020-01-02", "to": "2020-01-01"}, "The period ends before it begins"),
        ({"find": "x" * (FIND_LIMIT + 1)}, "A search has at most 200 characters"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(values: dict[str, str], told: str) -> None:
    with pytest.raises(PartError, match=told):
        read_view(values, EN)


@pytest.mark.parametrize(
    "values", [{"by": "x"}, {"order": "x"}, {"start": "-1"}, {"start": "9" * 20}, {"voice": '"><b>'}]
)
def test_what_the_form_never_sends_is_as_if_it_were_not_there(values: dict[str, str]) -> None:
    assert show(SAMPLES, **values) == show(SAMPLES)


def test_the_form_has_a_label_for_each_field() -> None:
    html = panel_html(EN)
    fields = set(re.findall(r'<(?:input|select) id="(browse-\w+)"', html))
    assert fields == {"browse-find", "browse-speaker", "browse-from", "browse-to", "browse-order"}
    assert set(re.findall(r'<label for="([^"]*)"', html)) == fields


def test_a_day_is_written_in_the_language_of_the_page() -> None:
    assert time_html(date(2018, 10, 4), EN) == '<time datetime="2018-10-04">4 October 2018</time>'
    assert time_html(date(2018, 10, 4), FR) == '<time datetime="2018-10-04">4 octobre 2018</time>'
    assert time_html(date(2020, 5, 1), FR) == '<time datetime="2020-05-01">1er mai 2020</time>'
    assert time_html(None, EN) == ""
    assert [month_name(8, t) for t in (EN, FR)] == ["August", "Août"]


# --- over the wire


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from qa.web.routes import include_parts

    app = FastAPI()
    include_parts(app, record_of(Mock()))
    with TestClient(app) as client:
        yield client


def test_the_routes_bring_lists_voices_and_speakers(client: TestClient) -> None:
    assert titles(client.get("/parts/browse/list", params={"find": "joint"}).text) == ["Joint press point"]
    assert "Tous" in client.get("/parts/browse/speakers", params={"lang": "fr"}).text
    gone = client.get("/parts/browse/voice", params={"voice": "0" * 16})
    assert (gone.status_code, gone.json()["error"]) == (404, "This speaker is no longer in the list: search again.")
    late = client.get("/parts/browse/list", params={"from": "2020-01-02", "to": "2020-01-01", "lang": "fr"})
    assert late.status_code == 400
    assert late.json()["error"].startswith("La période finit avant de commencer")


def test_no_list_looks_a_transcript_up_again() -> None:
    """Everything a list shows was read once: with the transcripts gone it shows the same."""
    turns = tuple(turn(n, f"Name {n % 5}", ("principal", "journalist")[n % 2]) for n in range(10))
    held = {f"d{n}": event(f"d{n}", date(2010, 1, 1) + timedelta(days=40 * n), *turns) for n in range(60)}
    holdings = Holdings(held)
    views = [(by, find) for by in ("date", "speaker", "event") for find in ("", "name")]
    before = [show(holdings, by=by, find=find) for by, find in views]
    held.clear()
    assert [show(holdings, by=by, find=find) for by, find in views] == before
    assert all(titles(html) or headings(html) for html in before)
