"""Only equality verifies: every true sentence, and not one mutant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans
from index.types import Transcript
from qa.check import Checker, Difference, differences, plain, source_span

if TYPE_CHECKING:
    from index.search import Index

TALLINN, BRUSSELS = "2014-11-20-joint-press-point", "2018-10-04-press-conference"


@pytest.fixture(scope="session")
def checker(sample_index: Index) -> Checker:
    return Checker(sample_index)


@pytest.fixture(scope="session")
def sentences(sample_transcripts: Mapping[str, Transcript]) -> list[str]:
    """Every sentence of four words or more that somebody spoke."""
    return [
        transcript.text[start:end]
        for transcript in sample_transcripts.values()
        for turn in transcript.turns
        for start, end in sentence_spans(transcript.text, turn.start, turn.end)
        if len(transcript.text[start:end].split()) >= 4
    ]


def swapped(words: list[str]) -> list[str]:
    return [*words[: len(words) // 2], "nevertheless", *words[len(words) // 2 + 1 :]]


def turned_round(words: list[str]) -> list[str]:
    """A negation dropped or, where there is none, added."""
    kept = [word for word in words if word.lower() not in ("not", "no", "never")]
    return kept if len(kept) < len(words) else [words[0], "not", *words[1:]]


def with_another_digit(words: list[str]) -> list[str]:
    text = " ".join(words)
    changed = re.sub(r"\d", lambda found: str((int(found.group()) + 1) % 10), text, count=1)
    return (changed if changed != text else f"{text} 7").split()


def without_a_word(words: list[str]) -> list[str]:
    return [*words[:2], *words[3:]]


def with_a_word_cut(words: list[str]) -> list[str]:
    longest = max(words[1:], key=len)
    return [word if word is not longest else longest[: len(longest) // 2] for word in words]


def cut_at_the_end(words: list[str]) -> list[str]:
    last = re.sub(r"\W+\Z", "", words[-1])
    return [*words[:-1], last[:-1] or "zz"]


MUTATIONS = [swapped, turned_round, with_another_digit, without_a_word, with_a_word_cut, cut_at_the_end]


def test_more_than_a_hundred_true_sentences_are_verified_where_they_stand(
    checker: Checker, sentences: list[str], sample_transcripts: Mapping[str, Transcript]
) -> None:
    assert len(sentences) > 100
    for sentence in sentences:
        checked = checker.check(sentence)
        assert checked.status == "verified", sentence
        for match in checked.matches:
            held = sample_transcripts[match.quote.doc_id].text[match.quote.start : match.quote.end]
            assert match.quote.text == held
            assert plain(held) == plain(sentence)


def test_white_space_and_quotation_marks_are_no_difference(checker: Checker, sentences: list[str]) -> None:
    for sentence in sentences:
        straight = sentence.replace("’", "'").replace("“", '"').replace("”", '"')
        for version in (f"“{sentence}”", straight, "\u00a0 ".join(sentence.split()), sentence.replace(" ", "\n")):
            assert checker.check(version).status == "verified", version


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_no_mutant_is_verified(
    checker: Checker, sentences: list[str], sample_transcripts: Mapping[str, Transcript], mutation: type
) -> None:
    record = " \n ".join(plain(transcript.text) for transcript in sample_transcripts.values())
    tried = 0
    for sentence in sentences:
        mutant = " ".join(mutation(plain(sentence).split()))
        if re.search(rf"(?<!\w){re.escape(mutant)}(?!\w)", record):
            continue  # the record happens to hold these very words
        tried += 1
        assert checker.places(mutant) == (), mutant
        if tried % 40 == 0:
            assert checker.check(mutant).status != "verified", mutant
    assert tried > 100


def test_two_stitched_sentences_are_not_verified(checker: Checker, sentences: list[str]) -> None:
    for one, other in zip(sentences, sentences[7:], strict=False):
        assert checker.places(f"{one} {other}") == ()


@pytest.mark.parametrize(
    ("text", "given", "verified"),
    [
        ("We can't do this.", "We can", False),
        ("We can’t do this.", "We can't", True),
        ("A non-nuclear force.", "nuclear force", False),
        ("It grew by 1.5 percent.", "It grew by 1", False),
        ("It grew by 1.5 percent.", "It grew by 1.5", True),
        ("It is 2% of GDP.", "It is 2", False),
        ("It cost $5 million.", "5 million", False),
        ("It cost 3,000 euros.", "000 euros", False),
        ("Allies disagree.", "agree", False),
        ("We left.Then we came.", "We left.", True),
        ("We left.Then we came.", "Then we came.", True),
        ("Yes (he said) we “can”.", "we “can”", True),
        ("one two", "two", True),
        ("one two", "ONE TWO", False),
    ],
)
def test_no_word_is_cut(text: str, given: str, verified: bool) -> None:
    from qa.check import _word_positions

    assert bool(list(_word_positions(plain(text), plain(given)))) is verified


def test_a_sentence_is_never_read_over_the_end_of_a_turn(checker: Checker) -> None:
    ends = "that includes an independent media. So I have strong opinions about many things."
    assert checker.check(f"And {ends}").status == "verified"
    assert checker.check("Yes. Jens Stoltenberg: I would be very careful to say anything").status != "verified"


def test_a_near_miss_shows_the_words_that_differ(checker: Checker) -> None:
    checked = checker.check("We call on China to address our serious concerns.")
    assert checked.status == "near_miss"
    assert checked.given == "We call on China to address our serious concerns."
    assert checked.matches[0].quote.text == "We call on Russia to address our serious concerns."
    assert [(d.op, d.given, d.source) for d in checked.differences] == [
        ("equal", "We call on", "We call on"),
        ("replace", "China", "Russia"),
        ("equal", "to address our serious concerns.", "to address our serious concerns."),
    ]


def test_words_cut_from_a_sentence_are_verified_and_called_cut(checker: Checker) -> None:
    (match,) = checker.check("We call on Russia").matches
    assert (match.whole, match.sentence.text) == (False, "We call on Russia to address our serious concerns.")
    (match,) = checker.check("We call on Russia to address our serious concerns").matches
    assert match.whole
    assert match.turn
    assert (match.turn.speaker, match.transcript.doc_id) == ("Jens Stoltenberg", BRUSSELS)


@pytest.mark.parametrize(
    "given", ["", " ", '""', "“”", "The cat sat on the mat and purred all day.", "\ud800", "😀" * 50, "(" * 50]
)
def test_what_is_nowhere_is_not_found(checker: Checker, given: str) -> None:
    checked = checker.check(given)
    assert (checked.status, checked.matches) == ("not_found", ())


def test_a_header_line_is_verified_and_spoken_by_nobody(checker: Checker) -> None:
    matches = checker.check("following the meetings of NATO Defence Ministers").matches
    assert [(m.turn, m.quote.doc_id) for m in matches] == [(None, BRUSSELS)]


WORDS = st.lists(st.sampled_from(["a", "bb", "’", "c.", "“d”", "é"]), min_size=1, max_size=8)
GAPS = st.lists(st.sampled_from([" ", "  ", "\n", "\u00a0", " \t\n"]), min_size=9, max_size=9)


@given(WORDS, GAPS, st.data())
def test_the_source_of_a_plain_span_is_the_only_span_that_reads_so(
    words: list[str], gaps: list[str], data: st.DataObject
) -> None:
    text = gaps[0] + "".join(word + gap for word, gap in zip(words, gaps[1:], strict=False))
    short = plain(text)
    start = data.draw(st.integers(0, len(short) - 1).filter(lambda i: short[i] != " "))
    end = data.draw(st.integers(start + 1, len(short)).filter(lambda i: short[i - 1] != " "))
    found = source_span(text, start, end)
    assert plain(text[slice(*found)]) == short[start:end]
    assert plain(text[: found[0]]).replace(" ", "") == short[:start].replace(" ", "")
    assert not text[found[0]].isspace()
    assert not text[found[1] - 1].isspace()


@given(WORDS, WORDS)
def test_differences_rebuild_both_sides(one: list[str], other: list[str]) -> None:
    edits = list(differences(" ".join(one), " ".join(other)))
    assert " ".join(d.given for d in edits if d.given) == " ".join(one)
    assert " ".join(d.source for d in edits if d.source) == " ".join(other)
    assert all((d.given == d.source) is (d.op == "equal") for d in edits)


def test_an_equal_text_has_no_difference() -> None:
    assert list(differences("a b", "a b")) == [Difference("equal", "a b", "a b")]
