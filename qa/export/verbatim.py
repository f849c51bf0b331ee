"""A quote's words as a file can hold them. Pure.

Some characters cannot be written: XML forbids most control characters, and those that reorder text would disturb the
lines around a quote. They are never shown as something else, since that would no longer be verbatim: they are left out
of the quote and named in a remark beside it. All of them are invisible.
"""

from __future__ import annotations

import re

# Controls but tab, line feed and the other white space; halves of surrogate pairs; embeddings, overrides and isolates
# (Unicode Standard Annex 9, table 2); and what is no character at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_NAMED = 6  # different characters that a remark names before it stops


def writable(text: str) -> str:
    """``text`` without what a file cannot hold, its line breaks all written as line feeds."""
    return _UNWRITABLE.sub("", _BREAK.sub("\n", text)).replace("\x1f", " ")


def one_line(text: str) -> str:
    """``writable`` text on one line, single spaces between its words; spaces that do not break stay what they are."""
    return _SPACE.sub(" ", writable(text)).strip()


def lines(text: str) -> tuple[str, ...]:
    """The lines of ``text`` that hold words, each without surrounding or doubled white space."""
    return tuple(line for line in (one_line(part) for part in writable(text).split("\n")) if line)


def left_out(text: str) -> tuple[str, ...]:
    """The characters that ``writable`` leaves out, each once as ``U+202E``, in the order of the text."""
    found = dict.fromkeys(_UNWRITABLE.findall(text))
    return tuple(f"U+{ord(one):04X}" for one in list(found)[:_NAMED])


def bare(text: str) -> str:
    """``text`` without any white space: what is compared when a written file is read again."""
    return "".join(writable(text).split())
