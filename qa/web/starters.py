"""Starter questions made from the record itself: what each principal speaks of most that others speak of least. Pure.

Nothing here knows any corpus. A candidate is only shown once the product has answered it (see ``record.py``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.web.render import written_date
from qa.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Transcript, Turn
    from qa.types import Answer

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PHRASE_BREAK = re.compile(r"[^\w\s’'-]+|\n+")
_LONGEST_PHRASE = 4
_NEAR_START = 40_000  # characters of one turn that are read: a starter needs the drift of a speech, not all of it

# Beside the words that no question is about: what speeches are full of, and how people are addressed.
_EMPTY = STOP_WORDS | frozenset(
    """able across against almost along already always among another around away back became become believe best
    better big came certainly clear clearly close come comes coming continue continues course day days different
    early end ensure enough especially even evening far feel find first focus following forward four full
    general glad good great happen happened happening happy hard heard hello help honour hope however important
    include including issue issues keep know ladies last later least less life line live long look looking lot
    main make makes making man matter maybe meet meeting meetings met morning move name need needs never new
    next number often open order others particular people perhaps place pleased pleasure point possible prepared
    press prime president minister ministers secretary chair chairman ambassador madam sir mr mrs ms dr
    gentlemen colleague colleagues friend friends privilege proud put question questions ready reason right
    second see seen sense serious seriously set several show side simply since somewhere soon special start
    started states step still stop strong sure take taken takes taking tell thank thanks third thought three
    time times today together tomorrow tonight took total true try trying two understand understanding use used
    using view week welcome went whole whose wish word words work worked working world year years yesterday""".split()
)


@dataclass(frozen=True, slots=True)
class Starter:
    """A question, and what its answer must show to be worth offering: these words, from this speaker."""

    question: str
    speaker: str
    topic: str
    doc_id: str

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether the first quote of ``answer`` is this speaker's and names the topic."""
        if answer.status != "answered" or not answer.citations:
            return False
        first = answer.citations[0]
        return first.speaker == self.speaker and _key(self.topic) in _key(first.quote.text)


def candidates(transcripts: Mapping[str, Transcript], *, limit: int) -> tuple[Starter, ...]:
    """At most ``limit`` questions, the most telling first, taking turns between speakers and transcripts."""
    speeches = list(_speeches(transcripts.values()))
    spread = Counter(phrase for _, _, phrases in speeches for phrase in phrases)
    columns = [
        [_starter(transcript, speaker, topic) for topic in _ranked(phrases, spread, len(speeches), speaker)]
        for transcript, speaker, phrases in speeches
    ]
    return tuple(_interleaved(columns, limit))


def _speeches(transcripts: Iterable[Transcript]) -> Iterable[tuple[Transcript, str, Counter[str]]]:
    """For each transcript, newest first, and each principal in it, the phrases spoken and how often."""
    newest = sorted(transcripts, key=lambda t: (t.date is not None, t.date, t.doc_id), reverse=True)
    for transcript in newest:
        spoken: dict[str, list[Turn]] = {}
        for turn in transcript.turns:
            if turn.kind == "principal" and turn.speaker:
                spoken.setdefault(turn.speaker, []).append(turn)
        for speaker, turns in spoken.items():
            yield transcript, speaker, _phrases(transcript.text, turns)


def _phrases(text: str, turns: Sequence[Turn]) -> Counter[str]:
    found: Counter[str] = Counter()
    for turn in turns:
        for stretch in _PHRASE_BREAK.split(text[turn.start : min(turn.end, turn.start + _NEAR_START)]):
            words = _WORD.findall(stretch)
            found.update(_phrases_of(words))
    return found


def _phrases_of(words: Sequence[str]) -> Iterable[str]:
    """Runs of words that begin and end with a word that says something, as written; an article before one is kept."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            run = words[start:end]
            if all(_says_something(word) for word in run) and (len(run) > 1 or "-" in run[0]):
                article = "the " if start and words[start - 1].lower() == "the" else ""
                yield article + " ".join(run)


def _says_something(word: str) -> bool:
    return len(word) > 2 and word.lower() not in _EMPTY and "’" not in word and "'" not in word


def _ranked(phrases: Counter[str], spread: Counter[str], speeches: int, speaker: str) -> list[str]:
    """The phrases a speaker returns to, rare elsewhere before common, long before short; never people's names."""
    names = {part.lower() for part in speaker.split()}
    enough = 2 if max(phrases.values(), default=0) > 1 else 1  # somebody who spoke shortly repeats nothing
    scores = {
        phrase: count * math.log1p(speeches / spread[phrase]) * math.sqrt(len(_bare(phrase).split()))
        for phrase, count in phrases.items()
        if count >= enough and not names & set(_key(phrase).split())
    }
    ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
    return _without_overlap(ranked)[:4]


def _without_overlap(ranked: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for phrase in ranked:
        words = set(_key(phrase).split())
        if not any(words & set(_key(other).split()) for other in kept):
            kept.append(phrase)
    return kept


def _starter(transcript: Transcript, speaker: str, topic: str) -> Starter:
    when = written_date(transcript.date).split(" ", 1)[-1]  # month and year: how people remember an event
    question = f"What did {speaker} say about {topic}" + (f" in {when}?" if when else "?")
    return Starter(question, speaker, topic, transcript.doc_id)


def _interleaved(columns: Sequence[Sequence[Starter]], limit: int) -> list[Starter]:
    """The best of each column, then the second best: one loud speaker does not take every place."""
    rows = range(max((len(column) for column in columns), default=0))
    return [column[row] for row in rows for column in columns if row < len(column)][:limit]


def _bare(phrase: str) -> str:
    return phrase.removeprefix("the ")


def _key(text: str) -> str:
    return " ".join(_bare(text).lower().replace("-", " ").split())
