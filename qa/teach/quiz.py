"""A quiz on quotes of the record: who said it, when, which of these was theirs, how did the sentence go on.

Every option is real: a name, a day or words of the record, and the wrong ones are wrong. Where the record cannot give
such options, there is no question. The same quotes and the same seed make the same quiz.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from index.types import Transcript, Turn
from qa.catalogue import texts
from qa.cite import cite_span
from qa.export.types import QuizItem, QuizKind
from qa.extract import Context, Span
from qa.select import leans_back
from qa.teach.position import is_position
from qa.types import Citation
from qa.web.links import cite_id
from qa.wording import Language, written_date
from qa.words import content_stems, stem_set, tokens

MOST = 20  # questions of one quiz
_OPTIONS = 4
_DOCUMENTS = 40  # transcripts in which wrong options are looked for: those quoted, and some others
_COMPARED = 400  # of the places of the right length, how many are compared with the right answer
_SHORTEST = 8  # words of a sentence that can be completed, and of a wrong option that is a sentence
_LENGTHS = (0.6, 1.6)  # how much shorter or longer than the right option a wrong one may be
_CUTS = frozenset(
    "to that and but because in on for with against of by from as when if so which who where at into about or".split()
)
"""Words before which a sentence is cut to be completed: both halves then read as one."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One turn of a named official with the sentences that are their own words."""

    transcript: Transcript
    turn: Turn
    sentences: tuple[Span, ...]

    def words(self, span: Span) -> str:
        return self.transcript.text[slice(*span)]


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: what it says, and the citation that proves it where it is a quote."""

    text: str
    citation: Citation | None = None


def make_quiz(
    chosen: Sequence[Citation], transcripts: Mapping[str, Transcript], *, seed: int, language: Language
) -> tuple[QuizItem, ...]:
    """At most one question a quote of ``chosen``, in their order; none on what is nobody's position."""
    record = _Record(transcripts, [one.quote.doc_id for one in chosen], seed)
    items: list[QuizItem] = []
    distinct = {cite_id(one.quote): one for one in chosen if is_position(one) and one.quote.doc_id in transcripts}
    for at, (place, citation) in enumerate(distinct.items()):
        kinds = _MAKERS[(at + seed) % len(_MAKERS) :] + _MAKERS[: (at + seed) % len(_MAKERS)]
        chance = random.Random(f"{seed} {place}")
        made = next(filter(None, (make(citation, record, chance, language) for make in kinds)), None)
        items += [made] if made else []
        if len(items) == MOST:
            break
    return tuple(items)


class _Record:
    """What wrong options are taken from."""

    def __init__(self, transcripts: Mapping[str, Transcript], quoted: Iterable[str], seed: int) -> None:
        self.transcripts = transcripts
        self._quoted = [doc_id for doc_id in dict.fromkeys(quoted) if doc_id in transcripts]
        self._seed = seed
        self._plain: dict[str, list[tuple[date | None, str]]] = {}

    @cached_property
    def said(self) -> Sequence[_Said]:
        """What officials say in the transcripts quoted and in some others."""
        others = sorted(set(self.transcripts) - set(self._quoted))
        random.Random(self._seed).shuffle(others)
        docs = [*self._quoted, *others][:_DOCUMENTS]
        return [one for doc_id in docs for one in _officials(self.transcripts[doc_id])]

    @cached_property
    def names(self) -> Sequence[str]:
        """Every named official."""
        turns = (turn for one in self.transcripts.values() for turn in one.turns)
        return sorted({turn.speaker for turn in turns if turn.kind == "principal" and turn.speaker})

    def said_by(self, name: str) -> Sequence[tuple[date | None, str]]:
        """All that is printed as said by ``name``, in any role, turn by turn with its day: plain, in lower case."""
        surname = _surname(name)
        if surname not in self._plain:
            self._plain[surname] = [
                (one.date, _plain(one.text[turn.start : turn.end])) for one, turn in self._turns[surname]
            ]
        return self._plain[surname]

    def has_said(self, name: str, words: str) -> bool:
        """Whether ``name`` says these words anywhere in the record."""
        wanted = _plain(words)
        return any(wanted in said for _, said in self.said_by(name))

    @cached_property
    def _turns(self) -> Mapping[str, Sequence[tuple[Transcript, Turn]]]:
        found: defaultdict[str, list[tuple[Transcript, Turn]]] = defaultdict(list)
        for one in self.transcripts.values():
            for turn in one.turns:
                if turn.speaker:
                    found[_surname(turn.speaker)].append((one, turn))
        return found


