"""Counting and complete lists: what is looked up, and every place of it against a search written another way."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import event

from index.types import Filters, Transcript
from qa.every import Wanted, look_up, wanted
from qa.extract import Contexts

TABLE = [
    ("How many times did Stoltenberg mention Russia?", Wanted("Russia")),
    ("How many times did Stoltenberg mention Russia in 2018?", Wanted("Russia")),
    ("How many times was Russia mentioned and by whom?", Wanted("Russia")),
    ("How often was Putin mentioned?", Wanted("Putin")),
    ("How often is hybrid warfare mentioned by journalists?", Wanted("hybrid warfare")),
    ('how often did Stoltenberg say "burden-sharing" in 2018?', Wanted("burden-sharing")),
    ("How many times has Iraq come up in the record?", Wanted("Iraq")),
    ("How many times does the word deterrence occur?", Wanted("deterrence")),
    ("How many times did Stoltenberg talk about Georgia since 2016?", Wanted("Georgia")),
    ("In how many press conferences did he mention Iran?", Wanted("Iran")),
    ("count mentions of China", Wanted("China")),
    ("Every time Mikser mentioned Russia", Wanted("Russia")),
    ("all the times the Readiness Action Plan was mentioned", Wanted("Readiness Action Plan")),
    ("List all mentions of cyber defence by Stoltenberg in October 2018", Wanted("cyber defence")),
    ("Show every statement that mentions Afghanistan", Wanted("Afghanistan")),
    ("Find every passage with “collective defence”", Wanted("collective defence")),
    ("Give me all quotes where Mikser refers to sanctions", Wanted("sanctions")),
    ("When did Stoltenberg first mention the INF Treaty?", Wanted("INF Treaty", "first")),
    ('When was the last time Stoltenberg said the word "fairness"?', Wanted("fairness", "last")),
    ("Who first mentioned Iraq?", Wanted("Iraq", "first")),
    ("How many soldiers will go to Estonia?", None),
    ("How often do they meet?", None),
    ("How many times did Russia use its veto?", None),
    ("How many times did the Secretary General say that Russia must withdraw?", None),
    ("Did he mention all the Allies?", None),
    ("Which countries were mentioned?", None),
    ("What was mentioned on all occasions?", None),
    ("Will this be the first time the two of them talk about the war?", None),
    ("What did he say first?", None),
]


@pytest.mark.parametrize(("question", "expected"), TABLE)
def test_what_a_question_wants_looked_up(question: str, expected: Wanted | None) -> None:
    assert wanted(question) == expected


RIGA = event(
    "riga",
    date(2016, 5, 4),
    [
        ("Jens Stoltenberg", "Russia’s fleet grew. We spoke of russia and of Russia. Prussia did not."),
        ("Mia Frost", "Will Russia pay?"),
        ("Ann Berg", "No. The Black\nSea is not Russia. The Black Sea. Is ours."),
    ],
)
OSLO = event("oslo", date(2014, 5, 4), [("Jens Stoltenberg", "Russia."), ("Tom Berg", "Nothing.")])
RECORD = Contexts({"oslo": OSLO, "riga": RIGA})
ORDER = ["oslo", "riga"]


def quotes(term: str, filters: Filters) -> list[str]:
    places, _ = look_up(term, RECORD, ORDER, filters)
    return [RECORD[place.doc_id].transcript.text[place.start : place.end] for place in places]


def test_every_sentence_that_holds_the_words_once_and_in_order_of_time() -> None:
    officials = Filters(kinds=("principal",))
    assert quotes("russia", officials) == [
        "Russia.",
        "Russia’s fleet grew.",
        "We spoke of russia and of Russia.",
        "The Black\nSea is not Russia.",
    ]
    assert quotes("Russia's", officials) == ["Russia’s fleet grew."]
    assert quotes("the black sea", officials) == ["The Black\nSea is not Russia.", "The Black Sea."]
    assert quotes("sea. is ours", officials) == ["The Black Sea. Is ours."]
    assert quotes("Russia", Filters(speakers=("ann berg",))) == ["The Black\nSea is not Russia."]
    assert quotes("Russia", Filters(kinds=("journalist",))) == ["Will Russia pay?"]
    _, count = look_up("Russia", RECORD, ORDER, officials)
    assert (count.occurrences, count.turns, count.transcripts) == (5, 3, 2)
    assert look_up("Prussian", RECORD, ORDER, officials)[0] == []


words = st.lists(
    st.sampled_from(["ab", "Ab", "abc", "b", "c.", "ab,", "x-ab", "ab’s", "ü", "(b"]), min_size=1, max_size=14
)


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from(["ab", "b", "ab c", "ab b", "x-ab", "ü", "ab's"]))
def test_counts_equal_a_search_by_hand(turns: list[list[str]], term: str) -> None:
    record: Transcript = event("one", None, [("Ann Berg", "  ".join(turn)) for turn in turns])
    places, count = look_up(term, Contexts({"one": record}), ["one"], Filters())
    by_hand = 0
    for turn in record.turns:
        text = " ".join(record.text[turn.start : turn.end].replace("’", "'").casefold().split())
        at = text.find(term)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(term) : at + len(term) + 1]
            whole = not re.match(r"\w", before) and not re.match(r"\w", after)
            by_hand += whole
            at = text.find(term, at + (len(term) if whole else 1))
    assert count.occurrences == by_hand
    held = [record.text[place.start : place.end] for place in places]
    assert all(re.sub(r"\s+", " ", text.replace("’", "'")).casefold().find(term) >= 0 for text in held)
    assert len({(place.start, place.end) for place in places}) == len(places) <= count.occurrences
