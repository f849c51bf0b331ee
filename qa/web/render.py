"""Answers in Markdown, for the page and for the terminal. Pure: everything that was not written here is escaped.

Who speaks decides what words prove, so every quote is introduced by its voice: an official by name and office, a
journalist's words as a question, a moderator's as a moderator's, a line of the header as the transcript's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sentences import sentence_spans
from qa.terminal import count_sentence, empty_side
from qa.web.escape import html_text, markdown_line, markdown_lines
from qa.web.links import cite_id
from qa.wording import counted, names_list, period_words, side_words, written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.types import Filters, Kind, Transcript
    from qa.types import Answer, Citation, Limit, Quote, Searched

_ASKED_LIMIT = 280  # characters of a question shown above its answer: about three lines at a readable measure
_QUOTES_LIMIT = 30  # quotes of one answer on the page: only a count has more

KIND_WORDS: dict[Kind | None, str] = {
    "principal": "Official",
    "moderator": "Moderator",
    "journalist": "Journalist",
    "unknown": "Speaker not identified",
    None: "Transcript’s header",
}


def render_answer_markdown(answer: Answer) -> str:
    """The whole answer as Markdown: its quotes best first, or a refusal with what was searched and what lies near."""
    return "\n\n".join(answer_blocks(answer))


def answer_blocks(answer: Answer) -> tuple[str, ...]:
    """The answer in the pieces in which it may appear one after another; no piece cuts a quote or a citation."""
    if answer.sort == "greeting":
        return (markdown_line(answer.reason),)
    if answer.status == "refused":
        return _refusal_blocks(answer)
    first = [f"**{markdown_line(count_sentence(answer.count))}**"] if answer.count else []
    shown = answer.citations[:_QUOTES_LIMIT]
    quotes = _sides(answer) if answer.sides else [citation_markdown(citation) for citation in shown]
    left = len(answer.citations) - len(shown)
    more = [f"*And {counted(left, 'more place')}: `ontherecord ask … --csv` lists all.*"] if left else []
    return (*first, *quotes, *more, *_understood(answer), *_related_blocks(answer))


def citation_markdown(citation: Citation) -> str:
    """One quote: who, in what office, when, where, what they were asked; then the words and the link to their place."""
    words = markdown_lines(f"“{citation.quote.text}”", prefix="> ")
    asked = asked_sentence(citation)
    introduction = introduce(citation) + (f"  \n*{asked}*" if asked else "")
    return f"{introduction}\n\n{words} {citation_link(citation)}"


def citation_link(citation: Citation) -> str:
    """``[n]`` as a link to the quote's place in its transcript."""
    return (
        f'[\\[{citation.marker}\\]](#cite-{cite_id(citation.quote)} "Open quote {citation.marker} in its transcript")'
    )


def introduce(citation: Citation) -> str:
    """Who speaks and in what capacity, when and at which event, as one line of Markdown."""
    occasion = ", ".join(filter(None, [_event(citation), _place(citation), written_date(citation.date)]))
    return ". ".join(filter(None, [_voice_markdown(citation), markdown_line(occasion)])) + "."


def voice(citation: Citation) -> tuple[str, str]:
    """Who speaks, and in what capacity, as two plain texts; the second may be empty."""
    if citation.kind is None:
        return "From the transcript’s header", ""
    reporting = f"reporting the words of {citation.reported_from}" if citation.reported_from else ""
    if citation.kind == "journalist":
        return "A journalist’s question, not a position", _joined(citation.speaker, citation.role, reporting)
    if citation.kind == "moderator":
        return "The moderator’s words, not a position", _joined(citation.speaker, citation.role)
    if citation.speaker is None:
        return "A speaker whom the transcript does not name", _joined(citation.role, reporting)
    return citation.speaker, _joined(citation.role or "office not stated", reporting)


def asked_sentence(citation: Citation) -> str:
    """``Asked by Jane Doe: “…?”`` as one line of Markdown, or nothing where the record pairs no question."""
    if citation.asked is None:
        return ""
    by = f"Asked by {markdown_line(citation.asked_by)}" if citation.asked_by else "Asked by a journalist"
    return f"{by}: “{markdown_line(asked_excerpt(citation.asked))}”"


def asked_excerpt(asked: Quote) -> str:
    """The sentences of ``asked`` that ask, in order; an ellipsis stands for what is left out."""
    sentences = [asked.text[start:end] for start, end in sentence_spans(asked.text)]
    chosen = [n for n, sentence in enumerate(sentences) if sentence.rstrip("\"'”’)").endswith("?")] or [0]
    parts: list[str] = []
    for before, n in zip([-1, *chosen], chosen, strict=False):
        parts += (["…"] if n != before + 1 else []) + sentences[n : n + 1]
    return shorten(" ".join(parts), limit=_ASKED_LIMIT)


