"""Names and days that the record never speaks of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.types import Transcript
from qa.dates import date_mentions
from qa.mentioned import is_dated, unmentioned

TEXTS = (
    "We met the Organisation for the Prohibition of Chemical Weapons in The Hague.",
    "The EU and the UK agree. Crimea is Ukraine. In December 2017 we decided. NATO's Spearhead Force is ready.",
)

NAMES: list[tuple[str, str | None]] = [
    ("What was said about Afghanistan?", "Afghanistan"),
    ("What was said about the Afghans and Brexit?", "Afghans"),
    ("What was said about Brexit?", "Brexit"),
    ("What was said about Article 5?", "Article"),
    ("What was said about ISIS?", "ISIS"),
    ("What was said about the OPCW?", None),
    ("What was said about the European Union?", None),
    ("What was said about Britain and the British?", None),
    ("What did London say?", None),
    ("What was said about Ukrainians?", None),
    ("What was said about the Crimean Peninsula?", None),
    ("What was said about the Spearhead Forces?", None),
    ("What was said in October and on Monday?", None),
    ("Brexit was mentioned where?", None),
    ("What Was Said About Brexit In Riga?", None),
    ("what was said about brexit?", None),
    ("What was said about NATO’s plans?", None),
    ("", None),
    ("Is it over? Afghanistan asked. What of Mali?", "Mali"),
]


@pytest.mark.parametrize(("question", "name"), NAMES)
def test_the_first_name_that_no_text_holds_in_any_spelling(question: str, name: str | None) -> None:
    assert unmentioned(question, TEXTS) == name


def test_known_spans_are_not_looked_up() -> None:
    question = "What did Macron say about Brexit?"
    start = question.index("Macron")
    assert unmentioned(question, TEXTS) == "Macron"
    assert unmentioned(question, TEXTS, known=[(start, start + 6)]) == "Brexit"


@pytest.mark.parametrize(
    ("question", "dated"),
    [("in 2017", True), ("in December 2017", True), ("on 3 December 2017", False), ("in 2016", False)],
)
def test_a_day_is_dated_where_a_text_names_it_or_a_part_of_it(question: str, dated: bool) -> None:
    (mention,) = date_mentions(question)
    assert is_dated(mention, TEXTS) is dated


def test_every_name_of_the_samples_is_mentioned_in_them(sample_transcripts: Mapping[str, Transcript]) -> None:
    texts = tuple(t.text for t in sample_transcripts.values())
    for name in ("Federica Mogherini", "GRU", "Wales Summit", "Moscow", "Kingdom of the Netherlands", "OPCW", "Finns"):
        assert unmentioned(f"what about {name}?", texts) is None, name
    for name in ("Merkel", "Kosovo", "KFOR", "Chinese", "Bundestag"):
        assert unmentioned(f"what about {name}?", texts) == name
