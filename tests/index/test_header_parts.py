"""Dates, bylines, names and front matter as headers print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.byline import people_in
from index.dates import date_in_url, dates_in
from index.names import display_name, edits, fold, initials, is_outlet, is_role_phrase, split_role_and_name, surname
from index.noise import is_clock, is_footer, is_media_note, is_stage_direction
from index.parse import parse_text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("  • 20 Nov. 2014 -", date(2014, 11, 20)),
        ("Last updated 05-Oct-2018 09:28", date(2018, 10, 5)),
        ("22 May. 2013", date(2013, 5, 22)),
        ("September 11, 2007", date(2007, 9, 11)),
        ("14/02/2019 - 13:05", date(2019, 2, 14)),
        ("11/24/1996", date(1996, 11, 24)),
        ("2022-08-19", date(2022, 8, 19)),
        ("the 8th of June 2007", date(2007, 6, 8)),
        ("5 вересня 2014 року", date(2014, 9, 5)),
        ("12 février 2019", date(2019, 2, 12)),
        ("3. Oktober 2012", date(2012, 10, 3)),
    ],
)
def test_a_date_is_read(text: str, day: date) -> None:
    assert [hit.day for hit in dates_in(text)] == [day]


@pytest.mark.parametrize(
    "text", ["31 June 2003", "In 2014", "20 November", "9M729", "1.2.3", "32/13/2001", "12 monkeys 2004"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates_in(text) == []


def test_days_that_share_month_and_year() -> None:
    (hit,) = dates_in("6-7 June 2007")
    assert (hit.first, hit.day) == (date(2007, 6, 6), date(2007, 6, 7))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_order(day: date) -> None:
    for form in ("%d %b. %Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d-%b-%Y"):
        assert [hit.day for hit in dates_in(day.strftime(form))] == [day]


def test_the_day_in_an_address() -> None:
    assert date_in_url("https://www.nato.int/en/events/transcripts/2025/06/25/doorstep") == date(2025, 6, 25)
    assert date_in_url("https://www.nato.int/docu/speech/1996/s960715a.htm") == date(1996, 7, 15)
    assert date_in_url("https://example.org/opinions_12345.htm") is None


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "by NATO Secretary General Jens Stoltenberg following the meetings",
            [("Jens Stoltenberg", "NATO Secretary General")],
        ),
        (
            "with the Secretary General of the Amber Authority, Ruk Vand and Oria Melk, Transport Minister of Estmark",
            [("Ruk Vand", "Secretary General of the Amber Authority"), ("Oria Melk", "Transport Minister of Estmark")],
        ),
        (
            "du Secrétaire général du Conseil de l'eau, Théo Malvaux, à l'issue",
            [("Théo Malvaux", "Secrétaire général du Conseil de l'eau")],
        ),
        ("Remarks by President Biden in Press Conference", [("Biden", "President")]),
        ("Remarks by the President in a Press Gaggle", []),
        ("by the Secretary General, Lord Robertson of Port Ellen", [("Robertson of Port Ellen", "Secretary General")]),
        (
            "by Admiral Rob Bauer, Chair of the NATO Military Committee",
            [("Rob Bauer", "Chair of the NATO Military Committee")],
        ),
        (
            "Генерального секретаря Союзу Портів Ларса Еріксена",
            [("Ларса Еріксена", "Генеральний секретар Союзу Портів")],
        ),
        (
            "by the Minister for Foreign and European Affairs of Estmark, Ann Lee "
            "and the Chair of the Food and Water Board, Bo Ek",
            [
                ("Ann Lee", "Minister for Foreign and European Affairs of Estmark"),
                ("Bo Ek", "Chair of the Food and Water Board"),
            ],
        ),
    ],
)
def test_a_byline_names_people(line: str, people: list[tuple[str, str]]) -> None:
    assert [(person.name, person.role) for person in people_in(line)] == people


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PRESIDENT DUDA", ("PRESIDENT", "DUDA")),
        ("VICE PRESIDENT HARRIS", ("VICE PRESIDENT", "HARRIS")),
        ("NATO Secretary General Jens Stoltenberg", ("NATO Secretary General", "Jens Stoltenberg")),
        ("Secretary General", ("Secretary General", None)),
        ("Lt Col Tancred Ishmere", (None, "Tancred Ishmere")),
        ("SACEUR General Wesley Clark", ("SACEUR", "Wesley Clark")),
    ],
)
def test_office_and_name_are_told_apart(text: str, parts: tuple[str | None, str | None]) -> None:
    assert split_role_and_name(text) == parts


def test_names_are_compared_and_shown() -> None:
    assert fold("JÉRÔME O’Neil-Łoś") == "jerome oneil-los"
    assert surname("Jaap de Hoop Scheffer") == "de hoop scheffer"
    assert initials("Jorunn van Sandelmark") == "JS"
    assert display_name("MS. JEAN-PIERRE") == "Jean-Pierre"
    assert display_name("DR. SHEILA McDONALD") == "Sheila McDonald"
    assert is_role_phrase("DEPUTY SECRETARY GENERAL")
    assert not is_role_phrase("Secretary General Lee")


def test_outlets_are_known_by_their_words() -> None:
    assert all(map(is_outlet, ["Sky News", "Romanian TV", "Höhlenblatt", "CNN", "TVN24", "Estuary Channel"]))
    assert not any(map(is_outlet, ["Ann Lee", "NATO", "Press Office", "Observer Force Lowmarch", "G7"]))


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_edits_are_symmetric_and_zero_only_for_equals(first: str, second: str) -> None:
    count = edits(first, second, most=20)
    assert count == edits(second, first, most=20)
    assert (count == 0) == (first == second)
    assert edits(first, second, most=1) == min(count, 2)


def test_swapped_letters_are_one_edit() -> None:
    assert edits("stanescu", "stansecu", most=3) == 1


def test_lines_of_the_page_are_told_from_the_record() -> None:
    assert all(
        map(
            is_footer,
            ["END", "Top of page", "© 2011 The Hour", "Share | Print", "Back to: 1997 briefings", "12:34 P.M. MDT"],
        )
    )
    assert not any(
        map(
            is_footer,
            ["We end here.", "The next question is open.", "Video killed the radio star, I was told by the minister"],
        )
    )
    assert is_clock("END  1:43 P.M. CET")
    assert is_stage_direction("(Applause.) [music]")
    assert not is_stage_direction("(Inaudible) smoke?")
    assert is_media_note("(.MP3/7.633KB )")


FRONT = """---
title: "Remarks by the\\_President"
date: '2022-08-19'
source_url: https://example.org/2022/08/22/x/
---

