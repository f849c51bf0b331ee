"""The formal citation of one quote in seven styles. Pure.

APA 7 and Chicago 17 (notes and bibliography) for prose, BibTeX, RIS and CSL-JSON for reference managers; plain and
Markdown bring the quote's words along. Every style says so where the words are a journalist's, a moderator's or
reported from somebody else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import quote as percent_encode

from qa.export.names import Name, taken_apart
from qa.export.verbatim import left_out, lines, one_line
from qa.export.wording import month_first, occasion, quote_marks, reporting_words, say, title_of, voice, year_first
from qa.web.escape import markdown_line, markdown_lines
from qa.web.links import words_digest

if TYPE_CHECKING:
    from datetime import date

    from qa.types import Citation
    from qa.wording import Language

Style = Literal["plain", "markdown", "apa", "chicago", "bibtex", "ris", "csl"]
STYLES: tuple[Style, ...] = get_args(Style)

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_URL_SAFE = "%:/?#[]@!$&'()*+,;=-._~"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Braces stay balanced, because BibTeX counts them even behind a backslash.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a citation that is set in one face."""

    text: str
    italic: bool = False


def formal(citation: Citation, style: Style, *, today: date, language: Language = "en", page: str = "") -> str:
    """``citation`` in ``style``. ``page`` is the address of the quote's own page, used where its source names none."""
    if style == "plain":
        return _plain(citation, language, page)
    if style == "markdown":
        return _markdown(citation, language, page)
    if style == "apa":
        return written(apa(citation, today=today, language=language, page=page))
    if style == "chicago":
        note = written(chicago_note(citation, today=today, language=language, page=page))
        return f"{note}\n{written(chicago_bibliography(citation, today=today, language=language, page=page))}"
    if style == "bibtex":
        return _bibtex(citation, today, language, page)
    return _ris(citation, today, language, page) if style == "ris" else _csl(citation, today, language, page)


def written(pieces: tuple[Piece, ...]) -> str:
    """``pieces`` as plain text."""
    return "".join(piece.text for piece in pieces)


def apa(citation: Citation, *, today: date, language: Language, page: str = "") -> tuple[Piece, ...]:
    """``Stoltenberg, J. (2018, October 4). Press conference [Transcript]. Brussels. https://…``; without a name the
    title comes first.
    """
    author = _author(citation)
    day = f"({year_first(citation.date, language) if citation.date else say(language, 'undated')})."
    title = (
        Piece(title_of(citation, language), italic=True),
        Piece(f" [{'; '.join([say(language, 'transcript'), *_what(citation, language)])}]. "),
    )
    begin = (Piece(f"{_stopped(author.initialled)} {day} "), *title) if author else (*title, Piece(f"{day} "))
    place = f"{_stopped(one_line(citation.place))} " if citation.place else ""
    url = web_address(citation.url) or web_address(page)
    if url and citation.date is None:
        url = say(language, "retrieved", date=month_first(today, language), url=url)
    return _trimmed((*begin, Piece(place + url)))


def chicago_note(citation: Citation, *, today: date, language: Language, page: str = "") -> tuple[Piece, ...]:
    """``Jens Stoltenberg (NATO Secretary General), “Press conference” (transcript, Brussels, October 4, 2018), …``"""
    speaker, role = one_line(citation.speaker or ""), one_line(citation.role or "")
    who = f"{speaker} ({role})" if speaker and role else speaker or role
    what = "; ".join(_what(citation, language))
    opened, closed = quote_marks(language)
    title = f"{opened}{title_of(citation, language)}{closed} ({_setting(citation, language, capital=False)})"
    return (Piece(", ".join(filter(None, [who, what, title, *_found_at(citation, today, language, page)])) + "."),)


def chicago_bibliography(citation: Citation, *, today: date, language: Language, page: str = "") -> tuple[Piece, ...]:
    """``Stoltenberg, Jens. “Press conference.” Transcript, Brussels, October 4, 2018. https://…``"""
    author = _author(citation)
    opened, closed = quote_marks(language)
    title = title_of(citation, language)
    quoted = f"{opened}{_stopped(title)}{closed}" if language == "en" else f"{opened}{title}{closed}."
    what = "; ".join(_what(citation, language))
    setting = "; ".join(filter(None, [_setting(citation, language, capital=True), what]))
    begin = [_stopped(author.inverted)] if author else []
    return (Piece(" ".join([*begin, quoted, f"{setting}.", *_ended(_found_at(citation, today, language, page))])),)


def web_address(url: str | None) -> str:
    """``url`` if it is one of the web, made safe for any format by percent-encoding; else nothing."""
    text = one_line(url or "").replace(" ", "%20")
    return percent_encode(text, safe=_URL_SAFE) if _WEB.match(text) else ""


def _plain(citation: Citation, language: Language, page: str) -> str:
    opened, closed = quote_marks(language)
    quoted = opened + "\n".join(lines(citation.quote.text)) + closed
    return " ".join(filter(None, [f"{quoted} — {_introduced(citation, language)}", *_tail(citation, language, page)]))


def _markdown(citation: Citation, language: Language, page: str) -> str:
    opened, closed = quote_marks(language)
    quoted = markdown_lines(opened + "\n\n".join(lines(citation.quote.text)) + closed, prefix="> ")
    who, capacity = (markdown_line(part) for part in voice(citation, language))
    shown = f"**{who}**" + (f", {capacity}" if capacity else "")
    linked = [f"[{say(language, 'in_transcript')}](<{address}>)"] if (address := web_address(page)) else []
    source = [f"<{address}>"] if (address := web_address(citation.url)) else []
    rest = " ".join([f"*{markdown_line(occasion(citation, language))}*.", *source, *linked])
    remark = "".join(f" *{markdown_line(one)}*" for one in _left_out(citation, language))
    return f"{quoted}\n>\n> — {shown}. {rest}{remark}"


