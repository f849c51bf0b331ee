"""Scores of answers, counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from record_builder import BRUSSELS, TALLINN, answer_of, citation_of, refusal_of

from index.errors import InputError
from index.types import Transcript
from qa.evaluate.gold import GoldQuestion, GoldQuote, read_gold, score_answers

LINE = (
    '{"id":"g1","question":"What?","kind":"followup","history":[{"role":"user","content":"Hi"}],'
    '"gold":[{"doc":"a.txt","quote":"Two\u2028words","speaker":null,"start":7}]}'
)


def test_gold_is_read_line_by_line_whatever_the_lines_hold(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\ufeff{LINE}\n\n{LINE}\n", encoding="utf-8")
    expected = GoldQuestion(
        "g1", "What?", "followup", ({"role": "user", "content": "Hi"},), (GoldQuote("a", "Two\u2028words", 7, None),)
    )
    assert read_gold(path) == [expected, expected]


@pytest.mark.parametrize("bad", ["{", "[]", '{"id":1}', '{"id":1,"question":"q","kind":"k","gold":[{}]}', "[" * 99_999])
def test_a_bad_line_is_named(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{LINE}\n{bad}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl, line 2: not a gold question"):
        read_gold(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


def test_percentages_over_five_answers(sample_transcripts: Mapping[str, Transcript]) -> None:
    tallinn, brussels = sample_transcripts[TALLINN], sample_transcripts[BRUSSELS]
    sanctions = citation_of(tallinn, "Economic sanctions are an integral part of that pressure.")
    russia = citation_of(brussels, "We call on Russia to address our serious concerns.")
    half = citation_of(brussels, "We call on Russia to addr", marker=2)

    def question(kind: str, *gold: tuple[str, str]) -> GoldQuestion:
        quotes = tuple(
            GoldQuote(doc, words, sample_transcripts[doc].text.index(words), speaker)
            for words, speaker in gold
            for doc in (TALLINN if words in tallinn.text else BRUSSELS,)
        )
        return GoldQuestion("q", "What?", kind, (), quotes, "" if kind == "unanswerable" else "fact")

    mikser = ("Economic sanctions are an integral part of that pressure.", "Sven Mikser")
    call = ("We call on Russia to address our serious concerns.", "Jens Stoltenberg")
    gold = [
        question("answerable", mikser),
        question("followup", call, mikser),
        question("answerable", call),
        question("unanswerable"),
        question("unanswerable"),
    ]
    wrong_speaker = replace(sanctions, speaker="Jens Stoltenberg")
    answers = [
        answer_of(russia, wrong_speaker),  # shown second, under a wrong name
        answer_of(half),  # exactly half of one of two
        refusal_of(russia),
        refusal_of(),
        answer_of(russia),
    ]
    assert score_answers(gold, answers) == {
        "questions": 5,
        "answered_%": 66.7,
        "first_citation_right_%": 33.3,
        "any_gold_quote_shown_%": 66.7,
        "all_gold_quotes_shown_%": 33.3,
        "speaker_right_%": 50.0,
        "refused_when_unanswerable_%": 50.0,
        "median_words_shown": 6,
        "median_ms": 1042.4,
        "intervals_%": {
            "answered_%": (20.8, 93.9),
            "first_citation_right_%": (6.1, 79.2),
            "any_gold_quote_shown_%": (20.8, 93.9),
            "all_gold_quotes_shown_%": (6.1, 79.2),
            "speaker_right_%": (9.5, 90.5),
            "refused_when_unanswerable_%": (9.5, 90.5),
        },
        "by_category": {
            "fact": {"questions": 3, "right": 1},
            "none given": {"questions": 2, "right": 1},
        },
    }


def test_the_same_words_elsewhere_in_the_document_count_and_in_another_do_not(
    sample_transcripts: Mapping[str, Transcript],
) -> None:
    words = "We call on Russia to address our serious concerns."
    citation = citation_of(sample_transcripts[BRUSSELS], words)
    for doc_id, shown in ((BRUSSELS, 100.0), (TALLINN, 0.0)):
        gold = [GoldQuestion("q", "What?", "answerable", (), (GoldQuote(doc_id, words, 0, None),))]
        assert score_answers(gold, [answer_of(citation)])["any_gold_quote_shown_%"] == shown


def test_nothing_to_score_gives_no_figures() -> None:
    scores = score_answers([], [])
    assert (scores["questions"], scores["answered_%"], scores["median_ms"]) == (0, None, None)
