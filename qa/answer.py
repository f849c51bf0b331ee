"""From a question to a verified answer; reads as the pipeline does."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np

from index.types import Filters, Hit
from qa.about import About, about, events_meant, reply, speakers_note, title_place
from qa.cite import cite, cite_places
from qa.every import Wanted, look_up, wanted
from qa.extract import Candidate, Context, Contexts, candidates, turn_candidates
from qa.followup import Standalone, leans, questions_of, stand_alone
from qa.mentioned import is_dated, speaks_of_none, unmentioned
from qa.question import Understood, carry, understand
from qa.reading import Reader
from qa.relevance import Scored, score
from qa.rerank import Reranked, answered, evidence, rerank
from qa.roll import Roll, call_roll
from qa.select import Chosen, Limits, choose, is_filler, one_from_each
from qa.support import Verdict, judge
from qa.types import Answer, Message
from qa.vectors import VectorCache
from qa.words import Rarity, whole_characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.search import Index

_PASSAGES = 200  # found, of which the best are read
_UNREAD_PASSAGES = 40  # looked into for sentences where no model reads
_NAMES_READ = 600  # characters of a question that are read for names and for counts
_RELATED = 3  # shown with a refusal
_RARITY_SAMPLE = 5000  # passages: enough to tell a rare word from a common one
_NO_EVENT = "No transcript is of such an event."
_REMEMBERED = 10  # questions before this one that may limit it
_EVENTS = 5  # documents whose headers are looked into
NO_FILTERS = Filters()


class Answerer:
    """Answers questions from one open index; keeps what does not change between questions.

    ``today`` tells the day that "last year" is counted from.
    """

    def __init__(self, index: Index, reader: Reader | None = None, *, today: Callable[[], date] = date.today) -> None:
        self._index, self._reader, self._today = index, reader, today
        self._contexts = Contexts(index.transcripts)

    @cached_property
    def roll(self) -> Roll:
        """Who speaks in the record."""
        return call_roll(self._index.transcripts.values())

    @cached_property
    def _rarity(self) -> Rarity:
        passages = self._index.passages
        step = max(1, len(passages) // _RARITY_SAMPLE)
        return Rarity(passages[row].text for row in range(0, len(passages), step))

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(transcript.text for transcript in self._index.transcripts.values())

    @cached_property
    def _vectors(self) -> VectorCache:
        return VectorCache(self._index.encoder)

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
        answer_id: str = "",
    ) -> Answer:
        """Answer ``question`` in the record's own words, or refuse and say what was searched.

        ``history`` is the conversation so far, oldest first; ``filters`` are the user's and are never widened.
        """
        return self.explain(question, history=history, filters=filters, answer_id=answer_id).answer

    def explain(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters = NO_FILTERS,
        answer_id: str = "",
    ) -> Explanation:
        """The same answer, with what each stage made of each candidate."""
        clock = _Clock()
        question = whole_characters(question)
        with clock("understand"):
            whole = stand_alone(question, history)
            asked = self._understood(question, history, filters)
        brief = question if len(question) <= _NAMES_READ else ""  # patterns slow down on long texts
        if kind := about(brief):
            return self._about_record(kind, question, asked, answer_id)
        if not asked.absent and (want := wanted(brief)):
            return self._counted(question, asked, whole, want, answer_id)
        with clock("search"):
            hits = self._search(asked, whole)
        with clock("read"):
            reranked = rerank(whole.text, hits, self._contexts, reader=self._reader)
        with clock("rank"):
            ranked = self._rank(asked, whole, self._sentences(asked, whole, reranked), reranked)
        with clock("choose"):
            verdict = judge(asked, ranked, lacking=self._lacking(asked, ranked), passage=answered(reranked))
            chosen = self._choose(asked, verdict)
        with clock("cite"):
            citations = cite(chosen, self._contexts)
            related = () if citations else cite(self._related(asked, whole, ranked), self._contexts)
        answer = Answer(
            id=answer_id,
            question=question,
            standalone=whole.text,
            status="answered" if citations else "refused",
            reason=verdict.reason,
            filters=asked.filters,
            searched=self.roll.scope(asked.filters),
            citations=citations,
            related=related,
            notes=asked.notes,
            sort=asked.aim,
            timings_ms=clock.spent,
        )
        return Explanation(answer, asked, tuple(hits), tuple(reranked), tuple(ranked), tuple(chosen))

    def _about_record(self, kind: About, question: str, asked: Understood, answer_id: str) -> Explanation:
        """A greeting met with what can be asked; of the record itself, the headers of the events meant."""
        clock = _Clock()
        filters = replace(asked.filters, speakers=(), kinds=())
        with clock("search"):
            listed = kind in ("events", "speakers", "latest", "earliest")
            docs = self.roll.documents(filters) if listed and not asked.undated else []
            meant = events_meant(kind, question, docs, self._contexts)
            places = [place for doc_id in meant if (place := title_place(self._contexts[doc_id]))]
        with clock("cite"):
            citations = cite_places(places, self._contexts)
        reason = "" if citations else _NO_EVENT if listed else reply(kind, self.roll)
        answer = Answer(
            id=answer_id,
            question=question,
            standalone=question,
            status="answered" if citations else "refused",
            reason=reason,
            filters=filters,
            searched=self.roll.scope(filters),
            citations=citations,
            notes=(*asked.notes, speakers_note(meant, self.roll)) if kind == "speakers" and meant else asked.notes,
            sort="record" if listed else "greeting",
            timings_ms=clock.spent,
        )
        return Explanation(answer, asked, (), (), (), ())

    def _counted(
        self, question: str, asked: Understood, whole: Standalone, want: Wanted, answer_id: str
    ) -> Explanation:
        """Every place of the words asked for, by a plain search of the text."""
        clock = _Clock()
        with clock("search"):
            docs = [] if asked.undated else self.roll.documents(asked.filters)
            places, count = look_up(want.term, self._contexts, docs, asked.filters)
        with clock("cite"):
            shown = places if want.which == "all" else places[:1] if want.which == "first" else places[-1:]
            citations = cite_places(shown, self._contexts)
            related = () if citations else cite(self._related(asked, whole, []), self._contexts)
        answer = Answer(
            id=answer_id,
            question=question,
            standalone=whole.text,
            status="answered" if citations else "refused",
            reason="" if citations else _uncounted(asked, want),
            filters=asked.filters,
            searched=self.roll.scope(asked.filters),
            citations=citations,
            related=related,
            notes=asked.notes,
            sort="count",
            count=count,
            timings_ms=clock.spent,
        )
        return Explanation(answer, asked, (), (), (), ())

    def _understood(self, question: str, history: Sequence[Message], given: Filters) -> Understood:
        """The question with what it carries on from the conversation, each question of which may carry on in turn."""
        conversation = (*questions_of(history)[-_REMEMBERED:], question)
        begins = max((at for at, text in enumerate(conversation) if not leans(text)), default=0)
        today = self._today()
        earliest, *later = (understand(text, self.roll, given=given, today=today) for text in conversation[begins:])
        return reduce(lambda before, asked: carry(asked, before), later, earliest)

    def _search(self, asked: Understood, whole: Standalone) -> list[Hit]:
        """The passages nearest to the question; none where its aim says to look elsewhere."""
        if asked.aim == "event" or (asked.aim == "reply" and whole.context):
            return []
        return self._index.search(whole.text, filters=asked.filters, k=_PASSAGES)

    def _sentences(self, asked: Understood, whole: Standalone, reranked: Sequence[Reranked]) -> list[Candidate]:
        """The sentences that could answer, from where the question's aim says to look."""
        if asked.aim == "event":
            return self._about_events(asked)
        if asked.aim == "reply" and whole.context:
            return self._replies(asked, whole)
        read = [one.hit for one in reranked if one.reading is not None]
        hits = read or [one.hit for one in reranked[:_UNREAD_PASSAGES]]
        found = candidates(hits, self._contexts)
        if asked.outlets:
            return [c for c in found if self._contexts[c.doc_id].outlet(c.turn_id) in asked.outlets]
        spoken = [c for c in found if asked.aim == "asked" or not c.text.endswith("?")]
        return spoken + self._places(asked, hits)

    def _places(self, asked: Understood, hits: Sequence[Hit]) -> list[Candidate]:
        """Header lines of the best events, for a question that asks where: a caption often is all that says it."""
        if asked.expected is None or asked.expected.sort != "place" or asked.filters.speakers:
            return []
        return [c for doc_id in _nearest(hits) for c in turn_candidates(self._contexts[doc_id], [None])]

    def _lacking(self, asked: Understood, ranked: Sequence[Scored]) -> str | None:
        """What the question takes for granted and no transcript holds."""
        if asked.aim == "event":
            return None
        if asked.undated and asked.undated.is_open:
            return f"No transcript is of “{_undated_words(asked)}”."
        if asked.undated and not is_dated(asked.undated, self._texts):
            return f"No transcript is of {_undated_words(asked)}, and none speaks of it."
        if name := unmentioned(asked.text[:_NAMES_READ], self._texts, known=asked.resolved):
            return f"The transcripts never mention “{name}”."
        wordless = not asked.resolved and not any(scored.accounted for scored in ranked)
        if wordless and speaks_of_none(asked.text[:_NAMES_READ], self._texts):
            return "None of the words of the question stand in the transcripts."
        return None

    def _about_events(self, asked: Understood) -> list[Candidate]:
        """Header lines of the events nearest to the question, or, when it asks who moderated, how moderators opened."""
        hits = self._index.search(asked.text, filters=replace(asked.filters, kinds=(), speakers=()), k=_UNREAD_PASSAGES)
        return [c for doc_id in _nearest(hits) for c in _of_event(self._contexts[doc_id], asked)]

    def _replies(self, asked: Understood, whole: Standalone) -> list[Candidate]:
        """What was answered to the journalist's question that the conversation was about, from its beginning."""
        hits = self._index.search(
            whole.context, filters=replace(asked.filters, kinds=("journalist",), speakers=()), k=1
        )
        for hit in hits:
            context = self._contexts[hit.passage.doc_id]
            answers = context.answers(hit.passage.turn_id)
            return [c for c in turn_candidates(context, answers) if not c.text.endswith("?") and not is_filler(c)]
        return []

    def _rank(
        self, asked: Understood, whole: Standalone, found: Sequence[Candidate], reranked: Sequence[Reranked] = ()
    ) -> list[Scored]:
        spoken = [c for c in found if not is_filler(c)]
        read = evidence(reranked, self._contexts)
        ranked = score(
            asked,
            spoken,
            encode=self._vectors,
            prompts=self._prompts,
            rarity=self._rarity,
            leaning_on=whole,
            evidence=read or None,
        )
        if asked.aim == "reply" and whole.context and spoken:
            opening = spoken[0]  # a reply is quoted from its beginning
            ranked.sort(key=lambda scored: scored.candidate is not opening)
        return ranked

    def _prompts(self, candidate: Candidate) -> NDArray[np.float32]:
        """The index's own vectors of the question that a candidate answers: nothing is encoded again."""
        turns = self._contexts[candidate.doc_id].question_turns(candidate.turn_id) if candidate.turn_id else ()
        spans = [(turn.start, turn.end) for turn in turns] or [(0, 0)]
        return np.concatenate([self._index.vectors_within(candidate.doc_id, start, end) for start, end in spans])

    def _choose(self, asked: Understood, verdict: Verdict) -> list[Chosen]:
        if asked.from_each:
            return one_from_each(verdict.supported, self._contexts)
        return choose(verdict.supported, self._contexts)

    def _related(self, asked: Understood, whole: Standalone, ranked: Sequence[Scored]) -> list[Chosen]:
        """The nearest statements; where the question's own limits leave none, the nearest in the whole record."""
        if not ranked:
            widened = replace(asked.filters, kinds=("principal",), speakers=())
            hits = self._index.search(whole.text, filters=widened, k=_UNREAD_PASSAGES)
            spoken = [c for c in candidates(hits, self._contexts) if not is_filler(c) and not c.text.endswith("?")]
            ranked = score(
                asked, spoken, encode=self._vectors, prompts=self._prompts, rarity=self._rarity, leaning_on=whole
            )
        return choose(ranked, self._contexts, Limits(quotes=_RELATED, words=120, margin=float("inf")))


