"""The page in a real browser, on an index of the samples built with the real model."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import chromium
import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import uvicorn
    from playwright.sync_api import Browser, BrowserContext, Page, Request

    from qa.web.record import Record

ROOT = Path(__file__).parents[2]
PATIENCE = 30_000  # milliseconds that the page may take over any one thing before the test fails


# Gradio 6.31 counts its queue with pandas after each event (queueing.py, compute_analytics_summary), in words that
# pandas 3 is about to drop. As errors they would end the queue's task; every other warning stays one.
PANDAS_SAYS = ("'future.no_silent_downcasting' is deprecated", "The copy keyword is deprecated")


def pytest_configure(config: pytest.Config) -> None:
    """Let through the two warnings that Gradio causes in pandas, and be patient with what is expected."""
    expect.set_options(timeout=PATIENCE)
    for words in PANDAS_SAYS:
        config.addinivalue_line("filterwarnings", f"ignore:{words}:DeprecationWarning")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome; without one the tests fail with the command that brings one.

    One a module, not one a session: Playwright keeps an event loop running, which no other test may find.
    """
    try:
        path = chromium.find_or_install()
    except chromium.NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real page, served by the command line on an index of the samples that it built."""
    index = tmp_path_factory.mktemp("index")
    ontherecord = [sys.executable, "-m", "qa.cli"]
    quiet = {**os.environ, "OMP_NUM_THREADS": "2"}
    transcripts = str(ROOT / "data" / "transcripts")
    subprocess.run([*ontherecord, "index", transcripts, "--index", str(index)], cwd=ROOT, env=quiet, check=True)
    command = [*ontherecord, "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        assert line.startswith("On the Record is at http://127.0.0.1:"), line
        yield line.split()[-1]
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def serve() -> Iterator[Callable[[Record], str]]:
    """Serves a record made by hand and gives its address; everything served is stopped after the test."""
    stops: list[Callable[[], None]] = []

    def serve(record: Record) -> str:
        address, stop = _serve(record)
        stops.append(stop)
        return address

    yield serve
    for stop in stops:
        stop()


def _serve(record: Record) -> tuple[str, Callable[[], None]]:
    from qa.server import build_app, build_server

    listener = socket.create_server(("127.0.0.1", 0))
    opened = threading.Event()
    servers: list[uvicorn.Server] = []

    async def run() -> None:  # built inside the loop: outside of one Gradio opens loops that it never closes
        servers.append(build_server(build_app(record), opened=opened.set))
        await servers[0].serve(sockets=[listener])

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="server")
    thread.start()
    assert opened.wait(20)

    def stop() -> None:
        servers[0].should_exit = True
        thread.join(20)
        listener.close()

    return f"http://127.0.0.1:{listener.getsockname()[1]}", stop


class Visit:
    """Opens pages and keeps account of what they ask for and what goes wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.hosts: set[str] = set()
        self.faults: list[str] = []

    def __call__(self, address: str, *, width: int = 1360, height: int = 860, scheme: str = "light") -> Page:
        """A page at ``address``, open and ready for a question."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.get_by_role("textbox", name="Question").wait_for()
        return page

    def _note(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob"):
            self.hosts.add(where.netloc)

    def close(self) -> None:
        """Close everything that was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, serve: object) -> Iterator[Visit]:  # noqa: ARG001 (asked for first, so stopped last)
    """Opens pages; after the test, no request may have left the host and nothing may have gone wrong in a page."""
    visit = Visit(browser)
    yield visit
    visit.close()
    assert {host.rsplit(":", 1)[0] for host in visit.hosts} <= {"127.0.0.1"}
    assert visit.faults == []
