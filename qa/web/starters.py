"""Starter questions made from the record itself: what each principal speaks of most that others speak of least. Pure.

Nothing here knows any corpus. A candidate is only shown once the product has answered it (see ``record.py``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.wording import written_date
from qa.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Transcript, Turn
    from qa.types import Answer

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PHRASE_BREAK = re.compile(r"[^\w\s’'-]+|\n+")
_LONGEST_PHRASE = 4
_TOPICS = 4  # of one speaker in one transcript: enough for all the starters when only one person speaks
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

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether the first quote of ``answer`` is this speaker's and names the topic."""
        if answer.status != "answered" or not answer.citations:
            return False
        first = answer.citations[0]
        return first.speaker == self.speaker and _key(self.topic) in _key(first.quote.text)


def candidates(transcripts: Mapping[str, Transcript], *, limit: int) -> tuple[Starter, ...]:
    """At most ``limit`` questions, the most telling first, taking turns between speakers and transcripts."""
    speeches = list(_speeches(transcripts.values()))
    spread = Counter(key for speech in speeches for key in speech.phrases)
    written: dict[str, Counter[str]] = {}
    for speech in speeches:
        for key, forms in speech.phrases.items():
            written.setdefault(key, Counter()).update(forms)
    columns = [
        [_starter(speech, _usual(written[key])) for key in _ranked(speech, spread, len(speeches))]
        for speech in speeches
    ]
    return tuple(_interleaved(columns, limit))


@dataclass(frozen=True, slots=True)
class _Speech:
    """What one principal says in one transcript: phrases by their key, each with the ways it is written."""

    transcript: Transcript
    speaker: str
    phrases: Mapping[str, Counter[str]]


def _speeches(transcripts: Iterable[Transcript]) -> Iterable[_Speech]:
    """The speeches of every principal, the newest transcript first."""
    newest = sorted(transcripts, key=lambda t: (t.date is not None, t.date, t.doc_id), reverse=True)
    for transcript in newest:
        spoken: dict[str, list[Turn]] = {}
        for turn in transcript.turns:
            if turn.kind == "principal" and turn.speaker:
                spoken.setdefault(turn.speaker, []).append(turn)
        for speaker, turns in spoken.items():
            yield _Speech(transcript, speaker, _phrases(transcript.text, turns))


def _phrases(text: str, turns: Sequence[Turn]) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for turn in turns:
        for stretch in _PHRASE_BREAK.split(text[turn.start : min(turn.end, turn.start + _NEAR_START)]):
            for phrase in _phrases_of(_WORD.findall(stretch)):
                found.setdefault(_key(phrase), Counter())[phrase] += 1
    return found


def _phrases_of(words: Sequence[str]) -> Iterable[str]:
    """Runs of words that all say something, as written; an article before one is kept.

    A run after "and" or "or" is half of something ("Dutch and British governments") and left out.
    """
    for start in range(len(words)):
        if start and words[start - 1].lower() in ("and", "or"):
            continue
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            run = words[start:end]
            if all(_says_something(word) for word in run) and (len(run) > 1 or "-" in run[0]):
                article = "the " if start and words[start - 1].lower() == "the" else ""
                yield article + " ".join(run)


def _says_something(word: str) -> bool:
    return len(word) > 2 and word.lower() not in _EMPTY and "’" not in word and "'" not in word


def _usual(forms: Counter[str]) -> str:
    """The way a phrase is mostly written; a capital that only begins a sentence loses to the same word without."""
    return max(forms, key=lambda form: (form.lower() in forms and form == form.lower(), forms[form], form))


def _ranked(speech: _Speech, spread: Counter[str], speeches: int) -> list[str]:
    """The phrases a speaker returns to, rare elsewhere before common, long before short; never people's names."""
    names = {part.lower() for part in speech.speaker.split()}
    counts = {key: forms.total() for key, forms in speech.phrases.items() if not names & set(key.split())}
    scores = {
        key: count * math.log1p(speeches / spread[key]) * math.sqrt(len(key.split()))
        for key, count in counts.items()
        if count > 1
    } or {key: float(spread[key]) for key in counts if spread[key] > 1}  # spoke shortly: what others speak of too
    return _without_overlap(sorted(scores, key=lambda key: (-scores[key], key)))[:_TOPICS]


def _without_overlap(ranked: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for key in ranked:
        if not any(set(key.split()) & set(other.split()) for other in kept):
            kept.append(key)
    return kept


def _starter(speech: _Speech, topic: str) -> Starter:
    when = written_date(speech.transcript.date).split(" ", 1)[-1]  # month and year: how people remember an event
    question = f"What did {speech.speaker} say about {topic}" + (f" in {when}?" if when else "?")
    return Starter(question, speech.speaker, topic)


def _interleaved(columns: Sequence[Sequence[Starter]], limit: int) -> list[Starter]:
    """The best of each column, then the second best: one loud speaker does not take every place."""
    rows = range(max((len(column) for column in columns), default=0))
    return [column[row] for row in rows for column in columns if row < len(column)][:limit]


def _key(text: str) -> str:
    """What two spellings of one phrase share: no article, no capitals, no hyphens."""
    return " ".join(text.removeprefix("the ").lower().replace("-", " ").split())
