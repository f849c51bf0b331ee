"""The transcript beside the chat, as HTML. Pure: every text of the record is escaped.

What stands between the tags is the source, character for character: the marked text *is* the quote.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qa.catalogue import Texts
from qa.web.dates import time_html
from qa.web.escape import html_attribute, html_text
from qa.web.links import document_id, span_id
from qa.web.render import ENGLISH, kind_words
from qa.wording import names_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.types import Exchange, Transcript, Turn

Span = tuple[int, int]

_LISTED = 40  # transcripts named on the opening page; the others are counted


def render_reader_html(
    transcript: Transcript, mark: Span | None = None, t: Texts = ENGLISH, *, changed: bool = False
) -> str:
    """One transcript with every turn under its speaker, and ``text[mark]`` in a ``<mark>`` that can take the focus.

    ``changed`` says that a link led here whose words are no longer those at its place.
    """
    body = "".join(_sections(transcript, mark, t))
    warning = f'<p class="changed" role="alert">{t("reader.changed")}</p>' if changed else ""
    return (
        f'<article class="transcript">{_tools(transcript, t)}{warning}{_heading(transcript, mark, t)}{body}</article>'
    )


def render_contents_html(transcripts: Mapping[str, Transcript], t: Texts = ENGLISH) -> str:
    """What the record holds, newest first: each transcript a link that opens it."""
    newest = sorted(transcripts.values(), key=lambda one: (one.date is not None, one.date, one.doc_id), reverse=True)
    items = "".join(_contents_item(transcript, t) for transcript in newest[:_LISTED])
    more = f"<p>{t('reader.more', n=len(newest) - _LISTED)}</p>" if len(newest) > _LISTED else ""
    return (
        f'<article class="contents"><h2 tabindex="-1">{t("reader.holds")}</h2>'
        f"<p>{t('reader.intro', n=len(newest))}</p><ol>{items}</ol>{more}</article>"
    )


def transcript_name(transcript: Transcript) -> str:
    """The title, or the name of the file where the transcript has none."""
    return transcript.title or transcript.source_name


def principals(transcripts: Iterable[Transcript]) -> tuple[str, ...]:
    """Everybody who speaks as a principal, the most often heard first."""
    turns: dict[str, int] = {}
    for transcript in transcripts:
        for turn in transcript.turns:
            if turn.kind == "principal" and turn.speaker:
                turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
    return tuple(sorted(turns, key=lambda name: (-turns[name], name)))


def _tools(transcript: Transcript, t: Texts) -> str:
    """The way back, a search inside the transcript, and the ways to the quotes before and after; see reader.js."""
    within = f'data-doc="{html_attribute(transcript.doc_id)}"'
    return (
        '<div class="reader-tools">'
        f'<p class="back"><a href="#cite-">{t("reader.all")}</a></p>'
        f'<button type="button" class="ask-within" {within}>{t("reader.ask_within")}</button>'
        '<div class="reader-search" role="search">'
        f'<input type="search" class="find" aria-label="{t("reader.search")}" placeholder="{t("reader.search")}">'
        '<span class="found" role="status"></span>'
        f"{_step('find-previous', '↑', t('reader.previous_match'))}{_step('find-next', '↓', t('reader.next_match'))}"
        "</div>"
        f'<div class="reader-steps">{_step("quote-previous", "‹", t("reader.previous_quote"), words=True)}'
        f"{_step('quote-next', '›', t('reader.next_quote'), words=True)}</div></div>"
    )


def _step(name: str, sign: str, label: str, *, words: bool = False) -> str:
    shown = label if words else f'<span aria-hidden="true">{sign}</span>'
    named = "" if words else f' aria-label="{label}" title="{label}"'
    return f'<button type="button" class="{name}" hidden{named}>{shown}</button>'


def _heading(transcript: Transcript, mark: Span | None, t: Texts) -> str:
    facts = [html_text(fact) for fact in (transcript.place, transcript.delivery_note) if fact]
    line = " · ".join(filter(None, [time_html(transcript.date, t), *facts]))
    focus = "" if mark else ' tabindex="-1"'
    return f'<header><h2{focus}>{html_text(transcript_name(transcript))}</h2><p class="facts">{line}</p></header>'


def _sections(transcript: Transcript, mark: Span | None, t: Texts) -> Iterable[str]:
    """Header lines and turns in the order of the text; labels are shown as headings, page furniture is left out.

    Turns of one exchange that follow one another stand together.
    """
    exchanges = {
        turn_id: at
        for at, exchange in enumerate(transcript.exchanges)
        for turn_id in (*exchange.question_turns, *exchange.answer_turns)
    }
    headers = [(region.start, region.end, None) for region in transcript.regions if region.kind == "header"]
    turns = [(turn.start, turn.end, turn) for turn in transcript.turns]
    asked = _asked_by(transcript, t)
    ordered = sorted([*headers, *turns], key=lambda section: section[:2])
    for at, group in groupby(ordered, key=lambda section: exchanges.get(section[2].turn_id) if section[2] else None):
        html = "".join(
            _turn(turn, _marked(transcript, (start, end), mark, t), asked.get(turn.turn_id, ""), t)
            if turn
            else f'<div class="lines">{_marked(transcript, (start, end), mark, t)}</div>'
            for start, end, turn in group
        )
        yield html if at is None else f'<div class="exchange">{html}</div>'


def _asked_by(transcript: Transcript, t: Texts) -> Mapping[str, str]:
    """For each turn that answers a question: a link to the question, which names who asked."""
    turns = {turn.turn_id: turn for turn in transcript.turns}
    return {
        turn_id: _question_link(transcript, exchange, turns, t)
        for exchange in transcript.exchanges
        if exchange.question_turns
        for turn_id in exchange.answer_turns
    }


def _question_link(transcript: Transcript, exchange: Exchange, turns: Mapping[str, Turn], t: Texts) -> str:
    question = turns[exchange.question_turns[0]]
    named = ", ".join(filter(None, [question.speaker, question.affiliation]))
    words = t("reader.answers", name=html_text(named)) if named else t("reader.answers_question")
    return f'<a class="answers" href="#cite-{span_id(transcript.doc_id, question.start, question.end)}">{words}</a>'


def _turn(turn: Turn, words: str, asked: str, t: Texts) -> str:
    unnamed = t("reader.a_journalist") if turn.kind == "journalist" else t("reader.not_named")
    name = html_text(turn.speaker) if turn.speaker else unnamed
    office = ", ".join(html_text(part) for part in (turn.role, turn.affiliation) if part)
    facts = " · ".join(filter(None, [office, asked]))
    return (
        f'<section class="turn {turn.kind}"><h3>{name} <span class="kind">{kind_words(turn.kind, t)}</span></h3>'
        + (f'<p class="office">{facts}</p>' if facts else "")
        + f'<div class="words">{words}</div></section>'
    )


def _marked(transcript: Transcript, span: Span, mark: Span | None, t: Texts) -> str:
    start, end = span
    if mark is None or not (start <= mark[0] and mark[1] <= end):
        return _words(transcript, start, end, t)
    before, marked, after = (_words(transcript, *part, t) for part in ((start, mark[0]), mark, (mark[1], end)))
    return f'{before}<mark tabindex="-1">{marked}</mark>{after}'


def _words(transcript: Transcript, start: int, end: int, t: Texts) -> str:
    """``text[start:end]``; words credited to somebody else are set apart and named, by the style sheet alone."""
    pieces: list[str] = []
    at = start
    for reported in transcript.reported:
        low, high = max(reported.start, at), min(reported.end, end)
        if low < high:
            source = html_attribute(t("reader.words_of", source=reported.source))
            said = html_text(transcript.text[low:high])
            pieces += [
                html_text(transcript.text[at:low]),
                f'<span class="reported" data-source="{source}">{said}</span>',
            ]
            at = high
    return "".join([*pieces, html_text(transcript.text[at:end])])


def _contents_item(transcript: Transcript, t: Texts) -> str:
    speakers = names_list(principals([transcript]), t.language)
    facts = " · ".join(filter(None, [time_html(transcript.date, t), html_text(speakers)]))
    link = f'<a href="#cite-{document_id(transcript.doc_id)}">{html_text(transcript_name(transcript))}</a>'
    return f'<li>{link}<p class="facts">{facts}</p></li>'
