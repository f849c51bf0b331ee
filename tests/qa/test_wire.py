"""The JSON that other programs read, to the letter."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from record_builder import BRUSSELS, TALLINN, citation_of, refusal_of

from index.types import Filters, Transcript
from qa.types import Answer, Count, Searched
from qa.wire import answer_to_json, citations_to_csv, filters_to_json

WORDS = "Economic sanctions are an integral part of that pressure."


def test_an_answer_in_full(sample_transcripts: Mapping[str, Transcript]) -> None:
    transcript = sample_transcripts[TALLINN]
    citation = citation_of(transcript, WORDS)
    assert citation.asked
    answer = Answer(
        id="7",
        question="How?",
        standalone="How? (Sanctions?)",
        status="answered",
        reason="",
        filters=Filters(speakers=("Sven Mikser",), kinds=("principal",), date_from=date(2014, 1, 1)),
        searched=Searched(1, 2, ("Sven Mikser",), date(2014, 11, 20), date(2014, 11, 20)),
        citations=(citation,),
        removable=("speakers",),
        notes=("“Mikser” is read as Sven Mikser.",),
        count=Count("sanctions", occurrences=3, turns=2, transcripts=1),
        timings_ms={"search": 1.5},
    )
    start = transcript.text.index(WORDS)
    assert json.loads(json.dumps(answer_to_json(answer))) == {
        "id": "7",
        "question": "How?",
        "standalone": "How? (Sanctions?)",
        "status": "answered",
        "reason": "",
        "chance": None,
        "sort": "statement",
        "filters": {
            "speakers": ["Sven Mikser"],
            "kinds": ["principal"],
            "date_from": "2014-01-01",
            "date_to": None,
            "doc_ids": [],
        },
        "removable": ["speakers"],
        "notes": ["“Mikser” is read as Sven Mikser."],
        "searched": {
            "transcripts": 1,
            "turns": 2,
            "speakers": ["Sven Mikser"],
            "date_from": "2014-11-20",
            "date_to": "2014-11-20",
        },
        "count": {"term": "sanctions", "occurrences": 3, "turns": 2, "transcripts": 1},
        "sides": [],
        "citations": [
            {
                "marker": 1,
                "doc_id": TALLINN,
                "turn_id": citation.quote.turn_id,
                "start": start,
                "end": start + len(WORDS),
                "quote": WORDS,
                "speaker": "Sven Mikser",
                "role": citation.role,
                "kind": "principal",
                "date": "2014-11-20",
                "title": transcript.title,
                "place": transcript.place,
                "url": None,
                "score": 0.9,
                "asked": {
                    "turn_id": citation.asked.turn_id,
                    "start": citation.asked.start,
                    "end": citation.asked.end,
                    "quote": transcript.text[citation.asked.start : citation.asked.end],
                },
                "asked_by": citation.asked_by,
                "reported_from": None,
                "before": None,
                "after": None,
            }
        ],
        "related": [],
        "timings_ms": {"search": 1.5},
    }


def test_a_refusal_shows_the_nearest_as_related(sample_transcripts: Mapping[str, Transcript]) -> None:
    near = citation_of(sample_transcripts[BRUSSELS], "We call on Russia to address our serious concerns.")
    record = answer_to_json(refusal_of(near, reason="Nothing."))
    assert (record["status"], record["reason"], record["citations"]) == ("refused", "Nothing.", [])
    assert [(c["quote"], c["asked"]) for c in record["related"]] == [(near.quote.text, None)]


def test_a_line_of_the_header_has_neither_speaker_nor_kind(sample_transcripts: Mapping[str, Transcript]) -> None:
    record = answer_to_json(refusal_of(citation_of(sample_transcripts[BRUSSELS], "Press conference")))
    (line,) = record["related"]
    assert (line["turn_id"], line["speaker"], line["role"], line["kind"], line["start"]) == (None, None, None, None, 0)


def test_no_filters_are_all_empty() -> None:
    empty: dict[str, object] = {"speakers": [], "kinds": [], "date_from": None, "date_to": None, "doc_ids": []}
    assert filters_to_json(Filters()) == empty


def test_quotes_as_csv_with_nothing_that_a_spreadsheet_would_compute(
    sample_transcripts: Mapping[str, Transcript],
) -> None:
    transcript = sample_transcripts[TALLINN]
    citation = citation_of(transcript, WORDS)
    formula = replace(citation, marker=2, speaker="=1+1", title='A "title", and more')
    rows = list(csv.DictReader(io.StringIO(citations_to_csv([citation, formula]))))
    assert [row["quote"] for row in rows] == [WORDS, WORDS]
    assert [row["speaker"] for row in rows] == ["Sven Mikser", "'=1+1"]
    assert rows[1]["title"] == 'A "title", and more'
    assert transcript.text[int(rows[0]["start"]) : int(rows[0]["end"])] == WORDS
