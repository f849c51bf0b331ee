"""What a question asks for: whose words, of which days and events, and what would count as an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.types import Filters, Kind
from qa.about import LISTED, About, about
from qa.dates import DateMention, Days
from qa.every import Wanted, wanted
from qa.expect import Expectation, expectation
from qa.limits import date_limits, date_notes, undated
from qa.named import IsPerson, Named, Span, journalists_named, principals_named
from qa.occasions import Occasion, occasion
from qa.roll import Roll
from qa.sorts import compares, is_of_each, outlets_named, sort_of
from qa.types import Limit, Sort
from qa.words import content_stems

Aim = Literal["statement", "asked", "reply", "event"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as the search will take it.

    ``sort`` is what it is after. ``filters`` hold what the question's own words limit. ``about`` says what it wants to
    know of the record itself, ``wanted`` which words it wants counted. ``parties`` are those whose words it wants, each
    by every name it may go by, ``periods`` the days it names. ``absent`` names whoever the question wants to
    hear and the record does not hold. ``outlets`` are those whose journalists are asked about; ``undated`` a day, month
    or year that the question limits itself to and on which the record has no event; ``resolved`` the spans of ``text``
    that filters stand for; ``notes`` say what was decided where the words leave it open.
    """

    text: str
    sort: Sort
    filters: Filters
    expected: Expectation | None
    stems: tuple[str, ...]
    about: About | None = None
    wanted: Wanted | None = None
    parties: tuple[tuple[str, ...], ...] = ()
    periods: tuple[Days, ...] = ()
    absent: str | None = None
    from_each: bool = False
    outlets: tuple[str, ...] = ()
    undated: DateMention | None = None
    resolved: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def aim(self) -> Aim:
        """Where the answer is looked for: ``statement`` in the words of principals; ``asked`` in those of journalists;
        ``reply`` in what was said to a journalist's question; ``event`` in what the header says.
        """
        return self.sort if self.sort in ("asked", "reply", "event") else "statement"


_READ = 600
"""Characters at the start of a question that are read for names, dates and sorts; a longer text is searched for whole,
but its sense is not in single words, and patterns slow down on it."""


def understand(
    question: str,
    roll: Roll,
    *,
    given: Filters | None = None,
    today: date | None = None,
    without: Collection[Limit] = (),
    is_person: IsPerson = bool,
) -> Understood:
    """Read ``question`` against the ``roll``; ``given`` filters (chosen by the user) always stay and win, and limits
    that the user took away (``without``) are not read. ``is_person`` tells a name that stands alone and that nobody in
    the record has ("And Rasmussen?") from a topic ("And Florida?"); by default every name is a person's.

    "Last year" and its like are read only against a stated ``today``.
    """
    given = given or Filters()
    whole, question = question, question[:_READ]
    brief = question if question == whole else ""
    sort, of_record, want = sort_of(question, roll), about(brief), wanted(brief)
    is_dated = given.date_from or given.date_to or "dates" in without
    dates = [] if is_dated else date_limits(question, roll, sort, today)
    limits = [mention for mention in dates if roll.dated(mention.first, mention.last)]
    filters = _between(given, limits) if limits else given
    where = None if given.doc_ids or "events" in without else _occasion(question, roll, filters)
    docs = _docs(filters, where, roll)
    named = Named() if of_record or "speakers" in without else _named(question, roll, sort, docs, is_person)
    if where and named.names and not any(where.docs & roll.speakers[name].doc_ids for name in named.names):
        where = None  # nobody asked about spoke there: its words mean something else
    if where:
        filters = replace(filters, doc_ids=tuple(sorted(where.docs)))
    if not given.speakers and sort != "event":
        filters = replace(filters, speakers=named.names)
    if not given.kinds:
        filters = replace(filters, kinds=("journalist",) if sort == "asked" else _kinds(named.names, roll))
    nothing_then = None if limits or sort == "event" else undated(question, dates, roll)
    limiting: list[DateMention | Occasion] = [*limits, *([where] if where else [])]
    spent = [*named.spans, *((words.start, words.end) for words in limiting)]
    return Understood(
        text=whole,
        sort="record" if of_record in LISTED else "greeting" if of_record else "count" if want else sort,
        filters=filters,
        expected=expectation(question),
        stems=tuple(content_stems(_without(whole, spent))),
        about=of_record,
        wanted=want,
        parties=named.parties,
        periods=tuple((mention.first, mention.last) for mention in limits),
        absent=named.absent,
        from_each=is_of_each(question),
        outlets=tuple(sorted(outlets_named(question, roll))) if sort == "asked" else (),
        undated=nothing_then,
        resolved=tuple(spent),
        notes=(
            *(() if nothing_then else date_notes(question, dates, limits)),
            *(() if given.speakers else named.notes),
        ),
    )


