"""Who speaks in the record, found by any word of a name or office.

The roll is called once per open index; after that a question's names are resolved by dictionary look-ups.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.types import Filters, Kind, Transcript
from qa.countries import countries_in
from qa.types import Searched
from qa.words import STOP_WORDS, stem, stem_set, tokens

_LEEWAY = timedelta(days=3)
_SURE = 0.8  # share of labels that must agree on how somebody is addressed: some are misprinted


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person of the record with every kind and outlet they spoke under, and the documents of each office."""

    name: str
    kinds: frozenset[Kind]
    offices: Mapping[str, frozenset[str]]
    outlets: frozenset[str]
    doc_ids: frozenset[str]

    @property
    def surname(self) -> str:
        """The last word of the name, in lower case."""
        return (tokens(self.name) or [""])[-1]


@dataclass(frozen=True, slots=True)
class Event:
    """What the header says of one transcript: its words as stems, and the places where it was, in lower case."""

    stems: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roll:
    """All speakers by name, the first word and surname index, the outlets that asked, the days of the record, what each
    header says, and whether a speaker's label calls them "Mr" or "Ms".
    """

    speakers: Mapping[str, Speaker]
    by_name_word: Mapping[str, tuple[str, ...]]
    outlets: frozenset[str]
    dates: Mapping[str, tuple[date, date]]
    turns: Mapping[str, Mapping[tuple[str | None, Kind], int]]
    events: Mapping[str, Event]
    titles: Mapping[str, Mapping[str, int]]

    def named(self, word: str) -> tuple[Speaker, ...]:
        """Speakers whose name holds ``word`` (lower case)."""
        return tuple(self.speakers[name] for name in self.by_name_word.get(word, ()))

    def holding(self, office: str, *, docs: Collection[str] | None = None) -> tuple[Speaker, ...]:
        """Speakers who held the ``office`` as printed in a question: every word of it, and its countries, must fit.

        With ``docs``, those who held it there; where none of them is called by it, those who held it anywhere and speak
        there.
        """
        wanted, lands = office_key(office)
        held = [(speaker, _where(speaker, wanted, lands)) for speaker in self.speakers.values()]
        anywhere = [(speaker, where) for speaker, where in held if where]
        if docs is None:
            return tuple(speaker for speaker, _ in anywhere)
        there = tuple(speaker for speaker, where in anywhere if not where.isdisjoint(docs))
        return there or tuple(speaker for speaker, _ in anywhere if not speaker.doc_ids.isdisjoint(docs))

    def addressed(self, person: str) -> str:
        """How transcripts address the person called so, "Mr" or "Ms"; empty where they never do, or both ways."""
        last = (tokens(person) or [""])[-1]
        held = [speaker.name for speaker in self.named(last) if speaker.surname == last]
        found = Counter(
            title for name in held for title, labels in self.titles.get(name, {}).items() for _ in range(labels)
        )
        title, labels = next(iter(found.most_common(1)), ("", 0))
        return title if labels > _SURE * found.total() else ""

    def dated(self, first: date, last: date) -> frozenset[str]:
        """Documents of an event between two days, both included."""
        return frozenset(doc for doc, (start, end) in self.dates.items() if start <= last and end >= first)

    def near(self, first: date, last: date) -> bool:
        """Whether an event lies within ``_LEEWAY`` of the days: "on the evening before", a date off by one."""
        return bool(self.dated(first - _LEEWAY, last if last == date.max else last + _LEEWAY))

    def beside(self, first: date, last: date) -> tuple[date | None, date | None]:
        """The last day of an event before the days, and the first after them."""
        before = max((end for _, end in self.dates.values() if end < first), default=None)
        return before, min((start for start, _ in self.dates.values() if start > last), default=None)

    def documents(self, filters: Filters) -> list[str]:
        """The documents that ``filters`` leave, by date; those without one come last."""
        docs = [doc_id for doc_id in self.turns if self._in_range(doc_id, filters)]
        return sorted(docs, key=lambda doc_id: self.dates.get(doc_id, (date.max, date.max)))

    def scope(self, filters: Filters) -> Searched:
        """How much of the record passes ``filters``: what an answer says it searched."""
        docs, turns = self.documents(filters), 0
        speakers: set[str] = set()
        passes = speaker_filter(filters)
        for doc_id in docs:
            for (name, kind), count in self.turns[doc_id].items():
                if passes(name, kind):
                    turns += count
                    speakers |= {name} if name else set()
        days = [day for doc_id in docs for day in self.dates.get(doc_id, ())]
        first, last = (min(days), max(days)) if days else (None, None)
        return Searched(len(docs), turns, tuple(sorted(speakers)), first, last)

    def _in_range(self, doc_id: str, filters: Filters) -> bool:
        if filters.doc_ids and doc_id not in filters.doc_ids:
            return False
        if not (filters.date_from or filters.date_to):
            return True
        if doc_id not in self.dates:
            return False
        first, last = self.dates[doc_id]
        return first <= (filters.date_to or last) and last >= (filters.date_from or first)


