"""Full names for those whose label gives only the surname, from the words of the page.

``"I have brought a guest, Under Secretary Rosario Etcheverry"`` says who ``UNDER SECRETARY ETCHEVERRY:`` is.
"""

from __future__ import annotations

import re
from collections import defaultdict

from index.lexicon import EVENT_WORDS, HONORIFICS, ORG_WORDS, PARTICLES, ROLE_HEADS, ROLE_QUALIFIERS, STOP_FIRST, VERBS
from index.names import display_name, fold, fold_words, has_role_head, is_all_capitals, is_capitalised, is_outlet
from index.registry import Registry

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_REACH = 60  # characters before a surname in which the given names stand
_MOST_GIVEN = 2
_NO_GIVEN = HONORIFICS | ROLE_HEADS | ROLE_QUALIFIERS | STOP_FIRST | VERBS | EVENT_WORDS | ORG_WORDS | PARTICLES
# Words of greeting and handing over that open a sentence before a surname
_NO_GIVEN |= frozenset("thank thanks yes good dear hello hi welcome sorry okay ask tell says said later".split())
_OFFICE = re.compile(r",\s+(?:our|the|my|who\s+is\s+our)\s+(?P<role>(?:[A-Z][\w-]*[^\S\n]?){1,5})")
_INTRODUCES = re.compile(
    r"\b(?:joined|introduc\w+|welcom\w+|guest|floor\s+to|over\s+to|turn\s+to|hear\s+from|here\s+with|brought|present)\b"
    r"[^.?!]*$",
    re.IGNORECASE,
)


def complete_names(registry: Registry, text: str) -> None:
    """Give entries of one word the full name, and where it stands beside it the office, that ``text`` has for them."""
    short = {
        fold(entry.name): at
        for at, entry in enumerate(registry.entries)
        if len(fold_words(entry.name)) == 1 and not is_outlet(entry.name) and not entry.affiliation
    }
    found: dict[int, dict[str, str]] = defaultdict(dict)
    roles: dict[int, str] = {}
    for word in _WORD.finditer(text) if short else ():
        at = short.get(fold(word[0]))
        given = given_names(text, word.start()) if at is not None else ""
        if at is not None and given:
            found[at].setdefault(fold(given), f"{given} {registry.entries[at].name}")
            office = _OFFICE.match(text, word.end(), word.end() + 120)
            if office and has_role_head(office["role"]):
                roles.setdefault(at, office["role"].strip())
    for at, names in found.items():
        if len(names) == 1:
            registry.add(display_name(next(iter(names.values()))), role=roles.get(at))


def given_names(text: str, at: int) -> str:
    """The given names right before offset ``at``, across a wrapped line but not across a paragraph; else nothing."""
    before = text[max(0, at - _REACH) : at]
    if not before[-1:].isspace() or before[len(before.rstrip()) :].count("\n") > 1:
        return ""
    run: list[str] = []
    for marked in reversed(before.rsplit("\n\n", 1)[-1].split()):
        word = marked.lstrip("*_")
        initial = re.fullmatch(r"[A-Z]\.", word)
        plain = _WORD.fullmatch(word) and is_capitalised(word) and not is_all_capitals(word)
        if len(run) == _MOST_GIVEN or not (initial or plain) or fold(word) in _NO_GIVEN:
            break
        run.insert(0, word)
    return " ".join(run) if run and len(run[0]) > 2 else ""


def is_introduced(text: str, name: str, label: int) -> bool:
    """Whether the words before offset ``label`` present somebody with the surname ``name`` in full."""
    above = text[max(0, label - 2_000) : label]
    return any(
        given_names(above, word.start()) != "" and _INTRODUCES.search(above[max(0, word.start() - 200) : word.start()])
        for word in re.finditer(rf"\b{re.escape(name)}\b", above)
    )