def carry(asked: Understood, before: Understood, *, without: Collection[Limit] = ()) -> Understood:
    """A follow-up with the limits of the question before it that it does not set anew or lift ("Who else …?"), and that
    the user did not take away (``without``).
    """
    if asked.about:
        return asked
    if asked.aim == "statement" and before.aim == "asked" and _ELLIPSIS.match(asked.text):
        kinds: tuple[Kind, ...] = ("journalist",)
        asked = replace(asked, sort="asked", outlets=before.outlets, filters=replace(asked.filters, kinds=kinds))
    filters = asked.filters
    if compares(asked.text) and asked.aim == before.aim and filters.speakers and before.filters.speakers:
        names = dict.fromkeys([*before.filters.speakers, *filters.speakers])
        asked = replace(asked, sort="comparison", parties=(before.filters.speakers, *asked.parties))
        filters = replace(filters, speakers=tuple(names))
    elif asked.aim == before.aim and "speakers" not in without and not _is_said_who(asked):
        filters = replace(filters, speakers=before.filters.speakers, kinds=before.filters.kinds)
    return replace(asked, filters=filters if _is_said_when(asked) else _then(filters, before.filters, without))


def _is_said_who(asked: Understood) -> bool:
    return bool(asked.filters.speakers or asked.absent or asked.outlets or _LIFTED.search(asked.text))


def _is_said_when(asked: Understood) -> bool:
    limits = asked.filters
    is_limited = limits.date_from or limits.date_to or limits.doc_ids
    return bool(is_limited or asked.undated or _EVER.search(asked.text))


def _then(filters: Filters, before: Filters, without: Collection[Limit]) -> Filters:
    """``filters`` with the days and events of those ``before``."""
    if "dates" not in without:
        filters = replace(filters, date_from=before.date_from, date_to=before.date_to)
    return filters if "events" in without else replace(filters, doc_ids=before.doc_ids)


_ELLIPSIS = re.compile(r"\W*(?:and|what about|how about)\b", re.IGNORECASE)  # "And in 2014?": the same again
_LIFTED = re.compile(
    r"\b(?:else|others?|anyone|anybody|everyone|everybody|someone|somebody|nobody|who|both)\b", re.IGNORECASE
)
_EVER = re.compile(
    r"\b(?:ever|always|before|earlier|later|afterwards|since|now|today|other (?:times?|years?)|over time"
    r"|over the years)\b",
    re.IGNORECASE,
)


def removable(asked: Filters, given: Filters) -> tuple[Limit, ...]:
    """The limits of ``asked`` that are not the ``given`` ones."""
    found: list[Limit] = []
    if asked.speakers != given.speakers:
        found.append("speakers")
    if (asked.date_from, asked.date_to) != (given.date_from, given.date_to):
        found.append("dates")
    return (*found, "events") if asked.doc_ids != given.doc_ids else tuple(found)


def _named(question: str, roll: Roll, sort: Sort, docs: frozenset[str] | None, is_person: IsPerson) -> Named:
    if sort == "asked":
        return journalists_named(question, roll)
    return principals_named(question, roll, docs=docs, sides=sort == "comparison", is_person=is_person)


def _between(filters: Filters, limits: Sequence[DateMention]) -> Filters:
    """``filters`` limited to the days of all ``limits`` and what lies between; an end that is open stays open."""
    first, last = min(m.first for m in limits), max(m.last for m in limits)
    return replace(filters, date_from=None if first == date.min else first, date_to=None if last == date.max else last)


def _occasion(question: str, roll: Roll, filters: Filters) -> Occasion | None:
    """The events named, of those that the days leave."""
    found = occasion(question, roll)
    if not found or not (filters.date_from or filters.date_to):
        return found
    docs = found.docs & roll.dated(filters.date_from or date.min, filters.date_to or date.max)
    return replace(found, docs=docs) if docs else None


def _docs(filters: Filters, where: Occasion | None, roll: Roll) -> frozenset[str] | None:
    """The events that a question is of, where it is of some."""
    if where:
        return where.docs
    if filters.date_from or filters.date_to:
        return roll.dated(filters.date_from or date.min, filters.date_to or date.max)
    return None


def _kinds(names: Sequence[str], roll: Roll) -> tuple[Kind, ...]:
    """Principals; of somebody named who never spoke as one, whatever they spoke as, and labelled so."""
    held: set[Kind] = {kind for name in names for kind in roll.speakers[name].kinds}
    return ("principal",) if not held or "principal" in held else tuple(sorted(held))


def _without(question: str, spans: Sequence[Span]) -> str:
    """``question`` less the words that filters already stand for."""
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    return question
