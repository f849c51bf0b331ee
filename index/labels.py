"""What may be a speaker's label, read without regard to the rest of the document.

``read_label`` looks at the start of a line and says what a label there would mean. Whether it is one is decided in
``index.accept``, where the whole document is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.lexicon import (
    ANSWER_WORDS,
    HONORIFICS,
    JOURNALIST_ROLES,
    PARTICLES,
    QUESTION_WORDS,
    ROLE_HEADS,
    ROLE_QUALIFIERS,
    STOP_FIRST,
    UNKNOWN_WORDS,
    VERBS,
)
from index.names import (
    fold,
    fold_words,
    has_honorific,
    has_role_head,
    is_all_capitals,
    is_capitalised,
    is_name_like,
    is_outlet,
    is_person_name,
    is_role_phrase,
    split_role_and_name,
    tokens,
)

Form = Literal[
    "question", "answer", "unidentified", "bracket", "comma", "role", "titled", "name", "initials", "own-line"
]
LONGEST_LABEL = 140  # characters; the longest seen, an office in brackets, has 118
_COLON = re.compile(r" ?:(?: ?:)* *")
_TIME_CODE = re.compile(r"\s*[(\[](?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[)\]]\s*")
_LEAD = re.compile(r"(?:[*_>#]+ *|<v(?:\.\w+)* +|\[(?=[A-ZА-Я][^\]:]{0,60}\]:))+")
_BULLET = re.compile(r"^(?:[•·▪◦–—-]|\*(?!\*)\s|\d{1,2}[.)])\s")
_Q_BARE = re.compile(r"(?P<mark>Q\.?|QUESTION)(?:\s*(?=$)|[ ]{2,}|\s(?=[(\[“\"—…]|[A-Z]))")
_Q_DOT = re.compile(r"(?P<mark>Q[rsn]?|Qr)\s?[.:](?P<dots>\.{0,2})\s*(?=\S|$)")
_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]+)\.?\s*(?:no\.?\s*)?(?P<number>\d{1,3})?\s*(?:[(\[](?P<who>[^()\[\]]{1,80})[)\]])?(?:\s+(?:from|by|de|von)\s+(?P<from>.{2,60}))?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?P<name>[^()\[\]]{1,70}?)\s*[(\[](?P<inner>[^()\[\]]{2,118})[)\]]$")
_DASH = re.compile(r"\s+[-–—]\s+")
_MANNER = re.compile(
    r"^(?:via|through|as\s+interpreted|interpret\w+|translat\w+|in\s+\w+|speaking|off|by\s+phone|на|через|переклад|перевод)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label at ``start``; the speech would begin at ``end``.

    ``tail`` is what stands behind a comma or in brackets and may be an office or an outlet. ``sure`` means that the form
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


def read_label(text: str, start: int, end: int) -> Label | None:
    """The label at the start of the line ``text[start:end]``, if it could hold one."""
    if _BULLET.match(text, start, min(end, start + 8)):
        return None
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    line = text[at : min(end, at + LONGEST_LABEL + 60)]
    found = _question_mark(line) or _dashed(line) or _colon(line)
    if found is None:
        return None
    speech = _past_marks(text, at + found.end, end, opened=lead[0].strip() if lead else "")
    return replace(found, start=start, end=min(speech, end), own_line=speech >= end)


def _past_marks(text: str, at: int, end: int, *, opened: str) -> int:
    """Past white space and the marks that close a label in bold; an asterisk that opens a word in italics stays."""
    while at < end and text[at] == " ":
        at += 1
    for mark in ("***", "**", "__", "*", "_"):
        if opened.endswith(mark) and text.startswith(mark, at):
            at += len(mark)
            break
    while at < end and text[at] == " ":
        at += 1
    return at


def _question_mark(line: str) -> Label | None:
    """``Q:``, ``Q.``, ``Qr:``, or ``Q`` and a gap."""
    found = _Q_DOT.match(line)
    if found is None:
        bare = _Q_BARE.match(line)
        if bare is None or _DASH.match(line[bare.end("mark") : bare.end("mark") + 4]):
            return None
        return Label(0, bare.end(), "question", sure=True)
    if _DASH.match(line[found.end() - 1 :]):
        return None
    return _with_sublabel(line, Label(0, found.end() - len(found["dots"] or ""), "question", sure=True))


def _dashed(line: str) -> Label | None:
    """``Question - Ann Lee - TV - text`` and ``A Secretary General - text``."""
    found = re.match(r"(?P<mark>Q|A|[^\W\d_]{3,9})(?P<gap>\s+[-–—]\s+|\s+)(?=\S)", line)
    if found is None or fold(found["mark"]) not in QUESTION_WORDS | ANSWER_WORDS:
        return None
    asks = fold(found["mark"]) in QUESTION_WORDS
    parts = [piece.strip() for piece in _pieces(line, found.end())]
    if not parts and not found["gap"].strip():
        return None
    end = _end_of_pieces(line, found.end(), len(parts))
    label = Label(0, end, "question" if asks else "answer", sure=True, dashed=True)
    if not parts:
        return label
    if asks:
        name, outlet = _name_and_outlet(", ".join(parts))
        return replace(label, name=name, outlet=outlet)
    role, name = split_role_and_name(parts[0]) if has_role_head(parts[0]) else (None, parts[0])
    return replace(label, name=name, role=role)


def _pieces(line: str, at: int) -> list[str]:
    """The labelled parts between dashes, at most two, each capitalised as names are."""
    out: list[str] = []
    while len(out) < 2:
        dash = _DASH.search(line, at)
        if dash is None or dash.start() - at > 70:
            break
        piece = line[at : dash.start()]
        words = piece.replace(",", " ").split()
        small = [
            word
            for word in words
            if not is_capitalised(word) and fold(word) not in PARTICLES | ROLE_HEADS | ROLE_QUALIFIERS
        ]
        if (
            not words
            or small
            or len(words) > 8
            or {fold(word) for word in words} & VERBS
            or piece.rstrip()[-1:] in ".?!"
        ):
            break
        out.append(piece)
        at = dash.end()
    return out


def _end_of_pieces(line: str, at: int, count: int) -> int:
    for _ in range(count):
        dash = _DASH.search(line, at)
        at = dash.end() if dash else at
    return at


def _colon(line: str) -> Label | None:
    at = next(
        (
            found.start()
            for found in re.finditer(r" ?:", line[: LONGEST_LABEL + 20])
            if not _in_clock(line, found.end() - 1)
        ),
        None,
    )
    if at is None or at == 0:
        return None
    head, timed = line[:at].rstrip(" *_"), False
    colon = _COLON.match(line, at)
    end = colon.end() if colon else at + 1
    if code := _TIME_CODE.search(head):
        if code.end() == len(head):
            head, timed = head[: code.start()], True
    elif code := _TIME_CODE.match(line, end):
        timed, end = True, code.end()
    label = read_head(head.strip(" *_"))
    if label is None:
        return None
    label = replace(label, end=end, timed=timed, sure=label.sure or timed)
    return (
        _with_sublabel(line, label)
        if label.form == "question" and label.name is None and label.outlet is None
        else label
    )


def _in_clock(line: str, colon: int) -> bool:
    """Whether a colon stands between digits, as in 12:30, or in a web address."""
    return (line[colon - 1 : colon].isdigit() and line[colon + 1 : colon + 2].isdigit()) or line[
        colon + 1 : colon + 3
    ] == "//"


def read_head(head: str) -> Label | None:
    """What ``head``, the words before a colon, would be as a label."""
    if not head or len(head) > LONGEST_LABEL or head[0] in '"“«' or not any(char.isalpha() for char in head):
        return None
    capitals = is_all_capitals(head)
    label = _marker(head) or _initials(head) or _bracket(head) or _comma(head) or _office(head) or _name(head)
    return replace(label, capitals=capitals) if label else None


def _marker(head: str) -> Label | None:
    """Question, answer and unknown voices."""
    if asked := re.match(r"(?P<word>[^\W\d_]+)\s*\d{0,3}\s*(?:,|[-–—])\s+(?P<who>.{2,80})$", head):
        if (
            fold(asked["word"]) in QUESTION_WORDS | JOURNALIST_ROLES
            and is_capitalised(asked["who"])
            and is_capitalised(head)
        ):
            name, outlet = _name_and_outlet(asked["who"])
            return Label(0, 0, "question", name=name, outlet=outlet, sure=True)
    found = _NUMBERED.match(head) if is_capitalised(head) else None
    if found and fold(found["word"]) in QUESTION_WORDS | JOURNALIST_ROLES:
        if fold(found["word"]) in {"press", "student", "audience"} and (found["who"] or found["from"]):
            return None
        name, outlet = _name_and_outlet(found["who"] or found["from"] or "")
        return Label(0, 0, "question", name=name, outlet=outlet, sure=True)
    if found and fold(found["word"]) in ANSWER_WORDS and not found["from"]:
        name = found["who"]
        role = name if name and is_role_phrase(name) else None
        return Label(0, 0, "answer", name=None if role else name, role=role, sure=True)
    words = [word for word in fold_words(head) if not word.isdigit()] if is_capitalised(head) else []
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
    if not comma or not first or not rest or _prose(first) or fold_words(first)[:1] == [] or _starts_stopped(first):
        return None
    if has_role_head(first) and not is_person_name(first) and is_name_like(strip_tail(rest)):
        _role, name = split_role_and_name(first)
        if name is None or not is_person_name(name):
            return Label(0, 0, "comma", name=rest, role=first, sure=is_person_name(rest))
    if (
        not is_name_like(first)
        or not (is_capitalised(rest) or has_role_head(rest))
        or (_prose(rest) and not has_role_head(rest))
    ):
        return None
    sure = is_outlet(rest) or (is_person_name(first) and has_role_head(rest))
    return Label(0, 0, "comma", name=first, tail=rest, sure=sure)


def strip_tail(text: str) -> str:
    """What stands before the next comma."""
    return text.split(",", 1)[0].strip()


def _office(head: str) -> Label | None:
    """An office alone, or an office and a name."""
    if (not has_role_head(head) and not has_honorific(head)) or _starts_stopped(head, but=("the", "le", "la")):
        return None
    if is_role_phrase(head):
        return Label(0, 0, "role", role=head, sure=is_capitalised(head) or fold_words(head)[0] in ROLE_HEADS)
    if has_honorific(head):
        return Label(0, 0, "titled", name=head, sure=True)
    if _prose(head):
        return None
    role, name = split_role_and_name(head)
    if name is None:
        return Label(0, 0, "role", role=head)
    if not is_name_like(name):
        return None
    return Label(0, 0, "titled", name=name, role=role, sure=is_person_name(name) or is_all_capitals(head))


def _name(head: str) -> Label | None:
    if _prose(head) or _starts_stopped(head, but=("le", "la", "les")) or not is_name_like(head):
        return None
    name, dash, tail = (
        (part.strip() for part in re.split(r"(\s+[-–—]\s+)", head + "  ", maxsplit=1))
        if _DASH.search(head)
        else (head, "", "")
    )
    return Label(0, 0, "name", name=name, tail=tail or None) if name or dash else None


def _prose(text: str) -> bool:
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


def _starts_stopped(text: str, *, but: tuple[str, ...] = ()) -> bool:
    words = fold_words(text)
    return bool(words) and words[0] in STOP_FIRST and words[0] not in but


def _with_sublabel(line: str, label: Label) -> Label:
    """``Question 1: Ann Lee, WSJ: text``: the second label names the journalist."""
    rest = line[label.end :]
    found = re.match(r"(?P<who>[^:?!]{2,80}?) ?:(?: ?:)* *", rest)
    if found is None or _in_clock(rest, rest.index(":")):
        return label
    who = found["who"].strip()
    if (
        _prose(who.replace(",", " "))
        or _starts_stopped(who)
        or not all(is_name_like(part) for part in who.split(",") if part.strip())
    ):
        return label
    if "," not in who and not is_person_name(who) and not is_outlet(who):
        return label
    name, outlet = _name_and_outlet(who)
    return replace(label, end=label.end + found.end(), name=name, outlet=outlet)


def _name_and_outlet(who: str) -> tuple[str | None, str | None]:
    """``"Ann Lee, BBC"``, ``"BBC, Ann Lee"``, ``"Ann Lee"`` or ``"BBC"`` as name and outlet."""
    parts = [
        part.strip() for part in re.split(r",|\s+(?:from|of|with|de)\s+(?=[A-Z])", who, maxsplit=1) if part.strip()
    ]
    if not parts:
        return None, None
    if len(parts) == 1:
        return (None, parts[0]) if is_outlet(parts[0]) or not is_person_name(parts[0]) else (parts[0], None)
    first, second = parts
    return (second, first) if is_outlet(first) and not is_outlet(second) else (first, second)
