"""The history of a browser as a file: every question with its quotes, each looked up again by its address. Pure.

A browser keeps questions and addresses, never words of the record; what it posts is checked like anything posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from qa.catalogue import Texts
from qa.export.choose import Named, resolve_cards
from qa.export.styles import formal
from qa.export.types import Card
from qa.web.escape import markdown_line
from qa.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.web.record import Edition


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the history, when it was asked, and the quotes that answered it."""

    question: str
    when: datetime | None
    cards: tuple[Named, ...]


def write_history(items: Sequence[Asked], edition: Edition, t: Texts, *, today: date) -> str:
    """The history as Markdown, newest first; a quote whose words changed is left out, and that is said."""
    title = f"# {t('history.file_title')}\n\n{t('history.file_note', day=written_date(today, t.language))}"
    return "\n\n".join([title, *(block for item in items for block in _blocks(item, edition, t, today))]) + "\n"


def read_time(written: str) -> datetime | None:
    """The moment that a browser wrote, or ``None`` for what is none."""
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _blocks(item: Asked, edition: Edition, t: Texts, today: date) -> Iterator[str]:
    yield f"## {markdown_line(item.question)}"
    if item.when:
        yield f"*{t('history.asked_on', day=written_date(item.when.date(), t.language))}*"
    if not item.cards:
        yield t("answer.refused")
    for entry in resolve_cards(item.cards, edition.transcripts, source_state=edition.source_state):
        if isinstance(entry, Card):
            yield formal(entry.citation, "markdown", today=today, language=t.language)
        else:
            yield f"*{t('history.changed', place=markdown_line(entry.place))}*"
