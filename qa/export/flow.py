"""How a long quote goes over several slides: at the ends of sentences, else between words, in type that fits. Pure.

Widths are those of the product's own fonts, widened to the widest font that an office program takes in their place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from index.sentences import sentence_spans
from qa.export.fonts import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qa.export.fonts import Face

LINE = 1.25
"""The distance of two lines, in ems; slides state it in points, so that no font stretches it."""

PARAGRAPH = 0.45
"""The gap between two paragraphs, in ems."""

_SMALL = 3
"""How many of the smallest sizes are only for a sentence that fits in no other: a class cannot read them from afar."""

_MOST = 3_000
"""More characters than any slide holds, so that no longer stretch has to be measured."""

_SHARES = (0.9, 0.8, 0.7, 0.6, 0.5)

_WIDEST: dict[str, float] = {"serif": 1.18, "sans": 1.24}
"""How much wider DejaVu, the widest usual replacement, sets English prose and capitals than Source does (measured on
the sample transcripts: 1.15 and 1.17 for serif, 1.22 and 1.22 for sans).
"""


@dataclass(frozen=True, slots=True)
class Box:
    """Room for text, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on one slide: paragraphs, and the size of their type in points."""

    paragraphs: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a piece of one, and the number of the paragraph that it belongs to."""

    paragraph: int
    text: str


def fitted(paragraphs: Sequence[str], box: Box, sizes: Sequence[float], *, face: Face) -> float | None:
    """The first of ``sizes`` in which all ``paragraphs`` fit into ``box``; ``None`` where none does."""
    return next((size for size in sizes if height(paragraphs, box.width, size, face=face) <= box.height), None)


def height(paragraphs: Sequence[str], room: float, size: float, *, face: Face) -> float:
    """The height in points of ``paragraphs`` set ``size`` points large in lines ``room`` points long."""
    count = sum(_line_count(paragraph, room / size, face) for paragraph in paragraphs)
    return size * (count * LINE + max(0, len(paragraphs) - 1) * PARAGRAPH)


def flowed(paragraphs: Sequence[str], box: Box, sizes: Sequence[float], *, face: Face) -> tuple[Part, ...]:
    """``paragraphs`` in as few parts as they need, largest size first; nothing is cut, dropped or changed.

    What fits one part stands on one. What does not is divided at the ends of sentences, in the largest size in which
    each sentence fits; one that fits in none is divided between words, and a word longer than a slide between letters.
    """
    size = fitted(paragraphs, box, sizes[:-_SMALL] or sizes, face=face)
    if size is not None:
        return (Part(tuple(paragraphs), size),)
    units = [_Unit(at, text[start:end]) for at, text in enumerate(paragraphs) for start, end in sentence_spans(text)]
    size = _common_size(units, box, sizes, face)
    pieces = [piece for unit in units for piece in _divided(unit, _fitting(box, size, face))]
    return tuple(Part(_joined(group), size) for group in _evenly(pieces, box, size, face))


def _common_size(units: Sequence[_Unit], box: Box, sizes: Sequence[float], face: Face) -> float:
    """The largest size in which every sentence fits; the smallest there is where one fits in none."""
    usable = sizes[len(sizes) // 2 :]  # a quote that goes on is set no larger than the middle: it has much to say
    longest = max(units, key=lambda unit: len(unit.text)).text
    return fitted([longest], box, usable, face=face) or usable[-1]


def _fitting(box: Box, size: float, face: Face) -> Callable[[Sequence[_Unit]], bool]:
    return lambda units: height(_joined(units), box.width, size, face=face) <= box.height


def _evenly(pieces: Sequence[_Unit], box: Box, size: float, face: Face) -> list[list[_Unit]]:
    """``pieces`` on as few slides as hold them, each about as full as the others."""
    best = list(_grouped(pieces, _fitting(box, size, face)))
    for share in _SHARES:
        groups = list(_grouped(pieces, _fitting(Box(box.width, box.height * share), size, face)))
        if len(groups) > len(best):
            break
        best = groups
    return best


def _grouped(pieces: Sequence[_Unit], fits: Callable[[Sequence[_Unit]], bool]) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for piece in pieces:
        if group and not fits([*group, piece]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _divided(unit: _Unit, fits: Callable[[Sequence[_Unit]], bool]) -> Iterator[_Unit]:
    """``unit`` itself, or pieces of it that fit, divided between words where it has any."""
    rest = unit.text
    while len(rest) > _MOST or (rest and not fits([_Unit(unit.paragraph, rest)])):
        cut = _longest_fitting(rest[:_MOST], lambda head: fits([_Unit(unit.paragraph, head)]))
        between = rest.rfind(" ", 0, cut + 1)
        cut = between if between > 0 else cut
        yield _Unit(unit.paragraph, rest[:cut])
        rest = rest[cut:].lstrip(" ")
    if rest:
        yield _Unit(unit.paragraph, rest)


def _longest_fitting(text: str, fits: Callable[[str], bool]) -> int:
    """How many characters from the start fit; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    return low


def _joined(units: Sequence[_Unit]) -> tuple[str, ...]:
    return tuple(" ".join(unit.text for unit in group) for _, group in groupby(units, key=lambda unit: unit.paragraph))


def _line_count(text: str, room: float, face: Face) -> int:
    """How many lines ``text`` takes, ``room`` ems long, broken between words and inside a word only when it must."""
    space, lines, used = _word_width(" ", face), 1, 0.0
    for word in text.split(" "):
        wide = _word_width(word, face)
        if used and used + space + wide <= room:
            used += space + wide
            continue
        lines += 1 if used else 0
        whole = math.ceil(wide / (room * 0.97)) - 1 if wide > room else 0  # a letter never fills the end of a line
        lines, used = lines + whole, wide - whole * room if whole else wide
    return lines


@lru_cache(maxsize=65_536)
def _word_width(word: str, face: Face) -> float:
    return width(word, face) * _WIDEST[face.split()[0]]
