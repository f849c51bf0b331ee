"""The words of a question that must be found again: tokens, stems, and what counts as a content word.

British and American spellings meet ("defence", "defense"; "organise", "organize"), hyphens separate, possessives fall
away. Both sides of every comparison go through the same functions, so a stem only has to be equal, not correct.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are aren't as at be because been before being below between both
    but by can cannot could couldn't did didn't do does doesn't doing don't done down during each either else ever every
    few for from further get gets getting give given go goes going gone got had has have having he he'd he'll he's her
    here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just kind let me
    might more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own
    part please quite rather really same shall she she's should so some something such than that that's the their
    theirs them themselves then there there's these they they're they've thing things this those through to too toward
    towards under until up upon us very was wasn't way we we'd we'll we're we've well were weren't what what's whatever
    when where which while who who's whom whose why will with within without won't would wouldn't yet you you'd you'll
    you're you've your yours yourself according accordingly answer answered answers asked ask asks call called calls
    mention mentioned mentions named name quoted quote record regard regarding say saying says said speak speaks spoke
    spoken speech statement stated state tell tells told talk talked talks transcript transcripts exactly actually
    anything anyone everyone somebody someone nobody nothing many mean means meant like want wanted wants""".split()
)

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPELLINGS = (
    (re.compile(r"(?<=.{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)\Z)"), "iz"),
    (re.compile(r"(?<=.{2})our(?=(?:s|ed|ing|able|al|ful)?\Z)"), "or"),
    (re.compile(r"(?<=.{2})tre(?=s?\Z)"), "ter"),
    (re.compile(r"(?<=(?:def|off|lic|ret))ens(?=(?:e|es|ed|ive|ing)\Z)"), "enc"),
    (re.compile(r"(?<=programm)e(?=s?\Z)"), ""),
    (re.compile(r"(?<=program)m(?=s?\Z)"), ""),
)


def whole_characters(text: str) -> str:
    """``text`` with "?" for half a surrogate pair, which JSON may carry and no model can read."""
    return text.encode("utf-8", "replace").decode()


def tokens(text: str) -> list[str]:
    """Words and numbers of ``text`` in lower case, in order; a possessive ``'s`` is dropped."""
    return [_plain(found.group()) for found in _TOKEN.finditer(text)]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one lower-case word, the same for its British and American spelling."""
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return str(_stemmer().stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of all words of ``text``, in order."""
    return [stem(word) for word in tokens(text)]


@lru_cache(maxsize=16384)
def stem_set(text: str) -> frozenset[str]:
    """Stems of all words of ``text``; remembered, for the same sentences are compared with question after question."""
    return frozenset(stems(text))


def content_stems(text: str) -> list[str]:
    """Stems of the content words of ``text``, each once, in order of first use."""
    return list(dict.fromkeys(stem(word) for word in tokens(text) if word not in STOP_WORDS))


def _plain(word: str) -> str:
    word = word.replace("’", "'").casefold()
    return word.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


class Rarity:
    """How much a word tells, from how many of a sample of texts hold it: the BM25 inverse document frequency.

    ln(1 + (n - f + 0.5) / (f + 0.5)), as in Lucene's BM25Similarity; a word never seen tells most.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._holding: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._holding.update(set(stems(text)))
            self._texts += 1

    def __call__(self, stem_: str) -> float:
        """The weight of one stem, above 0."""
        holding = self._holding[stem_]
        return math.log(1 + (self._texts - holding + 0.5) / (holding + 0.5))
