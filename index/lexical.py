"""BM25 over passages: exact words, names and numbers, which vectors blur.

bm25s holds the ranking: precomputed scores in plain ``.npy`` arrays that are mapped into memory, a JSON vocabulary, no
pickle. benchmarks/lexical.py compares it with tantivy and SQLite's FTS5; docs/architecture.md has the figures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import bm25s
    from numpy.typing import NDArray

    from index.settings import Bm25

LEXICAL_FILES = ("bm25.data.npy", "bm25.indices.npy", "bm25.indptr.npy", "bm25.vocabulary.json", "bm25.params.json")
_FILE_OPTIONS = dict(
    zip(("data_name", "indices_name", "indptr_name", "vocab_name", "params_name"), LEXICAL_FILES, strict=True)
)

_FUNCTION_WORDS = """a about also am an and any are as at be because been being but by can could did do does doing for from
    had has have having he her hers him his how i if in into is it its just may me might more most must my of on or our
    ours shall she should so some such than that the their theirs them then there these they this those to too us was we
    were what when where which while who whom whose why will with would you your yours s t re ve ll d m"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English function words that carry no subject; "not", "no" and "against" stay, for they change what was said."""

_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)\d+|['’ʼ-][^\W_]+)*")
_JOINTS = re.compile(r"['’ʼ-]")
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

    "cyber-defence" gives ``cyber``, ``defenc`` and ``cyberdefenc``; a query for "cyber defence" also asks for the joined
    form, so the three ways of writing it find each other. "NATO's" gives ``nato``.
    """

    def __call__(self, text: str) -> list[str]:
        """The tokens of a passage, in order."""
        return self._stems(_words(text))

    def query(self, text: str) -> list[str]:
        """The tokens of a question: those of a passage, and neighbouring words joined."""
        words = list(_words(text))
        joined = [left + right for left, right in pairwise(words) if left.isalpha() and right.isalpha()]
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


def _plain(text: str) -> str:
    """Lower case without accents: "Erdoğan" and "Erdogan" are one word."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class LexicalIndex:
    """BM25 (Lucene's variant) over rows numbered from 0."""

    def __init__(self, model: bm25s.BM25 | None, rows: int) -> None:
        self._model = model
        self._rows = rows
        self._tokenise = Tokeniser()

    def search(self, query: str, *, k: int, mask: NDArray[np.bool_] | None = None) -> list[tuple[int, float]]:
        """The best ``k`` rows that share a word with ``query`` as ``(row, score)``, best first; ties in row order.

        ``mask`` is one truth value a row; rows where it is false are never found, and take no other row's place.
        """
        scores = self.scores(query)
        if mask is not None:
            scores = np.where(mask, scores, 0.0)
        return top(scores, k=min(k, int(np.count_nonzero(scores > 0))))

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every row; 0 where no word is shared."""
        if self._model is None:
            return np.zeros(self._rows, dtype=np.float32)
        known = [token for token in self._tokenise.query(query) if token in self._model.vocab_dict]
        if not known:
            return np.zeros(self._rows, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)


def top(scores: NDArray[np.float32], *, k: int) -> list[tuple[int, float]]:
    """The ``k`` highest of ``scores`` as ``(row, score)``, best first; equal scores in row order."""
    if k <= 0:
        return []
    threshold = np.partition(scores, -k)[-k]
    rows = np.flatnonzero(scores >= threshold)
    order = rows[np.lexsort((rows, -scores[rows]))][:k]
    return [(int(row), float(scores[row])) for row in order]


def build_lexical(texts: Sequence[str], folder: Path, *, bm25: Bm25) -> None:
    """Write the BM25 index of ``texts`` into ``folder`` as ``LEXICAL_FILES``; nothing when they hold no word at all."""
    tokenise = Tokeniser()
    vocabulary: dict[str, int] = {}
    rows = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokenise(text)] for text in texts]
    if not vocabulary:
        return
    import bm25s

    model = bm25s.BM25(method="lucene", k1=bm25.k1, b=bm25.b)
    model.index((rows, vocabulary), create_empty_token=False, show_progress=False)
    model.save(folder, show_progress=False, **_FILE_OPTIONS)


def open_lexical(folder: Path, *, rows: int) -> LexicalIndex:
    """Map the index that ``build_lexical`` wrote. Raises ``OSError`` or ``ValueError`` when its files are damaged."""
    if not (folder / LEXICAL_FILES[0]).is_file():
        return LexicalIndex(None, rows)
    import bm25s

    return LexicalIndex(bm25s.BM25.load(folder, mmap=True, load_corpus=False, **_FILE_OPTIONS), rows)
