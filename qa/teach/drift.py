"""How the wording of a position moved: two quotes compared word by word, and the phrases kept, dropped and new.

Both texts are compared as they stand. What is shown as common or as different are their own words: nothing is put in
between, and read in order the pieces give each quote again, white space aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from qa.check import Difference, differences
from qa.words import STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from qa.types import Citation

_PHRASES = 8  # phrases of one sort that are listed
_SHORTEST = 2  # words of a phrase that two quotes share
_MOST_WORDS = 600  # words of each quote that are compared
_TELLING = 3  # words in a row that count as common even where each of them is a small one


@dataclass(frozen=True, slots=True)
class Drift:
    """What became of the words of ``earlier`` in ``later``: the edits in order, and the phrases, longest first."""

    earlier: Citation
    later: Citation
    pieces: tuple[Difference, ...]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    new: tuple[str, ...]


def drift(earlier: Citation, later: Citation) -> Drift:
    """Compare two quotes."""
    a, b = (" ".join(one.quote.text.split()[:_MOST_WORDS]) for one in (earlier, later))
    return Drift(earlier, later, tuple(readable(differences(a, b))), kept(a, b), only_in(a, b), only_in(b, a))


def readable(edits: Sequence[Difference]) -> Iterator[Difference]:
    """The edits with common words that say nothing by themselves ("the", "of a") joined to the changes around them."""
    given: list[str] = []
    source: list[str] = []
    for at, edit in enumerate(edits):
        if edit.op == "equal" and (at in (0, len(edits) - 1) or _tells(edit.given.split())):
            yield from _change(given, source)
            given, source = [], []
            yield edit
        else:
            given += edit.given.split()
            source += edit.source.split()
    yield from _change(given, source)


def kept(a: str, b: str) -> tuple[str, ...]:
    """The phrases that both texts use, in whatever order, as ``a`` writes them: the longest runs of common words."""
    ours, theirs = _bare(a.split()), _bare(b.split())
    words, found = a.split(), []
    while True:
        run = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
        if run.size < _SHORTEST:
            break
        if _tells(words[run.a : run.a + run.size]):
            found.append(_trimmed(words[run.a : run.a + run.size]))
        # words that match nothing any more, on either side
        ours[run.a : run.a + run.size] = [f"\0a{run.a + n}" for n in range(run.size)]
        theirs[run.b : run.b + run.size] = [f"\0b{run.b + n}" for n in range(run.size)]
    return tuple(dict.fromkeys(found))[:_PHRASES]


def only_in(a: str, b: str) -> tuple[str, ...]:
    """The phrases of ``a`` of whose telling words ``b`` uses none, in any form; the longest first."""
    elsewhere = {stem(word) for word in tokens(b)}
    runs: list[list[str]] = [[]]
    for word in a.split():
        stems = [stem(part) for part in tokens(word) if part not in STOP_WORDS]
        if stems and elsewhere.isdisjoint(stems):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
        if runs[-1] and re.search(r"[.!?;:,…]\W*\Z", word):
            runs.append([])
    phrases = [_trimmed(run) for run in runs if run]
    return tuple(sorted(dict.fromkeys(phrases), key=lambda phrase: -len(phrase.split())))[:_PHRASES]


def _change(given: Sequence[str], source: Sequence[str]) -> Iterator[Difference]:
    if given or source:
        op = "replace" if given and source else "delete" if given else "insert"
        yield Difference(op, " ".join(given), " ".join(source))  # type: ignore[arg-type]


def _tells(words: Sequence[str]) -> bool:
    """Whether a run of words says something: a word that is not a small one, or several in a row."""
    return len(words) >= _TELLING or any(part not in STOP_WORDS for word in words for part in tokens(word))


def _bare(words: Sequence[str]) -> list[str]:
    return [re.sub(r"^\W+|\W+$", "", word).casefold() for word in words]


def _trimmed(words: Sequence[str]) -> str:
    """A phrase without the punctuation around it."""
    return re.sub(r"^[^\w(]+|[^\w)%]+$", "", " ".join(words))
