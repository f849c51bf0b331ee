"""What the record holds, for browsing: a line of facts on each transcript and on each voice in it. Pure.

Everything comes from headers and turns, is looked up once for an edition of the record and then only filtered: no
transcript's text is read for a request.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from index.names import fold, fold_words
from index.records import same_speaker
from qa.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.types import Kind, Transcript, Turn
    from qa.web.record import Edition

Order = Literal["newest", "oldest"]

KINDS: tuple[Kind, ...] = ("principal", "moderator", "journalist", "unknown")
"""In the order in which voices are listed."""

_FOLDED = 1_000  # characters of a title or a name that are searched

VoiceKey = tuple[str, str, str]
"""Kind, name and, where the name alone tells nobody apart, outlet or office; all in the form they are compared in."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One voice in one transcript: who it is, as what, and in how many turns. ``words`` are what a search finds."""

    key: VoiceKey
    name: str | None
    kind: Kind
    role: str | None
    affiliation: str | None
    turns: int
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One transcript. ``header`` are the words of title, place, file name, kind of event and day that a search finds;
    ``words`` those of its voices too.
    """

    doc_id: str
    name: str
    first_day: date | None
    last_day: date | None
    event_type: str | None
    place: str | None
    language: str | None
    turns: int
    heard: tuple[Heard, ...]
    header: str
    words: str

    def principals(self) -> tuple[str, ...]:
        """Who speaks as an official, the most often heard first."""
        return tuple(dict.fromkeys(heard.name for heard in self.heard if heard.kind == "principal" and heard.name))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is limited to: folded ``words`` that must all be found, a speaker, a period with both days in it."""

    words: tuple[str, ...] = ()
    speaker: str = ""
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice and the transcripts it is heard in, each with what it is there."""

    code: str
    name: str | None
    kind: Kind
    roles: tuple[str, ...]
    outlets: tuple[str, ...]
    turns: int
    places: tuple[tuple[Entry, Heard], ...]


class Holdings:
    """All entries of one edition."""

    def __init__(self, transcripts: Mapping[str, Transcript]) -> None:
        self.entries = tuple(sorted(map(_entry, transcripts.values()), key=_newest_first))

    @cached_property
    def speakers(self) -> Mapping[Kind, tuple[str, ...]]:
        """Officials and moderators by name, in the order of the alphabet."""
        names: dict[Kind, set[str]] = {"principal": set(), "moderator": set()}
        for entry in self.entries:
            for heard in entry.heard:
                if heard.name and heard.kind in names:
                    names[heard.kind].add(heard.name)
        return {kind: tuple(sorted(held, key=fold)) for kind, held in names.items()}

    def found(self, wanted: Wanted, order: Order = "newest") -> Sequence[Entry]:
        """The transcripts that ``wanted`` lets through, in the order of time; those without a date come last."""
        speaker = same_speaker(wanted.speaker)
        kept = [
            entry
            for entry in self.entries
            if _in_period(entry, wanted)
            and all(word in entry.words for word in wanted.words)
            and (not speaker or any(speaker == heard.key[1] for heard in entry.heard))
        ]
        if order == "newest":
            return kept
        return sorted(kept, key=lambda entry: (entry.first_day is None, entry.first_day, entry.doc_id))

    def voices(self, wanted: Wanted, order: Order = "newest") -> Sequence[Voice]:
        """Who is heard in the transcripts that ``wanted`` lets through, by kind, the most often heard first.

        A word that is searched must stand in the transcript's header or belong to the voice itself.
        """
        speaker = same_speaker(wanted.speaker)
        places: dict[VoiceKey, list[tuple[Entry, Heard]]] = defaultdict(list)
        for entry in self.found(wanted, order):
            missing = [word for word in wanted.words if word not in entry.header]
            for heard in entry.heard:
                if (not speaker or speaker == heard.key[1]) and all(word in heard.words for word in missing):
                    places[heard.key].append((entry, heard))
        return sorted(map(_voice, places.values()), key=lambda v: (KINDS.index(v.kind), -v.turns, v.name or "", v.code))


class Shelf:
    """The holdings of the edition that was asked for last: made once, then only read."""

    def __init__(self) -> None:
        self._held: tuple[weakref.ref[Edition], Holdings] | None = None
        self._lock = threading.Lock()

    def of(self, edition: Edition) -> Holdings:
        """The holdings of ``edition``."""
        with self._lock:
            if self._held is None or self._held[0]() is not edition:
                self._held = weakref.ref(edition), Holdings(edition.transcripts)
            return self._held[1]


def search_words(typed: str) -> tuple[str, ...]:
    """The words that must be found; letters alone count, so what has none is looked up as it is and found nowhere."""
    return tuple(fold_words(typed)) or tuple(typed.casefold().split())


def _newest_first(entry: Entry) -> tuple[int, str]:
    return (-entry.first_day.toordinal() if entry.first_day else 1, entry.doc_id)


def _in_period(entry: Entry, wanted: Wanted) -> bool:
    """Whether any of the days lies in the period; what has no date lies in none."""
    if wanted.date_from is None and wanted.date_to is None:
        return True
    if entry.first_day is None or entry.last_day is None:
        return False
    return (wanted.date_from is None or entry.last_day >= wanted.date_from) and (
        wanted.date_to is None or entry.first_day <= wanted.date_to
    )


def _entry(transcript: Transcript) -> Entry:
    heard = tuple(_heard(transcript.turns))
    header = " ".join(_header_words(transcript))
    return Entry(
        doc_id=transcript.doc_id,
        name=transcript.title or transcript.source_name,
        first_day=transcript.date,
        last_day=transcript.date_end or transcript.date,
        event_type=transcript.event_type,
        place=transcript.place,
        language=transcript.language,
        turns=len(transcript.turns),
        heard=heard,
        header=header,
        words=" ".join([header, *(voice.words for voice in heard)]),
    )


def _header_words(transcript: Transcript) -> Iterator[str]:
    day = transcript.date
    said = [day.isoformat(), written_date(day), written_date(day, "fr")] if day else []
    for text in (transcript.title, transcript.place, transcript.source_name, transcript.event_type, *said):
        yield fold((text or "")[:_FOLDED])


def _heard(turns: Sequence[Turn]) -> Iterable[Heard]:
    """Each voice once, the most often heard first."""
    counts = Counter((turn.speaker, turn.kind, turn.role, turn.affiliation) for turn in turns)
    by_key: dict[VoiceKey, list[Heard]] = defaultdict(list)
    for (name, kind, role, outlet), number in counts.most_common():
        key = _key(name, kind, outlet or role)
        words = " ".join(fold(part[:_FOLDED]) for part in (name, role, outlet) if part)
        by_key[key].append(Heard(key, name, kind, role, outlet, number, words))
    return sorted((_joined(same) for same in by_key.values()), key=lambda heard: -heard.turns)


def _joined(same: Sequence[Heard]) -> Heard:
    """One voice that its labels describe in several ways: the way of most turns, its gaps filled from the others."""
    first = same[0]
    if len(same) == 1:
        return first
    return Heard(
        first.key,
        first.name,
        first.kind,
        next((one.role for one in same if one.role), None),
        next((one.affiliation for one in same if one.affiliation), None),
        sum(one.turns for one in same),
        " ".join(dict.fromkeys(one.words for one in same)),
    )


def _key(speaker: str | None, kind: Kind, told: str | None) -> VoiceKey:
    """Whom two turns share: a full name is one person; a journalist's first name is one only within an outlet."""
    name = same_speaker(speaker or "")
    needed = not name or (kind == "journalist" and " " not in name)
    return kind, name, same_speaker(told or "") if needed else ""


def _voice(places: Sequence[tuple[Entry, Heard]]) -> Voice:
    first = places[0][1]
    return Voice(
        code=hashlib.sha256("\0".join(first.key).encode("utf-8", "replace")).hexdigest()[:16],
        name=first.name,
        kind=first.kind,
        roles=_usual(heard.role for _, heard in places),
        outlets=_usual(heard.affiliation for _, heard in places),
        turns=sum(heard.turns for _, heard in places),
        places=tuple(places),
    )


def _usual(told: Iterable[str | None]) -> tuple[str, ...]:
    """What is told, each once, the most frequent first."""
    return tuple(text for text, _ in Counter(text for text in told if text).most_common())
