"""The words before a colon: whose label they would be, read without regard to the rest of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.lexicon import (
    ANSWER_WORDS,
    HONORIFICS,
    JOURNALIST_ROLES,
    ORG_WORDS,
    PARTICLES,
    PRESS_OFFICE_WORDS,
    QUESTION_WORDS,
    ROLE_HEADS,
    ROLE_QUALIFIERS,
    STOP_FIRST,
    UNKNOWN_WORDS,
    VERBS,
    WHEREABOUTS,
)
from index.names import (
    fold,
    fold_words,
    has_honorific,
    has_role_head,
    is_all_capitals,
    is_capitalised,
    is_cyrillic,
    is_name_like,
    is_outlet,
    is_person_name,
    is_role_phrase,
    split_role_and_name,
    tokens,
)

LONGEST_LABEL = 140  # characters; the longest seen, an office in brackets, has 118
Form = Literal[
    "question", "answer", "unidentified", "bracket", "comma", "role", "titled", "name", "initials", "own-line"
]
_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]+)\.?\s*(?:no\.?\s*)?(?P<number>\d{1,3})?\s*(?:[(\[](?P<who>[^()\[\]]{1,80})[)\]])?(?:\s+(?:from"
    r"|by|de|von)\s+(?P<from>.{2,60}))?$",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(r"(?P<word>[^\W\d_]+)\s*\d{0,3}\s*(?:,|[-–—])\s+(?P<who>.{2,80})$")
_BRACKETED = re.compile(r"(?P<name>[^()\[\]]{1,70}?)\s*[(\[](?P<inner>[^()\[\]]{2,118})[)\]]$")
# "Lord Warden" is an office, "Lord Holt" a name
_LORD_OFFICE = (
    r"(?:the\s+)?(?:lord|lady)\s+(?:warden|mayor|chancellor|keeper|steward|lieutenant|president|advocate|chamberlain"
    r"|provost|commissioner|justice|speaker)"
)
_DASH = re.compile(r"\s+[-–—]\s+")
_MANNER = re.compile(
    r"^(?:via|through|as\s+interpreted|interpret\w+|translat\w+|in\s+\w+|speaking|off|by\s+phone"
    r"|на|через|переклад|перевод)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label at ``start``; the speech would begin at ``end``.

    ``tail`` is what stands behind a comma or in brackets and may be an office or an outlet. ``sure`` means that the
    form
    alone is proof; ``inline`` that it stands inside a line; ``own_line`` that its line holds nothing else.
    """

    start: int
    end: int
    form: Form
    name: str | None = None
    role: str | None = None
    tail: str | None = None
    outlet: str | None = None
    sure: bool = False
    inline: bool = False
    own_line: bool = False
    timed: bool = False
    dashed: bool = False
    capitals: bool = False


def read_head(head: str) -> Label | None:
    """What ``head``, the words before a colon, would be as a label."""
    if not head or len(head) > LONGEST_LABEL or head[0] in '"“«' or not any(char.isalpha() for char in head):
        return None
    capitals = is_all_capitals(head)
    label = _marker(head) or _initials(head) or _bracket(head) or _comma(head) or _office(head) or _name(head)
    return replace(label, capitals=capitals) if label else None


def _marker(head: str) -> Label | None:
    """Question, answer and unknown voices."""
    asked = _ASKED_BY.match(head) if is_capitalised(head) else None
    if asked and is_capitalised(asked["who"]) and fold(asked["word"]) in QUESTION_WORDS | JOURNALIST_ROLES:
        name, outlet = name_and_outlet(asked["who"])
        return Label(0, 0, "question", name=name, outlet=outlet, sure=True)
    found = _NUMBERED.match(head) if is_capitalised(head) else None
    if found and fold(found["word"]) in QUESTION_WORDS | JOURNALIST_ROLES:
        if fold(found["word"]) in {"press", "student", "audience"} and (found["who"] or found["from"]):
            return None
        name, outlet = name_and_outlet(found["who"] or found["from"] or "")
        return Label(0, 0, "question", name=name, outlet=outlet, sure=True)
    if found and fold(found["word"]) in ANSWER_WORDS and not found["from"]:
        name = found["who"]
        role = name if name and is_role_phrase(name) else None
        return Label(0, 0, "answer", name=None if role else name, role=role, sure=True)
    words = [word for word in fold_words(head) if not word.isdigit()] if is_capitalised(head) else []
    if words and words[0] in UNKNOWN_WORDS and all(word in UNKNOWN_WORDS | WHEREABOUTS for word in words):
        return Label(0, 0, "unidentified", tail=head, sure=True)
    if (
        words
        and all(word in UNKNOWN_WORDS | JOURNALIST_ROLES or len(word) == 1 for word in words)
        and words[0] not in {"a", "b"}
    ):
        asks = any(word in JOURNALIST_ROLES for word in words) and words[0] not in {"unidentified", "unknown"}
        return Label(0, 0, "question" if asks else "unidentified", role=None, tail=head, sure=True)
    return None


def _initials(head: str) -> Label | None:
    bare = head.strip("()[]. ").replace(".", "")
    if fold(bare) in ROLE_HEADS:
        return None  # SG
    return Label(0, 0, "initials", name=bare) if 2 <= len(bare) <= 3 and bare.isalpha() and bare.isupper() else None


