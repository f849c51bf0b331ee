"""What the reader learns from: a question, the sentences of one passage, and which of them answer it, if any.

Every source keeps its document, so that what is held out is held out whole.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.sentences import sentence_spans
from training.briefings import Said


@dataclass(frozen=True, slots=True)
class Reading:
    """``answers`` are positions in ``sentences``; none means that the passage does not answer.

    ``exact`` says that those sentences answer, all of them; otherwise only that the answer is somewhere among them.
    ``setting`` is who speaks and when.
    """

    question: str
    sentences: tuple[str, ...]
    answers: frozenset[int]
    document: str
    exact: bool = True
    setting: str = ""


def squad(path: Path) -> Iterator[Reading]:
    """SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): a sentence answers where an annotator marked words of it."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        articles = json.load(stream)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = sentence_spans(text, 0, len(text))
            sentences = tuple(text[start:end] for start, end in spans)
            for asked in paragraph["qas"]:
                marked = [] if asked["is_impossible"] else [answer["answer_start"] for answer in asked["answers"]]
                answers = frozenset(
                    at for at, (start, end) in enumerate(spans) if any(start <= mark < end for mark in marked)
                )
                if bool(answers) == bool(marked):
                    yield Reading(asked["question"].strip(), sentences, answers, article["title"])


_TOKENISED_END = re.compile(r"(?<=\s[.?!])\s+")


def clapnq(folder: Path) -> Iterator[Reading]:
    """CLAPnq (Rosenthal et al. 2024): the sentences that any annotator marked as the grounds of a long answer."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as stream:
        passages = {row["_id"]: row["text"] for row in map(json.loads, stream)}
    with gzip.open(folder / "qa.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            sentences = tuple(_TOKENISED_END.split(passages[row["context_doc"]]))
            marked = {_bare(sentence) for one in row.get("evidence_sentences") or [] for sentence in one}
            answers = frozenset(at for at, sentence in enumerate(sentences) if _bare(sentence) in marked)
            if bool(answers) == row["answerable"]:
                yield Reading(row["question"], sentences, answers, row["context_doc"])


def written(path: Path, briefings: Sequence[Sequence[Said]]) -> list[Reading]:
    """Questions written for this product over passages of the briefings, in users' words, near misses among them.

    A row names a briefing, a turn, the passage's span in it, and the numbers of the sentences that answer.
    """
    turns = {(turn.doc, turn.at): turn for briefing in briefings for turn in briefing}
    made = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        turn = turns[row["doc"], row["turn"]]
        sentences = tuple(turn.text[start:end] for start, end in sentence_spans(turn.text, row["start"], row["end"]))
        made.append(Reading(row["question"], sentences, frozenset(row["answers"]), turn.doc, setting=turn.setting))
    return made


WRITTEN = Path(__file__).parent / "questions.jsonl"
WRITTEN_TEST = Path(__file__).parent / "questions.test.jsonl"
"""Over other passages, never trained on."""


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?|(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NUMBER = re.compile(r"(?:\$ ?)?\b\d[\d,.]*\d?(?: (?:percent|per cent|million|billion|thousand|hundred))*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:(?:of|the|and|de) )?[A-Z][\w’'-]+)*")
_KINDS = (("date", _DATE), ("number", _NUMBER), ("name", _NAME))
_ASKING = {"date": ("When",), "number": ("How many", "How much", "What number"), "name": ("Who", "What", "Which")}
_LIGHT = frozenset("the a an of to in that and is are was were will be has have had it on for with as this".split())


def facts(text: str) -> list[tuple[str, int, int]]:
    """Dates, numbers and names in ``text`` as ``(kind, start, end)``, none inside another."""
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return found


class Pool:
    """Facts of each kind, to put in the place of others."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._facts: dict[str, list[str]] = {kind: [] for kind, _ in _KINDS}
        for text in texts:
            for kind, start, end in facts(text):
                self._facts[kind].append(text[start:end])

    def other(self, kind: str, passage: str, chance: random.Random) -> str | None:
        """A fact of that kind that ``passage`` does not hold."""
        for _ in range(8):
            if self._facts[kind] and (drawn := chance.choice(self._facts[kind])) not in passage:
                return drawn
        return None


_NEGATED = re.compile(r"\b(did|does|do|was|were|is|are|has|have|had|could|would|should)\b", re.IGNORECASE)


def near_miss(reading: Reading, pool: Pool, chance: random.Random) -> Reading | None:
    """The same passage asked of another person, date or number, or the opposite: it no longer answers.

    Names at the head of a question are left alone. None where the question holds nothing to change.
    """
    question, passage = reading.question, " ".join(reading.sentences)
    inside = [fact for fact in facts(question) if question[fact[1] : fact[2]] in passage]
    if inside and chance.random() < _SWAPPED:
        kind, start, end = chance.choice(inside)
        other = pool.other(kind, passage, chance)
        changed = question[:start] + other + question[end:] if other else None
    else:
        changed = _NEGATED.sub(r"\1n't", question, count=1)
    if changed is None or changed == question:
        return None
    return Reading(changed, reading.sentences, frozenset(), reading.document)


_SWAPPED = 0.85


def invented(sentences: Sequence[str], document: str, pool: Pool, chance: random.Random) -> Reading | None:
    """A question made by rule from a fact of one sentence: the sentence answers it, or, once the question asks of
    another person, date or number, or the sentence is taken out, none does.
    """
    for at in chance.sample(range(len(sentences)), len(sentences)):
        made = _question(sentences[at], chance)
        if made is None:
            continue
        reading = Reading(made, tuple(sentences), frozenset({at}), document)
        drawn = chance.random()
        if drawn < _ANSWERED:
            return reading
        if drawn < _ANSWERED + _CHANGED:
            changed = near_miss(reading, pool, chance)
            return changed or reading
        rest = (*sentences[:at], *sentences[at + 1 :])
        return Reading(made, rest, frozenset(), document) if rest else reading
    return None


_ANSWERED, _CHANGED = 0.5, 0.35
_CLAUSE = 9  # words kept on either side of the fact


def _question(sentence: str, chance: random.Random) -> str | None:
    found = facts(sentence)
    if not found or len(sentence.split()) < 7:
        return None
    kind, start, end = chance.choice(found)
    before, after = sentence[:start].split()[-_CLAUSE:], sentence[end:].rstrip(".!?").split()[:_CLAUSE]
    parts = [after, before] if chance.random() < 0.3 else [before, after]
    words = [word for part in parts for word in part if word.lower() not in _LIGHT or chance.random() < 0.6]
    if len(words) < 4:
        return None
    return f"{chance.choice(_ASKING[kind])} {' '.join(words)}?"