def shorten(text: str, *, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut between words where there is one, an ellipsis for the rest."""
    text = " ".join(text[: 4 * limit].split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def _understood(answer: Answer) -> list[str]:
    """What the question was taken to limit itself to, and how words that leave something open were read."""
    sentences = [filters_sentence(answer.filters), *map(markdown_line, answer.notes)]
    return [f"*{sentence}*" for sentence in sentences if sentence]


def filters_sentence(filters: Filters) -> str:
    """What the search was limited to, as one line of Markdown; empty where it was not."""
    words = list(filter_words(filters))
    return markdown_line("Searched only: " + "; ".join(words) + ".") if words else ""


def filter_words(filters: Filters) -> Iterable[str]:
    """Each active filter in plain words; that officials are quoted goes without saying."""
    if filters.speakers:
        yield names_list(filters.speakers)
    if filters.kinds and filters.kinds != ("principal",):
        yield "words of: " + ", ".join(KIND_WORDS[kind].lower() for kind in filters.kinds)
    if filters.doc_ids:
        yield f"{len(filters.doc_ids)} chosen " + ("transcript" if len(filters.doc_ids) == 1 else "transcripts")
    if period := period_words(filters.date_from, filters.date_to):
        yield period


def limit_words(limit: Limit, filters: Filters, transcripts: Mapping[str, Transcript]) -> str:
    """One limit of a search in plain words, for the button that takes it away."""
    if limit == "speakers":
        return names_list(filters.speakers)
    if limit == "dates":
        return period_words(filters.date_from, filters.date_to)
    titles = [transcripts[doc_id].title or doc_id for doc_id in filters.doc_ids]
    return shorten(titles[0], limit=60) if len(titles) == 1 else counted(len(titles), "event")


def scope_sentence(searched: Searched) -> str:
    """What was searched, in plain words: ``2 transcripts, 24 turns, from … to …, with …``."""
    parts = [counted(searched.transcripts, "transcript"), counted(searched.turns, "turn")]
    period = period_words(searched.date_from, searched.date_to)
    speakers = f"with {names_list(searched.speakers)}" if searched.speakers else ""
    return ", ".join(filter(None, [*parts, period, speakers]))


def render_searched_html(answer: Answer) -> str:
    """What was searched, folded under an answer, as HTML without a blank line (a block that Markdown leaves alone)."""
    searched, filters = answer.searched, "; ".join(filter_words(answer.filters))
    rows = [
        ("Question as searched", answer.standalone if answer.standalone != answer.question else ""),
        ("Transcripts", f"{searched.transcripts:,}"),
        ("Turns", f"{searched.turns:,}"),
        ("Dates", period_words(searched.date_from, searched.date_to)),
        ("Speakers", names_list(searched.speakers)),
        ("Filters", filters or "none"),
        ("Chance that the record answers", "" if answer.chance is None else f"{answer.chance:.0%}"),
        ("Time", _timing_words(answer.timings_ms)),
    ]
    items = "".join(f"<dt>{name}</dt><dd>{_one_line(text)}</dd>" for name, text in rows if text)
    return f'<details class="searched"><summary>What was searched</summary><dl>{items}</dl></details>'


def _refusal_blocks(answer: Answer) -> tuple[str, ...]:
    blocks = [
        "**The record does not answer this.**" + (f" {markdown_line(answer.reason)}" if answer.reason else ""),
        f"Searched: {markdown_line(scope_sentence(answer.searched))}.",
    ]
    blocks += _understood(answer)
    return (*blocks, *_related_blocks(answer))


def _related_blocks(answer: Answer) -> list[str]:
    quotes = [citation_markdown(citation) for citation in answer.related]
    return ["## Related, not an answer", *quotes] if quotes else []


def _sides(answer: Answer) -> list[str]:
    """Each side under its heading; one without a quote says why, so that its silence is seen."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    blocks: list[str] = []
    for side in answer.sides:
        quotes = [citation_markdown(by_marker[marker]) for marker in side.markers]
        blocks += [
            f"**{markdown_line(side_words(side, answer.sides))}:**",
            *(quotes or [f"*{markdown_line(empty_side(side.reason))}*"]),
        ]
    return blocks


def _voice_markdown(citation: Citation) -> str:
    who, capacity = (markdown_line(part) for part in voice(citation))
    return f"**{who}**" + (f", {capacity}" if capacity else "")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _event(citation: Citation) -> str:
    return shorten(citation.title or "", limit=120)


def _place(citation: Citation) -> str:
    place = citation.place or ""
    return "" if place and place in (citation.title or "") else place


def _timing_words(timings_ms: object) -> str:
    """Stages in the order they ran and their sum, in milliseconds or seconds."""
    if not isinstance(timings_ms, dict) or not timings_ms:
        return ""
    stages = ", ".join(f"{name} {_duration(value)}" for name, value in timings_ms.items())
    return f"{_duration(sum(timings_ms.values()))} ({stages})"


def _duration(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.0f} ms"


def _one_line(text: str) -> str:
    return html_text(" ".join(text.split()))
