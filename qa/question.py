"""What a question asks for: whose words, of which days, and what would count as an answer.

A name or a date only limits the search where the sentence makes it do so ("What did Mikser say …", "on 4 October
2018"); elsewhere it is a word to find like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.types import Filters, Kind
from qa.countries import countries_in
from qa.dates import DateMention, date_mentions, days_without_year
from qa.expect import Expectation, expectation
from qa.roll import Roll, Speaker
from qa.words import content_stems, stem, tokens

Aim = Literal["statement", "asked", "reply", "event"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as the search will take it.

    ``aim``: ``statement`` wants the words of principals; ``asked`` those of journalists; ``reply`` what was said to a
    journalist's question; ``event`` facts about the event itself (where, who moderated). ``filters`` hold what the
    question's own words limit. ``absent`` names whoever the question wants to hear and the record does not hold.
    ``outlets`` are those whose journalists are asked about; ``undated`` a day, month or year that the question limits
    itself to and on which the record has no event; ``resolved`` the spans of ``text`` that filters stand for; ``notes``
    say what was decided where the words leave it open.
    """

    text: str
    aim: Aim
    filters: Filters
    expected: Expectation | None
    stems: tuple[str, ...]
    absent: str | None = None
    from_each: bool = False
    outlets: tuple[str, ...] = ()
    undated: DateMention | None = None
    resolved: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


