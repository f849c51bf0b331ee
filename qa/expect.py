"""What a question expects for an answer, and whether a sentence offers it.

"How many soldiers …" wants a number beside the soldiers; "when" wants a time; "which Allies" wants a country. A
sentence on the same subject without it is a near miss: the commonest way for a search to answer wrongly. The checks
only ever rule out, so where a question's expectation is not recognised nothing is ruled out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.countries import countries_in
from qa.words import STOP_WORDS, stem, tokens

Sort = Literal["number", "time", "place", "country", "name", "reason"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """``sort`` of answer; ``counted`` are stems of what is counted ("soldiers"), empty where any number will do."""

    sort: Sort
    counted: tuple[str, ...] = ()


_WORD = r"[^\W\d_][\w'’-]*"
_COUNTED = re.compile(
    rf"\bhow many (?:more |other |new |additional |different )?(?P<noun>{_WORD}(?: {_WORD})?)", re.IGNORECASE
)
_MEASURED = re.compile(
    r"\bhow (?:much|often|long|far|big|large|fast|tall|old|high|wide|deep|few|frequently)\b"
    r"|\bwhat(?:'s| is| was| are| were| will be)? (?:the |a |its |their )?(?:exact |total |annual |overall |maximum )?"
    r"(?:number|range|size|cost|price|budget|amount|percentage|percent|share|proportion|speed|figure|rate"
    r"|population)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^\W*when\b|(?:[,;:]|\b(?:and|but|or|since|until|by|from)) when\b(?! (?:it comes|asked)\b)|\bwhen\W*$"
    r"|\b(?:what|which) (?:day|date|month|year|time|week|decade|century)\b|\bby what date\b",
    re.IGNORECASE,
)
_COUNTRY = re.compile(
    r"\b(?:which|what)(?: (?:other|two|three|four|five|six|seven|eight|nine|ten|\w+ern|specific|particular|of the"
    r"|(?-i:[A-Z]\w+))){0,3}"
    r" (?:country|countries|nations?|ally|allies|governments?|partners?|member states?|members? of)\b"
    r"(?! (?:agency|agencies|department|offices?|officials?|ministers?))",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\bwhere\b|\b(?:which|what) (?:city|town|place|location|venue)\b", re.IGNORECASE)
_REASON = re.compile(r"^\W*why\b|\bfor what reason\b", re.IGNORECASE)
_NAME = re.compile(
    r"^\W*(?:and |so |but )?(?:who|whom)\b|\bwhat(?:'s| is| was) the (?:name|designation|title)\b"
    r"|\bwhat is .{1,60} called\b",
    re.IGNORECASE,
)


def expectation(question: str) -> Expectation | None:
    """What ``question`` wants, or ``None`` where no check would be safe. The first sort that applies decides."""
    if found := _COUNTED.search(question):
        return Expectation("number", _heads(found["noun"]))
    for sort, pattern in _PATTERNS:
        if pattern.search(question):
            return Expectation(sort)
    return None


_PATTERNS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("number", _MEASURED),
    ("country", _COUNTRY),
    ("time", _TIME),
    ("place", _PLACE),
    ("reason", _REASON),
    ("name", _NAME),
)


def offers(expected: Expectation | None, sentence: str, question: str) -> bool:
    """Whether ``sentence`` holds something of the expected sort that is not already in ``question``."""
    if expected is None:
        return True
    if expected.sort == "number":
        return _offers_number(expected, sentence, question)
    if expected.sort == "country":
        return bool(countries_in(sentence) - countries_in(question))
    if expected.sort == "name":
        return _offers_name(sentence, question)
    if expected.sort == "time":
        return _offers_time(sentence, question)
    if expected.sort == "place":
        return _offers_place(sentence, question)
    return bool(_OFFERS_REASON.search(sentence))


_OFFERS_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|in order to|so that|that[’']s why|this is why|reasons?|therefore"
    r"|as a result|thanks to|"
    r"given that|caused? by|in response to)\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    trillion dozen dozens hundreds thousands millions billions half quarter third double triple twice once thrice first
    second fourth fifth sixth seventh eighth ninth tenth eleventh twelfth several none zero both single
    percent everyone nobody""".split()
_NUMBER = re.compile(rf"\d[\d.,]*\d|\d|\b(?:{'|'.join(_NUMBER_WORDS)})\b|%", re.IGNORECASE)
# a designation such as 9M729, F-35 or G7 holds digits and counts nothing
_DESIGNATION = re.compile(r"\b(?:[A-Za-z]+-?\d+|\d+[A-Za-z]+\d*)\w*")
_ORDINAL_OR_UNIT = re.compile(r"\b\d+(?:st|nd|rd|th|km|kg|m|bn|pc|k|x)\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently)\b", re.IGNORECASE)
_FREQUENCY = re.compile(
    r"\b(?:every|each|always|never|often|rarely|constantly|continuously|daily|weekly|monthly|yearly|annually|hourly"
    r"|a day)\b",
    re.IGNORECASE,
)
_REACH = 5  # words between a number and what it counts: "more than 600 of the best cyber experts"
_MOST_NUMBERS = 50  # looked at in one sentence: no spoken one holds more
_PEOPLE = frozenset(map(stem, "people persons men women participants individuals".split()))
_OF_PEOPLE = frozenset(
    map(stem, "experts soldiers troops personnel forces staff people men women officers participants citizens".split())
)


