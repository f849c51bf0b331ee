"""From a saved web page to its visible text, and which parts of it are no content.

The page is read as a stream of events, so its depth costs nothing. Scripts, styles, templates and hidden parts are not
visible and leave no text; navigation, forms and footers are visible and stay, marked as dropped.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.types import Region

_INVISIBLE = frozenset(
    "script style template noscript head object iframe svg math canvas audio video select option".split()
)
_FURNITURE = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "side column",
    "form": "form",
    "button": "form",
    "menu": "navigation",
    "dialog": "form",
    "figcaption": "caption",
}
_ROLES = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "page footer",
    "search": "form",
    "dialog": "form",
}
_NAMED = (
    (
        re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|topbar|skip|lang|languages?)(?:$|[\s_-])"),
        "navigation",
    ),
    (re.compile(r"(?:^|[\s_-])(?:footer|foot|copyright)(?:$|[\s_-])"), "page footer"),
    (
        re.compile(
            r"(?:^|[\s_-])(?:cookies?|consent|login|signin|signup|register|registration|newsletter)(?:$|[\s_-])"
        ),
        "form",
    ),
    (re.compile(r"(?:^|[\s_-])(?:share|sharing|social|sidebar|related|advert|ads|banner)(?:$|[\s_-])"), "side column"),
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCK = frozenset(
    """address article blockquote body caption center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6
    header hr
    html main ol p pre section table tbody thead tfoot tr ul summary details""".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# &#150; and its like are Windows-1252 positions (HTML Standard, numeric character reference end state)
_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass(frozen=True, slots=True)
class Page:
    """The visible text of a page, with its own address and language where the markup states them."""

    text: str
    url: str | None
    language: str | None
    dropped: tuple[Region, ...]


def html_page(markup: str) -> Page:
    """Read one page. Never fails: what is no markup is text."""
    from lxml import etree

    reader = _Reader()
    # huge_tree lifts libxml2's depth limit; no tree is built here, and the size of the file is bounded before
    parser = etree.HTMLParser(target=reader, huge_tree=True, recover=True, remove_comments=True, encoding="utf-8")
    data = markup.replace("\0", " ").encode("utf-8", "replace")
    for at in range(0, len(data), 2**16):
        parser.feed(data[at : at + 2**16])
    with contextlib.suppress(etree.LxmlError):  # an empty document, or nothing but comments
        parser.close()
    return reader.page()


@dataclass(slots=True)
class _Reader:
    """Receives the events of the markup, in order."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    open_tags: list[tuple[str, str | None]] = field(default_factory=list)  # each with the reason it is no content
    hidden: int = 0  # how many of them hide their content
    furniture: int = 0  # how many of them are navigation, forms or footers
    regions: list[Region] = field(default_factory=list)
    furniture_from: int | None = None
    breaks: int = 0  # line breaks owed before the next text
    url: str | None = None
    language: str | None = None

    def start(self, tag: object, attributes: Mapping[str, str]) -> None:
        name = str(tag).lower()
        self._note(name, attributes)
        if name == "br":
            self.breaks = min(2, self.breaks + 1)
        elif name in _BLOCK:
            self.breaks = 2
        elif name in {"li", "td", "th"}:
            self.breaks = max(1, self.breaks)
        if name in _VOID:
            return
        reason = self._reason(name, attributes)
        self.open_tags.append((name, reason))
        self.hidden += reason == "hidden"
        if reason not in (None, "hidden"):
            self.furniture += 1
            if self.furniture_from is None:
                self.furniture_from = self.length
        if name == "li":
            self._write("• ", starts_line=True)

    def end(self, tag: object) -> None:
        name = str(tag).lower()
        if name in _VOID:
            return
        if name in _BLOCK:
            self.breaks = 2
        elif name in {"li", "td", "th"}:
            self.breaks = max(1, self.breaks)
        while self.open_tags:
            opened, reason = self.open_tags.pop()
            self._closed(reason)
            if opened == name:
                break

    def data(self, data: str) -> None:
        if self.hidden:
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data.translate(_WINDOWS))
        if text.strip(" "):
            self._write(text)
        elif text and self.pieces and not self.breaks:
            self._write(" ")

    def close(self) -> None:
        while self.open_tags:
            self._closed(self.open_tags.pop()[1])

    def page(self) -> Page:
        """What was read, once the markup has ended."""
        self.close()
        return Page("".join(self.pieces), self.url, self.language, tuple(self.regions))

    def _write(self, text: str, *, starts_line: bool = False) -> None:
        if self.hidden:
            return
        if self.breaks or starts_line:
            text = ("\n" * self.breaks if self.pieces else "") + text.lstrip(" ")
            self.breaks = 0
        elif self.pieces and self.pieces[-1].endswith(" "):
            text = text.lstrip(" ")
        self.pieces.append(text)
        self.length += len(text)

    def _closed(self, reason: str | None) -> None:
        self.hidden -= reason == "hidden"
        if reason in (None, "hidden"):
            return
        self.furniture -= 1
        if not self.furniture and self.furniture_from is not None:
            if self.length > self.furniture_from:
                self.regions.append(Region("dropped", self.furniture_from, self.length, reason or ""))
            self.furniture_from = None

    def _reason(self, name: str, attributes: Mapping[str, str]) -> str | None:
        if name in _INVISIBLE or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return "hidden"
        if _HIDDEN_STYLE.search(attributes.get("style", "").lower()):
            return "hidden"
        if name in ("html", "body", "main", "article", "table", "tr", "td", "p", "h1", "h2", "h3"):
            return None
        if reason := _FURNITURE.get(name) or _ROLES.get(attributes.get("role", "").lower()):
            return reason
        names = f"{attributes.get('id', '')} {attributes.get('class', '')}".lower()[:200]
        return next((why for pattern, why in _NAMED if names.strip() and pattern.search(names)), None)

    def _note(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "html" and self.language is None:
            self.language = (attributes.get("lang") or "")[:2].lower() or None
        elif (name == "link" and attributes.get("rel", "").lower() == "canonical") or (
            name == "meta" and attributes.get("property", "").lower() == "og:url"
        ):
            self.url = self.url or attributes.get("href") or attributes.get("content") or None
