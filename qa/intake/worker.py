"""The processes beside the page: one reads files, one builds, each with less priority than those who ask.

    python -m qa.intake.worker read                 a request a line on stdin, a reply a line on stdout
    python -m qa.intake.worker build FOLDER ADDED   the index in FOLDER comes to hold what lies in ADDED

Both are started by the page (``qa/intake/processes.py``). Files are hostile until read: one that takes too much time or
memory costs this process and never the page.
"""

from __future__ import annotations

import json
import os
import re
import select
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from index.errors import CorpusError, SourceError
from qa.intake.understood import Understood

_NICENESS = 10
_MEMORY = 3 << 30  # bytes of address space that reading one file may take
_IDLE = 60.0  # seconds without a request after which the reading process ends

Tell = Callable[[dict[str, Any]], None]


def main(arguments: Sequence[str]) -> int:
    """Read or build, as the arguments say; 0 when all was said on stdout."""
    os.nice(_NICENESS)
    if arguments[0] == "read":
        _limit_memory()
        serve_reading(tell)
    else:
        _end_with_parent()
        build(Path(arguments[1]), Path(arguments[2]), tell)
    return 0


def tell(message: dict[str, Any]) -> None:
    """Write one line for the page."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve_reading(tell: Tell) -> None:
    """Answer requests until stdin ends or none has come for a while."""
    while select.select([sys.stdin], [], [], _IDLE)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        tell(answer(json.loads(line)))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """``{"understood": …}``, ``{"members": …}`` or, for what cannot be used, ``{"refused": {"code", "values"}}``."""
    path, name = Path(request["path"]), request["name"]
    try:
        if request["do"] == "unpack":
            return {"members": _unpack(path, Path(request["into"]), name, request["files"], request["bytes"])}
        return {"understood": read(path, Path(request["index"])).to_json()}
    except CorpusError as error:
        return {"refused": refusal(error, path, name)}
    except (MemoryError, RecursionError):
        return {"refused": {"code": "heavy", "values": {"name": name}}}


_REASONS = (
    (r"holds no text", "no_text"),
    (r".*no transcript found", "no_transcript"),
    (r"this is no text but binary data|this is .*, not a transcript", "binary"),
    (r"this text is made of invisible characters", "invisible"),
    (r"the name says .* but the content does not", "disguised"),
    (r"this PDF holds pictures and no text", "scanned"),
    (r"this PDF .*", "pdf"),
    (r"this Word file .*", "word"),
    (r"more than .*|.*, more than .*|packed .*|holds .*", "long"),
    (r"the zip cannot be read .*|this is no zip archive", "zip"),
)
"""What ``index`` says of a file, by the code under which the page says it in either language."""


def refusal(error: CorpusError, path: Path, name: str) -> dict[str, Any]:
    """Why a file cannot be used, by code, about the name that its owner knows; no folder of this machine is told."""
    reason = error.reason if isinstance(error, SourceError) else error.message
    code = next((code for pattern, code in _REASONS if re.fullmatch(pattern, reason, re.DOTALL)), "unreadable")
    return {"code": code, "values": {"name": name, "reason": reason.replace(str(path), name)}}


def read(path: Path, folder: Path) -> Understood:
    """How the file at ``path`` is understood beside the index in ``folder``. Raises ``SourceError``."""
    from index.parse import parse_file
    from qa.intake.understood import understood

    transcript = parse_file(path)
    if not transcript.text.strip():
        raise SourceError(path, "holds no text", remedy="Check that the right file was given")
    held = _held(folder, transcript.source_sha256)
    if held:
        return replace(understood(transcript), same=held, same_file=True)
    return replace(understood(transcript), same=_same_event(folder, transcript))


def _held(folder: Path, sha256: str) -> str:
    from index.store import current_generation, read_manifest

    sources = read_manifest(folder, current_generation(folder)).sources
    return next((source.same_as or source.doc_id for source in sources if source.sha256 == sha256), "")


def _same_event(folder: Path, transcript: Any) -> str:
    """The document that records the same event; looked for on the same day, as no two days are one event."""
    if transcript.date is None:
        return ""
    import numpy as np

    from index.records import Records
    from index.sameevent import group_same_events
    from index.store import current_generation
    from index.types import Filters

    records = Records(current_generation(folder))
    mask = records.mask(Filters(date_from=transcript.date, date_to=transcript.date_end or transcript.date))
    rows = [] if mask is None else np.flatnonzero(mask).tolist()
    ids = list(dict.fromkeys(records.passages[row].doc_id for row in rows))
    this = replace(transcript, doc_id="\0")  # an id that no document has
    for group in group_same_events([this, *(records.transcripts[doc_id] for doc_id in ids)]):
        members = (group.kept, *group.others)
        if this.doc_id in members:
            return next(doc_id for doc_id in members if doc_id != this.doc_id)
    return ""


def _unpack(path: Path, into: Path, name: str, most_files: int, most_bytes: int) -> list[dict[str, Any]]:
    """Write the transcripts of a zip into ``into``: for each its name and where it lies, or why it was left out."""
    from index.source import find_sources, source_bytes
    from qa.intake.names import safe_name, shown_name
    from qa.intake.staging import FILE_LIMIT

    refs = find_sources([path])
    if len(refs) > most_files:
        raise SourceError(path, f"holds {len(refs):,} transcripts", remedy=f"Give at most {most_files:,} at once")
    members: list[dict[str, Any]] = []
    written = 0
    for ref in refs:
        try:
            data = source_bytes(ref)
            if len(data) > FILE_LIMIT or written + len(data) > most_bytes:
                raise SourceError(path, f"more than {FILE_LIMIT // 2**20} MB", remedy="Give it in smaller parts")
        except SourceError as error:
            shown = f"{name}: {shown_name(ref.name)}"
            members.append({"name": ref.name, "refused": refusal(error, path, shown)})
            continue
        written += len(data)
        place = into / safe_name(ref.name, [file.name for file in into.iterdir()])
        place.write_bytes(data)
        members.append({"name": ref.name, "path": str(place)})
    return members


def build(folder: Path, added: Path, tell: Tell) -> None:
    """Bring the index in ``folder`` up to what lies in ``added``, telling each step and, last, the summary."""
    from index.build import build_index
    from index.settings import IndexSettings
    from qa.intake.batches import moved_roots

    holds = any(path.is_file() for path in added.rglob("*") if not path.name.startswith("."))
    try:
        summary = build_index(
            [added] if holds else [],
            folder=folder,
            settings=IndexSettings.from_environment(),
            progress=lambda stage, done, total: tell({"stage": stage, "done": done, "total": total}),
            emptied=[added, *moved_roots(folder, added)],
        )
    except CorpusError as error:
        tell({"error": error.message.removeprefix(f"{folder}: "), "remedy": error.remedy})
    else:
        tell({"summary": asdict(summary)})


def _end_with_parent() -> None:
    """Stop when the page does: stdin, which it holds open, ends then. What was indexed before stays whole."""

    def wait() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _limit_memory() -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ValueError, OSError):  # not every system lets a process limit itself
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
