"""How a wording moved: both quotes can be read again from the pieces, and the phrases are those of the quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from record_builder import citation_of, transcript_of

from qa.check import Difference
from qa.teach.drift import drift, kept, only_in

if TYPE_CHECKING:
    from qa.types import Citation

WORDS = st.lists(
    st.sampled_from(
        "We the of and NATO will defend all Allies against any threat. Russia must stop, now sanctions".split()
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


def _said(words: str) -> Citation:
    return citation_of(transcript_of(words), words)


def test_one_word_that_moved_is_seen_alone() -> None:
    earlier = _said("We strongly condemn the reckless behaviour of Russia.")
    found = drift(earlier, _said("We condemn the reckless conduct of Russia."))
    assert found.pieces == (
        Difference("equal", "We", "We"),
        Difference("delete", "strongly", ""),
        Difference("equal", "condemn the reckless", "condemn the reckless"),
        Difference("replace", "behaviour", "conduct"),
        Difference("equal", "of Russia.", "of Russia."),
    )
    assert found.kept == ("condemn the reckless", "of Russia")
    assert found.dropped == ("strongly", "behaviour")
    assert found.new == ("conduct",)


def test_a_phrase_is_kept_wherever_it_stands() -> None:
    a = "Collective defence is our first task. We will defend all Allies."
    b = "We will defend all Allies, for collective defence is what we do."
    assert kept(a, b) == ("We will defend all Allies", "Collective defence is")


def test_small_words_alone_are_no_common_ground() -> None:
    assert kept("It is of the sea", "One of the mountains") == ()
    assert [piece.op for piece in drift(_said("Peace of the sea"), _said("War of a mountain")).pieces] == ["replace"]


def test_another_form_of_a_word_is_no_new_word() -> None:
    assert only_in("We impose sanctions", "They are sanctioned by those imposing them") == ()
    assert only_in("We impose costs on Moscow, every day.", "We impose nothing") == ("costs", "Moscow", "day")


def test_the_same_words_have_not_moved() -> None:
    found = drift(_said("We will defend all Allies."), _said("We will defend all Allies."))
    assert [piece.op for piece in found.pieces] == ["equal"]
    assert (found.kept, found.dropped, found.new) == (("We will defend all Allies",), (), ())


@given(WORDS, WORDS)
def test_the_pieces_give_both_quotes_again(a: str, b: str) -> None:
    found = drift(_said(a), _said(b))
    assert " ".join(piece.given for piece in found.pieces if piece.given) == a
    assert " ".join(piece.source for piece in found.pieces if piece.source) == b


@given(WORDS, WORDS)
def test_every_phrase_stands_in_its_quote(a: str, b: str) -> None:
    found = drift(_said(a), _said(b))
    assert all(phrase in a for phrase in (*found.kept, *found.dropped))
    assert all(phrase in b for phrase in found.new)


def test_a_very_long_quote_is_compared_in_part_and_in_time() -> None:
    one = _said("word " * 20_000 + "end")
    found = drift(one, replace(one, marker=2))
    assert len(found.pieces[0].given.split()) == 600
