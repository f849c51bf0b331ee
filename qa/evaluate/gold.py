"""How good the answers are, against hand-written gold quotes.

A gold quote counts as shown when a citation of the same document covers at least half of its characters, or holds it
word for word at another place. Format: one JSON object a line, {"id", "question", "kind": "answerable | unanswerable
| followup", "history", "gold": [{"doc", "quote", "speaker", "start"}]}.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.errors import InputError
from qa.types import Answer, Citation

_REMEDY = 'Each line is {"id", "question", "kind", "history", "gold": [{"doc", "quote", "speaker", "start"}]}'


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that an answer should show: ``text`` starts at ``start`` of ``doc_id``; ``speaker`` is ``None`` for a
    header.
    """

    doc_id: str
    text: str
    start: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and the quotes that answer it; none for a question that should be refused."""

    id: str
    question: str
    kind: str
    history: tuple[Mapping[str, str], ...]
    quotes: tuple[GoldQuote, ...]


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read gold questions. Raises ``InputError`` naming the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})", remedy=_REMEDY) from error
    return [_question(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, where: str) -> GoldQuestion:
    try:
        row: Any = json.loads(line)
        quotes = tuple(
            GoldQuote(PurePath(q["doc"]).stem, q["quote"], int(q["start"]), q["speaker"]) for q in row.get("gold", ())
        )
        return GoldQuestion(str(row["id"]), row["question"], row["kind"], tuple(row.get("history", ())), quotes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{where}: not a gold question ({error!r})", remedy=_REMEDY) from error


def score_answers(gold: Sequence[GoldQuestion], answers: Iterable[Answer]) -> dict[str, float | int | None]:
    """Percentages over all questions: see the keys. ``answers`` are in the order of ``gold``."""
    pairs = list(zip(gold, answers, strict=True))
    answerable = [(question, answer) for question, answer in pairs if question.kind != "unanswerable"]
    refusable = [answer for question, answer in pairs if question.kind == "unanswerable"]
    ranks = [[_rank(quote, answer.citations) for quote in question.quotes] for question, answer in answerable]
    found = [[rank for rank in row if rank is not None] for row in ranks]
    named = [
        (quote.speaker, answer.citations[rank].speaker)
        for (question, answer), row in zip(answerable, ranks, strict=True)
        for quote, rank in zip(question.quotes, row, strict=True)
        if rank is not None and quote.speaker
    ]
    return {
        "questions": len(pairs),
        "answered_%": _percent(answer.status == "answered" for _, answer in answerable),
        "first_citation_right_%": _percent(0 in row for row in found),
        "any_gold_quote_shown_%": _percent(map(bool, found)),
        "all_gold_quotes_shown_%": _percent(len(row) == len(all_) for row, all_ in zip(found, ranks, strict=True)),
        "speaker_right_%": _percent(want.casefold() in (got or "").casefold() for want, got in named),
        "refused_when_unanswerable_%": _percent(answer.status == "refused" for answer in refusable),
        "median_words_shown": _median(sum(len(c.quote.text.split()) for c in a.citations) for _, a in answerable),
        "median_ms": _median(sum(answer.timings_ms.values()) for _, answer in pairs),
    }


def _rank(quote: GoldQuote, citations: Sequence[Citation]) -> int | None:
    return next((rank for rank, citation in enumerate(citations) if _shows(citation, quote)), None)


def _shows(citation: Citation, quote: GoldQuote) -> bool:
    if citation.quote.doc_id != quote.doc_id:
        return False
    end = quote.start + len(quote.text)
    overlap = min(end, citation.quote.end) - max(quote.start, citation.quote.start)
    return quote.text in citation.quote.text or overlap >= 0.5 * len(quote.text)


def _percent(hits: Iterable[bool]) -> float | None:
    values = list(hits)
    return round(100 * sum(values) / len(values), 1) if values else None


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(statistics.median(found), 1) if found else None
