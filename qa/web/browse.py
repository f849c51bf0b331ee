"""The browse part of the page, as HTML: every transcript by date, by speaker or by kind of event. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from qa.web.dates import month_name, time_html
from qa.web.escape import html_attribute, html_text
from qa.web.holdings import Order, Wanted, search_words
from qa.web.links import document_id
from qa.web.parts import PartError
from qa.web.render import shorten
from qa.wording import names_list, written_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.catalogue import Texts
    from qa.web.holdings import Entry, Heard, Holdings, Voice

Grouping = Literal["date", "speaker", "event"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
ORDERS: tuple[Order, ...] = get_args(Order)

PAGE = 50  # rows shown at once
FIND_LIMIT = 200  # characters of a search
_NAME_LIMIT = 160  # characters of a title or a name in a list: two lines
_OPTIONS = 1_000  # speakers to choose from
_CODE = re.compile(r"[0-9a-f]{16}")
_FOCUS = ("", " data-focus")

Headings = tuple[str, ...]
"""What a row stands under, the outer heading first."""

Row = tuple[Headings, "Draw"]


class Draw(Protocol):
    """Draws one row; with ``focus`` it takes the focus once it is shown."""

    def __call__(self, *, focus: bool) -> str: ...


@dataclass(frozen=True, slots=True)
class View:
    """What the page asks to see: limits, grouping, order, how many rows it has already, and whose rows it wants."""

    wanted: Wanted
    find: str = ""
    by: Grouping = "date"
    order: Order = "newest"
    start: int = 0
    voice: str = ""


def read_view(values: Mapping[str, str], t: Texts) -> View:
    """The view that the page's form describes. Raises ``PartError`` for what cannot be understood."""
    find = values.get("find", "")
    if len(find) > FIND_LIMIT:
        raise PartError(t("browse.find_long", limit=FIND_LIMIT))
    first, last = (_day(values.get(name, ""), t) for name in ("from", "to"))
    if first and last and first > last:
        raise PartError(t("browse.period_backwards"))
    start = values.get("start", "0")
    return View(
        wanted=Wanted(search_words(find), values.get("speaker", ""), first, last),
        find=find,
        by=next((by for by in GROUPINGS if by == values.get("by")), "date"),
        order=next((order for order in ORDERS if order == values.get("order")), "newest"),
        start=int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 0,
        voice=voice if _CODE.fullmatch(voice := values.get("voice", "")) else "",
    )


def panel_html(t: Texts) -> str:
    """What stands in the tab when the page opens: the form. Its list comes as soon as it is seen."""
    by = "".join(
        f'<label><input type="radio" name="by" value="{name}"{" checked" if name == "date" else ""}>'
        f"<span>{t(f'browse.by_{name}')}</span></label>"
        for name in GROUPINGS
    )
    orders = "".join(f'<option value="{order}">{t(f"browse.order_{order}")}</option>' for order in ORDERS)
    return (
        f'<section class="part browse" aria-labelledby="browse-title"><h2 id="browse-title">{t("browse.title")}</h2>'
        '<form id="browse-form" role="search" data-part="/parts/browse/list" data-into="#browse-list" data-live'
        f' data-load aria-label="{t("browse.field_find")}">'
        f'<div class="browse-find">{_field("find", t)}'
        f'<input id="browse-find" name="find" type="search" maxlength="{FIND_LIMIT}" autocomplete="off"'
        f' placeholder="{html_attribute(t("browse.find_hint"))}"></div>'
        f'<div class="browse-limits"><div>{_field("speaker", t)}'
        f'<select id="browse-speaker" name="speaker" data-part="/parts/browse/speakers" data-load>'
        f'<option value="">{t("browse.anybody")}</option></select></div>'
        f'<div>{_field("from", t)}<input id="browse-from" name="from" type="date"></div>'
        f'<div>{_field("to", t)}<input id="browse-to" name="to" type="date"></div></div>'
        f'<div class="browse-shape"><fieldset class="browse-by"><legend>{t("browse.by")}</legend>{by}</fieldset>'
        f'<div>{_field("order", t)}<select id="browse-order" name="order">{orders}</select></div>'
        f'<button type="reset">{t("browse.clear")}</button></div></form>'
        '<p id="browse-count" role="status"></p><div id="browse-list"></div></section>'
    )


