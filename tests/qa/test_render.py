"""Answers in Markdown: who speaks is said before what is said, and a refusal reads as an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import (
    BRUSSELS,
    HOSTILE_WORDS,
    SEARCHED,
    TALLINN,
    answer_of,
    citation_of,
    refusal_of,
    samples,
    transcript_of,
)

from index.types import Filters
from qa.types import Quote, Side
from qa.web.links import words_digest
from qa.web.render import (
    answer_blocks,
    asked_excerpt,
    filters_sentence,
    render_answer_markdown,
    render_searched_html,
    scope_sentence,
    shorten,
    voice,
)
from qa.wording import names_list, period_words, side_words, written_date

FAIRER = "Fairer burden-sharing underpins this."


def test_an_answer_introduces_its_quote_and_links_to_its_place() -> None:
    answer = answer_of(citation_of(samples()[BRUSSELS], FAIRER))
    assert render_answer_markdown(answer) == (
        "**Jens Stoltenberg**, NATO Secretary General. Press conference, "
        '<time datetime="2018-10-04">4 October 2018</time>.\n\n'
        "> “Fairer burden-sharing underpins this.” "
        '[\\[1\\]](#cite-2018-10-04-press-conference~349-386 "Open quote 1 in its transcript") '
        f'[Copy](#copy-2018-10-04-press-conference~349-386~{words_digest(FAIRER)} "Copy quote 1 with its citation")'
    )


def test_the_question_that_prompted_a_quote_stands_before_it() -> None:
    answer = answer_of(citation_of(samples()[TALLINN], "We will always do what it takes to defend all Allies."))
    introduction, quote = render_answer_markdown(answer).split("\n\n")
    assert introduction == (
        "**Jens Stoltenberg**, NATO Secretary General. Joint press point, "
        '<time datetime="2014-11-20">20 November 2014</time>.  \n'
        "*Asked by Alistair Bunkall, Sky News: “… Do you envisage a scenario in the future where a cyber-attack could "
        "illicit a traditional military response, boots on the ground perhaps? And a word on Russia, if I may: What's "
        "the part they play in cyber-threat? How is their traditional military threat growing?”*"
    )
    assert quote.startswith("> “We will always do what it takes to defend all Allies.” [")


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("Do you envisage a scenario", "**A journalist’s question, not a position**, Alistair Bunkall."),
        (
            "We now have time for just a few questions.",
            "**The moderator’s words, not a position**, Oana Lungescu, NATO Spokesperson.",
        ),
        ("Last updated: 21 Nov. 2014 11:11", "**From the transcript’s header**."),
    ],
)
def test_whose_words_prove_nothing_is_said_first(words: str, voice: str) -> None:
    markdown = render_answer_markdown(answer_of(citation_of(samples()[TALLINN], words)))
    assert markdown.startswith(voice)


def test_a_speaker_without_a_name_is_not_given_one() -> None:
    citation = replace(citation_of(samples()[BRUSSELS], FAIRER), speaker=None, role=None, kind="unknown")
    assert render_answer_markdown(answer_of(citation)).startswith("**A speaker whom the transcript does not name**. ")


def test_reported_words_are_credited_to_whoever_said_them() -> None:
    citation = replace(citation_of(samples()[BRUSSELS], FAIRER), reported_from="the President of Lithuania")
    assert render_answer_markdown(answer_of(citation)).startswith(
        "**Jens Stoltenberg**, NATO Secretary General, reporting the words of the President of Lithuania."
    )


def test_a_refusal_says_what_was_searched_and_shows_what_is_near() -> None:
    blocks = answer_blocks(refusal_of(citation_of(samples()[BRUSSELS], FAIRER)))
    assert blocks[:3] == (
        "**The record does not answer this.** Nothing in it speaks of this.",
        "Searched: 2 transcripts, 24 turns, from 20 November 2014 to 4 October 2018, "
        "with Jens Stoltenberg and Sven Mikser.",
        "## Related, not an answer",
    )
    assert blocks[3].startswith("**Jens Stoltenberg**, NATO Secretary General.")
    assert len(blocks) == 4


def test_a_refusal_without_anything_near_promises_nothing() -> None:
    assert "Related" not in render_answer_markdown(refusal_of())


def test_filters_are_echoed_under_the_answer_and_in_a_refusal() -> None:
    filters = Filters(speakers=("Jens Stoltenberg",), kinds=("principal",), date_from=date(2018, 10, 1))
    echo = "*Searched only: Jens Stoltenberg; from 1 October 2018.*"
    assert answer_blocks(answer_of(citation_of(samples()[BRUSSELS], FAIRER), filters=filters))[-1] == echo
    assert answer_blocks(replace(refusal_of(), filters=filters))[-1] == echo


def test_no_filter_no_echo() -> None:
    assert filters_sentence(Filters(kinds=("principal",))) == ""


def test_no_piece_of_an_answer_cuts_a_citation() -> None:
    transcript = samples()[BRUSSELS]
    answer = answer_of(*(citation_of(transcript, FAIRER, marker=n) for n in (1, 2, 3)))
    blocks = answer_blocks(answer)
    assert [block.count("](#cite-") for block in blocks] == [1, 1, 1]
    assert [block.count("“") for block in blocks] == [block.count("”") for block in blocks]
    assert "\n\n".join(blocks) == render_answer_markdown(answer)


def test_hostile_words_are_text_in_every_place_of_an_answer() -> None:
    transcript = replace(transcript_of(HOSTILE_WORDS, speaker=HOSTILE_WORDS), title=HOSTILE_WORDS, place=HOSTILE_WORDS)
    citation = replace(citation_of(transcript, HOSTILE_WORDS), asked_by=HOSTILE_WORDS, role=HOSTILE_WORDS)
    citation = replace(citation, asked=citation.quote, reported_from=HOSTILE_WORDS)
    markdown = render_answer_markdown(answer_of(citation)) + render_answer_markdown(
        refusal_of(citation, reason=HOSTILE_WORDS)
    )
    for live in ("<img", "![", "](javascript", "${", "`code`", "<script", "https://", "www.evil", "<form", "\u202e"):
        assert live not in markdown.replace("\\" + live[0], "")
    assert markdown.count("](#cite-made~7-") == 2


def test_what_was_searched_is_escaped_html_without_a_blank_line() -> None:
    answer = replace(
        answer_of(filters=Filters(date_from=date(2014, 1, 1), date_to=date(2014, 12, 31))),
        standalone="<b>\n\n</details>",
    )
    assert render_searched_html(answer) == (
        '<details class="searched"><summary>What was searched</summary><dl>'
        "<dt>Question as searched</dt><dd>&lt;b&gt; &lt;/details&gt;</dd>"
        "<dt>Transcripts</dt><dd>2</dd><dt>Turns</dt><dd>24</dd>"
        "<dt>Dates</dt><dd>from 20 November 2014 to 4 October 2018</dd>"
        "<dt>Speakers</dt><dd>Jens Stoltenberg and Sven Mikser</dd><dt>Filters</dt><dd>2014</dd>"
        "<dt>Time</dt><dd>1.0 s (search 12 ms, rank 1.0 s)</dd></dl></details>"
    )


def test_the_scope_counts_in_words() -> None:
    one = replace(SEARCHED, transcripts=1, turns=1, speakers=(), date_to=date(2014, 11, 20))
    assert scope_sentence(one) == "1 transcript, 1 turn, 20 November 2014"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (date(2018, 10, 4), None, "from 4 October 2018"),
        (None, date(2018, 10, 4), "up to 4 October 2018"),
        (date(2018, 10, 4), date(2018, 10, 4), "4 October 2018"),
        (date(2018, 10, 1), date(2018, 10, 31), "October 2018"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2018, 1, 1), date(2019, 12, 31), "from 1 January 2018 to 31 December 2019"),
        (date(2018, 10, 2), date(2018, 10, 31), "from 2 October 2018 to 31 October 2018"),
    ],
)
def test_periods_in_words(start: date | None, end: date | None, words: str) -> None:
    assert period_words(start, end) == words


def test_the_last_day_that_a_date_can_be() -> None:
    assert period_words(date(9999, 1, 1), date.max) == "9999"


def test_dates_and_names() -> None:
    assert written_date(date(2014, 11, 20)) == "20 November 2014"
    assert names_list([]) == ""
    assert names_list(["A"]) == "A"
    assert names_list(["A", "B", "C"]) == "A, B and C"
    assert names_list(list("ABCDEFGHI")) == "A, B, C, D, E, F and 3 more"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("Why?", "Why?"),
        ("Good day. Why? Thank you.", "… Why?"),
        ("Why? I ask as a friend. And when?", "Why? … And when?"),
        ("Your view on the summit.", "Your view on the summit."),
    ],
)
def test_the_excerpt_of_a_question_is_what_it_asks(asked: str, shown: str) -> None:
    assert asked_excerpt(Quote("d", "t", 0, len(asked), asked)) == shown


@given(st.text(max_size=400), st.integers(1, 60))
def test_shortened_text_fits_and_invents_nothing(text: str, limit: int) -> None:
    short = shorten(text, limit=limit)
    whole = " ".join(text.split())
    assert len(short) <= limit
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_sides_are_headed_by_what_tells_them_apart() -> None:
    people = [Side((name,), date(2014, 1, 1), date(2014, 12, 31)) for name in ("Ann", "Bob")]
    assert [side_words(side, people) for side in people] == ["Ann", "Bob"]
    years = [Side(("Ann",), date(year, 1, 1), date(year, 12, 31)) for year in (2014, 2018)]
    assert [side_words(side, years) for side in years] == ["2014", "2018"]


def test_a_side_without_a_quote_says_why() -> None:
    quote = citation_of(samples()[BRUSSELS], FAIRER)
    sides = (Side(("Ann",), None, None, (), "Nothing speaks of this."), Side(("Bob",), None, None, (1,)))
    blocks = answer_blocks(replace(answer_of(quote), sides=sides))
    assert blocks[:3] == ("**Ann:**", "*No quote: nothing speaks of this.*", "**Bob:**")
    assert FAIRER in blocks[3]


def test_what_is_related_to_an_answer_stands_below_it() -> None:
    quote = citation_of(samples()[BRUSSELS], FAIRER)
    blocks = answer_blocks(replace(answer_of(quote), related=(quote,)))
    assert blocks[-2] == "## Related, not an answer"


def test_a_journalists_report_names_whose_words_it_holds() -> None:
    made = replace(citation_of(samples()[BRUSSELS], FAIRER), kind="journalist", speaker=None, role="Sky News")
    assert voice(replace(made, reported_from="the mayor")) == (
        "A journalist’s question, not a position",
        "Sky News, reporting the words of the mayor",
    )
