"""Where a conversation stands in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.types import Filters
from qa.every import Place
from qa.nearby import Told, told

if TYPE_CHECKING:
    from index.search import Index

TALLINN = "2014-11-20-joint-press-point"
SANCTIONS = "Economic sanctions are an integral part of that pressure."


def test_nearness_falls_with_the_distance_from_the_last_answer() -> None:
    last = (Place("a", None, 1000, 1100),)
    there = Told(last, last)
    assert there.nearness("a", 1100, 1200) == 1.0
    assert there.nearness("a", 900, 1000) == 1.0
    near, far = there.nearness("a", 1400, 1500), there.nearness("a", 9000, 9100)
    assert 1.0 > near > far > 0.0
    assert there.nearness("a", 700, 800) > there.nearness("a", 600, 700)
    assert there.nearness("a", 80_000, 80_100) == 0.0
    assert there.nearness("b", 1000, 1100) == 0.0


def test_what_was_quoted_is_held_whole_or_in_part() -> None:
    first, last = Place("a", None, 0, 10), Place("a", None, 50, 60)
    quoted = Told((first, last), (last,))
    assert [quoted.holds("a", *span) for span in ((5, 8), (9, 12), (10, 50), (59, 70))] == [True, True, False, True]
    assert not quoted.holds("b", 0, 10)


def test_the_places_of_an_answer_are_found_by_its_words(sample_index: Index) -> None:
    found = told([f"Sven Mikser: {SANCTIONS}"], sample_index, about="What of sanctions?", filters=Filters())
    start = sample_index.transcripts[TALLINN].text.index(SANCTIONS)
    assert found == Told((Place(TALLINN, None, start, start + len(SANCTIONS)),) * 1, found.last)
    assert found.last == found.places
    assert found.doc_ids == (TALLINN,)


def test_an_answer_in_other_words_is_looked_for_by_its_sense(sample_index: Index) -> None:
    found = told(["That they put pressure on."], sample_index, about="What of economic sanctions?", filters=Filters())
    assert found.places == ()
    assert TALLINN in found.doc_ids


def test_of_a_long_answer_only_the_first_lines_are_looked_up(sample_index: Index) -> None:
    answer = "\n".join(["No such words stand there."] * 8 + [f"Sven Mikser: {SANCTIONS}"])
    assert told([answer], sample_index).places == ()
    assert len(told([answer.split("\n", 1)[1]], sample_index).places) == 1
