"""Untrusted text made safe for Markdown and for HTML. Pure; what a reader sees stays what the source says."""

from __future__ import annotations

import html
import re

# Embeddings, overrides and isolates can reorder the text around them (Unicode Standard Annex 9, table 2). The plain
# marks U+200E, U+200F and U+061C cannot, and Arabic and Hebrew need them.
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_BIDI = re.compile(f"[{_REORDERING}]")
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_REORDERING}]")

# Everything that can open a construct inside a line, in CommonMark, in GitHub's dialect and in TeX delimiters.
_INLINE = re.compile(r"[\\`*_{}\[\]<>$~|]|&(?=#?\w)")
# A bare address becomes a link in GitHub's dialect.
_AUTOLINK = re.compile(r":(?=//)|@|(?<=[Ww]{3})\.")
# What opens a block at the start of a line: heading, list, rule, underline of a heading, numbered list.
_BLOCK = re.compile(r"^([#+=-])|^(\d{1,9})([.)])")
_SPACE = re.compile(r"[^\S\n]+")


def markdown_line(text: str) -> str:
    """``text`` as one line of Markdown that renders as itself: no markup, no link, no image, no control character."""
    return _escape_line(_SPACE.sub(" ", text.replace("\n", " ")).strip())


def markdown_lines(text: str, *, prefix: str = "") -> str:
    """``text`` as Markdown paragraphs, each line behind ``prefix`` (``"> "`` makes a block quote)."""
    lines = (_escape_line(_SPACE.sub(" ", line).strip()) for line in text.split("\n"))
    return "\n".join((prefix + line).rstrip() for line in lines)


def html_text(text: str) -> str:
    """``text`` for HTML content and attributes; read back as ``textContent`` it is unchanged.

    A character that reorders text is isolated, so that it ends where it stands. A carriage return is written as a
    reference because the HTML parser would turn it into a line feed.
    """
    escaped = html.escape(text, quote=True).replace("\r", "&#13;")
    return _BIDI.sub(lambda found: f'<bdi class="control">{found[0]}</bdi>', escaped)


def html_attribute(text: str) -> str:
    """``text`` for a quoted HTML attribute, its invisible characters named."""
    return html.escape(_name_unseen(text), quote=True)


def _escape_line(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", _name_unseen(text))
    text = _AUTOLINK.sub(r"\\\g<0>", text)
    return _BLOCK.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _name_unseen(text: str) -> str:
    """Control and reordering characters by their number: a terminal would obey them, a page would hide them."""
    return _UNSEEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)
