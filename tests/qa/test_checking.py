"""Checking on the page: three verdicts that cannot be taken for one another, and nobody's words for somebody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, record_of, samples, transcript_of

from index.sentences import sentence_spans
from index.types import ReportedSpeech
from qa.catalogue import texts
from qa.check import Checker, differences
from qa.web.checking import judged_html, panel_html, read_text, what_differs
from qa.web.links import resolve, words_digest
from qa.web.parts import PartError
from qa.web.record import Edition
from qa.web.verdict import COMMON, PARTS_LIMIT, PLACES_SHOWN, TEXT_LIMIT, is_common, judge, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.testclient import TestClient

    from index.search import Index
    from index.types import Transcript

EN, FR = texts("en"), texts("fr")
QUOTE = "We call on Russia to address our serious concerns."
ECONOMIC = "That includes also maintaining economic sanctions as long as Russia does not change its behaviour"


class _Held:
    """An index of transcripts made by hand: words are found where they stand, and nothing is near anything."""

    def __init__(self, *transcripts: Transcript) -> None:
        self.transcripts: Mapping[str, Transcript] = {t.doc_id: t for t in transcripts}

    def search_words(self, _words: str, *, k: int) -> list[object]:  # noqa: ARG002
        return []


def edition_of(*transcripts: Transcript) -> Edition:
    held = _Held(*transcripts)
    return Edition(held.transcripts, Mock(), check=Checker(held).check)  # type: ignore[arg-type]


def spoken(words: str, doc_id: str = "made", **facts: object) -> Transcript:
    made = transcript_of(words, **{k: v for k, v in facts.items() if k in ("speaker", "kind")})  # type: ignore[arg-type]
    return replace(made, doc_id=doc_id)


@pytest.fixture(scope="module")
def edition(sample_index: Index) -> Edition:
    return Edition(sample_index.transcripts, Mock(), check=Checker(sample_index).check)


def page(edition: Edition, text: str, t: object = EN) -> str:
    return judged_html(judge(edition, text), edition.transcripts, t)  # type: ignore[arg-type]


def heads(html: str) -> list[str]:
    return re.findall(r"</span> ([^<]*)</h3>", html)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# --- the verdicts on the samples


def test_a_verified_quote_names_who_when_where_and_as_what(edition: Edition) -> None:
    html = page(edition, QUOTE)
    assert heads(html) == ["Verified, word for word"]
    assert 'class="check-verdict check-verified"' in html
    start = samples()[BRUSSELS].text.index(QUOTE)
    address = f"{BRUSSELS}~{start}-{start + len(QUOTE)}"
    assert f'<a href="#cite-{address}">' in html
    assert f'data-place="{address}" data-digest="{words_digest(QUOTE)}"' in html
    assert f"<blockquote>“{QUOTE}”</blockquote>" in html
    assert "<strong>Jens Stoltenberg</strong>, NATO Secretary General" in html
    assert '<span class="check-kind">Official</span>' in html
    assert '<time datetime="2018-10-04">4 October 2018</time> · Press conference' in html
    assert "check-warning" not in html
    assert heads(page(edition, QUOTE, FR)) == ["Vérifié, mot pour mot"]


def test_every_sentence_of_the_samples_is_verified_and_leads_back_to_itself(edition: Edition) -> None:
    seen = 0
    for transcript in samples().values():
        for turn in transcript.turns:
            for start, end in sentence_spans(transcript.text, turn.start, turn.end):
                words = transcript.text[start:end]
                if len(words.split()) < 6:
                    continue
                html = page(edition, words)
                assert heads(html)[0] == "Verified, word for word", words
                copied = re.findall(r'data-place="([^"]*)" data-digest="([^"]*)">Copy', html)
                places = [(resolve(place, edition.transcripts), digest) for place, digest in copied]
                assert all(
                    place and place.span and words_digest(place.transcript.text[slice(*place.span)]) == digest
                    for place, digest in places
                )
                assert f"#cite-{transcript.doc_id}~{start}-{end}" in html
                seen += 1
    assert seen > 90


def test_words_cut_from_a_sentence_are_marked_in_it_and_the_sentence_is_what_is_copied(edition: Edition) -> None:
    html = page(edition, "We call on Russia")
    assert "<blockquote>“<mark>We call on Russia</mark> to address our serious concerns.”</blockquote>" in html
    assert "Cut from a longer sentence" in html
    assert f'data-digest="{words_digest(QUOTE)}">Copy the whole sentence' in html


def test_a_near_miss_shows_what_differs_and_never_looks_verified(edition: Edition) -> None:
    html = page(edition, QUOTE.replace("Russia", "China"))
    assert heads(html) == ["Near miss: not word for word"]
    assert "One word differs: “China” instead of “Russia”." in plain(html)
    assert "check-verified" not in html
    assert "Verified" not in html
    del_, ins = re.findall(r"<(?:del|ins)>(.*?)</(?:del|ins)>", html)
    assert (plain(del_), plain(ins)) == ("yours China", "record Russia")
    assert f"<blockquote>“{QUOTE}”</blockquote>" in html
    assert "Copy the record’s words with their citation" in html
    assert "Copy the verified quote" not in html


def test_what_is_nowhere_says_what_was_searched_and_what_to_try(edition: Edition) -> None:
    html = page(edition, "Purple cows sing in the rain all night.")
    assert heads(html) == ["Not found"]
    assert "Searched: 2 transcripts, from 20 November 2014 to 4 October 2018." in plain(html)
    assert "Try one sentence" in html
    assert "<blockquote>" not in html
    french = plain(page(edition, "Purple cows sing in the rain all night.", FR))
    assert "dans 2 transcriptions, du 20 novembre 2014 au 4 octobre 2018" in french


def _two_far_apart() -> list[str]:
    """A sentence of more than twelve words of each sample."""
    return [
        next(
            transcript.text[start:end]
            for turn in transcript.turns
            for start, end in sentence_spans(transcript.text, turn.start, turn.end)
            if turn.kind == "principal" and len(transcript.text[start:end].split()) > 12
        )
        for transcript in samples().values()
    ]


@pytest.mark.parametrize("seam", [" ", " … ", " [...] ", "\n\n"])
def test_a_stitched_quote_is_two_verified_parts_and_not_one_quote(edition: Edition, seam: str) -> None:
    one, other = _two_far_apart()
    html = page(edition, f"“{one}{seam}{other}”")
    assert heads(html) == ["Not one quote"]
    assert "<h3>Each sentence by itself</h3>" in html
    assert "nobody said them as one" in html
    assert "Verified word for word: 2 of 2." in html
    lines = html.split('<ol class="check-lines">')[1].split("</li>")
    assert [BRUSSELS in line or TALLINN in line for line in lines[:2]] == [True, True]
    assert [re.findall(r'<li class="check-(\w+)">', line) for line in lines[:2]] == [["verified"], ["verified"]]


def test_each_sentence_of_a_paragraph_has_its_own_verdict(edition: Edition) -> None:
    html = page(edition, f"{QUOTE} {QUOTE.replace('Russia', 'China')} Purple cows sing in the rain all night.")
    assert re.findall(r'<li class="check-(verified|near_miss|not_found)">', html) == [
        "verified",
        "near_miss",
        "not_found",
    ]
    assert "Verified word for word: 1 of 3." in html


def test_a_paragraph_as_it_was_said_is_one_quote(edition: Edition) -> None:
    text, turn = samples()[BRUSSELS].text, samples()[BRUSSELS].turns[0]
    spans = sentence_spans(text, turn.start, turn.end)
    html = page(edition, " ".join(text[spans[1][0] : spans[3][1]].split()))
    assert heads(html) == ["Verified, word for word"]
    assert "Each sentence by itself" not in html


# --- who speaks


@pytest.mark.parametrize(
    ("kind", "warning"),
    [
        ("journalist", "A journalist’s words, not a position"),
        ("moderator", "The moderator’s words, not a position"),
        ("unknown", "The transcript does not say who speaks"),
    ],
)
def test_who_states_no_position_is_said_to_loudly(kind: str, warning: str) -> None:
    html = page(edition_of(spoken("The treaty is dead and buried for good.", kind=kind)), "The treaty is dead")
    assert f'<p class="check-warning">{warning}</p>' in html
    assert "Nobody states this as a position of their own" in html
    assert 'class="keep"' not in html


def test_a_journalist_without_a_name_is_told_by_the_outlet(edition: Edition) -> None:
    asked = "What impact do you think any move to loosen some sanctions on Russia?"
    assert "<strong>A journalist</strong>, Financial Times" in page(edition, asked)


def test_words_of_the_header_are_nobodys() -> None:
    html = page(edition_of(spoken("Words were said.")), "Title")
    assert "nobody said it" in html
    assert "Verified, word for word" in html


def test_reported_words_say_whose_they_are() -> None:
    words = "The President said that the treaty is dead."
    made = spoken(words)
    at = made.text.index("the treaty")
    reported = (ReportedSpeech("made#t001", at, len(made.text), 7, at, "The President"),)
    html = page(edition_of(replace(made, reported=reported)), words)
    assert "reported by the speaker: the President" in plain(html)
    assert "Nobody states this as a position of their own" in html
    cut = page(edition_of(replace(made, reported=reported)), "The President said")
    assert "reported by the speaker: the President" in plain(cut)


def test_officials_come_before_journalists_who_say_the_same() -> None:
    words = "The treaty stands as it is."
    asked, said = spoken(words, "a", kind="journalist"), spoken(words, "b", speaker="Bo Ek")
    html = page(edition_of(asked, said), words)
    assert re.findall(r'<li class="check-place (\w+)">', html) == ["principal", "journalist"]
    assert "Nobody states this" not in html
    assert "These words stand at 2 places." in html


# --- bounds


def test_many_places_are_counted_and_the_first_are_shown() -> None:
    words = "We will do what has to be done together."
    html = page(edition_of(*(spoken(words, f"d{n:03}") for n in range(PLACES_SHOWN + 5))), words)
    assert html.count('<li class="check-place') == PLACES_SHOWN
    assert "Other places: 5." in html


def test_words_that_stand_everywhere_prove_nothing() -> None:
    everywhere = edition_of(*(spoken("Thank you, it’s fine. Thanks.", f"d{n}") for n in range(COMMON + 1)))
    for words in ("Thank you", "“Thank you,”", "it's fine", "it’s  fine"):
        html = page(everywhere, words)
        assert heads(html) == ["Too common to check"]
        assert "Verified" not in html
    some = edition_of(*(spoken("Thank you.", f"d{n}") for n in range(COMMON)))
    assert heads(page(some, "Thank you.")) == ["Verified, word for word"]


def test_parts_of_words_are_not_common_words() -> None:
    held = {f"d{n}": spoken("The cathedral", f"d{n}") for n in range(COMMON + 1)}
    assert is_common("The", held)
    assert is_common("cathedral", held)
    assert not is_common("cat", held)
    assert not is_common("dral", held)
    assert not is_common("", held)


def test_a_long_paragraph_is_looked_up_in_part_and_says_so() -> None:
    text = " ".join(f"Sentence number {n} is here." for n in range(PARTS_LIMIT + 3))
    html = page(edition_of(spoken("Sentence number 4 is here.")), text)
    assert len(re.findall(r'<li class="check-(?:verified|not_found)">', html)) == PARTS_LIMIT
    assert "Sentences not looked up: 3." in html


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“One two. Three four.”", ["One two.", "Three four."]),
        ("« Un deux. Trois quatre. »", ["Un deux.", "Trois quatre."]),
        ('He said “no.” "Yes" is all.', ["He said “no.”", '"Yes" is all.']),
        ("One … two [...] three (…) four... five", ["One", "two", "three", "four", "five"]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("… “ ”", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_where_a_sentence_ends_or_words_are_left_out(text: str, parts: list[str]) -> None:
    assert list(parts_of(text)) == parts


@pytest.mark.parametrize(
    ("given_", "source", "told"),
    [
        ("a b", "a c", "One word differs: “b” instead of “c”."),
        ("a b x", "a", "2 words differ: “b x” is added."),
        ("a", "a not", "One word differs: “not” is left out."),
        ("a concerns", "a concerns.", "Only punctuation or capitals differ: “concerns” instead of “concerns.”."),
        ("We go x there", "we go there", "One word differs: “x” is added. Punctuation or capitals differ, too."),
        (
            "a 1 b 2 c 3 d 4 e 5",
            "a b c d e",
            "5 words differ: “1” is added; “2” is added; “3” is added; “4” is added; and one more.",
        ),
    ],
)
def test_what_differs_is_told_in_a_sentence(given_: str, source: str, told: str) -> None:
    assert what_differs(differences(given_, source), EN) == told


@given(st.text(max_size=200))
def test_no_text_breaks_the_page(text: str) -> None:
    html = page(edition_of(*samples().values()), text + " x")
    assert html.count("<section") == html.count("</section>")


def test_hostile_words_stay_words() -> None:
    hostile = HOSTILE_WORDS + "x" * 3_000
    made = replace(spoken(hostile, HOSTILE_WORDS, speaker=HOSTILE_WORDS), title=hostile, place=hostile)
    for text in (hostile, "<script>window.hurt=5</script> https", HOSTILE_WORDS.replace("Hello", "Goodbye") + "."):
        html = page(edition_of(made), text[:TEXT_LIMIT])
        assert not re.search(r"<(script|img|form|input|/details></blockquote)", html)
        assert "${" not in html or "window.hurt=3" in html
    assert len(page(edition_of(made), hostile[:TEXT_LIMIT])) < 30_000


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_to_check_is_said(text: str) -> None:
    with pytest.raises(PartError, match="paste a sentence first"):
        read_text(text, EN)


def test_a_text_that_is_too_long_is_said() -> None:
    assert read_text("x" * TEXT_LIMIT, EN)
    with pytest.raises(PartError, match="longer than 5,000 characters"):
        read_text("x" * (TEXT_LIMIT + 1), EN)


def test_the_field_has_a_label_and_says_that_nothing_is_stored() -> None:
    html = panel_html(EN)
    assert '<label for="check-text">' in html
    assert "not stored" in html
    assert "maxlength" not in html  # what is pasted would be cut without a word


# --- over the wire


@pytest.fixture(scope="module")
def client(edition: Edition) -> Iterator[TestClient]:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from qa.web.routes import include_parts

    app, record = FastAPI(), record_of(Mock())
    record.replace(edition)
    include_parts(app, record)
    with TestClient(app) as client:
        yield client


def test_the_route_answers_in_the_language_of_the_page(client: TestClient) -> None:
    reply = client.post("/parts/check", params={"lang": "fr"}, json={"text": QUOTE})
    assert (reply.status_code, heads(reply.text)) == (200, ["Vérifié, mot pour mot"])


@pytest.mark.parametrize(
    ("posted", "status"), [({}, 422), ({"text": 7}, 422), ({"text": " "}, 400), ({"text": "x" * 5_001}, 400), ([], 422)]
)
def test_what_is_no_text_is_refused(client: TestClient, posted: object, status: int) -> None:
    reply = client.post("/parts/check", json=posted)
    assert reply.status_code == status
    assert reply.json()["error"]


def test_half_a_character_does_no_harm(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    reply = client.post("/parts/check", content=b'{"text": "We call \\ud800. Cows sing."}', headers=headers)
    assert (reply.status_code, "We call ?." in reply.text) == (200, True)
