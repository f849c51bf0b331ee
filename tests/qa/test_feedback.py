"""What people say of answers: kept whole, by several processes at once, within bounds, and only of answers given."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import HOSTILE_WORDS, TALLINN, answer_of, citation_of, record_of, samples, transcript_of

from qa.catalogue import texts
from qa.cli import main
from qa.feedback import (
    FEEDBACK_FILE,
    LABELS,
    LINE_LIMIT,
    Answers,
    Feedback,
    FeedbackError,
    Opinion,
    TooManyChangesError,
    UnknownAnswerError,
    line_of,
    opinion_of,
    opinion_to_json,
    read_feedback,
    standing,
)
from qa.web.feedback import Given, feedback_html, stored_html
from qa.web.links import cite_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SANCTIONS = "Economic sanctions are an integral part"
CITED = citation_of(samples()[TALLINN], SANCTIONS)


def opinion(answer: str = "a", **changes: object) -> Opinion:
    plain = Opinion(NOON, answer, "What?", "helpful", record="abc", version="1.0")
    return replace(plain, **changes)  # type: ignore[arg-type]


def store_of(folder: Path, **limits: int) -> Feedback:
    return Feedback(folder / FEEDBACK_FILE, **limits)


def test_what_is_stored_is_read_again(tmp_path: Path) -> None:
    feedback = store_of(tmp_path)
    answer_id = feedback.answers.remember(answer_of(CITED, question="What of\n“sanctions”?"), fingerprint="f00d")
    told = feedback.judge(answer_id, "wrong speaker", quote=cite_id(CITED.quote), comment=" It was\u2028 Mikser.\n")
    assert (told.question, told.label, told.comment) == (
        "What of\n“sanctions”?",
        "wrong speaker",
        "It was\u2028 Mikser.",
    )
    assert (told.quote, told.record) == (cite_id(CITED.quote), "f00d")
    assert abs((datetime.now(UTC) - told.time).total_seconds()) < 60
    assert read_feedback(tmp_path / FEEDBACK_FILE).opinions == (told,)
    assert (tmp_path / FEEDBACK_FILE).read_bytes().count(b"\n") == 1
    assert (tmp_path / FEEDBACK_FILE).stat().st_mode & 0o077 == 0


def test_nothing_about_the_person_is_stored() -> None:
    names = ["time", "answer", "question", "label", "quote", "comment", "record", "version"]
    assert list(opinion_to_json(opinion())) == list(json.loads(line_of(opinion()))) == names


def test_an_answer_that_was_never_given_is_refused(tmp_path: Path) -> None:
    feedback = store_of(tmp_path)
    feedback.answers.remember(answer_of())
    for forged in ("", "a1", "../../etc/passwd", "\ud800"):
        with pytest.raises(UnknownAnswerError, match="no longer known"):
            feedback.judge(forged, "helpful")
    assert not (tmp_path / FEEDBACK_FILE).exists()


def test_ids_cannot_be_guessed_and_are_fit_for_html() -> None:
    answers = Answers()
    ids = {answers.remember(answer_of()) for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"[\w-]{16}", one) for one in ids)


def test_only_the_last_answers_are_remembered() -> None:
    answers = Answers(most=3)
    ids = [answers.remember(answer_of(question=str(n))) for n in range(5)]
    known = [answers.get(one) for one in ids]
    assert [one and one.answer.question for one in known] == [None, None, "2", "3", "4"]


def test_answers_with_many_quotes_push_out_others_but_never_themselves() -> None:
    answers = Answers(most_quotes=3)
    small, large = answers.remember(answer_of(CITED)), answers.remember(answer_of(*[CITED] * 9))
    assert (answers.get(small), bool(answers.get(large))) == (None, True)
    assert answers.get(answers.remember(answer_of(CITED, CITED)))
    assert answers.get(large) is None


def test_one_answer_is_judged_twenty_times_at_most(tmp_path: Path) -> None:
    feedback = store_of(tmp_path)
    answer_id = feedback.answers.remember(answer_of())
    for _ in range(20):
        feedback.judge(answer_id, "helpful")
    with pytest.raises(TooManyChangesError):
        feedback.judge(answer_id, "helpful")
    assert len(read_feedback(feedback.file).opinions) == 20


@pytest.mark.parametrize("letter", ["a", "é", "Ж", "😀", "\x01", '"', "\u2028", "\ud800", "\\"])
def test_a_line_never_grows_past_its_limit(letter: str) -> None:
    line = line_of(opinion("i" * 99, question=letter * 5_000, comment=letter * 5_000, quote=letter * 5_000))
    assert len(line) <= LINE_LIMIT
    assert line.count(b"\n") == 1
    read = opinion_of(line)
    assert read
    shown = "?" if letter == "\ud800" else letter
    assert set(read.question) == set(read.comment) == {shown}
    assert len(read.comment) >= 300


@pytest.mark.parametrize("letter", ["a", "é", "Ж"])
def test_a_whole_comment_of_letters_is_kept(letter: str) -> None:
    read = opinion_of(line_of(opinion(comment=letter * 1_000)))
    assert read
    assert read.comment == letter * 1_000


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from([None, *LABELS]))
def test_every_opinion_comes_back_as_it_was(question: str, comment: str, label: str | None) -> None:
    told = opinion(question=question, comment=comment, label=label)
    line = line_of(told)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert opinion_of(line) == told


DAMAGED = [
    b"{",
    b"[]",
    b"7",
    b"\xff\xfe",
    b"[" * 99_999,
    b'{"time": "2026-03-01T12:00:00+00:00"}',
    line_of(opinion())[:-9],
    line_of(opinion()).replace(b'"helpful"', b'"splendid"'),
    line_of(opinion()).replace(b'"helpful"', b'["helpful"]'),
    line_of(opinion()).replace(b'"What?"', b"7"),
    line_of(opinion()).replace(b"+00:00", b""),
    line_of(opinion()).replace(b'"record"', b'"address"'),
]


@pytest.mark.parametrize("damaged", DAMAGED, ids=lambda line: str(line[:40]))
def test_a_damaged_line_is_counted_and_its_neighbours_are_read(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / FEEDBACK_FILE
    file.write_bytes(line_of(opinion("a")) + damaged.rstrip(b"\n") + b"\n\n" + line_of(opinion("b")))
    reading = read_feedback(file)
    assert ([one.answer for one in reading.opinions], reading.damaged) == (["a", "b"], 1)


def test_a_write_that_was_cut_off_does_not_spoil_the_next_line(tmp_path: Path) -> None:
    feedback = store_of(tmp_path)
    feedback.file.write_bytes(line_of(opinion("a")) + b'{"time": "20')
    feedback.store(opinion("b"))
    reading = read_feedback(feedback.file)
    assert ([one.answer for one in reading.opinions], reading.damaged) == (["a", "b"], 1)


def test_a_full_store_refuses_and_keeps_what_it_has(tmp_path: Path) -> None:
    feedback = store_of(tmp_path, limit=3 * len(line_of(opinion())))
    for _ in range(3):
        feedback.store(opinion())
    before = feedback.file.read_bytes()
    with pytest.raises(FeedbackError, match="is full"):
        feedback.store(opinion())
    assert feedback.file.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="cannot be written"):
        Feedback(tmp_path / "gone" / FEEDBACK_FILE).store(opinion())
    with pytest.raises(FeedbackError, match="cannot be read"):
        read_feedback(tmp_path)


def _append_many(file: Path, writer: str) -> None:
    feedback = Feedback(file)
    for number in range(200):
        feedback.store(opinion(f"{writer}{number}", comment=writer * 1_000))


def test_two_processes_write_at_once_and_no_line_is_lost_or_mixed(tmp_path: Path) -> None:
    file = tmp_path / FEEDBACK_FILE
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_append_many, args=(file, name)) for name in "xy"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    reading = read_feedback(file)
    assert reading.damaged == 0
    assert sorted(one.answer for one in reading.opinions) == sorted(f"{w}{n}" for w in "xy" for n in range(200))
    assert all(set(one.comment) == {one.answer[0]} for one in reading.opinions)


def test_the_last_word_on_an_answer_counts() -> None:
    told = [
        opinion("a", label="helpful"),
        opinion("b", label="not verbatim"),
        opinion("a", label="wrong speaker"),
        opinion("c", label="helpful"),
        opinion("c", label=None),
    ]
    assert [(one.answer, one.label) for one in standing(told)] == [("b", "not verbatim"), ("a", "wrong speaker")]


# --- the command line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    feedback = store_of(tmp_path)
    feedback.store(opinion("a", question="What of \x1b[31msanctions?"))
    late = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    feedback.store(opinion("b", time=late, label="wrong speaker", quote="doc~1-9", comment="It was\nMikser."))
    with feedback.file.open("ab") as file:
        file.write(b"{damaged\n")
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(["feedback", *argv])
    return (code, *capfd.readouterr())


def test_the_table_shows_the_newest_last_and_counts_each_label(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = run(capfd, "--index", str(folder))
    assert code == 0
    assert out.splitlines() == [
        "2026-03-01 12:00  helpful           What of [31msanctions?",
        "2026-03-02 00:30  wrong speaker     What?",
        "                             quote  doc~1-9",
        "                           comment  It was Mikser.",
        "2 in all: 1 helpful, 0 not verbatim, 1 wrong speaker, 0 misses the point",
    ]
    assert err == f"ontherecord: 1 line of {folder / FEEDBACK_FILE} cannot be read and are left out\n"


@pytest.mark.parametrize(
    ("argv", "answers"),
    [
        ([], ["a", "b"]),
        (["--label", "helpful"], ["a"]),
        (["--label", "not verbatim"], []),
        (["--since", "2026-03-02"], ["b"]),
        (["--since", "2026-03-01"], ["a", "b"]),
        (["--since", "2027-01-01"], []),
    ],
)
def test_json_is_one_object_a_line_and_nothing_else(
    capfd: pytest.CaptureFixture[str], folder: Path, argv: list[str], answers: list[str]
) -> None:
    code, out, _ = run(capfd, "--json", *argv, "--index", str(folder))
    assert (code, [json.loads(line)["answer"] for line in out.splitlines()]) == (0, answers)


def test_nothing_said_yet_is_no_error_and_no_index_is(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capfd, "--index", str(tmp_path), "--json") == (0, "", "")
    code, out, err = run(capfd, "--index", str(tmp_path / "none"))
    assert (code, out) == (2, "")
    assert "there is no index here" in err


@pytest.mark.parametrize("argv", [["--since", "yesterday"], ["--label", "splendid"]])
def test_wrong_usage_is_said(capfd: pytest.CaptureFixture[str], argv: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["feedback", *argv])
    assert (stop.value.code, capfd.readouterr().out) == (2, "")


# --- on the page


def test_the_buttons_are_a_labelled_group_of_toggles() -> None:
    html = feedback_html("id-1", texts("en"))
    assert re.findall(r'aria-pressed="(\w+)">([^<]+)<', html) == [
        ("false", "Helpful"),
        ("false", "Not verbatim"),
        ("false", "Wrong speaker"),
        ("false", "Misses the point"),
    ]
    assert 'role="group" aria-labelledby="feedback-id-1-ask"' in html
    assert "data-focus" not in html
    assert "<form" not in html
    assert "Pas mot pour mot" in feedback_html("id-1", texts("fr"))


def test_what_was_said_is_escaped() -> None:
    cited = citation_of(transcript_of(HOSTILE_WORDS, speaker=HOSTILE_WORDS), HOSTILE_WORDS)
    given_ = Given("not verbatim", None, HOSTILE_WORDS)
    html = stored_html('"><b>', given_, answer_of(cited), texts("en"))
    for alive in ("<script", "<img", "<b>", "<input name=q"):
        assert alive not in html
    assert html.count("</textarea>") == html.count("<textarea") == 1
    assert "&lt;script&gt;window.hurt=5" in html


@pytest.fixture(scope="module")
def feedback(tmp_path_factory: pytest.TempPathFactory) -> Feedback:
    return store_of(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def client(feedback: Feedback) -> Iterator[TestClient]:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from qa.web.routes import include_parts

    app, record = FastAPI(), record_of(Mock())
    record.feedback = feedback
    include_parts(app, record)
    with TestClient(app) as client:
        yield client


def post(client: TestClient, *, lang: str = "en", **values: object) -> tuple[int, str]:
    reply = client.post("/parts/feedback", params={"lang": lang}, json=values)
    return reply.status_code, reply.text if reply.status_code == 200 else reply.json()["error"]


def test_a_label_is_stored_changed_and_taken_back(client: TestClient, feedback: Feedback) -> None:
    answer_id = feedback.answers.remember(answer_of(CITED, question="Why?"), fingerprint="f00d")
    status, html = post(client, answer=answer_id, label="helpful")
    assert (status, re.findall(r'aria-pressed="true"[^>]*>([^<]+)<', html)) == (200, ["Helpful"])
    assert "Thank you – stored." in html
    assert "<form" not in html
    status, html = post(client, answer=answer_id, label="wrong speaker", lang="fr")
    assert re.findall(r'aria-pressed="true"[^>]*>([^<]+)<', html) == ["Mauvais orateur"]
    assert "Quelle citation" in html
    status, html = post(
        client, answer=answer_id, label="wrong speaker", quote=cite_id(CITED.quote), comment="</textarea><b>"
    )
    assert f'<option value="{cite_id(CITED.quote)}" selected>' in html
    assert "&lt;/textarea&gt;&lt;b&gt;</textarea>" in html
    status, html = post(client, answer=answer_id, label="", comment="gone")
    assert ("Taken back." in html, 'aria-pressed="true"' in html) == (True, False)
    told = read_feedback(feedback.file).opinions
    assert [(one.label, one.quote, one.comment) for one in told if one.answer == answer_id] == [
        ("helpful", None, ""),
        ("wrong speaker", None, ""),
        ("wrong speaker", cite_id(CITED.quote), "</textarea><b>"),
        (None, None, ""),
    ]
    assert {(one.question, one.record) for one in told if one.answer == answer_id} == {("Why?", "f00d")}


def test_what_the_page_would_not_send_is_refused(client: TestClient, feedback: Feedback) -> None:
    answer_id = feedback.answers.remember(answer_of(CITED))
    before = feedback.file.read_bytes() if feedback.file.exists() else b""
    assert post(client, answer="forged", label="helpful") == (
        404,
        "This answer is no longer known: ask again, then say what it is worth.",
    )
    assert post(client, answer=answer_id, label="splendid")[0] == 400
    wrong: list[object] = [{"answer": answer_id}, {"answer": 7, "label": "helpful"}, {"answer": [], "label": {}}, []]
    for values in wrong:
        assert client.post("/parts/feedback", json=values).status_code == 422
    assert post(client, answer=answer_id, label="helpful", comment="x" * 1_001)[0] == 422
    after = feedback.file.read_bytes() if feedback.file.exists() else b""
    assert after == before


def test_a_quote_of_another_answer_is_not_stored(client: TestClient, feedback: Feedback) -> None:
    answer_id = feedback.answers.remember(answer_of(CITED))
    assert post(client, answer=answer_id, label="not verbatim", quote="secret~1-2")[0] == 200
    assert read_feedback(feedback.file).opinions[-1].quote is None


def test_half_a_character_is_refused(client: TestClient, feedback: Feedback) -> None:
    answer_id = feedback.answers.remember(answer_of(CITED))
    posted = f'{{"answer": "{answer_id}", "label": "not verbatim", "comment": "half \\ud800"}}'
    reply = client.post("/parts/feedback", content=posted, headers={"content-type": "application/json"})
    assert reply.status_code == 422


def test_a_store_that_cannot_be_written_says_so(
    client: TestClient, feedback: Feedback, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer_id = feedback.answers.remember(answer_of())
    monkeypatch.setattr(os, "write", Mock(side_effect=OSError(28, "No space left on device")))
    status, told = post(client, answer=answer_id, label="helpful")
    assert (status, told) == (503, "This cannot be stored just now; the reason is in the server’s log.")
    assert "No space left on device" in caplog.text
