"""Formal citations: written by hand for the samples, and valid for any text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from export_builder import TODAY, cited, made
from hypothesis import given
from hypothesis import strategies as st
from record_builder import HOSTILE_WORDS, TALLINN

from qa.export.names import taken_apart
from qa.export.styles import STYLES, Style, formal, web_address
from qa.types import Citation

RUSSIA = replace(
    cited("We call on Russia to address our serious concerns."), place="Brussels", url="https://nato.int/a_b"
)
CYBER = cited("And cyber-attacks can be as dangerous as conventional attacks.", TALLINN)
JOURNALIST = cited("Are there any plans for NATO to develop a collective offensive cyber capability?", TALLINN)

GOLDEN: list[tuple[Style, Citation, str]] = [
    (
        "plain",
        RUSSIA,
        "“We call on Russia to address our serious concerns.” — Jens Stoltenberg, NATO Secretary General, "
        "Press conference, Brussels, 4 October 2018. https://nato.int/a_b",
    ),
    (
        "plain",
        CYBER,
        "“And cyber-attacks can be as dangerous as conventional attacks.” — Jens Stoltenberg, NATO Secretary General, "
        "Joint press point, 20 November 2014.",
    ),
    (
        "plain",
        JOURNALIST,
        "“Are there any plans for NATO to develop a collective offensive cyber capability?” — A journalist’s question, "
        "not a position, Times, Joint press point, 20 November 2014.",
    ),
    (
        "markdown",
        RUSSIA,
        "> “We call on Russia to address our serious concerns.”\n>\n> — **Jens Stoltenberg**, NATO Secretary General. "
        "*Press conference, Brussels, 4 October 2018*. <https://nato.int/a_b>",
    ),
    (
        "apa",
        RUSSIA,
        "Stoltenberg, J. (2018, October 4). Press conference [Transcript]. Brussels. https://nato.int/a_b",
    ),
    ("apa", CYBER, "Stoltenberg, J. (2014, November 20). Joint press point [Transcript]."),
    ("apa", JOURNALIST, "Joint press point [Transcript; journalist’s question]. (2014, November 20)."),
    (
        "chicago",
        RUSSIA,
        "Jens Stoltenberg (NATO Secretary General), “Press conference” (transcript, Brussels, October 4, 2018), "
        "https://nato.int/a_b.\n"
        "Stoltenberg, Jens. “Press conference.” Transcript, Brussels, October 4, 2018. https://nato.int/a_b.",
    ),
    (
        "chicago",
        JOURNALIST,
        "Times, journalist’s question, “Joint press point” (transcript, November 20, 2014).\n"
        "“Joint press point.” Transcript, November 20, 2014; journalist’s question.",
    ),
    (
        "bibtex",
        RUSSIA,
        "@misc{stoltenberg2018-708d93df,\n"
        "  author = {Stoltenberg, Jens},\n"
        "  title = {{Press conference}},\n"
        "  year = {2018},\n"
        "  month = oct,\n"
        "  date = {2018-10-04},\n"
        "  howpublished = {Transcript},\n"
        "  address = {Brussels},\n"
        "  note = {NATO Secretary General},\n"
        "  url = {https://nato.int/a_b},\n"
        "  urldate = {2026-11-22}\n"
        "}",
    ),
    (
        "ris",
        RUSSIA,
        "TY  - GEN\r\nID  - stoltenberg2018-708d93df\r\nAU  - Stoltenberg, Jens\r\nTI  - Press conference\r\n"
        "PY  - 2018\r\nDA  - 2018/10/04/\r\nCY  - Brussels\r\nM3  - Transcript\r\nN1  - NATO Secretary General\r\n"
        "UR  - https://nato.int/a_b\r\nY2  - 2026/11/22/\r\nER  - \r\n",
    ),
]


@pytest.mark.parametrize(("style", "citation", "written"), GOLDEN)
def test_a_sample_is_cited_as_by_hand(style: Style, citation: Citation, written: str) -> None:
    assert formal(citation, style, today=TODAY) == written


def test_a_sample_is_cited_for_reference_managers() -> None:
    assert json.loads(formal(RUSSIA, "csl", today=TODAY)) == [
        {
            "id": "stoltenberg2018-708d93df",
            "type": "speech",
            "title": "Press conference",
            "author": [{"family": "Stoltenberg", "given": "Jens"}],
            "issued": {"date-parts": [[2018, 10, 4]]},
            "event-place": "Brussels",
            "genre": "Transcript",
            "note": "NATO Secretary General",
            "URL": "https://nato.int/a_b",
            "accessed": {"date-parts": [[2026, 11, 22]]},
        }
    ]


def test_french_has_its_own_marks_dates_and_words() -> None:
    assert formal(RUSSIA, "plain", today=TODAY, language="fr") == (
        "«\u00a0We call on Russia to address our serious concerns.\u00a0» — Jens Stoltenberg, NATO Secretary General, "
        "Press conference, Brussels, 4 octobre 2018. https://nato.int/a_b"
    )
    assert formal(RUSSIA, "apa", today=TODAY, language="fr") == (
        "Stoltenberg, J. (2018, 4 octobre). Press conference [Transcription]. Brussels. https://nato.int/a_b"
    )
    first = replace(RUSSIA, date=date(2018, 10, 1))
    assert "1er octobre 2018" in formal(first, "chicago", today=TODAY, language="fr")


def test_what_is_missing_is_said_or_left_out() -> None:
    bare = replace(RUSSIA, date=None, title=None, speaker=None, role=None, place=None)
    assert formal(bare, "apa", today=TODAY) == (
        "Untitled transcript [Transcript; speaker not named]. (n.d.). "
        "Retrieved November 22, 2026, from https://nato.int/a_b"
    )
    assert formal(bare, "chicago", today=TODAY).splitlines() == [
        "speaker not named, “Untitled transcript” (transcript, n.d.), accessed November 22, 2026, https://nato.int/a_b.",
        "“Untitled transcript.” Transcript, n.d.; speaker not named. Accessed November 22, 2026, https://nato.int/a_b.",
    ]
    header = replace(bare, kind=None, url=None)
    assert formal(header, "apa", today=TODAY) == "Untitled transcript [Transcript; line of the header]. (n.d.)."
    assert formal(header, "plain", today=TODAY).endswith("From the transcript’s header, Untitled transcript, no date.")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_says_whose_words_are_no_position(style: Style) -> None:
    assert "ournalist’s question" in formal(JOURNALIST, style, today=TODAY)
    moderator = replace(RUSSIA, kind="moderator")
    assert "oderator’s words" in formal(moderator, style, today=TODAY)
    reported = replace(RUSSIA, reported_from="the President of Lithuania")
    assert "reporting the words of the President of Lithuania" in formal(reported, style, today=TODAY)


def test_the_quotes_own_page_stands_in_for_a_missing_address() -> None:
    page = "https://record.example/?cite=a~1-2"
    assert formal(CYBER, "apa", today=TODAY, page=page).endswith("[Transcript]. https://record.example/?cite=a~1-2")
    assert page not in formal(RUSSIA, "apa", today=TODAY, page=page)
    assert page in formal(RUSSIA, "ris", today=TODAY, page=page)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=ä", "https://a.example/x?y=1&z=%C3%A4"),
        ("https://a.example/<b>{c}", "https://a.example/%3Cb%3E%7Bc%7D"),
        ("javascript:alert(1)", ""),
        ("//a.example", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_are_given(url: str | None, safe: str) -> None:
    assert web_address(url) == safe


@pytest.mark.parametrize(
    ("speaker", "inverted", "initialled"),
    [
        ("Jens Stoltenberg", "Stoltenberg, Jens", "Stoltenberg, J."),
        ("Ursula von der Leyen", "von der Leyen, Ursula", "von der Leyen, U."),
        ("Jaap de Hoop Scheffer", "de Hoop Scheffer, Jaap", "de Hoop Scheffer, J."),
        ("Jean-Claude Juncker", "Juncker, Jean-Claude", "Juncker, J.-C."),
        ("Joseph R. Biden Jr.", "Biden, Joseph R., Jr.", "Biden, J. R., Jr."),
        ("General Sir Richard Shirreff", "Shirreff, Richard", "Shirreff, R."),
        ("Lord Robertson", "Robertson", "Robertson"),
        ("Stoltenberg", "Stoltenberg", "Stoltenberg"),
        ("Speaker 2", "Speaker 2", "Speaker 2"),
        ("The President", "The President", "The President"),
        ("习近平", "习近平", "习近平"),
    ],
)
def test_names_are_taken_apart(speaker: str, inverted: str, initialled: str) -> None:
    name = taken_apart(speaker)
    assert (name.inverted, name.initialled) == (inverted, initialled)


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    words = draw(ANY.filter(lambda text: text.strip()))
    return replace(
        made(words),
        title=draw(ANY),
        speaker=draw(ANY),
        role=draw(ANY),
        place=draw(ANY),
        url=draw(st.one_of(st.none(), ANY.map("https://a.example/{}".format))),
        date=draw(st.one_of(st.none(), st.dates())),
        kind=draw(st.sampled_from(["principal", "journalist", "moderator", "unknown", None])),
    )


@given(citations())
def test_bibtex_keeps_its_braces_balanced_and_its_signs_escaped(citation: Citation) -> None:
    entry = formal(citation, "bibtex", today=TODAY)
    depth = 0
    for at, sign in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or at == len(entry) - 1 or at < entry.index("{")
    assert depth == 0
    fields = [row for row in entry.splitlines()[1:-1] if not row.startswith("  url = ")]
    assert all(re.fullmatch(r"  [a-z]+ = .+", row) for row in fields)
    assert not any(re.search(r"(?<!\\)[#$%&_]", row) for row in fields)


@given(citations())
def test_ris_is_one_tag_a_line(citation: Citation) -> None:
    rows = formal(citation, "ris", today=TODAY).split("\r\n")
    assert rows[0] == "TY  - GEN"
    assert rows[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n\x00-\x1f]*", row) for row in rows[:-1])
    assert not any("\n" in row for row in rows)


@given(citations())
def test_csl_is_json_that_says_what_the_citation_says(citation: Citation) -> None:
    (item,) = json.loads(formal(citation, "csl", today=TODAY))
    if citation.date:
        assert item["issued"]["date-parts"] == [[citation.date.year, citation.date.month, citation.date.day]]
    assert item["type"] == "speech"


@given(citations(), st.sampled_from(["apa", "chicago", "plain"]), st.sampled_from(["en", "fr"]))
def test_prose_styles_never_fail_and_hold_no_control_character(citation: Citation, style: Style, language: str) -> None:
    text = formal(citation, style, today=TODAY, language="fr" if language == "fr" else "en")
    assert text.strip() == text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_markdown_of_hostile_words_holds_no_markup_of_theirs() -> None:
    text = formal(replace(made(HOSTILE_WORDS), title="<script>", speaker="[x](y)"), "markdown", today=TODAY)
    assert not re.search(r"(?<!\\)[<\[`$]", text)
    assert "U+202E" in text
