"""The text as the parser reads it, and the way back to the text as it is.

White space of every width becomes a space, invisible characters vanish and mis-decoded letters are mended, so that one
rule fits all pages; every position of the reading maps back to a position of the source, which stays untouched.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_BREAKS = "\u000b\u000c\u0085\u2028\u2029"
_CONTROLS = "".join(map(chr, [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]))
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + BIDI
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_BREAKS, "\n"),
        **dict.fromkeys(_CONTROLS, " "),
        **dict.fromkeys("’‘ʼ`´", "'"),
        "：": ":",
    }
)
_MOST_MENDED = 300_000  # letters; what is broken beyond that is left as it is
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# what UTF-8 looks like when read as Windows-1252: a lead byte, then one to three continuation bytes
_LEAD = "[Â-ôŠŽš]"
_TRAIL = "[\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(f"{_LEAD}{_TRAIL}{{1,3}}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view: ``text`` is stripped and starts at ``start``; ``next`` is where the following line begins."""

    start: int
    end: int
    next: int
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is the reading of ``raw``; ``_gaps`` tells where characters of the source have no counterpart in it."""

    raw: str
    text: str
    _gaps: Sequence[int] = field(repr=False)

    def raw_at(self, at: int) -> int:
        """The offset in ``raw`` of position ``at`` of ``text`` (its length maps to the length of ``raw``)."""
        return len(self.raw) if at >= len(self.text) else at + bisect_right(self._gaps, at)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """``text[start:end]`` as a span of ``raw``, without surrounding white space or invisible characters."""
        raw_start, raw_end = self.raw_at(start), self.raw_at(end)
        while raw_start < raw_end and _is_blank(self.raw[raw_start]):
            raw_start += 1
        while raw_end > raw_start and _is_blank(self.raw[raw_end - 1]):
            raw_end -= 1
        return raw_start, raw_end

    def lines(self) -> list[Line]:
        """All lines, blank ones too. A line of several cells (``a | b | c``), as flattened tables have it, is one line
        each.
        """
        out, at = [], 0
        for piece in self.text.split("\n"):
            cells = piece.split(" | ") if piece.count(" | ") > 1 else [piece]
            for number, cell in enumerate(cells):
                width = len(cell) + (3 if number < len(cells) - 1 else 1)
                bare = cell.strip()
                start = at + (len(cell) - len(cell.lstrip()) if bare else 0)
                out.append(Line(start, start + len(bare), min(at + width, len(self.text)), bare))
                at += width
        return out


def read_as_view(raw: str, blanked: Sequence[tuple[int, int]] = ()) -> View:
    """The reading of ``raw``; the spans of ``blanked`` read as white space."""
    text = raw.replace("\r\n", " \n").replace("\r", "\n").translate(_SAME_LENGTH)
    if blanked:
        text = _blank_out(text, blanked)
    removed = [found.start() for found in _INVISIBLE.finditer(text)]
    mended = _mended(raw)
    if not removed and not mended:
        return View(raw, text, ())
    return _without(raw, text, removed, mended)


def _blank_out(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces += (text[at:start], re.sub(r"\S", " ", text[max(at, start) : end]))
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def has_mojibake(raw: str) -> bool:
    """Whether letters of ``raw`` were mis-decoded (UTF-8 read as Windows-1252)."""
    return bool(_mended(raw, most=1))


def mend(text: str) -> str:
    """``text`` with mis-decoded letters put right, for display."""
    for start, end, letter in reversed(_mended(text)):
        text = text[:start] + letter + text[end:]
    return text


def _mended(raw: str, *, most: int = _MOST_MENDED) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in _MOJIBAKE.finditer(raw):
        for length in (len(match[0]), 3, 2):
            piece = match[0][:length]
            letter = _redecoded(piece)
            if letter is not None:
                found.append((match.start(), match.start() + len(piece), letter))
                break
        if len(found) >= most:
            break
    return found


def _redecoded(piece: str) -> str | None:
    data = bytearray()
    for letter in piece:
        code = ord(letter)
        try:
            data += bytes([code]) if 0x80 <= code < 0xA0 else letter.encode("cp1252")
        except UnicodeEncodeError:
            return None
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return decoded if len(decoded) == 1 else None


def _without(raw: str, text: str, removed: list[int], mended: list[tuple[int, int, str]]) -> View:
    edits = sorted([(at, at + 1, "") for at in removed] + mended)
    pieces: list[str] = []
    gaps = array("Q")
    at = length = 0
    for start, end, letter in edits:
        if start < at:
            continue
        letter = letter.translate(_SAME_LENGTH)
        pieces += (text[at:start], letter)
        length += start - at + len(letter)
        gaps.extend([length] * (end - start - len(letter)))
        at = end
    pieces.append(text[at:])
    return View(raw, "".join(pieces), gaps)


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter in INVISIBLE or letter == "\0"