_READ = 600
"""Characters at the start of a question that are read for names, dates and aims; a longer text is searched for whole,
but its sense is not in single words, and patterns slow down on it."""
_SPEECH = frozenset(
    stem(verb)
    for verb in """say said tell told state stated claim claimed promise promised announce announced argue argued
    explain explained describe described characterise characterised call called mention mentioned think
    thought believe believed see saw view viewed feel felt reply replied answer answered respond
    responded react reacted warn warned stress stressed emphasise emphasised comment commented compare
    compared suggest suggested note noted insist insisted deny denied acknowledge acknowledged admit
    admitted praise praised thank thanked condemn condemned criticise criticised urge urged speculate
    predict predicted expect expected hope hoped want wanted consider considered rule address addressed
    declare declared refer referred quote quoted list listed outline outlined justify justified assess
    assessed define defined speak spoke talk talked remark remarked add added point welcome welcomed
    demand demanded agree agreed""".split()
)
_REPLY = r"repl(?:y|ied|ies)|respond(?:ed|s)?|answer(?:ed|s)?|react(?:ed|s)?|say back|said back|response|come back"
_ASKERS = r"journalists?|reporters?|correspondents?|press|media|questioners?|newspapers?|broadcasters?"
_ASK = (
    r"ask(?:s|ed|ing)?|want(?:s|ed)? to know|bring up|brought up|rais(?:e|es|ed)|question(?:s|ed)?|put to"
    r"|inquir(?:e|ed)"
)
_ASKED = (
    re.compile(rf"\b(?:{_ASKERS})\b(?: \w+){{0,3}} (?:{_ASK})\b", re.IGNORECASE),
    re.compile(rf"\b(?:mentioned|named|raised|brought up) by (?:\w+ )?(?:{_ASKERS})\b", re.IGNORECASE),
    re.compile(rf"\b(?:{_ASKERS}) (?:mention|refer|talk|name)", re.IGNORECASE),
    re.compile(
        rf"\b(?:which|what|how many) questions?\b|\bwho (?:{_ASK})\b|\bwhat (?:was|were) (?:\w+ ){{1,4}}asked\b", re.I
    ),
)
_EVENT_NOUN = (
    r"press (?:conference|point|briefing|event)|press|doorstep|briefing|event|joint press|q ?& ?a|transcript|session"
)
_EVENT = (
    re.compile(r"\bwho (?:moderat|chair|host|introduc|open|led the q)\w*", re.IGNORECASE),
    re.compile(
        rf"\bwho (?:spoke|took part|participated|appeared|was present|were the speakers)\b.*\b(?:{_EVENT_NOUN})\b", re.I
    ),
    re.compile(rf"\b(?:where|when)\b.*\b(?:{_EVENT_NOUN})\b", re.IGNORECASE),
    re.compile(r"\bmoderat(?:or|ed|ing|es)\b|\blast updated\b|\btitle of\b", re.IGNORECASE),
)
_EACH = re.compile(
    r"\b(?:both|each) (?:of the )?(?:transcripts?|statements?|occasions?|press conferences?|events?|times?|years?"
    r"|speeches)\b"
    r"|\b(?:both|each)\b.*\b(?:19|20)\d\d and (?:in )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_OFFICE_HEAD = (
    r"(?:(?:Deputy |Assistant |Under-?)?Secretar(?:y|ies)[- ]General|SG|(?:Prime|Foreign|Defen[cs]e|Interior"
    r"|Finance) (?:Minister|"
    r"Secretary)|Minister|President|Chancellor|Spokes(?:person|man|woman)|High Representative|Ambassador|Chairman"
    r"|Chairwoman|"
    r"Supreme Allied Commander(?: Europe)?|SACEUR|Commander|Commissioner|Secretary|Chair)"
)
_OFFICE = re.compile(
    rf"\b(?:(?:[A-Z][\w’']+|EU|UN|US|UK"
    rf"|NATO)(?:[’']s)? ){{0,2}}{_OFFICE_HEAD}\b(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?| of (?:defen[cs]e|state"
    rf"|foreign affairs))?"
    rf"|\b(?:the |a )(?:\w+ )?(?:secretary[- ]general|(?:prime |foreign |defen[cs]e )?minister|president"
    rf"|chancellor|spokes(?:person|man|woman))\b"
)
_PROPER = re.compile(r"\b[A-Z][\w’'-]*[a-z](?: (?:de |van |von |al-)?[A-Z][\w’'-]*[a-z])+")
_NO_PERSON = re.compile(
    r"\b(?:Summit|Group|Centre|Center|Alliance|Allies|Council|Union|Ministry|Government|Treaty|Force|Forces"
    r"|Coalition|Team|Teams|Hub|"
    r"Command|Committee|Conference|Organi[sz]ation|Plan|Agency|Initiative|House|Exercise|Declaration|Nations"
    r"|States|Kingdom|"
    r"Federation|Office|Department|Court|Bank|Agreement|Pact|Programme|Program|System|Post|Times|News|Television|TV)\b"
)
_NO_NAME = re.compile(
    r"(?:Ministers|Leaders|Members|Parliament|Congress|Senate|Kremlin|Pentagon|Europe|Africa|Asia|America|West|East"
    r"|North|South|Baltics|Balkans|Parties|Partners|Presidents|Heads|Journalists|Reporters|Europeans|Americans"
    r"|Officials|Experts|Diplomats|Reuters|Bloomberg)\b"
)
_WORD = re.compile(r"\b[^\W\d_][\w-]+")
_BARE = re.compile(r"\W*(?:(?:and|but|so|or)\b)?\W*(?:the )?\Z", re.IGNORECASE)  # "And Mikser?"
_REPORTED = re.compile(r"\b(?P<verb>[a-z]+) (?:that )?(?:the )?\Z")
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|would|will|is|was|are|were|could|can|might|should)\b", re.IGNORECASE
)
_ADVERB = r"(?:\w+ly |also |then |even |ever |actually )?"
_POSSESSED = (
    r"(?:[’']s?)? (?:\w+ )?(?:view|opinion|position|assessment|stance|answer|reply|response|remarks?|message|comments?"
    r"|reaction|words)\b"
)


