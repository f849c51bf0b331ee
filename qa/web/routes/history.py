"""The export of a browser's history."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from qa.catalogue import language_of, texts
from qa.export.choose import Named
from qa.web.history import Asked, read_time, write_history
from qa.web.record import Record


class _Card(BaseModel):
    place: Annotated[str, Field(max_length=2_000)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{8}$")]


class _Item(BaseModel):
    question: Annotated[str, Field(max_length=1_000)]
    when: Annotated[str, Field(max_length=40)] = ""
    cards: Annotated[list[_Card], Field(max_length=30)] = []


class _History(BaseModel):
    items: Annotated[list[_Item], Field(max_length=200)]


def router(record: Record) -> APIRouter:
    """``POST /history/export``: the questions that a browser keeps, as Markdown with every quote looked up again."""
    routes = APIRouter()

    @routes.post("/history/export")
    def export(posted: _History, lang: str = "en") -> Response:
        items = [
            Asked(item.question, read_time(item.when), tuple(Named(card.place, card.digest) for card in item.cards))
            for item in posted.items
        ]
        written = write_history(items, record.edition, texts(language_of(lang)), today=date.today())
        name = f"on-the-record-{date.today().isoformat()}.md"
        disposition = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(written, media_type="text/markdown; charset=utf-8", headers=disposition)

    return routes
