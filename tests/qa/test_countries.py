"""Countries by any of their names."""

from __future__ import annotations

import pytest

from qa.countries import countries_in, forms_of

_UK = min(countries_in("Britain"))


@pytest.mark.parametrize(
    "forms",
    [
        ("the Dutch government", "The Netherlands briefed", "from the Netherlands"),
        ("British", "the UK", "the United Kingdom"),
        ("Russia", "Russian", "Russia’s actions", "the Russians"),
        ("Estonia", "Estonian minister", "Estonians"),
        ("the United States", "the US", "American"),
        ("Poland", "the Polish journalist"),
    ],
)
def test_names_and_adjectives_point_at_one_country(forms: tuple[str, ...]) -> None:
    found = {countries_in(form) for form in forms}
    assert len(found) == 1
    assert len(next(iter(found))) == 1


@pytest.mark.parametrize("text", ["let us polish this", "", "NATO", "Georgetown", "Chinatown’s", "a turkey"])
def test_other_words_are_no_countries(text: str) -> None:
    assert countries_in(text) == frozenset()


def test_a_capital_counts_only_where_asked_for() -> None:
    assert countries_in("Moscow denied it") == frozenset()
    assert countries_in("Moscow denied it", capitals=True) == {"Russia"}


def test_several_countries_of_one_sentence() -> None:
    text = "the three Baltic countries and in Bulgaria, Romania and Poland"
    assert countries_in(text) >= {"Bulgaria", "Romania", "Poland"}


def test_forms_hold_every_way_to_name_a_country() -> None:
    assert {"Russia", "Russian", "Moscow"} <= set(forms_of("Russia"))
    assert {"British", "London"} <= set(forms_of(_UK))
    assert all(countries_in(form, capitals=True) == {_UK} for form in forms_of(_UK) if form != "")
