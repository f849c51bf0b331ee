"""One event recorded twice: the same page at several addresses, two extractions of it, a correction."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from index.dates import dates_in
from index.names import fold
from index.types import Transcript

_SHINGLE = 6  # words: long enough that two events do not share many by chance
_SKETCH = 48  # smallest hashes kept to find candidates (bottom-k sketch, Broder 1997)
_SHARED_HASHES = 4  # of the sketch: below, two texts cannot be mostly the same
_SAME = 0.6  # share of the shorter text's shingles found in the longer
_SAME_PAGE = 0.3  # the same, where the address already says that it is one page
_PAGE_ID = re.compile(r"(opinions_\d+|news_\d+|/[spbdi]p?\d{6}[a-z]?)(?=\.htm|$|\?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Documents that record one event. ``kept`` is the one to index; ``others`` stay in the list of its sources."""

    kept: str
    others: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Print:
    shingles: frozenset[int]
    sketch: frozenset[int]
    page: str | None


def group_same_events(transcripts: Sequence[Transcript]) -> list[EventGroup]:
    """Groups of two documents or more that record the same event, in the order of the first of each. Pure.

    The newest text is kept (by its last update, then a "corrected" title, then length). Two documents with
    different dates
    are never one event, however alike.
    """
    prints = [_print(transcript) for transcript in transcripts]
    leader = list(range(len(transcripts)))
    reasons: dict[int, str] = {}
    for first, second in sorted(_candidates(prints)):
        reason = _same(transcripts[first], transcripts[second], prints[first], prints[second])
        if reason is not None:
            low, high = sorted((_root(leader, first), _root(leader, second)))
            leader[high] = low
            reasons.setdefault(low, reason)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(transcripts)):
        groups[_root(leader, at)].append(at)
    return [_group(transcripts, members, reasons.get(root, "")) for root, members in groups.items() if len(members) > 1]


def _root(leader: list[int], at: int) -> int:
    while leader[at] != at:
        at = leader[at]
    return at


def _group(transcripts: Sequence[Transcript], members: list[int], reason: str) -> EventGroup:
    newest = max(members, key=lambda at: (*_freshness(transcripts[at]), -at))
    others = tuple(transcripts[at].doc_id for at in members if at != newest)
    return EventGroup(transcripts[newest].doc_id, others, reason)


def _freshness(transcript: Transcript) -> tuple[date, str, bool, int]:
    updated = dates_in(transcript.last_updated or "")
    clock = re.search(r"\d{1,2}:\d\d(?::\d\d)?", transcript.last_updated or "")
    corrected = "corrected" in fold(transcript.title or "")
    spoken = sum(turn.end - turn.start for turn in transcript.turns)
    return (updated[0].day if updated else date.min, clock[0].zfill(8) if clock else "", corrected, spoken)


def _print(transcript: Transcript) -> _Print:
    words = [
        word
        for turn in transcript.turns
        for word in re.findall(r"[^\W_]+", transcript.text[turn.start : turn.end].lower())
    ]
    runs = (" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))
    shingles = frozenset(zlib.crc32(run.encode()) for run in runs if run)
    page = _PAGE_ID.search(transcript.url or "")
    return _Print(shingles, frozenset(sorted(shingles)[:_SKETCH]), page[1].lower() if page else None)


def _candidates(prints: Sequence[_Print]) -> set[tuple[int, int]]:
    """Pairs worth comparing: some hashes of their sketches, or the page's number, in common."""
    holders: dict[object, list[int]] = defaultdict(list)
    for at, mark in enumerate(prints):
        for key in (*mark.sketch, *([mark.page] if mark.page else [])):
            holders[key].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key, members in holders.items():
        if len(members) <= 50:  # a run of words in more documents than that is a formula, not an event
            for pair in combinations(members, 2):
                shared[pair] += _SHARED_HASHES if isinstance(key, str) else 1
    return {pair for pair, count in shared.items() if count >= _SHARED_HASHES or _tiny(prints, pair)}


def _tiny(prints: Sequence[_Print], pair: Iterable[int]) -> bool:
    return any(len(prints[at].shingles) < 2 * _SHARED_HASHES for at in pair)


def _same(first: Transcript, second: Transcript, a: _Print, b: _Print) -> str | None:
    """Why two documents are one event, or ``None``."""
    if first.date and second.date and first.date != second.date:
        return None
    if not a.shingles or not b.shingles:
        return None
    share = len(a.shingles & b.shingles) / min(len(a.shingles), len(b.shingles))
    one_page = a.page is not None and a.page == b.page
    if share < (_SAME_PAGE if one_page else _SAME):
        return None
    if "corrected" in fold(first.title or "") or "corrected" in fold(second.title or ""):
        return f"a corrected version ({share:.0%} of the words in common)"
    if one_page:
        return "the same page at another address"
    return f"the same words ({share:.0%} in common)"
