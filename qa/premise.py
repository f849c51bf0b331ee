"""What a question takes for said by somebody: "Did Stoltenberg call Putin a terrorist?".

Where the words stand in the record but in another mouth — a journalist's, another speaker's, or in words that were only
reported — the answer says whose they are. Shares of words decide, not likeness of meaning: credit goes by the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.extract import Candidate
from qa.words import content_stems, stem, stem_set

_CLAIMING = frozenset(
    stem(verb)
    for verb in """say said call called describe described claim claimed admit admitted promise promised threaten
    threatened accuse accused demand demanded tell told warn warned suggest suggested state stated argue argued insist
    insisted deny denied announce announced predict predicted confirm confirmed compare compared acknowledge give use
    propose concede refer blame believe think declare label brand praise criticise condemn urge""".split()
)
_ASKS = re.compile(
    r"(?:\A|[,;:] |\b(?:whether|if|why|when|where|how often) )\W*(?:and |but |so )?"
    r"(?:(?:why|when|where|how often|since when) )?(?:did|does|do|has|have|had|was it|is it true that"
    r"|is it)?\s*(?:the )?\Z",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:who |also |ever |really |actually |once |publicly |indeed )*(?P<verb>[a-z]+)\s+(?:that\s+)?", re.IGNORECASE
)
_NO_CLAIM = re.compile(r"(?:about|on|to say|anything|something|more|whether|if|when|how|why|what)\b", re.IGNORECASE)
_FEWEST = 2  # words that a claim must have to be told from another


@dataclass(frozen=True, slots=True)
class Holder:
    """A sentence that holds what is claimed, with the share of the claim's words, by weight, that it holds."""

    candidate: Candidate
    share: float


_ANOTHERS = 0.6  # share of a claim's words, by weight, that a sentence must hold to be where they come from
_MORE = 0.25  # by how much that must exceed the speaker's own best sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is asked to have said; ``presumed`` where the question takes it for granted ("Why did …?")."""

    words: str
    presumed: bool


def claim(question: str, start: int, end: int) -> Claim | None:
    """What the person at ``question[start:end]`` is asked to have said; ``None`` where it is nothing definite."""
    before = _ASKS.search(question[:start])
    verb = _VERB.match(question, end)
    if (
        not before
        or not verb
        or stem(verb["verb"].casefold()) not in _CLAIMING
        or _NO_CLAIM.match(question, verb.end())
    ):
        return None
    words = question[verb.end() :].strip(" ?!.")
    presumed = bool(re.search(r"\b(?:why|when|where|how often|since when)\b", before[0], re.IGNORECASE))
    return Claim(words, presumed) if len(content_stems(words)) >= _FEWEST else None


def best_holder(words: str, found: Iterable[Candidate], rarity: Callable[[str], float]) -> Holder | None:
    """The sentence that holds most of ``words``."""
    weights = {word: rarity(word) for word in content_stems(words)}
    total = sum(weights.values()) or 1.0
    holders = (Holder(c, sum(weights[w] for w in weights.keys() & stem_set(c.text)) / total) for c in found)
    return max(holders, key=lambda holder: holder.share, default=None)


def is_anothers(own: Holder | None, other: Holder | None) -> bool:
    """Whether the words are another's rather than the speaker's."""
    return other is not None and other.share >= _ANOTHERS and other.share - (own.share if own else 0.0) >= _MORE
