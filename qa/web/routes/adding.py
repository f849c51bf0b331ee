"""The routes of adding: files come in, how they were understood goes out, and batches join the record or leave it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from qa.catalogue import Texts, language_of, texts
from qa.intake.joining import Intake, Job
from qa.intake.names import shown_name
from qa.intake.processes import RefusedError
from qa.intake.staging import FILES_LIMIT
from qa.web.adding import batches_html, inside_html, job_html, off_html, refused_sentence, staged_html
from qa.web.parts import PartError
from qa.web.record import Record

Session = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Number = Annotated[str, Field(pattern="^[0-9]{1,9}$")]


class Visitor(BaseModel):
    """Whose files are meant: a number that the page draws by chance, and keeps."""

    session: Session


class Chosen(Visitor):
    """The files of a session that are to join; a form with one box checked sends it alone."""

    take: Annotated[list[Number], Field(max_length=FILES_LIMIT)] | Number = []


class Named(BaseModel):
    """A batch, by its name."""

    batch: Annotated[str, Field(max_length=40)]


def router(record: Record) -> APIRouter:
    """``GET /add``, ``/add/staged``, ``/add/progress``, ``/add/batches``; ``POST /add/file``, ``/add/clear``,
    ``/add/join``, ``/add/undo`` and ``/add/again``.
    """
    routes = APIRouter()

    @routes.get("/add")
    def inside(lang: str = "en") -> HTMLResponse:
        t, intake = texts(language_of(lang)), record.intake
        if intake is None:
            return HTMLResponse(off_html(t))
        return HTMLResponse(inside_html(intake.job, intake.batches.listed(), record.transcripts, t))

    @routes.post("/add/file")
    async def file(
        request: Request,
        session: Annotated[str, Query(pattern="^[0-9a-f]{32}$")],
        name: Annotated[str, Query(min_length=1, max_length=1_000)],
        lang: str = "en",
    ) -> JSONResponse:
        t = texts(language_of(lang))
        try:
            with _intake(record, t).stage.receiving(session, name) as receiving:
                async for piece in request.stream():
                    receiving.write(piece)
                taken = await run_in_threadpool(receiving.finish)
        except ClientDisconnect as error:  # the connection broke, or the guard cut off what had no end
            raise _told(RefusedError("cut", name=shown_name(name)), t) from error
        except RefusedError as error:
            raise _told(error, t) from error
        refused = [refused_sentence(error, t) for error in taken.refused]
        return JSONResponse({"names": taken.names, "refused": refused})

    @routes.get("/add/staged")
    def staged(session: Annotated[str, Query(pattern="^[0-9a-f]{32}$")], lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        files = _intake(record, t).stage.files(session)
        return HTMLResponse(staged_html(files, session, record.transcripts, t))

    @routes.post("/add/clear")
    def clear(given: Visitor, lang: str = "en") -> HTMLResponse:
        _intake(record, texts(language_of(lang))).stage.clear(given.session)
        return HTMLResponse("")

    @routes.post("/add/join")
    def join(given: Chosen, lang: str = "en") -> HTMLResponse:
        numbers = [int(number) for number in ([given.take] if isinstance(given.take, str) else given.take)]
        return _started(record, lang, lambda intake: intake.join(given.session, numbers))

    @routes.post("/add/undo")
    def undo(given: Named, lang: str = "en") -> HTMLResponse:
        return _started(record, lang, lambda intake: intake.undo(given.batch))

    @routes.post("/add/again")
    def again(given: Named, lang: str = "en") -> HTMLResponse:
        return _started(record, lang, lambda intake: intake.again(given.batch))

    @routes.get("/add/progress")
    def progress(lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        return HTMLResponse(job_html(_intake(record, t).job, record.transcripts, t))

    @routes.get("/add/batches")
    def batches(lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        return HTMLResponse(batches_html(_intake(record, t).batches.listed(), t))

    return routes


def _started(record: Record, lang: str, start: Callable[[Intake], Job]) -> HTMLResponse:
    """How far a job has come that was just started, or the reason why it cannot be."""
    t = texts(language_of(lang))
    try:
        job = start(_intake(record, t))
    except RefusedError as error:
        raise _told(error, t) from error
    return HTMLResponse(job_html(job, record.transcripts, t))


def _intake(record: Record, t: Texts) -> Intake:
    if record.intake is None:
        raise PartError(t("add.off"), status=403)
    return record.intake


def _told(error: RefusedError, t: Texts) -> PartError:
    return PartError(refused_sentence(error, t), status=error.status)
