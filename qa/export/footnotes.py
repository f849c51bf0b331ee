"""Real foot notes in a Word file, which python-docx cannot write: a part of their own, its styles and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.export.verbatim import writable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from qa.export.styles import Piece

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TEXT_STYLE, NUMBER_STYLE = "Footnote Text", "Footnote Reference"

# What separates foot notes from the text, as Word itself writes it; the numbers are those that its files use.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
    'w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class Footnotes:
    """The foot notes of one document, numbered from 1 in the order in which they are added."""

    def __init__(self, document: Document) -> None:
        from docx.oxml import parse_xml

        self._document = document
        self._root: Any = parse_xml(f'<w:footnotes xmlns:w="{_NAMESPACE}">{_SEPARATORS}</w:footnotes>')
        self._count = 0
        self._text_style = document.styles[TEXT_STYLE].style_id
        self._number_style = document.styles[NUMBER_STYLE].style_id

    def add(self, paragraph: Paragraph, pieces: Sequence[Piece]) -> None:
        """A number at the end of ``paragraph``, and ``pieces`` at the foot of its page."""
        from docx.oxml.ns import qn

        self._count += 1
        number = paragraph.add_run()
        number._r.style = self._number_style
        _child(number._r, "w:footnoteReference").set(qn("w:id"), str(self._count))
        note = _child(self._root, "w:footnote")
        note.set(qn("w:id"), str(self._count))
        self._write(_child(note, "w:p"), pieces)

    def attach(self) -> None:
        """Put the foot notes into the document; to be called once, at the end."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart

        part = self._document.part
        assert part.package is not None
        notes = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT, self._root, part.package)
        part.relate_to(notes, _RELATION)
        _declare_separators(self._document)

    def _write(self, paragraph: Any, pieces: Sequence[Piece]) -> None:
        from docx.oxml.ns import qn

        _child(_child(paragraph, "w:pPr"), "w:pStyle").set(qn("w:val"), self._text_style)
        mark = _child(paragraph, "w:r")
        style = _child(_child(mark, "w:rPr"), "w:rStyle")
        style.set(qn("w:val"), self._number_style)
        _child(mark, "w:footnoteRef")
        _text(_child(paragraph, "w:r"), " ")
        for piece in pieces:
            run = _child(paragraph, "w:r")
            if piece.italic:
                _child(_child(run, "w:rPr"), "w:i")
            _text(run, piece.text)


def add_styles(document: Document) -> None:
    """The two styles of foot notes, which a new document lacks."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = document.styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.line_spacing = 1.0
    number = document.styles.add_style(NUMBER_STYLE, WD_STYLE_TYPE.CHARACTER)
    number.font.superscript = True


def _declare_separators(document: Document) -> None:
    from docx.oxml import parse_xml

    settings = document.settings.element
    declared = parse_xml(
        f'<w:footnotePr xmlns:w="{_NAMESPACE}"><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    )
    after = settings.find(f"{{{_NAMESPACE}}}compat")  # the schema fixes the order: foot notes stand before it
    if after is None:
        settings.append(declared)
    else:
        after.addprevious(declared)


def _child(parent: Any, name: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    parent.append(made)
    return made


def _text(run: Any, text: str) -> None:
    made = _child(run, "w:t")
    made.text = writable(text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
