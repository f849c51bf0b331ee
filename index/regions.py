"""Every character of the text, and what it was taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.header import HeaderLines
from index.heads import Label
from index.turns import Draft
from index.types import Region, RegionKind
from index.view import View

_Mark = tuple[int, int, RegionKind, str]


def tile(
    view: View,
    drafts: Sequence[Draft],
    labels: Sequence[Label],
    skipped: Mapping[int, str],
    header: HeaderLines,
    dropped: Sequence[Region],
) -> tuple[Region, ...]:
    """Regions that cover ``view.raw`` from end to end without gap or overlap, neighbours of one sort joined."""
    turns = [view.raw_span(draft.start, draft.end) for draft in drafts]
    lines = view.lines()
    marks: list[_Mark] = [(start, end, "turn", "") for start, end in turns]
    marks += [(region.start, region.end, "dropped", region.reason) for region in dropped]
    for label in labels:
        start, end = view.raw_at(label.start), view.raw_at(label.end)
        marks.append((start, end, "label", label.form))
    for at, reason in skipped.items():
        marks.append((view.raw_at(lines[at].start), view.raw_at(lines[at].next), "dropped", reason))
    for at, cls in header.classes.items():
        marks.append((view.raw_at(lines[at].start), view.raw_at(lines[at].next), "header", cls))
    return _tiled(view.raw, turns, marks)


def _tiled(raw: str, turns: Sequence[tuple[int, int]], marks: list[_Mark]) -> tuple[Region, ...]:
    order = {"turn": 0, "label": 1, "dropped": 2, "header": 3}
    out: list[Region] = []
    at = 0
    first = turns[0][0] if turns else len(raw)
    # turns never overlap; what overlaps a turn gives way to it
    edges = sorted(marks, key=lambda mark: (mark[0], order[mark[2]]))
    for start, end, kind, reason in _flattened(edges, turns):
        if start > at:
            _append(out, raw, at, start, "header" if at < first else "dropped", "")
        if end > max(at, start):
            _append(out, raw, max(at, start), end, kind, reason)
            at = max(at, end)
    if at < len(raw):
        _append(out, raw, at, len(raw), "dropped" if turns else "header", "")
    return tuple(out)


def _flattened(marks: Sequence[_Mark], turns: Sequence[tuple[int, int]]) -> list[_Mark]:
    """``marks`` in order, cut so that none reaches into a turn."""
    out = []
    number = 0
    for start, end, kind, reason in marks:
        while number < len(turns) and turns[number][1] <= start:
            number += 1
        if kind != "turn" and number < len(turns) and end > turns[number][0]:
            end = turns[number][0]
            if start >= end:
                continue
        out.append((start, end, kind, reason))
    return out


def _append(out: list[Region], raw: str, start: int, end: int, kind: RegionKind, reason: str) -> None:
    blank = not raw[start:end].strip()
    if blank and out and out[-1].kind != "turn":
        out[-1] = Region(out[-1].kind, out[-1].start, end, out[-1].reason)
        return
    if blank:
        kind, reason = "dropped", "white space"
    elif kind == "dropped" and not reason:
        reason = "outside the record"
    if out and out[-1].kind == kind != "turn" and out[-1].reason == reason:
        out[-1] = Region(out[-1].kind, out[-1].start, end, reason)
    else:
        out.append(Region(kind, start, end, reason))
