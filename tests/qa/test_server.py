"""What the server lets through, how much of it, and what every reply says to the browser."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import Mock

import pytest
from record_builder import record_of

from qa.server import BODY_LIMIT, build_app, refuse
from qa.web.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient


T = TypeVar("T")


def in_loop(build: Callable[[], T]) -> T:
    """What ``build`` returns, called inside an event loop: outside of one Gradio opens loops that it never closes."""

    async def built() -> T:
        return build()

    return asyncio.run(built())


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(Mock())


@pytest.fixture(scope="module")
def client(record: Record) -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    with TestClient(in_loop(lambda: build_app(record)), base_url="http://127.0.0.1:7860") as client:
        yield client


def test_health_tells_how_far_loading_has_come(client: TestClient, record: Record) -> None:
    assert client.get("/healthz").json() == {"status": "loading", "transcripts": 2}
    record.ready.set()
    assert client.get("/healthz").json() == {"status": "ready", "transcripts": 2}


def test_the_page_forbids_other_hosts_to_take_part(client: TestClient) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'none'" in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["x-frame-options"] == "DENY"


def test_the_page_names_no_other_host_to_load_from(client: TestClient) -> None:
    loads = re.findall(r"""(?:src|href)=["'](https?:)?//([^"'/]+)""", client.get("/").text)
    assert {host for _, host in loads} <= {"127.0.0.1:7860"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://example.org"),
        ("GET", "/gradio_api/openapi.json"),
        ("GET", "/gradio_api/mcp/"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/call/ask"),
        ("GET", "/monitoring"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("POST", "/login"),
        ("PUT", "/"),
        ("DELETE", "/config"),
        ("GET", "/assets"),
        ("GET", "//"),
    ],
)
def test_what_the_page_does_not_use_is_not_found(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, f"http://127.0.0.1:7860{path}").status_code == 404


def test_a_request_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * (BODY_LIMIT + 1)).status_code == 413


def test_a_request_that_hides_its_size_is_cut_off(client: TestClient) -> None:
    """Sent in chunks, without a length: reading stops at the limit, and nothing is asked."""
    chunks = (b"x" * 1024 for _ in range(BODY_LIMIT // 1024 + 2))
    assert client.post("/gradio_api/queue/join", content=chunks).status_code == 400


def test_another_page_may_not_ask(client: TestClient) -> None:
    reply = client.post("/gradio_api/queue/join", json={}, headers={"origin": "https://evil.example"})
    assert reply.status_code == 403
    assert "access-control-allow-origin" not in reply.headers
    own = client.get("/config", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in own.headers


LOCAL = {"host": "127.0.0.1:7860"}


@pytest.mark.parametrize(
    ("headers", "local_only", "status"),
    [
        ({"host": "127.0.0.1:7860"}, True, None),
        ({"host": "localhost:7860"}, True, None),
        ({"host": "[::1]:7860"}, True, None),
        ({"host": "localhost"}, True, None),
        ({"host": "evil.example"}, True, 421),
        ({"host": "evil.example:7860"}, True, 421),
        ({}, True, 421),
        ({"host": "press.example"}, False, None),
    ],
)
def test_a_local_page_answers_to_local_names_only(
    headers: dict[str, str], local_only: bool, status: int | None
) -> None:
    refusal = refuse("GET", "/", headers, local_only=local_only)
    assert (refusal and refusal[0]) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**LOCAL, "origin": "http://127.0.0.1:7860"}, None),
        ({**LOCAL, "origin": "http://127.0.0.1:7861"}, 403),
        ({**LOCAL, "origin": "null"}, 403),
        ({**LOCAL, "content-length": str(BODY_LIMIT)}, None),
        ({**LOCAL, "content-length": str(BODY_LIMIT + 1)}, 413),
        ({**LOCAL, "content-length": "many"}, 400),
    ],
)
def test_what_a_post_may_be(headers: dict[str, str], status: int | None) -> None:
    refusal = refuse("POST", "/gradio_api/queue/join", headers, local_only=True)
    assert (refusal and refusal[0]) == status


def test_no_handler_is_public(record: Record) -> None:
    """The whole surface that Gradio would publish: nothing."""
    from qa.web.page import build_page

    page = in_loop(lambda: build_page(record))
    named = {name: handler.api_visibility for handler in page.fns.values() if (name := handler.name)}
    asking = ["ask", "ask_again", "ask_linked", "ask_without", "edit", "stop", "restart", "show_starters"]
    looking = ["open_place", "restore", "count", "clear", "offer", "choose_within", "leave_within"]
    assert named == dict.fromkeys([*asking, *looking], "private")
    assert not page.get_api_info()["named_endpoints"]
    assert page.analytics_enabled is False


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/gradio_api/queue/join", 64 * 1024),
        ("/parts/feedback", 64 * 1024),
        ("/parts/pack", 2 * 1024 * 1024),
        ("/parts/teach/kept", 2 * 1024 * 1024),
        ("/parts/history/export", 2 * 1024 * 1024),
    ],
)
def test_a_request_is_as_large_as_its_purpose_needs(path: str, limit: int) -> None:
    headers = {"host": "127.0.0.1", "content-length": str(limit)}
    assert refuse("POST", path, headers, local_only=True) is None
    too_long = refuse("POST", path, {**headers, "content-length": str(limit + 1)}, local_only=True)
    assert too_long == (413, f"a request has at most {limit} bytes")


@pytest.mark.parametrize("remember", [True, False])
def test_the_page_tells_its_scripts_whether_a_history_is_kept(remember: bool) -> None:
    from starlette.testclient import TestClient

    app = in_loop(lambda: build_app(record_of(Mock()), remember=remember))
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        page = client.get("/fr/").text
    assert f'\\"language\\": \\"fr\\", \\"remember\\": {str(remember).lower()}' in page


def test_the_page_is_sent_compressed(client: TestClient) -> None:
    for path in ("/", "/fr/", "/parts/assets/teach.js"):
        reply = client.get(path, headers={"accept-encoding": "gzip"})
        assert reply.headers["content-encoding"] == "gzip"
        assert int(reply.headers["content-length"]) < len(reply.content) / 2
