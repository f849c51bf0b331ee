"""Countries by any of their names: "the Dutch", "the Netherlands" and "The Hague" point at one country.

The table (``data/countries.tsv``) holds the names, adjectives and capitals in use for members of the Alliance, its
partners and the countries its press conferences speak of. A capital stands for its government ("Moscow denied").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the table; ``name`` is the first of ``names``."""

    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


def countries_in(text: str, *, capitals: bool = False) -> frozenset[str]:
    """Names of the countries that ``text`` names or whose adjective it uses; with ``capitals``, also by their
    capital.
    """
    found = set()
    for match in _pattern().finditer(text):
        name, is_capital = _lookup()[_key(match.group())]
        if capitals or not is_capital:
            found.add(name)
    return frozenset(found)


def forms_of(country: str) -> tuple[str, ...]:
    """Every name, adjective and capital of ``country``, itself one of the names of the table."""
    return next((*row.names, *row.adjectives, *row.capitals) for row in _countries() if row.name == country)


@lru_cache(maxsize=1)
def _countries() -> tuple[Country, ...]:
    table = files("qa").joinpath("data", "countries.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(Country(cells[0].split(",")[0], *(tuple(cell.split(",")) for cell in cells)) for cells in rows)


@lru_cache(maxsize=1)
def _lookup() -> dict[str, tuple[str, bool]]:
    """Any form in lower case → (country, whether the form is a capital). A country's own name wins over a capital's."""
    table: dict[str, tuple[str, bool]] = {}
    for country in _countries():
        table |= {_key(form): (country.name, True) for form in country.capitals if _key(form) not in table}
    for country in _countries():
        table |= {_key(form): (country.name, False) for form in (*country.names, *country.adjectives)}
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    forms = [form for c in _countries() for form in (*c.names, *c.adjectives, *c.capitals)]
    ordered = sorted(set(forms), key=len, reverse=True)
    # case matters: "us" and "polish" are no countries; adjectives of peoples take a plural ("Croats", "Afghans")
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?=s?(?!\w))")


def _key(form: str) -> str:
    return form.casefold()
