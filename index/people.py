"""Offices and who held them when; one person under many spellings, across documents.

The table is ``offices.json`` beside this file. A user adds to it with a file of the same shape, named by
``$ONTHERECORD_OFFICES`` or put at ``ontherecord/offices.json`` in the user's configuration folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.names import fold, fold_words, strip_honorifics
from index.types import Transcript

OFFICES_VARIABLE = "ONTHERECORD_OFFICES"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office: ``start`` is the first day, ``end`` the day it had passed on (``None``: still held)."""

    name: str
    start: date
    end: date | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its ``names`` say which body it belongs to, its ``short`` names do not ("Secretary General")."""

    office: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one document, with the office held there."""

    doc_id: str
    role: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person across documents: every spelling met, every appearance in order of date."""

    name: str
    spellings: tuple[str, ...]
    appearances: tuple[Appearance, ...]


def load_offices(extra: Path | None = None) -> tuple[Office, ...]:
    """The table that ships, with the entries of ``extra`` before it. Raises ``SourceError`` when ``extra`` is
    unreadable.
    """
    own = _read_offices(Path(__file__).with_name("offices.json"))
    return (*_read_offices(extra), *own) if extra else own


@cache
def default_offices() -> tuple[Office, ...]:
    """The table that ships and the user's own file, where there is one."""
    chosen = os.environ.get(OFFICES_VARIABLE)
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    extra = Path(chosen) if chosen else config / "ontherecord" / "offices.json"
    return load_offices(extra if chosen or extra.is_file() else None)


def person_in_office(
    office: str, day: date, *, offices: Sequence[Office] | None = None, of_nato: bool = False
) -> str | None:
    """Who held ``office`` on ``day``; ``None`` when the table does not know.

    ``office`` is read without regard to case. A name that several bodies use ("Secretary General") is only resolved
    with
    ``of_nato``, when the document shows that NATO's is meant.
    """
    wanted = fold(office).removeprefix("the ")
    for entry in default_offices() if offices is None else offices:
        known = entry.names + (entry.short if of_nato else ())
        if wanted in {fold(name).removeprefix("the ") for name in known}:
            for holder in entry.holders:
                if holder.start <= day and (holder.end is None or day < holder.end):
                    return holder.name
    return None


def same_person(first: str, second: str, *, offices: Sequence[Office] | None = None) -> bool:
    """Whether two names are one person's: equal but for case, accents and honorifics, listed as spellings of one, or
    one the other without a middle name. A surname alone is not enough."""
    return _key(first, offices) == _key(second, offices) or _without_middle(_key(first, offices), _key(second, offices))


def people_across(transcripts: Iterable[Transcript], *, offices: Sequence[Office] | None = None) -> list[KnownPerson]:
    """Everybody the transcripts name in full, each once, with the office held in each document."""
    spellings: dict[str, dict[str, None]] = {}
    appearances: dict[str, list[Appearance]] = {}
    for transcript in transcripts:
        for person in transcript.people:
            key = _key(person.name, offices)
            if " " in key:
                spellings.setdefault(key, {})[person.name] = None
                appearances.setdefault(key, []).append(Appearance(transcript.doc_id, person.role, transcript.date))
    return [
        KnownPerson(next(iter(names)), tuple(names), tuple(sorted(appearances[key], key=_when)))
        for key, names in spellings.items()
    ]


def _when(appearance: Appearance) -> tuple[date, str]:
    return appearance.date or date.max, appearance.doc_id


def _key(name: str, offices: Sequence[Office] | None) -> str:
    """What is equal for all spellings of one name: the table's name where it lists the spelling."""
    folded = fold(name)
    for office in default_offices() if offices is None else offices:
        for holder in office.holders:
            if folded in {fold(spelling) for spelling in (holder.name, *holder.also)}:
                return fold(holder.name)
    return fold(strip_honorifics(name))


def _without_middle(first: str, second: str) -> bool:
    short, long = sorted((first.split(), second.split()), key=len)
    return len(short) >= 2 and len(long) == len(short) + 1 and short[0] == long[0] and short[-1] == long[-1]


def _read_offices(path: Path) -> tuple[Office, ...]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_office(entry) for entry in record["offices"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = f"Write it as docs/parsing.md shows, or unset ${OFFICES_VARIABLE}"
        raise SourceError(path, f"this table of offices cannot be read ({error})", remedy=remedy) from error


def _office(entry: dict[str, Any]) -> Office:
    holders = tuple(
        Holder(
            str(holder["name"]),
            date.fromisoformat(holder["from"]),
            date.fromisoformat(holder["to"]) if holder.get("to") else None,
            tuple(map(str, holder.get("also", ()))),
        )
        for holder in entry["holders"]
    )
    return Office(str(entry["office"]), tuple(entry.get("names", ())), tuple(entry.get("short", ())), holders)


def is_nato(role: str | None, header: str, url: str | None) -> bool:
    """Whether an office named without its body is NATO's: the header or the address says so."""
    words = set(fold_words(role or "")) | set(fold_words(header))
    return bool(words & {"nato", "нато", "otan"}) or "nato.int" in (url or "")
