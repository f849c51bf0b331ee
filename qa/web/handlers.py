"""What happens when somebody asks, stops, asks again or opens a quote. Plain functions: no component is imported here.

Every value that arrives was posted by a client and is checked; every place in the record is looked up again.
"""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
from concurrent.futures import wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import CorpusError
from qa.catalogue import Texts
from qa.web.conversation import (
    Conversation,
    Entry,
    answered,
    begin,
    failed,
    history,
    last_answer,
    stopped,
    under_way,
)
from qa.web.filters import FilterError, FilterInput, read_filters
from qa.web.links import resolve, words_digest
from qa.web.reader import render_contents_html, render_reader_html
from qa.web.render import ENGLISH, counted_words, limit_words
from qa.web.timeline import timeline_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.types import Answer, Citation, Limit, Message
    from qa.web.record import Record

QUESTION_LIMIT = 1_000  # characters; the longest of the development questions has 150
_PIECE_PAUSE = 0.12  # seconds between the pieces of an answer: each is seen arriving, and Stop has something to stop
_POLL = 0.1  # seconds between two looks at whether the answer is there, the models are loaded or Stop was pressed
_LONGEST_DROP = 2.0  # seconds; a question notices at its next look

_log = logging.getLogger(__name__)


def ask(
    record: Record,
    conversation: Conversation,
    question: object,
    chosen: FilterInput,
    t: Texts = ENGLISH,
    *,
    without: frozenset[Limit] = frozenset(),
    linked: str = "",
    pause: float = _PIECE_PAUSE,
) -> Iterator[Conversation]:
    """The conversation as it grows: the question, a note while searching, then the answer piece by piece.

    ``pause`` seconds pass between two pieces. ``stop`` ends it with what has arrived, ``drop`` without another word.
    ``linked`` is the fingerprint of the record for which a link to the question was made.
    """
    asked = clean_question(question)
    if not asked:
        return
    fingerprint = record.edition.fingerprint
    preface = t("ask.record_changed") if linked and linked != fingerprint else ""
    entry = Entry(asked, "searching", note=_waiting_note(record, t), preface=preface, chosen=chosen, without=without)
    shown = begin(conversation, replace(entry, fingerprint=fingerprint))
    asking = shown[-1].asking
    try:
        yield shown
        for grown in _growing(record, shown, history(conversation), t, pause=pause):
            if asking.stopped.is_set():
                break
            if grown != shown:
                yield grown
            shown = grown
        if asking.stopped.is_set() and not asking.dropped.is_set():
            yield stopped(shown, t)
    finally:
        asking.over.set()


def _growing(
    record: Record, begun: Conversation, before: Sequence[Message], t: Texts, *, pause: float
) -> Iterator[Conversation]:
    """What there is to show, looked at often enough for Stop to be prompt."""
    try:
        last = begun[-1]
        filters = read_filters(record.edition, last.chosen, t)
        answering = record.submit(last.question, history=before, filters=filters, without=last.without)
        while not wait([answering], timeout=_POLL).done:
            yield begun
        answer = _remembered(record, answering.result(), last.fingerprint)
    except FilterError as error:
        yield failed(begun, str(error))
        return
    except CorpusError as error:
        _log.error("a question could not be asked: %s", error)
        yield failed(begun, t("ask.fault"))
        return
    for grown in answered(begun, answer):
        yield grown
        begun[-1].asking.stopped.wait(pause)


def _remembered(record: Record, answer: Answer, fingerprint: str) -> Answer:
    """``answer`` under an id of its own, by which somebody may say later what it is worth."""
    if record.feedback is None:
        return replace(answer, id=secrets.token_urlsafe(9))
    return replace(answer, id=record.feedback.answers.remember(answer, fingerprint=fingerprint))


def ask_again(
    record: Record, conversation: Conversation, t: Texts = ENGLISH, *, without: frozenset[Limit] = frozenset()
) -> Iterator[Conversation]:
    """The last question asked again in its place with its filters, less limits that its words set."""
    if not conversation or under_way(conversation):
        return
    last = conversation[-1]
    taken = last.without | without
    yield from ask(record, conversation[:-1], last.question, last.chosen, t, without=taken)


def edit(conversation: Conversation) -> tuple[Conversation, str]:
    """The conversation without its last question, and that question to be written anew."""
    if not conversation or under_way(conversation):
        return conversation, ""
    return conversation[:-1], conversation[-1].question


def chips(record: Record, conversation: Conversation, t: Texts = ENGLISH) -> dict[Limit, str]:
    """The limits that the last question's words set, each with what is said on its button."""
    if not conversation or under_way(conversation):
        return {}
    answer = last_answer(conversation)
    limits = answer.removable if answer else ()
    return {limit: limit_words(limit, answer.filters, record.transcripts, t) for limit in limits} if answer else {}


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


@dataclass(frozen=True, slots=True)
class Linked:
    """A question as a link or the history of a browser names it; nothing of it is checked yet."""

    question: str
    chosen: FilterInput
    fingerprint: str


def read_link(posted: object) -> Linked:
    """The question in what a link's script posted: ``q``, ``speaker``, ``from``, ``to``, ``in`` and ``record``."""
    fields = posted if isinstance(posted, dict) else {}

    def one(name: str) -> str:
        value = fields.get(name, "")
        return value if isinstance(value, str) else ""

    named = fields.get("speaker", ())
    speakers = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return Linked(one("q"), FilterInput(speakers, one("from"), one("to"), one("in")), one("record"))


def timeline(citations: Sequence[Citation], t: Texts = ENGLISH) -> str:
    """The quotes of an answer along a line of time, or why there is none."""
    return timeline_svg(citations, t) or f'<p class="hint">{t("evidence.no_timeline")}</p>'


def clean_question(question: object) -> str:
    """The question as plain text within the limit; empty for anything that is not a question."""
    return question.strip()[:QUESTION_LIMIT] if isinstance(question, str) else ""


def open_place(record: Record, address: object, t: Texts = ENGLISH, *, digest: str = "") -> str | None:
    """The reader at ``address``; the list of transcripts for an empty one; ``None`` for what is not in the record.

    Where the words at the place are not those of ``digest``, the reader says so and marks nothing.
    """
    transcripts = record.transcripts
    if address == "":
        return render_contents_html(transcripts, t)
    place = resolve(address, transcripts)
    if place is None:
        return None
    is_other = bool(digest and place.span) and digest != words_digest(place.transcript.text[slice(*place.span or ())])
    return render_reader_html(place.transcript, None if is_other else place.span, t, changed=is_other)


async def starter_questions(record: Record, *, patience: float) -> tuple[str, ...]:
    """The starters, waiting at most ``patience`` seconds for the record to be ready; no thread is held meanwhile."""
    looks = math.ceil(patience / _POLL)
    while looks and not record.ready.is_set():
        await asyncio.sleep(_POLL)
        looks -= 1
    return record.starters


def _waiting_note(record: Record, t: Texts) -> str:
    if not record.ready.is_set():
        return t("ask.loading")
    return t("ask.searching", transcripts=counted_words("transcripts", len(record.transcripts), t))
