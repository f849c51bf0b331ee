"""A follow-up takes up the turn before it, a new question does not."""

from __future__ import annotations

import pytest

from qa.followup import Standalone, leans, stand_alone
from qa.types import Message

HISTORY: list[Message] = [
    {"role": "user", "content": "What is the Readiness Action Plan?"},
    {"role": "assistant", "content": "The biggest reinforcement of collective defence."},
]

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
    ("What did he say about the targeting of the chemical weapons watchdog by military intelligence?", False),
]


@pytest.mark.parametrize(("question", "leaning"), LEANS)
def test_which_questions_need_what_came_before(question: str, leaning: bool) -> None:
    assert leans(question) is leaning


def test_a_leaning_question_is_joined_with_the_last_turn() -> None:
    whole = stand_alone("When will it be ready?", HISTORY)
    assert whole == Standalone(
        "When will it be ready?",
        "What is the Readiness Action Plan?",
        "The biggest reinforcement of collective defence.",
    )
    assert whole.text == (
        "When will it be ready? (What is the Readiness Action Plan? The biggest reinforcement of collective defence.)"
    )


def test_a_new_question_inherits_nothing() -> None:
    question = "Which missile system did Russia acknowledge?"
    assert stand_alone(question, HISTORY) == Standalone(question)
    assert Standalone(question).text == question


def test_only_the_last_turn_is_taken_up_and_only_the_start_of_its_answer() -> None:
    history: list[Message] = [
        *HISTORY,
        {"role": "user", "content": "What is the Spearhead Force?"},
        {"role": "assistant", "content": " ".join(f"w{i}" for i in range(100))},
    ]
    whole = stand_alone("Why?", history)
    assert whole.earlier_question == "What is the Spearhead Force?"
    assert whole.earlier_answer == " ".join(f"w{i}" for i in range(60))


@pytest.mark.parametrize(
    ("history", "context"),
    [
        ([], ""),
        ([{"role": "assistant", "content": "Hello."}], ""),
        ([{"role": "user", "content": "One?"}, {"role": "user", "content": "Two?"}], "Two?"),
        ([{"role": "assistant", "content": "Hi."}, {"role": "user", "content": "One?"}], "One? Hi."),
        ([{"role": "user", "content": "One \ud800?"}], "One ??"),
    ],
)
def test_a_history_that_does_not_alternate(history: list[Message], context: str) -> None:
    assert stand_alone("Why?", history).context == context
