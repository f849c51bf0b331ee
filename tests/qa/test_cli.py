"""The command line as other programs call it: exit codes, one clear line for bad input, only JSON with ``--json``."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli import BAD_INPUT, build_parser, main

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "transcripts" / "2018-10-04-press-conference.txt"
QUOTE = "We call on Russia to address our serious concerns."
COMMANDS = ["parse", "index", "ask", "check", "eval", "serve"]
HEAVY = ["torch", "faiss", "gradio", "sentence_transformers", "transformers", "fastapi", "numpy", "lxml", "bm25s"]


def run(capfdbinary: pytest.CaptureFixture[bytes], *argv: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of one command."""
    try:
        code = main(argv)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capfdbinary.readouterr()
    return code, out.decode("utf-8"), err.decode("utf-8")


def line_of(path: Path, *rows: object) -> Path:
    """``path`` holding each of ``rows`` as it is if it is text, else as JSON."""
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=lambda argv: " ".join(argv) or "bare")
def test_help_of_every_command(capfdbinary: pytest.CaptureFixture[bytes], command: list[str]) -> None:
    code, out, err = run(capfdbinary, *command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: ontherecord {' '.join(command)}".strip())


def test_nothing_heavy_is_loaded_for_help() -> None:
    code = f"import sys, qa.cli; qa.cli.build_parser(); print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_of_the_contract_is_there() -> None:
    for argv in (["parse", "f"], ["index", "p"], ["ask", "q"], ["check", "q"], ["eval", "--gold", "f"], ["serve"]):
        assert build_parser().parse_args(argv).command.__name__.startswith("qa.commands.")


BAD: list[tuple[list[str], str]] = [
    (["ask"], "ask takes one question or --batch FILE"),
    (["ask", "Q?", "--batch", "f"], "ask takes one question or --batch FILE"),
    (["ask", ""], "the question is empty"),
    (["ask", " \n"], "the question is empty"),
    (["ask", "--batch", "none.jsonl"], "none.jsonl: No such file or directory"),
    (["check", "  "], "the quote is empty"),
    (["parse", "none.txt"], "none.txt"),
    (["index", "none"], "none"),
    (["eval", "--gold", "none.jsonl"], "none.jsonl: cannot be read"),
    (["eval", "--beir", "none"], "none"),
    (["ask", "Q?"], "there is no index here"),
    (["check", "words"], "there is no index here"),
]


@pytest.mark.parametrize(
    ("argv", "evidence"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_input_is_one_clear_line(
    capfdbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
    evidence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    where = [] if argv[0] == "parse" else ["--index", str(tmp_path / "none-yet")]
    code, out, err = run(capfdbinary, *argv, *where)
    assert (code, out) == (BAD_INPUT, "")
    assert err.startswith("ontherecord: ")
    assert evidence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "argv",
    [["nonsense"], ["ask", "Q?", "--from", "yesterday"], ["ask", "Q?", "--to", "2018-02-30"], ["eval"], ["check"], []],
)
def test_wrong_usage_says_what_is_wrong(capfdbinary: pytest.CaptureFixture[bytes], argv: list[str]) -> None:
    code, out, err = run(capfdbinary, *argv)
    assert (code, out) == (BAD_INPUT, "")
    assert "error: " in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("row", "evidence"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 99_999, "line 2: not JSON"),
        ([], "line 2: no question"),
        ({"id": 1}, "line 2: no question"),
        ({"question": 7}, "line 2: no question"),
        ({"question": " "}, "line 2: the question is empty"),
        ({"question": "Q?", "history": "none"}, "line 2: history is not a list of messages"),
        ({"question": "Q?", "history": [{"role": "system", "content": ""}]}, "line 2: history is not a list"),
        ({"question": "Q?", "history": [{"role": "user"}]}, "line 2: history is not a list"),
    ],
)
def test_a_bad_line_of_a_batch_is_named_before_anything_is_answered(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, row: object, evidence: str
) -> None:
    batch = line_of(tmp_path / "b.jsonl", {"question": "What was said?"}, row)
    code, out, err = run(capfdbinary, "ask", "--batch", str(batch), "--json")
    assert (code, out) == (BAD_INPUT, "")
    assert evidence in err
    assert err.count("\n") == 1


def test_a_batch_that_is_not_utf_8_is_refused(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(b'{"question": "caf\xe9?"}')
    code, _, err = run(capfdbinary, "ask", "--batch", str(tmp_path / "b.jsonl"))
    assert (code, "not UTF-8" in err) == (BAD_INPUT, True)


def test_a_batch_keeps_its_ids_its_order_and_its_history(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, sample_index_folder: Path
) -> None:
    history = [
        {"role": "user", "content": "What did Mikser think of the sanctions?"},
        {"role": "assistant", "content": "That they are an integral part of the pressure."},
    ]
    batch = line_of(
        tmp_path / "b.jsonl",
        {"id": "z", "question": "What about Stoltenberg?", "history": history},
        '{"id": 7, "question": "Which treaty is in\u2028danger?"}',
        "",
        {"question": "What did \ud800Mikser say?", "id": None},
    )  # fmt: skip
    code, out, _ = run(capfdbinary, "ask", "--batch", str(batch), "--json", "--index", str(sample_index_folder))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, [a["id"] for a in answers]) == (0, ["z", "7", "4"])
    assert answers[0]["standalone"] == "What did Stoltenberg think of the sanctions?"
    assert answers[0]["filters"]["speakers"] == ["Jens Stoltenberg"]
    assert answers[1]["question"] == "Which treaty is in\u2028danger?"
    assert answers[2]["question"] == "What did ?Mikser say?"


def test_ask_prints_one_object_of_the_contract_and_nothing_else(
    capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path
) -> None:
    argv = ["ask", "What is in danger because of Russia's actions?", "--json", "--index", str(sample_index_folder)]
    code, out, _ = run(capfdbinary, *argv)
    answer = json.loads(out)
    assert (code, out.count("\n"), answer["status"]) == (0, 1, "answered")
    text = SAMPLE.read_text(encoding="utf-8")
    for citation in answer["citations"]:
        if citation["doc_id"] == SAMPLE.stem:
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert list(answer) == [
        "id", "question", "standalone", "status", "reason", "chance", "sort", "filters", "removable", "notes",
        "searched", "count", "sides", "citations", "related", "timings_ms",
    ]  # fmt: skip


def test_every_place_as_csv(capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path) -> None:
    argv = ["ask", "How many times was Crimea mentioned?", "--csv", "--index", str(sample_index_folder)]
    code, out, _ = run(capfdbinary, *argv)
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(out))]
    assert (code, len(quotes)) == (0, len(set(quotes)))
    assert quotes
    assert all("crimea" in quote.casefold() for quote in quotes)


