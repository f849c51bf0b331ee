"""What a question takes for granted and the record never speaks of: a name that no transcript holds, a day without one.

A search always finds something near. Asked about a country, a person or a programme that is nowhere in the record, the
nearest sentence answers another question; so the names are looked up first, in every spelling that may stand for them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from qa.countries import countries_in, forms_of
from qa.dates import DateMention, date_mentions
from qa.named import is_known, is_office
from qa.roll import Roll
from qa.words import STOP_WORDS, tokens

Span = tuple[int, int]

_RUN = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|for|the|de|van|von) ){0,2}[A-Z][\w’'-]*)*")
_OPENING = re.compile(r"(?:^|[.!?:;]\s+|[\"“‘(])\W*\w[\w’'-]*")
_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr sir i ok""".split()
)
_ENDING = 3  # letters that an ending may change: "Crimea", "Crimean"; "Lithuania", "Lithuanians"
_SHORTEST = 4  # letters that must be left
_SMALL = r"(?:(?:of|for|the|and|on|in|to)\s+)*"


def unmentioned(question: str, texts: Collection[str], *, known: Sequence[Span] = ()) -> str | None:
    """The first name in ``question`` that none of ``texts`` holds in any spelling; ``known`` spans are not looked up.

    A name is a run of capitalised words; it is held where one of its words is, or its initials, or another name of its
    country. The first word of a sentence is no name, and in a question with Every Word Capitalised none is.
    """
    words = question.split()
    if sum(word[:1].isupper() for word in words) > 0.6 * len(words) and len(words) > 3:
        return None
    return next((name for name in _names(question, known) if not _is_held(name, texts)), None)


def speaks_of_none(question: str, texts: Collection[str]) -> bool:
    """Whether ``question`` has content words and none of ``texts`` holds any of them, in any form."""
    words = [word for word in tokens(question) if word not in STOP_WORDS and len(word) > 1]
    return bool(words) and not any(
        spelling in text
        for word in words
        for spelling in (*_spellings(word), _spellings(word)[0].title())
        for text in texts
    )


def is_dated(mention: DateMention, texts: Collection[str]) -> bool:
    """Whether one of ``texts`` names a day of ``mention``, or all of it."""
    years = [str(year) for year in range(mention.first.year, mention.last.year + 1)]
    return any(
        mention.first <= found.first and found.last <= mention.last
        for text in texts
        if any(year in text for year in years)
        for found in date_mentions(text)
    )


def _names(question: str, known: Sequence[Span]) -> Iterator[str]:
    openings = [match.end() for match in _OPENING.finditer(question)]
    for run in _RUN.finditer(question):
        start = run.start()
        if any(start < end and run.end() > first for first, end in known):
            continue
        if any(start < opening <= run.end() for opening in openings):
            start = next(opening for opening in openings if start < opening <= run.end())
        name = re.sub(r"\A[^A-Z]+|[’'-]+\Z", "", question[start : run.end()])
        if any(word not in STOP_WORDS | _CALENDAR for word in tokens(name)):
            yield name


def _is_held(name: str, texts: Collection[str]) -> bool:
    wanted = [spelling for word in _words(name) for spelling in _spellings(word)]
    if any(spelling in text for text in texts for spelling in wanted):
        return True
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(initials) > 1 and any(re.search(rf"\b{initials}\b", text) for text in texts):
        return True
    return name.isupper() and name.isalpha() and any(_spelt_out(name).search(text) for text in texts)


def _words(name: str) -> list[str]:
    return [re.sub(r"[’']s?\Z", "", word) for word in name.split() if word[0].isupper()]


def _spellings(word: str) -> list[str]:
    """``word`` less its ending, as in a sentence and as its first word, and every name of its country."""
    kept = word if word.isupper() else word[: max(_SHORTEST, len(word) - _ENDING)]
    return [kept, kept.lower(), *(form for land in countries_in(word, capitals=True) for form in forms_of(land))]


def _spelt_out(initials: str) -> re.Pattern[str]:
    """What capitals may stand for: OPCW, "Organisation for the Prohibition of Chemical Weapons"."""
    return re.compile(rf"\b{(_SMALL).join(rf'{letter}[a-z-]+' + chr(92) + 's+' for letter in initials)[:-3]}")


_TITLE = r"(?:Mr|Mrs|Ms|Dr|President|Chancellor|Prime Minister|Minister|Secretary|General|Ambassador|Senator|Director)"


def is_person(name: str, roll: Roll, texts: Collection[str]) -> bool:
    """Whether a bare name or office is a person's: known to the roll, called by a title in the texts, or in none of
    them, so that nothing can be said on it as a topic either.
    """
    if is_office(name) or is_known(name, roll):
        return True
    last = re.escape(name.split()[-1])
    holding = [text for text in texts if name.split()[-1] in text]
    return not holding or any(re.search(rf"\b{_TITLE}\.? (?:[A-Z]\w+ )?{last}\b", text) for text in holding)
