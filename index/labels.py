"""What may be a speaker's label, read without regard to the rest of the document.

``read_label`` looks at the start of a line and says what a label there would mean. Whether it is one is decided in
``index.accept``, where the whole document is known.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.heads import LONGEST_LABEL, Label, is_prose, name_and_outlet, read_head, starts_stopped
from index.lexicon import ANSWER_WORDS, PARTICLES, QUESTION_WORDS, ROLE_HEADS, ROLE_QUALIFIERS, VERBS
from index.names import (
    fold,
    has_role_head,
    is_capitalised,
    is_name_like,
    is_outlet,
    is_person_name,
    split_role_and_name,
)

_COLON = re.compile(r" ?:(?: ?:)* *")
_TIME_CODE = re.compile(r"\s*[(\[](?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[)\]]\s*")
_LEAD = re.compile(r"(?:[*_>#]+ *|\[(?=[A-ZА-Я][^\]:]{0,60}\]:))+")
_BULLET = re.compile(r"^(?:[•·▪◦–—-]|\*(?!\*)\s|\d{1,2}[.)])\s")
_Q_BARE = re.compile(r"(?P<mark>Q\.?|QUESTION)(?:\s*(?=$)|[ ]{2,}|\s(?=[(\[“\"—…]|[A-Z])|(?=(?:\*{1,3}|_{1,2})\s))")
_Q_DOT = re.compile(r"(?P<mark>Q[rsn]?|Qr)\s?[.:](?P<dots>\.{0,2})\s*(?=\S|$)")
_Q_BRACKET = re.compile(r"(?:Q|QUESTION)\s?[(\[][^()\[\]]{1,80}[)\]]\s?:")
_VOICE_TAG = re.compile(r"<v(?:\.[\w-]+)*\s+(?P<who>[^>]{1,60})>\s*")
_BRACKETED_VOICE = re.compile(r"\[(?P<who>[^\[\]:]{2,30})\]\s+(?=[^\W\d_])")
_DASH = re.compile(r"\s+[-–—]\s+")


def read_label(text: str, start: int, end: int) -> Label | None:
    """The label at the start of the line ``text[start:end]``, if it could hold one."""
    if _BULLET.match(text, start, min(end, start + 8)):
        return None
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    line = text[at : min(end, at + LONGEST_LABEL + 60)]
    found = _voice(line) or _question_mark(line) or _dashed(line) or _colon(line)
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


def _voice(line: str) -> Label | None:
    """``<v Speaker 1>`` of subtitles, and ``[Woman]`` without a colon."""
    if found := _VOICE_TAG.match(line):
        label = read_head(found["who"].strip())
        return replace(label, end=found.end(), sure=True) if label else None
    found = _BRACKETED_VOICE.match(line)
    label = read_head(found["who"].strip()) if found else None
    if found and label and label.form == "unidentified":
        return replace(label, end=found.end())
    return None


def _question_mark(line: str) -> Label | None:
    """``Q:``, ``Q.``, ``Qr:``, or ``Q`` and a gap."""
    found = _Q_DOT.match(line)
    if found is None:
        bare = _Q_BARE.match(line)
        if bare is None or _Q_BRACKET.match(line) or _DASH.match(line[bare.end("mark") : bare.end("mark") + 4]):
            return None
        return Label(0, bare.end(), "question", sure=True)
    if _DASH.match(line[found.end() - 1 :]):
        return None
    return _with_sublabel(line, Label(0, found.end() - len(found["dots"] or ""), "question", sure=True))


def _dashed(line: str) -> Label | None:
    """``Question - Ann Lee - TV - text`` and ``A Secretary General - text``."""
    found = re.match(r"(?P<mark>Q|A|[^\W\d_]{3,9})(?P<gap>\s+[-–—]\s+|\s+)(?=\S)", line)
    if found is None or fold(found["mark"]) not in QUESTION_WORDS | ANSWER_WORDS:
        return _dashed_office(line)
    asks = fold(found["mark"]) in QUESTION_WORDS
    parts = [piece.strip() for piece in _pieces(line, found.end())]
    if not parts and not found["gap"].strip():
        return None
    end = _end_of_pieces(line, found.end(), len(parts))
    label = Label(0, end, "question" if asks else "answer", sure=True, dashed=True)
    if not parts:
        return label
    if asks:
        name, outlet = name_and_outlet(", ".join(parts))
        return replace(label, name=name, outlet=outlet)
    role, name = split_role_and_name(parts[0]) if has_role_head(parts[0]) else (None, parts[0])
    return replace(label, name=name, role=role)


def _dashed_office(line: str) -> Label | None:
    """``Secretary General – text``: a label only on a page whose questions are marked with dashes."""
    dash = _DASH.search(line, 0, 60)
    head = line[: dash.start()] if dash else ""
    label = read_head(head) if head and ":" not in head else None
    if dash is None or label is None or label.form not in {"role", "titled"}:
        return None
    if len(line) - dash.end() < 60 and line.rstrip()[-1] not in ".?!…":
        return None  # "Mr. Ann Lee - Org" on a line of its own
    return replace(label, end=dash.end(), dashed=True, sure=True)


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


def _with_sublabel(line: str, label: Label) -> Label:
    """``Question 1: Ann Lee, WSJ: text``: the second label names the journalist."""
    rest = line[label.end :]
    found = re.match(r"(?P<who>[^:?!]{2,80}?) ?:(?: ?:)* *", rest)
    if found is None or _in_clock(rest, rest.index(":")):
        return label
    who = found["who"].strip()
    if (
        is_prose(who.replace(",", " "))
        or starts_stopped(who)
        or not all(is_name_like(part) for part in who.split(",") if part.strip())
    ):
        return label
    if "," not in who and not is_person_name(who) and not is_outlet(who):
        return label
    name, outlet = name_and_outlet(who)
    return replace(label, end=label.end + found.end(), name=name, outlet=outlet)
