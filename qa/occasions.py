"""The event that a question names as where something was said: "at the joint press point", "in Tallinn".

Only what a header says of an event names it; a place that is talked about ("troops in Tallinn") limits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from qa.countries import countries_in
from qa.dates import date_mentions
from qa.named import speaks
from qa.roll import Roll
from qa.words import STOP_WORDS, content_stems, stem, tokens


@dataclass(frozen=True, slots=True)
class Occasion:
    """``question[start:end]`` names the events ``docs``."""

    start: int
    end: int
    docs: frozenset[str]


_MODIFIER = r"(?:(?:joint|background|on-the-record|on the record|nato|virtual|monthly|doorstep|the|press)\s+)*"
_NOUN = (
    r"(?:press\s+(?:conference|point|briefing|gaggle|call|event|statement)|gaggle|doorstep|briefing|conference"
    r"|(?:background|record)\s+call|remarks|speech)"
)
_EVENT = re.compile(
    rf"(?:\b(?P<whose>[A-Z][\w-]+)[’']s?\s+)?\b(?P<event>{_MODIFIER}{_NOUN})\b(?P<tail>[^?!.;:]*)", re.IGNORECASE
)
_LOOSE = re.compile(r"(?:the\s+)?(?:press\s+)?(?:conference|briefing|event|remarks|speech)", re.IGNORECASE)
_TAIL_ENDS = re.compile(
    r"\b(?:say|said|says|what|who|how|held|take place|took place|begin|end)\b|,",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s+(?:with|of|in|on|by|following|after|previewing|between|for|from|about|regarding)\b", re.IGNORECASE
)


def occasion(question: str, roll: Roll) -> Occasion | None:
    """The events that ``question`` limits itself to by their sort, title or place; ``None`` where it names none, or so
    many that they are no choice.
    """
    return next(chain(_by_title(question, roll), _by_place(question, roll)), None)


def _by_title(question: str, roll: Roll) -> Iterator[Occasion]:
    for found in _EVENT.finditer(question):
        start, end = found.span("event")
        tail_end = _TAIL_ENDS.search(question, end, found.end())
        stops = [m.start for m in date_mentions(question) if m.start >= end] + [
            tail_end.start() if tail_end else found.end()
        ]
        tail = question[end : min(stops)]
        loose = bool(_LOOSE.fullmatch(found["event"].strip()))
        for words in _shortened(tail) if _JOINS.match(tail) else [""]:
            if loose and not content_stems(words) and not _dated(question, end):
                continue
            docs = _holding(f"{found['whose'] or ''} {found['event']}", words, roll) or _holding(
                found["event"], words, roll
            )
            if docs and 2 * len(docs) <= max(2, len(roll.events)):
                yield Occasion(start, end + len(words), docs)
                return


def _dated(question: str, at: int) -> bool:
    """Whether a date follows at once: "the press conference of 4 October 2018"."""
    return any(
        re.fullmatch(r"\s+(?:of|on|in|from)\s+(?:the\s+)?", question[at : m.start])
        for m in date_mentions(question)
        if m.start > at
    )


def _shortened(tail: str) -> Iterator[str]:
    """``tail`` and what is left of it word by word from the end, down to nothing."""
    words = list(re.finditer(r"\S+", tail))
    for many in range(len(words), 1, -1):
        if content_stems(words[many - 1].group()):
            yield tail[: words[many - 1].end()]
    yield ""


_NOUNS = frozenset({"call", "record", "statement", "speech"})
"""Words of events that tell nothing in a question."""


def _holding(event: str, tail: str, roll: Roll) -> frozenset[str]:
    """The events whose header or sort holds every word."""
    wanted = {stem(word) for word in tokens(f"{event} {tail}") if word in _NOUNS or word not in STOP_WORDS}
    return frozenset(doc for doc, event_ in roll.events.items() if wanted and wanted <= event_.stems)


_AT_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t)\s+(?P<place>[^\W\d_][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)")


def _by_place(question: str, roll: Roll) -> Iterator[Occasion]:
    for found in _AT_PLACE.finditer(question):
        place = found["place"].strip()
        if not (place[0].isupper() or question.islower()) or countries_in(place):
            continue
        docs = frozenset(doc for doc, event in roll.events.items() if place.casefold() in event.places)
        if docs and 2 * len(docs) <= max(2, len(roll.events)) and _says_there(question, *found.span()):
            yield Occasion(*found.span(), docs)


def _says_there(question: str, start: int, end: int) -> bool:
    """Whether the place is where it was said: it opens or closes the question, or follows the verb of saying."""
    before, after = question[:start].rstrip(" ,"), question[end:]
    if not before or not after.strip(" ?!."):
        return True
    return speaks(before.split()[-1]) or bool(re.search(r"\b(?:asked?|moderated|held|spoke)\Z", before, re.IGNORECASE))
