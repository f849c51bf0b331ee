"""Class packs, answers as files, and formal citations."""

import threading
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from qa.catalogue import language_of
from qa.export.choose import Named
from qa.web.packs import Order, cite_formally, write_order
from qa.web.record import Record

_AT_ONCE = 2  # files written side by side: each keeps a core busy for up to some seconds

_Text = Annotated[str, Field(max_length=10_000)]
_Digest = Annotated[str, Field(pattern="^[0-9a-f]{8}$")]
_Address = Annotated[str, Field(min_length=1, max_length=2_000)]


class _Card(BaseModel):
    place: _Address
    digest: _Digest
    note: _Text = ""


class _Pack(BaseModel):
    """What the teach part posts; ``lang`` goes before the page's own language."""

    format: str = Field(max_length=10)
    title: _Text = ""
    introduction: _Text = ""
    cards: list[_Card] = Field(max_length=1_000)
    quiz: bool = False
    seed: int = Field(0, ge=0, lt=2**53)
    lang: str = Field("", max_length=10)


class _Answer(BaseModel):
    format: str = Field(max_length=10)
    question: _Text = ""
    cards: list[_Card] = Field(max_length=1_000)


def router(record: Record) -> APIRouter:
    """``POST /pack`` and ``/answer-export`` give files, ``GET /cite`` a formal citation as plain text."""
    routes, slots = APIRouter(), threading.BoundedSemaphore(_AT_ONCE)

    def file(order: Order, lang: str) -> Response:
        with slots:
            made = write_order(order, record.edition, today=date.today(), language=language_of(lang))
        headers = {"content-disposition": made.disposition, "cache-control": "no-store"}
        return Response(made.data, media_type=made.media_type, headers=headers)

    @routes.post("/pack")
    def pack(posted: _Pack, lang: str = "en") -> Response:
        cards = _named(posted.cards)
        order = Order("pack", posted.format, posted.title, cards, posted.introduction, posted.quiz, posted.seed)
        return file(order, posted.lang or lang)

    @routes.post("/answer-export")
    def answer(posted: _Answer, lang: str = "en") -> Response:
        return file(Order("answer", posted.format, posted.question, _named(posted.cards)), lang)

    @routes.get("/cite")
    def cite(
        request: Request,
        place: Annotated[str, Query(min_length=1, max_length=2_000)],
        digest: Annotated[str, Query(pattern="^[0-9a-f]{8}$")],
        style: Annotated[str, Query(max_length=20)] = "plain",
        lang: str = "en",
    ) -> PlainTextResponse:
        base = f"{request.base_url}{'fr' if lang == 'fr' else ''}"
        named, language = Named(place, digest), language_of(lang)
        words = cite_formally(named, style, record.edition, today=date.today(), language=language, base=base)
        return PlainTextResponse(words)

    return routes


def _named(cards: list[_Card]) -> tuple[Named, ...]:
    return tuple(Named(card.place, card.digest, card.note) for card in cards)
