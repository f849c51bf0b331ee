"""Labels inside a line, as pages have them whose line breaks were lost.

Text is cut before ``LABEL:`` after the end of a sentence, and only where the label is a question mark, an office in
capitals, or somebody the document knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.accept import Page, register
from index.heads import LONGEST_LABEL, Label
from index.labels import read_label
from index.lexicon import HONORIFICS
from index.names import fold

_BOUNDARY = re.compile(r"[.?!…\"”»)\]|>](?:\*{1,2})?\s+(?=\S)")
# a colon that can end a label: after a word or a bracket, before white space
_COLON = re.compile(r"(?<=[\w)\]*])\s?:(?=[\s*(:])")
MOST_INLINE = 50_000  # labels looked for inside lines; the longest day of speeches has a few thousand
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\s*$")


def inline_labels(page: Page, accepted: Sequence[Label]) -> list[Label]:
    """Labels inside lines, in order; ``accepted`` are those at the start of lines."""
    ends = {label.start: label.end for label in accepted}
    found: list[Label] = []
    for at in range(page.floor, len(page.lines)):
        line = page.lines[at]
        if at in page.skipped or ":" not in line.text:
            continue
        busy = ends.get(line.start, line.start)
        found += _in_line(page, line.start, line.end, busy)
        if len(found) > MOST_INLINE:
            break
    return _supported(page, [label for label in found if not _other_style(page, label, accepted)])


def _other_style(page: Page, label: Label, accepted: Sequence[Label]) -> bool:
    """Whether ``Question:`` stands in the speech of a page that marks its questions with ``Q``."""
    marks = {
        fold(page.text[other.start : other.start + 4]).split(" ")[0][:4]
        for other in accepted
        if other.form == "question"
    }
    return (
        label.form == "question"
        and bool(marks)
        and fold(page.text[label.start : label.start + 4]).split(" ")[0][:4] not in marks
    )


def _in_line(page: Page, start: int, end: int, busy: int) -> list[Label]:
    """Possible labels after the end of a sentence in one line."""
    out: list[Label] = []
    for tried, colon in enumerate(_COLON.finditer(page.text, busy, end)):
        if tried > MOST_INLINE:
            break
        if colon.end() <= busy:
            continue
        at = _sentence_start(page.text, max(busy, colon.start() - LONGEST_LABEL), colon.end() - 1)
        label = read_label(page.text, at, end) if at is not None and at > start else None
        if label is not None and label.end >= colon.end():
            out.append(replace(label, inline=True, own_line=False))
            busy = label.end
    return out


def _sentence_start(text: str, start: int, colon: int) -> int | None:
    """Where the sentence begins that the colon belongs to; the dot of "Mr." or "J." ends none."""
    best = None
    for found in _BOUNDARY.finditer(text, start, colon):
        word = _LAST_WORD.search(text, max(start, found.start() - 12), found.start() + 1)
        if (
            word
            and text[found.start()] == "."
            and (fold(word[1]) in HONORIFICS or (len(word[1]) == 1 and word[1] not in "IQ"))
        ):
            continue
        best = found.end()
    return best


def _supported(page: Page, found: Sequence[Label]) -> list[Label]:
    capitals = [fold(label.name or label.role or "") for label in found if label.capitals]
    out = []
    for label in found:
        if label.form == "bracket" and label.sure and label.role is None and label.tail:
            register(page.registry, label)
    for label in found:
        if _is_label(page, label, capitals):
            register(page.registry, label)
            out.append(label)
    return out


def _is_label(page: Page, label: Label, capitals: Sequence[str]) -> bool:
    if label.dashed or page.text[label.end : label.end + 1].islower():
        return False
    if label.form in {"question", "answer", "bracket"}:
        return label.sure
    if label.form == "initials":
        return page.registry.find_initials(label.name or "") is not None
    if label.form == "role":
        return (label.capitals and label.sure) or (page.registry.find_role(label.role or "") is not None and label.sure)
    if label.name is not None and page.registry.find(label.name, fuzzy=False) is not None:
        return True
    return label.capitals and (label.form == "titled" or capitals.count(fold(label.name or label.role or "")) > 1)
