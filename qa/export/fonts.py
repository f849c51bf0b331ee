"""The fonts that come with the product, and how wide a text is in them.

Source Serif and Source Sans set Latin, Greek and Cyrillic. Noto sets what they lack; fonts of this machine come last.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Face = Literal["serif", "serif italic", "sans", "sans bold", "sans italic"]
_FILES: Mapping[Face, tuple[str, str]] = {
    "serif": ("font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    "serif italic": ("font_source_serif_pro", "files/SourceSerifPro-It.ttf"),
    "sans": ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    "sans bold": ("font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    "sans italic": ("font_source_sans_pro", "files/SourceSansPro-It.ttf"),
}
_OTHERS = ("manimgx_fonts", "noto_cjk_sans_jp_regular")
"""Packages of fonts for other scripts, the small ones first; the last holds Chinese, Japanese and Korean."""

_FULL, _OTHER = 1.0, 0.75
"""Widths, in ems, of an East Asian character and of one that the measuring font lacks."""


def face_file(face: Face) -> Path:
    """The file of one of the house's own faces."""
    package, name = _FILES[face]
    return _folder(package) / name


def advances(face: Face) -> Mapping[int, float]:
    """The width in ems of each character of ``face``, by its code point."""
    return _advances(face_file(face))


def width(text: str, face: Face) -> float:
    """The width of ``text`` in ems, unshaped: what is needed to see whether it fits."""
    known = advances(face)
    return sum(known.get(ord(sign)) or _unknown(sign) for sign in text)


def covering(signs: Iterable[str]) -> tuple[dict[str, Path], list[str]]:
    """For each of ``signs`` a font file that has it, the product's own first; and the signs that none has."""
    found: dict[str, Path] = {}
    missing = list(dict.fromkeys(signs))
    for path in _every_font():
        if not missing:
            break
        held = _characters(path)
        found |= {sign: path for sign in missing if ord(sign) in held}
        missing = [sign for sign in missing if sign not in found]
    return found, missing


def has(face: Face, sign: str) -> bool:
    """Whether ``face`` can show ``sign``."""
    return ord(sign) in advances(face)


def _unknown(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return 0.0
    return _FULL if unicodedata.east_asian_width(sign) in "WF" else _OTHER


@cache
def _advances(path: Path) -> Mapping[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}


@cache
def _characters(path: Path) -> frozenset[int]:
    """The code points that the font at ``path`` has; none for a file that cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, AssertionError):
        return frozenset()


@cache
def _folder(package: str) -> Path:
    """Where a package of fonts lies, without running its code."""
    from importlib.util import find_spec

    spec = find_spec(package)
    assert spec is not None, f"{package} is installed with the product"
    assert spec.origin is not None, f"{package} is a package with a folder of its own"
    return Path(spec.origin).parent


def _every_font() -> Iterator[Path]:
    """The product's own fonts, then this machine's, which are only looked for when they are needed."""
    for package in _OTHERS:
        yield from sorted(path for path in _folder(package).iterdir() if path.suffix in (".ttf", ".otf"))
    yield from _machine_fonts()


@cache
def _machine_fonts() -> tuple[Path, ...]:
    """The fonts that this machine has, in the order of their names."""
    folders = {
        "win32": [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"],
        "darwin": [Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"])
    files = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    return tuple(sorted((path for path in files if path.suffix.lower() in (".ttf", ".otf")), key=lambda p: p.name))
