"""One search from passages to quotes: found, read, ranked, judged and chosen. Every answer about what was said is made
of one, or of one a side.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.types import Filters, Hit
from qa.extract import Candidate, Context, Contexts, candidates, turn_candidates
from qa.followup import Standalone
from qa.lacking import no_transcript
from qa.mentioned import is_dated, speaks_of_none, unmentioned
from qa.premise import Claim, best_holder, is_anothers
from qa.question import Understood
from qa.reading import Reader
from qa.relevance import Scored, score
from qa.rerank import Depth, Reranked, answered, evidence, rerank, standing
from qa.roll import Roll
from qa.said import say
from qa.select import Chosen, Limits, choose, is_filler, limits_for, one_from_each
from qa.sorts import is_open
from qa.support import NO_VERDICT, Verdict, judge
from qa.vectors import VectorCache
from qa.words import Rarity, stem_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.search import Index

_PASSAGES = 200  # found, of which the best are read
_UNREAD_PASSAGES = 40  # looked into for sentences where no model reads
_NAMES_READ = 600  # characters of a question that are read for names
_RELATED = 3  # shown with a refusal
_RARITY_SAMPLE = 5000  # passages: enough to tell a rare word from a common one
_EVENTS = 5  # documents whose headers are looked into


@dataclass(frozen=True, slots=True)
class Found:
    """What each stage made of a question, each best first; ``chosen`` is empty where the verdict refuses."""

    hits: tuple[Hit, ...] = ()
    reranked: tuple[Reranked, ...] = ()
    ranked: tuple[Scored, ...] = ()
    verdict: Verdict = NO_VERDICT
    chosen: tuple[Chosen, ...] = ()


class Clock:
    """Milliseconds spent in each stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.spent[stage] = round(self.spent.get(stage, 0.0) + (time.perf_counter() - began) * 1000, 2)