def understand(question: str, roll: Roll, *, given: Filters | None = None, today: date | None = None) -> Understood:
    """Read ``question`` against the ``roll``; ``given`` filters (chosen by the user) always stay and win.

    "Last year" and its like are read only against a stated ``today``.
    """
    given = given or Filters()
    whole, question = question, question[:_READ]
    aim = _aim(question, roll)
    dates = [] if given.date_from or given.date_to else _date_limits(question, roll, today)
    limits = [mention for mention in dates if roll.dated(mention.first, mention.last)]
    filters = given
    if limits:
        filters = _between(filters, min(m.first for m in limits), max(m.last for m in limits))
    dated = filters.date_from or filters.date_to
    docs = roll.dated(filters.date_from or date.min, filters.date_to or date.max) if dated else None
    wanted = _speakers(question, roll, aim, docs)
    if not given.speakers and aim != "event":
        filters = replace(filters, speakers=wanted.names)
    if not given.kinds:
        filters = replace(filters, kinds=("journalist",) if aim == "asked" else _kinds(wanted.names, roll))
    undated = None if limits or aim == "event" else _undated(question, dates, roll)
    spent = [*wanted.spans, *((mention.start, mention.end) for mention in limits)]
    return Understood(
        text=whole,
        aim=aim,
        filters=filters,
        expected=expectation(question),
        stems=tuple(content_stems(_without(whole, spent))),
        absent=wanted.absent,
        from_each=bool(_EACH.search(question)),
        outlets=tuple(sorted(_named_outlets(question, roll))) if aim == "asked" else (),
        undated=undated,
        resolved=tuple(spent),
        notes=(*(() if undated else _date_notes(question, dates, limits)), *(() if given.speakers else wanted.notes)),
    )


def carry(asked: Understood, before: Understood) -> Understood:
    """A follow-up with the limits of the question before it that it does not set anew or lift ("Who else …?")."""
    if asked.aim == "statement" and before.aim == "asked" and _ELLIPSIS.match(asked.text):
        kinds: tuple[Kind, ...] = ("journalist",)
        asked = replace(asked, aim="asked", outlets=before.outlets, filters=replace(asked.filters, kinds=kinds))
    if asked.aim != before.aim:
        return asked
    filters = asked.filters
    if not (filters.speakers or asked.absent or asked.outlets or _LIFTED.search(asked.text)):
        filters = replace(filters, speakers=before.filters.speakers, kinds=before.filters.kinds)
    if not (filters.date_from or filters.date_to or asked.undated or _EVER.search(asked.text)):
        filters = replace(filters, date_from=before.filters.date_from, date_to=before.filters.date_to)
    return replace(asked, filters=filters)


_ELLIPSIS = re.compile(r"\W*(?:and|what about|how about)\b", re.IGNORECASE)  # "And in 2014?": the same again
_LIFTED = re.compile(
    r"\b(?:else|others?|anyone|anybody|everyone|everybody|someone|somebody|nobody|who|both)\b", re.IGNORECASE
)
_EVER = re.compile(
    r"\b(?:ever|always|before|earlier|later|afterwards|since|now|today|other (?:times?|years?))\b", re.IGNORECASE
)


def _between(filters: Filters, first: date, last: date) -> Filters:
    """``filters`` limited to days; an end that is open stays open."""
    return replace(filters, date_from=None if first == date.min else first, date_to=None if last == date.max else last)


def _kinds(names: Sequence[str], roll: Roll) -> tuple[Kind, ...]:
    """Principals; of somebody named who never spoke as one, whatever they spoke as, and labelled so."""
    held: set[Kind] = {kind for name in names for kind in roll.speakers[name].kinds}
    return ("principal",) if not held or "principal" in held else tuple(sorted(held))


