"""The bibliography of a pack: its sources in APA style, grouped by whose words they are, each once. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.export.styles import apa, written
from qa.export.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.export.styles import Piece
    from qa.export.types import Pack
    from qa.types import Citation

_GROUPS = {"principal": "group_official", "journalist": "group_press", "moderator": "group_press"}

Entry = tuple["Piece", ...]


def bibliography(pack: Pack) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Each group's heading and entries; officials first, entries in the order of the alphabet."""
    groups: dict[str, dict[str, Entry]] = {"group_official": {}, "group_press": {}, "group_other": {}}
    for citation in _cited(pack):
        entry = apa(citation, today=pack.made, language=pack.language)
        groups[_GROUPS.get(citation.kind or "", "group_other")][written(entry)] = entry
    return tuple(
        (say(pack.language, name), tuple(entry for _, entry in sorted(entries.items(), key=lambda e: e[0].casefold())))
        for name, entries in groups.items()
        if entries
    )


def _cited(pack: Pack) -> Iterator[Citation]:
    yield from (card.citation for card in pack.cards)
    yield from (item.citation for item in pack.quiz)