def _introduced(citation: Citation, language: Language) -> str:
    who, capacity = voice(citation, language)
    return _stopped(", ".join(filter(None, [who, capacity, occasion(citation, language)])))


def _tail(citation: Citation, language: Language, page: str) -> list[str]:
    return [web_address(citation.url) or web_address(page), *_left_out(citation, language)]


def _left_out(citation: Citation, language: Language) -> list[str]:
    gone = left_out(citation.quote.text)
    return [say(language, "left_out", characters=", ".join(gone))] if gone else []


def _bibtex(citation: Citation, today: date, language: Language, page: str) -> str:
    author, url = _author(citation), web_address(citation.url) or web_address(page)
    day = citation.date
    fields = {
        "author": f"{{{_tex_author(author)}}}" if author else "",
        "title": f"{{{{{_tex(title_of(citation, language))}}}}}",  # twice braced: its capitals stay
        "year": f"{{{day.year if day else _tex(say(language, 'undated'))}}}",
        "month": _MONTHS[day.month - 1] if day else "",
        "date": f"{{{day.isoformat()}}}" if day else "",
        "howpublished": _braced(say(language, "transcript")),
        "address": _braced(one_line(citation.place or "")),
        "note": _braced("; ".join(_notes(citation, language, page))),
        "url": f"{{{url}}}" if url else "",
        "urldate": f"{{{today.isoformat()}}}" if url else "",
    }
    rows = [f"  {name} = {value}" for name, value in fields.items() if value]
    return f"@misc{{{_key(citation)},\n" + ",\n".join(rows) + "\n}"


def _ris(citation: Citation, today: date, language: Language, page: str) -> str:
    author, day, url = _author(citation), citation.date, web_address(citation.url) or web_address(page)
    fields = [
        ("TY", "GEN"),
        ("ID", _key(citation)),
        ("AU", author.inverted if author else ""),
        ("TI", title_of(citation, language)),
        ("PY", str(day.year) if day else ""),
        ("DA", f"{day:%Y/%m/%d}/" if day else ""),
        ("CY", one_line(citation.place or "")),
        ("M3", say(language, "transcript")),
        ("N1", "; ".join(_notes(citation, language, page))),
        ("UR", url),
        ("Y2", f"{today:%Y/%m/%d}/" if url else ""),
    ]
    rows = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*rows, "ER  - ", ""])


def _csl(citation: Citation, today: date, language: Language, page: str) -> str:
    author, day, url = _author(citation), citation.date, web_address(citation.url) or web_address(page)
    item: dict[str, object] = {
        "id": _key(citation),
        "type": "speech",
        "title": title_of(citation, language),
        "author": [_csl_author(author)] if author else None,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "event-place": one_line(citation.place or ""),
        "genre": say(language, "transcript"),
        "note": "; ".join(_notes(citation, language, page)),
        "URL": url,
        "accessed": {"date-parts": [[today.year, today.month, today.day]]} if url else None,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def _author(citation: Citation) -> Name | None:
    speaker = one_line(citation.speaker or "")
    return taken_apart(speaker) if speaker else None


def _tex_author(author: Name) -> str:
    if not author.given:
        return f"{{{_tex(author.family)}}}"  # the inner braces keep BibTeX from taking the name apart
    return ", ".join(_tex(part) for part in (author.family, author.ending, author.given) if part)


def _csl_author(author: Name) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    parts = {"family": author.family, "given": author.given, "suffix": author.ending}
    return {name: value for name, value in parts.items() if value}


def _what(citation: Citation, language: Language) -> list[str]:
    """What the words are where they are not simply a named official's own."""
    unnamed = citation.kind in ("principal", "unknown") and not one_line(citation.speaker or "")
    key = "what_header" if citation.kind is None else "what_unnamed" if unnamed else f"what_{citation.kind}"
    kinds = [say(language, key)] if key not in ("what_principal", "what_unknown") else []
    return [*kinds, *filter(None, [reporting_words(citation, language)])]


def _notes(citation: Citation, language: Language, page: str) -> list[str]:
    at = web_address(page) if web_address(citation.url) else ""
    return list(filter(None, [one_line(citation.role or ""), *_what(citation, language), at]))


def _setting(citation: Citation, language: Language, *, capital: bool) -> str:
    transcript = say(language, "transcript")
    day = month_first(citation.date, language) if citation.date else say(language, "undated")
    known = [transcript if capital else transcript.lower(), one_line(citation.place or ""), day]
    return ", ".join(filter(None, known))


def _found_at(citation: Citation, today: date, language: Language, page: str) -> list[str]:
    url = web_address(citation.url) or web_address(page)
    accessed = say(language, "accessed", date=month_first(today, language))
    return [] if not url else [url] if citation.date else [accessed, url]


def _ended(found: list[str]) -> list[str]:
    """What was found where, as a sentence of its own."""
    sentence = ", ".join(found)
    return [f"{sentence[0].upper() if len(found) > 1 else sentence[0]}{sentence[1:]}."] if sentence else []


def _key(citation: Citation) -> str:
    """``stoltenberg2018-1a2b3c4d``: name, year, and the digest of the quote's words."""
    author = _author(citation)
    name = re.sub("[^a-z]", "", (author.family if author else "").lower()) or "transcript"
    return f"{name}{citation.date.year if citation.date else ''}-{words_digest(citation.quote.text)}"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


def _braced(text: str) -> str:
    return f"{{{_tex(text)}}}" if text else ""


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    *first, last = pieces
    return (*first, Piece(last.text.rstrip(), last.italic)) if last.text.strip() else _trimmed(tuple(first))
