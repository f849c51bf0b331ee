"""A pack as a Word file: title page, quote cards with foot notes, quiz, answers and bibliography."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from qa.export.bibliography import bibliography
from qa.export.footnotes import Footnotes, add_styles
from qa.export.script import COMPLEX_SANS, COMPLEX_SERIF, SANS, SERIF, by_direction, east_asian, is_right_to_left
from qa.export.styles import Piece, chicago_note
from qa.export.types import Card
from qa.export.verbatim import lines, one_line
from qa.export.wording import (
    asked_label,
    changed_words,
    colon,
    note_label,
    occasion,
    option_sources,
    place_words,
    quiz_answer,
    quiz_options,
    quote_marks,
    record_words,
    remarks,
    say,
    sort_line,
    title_line,
    voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

    from qa.export.types import Changed, Pack, QuizItem
    from qa.types import Quote
    from qa.wording import Language

_KEPT = 900  # characters of a quote's paragraph that stays on one page: some twelve lines
NAVY, GREY, RULE = "1D4E89", "5B6470", "C9D3DF"


def write_docx(pack: Pack) -> bytes:
    """The pack as a file that Word and LibreOffice open, A4, with headings, foot notes and page numbers."""
    import docx

    document = docx.Document()
    _prepare(document, pack)
    writer = _Writer(document, pack)
    writer.title_page()
    writer.entries()
    writer.quiz()
    writer.bibliography()
    writer.footnotes.attach()
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


class _Writer:
    """Adds paragraph after paragraph to one document."""

    def __init__(self, document: Document, pack: Pack) -> None:
        self.document = document
        self.pack = pack
        self.language: Language = pack.language
        self.footnotes = Footnotes(document)
        # python-docx would look through every style for each paragraph
        self._styles = {style.name: style.style_id for style in document.styles}

    def title_page(self) -> None:
        """What the file is, who made it when, and what it promises."""
        pack = self.pack
        self._add(sort_line(pack), "Record Label")
        self._add(one_line(pack.title), "Title")
        for paragraph in lines(pack.introduction):
            self._add(paragraph, "Record Introduction")
        self._add(title_line(pack), "Record Facts")
        self._add(f"{record_words(pack)}.", "Record Facts")
        self._add(say(self.language, "promise"), "Record Facts")

    def entries(self) -> None:
        """The cards in their order; a quote that was withdrawn keeps its place."""
        self._section("quotes", new_page=True)
        number = 0
        for entry in self.pack.entries:
            if isinstance(entry, Card):
                number += 1
                self._card(entry, number)
            else:
                self._changed(entry)

    def quiz(self) -> None:
        """The questions, and on a new page the answers with their proof."""
        if not self.pack.quiz:
            return
        self._section("quiz", new_page=True)
        for number, item in enumerate(self.pack.quiz, 1):
            for paragraph in lines(f"{number}. {item.prompt}"):
                self._add(paragraph, "Record Prompt")
            for option in quiz_options(item):
                last = self._add(option, "Record Option")
            last.paragraph_format.keep_with_next = False
        self._section("answers", new_page=True)
        for number, item in enumerate(self.pack.quiz, 1):
            self._answer(item, number)

    def bibliography(self) -> None:
        """The sources, grouped by whose words they are."""
        groups = bibliography(self.pack)
        if not groups:
            return
        self._section("bibliography", new_page=bool(self.pack.quiz))
        for heading, entries in groups:
            self._add(heading, "Heading 2")
            for entry in entries:
                self._pieces(self._paragraph("Record Source"), entry)

    def _section(self, key: str, *, new_page: bool) -> None:
        heading = self._add(say(self.language, key), "Heading 1")
        heading.paragraph_format.page_break_before = new_page

    def _card(self, card: Card, number: int) -> None:
        citation = card.citation
        who, capacity = voice(citation, self.language)
        self._add(f"{number}. {who}", "Heading 2")
        facts = " · ".join(filter(None, [capacity, occasion(citation, self.language)]))
        self._add(facts, "Record Occasion")
        if citation.asked:
            opened, closed = quote_marks(self.language)
            label = f"{asked_label(citation, self.language)}{colon(self.language)} "
            self._labelled(label, lines(f"{opened}{citation.asked.text}{closed}"), "Record Asked")
        last = self._quote(citation.quote)
        self.footnotes.add(last, chicago_note(citation, today=self.pack.made, language=self.language))
        for remark in remarks(card, self.language):
            self._add(remark, "Record Remark")
        self._note(card.note)
        self._add(place_words(citation, self.language), "Record Place")

    def _changed(self, changed: Changed) -> None:
        self._add(say(self.language, "changed_title"), "Heading 2")
        self._add(changed_words(changed, self.language), "Record Remark")
        self._note(changed.note)

    def _answer(self, item: QuizItem, number: int) -> None:
        right = one_line(item.options[item.answer])
        self._add(f"{quiz_answer(item, number, self.language)}. {right}", "Heading 2")
        last = self._quote(item.citation.quote)
        self.footnotes.add(last, chicago_note(item.citation, today=self.pack.made, language=self.language))
        for source in option_sources(item, self.language):
            self._add(source, "Record Place")

    def _quote(self, quote: Quote) -> Paragraph:
        """The quote between its marks, one paragraph a line of the transcript; the last of them."""
        opened, closed = quote_marks(self.language)
        texts = lines(f"{opened}{quote.text}{closed}")
        paragraphs = [self._add(text, "Record Quote") for text in texts]
        for paragraph, text in zip(paragraphs, texts, strict=True):
            paragraph.paragraph_format.keep_together = len(text) < _KEPT
        paragraphs[-1].paragraph_format.keep_with_next = True
        return paragraphs[-1]

    def _note(self, note: str) -> None:
        if said := lines(note):
            self._labelled(f"{note_label(self.language)} ", said, "Record Note")

    def _labelled(self, label: str, texts: Sequence[str], style: str) -> None:
        for at, text in enumerate(texts):
            paragraph = self._paragraph(style)
            if at == 0:
                paragraph.add_run(label).bold = True
            self._runs(paragraph, text)

    def _pieces(self, paragraph: Paragraph, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self._runs(paragraph, piece.text, italic=piece.italic)

    def _paragraph(self, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self._styles[style]
        return paragraph

    def _add(self, text: str, style: str) -> Paragraph:
        paragraph = self._paragraph(style)
        self._runs(paragraph, text)
        if is_right_to_left(text):
            _set(paragraph._p.get_or_add_pPr(), "w:bidi")
        return paragraph

    def _runs(self, paragraph: Paragraph, text: str, *, italic: bool = False) -> None:
        """``text`` as runs of one direction each, with a font for the East Asian characters among them."""
        for stretch, right in by_direction(text):
            run = paragraph.add_run(stretch)
            run.italic = italic or None
            if right:
                _set(run._r.get_or_add_rPr(), "w:rtl")
            if not stretch.isascii():
                _fonts(run._r.get_or_add_rPr()).set(_name("eastAsia"), east_asian(stretch))


def _prepare(document: Document, pack: Pack) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    _properties(document, pack)
    _styles(document, pack)
    _page_numbers(document, pack)


def _properties(document: Document, pack: Pack) -> None:
    held = document.core_properties
    held.title, held.author, held.language = one_line(pack.title)[:255], say(pack.language, "product"), pack.language
    held.comments, held.keywords = title_line(pack), ""
    held.created = held.modified = dt.datetime.combine(pack.made, dt.time())


def _styles(document: Document, pack: Pack) -> None:
    add_styles(document)
    normal = document.styles["Normal"]
    _face(normal, SANS, COMPLEX_SANS, size=10.5)
    _language(normal, pack.language)
    normal.paragraph_format.space_after = _points(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, before, after in (("Title", 30, 6, 18), ("Heading 1", 20, 0, 10), ("Heading 2", 13.5, 20, 2)):
        _heading(document.styles[name], size=size, before=before, after=after)
    made = _made_styles(document)
    _border(made["Record Quote"], "left", width=18, colour=NAVY, space=12)
    _border(made["Record Facts"], "top", width=4, colour=RULE, space=6)
    _shade(made["Record Note"], "F1F5FA")


def _made_styles(document: Document) -> dict[str, ParagraphStyle]:
    """The styles of this house, by name."""
    plain: dict[str, dict[str, Any]] = {
        "Record Label": {"size": 11, "colour": NAVY, "bold": True, "before": 150, "after": 4},
        "Record Introduction": {"size": 12, "after": 8},
        "Record Facts": {"size": 9.5, "colour": GREY, "before": 6, "after": 2},
        "Record Occasion": {"size": 9.5, "colour": GREY, "after": 6, "next": True},
        "Record Asked": {"size": 10, "colour": GREY, "after": 6, "next": True},
        "Record Quote": {"size": 13, "serif": True, "left": 14, "before": 2, "after": 8},
        "Record Remark": {"size": 9.5, "italic": True, "after": 4, "next": True},
        "Record Note": {"size": 10, "after": 4, "next": True},
        "Record Place": {"size": 8, "colour": GREY, "after": 4},
        "Record Prompt": {"size": 12, "serif": True, "before": 14, "after": 4, "next": True},
        "Record Option": {"size": 11, "left": 14, "after": 2, "next": True},
        "Record Source": {"size": 10.5, "left": 24, "first": -24, "after": 6},
    }
    return {name: _style(document, name, **options) for name, options in plain.items()}


def _style(
    document: Document,
    name: str,
    *,
    size: float,
    colour: str = "1A2330",
    serif: bool = False,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 6,
    left: float = 0,
    first: float = 0,
    next: bool = False,
) -> ParagraphStyle:
    """A style made from its look; measures in points. ``next`` keeps a paragraph on the page of the one after it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _face(style, SERIF if serif else SANS, COMPLEX_SERIF if serif else COMPLEX_SANS, size=size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold, style.font.italic = bold, italic
    form = style.paragraph_format
    form.space_before, form.space_after = _points(before), _points(after)
    form.left_indent, form.first_line_indent = _points(left), _points(first)
    form.keep_with_next = next
    return style


def _heading(style: Any, *, size: float, before: float, after: float) -> None:
    from docx.shared import RGBColor

    _face(style, SERIF, COMPLEX_SERIF, size=size)
    style.font.color.rgb = RGBColor.from_string(NAVY)
    style.font.bold = False
    style.paragraph_format.space_before, style.paragraph_format.space_after = _points(before), _points(after)
    style.paragraph_format.keep_with_next = True
    borders = style.element.pPr.find(_name("pBdr"))
    if borders is not None:  # the template's title has a rule of another colour
        style.element.pPr.remove(borders)


def _face(style: Any, name: str, complex_name: str, *, size: float) -> None:
    """One typeface for every script: the theme's fonts, which would go before, are taken away."""
    style.font.name, style.font.size = name, _points(size)
    fonts = _fonts(style.element.get_or_add_rPr())
    for slot in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_name(slot), None)
    fonts.set(_name("cs"), complex_name)
    fonts.set(_name("eastAsia"), "SimSun")
    complex_size = _set(style.element.get_or_add_rPr(), "w:szCs")
    complex_size.set(_name("val"), str(round(size * 2)))


