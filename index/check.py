"""What must hold of every transcript, whatever the page: nothing lost, nothing twice, every span in its place."""

from __future__ import annotations

from index.types import Transcript

KINDS = frozenset({"principal", "moderator", "journalist", "unknown"})


def broken_promises(transcript: Transcript) -> list[str]:
    """What does not hold of ``transcript``, one sentence each; empty when all is well."""
    return [*_tiling(transcript), *_turns(transcript), *_references(transcript)]


def _tiling(transcript: Transcript) -> list[str]:
    wrong, at = [], 0
    for region in transcript.regions:
        if region.start != at or region.end <= region.start:
            wrong.append(f"region {region.start}-{region.end} does not follow {at}")
        at = region.end
    if at != len(transcript.text):
        wrong.append(f"regions end at {at} of {len(transcript.text)}")
    wrong += [
        f"no reason for what was dropped at {r.start}"
        for r in transcript.regions
        if r.kind == "dropped" and not r.reason
    ]
    spoken = [(region.start, region.end) for region in transcript.regions if region.kind == "turn"]
    if spoken != [(turn.start, turn.end) for turn in transcript.turns]:
        wrong.append("the regions of turns are not the turns")
    return wrong


def _turns(transcript: Transcript) -> list[str]:
    wrong, last = [], 0
    for turn in transcript.turns:
        words = transcript.text[turn.start : turn.end]
        if not last <= turn.start < turn.end <= len(transcript.text):
            wrong.append(f"turn {turn.turn_id} stands at {turn.start}-{turn.end}, after {last}")
        if not words.strip() or words != words.strip():
            wrong.append(f"turn {turn.turn_id} is empty or wrapped in white space")
        if turn.kind not in KINDS:
            wrong.append(f"turn {turn.turn_id} is of kind {turn.kind!r}")
        if turn.speaker is not None and not turn.speaker.strip():
            wrong.append(f"turn {turn.turn_id} has an empty name")
        last = turn.end
    if len({turn.turn_id for turn in transcript.turns}) != len(transcript.turns):
        wrong.append("two turns have the same id")
    return wrong


def _references(transcript: Transcript) -> list[str]:
    by_id = {turn.turn_id: turn for turn in transcript.turns}
    wrong = [
        f"an exchange names the unknown turn {name}"
        for pair in transcript.exchanges
        for name in (*pair.question_turns, *pair.answer_turns)
        if name not in by_id
    ]
    for report in transcript.reported:
        turn = by_id.get(report.turn_id)
        inside = turn is not None and turn.start <= report.cue_start < report.cue_end <= turn.end
        if turn is None or not inside or not turn.start <= report.start < report.end <= turn.end:
            wrong.append(f"reported speech at {report.start}-{report.end} is not inside its turn")
    return wrong
