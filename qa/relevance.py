"""How well each sentence fits a question: meaning, words, and what the question expects, in one score.

The weights of cosines, words, expectation and length were fitted, and cross-validated by article, as a conditional
logit over the sentences of whole articles of SQuAD 2.0 (2,910 answerable questions): the right sentence came first in
79.9 % of them and among the first three in 92.3 %, against 63.2 % and 82.1 % for the cosine alone. What only press
conferences have is weighed by judgement: the words of the setting count like a neighbour's, a question that a
journalist has put already draws towards its answer, and a follow-up is drawn away from the sentence that gave the
answer before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa.expect import offers
from qa.extract import Candidate
from qa.followup import Standalone
from qa.question import Understood
from qa.words import content_stems, stem_set

Vectors = NDArray[np.float32]
Evidence = Mapping[tuple[str, int], float]
"""By document and start, the log-odds that a sentence answers rather than none of its passage, as a model read them."""

Standing = Mapping[tuple[str, int], float]
"""By document and start, the search's score, in standard deviations, of the best passage that holds a sentence."""

Features = Mapping[str, float]
"""What is known of a sentence, under the names of ``Weights``."""

Encode = Callable[[Sequence[str]], Vectors]

Prompts = Callable[[Candidate], Vectors]
"""The vectors of the passages in which a journalist asked what a candidate answers; no rows where nobody asked."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature in the score; all features lie in [0, 1] or are cosines."""

    cosine: float = 5.2
    cosine_in_context: float = 6.1
    words: float = 8.5
    words_nearby: float = 3.3
    words_of_setting: float = 3.3
    expected: float = 1.2
    length: float = 0.73
    asked_before: float = 6.0
    told_before: float = -4.0
    nearby: float = 6.0
    quoted_before: float = -6.0
    evidence: float = 0.0
    found: float = 0.0

    def sum_of(self, features: Features) -> float:
        """The score of a sentence with these features."""
        return sum(float(getattr(self, name)) * value for name, value in features.items())


READ = Weights(
    cosine=1.5,
    cosine_in_context=4.0,
    words=1.5,
    words_nearby=2.0,
    words_of_setting=2.0,
    expected=0.25,
    length=0.1,
    asked_before=4.0,
    told_before=-2.0,
    nearby=1.5,
    quoted_before=0.0,
    evidence=0.3,
)
"""The weights where a model has read the sentences: chosen one by one on four sets of development questions, written by
three hands over the samples and ten briefings (docs/evaluation.md).
"""

READ_ON = Weights(
    cosine=11.2,
    cosine_in_context=0.0,
    words=0.0,
    words_nearby=0.0,
    words_of_setting=3.3,
    expected=1.2,
    length=0.4,
    asked_before=3.2,
    told_before=-1.4,
    nearby=1.2,
    quoted_before=-2.7,
    evidence=0.7,
    found=0.4,
)
"""The weights where a model has read them for a follow-up: fitted by ``training.follow_ups`` on conversations over
briefings that no other figure is taken from (docs/evaluation.md). Words, and meaning in context, are left out: what a
question shares with the answer before is not what it asks.
"""

_SURE = 8.0  # log-odds beyond which a model's certainty says nothing more


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score and the evidence behind it.

    ``covered`` is the share of the question's words, by weight, that the sentence holds, ``accounted`` that it or its
    surroundings hold; ``offers`` whether it holds the sort of thing the question expects. ``evidence`` is the log-odds
    that it answers, ``None`` where no model read the passages.
    """

    candidate: Candidate
    score: float
    cosine: float
    covered: float
    accounted: float
    offers: bool
    evidence: float | None = None
    features: Features = field(default_factory=dict)


def score(
    asked: Understood,
    found: Sequence[Candidate],
    *,
    encode: Encode,
    prompts: Prompts,
    rarity: Callable[[str], float],
    leaning_on: Standalone | None = None,
    evidence: Evidence | None = None,
    standing: Standing | None = None,
    weights: Weights | None = None,
) -> list[Scored]:
    """Score every candidate against the question, best first; ``leaning_on`` holds what a follow-up takes as known,
    ``evidence`` what a model that read the passages says, ``standing`` how well the search found them.
    """
    if not found:
        return []
    whole = leaning_on or Standalone(asked.text, asked.text)
    scorer = _Scorer(asked, whole, rarity, evidence, standing or {}, weights or _weights_for(whole, evidence))
    if evidence is None:
        return scorer(found, _meaning(asked.text, whole.context, found, encode, prompts))
    first = scorer(found, [_UNKNOWN] * len(found))
    best = [scored.candidate for scored in first[:MEANT]]
    return [*scorer(best, _meaning(asked.text, whole.context, best, encode, prompts)), *first[MEANT:]]


def _weights_for(whole: Standalone, evidence: Evidence | None) -> Weights:
    if evidence is None:
        return Weights()
    return READ_ON if whole.leans and whole.told.last else READ


MEANT = 12
"""Sentences whose meaning is compared where a model has read them all: the best by what it made of them."""

_UNREAD = -2.0  # log-odds of a sentence that no model read, such as a line of a header


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Cosines of the question to the sentence, to the sentence after the one before it, and to the question it
    answers.
    """

    alone: float
    in_context: float
    asked: float


