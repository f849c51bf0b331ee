"""From any file to decoded text: what a transcript is read from.

Files are hostile until read: sizes, archive members and pages are bounded, and what cannot be read is one clear error.
"""

from __future__ import annotations

import glob
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.decode import decode, decode_html, looks_binary
from index.errors import NoTranscriptError, SourceError
from index.extract_subtitles import is_subtitles, subtitle_text
from index.types import Region
from index.view import INVISIBLE

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".srt", ".vtt", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
# A day of briefings is below 1 MB of text, and the longest parliamentary sitting below 5 MB; pictures take the rest
# of a file.
MAX_BYTES = 64 * 2**20
MAX_CHARACTERS = 10_000_000
MAX_LINES = 400_000
MAX_TAGS = 1_000_000  # of one HTML page; a long transcript has a few thousand
MAX_MEMBERS = 100_000  # files in one zip
# deflate reaches about 1030:1 on constant data, prose about 3:1 and a page of repeated markup about 30:1
MAX_RATIO = 200
_MAGIC = {
    b"%PDF-": ".pdf",
    b"PK\x03\x04": ".docx",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old .doc file",
    b"{\\rtf": "an .rtf file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"ID3": "a sound file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
}


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where one transcript lies: a file, or ``member`` of the zip at ``path``."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def stem(self) -> str:
        """The name without its suffix: the base of a document id."""
        return Path(self.name).stem

    def __str__(self) -> str:
        return f"{self.path}!{self.member}" if self.member else str(self.path)


@dataclass(frozen=True, slots=True)
class Source:
    """A file, decoded: ``text`` is what every offset counts in.

    ``dropped`` are the spans of ``text`` that the format itself marks as no content (navigation, forms, page footers).
    ``flags`` say what went wrong on the way, such as ``guessed-encoding``.
    """

    text: str
    sha256: str
    name: str
    url: str | None = None
    language: str | None = None
    dropped: tuple[Region, ...] = ()
    flags: tuple[str, ...] = ()


def find_sources(paths: Sequence[Path | str]) -> list[SourceRef]:
    """Every transcript file under ``paths``: files, folders (searched through), globs and zips, sorted, each once.

    README files and hidden ones are passed over. Raises ``NoTranscriptError`` where a path holds none, and
    ``SourceError``
    for a zip that cannot be opened.
    """
    found: dict[SourceRef, None] = {}
    for path in paths:
        refs = [ref for file in _expand(path) for ref in _members(file)]
        if not refs:
            raise NoTranscriptError(path)
        found.update(dict.fromkeys(refs))
    return list(found)


def read_source(ref: SourceRef) -> Source:
    """Read and decode one file. Raises ``SourceError`` when that cannot be done within the limits."""
    data = source_bytes(ref)
    source = _extract(ref, data, _kind(ref, data), hashlib.sha256(data).hexdigest())
    pieces = source.text.count("\n") + source.text.count("\r") + source.text.count(" | ")
    if pieces > MAX_LINES:
        raise _too_large(ref, f"{pieces:,} lines, more than {MAX_LINES:,}")
    if sum(source.text.count(mark) for mark in INVISIBLE) > MAX_LINES:
        raise SourceError(str(ref), "this text is made of invisible characters", remedy=_USE)
    if len(source.text) > MAX_CHARACTERS:
        raise _too_large(ref, f"{len(source.text):,} characters of text, more than {MAX_CHARACTERS:,}")
    return source


def source_bytes(ref: SourceRef) -> bytes:
    """The file's bytes. Raises ``SourceError`` when it cannot be read or is too large or packed like no transcript."""
    return b"".join(_chunks(ref))


def source_sha256(ref: SourceRef) -> str:
    """Digest of the file's bytes, hexadecimal, without parsing it. Raises ``SourceError`` when it cannot be read."""
    digest = hashlib.sha256()
    for chunk in _chunks(ref):
        digest.update(chunk)
    return digest.hexdigest()


