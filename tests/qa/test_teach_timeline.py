"""The line of time: every quote a point on its day, none over another, each a link that says who, when and what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, citation_of, samples, transcript_of

from qa.catalogue import texts
from qa.cite import cite_span
from qa.web.keep import keep_button
from qa.web.links import cite_id, words_digest
from qa.web.timeline import lanes, ticks, timeline_svg

if TYPE_CHECKING:
    from qa.types import Citation

T = texts("en")
WELCOME = "And I, of course, welcome that."
PRESSURE = "Economic sanctions are an integral part of that pressure."
FAIRER = "Fairer burden-sharing underpins this."


def _three() -> list[Citation]:
    tallinn, brussels = samples()[TALLINN], samples()[BRUSSELS]
    return [
        citation_of(brussels, FAIRER, marker=1),
        citation_of(tallinn, WELCOME, marker=2),
        citation_of(tallinn, PRESSURE, marker=3),
    ]


def _labels(html: str) -> list[str]:
    return [unescape(label) for label in re.findall(r'<a class="[^"]*" href="[^"]*" aria-label="([^"]*)"', html)]


def test_each_quote_is_a_link_that_says_who_when_and_how_it_begins() -> None:
    html = timeline_svg(_three(), T)
    assert _labels(html) == [
        f"Jens Stoltenberg, 20 November 2014: {WELCOME}",
        f"Jens Stoltenberg, 4 October 2018: {FAIRER}",
        f"Sven Mikser, 20 November 2014: {PRESSURE}",
    ]
    for one in _three():
        assert html.count(f'href="#cite-{cite_id(one.quote)}"') == 2  # in the drawing and in the list


def test_a_lane_a_speaker_with_the_days_from_left_to_right() -> None:
    first, second = lanes(sorted(_three(), key=lambda one: one.date or date.min), T)
    assert (first.name, [(point.x, point.row) for point in first.points]) == (
        "Jens Stoltenberg",
        [(5.0, 0), (95.0, 0)],
    )
    assert (second.name, [(point.x, point.row) for point in second.points]) == ("Sven Mikser", [(5.0, 0)])


@given(st.lists(st.integers(0, 4_000), min_size=2, max_size=40))
def test_no_point_covers_another(days: list[int]) -> None:
    one = citation_of(samples()[TALLINN], WELCOME)
    quotes = [replace(one, date=date(2010, 1, 1) + timedelta(days=day)) for day in sorted(days)]
    (lane,) = lanes(quotes, T)
    rows: dict[int, list[float]] = {}
    for point in lane.points:
        rows.setdefault(point.row, []).append(point.x)
    for xs in rows.values():
        assert all(b - a >= 6.99 for a, b in pairwise(xs))  # 24 pixels of 360 are 6.7 percent
    assert all(5 <= point.x <= 95 for point in lane.points)


def test_the_axis_names_years_or_the_days_at_its_ends() -> None:
    assert [word for _, word in ticks(date(2014, 11, 20), date(2018, 10, 4), "en")] == ["2015", "2016", "2017", "2018"]
    assert [word for _, word in ticks(date(1990, 5, 1), date(2024, 5, 1), "en")] == [
        "1991", "1997", "2003", "2009", "2015", "2021",
    ]  # fmt: skip
    assert ticks(date(2021, 4, 14), date(2021, 12, 9), "fr") == [(5.0, "14 avril 2021"), (95.0, "9 décembre 2021")]
    assert ticks(date(2021, 4, 14), date(2021, 4, 14), "en") == [(50.0, "14 April 2021")]


def test_words_that_are_no_position_say_so() -> None:
    tallinn = samples()[TALLINN]
    asked = citation_of(tallinn, "What's the part they play in cyber-threat?", marker=2)
    start = tallinn.text.index("as the Defence Minister just said")
    own = cite_span(tallinn, start, start + len("as the Defence Minister just said"))
    html = timeline_svg([replace(own, reported_from="the Defence Minister"), asked], T)
    assert any("A journalist’s question, not a position" in label for label in _labels(html))
    assert any("reporting the words of the Defence Minister" in label for label in _labels(html))
    assert html.count("timeline-other") == 2


def test_what_is_not_drawn_is_said() -> None:
    one = citation_of(samples()[TALLINN], WELCOME)
    html = timeline_svg([one] * 62 + [replace(one, date=None)] * 3, T)
    assert "2 later quotes are not drawn." in html
    assert "3 quotes have no date and are not drawn." in html


def test_one_day_is_no_line() -> None:
    one = citation_of(samples()[TALLINN], WELCOME)
    assert timeline_svg([one, replace(one, date=None)], T) == ""


def test_hostile_words_are_text_in_the_drawing() -> None:
    hostile = transcript_of(HOSTILE_WORDS, speaker=HOSTILE_WORDS)
    citation = citation_of(hostile, HOSTILE_WORDS)
    html = timeline_svg([citation, citation], T)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {
        "figure",
        "figcaption",
        "svg",
        "g",
        "line",
        "text",
        "a",
        "title",
        "circle",
        "ol",
        "li",
        "span",
        "bdi",
    }
    assert "\u202e" not in html.split("<ol")[0]


def test_the_keep_button_names_a_place_and_a_digest_and_no_words() -> None:
    one = citation_of(samples()[TALLINN], WELCOME)
    place, digest = cite_id(one.quote), words_digest(WELCOME)
    assert keep_button(one, T) == (
        f'<button type="button" class="keep" data-place="{place}" data-digest="{digest}" aria-pressed="false">'
        "Keep for class</button>"
    )
