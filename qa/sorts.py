"""What kind of question it is: what would count as an answer, and where that is looked for."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.dates import date_mentions
from qa.named import journalists_called, mentions_of
from qa.roll import Roll
from qa.types import Sort
from qa.words import content_stems

_REPLY = r"repl(?:y|ied|ies)|respond(?:ed|s)?|answer(?:ed|s)?|react(?:ed|s)?|say back|said back|response|come back"
_ASKERS = r"journalists?|reporters?|correspondents?|press(?! secretar)|media|questioners?|newspapers?|broadcasters?"
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
    r"press (?:conference|point|briefing|event|call)|press|doorstep|briefing|gaggle|event|joint press|q ?& ?a"
    r"|transcript"
    r"|session|background call"
)
_EVENT = (
    re.compile(r"\bwho (?:moderat|chair|host|introduc|open|led the q)\w*", re.IGNORECASE),
    re.compile(
        rf"\bwho (?:spoke|took part|participated|appeared|was present|were the speakers)\b.*\b(?:{_EVENT_NOUN})\b", re.I
    ),
    re.compile(
        r"\b(?:where|when|(?:on|in|at) (?:what|which) (?:day|date|city|town|place|country|venue|time)) (?:was|were"
        r"|is|did|does)\b"
        rf"[^?]*\b(?:{_EVENT_NOUN})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bmoderat(?:or|ed|ing|es)\b|\blast updated\b|\btitle of\b", re.IGNORECASE),
)
_STANCE = r"positions?|stances?|attitudes?|(?:point of )?views?|polic(?:y|ies)|line|opinions?"
_SAID = rf"{_STANCE}|language|words|tone|message|answers?|rhetoric|wording|approach|assessments?|warnings?|statements?"
_COMPARED = re.compile(
    r"\bcompar(?:e|es|ed|ing|ison)\b|\bversus\b|\bvs\b\.?|\bdiffer(?:s|ed|ent|ently|ence|ences)?\b|\bcontrast(?:s"
    r"|ed)?\b"
    r"|\b(?:dis)?agree(?:d|s)?\b(?! (?:to|that)\b)|\b(?:same|unlike|as opposed to)\b|\bset\b[^?]* (?:against|beside"
    r"|next to)\b|\bside by side\b",
    re.IGNORECASE,
)
_TWO_DATES = re.compile(
    r"\A,? (?:and|or|but|versus|vs\.?|than|with|to)(?: also| then)?(?: (?:in|on|during|of|that of"
    r"|those of))?(?: the)? \Z",
    re.IGNORECASE,
)
_MOVED = (
    r"chang(?:e|es|ed|ing)|evolv(?:e|es|ed|ing)|evolution|develop(?:s|ed|ing|ment)?|shift(?:s|ed|ing)?|mov(?:e|ed"
    r"|es|ing)"
)
_CHANGE = (
    re.compile(rf"\b(?:how|in what ways?|to what extent)\b[^?]*\b(?:{_SAID})\b[^?]* (?:{_MOVED})\b", re.IGNORECASE),
    re.compile(rf"\b(?:{_MOVED})\b (?:in|of|to)\b[^?]*\b(?:{_SAID})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:how|in what ways?)\b[^?]* (?:{_MOVED})\b[^?]*\b(?:over (?:time|the (?:years|months|weeks))|since"
        rf"|from|between|by)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:over time|over the (?:years|months))\b", re.IGNORECASE),
    re.compile(
        rf"\bha(?:s|ve|d) [^?]*\b(?:{_STANCE}|tone|language|rhetoric|wording)\b[^?]* (?:{_MOVED})\b", re.IGNORECASE
    ),
)
_POSITION = (
    re.compile(
        rf"\b(?:{_STANCE}) (?:on|of|about|towards?|regarding|concerning|over|when it comes to|as to)\b", re.IGNORECASE
    ),
    re.compile(rf"[’'] ?s? (?:\w+ )?(?:{_STANCE})\b", re.IGNORECASE),
    re.compile(r"\bwhere (?:does|did|do|is|was|has)\b[^?]*\b(?:stand|stood)\b", re.IGNORECASE),
    re.compile(rf"\b(?:what|which) (?:{_STANCE}) (?:did|does|do|has|have|is|was)\b", re.IGNORECASE),
)
_NO_PLURAL = (
    r"(?:does|was|is|has|this|news|us|his|its|as|yes|plus|less|times|status|process|progress|business|crisis|basis"
    r"|impact|access|press|focus|years?|days?|months?|weeks?|questions?|words|percents?)"
)
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|main|key|other|different|\d+)"
_LIST = (
    re.compile(
        rf"\b(?:which|what) (?:(?!did\b|does\b|do\b|is\b|was\b|were\b"
        rf"|are\b)\w+ ){{0,2}}?(?!{_NO_PLURAL}\b)[\w-]+(?:s|people|children)(?: [\w’'-]+){{0,8}}? (?:did|does|do"
        rf"|are|were|have|has|had|will|would|can|could|is)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:what|which|who|name|give me|tell me) (?:are|were)?(?: ?all)?(?: of)? ?(?:the|his|her|their"
        rf"|nato[’']s)? ?{_NUMBER} (?!times|words)[\w-]+",
        re.IGNORECASE,
    ),
    re.compile(r"\A\W*(?:please )?(?:list|name|enumerate)\b(?! of)", re.IGNORECASE),
    re.compile(r"\b(?:list|name) (?:all|the|every|any)\b", re.IGNORECASE),
    re.compile(
        rf"\bwhat (?:are|were) (?:the |his |her |their "
        rf"|[\w’']+[’']s? )(?:\w+ )?(?!{_NO_PLURAL}\b)\w+s\b(?! (?:position|view|stance|policy|line)\b)",
        re.IGNORECASE,
    ),
)
_EACH = re.compile(
    r"\b(?:both|each) (?:of the )?(?:transcripts?|statements?|occasions?|press conferences?|events?|times?|years?"
    r"|speeches)\b"
    r"|\b(?:both|each)\b.*\b(?:19|20)\d\d and (?:in )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def sort_of(question: str, roll: Roll) -> Sort:
    """The kind of a question that asks for something said or for a fact of an event."""
    if any(pattern.search(question) for pattern in _EVENT):
        return "event"
    if any(pattern.search(question) for pattern in _ASKED) or _outlet_asks(question, roll):
        return "asked"
    if is_reply(question):
        return "reply"
    if any(pattern.search(question) for pattern in _CHANGE):
        return "change"
    if _sets_side_by_side(question, roll):
        return "comparison"
    if any(pattern.search(question) for pattern in _POSITION):
        return "position"
    return "list" if any(pattern.search(question) for pattern in _LIST) else "statement"


def is_reply(question: str) -> bool:
    """Whether ``question`` only asks how somebody replied ("How did he reply?")."""
    return bool(_ONLY_REPLY.search(question)) or (
        bool(re.search(rf"\b(?:{_REPLY})\b", question, re.IGNORECASE)) and len(content_stems(question)) <= 2
    )


_ONLY_REPLY = re.compile(
    rf"\A\W*(?:(?:and|so|but) )?(?:how|what) (?:did|does|do|was|were|has|have)\b.{{1,60}}?(?:{_REPLY})"
    r"(?: to (?:it|that|this|him|her|them|the question))?\W*\Z",
    re.IGNORECASE,
)


def is_of_each(question: str) -> bool:
    """Whether ``question`` wants a quote from every event it is about."""
    return bool(_EACH.search(question))


_OPEN = re.compile(
    r"\b(?:what|anything|everything)\b[^?]*\b(?:say|says|said|think|thinks|thought|tell|told|announced?|warn(?:ed)?)\b",
    re.IGNORECASE,
)


def is_open(question: str, sort: Sort) -> bool:
    """Whether several statements answer as well as one ("What did he say on …?", "What is NATO's position on …?")."""
    return sort == "position" or (sort == "statement" and bool(_OPEN.search(question)))


def compares(question: str) -> bool:
    """Whether the words of ``question`` set something beside something else."""
    return bool(_COMPARED.search(question))


def outlets_named(question: str, roll: Roll) -> set[str]:
    """The outlets of the record that ``question`` names."""
    named = (name for name in roll.outlets if name in question)
    return {name for name in named if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question)}


def _sets_side_by_side(question: str, roll: Roll) -> bool:
    """Two people or two periods, and a word that compares them or an "and" between the periods."""
    dates = [mention for mention in date_mentions(question) if not mention.is_open]
    if any(_TWO_DATES.search(question[a.end : b.start]) for a, b in pairwise(dates)):
        return True
    if not compares(question):
        return False
    return len(dates) > 1 or len(mentions_of(question, roll)) > 1


def _outlet_asks(question: str, roll: Roll) -> bool:
    """An outlet or a journalist of the record as the subject of asking: "What did Sky News ask …"."""
    askers = [*(name for name in roll.outlets if name in question), *journalists_called(question, roll).values()]
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?:[’']s? \w+)? {_ADVERB}(?:{_ASK})\b", question) for name in askers
    )


_ADVERB = r"(?:\w+ly |also |then |even |ever |actually )?"
