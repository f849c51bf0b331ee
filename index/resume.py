"""Vectors of a build that was cut off, so that the next build does not compute them again.

Each finished block is one pair of plain arrays, written beside and renamed: a block is whole or not there.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encode import ModelIdentity

_FOLDER = "resume"
_KEY_BYTES = 16


def text_key(text: str) -> bytes:
    """Digest by which a vector is known: the same text has the same vector."""
    return hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).digest()


def keep_block(folder: Path, model: ModelIdentity, keys: Sequence[bytes], vectors: NDArray[np.float16]) -> None:
    """Keep a finished block of vectors in the index ``folder``."""
    place = _place(folder, model)
    place.mkdir(parents=True, exist_ok=True)
    draft = place / "draft"
    with draft.open("wb") as stream:
        np.save(stream, np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, _KEY_BYTES), allow_pickle=False)
        np.save(stream, vectors, allow_pickle=False)
    draft.replace(place / f"{keys[0].hex()}.npy")


def kept_vectors(folder: Path, model: ModelIdentity) -> dict[bytes, NDArray[np.float16]]:
    """All vectors kept for ``model``; a block that cannot be read is passed over."""
    kept: dict[bytes, NDArray[np.float16]] = {}
    for path in sorted(_place(folder, model).glob("*.npy")):
        try:
            with path.open("rb") as stream:
                keys = np.load(stream, allow_pickle=False)
                vectors = np.load(stream, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            continue
        kept.update((bytes(key), vector) for key, vector in zip(keys, vectors, strict=False))
    return kept


def forget(folder: Path) -> None:
    """Drop what was kept: the build it was kept for is done."""
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)


def _place(folder: Path, model: ModelIdentity) -> Path:
    return folder / _FOLDER / hashlib.sha256(f"{model.name}\0{model.sha256}".encode()).hexdigest()[:16]
