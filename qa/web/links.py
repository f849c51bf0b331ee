"""The address of a place in the record: ``DOC_ID~START-END``, or ``DOC_ID`` for a whole transcript.

An address carries no words. The server looks the place up again, so a forged one can show only what the record holds.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Transcript
    from qa.types import Quote

_SPAN = re.compile(r"(?P<doc_id>.+)~(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})", re.DOTALL)
_LONGEST = 2_000  # a file name has at most 255 bytes, each at most three characters once encoded


@dataclass(frozen=True, slots=True)
class Place:
    """A transcript of the record and, if any, the span of its text to mark."""

    transcript: Transcript
    span: tuple[int, int] | None = None


def cite_id(quote: Quote) -> str:
    """The address of ``quote``, percent-encoded: safe in a URL, in Markdown and in HTML."""
    return span_id(quote.doc_id, quote.start, quote.end)


def span_id(doc_id: str, start: int, end: int) -> str:
    """The address of ``text[start:end]`` of a transcript."""
    return f"{document_id(doc_id)}~{start}-{end}"


def words_digest(text: str) -> str:
    """Eight hexadecimal digits of the SHA-256 of a quote's words: shows whether the source changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def document_id(doc_id: str) -> str:
    """The address of a whole transcript."""
    return percent_encode(doc_id, safe="")


def resolve(address: object, transcripts: Mapping[str, Transcript]) -> Place | None:
    """The place that ``address`` names, or ``None`` for anything that is not a place in this record.

    A span must lie within one turn or within the header: a quote never crosses from one speaker to the next.
    """
    if not isinstance(address, str) or not 0 < len(address) <= _LONGEST:
        return None
    plain = unquote(address)
    found = _SPAN.fullmatch(plain)
    if found is None:
        return Place(transcripts[plain]) if plain in transcripts else None
    transcript = transcripts.get(found["doc_id"])
    start, end = int(found["start"]), int(found["end"])
    if transcript is None or not _is_one_voice(transcript, start, end):
        return None
    return Place(transcript, (start, end))


def _is_one_voice(transcript: Transcript, start: int, end: int) -> bool:
    turns = ((turn.start, turn.end) for turn in transcript.turns)
    headers = ((region.start, region.end) for region in transcript.regions if region.kind == "header")
    return start < end and any(low <= start and end <= high for low, high in (*turns, *headers))
