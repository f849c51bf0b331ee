"""What the record does not hold of the days and the matters that a question is about."""

from __future__ import annotations

import pytest
from invented import invented_roll

from qa.lacking import missing, no_transcript, parts_of
from qa.question import understand

ROLL = invented_roll()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was said in 2018?", "No transcript is of “2018”: none between 4 May 2016 and 3 June 2020."),
        ("What did Ann Berg say in 1999?", "No transcript is of “1999”: none before 4 May 2016."),
        ("What did Ann Berg say in 2025?", "No transcript is of “2025”: none after 3 June 2020."),
        ("What did Ann Berg say in 2016?", ""),
    ],
)
def test_the_nearest_transcripts_to_days_without_one(question: str, said: str) -> None:
    assert no_transcript(understand(question, ROLL), ROLL) == said


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What was said about ships and planes?", ("ships", "planes")),
        ("What was said on ships, planes and trains in 2016?", ("ships", "planes", "trains")),
        ("What was said about ships?", ()),
        ("What was said about talks between Norway and Denmark?", ()),
        ("What was said about it and that?", ()),
        ("Who moderated?", ()),
    ],
)
def test_the_matters_of_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(understand(question, ROLL)) == parts


def test_a_matter_is_missing_where_no_turn_quoted_speaks_of_it() -> None:
    assert missing(("ships", "planes"), ["A ship sails."]) == ("planes",)
    assert missing(("ships", "planes"), ["A ship sails.", "Planes fly."]) == ()
    assert missing(("ships", "planes"), ["Nothing."]) == ()
