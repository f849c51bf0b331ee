"""Transcripts, citations and answers for the tests of the page: the two samples, and one that is hostile."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.parse import parse_file
from index.types import Filters, Region, Transcript, Turn
from qa.check import Checked
from qa.types import Answer, Citation, Quote, Searched
from qa.web.record import Edition, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Kind
    from qa.web.record import Ask

SAMPLES = Path(__file__).parents[2] / "data" / "transcripts"
TALLINN, BRUSSELS = "2014-11-20-joint-press-point", "2018-10-04-press-conference"

SEARCHED = Searched(
    transcripts=2,
    turns=24,
    speakers=("Jens Stoltenberg", "Sven Mikser"),
    date_from=date(2014, 11, 20),
    date_to=date(2018, 10, 4),
)

HOSTILE_WORDS = (
    "Hello <img src='https://evil.example/x.png' onerror='window.hurt=1'> "
    "![pixel](https://evil.example/y.png) "
    "[click](javascript:window.hurt=2) ${window.hurt=3} {{window.hurt=4}} {{{value}}} `code` $$x^2$$ \\(y\\) "
    "<script>window.hurt=5</script> https://evil.example/z www.evil.example a@evil.example &lt;b&gt; **bold** _em_ |a| "
    "\u202eright to left\u202c </details></blockquote></mark><form action='https://evil.example'><input name=q></form>"
)


@cache
def samples() -> Mapping[str, Transcript]:
    """The two sample transcripts by their id."""
    found = (parse_file(file) for file in sorted(SAMPLES.glob("*.txt")))
    return {transcript.doc_id: transcript for transcript in found}


def transcript_of(text: str, *, speaker: str = "Ann Example", kind: Kind = "principal") -> Transcript:
    """A transcript of one header line, ``Title``, and one turn that is ``text``."""
    whole = f"Title\n\n{text}"
    turn = Turn("made#t001", "made", speaker, "Minister", None, kind, 7, len(whole))
    regions = (Region("header", 0, 7), Region("turn", 7, len(whole)))
    return Transcript(
        doc_id="made",
        title="Title",
        event_type=None,
        date=date(2020, 2, 29),
        date_end=None,
        place=None,
        url=None,
        language="en",
        delivery_note=None,
        last_updated=None,
        text=whole,
        turns=(turn,),
        exchanges=(),
        reported=(),
        regions=regions,
        people=(),
        flags=(),
        source_name="made.txt",
        source_sha256="0" * 64,
    )


def citation_of(transcript: Transcript, words: str, *, marker: int = 1) -> Citation:
    """The citation of ``words``, which must occur in ``transcript``, with the question that prompted them."""
    start = transcript.text.index(words)
    turn = next((t for t in transcript.turns if t.start <= start < t.end), None)
    asked = _asked(transcript, turn)
    return Citation(
        marker=marker,
        quote=Quote(transcript.doc_id, turn.turn_id if turn else None, start, start + len(words), words),
        speaker=turn.speaker if turn else None,
        role=turn.role if turn else None,
        kind=turn.kind if turn else None,
        date=transcript.date,
        title=transcript.title,
        place=transcript.place,
        url=transcript.url,
        score=0.9,
        asked=Quote(asked.doc_id, asked.turn_id, asked.start, asked.end, transcript.text[asked.start : asked.end])
        if asked
        else None,
        asked_by="Alistair Bunkall, Sky News" if asked else None,
    )


def answer_of(*citations: Citation, question: str = "What?", filters: Filters | None = None) -> Answer:
    """An answer that shows ``citations``."""
    return Answer(
        id="a1",
        question=question,
        standalone=question,
        status="answered",
        reason="",
        filters=filters or Filters(),
        searched=SEARCHED,
        citations=citations,
        timings_ms={"search": 12.4, "rank": 1030.0},
    )


def refusal_of(*related: Citation, reason: str = "Nothing in it speaks of this.", question: str = "What?") -> Answer:
    """A refusal with ``related`` passages."""
    return Answer(
        id="r1",
        question=question,
        standalone=question,
        status="refused",
        reason=reason,
        filters=Filters(),
        searched=SEARCHED,
        related=related,
    )


def _asked(transcript: Transcript, turn: Turn | None) -> Turn | None:
    if turn is None:
        return None
    wanted = next((e.question_turns[0] for e in transcript.exchanges if turn.turn_id in e.answer_turns), None)
    return next((t for t in transcript.turns if t.turn_id == wanted), None)


def record_of(ask: Ask, transcripts: Mapping[str, Transcript] | None = None) -> Record:
    """A record of ``transcripts``, the samples by default, asked by ``ask`` and checked by plain search."""
    held = samples() if transcripts is None else transcripts
    return Record(Edition(held, ask, check=_found, fingerprint="abcdef012345"))


def _found(given: str) -> Checked:
    return Checked(given, "not_found", ())
