"""The smallest set of quotes that answers: the best sentence, whatever else comes close, each able to stand alone."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.extract import Candidate, Context
from qa.relevance import Scored
from qa.types import Sort


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer may show. ``margin`` is how far below the best score another quote may lie; ``documents`` how
    many events may have a quote each where every one is asked about.

    A sentence that goes on from a chosen one ("This is …") is drawn into its quote when its score lies at most
    ``drawn_in`` below and the quote keeps to ``words_a_quote``.
    """

    quotes: int = 3
    words: int = 60
    margin: float = 5.0
    documents: int = 5
    words_a_quote: int = 55
    drawn_in: float = 6.0


READ = Limits(margin=1.3, drawn_in=2.0)
"""The limits where a model has read the sentences: the scores are nearer to log-odds."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A run of whole sentences, ``text[start:end]`` of one turn, with the scored sentence it was chosen for."""

    start: int
    end: int
    scored: Scored

    def overlaps(self, other: Chosen) -> bool:
        """Whether both hold some of the same words."""
        same = self.scored.candidate.doc_id == other.scored.candidate.doc_id
        return same and self.start < other.end and other.start < self.end


_LEANING = re.compile(
    r"""(?:(?:and|but|so|or|also|then|therefore|however|moreover|of\ course|in\ fact),?\ )*
        (?!it(?:[’']?s|\ is|\ was|\ will\ be)\ (?:\S+\ ){1,3}(?:to|that)\b  # "it is important to": points at nothing
           |(?:here|there)(?:[’']?s|\ is|\ are|\ was|\ were|\ will)\b)
        (?:(?:this|that|these|those|it|they|he|she|them|its|their|such|both|one\ of\ (?:them|these|those)
             |some\ of\ (?:them|these|those)|the\ (?:former|latter|same)|here|there)\b(?![’']?s\ (?:a\ lot|been)\b)
           |(?:to|including|which|because|where|whose|like)\ (?!be\ honest|answer|be\ clear)
           |(?!during|nothing|something|anything|everything|king|spring|being|bring)[a-z]+ing\b
             (?!\ (?:is|was|are|will)\b))""",
    re.IGNORECASE | re.VERBOSE,
)


_POINTS_LAST = re.compile(r"^(?:\S+\s+){1,8}(?:this|that|these|those|them|it)[.!]$", re.IGNORECASE)


def leans_back(sentence: str) -> bool:
    """Whether a sentence points at the one before it ("This is …", "Including …", "… underpins this.") and reads
    poorly alone.
    """
    return bool(_LEANING.match(sentence)) or bool(_POINTS_LAST.search(sentence))


def choose(ranked: Sequence[Scored], contexts: Mapping[str, Context], limits: Limits | None = None) -> list[Chosen]:
    """The fewest quotes that answer, best first: at most ``limits.quotes``, and no more words than ``limits.words``
    unless the best alone has more. Neighbouring sentences become one quote."""
    limits = limits or limits_for(ranked)
    scores = {(s.candidate.doc_id, s.candidate.start): s.score for s in ranked}
    chosen: list[Chosen] = []
    for scored in ranked:
        if len(chosen) >= limits.quotes or (chosen and scored.score < ranked[0].score - limits.margin):
            break
        quote = _standing(scored, contexts[scored.candidate.doc_id], scores, limits)
        if any(quote.overlaps(other) for other in chosen):
            continue
        if chosen and _words(chosen, contexts) + _words([quote], contexts) > limits.words:
            continue
        chosen.append(quote)
    return _merged(chosen, contexts)


def one_from_each(ranked: Sequence[Scored], contexts: Mapping[str, Context]) -> list[Chosen]:
    """The best quote of every document, best first, of no more than ``Limits.documents``."""
    limits, scores = limits_for(ranked), {(s.candidate.doc_id, s.candidate.start): s.score for s in ranked}
    best: dict[str, Scored] = {}
    for scored in ranked:
        best.setdefault(scored.candidate.doc_id, scored)
    return [
        _standing(scored, contexts[doc_id], scores, limits) for doc_id, scored in list(best.items())[: limits.documents]
    ]


