"""A follow-up made whole by rules: what it leaves unsaid is taken from the question before it.

"And Mikser?" is the last question with another speaker, "And in 2018?" the same with another date, "And on Georgia?"
with another topic; "he" is who was asked about. What still points back ("Why?", "What does that mean?") is searched for
together with the question, and the beginning of the answer, that it points at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.about import about
from qa.dates import date_mentions
from qa.named import SPEECH, IsPerson, Span, journalists_called, mentions_of, names_one, subjects, unpossessed
from qa.nearby import NOTHING_TOLD, Told
from qa.roll import Roll
from qa.sorts import is_reply, sort_of
from qa.topics import PREPOSITION, date_span, topic_span
from qa.types import Limit, Message
from qa.words import content_stems, stem, tokens, whole_characters

_ANSWER_WORDS = 60  # of the answer before: enough to name its subject
_SELF_SUFFICIENT = 5  # content words: with so many a question names its own subject
_READ = 300  # characters; a longer message is nobody's follow-up by ellipsis
_LONGEST = 600  # characters; a longer message says enough by itself


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the conversation, what was answered, and the limits that the user took away from it."""

    question: str
    answer: str = ""
    without: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question as typed and made whole.

    ``made`` has names and topics put in, and ``is_whole`` says that nothing is then left unsaid. The earlier question
    and the start of its answer are those that it goes on from, both empty where all of them is in ``made``. ``leans``
    says that it goes on from the question before; ``told`` is where the answers quoted that it goes on from.
    """

    question: str
    made: str
    earlier_question: str = ""
    earlier_answer: str = ""
    leans: bool = False
    is_whole: bool = True
    told: Told = NOTHING_TOLD

    @property
    def context(self) -> str:
        """What the question points at, as one text."""
        return f"{self.earlier_question} {self.earlier_answer}".strip()

    @property
    def text(self) -> str:
        """The question as one text that stands alone."""
        return self.made if self.is_whole else f"{self.made} ({self.earlier_question})"

    @property
    def searched(self) -> str:
        """What is searched for: all of it, with the beginning of the answer."""
        return f"{self.made} ({self.context})" if self.context else self.made


def exchanges(history: Sequence[Message]) -> list[Exchange]:
    """The questions so far, oldest first, each with its answer."""
    found: list[Exchange] = []
    for message in history:
        text = whole_characters(message["content"])
        if message["role"] == "user":
            found.append(Exchange(text, without=tuple(message.get("without", ()))))
        elif found:
            found[-1] = replace(found[-1], answer=text)
    return found


def stand_alone(
    question: str, before: Standalone | None, answer: str, *, roll: Roll, is_person: IsPerson
) -> Standalone:
    """``question`` made whole from the one ``before`` it and the ``answer`` to that; a question on a new subject
    inherits nothing.
    """
    if before is None or not leans(question, roll):
        return Standalone(question, question)
    if made := _same_again(question, before.text, roll, is_person):
        return Standalone(question, made, leans=True)
    made = _with_names(question, before.text, answer, roll)
    is_whole = made != question and not is_reply(made) and not leans(made, roll) and _says_what(made, roll)
    root = before.made if before.is_whole else before.earlier_question
    told = " ".join(answer.split()[:_ANSWER_WORDS])
    return Standalone(question, made, root, told, leans=True, is_whole=is_whole)


_ASIDE = re.compile(
    r"\b(?:this (?:week|month|year|day|morning|afternoon|evening|time|summer|winter|spring|autumn|fall)|so (?:far"
    r"|many|much))\b"
    r"|\b(?:there (?:is|are|was|were|will|would|has|have|had|be|any|been)|(?:is|are|was|were|will|has|have|had"
    r"|would) there)\b"
    r"|\bit (?:is|was|will be|would be) (?:\w+ ){0,2}(?:to|that)\b|\bthat (?=(?:the|a|an|no|[A-Z]\w+|nato|he|she"
    r"|they|it|we)\b)"
    r"|(?<=say )that\b|(?<=said )that\b|(?<=think )that\b|(?<=believe )that\b|(?<=claim )that\b"
    r"|(?<=[a-z]s )that (?=\w+ (?:is|are|was|were|will|has|have|had|would|could)\b)",
)
_OPENS = re.compile(
    r"^\W*(?:(?:ok|okay|right|well|now),? )?(?:and|so|but|then|what about|how about|what of|what else|who else"
    r"|where else|when else|anything else|anything (?:about|on)"
    r"|any others?|which ones?|how so|why so|why not|really|go on|more|tell me more|such as|like what|for example"
    r"|meaning what)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:their|theirs|its|then|the two|the former|the latter|the others?|either|both of them)\b",
    re.IGNORECASE,
)
_POINTS_OUT = re.compile(
    r"\b(?:him|hers|them|this|that|these|those|the same|ones?(?=\W*\Z)|such (?:a|an)|the (?:first|second|third"
    r"|other|old|new|last) ones?)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|they|there)\b", re.IGNORECASE)
_OWN_CLAUSE = re.compile(
    r"\b(?:that|say|says|said|think|thinks|believes?|believed|claim(?:s|ed)?|because|if|whether|and|but|when|how"
    r"|what) \Z",
    re.IGNORECASE,
)
_ON_IT = re.compile(
    r"\b(?:on|about|with|from|by|against|over|to) (?:it|that|this)(?= (?:evolve|change|develop|since|in|on|at)|\W*\Z)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!] )(?<!\A)\b[A-Z][\w’'-]+")
_WHOLE = re.compile(
    r"\b(?:about|on|of|regarding|concerning|for|against|to|with|by) (?!it\b|that\b|this\b|them\b|him\b|her\b|all\b"
    r"|how\b|what\b|wh)\w+",
    re.IGNORECASE,
)


def leans(question: str, roll: Roll) -> bool:
    """Whether ``question`` needs what came before: it opens so, points back at what it does not name itself, or is
    short and names nothing.
    """
    if len(question) > _LONGEST or about(question):
        return False
    if is_reply(question) or _OPENS.search(question) or _ON_IT.search(question):
        return True
    words, named = len(content_stems(question)), bool(_NAME.search(question) or subjects(question, roll))
    if words <= 2 and not named and not _WHOLE.search(question):
        return True
    return (words < _SELF_SUFFICIENT and _points_back(question)) or _is_he_open(question, roll)


def _is_he_open(question: str, roll: Roll) -> bool:
    """Whether "he" or "she" points at nobody named in the question itself."""
    found = _HE.search(question)
    return found is not None and not mentions_of(question[: found.start()], roll)


def _points_back(question: str) -> bool:
    """Whether a word points at something outside: at nothing named before it in the question itself."""
    plain = _ASIDE.sub(lambda found: "_" * len(found.group()), question)
    if _POINTS_OUT.search(plain):
        return True
    if any(not _NAME.search(plain[: found.start()]) for found in _POINTS.finditer(plain)):
        return True
    befores = (plain[: found.start()] for found in _IT.finditer(plain))
    return any(not _NAME.search(before) or not _OWN_CLAUSE.search(before) for before in befores)


def _says_what(question: str, roll: Roll) -> bool:
    """Whether ``question`` says what it is about besides whose words it wants."""
    for start, end in reversed(subjects(question, roll)):
        question = question[:start] + "_" * (end - start) + question[end:]
    plain = question.replace("_", " ")
    return bool(_NAME.search(question) or _WHICH.search(plain) or _WHOLE.search(plain)) or len(content_stems(plain)) > 1


_WHICH = re.compile(r"\b(?:which|how many) [a-z]{3,}", re.IGNORECASE)


_ELLIPSIS = re.compile(
    r"\A\W*(?:(?:and|but|so|or|then|also|ok|okay|now)\b,? *){0,2}(?:(?:what|how) about|what of|anything (?=about"
    r"|on\b))? *"
    r"(?P<rest>.*?)(?: (?:then|too|as well|instead|please))?[\s?!.…]*\Z",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_DID = re.compile(
    r"what (?:did|does|do|has|have|was|is) (?P<who>.+?) (?:say|said|think|thought|have to say|tell|told)"
    r"(?: (?:about|on|to) (?:it|that|this))?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:did|does|do|has|have|had|would|will|is|was|are|were|could|can|might|should|say|said|why|when|where|who"
    r"|how)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:on|about|regarding|concerning|over|of)\s+", re.IGNORECASE)
_OF_PERSON = re.compile(r"(?:by|from|according to)\s+", re.IGNORECASE)
_MOST_WORDS = 8


def _same_again(question: str, before: str, roll: Roll, is_person: IsPerson) -> str:
    """The question ``before`` with another speaker, date or topic, where ``question`` is no more than that; else ""."""
    if len(question) > _READ or len(before) > 2 * _READ:
        return ""
    found = _ELLIPSIS.match(question)
    rest, opener = (found["rest"], found.start("rest")) if found else ("", 0)
    if asked := _WHAT_DID.fullmatch(rest):
        rest = asked["who"] if names_one(unpossessed(asked["who"].strip()), roll) else ""
    if (
        not rest
        or _VERB.search(rest)
        or len(rest.split()) > _MOST_WORDS
        or _POINTS.search(rest)
        or _POINTS_OUT.search(rest)
    ):
        return ""
    is_opened = opener > 0 or _ON.match(rest) or date_mentions(rest)
    if not is_opened and not names_one(unpossessed(rest.strip()), roll):
        return ""
    rest, when = _without_date(rest)
    made = _dated_anew(before, when) if when else before
    return _about_anew(made, rest, roll, is_person) if rest else made


def _about_anew(before: str, rest: str, roll: Roll, is_person: IsPerson) -> str:
    """``before`` about another person or topic; "" where it has no place for either."""
    if on := _ON.match(rest):
        return _topic_anew(before, rest[on.end() :])
    who = unpossessed(_OF_PERSON.sub("", rest).strip())
    if names_one(who, roll) and is_person(who):
        return _speaker_anew(before, who, roll)
    return _topic_anew(before, re.sub(r"\A(?:in|for|with|to)\s+", "", rest))


def _without_date(rest: str) -> tuple[str, str]:
    """``rest`` less its date, and the date with its preposition."""
    mentions = date_mentions(rest)
    if len(mentions) != 1:
        return rest, ""
    start, end = date_span(rest, mentions[0])
    when = rest[start:end]
    if not re.match(rf"(?:{PREPOSITION}|since|before|after|until|between|late|early|mid)\b", when, re.IGNORECASE):
        when = f"{'in' if mentions[0].last != mentions[0].first else 'on'} {when}"
    return f"{rest[:start]} {rest[end:]}".strip(" ,"), when


def _dated_anew(before: str, when: str) -> str:
    mentions = date_mentions(before)
    if len(mentions) > 1:
        return ""
    if mentions:
        start, end = date_span(before, mentions[0])
        return before[:start] + when + before[end:]
    whole = re.match(r"(?P<words>.*?)(?P<mark>[\s?!.]*)\Z", before, re.DOTALL)
    return f"{whole['words']} {when}{whole['mark']}" if whole else before


_HOLDER = re.compile(r"\b(?:the )?(?:NATO|Alliance|White House|administration|government)(?=[’']s?\b)", re.IGNORECASE)
_SAID = re.compile(r"\b(?:was|is|has been|were) (?P<verb>said|stated|announced|promised|mentioned)\b", re.IGNORECASE)
_BASE = {"said": "say", "stated": "state", "announced": "announce", "promised": "promise", "mentioned": "mention"}


def _speaker_anew(before: str, who: str, roll: Roll) -> str:
    """``before`` with ``who`` for its one speaker, or made the speaker of what "was said"."""
    spans = _speakers(before, roll) or [found.span() for found in _HOLDER.finditer(before)]
    if len(spans) > 1:
        return ""
    if spans:
        start, end = spans[0]
        article = re.search(r"\bthe \Z", before[:start], re.IGNORECASE)
        name = unpossessed(before[start:end])
        return before[: article.start() if article else start] + who + before[start + len(name) :]
    return (
        _SAID.sub(lambda said: f"did {who} {_BASE[said['verb'].casefold()]}", before, count=1)
        if _SAID.search(before)
        else ""
    )


def _speakers(before: str, roll: Roll) -> list[Span]:
    """Where ``before`` names those whose words it wants: officials, or the journalists whose questions it asks for."""
    named = subjects(before, roll)
    if named or sort_of(before, roll) != "asked":
        return named
    called = journalists_called(before, roll).values()
    return [(before.index(name), before.index(name) + len(name)) for name in called]


def _topic_anew(before: str, topic: str) -> str:
    """``before`` with ``topic`` for what it is about; "" where it says of nothing in particular."""
    span = topic_span(before)
    if not span:
        return ""
    tail = before[span[1] :]
    return before[: span[0]] + topic + (tail if not tail or not tail[0].isalnum() else f" {tail}")


_HE = re.compile(
    r"\b(?P<word>he|she|him|his|her|hers)\b(?P<next>(?: (?:also |ever |even |really )?[a-z]\w*)?)", re.IGNORECASE
)
_NO_NOUN = re.compile(
    r" (?:about|on|in|at|to|for|with|from|by|and|or|that|what|when|why|how|say|during|after|before)\b"
)
_NAMED_FIRST = re.compile(r"^(?P<name>[A-Z][^:\n“\"]{1,60}): ", re.MULTILINE)


def _with_names(question: str, before: str, answer: str, roll: Roll) -> str:
    """``question`` with the person it goes on about for its first "he" or "she"."""
    found = _HE.search(question)
    if not found or not _is_he_open(question, roll):
        return question
    person = _person_before(before, answer, roll)
    speaking = any(stem(word) in SPEECH or word == "ask" for word in tokens(found["next"]))
    if not person or (_others_named(before, roll) and not speaking) or not _may_be(person, found["word"], roll):
        return question
    word = found["word"].casefold()
    owned = word in ("his", "hers") or (word == "her" and bool(found["next"]) and not _NO_NOUN.match(found["next"]))
    name = f"{person}’s" if owned and "’" in question else f"{person}'s" if owned else person
    return question[: found.start("word")] + name + question[found.end("word") :]


def _person_before(before: str, answer: str, roll: Roll) -> str:
    """The one person whose words the question before wanted, as named there, or who gave the answer."""
    named = {_with_article(before, *span) for span in _speakers(before, roll)}
    if not named:
        named = {found["name"] for found in _NAMED_FIRST.finditer(answer) if mentions_of(found["name"], roll)}
    return named.pop() if len(named) == 1 else ""


def _others_named(before: str, roll: Roll) -> bool:
    """Whether the question before speaks of a person besides those whose words it wanted."""
    return len(mentions_of(before, roll)) > len(_speakers(before, roll))


def _may_be(person: str, pronoun: str, roll: Roll) -> bool:
    """Whether "he" or "she" may stand for ``person``, by how the transcripts address whoever it is."""
    address = roll.addressed(person)
    return not address or (address == "Mr") == (pronoun.casefold() in ("he", "him", "his"))


def _with_article(text: str, start: int, end: int) -> str:
    article = re.search(r"\bthe \Z", text[:start], re.IGNORECASE)
    name = unpossessed(text[start:end])
    return f"the {name}" if article else re.sub(r"^The ", "the ", name)
