"""Whom a moderator calls next: ``The BBC, please.`` · ``Yes, Ann Lee of Reuters.``"""

from __future__ import annotations

import re

from index.introductions import ARTICLE, NAME, NO_NAME, RUN, Asker, clean_name, clean_outlet, names_nobody
from index.lexicon import COUNTRIES, HONORIFICS, ROLE_HEADS, ROLE_QUALIFIERS
from index.names import fold, fold_words, is_capitalised, is_outlet

_DESCRIBED = re.compile(
    r"^\s*(?:colleagues?|journalists?|reporters?|lady|gentleman|correspondent|friends?|press|media|side|delegation)\b",
    re.IGNORECASE,
)


_LONGEST_REACTION = 80  # characters
_REACTION = re.compile(
    r"(?:(?:yes|yeah|yep|sure|okay|ok|no|please|of\s+course|certainly|absolutely|right|fine|sorry|sir|ma'am|madam"
    r"|we\s+can(?:\s+hear\s+you)?|I\s+can(?:\s+hear\s+you)?|we\s+(?:do|hear\s+you)|I\s+hear\s+you"
    r"|loud\s+and\s+clear|go\s+(?:ahead|on)|continue|carry\s+on|now\s+we\s+can"
    r"|(?:very|perfectly)\s+well|very\s+clearly|perfectly|(?:the\s+)?floor\s+is\s+yours|you're\s+(?:on|unmuted)"
    r"|oui|да|так|allez-y|je\s+vous\s+en\s+prie)\b[\s.,!—–-]*)+$",
    re.IGNORECASE,
)


def read_call(text: str, officials: frozenset[str] = frozenset(), *, whole: bool = True) -> Asker:
    """Whom a moderator calls: ``We start with the BBC.`` · ``Yes, Ann Lee of Reuters, please.`` · ``Romanian TV``.

    Of an official (``whole=False``) only a last, short sentence counts as a call.
    """
    sentences = [part for part in re.split(r"(?<=[.?!;])\s+", " ".join(text.split())) if re.search(r"\w", part)]
    tried = sentences[::-1][:3] if whole else [part for part in sentences[-1:] if _is_officials_call(part)]
    calls = [call for sentence in tried if len(sentence) < 240 and (call := _call(sentence, officials))]
    return next((call for call in calls[1:] if _says_more(call, calls[0])), calls[0]) if calls else Asker()


def _says_more(earlier: Asker, call: Asker) -> bool:
    """Whether the sentence before called the same person in full: ``Ann Lee from Reuters. Ann, go ahead.``"""
    if call.outlet or not call.name or not earlier.name:
        return False
    named, full = set(fold_words(call.name)), set(fold_words(earlier.name))
    return named < full or (named == full and earlier.outlet is not None)


def is_reaction(text: str) -> bool:
    """Whether a turn only lets somebody go on: ``We can.`` · ``Yes, go ahead.`` · ``Loud and clear.``"""
    return len(text) < _LONGEST_REACTION and bool(_REACTION.match(" ".join(text.split())))


def _is_officials_call(sentence: str) -> bool:
    """Officials who run their own questions say no more than ``Yes, Ann.`` or ``Jonathan, Associated Press.``"""
    words = sentence.split()
    listed = "," in sentence and sum(map(is_capitalised, words)) * 2 >= len(words)
    if (len(words) > 8 and not (listed and len(words) <= 12)) or sentence.endswith("?"):
        # "And the first question, I'm told, is Darlene Superville from the Associated Press."
        return len(words) < 20 and bool(
            re.search(r"\b(?:first|next|last|final)\s+question\b.*\b(?:is|from|to)\b", sentence)
        )
    if re.match(r"(?:later|soon|tomorrow|today|tonight|not|never|maybe|perhaps|probably)\b", sentence, re.IGNORECASE):
        return False  # "Later this week, Ann." answers her
    opened = bool(
        re.match(r"(?:yes|please|okay|ok|next|sorry|now|and|then|go\s+ahead|all\s+right)\b", sentence, re.IGNORECASE)
    )
    return len(words) > 1 and (opened or "," in sentence) and sum(map(is_capitalised, words)) * 2 >= len(words)


