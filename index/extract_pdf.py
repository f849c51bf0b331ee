"""From a PDF to its text, in a process of its own: a hostile file can neither hang nor fill the one that asked.

Run as ``python -m index.extract_pdf``, it reads a PDF on stdin and writes the pages as JSON on stdout.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter

from index.errors import SourceError
from index.types import Region

MAX_PAGES = 3_000
MAX_SECONDS = 18
MAX_MEMORY = 1200 * 2**20  # bytes of address space of the child
_REMEDY = "Save it again as text or .docx"
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of|sur|из|з)\s*\d{1,4})?\W*$", re.IGNORECASE)


def pdf_text(data: bytes, *, ref: str) -> tuple[str, tuple[Region, ...]]:
    """The text of a PDF, and the spans of running heads and page numbers in it.

    Raises ``SourceError`` when the file is broken, locked, without text, or takes too long.
    """
    pages = _pages(data, ref)
    if not any(page.strip() for page in pages):
        raise SourceError(ref, "this PDF holds pictures and no text", remedy="Run text recognition on it first")
    return _joined(pages)


def _pages(data: bytes, ref: str) -> list[str]:
    command = [sys.executable, "-m", "index.extract_pdf"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SourceError(ref, f"this PDF takes more than {MAX_SECONDS} s to read", remedy=_REMEDY) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1][:120] if lines else "it ran out of memory"
        raise SourceError(ref, f"this PDF cannot be read ({reason})", remedy=_REMEDY)
    return [str(page) for page in json.loads(done.stdout)]


def _joined(pages: list[str]) -> tuple[str, tuple[Region, ...]]:
    """Pages one after the other; lines that recur at the edges of most pages are furniture."""
    edges = Counter(line for page in pages for line in _edges(page))
    running = {line for line, times in edges.items() if len(pages) > 2 and times > len(pages) / 2}
    pieces: list[str] = []
    regions: list[Region] = []
    at = 0
    for page in pages:
        lines = page.split("\n")
        for number, line in enumerate(lines):
            edge = number < 2 or number >= len(lines) - 2
            if edge and line.strip() and (_PAGE_NUMBER.match(line.strip()) or _digitless(line) in running):
                regions.append(Region("dropped", at, at + len(line), "running head or page number"))
            pieces.append(line + "\n")
            at += len(line) + 1
    return "".join(pieces), tuple(regions)


def _edges(page: str) -> set[str]:
    lines = [line for line in page.split("\n") if line.strip()]
    return {_digitless(line) for line in lines[:2] + lines[-2:]}


def _digitless(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _main() -> int:
    import resource

    import pypdf
    from pypdf.errors import PyPdfError

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if len(reader.pages) > MAX_PAGES:
            print(f"{len(reader.pages)} pages, more than {MAX_PAGES}", file=sys.stderr)
            return 1
        json.dump([page.extract_text() for page in reader.pages], sys.stdout)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        MemoryError,
    ) as error:
        # a damaged file surfaces in pypdf as almost any of these
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
