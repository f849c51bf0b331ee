"""Opens one edition of the record after another; the models are loaded once and go from each to the next."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from index.search import Index, open_index
from index.store import current_generation, read_manifest
from qa.answer import Answerer
from qa.check import Checker
from qa.export.sources import SourceStates
from qa.reading import reader_from_environment
from qa.support import certainty_from_environment
from qa.web.record import Edition

if TYPE_CHECKING:
    from pathlib import Path

    from index.encode import Encoder


class Editions:
    """The editions of the index in ``folder``. Raises ``InputError`` where a setting of the environment is wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader, self._certainty = reader_from_environment(), certainty_from_environment()
        self._index: Index | None = None

    def newest(self) -> Edition:
        """The newest generation; models that no earlier edition has loaded are loaded when first asked.

        Raises ``StoreError`` where it cannot be opened.
        """
        index = open_index(self._folder, encoder=self._loaded_encoder())
        self._index = index
        answerer = Answerer(index, self._reader, certainty=self._certainty)
        checker = cache(lambda: Checker(index))  # made when first asked: it reads every transcript
        return Edition(
            index.transcripts,
            answerer.answer,
            check=lambda given: checker().check(given),
            fingerprint=index.manifest.fingerprint,
            source_state=SourceStates(index.manifest.sources),
        )

    def _loaded_encoder(self) -> Encoder | None:
        """The encoder of the edition before, where the newest generation was built with the same weights."""
        if self._index is None:
            return None
        newest = read_manifest(self._folder, current_generation(self._folder)).model
        before = self._index.manifest.model
        return self._index.encoder if (newest.name, newest.sha256) == (before.name, before.sha256) else None
