"""How an answer came about, stage by stage and candidate by candidate, for the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.terminal import printable
from qa.wire import answer_to_json, filters_to_json

if TYPE_CHECKING:
    from qa.answer import Explanation
    from qa.relevance import Scored

_PASSAGES, _SENTENCES = 20, 20  # shown in the terminal; JSON holds all
_WORDS = 12


def explanation_to_json(explained: Explanation) -> dict[str, Any]:
    """The Answer's object with ``explain``: what each stage made of each candidate, best first."""
    ranks = {hit.passage.passage_id: hit.rank for hit in explained.hits}
    chosen = {(one.scored.candidate.doc_id, one.scored.candidate.start) for one in explained.chosen}
    stages = {
        "understood": {
            "sort": explained.asked.sort,
            "expects": explained.asked.expected.sort if explained.asked.expected else None,
            "filters": filters_to_json(explained.asked.filters),
        },
        "passages": [
            {
                "passage_id": one.hit.passage.passage_id,
                "found": ranks[one.hit.passage.passage_id],
                "search_score": round(one.hit.score, 3),
                "read": one.reading is not None,
                "fit": round(one.reading.fit, 3) if one.reading else None,
                "no_answer": round(one.reading.none, 3) if one.reading else None,
                "score": round(one.score, 3),
            }
            for one in explained.reranked
        ],
        "sentences": [
            _sentence(one) | {"chosen": (one.candidate.doc_id, one.candidate.start) in chosen}
            for one in explained.ranked
        ],
    }
    return answer_to_json(explained.answer) | {"explain": stages}


def _sentence(scored: Scored) -> dict[str, Any]:
    return {
        "doc_id": scored.candidate.doc_id,
        "start": scored.candidate.start,
        "end": scored.candidate.end,
        "score": round(scored.score, 3),
        "evidence": round(scored.evidence, 3) if scored.evidence is not None else None,
        "cosine": round(scored.cosine, 3),
        "words": round(scored.covered, 3),
        "expected": scored.offers,
    }


def render_explanation(explained: Explanation) -> str:
    """The stages as tables, the best of each."""
    stages = explanation_to_json(explained)["explain"]
    understood = stages["understood"]
    lines = [
        f"understood   looks for: {understood['sort']}, expects {understood['expects'] or 'anything'}",
        f"found        {len(explained.hits)} passages, of which {sum(p['read'] for p in stages['passages'])} were read",
        "",
        " place  found as  search    fit  no answer  passage",
    ]
    for place, (one, passage) in enumerate(zip(stages["passages"], explained.reranked, strict=True), start=1):
        if place <= _PASSAGES:
            none = _number(one["no_answer"])
            words = _words(passage.hit.passage.text)
            found = f"{one['found']:8}  {one['search_score']:6.2f}"
            lines.append(f"{place:6}  {found}  {_number(one['fit'])}  {none:>9}  {words}")
    lines += ["", " place   score  evidence  meaning  words  right sort  sentence (* chosen)"]
    lines += [
        f"{place:6}  {one['score']:6.2f}  {_number(one['evidence']):>8}  {one['cosine']:7.2f}  {one['words']:5.2f}"
        f"  {'yes' if one['expected'] else 'no':>10}  {'* ' if one['chosen'] else '  '}{_words(scored.candidate.text)}"
        for place, (one, scored) in enumerate(
            zip(stages["sentences"][:_SENTENCES], explained.ranked, strict=False), start=1
        )
    ]
    spent = ", ".join(f"{stage} {ms:.0f} ms" for stage, ms in explained.answer.timings_ms.items())
    return "\n".join([*lines, "", f"{explained.answer.status}: {explained.answer.reason or 'supported'}", spent])


def _number(value: float | None) -> str:
    return "     –" if value is None else f"{value:6.2f}"


def _words(text: str) -> str:
    words = printable(text).split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
