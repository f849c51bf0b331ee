"""What people say of answers: a line of JSON each, kept beside the index and read by ``ontherecord feedback``.

The question and the quotes come from the server's own memory of the answer, never from what the page sends back. Of who
says it nothing is kept.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from index.errors import CorpusError

if TYPE_CHECKING:
    from qa.types import Answer

Label = Literal["helpful", "not verbatim", "wrong speaker", "misses the point"]
LABELS: tuple[Label, ...] = get_args(Label)

FEEDBACK_FILE = "feedback.jsonl"  # in the folder of the index
COMMENT_LIMIT = 1_000  # characters
LINE_LIMIT = 4_096  # bytes of one line: it is written in one piece, so two processes never mix theirs
STORE_LIMIT = 50 * 1024 * 1024  # bytes of the whole file

_QUESTION_BYTES, _COMMENT_BYTES, _QUOTE_BYTES, _NAME_BYTES = 900, 2_100, 800, 64  # of a line, once written as JSON
_CHANGES = 20  # times that one answer may be judged: people change their minds, programs fill disks
_ANSWERS = 2_000
_QUOTES = 50_000  # of all the answers kept: an answer that counts may hold thousands


class FeedbackError(CorpusError):
    """What somebody said of an answer cannot be kept in ``file``, for ``reason``."""

    def __init__(self, file: Path, reason: str, *, remedy: str) -> None:
        super().__init__(f"{file}: {reason}", remedy=remedy)
        self.file = file
        self.reason = reason


class UnknownAnswerError(CorpusError):
    """No answer of that id is remembered: it is too old, or never was given."""

    def __init__(self) -> None:
        super().__init__("this answer is no longer known", remedy="Ask again, then say what you think of the answer")


class TooManyChangesError(CorpusError):
    """One answer was judged over and over."""

    def __init__(self) -> None:
        super().__init__(f"this answer was judged {_CHANGES} times already", remedy="The last word counts; leave it so")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said of one answer. ``label`` is ``None`` where it was taken back; ``quote`` is the address of the quote
    that is meant, if one is; ``record`` the fingerprint of the record that answered, ``version`` that of the program.
    """

    time: datetime
    answer: str
    question: str
    label: Label | None
    quote: str | None = None
    comment: str = ""
    record: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer that was shown, the fingerprint of the record it came from, and how often it was judged."""

    answer: Answer
    fingerprint: str
    judged: Iterator[int] = field(default_factory=lambda: count(1), compare=False, repr=False)


class Answers:
    """The answers shown last, each by an id that nobody can guess. Safe to use from several threads."""

    def __init__(self, *, most: int = _ANSWERS, most_quotes: int = _QUOTES) -> None:
        self._most, self._most_quotes = most, most_quotes
        self._held: OrderedDict[str, Remembered] = OrderedDict()
        self._quotes = 0
        self._lock = threading.Lock()

    def remember(self, answer: Answer, *, fingerprint: str = "") -> str:
        """Keep ``answer``, forget the oldest where there are too many, and give the id to ask for it."""
        answer_id = secrets.token_urlsafe(12)
        with self._lock:
            self._held[answer_id] = Remembered(answer, fingerprint)
            self._quotes += _quotes_in(answer)
            while len(self._held) > 1 and (len(self._held) > self._most or self._quotes > self._most_quotes):
                self._quotes -= _quotes_in(self._held.popitem(last=False)[1].answer)
        return answer_id

    def get(self, answer_id: str) -> Remembered | None:
        """The answer of that id; ``None`` for one that was forgotten or never given."""
        with self._lock:
            return self._held.get(answer_id)


class Feedback:
    """Keeps what people say of the answers that it remembers in ``file``, at most ``limit`` bytes in all."""

    def __init__(self, file: Path, *, limit: int = STORE_LIMIT) -> None:
        self.file = file
        self.answers = Answers()
        self._limit = limit

    def judge(self, answer_id: str, label: Label | None, *, quote: str | None = None, comment: str = "") -> Opinion:
        """Store what somebody thinks of an answer; ``None`` takes it back. The last word on an answer counts.

        Raises ``UnknownAnswerError``, ``TooManyChangesError`` or ``FeedbackError``.
        """
        known = self.answers.get(answer_id)
        if known is None:
            raise UnknownAnswerError
        if next(known.judged) > _CHANGES:
            raise TooManyChangesError
        opinion = Opinion(
            time=datetime.now(UTC).replace(microsecond=0),
            answer=answer_id,
            question=known.answer.question,
            label=label,
            quote=quote,
            comment=comment.strip()[:COMMENT_LIMIT],
            record=known.fingerprint,
            version=_version(),
        )
        self.store(opinion)
        return opinion

    def store(self, opinion: Opinion) -> None:
        """Append one line, in a single write. Raises ``FeedbackError`` where it cannot be, or the file is full."""
        line = line_of(opinion)
        try:
            self._append(line)
        except OSError as error:
            remedy = "Let the folder be written to, and see that the disk has room"
            raise FeedbackError(self.file, f"cannot be written ({error.strerror})", remedy=remedy) from error

    def _append(self, line: bytes) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(self.file, flags, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size + len(line) > self._limit:
                raise FeedbackError(
                    self.file,
                    f"is full ({self._limit:,} bytes), so nothing more is stored",
                    remedy="Move the file away: a new one is begun",
                )
            if size and _last_byte(handle) != b"\n":  # a write was cut off: it must not spoil the next line too
                line = b"\n" + line
            if os.write(handle, line) != len(line):
                raise OSError(0, "the disk is full")
        finally:
            os.close(handle)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: every opinion in the order of writing, and how many lines could not be read."""

    opinions: tuple[Opinion, ...]
    damaged: int


