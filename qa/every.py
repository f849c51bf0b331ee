"""Every time something was said: a plain text search, complete by construction, for questions that count or want all.

"How many times did Stoltenberg mention Russia?" is not answered by the nearest passages. The words are looked up as
they stand: upper and lower case alike, as whole words, white space and the shape of quotation marks aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.types import Filters, Turn
from qa.dates import date_mentions
from qa.extract import Context
from qa.roll import speaker_filter
from qa.types import Count

Which = Literal["all", "first", "last"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to look up, and which of their places are asked for."""

    term: str
    which: Which = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Whole sentences, ``text[start:end]`` of one turn or, without one, of the header."""

    doc_id: str
    turn_id: str | None
    start: int
    end: int


_QUOTED = re.compile(r"[\"“„«]\s*(?P<term>[^\"“”„«»]{1,200}?)\s*[\"”“»]")
_WORDS = r"(?:the )?(?:exact )?(?:words?|terms?|phrases?|expressions?|names?)"
_MENTION = (
    r"(?:mention(?:ed|s)?(?! of\b)|refer(?:red|s)? to|talk(?:ed|s)? (?:about|of)|(?:speaks?|spoke) (?:about|of)"
    r"|nam(?:ed|es?))"
)
_SAY = rf"(?:says?|said|uses?|used|utter(?:ed|s)?|repeat(?:ed|s)?|{_MENTION}) {_WORDS}"
_NOUN = r"(?:mentions?|occurrences?|instances?|uses?|references?|quotes?|passages?|sentences?|statements?|remarks?)"
_EVENTS = r"(?:press (?:conferences?|points?)|briefings?|transcripts?|events?|speech(?:es)?|answers?|statements?)"
_COUNTS = re.compile(
    rf"\bhow (?:many times|often|frequently)\b|\bhow many (?:mentions|occurrences|instances|uses|{_EVENTS})\b"
    r"|\bcount\b|\bnumber of (?:times|mentions|occurrences)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?:every|each) (?:single )?(?:time|occasion|place|{_NOUN})\b"
    rf"|\b(?:all|any) (?:of )?(?:the )?(?:times|occasions|places|{_NOUN})\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"\b(?P<before>first|last) (?:time (?:that |when )?[^?.!,;]{{0,60}}? )?(?:{_SAY}|{_MENTION})\b"
    rf"|\b(?:{_SAY}|{_MENTION})\b[^?.!,;]* (?:for the )?(?P<after>first|last)(?: time)?\W*\Z"
    rf"|\b(?P<up>first|last) (?:come up|comes up|came up|appear(?:s|ed)?|occur(?:s|red)?)\b"
    rf"|\b(?P<noun>first|last|earliest|latest|most recent) (?:mention|reference|occurrence)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\W*(?:when|where|who|what|which|in (?:what|which)|find|show|give|quote)\b", re.IGNORECASE)
_NO_TERM = r"(?!(?:that|by|and|or|in|on|at|during|to)\b)"
_OBJECT = re.compile(rf"\b(?:{_SAY}|{_MENTION}|{_NOUN} of(?: {_WORDS})?) {_NO_TERM}(?P<term>[^?.!,;]+)", re.IGNORECASE)
_TERM = rf"(?:{_WORDS} )?(?P<term>(?!(?:{_NOUN}|and)\b)[^?.!,;]+?)"
_PARTICIPLE = r"(?:mentioned|named|referred to|talked about|spoken of)\b"
_PASSIVES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:was|were|is|are) {_TERM} {_PARTICIPLE}",
        rf"\b(?:has|have) {_TERM} (?:been {_PARTICIPLE}|come up\b)",
        rf"\b(?:does|do|did) {_TERM} (?:(?:first|last) )?(?:come up|occur|appear)\b",
        rf"\b(?:times?|occasions?|places?) (?:(?:that|when|where) )?{_TERM}"
        rf" (?:(?:was|were|is|are|has been|have been) {_PARTICIPLE}|comes? up|came up|occur(?:s|red)|appear(?:s|ed))",
    )
)
_WHERE = re.compile(
    r"\s+(?:by|in (?:the|his|her|their|this|that|any|all|both|every|each)|at the|during|on the record|on record|so far"
    r"|in total|altogether|overall|and (?:when|where|by whom|who))\b.*\Z",
    re.IGNORECASE,
)


def wanted(question: str) -> Wanted | None:
    """What ``question`` wants counted or listed in full; ``None`` where it is of another kind."""
    complete = _COUNTS.search(question) or _ALL.search(question)
    ends = _ENDS.search(question) if _ASKS.match(question) else None
    term = _term(question) if complete or ends else ""
    if not term:
        return None
    if complete or not ends:
        return Wanted(term)
    word = (ends["before"] or ends["after"] or ends["up"] or ends["noun"]).casefold()
    return Wanted(term, "first" if word in ("first", "earliest") else "last")


def _term(question: str) -> str:
    if quoted := _QUOTED.search(question):
        return quoted["term"].strip(" .,;:!?")
    found = next(filter(None, (form.search(question) for form in (*_PASSIVES, _OBJECT))), None)
    if not found:
        return ""
    start, end = found.span("term")
    for mention in date_mentions(question):  # "Russia in 2018": the year limits, it is not looked up
        before = re.search(r"\s+(?:in|on|during|from|of)\s+(?:the\s+)?\Z", question[: mention.start], re.IGNORECASE)
        at = before.start() if before else mention.start
        if start < at < end and (before or mention.is_open or not mention.is_year):
            end = at
    term = _WHERE.sub("", question[start:end])
    term = re.sub(r"\A(?:the|an?)\s+|\s+(?:first|last|for the (?:first|last) time)\Z", "", term.strip(), flags=re.I)
    return term.strip(" '\"‘’“”")


def pattern(term: str) -> re.Pattern[str]:
    """``term`` as whole words, in any case and with any white space; straight and curly apostrophes alike."""
    words = [re.sub(r"['’]", "['’]", re.escape(word)) for word in term.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def look_up(
    term: str, contexts: Mapping[str, Context], doc_ids: Sequence[str], filters: Filters
) -> tuple[list[Place], Count]:
    """Every place of ``term`` in the turns that pass ``filters``, in the order of ``doc_ids`` and of the text."""
    found = pattern(term)
    places: list[Place] = []
    occurrences, turns, documents = 0, 0, set()
    passes = speaker_filter(filters)
    for doc_id in doc_ids:
        context = contexts[doc_id]
        for turn in (turn for turn in context.transcript.turns if passes(turn.speaker, turn.kind)):
            text = context.transcript.text[turn.start : turn.end]
            spans = [(turn.start + m.start(), turn.start + m.end()) for m in found.finditer(text)]
            if spans:
                occurrences, turns = occurrences + len(spans), turns + 1
                documents.add(doc_id)
                places += _sentences(context, turn, spans)
    return places, Count(term, occurrences, turns, len(documents))


def _sentences(context: Context, turn: Turn, spans: Sequence[tuple[int, int]]) -> Iterator[Place]:
    """The sentences that hold ``spans``, each once; those that one of them runs over together."""
    sentences = context.sentences(turn.turn_id)
    starts, ends = [start for start, _ in sentences], [end for _, end in sentences]
    runs: list[tuple[int, int]] = []
    for start, end in spans:
        first, last = max(0, bisect_right(starts, start) - 1), min(bisect_left(ends, end), len(ends) - 1)
        if runs and first <= runs[-1][1]:
            first, last = runs[-1][0], max(last, runs.pop()[1])
        runs.append((first, last))
    for first, last in runs:
        yield Place(turn.doc_id, turn.turn_id, starts[first], ends[last])
