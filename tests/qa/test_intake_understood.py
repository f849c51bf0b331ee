"""What is said of a file before it joins: its facts, who speaks, how it begins, what was left out, what is doubtful."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from record_builder import BRUSSELS, TALLINN, samples, transcript_of

from index.parse import parse_text
from index.types import Region
from qa.intake.understood import Doubt, Dropped, Understood, Voice, understood


def test_the_sample_is_told_as_it_stands() -> None:
    made = understood(samples()[TALLINN])
    assert (made.title, made.event_type, made.date, made.language) == (
        *("Joint press point", "joint press point", "2014-11-20", "en"),
    )
    turns = samples()[TALLINN].turns
    assert made.turns == len(turns) == sum(voice.turns for voice in made.voices)
    assert ("Sven Mikser", "principal") in {(voice.name, voice.kind) for voice in made.voices if voice.turns}
    assert (made.opening[0].text, made.opening[0].cut) == ("(...) But over to you Secretary General.", False)
    second = made.opening[1]
    assert samples()[TALLINN].text.startswith(second.text, turns[1].start)
    assert (second.cut, second.text[-1]) == (True, ".")  # whole sentences, and more to come


def test_it_goes_through_json_without_loss() -> None:
    made = replace(understood(samples()[BRUSSELS]), same="x", same_file=True)
    assert Understood.from_json(json.loads(json.dumps(made.to_json()))) == made


def doubts(text: str) -> set[str]:
    return {doubt.code for doubt in understood(parse_text(text, doc_id="x", source_name="x.txt")).doubts}


def test_words_of_nobody_are_doubted() -> None:
    assert doubts("Hello there. We say nothing of note.") >= {"no_official", "no_date", "no_title"}
    assert doubts("Joint press point\n\n• 20 Nov. 2014 -\n\n") >= {"no_speaker"}


def test_flags_of_the_text_are_doubts() -> None:
    page = "Press conference\n\n• 4 Oct. 2018 -\n\nAnn Lee (Minister): Good \u202eday\u202c to all. caf\0e\n"
    assert {"bidirectional", "control"} <= doubts(page)


@pytest.mark.parametrize(("kind", "expected"), [("principal", False), ("unknown", True), ("journalist", True)])
def test_only_named_officials_hold_positions(kind: str, expected: bool) -> None:
    transcript = transcript_of("We will come.", kind=kind)  # type: ignore[arg-type]
    assert ("no_official" in {doubt.code for doubt in understood(transcript).doubts}) is expected


def test_how_many_turns_have_no_known_speaker() -> None:
    transcript = transcript_of("We will come.", kind="unknown")
    named = replace(transcript.turns[0], turn_id="made#t002", kind="principal")
    made = understood(replace(transcript, turns=(*transcript.turns, named)))
    assert Doubt("unknown", 1, 2) in made.doubts


def test_what_was_left_out_is_counted_by_reason() -> None:
    transcript = transcript_of("x" * 60)
    text = transcript.text + "\n\nHome > News\n\nShare"
    end = len(transcript.text)
    regions = (
        *transcript.regions,
        Region("dropped", end, end + 13, "navigation"),
        Region("dropped", end + 13, len(text)),
    )
    made = understood(replace(transcript, text=text, regions=regions))
    assert made.dropped == (Dropped("navigation", 13, "Home > News"), Dropped("", 7, "Share"))
    assert Doubt("dropped", 20, len(text)) in made.doubts


def test_people_who_are_only_named_come_last() -> None:
    made = understood(samples()[TALLINN])
    turns = [voice.turns for voice in made.voices]
    assert turns == sorted(turns, reverse=True)


def test_nothing_grows_with_the_text() -> None:
    made = understood(transcript_of("y" * 100_000, speaker="n" * 5_000))
    assert len(json.dumps(made.to_json())) < 5_000
    assert made.voices == (Voice("n" * 400 + "…", "principal", "Minister", 1),)
    assert made.opening[0].cut
