"""Is this quote on the record? Verified word for word, a near miss with what differs, or not found.

Only equality verifies: white space and the shape of quotation marks aside, every character must stand in one turn of
one transcript. Likeness only ever finds a near miss to show beside the words that were given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from index.sentences import sentence_spans
from index.types import Transcript, Turn
from qa.cite import quote as proved_quote
from qa.types import Quote
from qa.words import whole_characters

if TYPE_CHECKING:
    from index.search import Index

CheckStatus = Literal["verified", "near_miss", "not_found"]

_MARKS = str.maketrans("“”„‟«»″‘’‚‛′ʼ", '"""""""\'\'\'\'\'\'')
_NEAR = 0.6  # share of words in common, in order, from which two texts are called versions of one another
_PASSAGES = 20
_MOST_PLACES = 1_000
_MOST_WORDS = 400  # of a given text that are compared word by word


@dataclass(frozen=True, slots=True)
class Difference:
    """One edit between the given words and the record's: ``op`` is ``equal``, ``replace``, ``insert`` or ``delete``."""

    op: Literal["equal", "replace", "insert", "delete"]
    given: str
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where the words stand. ``turn`` is ``None`` in a header. ``whole`` says whether they are whole sentences;
    ``sentence`` is then the same, otherwise the sentences they are cut from.
    """

    quote: Quote
    turn: Turn | None
    transcript: Transcript
    whole: bool
    sentence: Quote


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on ``given``: every place of a verified quote, or the nearest words and how they differ."""

    given: str
    status: CheckStatus
    matches: tuple[Match, ...]
    differences: tuple[Difference, ...] = ()


class Checker:
    """Checks quotes against one open index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._plain = {doc_id: plain(transcript.text) for doc_id, transcript in index.transcripts.items()}

    def check(self, given: str) -> Checked:
        """Say whether ``given`` is on the record, word for word."""
        given = whole_characters(given)
        if matches := self.places(given):
            return Checked(given, "verified", matches)
        near = self._nearest(given, plain(_unquoted(given)))
        return near if near else Checked(given, "not_found", ())

    def places(self, given: str) -> tuple[Match, ...]:
        """Every place where ``given`` stands, word for word, whole words inside one turn; no model is asked.

        Words that stand at more than a thousand places say nothing of any: the first thousand are given.
        """
        wanted = plain(_unquoted(given))
        return tuple(islice(self._verified(wanted), _MOST_PLACES)) if any(map(str.isalnum, wanted)) else ()

    def _verified(self, wanted: str) -> Iterator[Match]:
        for doc_id, text in self._plain.items():
            for at in _word_positions(text, wanted):
                transcript = self._index.transcripts[doc_id]
                start, end = source_span(transcript.text, at, at + len(wanted))
                match = _match(transcript, start, end)
                if match:
                    yield match

    def _nearest(self, given: str, wanted: str) -> Checked | None:
        words = wanted.split()[:_MOST_WORDS]
        best: tuple[float, Match] | None = None
        for hit in self._index.search_words(wanted, k=_PASSAGES):
            passage = hit.passage
            transcript = self._index.transcripts[passage.doc_id]
            for start, end in _runs(transcript.text, passage.start, passage.end, len(words)):
                likeness = _likeness(words, plain(transcript.text[start:end]).split())
                match = _match(transcript, start, end) if best is None or likeness > best[0] else None
                if match:
                    best = (likeness, match)
        if best is None or best[0] < _NEAR:
            return None
        return Checked(given, "near_miss", (best[1],), tuple(differences(wanted, plain(best[1].quote.text))))


def plain(text: str) -> str:
    """``text`` with runs of white space as one space and quotation marks straight; nothing else changes."""
    return " ".join(text.translate(_MARKS).split())


def source_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of ``text`` that ``plain(text)[start:end]`` stands for."""
    starts, offsets = _word_offsets(text)
    return _source_offset(starts, offsets, start), _source_offset(starts, offsets, end - 1) + 1


def differences(given: str, source: str) -> list[Difference]:
    """The edits that turn ``given`` into ``source``, word by word, in order."""
    a, b = given.split(), source.split()
    return [
        Difference(op, " ".join(a[i:j]), " ".join(b[k:m]))
        for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    ]


@lru_cache(maxsize=64)
def _word_offsets(text: str) -> tuple[list[int], list[int]]:
    """For each word of ``text``: where it starts in ``plain(text)``, and where in ``text``."""
    starts, offsets, at = [], [], 0
    for word in re.finditer(r"\S+", text):
        starts.append(at)
        offsets.append(word.start())
        at += len(word.group()) + 1
    return starts, offsets


def _source_offset(starts: Sequence[int], offsets: Sequence[int], at: int) -> int:
    word = bisect_right(starts, at) - 1
    return offsets[word] + at - starts[word]


def _word_positions(text: str, wanted: str) -> Iterator[int]:
    """Where ``wanted`` stands in ``text`` and is not part of longer words or numbers."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _cuts(text[max(0, at - 2) : at + 1][::-1]) and not _cuts(text[end - 1 : end + 2]):
            yield at
        at = text.find(wanted, at + 1)


def _cuts(edge: str) -> bool:
    """Whether a word goes on over an edge: its last character inside and up to two outside, read outwards.

    "We can" is no quote from "We can't", "nuclear" none from "non-nuclear", "1" none from "1.5" and "2" none from "2%".
    """
    inside, beside, beyond = edge[:1], edge[1:2], edge[2:3]
    if not beside or not (inside.isalnum() or inside in "'-\u2011"):
        return False
    if beside.isalnum() or (beside in "'-\u2011" and beyond.isalnum()):
        return True
    return inside.isdigit() and (beside in "%‰°$€£-" or (beside in ".,:" and beyond.isdigit()))


def _match(transcript: Transcript, start: int, end: int) -> Match | None:
    """The place of ``text[start:end]``, or ``None`` where it runs over the end of a turn."""
    turn = next((t for t in transcript.turns if t.start < end and start < t.end), None)
    if turn and not (turn.start <= start and end <= turn.end):
        return None
    turn_id = turn.turn_id if turn else None
    spans = sentence_spans(transcript.text, turn.start, turn.end) if turn else [(start, end)]
    held = [span for span in spans if span[0] < end and start < span[1]]
    whole = (held[0][0], held[-1][1])
    return Match(
        quote=proved_quote(transcript, turn_id, start, end),
        turn=turn,
        transcript=transcript,
        whole=plain(transcript.text[slice(*whole)]).rstrip(".!? ") == plain(transcript.text[start:end]).rstrip(".!? "),
        sentence=proved_quote(transcript, turn_id, *whole),
    )


def _runs(text: str, start: int, end: int, words: int) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences of about ``words`` words: what the given words could have been."""
    spans = sentence_spans(text, start, end)
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            yield spans[first][0], spans[last][1]
            if len(text[spans[first][0] : spans[last][1]].split()) > 1.5 * words:
                break


def _likeness(given: Sequence[str], source: Sequence[str]) -> float:
    """Share of words in common, in order (Ratcliff and Obershelp's measure on words)."""
    matcher = SequenceMatcher(None, [w.casefold() for w in given], [w.casefold() for w in source], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0


def _unquoted(given: str) -> str:
    """``given`` without a pair of quotation marks around all of it."""
    text = given.strip()
    pairs: Mapping[str, str] = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’", "„": "“"}
    if len(text) > 1 and pairs.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        return text[1:-1]
    return text
