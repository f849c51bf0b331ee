"""Who asks: named by the label, by themselves, by the moderator's call, or by the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.accept import Page
from index.calls import is_reaction, read_call
from index.introductions import Asker, read_introduction
from index.names import fold, fold_words
from index.turns import Draft

_WHO_IS_IT = re.compile(
    r"\b(?:next|last|another|final|one\s+more|second|third|other)\s+(?:question|one)|\bover\s+there|\bwho\s+(?:is|are|was|else)|\bin\s+the\s+(?:back|front|middle|second|first|third|last)"
    r"|\b(?:someone|somebody|anyone|anybody)(?:\s+(?:else|over|there|here)\b|\s*\?)|\bcalled\s+on\b|\b(?:gentleman|lady|colleague)\b|\byes,?\s+please|\bplease\s+go|\byour\s+name|\bquestion\s+suivante|\bquestions?\s*\?",
    re.IGNORECASE,
)


def name_journalists(page: Page, drafts: Sequence[Draft]) -> None:
    """Fill ``name``, ``outlet`` and the ``inferred`` flag of every journalist's turn, in order."""
    floor, called, asked_who = Asker(), Asker(), False
    officials = _official_words(page, drafts)
    for before, draft in zip([None, *drafts], drafts, strict=False):
        text = draft.text(page)
        # two questions on end are two voices
        asked_who = asked_who or (before is not None and before.kind == draft.kind == "journalist")
        if draft.kind in {"moderator", "principal"}:
            call = read_call(text, officials, whole=draft.kind == "moderator")
            if before is not None and before.kind == "journalist" and _lets_go_on(text, call, floor):
                called, asked_who = floor, False
            elif call:
                called, asked_who = call, False
            elif draft.kind == "moderator" or _WHO_IS_IT.search(_last_words(text)):
                asked_who = asked_who or bool(_WHO_IS_IT.search(text)) or draft.kind == "moderator"
                called = Asker() if asked_who else called
            continue
        if draft.kind != "journalist":
            continue
        floor = _identify(draft, text, floor=floor, called=called, unknown=asked_who, officials=officials)
        called, asked_who = Asker(), False
    _spread_outlets(page, drafts)


def _lets_go_on(text: str, call: Asker, floor: Asker) -> bool:
    """Whether words right after a question only keep its asker on: ``We can.`` · ``Please go ahead, Anna.``"""
    named = set(fold_words(floor.name or ""))
    return is_reaction(text) or bool(call.name and not call.outlet and set(fold_words(call.name)) <= named)


def _last_words(text: str) -> str:
    """The end of an answer, as long as a call is."""
    return " ".join(text[-160:].split()[-12:])


def _identify(
    draft: Draft, text: str, *, floor: Asker, called: Asker, unknown: bool, officials: frozenset[str]
) -> Asker:
    """Name one journalist's turn and return who holds the floor now."""
    intro = read_introduction(text, officials)
    if draft.who is not None or draft.name or draft.outlet:
        named = Asker(draft.name or intro.name, draft.outlet or intro.outlet)
        if (
            draft.name is None
            and draft.outlet
            and called.name
            and (not called.outlet or fold(called.outlet) in fold(draft.outlet))
        ):
            named = Asker(called.name, draft.outlet)
            draft.flags.append("inferred")
        elif named.outlet is None and called.outlet and not _different(called.name, named.name):
            named = Asker(named.name, called.outlet)
    elif intro:
        same = not _different(intro.name, called.name)
        named = Asker(intro.name or (called.name if same else None), intro.outlet or (called.outlet if same else None))
        if (intro.name is None and named.name is not None) or intro.outlet is None:
            draft.flags.append("inferred")
        if intro.name is None and called.name is None and floor.outlet and fold(floor.outlet) == fold(intro.outlet):
            named = floor
    else:
        named = called or (Asker() if unknown else floor)
        draft.flags.append("inferred")
    draft.name, draft.outlet = named.name, named.outlet
    return named


def _different(first: str | None, second: str | None) -> bool:
    return bool(first and second and not set(fold_words(first)) & set(fold_words(second)))


def _spread_outlets(page: Page, drafts: Sequence[Draft]) -> None:
    """The same journalist has the same outlet in every turn, once it was said or stood in a label."""
    outlets = {fold(entry.name): entry.affiliation for entry in page.registry.entries if entry.affiliation}
    for draft in drafts:
        if draft.kind == "journalist" and draft.name and draft.outlet:
            outlets.setdefault(fold(draft.name), draft.outlet)
    for draft in drafts:
        if draft.kind == "journalist" and draft.name and not draft.outlet:
            draft.outlet = outlets.get(fold(draft.name))


def _official_words(page: Page, drafts: Sequence[Draft]) -> frozenset[str]:
    """Folded names of those who answer: a moderator who names one of them calls no journalist."""
    asking = {draft.who for draft in drafts if draft.kind == "journalist" and draft.who is not None}
    return frozenset(
        word for at, entry in enumerate(page.registry.entries) if at not in asking for word in fold_words(entry.name)
    )
