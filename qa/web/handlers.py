"""What happens when somebody asks, stops, filters or opens a quote. Plain functions: no component is imported here.

Every value that arrives was posted by a client and is checked; every place in the record is looked up again.
"""

from __future__ import annotations

import asyncio
import logging
import math
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.errors import CorpusError
from index.types import Filters
from qa.web.conversation import Conversation, answered, begin, failed, history, last_answer, stopped, under_way
from qa.web.links import resolve
from qa.web.reader import render_contents_html, render_reader_html
from qa.web.render import limit_words
from qa.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.types import Limit, Message
    from qa.web.record import Record

QUESTION_LIMIT = 1_000  # characters; the longest of the development questions has 150
_PIECE_PAUSE = 0.12  # seconds between the pieces of an answer: each is seen arriving, and Stop has something to stop
_POLL = 0.1  # seconds between two looks at whether the answer is there, the models are loaded or Stop was pressed
_LONGEST_DROP = 2.0  # seconds; a question notices at its next look

_log = logging.getLogger(__name__)


class FilterError(ValueError):
    """A filter that cannot be understood; the message says which, and how to write it."""


@dataclass(frozen=True, slots=True)
class FilterInput:
    """The filters as the page sends them: names, and two dates written ``YYYY-MM-DD`` or left empty."""

    speakers: Sequence[str] = ()
    date_from: str = ""
    date_to: str = ""


def ask(
    record: Record,
    conversation: Conversation,
    question: object,
    chosen: FilterInput,
    *,
    without: frozenset[Limit] = frozenset(),
    pause: float = _PIECE_PAUSE,
) -> Iterator[Conversation]:
    """The conversation as it grows: the question, a note while searching, then the answer piece by piece.

    ``pause`` seconds pass between two pieces. ``stop`` ends it with what has arrived, ``drop`` without another word.
    """
    asked = clean_question(question)
    if not asked:
        return
    shown = begin(conversation, asked, note=_waiting_note(record), without=without)
    asking = shown[-1].asking
    try:
        yield shown
        for grown in _growing(record, shown, chosen, history(conversation), pause=pause):
            if asking.stopped.is_set():
                break
            if grown != shown:
                yield grown
            shown = grown
        if asking.stopped.is_set() and not asking.dropped.is_set():
            yield stopped(shown)
    finally:
        asking.over.set()


def _growing(
    record: Record, begun: Conversation, chosen: FilterInput, before: Sequence[Message], *, pause: float
) -> Iterator[Conversation]:
    """What there is to show, looked at often enough for Stop to be prompt."""
    try:
        last, filters = begun[-1], read_filters(record, chosen)
        answering = record.submit(last.question, history=before, filters=filters, without=last.without)
        while not wait([answering], timeout=_POLL).done:
            yield begun
        answer = answering.result()
    except FilterError as error:
        yield failed(begun, str(error))
        return
    except CorpusError as error:
        _log.error("a question could not be asked: %s", error)
        yield failed(begun, "The record cannot be searched just now; the reason is in the server's log.")
        return
    for grown in answered(begun, answer):
        yield grown
        begun[-1].asking.stopped.wait(pause)


def ask_without(
    record: Record, conversation: Conversation, limit: Limit, chosen: FilterInput, *, pause: float = _PIECE_PAUSE
) -> Iterator[Conversation]:
    """The last question asked again in its place, less one of the limits that its words set."""
    if not conversation or under_way(conversation):
        return
    last = conversation[-1]
    without = last.without | {limit}
    yield from ask(record, conversation[:-1], last.question, chosen, without=without, pause=pause)


def chips(record: Record, conversation: Conversation) -> dict[Limit, str]:
    """The limits that the last question's words set, each with what is said on its button."""
    if not conversation or under_way(conversation):
        return {}
    answer = last_answer(conversation)
    return (
        {limit: limit_words(limit, answer.filters, record.transcripts) for limit in answer.removable} if answer else {}
    )


def stop(conversation: Conversation) -> None:
    """Ask the question under way to end with what has arrived."""
    if under_way(conversation):
        conversation[-1].asking.stopped.set()


def drop(conversation: Conversation) -> None:
    """Ask the question under way to end without another word, and wait until it has."""
    if under_way(conversation):
        conversation[-1].asking.dropped.set()
        conversation[-1].asking.stopped.set()
        conversation[-1].asking.over.wait(_LONGEST_DROP)


def clean_question(question: object) -> str:
    """The question as plain text within the limit; empty for anything that is not a question."""
    return question.strip()[:QUESTION_LIMIT] if isinstance(question, str) else ""


def read_filters(record: Record, chosen: FilterInput) -> Filters:
    """The filters checked against the record.

    Raises:
        FilterError: a speaker that the record does not hold, an unreadable date, a period that ends before it begins.
    """
    if not set(chosen.speakers) <= set(record.speakers):
        raise FilterError("The record holds no speaker of that name: choose one from the list.")
    start, end = _read_date("From", chosen.date_from), _read_date("To", chosen.date_to)
    if start and end and start > end:
        raise FilterError("The period ends before it begins: exchange the dates, or clear one of them.")
    return Filters(speakers=tuple(chosen.speakers), date_from=start, date_to=end)


def count_filters(chosen: FilterInput) -> int:
    """How many filters are set, a period's two ends counted apart."""
    return bool(chosen.speakers) + bool(chosen.date_from) + bool(chosen.date_to)


def open_place(record: Record, address: object) -> str | None:
    """The reader at ``address``; the list of transcripts for an empty one; ``None`` for what is not in the record."""
    if address == "":
        return render_contents_html(record.transcripts)
    place = resolve(address, record.transcripts)
    return render_reader_html(place.transcript, place.span) if place else None


async def starter_questions(record: Record, *, patience: float) -> tuple[str, ...]:
    """The starters, waiting at most ``patience`` seconds for the record to be ready; no thread is held meanwhile."""
    looks = math.ceil(patience / _POLL)
    while looks and not record.ready.is_set():
        await asyncio.sleep(_POLL)
        looks -= 1
    return record.starters


def _waiting_note(record: Record) -> str:
    if not record.ready.is_set():
        return "Loading the search models. The first question waits a few seconds…"
    return f"Searching {counted(len(record.transcripts), 'transcript')}…"


def _read_date(label: str, written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except (TypeError, ValueError):
        raise FilterError(f"“{label}” is not a date: write it as 2018-10-04, or leave it empty.") from None
