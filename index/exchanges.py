"""Which turns answer which question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from index.types import Exchange, Turn

_SHORT_REPLY = 2  # words: "Yes.", "To whom?" go on with the question before
_SHORT_ECHO = 8  # words: "Enough pilots?" puts the question back


def pair_exchanges(text: str, turns: Sequence[Turn]) -> tuple[Exchange, ...]:
    """Questions with their answers, in order. Several people may answer one question; a question nobody answers is
    left out.

    A question put back ("Enough pilots?") counts among the answers and its reply among the questions of one exchange.
    """
    pairs: list[tuple[list[str], list[str]]] = []
    before: Turn | None = None
    by_id = {turn.turn_id: turn for turn in turns}
    for turn, after in zip_longest(turns, turns[1:]):
        asks = turn.kind == "journalist" or _unknown_asks(text, turn, after)
        if asks:
            if (
                pairs
                and before is not None
                and before.kind == "principal"
                and pairs[-1][1]
                and _goes_on(text, before, turn)
                and _same_voice(by_id[pairs[-1][0][-1]], turn)
            ) or (pairs and not pairs[-1][1] and before is not None and before.turn_id in pairs[-1][0]):
                pairs[-1][0].append(turn.turn_id)
            else:
                pairs.append(([turn.turn_id], []))
        elif turn.kind == "principal" and pairs:
            pairs[-1][1].append(turn.turn_id)
        before = turn
    return tuple(Exchange(tuple(asked), tuple(answered)) for asked, answered in pairs if answered)


def _unknown_asks(text: str, turn: Turn, after: Turn | None) -> bool:
    """Whether somebody unknown asks a question that an official takes up at once."""
    asks = turn.kind == "unknown" and text[turn.start : turn.end].rstrip(' "”»)').endswith("?")
    return asks and after is not None and after.kind == "principal"


def _same_voice(earlier: Turn, turn: Turn) -> bool:
    """Whether ``turn`` may be by who asked last: the same name or outlet, or neither known."""
    return (earlier.speaker, earlier.affiliation) == (turn.speaker, turn.affiliation)


def _goes_on(text: str, answer: Turn, turn: Turn) -> bool:
    """Whether a journalist's turn only completes the question that was answered, or put back, just before."""
    said = text[turn.start : turn.end]
    replied = text[answer.start : answer.end].strip()
    put_back = replied.endswith("?") and len(replied.split()) <= _SHORT_ECHO
    counters = bool(re.match(r"[^.!?]{1,60}\?", replied)) and "?" not in said
    return put_back or counters or (len(said.split()) <= _SHORT_REPLY and not said.startswith(("(", "[")))