def _language(style: Any, language: Language) -> None:
    _set(style.element.get_or_add_rPr(), "w:lang").set(_name("val"), {"en": "en-GB", "fr": "fr-FR"}[language])


def _border(style: Any, side: str, *, width: int, colour: str, space: int) -> None:
    """A rule beside a paragraph; ``width`` in eighths of a point, ``space`` in points."""
    properties = style.element.get_or_add_pPr()
    rule = _set(_set(properties, "w:pBdr"), f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(width)), ("space", str(space)), ("color", colour)):
        rule.set(_name(name), value)


def _shade(style: Any, colour: str) -> None:
    shade = _set(style.element.get_or_add_pPr(), "w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(_name(name), value)


def _page_numbers(document: Document, pack: Pack) -> None:
    """Title at the left and the number at the right of every foot."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    foot = document.sections[0].footer.paragraphs[0]
    foot.style = document.styles["Record Place"]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{one_line(pack.title)[:80]}\t")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = foot.add_run()._r
        if kind:
            _set(run, "w:fldChar").set(_name("fldCharType"), kind)
        else:
            _set(run, "w:instrText").text = text


# The order in which the schema wants the properties of paragraphs and of characters; Word refuses another one.
_ORDER = tuple(
    f"w:{name}"
    for name in (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc outlineLvl rStyle rFonts b bCs i "
        "iCs caps smallCaps strike color kern sz szCs highlight u effect vertAlign rtl cs em lang rPr"
    ).split()
)


def _set(parent: Any, name: str) -> Any:
    """The child ``name`` of ``parent``, made in its place where there is none."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = parent.find(qn(name))
    if found is not None:
        return found
    made = OxmlElement(name)
    later = _ORDER[_ORDER.index(name) + 1 :] if name in _ORDER else ()
    parent.insert_element_before(made, *later) if later else parent.append(made)
    return made


def _fonts(properties: Any) -> Any:
    return _set(properties, "w:rFonts")


def _name(attribute: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{attribute}"))


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)
