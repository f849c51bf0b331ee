"""What is said of a pasted text: of the whole, and where that does not stand as one quote, of each sentence. Pure.

The verdict itself is ``Edition.check``'s; here it is asked in pieces, within bounds, and its places are cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from index.sentences import sentence_spans
from qa.cite import cite_span
from qa.words import whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Transcript
    from qa.check import CheckStatus, Difference, Match
    from qa.types import Citation
    from qa.web.record import Edition

TEXT_LIMIT = 5_000  # characters
COMMON = 100  # places from which words say nothing of who said them, and would take long to cite
PLACES_SHOWN = 20
PARTS_LIMIT = 20  # sentences looked up one by one

_SHORT = 6  # words: longer runs hardly ever stand at very many places
_QUOTE_MARKS = "\"'“”„‟«»″‘’‚‛′ʼ"
_OPENING, _CLOSING = '"“„«', '"”»'
_LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
_RANKS = ("principal", "moderator", "unknown", "journalist")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand. ``sentence`` cites the whole sentences they are cut from, or are."""

    citation: Citation
    whole: bool
    sentence: Citation

    @property
    def is_position(self) -> bool:
        """Whether an official says this in words of their own."""
        return self.citation.kind == "principal" and not self.sentence.reported_from


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on ``given``: ``common`` where the words stand at too many places to be looked up one by one.

    ``places`` are those to show, officials first; ``more`` is the number of others.
    """

    given: str
    status: CheckStatus | Literal["common"]
    places: tuple[Place, ...] = ()
    more: int = 0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a whole text and, where it is no quote as it stands, on its parts; ``left`` were not looked up."""

    whole: Verdict
    parts: tuple[Verdict, ...] = ()
    left: int = 0

    @property
    def stitched(self) -> bool:
        """Whether every part is on the record, but not as one quote."""
        return bool(self.parts) and not self.left and all(part.status == "verified" for part in self.parts)


def judge(edition: Edition, text: str) -> Judged:
    """The verdict on ``text``, which has at most ``TEXT_LIMIT`` characters."""
    text = whole_characters(text).strip()
    whole = _verdict(edition, text)
    parts = parts_of(text) if whole.status != "verified" else []
    if len(parts) < 2:
        return Judged(whole)
    return Judged(
        whole, tuple(_verdict(edition, part) for part in parts[:PARTS_LIMIT]), max(0, len(parts) - PARTS_LIMIT)
    )


def parts_of(text: str) -> Sequence[str]:
    """The sentences of ``text``, taken apart where it leaves words out ("… [...]"); without quotation marks that only
    open or only close.
    """
    stretches = _LEFT_OUT.split(text)
    sentences = (stretch[start:end] for stretch in stretches for start, end in sentence_spans(stretch))
    return [bare for bare in map(_unpaired, sentences) if any(map(str.isalnum, bare))]


def is_common(words: str, transcripts: Mapping[str, Transcript]) -> bool:
    """Whether a few ``words`` stand at more than ``COMMON`` places."""
    split = words.split()
    if not split or len(split) > _SHORT:
        return False
    pattern = re.compile(r"\s+".join(map(_loosely, split)) + r"(?!\w)")
    texts = (transcript.text for transcript in transcripts.values())
    # what stands before is looked at here: a pattern that begins with it takes thirty times as long
    found = ((text, at.start()) for text in texts for at in pattern.finditer(text))
    places = (True for text, start in found if not text[start - 1 : start].isalnum())
    return any(islice(places, COMMON, None))


def _verdict(edition: Edition, given: str) -> Verdict:
    if is_common(given.strip(_QUOTE_MARKS), edition.transcripts):
        return Verdict(given, "common")
    checked = edition.check(given)
    matches = sorted(checked.matches, key=_rank)
    return Verdict(
        given,
        checked.status,
        tuple(map(_place, matches[:PLACES_SHOWN])),
        max(0, len(matches) - PLACES_SHOWN),
        checked.differences,
    )


def _rank(match: Match) -> tuple[int, str, str, int]:
    """Officials before others, then in order of time."""
    kind = _RANKS.index(match.turn.kind) if match.turn else len(_RANKS)
    day = match.transcript.date
    return kind, day.isoformat() if day else "~", match.quote.doc_id, match.quote.start


def _place(match: Match) -> Place:
    cited, sentence = (cite_span(match.transcript, part.start, part.end) for part in (match.quote, match.sentence))
    return Place(cited, match.whole, sentence)


def _loosely(word: str) -> str:
    """``word`` as a pattern, its quotation marks and apostrophes of any shape."""
    return "".join(f"[{_QUOTE_MARKS}]" if letter in _QUOTE_MARKS else re.escape(letter) for letter in word)


def _unpaired(sentence: str) -> str:
    """``sentence`` less a quotation mark that opens or closes a quote of several sentences."""
    if sentence[:1] in tuple(_OPENING) and not _any_of(_CLOSING, sentence[1:]):
        sentence = sentence[1:]
    if sentence[-1:] in tuple(_CLOSING) and not _any_of(_OPENING, sentence[:-1]):
        sentence = sentence[:-1]
    return sentence.strip()


def _any_of(marks: Iterable[str], text: str) -> bool:
    return any(mark in text for mark in marks)
