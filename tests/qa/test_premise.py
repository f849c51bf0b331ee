"""What a question takes for said, and whose words those are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from record_builder import citation_of, transcript_of
from scored import candidate_of

from qa.credit import another_said
from qa.premise import Claim, Holder, best_holder, claim, is_anothers


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Did Ann call Putin a terrorist?", Claim("Putin a terrorist", presumed=False)),
        ("Why did Ann call Putin a terrorist?", Claim("Putin a terrorist", presumed=True)),
        ("When did the Ann promise to pull the plug?", Claim("to pull the plug", presumed=True)),
        ("I wonder whether Ann said that ships would be sold.", Claim("ships would be sold", presumed=False)),
        ("Has Ann ever said that ships would be sold?", Claim("ships would be sold", presumed=False)),
        ("What did Ann say about Putin and his terrorists?", None),
        ("Did Ann say anything about the terrorists in Syria?", None),
        ("Did Ann say yes?", None),
        ("Did Ann visit the ships at sea?", None),
        ("What did Ann call the ships at sea?", None),
    ],
)
def test_what_somebody_is_asked_to_have_said(question: str, found: Claim | None) -> None:
    start = question.index("Ann")
    assert claim(question, start, start + 3) == found


def test_the_holder_has_most_of_the_words_by_weight() -> None:
    transcript = transcript_of("Ships are sold. Putin is a terrorist. Ships matter to Putin.")
    found = [candidate_of(transcript, words) for words in ("Ships are", "Putin is", "Ships matter")]
    holder = best_holder("Putin a terrorist", found, lambda word: 3.0 if word == "terrorist" else 1.0)
    assert holder == Holder(found[1], 1.0)
    assert best_holder("Putin a terrorist", [], len) is None
    near = best_holder("Putin a terrorist", found[2:], lambda word: 3.0 if word == "terrorist" else 1.0)
    assert near == Holder(found[2], 0.25)


@pytest.mark.parametrize(
    ("own", "other", "theirs"),
    [(None, 0.6, True), (0.0, 0.59, False), (0.4, 0.7, True), (0.5, 0.7, False), (1.0, 1.0, False), (0.0, None, False)],
)
def test_words_are_anothers_where_another_has_clearly_more_of_them(
    own: float | None, other: float | None, theirs: bool
) -> None:
    one = candidate_of(transcript_of("Ships."), "Ships")
    holders = [None if share is None else Holder(one, share) for share in (own, other)]
    assert is_anothers(*holders) is theirs


def test_whose_words_they_are_is_said_with_the_role() -> None:
    held = citation_of(transcript_of("Ships are sold."), "Ships are sold.")
    asked = replace(held, kind="journalist", speaker="Mia Frost", reported_from="the mayor")
    assert another_said("Bob", held) == "Not in the words of Bob: it stands in the words of Ann Example."
    assert another_said("Bob", asked) == (
        "Not in the words of Bob: it stands in a journalist’s question (Mia Frost), reporting the mayor."
    )
    moderated = replace(held, kind="moderator", speaker=None, role=None)
    assert another_said("Bob", moderated) == "Not in the words of Bob: it stands in the moderator’s words."
    reported = replace(held, reported_from="the mayor")
    assert another_said("Ann Example", reported) == "Ann Example only reports this, as the words of the mayor."
