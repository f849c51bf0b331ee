"""What the record does not hold of the days or the matters that a question is about, in words for the user."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.question import Understood
from qa.roll import Roll
from qa.said import say
from qa.topics import topic
from qa.words import content_stems, stem_set


def undated_words(asked: Understood) -> str:
    """The day, month or year without a transcript, as the question has it."""
    return asked.text[asked.undated.start : asked.undated.end] if asked.undated else ""


def no_transcript(asked: Understood, roll: Roll) -> str:
    """That no transcript is of the days asked about, and of which days the nearest are."""
    if asked.undated is None:
        return ""
    days = undated_words(asked)
    before, after = roll.beside(asked.undated.first, asked.undated.last)
    if before and after:
        return say("said.no_transcript_between", days=days, before=before, after=after)
    if before:
        return say("said.no_transcript_after", days=days, before=before)
    return say("said.no_transcript_before", days=days, after=after) if after else say("said.no_transcript", days=days)


_PARTS = re.compile(r",? (?:and|or|as well as) (?:about |on )?|, ")
_JOINED_IN_SENSE = re.compile(r"\b(?:between|both|together|relations?|cooperation|dialogue|talks)\b", re.IGNORECASE)
_MOST = 3  # parts: a longer list is one matter


def parts_of(asked: Understood) -> tuple[str, ...]:
    """The matters that a question asks about side by side ("… on cyber defence and Iraq?"); empty where it is one."""
    about = topic(asked.text)
    if _JOINED_IN_SENSE.search(about):
        return ()
    parts = [part.strip() for part in _PARTS.split(about)]
    is_several = 1 < len(parts) <= _MOST and all(content_stems(part) for part in parts)
    return tuple(parts) if is_several else ()


def speaks_of(part: str, turn: str) -> bool:
    """Whether a word of ``part`` stands in ``turn``."""
    return not stem_set(turn).isdisjoint(content_stems(part))


def missing(parts: Sequence[str], turns: Sequence[str]) -> tuple[str, ...]:
    """Those of ``parts`` of which none of ``turns``, which hold the quotes, speaks; empty where that is all of them."""
    left = tuple(part for part in parts if not any(speaks_of(part, turn) for turn in turns))
    return left if len(left) < len(parts) else ()
