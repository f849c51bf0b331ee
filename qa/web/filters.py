"""The filters as the page sends them, and what they mean. Everything was posted by a client and is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from index.types import Filters
from qa.catalogue import Texts
from qa.web.render import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.record import Edition


class FilterError(ValueError):
    """A filter that cannot be understood; the message says which, and how to write it."""


@dataclass(frozen=True, slots=True)
class FilterInput:
    """Names, two dates written ``YYYY-MM-DD`` or left empty, and the one transcript to ask, by its id, or none."""

    speakers: Sequence[str] = ()
    date_from: str = ""
    date_to: str = ""
    within: str = ""


NOTHING_CHOSEN = FilterInput()


def read_filters(edition: Edition, chosen: FilterInput, t: Texts = ENGLISH) -> Filters:
    """The filters checked against the record.

    Raises:
        FilterError: a speaker or a transcript that the record does not hold, an unreadable date, a period that ends
            before it begins.
    """
    if not set(chosen.speakers) <= set(edition.speakers):
        raise FilterError(t("ask.no_speaker"))
    if chosen.within and chosen.within not in edition.transcripts:
        raise FilterError(t("ask.no_transcript"))
    start, end = _read_date(t("ask.from"), chosen.date_from, t), _read_date(t("ask.to"), chosen.date_to, t)
    if start and end and start > end:
        raise FilterError(t("ask.period"))
    within = (chosen.within,) if chosen.within else ()
    return Filters(speakers=tuple(chosen.speakers), date_from=start, date_to=end, doc_ids=within)


def count_filters(chosen: FilterInput) -> int:
    """How many filters are set, a period's two ends counted apart."""
    return bool(chosen.speakers) + bool(chosen.date_from) + bool(chosen.date_to)


def question_link(question: str, chosen: FilterInput, fingerprint: str) -> str:
    """The address of a question with its filters: ``?q=…``, relative to the page.

    ``record`` in it tells the record that answered it from a later one.
    """
    fields = [
        ("q", question),
        *(("speaker", speaker) for speaker in chosen.speakers),
        ("from", chosen.date_from),
        ("to", chosen.date_to),
        ("in", chosen.within),
        ("record", fingerprint),
    ]
    return "?" + urlencode([(name, value) for name, value in fields if value])


def _read_date(label: str, written: str, t: Texts) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except (TypeError, ValueError):
        raise FilterError(t("ask.no_date", field=label)) from None
