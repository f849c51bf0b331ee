"""Quotes along a line of time, a lane a speaker, as an inline drawing whose points are links. Pure.

Lengths along the line are shares of its width and everything else is in pixels, so that points stay large enough to be
pressed however wide the drawing is. On a narrow screen the style sheet shows the same quotes as a list instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qa.teach.position import is_position
from qa.web.escape import html_attribute, html_text
from qa.web.links import cite_id
from qa.web.render import shorten, voice
from qa.wording import period_words, written_date

if TYPE_CHECKING:
    from qa.catalogue import Texts
    from qa.types import Citation
    from qa.wording import Language

_MOST = 60  # points drawn: more would be a wall of dots, and the list of quotes has them all
_TICKS = 6
_LEFT, _RIGHT = 5.0, 95.0  # percent of the width between which the points lie
_APART = 7.0  # percent: points closer than that stand in rows, so that none covers another 360 pixels wide
_ROW, _LABEL, _AXIS = 28, 24, 26  # pixels: a row of points, a speaker's name, the axis with its days
_HIT, _DOT = 12, 7  # pixels: the radius that can be pressed and the radius that is seen
_NAME_LIMIT, _WORDS_LIMIT = 44, 80  # characters


@dataclass(frozen=True, slots=True)
class Point:
    """A quote on its day: ``x`` in percent of the width, ``row`` counted from the top of its lane."""

    citation: Citation
    day: date
    x: float
    row: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The points of one voice, and how many rows they need."""

    name: str
    points: tuple[Point, ...]

    @property
    def height(self) -> int:
        """Pixels, its name included."""
        return _LABEL + _ROW * (1 + max(point.row for point in self.points))


def timeline_svg(citations: Sequence[Citation], t: Texts) -> str:
    """The quotes that have a day on a line of time, as HTML; empty where fewer than two have one."""
    dated = sorted((one for one in citations if one.date), key=lambda one: (one.date or date.min, one.marker))
    shown = dated[:_MOST]
    if len(shown) < 2:
        return ""
    left = [
        t("teach.timeline_more", n=len(dated) - len(shown)) if len(dated) > len(shown) else "",
        t("teach.timeline_undated", n=len(citations) - len(dated)) if len(citations) > len(dated) else "",
    ]
    notes = "".join(f'<p class="facts">{note}</p>' for note in left if note)
    return (
        f'<figure class="timeline"><figcaption>{t("teach.timeline")}</figcaption>'
        f"{_drawing(shown, t)}{_list(shown, t)}{notes}</figure>"
    )


def lanes(citations: Sequence[Citation], t: Texts) -> tuple[Lane, ...]:
    """The lanes of dated quotes, in the order in which their speakers first come."""
    days = [one.date for one in citations if one.date]
    first, last = min(days), max(days)
    names = list(dict.fromkeys(_lane_name(one, t) for one in citations if one.date))
    return tuple(
        Lane(name, tuple(_points([one for one in citations if _lane_name(one, t) == name], first, last)))
        for name in names
    )