class Finder:
    """Searches one open index; keeps what does not change between questions."""

    def __init__(
        self, index: Index, contexts: Contexts, reader: Reader | None, roll: Callable[[], Roll], *, certainty: float
    ) -> None:
        self._index, self._contexts, self._reader, self._roll = index, contexts, reader, roll
        self._certainty = certainty

    @cached_property
    def _rarity(self) -> Rarity:
        passages = self._index.passages
        step = max(1, len(passages) // _RARITY_SAMPLE)
        return Rarity(passages[row].text for row in range(0, len(passages), step))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of every transcript."""
        return tuple(transcript.text for transcript in self._index.transcripts.values())

    @cached_property
    def _vectors(self) -> VectorCache:
        return VectorCache(self._index.encoder)

    def find(self, asked: Understood, whole: Standalone, clock: Clock, *, depth: Depth | None = None) -> Found:
        """The quotes that answer ``asked``, or why none does."""
        with clock("search"):
            hits = self._search(asked, whole)
        with clock("read"):
            reranked = rerank(whole.text, hits, self._contexts, reader=self._reader, depth=depth)
        with clock("rank"):
            ranked = self._rank(asked, whole, self._sentences(asked, whole, reranked), reranked)
        with clock("choose"):
            lacking, passage = self._lacking(asked, ranked), answered(reranked)
            verdict = judge(asked, ranked, lacking=lacking, passage=passage, certainty=self._certainty)
            chosen = self._choose(asked, whole, verdict)
        return Found(tuple(hits), tuple(reranked), tuple(ranked), verdict, tuple(chosen))

    def _search(self, asked: Understood, whole: Standalone) -> list[Hit]:
        """The passages nearest to the question; none where its aim says to look elsewhere."""
        if asked.aim == "event" or (asked.aim == "reply" and whole.context):
            return []
        hits = self._index.search(whole.searched, filters=asked.filters, k=_PASSAGES)
        return self._nearby(asked, whole, hits) if whole.told.last else hits

    def _nearby(self, asked: Understood, whole: Standalone, hits: Sequence[Hit]) -> list[Hit]:
        """``hits`` and all passages of the transcripts that the last answer quoted, those near to it first; these are
        searched for the bare words too, which the answer before would otherwise drown.
        """
        given = asked.filters.doc_ids
        docs = tuple(doc_id for doc_id in whole.told.doc_ids if not given or doc_id in given)
        if not docs:
            return list(hits)
        filters = replace(asked.filters, doc_ids=docs)
        scores: dict[str, float] = defaultdict(float)
        found = {hit.passage.passage_id: hit for hit in hits if hit.passage.doc_id not in docs}
        for query in (whole.made, whole.searched):
            for hit in self._index.search(query, filters=filters, k=_PASSAGES):
                scores[hit.passage.passage_id] += hit.score / 2
                found[hit.passage.passage_id] = hit
        bonus = {key: _nearness(whole, hit) for key, hit in found.items() if key in scores}
        scored = (replace(hit, score=scores.get(key, hit.score) + bonus.get(key, 0.0)) for key, hit in found.items())
        return sorted(scored, key=lambda hit: -hit.score)

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
            return no_transcript(asked, self._roll())
        if asked.undated and not is_dated(asked.undated, self.texts):
            return say("said.none_speaks", first=no_transcript(asked, self._roll()))
        if name := unmentioned(asked.text[:_NAMES_READ], self.texts, known=asked.resolved):
            return say("said.never_mentioned", name=name)
        wordless = not asked.resolved and not any(scored.accounted for scored in ranked)
        if wordless and speaks_of_none(asked.text[:_NAMES_READ], self.texts):
            return say("said.no_word")
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
            standing=standing(reranked, self._contexts),
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

    def _choose(self, asked: Understood, whole: Standalone, verdict: Verdict) -> list[Chosen]:
        if asked.from_each:
            return one_from_each(verdict.supported, self._contexts)
        is_open_ = asked.expected is None and is_open(asked.text, asked.sort)
        margin = _FOLLOWS if whole.leans and whole.told.last else _OPEN if is_open_ else 0.0
        return choose(verdict.supported, self._contexts, limits_for(verdict.supported, asked.sort, margin=margin))

    def holder_of(self, asked: Understood, said: Claim) -> Candidate | None:
        """The sentence in which what the speaker is asked to have said stands in another mouth, or only as reported."""
        names = set(asked.filters.speakers)
        own = self._holding(said.words, replace(asked.filters, kinds=()))
        mine = [c for c in own if not self._is_reported(c)]
        anybody = replace(asked.filters, speakers=(), kinds=())
        theirs = [
            c for c in self._holding(said.words, anybody) if self._is_reported(c) or self._speaker(c) not in names
        ]
        holder = best_holder(said.words, theirs, self._rarity)
        return holder.candidate if holder and is_anothers(best_holder(said.words, mine, self._rarity), holder) else None

    def _holding(self, words: str, filters: Filters) -> list[Candidate]:
        """The sentences of the passages that share most words with ``words``."""
        hits = self._index.search_words(words, filters=filters, k=_UNREAD_PASSAGES)
        return candidates(hits, self._contexts)

    def reports_of(self, asked: Understood, name: str) -> list[Chosen]:
        """What others report of somebody who does not speak in the record, nearest to the question first."""
        last = name.split()[-1].casefold()
        found: list[Candidate] = []
        for doc_id in self._roll().documents(asked.filters):
            spans = [
                span for span in self._index.transcripts[doc_id].reported if last in span.source.casefold().split()
            ]
            for span in spans:
                sentences = turn_candidates(self._contexts[doc_id], [span.turn_id])
                found += [c for c in sentences if c.start < span.end and span.start < c.end][:1]
        told = [c for c in found if set(asked.stems) & stem_set(f"{c.text} {c.asked}")][:_UNREAD_PASSAGES]
        ranked = score(asked, told, encode=self._vectors, prompts=self._prompts, rarity=self._rarity)
        return choose(ranked, self._contexts, Limits(quotes=_RELATED, words=120, margin=float("inf")))

    def _is_reported(self, candidate: Candidate) -> bool:
        context = self._contexts[candidate.doc_id]
        return context.reported_from(candidate.turn_id, candidate.start, candidate.end) is not None

    def _speaker(self, candidate: Candidate) -> str | None:
        return self._contexts[candidate.doc_id].turns[candidate.turn_id].speaker if candidate.turn_id else None

    def related(self, asked: Understood, whole: Standalone, ranked: Sequence[Scored]) -> list[Chosen]:
        """The nearest statements; where the question's own limits leave none, the nearest in the whole record."""
        if not ranked:
            widened = replace(asked.filters, kinds=("principal",), speakers=())
            hits = self._index.search(whole.searched, filters=widened, k=_UNREAD_PASSAGES)
            spoken = [c for c in candidates(hits, self._contexts) if not is_filler(c) and not c.text.endswith("?")]
            ranked = score(
                asked, spoken, encode=self._vectors, prompts=self._prompts, rarity=self._rarity, leaning_on=whole
            )
        return choose(ranked, self._contexts, Limits(quotes=_RELATED, words=120, margin=float("inf")))


_FOLLOWS, _OPEN = 4.0, 2.5
"""How far below the best sentence of a follow-up, and of an open question, another may lie and still be quoted."""

_SAME_TRANSCRIPT = 3.0
_BESIDE = 3.0
_MAY_BE = 1.5
"""Standard deviations of the search's score that it is worth to stand in the transcript of the last answer, where the
question does not say all by itself, and beside that answer.
"""


def _nearness(whole: Standalone, hit: Hit) -> float:
    near = whole.told.nearness(hit.passage.doc_id, hit.passage.start, hit.passage.end)
    same = 0.0 if whole.is_whole and whole.leans else _SAME_TRANSCRIPT if whole.leans else _MAY_BE
    return same + _BESIDE * near * (1.0 if whole.leans else 0.5)


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
