"""A pack as a PDF, A4, with its fonts inside: the same on every machine, and refused rather than with a gap in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import unicodedata
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from qa.export.bibliography import bibliography
from qa.export.fonts import covering, face_file, has
from qa.export.script import is_right_to_left, is_unshaped
from qa.export.styles import chicago_note, written
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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fpdf import FPDF

    from qa.export.fonts import Face
    from qa.export.types import Changed, Pack, QuizItem
    from qa.types import Quote
    from qa.wording import Language

_FACES: dict[Face, tuple[str, str]] = {
    "serif": ("serif", ""),
    "serif italic": ("serif", "I"),
    "sans": ("sans", ""),
    "sans bold": ("sans", "B"),
    "sans italic": ("sans", "I"),
}
_NAVY, _INK, _GREY, _RULE, _SHADE = (29, 78, 137), (26, 35, 48), (91, 100, 112), (201, 211, 223), (241, 245, 250)
_MARGIN, _TOP, _BOTTOM, _FOOT = 26.0, 24.0, 22.0, 13.0
"""Millimetres; ``_FOOT`` from the lower edge to the page's number, which lies below all quotes."""

_POINT = 0.3528  # millimetres
_JOINERS = " \u200c\u200d"  # what decides how Arabic and Indic letters join
_NOTHING = 0x200B  # the zero width space


class NoGlyphError(ValueError):
    """No font at hand can show ``sign``: the file would have a gap in a quote."""

    def __init__(self, sign: str) -> None:
        name = unicodedata.name(sign, "")
        self.character = f"U+{ord(sign):04X}" + (f" ({name})" if name else "")
        super().__init__(f"no font can show {self.character}")


def write_pdf(pack: Pack) -> bytes:
    """The pack as a PDF with bookmarks and page numbers. Raises ``NoGlyphError``."""
    from fpdf.fonts import TTFFont

    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        document = _document(pack, Path(folder))
        for font in document.fonts.values():
            if isinstance(font, TTFFont):
                opened.callback(font.close)
        writer = _Writer(document, pack)
        writer.title_page()
        writer.entries()
        writer.quiz()
        writer.bibliography()
        _name_parts(document)
        return bytes(document.output())