def _who(citation: Citation, record: _Record, chance: random.Random, language: Language) -> QuizItem | None:
    """Who said it: other officials of the record who nowhere say the same."""
    name = citation.speaker or ""
    others = [other for other in record.names if not _same_person(other, name)]
    chance.shuffle(others)
    there = {turn.speaker for turn in record.transcripts[citation.quote.doc_id].turns}
    others.sort(key=lambda other: other not in there)
    wrong = (_Option(other) for other in others if not record.has_said(other, citation.quote.text))
    prompt = texts(language)("teach.quiz_who", quote=citation.quote.text)
    return _item("who", prompt, citation, _Option(name), wrong, chance)


def _when(citation: Citation, record: _Record, chance: random.Random, language: Language) -> QuizItem | None:
    """When it was said: days of other events, on which the speaker did not say the same."""
    if citation.date is None or str(citation.date.year) in citation.quote.text:
        return None
    name, wanted = citation.speaker or "", _plain(citation.quote.text)
    said = {day for day, words in record.said_by(name) if wanted in words}
    spoke = {day for day, _ in record.said_by(name) if day}
    days = sorted({one.date for one in record.transcripts.values() if one.date} - said - {citation.date})
    chance.shuffle(days)
    days.sort(key=lambda day: day not in spoke)
    prompt = texts(language)("teach.quiz_when", who=name, quote=citation.quote.text)
    right = _Option(written_date(citation.date, language))
    return _item("when", prompt, citation, right, [_Option(written_date(day, language)) for day in days], chance)


def _which(citation: Citation, record: _Record, chance: random.Random, language: Language) -> QuizItem | None:
    """Which of these they said: whole sentences of other officials, of about the same length and matter."""
    prompt = texts(language)("teach.quiz_which", who=citation.speaker)
    words = len(citation.quote.text.split())
    places = [(said, run) for said in record.said for run in _runs(said, words)]
    wrong = _nearest(citation, places, record, chance)
    return _item("who", prompt, citation, _Option(citation.quote.text, citation), wrong, chance)


def _complete(citation: Citation, record: _Record, chance: random.Random, language: Language) -> QuizItem | None:
    """How the sentence goes on: real endings of other officials' sentences."""
    transcript = record.transcripts[citation.quote.doc_id]
    cut = _cut(citation, transcript, chance)
    if cut is None:
        return None
    start, at, end = cut
    begins = transcript.text[at:end].split(maxsplit=1)[0].casefold()
    words = len(transcript.text[at:end].split())
    places = [(said, ending) for said in record.said for ending in _endings(said, words, begins)]
    beginning = transcript.text[start:at].rstrip()
    prompt = texts(language)("teach.quiz_complete", who=citation.speaker, beginning=beginning)
    right = _Option(f"… {transcript.text[at:end]}", cite_span(transcript, at, end))
    wrong = [_Option(f"… {one.text}", one.citation) for one in _nearest(citation, places, record, chance)]
    return _item("complete", prompt, citation, right, wrong, chance)


_Maker = Callable[[Citation, _Record, random.Random, Language], QuizItem | None]
_MAKERS: tuple[_Maker, ...] = (_who, _complete, _which, _when)


def _item(
    kind: QuizKind,
    prompt: str,
    citation: Citation,
    right: _Option,
    wrong: Iterable[_Option],
    chance: random.Random,
) -> QuizItem | None:
    """The question with its options in a random order; ``None`` without a wrong one."""
    options = [right]
    for one in wrong:
        if one.text not in {option.text for option in options}:
            options.append(one)
        if len(options) == _OPTIONS:
            break
    if len(options) < 2:
        return None
    chance.shuffle(options)
    return QuizItem(
        kind=kind,
        prompt=prompt,
        options=tuple(option.text for option in options),
        answer=options.index(right),
        citation=citation,
        option_citations=tuple(option.citation for option in options),
    )


