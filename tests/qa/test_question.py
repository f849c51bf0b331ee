"""A question as the search takes it: aim, filters, who is missing, and the words to find."""

from __future__ import annotations

from datetime import date

import pytest
from invented import invented_roll

from index.types import Filters, Kind
from qa.question import Aim, carry, understand
from qa.sorts import is_reply
from qa.words import stem

ROLL = invented_roll()
STOLTENBERG, ANN, TOM, OANA, MIA = "Jens Stoltenberg", "Ann Berg", "Tom Berg", "Oana Lungescu", "Mia Frost"

SPEAKERS: list[tuple[str, Aim, tuple[str, ...], str | None]] = [
    # question, aim, speakers, absent
    ("What did Stoltenberg say about sanctions?", "statement", (STOLTENBERG,), None),
    ("What did Jens Stoltenberg promise?", "statement", (STOLTENBERG,), None),
    ("what did stoltenberg say about sanctions?", "statement", (STOLTENBERG,), None),
    ("Did Stoltenberg call anybody a terrorist?", "statement", (STOLTENBERG,), None),
    ("How does Ann Berg see it?", "statement", (ANN,), None),
    ("How does Berg see it?", "statement", (ANN, TOM), None),
    ("What is Stoltenberg's view of it?", "statement", (STOLTENBERG,), None),
    ("What is Stoltenberg’s position on sanctions?", "statement", (STOLTENBERG,), None),
    ("According to Stoltenberg, is it over?", "statement", (STOLTENBERG,), None),
    ("Is it over, according to the Secretary General?", "statement", (STOLTENBERG,), None),
    ("What did the SG say?", "statement", (STOLTENBERG,), None),
    ("What did the Norwegian defence minister say?", "statement", (ANN,), None),
    ("What did Norway's Minister of Defence say?", "statement", (ANN,), None),
    ("What about Stoltenberg?", "statement", (STOLTENBERG,), None),
    ("What did Stoltenberg and Ann Berg say?", "statement", (STOLTENBERG, ANN), None),
    ("And Stoltenberg?", "statement", (STOLTENBERG,), None),
    ("And the Norwegian defence minister?", "statement", (ANN,), None),
    ("What did he say about Stoltenberg?", "statement", (), None),
    ("Who met Stoltenberg in Oslo?", "statement", (), None),
    ("What was said on sanctions?", "statement", (), None),
    ("What did Angela Merkel say about it?", "statement", (), "Angela Merkel"),
    ("What did Macron say about it?", "statement", (), "Macron"),
    ("What is Macron's view?", "statement", (), "Macron"),
    ("What did Ann Stoltenberg say?", "statement", (), "Ann Stoltenberg"),
    ("What did the Polish Foreign Minister say?", "statement", (), "Polish Foreign Minister"),
    ("What did Stoltenberg say Putin wanted?", "statement", (STOLTENBERG,), None),
    ("What is the system that he said Putin acknowledged?", "statement", (), None),
    ("What did Russia say about it?", "statement", (), None),
    ("What did Moscow acknowledge?", "statement", (), None),
    ("What did NATO say about it?", "statement", (), None),
    ("What did Ministers agree?", "statement", (), None),
    ("What did Allies demand?", "statement", (), None),
    ("What did the Wales Summit declare?", "statement", (), None),
    ("Did Europe agree?", "statement", (), None),
    ("What did Oana Lungescu say?", "statement", (OANA,), None),
    ("What did Sky News ask?", "asked", (), None),
    ("What did Mia Frost ask?", "asked", (MIA,), None),
    ("Did any journalist bring up Iraq?", "asked", (), None),
    ("Who asked about sanctions?", "asked", (), None),
    ("What questions were put?", "asked", (), None),
    ("What did the press want to know?", "asked", (), None),
    ("How did he reply?", "reply", (), None),
    ("What was the answer?", "reply", (), None),
    ("Who moderated the press conference?", "event", (), None),
    ("Where did the press conference take place?", "event", (), None),
    ("When was the transcript last updated?", "event", (), None),
    ("Who took part in the briefing?", "event", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("question", "aim", "speakers", "absent"), SPEAKERS)
def test_whose_words_are_wanted(question: str, aim: Aim, speakers: tuple[str, ...], absent: str | None) -> None:
    found = understand(question, ROLL)
    assert (found.aim, found.filters.speakers, found.absent) == (aim, speakers, absent)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What did Stoltenberg say?", ("principal",)),
        ("What was said?", ("principal",)),
        ("What did Sky News ask?", ("journalist",)),
        ("What did Oana Lungescu say?", ("moderator",)),
        ("What did Mia Frost say?", ("journalist",)),
        ("What did Stoltenberg and Oana Lungescu say?", ("principal",)),
    ],
)
def test_officials_speak_unless_somebody_else_is_named(question: str, kinds: tuple[Kind, ...]) -> None:
    assert understand(question, ROLL).filters.kinds == kinds


