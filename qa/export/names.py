"""A speaker's name taken apart for a bibliography: family name and given names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.export.verbatim import one_line

# Small words that belong to the family name: Ursula von der Leyen, Jaap de Hoop Scheffer.
_PARTICLES = frozenset(
    "af al ap av bin bint da das de degli dei del della den der di dos du el la las le lo los of ter ten van ver von "
    "vom zu zum zur".split()
)
_ENDINGS = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
_RANKS = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness president minister ambassador amb senator general "
    "gen admiral adm colonel col major captain lieutenant lt".split()
)
_NAME = re.compile(r"[^\W\d_][^\d_]*")


@dataclass(frozen=True, slots=True)
class Name:
    """``given`` is empty where the name does not divide; ``ending`` is such as ``Jr.``."""

    family: str
    given: str = ""
    ending: str = ""

    @property
    def inverted(self) -> str:
        """``Stoltenberg, Jens``; a name that does not divide as it is."""
        return ", ".join(filter(None, [self.family, self.given, self.ending]))

    @property
    def initialled(self) -> str:
        """``Stoltenberg, J.``, as APA writes it; ``Juncker, J.-C.`` keeps the hyphen."""
        return ", ".join(filter(None, [self.family, _initials(self.given), self.ending]))


def taken_apart(speaker: str) -> Name:
    """The parts of ``speaker``: the last word and the particles before it are the family name, ranks are dropped.

    What is no such name (one word, a number, several lines) stays whole.
    """
    whole = one_line(speaker)
    words = whole.split()
    kept = _without_ranks(words)
    if len(kept) < 2 or "," in whole or not all(_NAME.fullmatch(word) for word in kept) or kept[0].lower() == "the":
        return Name(" ".join(kept) if kept else whole)
    ending = kept.pop() if len(kept) > 2 and _ENDINGS.fullmatch(kept[-1]) else ""
    first = next((at for at, word in enumerate(kept[1:-1], 1) if word.lower() in _PARTICLES), len(kept) - 1)
    return Name(" ".join(kept[first:]), " ".join(kept[:first]), ending)


def _without_ranks(words: list[str]) -> list[str]:
    at = 0
    while at < len(words) - 1 and words[at].rstrip(".").lower() in _RANKS:
        at += 1
    return words[at:]


def _initials(given: str) -> str:
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
