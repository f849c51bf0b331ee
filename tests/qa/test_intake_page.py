"""Adding as the page sees it: what comes in over HTTP, and what is shown of it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import Mock
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from intake_doubles import SESSION, Reading
from record_builder import BRUSSELS, HOSTILE_WORDS, SAMPLES, TALLINN, record_of, samples
from test_server import in_loop

from index.parse import parse_text
from qa.catalogue import LANGUAGES, catalogue, texts
from qa.intake.batches import Batch
from qa.intake.joining import Intake, Job
from qa.intake.processes import RefusedError
from qa.intake.staging import FILE_LIMIT, Staged
from qa.intake.understood import Doubt, understood
from qa.server import BODY_LIMIT, FILE_BODY_LIMIT, Guard, body_limit, build_app, refuse
from qa.web.adding import batches_html, job_html, panel_html, refused_sentence, staged_html
from qa.web.record import Record
from qa.web.routes import include_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from starlette.testclient import TestClient

    from qa.intake.understood import Understood

T = texts("en")
SAMPLE = (SAMPLES / f"{TALLINN}.txt").read_bytes()
HOME = "http://127.0.0.1:7860"


def _no_build(*_: object) -> Mapping[str, Any]:
    return {"added": [], "linked": [], "transcripts": 2}


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(Mock())


@pytest.fixture(scope="module")
def client(record: Record) -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    with TestClient(in_loop(lambda: build_app(record)), base_url=HOME) as client:
        yield client


@pytest.fixture
def intake(record: Record, tmp_path: Path, sample_index_folder: Path) -> Iterator[Intake]:
    """Adding is allowed, to a copy of the samples' index."""
    folder = tmp_path / "index"
    shutil.copytree(sample_index_folder, folder)
    intake = Intake(folder, lambda: None, build=_no_build, reader=Reading(folder))
    record.intake = intake
    yield intake
    intake.wait(30)
    intake.close()
    record.intake = None


def post_file(client: TestClient, name: str, data: Any, **headers: str) -> Any:
    where = f"/parts/add/file?session={SESSION}&name={quote(name, safe='')}"
    return client.post(where, content=data, headers=headers)


def test_where_adding_is_off_the_tab_says_how_to_allow_it(client: TestClient) -> None:
    told = client.get("/parts/add").text
    assert "ontherecord serve --allow-adding" in told
    assert "<input" not in told
    for path, body in (("join", {"session": SESSION}), ("undo", {"batch": "x"}), ("clear", {"session": SESSION})):
        assert client.post(f"/parts/add/{path}", json=body).status_code == 403
    assert post_file(client, "a.txt", b"words").status_code == 403
    assert client.get("/parts/add/progress").status_code == 403


def test_a_file_comes_in_and_is_shown(client: TestClient, intake: Intake) -> None:
    reply = post_file(client, "été/Tallinn.txt", SAMPLE)
    assert (reply.status_code, reply.json()) == (200, {"names": ["Tallinn.txt"], "refused": []})
    shown = client.get(f"/parts/add/staged?session={SESSION}").text
    assert "Joint press point" in shown
    assert "Already in the record." in shown
    assert 'name="take" value="' in shown
    assert "checked" not in shown  # the very same file brings nothing
    assert client.get(f"/parts/add/staged?session={'0' * 32}").text == ""
    assert [one.name for one in intake.stage.files(SESSION)] == ["Tallinn.txt"]
    assert client.post("/parts/add/clear", json={"session": SESSION}).text == ""
    assert client.get(f"/parts/add/staged?session={SESSION}").text == ""


@pytest.mark.usefixtures("intake")
def test_what_cannot_be_used_is_one_sentence_in_the_language_of_the_page(client: TestClient) -> None:
    assert post_file(client, "empty.txt", b"").json() == {
        "names": [],
        "refused": ["empty.txt: the file is empty. Check that the right file was given."],
    }
    french = client.post(f"/parts/add/file?session={SESSION}&name=vide.txt&lang=fr", content=b"").json()
    assert french["refused"] == ["vide.txt\u00a0: le fichier est vide. Vérifiez qu’il s’agit du bon fichier."]
    refused = post_file(client, "run.exe", b"words")
    assert refused.status_code == 400
    assert refused.json()["error"].startswith("run.exe: this kind of file is not read. Give one of these: ")


def test_a_file_of_21_mb_is_refused_before_it_is_read(client: TestClient, intake: Intake, tmp_path: Path) -> None:
    assert post_file(client, "huge.txt", b"x" * (21 * 2**20)).status_code == 413
    assert not list(tmp_path.rglob("*.part"))
    assert intake.stage.files(SESSION) == ()


