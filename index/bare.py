"""Labels without a colon: a speaker's name on a line of its own, or running straight into the speech.

Both need a name the document knows; a line that looks the same but has no speech under it is a photo's caption.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from index.accept import Page, is_wrapped
from index.heads import Label
from index.names import (
    fold,
    fold_words,
    has_honorific,
    has_role_head,
    is_capitalised,
    is_name_like,
    is_outlet,
    is_person_name,
    split_role_and_name,
)
from index.noise import is_media_note, is_stage_direction

_DASH_LINE = re.compile(r"^(?P<who>[^:?!]{3,60}?)\s+[-–—]\s+(?P<body>[^:?!]{2,80})$")
# A sentence after a name starts with a capital, and seldom with another name.
_STARTERS = frozenset(
    """i we you he she it they this that these those there the a an my our your his her their its no not yes well so
    and but or if when
    what who how why where which thank thanks good let as in on at for with from of to by all some many first second
    third today
    tomorrow yesterday now then here more most nobody everybody everyone somebody nothing something both each every
    one two three
    absolutely certainly exactly perhaps maybe ladies mister please sorry okay ok right look listen hello welcome
    dear after before
    because since although while until under over indeed clearly obviously frankly honestly actually again also only
    just even still
    je nous vous il elle c'est ce merci oui non bonjour mais et я мы нет да спасибо ми ні так дякую""".split()
)
LONGEST_LINE = 120


def bare_labels(page: Page, taken: Collection[int]) -> list[Label]:
    """Labels without a colon, in order; ``taken`` are the lines that already hold a label."""
    found: dict[int, Label] = {}
    for at in range(page.floor, len(page.lines)):
        line = page.lines[at]
        if not line.text or at in page.skipped or at in taken or is_wrapped(page, at):
            continue
        label = _with_office_below(page, at, _own_line(page, at)) or _run_on(page, at)
        if label is not None:
            found[at] = label
    if sum(label.form == "own-line" and label.dashed for label in found.values()) < 2:
        found = {
            at: label
            for at, label in found.items()
            if not label.dashed or page.registry.find(label.name or "") is not None
        }
    kept = {
        at: label for at, label in found.items() if not label.own_line or _speech_follows(page, at, {*found, *taken})
    }
    for label in kept.values():
        if label.name is not None and not (label.tail and is_outlet(label.tail)):
            page.registry.add(label.name, role=label.role or label.tail)
    return [kept[at] for at in sorted(kept)]


def _own_line(page: Page, at: int) -> Label | None:
    line = page.lines[at]
    text = line.text.strip("*_# ")
    if len(text) > LONGEST_LINE or text[-1:] in ".?!:,;" or text.startswith(("•", "by ", "with ")):
        return None
    dash = _DASH_LINE.match(text)
    if dash and _is_body(dash["body"]) and (who := _somebody(dash["who"])):
        return Label(line.start, line.end, "own-line", name=who, tail=dash["body"], own_line=True, dashed=True)
    first, _, rest = text.partition(",")
    if _in_full(page, first) and (not rest or has_role_head(rest) or is_outlet(rest)):
        return Label(line.start, line.end, "own-line", name=first, tail=rest.strip() or None, own_line=True)
    if not has_role_head(text) or not is_name_like(text.replace(",", ""), most=12):
        return None
    role, name = split_role_and_name(text.replace(",", " "))
    if name is None or not _in_full(page, name):
        return None
    return Label(line.start, line.end, "own-line", name=name, role=role, own_line=True)


def _with_office_below(page: Page, at: int, label: Label | None) -> Label | None:
    """``label`` with the line under it, where that holds the speaker's office and nothing else."""
    if label is None or at + 1 >= len(page.lines):
        return label
    below = page.lines[at + 1]
    text = below.text.strip("*_# ")
    office = (
        bool(text) and len(text) < 100 and has_role_head(text) and text[-1] not in ".?!:,;" and is_capitalised(text)
    )
    if not office or is_person_name(text):
        return label
    return replace(label, end=below.end, role=label.role or text)


def _is_body(text: str) -> bool:
    return is_name_like(re.sub(r"\s+(?:for|in|on|at|to)\s+", " ", text), most=8)


def _somebody(who: str) -> str | None:
    """The person of ``"Maj Gen Ann Lee"``, ``"Ann Lee"`` or ``"Ambassador Ann Lee"``."""
    if has_honorific(who) or is_person_name(who):
        return who
    _role, name = split_role_and_name(who) if has_role_head(who) else (None, None)
    return name if name and is_person_name(name) else None


def _in_full(page: Page, name: str) -> bool:
    """Whether ``name`` is somebody's whole name as the document has it, not only a surname."""
    if not is_person_name(name):
        return False
    known = page.registry.find(name)
    return known is not None and len(fold_words(name)) >= 2


def _run_on(page: Page, at: int) -> Label | None:
    """``Ann Lee I would say``: a whole name, then a sentence that starts anew."""
    line = page.lines[at]
    words = [
        (found.start(), found[0])
        for found in re.finditer(r"\S+", page.text[line.start : min(line.end, line.start + 160)])
    ]
    for count in range(2, min(7, len(words))):
        start, word = words[count]
        if fold(word) not in _STARTERS or not word.lstrip('"“«(')[:1].isupper():
            continue
        name = page.text[line.start : line.start + start].strip(" *_")
        role, person = split_role_and_name(name) if has_role_head(name) else (None, name)
        if person and _in_full(page, person) and name[-1:] not in ".,;":
            return Label(line.start, line.start + start, "name", name=person, role=role)
    return None


def _speech_follows(page: Page, at: int, labels: Collection[int]) -> bool:
    """Whether the next line that says anything is speech, and no label, caption or the end."""
    for after in range(at + 1, min(at + 40, len(page.lines))):
        text = page.lines[after].text
        if not text or after in page.skipped or is_stage_direction(text):
            continue
        if after in labels or is_media_note(text):
            return False
        return (
            len(text) > 25 or text[-1:] in ".?!…:" or bool(re.search(r"\b(?:I|we|you|yes|no)\b", text, re.IGNORECASE))
        )
    return False
