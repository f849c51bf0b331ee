"""Vectors of sentences, remembered: most questions look at sentences that an earlier question looked at."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.encode import Encoder

_KEPT = 50_000  # vectors of 384 floats: about 75 MB


class VectorCache:
    """Encodes texts through ``encoder``, each once while it is remembered; the oldest are forgotten first."""

    def __init__(self, encoder: Encoder, *, kept: int = _KEPT) -> None:
        self._encoder = encoder
        self._kept = kept
        self._lock = threading.Lock()
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``, one row each, of length 1."""
        with self._lock:  # two people asking at once: the cores are shared anyway
            new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
            if new:
                self._vectors |= zip(new, self._encoder.encode(new), strict=True)
            rows = np.stack([self._vectors[text] for text in texts])
            for text in list(self._vectors)[: max(0, len(self._vectors) - self._kept)]:
                del self._vectors[text]
            return rows
