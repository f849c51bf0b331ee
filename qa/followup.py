"""A follow-up made whole: what the question leaves unsaid is taken from the turn before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.types import Message
from qa.words import content_stems, whole_characters

_LEANS = re.compile(
    r"^\W*(?:and|so|but|then|why|how so|what about|how about|which ones?|when|where|who|really|go on|more"
    r"|any others?)\b[^,]{0,24}\?*$"
    r"|^\W*(?:and|so|but|then|what about|how about|what else|who else|anything else)\b"
    r"|\b(?:he|she|they|him|her|them|his|their|it|its|this|that|these|those|there|then|the same|the two"
    r"|the former|the latter)\b",
    re.IGNORECASE,
)
_SELF_SUFFICIENT = 5  # content words: with so many a question names its own subject
_ANSWER_WORDS = 60  # of the answer before: enough to name its subject


@dataclass(frozen=True, slots=True)
class Standalone:
    """``question`` as typed; the earlier question and the start of its answer, both empty where none is leant on."""

    question: str
    earlier_question: str = ""
    earlier_answer: str = ""

    @property
    def context(self) -> str:
        """What the question leans on, as one text."""
        return f"{self.earlier_question} {self.earlier_answer}".strip()

    @property
    def text(self) -> str:
        """One text that stands alone."""
        return f"{self.question} ({self.context})" if self.context else self.question


def stand_alone(question: str, history: Sequence[Message]) -> Standalone:
    """Join ``question`` with the turn before it when it leans on it; a question on a new subject inherits nothing."""
    asked = questions_of(history)
    if not asked or not leans(question):
        return Standalone(question)
    answers = [whole_characters(message["content"]) for message in history if message["role"] == "assistant"]
    answer = " ".join(answers[-1].split()[:_ANSWER_WORDS]) if answers else ""
    return Standalone(question, asked[-1], answer)


def questions_of(history: Sequence[Message]) -> list[str]:
    """What was asked so far, oldest first."""
    return [whole_characters(message["content"]) for message in history if message["role"] == "user"]


def leans(question: str) -> bool:
    """Whether ``question`` needs what came before: it is short, or points back without naming anything."""
    words = len(content_stems(question))
    return words <= 1 or (words < _SELF_SUFFICIENT and bool(_LEANS.search(question)))