DATES: list[tuple[str, str | None, str | None, str | None]] = [
    ("What was said in 2016?", "2016-01-01", "2016-12-31", None),
    ("What was said on 4 May 2016?", "2016-05-04", "2016-05-04", None),
    ("What was said in May 2016?", "2016-05-01", "2016-05-31", None),
    ("What changed from 2016 to June 2020?", "2016-01-01", "2020-06-30", None),
    ("What did the 2020 statement say?", "2020-01-01", "2020-12-31", None),
    ("What about Cyber Coalition 2016?", None, None, None),
    ("What must be done by 2024?", None, None, None),
    ("What was said in 2018?", None, None, "2018"),
    ("What was said on 12 March 2018?", None, None, "12 March 2018"),
    ("What was said on 3 May 2016?", None, None, None),
    ("What was said?", None, None, None),
]


@pytest.mark.parametrize(("question", "first", "last", "undated"), DATES)
def test_which_days_a_question_limits_itself_to(
    question: str, first: str | None, last: str | None, undated: str | None
) -> None:
    found = understand(question, ROLL)
    days = [day.isoformat() if day else None for day in (found.filters.date_from, found.filters.date_to)]
    missing = question[found.undated.start : found.undated.end] if found.undated else None
    assert (*days, missing) == (first, last, undated)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Stoltenberg say about economic sanctions in 2016?", ("economic", "sanctions")),
        ("What did he say about Stoltenberg?", ("stoltenberg",)),
        ("Which exercise was Cyber Coalition 2016?", ("exercise", "cyber", "coalition", "2016")),
        ("What did the Secretary General say?", ()),
    ],
)
def test_words_that_filters_stand_for_are_not_searched_again(question: str, words: tuple[str, ...]) -> None:
    assert understand(question, ROLL).stems == tuple(map(stem, words))


def test_what_the_user_chose_stays() -> None:
    given = Filters(speakers=(ANN,), date_from=date(2020, 1, 1), kinds=("journalist",), doc_ids=("riga",))
    assert understand("What did Stoltenberg say in 2016?", ROLL, given=given).filters == given


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("What did Sky News ask?", ("Sky News",)),
        ("What did the Financial Times journalist ask?", ("Financial Times",)),
        ("What did the Financial Timesman ask?", ()),
        ("What did journalists ask?", ()),
        ("What did he say to Sky News?", ()),
    ],
)
def test_the_outlets_asked_about(question: str, outlets: tuple[str, ...]) -> None:
    assert understand(question, ROLL).outlets == outlets


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("What was said in both transcripts?", True),
        ("What did each of the statements say on cyber?", True),
        ("What was said both in 2016 and in 2020?", True),
        ("What did both ministers say?", False),
    ],
)
def test_whether_every_event_is_asked_about(question: str, each: bool) -> None:
    assert understand(question, ROLL).from_each is each


@pytest.mark.parametrize(
    ("question", "reply"),
    [("How did he reply?", True), ("So what was the response?", True), ("How did Russia respond to sanctions?", False)],
)
def test_what_only_asks_for_a_reply(question: str, reply: bool) -> None:
    assert is_reply(question) is reply


