"""The transcript and the list of quotes as HTML: between the tags stands the source."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, answer_of, citation_of, refusal_of, samples, transcript_of

from index.types import ReportedSpeech, Transcript
from qa.catalogue import texts
from qa.web.links import words_digest
from qa.web.quotes import render_quotes_html
from qa.web.reader import principals, render_contents_html, render_reader_html


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def _marked(html: str) -> str:
    (found,) = re.findall(r'<mark tabindex="-1">(.*?)</mark>', html, re.DOTALL)
    return _text(found)


@pytest.mark.parametrize("doc_id", [TALLINN, BRUSSELS])
def test_every_turn_stands_in_the_reader_as_it_is_in_the_source(doc_id: str) -> None:
    transcript = samples()[doc_id]
    shown = re.findall(r'<div class="words">(.*?)</div></section>', render_reader_html(transcript), re.DOTALL)
    assert [_text(words) for words in shown] == [transcript.text[turn.start : turn.end] for turn in transcript.turns]


@pytest.mark.parametrize(
    ("doc_id", "words"),
    [
        (BRUSSELS, "Fairer burden-sharing underpins this."),
        (BRUSSELS, "Press conference"),
        (
            TALLINN,
            "We will always do what it takes to defend all Allies.  Cyber-attacks is something".replace("  ", "\xa0 "),
        ),
        (TALLINN, "(...) But over to you Secretary General."),
    ],
)
def test_the_marked_text_is_the_quote(doc_id: str, words: str) -> None:
    transcript = samples()[doc_id]
    start = transcript.text.index(words)
    assert _marked(render_reader_html(transcript, (start, start + len(words)))) == words


@given(st.data())
def test_any_span_of_a_turn_is_marked_exactly(data: st.DataObject) -> None:
    transcript = samples()[data.draw(st.sampled_from([TALLINN, BRUSSELS]))]
    turn = data.draw(st.sampled_from(transcript.turns))
    start = data.draw(st.integers(turn.start, turn.end - 1))
    end = data.draw(st.integers(start + 1, turn.end))
    assert _marked(render_reader_html(transcript, (start, end))) == transcript.text[start:end]


def test_roles_are_said_in_words() -> None:
    html = render_reader_html(samples()[TALLINN])
    assert '<section class="turn principal"><h3>Sven Mikser <span class="kind">Official</span></h3>' in html
    assert '<section class="turn moderator"><h3>Oana Lungescu <span class="kind">Moderator</span></h3>' in html
    assert (
        '<section class="turn journalist"><h3>Alistair Bunkall <span class="kind">Journalist</span></h3>'
        '<p class="office">Sky News</p>'
    ) in html


def test_the_heading_tells_the_event_and_the_day() -> None:
    html = render_reader_html(samples()[BRUSSELS])
    day = '<time datetime="2018-10-04">4 October 2018</time>'
    assert f'<h2 tabindex="-1">Press conference</h2><p class="facts">{day} · As delivered</p>' in html


def _with_report() -> Transcript:
    transcript = transcript_of("He said that we agree. So do I.")
    start = transcript.text.index("we agree.")
    return replace(transcript, reported=(ReportedSpeech("made#t001", start, start + 9, 7, start, 'the "other"'),))


def test_a_question_and_its_answers_stand_together_and_the_answer_names_who_asked() -> None:
    transcript = samples()[TALLINN]
    html = render_reader_html(transcript)
    groups = re.findall(r'<div class="exchange">(.*?)</section></div>', html, re.DOTALL)
    assert len(groups) == len(transcript.exchanges) == 5
    question = next(turn for turn in transcript.turns if turn.speaker == "Alistair Bunkall")
    (group,) = [group for group in groups if "Alistair Bunkall" in group.split("</h3>")[0]]
    link = f'<a class="answers" href="#cite-{TALLINN}~{question.start}-{question.end}">'
    assert f"{link}Answers Alistair Bunkall, Sky News</a>" in group
    assert "Answers Alistair" not in html.replace(group, "")


def test_the_transcript_in_french_is_the_same_transcript() -> None:
    transcript = samples()[TALLINN]
    html = render_reader_html(transcript, t=texts("fr"))
    day = '<time datetime="2014-11-20">20 novembre 2014</time>'
    assert f'<h2 tabindex="-1">Joint press point</h2><p class="facts">{day}</p>' in html
    assert '<span class="kind">Responsable</span>' in html
    words = r'<div class="words">(.*?)</div></section>'
    french, english = (re.findall(words, each, re.DOTALL) for each in (html, render_reader_html(transcript)))
    assert [_text(turn) for turn in french] == [_text(turn) for turn in english]


def test_reported_words_are_set_apart_and_credited() -> None:
    html = render_reader_html(_with_report())
    assert 'that <span class="reported" data-source="words of the &quot;other&quot;">we agree.</span> So do I.' in html


def test_a_mark_may_begin_inside_reported_words() -> None:
    transcript = _with_report()
    start = transcript.text.index("agree.")
    html = render_reader_html(transcript, (start, len(transcript.text)))
    assert _marked(html) == "agree. So do I."
    assert _text(html).endswith("He said that we agree. So do I.")


def test_hostile_words_are_text_in_reader_quotes_and_contents() -> None:
    transcript = replace(
        transcript_of(HOSTILE_WORDS, speaker=HOSTILE_WORDS), title=HOSTILE_WORDS, doc_id=HOSTILE_WORDS[:40], place="<b>"
    )
    citation = replace(citation_of(transcript, HOSTILE_WORDS), asked_by=HOSTILE_WORDS)
    citation = replace(citation, asked=citation.quote)
    for html in (
        render_reader_html(transcript, (7, len(transcript.text))),
        render_quotes_html(answer_of(citation)),
        render_contents_html({transcript.doc_id: transcript}),
    ):
        tags = set(re.findall(r"</?([a-z0-9]+)", html))
        assert tags <= set(
            "article header h2 h3 p section div span mark ol li a bdi figure figcaption blockquote".split()
        ) | {
            *("time", "strong", "details", "summary", "button", "input", "label", "select", "option"),
        }
        assert not re.search(r"<[^>]*\son[a-z]+=", html)
        assert HOSTILE_WORDS in _text(html)


def test_each_quote_of_the_list_is_opened_linked_and_copied() -> None:
    html = render_quotes_html(answer_of(citation_of(samples()[BRUSSELS], "Fairer burden-sharing underpins this.")))
    assert '<a href="#cite-2018-10-04-press-conference~349-386">[1] In its transcript</a>' in html
    digest = words_digest("Fairer burden-sharing underpins this.")
    assert f'<a href="?cite=2018-10-04-press-conference~349-386&amp;is={digest}">Link to this quote</a>' in html
    assert f'data-place="2018-10-04-press-conference~349-386" data-digest="{digest}">Copy with citation<' in html
    assert "<blockquote>“Fairer burden-sharing underpins this.”</blockquote>" in html


def test_the_quote_list_keeps_the_whole_question() -> None:
    citation = citation_of(samples()[TALLINN], "We will always do what it takes to defend all Allies.")
    assert citation.asked is not None
    html = render_quotes_html(answer_of(citation))
    assert "<summary>The question, asked by Alistair Bunkall, Sky News</summary>" in html
    assert citation.asked.text in _text(html)


def test_the_quote_list_says_why_it_is_empty() -> None:
    assert "Ask a question" in render_quotes_html(None)
    assert "does not answer" in render_quotes_html(refusal_of())


def test_the_contents_list_the_newest_first() -> None:
    html = render_contents_html(samples())
    assert re.findall(r'href="#cite-([^"]+)"', html) == [BRUSSELS, TALLINN]
    assert (
        '<p class="facts"><time datetime="2014-11-20">20 November 2014</time> · Jens Stoltenberg and Sven Mikser</p>'
        in html
    )


def test_the_contents_of_a_large_record_count_what_they_leave_out() -> None:
    many = {f"d{n}": replace(transcript_of("x"), doc_id=f"d{n}") for n in range(45)}
    html = render_contents_html(many)
    assert html.count("<li>") == 40
    assert "<p>And 5 more: see Browse.</p>" in html


def test_principals_are_those_who_speak_as_such_most_heard_first() -> None:
    assert principals(samples().values()) == ("Jens Stoltenberg", "Sven Mikser")