def _without(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """``question`` less the words that filters already stand for."""
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    return question


def _aim(question: str, roll: Roll) -> Aim:
    if any(pattern.search(question) for pattern in _EVENT):
        return "event"
    if any(pattern.search(question) for pattern in _ASKED) or _outlet_asks(question, roll):
        return "asked"
    return "reply" if is_reply(question) else "statement"


def is_reply(question: str) -> bool:
    """Whether ``question`` only asks how somebody replied ("How did he reply?")."""
    return bool(re.search(rf"\b(?:{_REPLY})\b", question, re.IGNORECASE)) and len(content_stems(question)) <= 2


def _outlet_asks(question: str, roll: Roll) -> bool:
    """An outlet or a journalist of the record as the subject of asking: "What did Sky News ask …"."""
    journalists = {s.name for s in roll.speakers.values() if s.kinds == {"journalist"}}
    askers = [name for name in roll.outlets | journalists if name in question]
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?:[’']s? \w+)? {_ADVERB}(?:{_ASK})\b", question) for name in askers
    )


def _named_outlets(question: str, roll: Roll) -> set[str]:
    return {name for name in roll.outlets if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question)}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whose words are wanted, where the question says so, who of them the record does not hold, and what was decided
    where a name stands for several.
    """

    names: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    absent: str | None = None
    notes: tuple[str, ...] = ()


def _speakers(question: str, roll: Roll, aim: Aim, docs: frozenset[str] | None) -> _Wanted:
    if aim == "asked":
        return _Wanted(tuple(speaker.name for speaker in _askers(question, roll)))
    names: list[str] = []
    notes: list[str] = []
    subjects = [span for span in _mentions(question, roll) if _is_subject(question, *span)]
    for start, end in subjects:
        found = _resolve(question[start:end], roll, docs)
        if not found and not names:
            return _Wanted(absent=question[start:end].strip())
        if len(found) > 1:
            people = " or ".join(speaker.name for speaker in found)
            notes.append(f"“{question[start:end].strip()}” may be {people}: all of them are searched.")
        names += [speaker.name for speaker in found if speaker.name not in names]
    return _Wanted(tuple(names), tuple(subjects), notes=tuple(notes))


def _askers(question: str, roll: Roll) -> tuple[Speaker, ...]:
    words = set(tokens(question))
    return tuple(
        s
        for s in roll.speakers.values()
        if "journalist" in s.kinds and set(tokens(s.name)) <= words and s.name in question
    )


def _mentions(question: str, roll: Roll) -> list[tuple[int, int]]:
    """Spans that name a person: by office, by full name, or by one word of a known speaker's name."""
    spans = [m.span() for m in _OFFICE.finditer(question)]
    proper = [_after_function_words(question, *m.span()) for m in _PROPER.finditer(question)]
    spans += [
        (start, end)
        for start, end in proper
        if " " in question[start:end] and _may_be_person(question[start:end], roll)
    ]
    spans += [m.span() for m in _WORD.finditer(question) if _is_surname(m.group(), question, roll)]
    return _longest(spans)


def _is_surname(word: str, question: str, roll: Roll) -> bool:
    """A known surname, also in lower case where nothing is capitalised; or a single name that no list explains."""
    if any(speaker.surname == word.casefold() for speaker in roll.named(word.casefold())):
        return word[0].isupper() or question.islower()
    if not re.fullmatch(r"[A-Z][a-zà-ž]{2,}", word) or word in roll.outlets:
        return False
    return not (_NO_PERSON.match(word) or _NO_NAME.match(word) or _opens_with_function_word(word))


def _after_function_words(question: str, start: int, end: int) -> tuple[int, int]:
    """The span less the words that open a sentence: "And Angela Merkel"."""
    first = question[start:end].split()[0]
    if content_stems(first) or start + len(first) + 1 >= end:
        return start, end
    return _after_function_words(question, start + len(first) + 1, end)


def _may_be_person(words: str, roll: Roll) -> bool:
    return bool(_known(words, roll)) or not (_NO_PERSON.search(words) or _opens_with_function_word(words))


def _opens_with_function_word(words: str) -> bool:
    return not content_stems(words.split()[0]) or bool(countries_in(words, capitals=True))


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_subject(question: str, start: int, end: int) -> bool:
    """Whether the person named at ``question[start:end]`` is the one who speaks or thinks."""
    before, after = question[:start], question[end:]
    if re.search(
        r"\b(?:according to|in the (?:words|view|opinion|answer) of|(?:what|how) about"
        r"|(?:mention|occurrence|instance|statement|quote|remark|reference)s?\b.* by) (?:the )?$",
        before,
        re.IGNORECASE,
    ):
        return True
    if re.match(_POSSESSED, after, re.IGNORECASE) or (_BARE.match(before) and not content_stems(after)):
        return True
    if (reported := _REPORTED.search(before)) and stem(reported["verb"]) in _SPEECH:
        return False  # "did he say Putin denied": his words about Putin
    if joined := re.match(r"(?:,| and| or) (?:the )?(?:[A-Z][\w’'-]+ ?){1,4}", after):
        after = after[joined.end() :]
        after = after if after.startswith(" ") else " " + after
    verb = re.match(rf"(?:[’']s?)? {_ADVERB}(?P<verb>[a-z]+)", after)
    if verb and verb["verb"].endswith("ed") and re.search(r"\b(?:was|were|is|are|be|been) (?:the )?$", before):
        return False  # "was Putin mentioned": not his words
    asked_so = _AUXILIARY.search(before) or re.search(
        r"\b(?:how|what|that|which|why|and|when|where|times?|occasions?)\b", before, re.IGNORECASE
    )
    return bool(verb and asked_so and stem(verb["verb"]) in _SPEECH)


