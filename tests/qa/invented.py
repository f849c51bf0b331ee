"""A small invented record: five speakers, two events, two people of one surname."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from record_builder import transcript_of

from index.types import Exchange, Kind, ReportedSpeech, Transcript, Turn
from qa.roll import Roll, call_roll

PEOPLE: dict[str, tuple[str | None, str | None, Kind]] = {
    "Jens Stoltenberg": ("NATO Secretary General", None, "principal"),
    "Ann Berg": ("Minister of Defence of Norway", None, "principal"),
    "Tom Berg": ("Foreign Minister of Denmark", None, "principal"),
    "Oana Lungescu": ("NATO Spokesperson", None, "moderator"),
    "Mia Frost": (None, "Sky News", "journalist"),
    "": (None, "Financial Times", "journalist"),
}


def event(doc_id: str, day: date | None, said: list[tuple[str, str]], *, exchanges: bool = True) -> Transcript:
    """A transcript in which each of ``said`` is (speaker, words); a journalist's turn is answered by the next ones."""
    text, turns = "", []
    for number, (name, words) in enumerate(said, 1):
        role, outlet, kind = PEOPLE[name]
        text += f"{name or 'Q'}: "
        start = len(text)
        text += words
        turns.append(Turn(f"{doc_id}#t{number:03}", doc_id, name or None, role, outlet, kind, start, len(text)))
        text += "\n\n"
    pairs = _pairs(turns) if exchanges else ()
    made = transcript_of("")
    return replace(
        made, doc_id=doc_id, title=doc_id.title(), date=day, text=text, turns=tuple(turns), exchanges=pairs, regions=()
    )


def reporting(transcript: Transcript, words: str, *, source: str) -> Transcript:
    """``transcript`` with ``words`` credited to ``source``."""
    start = transcript.text.index(words)
    turn = next(turn for turn in transcript.turns if turn.start <= start < turn.end)
    span = ReportedSpeech(turn.turn_id, start, start + len(words), turn.start, start, source)
    return replace(transcript, reported=(*transcript.reported, span))


def invented_roll() -> Roll:
    """The roll of two events, in May 2016 and on 3 June 2020."""
    return call_roll(
        [
            event(
                "oslo",
                date(2016, 5, 4),
                [
                    ("Jens Stoltenberg", "We agreed."),
                    ("Oana Lungescu", "Sky News."),
                    ("Mia Frost", "Why?"),
                    ("Ann Berg", "So."),
                ],
            ),
            event("riga", date(2020, 6, 3), [("Jens Stoltenberg", "No."), ("", "When?"), ("Tom Berg", "Soon.")]),
        ]
    )


def _pairs(turns: list[Turn]) -> tuple[Exchange, ...]:
    pairs: list[Exchange] = []
    for turn in turns:
        if turn.kind == "journalist":
            pairs.append(Exchange((turn.turn_id,), ()))
        elif turn.kind == "principal" and pairs:
            pairs[-1] = Exchange(pairs[-1].question_turns, (*pairs[-1].answer_turns, turn.turn_id))
    return tuple(pairs)
