"""Readings out of the marked sets, and the questions and near misses made by rule."""

import gzip
import json
import random
from pathlib import Path

from training.briefings import Said
from training.readings import Pool, Reading, clapnq, facts, invented, near_miss, squad, written

CHANCE = random.Random(7)


def test_squad_marks_every_sentence_that_an_annotator_marked(tmp_path: Path) -> None:
    text = "The Normans came to France. They spoke Norse."
    asked = [
        {"question": " Where? ", "is_impossible": False, "answers": [{"text": "France", "answer_start": 20}]},
        {"question": "Who?", "is_impossible": True, "answers": []},
    ]
    articles = {"data": [{"title": "Normans", "paragraphs": [{"context": text, "qas": asked}]}]}
    (tmp_path / "x.json.gz").write_bytes(gzip.compress(json.dumps(articles).encode()))
    sentences = ("The Normans came to France.", "They spoke Norse.")
    assert list(squad(tmp_path / "x.json.gz")) == [
        Reading("Where?", sentences, frozenset({0}), "Normans"),
        Reading("Who?", sentences, frozenset(), "Normans"),
    ]


def test_clapnq_finds_marked_sentences_in_the_tokenised_passage(tmp_path: Path) -> None:
    corpus = {"_id": "p1", "title": "T", "text": "It began c. 700 BC . Athens exported it . The end ."}
    asked = {"question": "who exported it", "context_doc": "p1", "answerable": True}
    asked |= {"evidence_sentences": [["Athens exported it ."]]}
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(json.dumps(corpus).encode()))
    (tmp_path / "qa.jsonl.gz").write_bytes(gzip.compress(json.dumps(asked).encode()))
    sentences = ("It began c. 700 BC .", "Athens exported it .", "The end .")
    assert list(clapnq(tmp_path)) == [Reading("who exported it", sentences, frozenset({1}), "p1")]


def test_facts_are_dates_numbers_and_names_each_once() -> None:
    text = "In May 2014 we sent 600 troops to Estonia and the White House agreed."
    assert [(kind, text[start:end]) for kind, start, end in facts(text)] == [
        ("date", "May 2014"),
        ("number", "600"),
        ("name", "Estonia"),
        ("name", "White House"),
    ]


def test_a_near_miss_asks_of_something_the_passage_does_not_hold() -> None:
    sentences = ("Mikser went to Riga in 2014.",)
    reading = Reading("When did minister Mikser go to Riga?", sentences, frozenset({0}), "d")
    pool = Pool(["we met in Tallinn and in Vilnius", "he spoke to Riga"])
    questions = {miss.question for _ in range(60) if (miss := near_miss(reading, pool, CHANCE)) and not miss.answers}
    assert "When did minister Mikser go to Tallinn?" in questions
    assert "When didn't minister Mikser go to Riga?" in questions
    assert all("Riga" not in question or "didn't" in question or "Mikser" not in question for question in questions)


def test_a_question_is_made_of_a_sentence_that_answers_it_or_is_gone() -> None:
    sentences = ("We met today.", "The Allies will send about 600 soldiers to the exercise in Estonia this year.")
    pool = Pool(["they are in Latvia and in Poland with 20 ships"])
    made = [reading for _ in range(80) if (reading := invented(sentences, "d", pool, CHANCE))]
    assert {reading.answers for reading in made} == {frozenset({1}), frozenset()}
    gone = [reading for reading in made if len(reading.sentences) == 1]
    assert gone
    assert all(not reading.answers for reading in gone)
    answered = [reading.question for reading in made if reading.answers]
    assert any(question.startswith(("How", "What number")) and "600" not in question for question in answered)


def test_written_questions_find_their_passage_and_sentences(tmp_path: Path) -> None:
    turn = Said("doc", "2022-03-24", 7, "MR. PRICE", False, "Hello. We sent aid. It arrives in May. Thank you.")
    row = {"doc": "doc", "turn": 7, "start": 7, "end": 38, "question": "When is help coming?", "answers": [1]}
    (tmp_path / "q.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    sentences = ("We sent aid.", "It arrives in May.")
    assert written(tmp_path / "q.jsonl", [[turn]]) == [
        Reading("When is help coming?", sentences, frozenset({1}), "doc", setting=" (MR. PRICE, 24 March 2022)")
    ]
