"""How a file was understood, for people to look at before it joins the record: facts, speakers and doubts. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.types import Kind, Transcript, Turn

_OPENING_TURNS = 4
_OPENING_CHARACTERS = 320  # of each: two or three sentences
_EXCERPTS = 6  # of the text that was left out
_EXCERPT_CHARACTERS = 160
_MUCH_DROPPED = 0.05  # share of the text from which leaving it out is a doubt and not only a fact
_SPEAKERS = 40
_LONGEST_FACT = 400  # characters of a title, a place, a name

_OF_FILE = {
    "date-conflict": "date_conflict",
    "date-from-metadata": "date_from_metadata",
    "guessed-encoding": "encoding",
    "undecodable-bytes": "undecodable",
    "mojibake": "mojibake",
    "control-characters": "control",
    "bidirectional-marks": "bidirectional",
    "captions": "captions",
    "questions-missing": "questions_missing",
}
"""Flags of a transcript that are doubts, by the doubt's code."""

_OF_TURNS = ("inferred", "inaudible", "interpreted", "cut", "truncated", "restarted")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at before the file joins: ``code`` names it, ``count`` of ``total`` says how much of it."""

    code: str
    count: int = 0
    total: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who holds the floor or whom the header names; ``turns`` is 0 for one who is only named."""

    name: str | None
    kind: str
    role: str
    turns: int


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a turn; ``cut`` where it goes on."""

    name: str | None
    kind: str
    text: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that was left out, for one ``reason``: how many characters, and how it begins."""

    reason: str
    characters: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What reading made of one file. ``date`` and ``date_end`` are ISO days; ``same`` is the document of the record
    that is this file or this event already, and ``same_file`` says which of the two.
    """

    sha256: str
    title: str | None
    event_type: str | None
    date: str | None
    date_end: str | None
    place: str | None
    language: str | None
    turns: int
    characters: int
    voices: tuple[Voice, ...]
    more_voices: int
    opening: tuple[Opening, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[Doubt, ...]
    same: str = ""
    same_file: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists, strings and numbers."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Understood:
        """What ``to_json`` wrote."""
        parts: dict[str, type[Voice | Opening | Dropped | Doubt]]
        parts = {"voices": Voice, "opening": Opening, "dropped": Dropped, "doubts": Doubt}
        return cls(**{**record, **{key: tuple(kind(**one) for one in record[key]) for key, kind in parts.items()}})


def understood(transcript: Transcript) -> Understood:
    """What there is to see of ``transcript`` before it joins the record."""
    voices = _voices(transcript)
    dropped = tuple(_dropped(transcript))
    return Understood(
        sha256=transcript.source_sha256,
        title=_short(transcript.title),
        event_type=transcript.event_type,
        date=transcript.date.isoformat() if transcript.date else None,
        date_end=transcript.date_end.isoformat() if transcript.date_end else None,
        place=_short(transcript.place),
        language=transcript.language,
        turns=len(transcript.turns),
        characters=len(transcript.text),
        voices=tuple(voices[:_SPEAKERS]),
        more_voices=max(0, len(voices) - _SPEAKERS),
        opening=tuple(_opening(transcript, turn) for turn in transcript.turns[:_OPENING_TURNS]),
        dropped=dropped,
        doubts=tuple(_doubts(transcript, dropped)),
    )


def _voices(transcript: Transcript) -> list[Voice]:
    """Those who speak, the most often heard first, then those who are only named."""
    turns: Counter[tuple[str | None, Kind]] = Counter((turn.speaker, turn.kind) for turn in transcript.turns)
    roles = {person.name: person.role or person.affiliation or "" for person in transcript.people}
    for turn in transcript.turns:
        if turn.speaker and (office := turn.role or turn.affiliation):
            roles[turn.speaker] = office
    speaking = [
        Voice(_short(name), kind, _short(roles.get(name or "", "")) or "", number)
        for (name, kind), number in turns.most_common()
    ]
    silent = [name for name in roles if name not in {speaker for speaker, _ in turns}]
    return speaking + [Voice(_short(name), "", _short(roles[name]) or "", 0) for name in silent]


def _opening(transcript: Transcript, turn: Turn) -> Opening:
    """The first whole sentences of a turn; of an endless one, its first characters."""
    text = transcript.text[turn.start : min(turn.end, turn.start + 4 * _OPENING_CHARACTERS)]
    ends = [end for _, end in sentence_spans(text) if end <= _OPENING_CHARACTERS]
    shown = text[: max(ends, default=_OPENING_CHARACTERS)]
    return Opening(_short(turn.speaker), turn.kind, shown, cut=turn.start + len(shown) < turn.end)


def _dropped(transcript: Transcript) -> Iterator[Dropped]:
    characters: Counter[str] = Counter()
    begins: dict[str, str] = {}
    for region in transcript.regions:
        if region.kind != "dropped":
            continue
        words = " ".join(
            transcript.text[region.start : min(region.end, region.start + 4 * _EXCERPT_CHARACTERS)].split()
        )
        if words:
            characters[region.reason] += region.end - region.start
            begins.setdefault(region.reason, words[:_EXCERPT_CHARACTERS])
    for reason, number in characters.most_common(_EXCERPTS):
        yield Dropped(reason, number, begins[reason])


def _doubts(transcript: Transcript, dropped: tuple[Dropped, ...]) -> Iterator[Doubt]:
    """The gravest first: who speaks decides what a quote proves, and the date where it stands."""
    turns = transcript.turns
    if not turns:
        yield Doubt("no_speaker")
    elif not any(turn.kind == "principal" and turn.speaker for turn in turns):
        yield Doubt("no_official")
    unknown = sum(turn.kind == "unknown" for turn in turns)
    if unknown:
        yield Doubt("unknown", unknown, len(turns))
    if transcript.date is None:
        yield Doubt("no_date")
    if not transcript.title:
        yield Doubt("no_title")
    left_out = sum(one.characters for one in dropped)
    if left_out > _MUCH_DROPPED * len(transcript.text):
        yield Doubt("dropped", left_out, len(transcript.text))
    if transcript.language not in ("en", None):
        yield Doubt("language", detail=transcript.language or "")
    yield from (Doubt(_OF_FILE[flag]) for flag in transcript.flags if flag in _OF_FILE)
    for flag in _OF_TURNS:
        marked = sum(flag in turn.flags for turn in turns)
        if marked and not (flag == "inferred" and marked == unknown):
            yield Doubt(flag, marked, len(turns))


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…"
