"""The transcript beside the chat, and the list of quotes, as HTML. Pure: every text of the record is escaped.

What stands between the tags is the source, character for character: the marked text *is* the quote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.web.escape import html_attribute, html_text
from qa.web.links import cite_id, document_id
from qa.web.render import KIND_WORDS, voice
from qa.wording import counted, names_list, written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Transcript, Turn
    from qa.types import Answer, Citation

Span = tuple[int, int]

_LISTED = 40  # transcripts named on the opening page; the others are counted


def render_reader_html(transcript: Transcript, mark: Span | None = None) -> str:
    """One transcript with every turn under its speaker, and ``text[mark]`` in a ``<mark>`` that can take the focus."""
    body = "".join(_sections(transcript, mark))
    return f'<article class="transcript">{_back_link()}{_heading(transcript, mark)}{body}</article>'


def render_contents_html(transcripts: Mapping[str, Transcript]) -> str:
    """What the record holds, newest first: each transcript a link that opens it."""
    newest = sorted(transcripts.values(), key=lambda t: (t.date is not None, t.date, t.doc_id), reverse=True)
    items = "".join(_contents_item(transcript) for transcript in newest[:_LISTED])
    more = f"<p>And {counted(len(newest) - _LISTED, 'more transcript')}.</p>" if len(newest) > _LISTED else ""
    count = counted(len(newest), "transcript")
    return (
        '<article class="contents"><h2 tabindex="-1">What the record holds</h2>'
        f"<p>{count}. Open one here, or ask a question: each quote links to its place.</p>"
        f"<ol>{items}</ol>{more}</article>"
    )


def render_quotes_html(answer: Answer | None) -> str:
    """The quotes of the last answer as a list, each with who, when, what was asked, and two links."""
    if answer is None:
        return '<p class="hint">Ask a question: the quotes of its answer are listed here.</p>'
    if answer.status == "refused":
        return '<p class="hint">The record does not answer the last question, so there is no quote to list.</p>'
    items = "".join(_quote_item(citation) for citation in answer.citations)
    return f'<ol class="quotes">{items}</ol>'


def _heading(transcript: Transcript, mark: Span | None) -> str:
    facts = [written_date(transcript.date), transcript.place or "", transcript.delivery_note or ""]
    line = " · ".join(html_text(fact) for fact in facts if fact)
    focus = "" if mark else ' tabindex="-1"'
    return f'<header><h2{focus}>{html_text(transcript_name(transcript))}</h2><p class="facts">{line}</p></header>'


def transcript_name(transcript: Transcript) -> str:
    """The title, or the name of the file where the transcript has none."""
    return transcript.title or transcript.source_name


def _back_link() -> str:
    return '<p class="back"><a href="#cite-">All transcripts</a></p>'


def _sections(transcript: Transcript, mark: Span | None) -> Iterable[str]:
    """Header lines and turns in the order of the text; labels are shown as headings, page furniture is left out."""
    headers = [(r.start, r.end, None) for r in transcript.regions if r.kind == "header"]
    turns = [(turn.start, turn.end, turn) for turn in transcript.turns]
    for start, end, turn in sorted([*headers, *turns], key=lambda section: section[:2]):
        words = _marked(transcript, (start, end), mark)
        yield _turn(turn, words) if turn else f'<div class="lines">{words}</div>'


def _turn(turn: Turn, words: str) -> str:
    name = html_text(turn.speaker or ("A journalist" if turn.kind == "journalist" else "Not named"))
    office = ", ".join(html_text(part) for part in (turn.role, turn.affiliation) if part)
    return (
        f'<section class="turn {turn.kind}"><h3>{name} <span class="kind">{KIND_WORDS[turn.kind]}</span></h3>'
        + (f'<p class="office">{office}</p>' if office else "")
        + f'<div class="words">{words}</div></section>'
    )


def _marked(transcript: Transcript, span: Span, mark: Span | None) -> str:
    start, end = span
    if mark is None or not (start <= mark[0] and mark[1] <= end):
        return _words(transcript, start, end)
    before, marked, after = (
        _words(transcript, start, mark[0]),
        _words(transcript, *mark),
        _words(transcript, mark[1], end),
    )
    return f'{before}<mark tabindex="-1">{marked}</mark>{after}'


def _words(transcript: Transcript, start: int, end: int) -> str:
    """``text[start:end]``; words credited to somebody else are set apart and named, by the style sheet alone."""
    pieces: list[str] = []
    at = start
    for reported in transcript.reported:
        low, high = max(reported.start, at), min(reported.end, end)
        if low < high:
            source = html_attribute(reported.source)
            said = html_text(transcript.text[low:high])
            pieces += [
                html_text(transcript.text[at:low]),
                f'<span class="reported" data-source="{source}">{said}</span>',
            ]
            at = high
    return "".join([*pieces, html_text(transcript.text[at:end])])


def _contents_item(transcript: Transcript) -> str:
    speakers = names_list(principals([transcript]))
    facts = " · ".join(html_text(fact) for fact in (written_date(transcript.date), speakers) if fact)
    link = f'<a href="#cite-{document_id(transcript.doc_id)}">{html_text(transcript_name(transcript))}</a>'
    return f'<li>{link}<p class="facts">{facts}</p></li>'


def principals(transcripts: Iterable[Transcript]) -> tuple[str, ...]:
    """Everybody who speaks as a principal, the most often heard first."""
    turns: dict[str, int] = {}
    for transcript in transcripts:
        for turn in transcript.turns:
            if turn.kind == "principal" and turn.speaker:
                turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
    return tuple(sorted(turns, key=lambda name: (-turns[name], name)))


def _quote_item(citation: Citation) -> str:
    address = cite_id(citation.quote)
    who, capacity = voice(citation)
    caption = ", ".join(html_text(part) for part in (who, capacity) if part)
    when = " · ".join(html_text(part) for part in _occasion(citation) if part)
    return (
        f'<li class="{citation.kind or "header"}"><figure>'
        f"<blockquote>“{html_text(citation.quote.text)}”</blockquote>"
        f'<figcaption><strong>{caption}</strong><span class="facts">{when}</span></figcaption></figure>'
        f"{_asked(citation)}{_context(citation)}"
        f'<p class="links"><a href="#cite-{address}">[{citation.marker}] In its transcript</a> '
        f'<a href="?cite={address}">Link to this quote</a></p></li>'
    )


def _context(citation: Citation) -> str:
    """The sentences beside a quote, the quote itself marked among them."""
    parts = [citation.before, citation.quote, citation.after]
    if not (citation.before or citation.after):
        return ""
    words = " ".join(
        f"<strong>{html_text(part.text)}</strong>" if part is citation.quote else html_text(part.text)
        for part in parts
        if part
    )
    return f'<details class="asked"><summary>In context</summary><blockquote>{words}</blockquote></details>'


def _occasion(citation: Citation) -> Sequence[str]:
    return (written_date(citation.date), citation.place or "", citation.title or "")


def _asked(citation: Citation) -> str:
    if citation.asked is None:
        return ""
    by = html_text(citation.asked_by or "a journalist")
    return (
        f'<details class="asked"><summary>The question, asked by {by}</summary>'
        f"<blockquote>{html_text(citation.asked.text)}</blockquote></details>"
    )
