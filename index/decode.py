"""From bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536  # bytes looked at where the encoding must be guessed
_LEGACY = ["cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1257", "mac_roman", "iso8859_5", "cp866"]
_NOT_TEXT = bytes([*range(0x01, 0x08), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """``data`` as text, and flags: ``guessed-encoding`` or ``undecodable-bytes``.

    A byte order mark decides; else UTF-8 if it fits; else UTF-16 without a mark; else a legacy encoding, guessed.
    A UTF-8 mark stays in the text, so that offsets count what ``bytes.decode("utf-8")`` gives.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ()
    if wide := _wide(data):
        return data.decode(wide, "replace"), ("guessed-encoding",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _legacy(data)


def decode_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """As ``decode``, but the page's own ``<meta charset>`` is believed before any guess is made."""
    named = _META.search(data[:4096])
    if named and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            name = codecs.lookup(named[1].decode("ascii")).name
            # browsers read Latin-1 as Windows-1252 (WHATWG Encoding Standard), and pages were written for browsers
            return data.decode("cp1252" if name in {"iso8859-1", "ascii"} else name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def looks_binary(data: bytes) -> bool:
    """Whether ``data`` is no text in any encoding: many control characters, and no UTF-16 or UTF-32."""
    if any(data.startswith(mark) for mark, _ in _MARKS) or _wide(data):
        return False
    sample = data[:_SAMPLE]
    # a NUL or two can be an accident of storage and are flagged; a tenth of them is no text
    strange = len(sample) - len(sample.translate(None, _NOT_TEXT + b"\0"))
    return strange > len(sample) // 20


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as NULs in every second place."""
    sample = data[: _SAMPLE // 16]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    replaced = data.decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" and letter != "\ufffd" for letter in replaced[:_SAMPLE])
    if 0 < replaced[:_SAMPLE].count("\ufffd") * 10 < foreign:
        return replaced, ("undecodable-bytes",)  # UTF-8 with a few broken places, not another encoding
    return data.decode(_guess(data), "replace"), ("guessed-encoding",)


def _guess(data: bytes) -> str:
    import charset_normalizer

    # only the lines with foreign letters tell encodings apart
    lines = [line for line in data[: 16 * _SAMPLE].split(b"\n") if any(byte > 0x7F for byte in line[:4096])]
    sample = b"\n".join(line[:4096] for line in lines)[:_SAMPLE] or data[:_SAMPLE]
    if _mostly_latin(sample):
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=_LEGACY).best()
    return best.encoding if best is not None else "cp1252"


def _mostly_latin(sample: bytes) -> bool:
    """Whether foreign letters are sprinkled over ASCII ones, as in Western languages."""
    foreign = sum(byte > 0x7F for byte in sample)
    letters = sum(byte < 0x80 and chr(byte).isalpha() for byte in sample)
    return foreign < letters / 4