def streamed(record: Record, name: str, piece: int) -> tuple[int, str, int]:
    """Status and reply to an endless file that names no length, and how many pieces of it were taken."""
    app = FastAPI()
    include_parts(app, record)
    replies: list[dict[str, Any]] = []
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * piece, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        replies.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/parts/add/file",
        "headers": [(b"host", b"localhost")],
        "query_string": f"session={SESSION}&name={name}".encode(),
        "scheme": "http",
        "server": ("localhost", 80),
    }
    asyncio.run(Guard(app, local_only=True)(scope, receive, send))  # type: ignore[arg-type]
    error = json.loads(b"".join(reply.get("body", b"") for reply in replies))["error"]
    return replies[0]["status"], error, taken


@pytest.mark.parametrize(
    ("piece", "status", "said"),
    [
        (2**16, 413, "huge.txt: larger than 20 MB."),  # the route counts
        (2**22, 400, "huge.txt: did not arrive whole."),  # and so does the guard
    ],
)
@pytest.mark.usefixtures("intake")
def test_a_file_that_hides_its_size_is_cut_off_on_the_way(
    record: Record, tmp_path: Path, piece: int, status: int, said: str
) -> None:
    told, error, taken = streamed(record, "huge.txt", piece)
    assert (told, error[: len(said)]) == (status, said)
    assert taken * piece <= FILE_BODY_LIMIT + piece
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("path", ["/parts/add/join", "/parts/add/files", "/parts/add/file/", "/gradio_api/queue/join"])
def test_only_the_path_for_files_takes_more_than_others(path: str) -> None:
    assert body_limit(path) == BODY_LIMIT
    assert body_limit("/parts/add/file") == FILE_BODY_LIMIT == FILE_LIMIT + BODY_LIMIT
    headers = {"host": "127.0.0.1:7860", "content-length": str(FILE_LIMIT)}
    assert refuse("POST", "/parts/add/file", headers, local_only=True) is None
    assert (refuse("POST", path, headers, local_only=True) or (0,))[0] in (404, 413)


@pytest.mark.usefixtures("intake")
def test_another_page_may_not_add(client: TestClient) -> None:
    assert post_file(client, "a.txt", b"words", origin="https://evil.example").status_code == 403


@pytest.mark.usefixtures("intake")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("join", {"session": "../x", "take": ["1"]}),
        ("join", {"session": SESSION, "take": ["x"]}),
        ("join", {"session": SESSION, "take": ["1"] * 1000}),
        ("join", {"take": ["1"]}),
        ("undo", {"batch": "x" * 100}),
        ("undo", {}),
        ("clear", {"session": 3}),
    ],
)
def test_what_the_page_never_sends_is_refused(client: TestClient, path: str, body: dict[str, Any]) -> None:
    assert client.post(f"/parts/add/{path}", json=body).status_code == 422