def _call(sentence: str, officials: frozenset[str]) -> Asker:
    spoken = re.sub(r"[(\[][^)\]]{0,60}[)\]]\.*", " ", sentence)
    if linked := _called_by_both(spoken, officials):
        return linked
    if quoted := re.search(r"[«„“\"](?P<outlet>[^»“”\"]{2,40})[»“”\"]", spoken):
        name = _name_before(spoken[: quoted.start()], officials)
        return Asker(name, quoted["outlet"]) if is_capitalised(quoted["outlet"]) else Asker()
    runs = [
        (found.start(), _trim_call(_with_noun(spoken, found), opens=_opens(spoken, found.start())), found.end())
        for found in re.finditer(RUN, spoken)
    ]
    useful = [(at, run) for at, run, end in runs if run and not _DESCRIBED.match(spoken[end:])]
    if not useful or len(useful) > 5:
        return Asker()
    if len(useful) > 3:  # "Jim, the New York — Jim Tankersley, the New York Times."
        useful = useful[-2:]
    said = len(re.sub(r"\W+", " ", spoken).split())
    bare = said <= sum(len(run.split()) for _, run in useful) + 3
    names, outlets = _sorted_runs(spoken, useful, officials, bare=bare)
    if not outlets and len(names) == 2:
        names, outlets = names[:1], [useful[-1][1]]
    if names and outlets and fold(names[0]) == fold(outlets[0]):
        return Asker()  # a word said twice
    return Asker(names[0] if names else None, outlets[0] if outlets else None)


def _name_before(spoken: str, officials: frozenset[str]) -> str | None:
    """The full name before a quoted outlet: ``Ann Lee, "The Tide"``."""
    runs = list(re.finditer(NAME, spoken))
    link = spoken[runs[-1].end() :].strip(" ,").lower() if runs else "-"
    if link not in {"", "from", "of", "with", "de", "du", "із", "з", "из", "от", "von"}:
        return None
    name = clean_name(_trim_call(runs[-1][0], opens=True) or "", officials)
    return name if name and " " in name else None


def _with_noun(spoken: str, found: re.Match[str]) -> str:
    """A run of capitals with the small word after it that makes it an outlet: ``Portuguese radio``."""
    noun = re.match(r"\s+[^\W\d_]+", spoken[found.end() :])
    return found[0] + noun[0] if noun and is_outlet(noun[0]) and fold(noun[0]) not in {"press", "media"} else found[0]


def _sorted_runs(
    spoken: str, runs: list[tuple[int, str]], officials: frozenset[str], *, bare: bool
) -> tuple[list[str], list[str]]:
    """Which runs of capitals are names and which are outlets."""
    names: list[str] = []
    outlets: list[str] = []
    calling = re.search(
        r"\b(?:please|first|next|start|begin|take|go|with|to|yes|now|and|then|over|thanks?|merci)\b",
        spoken,
        re.IGNORECASE,
    )
    for at, run in runs:
        before = spoken[max(0, at - 14) : at].lower()
        linked = bool(re.search(r"\b(?:from|of|with|de|du)\s+(?:the\s+|la\s+|le\s+)?$", before))
        article = bool(re.search(r"\b(?:the|le|la)\s+$|l'$", before)) or run.startswith(("The ", "Le ", "La ", "L'"))
        outlet, name = clean_outlet(run), clean_name(run, officials)
        # "a question from Ann Lee, BBC": who asks, then the outlet
        person = bool(name and " " in name) and any(is_outlet(other) for _, other in runs)
        from_outlet = linked and (names or not name or ("from" in before and not person))
        if outlet and (is_outlet(run) or article or from_outlet):
            outlets.append(outlet)
        elif name and (bare or len(runs) > 1 or calling):
            names.append(name)
    return names, outlets


def _called_by_both(spoken: str, officials: frozenset[str]) -> Asker:
    """``Ann Lee of Reuters, please.``"""
    for found in re.finditer(rf"(?P<name>{NAME})(?:\s*,)?\s+(?:from|of|with)\s+{ARTICLE}(?P<outlet>{RUN})", spoken):
        name = clean_name(_trim_call(found["name"], opens=True) or "", officials)
        outlet = clean_outlet(found["outlet"])
        if name and outlet:
            return Asker(name, outlet)
    return Asker()


def _opens(spoken: str, at: int) -> bool:
    """Whether a run of capitals stands where any word has one: at the start, or after a stop."""
    return not spoken[:at].strip(' "“(') or spoken[:at].rstrip()[-1:] in ".!?:;"


def _trim_call(run: str, *, opens: bool) -> str | None:
    """A run of capitals without the words that only open the sentence; ``None`` if it names an office or a country."""
    words = run.split()
    while (
        opens
        and words
        and names_nobody(words[0])
        and fold(words[0]) not in {"le", "la", "les", "the"}
        and not is_outlet(words[0])
    ):
        words = words[1:]
        while words and not is_capitalised(words[0]):
            words = words[1:]
    if not words or {fold(word) for word in words} <= ROLE_HEADS | ROLE_QUALIFIERS | HONORIFICS | NO_NAME | COUNTRIES:
        return None
    return " ".join(words)
