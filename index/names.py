"""Names and offices as printed: comparing them, taking them apart, showing them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.lexicon import (
    BODY_ACRONYMS,
    COUNTRIES,
    EVENT_WORDS,
    HONORIFIC_OPENERS,
    HONORIFICS,
    ORG_STEMS,
    ORG_WORDS,
    OUTLET_WORDS,
    PARTICLES,
    PRESS_OFFICE_WORDS,
    ROLE_HEADS,
    ROLE_QUALIFIERS,
    SHARED_OUTLET_WORDS,
)
from index.view import mend

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# й and ї are letters of their own, not и and і with a mark
_OWN_LETTERS = frozenset("йїў")
# one-word titles in the languages that glue: Höhlenblatt, Dagsavisen, Abendzeitung
_GLUED = re.compile(r"(?:blatt|zeitung|avisen|posten|bladet|tidning|presse|radio|vision|news|tv|kurier|bote|anzeiger)$")
# Ranks none of whose words is one alone
_TWO_WORD_RANKS = frozenset(
    """group captain|wing commander|squadron leader|flight lieutenant|chief inspector|chief constable
    |chief superintendent|police commissioner|police inspector|warrant officer|air commodore|air marshal
    |field marshal""".replace("\n    ", "").split("|")
)
_OF = frozenset("of for to de du des d da do del della von".split())
_GENERALS = frozenset(
    "secretary secretaire commissioner attorney surgeon governor director inspector consul auditor solicitor".split()
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """``text`` for comparison: lower case, no accents, words separated by one space; hyphens stay, apostrophes go."""
    lowered = text.casefold().translate(_LETTERS)
    kept = []
    for letter in lowered:
        if letter in _OWN_LETTERS:
            kept.append(letter)
        else:
            kept += [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    return " ".join(word.replace("'", "").replace("’", "").strip(".") for word in _WORD.findall("".join(kept)))


def fold_words(text: str) -> list[str]:
    """The folded words of ``text``."""
    return fold(text).split()


def tokens(text: str) -> list[str]:
    """The words of ``text`` as printed, outer punctuation taken off (a dot after an initial or honorific stays)."""
    return [token for token in (word.strip(',;:!?"“”„«»()[]*_') for word in text.split()) if token]


def is_capitalised(token: str) -> bool:
    """Whether the first letter of ``token`` is a capital (after "d'" or "l'", the letter that follows counts too)."""
    bare = re.sub(r"^(?:[dlDL]|al|el)['’-](?=\w)", "", token)
    letter = next((char for char in bare if char.isalpha()), "")
    return bool(letter) and (letter.isupper() or (letter == letter.upper() == letter.lower()))


def is_all_capitals(text: str) -> bool:
    """Whether ``text`` has two letters or more and none of them is small ("McDONALD" counts as capitals)."""
    letters = [char for char in re.sub(r"\b(?:Mc|Mac|de|von|van)(?=[A-Z ])", "", text) if char.isalpha()]
    return len(letters) > 1 and not any(char.islower() for char in letters)


def is_name_like(text: str, *, most: int = 6) -> bool:
    """Whether ``text`` could be a person or an outlet: one to ``most`` words, capitalised but for particles."""
    words = tokens(text)
    if not 1 <= len(words) <= most or (not is_capitalised(words[0]) and fold(words[0]) not in PARTICLES):
        return False
    if not any(is_capitalised(word) and any(char.isalpha() for char in word) for word in words):
        return False
    return all(is_capitalised(word) or fold(word) in PARTICLES | {"and"} for word in words)


def strip_honorifics(text: str) -> str:
    """The name without what stands before it: Mr., Lt Col, Prof., The Right Honourable Lord …"""
    words = text.split()
    return " ".join(words[min(_honorifics(words), max(0, len(words) - 1)) :])


def has_honorific(text: str) -> bool:
    """Whether ``text`` starts with an honorific or a rank, and a name follows."""
    words = text.split()
    count = _honorifics(words)
    return 0 < count < len(words) and is_name_like(" ".join(words[count:]))


def _honorifics(words: list[str]) -> int:
    """How many words of title stand at the start."""
    folded = [fold(word) for word in words]
    at = 0
    while at < len(folded):
        if " ".join(folded[at : at + 2]) in _TWO_WORD_RANKS:
            at += 2
        elif folded[at] in HONORIFICS or (
            folded[at] in HONORIFIC_OPENERS and any(word in HONORIFICS for word in folded[at + 1 : at + 3])
        ):
            at += 1
        else:
            break
    return at


def has_role_head(text: str) -> bool:
    """Whether ``text`` holds a word that names an office."""
    return not _is_station(text) and any(word in ROLE_HEADS or _is_joined_office(word) for word in fold_words(text))


def _is_station(text: str) -> bool:
    """``Riverside FM`` is a radio station; ``Norway FM``, ``Danish FM`` and ``FM`` alone are foreign ministers."""
    *place, last = text.split() or [""]
    named = last == "FM" and bool(place) and place[0][:1].isupper()
    return named and not any(
        word in COUNTRIES | ROLE_QUALIFIERS | ROLE_HEADS or word.endswith(("an", "ish", "ese", "ch", "i", "'s"))
        for word in map(fold, place)
    )


def _is_joined_office(word: str) -> bool:
    """Whether a folded word joins an office with hyphens: ``secretary-general``, ``vice-president``."""
    parts = word.split("-")
    return (
        len(parts) > 1
        and not ROLE_HEADS.isdisjoint(parts)
        and all(part in ROLE_HEADS or part in ROLE_QUALIFIERS for part in parts)
    )


def is_role_phrase(text: str) -> bool:
    """Whether ``text`` is an office and nothing else ("Deputy Secretary General", "THE PRESIDENT", "SG")."""
    words = fold_words(text)
    return has_role_head(text) and all(
        word in ROLE_HEADS or word in ROLE_QUALIFIERS or _is_joined_office(word) for word in words
    )


def is_outlet(text: str) -> bool:
    """Whether ``text`` reads like a news organisation: a telling word, or an acronym such as CNN."""
    words = tokens(text)
    folded = {part for word in words for part in (fold(word), *fold(word).split("-"))}
    if folded & PRESS_OFFICE_WORDS:
        return False
    if folded & OUTLET_WORDS or (folded & SHARED_OUTLET_WORDS and not folded & ORG_WORDS - SHARED_OUTLET_WORDS):
        return True
    if any(len(word) > 5 and _GLUED.search(fold(word)) for word in words):
        return True
    return (not is_all_capitals(text) and any(_is_outlet_acronym(word) for word in words)) or (
        len(words) == 1 and _is_outlet_acronym(words[0])
    )


def split_role_and_name(text: str) -> tuple[str | None, str | None]:
    """``"NATO Secretary General Ann Lee"`` as ``("NATO Secretary General", "Ann Lee")``; either part may be missing.

    The name is what follows the last word of the office. Ranks and honorifics before a name belong to neither.
    """
    words = text.split()
    last = max((at for at, word in enumerate(words) if _is_role_word(words, at)), default=-1)
    if last < 0:
        return None, strip_honorifics(text) or None
    rest = words[last + 1 :]
    if rest and fold(rest[0].split("'")[0]) in _OF:
        return _office_of(words, last + 1)
    while rest and _is_acronym(rest[0]) and not is_all_capitals(text):
        last, rest = last + 1, rest[1:]
    if len(rest) == 1 and fold(words[last]) in {"chief", "deputy"} and not is_all_capitals(text):
        return _bare_role(words), None  # "Chief Surveyor" names nobody
    if len(rest) > 2 and (fold(rest[0]).startswith(ORG_STEMS) or (is_cyrillic(rest[0]) and len(rest) > 3)):
        count = _name_after_body(rest)
        return _bare_role(words[:-count]), " ".join(words[-count:])  # the body stands in the genitive, then the name
    return _bare_role(words[: last + 1]), strip_honorifics(" ".join(rest)) or None


def _name_after_body(rest: list[str]) -> int:
    """How many words at the end are the name: those after the last small word of the body, else two."""
    capitals = next((at for at, word in enumerate(reversed(rest)) if not is_capitalised(word)), 2)
    particle = len(rest) > 3 and fold(rest[-2]) in PARTICLES
    return capitals if 2 <= capitals <= 4 else 3 if particle else 2


def _office_of(words: list[str], at: int) -> tuple[str | None, str | None]:
    """``"Minister of Defence Sven Mikser"``: the name, if any, is the last two of three or more capitalised words."""
    capitals = 0
    for word in reversed(words[at:]):
        if not is_capitalised(word) or fold(word) in PARTICLES | ORG_WORDS or (_is_acronym(word) and capitals == 0):
            break
        capitals += 1
    before = words[len(words) - capitals - 1]
    # after "of the", a run of capitals is the body that the office belongs to; after its last word comes the name
    enough = 2 if fold(before) in ORG_WORDS else 6 if fold(before) in {"the", "la", "du"} else 3
    if capitals < enough or is_all_capitals(" ".join(words)):
        return _bare_role(words), None
    return _bare_role(words[:-2]), " ".join(words[-2:])


def _bare_role(words: list[str]) -> str | None:
    return re.sub(r"^the\s+", "", " ".join(words), flags=re.IGNORECASE) or None


def _is_role_word(words: list[str], at: int) -> bool:
    word = fold(words[at])
    if word in ROLE_HEADS or ("/" in words[at] and has_role_head(words[at])) or _is_joined_office(word):
        return True
    # "General" closes an office ("Secretary General"); elsewhere before a name it is a rank
    closes = word in {"general", "generale"} and at > 0 and fold(words[at - 1]) in _GENERALS
    return closes or (word in {"designate", "elect"} and at > 0)


def _is_outlet_acronym(word: str) -> bool:
    numbered = bool(re.fullmatch(r"[A-Z]{2,4}\d{1,2}", word))  # TVN24, TV5
    return (_is_acronym(word) or numbered) and fold(word) not in BODY_ACRONYMS


def is_cyrillic(text: str) -> bool:
    """Whether ``text`` starts with a Cyrillic letter."""
    return "\u0400" <= text[:1] <= "\u052f"


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 6 and word.isupper() and word.isalpha()


def is_person_name(text: str) -> bool:
    """Whether ``text`` could be a person's full name: two to five words, no office, event or outlet among them."""
    words = tokens(strip_honorifics(text))
    if not 2 <= len([word for word in words if fold(word) not in PARTICLES]) <= 4 or not is_name_like(" ".join(words)):
        return False
    folded = {fold(word) for word in words}
    return not folded & (ROLE_HEADS | EVENT_WORDS) and not is_outlet(" ".join(words))