def list_html(holdings: Holdings, view: View, t: Texts) -> str:
    """The rows of ``view`` from its ``start`` on, under their headings, and a button for more."""
    if view.by == "speaker":
        return _voices_html(holdings, view, t)
    found = holdings.found(view.wanted, view.order)
    count = _counted("browse.transcripts", len(found), t)
    if len(found) < len(holdings.entries):
        count = t("browse.of", found=count, all=written_number(len(holdings.entries), t.language))
    if view.by == "event":
        found = sorted(found, key=lambda entry: _event_rank(entry, t))
        return _list(
            [((_event(entry.event_type, t),), partial(_row, entry, t)) for entry in found], view, t, said=count
        )
    return _list([(_day_headings(entry, t), partial(_row, entry, t)) for entry in found], view, t, said=count)


def voice_html(holdings: Holdings, view: View, t: Texts) -> str:
    """The transcripts that one voice is heard in, each with what it is there and in how many turns."""
    voice = next((one for one in holdings.voices(view.wanted, view.order) if one.code == view.voice), None)
    if voice is None:
        raise PartError(t("browse.voice_gone"), status=404)
    rows: list[Row] = [((), partial(_row, entry, t, heard=heard)) for entry, heard in voice.places]
    return _list(rows, view, t, path="/parts/browse/voice")


def speaker_options(holdings: Holdings, t: Texts) -> str:
    """The speakers to choose from: officials, then moderators."""
    groups = "".join(
        f'<optgroup label="{html_attribute(t(f"browse.kind_{kind}"))}">'
        + "".join(
            f'<option value="{html_attribute(name)}">{html_text(_short(name))}</option>' for name in names[:_OPTIONS]
        )
        + "</optgroup>"
        for kind, names in holdings.speakers.items()
        if names
    )
    return f'<option value="">{t("browse.anybody")}</option>{groups}'


def _voices_html(holdings: Holdings, view: View, t: Texts) -> str:
    voices = holdings.voices(view.wanted, view.order)
    transcripts = len({entry.doc_id for voice in voices for entry, _ in voice.places})
    rows: list[Row] = [((t(f"browse.kind_{voice.kind}"),), partial(_voice, voice, view, t)) for voice in voices]
    count = t(
        "browse.voices_in",
        voices=_counted("browse.voices", len(voices), t),
        transcripts=_counted("browse.transcripts", transcripts, t),
    )
    return _list(rows, view, t, said=count)


def _list(rows: Sequence[Row], view: View, t: Texts, *, said: str = "", path: str = "/parts/browse/list") -> str:
    """One page of ``rows``; a heading that the page before ended under is not written again. Of a page that is added,
    the first row takes the focus.
    """
    if not rows:
        none = f'<p class="browse-none">{t("browse.none")}</p>'
        return f'<div data-said="{html_attribute(t("browse.none_said"))}">{none}</div>'
    start, end = view.start, min(view.start + PAGE, len(rows))
    above = rows[start - 1][0] if 0 < start < len(rows) else ()
    pieces: list[str] = []
    for headings, held in groupby(rows[start:end], key=lambda row: row[0]):
        drawn = "".join(draw(focus=bool(start) and not pieces and not at) for at, (_, draw) in enumerate(held))
        pieces.append(f"{_headings(above, headings)}<ol>{drawn}</ol>")
        above = headings
    shown = f'<div data-said="{html_attribute(said)}">{"".join(pieces)}</div>'
    return shown + _more(len(rows) - end, end, view, path, t)


def _headings(above: Headings, headings: Headings) -> str:
    """Those of ``headings`` that differ from what stands above, from the first that does."""
    same = next((at for at, (one, other) in enumerate(zip(above, headings, strict=False)) if one != other), len(above))
    return "".join(f"<h{3 + at}>{html_text(headings[at])}</h{3 + at}>" for at in range(same, len(headings)))


def _more(left: int, start: int, view: View, path: str, t: Texts) -> str:
    if left <= 0:
        return ""
    place = f"browse-more-{view.voice or view.by}-{start}"
    return (
        f'<div id="{place}"><button type="button" class="browse-more" data-part="{path}" data-into="#{place}"'
        f' data-values="{_values(view, start=str(start), voice=view.voice)}">'
        f"{t('browse.more', n=min(left, PAGE), left=written_number(left, t.language))}</button></div>"
    )


