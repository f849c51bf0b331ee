"""What each speaker is in this document: principal, moderator, journalist or unknown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from index.accept import Page
from index.calls import is_reaction, read_call
from index.lexicon import HOST_WORDS, MODERATOR_WORDS
from index.names import fold, fold_words, is_outlet
from index.turns import Draft
from index.types import Kind

_CALLS = re.compile(
    r"\b(?:next\s+question|last\s+question|first\s+question|one\s+more|go\s+ahead|please|over\s+there|that's\s+all|thank\s+you\s+(?:all|for|very|everyone|everybody)|thanks|questions?|"
    r"final\s+question|we(?:'ll|\s+will)?\s+(?:go|start|begin|take|move|have|now)|let's|welcome|première\s+question|merci|пожалуйста|вопрос|будь\s+ласка|запитання)\b",
    re.IGNORECASE,
)
_LONG_CALL = 60  # words; moderators who open an event speak longer, but only there
_LONG_OPENING = 150  # words
_FEW = 6  # words: "The gentleman beside her."


def assign_kinds(page: Page, drafts: Sequence[Draft], *, news_interview: bool) -> None:
    """Set ``kind`` on every draft. The same person is the same kind throughout."""
    turns_of: dict[str, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        turns_of[_key(draft)].append(at)
    asks = any(draft.part == "question" for draft in drafts)
    kinds = {
        key: _kind(page, drafts, turns, asks=asks, news_interview=news_interview) for key, turns in turns_of.items()
    }
    if "principal" not in kinds.values():
        _promote(drafts, turns_of, kinds)
    for key, turns in turns_of.items():
        for at in turns:
            drafts[at].kind = kinds[key]


def _key(draft: Draft) -> str:
    if draft.who is not None:
        return f"person {draft.who}"
    return f"role {fold(draft.role)}" if draft.part == "role" and draft.role else draft.part


def _kind(page: Page, drafts: Sequence[Draft], turns: Sequence[int], *, asks: bool, news_interview: bool) -> Kind:
    first = drafts[turns[0]]
    if any(drafts[at].part == "question" for at in turns):
        return "journalist"
    if first.part == "unidentified" or (first.label is None and first.who is None):
        return "unknown"
    entry = page.registry.entries[first.who] if first.who is not None else None
    role = (entry.role if entry else first.role) or ""
    if news_interview and set(fold_words(role)) & HOST_WORDS:
        return "journalist"
    if entry and entry.affiliation and is_outlet(entry.affiliation):
        return "journalist"
    of_header = entry is not None and entry.in_header and not _moderates(role)
    if first.part != "answer" and not of_header and _hands_out_floor(page, drafts, turns):
        return "moderator"
    if entry and entry.in_header and not _moderates(role):
        if not role and _mostly_asks(page, drafts, turns) and not asks:
            return "journalist"
        return "principal"
    if _moderates(role):
        return "principal" if entry and entry.in_header and not _only_calls(page, drafts, turns) else "moderator"
    if role and first.part != "answer":
        return "principal"
    if _introduces_self(page, drafts, turns) or (
        _mostly_asks(page, drafts, turns) and (news_interview or not _only_calls(page, drafts, turns))
    ):
        return "journalist"
    return "moderator" if _only_calls(page, drafts, turns) else "principal"


def _moderates(role: str) -> bool:
    words = fold_words(role.replace("-", " ")) + fold_words(role)
    return any(word in MODERATOR_WORDS for word in words)


def _promote(drafts: Sequence[Draft], turns_of: dict[str, list[int]], kinds: dict[str, Kind]) -> None:
    """Where nobody is a principal, the moderator who speaks most is one: a spokesperson's own briefing."""
    moderators = [key for key, kind in kinds.items() if kind == "moderator" and not key.startswith("role moderator")]
    spoken = {key: sum(drafts[at].end - drafts[at].start for at in turns_of[key]) for key in moderators}
    if moderators:
        kinds[max(moderators, key=lambda key: spoken[key])] = "principal"


def _mostly_asks(page: Page, drafts: Sequence[Draft], turns: Sequence[int]) -> bool:
    asking = sum(drafts[at].text(page).rstrip(' "”»)').endswith("?") for at in turns)
    return asking * 2 > len(turns)


def _only_calls(page: Page, drafts: Sequence[Draft], turns: Sequence[int]) -> bool:
    """Whether all that somebody says is who may speak, greetings and thanks."""
    for at in turns:
        text = drafts[at].text(page)
        words = len(text.split())
        short_call = words <= 12 and at + 1 < len(drafts) and drafts[at + 1].part in {"question", "unidentified"}
        if not (short_call or (words <= _LONG_CALL and _CALLS.search(text))):
            return False
    followed = sum(at + 1 < len(drafts) and drafts[at + 1].part == "question" for at in turns)
    return followed > 0 or len(turns) == 1


def _hands_out_floor(page: Page, drafts: Sequence[Draft], turns: Sequence[int]) -> bool:
    """Whether somebody only opens, calls and closes: never answers, and speaks of whose turn it is nearly always."""
    if len(turns) < 2:
        return False
    cues = 0
    for at in turns:
        text = drafts[at].text(page)
        words = len(text.split())
        asked = at > 0 and drafts[at - 1].part == "question"
        if words > (_LONG_OPENING if at == 0 else _LONG_CALL) or (asked and not is_reaction(text)):
            return False
        before_question = at + 1 < len(drafts) and drafts[at + 1].part == "question"
        called = before_question and (words <= _FEW or bool(read_call(text)))
        cues += at == 0 or called or bool(_CALLS.search(text))
    return cues * 3 >= len(turns) * 2


def _introduces_self(page: Page, drafts: Sequence[Draft], turns: Sequence[int]) -> bool:
    """``Tobias Grell: Tobias Grell, Coastline News. Chancellor, …``"""
    for at in turns:
        name = drafts[at].name
        head = drafts[at].text(page)[:90]
        if name and re.match(
            rf"\W*(?:(?:hi|hello|thank\s+you|thanks|yes|I'm|I\s+am|this\s+is|my\s+name\s+is)\W+)*{re.escape(name.split()[0])}\b[^.?!]{{0,40}}(?:,|\bfrom\b|\bwith\b|\bof\b)",
            head,
            re.IGNORECASE,
        ):
            return True
    return False