@pytest.mark.parametrize(
    "unit",
    ["A", "A-", "F35-", "both ", "where ", "the secretary general ", "Minister of The ", "Stoltenberg and ",
     "4 October 2018 ", "2018 ", "Stoltenberg,", "each of the ", "which northern ", "😀", "\x00", ".*+?[("],
)  # fmt: skip
def test_a_hundred_thousand_characters_are_read_like_any_question(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert understand(text, ROLL).text == text


def test_a_name_with_the_signs_of_a_pattern_is_only_a_name() -> None:
    assert understand("What did (Sky News asked? [a-z]+ *", ROLL).outlets == ("Sky News",)


@pytest.mark.parametrize(
    ("question", "speakers", "first", "last", "notes"),
    [
        ("What did the minister say in 2016?", (ANN,), date(2016, 1, 1), date(2016, 12, 31), ()),
        ("What did Berg say since 2018?", (TOM,), date(2018, 1, 1), None, ()),
        ("What did Berg say before 2018?", (ANN,), None, date(2017, 12, 31), ()),
        (
            "What did Berg say?",
            (ANN, TOM),
            None,
            None,
            ("“Berg” may be Ann Berg or Tom Berg: all of them are searched.",),
        ),
        (
            "What did the minister say between 2016 and 2020?",
            (ANN, TOM),
            date(2016, 1, 1),
            date(2020, 12, 31),
            ("“the minister” may be Ann Berg or Tom Berg: all of them are searched.",),
        ),
        ("What did Stoltenberg say last year?", (STOLTENBERG,), date(2020, 1, 1), date(2020, 12, 31), ()),
        ("What has changed since 2018?", (), None, None, ()),
        (
            "What did Stoltenberg say in May?",
            (STOLTENBERG,),
            date(2016, 5, 1),
            date(2016, 5, 31),
            ("“May” is read as of 2016, the one on record.",),
        ),
        ("What did Stoltenberg say will happen in May?", (STOLTENBERG,), None, None, ()),
        (
            "What did Stoltenberg say on 4 June 2020?",
            (STOLTENBERG,),
            None,
            None,
            ("No transcript is of “4 June 2020”: all are searched.",),
        ),
        (
            "What did Stoltenberg say before 1990?",
            (STOLTENBERG,),
            None,
            None,
            ("No transcript is of “before 1990”: all are searched.",),
        ),
        ("Will they meet in May?", (), None, None, ()),
        (
            "What was said on 3/6/2020?",
            (),
            date(2020, 6, 3),
            date(2020, 6, 3),
            ("“3/6/2020” is read as 3 June 2020, the day first.",),
        ),
    ],
)
def test_people_and_days_together_and_what_is_stated_about_them(
    question: str, speakers: tuple[str, ...], first: date | None, last: date | None, notes: tuple[str, ...]
) -> None:
    found = understand(question, ROLL, today=date(2021, 2, 1))
    assert (found.filters.speakers, found.filters.date_from, found.filters.date_to) == (speakers, first, last)
    assert found.notes == notes


CARRIED: list[tuple[list[str], Aim, tuple[str, ...], tuple[Kind, ...], tuple[int | None, int | None]]] = [
    # conversation, then of its last question: aim, speakers, kinds, years
    (["What did Ann Berg say in 2016?", "And Stoltenberg?"], "statement", (STOLTENBERG,), ("principal",), (2016, 2016)),
    (["What did Ann Berg say in 2016?", "And in 2020?"], "statement", (ANN,), ("principal",), (2020, 2020)),
    (["What did Ann Berg say in 2016?", "Why?"], "statement", (ANN,), ("principal",), (2016, 2016)),
    (["What did Ann Berg say in 2016?", "Who else said so?"], "statement", (), ("principal",), (2016, 2016)),
    (["What did Ann Berg say in 2016?", "Has it ever been true?"], "statement", (ANN,), ("principal",), (None, None)),
    (["What did Ann Berg say in 2016?", "And Angela Merkel?"], "statement", (), ("principal",), (2016, 2016)),
    (["What did Ann Berg say?", "In 2016?", "Why?"], "statement", (ANN,), ("principal",), (2016, 2016)),
    (["Who asked about ships in 2016?", "And about planes?"], "asked", (), ("journalist",), (2016, 2016)),
    (["Who asked about ships in 2016?", "How did he reply?"], "reply", (), ("principal",), (2016, 2016)),
]


@pytest.mark.parametrize(("conversation", "aim", "speakers", "kinds", "years"), CARRIED)
def test_limits_carry_to_the_next_question_until_it_sets_or_lifts_them(
    conversation: list[str],
    aim: Aim,
    speakers: tuple[str, ...],
    kinds: tuple[Kind, ...],
    years: tuple[int | None, int | None],
) -> None:
    found = understand(conversation[0], ROLL)
    for question in conversation[1:]:
        found = carry(understand(question, ROLL), found)
    filters = found.filters
    assert (found.aim, filters.speakers, filters.kinds) == (aim, speakers, kinds)
    assert (filters.date_from and filters.date_from.year, filters.date_to and filters.date_to.year) == years


@pytest.mark.parametrize(
    ("question", "undated"),
    [
        ("What did Stoltenberg say in 2018?", "2018"),
        ("What did Stoltenberg say since 2021?", "since 2021"),
        ("What did Stoltenberg say after June 2020?", "after June 2020"),
        ("What did Stoltenberg say since 4 June 2020?", "since 4 June 2020"),
        ("What did Stoltenberg say on 4 June 2020?", None),
        ("What did Stoltenberg say since 2018?", None),
        ("What did Stoltenberg say before 1990?", None),
        ("What has been done since 2021?", None),
    ],
)
def test_days_of_which_there_is_no_event(question: str, undated: str | None) -> None:
    found = understand(question, ROLL).undated
    assert (question[found.start : found.end] if found else None) == undated