def _values(view: View, **also: str) -> str:
    """What brings the rows of ``view`` again, for ``data-values``."""
    wanted = view.wanted
    values = {
        "find": view.find,
        "speaker": wanted.speaker,
        "from": wanted.date_from.isoformat() if wanted.date_from else "",
        "to": wanted.date_to.isoformat() if wanted.date_to else "",
        "by": view.by,
        "order": view.order,
        **also,
    }
    return html_attribute(json.dumps({name: value for name, value in values.items() if value}))


def _row(entry: Entry, t: Texts, *, focus: bool, heard: Heard | None = None) -> str:
    """One transcript as a list item; with ``heard`` it says what that voice is in it."""
    title = html_text(_short(entry.name))
    days = [time_html(day, t) for day in dict.fromkeys((entry.first_day, entry.last_day)) if day]
    facts = [
        " – ".join(days) or t("browse.undated"),
        html_text(_short(entry.place or "")),
        _counted("browse.turns", heard.turns if heard else entry.turns, t),
        _language(entry.language, t),
    ]
    people = _short(heard.role or heard.affiliation or "") if heard else _people(entry, t)
    said = f'<p class="browse-people">{html_text(people)}</p>' if people else ""
    return (
        f'<li class="browse-row"><div><a href="#cite-{document_id(entry.doc_id)}" dir="auto"{_FOCUS[focus]}>{title}</a>'
        f'<p class="browse-facts">{" · ".join(filter(None, facts))}</p>{said}</div>'
        f'<button type="button" class="browse-ask" data-doc="{document_id(entry.doc_id)}">{t("browse.ask_within")}'
        f'<span class="browse-unseen"> {title}{", " if days else ""}{days[0] if days else ""}</span></button></li>'
    )


def _voice(voice: Voice, view: View, t: Texts, *, focus: bool) -> str:
    """One voice as a list item that unfolds its transcripts, fetched when they are first seen."""
    name = voice.name or t(f"browse.unnamed_{voice.kind}")
    told = names_list([_short(text) for text in (*voice.roles, *voice.outlets)], t.language)
    facts = (
        _counted("browse.transcripts", len(voice.places), t),
        _counted("browse.turns", voice.turns, t),
    )
    office = f' <span class="browse-office">{html_text(told)}</span>' if told else ""
    return (
        f'<li class="browse-voice {voice.kind}"><details><summary{_FOCUS[focus]}><span class="browse-name">'
        f'<strong dir="auto">{html_text(_short(name))}</strong>{office}</span>'
        f' <span class="browse-facts">{" · ".join(facts)}</span></summary>'
        f'<div data-part="/parts/browse/voice" data-load data-values="{_values(view, voice=voice.code)}">'
        f"<p>{t('browse.loading')}</p></div></details></li>"
    )


def _people(entry: Entry, t: Texts) -> str:
    return names_list([_short(name) for name in entry.principals()], t.language)


def _day_headings(entry: Entry, t: Texts) -> Headings:
    day = entry.first_day
    return (str(day.year), month_name(day.month, t)) if day else (t("browse.undated"),)


def _event_headings(entry: Entry, t: Texts) -> Headings:
    return (_event(entry.event_type, t),)


def _event_rank(entry: Entry, t: Texts) -> tuple[bool, str]:
    return entry.event_type is None, _event(entry.event_type, t)


def _event(event_type: str | None, t: Texts) -> str:
    """A kind of event in the page's language; as it is where the catalogue does not know it."""
    if event_type is None:
        return t("browse.no_event")
    return _known(f"browse.event_{event_type.replace(' ', '_')}", t) or _short(event_type)


def _language(code: str | None, t: Texts) -> str:
    if code is None or code == "en":
        return ""
    return html_text(_known(f"browse.language_{code}", t) or t("browse.language", code=_short(code)))


def _known(key: str, t: Texts) -> str:
    try:
        return t(key)
    except KeyError:
        return ""


def _counted(key: str, number: int, t: Texts) -> str:
    key = f"{key}.one" if number == 1 else key
    return t(key, n=written_number(number, t.language))


def _field(name: str, t: Texts) -> str:
    return f'<label for="browse-{name}">{t(f"browse.field_{name}")}</label>'


def _short(text: str) -> str:
    return shorten(text, limit=_NAME_LIMIT)


def _day(written: str, t: Texts) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise PartError(t("browse.no_day")) from None
