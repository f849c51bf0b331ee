"""Words of questions and sentences meet in one stem, whatever their spelling."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.words import Rarity, content_stems, stem, stems, tokens, whole_characters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence", "defense"),
        ("defences", "defenses"),
        ("organise", "organize"),
        ("organisation", "organizations"),
        ("destabilising", "destabilizing"),
        ("behaviour", "behavior"),
        ("neighbours", "neighbor"),
        ("centre", "centers"),
        ("programme", "programs"),
        ("licence", "license"),
        ("sanctions", "sanctioned"),
        ("cyber-attack".split("-")[1], "attacks"),
    ],
)
def test_spellings_and_endings_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("rise", "rice"), ("wise", "wide"), ("allies", "alley")])
def test_other_words_keep_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_tokens_are_lower_case_and_without_possessives() -> None:
    assert tokens("NATO’s cyber-defence: the Allies' 2% isn’t 9M729!") == [
        "nato", "cyber", "defence", "the", "allies", "2", "isn't", "9m729",
    ]  # fmt: skip


def test_content_words_come_once_in_order_and_without_what_every_question_holds() -> None:
    question = "What did the Secretary General say about sanctions, and sanctions on Russia?"
    assert content_stems(question) == [stem("secretary"), stem("general"), stem("sanctions"), stem("russia")]


def test_every_word_has_a_stem() -> None:
    assert stems("We call on Russia") == ["we", "call", "on", stem("russia")]


def test_rarity_is_the_inverse_document_frequency_of_bm25() -> None:
    rarity = Rarity(["cyber defence", "cyber attack", "cyber cyber"])
    assert rarity(stem("cyber")) == pytest.approx(math.log(1 + 0.5 / 3.5))
    assert rarity(stem("attack")) == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert rarity("unseen") == pytest.approx(math.log(1 + 3.5 / 0.5))


@given(st.text(alphabet=st.characters(), max_size=50))
def test_whole_characters_can_always_be_written_and_change_nothing_else(text: str) -> None:
    assert whole_characters(text) == "".join("?" if "\ud800" <= c <= "\udfff" else c for c in text)
    whole_characters(text).encode("utf-8")
