"""The history of a browser as a file: quotes are looked up again, and what changed is left out and said."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from record_builder import BRUSSELS, HOSTILE_WORDS, record_of
from test_server import in_loop

from qa.catalogue import texts
from qa.export.choose import Named
from qa.server import build_app
from qa.web.history import Asked, read_time, write_history
from qa.web.links import words_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

FAIRER = "Fairer burden-sharing underpins this."
PLACE = f"{BRUSSELS}~349-386"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    with TestClient(in_loop(lambda: build_app(record_of(Mock()))), base_url="http://127.0.0.1:7860") as client:
        yield client


def test_every_question_stands_with_its_quotes() -> None:
    when = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    asked = Asked("What underpins this?", when, (Named(PLACE, words_digest(FAIRER)),))
    written = write_history(
        [asked, Asked("And the moon?", None, ())], record_of(Mock()).edition, texts("en"), today=TODAY
    )
    assert written.startswith("# Questions asked\n\nExported on 22 November 2026.")
    first, second = written.split("\n## ")[1:]
    assert first.startswith(
        "What underpins this?\n\n*Asked on 21 November 2026*\n\n> “Fairer burden-sharing underpins this.”"
    )
    assert "**Jens Stoltenberg**, NATO Secretary General" in first
    assert second == "And the moon?\n\nThe record does not answer this.\n"


@pytest.mark.parametrize(
    "named",
    [Named(PLACE, words_digest("other")), Named("nowhere~1-2", "0" * 8), Named(f"{BRUSSELS}~0-999999", "0" * 8)],
)
def test_a_quote_that_is_no_longer_there_is_left_out_and_said(named: Named) -> None:
    asked = Asked(HOSTILE_WORDS, None, (named,))
    written = write_history([asked], record_of(Mock()).edition, texts("en"), today=TODAY)
    assert "A quote is left out" in written
    assert "> “" not in written
    assert "<script" not in written.replace("\\<", "")


@pytest.mark.parametrize(("written", "hour"), [("2026-11-22T10:00:00.000Z", 10), ("2026-11-22T10:00:00+02:00", 8)])
def test_a_time_is_read(written: str, hour: int) -> None:
    assert read_time(written) == datetime(2026, 11, 22, hour, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_time_is_left_out(written: str) -> None:
    assert read_time(written) is None


def test_the_export_is_a_file_in_the_language_of_the_page(client: TestClient) -> None:
    card = {"place": PLACE, "digest": words_digest(FAIRER)}
    posted = {"items": [{"question": "Why?", "when": "2026-11-22T10:00:00Z", "cards": [card]}]}
    reply = client.post("/parts/history/export?lang=fr", json=posted)
    assert reply.status_code == 200
    assert re.fullmatch(
        r'attachment; filename="on-the-record-\d{4}-\d\d-\d\d\.md"', reply.headers["content-disposition"]
    )
    assert "# Questions posées" in reply.text
    assert FAIRER in reply.text


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"items": [{"question": "x" * 1_001}]},
        {"items": [{"question": "x", "cards": [{"place": "x", "digest": "<script>"}]}]},
        {"items": [{"question": "x"}] * 201},
    ],
)
def test_what_the_page_never_posts_is_refused(client: TestClient, posted: object) -> None:
    reply = client.post("/parts/history/export", json=posted)
    assert reply.status_code == 422
    assert reply.json() == {"error": "the request is not one that this page makes"}
