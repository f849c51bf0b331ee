"""A table of 422 questions and exactly what each is understood as: filters, kind, and the question made whole.

It was written by hand in three parts, each without sight of the code or of the other parts, over the two samples and
over the metadata of 105 briefings; ``why`` is the writer's reason.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from record_builder import samples

from index.types import Region, Transcript, Turn
from qa.followup import Exchange, Standalone, exchanges, stand_alone
from qa.mentioned import is_person
from qa.question import Understood, carry, understand
from qa.roll import Roll, call_roll

CASES = Path(__file__).parents[1] / "cases"
ROWS = [json.loads(line) for line in (CASES / "understood.jsonl").read_text(encoding="utf-8").splitlines()]
METADATA = json.loads((CASES / "briefings.json").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)


@cache
def roll_of(record: str) -> Roll:
    """The roll of the samples, or of events that have the briefings' titles, dates and speakers."""
    found = samples().values() if record == "samples" else map(_event, METADATA["events"])
    return call_roll(found)


def _event(row: dict[str, Any]) -> Transcript:
    header = f"{row['title']}\n{row['date']}"
    text, turns = f"{header}\n\n", []
    for number, (speaker, kind, role, outlet) in enumerate(row["turns"]):
        labels = METADATA["labels"].get(speaker, {"": 1})
        address = max(labels, key=lambda one: labels[one])
        text += f"{address}. {speaker}: "
        turns.append(Turn(f"t{number}", row["doc"], speaker, role, outlet, kind, len(text), len(text) + 1))
        text += ".\n\n"
    return Transcript(
        doc_id=row["doc"],
        title=row["title"],
        event_type=row["event_type"],
        date=date.fromisoformat(row["date"]),
        date_end=date.fromisoformat(row["date_end"]) if row["date_end"] else None,
        place=row["place"],
        url=None,
        language="en",
        delivery_note=None,
        last_updated=None,
        text=text,
        turns=tuple(turns),
        exchanges=(),
        reported=(),
        regions=(Region("header", 0, len(header)),),
        people=(),
        flags=(),
        source_name=row["doc"],
        source_sha256="",
    )


def in_conversation(row: dict[str, Any]) -> tuple[Standalone, Understood]:
    """The question as understood at the end of its conversation."""
    roll = roll_of(row["record"])
    texts = tuple(transcript.text for transcript in samples().values()) if row["record"] == "samples" else ()
    whole: Standalone | None = None
    asked: Understood | None = None
    told = ""
    for one in [*exchanges(row["history"]), Exchange(row["question"])]:
        whole = stand_alone(one.question, whole, told, roll=roll, is_person=lambda name: is_person(name, roll, texts))
        now = understand(whole.made, roll, today=TODAY)
        asked, told = (carry(now, asked) if asked and whole.leans else now), one.answer
    assert whole is not None
    assert asked is not None
    return whole, asked


def understood_as(row: dict[str, Any]) -> dict[str, Any]:
    """What the table tells of a question; the filters of speakers mean nothing to one about the record itself."""
    whole, asked = in_conversation(row)
    filters = asked.filters
    of_record = asked.sort in ("record", "greeting")
    absent = next((note.split("“")[1].split("”")[0] for note in asked.notes if note.startswith("Nobody named")), None)
    return {
        "speakers": [] if of_record else sorted({METADATA["one"].get(name, name) for name in filters.speakers}),
        "kinds": [] if of_record else list(filters.kinds),
        "date_from": filters.date_from.isoformat() if filters.date_from else None,
        "date_to": filters.date_to.isoformat() if filters.date_to else None,
        "docs": list(filters.doc_ids),
        "sort": asked.sort,
        "standalone": whole.text,
        "absent": asked.absent or absent,
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_question_is_understood_exactly(row: dict[str, Any]) -> None:
    found = understood_as(row)
    assert found == {key: row[key] for key in found}, row["why"]


def test_the_table_is_as_varied_as_it_says() -> None:
    sorts = Counter(row["sort"] for row in ROWS)
    assert len(ROWS) == 422
    assert len({(row["record"], row["question"], json.dumps(row["history"])) for row in ROWS}) == len(ROWS)
    assert min(sorts.values()) >= 7
    assert len(sorts) == 11
    assert sum(bool(row["history"]) for row in ROWS) >= 100
