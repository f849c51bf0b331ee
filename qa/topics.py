"""What a question is about, apart from whose words it wants and when: "… on **cyber defence** in 2018?"."""

from __future__ import annotations

import re

from qa.dates import DateMention, date_mentions
from qa.named import Span

PREPOSITION = r"(?:in|on|during|of|from|for|at|back in|as of|around|by)"
"""What may stand before a date."""

_ABOUT = re.compile(r"\b(?:about|regarding|concerning)\s+", re.IGNORECASE)
_ON = re.compile(
    r"\b(?:on|of|towards?|over)\s+(?!(?:time|the record|record|that|this|it|what|the (?:years|months))\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;?!]|,(?! [\w’'-]+(?: [\w’'-]+)?,? (?:and|or) )|\.(?:\s|\Z)| (?:chang|evolv|develop|shift|mov|differ"
    r"|compar)\w*\b"
    r"| (?:at|in|during) (?:the|his|her|their|this|that) (?:joint |background )?(?:press|briefing|gaggle|conference"
    r"|event|doorstep)"
    r"| over (?:time|the years)\b| and (?:when|why|how|where)\b",
    re.IGNORECASE,
)


def date_span(text: str, mention: DateMention) -> Span:
    """A date with the preposition before it."""
    before = re.search(rf"\b{PREPOSITION} (?:the )?\Z", text[: mention.start], re.IGNORECASE)
    return before.start() if before else mention.start, mention.end


def topic_span(question: str) -> Span | None:
    """The words after "about" or "on", up to a date or the end; ``None`` where there are none."""
    dates = [date_span(question, mention) for mention in date_mentions(question)]
    for form in (_ABOUT, _ON):
        for found in form.finditer(question):
            if any(start <= found.start() < end or start == found.end() for start, end in dates):
                continue
            ends = [start for start, _ in dates if start > found.end()]
            if stop := _ENDS.search(question, found.end()):
                ends.append(stop.start())
            end = found.end() + len(question[found.end() : min(ends, default=len(question))].rstrip())
            if end > found.end():
                return found.end(), end
    return None


def topic(question: str) -> str:
    """The words of ``topic_span``; empty where there are none."""
    span = topic_span(question)
    return question[slice(*span)] if span else ""
