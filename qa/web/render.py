"""Answers in Markdown, for the page. Pure: everything that was not written here or in the catalogue is escaped.

Who speaks decides what words prove, so every quote is introduced by its voice: an official by name and office, a
journalist's words as a question, a moderator's as a moderator's, a line of the header as the transcript's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sentences import sentence_spans
from qa.catalogue import Texts, texts
from qa.said import in_language
from qa.terminal import count_sentence
from qa.web.dates import time_html
from qa.web.escape import html_text, markdown_line, markdown_lines
from qa.web.links import cite_id, words_digest
from qa.wording import names_list, period_words, side_words, written_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.types import Filters, Transcript
    from qa.types import Answer, Citation, Limit, Quote, Searched

_ASKED_LIMIT = 280  # characters of a question shown above its answer: about three lines at a readable measure
_QUOTES_LIMIT = 30  # quotes of one answer on the page: only a count has more

ENGLISH = texts("en")


def render_answer_markdown(answer: Answer, t: Texts = ENGLISH) -> str:
    """The whole answer as Markdown: its quotes best first, or a refusal with what was searched and what lies near."""
    return "\n\n".join(answer_blocks(answer, t))


def answer_blocks(answer: Answer, t: Texts = ENGLISH) -> tuple[str, ...]:
    """The answer in the pieces in which it may appear one after another; no piece cuts a quote or a citation."""
    if answer.sort == "greeting":
        return (_from_record(answer.reason, t),)
    if answer.status == "refused":
        return _refusal_blocks(answer, t)
    first = [f"**{_from_record(count_sentence(answer.count), t)}**"] if answer.count else []
    shown = answer.citations[:_QUOTES_LIMIT]
    quotes = _sides(answer, t) if answer.sides else [citation_markdown(citation, t) for citation in shown]
    left = len(answer.citations) - len(shown)
    more = [f"*{t('answer.more', n=left)}*"] if left else []
    return (*first, *quotes, *more, *_understood(answer, t), *_related_blocks(answer, t))


def citation_markdown(citation: Citation, t: Texts = ENGLISH) -> str:
    """One quote: who, in what office, when, where, what they were asked; then the words and the link to their place."""
    words = markdown_lines(f"“{citation.quote.text}”", prefix="> ")
    asked = asked_sentence(citation, t)
    introduction = introduce(citation, t) + (f"  \n*{asked}*" if asked else "")
    return f"{introduction}\n\n{words} {citation_link(citation, t)} {copy_link(citation, t)}"


def citation_link(citation: Citation, t: Texts = ENGLISH) -> str:
    """``[n]`` as a link to the quote's place in its transcript."""
    title = t("answer.open", marker=citation.marker)
    return f'[\\[{citation.marker}\\]](#cite-{cite_id(citation.quote)} "{title}")'


def copy_link(citation: Citation, t: Texts = ENGLISH) -> str:
    """A link that copies the quote with its formal citation; ``assets/ask.js`` follows it."""
    title = t("answer.copy_title", marker=citation.marker)
    return f'[{t("answer.copy")}](#copy-{cite_id(citation.quote)}~{words_digest(citation.quote.text)} "{title}")'


def introduce(citation: Citation, t: Texts = ENGLISH) -> str:
    """Who speaks and in what capacity, when and at which event, as one line of Markdown."""
    named = [markdown_line(part) for part in (_event(citation), _place(citation)) if part]
    occasion = ", ".join(filter(None, [*named, time_html(citation.date, t)]))
    return ". ".join(filter(None, [_voice_markdown(citation, t), occasion])) + "."


def kind_words(kind: str | None, t: Texts = ENGLISH) -> str:
    """What a speaker is in the transcript, in a word; ``None`` is a line of the header."""
    return t(f"kind.{kind or 'header'}")


def voice(citation: Citation, t: Texts = ENGLISH) -> tuple[str, str]:
    """Who speaks, and in what capacity, as two plain texts; the second may be empty."""
    if citation.kind is None:
        return t("voice.header"), ""
    reporting = t("voice.reporting", source=citation.reported_from) if citation.reported_from else ""
    if citation.kind == "journalist":
        return t("voice.journalist"), _joined(citation.speaker, citation.role, reporting)
    if citation.kind == "moderator":
        return t("voice.moderator"), _joined(citation.speaker, citation.role)
    if citation.speaker is None:
        return t("voice.unnamed"), _joined(citation.role, reporting)
    return citation.speaker, _joined(citation.role or t("voice.no_office"), reporting)


def asked_sentence(citation: Citation, t: Texts = ENGLISH) -> str:
    """``Asked by Jane Doe: “…?”`` as one line of Markdown, or nothing where the record pairs no question."""
    if citation.asked is None:
        return ""
    words = markdown_line(asked_excerpt(citation.asked))
    if citation.asked_by is None:
        return t("answer.asked", words=words)
    return t("answer.asked_by", name=markdown_line(citation.asked_by), words=words)


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


def _understood(answer: Answer, t: Texts) -> list[str]:
    """What the question was taken to limit itself to, and how words that leave something open were read."""
    sentences = [filters_sentence(answer.filters, t), *(_from_record(note, t) for note in answer.notes)]
    return [f"*{sentence}*" for sentence in sentences if sentence]


