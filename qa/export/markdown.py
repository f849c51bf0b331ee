"""A pack as Markdown: everything that was not written here is escaped. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.export.bibliography import bibliography
from qa.export.styles import chicago_note
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
from qa.web.escape import markdown_line, markdown_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qa.export.styles import Piece
    from qa.export.types import Changed, Pack, QuizItem
    from qa.types import Quote
    from qa.wording import Language


def write_markdown(pack: Pack) -> bytes:
    """The pack as one UTF-8 file: title, quotes with foot notes, bibliography, quiz and answers."""
    blocks = [*_title(pack), *_entries(pack), *_quiz(pack), *_bibliography(pack), *_footnotes(pack)]
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _title(pack: Pack) -> Iterator[str]:
    yield f"# {markdown_line(one_line(pack.title))}"
    yield f"*{markdown_line(sort_line(pack))} · {markdown_line(title_line(pack))}*"
    yield from _paragraphs(pack.introduction)
    yield f"{record_words(pack)}. {say(pack.language, 'promise')}"


def _entries(pack: Pack) -> Iterator[str]:
    yield f"## {say(pack.language, 'quotes')}"
    number = 0
    for entry in pack.entries:
        if isinstance(entry, Card):
            number += 1
            yield from _card(entry, number, pack.language)
        else:
            yield from _changed(entry, pack.language)


def _card(card: Card, number: int, language: Language) -> Iterator[str]:
    citation = card.citation
    who, capacity = (markdown_line(part) for part in voice(citation, language))
    yield f"### {number}\\. {who}" + (f", {capacity}" if capacity else "")
    yield f"{markdown_line(occasion(citation, language))}."
    if citation.asked:
        opened, closed = quote_marks(language)
        asked = "\n\n".join(_paragraphs(f"{opened}{citation.asked.text}{closed}"))
        yield f"*{markdown_line(asked_label(citation, language))}*{colon(language)} {asked}"
    yield f"{_quoted(citation.quote, language)} [^{number}]"
    yield from (f"*{markdown_line(remark)}*" for remark in remarks(card, language))
    yield from _note(card.note, language)
    yield markdown_line(place_words(citation, language))


def _changed(changed: Changed, language: Language) -> Iterator[str]:
    yield f"### {say(language, 'changed_title')}"
    yield markdown_line(changed_words(changed, language))
    yield from _note(changed.note, language)


def _note(note: str, language: Language) -> Iterator[str]:
    first, *rest = list(_paragraphs(note)) or [""]
    if first:
        yield f"**{note_label(language)}** {first}"
        yield from rest


def _bibliography(pack: Pack) -> Iterator[str]:
    yield f"## {say(pack.language, 'bibliography')}"
    for heading, entries in bibliography(pack):
        yield f"### {heading}"
        yield "\n".join(f"- {_set(entry)}" for entry in entries)


def _quiz(pack: Pack) -> Iterator[str]:
    if not pack.quiz:
        return
    yield f"## {say(pack.language, 'quiz')}"
    for number, item in enumerate(pack.quiz, 1):
        first, *rest = lines(item.prompt) or ("",)
        yield f"**{number}\\.** {markdown_line(first)}"
        yield from map(markdown_line, rest)
        yield "\n".join(f"- {markdown_line(option)}" for option in quiz_options(item))
    yield f"## {say(pack.language, 'answers')}"
    for number, item in enumerate(pack.quiz, 1):
        yield from _answer(item, number, pack)


def _answer(item: QuizItem, number: int, pack: Pack) -> Iterator[str]:
    heading = markdown_line(quiz_answer(item, number, pack.language))
    yield f"**{heading}\\. {markdown_line(item.options[item.answer])}**"
    source = _set(chicago_note(item.citation, today=pack.made, language=pack.language))
    yield f"{_quoted(item.citation.quote, pack.language)}\n>\n> {source}"
    yield from map(markdown_line, option_sources(item, pack.language))


def _footnotes(pack: Pack) -> Iterator[str]:
    for number, card in enumerate(pack.cards, 1):
        yield f"[^{number}]: {_set(chicago_note(card.citation, today=pack.made, language=pack.language))}"


def _quoted(quote: Quote, language: Language, *, prefix: str = "> ") -> str:
    """The quote as a block, its line breaks as paragraphs."""
    opened, closed = quote_marks(language)
    return markdown_lines(opened + "\n\n".join(lines(quote.text)) + closed, prefix=prefix)


def _paragraphs(text: str) -> Iterable[str]:
    return map(markdown_line, lines(text))


def _set(pieces: Iterable[Piece]) -> str:
    return "".join(f"*{markdown_line(p.text)}*" if p.italic else _spaced(p.text) for p in pieces)


def _spaced(text: str) -> str:
    """``text`` escaped, with the white space at its ends kept: it stands beside other pieces."""
    inner = markdown_line(text)
    return " " * text.startswith(" ") + inner + " " * text.endswith(" ")
