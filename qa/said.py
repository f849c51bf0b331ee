"""The sentences that a search itself says, as English text that knows how to be said in another language.

Everything that carries them takes them for plain text: the JSON of an answer, the terminal, a test. Only the page asks
for another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from qa.catalogue import texts
from qa.wording import written_date, written_number

if TYPE_CHECKING:
    from qa.wording import Language

Value = str | int | date | tuple[str, ...]
"""What a sentence is about: words as they stand, a number, a day, or names to be listed."""


class Said(str):
    """A sentence in English, with the key and the values by which the catalogue says it in another language."""

    __slots__ = ("key", "values")
    key: str
    values: Mapping[str, Value]


def say(key: str, **values: Value) -> Said:
    """The sentence of ``key`` in the catalogue."""
    said = Said(_written(key, values, "en"))
    said.key, said.values = key, values
    return said


def in_language(sentence: str, language: Language) -> str | None:
    """``sentence`` in ``language``; ``None`` where it is known in English only."""
    if language == "en":
        return str(sentence)
    return _written(sentence.key, sentence.values, language) if isinstance(sentence, Said) else None


def _written(key: str, values: Mapping[str, Value], language: Language) -> str:
    words = {name: _word(value, language) for name, value in values.items()}
    if values.get("n") == 1:
        words["n"] = 1
    return texts(language)(key, **words)


def _word(value: Value, language: Language) -> object:
    if isinstance(value, date):
        return written_date(value, language)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, int):
        return written_number(value, language)
    return in_language(value, language) or value
