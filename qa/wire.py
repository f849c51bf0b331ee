"""An Answer as JSON: the contract that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from index.types import Filters
from qa.types import Answer, Citation, Quote, Searched, Side


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The JSON object of one answer, ready for ``json.dumps``."""
    return {
        "id": answer.id,
        "question": answer.question,
        "standalone": answer.standalone,
        "status": answer.status,
        "reason": answer.reason,
        "chance": None if answer.chance is None else round(answer.chance, 3),
        "sort": answer.sort,
        "filters": filters_to_json(answer.filters),
        "removable": list(answer.removable),
        "notes": list(answer.notes),
        "searched": _searched(answer.searched),
        "count": asdict(answer.count) if answer.count else None,
        "sides": [_side(side) for side in answer.sides],
        "citations": [citation_to_json(citation) for citation in answer.citations],
        "related": [citation_to_json(citation) for citation in answer.related],
        "timings_ms": dict(answer.timings_ms),
    }


def filters_to_json(filters: Filters) -> dict[str, Any]:
    """Filters with days as ISO dates."""
    return {
        "speakers": list(filters.speakers),
        "kinds": list(filters.kinds),
        "date_from": filters.date_from.isoformat() if filters.date_from else None,
        "date_to": filters.date_to.isoformat() if filters.date_to else None,
        "doc_ids": list(filters.doc_ids),
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation; the question that prompted the words and the sentences beside them are by offset too."""
    return {
        "marker": citation.marker,
        "doc_id": citation.quote.doc_id,
        "turn_id": citation.quote.turn_id,
        "start": citation.quote.start,
        "end": citation.quote.end,
        "quote": citation.quote.text,
        "speaker": citation.speaker,
        "role": citation.role,
        "kind": citation.kind,
        "date": citation.date.isoformat() if citation.date else None,
        "title": citation.title,
        "place": citation.place,
        "url": citation.url,
        "score": citation.score,
        "asked": _quote(citation.asked),
        "asked_by": citation.asked_by,
        "reported_from": citation.reported_from,
        "before": _quote(citation.before),
        "after": _quote(citation.after),
    }


_COLUMNS = ("marker", "date", "speaker", "role", "kind", "quote", "doc_id", "turn_id", "start", "end", "title", "url")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def citations_to_csv(citations: Sequence[Citation]) -> str:
    """A header line and a line a quote. What a spreadsheet would take for a formula begins with an apostrophe."""
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for citation in citations:
        cells = citation_to_json(citation)
        rows.writerow([_harmless(cells[column]) for column in _COLUMNS])
    return stream.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {"turn_id": quote.turn_id, "start": quote.start, "end": quote.end, "quote": quote.text}


def _side(side: Side) -> dict[str, Any]:
    return {
        "speakers": list(side.speakers),
        "date_from": side.date_from.isoformat() if side.date_from else None,
        "date_to": side.date_to.isoformat() if side.date_to else None,
        "markers": list(side.markers),
        "reason": side.reason,
    }


def _searched(searched: Searched) -> dict[str, Any]:
    return {
        "transcripts": searched.transcripts,
        "turns": searched.turns,
        "speakers": list(searched.speakers),
        "date_from": searched.date_from.isoformat() if searched.date_from else None,
        "date_to": searched.date_to.isoformat() if searched.date_to else None,
    }
