"""Sentences that the search says: English text wherever they are read, and French on the French page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from record_builder import refusal_of

from qa.catalogue import texts
from qa.said import in_language, say
from qa.web.render import render_answer_markdown

GAP = say("said.no_transcript_between", days="2016", before=date(2014, 11, 20), after=date(2018, 10, 1))


def test_a_sentence_is_english_text() -> None:
    assert GAP == "No transcript is of “2016”: none between 20 November 2014 and 1 October 2018."
    assert json.loads(json.dumps({"reason": GAP})) == {"reason": str(GAP)}


def test_a_sentence_knows_its_french() -> None:
    first = "Aucune transcription ne date de «\u00a02016\u00a0»\u00a0: "
    second = "aucune entre le 20 novembre 2014 et le 1er octobre 2018."
    assert in_language(GAP, "fr") == first + second
    assert in_language(GAP, "en") == str(GAP)


def test_a_sentence_within_a_sentence_speaks_the_same_language() -> None:
    whole = say("said.none_speaks", first=GAP)
    assert whole == f"{GAP} None speaks of it."
    assert in_language(whole, "fr") == f"{in_language(GAP, 'fr')} Aucune n’en parle."


def test_numbers_and_names_are_written_as_the_language_does() -> None:
    used = say("said.used", term="NATO", n=5061, first=date(2014, 1, 1), last=say("said.unknown_day"))
    assert used == "“NATO” is said 5,061 times: first on 1 January 2014, last on an unknown day."
    once = say("said.used", term="NATO", n=1, first=date(2014, 1, 1), last=date(2014, 1, 1))
    assert once == "“NATO” is said once: first on 1 January 2014, last on 1 January 2014."
    assert say("said.officials", names=("A", "B")) == "Officials who speak: A, B."


def test_text_that_knows_no_other_language_is_said_to_know_none() -> None:
    assert in_language("As it is.", "en") == "As it is."
    assert in_language("As it is.", "fr") is None


def test_a_refusal_on_the_french_page_gives_its_reason_in_french() -> None:
    shown = render_answer_markdown(replace(refusal_of(), reason=GAP), texts("fr"))
    assert shown.startswith("**Les transcriptions ne répondent pas à cette question.** Aucune transcription ne date de")
    plain = render_answer_markdown(replace(refusal_of(), reason="As it is."), texts("fr"))
    assert '<span lang="en">As it is.</span>' in plain
