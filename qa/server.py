"""The page behind a small web server of its own: what it accepts, how much of it, and what a browser may do with it.

Gradio brings far more routes than the page uses: uploads, files, a proxy, a documented interface. Only what the page
itself asks for is let through; everything else is not found. Nothing here logs what people ask.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from qa.intake.staging import FILE_LIMIT

if TYPE_CHECKING:
    import socket

    import uvicorn
    from fastapi import FastAPI

    from qa.catalogue import Language
    from qa.web.record import Record

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Mapping[str, Any], Receive, Send], Awaitable[None]]

BODY_LIMIT = 64 * 1024  # bytes of one request: a question has 1,000 characters, the page's own events stay under 8 KB
FILE_PATH = "/parts/add/file"  # the one request that may be larger: a transcript to be added
PACK_BODY_LIMIT = 2 * 1024 * 1024  # what a browser keeps for a class: up to 200 quotes with notes of 2,000 characters
_PACK_PATHS = ("/parts/pack", "/parts/teach/", "/parts/answer-export", "/parts/history/export")
FILE_BODY_LIMIT = FILE_LIMIT + BODY_LIMIT  # a little above the file's limit, so that its own route can say so
CONNECTION_LIMIT = 512  # connections at once; each open page holds two
_GOODBYE = 2  # seconds that open pages have to finish when the server is stopped
QUEUE_LIMIT = 64  # questions that wait; one more is told that the queue is full
_PAGES: tuple[tuple[Language, str], ...] = (("fr", "/fr"), ("en", "/"))
"""Where the page stands in each language; the root comes last, as it answers for every address below it."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})

# What the page asks for, seen in a browser; a trailing slash stands for everything below.
_OPEN_GET = (
    "/",
    "/healthz",
    "/config",
    "/theme.css",
    "/favicon.ico",
    "/manifest.json",
    "/robots.txt",
    "/assets/",
    "/static/",
    "/gradio_api/info",
    "/gradio_api/app_id",
    "/gradio_api/startup-events",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/data",
    "/parts/",
)
_OPEN_POST = (
    "/parts/",
    "/gradio_api/queue/join",
    "/gradio_api/run/predict",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)

# Gradio compiles its templates in the browser, hence unsafe-eval, and writes inline scripts and styles. What keeps
# hostile text from running is the escaping in qa/web; this keeps whatever slipped through from reaching another host.
_CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS = {
    "content-security-policy": _CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


def build_app(record: Record, *, host: str = "127.0.0.1", remember: bool = True) -> FastAPI:
    """The page on ``record`` and ``/healthz``, behind ``Guard``; on a loopback ``host`` only local names pass.

    ``remember`` says whether browsers may keep a history once they are closed.
    """
    forbid_calling_home()
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware
    from fastapi.middleware.gzip import GZipMiddleware

    from qa.web.page import build_page, page_css, page_head, page_theme
    from qa.web.routes import include_parts

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/healthz", lambda: health(record), methods=["GET"])
    # its presence makes Gradio leave the question of other origins to this server, and none is allowed
    app.add_middleware(CORSMiddleware, allow_origins=[])
    # Gradio compresses its own scripts but not the page, a third of what crosses the wire; streams stay as they are
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Guard, local_only=is_local(host))
    include_parts(app, record)
    for language, path in _PAGES:
        gr.mount_gradio_app(
            app,
            build_page(record, language).queue(max_size=QUEUE_LIMIT),
            path=path,
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            mcp_server=False,
            enable_monitoring=False,
            max_file_size=0,
            theme=page_theme(),
            css=page_css(),
            head=page_head(language, remember=remember),
        )
    return app


def run_server(
    record: Record, listener: socket.socket, *, host: str, opened: Callable[[], None], remember: bool = True
) -> None:
    """Serve the page on ``listener`` until interrupted; ``opened`` is called once the page can be opened."""
    server = build_server(build_app(record, host=host, remember=remember), opened=opened)
    with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn once everything is closed
        server.run(sockets=[listener])


def build_server(app: FastAPI, *, opened: Callable[[], None]) -> uvicorn.Server:
    """A web server for ``app`` that is still to be run; ``opened`` is called once it answers."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            opened()

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTION_LIMIT,
        timeout_graceful_shutdown=_GOODBYE,
    )
    return Server(config)


def health(record: Record) -> dict[str, object]:
    """Whether the models are loaded and how many transcripts can be asked."""
    status = "failed" if record.fault else "ready" if record.ready.is_set() else "loading"
    return {"status": status, "transcripts": len(record.transcripts)}


def is_local(host: str) -> bool:
    """Whether only this machine can open a page that listens on ``host``."""
    return host in _LOOPBACK


def forbid_calling_home() -> None:
    """Switch off every call that a library would make on its own; to be done before it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"


class Guard:
    """Lets through what the page needs, in small requests from the page itself, and sets the headers of every reply."""

    def __init__(self, app: App, *, local_only: bool) -> None:
        self.app = app
        self.local_only = local_only

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if refusal := refuse(scope["method"], scope["path"], headers, local_only=self.local_only):
            await _reply(_with_headers(send), *refusal)
            return
        await self.app(scope, _bounded(receive, body_limit(scope["path"])), _with_headers(send))


def refuse(method: str, path: str, headers: Mapping[str, str], *, local_only: bool) -> tuple[int, str] | None:
    """The status and the reason with which a request is turned away, or ``None`` for one that may pass."""
    host = headers.get("host", "")
    if local_only and host.rsplit(":", 1)[0] not in _LOOPBACK and host not in _LOOPBACK:
        return 421, "this server answers to local names only"  # or a page elsewhere could give its own name to it
    if not _is_open(method, path):
        return 404, "not found"
    origin = headers.get("origin")
    if origin and method == "POST" and origin.split("://", 1)[-1] != host:
        return 403, "only the page itself may ask"
    return _refuse_length(headers.get("content-length", "0"), body_limit(path))


def body_limit(path: str) -> int:
    """Bytes that a request to ``path`` may bring."""
    if path == FILE_PATH:
        return FILE_BODY_LIMIT
    return PACK_BODY_LIMIT if path.startswith(_PACK_PATHS) else BODY_LIMIT


def _refuse_length(length: str, limit: int) -> tuple[int, str] | None:
    if not (length.isascii() and length.isdecimal()):
        return 400, "the length of the request is not a number"
    return (413, f"a request has at most {limit} bytes") if int(length) > limit else None


def _is_open(method: str, path: str) -> bool:
    path = "/" if path == "/fr" else path.removeprefix("/fr") if path.startswith("/fr/") else path
    allowed = {"GET": _OPEN_GET, "HEAD": _OPEN_GET, "POST": _OPEN_POST}.get(method, ())
    return any(
        path == entry or (len(entry) > 1 and entry.endswith("/") and path.startswith(entry)) for entry in allowed
    )


def _bounded(receive: Receive, limit: int) -> Receive:
    """``receive`` that ends a request whose body grows past the limit without having said so."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > limit else message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return with_headers


async def _reply(send: Send, status: int, reason: str) -> None:
    body = json.dumps({"error": reason}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
