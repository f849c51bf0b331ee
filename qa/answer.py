"""From a question to a verified answer; reads as the pipeline does."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from index.types import Filters, Hit, Transcript
from qa.about import LISTED, events_meant, reply, speakers_note, title_place
from qa.cite import cite, cite_places
from qa.credit import another_said
from qa.every import Place, Wanted, look_up
from qa.extract import Contexts
from qa.followup import Exchange, Standalone, exchanges, leans, stand_alone
from qa.lacking import missing, no_transcript, parts_of, speaks_of
from qa.mentioned import is_person
from qa.nearby import NOTHING_TOLD, Told
from qa.nearby import told as places_told
from qa.pipeline import Clock, Finder, Found
from qa.premise import claim
from qa.question import Understood, carry, removable, understand
from qa.reading import Reader
from qa.relevance import Scored
from qa.rerank import Depth, Reranked
from qa.roll import Roll, call_roll
from qa.said import say
from qa.select import Chosen
from qa.sides import Side as Sought
from qa.sides import sides_of
from qa.support import CERTAINTY
from qa.topics import topic
from qa.types import Answer, Citation, Count, Limit, Message, Side
from qa.words import whole_characters

if TYPE_CHECKING:
    from index.search import Index

_REMEMBERED = 10  # questions before this one that it may go on from
_NO_EVENT = say("said.no_event")
_NO_DAY = say("said.unknown_day")
NO_FILTERS = Filters()


class Answerer:
    """Answers questions from one open index; keeps what does not change between questions.

    ``today`` tells the day that "last year" is counted from; ``certainty`` is the probability that the record answers
    below which it refuses.
    """

    def __init__(
        self,
        index: Index,
        reader: Reader | None = None,
        *,
        today: Callable[[], date] = date.today,
        certainty: float = CERTAINTY,
    ) -> None:
        self._index, self._today = index, today
        self._contexts = Contexts(index.transcripts)
        self._finder = Finder(index, self._contexts, reader, lambda: self.roll, certainty=certainty)

    @cached_property
    def roll(self) -> Roll:
        """Who speaks in the record."""
        return call_roll(self._index.transcripts.values())

    @property
    def transcripts(self) -> Mapping[str, Transcript]:
        """The transcripts that are asked, by their id."""
        return self._index.transcripts

    def warm_up(self) -> None:
        """Load everything that the first question would wait for, and have it left alone afterwards.

        Python's collector walks through every living object now and then: with the transcripts of 1,200 briefings in
        memory, for 200 ms in the middle of a question.
        """
        self.answer("What was said?")
        gc.collect()
        gc.freeze()

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters = NO_FILTERS,
        without: Collection[Limit] = (),
        answer_id: str = "",
    ) -> Answer:
        """Answer ``question`` in the record's own words, or refuse and say what was searched.

        ``history`` is the conversation so far, oldest first; ``filters`` are the user's and are never widened;
        ``without`` are limits not to be read from the question, nor carried on.
        """
        return self.explain(question, history=history, filters=filters, without=without, answer_id=answer_id).answer

    def explain(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters = NO_FILTERS,
        without: Collection[Limit] = (),
        answer_id: str = "",
    ) -> Explanation:
        """The same answer, with what each stage made of each candidate."""
        clock = Clock()
        with clock("understand"):
            last = Exchange(whole_characters(question), without=tuple(without))
            whole, asked = self._understood([*exchanges(history)[-_REMEMBERED:], last], filters)
            sides = sides_of(asked, self.roll)
        found = Found()
        if asked.about:
            made = self._about_record(asked, clock)
        elif asked.wanted and not asked.absent:
            made = self._counted(asked, whole, asked.wanted, clock)
        elif sides:
            found, made = self._set_side_by_side(asked, whole, sides, clock)
        else:
            found, made = self._told(asked, whole, clock)
        answer = Answer(
            id=answer_id,
            question=whole.question,
            standalone=whole.text,
            status="answered" if made.citations else "refused",
            reason=made.reason,
            filters=made.filters or asked.filters,
            searched=self.roll.scope(made.filters or asked.filters),
            citations=made.citations,
            related=made.related,
            notes=(*asked.notes, *made.notes),
            sort=asked.sort,
            count=made.count,
            sides=made.sides,
            removable=() if asked.about else removable(asked.filters, filters),
            chance=made.chance,
            timings_ms=clock.spent,
        )
        return Explanation(answer, asked, found.hits, found.reranked, found.ranked, found.chosen)

    def _understood(
        self, conversation: Sequence[Exchange], given: Filters = NO_FILTERS
    ) -> tuple[Standalone, Understood]:
        """The last question made whole, and what it asks for, with what it goes on from; each question of which may go
        on from the one before in turn.
        """
        begins = max((at for at, one in enumerate(conversation) if not leans(one.question, self.roll)), default=0)
        whole: Standalone | None = None
        asked: Understood | None = None
        told, today = "", self._today()
        for one in conversation[begins:]:
            whole = stand_alone(one.question, whole, told, roll=self.roll, is_person=self._is_person)
            now = understand(
                whole.made, self.roll, given=given, today=today, without=one.without, is_person=self._is_person
            )
            asked = carry(now, asked, without=one.without) if asked and whole.leans else now
            told = one.answer
        assert whole is not None  # the conversation ends with the question
        assert asked is not None
        if answers := [one.answer for one in conversation[begins if whole.leans else 0 : -1]]:
            whole = replace(whole, told=self._told_before(whole, asked, answers))
        return whole, asked

    def _told_before(self, whole: Standalone, asked: Understood, answers: Sequence[str]) -> Told:
        """The places that the conversation quoted, where the question goes on from there, or may: it limits itself to
        nobody, no day and no event.
        """
        if whole.earlier_question:
            return places_told(answers, self._index, about=whole.earlier_question, filters=asked.filters)
        limits = asked.filters
        if whole.leans or limits.speakers or limits.date_from or limits.date_to or limits.doc_ids or asked.absent:
            return NOTHING_TOLD
        return places_told(answers[-1:], self._index)

    def _is_person(self, name: str) -> bool:
        return is_person(name, self.roll, self._finder.texts)

    def _told(self, asked: Understood, whole: Standalone, clock: Clock) -> tuple[Found, _Made]:
        """The quotes that answer, or the nearest statements as related; words that somebody is taken to have said, and
        that are another's, are shown as theirs.
        """
        found = self._finder.find(asked, whole, clock)
        found, unanswered = self._completed(asked, whole, found, clock)
        with clock("cite"):
            holder, is_presumed = self._another(asked)
            citations = () if is_presumed else cite(found.chosen, self._contexts)
            others = cite_places([holder], self._contexts) if holder else self._reports(asked)
            credit = another_said(asked.filters.speakers[0], others[0]) if holder else ""
            is_enough = citations or (others and not holder)
            related = others if is_enough else self._related(asked, whole, found.ranked, others)
        return found, _Made(
            citations,
            "" if citations else credit or found.verdict.reason,
            related=related,
            notes=(*unanswered, *([credit] if credit else [])) if citations else (),
            chance=found.verdict.chance,
        )

    def _completed(
        self, asked: Understood, whole: Standalone, found: Found, clock: Clock
    ) -> tuple[Found, tuple[str, ...]]:
        """What was found with the best quote on each matter that it leaves out, and a note on those without one."""
        left = missing(parts_of(asked), [self._turn(chosen) for chosen in found.chosen])
        notes: list[str] = []
        depth = Depth(words=Depth().words // 2)
        for part in left:
            put = asked.text.replace(topic(asked.text), part, 1)
            more = self._finder.find(replace(asked, text=put), replace(whole, made=put), clock, depth=depth).chosen[:1]
            if more and speaks_of(part, self._turn(more[0])):
                is_new = not any(one.overlaps(more[0]) for one in found.chosen)
                found = replace(found, chosen=(*found.chosen, *more)) if is_new else found
            else:
                notes.append(say("said.part_missing", part=part))
        return found, tuple(notes)

    def _turn(self, chosen: Chosen) -> str:
        """All that was said in the turn of a quote, and the question it answers."""
        candidate = chosen.scored.candidate
        context = self._contexts[candidate.doc_id]
        turn = context.turns[candidate.turn_id] if candidate.turn_id else None
        return f"{context.transcript.text[turn.start : turn.end] if turn else candidate.text} {candidate.asked}"

    def _reports(self, asked: Understood) -> tuple[Citation, ...]:
        """What others report of somebody who does not speak in the record."""
        return cite(self._finder.reports_of(asked, asked.absent), self._contexts) if asked.absent else ()

    def _another(self, asked: Understood) -> tuple[Place | None, bool]:
        """Where what somebody is asked to have said is another's: the place, and whether the question presumes it."""
        if asked.sort not in ("statement", "position", "list") or not asked.filters.speakers:
            return None, False
        said = next(filter(None, (claim(asked.text, *span) for span in asked.resolved)), None)
        holder = self._finder.holder_of(asked, said) if said else None
        place = Place(holder.doc_id, holder.turn_id, holder.start, holder.end) if holder else None
        return place, bool(place and said and said.presumed)

    def _set_side_by_side(
        self, asked: Understood, whole: Standalone, sides: Sequence[Sought], clock: Clock
    ) -> tuple[Found, _Made]:
        """The best quote of each side or period; a side without one says why."""
        depth = Depth(words=Depth().words // len(sides))
        founds = [self._one_side(whole, side, depth, clock) for side in sides]
        citations: list[Citation] = []
        shown: list[Side] = []
        with clock("cite"):
            for side, found in zip(sides, founds, strict=True):
                made = cite(found.chosen[:1], self._contexts, first_marker=len(citations) + 1)
                citations += made
                limits, reason = side.filters, "" if made else found.verdict.reason
                markers = tuple(one.marker for one in made)
                shown.append(Side(limits.speakers, limits.date_from, limits.date_to, markers, reason))
            ranked = [scored for found in founds for scored in found.ranked]
            related = () if citations else self._related(asked, whole, sorted(ranked, key=lambda one: -one.score))
        reason = "" if citations else say("said.no_side")
        notes = self._first_and_last(asked) if asked.sort == "change" else ()
        return _joined(founds), _Made(tuple(citations), reason, related=related, notes=notes, sides=tuple(shown))

    def _first_and_last(self, asked: Understood) -> tuple[str, ...]:
        """When the words of a topic are first and last used, by a plain search; nothing where they stand nowhere."""
        term = topic(asked.text)
        if not term:
            return ()
        places, count = look_up(term, self._contexts, self.roll.documents(asked.filters), asked.filters)
        if not places:
            return ()
        first, last = (self._contexts[place.doc_id].transcript.date or _NO_DAY for place in (places[0], places[-1]))
        return (say("said.used", term=term, n=count.occurrences, first=first, last=last),)

    def _one_side(self, whole: Standalone, side: Sought, depth: Depth, clock: Clock) -> Found:
        put = understand(side.question, self.roll, given=side.filters, today=self._today())
        put = replace(put, filters=side.filters, sort="statement", absent=None, undated=None)
        return self._finder.find(put, replace(whole, made=side.question), clock, depth=depth)

    def _about_record(self, asked: Understood, clock: Clock) -> _Made:
        """A greeting met with what can be asked; of the record itself, the headers of the events meant."""
        kind = asked.about
        assert kind is not None
        filters = replace(asked.filters, speakers=(), kinds=())
        with clock("search"):
            listed = kind in LISTED
            docs = self.roll.documents(filters) if listed and not asked.undated else []
            meant = events_meant(kind, asked.text, docs, self._contexts)
            places = [place for doc_id in meant if (place := title_place(self._contexts[doc_id]))]
        with clock("cite"):
            citations = cite_places(places, self._contexts)
        notes = (speakers_note(meant, self.roll),) if kind == "speakers" and meant else ()
        reason = "" if citations else _NO_EVENT if listed else reply(kind, self.roll)
        return _Made(citations, reason, notes=notes, filters=filters)

    def _counted(self, asked: Understood, whole: Standalone, want: Wanted, clock: Clock) -> _Made:
        """Every place of the words asked for, by a plain search of the text."""
        with clock("search"):
            docs = [] if asked.undated else self.roll.documents(asked.filters)
            places, count = look_up(want.term, self._contexts, docs, asked.filters)
        with clock("cite"):
            shown = places if want.which == "all" else places[:1] if want.which == "first" else places[-1:]
            citations = cite_places(shown, self._contexts)
            related = () if citations else self._related(asked, whole, [])
        reason = "" if citations else _uncounted(asked, want, self.roll)
        return _Made(citations, reason, related=related, count=count)

    def _related(
        self, asked: Understood, whole: Standalone, ranked: Sequence[Scored], first: Sequence[Citation] = ()
    ) -> tuple[Citation, ...]:
        """The nearest statements, after those already found to be related."""
        chosen = self._finder.related(asked, whole, ranked)
        nearest = cite(chosen, self._contexts, first_marker=len(first) + 1)
        return (*first, *(one for one in nearest if all(one.quote != other.quote for other in first)))


@dataclass(frozen=True, slots=True)
class _Made:
    """What one kind of answer makes and another does not; without a citation it is a refusal for ``reason``.
    ``filters`` are those searched with, where not the question's.
    """

    citations: tuple[Citation, ...]
    reason: str
    related: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    filters: Filters | None = None
    count: Count | None = None
    sides: tuple[Side, ...] = ()
    chance: float | None = None


def _joined(founds: Sequence[Found]) -> Found:
    """What the stages made of all sides, one after another."""
    return Found(
        hits=tuple(hit for found in founds for hit in found.hits),
        reranked=tuple(one for found in founds for one in found.reranked),
        ranked=tuple(one for found in founds for one in found.ranked),
        chosen=tuple(one for found in founds for one in found.chosen[:1]),
    )


def _uncounted(asked: Understood, want: Wanted, roll: Roll) -> str:
    if asked.undated:
        return no_transcript(asked, roll)
    return say("said.term_nowhere", term=want.term)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer and how it came about: what was understood, found, read, scored and chosen, each best first."""

    answer: Answer
    asked: Understood
    hits: tuple[Hit, ...]
    reranked: tuple[Reranked, ...]
    ranked: tuple[Scored, ...]
    chosen: tuple[Chosen, ...]
