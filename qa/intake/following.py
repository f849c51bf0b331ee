"""Keeps the page at the newest generation of its index, whoever built it, without stopping anybody who asks."""

from __future__ import annotations

import gc
import sys
import threading
from typing import TYPE_CHECKING

from index.errors import CorpusError, StoreError
from index.store import current_generation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qa.web.record import Edition, Record

_EVERY = 3.0  # seconds between two looks at which generation is current: one small file is read


class Follower:
    """Replaces the edition of ``record`` when the index in ``folder`` has a newer generation.

    ``open_edition`` opens the newest one, with the models that are loaded already.
    """

    def __init__(self, record: Record, folder: Path, open_edition: Callable[[], Edition]) -> None:
        self._record, self._folder, self._open = record, folder, open_edition
        self._one = threading.Lock()
        self._shown = ""
        self._shown = self._newest()
        self._stopped = threading.Event()

    def follow(self) -> bool:
        """Open the newest generation, warm it and answer from it; false where it is shown already.

        Raises ``CorpusError`` where it cannot be opened; the record then stays with the edition it has.
        """
        with self._one:
            newest = self._newest()
            if newest == self._shown:
                return False
            self._record.ready.wait()
            self._record.renew(self._open())
            self._shown = newest
            gc.collect()  # an edition refers to itself: the one before would stay for a while
            return True

    def watch(self) -> None:
        """Follow whatever others build, until ``stop``."""
        failed = ""  # the generation that could not be opened: it is not tried again and again
        while not self._stopped.wait(_EVERY):
            newest = self._newest()
            try:
                if newest != failed:
                    self.follow()
            except CorpusError as error:
                failed = newest
                print(f"ontherecord: the new index is not used: {error}", file=sys.stderr)

    def watch_in_background(self) -> threading.Thread:
        """Start ``watch`` beside the page; the thread does not keep the process alive."""
        thread = threading.Thread(target=self.watch, name="follow", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End ``watch`` at its next look."""
        self._stopped.set()

    def _newest(self) -> str:
        try:
            return current_generation(self._folder).name
        except StoreError:  # being moved, or gone: what is open stays
            return self._shown
