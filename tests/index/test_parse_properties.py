"""Whatever the page: no crash, no character lost, every span in its place."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_parse import mutated
from index.check import broken_promises
from index.parse import parse_text, transcript_from_json, transcript_to_json

ROOT = Path(__file__).parents[2]
LINES = st.sampled_from(
    [
        *(
            "Press conference",
            "by the Minister, Ann Lee",
            "  • 20 Nov. 2014 -",
            "",
            "(As delivered)",
            "Ann Lee (Minister): We met.",
            "Q: Why?",
            "LEE: No.",
        ),
        *(
            "Question - Bo Ek - TV - Why?",
            "A Lee - So.",
            "Bo Ek, BBC:",
            "(Laughter.)",
            "Ann Lee I think so.",
            "Mr. Ann Lee - Salt Board",
            "AL: Yes.",
            "00:12 text",
        ),
        *(
            "a | b | Q: c? LEE: d.",
            "Sign in",
            "Password",
            "Subscribe to our newsletter",
            "END",
            "She said: “no”.",
            "**Topic",
            "\u200bQ\u200b :\u00a0x",
            "---",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=14).map("\n".join))
def test_pages_made_of_known_lines_keep_the_promises(page: str) -> None:
    found = parse_text(page, doc_id="x")
    assert broken_promises(found) == []
    assert transcript_from_json(transcript_to_json(found)) == found


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_keeps_the_promises(page: str) -> None:
    assert broken_promises(parse_text(page, doc_id="x")) == []


def test_mutated_pages_keep_the_promises() -> None:
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "transcripts").glob("2*.txt"))]
    dice = random.Random(20140913)
    for _ in range(1_500):
        page = mutated(dice.choice(seeds), dice)
        assert broken_promises(parse_text(page, doc_id="x")) == [], repr(page)


def test_parsing_is_pure() -> None:
    page = (ROOT / "data" / "transcripts" / "2014-11-20-joint-press-point.txt").read_text(encoding="utf-8")
    assert parse_text(page, doc_id="x") == parse_text(page, doc_id="x")


def test_windows_line_ends_change_no_turn() -> None:
    page = (ROOT / "data" / "transcripts" / "2014-11-20-joint-press-point.txt").read_text(encoding="utf-8")
    unix = parse_text(page, doc_id="x")
    windows = parse_text(page.replace("\n", "\r\n"), doc_id="x")
    assert [turn.speaker for turn in unix.turns] == [turn.speaker for turn in windows.turns]
    for one, other in zip(unix.turns, windows.turns, strict=True):
        assert page[one.start : one.end] == windows.text[other.start : other.end].replace("\r\n", "\n")
