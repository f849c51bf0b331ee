"""Which way words are written, and which fonts an office program should take for them. Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

SERIF, SANS = "Georgia", "Calibri"
"""What office programs have or replace by a font of the same measure."""

COMPLEX_SERIF, COMPLEX_SANS = "Times New Roman", "Arial"
"""For Arabic, Hebrew and other scripts that are shaped."""

# Combining marks; the scripts from Hebrew to Vedic, but for Georgian; joiners; variants; flags and skins of emoji.
_SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1100-\u1cff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u2d80-\u2dff\ua800-\uabff"
    "\ufb1d-\ufdff\ufe00-\ufeff\U00010800-\U00011fff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


def east_asian(text: str) -> str:
    """The font for the East Asian characters of ``text``: Japanese, Korean, else Chinese."""
    if _KANA.search(text):
        return "Yu Mincho"
    return "Malgun Gothic" if _HANGUL.search(text) else "SimSun"


def is_unshaped(text: str) -> bool:
    """Whether each character of ``text`` has one shape wherever it stands: Latin, Greek, Cyrillic and Georgian letters,
    Chinese, Japanese and Korean characters, and signs, all without marks that combine. Shaping costs half the time.
    """
    return not _SHAPED.search(text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left (Unicode Standard Annex 9, P2)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def right_to_left_tongue(text: str) -> str:
    """The language to name for words written from right to left: Hebrew by its letters, else Arabic."""
    return "he-IL" if any("\u0590" <= sign <= "\u05ff" for sign in text) else "ar-SA"


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