def _resolve(mention: str, roll: Roll, docs: frozenset[str] | None) -> tuple[Speaker, ...]:
    """Whom ``mention`` may mean; of several of one name, those who speak in ``docs``, where the question is of some."""
    known = _known(mention, roll)
    if known or not _OFFICE.search(mention):
        there = tuple(speaker for speaker in known if docs and not speaker.doc_ids.isdisjoint(docs))
        return there or known
    return roll.holding(re.sub(r"^(?:the|a) ", "", mention.strip()), docs=docs)


def _known(mention: str, roll: Roll) -> tuple[Speaker, ...]:
    """Speakers whose surname ``mention`` ends with and whose other names it does not contradict."""
    words = list(tokens(mention))
    if not words:
        return ()
    found = [s for s in roll.named(words[-1]) if s.surname == words[-1]]
    exact = [s for s in found if set(tokens(s.name)) <= set(words)]
    if exact:
        return tuple(exact)
    given = [word for word in words[:-1] if word.isalpha()]
    return tuple(s for s in found if not given or bool(_OFFICE.search(mention)) or given[-1] in tokens(s.name))


def _date_limits(question: str, roll: Roll, today: date | None) -> list[DateMention]:
    """The dates that ``question`` limits itself to."""
    written = [mention for mention in date_mentions(question, today=today) if _limits(question, mention)]
    return written or list(_only_year(question, roll))


def _only_year(question: str, roll: Roll) -> Iterator[DateMention]:
    """A month, or a day of one, without its year, where somebody is asked to have said something then and the record
    holds events of one year only.
    """
    if not _speaks(question) or _TO_COME.search(question):
        return
    for start, end, days in days_without_year(question, {first.year for first, _ in roll.dates.values()}):
        held = [(first, last) for first, last in days if roll.dated(first, last)]
        if len(held) == 1:
            words = question[start:end]
            yield DateMention(
                start, end, *held[0], note=f"“{words}” is read as of {held[0][0].year}, the one on record."
            )


_TO_COME = re.compile(
    r"\b(?:will|would|shall|going to|plan(?:s|ned)?|expect(?:s|ed)?|due|next|meeting|upcoming)\b", re.IGNORECASE
)


def _date_notes(question: str, dates: Sequence[DateMention], limits: Sequence[DateMention]) -> Iterator[str]:
    """How dates were read that could be others, and which limit nothing, as no transcript is of them."""
    for mention in dates:
        if mention.note:
            yield mention.note
        if mention not in limits:
            yield f"No transcript is of “{question[mention.start : mention.end]}”: all are searched."


def _undated(question: str, dates: Sequence[DateMention], roll: Roll) -> DateMention | None:
    """The first of ``dates`` without an event; after "by" it is a deadline that an earlier event may speak of."""
    of_events = (
        m for m in dates if m.first != date.min and not re.search(r"\bby \Z", question[: m.start], re.IGNORECASE)
    )
    return next((m for m in of_events if m.is_open or not roll.near(m.first, m.last)), None)


def _limits(question: str, mention: DateMention) -> bool:
    """A day or month always limits; a year does after "in", "of" or "the" ("the 2018 statement"), not inside a name. A
    range without end or beginning limits what was said, not what happened ("What changed since 2014?").
    """
    if mention.is_open:
        return _speaks(question)
    if not mention.is_year:
        return True
    before = question[: mention.start]
    return bool(re.search(r"\b(?:in|of|during|from|throughout|the|his|her|their|by) $", before, re.IGNORECASE))


def _speaks(question: str) -> bool:
    """Whether ``question`` asks what somebody said."""
    return any(stem(word) in _SPEECH for word in tokens(question))