def ticks(first: date, last: date, language: Language) -> list[tuple[float, str]]:
    """Where the axis is marked, in percent of the width, and with what: years, months, or the days themselves."""
    years = list(range(first.year + 1, last.year + 1))
    if len(years) > 1:
        step = -(-len(years) // _TICKS)
        return [(_x(date(year, 1, 1), first, last), str(year)) for year in years[::step]]
    ends = [first, last] if first < last else [first]
    return [(_x(day, first, last), written_date(day, language)) for day in ends]


def _points(citations: Sequence[Citation], first: date, last: date) -> Iterator[Point]:
    """Each quote in the first row where it covers none before it."""
    ends: list[float] = []  # of each row, where its last point stands
    for one in citations:
        if one.date:
            x = _x(one.date, first, last)
            row = next((n for n, end in enumerate(ends) if x - end >= _APART), len(ends))
            ends[row : row + 1] = [x]
            yield Point(one, one.date, x, row)


def _x(day: date, first: date, last: date) -> float:
    """Where a day stands between two others, in percent of the width; in the middle where all is one day."""
    whole = (last - first) / timedelta(days=1)
    share = (day - first) / timedelta(days=1) / whole if whole else 0.5
    return round(_LEFT + (_RIGHT - _LEFT) * share, 2)


def _drawing(citations: Sequence[Citation], t: Texts) -> str:
    found = lanes(citations, t)
    height = sum(lane.height for lane in found)
    first, last = min(p.day for lane in found for p in lane.points), max(p.day for lane in found for p in lane.points)
    parts, top = [_axis(first, last, height, t.language)], 0
    for lane in found:
        parts.append(_lane(lane, top, t))
        top += lane.height
    label = html_attribute(t("teach.timeline_label", period=period_words(first, last, t.language)))
    return (
        f'<svg role="group" aria-label="{label}" width="100%" height="{height + _AXIS}" class="timeline-drawing">'
        f"{''.join(parts)}</svg>"
    )


def _axis(first: date, last: date, height: int, language: Language) -> str:
    marks = "".join(
        f'<line class="timeline-tick" x1="{x}%" x2="{x}%" y1="0" y2="{height}"/>'
        f'<text class="timeline-day" x="{x}%" y="{height + _AXIS - 8}" text-anchor="{_anchor(x)}">{word}</text>'
        for x, word in ticks(first, last, language)
    )
    return (
        f'<g aria-hidden="true">{marks}<line class="timeline-axis" x1="0" x2="100%" y1="{height}" y2="{height}"/></g>'
    )


def _anchor(x: float) -> str:
    return "start" if x < 15 else "end" if x > 85 else "middle"


def _lane(lane: Lane, top: int, t: Texts) -> str:
    name = html_attribute(shorten(lane.name, limit=_NAME_LIMIT))
    points = "".join(_point(point, top + _LABEL + _ROW * point.row + _ROW // 2, t) for point in lane.points)
    return f'<text class="timeline-name" x="0" y="{top + 17}" aria-hidden="true">{name}</text>{points}'


def _point(point: Point, y: int, t: Texts) -> str:
    label = html_attribute(_label(point.citation, t))
    own = "" if is_position(point.citation) else " timeline-other"
    return (
        f'<a class="timeline-point{own}" href="#cite-{html_attribute(cite_id(point.citation.quote))}"'
        f' aria-label="{label}"><title>{label}</title>'
        f'<circle class="timeline-hit" cx="{point.x}%" cy="{y}" r="{_HIT}"/>'
        f'<circle class="timeline-dot" cx="{point.x}%" cy="{y}" r="{_DOT}"/></a>'
    )


def _lane_name(citation: Citation, t: Texts) -> str:
    """Whose words they are: an official's name, or what the words are where they are not an official's."""
    return (citation.speaker or "") if is_position(citation) else ", ".join(filter(None, voice(citation, t)))


def _label(citation: Citation, t: Texts) -> str:
    """Who, when, and how the quote begins."""
    return t(
        "teach.timeline_point",
        who=shorten(_lane_name(citation, t), limit=2 * _NAME_LIMIT),
        when=written_date(citation.date, t.language),
        words=shorten(citation.quote.text, limit=_WORDS_LIMIT),
    )


def _list(citations: Sequence[Citation], t: Texts) -> str:
    return f'<ol class="timeline-list">{"".join(_item(one, t) for one in citations)}</ol>'


def _item(citation: Citation, t: Texts) -> str:
    who = html_text(shorten(_lane_name(citation, t), limit=_NAME_LIMIT))
    words = html_text(shorten(citation.quote.text, limit=_WORDS_LIMIT))
    link = f'<a href="#cite-{html_attribute(cite_id(citation.quote))}">{who}: {words}</a>'
    return f"<li><span>{written_date(citation.date, t.language)}</span> {link}</li>"
