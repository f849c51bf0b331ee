"""BM25 over passages: exact words, names and numbers, which vectors blur.

bm25s holds the ranking: precomputed scores in plain ``.npy`` arrays that are mapped into memory, a JSON vocabulary, no
pickle. benchmarks/lexical.py compares it with tantivy and SQLite's FTS5; docs/architecture.md has the figures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import bm25s
    from numpy.typing import NDArray

    from index.fuse import Ranked
from index.fuse import Scored
from index.settings import Bm25

LEXICAL_FILES = ("bm25.data.npy", "bm25.indices.npy", "bm25.indptr.npy", "bm25.vocabulary.json", "bm25.params.json")
_FILE_OPTIONS = dict(
    zip(("data_name", "indices_name", "indptr_name", "vocab_name", "params_name"), LEXICAL_FILES, strict=True)
)

_FUNCTION_WORDS = """a about also am an and any are as at be because been being but by can could did do does doing for
from
    had has have having he her hers him his how i if in into is it its just may me might more most must my of on or our
    ours shall she should so some such than that the their theirs them then there these they this those to too us was we
    were what when where which while who whom whose why will with would you your yours s t re ve ll d m"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English function words that carry no subject; "not", "no" and "against" stay."""

_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)\d+|['-][^\W_]+)*")
_JOINTS = re.compile(r"['-]")
_TYPOGRAPHIC = str.maketrans("’‘ʼ‐‑", "'''--")
_JOINABLE_FROM = 4
_SPELLINGS = {
    "defense": "defence",
    "offense": "offence",
    "license": "licence",
    "center": "centre",
    "centers": "centres",
}
"""American to British spellings of words that stemming leaves apart."""


class Tokeniser:
    """Words as they are compared: lower case, no accents, no function words, English stems.

    "cyber-defence" gives ``cyber``, ``defenc`` and ``cyberdefenc``; a query for "cyber defence" also asks for the
    joined form, so the three ways of writing it find each other. "NATO's" gives ``nato``.
    """

    def __call__(self, text: str) -> list[str]:
        """The tokens of a passage, in order."""
        return self._stems(_words(text))

    def query(self, text: str) -> list[str]:
        """The tokens of a question: those of a passage, and neighbouring words joined where both are long enough."""
        words = list(_words(text))
        joined = [left + right for left, right in pairwise(words) if _joinable(left) and _joinable(right)]
        return self._stems([*words, *joined])

    def _stems(self, words: Iterable[str]) -> list[str]:
        kept = [_SPELLINGS.get(word, word) for word in words if word not in STOP_WORDS]
        return list(self._stemmer.stemWords(kept))

    @cached_property
    def _stemmer(self) -> Any:  # PyStemmer carries no types
        import Stemmer

        return Stemmer.Stemmer("english")


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(_plain(text)):
        parts = _JOINTS.split(found[0])
        if len(parts) == 1:
            yield found[0]
            continue
        yield from parts
        if "-" in found[0]:
            yield "".join(parts)


def _joinable(word: str) -> bool:
    """Short words join into others by chance ("any one", "follow up"); compounds are made of longer ones."""
    return len(word) >= _JOINABLE_FROM and word.isalpha() and word not in STOP_WORDS


def _plain(text: str) -> str:
    """Lower case without accents: "Erdoğan" and "Erdogan" are one word."""
    lower = text.translate(_TYPOGRAPHIC).casefold()
    if lower.isascii():
        return lower
    return "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))


class LexicalIndex:
    """BM25 (Lucene's variant) over passages, numbered from 0, and over the turns that hold several of them.

    A passage's score is its own plus ``turn_weight`` times its turn's; a turn of one passage is that passage.
    """

    def __init__(self, model: bm25s.BM25 | None, openings: NDArray[np.int64], *, turn_weight: float) -> None:
        self._model = model
        self._turns = turn_documents(openings)
        self._turn_weight = turn_weight
        self._tokenise = Tokeniser()

    def search(self, query: str, *, k: int, mask: NDArray[np.bool_] | None = None) -> Scored:
        """The best ``k`` rows whose turn shares a word with ``query`` as ``(row, score)``, best first.

        Equal scores come in row order. ``mask`` is one truth value a row; rows where it is false are never found, and
        take no other row's place.
        """
        scores = self.scores(query)
        passing = scores if mask is None else np.where(mask, scores, np.float32(0.0))
        rows = top(passing, k=min(k, int(np.count_nonzero(passing > 0))))
        return Scored(rows, mean=float(scores.mean()), deviation=float(scores.std()))

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every row; 0 where no word is shared."""
        known = [token for token in self._tokenise.query(query) if self._model and token in self._model.vocab_dict]
        if self._model is None or not known:
            return np.zeros(len(self._turns), dtype=np.float32)
        scores = np.asarray(self._model.get_scores(known), dtype=np.float32)
        mixed: NDArray[np.float32] = scores[: len(self._turns)] + np.float32(self._turn_weight) * scores[self._turns]
        return mixed

    def words(self, query: str) -> int:
        """How many words of ``query`` are searched for."""
        return len(self._tokenise(query))


def turn_documents(openings: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each passage, the number of the document that holds its whole turn.

    Passages are the documents 0 to n - 1; turns of several passages follow in order; a turn of one passage is it.
    """
    first, turn, sizes = np.unique(openings, return_inverse=True, return_counts=True)
    documents = np.where(sizes > 1, len(openings) - 1 + np.cumsum(sizes > 1), first)
    return np.asarray(documents[turn], dtype=np.int64)


def top(scores: NDArray[np.float32], *, k: int) -> Ranked:
    """The ``k`` highest of ``scores`` as ``(row, score)``, best first; equal scores in row order."""
    if k <= 0:
        return []
    threshold = np.partition(scores, -k)[-k]
    rows = np.flatnonzero(scores >= threshold)
    order = rows[np.lexsort((rows, -scores[rows]))][:k]
    return [(int(row), float(scores[row])) for row in order]


def build_lexical(texts: Sequence[str], openings: Sequence[int], folder: Path, *, bm25: Bm25) -> None:
    """Write the BM25 index of ``texts`` and their turns into ``folder``; nothing when they hold no word at all.

    ``openings`` holds, for each text, the position of the first text of its turn.
    """
    tokenise = Tokeniser()
    vocabulary: dict[str, int] = {}
    rows = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokenise(text)] for text in texts]
    if not vocabulary:
        return
    turns: dict[int, list[list[int]]] = {}
    for opening, row in zip(openings, rows, strict=True):
        turns.setdefault(opening, []).append(row)
    documents = [*rows, *(list(chain.from_iterable(parts)) for parts in turns.values() if len(parts) > 1)]
    import bm25s

    model = bm25s.BM25(method="lucene", k1=bm25.k1, b=bm25.b)
    model.index((documents, vocabulary), create_empty_token=False, show_progress=False)
    model.save(folder, show_progress=False, **_FILE_OPTIONS)


def open_lexical(folder: Path, *, openings: NDArray[np.int64], turn_weight: float) -> LexicalIndex:
    """Map the index that ``build_lexical`` wrote. Raises ``OSError`` or ``ValueError`` when its files are damaged."""
    if not (folder / LEXICAL_FILES[0]).is_file():
        return LexicalIndex(None, openings, turn_weight=turn_weight)
    import bm25s

    model = bm25s.BM25.load(folder, mmap=True, load_corpus=False, **_FILE_OPTIONS)
    return LexicalIndex(model, openings, turn_weight=turn_weight)
