"""From a file to a transcript: header, turns, speakers, exchanges, and every character accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from index.serialize import transcript_from_json, transcript_to_json
from index.source import Source, SourceRef, read_source, source_sha256
from index.types import Exchange, Kind, Person, Region, Transcript, Turn

__all__ = [
    "parse_file",
    "parse_source",
    "parse_text",
    "source_sha256",
    "transcript_from_json",
    "transcript_to_json",
]

_LABEL = re.compile(
    r"^[^\S\n]*(?P<name>Q|(?:[A-Z][\w'’-]+[^\S\n]?){1,5}?)[^\S\n]*(?:\((?P<role>[^)\n]{2,80})\))?[^\S\n]*:[^\S\n]*",
    re.MULTILINE,
)
_DATE = re.compile(r"^\s*•\s*(\d{1,2}) (\w{3})\w*\.? (\d{4})", re.MULTILINE)
_BY = re.compile(r"^(?:by|with) (?P<who>.+)$", re.MULTILINE)
_PRINCIPAL = re.compile(r"NATO Secretary General (?P<name>[A-Z]\w+ [A-Z]\w+)")
_SELF = re.compile(r"(?P<name>[A-Z]\w+ [A-Z]\w+) (?:from|with|of) (?P<outlet>[A-Z][\w ]+?)[.,]")
_CALL = re.compile(r"(?:start with |\) )?(?P<outlet>(?:[A-Z]\w+ ?)+)\.?$")


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    name: str
    role: str | None


def parse_file(path: Path, *, doc_id: str | None = None) -> Transcript:
    """Parse one file; ``doc_id`` defaults to its stem. Raises ``SourceError`` when it cannot be read."""
    ref = SourceRef(Path(path))
    return parse_source(ref, doc_id=doc_id or ref.stem)


def parse_source(ref: SourceRef, *, doc_id: str) -> Transcript:
    """Parse what ``find_sources`` found. Raises ``SourceError`` when it cannot be read."""
    source: Source = read_source(ref)
    return parse_text(
        source.text, doc_id=doc_id, source_name=source.name, source_sha256=source.sha256, url=source.url
    )


def parse_text(
    text: str, *, doc_id: str, source_name: str = "", source_sha256: str = "", url: str | None = None
) -> Transcript:
    """Parse decoded text. Pure."""
    labels = [
        _Label(found.start("name"), found.end(), found["name"].strip(), found["role"])
        for found in _LABEL.finditer(text)
        if found["role"] or found["name"] == "Q" or re.search(rf"{re.escape(found['name'].strip())} \(", text)
    ]
    body = _body_start(text, labels)
    principal = _PRINCIPAL.search(text[:body])
    cuts = [(label.end, label) for label in labels] or [(body, None)]
    turns, roles, call = [], {}, None
    for at, (start, label) in enumerate(cuts):
        end = cuts[at + 1][1].start if at + 1 < len(cuts) else len(text)
        start, end = _trim(text, start, end)
        speech, turn_id = text[start:end], f"{doc_id}#t{len(turns) + 1:03d}"
        flags = ("inaudible",) if "inaudible" in speech.lower() else ()
        if label is None:
            name = principal["name"] if principal else None
            turns.append(Turn(turn_id, doc_id, name, "NATO Secretary General", None, "principal", start, end, flags))
        elif label.name == "Q":
            intro = _SELF.search(speech[:120])
            speaker = intro["name"] if intro else None
            outlet = intro["outlet"] if intro else call
            inferred = () if intro else ("inferred",)
            turns.append(Turn(turn_id, doc_id, speaker, None, outlet, "journalist", start, end, flags + inferred))
        else:
            roles[label.name] = label.role or roles.get(label.name)
            kind: Kind = "moderator" if "Spokes" in (roles[label.name] or "") else "principal"
            turns.append(Turn(turn_id, doc_id, label.name, roles[label.name], None, kind, start, end, flags))
            if kind == "moderator":
                called = _CALL.search(speech)
                call = called["outlet"].strip() if called else None
    day = _DATE.search(text[:body])
    heading = text.split("\n", 1)[0].strip() or None
    updated = re.search(r"Last updated:? (.+)", text[:body])
    note = re.search(r"^\((As delivered)\)", text[:body], re.MULTILINE)
    return Transcript(
        doc_id=doc_id,
        title=heading,
        event_type=heading.lower() if heading else None,
        date=_date(day) if day else None,
        date_end=None,
        place=None,
        url=url,
        language="en",
        delivery_note=note[1] if note else None,
        last_updated=updated[1].strip() if updated else None,
        text=text,
        turns=tuple(turns),
        exchanges=_exchanges(turns),
        reported=(),
        regions=_regions(text, turns),
        people=tuple(Person(n, r) for n, r in dict.fromkeys((t.speaker, t.role) for t in turns) if n),
        flags=(),
        source_name=source_name,
        source_sha256=source_sha256,
    )


def _body_start(text: str, labels: list[_Label]) -> int:
    if labels:
        return labels[0].start
    note = re.search(r"^\(As delivered\)\s*", text, re.MULTILINE)
    return note.end() if note else 0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _date(found: re.Match[str]) -> date:
    return datetime.strptime(" ".join(found.groups()), "%d %b %Y").date()


def _exchanges(turns: list[Turn]) -> tuple[Exchange, ...]:
    out: list[Exchange] = []
    for turn in turns:
        if turn.kind == "journalist":
            out.append(Exchange((turn.turn_id,), ()))
        elif turn.kind == "principal" and out:
            out[-1] = replace(out[-1], answer_turns=(*out[-1].answer_turns, turn.turn_id))
    return tuple(pair for pair in out if pair.answer_turns)


def _regions(text: str, turns: list[Turn]) -> tuple[Region, ...]:
    out, at = [], 0
    for turn in turns:
        if turn.start > at:
            out.append(Region("header" if not out else "label", at, turn.start))
        out.append(Region("turn", turn.start, turn.end))
        at = turn.end
    if at < len(text):
        out.append(Region("dropped" if turns else "header", at, len(text), "white space" if turns else ""))
    return tuple(out)
