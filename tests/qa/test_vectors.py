"""Each text is encoded once while it is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np

from qa.vectors import VectorCache

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Lengths:
    """Encodes a text as its length, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_rows_are_in_the_order_of_the_texts_and_nothing_is_encoded_twice() -> None:
    encoder = Lengths()
    cache = VectorCache(encoder)
    assert cache(["aa", "b", "aa"]).tolist() == [[2], [1], [2]]
    assert cache(["b", "ccc"]).tolist() == [[1], [3]]
    assert encoder.given == ["aa", "b", "ccc"]


def test_the_oldest_are_forgotten_first_and_encoded_again() -> None:
    encoder = Lengths()
    cache = VectorCache(encoder, kept=2)
    for texts in (["a"], ["bb"], ["ccc"], ["bb"], ["a"]):
        assert cache(texts).tolist() == [[len(text)] for text in texts]
    assert encoder.given == ["a", "bb", "ccc", "a"]


def test_more_texts_than_are_kept_still_all_come_back() -> None:
    cache = VectorCache(Lengths(), kept=1)
    assert cache(["a", "bb", "ccc"]).tolist() == [[1], [2], [3]]


def test_threads_share_one_cache() -> None:
    encoder = Lengths()
    cache = VectorCache(encoder)
    threads = [Thread(target=cache, args=([f"{i:03}" for i in range(100)],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(encoder.given) == [f"{i:03}" for i in range(100)]
