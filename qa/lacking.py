"""What the record does not hold of the days or the matters that a question is about, in words for the user."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa.question import Understood
from qa.roll import Roll
from qa.topics import topic
from qa.wording import written_date
from qa.words import content_stems, stem_set


def undated_words(asked: Understood) -> str:
    """The day, month or year without a transcript, as the question has it."""
    return asked.text[asked.undated.start : asked.undated.end] if asked.undated else ""


def no_transcript(asked: Understood, roll: Roll) -> str:
    """That no transcript is of the days asked about, and of which days the nearest are."""
    if asked.undated is None:
        return ""
    before, after = roll.beside(asked.undated.first, asked.undated.last)
    return f"No transcript is of “{undated_words(asked)}”{_gap(before, after)}."


def _gap(before: date | None, after: date | None) -> str:
    if before and after:
        return f": none between {written_date(before)} and {written_date(after)}"
    if before:
        return f": none after {written_date(before)}"
    return f": none before {written_date(after)}" if after else ""


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
