"""Whether a transcript's file still is what was indexed, as the export says it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.source import SourceRef, source_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.store import SourceRecord
    from qa.export.types import SourceState


class SourceStates:
    """Looks at the files of a record; a file is read again only when its time or its size is new."""

    def __init__(self, sources: Iterable[SourceRecord]) -> None:
        self._sources = {source.doc_id: source for source in sources if not source.same_as}
        self._seen: dict[str, tuple[tuple[int, int], SourceState]] = {}

    def __call__(self, doc_id: str) -> SourceState:
        """``same``, ``changed`` or ``gone``; ``unknown`` for a document that no file is recorded of."""
        source = self._sources.get(doc_id)
        if source is None:
            return "unknown"
        try:
            seen = Path(source.path).stat()
        except OSError:
            return "gone"
        stamp = (seen.st_mtime_ns, seen.st_size)
        if self._seen.get(doc_id, (None, ""))[0] != stamp:
            self._seen[doc_id] = stamp, _compared(source)
        return self._seen[doc_id][1]


def _compared(source: SourceRecord) -> SourceState:
    try:
        digest = source_sha256(SourceRef(Path(source.path), source.member))
    except (SourceError, OSError):
        return "gone"
    return "same" if digest == source.sha256 else "changed"