def _extract(ref: SourceRef, data: bytes, kind: str, sha256: str) -> Source:
    if kind == ".pdf":
        from index.extract_pdf import pdf_text

        text, dropped = pdf_text(data, ref=str(ref))
        return Source(text, sha256, ref.name, dropped=dropped)
    if kind == ".docx":
        from index.extract_docx import docx_text

        return Source(docx_text(data, ref=str(ref)), sha256, ref.name)
    if looks_binary(data):
        raise SourceError(ref.path, "this is no text but binary data", remedy=_USE)
    if kind in {".html", ".htm", ".xhtml"}:
        from index.extract_html import html_page

        if data.count(b"<") > MAX_TAGS:
            raise _too_large(ref, f"more than {MAX_TAGS:,} tags")
        text, flags = decode_html(data)
        page = html_page(text)
        return Source(page.text, sha256, ref.name, page.url, page.language, page.dropped, flags)
    text, flags = decode(data)
    if is_subtitles(text):
        return Source(subtitle_text(text), sha256, ref.name, flags=(*flags, "captions"))
    return Source(text, sha256, ref.name, flags=flags)


_USE = "Give a .txt, .md, .html, .pdf or .docx file"


def _kind(ref: SourceRef, data: bytes) -> str:
    """The format, by content where it shows and by suffix where it does not."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            if kind.startswith("."):
                return kind
            raise SourceError(str(ref), f"this is {kind}, not a transcript", remedy=_USE)
    suffix = Path(ref.name).suffix.lower()
    if suffix in {".pdf", ".docx"}:
        raise SourceError(str(ref), f"the name says {suffix} but the content does not", remedy="Save the file again")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else suffix


def _expand(path: Path | str) -> list[Path]:
    given = Path(path)
    if given.is_dir():
        return sorted(file for file in given.rglob("*") if file.is_file() and _wanted(file.relative_to(given)))
    if given.exists():
        return [given]
    matches = glob.glob(str(path), recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    return sorted(Path(file) for file in matches if Path(file).is_file() and _wanted(Path(Path(file).name)))


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in SUFFIXES | {".zip"} and not hidden and path.stem.lower() != "readme"


def _members(path: Path) -> list[SourceRef]:
    if path.suffix.lower() != ".zip":
        return [SourceRef(path)]
    with _open_zip(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if len(names) > MAX_MEMBERS:
        raise _too_large(SourceRef(path), f"{len(names):,} files in one zip, more than {MAX_MEMBERS:,}")
    wanted = [name for name in sorted(set(names)) if _wanted(Path(name)) and not name.lower().endswith(".zip")]
    return [SourceRef(path, name) for name in wanted]


def _chunks(ref: SourceRef) -> Iterator[bytes]:
    """The file's bytes, piece by piece, up to the limit."""
    try:
        if ref.member is None:
            with ref.path.open("rb") as file:
                yield from _bounded(ref, file.read)
        else:
            with _open_zip(ref.path) as archive:
                _refuse_bomb(ref, archive.getinfo(ref.member))
                with archive.open(ref.member) as file:
                    yield from _bounded(ref, file.read)
    except OSError as error:
        raise SourceError(
            str(ref), error.strerror or str(error), remedy="Check the path and its permissions"
        ) from error
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        # RuntimeError is what zipfile raises for a member that needs a password
        raise SourceError(
            str(ref), f"the zip cannot be read ({error})", remedy="Unpack it and give the folder"
        ) from error


def _bounded(ref: SourceRef, read: object) -> Iterator[bytes]:
    assert callable(read)
    total = 0
    while chunk := read(2**20):
        total += len(chunk)
        if total > MAX_BYTES:
            raise _too_large(ref, f"more than {MAX_BYTES // 2**20} MB")
        yield chunk


def _open_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise SourceError(path, "this is no zip archive", remedy="Pack it again, or give the folder") from error
    except OSError as error:
        raise SourceError(path, error.strerror or str(error), remedy="Check the path and its permissions") from error


def _refuse_bomb(ref: SourceRef, info: zipfile.ZipInfo) -> None:
    if info.file_size > 2**20 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise _too_large(ref, f"packed {info.file_size // max(info.compress_size, 1)} to 1, which no transcript is")


def _too_large(ref: SourceRef, reason: str) -> SourceError:
    return SourceError(str(ref), reason, remedy="Split it into one file per event")
