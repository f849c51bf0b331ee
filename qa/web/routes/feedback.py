"""What somebody says of an answer, stored."""

import logging
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, StringConstraints

from qa.catalogue import language_of, texts
from qa.feedback import COMMENT_LIMIT, FeedbackError, TooManyChangesError, UnknownAnswerError
from qa.web.feedback import Given, label_of, quote_of, stored_html
from qa.web.parts import PartError
from qa.web.record import Record

_log = logging.getLogger(__name__)

_Short = Annotated[str, StringConstraints(max_length=64)]


class Posted(BaseModel):
    """What the buttons and the form below them send; an empty label takes back what was said."""

    answer: _Short
    label: _Short
    quote: Annotated[str, StringConstraints(max_length=2_000)] = ""
    comment: Annotated[str, StringConstraints(max_length=COMMENT_LIMIT)] = ""


def router(record: Record) -> APIRouter:
    """``POST /feedback``."""
    routes = APIRouter()

    @routes.post("/feedback")
    def store(posted: Posted, lang: str = "en") -> HTMLResponse:
        t = texts(language_of(lang))
        known = record.feedback.answers.get(posted.answer) if record.feedback else None
        if not record.feedback or not known:
            raise PartError(t("feedback.unknown"), status=404)
        try:
            label, quote = label_of(posted.label), quote_of(posted.quote, known.answer)
            said = record.feedback.judge(posted.answer, label, quote=quote, comment=posted.comment if label else "")
        except ValueError:
            raise PartError(t("feedback.no_label")) from None
        except UnknownAnswerError:
            raise PartError(t("feedback.unknown"), status=404) from None
        except TooManyChangesError:
            raise PartError(t("feedback.often"), status=429) from None
        except FeedbackError as error:
            _log.error("feedback is not stored: %s", error)
            raise PartError(t("feedback.unstored"), status=503) from error
        return HTMLResponse(stored_html(posted.answer, Given(said.label, said.quote, said.comment), known.answer, t))

    return routes
