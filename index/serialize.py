"""Transcripts as plain JSON and back, without loss."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from index.types import Exchange, Person, Region, ReportedSpeech, Transcript, Turn


def transcript_to_json(transcript: Transcript) -> dict[str, Any]:
    """``transcript`` as dictionaries, lists, strings and numbers; dates are written as ISO days."""
    record = dataclasses.asdict(transcript)
    for key in ("date", "date_end"):
        record[key] = record[key].isoformat() if record[key] else None
    return {key: _lists(value) for key, value in record.items()}


def transcript_from_json(record: dict[str, Any]) -> Transcript:
    """The transcript that ``transcript_to_json`` wrote. Raises ``KeyError`` or ``TypeError`` on missing fields."""
    days = {key: date.fromisoformat(record[key]) if record[key] else None for key in ("date", "date_end")}
    parts = {
        "turns": tuple(Turn(**{**turn, "flags": tuple(turn["flags"])}) for turn in record["turns"]),
        "exchanges": tuple(
            Exchange(tuple(pair["question_turns"]), tuple(pair["answer_turns"])) for pair in record["exchanges"]
        ),
        "reported": tuple(ReportedSpeech(**span) for span in record["reported"]),
        "regions": tuple(Region(**region) for region in record["regions"]),
        "people": tuple(Person(**person) for person in record["people"]),
        "flags": tuple(record["flags"]),
    }
    return Transcript(**{**record, **days, **parts})


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_lists(item) for item in value]
    return value
