"""A text checked against the record; it is neither stored nor logged."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from qa.catalogue import language_of, texts
from qa.web.checking import judged_html, read_text
from qa.web.record import Record
from qa.web.verdict import judge


class Given(BaseModel):
    """What the form sends."""

    text: str


def router(record: Record) -> APIRouter:
    """``POST /check``."""
    routes = APIRouter()

    @routes.post("/check")
    def check(given: Given, lang: str = "en") -> HTMLResponse:
        t, edition = texts(language_of(lang)), record.edition
        return HTMLResponse(judged_html(judge(edition, read_text(given.text, t)), edition.transcripts, t))

    return routes
