"""The quiz: every option is real, the wrong ones are wrong, and the same seed makes the same quiz."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from record_builder import BRUSSELS, TALLINN, citation_of, samples, transcript_of

from index.sentences import sentence_spans
from qa.check import plain
from qa.cite import cite_span
from qa.teach.position import is_position
from qa.teach.quiz import MOST, make_quiz
from qa.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Transcript
    from qa.export.types import QuizItem
    from qa.types import Citation

STOLTENBERG, MIKSER = "Jens Stoltenberg", "Sven Mikser"
PRESSURE = "Economic sanctions are an integral part of that pressure."
SENTENCES = [
    cite_span(transcript, start, end)
    for transcript in samples().values()
    for turn in transcript.turns
    for start, end in sentence_spans(transcript.text, turn.start, turn.end)
]


def _quiz(*chosen: Citation, seed: int = 1) -> tuple[QuizItem, ...]:
    return make_quiz(chosen, samples(), seed=seed, language="en")


def _said_by(name: str) -> str:
    turns = ((t.text, turn) for t in samples().values() for turn in t.turns if turn.speaker == name)
    return " | ".join(plain(text[turn.start : turn.end]) for text, turn in turns).casefold()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.integers(0, 50))
def test_every_option_is_real_and_only_the_answer_is_right(chosen: list[Citation], seed: int) -> None:
    items = _quiz(*chosen, seed=seed)
    assert items == _quiz(*chosen, seed=seed)
    assert all(is_position(item.citation) for item in items)
    for item in items:
        assert 2 <= len(item.options) <= 4
        assert len(set(item.options)) == len(item.options)
        assert len(item.option_citations) == len(item.options)
        for at, option in enumerate(item.options):
            _check_option(item, option, item.option_citations[at], is_right=at == item.answer)


def _check_option(item: QuizItem, option: str, proof: Citation | None, *, is_right: bool) -> None:
    right = item.citation
    if item.kind == "when":
        assert option in {written_date(one.date) for one in samples().values()}
        assert (option == written_date(right.date)) is is_right
    elif proof is None:
        assert option in {STOLTENBERG, MIKSER}
        assert (option == right.speaker) is is_right
    else:
        text = samples()[proof.quote.doc_id].text
        assert option.removeprefix("… ") == proof.quote.text == text[proof.quote.start : proof.quote.end]
        assert is_position(proof)
        assert (proof.speaker == right.speaker) is is_right
        assert (plain(proof.quote.text).casefold() in _said_by(right.speaker or "")) is is_right


def _one(citation: Citation, prompt: str) -> QuizItem:
    """The question on ``citation`` whose prompt begins so, whatever seed makes it."""
    return next(item for seed in range(9) for item in _quiz(citation, seed=seed) if item.prompt.startswith(prompt))


def test_who_said_it() -> None:
    item = _one(citation_of(samples()[TALLINN], PRESSURE), "Who")
    assert item.prompt == f"Who said: “{PRESSURE}”?"
    assert set(item.options) == {STOLTENBERG, MIKSER}
    assert item.options[item.answer] == MIKSER


def test_when_it_was_said() -> None:
    item = _one(citation_of(samples()[BRUSSELS], "Fairer burden-sharing underpins this."), "When")
    assert item.prompt == "When did Jens Stoltenberg say: “Fairer burden-sharing underpins this.”?"
    assert set(item.options) == {"20 November 2014", "4 October 2018"}
    assert item.options[item.answer] == "4 October 2018"


def test_which_of_these_was_theirs() -> None:
    item = _one(citation_of(samples()[TALLINN], PRESSURE), "Which")
    assert item.prompt == "Which of these did Sven Mikser say?"
    assert item.options[item.answer] == PRESSURE
    assert PRESSURE not in item.prompt
    lengths = [len(option.split()) for option in item.options]
    assert max(lengths) <= 1.6 * len(PRESSURE.split())


def test_how_the_sentence_goes_on() -> None:
    words = "NATO Allies expressed their solidarity with the decision by the Dutch and the British governments"
    text = samples()[BRUSSELS].text
    start = text.index(words)
    whole = text[start : text.index(".", start) + 1]
    item = _one(citation_of(samples()[BRUSSELS], whole), "How")
    found = re.fullmatch(r"How did Jens Stoltenberg go on: “(.+) …”\?", item.prompt)
    assert found
    assert f"{found[1]} {item.options[item.answer].removeprefix('… ')}" == whole
    begins = {option.removeprefix("… ").split()[0].casefold() for option in item.options}
    assert len(begins) == 1  # every ending begins alike: the first word gives nothing away
    assert begins <= {"to", "by", "and", "with", "on"}


def test_the_seed_turns_the_kinds() -> None:
    chosen = [citation_of(samples()[BRUSSELS], "Fairer burden-sharing underpins this.")]
    kinds = Counter(item.kind for seed in range(8) for item in _quiz(*chosen, seed=seed))
    assert set(kinds) >= {"who", "when"}


def test_words_that_are_nobodys_position_are_no_question() -> None:
    asked = citation_of(samples()[TALLINN], "What's the part they play in cyber-threat?")
    moderator = citation_of(samples()[TALLINN], "I will start with Sky News.")
    header = citation_of(samples()[BRUSSELS], "Press conference")
    report = replace(citation_of(samples()[TALLINN], PRESSURE), reported_from="the Prime Minister")
    assert _quiz(asked, moderator, header, report) == ()


def test_without_others_there_is_no_question() -> None:
    alone = transcript_of("We will always do what it takes to defend all Allies against any threat.")
    chosen = [citation_of(alone, "We will always do what it takes to defend all Allies against any threat.")]
    assert make_quiz(chosen, {alone.doc_id: alone}, seed=3, language="en") == ()


def _transcript(name: str, speaker: str, words: str, day: date) -> Transcript:
    made = transcript_of(words, speaker=speaker)
    turn = replace(made.turns[0], doc_id=name, turn_id=f"{name}#t001")
    return replace(made, doc_id=name, date=day, turns=(turn,))


def _invented(*said: tuple[str, str]) -> dict[str, Transcript]:
    """A transcript a speaker, ``d1`` of the first of January 2020, ``d2`` of the first of February, and so on."""
    made = [_transcript(f"d{month}", name, words, date(2020, month, 1)) for month, (name, words) in enumerate(said, 1)]
    return {one.doc_id: one for one in made}


def _kinds(items: Sequence[QuizItem]) -> list[tuple[str, set[str]]]:
    return [(item.kind, set(item.options)) for item in items]


def test_what_somebody_else_says_too_is_no_wrong_answer() -> None:
    words = "We stand together."
    record = _invented(("Ann Arbor", words), ("Bob Baker", f"Yes: we  stand together. {words}"), ("Cy Cole", "No."))
    chosen = citation_of(record["d1"], words)
    items = [make_quiz([chosen], record, seed=seed, language="en") for seed in range(8)]
    who = [options for found in items for kind, options in _kinds(found) if kind == "who"]
    assert who
    assert all(options == {"Ann Arbor", "Cy Cole"} for options in who)


def test_a_day_on_which_it_was_said_too_is_no_wrong_answer() -> None:
    words = "We stand together."
    record = _invented(("Ann Arbor", words), ("Ann Arbor", f"Again: {words}"), ("Ann Arbor", "No."))
    chosen = citation_of(record["d1"], words)
    items = [make_quiz([chosen], record, seed=seed, language="en") for seed in range(8)]
    assert {tuple(sorted(options)) for found in items for _, options in _kinds(found)} == {
        ("1 January 2020", "1 March 2020")
    }


def test_one_person_under_two_names_is_no_wrong_answer() -> None:
    words = "We stand together."
    record = _invented(("Joe Biden", words), ("Biden", "No comment today."), ("Cy Cole", "No."))
    chosen = citation_of(record["d1"], words)
    items = [make_quiz([chosen], record, seed=seed, language="en") for seed in range(8)]
    assert all("Biden" not in options for found in items for _, options in _kinds(found))


def test_a_quiz_is_bounded_and_asks_once_a_quote() -> None:
    chosen = [one for one in SENTENCES if is_position(one)]
    assert len(_quiz(*chosen)) == MOST
    assert len(_quiz(*[chosen[5]] * 3)) <= 1


def test_a_quiz_in_french() -> None:
    chosen = citation_of(samples()[TALLINN], PRESSURE)
    prompts = {item.prompt for seed in range(4) for item in make_quiz([chosen], samples(), seed=seed, language="fr")}
    assert f"Qui a dit\u00a0: «\u00a0{PRESSURE}\u00a0»\u202f?" in prompts