def display_name(text: str) -> str:
    """The name as shown: honorifics stay off, mis-decoded letters are mended, capitals become mixed case."""
    name = re.sub(r"\s+", " ", mend(strip_honorifics(text))).strip(" ,;*_")
    return " ".join(_mixed_case(word) for word in name.split()) if is_all_capitals(name) else name


def _mixed_case(word: str) -> str:
    if word.lower() in PARTICLES - {"st"} and len(word) > 1:
        return (
            word.lower()
            if word.lower() in {"van", "von", "der", "den", "of", "the", "bin", "ibn"}
            else word.capitalize()
        )
    parts = re.split(r"(['’-])", word)
    cased = "".join(part.capitalize() for part in parts)
    return re.sub(r"^Mc(\w)", lambda found: "Mc" + found[1].upper(), cased)


def surname(name: str) -> str:
    """The folded last name with its particles: ``"de hoop scheffer"`` is what follows the first given name."""
    words = fold_words(strip_honorifics(name))
    for at, word in enumerate(words[1:], start=1):
        if word in PARTICLES and at < len(words) - 1:
            return " ".join(words[at:])
    return words[-1] if words else ""


def initials(name: str) -> str:
    """The capitals of a name: ``"JS"``."""
    return "".join(word[0] for word in fold_words(strip_honorifics(name)) if word not in PARTICLES).upper()


def edits(first: str, second: str, *, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped, counted up to ``most`` + 1."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        below = [at]
        for to, other in enumerate(second, start=1):
            cost = min(row[to] + 1, below[-1] + 1, row[to - 1] + (letter != other))
            if at > 1 < to and letter == second[to - 2] and first[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            below.append(cost)
        before, row = row, below
        if min(row) > most and min(before) >= most:  # a swap reaches back two rows
            return most + 1
    return min(row[-1], most + 1)