def test_filters_of_the_command_line_limit_the_search(
    capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path
) -> None:
    argv = ["ask", "What about sanctions?", "--speaker", "Sven Mikser", "--from", "2014-01-01", "--to", "2014-12-31"]
    code, out, _ = run(capfdbinary, *argv, "--json", "--index", str(sample_index_folder))
    answer = json.loads(out)
    assert (code, {c["speaker"] for c in answer["citations"]}) == (0, {"Sven Mikser"})
    assert answer["filters"]["date_from"] == "2014-01-01"
    assert answer["filters"]["date_to"] == "2014-12-31"


def test_ask_for_people_shows_the_quote_and_its_speaker(
    capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path
) -> None:
    code, out, _ = run(capfdbinary, "ask", "What is in danger because of Russia?", "--index", str(sample_index_folder))
    assert code == 0
    assert "[1] Jens Stoltenberg, NATO Secretary General: " in out
    assert out.splitlines()[-1].endswith(".")


@pytest.mark.parametrize(
    ("given", "status", "matches"),
    [(QUOTE, "verified", 1), (QUOTE.replace("Russia", "China"), "near miss", 1), ("Purple cows sing.", "not found", 0)],
)
def test_check_says_what_it_found_in_json(
    capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path, given: str, status: str, matches: int
) -> None:
    code, out, _ = run(capfdbinary, "check", given, "--json", "--index", str(sample_index_folder))
    checked = json.loads(out)
    assert (code, checked["quote"], checked["status"], len(checked["matches"])) == (0, given, status, matches)
    assert bool(checked["diff"]) is (status == "near miss")
    for match in checked["matches"]:
        assert (match["quote"], match["speaker"], match["date"]) == (QUOTE, "Jens Stoltenberg", "2018-10-04")
        assert match["whole_sentences"] is True


def test_check_for_people_shows_what_differs(
    capfdbinary: pytest.CaptureFixture[bytes], sample_index_folder: Path
) -> None:
    given = QUOTE.replace("Russia", "\x1b[31mChina")
    code, out, _ = run(capfdbinary, "check", given, "--index", str(sample_index_folder))
    assert (code, out.splitlines()[0]) == (0, "NEAR MISS")
    assert "We call on [-[31mChina-]{+Russia+} to address our serious concerns." in out
    assert "\x1b" not in out


def test_parse_prints_turns_with_their_words(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capfdbinary, "parse", str(SAMPLE), "--json")
    record = json.loads(out)
    assert (code, record["doc_id"], record["date"]) == (0, SAMPLE.stem, "2018-10-04")
    assert QUOTE in record["turns"][0]["text"]
    assert record["turns"][0]["speaker"] == "Jens Stoltenberg"


def test_eval_gold_scores_an_own_question(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, sample_index_folder: Path
) -> None:
    start = SAMPLE.read_text(encoding="utf-8").index(QUOTE)
    quotes = [{"doc": SAMPLE.name, "quote": QUOTE, "speaker": "Jens Stoltenberg", "start": start}]
    row = {"id": "1", "question": "What does NATO call on Russia to address?", "kind": "answerable", "gold": quotes}
    gold = line_of(tmp_path / "g.jsonl", row)
    code, out, _ = run(capfdbinary, "eval", "--gold", str(gold), "--json", "--index", str(sample_index_folder))
    scores = json.loads(out)
    assert (code, scores["questions"], scores["first_citation_right_%"]) == (0, 1, 100.0)
    assert scores["speaker_right_%"] == 100.0
