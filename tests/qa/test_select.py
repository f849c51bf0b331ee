"""The fewest quotes that answer, each able to stand alone."""

from __future__ import annotations

import pytest
from invented import event
from scored import candidate_of, scored_of

from index.types import Transcript
from qa.extract import Context
from qa.relevance import Scored
from qa.select import Chosen, Limits, choose, is_filler, leans_back, one_from_each

LONG = "Word " * 50
RIGA = event(
    "riga",
    None,
    [
        (
            "Jens Stoltenberg",
            "Good afternoon. Allies agreed on a plan. This is the biggest one. It comes soon. Sanctions work.",
        ),
        ("Tom Berg", f"Denmark agrees. Cyber matters. {LONG}ends. Thank you."),
    ],
)
OSLO = event("oslo", None, [("Ann Berg", "Norway agrees too. Norway pays.")])
CONTEXTS = {"riga": Context(RIGA), "oslo": Context(OSLO)}


def words(chosen: list[Chosen]) -> list[str]:
    texts: dict[str, Transcript] = {"riga": RIGA, "oslo": OSLO}
    return [texts[c.scored.candidate.doc_id].text[c.start : c.end] for c in chosen]


def ranked(*scores: tuple[str, float]) -> list[Scored]:
    found = [scored_of(OSLO if text.startswith("Norway") else RIGA, text, score) for text, score in scores]
    return sorted(found, key=lambda s: -s.score)


def test_the_best_alone_where_nothing_comes_close() -> None:
    assert words(choose(ranked(("Sanctions work", 10), ("Denmark agrees", 4.9)), CONTEXTS)) == ["Sanctions work."]


def test_others_within_the_margin_follow_best_first() -> None:
    found = ranked(("Denmark agrees", 9), ("Sanctions work", 10), ("Norway agrees", 6))
    assert words(choose(found, CONTEXTS)) == ["Sanctions work.", "Denmark agrees.", "Norway agrees too."]


def test_no_more_quotes_than_the_limit() -> None:
    found = ranked(("Denmark agrees", 9), ("Sanctions work", 10), ("Norway agrees", 8))
    assert words(choose(found, CONTEXTS, Limits(quotes=2))) == ["Sanctions work.", "Denmark agrees."]


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    assert words(choose(ranked(("This is", 10)), CONTEXTS)) == ["Allies agreed on a plan. This is the biggest one."]


def test_a_sentence_draws_in_those_that_go_on_from_it_while_they_score() -> None:
    found = ranked(("Allies agreed", 10), ("This is", 6), ("It comes", 3.9))
    assert words(choose(found, CONTEXTS, Limits(quotes=1))) == ["Allies agreed on a plan. This is the biggest one."]
    found = ranked(("Allies agreed", 10), ("This is", 6), ("It comes", 5.6))
    assert words(choose(found, CONTEXTS, Limits(quotes=1)))[0].endswith("It comes soon.")


def test_neighbours_become_one_quote_at_the_place_of_the_better() -> None:
    found = ranked(("Denmark agrees", 10), ("Sanctions work", 9.5), ("Cyber matters", 9))
    assert words(choose(found, CONTEXTS)) == ["Denmark agrees. Cyber matters.", "Sanctions work."]


def test_quotes_of_two_turns_are_never_joined() -> None:
    found = ranked(("Sanctions work", 10), ("Denmark agrees", 10))
    assert len(choose(found, CONTEXTS)) == 2


def test_a_quote_over_the_word_limit_is_passed_over_unless_it_is_the_best() -> None:
    found = ranked(("Sanctions work", 10), ("Word", 9), ("Denmark agrees", 8))
    limits = Limits(words=10)
    assert words(choose(found, CONTEXTS, limits)) == ["Sanctions work.", "Denmark agrees."]
    assert words(choose(ranked(("Word", 9), ("Denmark agrees", 8)), CONTEXTS, limits)) == [f"{LONG}ends."]


def test_nothing_ranked_nothing_chosen() -> None:
    assert choose([], CONTEXTS) == []
    assert one_from_each([], CONTEXTS) == []


def test_one_from_each_takes_the_best_of_every_document() -> None:
    found = ranked(("Denmark agrees", 10), ("Sanctions work", 9), ("Norway agrees", 1))
    assert words(one_from_each(found, CONTEXTS)) == ["Denmark agrees.", "Norway agrees too."]


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("This is a start.", True),
        ("And it will go on.", True),
        ("But therefore they agreed.", True),
        ("Including the use of force.", True),
        ("To prepare for hybrid attacks.", True),
        ("Fairer burden-sharing underpins this.", True),
        ("One of these is cyber.", True),
        ("Setting up a new centre.", True),
        ("During the meeting we agreed.", False),
        ("Nothing is decided.", False),
        ("Spring is here.", False),
        ("Allies agree that this matters to them all.", False),
        ("There's a lot to do.", False),
        ("Russia has not been transparent.", False),
        ("", False),
    ],
)
def test_which_sentences_point_at_the_one_before(sentence: str, leans: bool) -> None:
    assert leans_back(sentence) is leans


@pytest.mark.parametrize(("opening", "filler"), [("Good afternoon", True), ("Thank you", True), ("Sanctions", False)])
def test_greetings_and_thanks_answer_nothing(opening: str, filler: bool) -> None:
    assert is_filler(candidate_of(RIGA, opening)) is filler


def test_thanks_that_go_on_to_say_something_are_no_filler() -> None:
    text = "Thank you for the question, and let me say that all Allies agreed to spend more on their own defence."
    assert not is_filler(candidate_of(event("e", None, [("Ann Berg", text)]), "Thank you"))


@pytest.mark.parametrize("unit", ["and ", "to ", "this ", "A ", "so, and ", "\xa0"])
def test_patterns_hold_on_a_hundred_thousand_characters(unit: str) -> None:
    leans_back(unit * (100_000 // len(unit)))


def test_a_large_record_gives_no_more_than_five_events_a_quote_each() -> None:
    events = [event(f"e{i}", None, [("Ann Berg", f"Number {i}.")]) for i in range(9)]
    found = [scored_of(transcript, "Number", 9 - i) for i, transcript in enumerate(events)]
    chosen = one_from_each(found, {transcript.doc_id: Context(transcript) for transcript in events})
    assert [c.scored.candidate.doc_id for c in chosen] == ["e0", "e1", "e2", "e3", "e4"]
