"""How good the answers are, against hand-written gold quotes.

A gold quote counts as shown when a citation of the same document covers at least half of its characters, or holds it
word for word at another place. Format: one JSON object a line, {"id", "question", "kind": "answerable | unanswerable
| followup", "history", "gold": [{"doc", "quote", "speaker", "start"}]}.
"""

from __future__ import annotations

import json
import math
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
    category: str = ""


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
        history, category = tuple(row.get("history", ())), str(row.get("category") or "")
        return GoldQuestion(str(row["id"]), row["question"], row["kind"], history, quotes, category)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{where}: not a gold question ({error!r})", remedy=_REMEDY) from error


def score_answers(gold: Sequence[GoldQuestion], answers: Iterable[Answer]) -> dict[str, Any]:
    """Percentages over all questions: see the keys. ``answers`` are in the order of ``gold``.

    ``intervals_%`` holds the 95 % interval of each percentage, ``by_category`` how many questions of each category came
    out right: first citation right, or refused where that was right.
    """
    pairs = list(zip(gold, answers, strict=True))
    answerable = [(question, answer) for question, answer in pairs if question.kind != "unanswerable"]
    refused = [answer.status == "refused" for question, answer in pairs if question.kind == "unanswerable"]
    ranks = [[_rank(quote, answer.citations) for quote in question.quotes] for question, answer in answerable]
    found = [[rank for rank in row if rank is not None] for row in ranks]
    named = [
        (quote.speaker, answer.citations[rank].speaker)
        for (question, answer), row in zip(answerable, ranks, strict=True)
        for quote, rank in zip(question.quotes, row, strict=True)
        if rank is not None and quote.speaker
    ]
    hits = {
        "answered_%": [answer.status == "answered" for _, answer in answerable],
        "first_citation_right_%": [0 in row for row in found],
        "any_gold_quote_shown_%": [bool(row) for row in found],
        "all_gold_quotes_shown_%": [len(row) == len(all_) for row, all_ in zip(found, ranks, strict=True)],
        "speaker_right_%": [want.casefold() in (got or "").casefold() for want, got in named],
        "refused_when_unanswerable_%": refused,
    }
    right = iter(hits["first_citation_right_%"]), iter(refused)
    outcomes = [(question.category, next(right[question.kind == "unanswerable"])) for question in gold]
    return {
        "questions": len(pairs),
        **{name: _percent(values) for name, values in hits.items()},
        "median_words_shown": _median(sum(len(c.quote.text.split()) for c in a.citations) for _, a in answerable),
        "median_ms": _median(sum(answer.timings_ms.values()) for _, answer in pairs),
        "intervals_%": {name: wilson_interval(sum(values), len(values)) for name, values in hits.items() if values},
        "by_category": _by_category(outcomes),
    }


def wilson_interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval, in percent, of a share seen as ``hits`` of ``of`` (Wilson 1927)."""
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (100 * (middle + sign * half) / (1 + z * z / of) for sign in (-1, 1))
    return round(max(0.0, low), 1), round(min(100.0, high), 1)


def _by_category(outcomes: Iterable[tuple[str, bool]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for category, right in sorted(outcomes):
        row = table.setdefault(category or "none given", {"questions": 0, "right": 0})
        row["questions"] += 1
        row["right"] += right
    return table


def _rank(quote: GoldQuote, citations: Sequence[Citation]) -> int | None:
    return next((rank for rank, citation in enumerate(citations) if _shows(citation, quote)), None)


def _shows(citation: Citation, quote: GoldQuote) -> bool:
    if citation.quote.doc_id != quote.doc_id:
        return False
    end = quote.start + len(quote.text)
    overlap = min(end, citation.quote.end) - max(quote.start, citation.quote.start)
    return quote.text in citation.quote.text or overlap >= 0.5 * len(quote.text)


def _percent(values: Sequence[bool]) -> float | None:
    return round(100 * sum(values) / len(values), 1) if values else None


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(statistics.median(found), 1) if found else None
