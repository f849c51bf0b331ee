"""A follow-up takes up the turn before it, a new question does not."""

from __future__ import annotations

import pytest
from invented import invented_roll

from qa.followup import Exchange, Standalone, exchanges, leans, stand_alone
from qa.named import is_known
from qa.types import Message

ROLL = invented_roll()
PLAN = Standalone("What is the Readiness Action Plan?", "What is the Readiness Action Plan?")
TOLD = "The biggest reinforcement of collective defence."

LEANS = [
    ("Why?", True),
    ("And Mikser?", True),
    ("What about the Secretary General?", True),
    ("How did he reply?", True),
    ("When will it be ready?", True),
    ("Has any of that been done?", True),
    ("Anything else?", True),
    ("And in 2018?", True),
    ("Who did it?", True),
    ("Where?", True),
    ("What do these teams do?", True),
    ("Which missile system did Russia acknowledge?", False),
    ("What did Stoltenberg say about economic sanctions on Russia?", False),
    ("Which two southern partners did NATO continue to support in 2018?", False),
    ("What is the INF Treaty?", False),
    ("What did he say about the targeting of the chemical weapons watchdog by military intelligence?", True),
    ("What did Stoltenberg say about the plan that he announced in Oslo?", False),
    ("What was said about sanctions?", False),
    ("What did Ann Berg say about Iran?", False),
    ("Who asked about Georgia?", False),
    ("Did Stoltenberg say that it was a threat?", False),
    ("Who did he talk to that night?", True),
    ("And what does that mean for Norway and its northern neighbours in the years to come?", True),
    ("Hello!", False),
    ("And " + "then he said that it was so, " * 30, False),
    ("Thanks, that is all.", False),
]


def made(question: str, before: Standalone | None = PLAN, answer: str = TOLD) -> Standalone:
    return stand_alone(
        question, before, answer, roll=ROLL, is_person=lambda name: name == "Merkel" or is_known(name, ROLL)
    )


def asked(question: str) -> Standalone:
    return Standalone(question, question)


@pytest.mark.parametrize(("question", "leaning"), LEANS)
def test_which_questions_need_what_came_before(question: str, leaning: bool) -> None:
    assert leans(question, ROLL) is leaning


def test_a_leaning_question_is_joined_with_the_last_question() -> None:
    whole = made("When will it be ready?")
    assert whole == Standalone(
        "When will it be ready?",
        "When will it be ready?",
        "What is the Readiness Action Plan?",
        TOLD,
        leans=True,
        is_whole=False,
    )
    assert whole.text == "When will it be ready? (What is the Readiness Action Plan?)"
    assert whole.searched == f"When will it be ready? (What is the Readiness Action Plan? {TOLD})"


def test_a_new_question_inherits_nothing() -> None:
    question = "Which missile system did Russia acknowledge?"
    assert made(question) == asked(question)
    assert made("Why?", None) == asked("Why?")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What did Stoltenberg say about cyber?", "And Ann Berg?", "What did Ann Berg say about cyber?"),
        ("What did Stoltenberg say about cyber?", "What about Merkel?", "What did Merkel say about cyber?"),
        ("What did Stoltenberg say about cyber?", "What about Huawei?", "What did Stoltenberg say about Huawei?"),
        ("What did the Secretary General say about cyber?", "And Ann Berg?", "What did Ann Berg say about cyber?"),
        ("What did Stoltenberg say about cyber?", "And in 2020?", "What did Stoltenberg say about cyber in 2020?"),
        ("What did Stoltenberg say on cyber in 2016?", "And in 2020?", "What did Stoltenberg say on cyber in 2020?"),
        (
            "What did Stoltenberg say on cyber in 2016?",
            "And about Georgia?",
            "What did Stoltenberg say on Georgia in 2016?",
        ),
        (
            "What did Stoltenberg say on cyber in 2016?",
            "And Ann Berg in 2020?",
            "What did Ann Berg say on cyber in 2020?",
        ),
        ("What was said about cyber?", "And by Ann Berg?", "What did Ann Berg say about cyber?"),
        ("What is NATO's position on cyber?", "And Stoltenberg's?", "What is Stoltenberg's position on cyber?"),
        ("What did Stoltenberg say about cyber?", "Did he mention Georgia?", "Did Stoltenberg mention Georgia?"),
        (
            "What did Stoltenberg say about cyber?",
            "What is his view on Georgia?",
            "What is Stoltenberg's view on Georgia?",
        ),
        ("What did Stoltenberg say about cyber?", "Why?", "Why? (What did Stoltenberg say about cyber?)"),
        (
            "What did Stoltenberg say about Ann Berg?",
            "Where was she born?",
            "Where was she born? (What did Stoltenberg say about Ann Berg?)",
        ),
    ],
)
def test_what_is_left_unsaid_is_put_in(before: str, question: str, whole: str) -> None:
    assert made(question, asked(before)).text == whole


def test_a_name_may_come_from_the_answer() -> None:
    found = made("Did he mention Georgia?", asked("Who spoke of cyber?"), "Jens Stoltenberg: Cyber matters.")
    assert found.text == "Did Jens Stoltenberg mention Georgia?"


def test_a_chain_of_follow_ups_goes_back_to_the_question_that_stood_alone() -> None:
    first = made("When will it be ready?")
    second = made("Who pays for it?", first, "Soon.")
    assert second.text == "Who pays for it? (What is the Readiness Action Plan?)"
    assert second.searched == "Who pays for it? (What is the Readiness Action Plan? Soon.)"


def test_only_the_start_of_the_answer_is_taken_up() -> None:
    whole = made("Why?", PLAN, " ".join(f"w{i}" for i in range(100)))
    assert whole.earlier_answer == " ".join(f"w{i}" for i in range(60))


@pytest.mark.parametrize(
    ("history", "found"),
    [
        ([], []),
        ([{"role": "assistant", "content": "Hello."}], []),
        ([{"role": "user", "content": "One?"}, {"role": "user", "content": "Two?"}], [("One?", ""), ("Two?", "")]),
        ([{"role": "assistant", "content": "Hi."}, {"role": "user", "content": "One?"}], [("One?", "")]),
        ([{"role": "user", "content": "One \ud800?"}, {"role": "assistant", "content": "A."}], [("One ??", "A.")]),
    ],
)
def test_a_history_that_does_not_alternate(history: list[Message], found: list[tuple[str, str]]) -> None:
    assert exchanges(history) == [Exchange(*one) for one in found]
