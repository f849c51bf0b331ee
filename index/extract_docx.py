"""From a Word file to its text: paragraphs and tables in their order, separated by blank lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

MAX_UNPACKED = 64 * 2**20  # bytes of XML in one file; the Bible in Word is below 10 MB
MAX_NESTED_TABLES = 8
_REMEDY = "Save the document again as .docx or .txt"


def docx_text(data: bytes, *, ref: str) -> str:
    """The text of a .docx file. Raises ``SourceError`` when it is broken, locked or too large."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    _refuse_bomb(data, ref)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_blocks(document, 0))
    except (OpcError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
        # python-docx has no error of its own for parts that are missing or of another type than declared
        raise SourceError(ref, "this Word file is broken", remedy=_REMEDY) from error


def _refuse_bomb(data: bytes, ref: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SourceError(ref, "this Word file is broken", remedy=_REMEDY) from error
    if size > MAX_UNPACKED:
        raise SourceError(
            ref, f"unpacks to more than {MAX_UNPACKED // 2**20} MB", remedy="Split it into one file per event"
        )


def _blocks(container: Document | Table, depth: int) -> Iterator[str]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for item in container.iter_inner_content() if not isinstance(container, Table) else ():
        if isinstance(item, Paragraph):
            if item.text.strip():
                yield item.text
        elif depth < MAX_NESTED_TABLES:
            yield from _rows(item)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = list(dict.fromkeys(cell.text for cell in row.cells if cell.text.strip()))
        if cells:
            yield "\n".join(cells)
