"""Who speaks in the record, in what office, and how much of it passes a filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from invented import event, invented_roll

from index.types import Filters, Transcript
from qa.roll import call_roll, office_key
from qa.types import Searched
from qa.words import stem

ROLL = invented_roll()


@pytest.mark.parametrize(
    ("office", "names"),
    [
        ("Secretary General", {"Jens Stoltenberg"}),
        ("NATO Secretary General", {"Jens Stoltenberg"}),
        ("SG", {"Jens Stoltenberg"}),
        ("Norwegian Minister of Defence", {"Ann Berg"}),
        ("Norwegian defence minister", {"Ann Berg"}),
        ("Danish Foreign Minister", {"Tom Berg"}),
        ("minister", {"Ann Berg", "Tom Berg"}),
        ("Polish Foreign Minister", set()),
        ("President", set()),
        ("spokesperson", {"Oana Lungescu"}),
    ],
)
def test_who_held_an_office(office: str, names: set[str]) -> None:
    assert {speaker.name for speaker in ROLL.holding(office)} == names


@pytest.mark.parametrize(
    ("office", "docs", "names"),
    [
        ("minister", {"oslo"}, {"Ann Berg"}),
        ("minister", {"riga"}, {"Tom Berg"}),
        ("minister", {"oslo", "riga"}, {"Ann Berg", "Tom Berg"}),
        ("Foreign Minister", {"oslo"}, set()),
        ("Secretary General", {"riga"}, {"Jens Stoltenberg"}),
        ("Secretary General", set(), set()),
    ],
)
def test_who_held_an_office_in_some_documents(office: str, docs: set[str], names: set[str]) -> None:
    assert {speaker.name for speaker in ROLL.holding(office, docs=docs)} == names


def test_where_nobody_is_called_by_an_office_its_holder_elsewhere_counts() -> None:
    oslo, riga = (
        event(doc_id, date(2016 + n, 5, 4), [("Ann Berg", "So.")]) for n, doc_id in enumerate(("oslo", "riga"))
    )
    nameless = replace(riga, turns=tuple(replace(turn, role=None) for turn in riga.turns))
    assert [s.name for s in call_roll([oslo, nameless]).holding("minister", docs={"riga"})] == ["Ann Berg"]


def test_a_speaker_is_found_by_every_word_of_the_name_with_all_that_is_known() -> None:
    (stoltenberg,) = ROLL.named("jens")
    assert (stoltenberg.surname, stoltenberg.kinds) == ("stoltenberg", frozenset({"principal"}))
    assert stoltenberg.offices == {"NATO Secretary General": frozenset({"oslo", "riga"})}
    assert stoltenberg.doc_ids == frozenset({"oslo", "riga"})
    assert {speaker.name for speaker in ROLL.named("berg")} == {"Ann Berg", "Tom Berg"}
    assert ROLL.named("nobody") == ()


def test_outlets_are_those_of_journalists_named_or_not() -> None:
    assert ROLL.outlets == {"Sky News", "Financial Times"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            Filters(),
            Searched(
                2,
                7,
                tuple(sorted(["Jens Stoltenberg", "Ann Berg", "Tom Berg", "Oana Lungescu", "Mia Frost"])),
                date(2016, 5, 4),
                date(2020, 6, 3),
            ),
        ),
        (
            Filters(kinds=("principal",)),
            Searched(2, 4, ("Ann Berg", "Jens Stoltenberg", "Tom Berg"), date(2016, 5, 4), date(2020, 6, 3)),
        ),
        (Filters(speakers=("ann berg",)), Searched(2, 1, ("Ann Berg",), date(2016, 5, 4), date(2020, 6, 3))),
        (
            Filters(date_from=date(2017, 1, 1)),
            Searched(1, 3, ("Jens Stoltenberg", "Tom Berg"), date(2020, 6, 3), date(2020, 6, 3)),
        ),
        (
            Filters(date_to=date(2016, 5, 4), kinds=("journalist",)),
            Searched(1, 1, ("Mia Frost",), date(2016, 5, 4), date(2016, 5, 4)),
        ),
        (Filters(doc_ids=("riga",), kinds=("journalist",)), Searched(1, 1, (), date(2020, 6, 3), date(2020, 6, 3))),
        (Filters(date_from=date(2030, 1, 1)), Searched(0, 0, (), None, None)),
    ],
)
def test_the_scope_of_a_search_counts_what_passes(filters: Filters, expected: Searched) -> None:
    assert ROLL.scope(filters) == expected


def test_the_scope_without_filters_is_the_whole_record(sample_transcripts: Mapping[str, Transcript]) -> None:
    scope = call_roll(sample_transcripts.values()).scope(Filters())
    turns = [turn for transcript in sample_transcripts.values() for turn in transcript.turns]
    assert (scope.transcripts, scope.turns) == (2, len(turns))
    assert set(scope.speakers) == {turn.speaker for turn in turns if turn.speaker}
    assert (scope.date_from, scope.date_to) == (date(2014, 11, 20), date(2018, 10, 4))


@pytest.mark.parametrize(
    ("first", "last", "docs", "near"),
    [
        (date(2016, 5, 4), date(2016, 5, 4), {"oslo"}, True),
        (date(2016, 1, 1), date(2020, 12, 31), {"oslo", "riga"}, True),
        (date(2016, 5, 7), date(2016, 5, 7), set(), True),
        (date(2016, 5, 8), date(2016, 5, 8), set(), False),
        (date(2018, 1, 1), date(2018, 12, 31), set(), False),
    ],
)
def test_events_between_two_days(first: date, last: date, docs: set[str], near: bool) -> None:
    assert ROLL.dated(first, last) == docs
    assert ROLL.near(first, last) is near


def test_an_office_is_its_words_without_its_country() -> None:
    assert office_key("Estonia's Minister of Defence") == (
        frozenset({stem("minister"), stem("defence")}),
        frozenset({"Estonia"}),
    )
    assert office_key("SG") == office_key("Secretary General")


def test_an_empty_record_has_an_empty_roll() -> None:
    roll = call_roll([])
    assert (roll.scope(Filters()), roll.outlets, roll.holding("President")) == (Searched(0, 0), frozenset(), ())