class _Writer:
    """Sets one paragraph below the other."""

    def __init__(self, document: FPDF, pack: Pack) -> None:
        self.document = document
        self.pack = pack
        self.language: Language = pack.language

    def title_page(self) -> None:
        """What the file is, who made it when, and what it promises."""
        document, pack = self.document, self.pack
        document.add_page()
        document.set_fill_color(*_NAVY)
        document.rect(0, 0, 8, document.h, style="F")
        document.set_y(78)
        self._set(sort_line(pack), "sans bold", 11, colour=_NAVY)
        self._set(one_line(pack.title), "serif", 28, colour=_NAVY, after=14)
        for paragraph in lines(pack.introduction):
            self._set(paragraph, "sans", 12, after=6)
        self._rule(before=10, after=8)
        for fact in (title_line(pack), f"{record_words(pack)}.", say(self.language, "promise")):
            self._set(fact, "sans", 9.5, colour=_GREY, after=3)

    def entries(self) -> None:
        """The cards in their order; a quote that was withdrawn keeps its place."""
        self._section("quotes")
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
        self._section("quiz")
        for number, item in enumerate(self.pack.quiz, 1):
            prompt, options = lines(f"{number}. {item.prompt}"), quiz_options(item)
            self._keep([(text, "serif", 12.0) for text in prompt] + [(text, "sans", 11.0) for text in options])
            for paragraph in prompt:
                self._set(paragraph, "serif", 12, after=4)
            for option in options:
                self._set(option, "sans", 11, left=6, after=2)
            self._gap(14)
        self._section("answers")
        for number, item in enumerate(self.pack.quiz, 1):
            self._answer(item, number)

    def bibliography(self) -> None:
        """The sources, grouped by whose words they are."""
        groups = bibliography(self.pack)
        if groups:
            self._section("bibliography")
        for heading, entries in groups:
            self._set(heading, "serif", 13.5, colour=_NAVY, after=5)
            for entry in entries:
                self._set(written(entry), "sans", 10.5, left=6, after=5)
            self._gap(8)

    def _section(self, key: str) -> None:
        name = say(self.language, key)
        self.document.add_page()
        self.document.start_section(name)
        self._set(name, "serif", 20, colour=_NAVY, after=12)

    def _card(self, card: Card, number: int) -> None:
        citation = card.citation
        who, capacity = voice(citation, self.language)
        facts = " · ".join(filter(None, [capacity, occasion(citation, self.language)]))
        asked = self._asked(card)
        marked = self._marked(citation.quote)
        head: list[tuple[str, Face, float]] = [(who, "serif", 13.5), (facts, "sans", 9.5), (asked, "sans italic", 10)]
        self._keep([*head, *((text, "serif", 13.0) for text in marked)])
        self.document.start_section(f"{number}. {who}"[:120], level=1)
        self._set(f"{number}. {who}", "serif", 13.5, colour=_NAVY, after=1)
        self._set(facts, "sans", 9.5, colour=_GREY, after=5)
        if asked:
            self._set(asked, "sans italic", 10, colour=_GREY, after=5)
        self._quote(marked)
        source = written(chicago_note(citation, today=self.pack.made, language=self.language))
        self._set(f"{say(self.language, 'citation')}{colon(self.language)} {source}", "sans", 9, colour=_GREY, after=3)
        for remark in remarks(card, self.language):
            self._set(remark, "sans italic", 9.5, after=3)
        self._note(card.note)
        self._set(place_words(citation, self.language), "sans", 8, colour=_GREY, after=20)

    def _asked(self, card: Card) -> str:
        if card.citation.asked is None:
            return ""
        opened, closed = quote_marks(self.language)
        asked = one_line(card.citation.asked.text)
        return f"{asked_label(card.citation, self.language)}{colon(self.language)} {opened}{asked}{closed}"

    def _changed(self, changed: Changed) -> None:
        self._set(say(self.language, "changed_title"), "serif", 13.5, colour=_NAVY, after=2)
        self._set(changed_words(changed, self.language), "sans italic", 9.5, after=3)
        self._note(changed.note)
        self._gap(16)

    def _answer(self, item: QuizItem, number: int) -> None:
        heading = f"{quiz_answer(item, number, self.language)}. {one_line(item.options[item.answer])}"
        marked = self._marked(item.citation.quote)
        self._keep([(heading, "serif", 13.5), *((text, "serif", 13.0) for text in marked)])
        self._set(heading, "serif", 13.5, colour=_NAVY, after=4)
        self._quote(marked)
        self._set(
            written(chicago_note(item.citation, today=self.pack.made, language=self.language)),
            "sans",
            9,
            colour=_GREY,
            after=3,
        )
        for source in option_sources(item, self.language):
            self._set(source, "sans", 9, colour=_GREY, after=2)
        self._gap(14)

    def _marked(self, quote: Quote) -> tuple[str, ...]:
        opened, closed = quote_marks(self.language)
        return lines(f"{opened}{quote.text}{closed}")

    def _quote(self, marked: Sequence[str]) -> None:
        """The quote's paragraphs and the rule at their left, over as many pages as they take."""
        document = self.document
        begin_page, begin = document.page, document.get_y()
        for at, text in enumerate(marked):
            self._set(text, "serif", 13, left=6, after=0 if at == len(marked) - 1 else 5)
        end_page, end = document.page, document.get_y()
        document.set_fill_color(*_NAVY)
        for page in range(begin_page, end_page + 1):
            document.page = page
            top = begin if page == begin_page else _TOP
            low = end if page == end_page else document.h - _BOTTOM
            document.rect(_MARGIN, top, 0.9, low - top, style="F")
        document.page = end_page
        self._gap(6)

    def _note(self, note: str) -> None:
        for at, text in enumerate(lines(note)):
            label = f"{note_label(self.language)} " if at == 0 else ""
            self._set(f"{label}{text}", "sans", 10, shaded=True)
        if note.strip():
            self._gap(3)

    def _set(
        self,
        text: str,
        face: Face,
        size: float,
        *,
        colour: tuple[int, int, int] = _INK,
        left: float = 0,
        after: float = 0,
        shaded: bool = False,
    ) -> None:
        """One paragraph; ``left`` in millimetres from the margin, ``after`` in points."""
        document = self.document
        family, style = _FACES[face]
        document.set_font(family, style, size)
        document.set_text_color(*colour)
        document.set_fill_color(*_SHADE)
        document.set_text_shaping(not is_unshaped(text))
        document.set_x(_MARGIN + left)
        document.multi_cell(
            document.w - 2 * _MARGIN - left,
            _line(size),
            text,
            align="R" if is_right_to_left(text) else "L",
            fill=shaded,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self._gap(after)

    def _gap(self, points: float) -> None:
        self.document.set_y(self.document.get_y() + points * _POINT)

    def _rule(self, *, before: float, after: float) -> None:
        self._gap(before)
        self.document.set_draw_color(*_RULE)
        self.document.line(_MARGIN, self.document.get_y(), self.document.w - _MARGIN, self.document.get_y())
        self._gap(after)

    def _keep(self, texts: Sequence[tuple[str, Face, float]]) -> None:
        """Begin a new page where ``texts`` would not fit on this one but would on one of their own."""
        document = self.document
        needed = sum(self._height(text, face, size) for text, face, size in texts) + 12
        room = document.h - _BOTTOM - document.get_y()
        page = document.h - _BOTTOM - _TOP
        if room < min(needed, page / 3 if needed > page else needed):
            document.add_page()

    def _height(self, text: str, face: Face, size: float) -> float:
        """About how high ``text`` stands, in millimetres."""
        from qa.export.fonts import width

        room = (self.document.w - 2 * _MARGIN - 6) / (size * _POINT)
        return (int(width(text, face) / room) + 1) * _line(size) if text else 0.0


def _line(size: float) -> float:
    """The distance of two lines in millimetres, for type of ``size`` points."""
    return size * 1.36 * _POINT


def _document(pack: Pack, folder: Path) -> FPDF:
    """An empty document with every font that the pack needs; the fonts are made in ``folder``."""
    from fpdf import FPDF, ViewerPreferences

    class Paged(FPDF):
        def footer(self) -> None:
            if self.page == 1:
                return
            self.set_y(-_FOOT)
            self.set_font("sans", "", 8)
            self.set_text_color(*_GREY)
            self.cell(0, 4, say(pack.language, "page", page=self.page), align="R")

    others = _others(_signs(pack))
    document = Paged(format="A4")
    document.set_margins(_MARGIN, _TOP)
    document.set_auto_page_break(True, _BOTTOM)
    document.set_title(one_line(pack.title))
    document.set_author(say(pack.language, "product"))
    document.set_subject(title_line(pack))
    document.set_lang({"en": "en-GB", "fr": "fr-FR"}[pack.language])
    document.set_creation_date(dt.datetime.combine(pack.made, dt.time(), dt.UTC))
    document.viewer_preferences = ViewerPreferences(display_doc_title=True)
    _add_fonts(document, others, folder)
    return document


def _add_fonts(document: FPDF, others: Mapping[str, Path], folder: Path) -> None:
    """The house's faces, and of every other font the characters that it is there for."""
    for face, (family, style) in _FACES.items():
        document.add_font(family, style, face_file(face))
    fallbacks: list[str] = []
    for path in dict.fromkeys(others.values()):
        fallbacks.append(f"other{len(fallbacks)}")
        held = [sign for sign, file in others.items() if file == path]
        document.add_font(fallbacks[-1], "", _reduced(path, [*held, *_JOINERS], folder))
    document.set_fallback_fonts(fallbacks, exact_match=False)


def _others(signs: Collection[str]) -> dict[str, Path]:
    """A font for each character that one of the house's faces lacks. Raises ``NoGlyphError`` where there is none."""
    found, missing = covering(sign for sign in signs if not all(has(face, sign) for face in _FACES))
    unseen = next((sign for sign in missing if not any(has(face, sign) for face in _FACES)), None)
    if unseen is not None:
        raise NoGlyphError(unseen)
    return found


def _reduced(path: Path, signs: Iterable[str], folder: Path) -> Path:
    """The font at ``path`` with ``signs`` only and in its regular weight: large ones would take seconds to embed."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(path, lazy=True) as font:
        options = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[ord(sign) for sign in signs])
        subsetter.subset(font)
        if "fvar" in font:
            instantiateVariableFont(font, {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}, inplace=True)
        made = folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:16]}{path.suffix}"
        font.save(made)
    return made


def _name_parts(document: FPDF) -> None:
    """Tell readers that the second and further shapes of a character (its dots, its marks) stand for nothing more.

    Without a meaning, what is copied or searched would hold their numbers in the font as if they were letters.
    """
    from fpdf.fonts import TTFFont

    for font in document.fonts.values():
        for glyph, _number in font.subset.items() if isinstance(font, TTFFont) else ():
            if glyph is not None and glyph.unicode == ():
                glyph.unicode = (_NOTHING,)


def _signs(pack: Pack) -> Collection[str]:
    """Every character that the file shows: all that its Markdown form holds."""
    from qa.export.markdown import write_markdown

    return {sign for sign in write_markdown(pack).decode("utf-8") if not _is_unseen(sign)}


def _is_unseen(sign: str) -> bool:
    """Whether ``sign`` has no shape of its own: white space, joiners, selectors of a variant."""
    return sign.isspace() or unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"
