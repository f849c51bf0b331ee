"""The one place that makes citations, and proves them: no quote leaves without ``text[start:end]`` being its words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.sentences import sentence_spans
from index.types import Transcript, Turn
from qa.every import Place
from qa.extract import Context
from qa.relevance import Scored
from qa.select import Chosen
from qa.types import Citation, Quote

_ASKED_WORDS = 45


class UnprovedQuoteError(AssertionError):
    """A quote is not the words at its offsets: a defect of the program, never of its input."""


def cite(chosen: Sequence[Chosen], contexts: Mapping[str, Context], *, first_marker: int = 1) -> tuple[Citation, ...]:
    """Citations of the chosen quotes, numbered from ``first_marker``. Raises ``UnprovedQuoteError`` rather than
    misquote.
    """
    return tuple(
        _citation(
            marker,
            contexts[one.scored.candidate.doc_id],
            one.scored.candidate.turn_id,
            (one.start, one.end),
            score=_score(one.scored),
        )
        for marker, one in enumerate(chosen, first_marker)
    )


def cite_places(places: Sequence[Place], contexts: Mapping[str, Context]) -> tuple[Citation, ...]:
    """Citations of places that hold the words asked for, beyond doubt: their score is 1."""
    return tuple(
        _citation(marker, contexts[place.doc_id], place.turn_id, (place.start, place.end), score=1.0)
        for marker, place in enumerate(places, 1)
    )


def cite_span(transcript: Transcript, start: int, end: int, *, marker: int = 1) -> Citation:
    """The citation of ``text[start:end]``, which lies inside one turn or in the header; its score is 1."""
    turn = next((turn for turn in transcript.turns if turn.start <= start and end <= turn.end), None)
    turn_id = turn.turn_id if turn else None
    return _citation(marker, Context(transcript), turn_id, (start, end), score=1.0)


def quote(transcript: Transcript, turn_id: str | None, start: int, end: int) -> Quote:
    """The words at ``start`` to ``end`` as a proved quote."""
    return proved(Quote(transcript.doc_id, turn_id, start, end, transcript.text[start:end]), transcript)


def proved(quoted: Quote, transcript: Transcript) -> Quote:
    """``quoted`` itself, if it is word for word what stands at its offsets, inside its turn."""
    if quoted.doc_id != transcript.doc_id or not 0 <= quoted.start < quoted.end:
        raise UnprovedQuoteError(f"{quoted.doc_id}:{quoted.start}-{quoted.end} is no span of {transcript.doc_id}")
    if not quoted.text.strip() or transcript.text[quoted.start : quoted.end] != quoted.text:
        raise UnprovedQuoteError(f"{quoted.doc_id}:{quoted.start}-{quoted.end} is not {quoted.text!r}")
    if quoted.turn_id is not None:
        turn = next((turn for turn in transcript.turns if turn.turn_id == quoted.turn_id), None)
        if turn is None or not turn.start <= quoted.start < quoted.end <= turn.end:
            raise UnprovedQuoteError(f"{quoted.doc_id}:{quoted.start}-{quoted.end} leaves turn {quoted.turn_id}")
    return quoted


def _citation(marker: int, context: Context, turn_id: str | None, span: tuple[int, int], *, score: float) -> Citation:
    transcript = context.transcript
    turn = context.turns[turn_id] if turn_id else None
    questions = context.question_turns(turn_id) if turn_id else ()
    before, after = _beside(context, turn_id, *span)
    return Citation(
        marker=marker,
        quote=quote(transcript, turn_id, *span),
        speaker=turn.speaker if turn else None,
        role=(turn.role or turn.affiliation) if turn else None,
        kind=turn.kind if turn else None,
        date=transcript.date,
        title=transcript.title,
        place=transcript.place,
        url=transcript.url,
        score=score,
        asked=_asked(transcript, questions),
        asked_by=_asked_by(questions),
        reported_from=context.reported_from(turn_id, *span),
        before=before,
        after=after,
    )


def _beside(context: Context, turn_id: str | None, start: int, end: int) -> tuple[Quote | None, Quote | None]:
    """The sentences before and after a quote in its turn; a header has none."""
    if turn_id is None:
        return None, None
    sentences = context.sentences(turn_id)
    ends_before = [span for span in sentences if span[1] <= start]
    begins_after = [span for span in sentences if span[0] >= end]
    before = quote(context.transcript, turn_id, *ends_before[-1]) if ends_before else None
    return before, quote(context.transcript, turn_id, *begins_after[0]) if begins_after else None


_EVEN = 8.0
_EVEN_READ = 3.5
"""The scores that map to 0.5, without and with a model that has read the sentences: about where right and wrong ones
balance on the questions the weights were fitted on.
"""


def _score(scored: Scored) -> float:
    even = _EVEN if scored.evidence is None else _EVEN_READ
    return round(1 / (1 + math.exp((even - scored.score) / 2)), 4)


def _asked(transcript: Transcript, questions: Sequence[Turn]) -> Quote | None:
    """The sentences that ask, of the turn that prompted an answer; its end where they are many, all of it where none
    asks.
    """
    if not questions:
        return None
    turn = questions[0]
    spans = [
        s for s in sentence_spans(transcript.text, turn.start, turn.end) if transcript.text[s[0] : s[1]].endswith("?")
    ]
    if not spans:
        return quote(transcript, turn.turn_id, turn.start, turn.end)
    while len(spans) > 1 and len(transcript.text[spans[0][0] : spans[-1][1]].split()) > _ASKED_WORDS:
        spans = spans[1:]
    return quote(transcript, turn.turn_id, spans[0][0], spans[-1][1])


def _asked_by(questions: Sequence[Turn]) -> str | None:
    if not questions:
        return None
    known = [part for part in (questions[0].speaker, questions[0].affiliation) if part]
    return ", ".join(known) or "a journalist"
