"""Starter questions made from the record itself: what each principal speaks of most that others speak of least. Pure.

Nothing here knows any corpus. A candidate is only shown once the product has answered it (see ``record.py``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.types import Transcript, Turn
from qa.types import Answer
from qa.web.render import written_date

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PHRASE_BREAK = re.compile(r"[^\w\s’'-]+|\n+")
_LONGEST_PHRASE = 4
_NEAR_START = 40_000  # characters of one turn that are read: a starter needs the drift of a speech, not all of it

# Words that may stand inside a phrase but not at its ends, and that say nothing alone.
_EMPTY = frozenset(
    """a about above after again against all almost already also although always am an and another any anybody anyone
    anything are around as ask asked asking at away back be became because become been before began being believe best
    better between big both but by call called came can cannot come comes coming could course day days did different do
    does doing don done down during each either end enough even ever every everybody everyone everything far few first
    focus for forward four from full further gave general get gets getting give given gives giving go goes going good
    got great had happen happened happening has have having he hear heard hello help her here him his hope how however i
    if important in including into is issue issues it its itself just keep kind know last later least less let like
    long look looking lot made main make makes making many may maybe me mean means meet meeting meetings met might more
    morning most move much must my need needs never new next no nobody not nothing now number of off often on once one
    only onto or other others our out over own part particular people perhaps place point possible prepared press put
    question questions quite rather really reason regarding right said same say saying says second see seen sense set
    several shall she should show side since so some somebody someone something soon speak special started state
    states step still stop strong such sure take taken takes taking talk talked talking tell than thank thanks that the
    their them themselves then there these they thing things think third this those though thought three through
    thus time times to today together tomorrow tonight too took total towards try trying two under until up upon us
    use used using very view want wanted was way ways we week well went were what when where whether which while
    who whole whom whose why will with within without word work worked working would yeah year years yes yesterday yet
    you your afternoon evening minister president secretary prime chair chairman ambassador mr mrs ms dr sir madam
    ladies gentlemen colleague colleagues friend friends meaning mention mentioned understand understanding welcome
    answer answers able actually am based certainly clear clearly close continue continues ensure especially fact
    following happy honour ll m re s t ve d pleasure privilege proud ready serious seriously simply""".split()
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
    scores = {
        phrase: count * math.log1p(speeches / spread[phrase]) * math.sqrt(len(_bare(phrase).split()))
        for phrase, count in phrases.items()
        if count > 1 and not names & set(_key(phrase).split())
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
