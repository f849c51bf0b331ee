"""An address leads to exactly one place of the record, or nowhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, TALLINN, samples, transcript_of

from qa.types import Quote
from qa.web.links import Place, cite_id, document_id, resolve


def _quote(doc_id: str, start: int, end: int) -> Quote:
    return Quote(doc_id, None, start, end, "")


def test_an_address_is_the_document_and_the_span() -> None:
    assert cite_id(_quote(BRUSSELS, 349, 386)) == "2018-10-04-press-conference~349-386"
    assert document_id("a b/(c)~") == "a%20b%2F%28c%29~"


@pytest.mark.parametrize("turn", samples()[TALLINN].turns, ids=lambda turn: str(turn.turn_id))
def test_every_turn_can_be_addressed(turn: object) -> None:
    span = (turn.start, turn.end)  # type: ignore[attr-defined]  # parametrize gives object
    assert resolve(cite_id(_quote(TALLINN, *span)), samples()) == Place(samples()[TALLINN], span)


def test_the_header_can_be_addressed() -> None:
    assert resolve(f"{BRUSSELS}~0-16", samples()) == Place(samples()[BRUSSELS], (0, 16))


def test_a_document_alone_is_a_place_without_a_span() -> None:
    assert resolve(BRUSSELS, samples()) == Place(samples()[BRUSSELS])


@pytest.mark.parametrize(
    "address",
    [
        None,
        7,
        {"id": "x"},
        "",
        "nowhere",
        "nowhere~1-2",
        f"{BRUSSELS}~386-349",
        f"{BRUSSELS}~349-349",
        f"{BRUSSELS}~349-99999999",
        f"{BRUSSELS}~-1-5",
        f"{BRUSSELS}~1e3-2e3",
        f"{BRUSSELS}~٣٤٩-٣٨٦",
        f"{BRUSSELS}~100-400",  # from the header into the speech
        f"{TALLINN}~430-500",  # from one speaker to the next
        f"{TALLINN}~440-480",  # a label
        "../../etc/passwd",
        "x" * 100_000,
        "<script>alert(1)</script>",
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_place_leads_nowhere(address: object) -> None:
    assert resolve(address, samples()) is None


@given(st.text(min_size=1, max_size=80), st.integers(7, 20), st.integers(1, 20))
def test_any_file_name_makes_an_address_that_is_safe_and_comes_back(doc_id: str, start: int, length: int) -> None:
    transcript = replace(transcript_of("w" * 60), doc_id=doc_id)
    try:
        address = cite_id(_quote(doc_id, start, start + length))
    except UnicodeEncodeError:  # a lone surrogate: no file name that the index accepts holds one
        return
    assert re.fullmatch(r"[A-Za-z0-9_.~%-]+", address)
    assert resolve(address, {doc_id: transcript}) == Place(transcript, (start, start + length))
