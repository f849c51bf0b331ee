"""What a question wants for an answer, and whether a sentence offers it."""

from __future__ import annotations

import pytest

from qa.expect import Expectation, Sort, expectation, offers
from qa.words import stem

WANTS: list[tuple[str, Sort | None, tuple[str, ...]]] = [
    ("How many soldiers will be sent?", "number", ("soldiers",)),
    ("How many more ships are at sea?", "number", ("ships",)),
    ("How many defence ministers came?", "number", ("defence", "ministers")),
    ("How often do attacks happen?", "number", ()),
    ("How long have they known each other?", "number", ()),
    ("What is the range of the missile?", "number", ()),
    ("What percentage of GDP is spent?", "number", ()),
    ("What's the total cost?", "number", ()),
    ("When will it be ready?", "time", ()),
    ("In which year was it signed?", "time", ()),
    ("By what date must they report?", "time", ()),
    ("It was decided, but when?", "time", ()),
    ("What did he say when asked about Russia?", None, ()),
    ("Which countries will host it?", "country", ()),
    ("Which two Baltic countries take part?", "country", ()),
    ("Which northern ally disrupted it?", "country", ()),
    ("Which Allies offered their capabilities?", "country", ()),
    ("Which country's minister spoke?", "country", ()),
    ("Where is the centre?", "place", ()),
    ("In which city did they meet?", "place", ()),
    ("Why is the treaty in danger?", "reason", ()),
    ("For what reason did they meet?", "reason", ()),
    ("Who carried out the operation?", "name", ()),
    ("What is the name of the missile?", "name", ()),
    ("What is the new force called?", "name", ()),
    ("What did Mikser say about sanctions?", None, ()),
    ("How does he see the sanctions?", None, ()),
    ("Tell me about cyber defence", None, ()),
    ("", None, ()),
]


@pytest.mark.parametrize(("question", "sort", "counted"), WANTS)
def test_what_a_question_wants(question: str, sort: Sort | None, counted: tuple[str, ...]) -> None:
    expected = Expectation(sort, tuple(map(stem, counted))) if sort else None
    assert expectation(question) == expected


OFFERS: list[tuple[str, str, bool]] = [
    ("How many soldiers will be sent?", "We will send 5,000 soldiers.", True),
    ("How many soldiers will be sent?", "Some 5,000 troops will go.", False),
    ("How many soldiers will be sent?", "In 2018 soldiers were sent.", False),
    ("How many soldiers will be sent?", "Soldiers will be sent.", False),
    ("How many soldiers will be sent?", "The F-35 and soldiers go.", False),
    ("How many people are involved?", "And more than 600 experts are involved.", True),
    ("How many missiles?", "It is called 9M729 and is a missile.", False),
    ("How often do attacks happen?", "Cyber-attack is something which is happening every day.", True),
    ("How often do attacks happen?", "They happen daily.", True),
    ("What is the budget?", "It is 2% of GDP.", True),
    ("Is 2% enough, and what is the share?", "It is 2% of GDP.", True),
    ("When will it be ready?", "It will be ready next year.", True),
    ("When will it be ready?", "We discuss it at our meeting in February.", True),
    ("When will it be ready?", "It will be ready.", False),
    ("When was it signed?", "It was recently signed.", False),
    ("When was it signed?", "It was signed last year.", True),
    ("Which countries disrupted it?", "It was disrupted by the Dutch services.", True),
    ("Which country helped the Netherlands?", "It was disrupted by the Dutch services.", False),
    ("Which country did it?", "Several countries did.", False),
    ("Where is the hub?", "Our Hub for the South in Naples is working.", True),
    ("Where is the hub?", "The hub is working.", False),
    ("Who did it?", "This was carried out by the GRU.", True),
    ("Who did it?", "They did it again.", False),
    ("Who helped the GRU?", "It was the GRU.", False),
    ("Why is it in danger?", "It is in danger because of Russia’s actions.", True),
    ("Why is it in danger?", "It is in danger.", False),
    ("What did he say?", "Anything.", True),
]


@pytest.mark.parametrize(("question", "sentence", "offered"), OFFERS)
def test_whether_a_sentence_offers_it(question: str, sentence: str, offered: bool) -> None:
    assert offers(expectation(question), sentence, question) is offered


def test_a_number_counts_only_what_stands_within_five_words_of_it() -> None:
    question = "How many experts took part?"
    near, far = "600 of the best cyber experts", "600 of the very best young cyber experts"
    assert [offers(expectation(question), text, question) for text in (near, far)] == [True, False]


def test_a_sentence_of_a_hundred_thousand_numbers_is_judged() -> None:
    question = "How many soldiers?"
    assert not offers(expectation(question), "1,2 " * 30_000, question)
    assert offers(expectation(question), "5 soldiers " * 10_000, question)
