"""Who a header names: ``"by the Secretary General, Ann Lee and Bo Ek, Minister of Defence of Estmark"`` as people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.lexicon import EVENT_WORDS, HONORIFICS, ORG_WORDS, PARTICLES, ROLE_HEADS
from index.names import (
    display_name,
    fold,
    has_role_head,
    is_capitalised,
    is_outlet,
    split_role_and_name,
    strip_honorifics,
    tokens,
)
from index.types import Person

# Words that end the part of a header line in which people are named. "of", "for" and "and" go on.
_CLAUSE = re.compile(
    r"\s(?:following|after|at|ahead|before|prior|during|on|in|upon|regarding|about|to|meet|meets|jointly|speaks?|spoke|"
    r"talks?|held|hold|give|gives|en route|aboard|à|lors|avant|après|dans|sur|au|aux|au terme|devant|"
    r"после|перед|на|в|по|по итогам|після|під|за|у|nach|vor|bei|zum|zur|im|am|against|since|as|is|are|was|were|"
    r"delivers|makes|announces|discusses|briefs|signs|visits|hosts|answers|takes|unveils|testifies|opens|closes|provides|"
    r"who|who's|where|will|has|have|says|said|joined|arrives|addresses|attends)\s",
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"(?:^|[\s|(])(?:(?:by|with|given by|hosted by|featuring|par|avec|von|mit|por|con|interview with|remarks of)\s+)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s+(?:and|et|und|и|та|y|e|&)\s+|\s*;\s*|\s+(?:with|avec|mit|together with|alongside)\s+", re.IGNORECASE
)
_LATIN_NAME = re.compile(r"\((?P<name>[A-Z][^\W\d_]+(?:[ '-][^\W\d_]+){1,4})\)")
_POSSESSIVE = re.compile(r"(?<=\w)'s?(?=\s)")
# Header offices printed in the genitive, as shown: the nominative
_EVENT_OF = re.compile(
    r"^.*\b(?:conference|briefing|remarks|statement|point|speech|interview|address|gaggle|виступ|выступление|заява|заявление)"
    r"\b\s+(?:(?:given\s+)?(?:of|by|with|from|de|du)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_NOMINATIVE_UK = {
    "генерального": "Генеральний",
    "секретаря": "секретар",
    "президента": "президент",
    "міністра": "міністр",
}
_NOMINATIVE_RU = {
    "генерального": "Генеральный",
    "секретаря": "секретарь",
    "президента": "президент",
    "министра": "министр",
}


@dataclass(slots=True)
class _Part:
    role: str | None = None
    name: str | None = None


def people_in(line: str) -> list[Person]:
    """The people a header line names, in order, each with the office the line gives."""
    text = _POSSESSIVE.sub("'s", re.sub(r"<br\s*/?>", " ", line))
    opener = _OPENERS.search(text[:200])
    phrase = text[opener.end() :] if opener else text
    latin = _LATIN_NAME.search(phrase)
    phrase = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", phrase)
    parts = [_part(chunk) for chunk in _chunks(phrase.strip(" .*_"))]
    people = [Person(_shown(part.name), part.role) for part in _paired(parts) if part.name]
    if latin and len(people) == 1:
        people = [Person(display_name(latin["name"]), people[0].role)]
    return [person for person in people if person.name]


def other_spellings(line: str) -> dict[str, str]:
    """The name printed before its Latin form in brackets, by that form: ``Арвид Стенмарк (Arvid Stenmark)``."""
    latin = _LATIN_NAME.search(line)
    if latin is None or not re.search("[\u0370-\u052f]", line[: latin.start()]):
        return {}
    before = line[: latin.start()].split()[-2:]
    return {display_name(latin["name"]): " ".join(before)} if all(map(is_capitalised, before)) else {}


def _chunks(phrase: str) -> list[str]:
    out: list[str] = []
    for at, piece in enumerate(re.split(r",\s+(?:and\s+|et\s+)?|\s+[-–—]\s+|\||:\s+", phrase)):
        for number, chunk in enumerate(_AND.split(piece)):
            cut = _CLAUSE.search(f" {chunk} ")
            kept = f" {chunk} "[: cut.start()].strip() if cut else chunk.strip()
            after_comma = at > 0 and number == 0
            if kept and out and not after_comma and not _starts_new(kept) and not _new_office(kept, out[-1]):
                out[-1] += f" and {kept}"
            elif kept:
                out.append(kept)
            if cut and (kept or out):
                return out
    return out


def _starts_new(chunk: str) -> bool:
    """Whether a chunk after "and" or a comma is a person or an office; else it goes on with the one before."""
    words = tokens(chunk)
    return has_role_head(chunk) or fold(words[0] if words else "") in HONORIFICS or _could_be_name(words)


def _new_office(chunk: str, before: str) -> bool:
    """Whether ``"the Taoiseach"`` after ``"Ann Lee and"`` is an office, though no list knows it."""
    words = tokens(chunk)
    article = 2 <= len(words) <= 6 and words[0].lower() in {"the", "le", "la", "der", "die"}
    named = (
        article
        and all(is_capitalised(word) or fold(word) in PARTICLES for word in words[1:])
        and not {fold(word) for word in words} & ORG_WORDS
    )
    return named and _part(before).name is not None


def _could_be_name(words: list[str]) -> bool:
    if words and fold(words[0]) in HONORIFICS:
        return _name_at_end(words, from_start=True) is not None
    return _name_at_end(words) is not None and not any(fold(word) in ORG_WORDS for word in words)


def _part(chunk: str) -> _Part:
    article = re.match(r"(?:(?:and|et|und|with)\s+)?(?:the|le|la|der|die)\s", chunk.strip(), re.IGNORECASE)
    chunk = re.sub(r"^(?:(?:and|et|und|и|та|the|le|la|du|de|der|die|das)\s+)+", "", chunk.strip(), flags=re.IGNORECASE)
    if not has_role_head(chunk):
        words = chunk.split()
        titled = bool(words) and fold(words[0]) in HONORIFICS
        if article and " of " in chunk and len(words) <= 5:
            return _Part(role=_role(chunk))  # "the Warden of the Isles"
        name = _name_at_end(words, whole=True, from_start=titled) if _could_be_name(words) else None
        if name and not titled and len(name.split()) > 3 and not {fold(word) for word in name.split()} & PARTICLES:
            # an office no list knows: "Lighthouse Keeper Ada Wren"
            return _Part(" ".join(words[:-2]), " ".join(words[-2:]))
        return _Part(name=name) if name else _Part(role=_role(chunk) if is_capitalised(chunk) else None)
    role, name = split_role_and_name(chunk)
    if name is None:
        return _Part(role=_role(role))
    words = name.split()
    of = next(
        (at for at, word in enumerate(words) if word.lower() in {"of", "for", "from", "de", "du"} and at > 0),
        len(words),
    )
    if of < len(words) and fold(words[of]) in PARTICLES and words[of] not in {"of", "for", "from"}:
        of = len(words)
    run = _name_at_end(words[:of], from_start=True)
    trailing = _trailing_name(words)
    if trailing and run and len(run.split()) == 1 and len(words) > 2:
        return _Part(_role(" ".join([role or "", *words[: -len(trailing)]])), " ".join(trailing))
    return _Part(_role(" ".join([role or "", *words[of:]])), run)


def _trailing_name(words: list[str]) -> list[str]:
    """The capitalised words at the end, where small ones of the office stand before them."""
    run: list[str] = []
    for word in reversed(words):
        if not is_capitalised(word):
            return run if len(run) > 1 else []
        run.insert(0, word)
    return []


def _name_at_end(words: list[str], *, whole: bool = False, from_start: bool = False) -> str | None:
    """The words as a person's name, if they are one; ``from_start`` takes the longest run of them that is."""
    words = strip_honorifics(" ".join(words)).split()
    run: list[str] = []
    for word in words:
        folded = fold(word)
        if folded in EVENT_WORDS | ROLE_HEADS or not (is_capitalised(word) or (run and folded in PARTICLES)):
            break
        run.append(word.strip('.,;:*_"“”'))
    while run and fold(run[-1]) in PARTICLES:
        run.pop()
    complete = len(run) == len(words) or from_start
    fits = 1 <= len(run) <= 5 and (len(run) > 1 or from_start)
    return " ".join(run) if complete and fits and not (whole and is_outlet(" ".join(run)) and not from_start) else None


def _paired(parts: list[_Part]) -> list[_Part]:
    """An office and the name beside it are one person, whichever comes first."""
    out: list[_Part] = []
    waiting: str | None = None
    for part in parts:
        if part.name and part.role:
            out.append(part)
            waiting = None
        elif part.name:
            out.append(_Part(waiting, part.name))
            waiting = None
        elif part.role and out and out[-1].role is None:
            out[-1].role = part.role
        elif part.role:
            waiting = part.role
    return out


def _role(text: str | None) -> str | None:
    text = _EVENT_OF.sub("", text or "")
    table = _NOMINATIVE_UK if re.search("[іїєґ]", (text or "").lower()) else _NOMINATIVE_RU
    words = [table.get(word.lower(), word) for word in (text or "").split()]
    return " ".join(words).strip(" ,;*_") or None


def _shown(name: str | None) -> str:
    return display_name(name or "")