def test_joining_over_http(client: TestClient, intake: Intake) -> None:
    assert client.get("/parts/add/progress").text == ""
    post_file(client, "one.txt", SAMPLE.replace(b"20 Nov. 2014", b"3 Mar. 2015"))
    (one,) = intake.stage.files(SESSION)
    body = {"session": SESSION, "take": str(one.number)}  # one box alone comes without a list
    begun = client.post("/parts/add/join", json=body).text
    assert "Adding 1 transcript<" in begun
    intake.wait(30)
    assert "1 transcript was added" in client.get("/parts/add/progress").text
    listed = client.get("/parts/add/batches").text
    assert "one.txt" in listed
    (batch,) = intake.batches.listed()
    assert client.post("/parts/add/again", json={"batch": batch.name}).status_code == 409
    assert client.post("/parts/add/undo", json={"batch": batch.name}).status_code == 200
    intake.wait(30)
    assert "Add again" in client.get("/parts/add/batches").text
    again = client.post("/parts/add/join", json=body)
    assert (again.status_code, again.json()) == (400, {"error": T("add.refused_nothing")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubt_and_every_refusal_has_its_sentence(language: Any) -> None:
    t = texts(language)
    made = understood(samples()[TALLINN])
    codes = [key.removeprefix("add.doubt_") for key in catalogue() if key.startswith("add.doubt_")]
    of_record = {"twin", "held", "same_event"}  # told of the file beside others, not of its text
    doubts = [Doubt(code, 2, 4, "fr") for code in codes if not code.endswith(".one") and code not in of_record]
    shown = staged_html([staged(replace(made, doubts=tuple(doubts)))], SESSION, {}, t)
    assert shown.count("<li><strong>") + shown.count('<li class="add-grave"><strong>') == len(doubts) > 15
    assert "<strong></strong>" not in shown
    for key in catalogue():
        if key.startswith("add.refused_"):
            error = RefusedError(key.removeprefix("add.refused_"), name="a.txt", reason="r", kinds="k", n=1)
            assert refused_sentence(error, t).endswith((".", ")"))


def staged(made: Understood, name: str = "talk.txt", *, twin: str = "", number: int = 1) -> Staged:
    return Staged(number, name, SAMPLES / name, made, twin)


def test_the_preview_says_what_was_understood() -> None:
    shown = staged_html([staged(understood(samples()[TALLINN]))], SESSION, samples(), T)
    assert '<time datetime="2014-11-20">20 November 2014</time>' in shown
    assert "Joint press point" in shown
    assert "Minister of Defence of Estonia" in shown
    assert "But over to you Secretary General." in shown
    assert 'value="1" checked' in shown
    assert "Add 1 transcript to the record" in shown


def test_what_is_given_twice_is_left_out_at_first() -> None:
    made = understood(samples()[TALLINN])
    shown = staged_html([staged(made), staged(made, twin="talk.txt", number=2)], SESSION, {}, T)
    assert shown.count(" checked") == 1
    assert "Given twice." in shown
    assert "Add 1 transcript to the record" in shown


def test_hostile_words_are_only_ever_shown() -> None:
    page = f"{HOSTILE_WORDS}\n\n• 4 Oct. 2018 -\n\nAnn <script> Lee (Minister): {HOSTILE_WORDS}\n"
    made = understood(parse_text(page, doc_id="x", source_name="x.txt"))
    made = replace(made, title=HOSTILE_WORDS, place=HOSTILE_WORDS, same="<script>x", language="<script>")
    shown = staged_html([staged(made, name=HOSTILE_WORDS, twin=HOSTILE_WORDS)], SESSION, {}, T)
    shown += batches_html([Batch("x", datetime.now(UTC), ("<script>.txt",), joined=True)], T)
    shown += job_html(Job("join", 1, "failed", fault=HOSTILE_WORDS), {}, T)
    tags = set(re.findall(r"<([a-z0-9]+)", shown))
    assert not tags & {"script", "img", "a", "iframe", "math", "svg", "blockquote"}
    assert "\u202e" not in re.sub(r'<bdi class="control">.</bdi>', "", shown)
    assert shown.count("<form ") == 1


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (Job("join", 3), ["Adding 3 transcripts", "Starting", "<progress aria-label"]),
        (Job("join", 3, stage="reading", done=7, total=1_200), ["7 of 1,200", 'value="7" max="1200"']),
        (Job("undo", 1, stage="swapping"), ["Taking 1 transcript out", "Opening the new record"]),
        (Job("join", 2, "failed", fault="disk full. Do this"), ["The record is what it was.", "disk full. Do this"]),
        (Job("again", 1, "failed"), ["the reason is in the server’s log"]),
        (
            Job("join", 2, "done", added=(BRUSSELS, "twice"), linked=(("twice", BRUSSELS),), transcripts=2),
            [
                "2 transcripts were added",
                "holds 2 transcripts",
                f'href="#cite-{BRUSSELS}"',
                "1 of them records an event",
            ],
        ),
        (Job("undo", 2, "done", transcripts=1), ["2 transcripts were taken out", "holds 1 transcript now."]),
    ],
)
def test_how_the_work_goes_is_said(job: Job, expected: list[str]) -> None:
    shown = job_html(job, samples(), T)
    assert [words for words in expected if words not in shown] == []
    assert f'data-state="{job.state}"' in shown


def test_batches_are_listed_newest_first_with_what_can_be_done() -> None:
    at = datetime(2026, 11, 22, 14, 5, tzinfo=UTC).astimezone()
    told = [Batch(f"b{n}", at, ("a.txt", "b.txt", "c.txt", "d.txt"), joined=n % 2 == 0) for n in range(12)]
    shown = batches_html(told, T)
    assert shown.count("<button") == 10
    assert (shown.count(">Undo<"), shown.count(">Add again<")) == (5, 5)
    assert f"Added 22 November 2026, {at:%H:%M}: 4 transcripts" in shown
    assert "a.txt, b.txt and c.txt and 1 more" in shown
    assert "And 2 earlier." in shown
    assert batches_html([], T) == ""


def test_the_panel_loads_itself() -> None:
    assert 'data-part="/parts/add" data-load' in panel_html(T)
