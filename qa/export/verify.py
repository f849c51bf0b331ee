"""A written file, opened again: every quote's words must be found in it, or the file is not given out.

White space aside the words are compared one by one. A PDF holds shapes in the order in which they are seen, so that of
words written from right to left only the words themselves can be compared, not their order.
"""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

from qa.export.verbatim import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pypdf import PageObject

    from qa.export.types import Format, Pack
    from qa.types import Quote

FOOT = 42.0
"""Points at the foot of a PDF page that hold its number and no quote."""

_PART = re.compile(r"(?P<what>.+ \d+) part \d+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class UnprovedExportError(AssertionError):
    """A quote read back from a file is not word for word the record's: a defect of the program, never of its input."""

    def __init__(self, format: Format, quote: Quote) -> None:
        super().__init__(f"{quote.doc_id}:{quote.start}-{quote.end} is not found in the written {format}")
        self.format = format
        self.quote = quote


def prove(pack: Pack, format: Format, data: bytes) -> int:
    """How many quotes of ``pack`` were found in the file that ``data`` is. Raises ``UnprovedExportError``."""
    text = _READERS[format](data)
    found = bare(text)
    quotes = tuple(quotes_of(pack))
    for quote in quotes:
        if bare(quote.text) not in found and not (format == "pdf" and _is_seen(quote.text, text)):
            raise UnprovedExportError(format, quote)
    return len(quotes)


def quotes_of(pack: Pack) -> Iterator[Quote]:
    """The quotes that the file holds: those of the cards, the questions that prompted them, the quiz's proofs."""
    for card in pack.cards:
        yield card.citation.quote
        if card.citation.asked:
            yield card.citation.asked
    for item in pack.quiz:
        yield item.citation.quote
        yield from (option.quote for option in item.option_citations if option)


def markdown_text(data: bytes) -> str:
    """What a Markdown file says once its marks are taken away."""
    lines = (re.sub(r"\A(?:> ?)+", "", line) for line in data.decode("utf-8").split("\n"))
    return _ESCAPED.sub(r"\1", "\n".join(lines))


def docx_text(data: bytes) -> str:
    """The paragraphs of a Word file in their order; foot notes and their numbers are not among them."""
    from docx import Document

    document = Document(io.BytesIO(data))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in document.element.body.iter(f"{_W}p"))


def pptx_text(data: bytes) -> str:
    """The slides' texts; the parts of what goes on over several slides are joined, a quote's without its marks."""
    from pptx import Presentation

    parts: dict[str, list[str]] = {}
    others: list[str] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            text = shape.text_frame.text if shape.has_text_frame else ""
            if named := _PART.fullmatch(shape.name):
                parts.setdefault(named["what"], []).append(_unmarked(text))
            else:
                others.append(text)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            others.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join([*(" ".join(texts) for texts in parts.values()), *others])


def _unmarked(text: str) -> str:
    """``text`` without the quote marks around it; each part of a quote has its own."""
    return re.sub(r"\A(?:“|«\s*)|(?:”|\s*»)\Z", "", text)


def pdf_text(data: bytes) -> str:
    """The pages' texts without their numbers at the foot."""
    from pypdf import PdfReader

    return "\n".join(_page_text(page) for page in PdfReader(io.BytesIO(data)).pages)


def _page_text(page: PageObject) -> str:
    parts: list[str] = []

    def keep(text: str, user: list[float], matrix: list[float], *_: object) -> None:
        if user[5] + matrix[5] > FOOT:
            parts.append(text)

    page.extract_text(visitor_text=keep)
    return "".join(parts)


def _is_seen(wanted: str, text: str) -> bool:
    """Whether a quote is in a PDF's text but for characters without a shape, which no font shows; of one that holds
    words written from right to left, whether each word is.
    """
    shown, held = _shapes(wanted), _shapes(text)
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in shown):
        return _words(shown) <= _words(held)
    return bare(shown) in bare(held)


def _shapes(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf" and not "\ufe00" <= sign <= "\ufe0f")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


_READERS: Mapping[Format, Callable[[bytes], str]] = {
    "md": markdown_text,
    "docx": docx_text,
    "pptx": pptx_text,
    "pdf": pdf_text,
}