THE PRESIDENT:  Hello.  We start.
"""


def test_front_matter_states_title_day_and_address() -> None:
    found = parse_text(FRONT, doc_id="x")
    assert (found.title, found.date, found.url) == (
        "Remarks by the President",
        date(2022, 8, 19),
        "https://example.org/2022/08/22/x/",
    )
    assert found.flags == ("date-from-metadata",)


def test_a_printed_day_wins_over_the_address_and_the_conflict_is_flagged() -> None:
    page = FRONT.replace("date: '2022-08-19'\n", "").replace("THE PRESIDENT", "August 20, 2022\n\nTHE PRESIDENT")
    found = parse_text(page, doc_id="x")
    assert found.date == date(2022, 8, 20)
    assert "date-conflict" in found.flags


def test_front_matter_that_would_grow_or_nest_is_not_read() -> None:
    bomb = "---\na: &a [x]\nb: *a\ntitle: no\n---\nQ: yes?\n"
    assert parse_text(bomb, doc_id="x").title is None
    assert parse_text("---\na: " + "[" * 5_000 + "\n---\nQ: yes?\n", doc_id="x").title is None


def test_a_date_in_the_speech_is_never_the_events() -> None:
    found = parse_text("Ann Lee (Minister): On 3 May 2011 we met.\n\nQ: On 4 May 2012?\n", doc_id="x")
    assert found.date is None
    assert "no-date" in found.flags