def _heads(noun_phrase: str) -> tuple[str, ...]:
    """Stems of the noun counted: its first word and, of "defence ministers", the second too."""
    words = [word for word in tokens(noun_phrase) if word not in STOP_WORDS]
    return tuple(stem(word) for word in words)


def _offers_number(expected: Expectation, sentence: str, question: str) -> bool:
    masked = _DESIGNATION.sub(lambda m: m.group() if _ORDINAL_OR_UNIT.fullmatch(m.group()) else "_", sentence)
    numbers = [found for found in _NUMBER.finditer(masked) if not _is_year(found.group())]
    asked = set(tokens(question))
    numbers = [found for found in numbers if found.group().casefold() not in asked]
    if not expected.counted:
        return bool(numbers) or bool(_HOW_OFTEN.search(question) and _FREQUENCY.search(sentence))
    wanted = set(expected.counted)
    if wanted & _PEOPLE:
        wanted |= _OF_PEOPLE
    held = [stem(word) for word in tokens(masked)]
    return any(wanted & set(_around(held, len(tokens(masked[: found.start()])))) for found in numbers[:_MOST_NUMBERS])


def _around(words: list[str], at: int) -> list[str]:
    """The words near the number at ``at``, itself left out."""
    return words[max(0, at - _REACH) : at] + words[at + 1 : at + 1 + _REACH]


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number))


_OFFERS_TIME = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[:.]\d\d\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d|\d{1,2} (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct"
    r"|nov|dec)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:today|tonight|yesterday|tomorrow|now|soon|immediately|already|recently|ago|later on|last night)\b"
    r"|\b(?:this|next|last|coming|previous|each|every|same|past) (?:\w+ )?(?:day|week|month|year|spring|summer"
    r"|autumn|fall|winter|"
    r"decade|century|weekend|morning|evening|afternoon|night)s?\b"
    r"|\b(?:by|before|after|until|since|during|within|at|in) (?:the )?(?:end|start|beginning|middle|course|summit"
    r"|meeting|\w+ summit|"
    r"\w+ meeting|autumn|spring|summer|winter|early|mid|late|few|coming|\w+ (?:days|weeks|months|years|hours))\b"
    r"|\b(?:century|centuries|decades?)\b",
    re.IGNORECASE,
)
_PREPOSITION = (
    r"\b(?:in|at|to|from|near|across|around|on|throughout|outside|inside|into|of|via|over|towards?|between|along|off"
    r"|beyond)"
)
_NAMED_PLACE = re.compile(
    rf"(?i:{_PREPOSITION}) (?:(?:the|our|its|their|an?) )?(?:[a-z]\w* )?(?P<place>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
)
_OFFERS_PLACE = re.compile(
    rf"{_PREPOSITION} (?:(?:the|our|its|their|an?) )?(?:\w+ )?\w+ (?:countries|nations|borders?|region)\b"
    r"|\b(?:everywhere|worldwide|abroad|overseas|around the world|headquarters|countries|borders?|region)\b",
    re.IGNORECASE,
)


_CAPITALISED = re.compile(r"(?<![.!?…]\s)(?<!\A)(?<![\"“‘(])\b(?:[A-Z][\w’'-]+|[A-Z]{2,})")


_AHEAD = re.compile(r"\bwhen (?:will|shall|(?:is|are) .{1,60} (?:going|due|expected|planned) to)\b", re.IGNORECASE)
_BEHIND = re.compile(r"\b(?:today|yesterday|already|recently|ago|now|tonight|last \w+|since \w+)\b", re.IGNORECASE)

_DONE = re.compile(r"\bwhen (?:was|were|did|had)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:recently|already|now|soon|later on)\b", re.IGNORECASE)


def _offers_time(sentence: str, question: str) -> bool:
    """A time; for what is still to come ("When will …"), one that is not past or present; for what is done, none that
    leaves the day open ("recently").
    """
    beside = _BEHIND if _AHEAD.search(question) else _VAGUE if _DONE.search(question) else None
    return bool(_OFFERS_TIME.search(beside.sub("", sentence) if beside else sentence))


def _offers_place(sentence: str, question: str) -> bool:
    """A region in general, or a named place after a preposition with a word that is not already in the question."""
    asked = {stem(word) for word in tokens(question)}
    named = (match["place"] for match in _NAMED_PLACE.finditer(sentence))
    return bool(_OFFERS_PLACE.search(sentence)) or any({stem(w) for w in tokens(place)} - asked for place in named)


def _offers_name(sentence: str, question: str) -> bool:
    """A capitalised word inside the sentence, or an office, that the question has not named already."""
    asked = {stem(word) for word in tokens(question)}
    names = {stem(word) for found in _CAPITALISED.finditer(sentence) for word in tokens(found.group())}
    opening = tokens(sentence)[:1]
    first = {stem(word) for word in opening if word not in STOP_WORDS and sentence[:1].isupper()}
    return bool((names | first) - asked)
