"""Transcripts and passages on disk: a line of JSON a transcript, a row of numbers a passage.

A passage's text is not stored: it is cut from its transcript when it is read, so it cannot differ from its source.
Nothing is parsed before it is asked for, and filters are answered from the columns alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, overload

import numpy as np

from index.chunk import openings
from index.serialize import transcript_from_json, transcript_to_json
from index.types import Filters, Kind, Passage, Transcript

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RECORD_FILES = ("transcripts.jsonl", "passages.npy", "embedding_texts.txt", "labels.json")
_TRANSCRIPTS, _PASSAGES, _TEXTS, _LABELS = RECORD_FILES
_KINDS: tuple[Kind, ...] = get_args(Kind)
_NOBODY = -1
_ROW = np.dtype(
    [
        ("document", "<i4"),
        ("turn", "<i4"),  # position in the transcript's turns; -1 in the header
        ("start", "<i8"),
        ("end", "<i8"),
        ("speaker", "<i4"),  # position in labels.json's speakers; -1 nobody
        ("kind", "<i1"),  # position in Kind; -1 in the header
        ("opening", "<i8"),  # row of the turn's first passage
        ("text_end", "<i8"),  # byte where the row's embedding text ends; it starts where the row before it ends
    ]
)


def same_speaker(name: str) -> str:
    """The form in which two names of a speaker are compared: whole, without regard to case and spacing."""
    return " ".join(name.split()).casefold()


def write_records(folder: Path, transcripts: Sequence[Transcript], passages: Sequence[Passage]) -> None:
    """Write ``RECORD_FILES``; ``passages`` are grouped by transcript, in the order of ``transcripts``."""
    speakers = sorted({same_speaker(t.speaker) for tr in transcripts for t in tr.turns if t.speaker})
    np.save(folder / _PASSAGES, _rows(transcripts, passages, speakers), allow_pickle=False)
    with (folder / _TEXTS).open("wb") as texts:
        texts.writelines(passage.embedding_text.encode() for passage in passages)
    ends = _write_transcripts(folder / _TRANSCRIPTS, transcripts)
    documents = [
        {"doc_id": t.doc_id, "first_day": _day(t.date), "last_day": _day(t.date_end or t.date), "line_end": end}
        for t, end in zip(transcripts, ends, strict=True)
    ]
    labels = {"documents": documents, "speakers": speakers}
    (folder / _LABELS).write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")


def _write_transcripts(path: Path, transcripts: Sequence[Transcript]) -> list[int]:
    with path.open("wb") as stream:
        ends = []
        for transcript in transcripts:
            # lone surrogates survive: JSON escapes them
            stream.write(json.dumps(transcript_to_json(transcript), separators=(",", ":")).encode("ascii") + b"\n")
            ends.append(stream.tell())
    return ends


def _rows(transcripts: Sequence[Transcript], passages: Sequence[Passage], speakers: list[str]) -> NDArray[Any]:
    documents = {transcript.doc_id: at for at, transcript in enumerate(transcripts)}
    turns = {turn.turn_id: (at, turn) for transcript in transcripts for at, turn in enumerate(transcript.turns)}
    codes = {speaker: code for code, speaker in enumerate(speakers)}
    rows = np.zeros(len(passages), dtype=_ROW)
    text_end = 0
    for row, (passage, opening) in enumerate(zip(passages, openings(passages), strict=True)):
        text_end += len(passage.embedding_text.encode())
        at, turn = turns[passage.turn_id] if passage.turn_id else (_NOBODY, None)
        speaker = codes[same_speaker(turn.speaker)] if turn and turn.speaker else _NOBODY
        kind = _KINDS.index(turn.kind) if turn else _NOBODY
        rows[row] = (documents[passage.doc_id], at, passage.start, passage.end, speaker, kind, opening, text_end)
    return rows


def _day(day: date | None) -> int:
    """Days since year 1, so that days compare as numbers; 0 where the day is not known."""
    return day.toordinal() if day else 0


class Transcripts(Mapping[str, Transcript]):
    """The transcripts by id, each read from disk when it is first asked for."""

    def __init__(self, path: Path, documents: Sequence[Mapping[str, Any]]) -> None:
        # mapped, not reopened: a generation that is being replaced stays readable for as long as it is open
        self._bytes: Any = _mapped(path) if documents else b""
        starts = [0, *(document["line_end"] for document in documents)]
        self._spans = {d["doc_id"]: (starts[at], d["line_end"]) for at, d in enumerate(documents)}
        self._read: dict[str, Transcript] = {}

    def __getitem__(self, doc_id: str) -> Transcript:
        if doc_id not in self._read:
            start, end = self._spans[doc_id]
            self._read[doc_id] = transcript_from_json(json.loads(bytes(self._bytes[start:end])))
        return self._read[doc_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def _mapped(path: Path) -> NDArray[np.uint8]:
    """A file's bytes, mapped; as a plain array, whose slices cost less than those of a memmap."""
    return np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))