def speaker_filter(filters: Filters) -> Callable[[str | None, Kind], bool]:
    """Whether a turn's speaker and kind pass ``filters``, as a function; names in any case."""
    names, kinds = {speaker.casefold() for speaker in filters.speakers}, filters.kinds

    def passes(name: str | None, kind: Kind) -> bool:
        return (not kinds or kind in kinds) and (not names or (name or "").casefold() in names)

    return passes


_LABEL = 40  # characters before a turn in which its label stands
_TITLED = re.compile(r"\s*(?:mr|mrs|ms|madam)\b", re.IGNORECASE)


def call_roll(transcripts: Iterable[Transcript]) -> Roll:
    """Collect the roll of ``transcripts``."""
    kinds: dict[str, set[Kind]] = defaultdict(set)
    offices: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    outlets: dict[str, set[str]] = defaultdict(set)
    docs: dict[str, set[str]] = defaultdict(set)
    all_outlets: set[str] = set()
    dates: dict[str, tuple[date, date]] = {}
    turns: dict[str, Counter[tuple[str | None, Kind]]] = {}
    events: dict[str, Event] = {}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    for transcript in transcripts:
        events[transcript.doc_id] = _event(transcript)
        if transcript.date:
            dates[transcript.doc_id] = (transcript.date, transcript.date_end or transcript.date)
        turns[transcript.doc_id] = Counter((turn.speaker, turn.kind) for turn in transcript.turns)
        for turn in transcript.turns:
            if turn.kind == "journalist" and turn.affiliation:
                all_outlets.add(turn.affiliation)
            if turn.speaker is None:
                continue
            kinds[turn.speaker].add(turn.kind)
            docs[turn.speaker].add(transcript.doc_id)
            label = transcript.text[max(0, turn.start - _LABEL) : turn.start].rstrip().rsplit("\n", 1)[-1]
            if title := _TITLED.match(label):
                titles[turn.speaker]["Mr" if title[0].strip().casefold() == "mr" else "Ms"] += 1
            if turn.role:
                offices[turn.speaker][turn.role].add(transcript.doc_id)
            if turn.affiliation:
                outlets[turn.speaker].add(turn.affiliation)
    speakers = {
        name: Speaker(
            name,
            frozenset(kinds[name]),
            {role: frozenset(where) for role, where in offices[name].items()},
            frozenset(outlets[name]),
            frozenset(docs[name]),
        )
        for name in kinds
    }
    return Roll(speakers, _by_word(speakers), frozenset(all_outlets), dates, turns, events, titles)


_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ee]n [Rr]oute(?: to)?) (?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")


def _event(transcript: Transcript) -> Event:
    header = " ".join(transcript.text[r.start : r.end] for r in transcript.regions if r.kind == "header")
    words = " ".join(filter(None, [header, transcript.title, transcript.event_type, transcript.place]))
    places = {found["place"] for found in _PLACE.finditer(words)} | set(re.split(r",\s*", transcript.place or ""))
    return Event(stem_set(words), frozenset(place.casefold() for place in places if place))


@lru_cache(maxsize=4096)
def office_key(office: str) -> tuple[frozenset[str], frozenset[str]]:
    """An office as stems without its countries, and its countries: "Estonia's Minister of Defence" → {minist,
    defenc}, {Estonia}.
    """
    office = office.title() if office.islower() else office
    lands = countries_in(office)
    own = {stem(word) for word in tokens(office) if word == "state" or word not in STOP_WORDS}
    own -= {stem(word) for form in _country_words(office) for word in tokens(form)}
    for short, meant in _SHORT.items():
        if set(short) <= own:
            own = own - set(short) | {stem(word) for word in meant.split()}
    return frozenset(own), lands


_SHORT = {
    ("sg",): "secretary general",
    ("sec", "gen"): "secretary general",
    ("secgen",): "secretary general",
    ("dm",): "defence minister",
    ("fm",): "foreign minister",
    ("pm",): "prime minister",
}
"""Offices as staff write them, in stems."""

_SECOND = frozenset(map(stem, ("deputy", "assistant", "vice", "under", "undersecretary", "former", "acting")))
"""Words that make of an office another one: whoever asks for the Secretary General does not mean the Deputy."""


def _country_words(office: str) -> list[str]:
    return [word for word in office.split() if countries_in(word)]


def _where(speaker: Speaker, wanted: frozenset[str], lands: frozenset[str]) -> frozenset[str]:
    """The documents in which a speaker is called by an office."""
    return frozenset(doc for role, docs in speaker.offices.items() if _fits(wanted, lands, role) for doc in docs)


def _fits(wanted: frozenset[str], lands: frozenset[str], role: str) -> bool:
    held, held_lands = office_key(role)
    return bool(wanted) and wanted <= held and not (held - wanted) & _SECOND and (not lands or lands <= held_lands)


def _by_word(speakers: Mapping[str, Speaker]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in speakers:
        for word in tokens(name):
            index[word].append(name)
    return {word: tuple(names) for word, names in index.items()}
