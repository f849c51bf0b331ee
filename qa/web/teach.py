"""The teach part of the page, as HTML: positions by period and what became of their wording. Pure.

The pack that a trainer puts together, the presentation and the quiz stand in ``qa.web.class_pack``.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from qa.web.class_pack import pack_frame
from qa.web.dates import time_html
from qa.web.escape import html_attribute, html_text
from qa.web.keep import keep_button, ref_attributes
from qa.web.links import cite_id
from qa.web.render import shorten, voice
from qa.web.timeline import timeline_svg
from qa.wording import names_list, period_words, written_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qa.catalogue import Texts
    from qa.check import Difference
    from qa.teach.drift import Drift
    from qa.teach.position import Cell, Period, Plan
    from qa.types import Citation

TOPIC_LIMIT = 200  # characters
_LISTED = 300  # speakers offered by name
_NAME, _TITLE, _BEGINNING = 60, 90, 60  # characters of a name, of a title and of the words of a quote in a list


def panel_html(t: Texts) -> str:
    """What stands in the tab when the page opens."""
    return (
        f'<section class="part teach"><h2>{t("page.teach")}</h2><p class="teach-lead">{t("teach.lead")}</p>'
        '<form class="teach-form" data-part="/parts/teach/table" data-into="#teach-table">'
        f'<label class="teach-topic"><span>{t("teach.topic")}</span>'
        f'<input type="text" name="topic" required maxlength="{TOPIC_LIMIT}" autocomplete="off"'
        f' placeholder="{t("teach.topic_example")}"></label>'
        f'<button type="submit" class="teach-main">{t("teach.show")}</button>'
        f'<details class="teach-limits"><summary>{t("teach.limits")}</summary>'
        '<div data-part="/parts/teach/speakers" data-load></div>'
        f'<div class="teach-period"><label>{t("teach.from")} <input type="date" name="date_from"></label>'
        f'<label>{t("teach.to")} <input type="date" name="date_to"></label></div></details></form>'
        '<div id="teach-table"></div><div id="teach-after"></div>'
        f"{pack_frame(t)}</section>"
    )


def speakers_html(speakers: Sequence[str], t: Texts) -> str:
    """The choice of speakers, those most often heard first."""
    boxes = "".join(
        f'<label><input type="checkbox" name="speakers" value="{escape(name)}"> {html_text(name)}</label>'
        for name in speakers[:_LISTED]
    )
    return (
        f'<fieldset class="teach-speakers" tabindex="0"><legend>{t("teach.speakers")}</legend>'
        f'<div class="teach-names">{boxes}</div></fieldset>'
    )


def table_html(plan: Plan, t: Texts) -> str:
    """The table with its empty cells, each of which ``assets/teach.js`` then asks for."""
    if not plan.speakers or not plan.periods:
        return f'<p class="teach-gap" role="alert">{t("teach.no_table")}</p>'
    heading = html_text(t("teach.table", topic=plan.topic))
    head = "".join(f'<th scope="col" role="columnheader">{html_text(name)}</th>' for name in plan.speakers)
    rows = "".join(_row(plan, period, t) for period in plan.periods)
    notes = "".join(f'<p class="facts">{html_text(note)}</p>' for note in plan_notes(plan, t))
    return (
        f'<section class="teach-positions" aria-labelledby="teach-table-title">'
        f'<h3 id="teach-table-title" tabindex="-1" data-focus>{heading}</h3>{notes}'
        f'<table role="table" class="teach-table speakers-{len(plan.speakers)}" aria-labelledby="teach-table-title">'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></section>'
    )


def plan_notes(plan: Plan, t: Texts) -> Iterator[str]:
    """How the speakers and the periods of a table were chosen, and what stands in none of them."""
    if plan.chosen != "named":
        yield t(f"teach.chosen_{plan.chosen}", names=names_list(plan.speakers, t.language))
    for period in plan.periods:
        if period.merged:
            parts = [period_words(first, last, t.language) for first, last in period.merged]
            yield t("teach.merged", parts=names_list(parts, t.language))
    if plan.undated:
        yield t("teach.undated", n=plan.undated)


def cell_html(cell: Cell, t: Texts) -> str:
    """What stands in one cell once it is known."""
    gap = f'<p class="teach-gap">{gap_words(cell, t)}</p>' if cell.gap else ""
    reports = "".join(
        f'<div class="teach-report"><p>{t("teach.report")}</p>{card_html(one, t)}</div>' for one in cell.reports
    )
    return "".join(card_html(one, t) for one in cell.quotes) + gap + reports


def gap_words(cell: Cell, t: Texts) -> str:
    """Why a cell has no quote."""
    return t(f"teach.gap_{cell.gap}")


def card_html(citation: Citation, t: Texts) -> str:
    """One quote, whole, with its office, day and event, and what can be done with it."""
    who, capacity = voice(citation, t)
    named = capacity if citation.kind == "principal" else ", ".join(filter(None, [who, capacity]))
    title = html_text(shorten(citation.title or "", limit=_TITLE))
    occasion = " · ".join(filter(None, [html_text(named), time_html(citation.date, t), title]))
    return (
        f'<figure class="teach-card {citation.kind or "header"}" {ref_attributes(citation)}>'
        f"<blockquote>“{html_text(citation.quote.text)}”</blockquote>"
        f'<figcaption class="facts">{occasion}</figcaption>'
        f'<p class="teach-links"><a href="#cite-{cite_id(citation.quote)}">{t("teach.open")}</a> '
        f"{keep_button(citation, t)}</p></figure>"
    )


def after_html(
    citations: Sequence[Citation], steps: Mapping[str, Sequence[tuple[Citation, Citation]]], t: Texts
) -> str:
    """What follows the table once all its cells are known: the line of time, and the wording of two quotes compared."""
    parts = [timeline_svg(citations, t)]
    if len(citations) > 1:
        parts.append(_pairs(citations, steps, t))
    return "".join(parts)


def drift_html(found: Drift, t: Texts) -> str:
    """Two quotes side by side, whole, and the words in which they differ."""
    earlier, later = (html_text(label) for label in drift_labels(found.earlier, found.later, t))
    pieces = " ".join(_piece(piece, earlier, later, t) for piece in found.pieces)
    return (
        f'<div class="teach-sides">{_side(found.earlier, earlier, t)}{_side(found.later, later, t)}</div>'
        f'<p class="teach-legend"><del>{t("teach.only_in", label=earlier)}</del> '
        f"<ins>{t('teach.only_in', label=later)}</ins></p>"
        f'<p class="teach-diff">{pieces}</p>'
        f'<dl class="teach-phrases">{_phrases("teach.kept_phrases", found.kept, t)}'
        f"{_phrases('teach.dropped_phrases', found.dropped, t, label=earlier)}"
        f"{_phrases('teach.new_phrases', found.new, t, label=later)}</dl>"
    )


def drift_labels(earlier: Citation, later: Citation, t: Texts) -> tuple[str, str]:
    """What tells two quotes apart, as short as may be: the years, else the days, else numbers; with names where they
    differ.
    """
    days = (_year(earlier.date), _year(later.date))
    if "" in days or days[0] == days[1]:
        days = (written_date(earlier.date, t.language), written_date(later.date, t.language))
    if "" in days or days[0] == days[1]:
        days = (t("teach.first_quote"), t("teach.second_quote"))
    if earlier.speaker == later.speaker:
        return days
    names = (shorten(one.speaker or "", limit=_NAME) for one in (earlier, later))
    first, second = (", ".join(filter(None, pair)) for pair in zip(names, days, strict=True))
    return first, second


def _row(plan: Plan, period: Period, t: Texts) -> str:
    cells = "".join(
        f'<td role="cell"><p class="teach-label" aria-hidden="true">{html_text(name)}</p>{_cell(plan, name, period, t)}'
        "</td>"
        for name in plan.speakers
    )
    heading = period_words(period.first, period.last, t.language)
    return f'<tr role="row"><th scope="row" role="rowheader">{heading}</th>{cells}</tr>'


def _cell(plan: Plan, speaker: str, period: Period, t: Texts) -> str:
    if (speaker, period) not in plan.spoke:
        return f'<div class="teach-cell"><p class="teach-gap">{t("teach.gap_silent")}</p></div>'
    values = {
        "topic": plan.topic,
        "speaker": speaker,
        "date_from": period.first.isoformat(),
        "date_to": period.last.isoformat(),
    }
    return (
        f'<div class="teach-cell" data-cell="{html_attribute(json.dumps(values))}">'
        f'<p class="teach-wait">{t("teach.searching")}</p></div>'
    )


def _pairs(citations: Sequence[Citation], steps: Mapping[str, Sequence[tuple[Citation, Citation]]], t: Texts) -> str:
    by_day = sorted(citations, key=lambda one: (one.date is None, one.date))
    first = next((pairs[0] for pairs in steps.values() if pairs), (by_day[0], by_day[-1]))
    groups = "".join(_steps(name, pairs, t) for name, pairs in steps.items())
    values = html_attribute(json.dumps({"earlier": cite_id(first[0].quote), "later": cite_id(first[1].quote)}))
    return (
        f'<section class="teach-moved" aria-labelledby="teach-moved-title">'
        f'<h3 id="teach-moved-title">{t("teach.moved")}</h3><p class="facts">{t("teach.moved_how")}</p>{groups}'
        '<form class="teach-pair" data-part="/parts/teach/drift" data-into="#teach-drift" data-live>'
        f"{_choice('earlier', by_day, first[0], t)}{_choice('later', by_day, first[1], t)}</form>"
        f'<div id="teach-drift" role="region" aria-label="{t("teach.compared")}" aria-live="polite"'
        f' data-part="/parts/teach/drift" data-load data-values="{values}"></div></section>'
    )


def _steps(name: str, pairs: Sequence[tuple[Citation, Citation]], t: Texts) -> str:
    """For one speaker, a button from each period to the next."""
    buttons = "".join(_step(*pair, t) for pair in pairs)
    label = shorten(name, limit=_NAME)
    return (
        f'<div class="teach-steps" role="group" aria-label="{html_attribute(label)}"><span>{html_text(label)}</span>'
        f"{buttons}</div>"
    )


def _step(earlier: Citation, later: Citation, t: Texts) -> str:
    first, second = drift_labels(earlier, later, t)
    return (
        f'<button type="button" class="teach-step" data-earlier="{cite_id(earlier.quote)}"'
        f' data-later="{cite_id(later.quote)}">{first} → {second}</button>'
    )


def _choice(name: str, citations: Sequence[Citation], chosen: Citation, t: Texts) -> str:
    groups: dict[str, list[Citation]] = {}
    for one in citations:
        groups.setdefault(one.speaker or "", []).append(one)
    options = "".join(
        f'<optgroup label="{html_attribute(shorten(speaker, limit=_NAME))}">'
        + "".join(_option(one, one is chosen, t) for one in theirs)
        + "</optgroup>"
        for speaker, theirs in groups.items()
    )
    return f'<label>{t(f"teach.{name}")} <select name="{name}">{options}</select></label>'


def _option(citation: Citation, is_chosen: bool, t: Texts) -> str:
    begins = shorten(citation.quote.text, limit=_BEGINNING)
    words = ": ".join(filter(None, [written_date(citation.date, t.language), begins]))
    return (
        f'<option value="{cite_id(citation.quote)}"{" selected" if is_chosen else ""}>{html_attribute(words)}</option>'
    )


def _side(citation: Citation, label: str, t: Texts) -> str:
    return f"<div><h4>{label}</h4>{card_html(citation, t)}</div>"


def _piece(piece: Difference, earlier: str, later: str, t: Texts) -> str:
    if piece.op == "equal":
        return f"<span>{html_text(piece.given)}</span>"
    told = (
        f'<{tag}><span class="teach-unseen">{t("teach.only_in", label=label)}: </span>{html_text(words)}</{tag}>'
        for tag, label, words in (("del", earlier, piece.given), ("ins", later, piece.source))
        if words
    )
    return " ".join(told)


def _phrases(key: str, phrases: Sequence[str], t: Texts, **values: str) -> str:
    listed = "".join(f"<li>{html_text(phrase)}</li>" for phrase in phrases) or f"<li>{t('teach.no_phrase')}</li>"
    return f"<div><dt>{t(key, **values)}</dt><dd><ul>{listed}</ul></dd></div>"


def _year(day: date | None) -> str:
    return str(day.year) if day else ""
