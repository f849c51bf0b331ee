"""The interface's texts: every one in both languages, with the same places for values, and each of them used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from qa.catalogue import LANGUAGES, catalogue, language_of, texts

QA = Path(__file__).parents[2] / "qa"
FILES = [path for path in sorted(QA.rglob("*")) if path.suffix in (".py", ".js")]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in FILES)


PUT_TOGETHER = frozenset(re.findall(r"[\"'`]([a-z]+\.[a-z_.]*)\$?\{", SOURCES))
"""Beginnings of keys whose end is a value: ``f"kind.{kind}"``."""


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", catalogue())
def test_a_text_stands_in_both_languages_with_the_same_places(key: str) -> None:
    entry = catalogue()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(text.strip() for text in entry.values())
    assert _places(entry["en"]) == _places(entry["fr"])


@pytest.mark.parametrize("key", [key for key in catalogue() if not key.endswith(".one")])
def test_no_text_is_left_over(key: str) -> None:
    """A key is written out where it is used, or put together as ``part.{…}``."""
    written = f'"{key}"' in SOURCES or f"'{key}'" in SOURCES
    assert written or any(key.startswith(begun) for begun in PUT_TOGETHER)


def test_one_has_its_own_form() -> None:
    assert language_of("fr") == "fr"
    assert language_of("de") == "en"
    with pytest.raises(KeyError):
        texts("en")("no.such.key")
