"""An answer for the terminal: plain text, wrapped, with nothing in it that could move the cursor."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from typing import TYPE_CHECKING

from qa.said import Said, say
from qa.types import Answer, Citation, Count, Searched
from qa.wording import counted, side_words, written_date

if TYPE_CHECKING:
    from qa.check import Match

_WIDTH = 96
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render_answer(answer: Answer) -> str:
    """The whole answer as text: quotes first, then what was searched."""
    if answer.sort == "greeting":
        return _wrap(answer.reason)
    if answer.status == "answered":
        total = [_wrap(count_sentence(answer.count))] if answer.count else []
        quotes = _sides(answer) if answer.sides else [render_citation(citation) for citation in answer.citations]
        blocks = [*total, *quotes]
    else:
        blocks = [_wrap(f"The record does not answer this. {answer.reason}")]
    if answer.related:
        blocks += ["Related, not an answer:", *(render_citation(citation) for citation in answer.related)]
    return "\n\n".join([*blocks, *map(_wrap, answer.notes), _wrap(searched_line(answer.searched))])


def _sides(answer: Answer) -> list[str]:
    """Each side under its heading; one without a quote says why."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    blocks: list[str] = []
    for side in answer.sides:
        quotes = [render_citation(by_marker[marker]) for marker in side.markers]
        blocks += [_wrap(f"— {side_words(side, answer.sides)} —"), *(quotes or [_wrap(empty_side(side.reason))])]
    return blocks


def empty_side(reason: str) -> str:
    """What stands for a side of a comparison without a quote."""
    return f"No quote: {reason[:1].lower()}{reason[1:]}" if reason else "No quote."


def count_sentence(count: Count) -> Said:
    """How often the words stand, and how they were looked up."""
    turns, held = say("answer.turns", n=count.turns), say("answer.transcripts", n=count.transcripts)
    return say("answer.count", term=count.term, n=count.occurrences, turns=turns, transcripts=held)


def render_citation(citation: Citation) -> str:
    """One quote, introduced by who, in what office, when, where, and what they were asked."""
    lines = [_wrap(f"[{citation.marker}] {introduction(citation)}")]
    if citation.asked:
        lines.append(_wrap(f"asked by {citation.asked_by}: “{citation.asked.text}”", indent="      "))
    lines.append(_wrap(f"“{citation.quote.text}”", indent="    "))
    lines.append(f"    {printable(citation.quote.doc_id)}, characters {citation.quote.start}–{citation.quote.end}")
    return "\n".join(lines)


def introduction(citation: Citation) -> str:
    """Who said it, in what office, at what event; a journalist's and a moderator's words are called so."""
    who = _who(citation.speaker, citation.role, citation.kind)
    reporting = f", reporting the words of {citation.reported_from}" if citation.reported_from else ""
    return _at_event(who + reporting, citation.title, citation.place, citation.date)


def render_match(match: Match) -> str:
    """Where checked words stand, and the sentence they are cut from where they are not whole sentences."""
    turn, transcript = match.turn, match.transcript
    who = _who(turn.speaker, turn.role or turn.affiliation, turn.kind) if turn else _who(None, None, None)
    lines = [
        _wrap(_at_event(who, transcript.title, transcript.place, transcript.date)),
        _wrap(f"“{match.quote.text}”", indent="    "),
    ]
    if not match.whole:
        lines.append(_wrap(f"part of: “{match.sentence.text}”", indent="    "))
    lines.append(f"    {printable(match.quote.doc_id)}, characters {match.quote.start}–{match.quote.end}")
    return "\n".join(lines)


_NOTES = {"journalist": " (journalist)", "moderator": " (moderator)", "unknown": " (unidentified)"}
_UNNAMED = {"journalist": "A journalist", "moderator": "The moderator"}


def _who(speaker: str | None, role: str | None, kind: str | None) -> str:
    if kind is None:
        return "From the header of the transcript"
    if speaker is None:
        return ", ".join(part for part in (_UNNAMED.get(kind, "An unnamed speaker"), role) if part)
    return ", ".join(part for part in (speaker, role) if part) + _NOTES.get(kind, "")


def _at_event(who: str, title: str | None, place: str | None, day: date | None) -> str:
    event = ", ".join(part for part in (title, place, written_date(day)) if part)
    return printable(f"{who}: {event}" if event else who)


def searched_line(searched: Searched) -> str:
    """The scope of the search in a sentence."""
    span = ""
    if searched.date_from and searched.date_to:
        first, last = written_date(searched.date_from), written_date(searched.date_to)
        span = f", {first}" if first == last else f", {first} to {last}"
    shown = ", ".join(searched.speakers[:4]) + (" and others" if len(searched.speakers) > 4 else "")
    people = f", by {shown}" if shown else ""
    return printable(
        f"Searched: {counted(searched.transcripts, 'transcript')}, {counted(searched.turns, 'turn')}{people}{span}."
    )


def printable(text: str) -> str:
    """``text`` on one line, without anything that could move the cursor or turn the direction of writing."""
    return " ".join(_CONTROLS.sub("", text).split())


def _wrap(text: str, *, indent: str = "") -> str:
    return textwrap.fill(
        printable(text), _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
