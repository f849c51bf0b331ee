"""What a trainer asks for: tables of positions cell by cell, the wording of two quotes, the pack, and its quiz."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from index.types import Filters
from qa.catalogue import Texts, language_of, texts
from qa.cite import cite_span
from qa.export.choose import Named, resolve_cards
from qa.export.types import Card, Changed
from qa.teach.drift import drift
from qa.teach.position import SPEAKERS, Cell, Period, cell_of, lay_out, matter, question, speaks, steps, who_answers
from qa.teach.quiz import make_quiz
from qa.types import Answer, Citation
from qa.web.class_pack import MOST, kept_html, quiz_html, slides_html
from qa.web.links import resolve
from qa.web.parts import PartError
from qa.web.record import Edition, Record
from qa.web.teach import TOPIC_LIMIT, after_html, cell_html, drift_html, speakers_html, table_html

_CELLS_AT_ONCE = 1  # cells asked side by side: the other place is left to those who ask questions
_WAITING = 64  # cells that wait for their turn, of all tables together
_IN_TABLE = 60  # quotes of one table, with some room

Topic = Annotated[str, Query(max_length=TOPIC_LIMIT)]
Written = Annotated[str, Query(max_length=10)]
Address = Annotated[str, Query(max_length=2_000)]


class Ref(BaseModel):
    """A quote as the page names it; ``group`` is the period of a table that it stands in."""

    place: str = Field(max_length=2_000)
    digest: str = Field(pattern="^[0-9a-f]{8}$")
    group: int = Field(0, ge=0, le=99)


class Refs(BaseModel):
    """Quotes of the page, and what a quiz on them is drawn by."""

    cards: list[Ref] = Field(max_length=max(_IN_TABLE, MOST))
    seed: int = Field(0, ge=0, lt=2**31)


def router(record: Record) -> APIRouter:
    """``GET /teach/speakers``, ``/teach/table``, ``/teach/cell`` and ``/teach/drift``; ``POST /teach/after``,
    ``/teach/kept``, ``/teach/present`` and ``/teach/quiz``.
    """
    routes, cells = APIRouter(), Turnstile(_CELLS_AT_ONCE, waiting=_WAITING)

    async def ask(asked: str, filters: Filters) -> Answer:
        return await asyncio.wrap_future(record.submit(asked, history=(), filters=filters))

    @routes.get("/teach/speakers")
    def speakers(lang: str = "en") -> HTMLResponse:
        return HTMLResponse(speakers_html(record.speakers, texts(language_of(lang))))

    @routes.get("/teach/table")
    async def table(
        topic: Topic,
        speakers: Annotated[list[str], Query(max_length=300)] = [],  # noqa: B006
        date_from: Written = "",
        date_to: Written = "",
        lang: str = "en",
    ) -> HTMLResponse:
        t, edition = texts(language_of(lang)), record.edition
        wanted, limits = read_topic(topic, t), read_period(date_from, date_to, t)
        named = read_speakers(speakers, edition, t)
        held = list(edition.transcripts.values())
        plan = await asyncio.to_thread(lay_out, wanted, held, speakers=named, date_from=limits[0], date_to=limits[1])
        if not plan.speakers:
            filters = Filters(kinds=("principal",), date_from=limits[0], date_to=limits[1])
            async with cells.turn(t):
                found = who_answers(await ask(f"What was said about {matter(wanted)}?", filters))
            plan = lay_out(wanted, held, speakers=found, date_from=limits[0], date_to=limits[1])
            plan = replace(plan, chosen="search", speakers=found)
        return HTMLResponse(table_html(plan, t))

    @routes.get("/teach/cell")
    async def cell(topic: Topic, speaker: str, date_from: Written, date_to: Written, lang: str = "en") -> HTMLResponse:
        t, edition = texts(language_of(lang)), record.edition
        wanted, period = read_topic(topic, t), _period(read_period(date_from, date_to, t), t)
        (name,) = read_speakers([speaker], edition, t)
        if not speaks(name, edition.transcripts.values(), period):
            return HTMLResponse(cell_html(Cell(name, period, gap="silent"), t))
        async with cells.turn(t):
            answer = await ask(*question(wanted, name, period))
        return HTMLResponse(cell_html(cell_of(wanted, name, period, answer), t))

    @routes.post("/teach/after")
    def after(refs: Refs, lang: str = "en") -> HTMLResponse:
        placed = [(ref.group, card) for ref, card in zip(refs.cards, _cards(refs, record.edition), strict=True)]
        quotes = [(group, card.citation) for group, card in placed if isinstance(card, Card)]
        return HTMLResponse(after_html([one for _, one in quotes], steps(quotes), texts(language_of(lang))))

    @routes.get("/teach/drift")
    def compared(earlier: Address, later: Address, lang: str = "en") -> HTMLResponse:
        t, edition = texts(language_of(lang)), record.edition
        return HTMLResponse(drift_html(drift(_quote(earlier, edition, t), _quote(later, edition, t)), t))

    @routes.post("/teach/kept")
    def kept(refs: Refs, lang: str = "en") -> HTMLResponse:
        return HTMLResponse(kept_html(_named(refs), _cards(refs, record.edition), texts(language_of(lang))))

    @routes.post("/teach/present")
    def present(refs: Refs, lang: str = "en") -> HTMLResponse:
        return HTMLResponse(slides_html(_cards(refs, record.edition), texts(language_of(lang))))

    @routes.post("/teach/quiz")
    def quiz(refs: Refs, lang: str = "en") -> HTMLResponse:
        language, edition = language_of(lang), record.edition
        chosen = [card.citation for card in _cards(refs, edition) if isinstance(card, Card)]
        items = make_quiz(chosen, edition.transcripts, seed=refs.seed, language=language)
        return HTMLResponse(quiz_html(items, refs.seed, texts(language)))

    return routes


class Turnstile:
    """Lets a few through at a time, and turns those away who would wait behind too many."""

    def __init__(self, at_once: int, *, waiting: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._room = at_once + waiting

    @asynccontextmanager
    async def turn(self, t: Texts) -> AsyncIterator[None]:
        """Wait for a turn and have it. Raises ``PartError`` where too many wait already."""
        if self._room == 0:
            raise PartError(t("teach.busy"), status=503)
        self._room -= 1
        try:
            async with self._slots:
                yield
        finally:
            self._room += 1


def read_topic(written: str, t: Texts) -> str:
    """The topic on one line. Raises ``PartError`` for an empty one."""
    topic = " ".join(written.split())
    if not any(map(str.isalnum, topic)):
        raise PartError(t("teach.no_topic"))
    return topic


def read_speakers(names: list[str], edition: Edition, t: Texts) -> tuple[str, ...]:
    """The speakers named. Raises ``PartError`` for one that the record does not hold, or too many."""
    if not set(names) <= set(edition.speakers):
        raise PartError(t("teach.no_speaker"))
    if len(set(names)) > SPEAKERS:
        raise PartError(t("teach.too_many", most=SPEAKERS))
    return tuple(dict.fromkeys(names))


def read_period(date_from: str, date_to: str, t: Texts) -> tuple[date | None, date | None]:
    """The two ends of a period, either of them open. Raises ``PartError`` for what is no day, or ends first."""
    try:
        first, last = (date.fromisoformat(written) if written else None for written in (date_from, date_to))
    except ValueError:
        raise PartError(t("teach.no_date")) from None
    if first and last and first > last:
        raise PartError(t("teach.no_period"))
    return first, last


def _period(limits: tuple[date | None, date | None], t: Texts) -> Period:
    first, last = limits
    if first is None or last is None:
        raise PartError(t("teach.no_date"))
    return Period(first, last)


def _quote(address: str, edition: Edition, t: Texts) -> Citation:
    place = resolve(address, edition.transcripts)
    if place is None or place.span is None:
        raise PartError(t("teach.changed"), status=404)
    return cite_span(place.transcript, *place.span)


def _named(refs: Refs) -> list[Named]:
    return [Named(ref.place, ref.digest) for ref in refs.cards]


def _cards(refs: Refs, edition: Edition) -> tuple[Card | Changed, ...]:
    return resolve_cards(_named(refs), edition.transcripts)