def _from_record(sentence: str, t: Texts) -> str:
    """A sentence that the search itself says, as one line of Markdown; marked as English where that is all it knows."""
    known = in_language(sentence, t.language)
    if known is not None or not sentence:
        return markdown_line(known or "")
    return f'<span lang="en">{markdown_line(sentence)}</span>'


def filters_sentence(filters: Filters, t: Texts = ENGLISH) -> str:
    """What the search was limited to, as one line of Markdown; empty where it was not."""
    words = list(filter_words(filters, t))
    return markdown_line(t("answer.only", limits="; ".join(words))) if words else ""


def filter_words(filters: Filters, t: Texts = ENGLISH) -> Iterable[str]:
    """Each active filter in plain words; that officials are quoted goes without saying."""
    if filters.speakers:
        yield names_list(filters.speakers, t.language)
    if filters.kinds and filters.kinds != ("principal",):
        yield t("answer.kinds", kinds=", ".join(kind_words(kind, t).lower() for kind in filters.kinds))
    if filters.doc_ids:
        yield t("answer.chosen", n=len(filters.doc_ids))
    if period := period_words(filters.date_from, filters.date_to, t.language):
        yield period


def limit_words(limit: Limit, filters: Filters, transcripts: Mapping[str, Transcript], t: Texts = ENGLISH) -> str:
    """One limit of a search in plain words, for the button that takes it away."""
    if limit == "speakers":
        return names_list(filters.speakers, t.language)
    if limit == "dates":
        return period_words(filters.date_from, filters.date_to, t.language)
    titles = [transcripts[doc_id].title or doc_id for doc_id in filters.doc_ids]
    return shorten(titles[0], limit=60) if len(titles) == 1 else t("answer.events", n=len(titles))


def counted_words(what: str, number: int, t: Texts = ENGLISH) -> str:
    """``2 transcripts``, ``1 turn``: a number with ``answer.<what>`` of the catalogue."""
    key = f"answer.{what}.one" if number == 1 else f"answer.{what}"
    return t(key, n=written_number(number, t.language))


def scope_sentence(searched: Searched, t: Texts = ENGLISH) -> str:
    """What was searched, in plain words: ``2 transcripts, 24 turns, from … to …, with …``."""
    parts = [counted_words("transcripts", searched.transcripts, t), counted_words("turns", searched.turns, t)]
    period = period_words(searched.date_from, searched.date_to, t.language)
    speakers = t("answer.with", names=names_list(searched.speakers, t.language)) if searched.speakers else ""
    return ", ".join(filter(None, [*parts, period, speakers]))


def render_searched_html(answer: Answer, t: Texts = ENGLISH) -> str:
    """What was searched, folded under an answer, as HTML without a blank line (a block that Markdown leaves alone)."""
    searched, filters = answer.searched, "; ".join(filter_words(answer.filters, t))
    rows = [
        ("question", answer.standalone if answer.standalone != answer.question else ""),
        ("transcripts", written_number(searched.transcripts, t.language)),
        ("turns", written_number(searched.turns, t.language)),
        ("dates", period_words(searched.date_from, searched.date_to, t.language)),
        ("speakers", names_list(searched.speakers, t.language)),
        ("filters", filters or t("searched.none")),
        ("chance", "" if answer.chance is None else f"{answer.chance:.0%}"),
        ("time", _timing_words(answer.timings_ms)),
    ]
    items = "".join(f"<dt>{t(f'searched.{name}')}</dt><dd>{_one_line(text)}</dd>" for name, text in rows if text)
    return f'<details class="searched"><summary>{t("searched.summary")}</summary><dl>{items}</dl></details>'


def _refusal_blocks(answer: Answer, t: Texts) -> tuple[str, ...]:
    reason = f" {_from_record(answer.reason, t)}" if answer.reason else ""
    blocks = [
        f"**{t('answer.refused')}**{reason}",
        markdown_line(t("answer.scope", scope=scope_sentence(answer.searched, t))),
        *_understood(answer, t),
    ]
    return (*blocks, *_related_blocks(answer, t))


def _related_blocks(answer: Answer, t: Texts) -> list[str]:
    quotes = [citation_markdown(citation, t) for citation in answer.related]
    return [f"## {t('answer.related')}", *quotes] if quotes else []


def _sides(answer: Answer, t: Texts) -> list[str]:
    """Each side under its heading; one without a quote says why, so that its silence is seen."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    blocks: list[str] = []
    for side in answer.sides:
        quotes = [citation_markdown(by_marker[marker], t) for marker in side.markers]
        heading = t("answer.side", name=side_words(side, answer.sides, t.language))
        blocks += [f"**{markdown_line(heading)}**", *(quotes or [f"*{_empty(side.reason, t)}*"])]
    return blocks


def _empty(reason: str, t: Texts) -> str:
    """What stands for a side of a comparison without a quote."""
    if not reason:
        return t("answer.empty")
    told = _from_record(reason, t)
    return t("answer.empty_side", reason=told[:1].lower() + told[1:])


def _voice_markdown(citation: Citation, t: Texts) -> str:
    who, capacity = (markdown_line(part) for part in voice(citation, t))
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