def limits_for(ranked: Sequence[Scored], sort: Sort = "statement", *, margin: float = 0.0) -> Limits:
    """How much an answer of a sort may show: of several things wanted more quotes than of one. A ``margin`` above the
    usual is for a question to which several sentences may be the answer, or of which less is certain.
    """
    limits = READ if ranked and ranked[0].evidence is not None else Limits()
    if margin > limits.margin:
        limits = replace(limits, margin=margin, words=_WIDE_WORDS, words_a_quote=_WIDE_QUOTE)
    return replace(limits, quotes=_LISTED, words=_LISTED_WORDS) if sort == "list" else limits


_LISTED, _LISTED_WORDS = 5, 90
_WIDE_WORDS, _WIDE_QUOTE = 75, 35


def _standing(scored: Scored, context: Context, scores: Mapping[tuple[str, int], float], limits: Limits) -> Chosen:
    """The sentence with those before it that it leans on, and with those after it that lean on it."""
    candidate = scored.candidate
    spans = context.sentences(candidate.turn_id)
    text = context.transcript.text
    first = last = next(i for i, span in enumerate(spans) if span[0] == candidate.start)
    while candidate.turn_id and first and leans_back(text[slice(*spans[first])]):
        if first < last and len(text[spans[first - 1][0] : spans[last][1]].split()) > limits.words_a_quote:
            break
        first -= 1
    while candidate.turn_id and last + 1 < len(spans):
        start, end = spans[last + 1]
        near = scores.get((candidate.doc_id, start), -math.inf) >= scored.score - limits.drawn_in
        if (
            not near
            or not leans_back(text[start:end])
            or len(text[spans[first][0] : end].split()) > limits.words_a_quote
        ):
            break
        last += 1
    return Chosen(spans[first][0], spans[last][1], scored)


def _merged(chosen: Sequence[Chosen], contexts: Mapping[str, Context]) -> list[Chosen]:
    """Quotes that touch (only white space between them, same turn) joined, at the place of the better one."""
    out: list[Chosen] = []
    for quote in chosen:
        for i, other in enumerate(out):
            if _touch(quote, other, contexts):
                out[i] = Chosen(min(quote.start, other.start), max(quote.end, other.end), other.scored)
                break
        else:
            out.append(quote)
    return out if len(out) == len(chosen) else _merged(out, contexts)


def _touch(one: Chosen, other: Chosen, contexts: Mapping[str, Context]) -> bool:
    a, b = one.scored.candidate, other.scored.candidate
    if (a.doc_id, a.turn_id) != (b.doc_id, b.turn_id):
        return False
    first, second = sorted([(one.start, one.end), (other.start, other.end)])
    return not contexts[a.doc_id].transcript.text[first[1] : second[0]].strip()


def _words(chosen: Sequence[Chosen], contexts: Mapping[str, Context]) -> int:
    return sum(
        len(contexts[quote.scored.candidate.doc_id].transcript.text[quote.start : quote.end].split())
        for quote in chosen
    )


def is_filler(candidate: Candidate) -> bool:
    """Whether a sentence only greets, thanks or hands over: it answers nothing, however well its words match."""
    return bool(_FILLER.match(candidate.text)) and len(candidate.text.split()) <= 14


_FILLER = re.compile(
    r"(?:(?:so|and|well|ok|okay|now),? )*(?:good (?:morning|afternoon|evening|day)|thank(?:s| you)|hello|hi\b"
    r"|welcome\b|"
    r"ladies and gentlemen|i thank|(?:and )?with that|i(?:’|')?m ready to take|let me start by thank|(?:please"
    r"|over to)\b|"
    r"(?:but )?over to you)",
    re.IGNORECASE,
)
