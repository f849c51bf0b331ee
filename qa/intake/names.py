"""File names that a stranger gave, made safe for every file system. Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 120  # bytes of UTF-8; file systems allow 255, and a number may still be added
_SHOWN = 120  # characters of a name in a message
_FALLBACK = "transcript"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)  # devices of Windows
_UNREAD = re.compile(r"(?:readme|__macosx)", re.IGNORECASE)  # what a search of folders passes over
_PLAIN = frozenset(" ._-()+,'’&")


def safe_name(given: str, taken: Collection[str] = ()) -> str:
    """``given`` as the name of a plain file: no folder, not hidden, of no device, and unlike each of ``taken``.

    Letters and digits of every script stay. Two names are alike where a file system may not tell them apart.
    """
    stem, suffix = _parts(given)
    stem = stem or _FALLBACK
    if _RESERVED.match(stem) or _UNREAD.match(stem):
        stem = f"_{stem.lstrip('_')}"
    folded = {_folded(name) for name in taken}
    candidates = (f"{stem}{suffix}" if at == 1 else f"{stem}-{at}{suffix}" for at in count(1))
    return next(name for name in candidates if _folded(name) not in folded)


def shown_name(given: str) -> str:
    """``given`` as it may stand in a message: its last part, without what is invisible, and not too long."""
    visible = "".join(
        letter for letter in _last(given)[: 4 * _SHOWN] if not unicodedata.category(letter).startswith("C")
    )
    name = " ".join(visible.split())
    return (name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…") or _FALLBACK


def _parts(given: str) -> tuple[str, str]:
    """Stem and suffix of the last part of a path, in plain characters and at most ``_LONGEST`` bytes."""
    plain = "".join(map(_plain, unicodedata.normalize("NFC", _last(given))))
    name = re.sub(r"\s+", " ", plain).rstrip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", suffix):
        stem, suffix = name, ""
    # a name that opens with a dash would be an option to other programs
    stem = re.sub(r"^-+", "_", _cut(stem.strip(" .")))
    return stem, f".{suffix.lower()}" if suffix else ""


def _last(given: str) -> str:
    return re.split(r"[/\\]", given)[-1]


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in _PLAIN or category[0] in "LMN":
        return letter
    if category[0] == "Z" or letter in "\t\r\n":
        return " "
    return "" if category[0] == "C" else "_"


def _cut(text: str) -> str:
    return text.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip(" .")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
