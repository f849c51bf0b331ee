"""The interface's texts in English and French, one catalogue: ``texts/*.json``, a file a part of the page.

Each file is ``{"key": {"en": "…", "fr": "…"}}``; a key is named ``part.what``. Values that belong into a text stand in
braces, as for ``str.format``. Quotes and what the record itself says are never translated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from qa.wording import Language as Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent / "texts"


class Texts:
    """The texts of one language."""

    def __init__(self, language: Language, entries: Mapping[str, str]) -> None:
        self.language = language
        self._entries = entries

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of ``key`` with ``values`` in its places. Raises ``KeyError`` for a key that the catalogue lacks.

        A key with a value ``n`` may have a second form for one: ``key.one``.
        """
        if values.get("n") == 1 and f"{key}.one" in self._entries:
            key = f"{key}.one"
        return self._entries[key].format(**values)

    def everything(self) -> dict[str, str]:
        """Every text by its key, for the scripts of the page."""
        return dict(self._entries)


@cache
def texts(language: Language) -> Texts:
    """The texts of ``language``."""
    return Texts(language, {key: entry[language] for key, entry in catalogue().items()})


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key of every part with its text in each language."""
    whole: dict[str, Mapping[str, str]] = {}
    for file in sorted(_FOLDER.glob("*.json")):
        whole |= json.loads(file.read_text(encoding="utf-8"))
    return whole


def language_of(named: object) -> Language:
    """``named`` if the catalogue has that language, else English."""
    return next((language for language in LANGUAGES if language == named), "en")
