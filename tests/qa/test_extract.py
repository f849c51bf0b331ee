"""Passages found become whole sentences with what surrounds them."""

from __future__ import annotations

from collections.abc import Mapping

from invented import event

from index.types import Hit, Passage, Transcript
from qa.extract import Candidate, Context, candidates, turn_candidates

TALLINN, BRUSSELS = "2014-11-20-joint-press-point", "2018-10-04-press-conference"
RIGA = event(
    "riga", None, [("Jens Stoltenberg", "First. Second. Third."), ("", "Why? Tell us."), ("Tom Berg", "Soon. Really.")]
)


def hit(transcript: Transcript, words: str, *, rank: int = 1) -> Hit:
    start = transcript.text.index(words)
    end = start + len(words)
    turn = next((t.turn_id for t in transcript.turns if t.start <= start and end <= t.end), None)
    passage = Passage(f"{transcript.doc_id}:{start}-{end}", transcript.doc_id, turn, start, end, words, words)
    return Hit(passage, 1.0, rank, "fused")


def test_only_whole_sentences_of_a_passage_come_each_once_in_the_order_of_the_hits() -> None:
    contexts = {"riga": Context(RIGA)}
    hits = [hit(RIGA, "Second. Thi"), hit(RIGA, "Soon."), hit(RIGA, "First. Second.")]
    assert [c.text for c in candidates(hits, contexts)] == ["Second.", "Soon.", "First."]


def test_a_sentence_comes_with_its_neighbours_its_question_and_its_setting() -> None:
    (found,) = candidates([hit(RIGA, "Soon.")], {"riga": Context(RIGA)})
    start = RIGA.text.index("Soon.")
    assert found == Candidate(
        "riga", "riga#t003", start, start + 5, "Soon.", "", "Really.", "Why? Tell us.",
        "  Tom Berg Foreign Minister of Denmark",
    )  # fmt: skip


def test_neighbours_never_come_from_another_turn() -> None:
    found = turn_candidates(Context(RIGA), ["riga#t001", "riga#t003"])
    assert [(c.before, c.text, c.after) for c in found] == [
        ("", "First.", "Second."),
        ("First.", "Second.", "Third."),
        ("Second.", "Third.", ""),
        ("", "Soon.", "Really."),
        ("Soon.", "Really.", ""),
    ]


def test_every_sentence_of_the_samples_is_its_offsets(sample_transcripts: Mapping[str, Transcript]) -> None:
    for transcript in sample_transcripts.values():
        context = Context(transcript)
        found = turn_candidates(context, [None, *context.turns])
        assert all(transcript.text[c.start : c.end] == c.text for c in found)
        assert all(context.turns[c.turn_id].start <= c.start < c.end <= context.turns[c.turn_id].end
                   for c in found if c.turn_id)  # fmt: skip


def test_the_header_is_found_under_no_turn(sample_transcripts: Mapping[str, Transcript]) -> None:
    context = Context(sample_transcripts[BRUSSELS])
    lines = [c.text for c in turn_candidates(context, [None])]
    assert any("by NATO Secretary General Jens Stoltenberg" in line for line in lines)
    assert "4 October 2018" in context.setting(None)
    assert not any("Good afternoon." in line for line in lines)


def test_who_answered_whom_in_tallinn(sample_transcripts: Mapping[str, Transcript]) -> None:
    transcript = sample_transcripts[TALLINN]
    context = Context(transcript)
    asked = next(t for t in transcript.turns if "is a terrorist" in transcript.text[t.start : t.end])
    answers = [context.turns[turn_id].speaker for turn_id in context.answers(asked.turn_id)]
    assert answers == ["Sven Mikser", "Jens Stoltenberg"]
    assert {context.question_turns(a)[0].turn_id for a in context.answers(asked.turn_id)} == {asked.turn_id}
    assert context.outlet(asked.turn_id) == "Financial Times"
    assert context.asked(transcript.turns[0].turn_id) == ""
    assert (context.answers(None), context.outlet(None)) == ((), None)
