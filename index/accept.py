"""Which possible labels are labels: the decision that needs the whole document.

A form such as "Ann Lee (Minister):" proves itself. A bare "Ann Lee:" must be somebody the document knows, be called in
the
lines before, come again, or stand in a page that is clearly labelled; "Second, the dykes:" never is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.fullnames import complete_names, is_introduced
from index.heads import Label
from index.labels import read_label
from index.lexicon import ORG_WORDS, PARTICLES
from index.names import fold, fold_words, has_role_head, is_outlet, is_person_name, is_role_phrase
from index.noise import is_media_note
from index.registry import Registry
from index.view import Line

_ENDS = '.!?…"”»)]:;—–-|*_'
_SOME_WIDTH = 20
_LEFT_OPEN = re.compile(r"\s(?:and|or|but|of|the|a|an|to|with|by|that|which|in|on|for|from|at|et|de|des|и|і)$")
_FULL_WIDTH = 45  # characters: a line this long that ends in mid-sentence was wrapped
MOST_HEADER_LINES = 60
_CALL_REACH = 300  # characters before a label in which a moderator may have called its bearer
_CAPTION = re.compile(
    r"^(?:at|in|on|with|during|after|before|arriving|arrives|speaking|meeting|left|right|from|and)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """A document on its way: its reading, its lines, and what has been found in them so far."""

    text: str
    lines: Sequence[Line]
    skipped: Mapping[int, str]
    candidates: Mapping[int, Label]
    repeats: Mapping[str, int] = field(default_factory=dict)
    dash_style: bool = False
    header_lines: Collection[int] = ()
    header_text: str = ""
    floor: int = 0
    registry: Registry = field(default_factory=Registry)


def read_candidates(text: str, lines: Sequence[Line], skipped: Mapping[int, str]) -> dict[int, Label]:
    """The possible label of each line, by the index of the line."""
    found = {}
    for at, line in enumerate(lines):
        if line.text and at not in skipped and (label := read_label(text, line.start, line.end)):
            found[at] = label
    return found


def voices_of_cues(lines: Sequence[Line], candidates: Mapping[int, Label]) -> dict[int, Label]:
    """The labels of subtitles that name voices: those that open a paragraph, and need no further proof.

    Subtitles with names among the words have no paragraphs; their labels are read as on any page.
    """
    if all(line.text for line in lines):
        return dict(candidates)
    return {
        at: replace(label, sure=True, timed=True)
        for at, label in candidates.items()
        if at == 0 or not lines[at - 1].text
    }


def new_page(text: str, lines: Sequence[Line], skipped: Mapping[int, str], candidates: Mapping[int, Label]) -> Page:
    """A page whose candidates are known, with what follows from all of them together."""
    dashed = sum(label.dashed and label.form == "question" for label in candidates.values())
    repeats = Counter(_key(label) for label in candidates.values())
    return Page(text, lines, skipped, candidates, repeats, dashed > 1)


def is_certain(page: Page, at: int) -> bool:
    """Whether a label that needs no further proof stands on line ``at``; the header ends there."""
    label = page.candidates.get(at)
    if (
        label is None
        or (is_wrapped(page, at) and label.form not in {"question", "bracket"})
        or _is_caption(page, at, label)
    ):
        return False
    if label.form in {"question", "bracket", "unidentified", "role"} and label.sure:
        return not label.dashed or page.dash_style
    if label.form == "titled" and label.sure:
        return True
    if label.form == "name" and is_person_name(label.name or ""):
        return (not label.own_line and _again(page, label)) or _named_above(page, at, label)
    return label.form == "comma" and label.sure and not label.own_line


def accept_labels(page: Page) -> list[Label]:
    """The labels that stand at the start of a line, in order. Fills ``page.registry`` with who they name."""
    usable = [
        (at, label)
        for at, label in sorted(page.candidates.items())
        if at >= page.floor and not _is_caption(page, at, label)
    ]
    accepted: dict[int, Label] = {}
    for at, label in usable:
        if _proves_itself(page, at, label):
            accepted[at] = label
            register(page.registry, label)
    style = _Style()
    for label in accepted.values():
        style.note(label)
    repeated = Counter(_key(label) for at, label in usable if not is_wrapped(page, at))
    for at, label in usable:
        if at not in accepted and _is_supported(page, at, label, style, repeated=repeated[_key(label)]):
            accepted[at] = label
            style.note(label)
            register(page.registry, label)
    complete_names(page.registry, page.text)
    return [accepted[at] for at in sorted(accepted)]


def register(registry: Registry, label: Label) -> None:
    """Enter the person a label names, with the office or outlet beside the name."""
    if label.name is None or label.form in {"initials", "question"} or (is_outlet(label.name) and label.form == "name"):
        return
    known = registry.find(label.name)
    outlet = label.tail if label.tail and is_outlet(label.tail) and not has_role_head(label.tail) else None
    role = label.role or (label.tail if label.tail and not outlet else None)
    if label.form == "answer" and known is None:
        return
    registry.add(label.name, role=role, affiliation=outlet)


def is_wrapped(page: Page, at: int) -> bool:
    """Whether line ``at`` goes on with the sentence of the line before it, as hard-wrapped pages have it."""
    if at == 0 or at - 1 in page.header_lines or "\n" not in page.text[page.lines[at - 1].end : page.lines[at].start]:
        return False
    before = page.lines[at - 1].text
    unfinished = len(before) >= _FULL_WIDTH or (len(before) >= _SOME_WIDTH and _LEFT_OPEN.search(before))
    return bool(unfinished) and before[-1] not in _ENDS and at - 1 not in page.skipped


def _proves_itself(page: Page, at: int, label: Label) -> bool:
    if not label.sure or (label.form in {"answer", "name"} and not label.timed):
        return False
    if label.dashed:
        return page.dash_style
    wrapped = is_wrapped(page, at)
    if wrapped and (_speech_is_small(page, label) or label.form not in {"question", "bracket", "titled", "role"}):
        return False
    return not wrapped or label.form in {"question", "bracket"} or label.capitals


@dataclass(slots=True)
class _Style:
    """How the labels accepted so far look."""

    labels: int = 0
    capitals: int = 0
    outlets: int = 0
    asks: bool = False

    def note(self, label: Label) -> None:
        self.labels += 1
        self.capitals += label.capitals
        self.outlets += _names_outlet(label)
        self.asks = self.asks or label.form == "question"


def _is_supported(page: Page, at: int, label: Label, style: _Style, *, repeated: int) -> bool:
    """Whether the rest of the document speaks for a label whose form alone proves nothing."""
    if is_wrapped(page, at) or (label.dashed and not page.dash_style):
        return False
    if label.form == "answer":
        return style.asks
    if label.form == "initials":
        return page.registry.find_initials(label.name or "") is not None or is_called_outlet(page, label)
    if _is_known(page, label):
        return True
    if _speech_is_small(page, label):
        return False
    if _prose_heading(label):
        return label.name is not None and is_introduced(page.text, label.name, label.start)
    if repeated > 1 or _is_called(page, label):
        return True
    if label.capitals and style.capitals > 1:
        return True
    if label.form == "comma" and style.outlets:
        return _starts_paragraph(page, at)
    plausible = is_person_name(label.name or "") or is_outlet(label.name or "") or label.form == "role"
    return plausible and style.labels > 1 and _starts_paragraph(page, at)


def _is_known(page: Page, label: Label) -> bool:
    if label.name is not None and page.registry.find(label.name) is not None:
        return True
    if label.role is not None and label.name is None:
        return page.registry.find_role(label.role) is not None
    words = fold(label.name or "")
    named = (
        f" {words} " in f" {page.header_text} "
        and is_person_name(label.name or "")
        and not set(words.split()) & ORG_WORDS
    )
    return named and not _speech_is_small(page, label)


def _prose_heading(label: Label) -> bool:
    """One unknown word before a colon is a heading far more often than a speaker."""
    return (
        label.form == "name"
        and len(fold_words(label.name or "")) == 1
        and not label.capitals
        and not is_outlet(label.name or "")
    )


def _names_outlet(label: Label) -> bool:
    return label.form == "comma" and bool(label.tail) and is_outlet(label.tail or "")


def _is_called(page: Page, label: Label) -> bool:
    """Whether a moderator called the bearer of this label just before."""
    words = [word for word in fold_words(label.name or "") if word not in PARTICLES]
    before = set(fold_words(page.text[max(0, label.start - _CALL_REACH) : label.start]))
    return bool(words) and set(words) <= before


def is_called_outlet(page: Page, label: Label) -> bool:
    """Whether the words before a label end with the same acronym of an outlet: ``ARD.`` and then ``ARD: When?``"""
    before = page.text[max(0, label.start - _CALL_REACH) : label.start].rstrip(" \n.,!")
    return is_outlet(label.name or "") and bool(re.search(rf"\b{re.escape(label.name or '')}(?:,\s+please)?$", before))


def _again(page: Page, label: Label) -> bool:
    return page.repeats.get(_key(label), 0) > 1


def _named_above(page: Page, at: int, label: Label) -> bool:
    """Whether the lines above, a header so far, name the bearer of this label."""
    above = " ".join(
        fold(line.text) for line in page.lines[max(0, at - MOST_HEADER_LINES) : at] if len(line.text) < 400
    )
    return f" {fold(label.name or '')} " in f" {above} " and not _speech_is_small(page, label)


def _key(label: Label) -> str:
    return fold(label.name or label.role or label.form)


def _starts_paragraph(page: Page, at: int) -> bool:
    return at == 0 or not page.lines[at - 1].text or page.lines[at - 1].text[-1] in _ENDS


def _speech_is_small(page: Page, label: Label) -> bool:
    letter = page.text[label.end : label.end + 1]
    return not label.own_line and letter.islower()


def _is_caption(page: Page, at: int, label: Label) -> bool:
    """Whether a line only looks labelled: a photo's caption, or a heading over a list."""
    line = page.lines[at].text
    speech = page.text[label.end : page.lines[at].end].strip()
    if is_media_note(line) and len(speech) < 80 and speech[-1:] not in '.?!…"”':
        return True
    following = next((other.text for other in page.lines[at + 1 : at + 4] if other.text), "")
    if label.own_line and following[:1] in "•·▪◦–-" and following[:1] and label.form == "name":
        return True
    caption = bool(_CAPTION.match(speech)) and speech[-1:] not in ".!?…" and speech[:1].islower()
    return caption and label.form not in {"question", "answer"} and not is_role_phrase(line)


def with_own_lines(labels: Sequence[Label], page: Page) -> list[Label]:
    """``labels`` whose own line holds nothing else reach to the line where their speech begins."""
    out = []
    for label in labels:
        end = label.end
        if label.own_line:
            while end < len(page.text) and page.text[end].isspace():
                end += 1
        out.append(replace(label, end=end))
    return out
