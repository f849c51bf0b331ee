"""Messages that ask nothing of the speakers: greetings, thanks, a call for help, and questions about the record itself.

What is in the record is told from its headers, by offset like any other quote; a greeting is met with what can be
asked, and never with the nearest passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from qa.dates import date_mentions
from qa.every import Place
from qa.extract import Context
from qa.roll import Roll
from qa.said import say

About = Literal["greeting", "thanks", "help", "events", "speakers", "latest", "earliest"]

LISTED: frozenset[About] = frozenset({"events", "speakers", "latest", "earliest"})
"""What is told from the headers of the record."""

_EVENT = r"(?:press (?:conferences?|points?|briefings?|statements?)|transcripts?|doorsteps?)"
_KIND = r"(?:joint |nato )?"
_HELD = (
    r"(?: (?:in|on) (?:the |your )?(?:record|file|index|collection|archive)"
    r"| (?:(?:that )?you have|(?:that is |that’s )?available|on file|indexed))?"
)
_TAIL = (
    r"(?: (?:are|were|is) (?:there|in|from|of|on|held|available|covered|included|indexed)\b.*"
    r"| (?:do you|can i|can you|does (?:the record|it|this)) (?:have|hold|search|cover|contain|include|know)\b.*"
    r"| (?:took place|happened|were held) (?:in|on|at|between|during|since|before|after)\b.*"
    r"| (?:in|from|of|on|between|since|before|after) .*)?"
)
_FORMS: tuple[tuple[About, str], ...] = (
    (
        "greeting",
        r"(?:hello|hi|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|bonjour|salut|how are you(?: today)?)"
        r"(?:,? (?:there|all|everyone|again))?",
    ),
    (
        "thanks",
        r"(?:thanks|thank you|thx|cheers|great|perfect|merci|ok(?:ay)?|bye|goodbye|see you)"
        r"(?:,? (?:a lot|so much|very much|you|thanks|then|all))*(?:,? (?:that[’']s|that is|that was|this is|very"
        r"|really|so)"
        r"(?: (?:very|really|so|most))? (?:helpful|useful|great|good|perfect|kind|all|it|enough)(?: for (?:now"
        r"|today))?)?",
    ),
    (
        "help",
        r"(?:help(?: me)?|what can (?:you|i|this)(?: \w+)? (?:do|ask|answer)(?: (?:here|you))?"
        r"|how does (?:this|it) work|who (?:are|made) you|what (?:are you|is this)"
        r"|what (?:can|should|may) i ask(?: you)?|how do i use (?:this|it))",
    ),
    (
        "latest",
        rf"(?:what|which|when) (?:is|was|are) (?:the|your) (?:latest|last|most recent|newest) {_KIND}{_EVENT}{_HELD}",
    ),
    (
        "earliest",
        rf"(?:what|which|when) (?:is|was|are) (?:the|your) (?:earliest|first|oldest) {_KIND}{_EVENT}{_HELD}",
    ),
    (
        "events",
        rf"(?:which|what|how many|list(?: all)?(?: of)?|show(?: me)?(?: all)?)(?: the)? {_KIND}{_EVENT}{_TAIL}"
        r"|(?:which|what|how many|list(?: all)?) (?:the )?(?:events|documents|meetings)"
        r" (?:are (?:there|in the record|available|covered)|do you have|does the record (?:have|hold|cover))(?: .*)?"
        r"|(?:which|what) events (?:are|were) (?:there )?(?:in|from|of|on) .*"
        r"|(?:which|what) events (?:of|from|in) .* (?:are (?:there|in the record|available|covered)|do you have)"
        r"|(?:which|what) (?:years|dates|period|days|time)"
        r" (?:are covered|(?:does|do) (?:the record|it|this|you) cover)",
    ),
    (
        "speakers",
        r"(?:list|show(?: me)?|name|who are)(?: all)?(?: of)? the speakers(?: .*)?"
        rf"|who (?:spoke|speaks|took part|appeared|is quoted) (?:in|at|on) (?:.* )?{_EVENT}(?: .*)?"
        r"|who (?:spoke|speaks) (?:in|at|on) (?!behalf|favou?r|support|defen[cs]e)\w+(?: \w+)?(?: \d{4})?",
    ),
)
_FORM = tuple((about, re.compile(form, re.IGNORECASE)) for about, form in _FORMS)
_POLITE = re.compile(
    r"\A(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks|thank you)(?: (?:there|all|everyone|a lot|so much"
    r"|very much))?"
    r" (?=(?:what|who|how|which|help|list|show)\b)",
    re.IGNORECASE,
)
_OF_WORDS = re.compile(
    r"\b(?:say|said|says|about|mention\w*|asked?|announce\w*|address\w*|discuss\w*|answer\w*|agree\w*|decid\w*)\b",
    re.IGNORECASE,
)


def about(message: str) -> About | None:
    """What ``message`` wants where it asks nothing of the speakers; ``None`` where it does."""
    plain = _POLITE.sub("", " ".join(re.sub(r"[^\w\s'’-]+", " ", message).split()))
    if _OF_WORDS.search(plain):
        return None
    return next((kind for kind, form in _FORM if form.fullmatch(plain)), None)


def reply(kind: About, roll: Roll) -> str:
    """What a message that is no question is met with."""
    principals = (name for name, speaker in roll.speakers.items() if "principal" in speaker.kinds)
    return say(f"said.{kind}", speaker=next(principals, say("said.secretary_general")))


def events_meant(kind: About, question: str, doc_ids: Sequence[str], contexts: Mapping[str, Context]) -> list[str]:
    """Those of ``doc_ids``, which are in order of time, that ``question`` means: at the place it names, or the last."""
    place = _place(question)
    meant = [doc_id for doc_id in doc_ids if not place or place in _header(contexts[doc_id])]
    dated = [doc_id for doc_id in meant if contexts[doc_id].transcript.date]
    return {"latest": dated[-1:], "earliest": dated[:1]}.get(kind, meant)


def title_place(context: Context) -> Place | None:
    """The line of the header that names the event, else its first line; ``None`` where there is no header."""
    text = context.transcript.text
    lines = [(start, end) for start, end in context.sentences(None) if text[start:end].strip()]
    title = context.transcript.title or ""
    named = next((span for span in lines if title and title in text[slice(*span)]), None)
    span = named or next(iter(lines), None)
    return Place(context.transcript.doc_id, None, *span) if span else None


def speakers_note(doc_ids: Sequence[str], roll: Roll) -> str:
    """Who speaks in the transcripts: officials, then moderators and journalists."""
    held = [name for name, speaker in roll.speakers.items() if not speaker.doc_ids.isdisjoint(doc_ids)]
    officials = [name for name in held if "principal" in roll.speakers[name].kinds]
    others = [name for name in held if name not in officials]
    first, second = say("said.officials", names=tuple(officials)), say("said.others", names=tuple(others))
    if officials and others:
        return say("said.both", first=first, second=second)
    return first if officials else second if others else ""


def _place(question: str) -> str:
    """A capitalised name after "in" or "at" that is no date."""
    for found in re.finditer(r"\b(?:in|at) (?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)", question):
        if not any(m.start < found.end("place") and found.start("place") < m.end for m in date_mentions(question)):
            return found["place"]
    return ""


def _header(context: Context) -> str:
    """Everything that says what the event was and where."""
    text, known = context.transcript.text, context.transcript
    return " ".join([known.title or "", known.place or "", *(text[slice(*span)] for span in context.sentences(None))])
