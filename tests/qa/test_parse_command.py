"""``ontherecord parse``: for people, line by line, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli import main

if TYPE_CHECKING:
    import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "transcripts" / "2014-11-20-joint-press-point.txt"


def test_json_is_one_object_with_the_words_of_every_turn(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["parse", str(SAMPLE), "--json"]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    text = SAMPLE.read_bytes().decode("utf-8")
    assert record["text"] == text
    assert [turn["text"] for turn in record["turns"]] == [text[turn["start"] : turn["end"]] for turn in record["turns"]]
    assert record["date"] == "2014-11-20"


def test_the_summary_names_who_speaks(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["parse", str(SAMPLE)]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "title     Joint press point"
    assert any(line.startswith("   4 journalist Alistair Bunkall, Sky News: Thank you") for line in lines)


def test_explain_shows_every_line_of_the_page(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["parse", str(SAMPLE), "--explain"]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "\x1b" not in shown  # no colour where nobody looks
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        words = " ".join(line.split())
        speech = words.split(": ", 1)[-1] if ":" in words[:60] else words
        assert speech[:60] in shown


def test_a_page_cannot_move_the_cursor(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Ann Lee (Minister): We \x1b[2J met \u202eagain.\n", encoding="utf-8")
    for option in ([], ["--explain"]):
        assert main(["parse", str(page), *option]) == 0
        shown = capsysbinary.readouterr().out.decode()
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_bad_input_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(tmp_path / "absent.txt")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("ontherecord: ")
    assert err.count("\n") == 1
