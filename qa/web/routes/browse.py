"""The lists of the browse part, each a piece of HTML."""

import threading

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa.catalogue import language_of, texts
from qa.web.browse import list_html, read_view, speaker_options, voice_html
from qa.web.holdings import Shelf
from qa.web.record import Record


def router(record: Record) -> APIRouter:
    """``GET /browse/list``, ``/browse/voice`` and ``/browse/speakers``."""
    routes, shelf = APIRouter(), Shelf()
    # what the first list would wait for is looked up while the page starts: 0.2 s for 1,200 transcripts
    threading.Thread(target=shelf.of, args=(record.edition,), name="holdings", daemon=True).start()

    @routes.get("/browse/list")
    def shown(request: Request, lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        return HTMLResponse(list_html(shelf.of(record.edition), read_view(request.query_params, t), t))

    @routes.get("/browse/voice")
    def voice(request: Request, lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        return HTMLResponse(voice_html(shelf.of(record.edition), read_view(request.query_params, t), t))

    @routes.get("/browse/speakers")
    def speakers(lang: str = "en") -> HTMLResponse:
        return HTMLResponse(speaker_options(shelf.of(record.edition), texts(language_of(lang))))

    return routes
