"""Class packs, answers taken along and formal citations: what the page posts becomes a file or a line of text.

A client names quotes by address and digest and brings no words of the record; each is looked up again.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from qa.catalogue import texts
from qa.export.choose import Named, resolve_cards
from qa.export.styles import STYLES, formal
from qa.export.types import Card, Pack
from qa.export.verbatim import one_line
from qa.export.verify import UnprovedExportError
from qa.export.write import FORMATS, MEDIA_TYPES, write_pack
from qa.web.links import cite_id
from qa.web.parts import PartError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qa.export.types import Format, PackSort, QuizItem
    from qa.web.record import Edition
    from qa.wording import Language

CARDS_LIMIT = 200
TITLE_LIMIT, INTRODUCTION_LIMIT, NOTE_LIMIT, QUESTION_LIMIT = 200, 2_000, 2_000, 1_000  # characters
_WORDS_LIMIT = 400_000
"""Characters of all quotes of a file: some eighty pages, and some ten seconds of writing."""

_NAME_LIMIT = 60  # characters of a file's name, before its ending
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)  # names that Windows keeps for itself


@dataclass(frozen=True, slots=True)
class Order:
    """What the page asks to have written: ``title`` is the question where it is an answer."""

    sort: PackSort
    format: str
    title: str
    cards: tuple[Named, ...]
    introduction: str = ""
    quiz: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent: its bytes, name and type."""

    data: bytes
    name: str
    media_type: str

    @property
    def disposition(self) -> str:
        """The header that names the file, in any script and for old clients in ASCII (RFC 6266)."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        plain = plain if not plain.startswith(".") else f"on-the-record{plain}"
        return f"attachment; filename*=UTF-8''{percent_encode(self.name, safe='')}; filename=\"{plain}\""


def write_order(order: Order, edition: Edition, *, today: date, language: Language) -> File:
    """The file that ``order`` asks for, every quote looked up again and read back from the file.

    Raises:
        PartError: the order is too large, names no quote that still stands, or a PDF lacks a font for a character.
    """
    format = _format(order.format, language)
    _check_sizes(order, language)
    pack = _pack(order, edition, today, language)
    try:
        written = _written(pack, format, language)
    except UnprovedExportError as error:
        raise PartError(texts(language)("export.unproved"), status=500) from error
    return File(written, file_name(pack.title, format), MEDIA_TYPES[format])


def cite_formally(
    named: Named, style: str, edition: Edition, *, today: date, language: Language, base: str = ""
) -> str:
    """The formal citation of one quote. ``base`` is the address of the page, for quotes whose source has none.

    Raises:
        PartError: there is no such style, or the quote no longer stands in the record.
    """
    wanted = next((known for known in STYLES if known == style), None)
    if wanted is None:
        raise PartError(texts(language)("export.bad_style", styles=", ".join(STYLES)))
    (entry,) = resolve_cards([named], edition.transcripts)
    if not isinstance(entry, Card):
        raise PartError(texts(language)("export.bad_place"), status=410)
    page = f"{base}?cite={cite_id(entry.citation.quote)}" if base and not _is_local(base) else ""
    return formal(entry.citation, wanted, today=today, language=language, page=page)


def file_name(title: str, format: Format) -> str:
    """``title`` as a name that every file system takes: letters and digits of any script, joined by hyphens."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", title.replace("’", "").replace("'", "")))
    stem = "-".join(words)[:_NAME_LIMIT].strip("-")
    stem = "on-the-record" if not stem or _RESERVED.match(stem) else stem
    return f"{stem}.{format}"


def _format(named: str, language: Language) -> Format:
    format = next((known for known in FORMATS if known == named), None)
    if format is None:
        raise PartError(texts(language)("export.bad_format", formats=", ".join(FORMATS)))
    return format


def _check_sizes(order: Order, language: Language) -> None:
    t = texts(language)
    if not order.cards:
        raise PartError(t("export.no_cards"))
    if len(order.cards) > CARDS_LIMIT:
        raise PartError(t("export.too_many", n=CARDS_LIMIT))
    title = ("question", QUESTION_LIMIT) if order.sort == "answer" else ("title", TITLE_LIMIT)
    longest = max(len(card.note) for card in order.cards)
    measured = [(*title, len(order.title)), ("introduction", INTRODUCTION_LIMIT, len(order.introduction))]
    for field, limit, length in (*measured, ("note", NOTE_LIMIT, longest)):
        if length > limit:
            raise PartError(t("export.too_long", what=t(f"export.field_{field}"), n=limit))


def _pack(order: Order, edition: Edition, today: date, language: Language) -> Pack:
    t = texts(language)
    entries = resolve_cards(order.cards, edition.transcripts, source_state=edition.source_state)
    cards = [entry for entry in entries if isinstance(entry, Card)]
    if not cards:
        raise PartError(t("export.all_changed"), status=410)
    if sum(len(card.citation.quote.text) for card in cards) > _WORDS_LIMIT:
        raise PartError(t("export.too_much"))
    return Pack(
        title=one_line(order.title) or t("export.default_title"),
        introduction=order.introduction,
        entries=entries,
        made=today,
        fingerprint=edition.fingerprint,
        transcripts=len(edition.transcripts),
        quiz=_quiz(cards, edition, order.seed, language) if order.quiz else (),
        language=language,
        sort=order.sort,
    )


def _quiz(cards: Sequence[Card], edition: Edition, seed: int, language: Language) -> tuple[QuizItem, ...]:
    from qa.teach.quiz import make_quiz

    return make_quiz([card.citation for card in cards], edition.transcripts, seed=seed, language=language)


def _written(pack: Pack, format: Format, language: Language) -> bytes:
    from qa.export.pdf import NoGlyphError

    try:
        return write_pack(pack, format).data
    except NoGlyphError as error:
        raise PartError(texts(language)("export.no_glyph", character=error.character)) from error


def _is_local(address: str) -> bool:
    """Whether ``address`` is one that only this machine can open; nobody else can follow such a link."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