def _bracket(head: str) -> Label | None:
    found = _BRACKETED.match(head)
    if found is None:
        return None
    name, inner = found["name"].strip(" ,"), found["inner"].strip()
    if not any(char.isalpha() for char in inner):
        return None
    if _MANNER.match(inner):
        return read_head(name)
    if fold(name) in QUESTION_WORDS:
        return None
    role, person = split_role_and_name(name) if has_role_head(name) else (None, name)
    if person is None:
        # "Moderator (Ann Lee)"
        return Label(0, 0, "bracket", name=inner if is_name_like(inner) else None, role=role, sure=True)
    if not is_name_like(person) or (fold_words(person)[:1] and fold_words(person)[0] in STOP_FIRST):
        return None
    return Label(0, 0, "bracket", name=person, role=role, tail=inner, sure=True)


def _comma(head: str) -> Label | None:
    """``Ann Lee, BBC`` · ``Ann Lee, NATO Spokesperson`` · ``NATO Secretary General, Ann Lee``."""
    first, comma, rest = head.partition(",")
    first, rest = first.strip(), rest.strip()
    if not comma or not first or not rest or is_prose(first) or fold_words(first)[:1] == [] or starts_stopped(first):
        return None
    if is_role_phrase(first) and not is_person_name(rest) and (has_role_head(rest) or _is_body(rest)):
        return Label(0, 0, "role", role=head, sure=True)  # "Moderator, Press Office"
    if has_role_head(first) and not is_person_name(first) and is_name_like(_before_comma(rest)):
        _role, name = split_role_and_name(first)
        if name is None or not is_person_name(name):
            return Label(0, 0, "comma", name=rest, role=first, sure=is_person_name(rest))
    if (
        not is_name_like(first)
        or not (is_capitalised(rest) or has_role_head(rest))
        or (is_prose(rest) and not has_role_head(rest))
    ):
        return None
    sure = is_outlet(rest) or (is_person_name(first) and has_role_head(rest))
    return Label(0, 0, "comma", name=first, tail=rest, sure=sure)


def _is_body(text: str) -> bool:
    return bool(set(fold_words(text)) & (ORG_WORDS | PRESS_OFFICE_WORDS))


def _before_comma(text: str) -> str:
    """What stands before the next comma."""
    return text.split(",", 1)[0].strip()


def _office(head: str) -> Label | None:
    """An office alone, or an office and a name."""
    if (not has_role_head(head) and not has_honorific(head)) or starts_stopped(head, but=("the", "le", "la")):
        return None
    if is_role_phrase(head):
        return Label(0, 0, "role", role=head, sure=is_capitalised(head) or fold_words(head)[0] in ROLE_HEADS)
    if re.fullmatch(_LORD_OFFICE, head, re.IGNORECASE):
        return Label(0, 0, "role", role=head, sure=True)
    if has_honorific(head):
        return Label(0, 0, "titled", name=head, sure=True)
    role, name = split_role_and_name(head)
    if is_prose(head) and not _is_cyrillic_office(head, name):
        return None
    if name is None:
        return Label(0, 0, "role", role=head)
    if not is_name_like(name):
        return None
    return Label(0, 0, "titled", name=name, role=role, sure=is_person_name(name) or is_all_capitals(head))


def _is_cyrillic_office(head: str, name: str | None) -> bool:
    """Whether small words stand only in the body an office belongs to: ``Генеральный секретарь Лиги портов Ян Ли``."""
    return is_cyrillic(head) and is_capitalised(head) and is_person_name(name or "") and not re.search(r"[,.;?!]", head)


def _name(head: str) -> Label | None:
    if is_prose(head) or starts_stopped(head, but=("le", "la", "les")) or not is_name_like(head):
        return None
    name, dash, tail = (
        (part.strip() for part in re.split(r"(\s+[-–—]\s+)", head + "  ", maxsplit=1))
        if _DASH.search(head)
        else (head, "", "")
    )
    return Label(0, 0, "name", name=name, tail=tail or None) if name or dash else None


def is_prose(text: str) -> bool:
    """Whether small words or verbs show that this is a clause and no label."""
    words = tokens(text)
    if len(words) > 8 or re.search(
        r"[.?!;]\s",
        re.sub(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Lt|Col|Gen|St|Prof|Adm|Capt|Maj)\.", "", text, flags=re.IGNORECASE),
    ):
        return True
    allowed = PARTICLES | ROLE_HEADS | ROLE_QUALIFIERS | HONORIFICS
    if is_all_capitals(text):
        return False
    return any(
        (not is_capitalised(word) and fold(word) not in allowed) or (not word[:1].isupper() and fold(word) in VERBS)
        for word in words
    )


def starts_stopped(text: str, *, but: tuple[str, ...] = ()) -> bool:
    words = fold_words(text)
    return bool(words) and words[0] in STOP_FIRST and words[0] not in but


def name_and_outlet(who: str) -> tuple[str | None, str | None]:
    """``"Ann Lee, BBC"``, ``"BBC, Ann Lee"``, ``"Ann Lee"`` or ``"BBC"`` as name and outlet."""
    parts = [
        part.strip()
        for part in re.split(r",|\s+(?:from|of|with|de)\s+(?=[A-Z])", who, maxsplit=1)
        if part.strip() and fold(part) not in UNKNOWN_WORDS
    ]
    if not parts:
        return None, None
    if len(parts) == 1:
        return (None, parts[0]) if is_outlet(parts[0]) or not is_person_name(parts[0]) else (parts[0], None)
    first, second = parts
    return (second, first) if is_outlet(first) and not is_outlet(second) else (first, second)