def _officials(transcript: Transcript) -> Iterator[_Said]:
    context = Context(transcript)
    for turn in transcript.turns:
        if turn.kind == "principal" and turn.speaker:
            own = [s for s in context.sentences(turn.turn_id) if not context.reported_from(turn.turn_id, *s)]
            yield _Said(transcript, turn, tuple(own))


def _plain(text: str) -> str:
    """A text for finding the same words in it, however printed; ``qa.check.plain`` knows every mark, at five times the
    price, and a record is read whole here.
    """
    straight = text.casefold().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(straight.split())


@lru_cache(maxsize=4096)
def _surname(name: str) -> str:
    return (tokens(name) or [name])[-1]


def _same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: their last words are the same."""
    return _surname(one) == _surname(other)


def _runs(said: _Said, words: int) -> Iterator[Span]:
    """Runs of neighbouring sentences of about ``words`` words, each sentence in one of them at most."""
    first: int | None = None
    for n, (start, end) in enumerate(said.sentences):
        follows = n and not said.transcript.text[said.sentences[n - 1][1] : start].strip()
        first = first if first is not None and follows else start
        if leans_back(said.words((first, end))):
            first = None
            continue
        count = len(said.words((first, end)).split())
        if count >= max(_SHORTEST, _LENGTHS[0] * words):
            if count <= _LENGTHS[1] * words:
                yield first, end
            first = None


def _endings(said: _Said, words: int, begins: str) -> Iterator[Span]:
    """The ends of sentences, of about ``words`` words, that begin with the word ``begins``."""
    low, high = (share * words for share in _LENGTHS)
    for start, end in said.sentences:
        for found in _cuts(said.transcript.text, start, end, {begins}):
            if low <= len(said.words((found, end)).split()) <= high:
                yield found, end
                break


def _cut(citation: Citation, transcript: Transcript, chance: random.Random) -> tuple[int, int, int] | None:
    """A sentence of the quote and where it is cut: start, cut, end; near its middle, before a small word."""
    context = Context(transcript)
    quote = citation.quote
    found: list[tuple[int, int, int]] = []
    for start, end in context.sentences(quote.turn_id):
        if quote.start <= start and end <= quote.end and len(transcript.text[start:end].split()) >= _SHORTEST:
            middle = (start + end) / 2
            if places := list(_cuts(transcript.text, start, end)):
                found.append((start, min(places, key=lambda at: abs(at - middle)), end))
    return chance.choice(found) if found else None


def _cuts(text: str, start: int, end: int, before: AbstractSet[str] = _CUTS) -> Iterator[int]:
    """Where a sentence can be cut: before one of some small words, with three words or more on either side."""
    if before.isdisjoint(text[start:end].casefold().split()):
        return
    for word in list(re.finditer(r"\S+", text[start:end]))[3:-3]:
        if word[0].casefold() in before:
            yield start + word.start()


def _nearest(
    citation: Citation, places: Sequence[tuple[_Said, Span]], record: _Record, chance: random.Random
) -> list[_Option]:
    """Places of other speakers whose words are nearest to the quote's, and are nowhere the speaker's own."""
    name = citation.speaker or ""
    others = [(said, span) for said, span in places if not _same_person(said.turn.speaker or "", name)]
    compared = chance.sample(others, _COMPARED) if len(others) > _COMPARED else others
    wanted = set(content_stems(citation.quote.text))
    ranked = sorted(compared, key=lambda one: -len(wanted & stem_set(one[0].words(one[1]))))
    found: list[_Option] = []
    for said, span in ranked:
        words = said.words(span)
        if record.has_said(name, words) or _plain(words) in {_plain(one.text) for one in found}:
            continue
        found.append(_Option(words, cite_span(said.transcript, *span)))
        if len(found) == _OPTIONS - 1:
            break
    return found