def _undated_words(asked: Understood) -> str:
    """The day, month or year without a transcript, as the question has it."""
    return asked.text[asked.undated.start : asked.undated.end] if asked.undated else ""


def _uncounted(asked: Understood, want: Wanted) -> str:
    if asked.undated:
        return f"No transcript is of “{_undated_words(asked)}”."
    return f"The words “{want.term}” stand nowhere in what was searched."


def _nearest(hits: Sequence[Hit]) -> list[str]:
    """The events of the best hits, best first."""
    return list(dict.fromkeys(hit.passage.doc_id for hit in hits))[:_EVENTS]


def _of_event(context: Context, asked: Understood) -> list[Candidate]:
    if "moder" in asked.stems or "chair" in asked.stems:
        openings: dict[str | None, str] = {}
        for turn in context.transcript.turns:
            if turn.kind == "moderator":
                openings.setdefault(turn.speaker, turn.turn_id)
        return [c for turn_id in openings.values() for c in turn_candidates(context, [turn_id])[:1]]
    return turn_candidates(context, [None])


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer and how it came about: what was understood, found, read, scored and chosen, each best first."""

    answer: Answer
    asked: Understood
    hits: tuple[Hit, ...]
    reranked: tuple[Reranked, ...]
    ranked: tuple[Scored, ...]
    chosen: tuple[Chosen, ...]


class _Clock:
    """Milliseconds spent in each stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.spent[stage] = round((time.perf_counter() - began) * 1000, 2)
