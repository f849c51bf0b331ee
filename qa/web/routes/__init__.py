"""The routes of the parts beside the chat, all below ``/parts/``: thin, each calling plain functions of ``qa/web``.

They answer with a piece of HTML (put into the page by ``assets/parts.js``), with JSON or with a file. What a client may
mend raises ``PartError``. These files import FastAPI: only ``qa.server`` imports them, when a page is really served,
and without postponed annotations, because FastAPI reads those of its handlers.
"""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from index.errors import CorpusError
from qa.web.parts import PartError
from qa.web.record import Record
from qa.web.routes import adding, browse, checking, feedback, history, packs, teach

PREFIX = "/parts"
_ASSETS = Path(__file__).parents[1] / "assets"
_PARTS = (browse, checking, teach, packs, adding, feedback, history)


def include_parts(app: FastAPI, record: Record) -> None:
    """Give ``app`` the routes of every part, and the way their errors are told: ``{"error": "…"}``."""
    app.add_exception_handler(PartError, _refused)
    app.add_exception_handler(CorpusError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.mount(f"{PREFIX}/assets", StaticFiles(directory=_ASSETS))
    for part in _PARTS:
        app.include_router(part.router(record), prefix=PREFIX)


def _refused(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": str(error)}, status_code=getattr(error, "status", 400))


def _malformed(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"error": "the request is not one that this page makes"}, status_code=422)
