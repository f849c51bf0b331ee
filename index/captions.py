"""Subtitles: text cut into time-coded lines, in which nobody is named and nothing may be attributed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.view import Line

_CODE = re.compile(
    r"^(?:[\[(]?:?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?\.?(?:\s*(?:-->|>|-)\s*:?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?\.?(?:\s+\w+:\S+)*)?)\s*"
)
_VOICE = re.compile(r"^<v(?:\.\w+)*\s+[^>]{1,60}>|^(?:>>\s*)?[A-ZÀ-Þ][\w'-]*(?:\s[A-ZÀ-Þ\d][\w.'-]*){0,3}:\s")
# in a file of subtitles, where "Remember: the sea" is as likely as "Anna: the sea", a voice has more to it than a word
_FULL_VOICE = re.compile(
    r"^<v(?:\.\w+)*\s+[^>]{1,60}>|^>>|^[A-ZÀ-Þ][\w'-]*(?:\s[A-ZÀ-Þ\d][\w.'-]*){1,3}:\s|^[A-ZÀ-Þ]{2,}:\s"
)


def caption_code(text: str) -> int:
    """How many characters of time code a line starts with (0: none)."""
    found = _CODE.match(text)
    return found.end() if found else 0


def caption_body(lines: Sequence[Line], skipped: Mapping[int, str], *, all_cues: bool) -> tuple[int, int] | None:
    """The first and last line of a page of subtitles that name nobody; ``None`` for any other page.

    A page of subtitles has a time code on two fifths of its lines or more, counted without blank lines and cue
    numbers. ``all_cues`` says that every line is known to come from a cue.
    """
    told = [at for at, line in enumerate(lines) if line.text and at not in skipped and not line.text.isdigit()]
    coded = told if all_cues else [at for at in told if caption_code(lines[at].text)]
    if not coded or (not all_cues and (len(coded) < 3 or len(coded) * 5 < len(told) * 2)):
        return None
    voice = _FULL_VOICE if all_cues else _VOICE
    if any(voice.match(lines[at].text[caption_code(lines[at].text) :]) for at in told if at >= coded[0]):
        return None
    # a cue may hold its text on the lines below its code
    last = coded[-1]
    while last + 1 < len(lines) and lines[last + 1].text and _bare(lines, coded[-1]):
        last += 1
    return coded[0], last


def caption_start(lines: Sequence[Line], at: int) -> int:
    """Where the words of the subtitle begin that line ``at`` opens."""
    code = caption_code(lines[at].text)
    if code < len(lines[at].text):
        return lines[at].start + code
    following = next((line for line in lines[at + 1 :] if line.text), lines[at])
    return following.start


def _bare(lines: Sequence[Line], at: int) -> bool:
    return caption_code(lines[at].text) >= len(lines[at].text)