_UNKNOWN = _Meaning(0.0, 0.0, 0.0)
_LIKE = 0.5  # two questions on one subject, worded independently, lie above this cosine; on different ones below


def _meaning(
    question: str,
    context: str,
    found: Sequence[Candidate],
    encode: Encode,
    prompts: Prompts,
    *,
    with_neighbours: bool = True,
) -> list[_Meaning]:
    texts = [c.text for c in found] + ([_after_its_neighbour(c) for c in found] if with_neighbours else [])
    vectors = encode([question, f"{context} {question}".strip(), *texts])
    asked, whole, rest = vectors[0], vectors[1], vectors[2:]
    alone = rest[: len(found)] @ (asked if not context else (asked + whole) / 2)
    in_context = rest[len(found) :] @ whole if with_neighbours else np.zeros(len(found), dtype=np.float32)
    like = [float(np.max(prompts(c) @ whole, initial=0.0)) for c in found]
    return [_Meaning(*map(float, each)) for each in zip(alone, in_context, like, strict=True)]


def _after_its_neighbour(candidate: Candidate) -> str:
    """The sentence behind the last words of the one before it, enough to say what "this" is; where it opens the turn
    and is short ("Yes."), behind those of the question that it answers.
    """
    opens_briefly = not candidate.before and len(candidate.text.split()) <= _BRIEF
    before = candidate.asked if opens_briefly else candidate.before
    return " ".join([*before.split()[-_BEFORE:], candidate.text])


_BEFORE = 15  # words
_BRIEF = 6  # words of an answer that says little without its question


class _Coverage:
    """Shares of the question's words found in a sentence, beside it, and in its setting; each word counts once."""

    def __init__(self, asked: Understood, earlier_question: str, rarity: Callable[[str], float]) -> None:
        own = {word: rarity(word) for word in asked.stems}
        lent = {word: rarity(word) / 2 for word in content_stems(earlier_question) if word not in own}
        self._weights = own | lent
        self._total = sum(self._weights.values()) or 1.0

    def __call__(self, candidate: Candidate) -> tuple[float, float, float]:
        inside = stem_set(candidate.text)
        beside = (stem_set(candidate.before) | stem_set(candidate.after)) - inside
        setting = (stem_set(candidate.asked) | stem_set(candidate.setting)) - inside - beside
        return self._share(inside), self._share(beside), self._share(setting)

    def _share(self, words: frozenset[str]) -> float:
        return sum(weight for word, weight in self._weights.items() if word in words) / self._total


class _Scorer:
    """Features and weights to a score, for one question."""

    def __init__(
        self,
        asked: Understood,
        whole: Standalone,
        rarity: Callable[[str], float],
        evidence: Evidence | None,
        standing: Standing,
        weights: Weights,
    ) -> None:
        self._asked, self._evidence, self._weights = asked, evidence, weights
        self._standing, self._lowest = standing, min(standing.values(), default=0.0)
        self._coverage = _Coverage(asked, whole.earlier_question, rarity)
        self._told = set(content_stems(whole.earlier_answer))
        self._near = whole.told

    def __call__(self, found: Sequence[Candidate], meaning: Sequence[_Meaning]) -> list[Scored]:
        """``found`` with their scores, best first."""
        return sorted(map(self._scored, found, meaning), key=lambda scored: -scored.score)

    def _scored(self, candidate: Candidate, meaning: _Meaning) -> Scored:
        where = (candidate.doc_id, candidate.start)
        inside, beside, setting = self._coverage(candidate)
        fits = offers(self._asked.expected, candidate.text, self._asked.text)
        odds = None if self._evidence is None else self._evidence.get(where, _UNREAD)
        features = {
            "cosine": meaning.alone,
            "cosine_in_context": meaning.in_context,
            "words": inside,
            "words_nearby": beside,
            "words_of_setting": setting,
            "expected": float(fits),
            "length": float(np.log(len(candidate.text.split()) + 1)) / 3,  # 0 to about 1.2: longer ones answer more
            "asked_before": max(0.0, meaning.asked - _LIKE),
            "told_before": float(_tells_again(candidate, self._told)),
            "nearby": self._near.nearness(candidate.doc_id, candidate.start, candidate.end),
            "quoted_before": float(self._near.holds(candidate.doc_id, candidate.start, candidate.end)),
            "evidence": max(-_SURE, min(_SURE, odds or 0.0)),
            "found": self._standing.get(where, self._lowest),
        }
        total = self._weights.sum_of(features)
        return Scored(candidate, total, meaning.alone, inside, inside + beside + setting, fits, odds, features)


def _tells_again(candidate: Candidate, told: set[str]) -> bool:
    """Whether a sentence holds what was just answered."""
    return len(told) > 1 and len(told & stem_set(candidate.text)) >= 0.75 * len(told)
