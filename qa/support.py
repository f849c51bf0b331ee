"""Answer or refuse. Similar is not the same as answered: a near miss is refused with its reason, and shown as
related.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import InputError
from qa.expect import Expectation, Sort
from qa.question import Aim, Understood
from qa.relevance import Scored
from qa.said import say


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When the best sentences support an answer.

    A statement is off the record below ``cosine`` when less than ``accounted`` of its words are found, and below
    ``cosine_alone`` whatever its words; where none of the question's words is in or around it, below
    ``cosine_wordless``. ``lead`` is how far a sentence of another sort than the question expects may
    outscore the best of the right sort, and ``says_all`` the share of the question's words at which it is taken for
    the one asked about: then the record speaks of the matter and leaves the detail out.
    """

    cosine: float = 0.30
    cosine_wordless: float = 0.45
    accounted: float = 0.30
    cosine_alone: float = 0.12
    lead: float = 2.8
    says_all: float = 0.8


@dataclass(frozen=True, slots=True)
class Belief:
    """A logistic model of whether the record answers, for when a model has read it: weights of log-odds and distances.

    ``passage`` weighs the log-odds that the best passage answers, ``expects`` that the question wants a number, time,
    place, country or name, ``lacks`` that the first sentence holds none, ``behind`` how far (at most ``far``) the first
    that holds one scores below it, ``off_record`` that by ``Thresholds`` nothing speaks of the matter. Logistic
    regression on four sets of development questions; docs/evaluation.md says how it does on a set left out.

    ``slope`` and ``offset`` make a probability of the log-odds (Platt's scaling, on the same questions).
    """

    bias: float = 2.3
    passage: float = 0.639
    expects: float = -1.514
    lacks: float = -0.248
    behind: float = -0.324
    off_record: float = -1.5
    far: float = 6.0
    slope: float = 1.12
    offset: float = -0.405


CERTAINTY = 0.4
"""The probability that the record answers from which it is quoted: one in thirty answerable development questions lies
below.
"""
CERTAINTY_VARIABLE = "ONTHERECORD_CERTAINTY"


def certainty_from_environment() -> float:
    """What ``$ONTHERECORD_CERTAINTY`` asks for, from 0 (always quote) to 1 (never). Raises ``InputError``."""
    text = os.environ.get(CERTAINTY_VARIABLE) or str(CERTAINTY)
    try:
        certainty = float(text)
    except ValueError:
        certainty = math.nan
    if not 0 <= certainty <= 1:
        raise InputError(
            f"${CERTAINTY_VARIABLE} is {text!r}, not a number from 0 to 1",
            remedy=f"Set it to how sure an answer must be, or leave it out for {CERTAINTY}",
        )
    return certainty


@dataclass(frozen=True, slots=True)
class Verdict:
    """``supported`` are the sentences that may be quoted, best first; empty means refuse, for ``reason``. ``chance`` is
    the probability that the record answers, ``None`` where no model judged it.
    """

    supported: tuple[Scored, ...]
    reason: str
    chance: float | None = None


NO_VERDICT = Verdict((), "")
"""Of a question that is not answered by judging sentences."""


def judge(
    asked: Understood,
    ranked: Sequence[Scored],
    thresholds: Thresholds | None = None,
    *,
    lacking: str | None = None,
    passage: float | None = None,
    certainty: float = CERTAINTY,
) -> Verdict:
    """Decide from sentences scored against the question, best first, whether the record answers it.

    ``lacking`` is what the question takes for granted and the record does not hold, in words to show; ``passage`` the
    log-odds that the best passage answers, ``None`` where no model has read any; ``certainty`` how probable it must be
    that the record answers.
    """
    thresholds = thresholds or Thresholds()
    if asked.absent:
        return _refuse(say("said.absent", name=asked.absent))
    if lacking:
        return _refuse(lacking)
    if not ranked:
        return _refuse(_NOBODY[asked.aim])
    off_record = asked.aim == "statement" and _off_record(
        ranked[0], thresholds, wordless=bool(asked.stems) and not ranked[0].accounted
    )
    if passage is not None and asked.aim == "statement":
        return _judge_read(asked, ranked, passage, certainty, off_record=off_record)
    if off_record:
        return _refuse(_UNSPOKEN)
    if asked.expected is None or asked.expected.sort not in _DETAILS:
        return Verdict(tuple(ranked), "")
    fitting = next((scored for scored in ranked if scored.offers), None)
    if asked.aim == "statement" and (fitting is None or _outdone(fitting, ranked[0], thresholds)):
        return _refuse(_missing(asked.expected))
    return Verdict(tuple(sorted(ranked, key=lambda scored: scored is not fitting)), "")


def _judge_read(
    asked: Understood, ranked: Sequence[Scored], passage: float, certainty: float, *, off_record: bool
) -> Verdict:
    """The same from what a model made of the sentences when it read them together with the question."""
    expects = asked.expected is not None and asked.expected.sort in _DETAILS
    fitting = next((scored for scored in ranked if scored.offers), None) if expects else None
    belief = Belief()
    believed = _belief(ranked, passage, fitting, belief, expects=expects) + belief.off_record * off_record
    chance = 1 / (1 + math.exp(-(belief.slope * believed + belief.offset)))
    if chance < certainty:
        lacks = asked.expected if expects and not ranked[0].offers else None
        return Verdict((), _UNSPOKEN if off_record else _missing(lacks) if lacks else _UNANSWERED, chance)
    near = fitting is not None and ranked[0].score - fitting.score <= _LEAD
    return Verdict(tuple(sorted(ranked, key=lambda scored: not (near and scored is fitting))), "", chance)


def _belief(
    ranked: Sequence[Scored], passage: float, fitting: Scored | None, belief: Belief, *, expects: bool
) -> float:
    """The log-odds that the record answers; best first."""
    total = belief.bias + belief.passage * passage
    if not expects:
        return total
    behind = ranked[0].score - fitting.score if fitting else belief.far
    return total + belief.expects + belief.lacks * (not ranked[0].offers) + belief.behind * min(behind, belief.far)


_LEAD = 1.0  # how far a sentence of the right sort may lie below the best and still come first
_UNSPOKEN = say("said.unspoken")
_UNANSWERED = say("said.unanswered")


def _outdone(fitting: Scored, best: Scored, thresholds: Thresholds) -> bool:
    """Whether ``best`` is what the question is about, and ``fitting`` only has the right sort of thing in it."""
    says_all = best.covered >= thresholds.says_all and fitting.covered < 0.7 * best.covered
    return says_all or best.score - fitting.score > thresholds.lead


def _refuse(reason: str) -> Verdict:
    return Verdict((), reason)


def _off_record(best: Scored, thresholds: Thresholds, *, wordless: bool) -> bool:
    if best.cosine < (thresholds.cosine_wordless if wordless else thresholds.cosine_alone):
        return True
    return best.cosine < thresholds.cosine and best.accounted < thresholds.accounted


_NOBODY: dict[Aim, str] = {
    "statement": say("said.no_statement"),
    "asked": say("said.no_question"),
    "reply": say("said.no_reply"),
    "event": say("said.no_such_event"),
}


_DETAILS: frozenset[Sort] = frozenset({"number", "time", "place", "country", "name"})
"""What a sentence can be seen to offer or to lack; "why" is not among it."""


def _missing(expected: Expectation) -> str:
    return say(f"said.without_{expected.sort}")