def read_feedback(file: Path) -> Reading:
    """Read everything in ``file``; one that is not there holds nothing. Raises ``FeedbackError`` if it cannot be."""
    found, damaged = [], 0
    try:
        with file.open("rb") as lines:
            for line in lines:
                opinion = opinion_of(line) if line.strip() else None
                found += [opinion] if opinion else []
                damaged += bool(line.strip()) and opinion is None
    except FileNotFoundError:
        pass
    except OSError as error:
        remedy = "Give the folder of an index that can be read"
        raise FeedbackError(file, f"cannot be read ({error.strerror})", remedy=remedy) from error
    return Reading(tuple(found), damaged)


def standing(opinions: Iterable[Opinion]) -> Sequence[Opinion]:
    """The last word on each answer, oldest first; what was taken back is left out."""
    last: dict[str, Opinion] = {}
    for opinion in opinions:
        last.pop(opinion.answer, None)
        last[opinion.answer] = opinion
    return [opinion for opinion in last.values() if opinion.label]


def opinion_to_json(opinion: Opinion) -> dict[str, Any]:
    """``opinion`` as it is stored and printed."""
    return {
        "time": opinion.time.isoformat(),
        "answer": opinion.answer,
        "question": opinion.question,
        "label": opinion.label,
        "quote": opinion.quote,
        "comment": opinion.comment,
        "record": opinion.record,
        "version": opinion.version,
    }


def line_of(opinion: Opinion) -> bytes:
    """``opinion`` as one line of at most ``LINE_LIMIT`` bytes; texts that are too long end early."""
    limits = {"question": _QUESTION_BYTES, "comment": _COMMENT_BYTES, "quote": _QUOTE_BYTES}
    row = {
        name: _within(value, limits.get(name, _NAME_BYTES)) if isinstance(value, str) else value
        for name, value in opinion_to_json(opinion).items()
    }
    return _json_bytes(row) + b"\n"


def opinion_of(line: bytes) -> Opinion | None:
    """The opinion that a line holds; ``None`` where it is damaged."""
    try:
        row = json.loads(line)
        opinion = Opinion(**{**row, "time": datetime.fromisoformat(row["time"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    texts = (opinion.answer, opinion.question, opinion.comment, opinion.record, opinion.version, opinion.quote or "")
    sound = all(isinstance(text, str) for text in texts) and opinion.time.tzinfo is not None
    return opinion if sound and opinion.label in (*LABELS, None) else None


def _quotes_in(answer: Answer) -> int:
    return len(answer.citations) + len(answer.related)


def _last_byte(handle: int) -> bytes:
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1)


def _within(text: str, limit: int) -> str:
    """The longest beginning of ``text`` that takes at most ``limit`` bytes as JSON."""
    text = text[:limit]
    while (over := len(_json_bytes(text)) - 2 - limit) > 0:
        text = text[: -max(1, over // 6)]  # one character takes six bytes at most: never cut too much
    return text


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("ontherecord")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""
