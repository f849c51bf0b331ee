"""Cards and packs for the tests of exports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from record_builder import BRUSSELS, TALLINN, samples, transcript_of

from index.sentences import sentence_spans
from qa.cite import cite_span
from qa.export.types import Card, Pack, QuizItem

if TYPE_CHECKING:
    from index.types import Kind
    from qa.export.types import Changed
    from qa.types import Citation
    from qa.wording import Language

TODAY = date(2026, 11, 22)
SCRIPTS = (
    "שלום לכולם. אנחנו עומדים לצד אוקראינה, ו-NATO חזקה מאי פעם ב-2018.",
    "مرحبا بكم في مقر الناتو. نحن نقف مع أوكرانيا اليوم.",
    "日本の安全保障は大切です。私たちは協力します。",
    "Привіт, Γειά σου, გამარჯობა, 한국어, 中文, हिन्दी, ไทย 😀 Đặng Łódź.",
    "e\u0301te\u0301 and co\u00adoperation, a\u200bb, 1\u00a0000\u202f€.",
)
"""Words in many scripts, from right to left, and with characters that have no shape."""


def cited(words: str, doc_id: str = BRUSSELS) -> Citation:
    """The citation of ``words`` of a sample."""
    start = samples()[doc_id].text.index(words)
    return cite_span(samples()[doc_id], start, start + len(words))


def made(words: str, *, speaker: str = "Ann Example", kind: Kind = "principal") -> Citation:
    """The citation of an invented turn that is ``words``."""
    transcript = transcript_of(words, speaker=speaker, kind=kind)
    return cite_span(transcript, 7, len(transcript.text))


def sentences(doc_id: str, kind: Kind = "principal") -> list[Citation]:
    """Every sentence of the ``kind`` turns of a sample."""
    transcript = samples()[doc_id]
    spans = [s for t in transcript.turns if t.kind == kind for s in sentence_spans(transcript.text, t.start, t.end)]
    return [cite_span(transcript, *span) for span in spans]


def pack_of(
    *entries: Card | Changed | Citation,
    title: str = "Cyber defence",
    introduction: str = "Read before class.",
    quiz: tuple[QuizItem, ...] = (),
    language: Language = "en",
) -> Pack:
    """A pack of cards, or of citations without notes."""
    cards = tuple(entry if hasattr(entry, "note") else Card(entry) for entry in entries)
    return Pack(title, introduction, cards, TODAY, "abcdef012345", 2, quiz, language)  # type: ignore[arg-type]


def quiz_of(citation: Citation, other: Citation) -> tuple[QuizItem, ...]:
    """A question whose options are names, and one whose options are quotes."""
    who = QuizItem("who", f"Who said: “{citation.quote.text}”?", ("Sven Mikser", "Jens Stoltenberg"), 1, citation)
    quotes = (other.quote.text, citation.quote.text)
    which = QuizItem("who", "Which of these did he say?", quotes, 1, citation, (other, citation))
    return who, which


def twenty() -> Pack:
    """Twenty sentences of both samples, notes on some of them."""
    chosen = [*sentences(BRUSSELS)[:60:6], *sentences(TALLINN)[:60:6]]
    return pack_of(*(Card(one, "Compare." if at % 3 == 0 else "") for at, one in enumerate(chosen)))
