"""Passages found → the sentences in them that could be quoted, each with what it needs to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.types import Exchange, Hit, Passage, Transcript, Turn
from qa.wording import written_date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence, ``transcript.text[start:end]``, and its surroundings in the same turn (empty where there are none).

    ``asked`` is what a journalist asked to prompt it; ``setting`` the words of the header, of the day and of who
    speaks: what a question may say of the event without any sentence saying it again.
    """

    doc_id: str
    turn_id: str | None
    start: int
    end: int
    text: str
    before: str
    after: str
    asked: str
    setting: str


class Context:
    """What can be looked up about one transcript while its sentences are judged; built once, then read-only."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.turns: Mapping[str, Turn] = {turn.turn_id: turn for turn in transcript.turns}
        self._questions = _by_turn(transcript.exchanges)
        self._answers = {q: pair.answer_turns for pair in transcript.exchanges for q in pair.question_turns}
        self._header_spans = [(region.start, region.end) for region in transcript.regions if region.kind == "header"]
        header = " ".join(transcript.text[start:end] for start, end in self._header_spans)
        self._header = f"{header} {written_date(transcript.date)}"
        self._sentences: dict[str | None, tuple[Span, ...]] = {}

    def sentences(self, turn_id: str | None) -> tuple[Span, ...]:
        """The sentences of a turn, or of the header for ``None``."""
        if turn_id not in self._sentences:
            spans = [_span(self.turns[turn_id])] if turn_id else self._header_spans
            text = self.transcript.text
            self._sentences[turn_id] = tuple(
                found for start, end in spans for found in sentence_spans(text, start, end)
            )
        return self._sentences[turn_id]

    def inside(self, passage: Passage) -> list[int]:
        """The positions, among the sentences of its turn, of those that lie whole in ``passage``."""
        spans = self.sentences(passage.turn_id)
        return [at for at, (start, end) in enumerate(spans) if passage.start <= start and end <= passage.end]

    def question_turns(self, turn_id: str) -> tuple[Turn, ...]:
        """The question that prompted a turn, as turns; empty for an opening statement."""
        return tuple(self.turns[asked] for asked in self._questions.get(turn_id, ()))

    def answers(self, turn_id: str | None) -> tuple[str, ...]:
        """Ids of the turns that answer a journalist's turn."""
        return self._answers.get(turn_id, ()) if turn_id else ()

    def asked(self, turn_id: str | None) -> str:
        """The question that prompted a turn, in full."""
        turns = self.question_turns(turn_id) if turn_id else ()
        return " ".join(self.transcript.text[turn.start : turn.end] for turn in turns)

    def reported_from(self, turn_id: str | None, start: int, end: int) -> str | None:
        """Who is reported, where ``text[start:end]`` holds words that the speaker credits to somebody else."""
        for span in self.transcript.reported:
            if span.turn_id == turn_id and span.start < end and start < span.end:
                return re.sub(r"\AThe ", "the ", span.source)
        return None

    def outlet(self, turn_id: str | None) -> str | None:
        """Whom a turn's speaker works for."""
        return self.turns[turn_id].affiliation if turn_id else None

    def setting(self, turn_id: str | None) -> str:
        """The header's words, the day, and who speaks in what office."""
        turn = self.turns[turn_id] if turn_id else None
        who = [turn.speaker, turn.role, turn.affiliation] if turn else []
        return " ".join([self._header, *(part for part in who if part)])


class Contexts(Mapping[str, Context]):
    """A context a transcript, made when first needed."""

    def __init__(self, transcripts: Mapping[str, Transcript]) -> None:
        self._transcripts = transcripts
        self._made: dict[str, Context] = {}

    def __getitem__(self, doc_id: str) -> Context:
        if doc_id not in self._made:
            self._made[doc_id] = Context(self._transcripts[doc_id])
        return self._made[doc_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._transcripts)

    def __len__(self) -> int:
        return len(self._transcripts)


def candidates(hits: Sequence[Hit], contexts: Mapping[str, Context]) -> list[Candidate]:
    """Every whole sentence of the passages in ``hits``, each once, in the order of the hits."""
    seen: set[tuple[str, int]] = set()
    found: list[Candidate] = []
    for hit in hits:
        passage = hit.passage
        context = contexts[passage.doc_id]
        spans = context.sentences(passage.turn_id)
        for i in context.inside(passage):
            if (passage.doc_id, spans[i][0]) in seen:
                continue
            seen.add((passage.doc_id, spans[i][0]))
            found.append(_candidate(context, passage.turn_id, spans, i))
    return found


def turn_candidates(context: Context, turn_ids: Iterable[str | None]) -> list[Candidate]:
    """Every sentence of the given turns (``None`` is the header)."""
    return [
        _candidate(context, turn_id, spans, i)
        for turn_id in turn_ids
        for spans in [context.sentences(turn_id)]
        for i in range(len(spans))
    ]


def _candidate(context: Context, turn_id: str | None, spans: Sequence[Span], i: int) -> Candidate:
    text = context.transcript.text
    start, end = spans[i]
    return Candidate(
        doc_id=context.transcript.doc_id,
        turn_id=turn_id,
        start=start,
        end=end,
        text=text[start:end],
        before=text[slice(*spans[i - 1])] if i and turn_id else "",
        after=text[slice(*spans[i + 1])] if turn_id and i + 1 < len(spans) else "",
        asked=context.asked(turn_id),
        setting=context.setting(turn_id),
    )


def _span(turn: Turn) -> Span:
    return turn.start, turn.end


def _by_turn(exchanges: Iterable[Exchange]) -> dict[str, tuple[str, ...]]:
    return {answer: pair.question_turns for pair in exchanges for answer in pair.answer_turns}
