"""The quotes that a client names, looked up again: an address and a digest become a card, or a quote withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.cite import cite_span
from qa.export.types import Card, Changed
from qa.extract import Contexts
from qa.web.links import Place, resolve, words_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.types import Transcript
    from qa.export.types import SourceState
    from qa.extract import Context


@dataclass(frozen=True, slots=True)
class Named:
    """A quote as a client names it: its address, the digest of the words it stands for, and the trainer's note."""

    place: str
    digest: str
    note: str = ""


def resolve_cards(
    named: Sequence[Named],
    transcripts: Mapping[str, Transcript],
    *,
    source_state: Callable[[str], SourceState] = lambda _doc_id: "unknown",
) -> tuple[Card | Changed, ...]:
    """A card of each of ``named`` whose words still stand at its address; ``Changed`` of every other.

    An address may lie inside a sentence (a search for words gives such); the card then holds the whole sentence, since
    part of one may say the opposite.
    """
    contexts = Contexts(transcripts)
    return tuple(
        _card(one, place, contexts[place.transcript.doc_id], number, source_state)
        if (place := resolve(one.place, transcripts)) and _is_unchanged(one, place)
        else Changed(one.place, one.note)
        for number, one in enumerate(named, 1)
    )


def _is_unchanged(named: Named, place: Place) -> bool:
    words = place.transcript.text[slice(*place.span)] if place.span else ""
    return bool(words.strip()) and words_digest(words) == named.digest


def _card(
    named: Named, place: Place, context: Context, number: int, source_state: Callable[[str], SourceState]
) -> Card:
    assert place.span is not None  # a place without a span is never unchanged
    start, end = place.span
    turn = next((turn for turn in place.transcript.turns if turn.start <= start and end <= turn.end), None)
    touched = [s for s in context.sentences(turn.turn_id if turn else None) if s[0] < end and start < s[1]]
    citation = cite_span(place.transcript, min(start, touched[0][0]), max(end, touched[-1][1]), marker=number)
    return Card(citation, named.note, source_state(place.transcript.doc_id))
