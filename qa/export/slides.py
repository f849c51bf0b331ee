"""A pack as slides, 16:9: a card each, long quotes over several; what to say about them in the speaker's notes."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from qa.export.bibliography import bibliography
from qa.export.flow import LINE, PARAGRAPH, Box, Part, flowed
from qa.export.script import (
    COMPLEX_SANS,
    COMPLEX_SERIF,
    SANS,
    SERIF,
    by_direction,
    east_asian,
    is_right_to_left,
    right_to_left_tongue,
)
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
from qa.web.render import asked_excerpt, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.dml.color import RGBColor
    from pptx.presentation import Presentation
    from pptx.slide import Slide

    from qa.export.types import Changed, Pack, QuizItem
    from qa.types import Citation
    from qa.wording import Language

WIDTH, HEIGHT = 960.0, 540.0
"""A slide in points: 13⅓ by 7½ inches."""

LEFT, ROOM = 76.0, 808.0
_TOP, _BELOW, _LOW = 60.0, 128.0, 398.0
"""Where a quote begins, where it begins below a question or a heading, and where it ends."""

NAVY, INK, GREY, RULE = "1D4E89", "1A2330", "5B6470", "C9D3DF"
_QUOTE_SIZES = (36.0, 32.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_TEXT_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0)
_LABEL, _ASKED, _WHO, _FACTS = 14.0, 15.0, 20.0, 14.0
_WHO_LIMIT, _FACTS_LIMIT, _TITLE_LIMIT = 80, 150, 200  # characters that surely fit their lines


def write_pptx(pack: Pack) -> bytes:
    """The pack as a file that PowerPoint and LibreOffice open."""
    import pptx
    from pptx.util import Pt

    shown = pptx.Presentation()
    shown.slide_width, shown.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _properties(shown, pack)
    writer = _Writer(shown, pack)
    writer.title()
    writer.entries()
    writer.quiz()
    writer.bibliography()
    held = io.BytesIO()
    shown.save(held)
    return held.getvalue()


class _Writer:
    """Adds slide after slide to one presentation."""

    def __init__(self, shown: Presentation, pack: Pack) -> None:
        self.shown = shown
        self.pack = pack
        self.language: Language = pack.language

    def title(self) -> None:
        """What it is, who made it when, and what it promises; a long introduction goes on over slides of its own."""
        pack = self.pack
        slide = self._slide(say(self.language, pack.sort))
        self._bar(slide, 0, 0, 22, HEIGHT)
        self._text(slide, (LEFT, 96, ROOM, 28), Part((sort_line(pack),), 16), colour=NAVY, bold=True)
        title = flowed(
            [shorten(one_line(pack.title), limit=_TITLE_LIMIT)], Box(ROOM, 150), (44, 38, 34, 30, 26, 22), face="serif"
        )
        self._text(slide, (LEFT, 128, ROOM, 150), title[0], serif=True, colour=NAVY, name="title")
        first, *rest = flowed(lines(pack.introduction) or [""], Box(ROOM, 120), (20, 18, 16, 14), face="sans")
        self._text(slide, (LEFT, 292, ROOM, 120), first)
        facts = (title_line(pack), f"{record_words(pack)}.", say(self.language, "promise"))
        self._bar(slide, LEFT, 428, ROOM, 0.75, colour=RULE)
        self._text(slide, (LEFT, 436, ROOM, 80), Part(facts, 12), colour=GREY)
        for part in rest:
            self._text(self._slide(""), (LEFT, 80, ROOM, 380), part)

    def entries(self) -> None:
        """The cards in their order; a quote that was withdrawn keeps its place."""
        number = 0
        for entry in self.pack.entries:
            if isinstance(entry, Card):
                number += 1
                self._card(entry, number)
            else:
                self._changed(entry)

    def quiz(self) -> None:
        """A slide a question, then a slide an answer with its proof."""
        for number, item in enumerate(self.pack.quiz, 1):
            self._flow(
                f"{say(self.language, 'quiz')} {number}", [*lines(item.prompt), *quiz_options(item)], f"quiz {number}"
            )
        for number, item in enumerate(self.pack.quiz, 1):
            self._answer(item, number)

    def bibliography(self) -> None:
        """The sources, grouped by whose words they are."""
        heading = say(self.language, "bibliography")
        for group, entries in bibliography(self.pack):
            self._flow(f"{heading} · {group}", [written(entry) for entry in entries], group, sizes=(18, 16, 14))

    def _card(self, card: Card, number: int) -> None:
        citation = card.citation
        top = _TOP if citation.asked is None else _BELOW
        parts = self._quote_parts(citation, top)
        for at, part in enumerate(parts, 1):
            slide = self._slide(f"{number}. {voice(citation, self.language)[0]}")
            if citation.asked and at == 1:
                self._asked(slide, citation)
            self._quote(slide, part, f"quote {number} part {at}", top)
            self._who(slide, citation, at, len(parts))
            self._corner(slide, str(number))
            self._notes(slide, self._spoken(card))

    def _quote_parts(self, citation: Citation, top: float) -> tuple[Part, ...]:
        """The quote, each part of it between marks of its own: what is said about going on stands outside of them."""
        opened, closed = quote_marks(self.language)
        room = Box(ROOM - 40, _LOW - top)
        parts = flowed(lines(citation.quote.text), room, _QUOTE_SIZES, face="serif")
        return tuple(Part(_marked(one.paragraphs, opened, closed), one.size) for one in parts)

    def _quote(self, slide: Slide, part: Part, name: str, top: float) -> None:
        self._bar(slide, LEFT, top, 4, _LOW - top)
        place = (LEFT + 22, top - 6, ROOM - 22, _LOW - top + 12)
        self._text(slide, place, part, serif=True, name=name, middle=True)

    def _asked(self, slide: Slide, citation: Citation) -> None:
        assert citation.asked is not None
        opened, closed = quote_marks(self.language)
        label = f"{shorten(asked_label(citation, self.language), limit=90)}{colon(self.language)}"
        excerpt = shorten(one_line(asked_excerpt(citation.asked)), limit=270)
        self._text(
            slide, (LEFT, 34, ROOM, 84), Part((label, f"{opened}{excerpt}{closed}"), _ASKED), colour=GREY, italic=True
        )

    def _who(self, slide: Slide, citation: Citation, at: int, count: int) -> None:
        who, capacity = voice(citation, self.language)
        self._text(slide, (LEFT, 418, ROOM, 30), Part((shorten(who, limit=_WHO_LIMIT),), _WHO), colour=NAVY, bold=True)
        facts = [
            shorten(capacity, limit=_FACTS_LIMIT // 2),
            shorten(occasion(citation, self.language), limit=_FACTS_LIMIT // 2 + 20),
        ]
        self._text(slide, (LEFT, 448, ROOM - 60, 42), Part((" · ".join(filter(None, facts)),), _FACTS), colour=GREY)
        if count > 1:
            continued = f"{say(self.language, 'continued')} · " if at > 1 else ""
            self._text(slide, (LEFT, 496, ROOM, 22), Part((f"{continued}{at}/{count}",), 12), colour=GREY)

    def _changed(self, changed: Changed) -> None:
        slide = self._slide(say(self.language, "changed_title"))
        self._heading(slide, say(self.language, "changed_title"))
        self._text(
            slide,
            (LEFT, 110, ROOM, 300),
            flowed([changed_words(changed, self.language)], Box(ROOM, 300), _TEXT_SIZES, face="sans")[0],
        )
        self._notes(slide, self._noted(changed.note))

    def _answer(self, item: QuizItem, number: int) -> None:
        heading = f"{quiz_answer(item, number, self.language)}. {one_line(item.options[item.answer])}"
        parts = self._quote_parts(item.citation, _BELOW)
        for at, part in enumerate(parts, 1):
            slide = self._slide(quiz_answer(item, number, self.language))
            self._heading(slide, shorten(heading, limit=70))
            self._quote(slide, part, f"answer {number} part {at}", _BELOW)
            self._who(slide, item.citation, at, len(parts))
            note = written(chicago_note(item.citation, today=self.pack.made, language=self.language))
            self._notes(slide, [heading, note, *option_sources(item, self.language)])

    def _flow(self, heading: str, texts: Sequence[str], name: str, *, sizes: Sequence[float] = _TEXT_SIZES) -> None:
        """``texts`` under ``heading``, on as many slides as they need."""
        for at, part in enumerate(flowed(texts, Box(ROOM, 380), sizes, face="sans"), 1):
            slide = self._slide(heading)
            self._heading(slide, f"{heading} ({say(self.language, 'continued')})" if at > 1 else heading)
            self._text(slide, (LEFT, 104, ROOM, 400), part, name=f"{name} part {at}")

    def _spoken(self, card: Card) -> list[str]:
        """What stands in the speaker's notes of a card: the note, the source, the question in full."""
        citation = card.citation
        opened, closed = quote_marks(self.language)
        asked = (
            [f"{asked_label(citation, self.language)}{colon(self.language)} {opened}{citation.asked.text}{closed}"]
            if citation.asked
            else []
        )
        source = written(chicago_note(citation, today=self.pack.made, language=self.language))
        return [
            *self._noted(card.note),
            *asked,
            source,
            *remarks(card, self.language),
            place_words(citation, self.language),
        ]

    def _noted(self, note: str) -> list[str]:
        said = lines(note)
        return [f"{note_label(self.language)} {said[0]}", *said[1:]] if said else []

    def _slide(self, title: str) -> Slide:
        """An empty slide whose hidden title names it in the outline and for screen readers."""
        from pptx.util import Pt

        slide: Slide = self.shown.slides.add_slide(self.shown.slide_layouts[5])
        holder = slide.shapes.title
        assert holder is not None
        holder.left, holder.top, holder.width, holder.height = Pt(0), Pt(-60), Pt(WIDTH), Pt(40)  # above the slide
        holder.text_frame.text = shorten(one_line(title), limit=120) or say(self.language, "product")
        return slide

    def _heading(self, slide: Slide, text: str) -> None:
        self._text(slide, (LEFT, 44, ROOM, 44), Part((shorten(text, limit=90),), 24), serif=True, colour=NAVY)

    def _corner(self, slide: Slide, text: str) -> None:
        self._text(slide, (WIDTH - 116, 486, 60, 24), Part((text,), _LABEL), colour=GREY, right=True)

    def _bar(self, slide: Slide, left: float, top: float, wide: float, high: float, *, colour: str = NAVY) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(high))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _colour(colour)
        bar.line.fill.background()
        bar.shadow.inherit = False

    def _text(
        self,
        slide: Slide,
        place: tuple[float, float, float, float],
        part: Part,
        *,
        serif: bool = False,
        colour: str = INK,
        bold: bool = False,
        italic: bool = False,
        middle: bool = False,
        right: bool = False,
        name: str = "",
    ) -> None:
        """``part`` in a box at ``place`` (left, top, width, height in points), its lines a stated distance apart."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
        from pptx.util import Pt

        box = slide.shapes.add_textbox(*(Pt(measure) for measure in place))
        box.name = name or box.name
        frame = box.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for at, text in enumerate(part.paragraphs):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.line_spacing = Pt(part.size * LINE)
            paragraph.space_before = Pt(part.size * PARAGRAPH if at else 0)
            _direct(paragraph, text, right=right)
            for stretch, to_left in by_direction(text):
                _run(
                    paragraph,
                    stretch,
                    part.size,
                    serif=serif,
                    colour=colour,
                    bold=bold,
                    italic=italic,
                    to_left=to_left,
                    language=self.language,
                )

    def _notes(self, slide: Slide, paragraphs: Sequence[str]) -> None:
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(line for text in paragraphs for line in lines(text))


def _marked(paragraphs: Sequence[str], opened: str, closed: str) -> tuple[str, ...]:
    whole = [opened + paragraphs[0], *paragraphs[1:]]
    return (*whole[:-1], whole[-1] + closed)


def _direct(paragraph: Any, text: str, *, right: bool) -> None:
    from pptx.enum.text import PP_ALIGN

    to_left = is_right_to_left(text)
    if to_left:
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    if right or to_left:
        paragraph.alignment = PP_ALIGN.RIGHT


def _run(
    paragraph: Any,
    text: str,
    size: float,
    *,
    serif: bool,
    colour: str,
    bold: bool,
    italic: bool,
    to_left: bool,
    language: Language,
) -> None:
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.name, run.font.bold, run.font.italic = Pt(size), SERIF if serif else SANS, bold, italic
    run.font.color.rgb = _colour(colour)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", right_to_left_tongue(text) if to_left else {"en": "en-GB", "fr": "fr-FR"}[language])
    for slot, face in (("a:ea", east_asian(text)), ("a:cs", COMPLEX_SERIF if serif else COMPLEX_SANS)):
        properties.append(properties.makeelement(qn(slot), {"typeface": face}))


def _colour(written: str) -> RGBColor:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(written))  # type: ignore[no-untyped-call]


def _properties(shown: Presentation, pack: Pack) -> None:
    held = shown.core_properties
    held.title, held.author, held.language = one_line(pack.title)[:255], say(pack.language, "product"), pack.language
    held.comments = title_line(pack)
    held.created = held.modified = dt.datetime.combine(pack.made, dt.time())