class Passages(Sequence[Passage]):
    """The passages in row order, each put together when it is asked for."""

    def __init__(self, rows: NDArray[Any], texts: Any, doc_ids: Sequence[str], transcripts: Transcripts) -> None:
        self._rows, self._texts, self._doc_ids, self._transcripts = rows, texts, doc_ids, transcripts

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        row = range(len(self))[at]
        record = self._rows[row]
        transcript = self._transcripts[self._doc_ids[record["document"]]]
        start, end, turn = int(record["start"]), int(record["end"]), int(record["turn"])
        return Passage(
            passage_id=f"{transcript.doc_id}:{start}-{end}",
            doc_id=transcript.doc_id,
            turn_id=None if turn == _NOBODY else transcript.turns[turn].turn_id,
            start=start,
            end=end,
            text=transcript.text[start:end],
            embedding_text=self.embedding_text(row),
        )

    def embedding_text(self, row: int) -> str:
        """What was embedded for ``row``, without reading its transcript."""
        start = int(self._rows["text_end"][row - 1]) if row else 0
        return bytes(self._texts[start : int(self._rows["text_end"][row])]).decode()


class Records:
    """What ``write_records`` wrote, open; ``openings`` holds, for each row, that of its turn's first passage.

    Raises ``OSError``, ``ValueError`` or ``KeyError`` when it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        self._documents: list[dict[str, Any]] = labels["documents"]
        self._speakers: list[str] = labels["speakers"]
        self._rows: NDArray[Any] = np.asarray(np.load(folder / _PASSAGES, mmap_mode="r", allow_pickle=False))
        texts: Any = _mapped(folder / _TEXTS) if len(self._rows) else b""
        self.transcripts = Transcripts(folder / _TRANSCRIPTS, self._documents)
        begins = np.searchsorted(self._rows["document"], np.arange(len(self._documents) + 1))
        self._of_document = {doc_id: slice(*begins[at : at + 2].tolist()) for at, doc_id in enumerate(self.transcripts)}
        self.openings: NDArray[np.int64] = np.ascontiguousarray(self._rows["opening"])
        self.passages = Passages(self._rows, texts, list(self.transcripts), self.transcripts)

    def rows_within(self, doc_id: str, start: int, end: int) -> slice:
        """The rows of the passages of one transcript that begin in ``[start, end)``."""
        rows = self._of_document[doc_id]
        begin, stop = np.searchsorted(self._rows["start"][rows], [start, end]).tolist()
        return slice(rows.start + begin, rows.start + stop)

    def mask(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Which rows pass ``filters``, one truth value a row; ``None`` when every row does.

        A document passes a range of days if any of its days lies in it; one of unknown date passes no range.
        """
        if filters == Filters():
            return None
        mask: NDArray[np.bool_] = self._document_mask(filters)[self._rows["document"]]
        if filters.speakers:
            wanted = {same_speaker(name) for name in filters.speakers}
            mask &= np.isin(self._rows["speaker"], [at for at, name in enumerate(self._speakers) if name in wanted])
        if filters.kinds:
            mask &= np.isin(self._rows["kind"], [_KINDS.index(kind) for kind in filters.kinds])
        return mask

    def _document_mask(self, filters: Filters) -> NDArray[np.bool_]:
        first, last = _day(filters.date_from), _day(filters.date_to) or date.max.toordinal()
        dated = filters.date_from is not None or filters.date_to is not None
        return np.array(
            [
                (not filters.doc_ids or d["doc_id"] in filters.doc_ids)
                and (not dated or (d["last_day"] > 0 and d["last_day"] >= first and d["first_day"] <= last))
                for d in self._documents
            ],
            dtype=np.bool_,
        )
