"""Which way words are written, and which fonts an office program should take for them. Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

SERIF, SANS = "Georgia", "Calibri"
"""What office programs have or replace by a font of the same measure."""

COMPLEX_SERIF, COMPLEX_SANS = "Times New Roman", "Arial"
"""For Arabic, Hebrew and other scripts that are shaped."""

_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


def east_asian(text: str) -> str:
    """The font for the East Asian characters of ``text``: Japanese, Korean, else Chinese."""
    if _KANA.search(text):
        return "Yu Mincho"
    return "Malgun Gothic" if _HANGUL.search(text) else "SimSun"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left (Unicode Standard Annex 9, P2)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def by_direction(text: str) -> list[tuple[str, bool]]:
    """``text`` in stretches, each with whether it is written from right to left; what has no direction stays with the
    stretch before it.
    """
    current, marked = is_right_to_left(text), []
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            current = direction != "L"
        marked.append((sign, current))
    return [("".join(sign for sign, _ in group), right) for right, group in groupby(marked, key=lambda pair: pair[1])]
