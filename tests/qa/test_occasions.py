"""The event that a question names as where something was said."""

from __future__ import annotations

import pytest
from test_understood import roll_of

from qa.occasions import occasion

TALLINN, BRUSSELS = "2014-11-20-joint-press-point", "2018-10-04-press-conference"


@pytest.mark.parametrize(
    ("question", "docs"),
    [
        ("What did Stoltenberg say in Tallinn about cyber?", {TALLINN}),
        ("in tallinn, what was said about cyber?", {TALLINN}),
        ("What was said about cyber in Tallinn?", {TALLINN}),
        ("What did Mikser say about troops in Tallinn and Riga?", set()),
        ("What was said at the joint press point?", {TALLINN}),
        ("What was said at the press conference of 4 October 2018?", {BRUSSELS}),
        ("What was said at the press conference following the meetings of Defence Ministers?", {BRUSSELS}),
        ("What was said at the press conference?", set()),
        ("What did Stoltenberg say about Estonia?", set()),
        ("What was said in Madrid?", set()),
    ],
)
def test_only_what_a_header_says_names_an_event(question: str, docs: set[str]) -> None:
    found = occasion(question, roll_of("samples"))
    assert (set(found.docs) if found else set()) == docs


def test_what_most_events_are_is_no_choice() -> None:
    roll = roll_of("briefings")
    assert occasion("What did Psaki say at the press briefing about inflation?", roll) is None
    found = occasion("What was said at the joint press conference with President Duda?", roll)
    assert found is not None
    assert [doc[:10] for doc in found.docs] == ["2022-03-10"]
