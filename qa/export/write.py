"""A pack becomes a file, and the file is proved before anybody gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from qa.export.types import Format
from qa.export.verify import prove

if TYPE_CHECKING:
    from collections.abc import Callable

    from qa.export.types import Pack

FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file's bytes, and how many quotes were read back from them and found to be the record's."""

    data: bytes
    proved: int


def write_pack(pack: Pack, format: Format) -> Written:
    """``pack`` as a file in ``format``.

    Raises:
        UnprovedExportError: a quote read back from the file is not the record's.
        NoGlyphError: no font at hand can show a character; only a PDF brings its fonts along.
    """
    data = _writer(format)(pack)
    return Written(data, prove(pack, format, data))


def _writer(format: Format) -> Callable[[Pack], bytes]:
    """Each writer brings a library that costs a fifth of a second to load: only the one that is used is loaded."""
    if format == "docx":
        from qa.export.word import write_docx

        return write_docx
    if format == "pptx":
        from qa.export.slides import write_pptx

        return write_pptx
    if format == "pdf":
        from qa.export.pdf import write_pdf

        return write_pdf
    from qa.export.markdown import write_markdown

    return write_markdown
