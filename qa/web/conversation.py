"""The conversation as the server keeps it, and as the chat shows it. Pure.

The page never sends its history back: what the chat shows is made here, from answers that the server holds.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from qa.catalogue import Texts
from qa.web.escape import markdown_lines
from qa.web.filters import NOTHING_CHOSEN, FilterInput
from qa.web.render import ENGLISH, answer_blocks, render_searched_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.types import Answer, Limit, Message

State = Literal["searching", "streaming", "done", "stopped", "failed"]

_REMEMBERED = 40  # exchanges kept of one conversation: more than a person scrolls back to


class Asking:
    """A question under way, as other events reach it: ``stopped`` asks it to end, ``over`` says that it has.

    ``dropped`` means that nobody wants to see it any more. Gradio's own way to cancel can leave an error on the page
    when a piece of the answer is under way at that moment.
    """

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.dropped = threading.Event()
        self.over = threading.Event()


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and how far its answer has come.

    ``preface`` is said before the answer and ``note`` instead of it; ``chosen`` are the filters that were set,
    ``without`` the limits that the user took away from the question. ``fingerprint`` names the record that answered.
    """

    question: str
    state: State
    answer: Answer | None = None
    shown: int = 0
    note: str = ""
    preface: str = ""
    chosen: FilterInput = NOTHING_CHOSEN
    fingerprint: str = ""
    without: frozenset[Limit] = frozenset()
    asking: Asking = field(default_factory=Asking, compare=False, repr=False)


Conversation = tuple[Entry, ...]


def begin(conversation: Conversation, entry: Entry) -> Conversation:
    """The conversation with a new question at its end, the oldest exchange dropped when there are too many."""
    return (*conversation, entry)[-_REMEMBERED:]


def answered(conversation: Conversation, answer: Answer) -> Iterable[Conversation]:
    """The conversation as the answer to its last question appears, piece by piece."""
    entry = replace(conversation[-1], answer=answer, note="")
    pieces = len(answer_blocks(answer))
    for shown in range(1, pieces + 1):
        yield (*conversation[:-1], replace(entry, state="streaming", shown=shown))
    yield (*conversation[:-1], replace(entry, state="done", shown=pieces))


def failed(conversation: Conversation, note: str) -> Conversation:
    """The conversation with its last question unanswered, and why."""
    return (*conversation[:-1], replace(conversation[-1], state="failed", note=note))


def stopped(conversation: Conversation, t: Texts = ENGLISH) -> Conversation:
    """The conversation with its last answer left where it stands; unchanged when nothing was going on."""
    if not under_way(conversation):
        return conversation
    return (*conversation[:-1], replace(conversation[-1], state="stopped", note=t("ask.stopped")))


def under_way(conversation: Conversation) -> bool:
    """Whether the last question is still being answered."""
    return bool(conversation) and conversation[-1].state in ("searching", "streaming")


def chat_messages(conversation: Conversation, t: Texts = ENGLISH) -> list[dict[str, str]]:
    """The conversation as the chat shows it, in Markdown."""
    messages: list[dict[str, str]] = []
    for entry in conversation:
        messages.append({"role": "user", "content": markdown_lines(entry.question)})
        messages.append({"role": "assistant", "content": entry_markdown(entry, t)})
    return messages


def entry_markdown(entry: Entry, t: Texts = ENGLISH) -> str:
    """What stands under a question: the pieces of the answer so far, a note, and what was searched once it is whole."""
    blocks = [f"*{entry.preface}*"] if entry.preface else []
    blocks += answer_blocks(entry.answer, t)[: entry.shown] if entry.answer else []
    if entry.note:
        blocks.append(f"*{entry.note}*")
    if entry.state == "done" and entry.answer:
        blocks.append(render_searched_html(entry.answer, t))
    return "\n\n".join(blocks)


def history(conversation: Conversation) -> tuple[Message, ...]:
    """What has been asked and answered so far, in plain words, for resolving a follow-up question."""
    messages: list[Message] = []
    for entry in conversation:
        if entry.answer:
            asked: Message = {"role": "user", "content": entry.question}
            messages.append({**asked, "without": entry.without} if entry.without else asked)
            messages.append({"role": "assistant", "content": _plain(entry.answer)})
    return tuple(messages)


def last_answer(conversation: Conversation) -> Answer | None:
    """The answer to the last question, if it has one."""
    return conversation[-1].answer if conversation else None


def _plain(answer: Answer) -> str:
    if answer.status == "refused":
        return answer.reason or "The record does not answer this."
    return "\n".join(f"{c.speaker or 'The header'}: {c.quote.text}" for c in answer.citations)
