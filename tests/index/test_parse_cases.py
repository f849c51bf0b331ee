"""Whole pages, invented or shipped, against results that were checked by reading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.check import broken_promises
from index.parse import parse_file, transcript_from_json, transcript_to_json
from index.types import Transcript

CASES = Path(__file__).parents[1] / "cases"
SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
GOLDEN: dict[str, Any] = json.loads((CASES / "golden-samples.json").read_text(encoding="utf-8"))


def _parsed(case: dict[str, Any], folder: Path) -> Transcript:
    path = folder / case["name"]
    path.write_text("\n".join(case["page"]), encoding="utf-8")
    return parse_file(path)


@pytest.mark.parametrize("path", sorted(CASES.glob("parse-*.json")), ids=lambda path: path.stem)
def test_an_invented_page_is_understood_as_a_reader_would(path: Path, tmp_path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    found = _parsed(case, tmp_path)
    turns = [
        {
            "kind": turn.kind,
            "speaker": turn.speaker,
            "affiliation": turn.affiliation,
            "words": found.text[turn.start : turn.end],
        }
        for turn in found.turns
    ]
    assert turns == case["turns"], case["comment"]
    facts = {"title": found.title, "event_type": found.event_type, "language": found.language}
    assert facts == {key: case[key] for key in facts}
    assert [str(day) if day else None for day in (found.date, found.date_end)] == [case["date"], case["date_end"]]
    place = {turn.turn_id: at for at, turn in enumerate(found.turns)}
    pairs = [
        [[place[q] for q in pair.question_turns], [place[a] for a in pair.answer_turns]] for pair in found.exchanges
    ]
    assert pairs == case["exchanges"]
    assert broken_promises(found) == []
    assert transcript_from_json(json.loads(json.dumps(transcript_to_json(found)))) == found


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_sample_is_parsed_as_it_was_read(name: str) -> None:
    golden = GOLDEN[name]
    found = parse_file(SAMPLES / f"{name}.txt")
    assert found.source_sha256 == golden["sha256"]
    assert found.text == (SAMPLES / f"{name}.txt").read_bytes().decode("utf-8")
    assert [[t.start, t.end, t.kind, t.speaker, t.role, t.affiliation] for t in found.turns] == golden["turns"]
    place = {turn.turn_id: at for at, turn in enumerate(found.turns)}
    pairs = [
        [[place[q] for q in pair.question_turns], [place[a] for a in pair.answer_turns]] for pair in found.exchanges
    ]
    assert pairs == golden["exchanges"]
    assert broken_promises(found) == []


def test_the_president_of_lithuania_is_quoted_by_the_journalist() -> None:
    found = parse_file(SAMPLES / "2014-11-20-joint-press-point.txt")
    (report,) = [span for span in found.reported if "Lithuania" in span.source]
    assert found.text[report.start : report.end] == "Mr. Putin is a terrorist."
    assert found.text[report.cue_start : report.cue_end] == "the President of Lithuania said that"
    assert {turn.turn_id: turn.kind for turn in found.turns}[report.turn_id] == "journalist"


def test_the_monologue_of_2018_is_the_header_principals_and_its_questions_are_missing() -> None:
    found = parse_file(SAMPLES / "2018-10-04-press-conference.txt")
    (turn,) = found.turns
    assert (turn.speaker, turn.role, turn.kind) == ("Jens Stoltenberg", "NATO Secretary General", "principal")
    assert "inferred" in turn.flags
    assert "questions-missing" in found.flags
    assert found.delivery_note == "As delivered"
    assert found.last_updated == "05-Oct-2018 09:28"
