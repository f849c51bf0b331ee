"""How journalists are named in speech: by themselves ("Ann Lee, BBC.") and by the one who calls them ("The BBC,
please.").
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from index.lexicon import COUNTRIES, EVENT_WORDS, HONORIFICS, PARTICLES, ROLE_HEADS, ROLE_QUALIFIERS
from index.names import display_name, fold, is_capitalised, is_outlet

# Python's re has no class for capitals: everything that is a letter and not a small one, up to the end of Cyrillic
_SMALL = "".join(chr(code) for code in range(min(0x530, sys.maxunicode)) if chr(code).islower())
_CAPITAL = rf"[^\W\d_{_SMALL}]"
_CAP = rf"(?:(?:{_CAPITAL}|Mr|Mrs|Ms|Dr|St)\.|(?:[ld]['’])?{_CAPITAL}[\w'’/-]*)"
_PARTICLE = r"(?:de|la|le|du|des|van|von|der|den|del|di|da|al|el|bin|d'|dos|ten|ter)"
_LINK = rf"(?:{_PARTICLE}|of|and|the|an|na|e|y|&|et|for|in|sur)"
NAME = rf"{_CAP}(?:[ ]+(?:{_PARTICLE}[ ]+){{0,2}}{_CAP}){{0,4}}"
RUN = rf"{_CAP}(?:[ ]+(?:{_LINK}[ ]+){{0,2}}{_CAP}){{0,7}}(?:[ ]\d{{1,3}}\b)?"
# (?i:…) only where no capital is asked for: case-blind matching would undo the class of capitals
# "for the daily Essaada", "from the news agency Orizont"
_KIND_OF_OUTLET = (
    r"(?:(?:daily|weekly|newspaper|paper|magazine|broadcaster|website|portal|channel|station|network|agency"
    r"|news\s+agency|quotidien|journal|agence|газеты|агентства|телеканала|радио|радіо|агенції|телеканалу)\s+)?"
)
ARTICLE = rf"(?:(?i:(?:the|la|le|les)\s+|l['’])|(?:el|der|die|das)\s+)?{_KIND_OF_OUTLET}"
_FROM = (
    r"(?i:from|with|of|for|at|du|de|pour|von|vom|из|от|з|із|від|representing|i\s+represent|i\s+work\s+for"
    r"|reporting\s+for|writing\s+for)"
)
# alone, without a name before it, only these introduce anybody
_JUST = r"(?i:from|with|representing|i\s+represent|i\s+work\s+for|pour|von|из|від|з)"
_I_AM = (
    r"(?i:(?:I'm|I\s+am|this\s+is|it's|it\s+is|my\s+name\s+is|my\s+name's|name's|je\s+suis|je\s+m'appelle"
    r"|меня\s+зовут|мене\s+звати|ich\s+bin)\s+)"
)

_ASIDE = re.compile(r"^(?:[(\[](?!inaud)[^)\]]{0,40}[)\]][\s.]*)+", re.IGNORECASE)
_BREAK = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\.(?=\s|$)|\.{2,}|…|[,;:!?]|\s[—–-]+\s|\s[—–-]$"
)
# "Подільське радіо": the noun may be small
_NOUN = r"(?:[ ](?:radio|television|tv|news|newspaper|agency|daily|magazine|радио|радіо|телебачення|телевидение))?"
# "I'm with", "I write for", "I'm the correspondent of": what may stand between a name and the outlet
_WORKS = (
    r"(?i:(?:and\s+)?(?:I'm|I\s+am|I\s+(?:work|write|report|come))\s+)?"
    rf"(?i:(?:the\s+|an?\s+)?(?:[\w-]+\s+)?(?:correspondent|reporter|journalist|editor)\s+)?{_FROM}"
)
_NAME_FROM = re.compile(
    rf"(?P<lead>{_I_AM})?(?P<name>{NAME})\s+(?i:(?:here|again)\s+)?{_WORKS}\s+{ARTICLE}(?P<outlet>{RUN}{_NOUN})(?P<rest>.*)$"
)
_JUST_FROM = re.compile(
    rf"(?i:here\s+)?(?i:(?:I'm|I\s+am|je\s+suis)\s+)?{_JUST}\s+{ARTICLE}(?P<outlet>{RUN}{_NOUN})(?P<rest>.*)$"
)
_THEN_FROM = re.compile(rf"(?i:here\s+)?{_WORKS}\s+{ARTICLE}(?P<outlet>{RUN}{_NOUN})(?P<rest>.*)$")
_JUST_NAME = re.compile(rf"(?P<lead>{_I_AM})?(?P<name>{NAME})(?P<again>\s+(?i:here|again))?$")
_JUST_OUTLET = re.compile(rf"(?i:агентство\s+|телеканал\s+|газета\s+)?{ARTICLE}(?P<outlet>{RUN}{_NOUN})$")
_GLUED = re.compile(
    rf"(?P<name>{NAME})\s+(?P<outlet>(?:BBC|CNN|AFP|AP|ITN|ITV|NBC|CBS|ABC|NPR|DPA|ARD|ZDF|RTL"
    rf"|TVN|RAI|ANSA|Reuters|Bloomberg)(?:\s{_CAP})?)$"
)
_OPENER = re.compile(
    r"^(?:\W*(?:thank\s+you(?:\s+(?:very\s+much|so\s+much|all|again))?|thanks(?:\s+(?:a\s+lot"
    r"|very\s+much|so\s+much))?|hi|hello|good\s+(?:morning|afternoon|evening|day)|"
    r"yes|yeah|okay|ok|so|well|right|and|sorry|hum|um|uh|please|if\s+i\s+may|bonjour|bonsoir|merci(?:\s+beaucoup)?"
    r"|oui|ну|да|так|спасибо|дякую|добрый\s+день|добрий\s+день|guten\s+tag|danke)\b[\s,]*)+",
    re.IGNORECASE,
)
# Words that begin a sentence with a capital and name nobody.
NO_NAME = frozenset(
    """thank thanks good morning afternoon evening day hello hi yes no well so and but or ok okay please sorry
    question questions next last first second third
    one two three four then now here there this that these those it he she they we you i my your our madam sir
    minister secretary general president
    prime let lets go start take begin who what when where why how which can could will would do does did is are was
    were have has may might shall should if as
    at in on by for from to of with about over after before up the a an final more another perhaps maybe right great
    perfect all both everyone everybody sure surely absolutely certainly alright finally lastly indeed exactly hey yeah
    yep yup nope anyway excellent wonderful
    mister gentleman lady colleague colleagues ladies gentlemen just also only back again still today tomorrow
    yesterday tonight
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december
    merci oui non une un la le les l madame monsieur mesdames messieurs je vous nous premiere deuxieme derniere
    bonjour bonsoir et
    спасибо да вопрос следующий последний первый перше перший останнє остання наступний пожалуйста агентство дякую
    так питання запитання наступне hum um uh mainly nato eu un us uk alliance allies alors donc does""".split()
)
_LONGEST_HEAD = 320  # characters in which an introduction may stand
_MOST_PARTS = 7


@dataclass(frozen=True, slots=True)
class Asker:
    """A journalist as far as known: a name, an outlet, or both."""

    name: str | None = None
    outlet: str | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.outlet)


def read_introduction(text: str, officials: frozenset[str] = frozenset()) -> Asker:
    """Who journalists say they are as they begin: ``Ann Lee, BBC.`` · ``I'm Ann Lee with AP`` · ``from Reuters``.

    ``officials`` are folded words of the names of those who answer: addressing one of them introduces nobody.
    """
    head = _ASIDE.sub("", " ".join(text[:_LONGEST_HEAD].split()))
    parts = _parts(head)
    if found := _inaudible(head):
        return found
    for at, (part, stop) in enumerate(parts[:_MOST_PARTS]):
        bare = _OPENER.sub("", part).strip()
        if not bare or _is_address(bare, officials):
            continue
        following = parts[at + 1] if at + 1 < len(parts) else ("", "")
        found = _introduction(bare, stop, following, officials)
        if found is not None:
            return found
        if len(bare.split()) > 6:
            break  # prose has begun
    return Asker()


def _parts(head: str) -> list[tuple[str, str]]:
    """The clauses of ``head``, each with the mark that ends it."""
    out, at = [], 0
    for found in _BREAK.finditer(head):
        out.append((head[at : found.start()].strip(), found[0].strip()[:1]))
        at = found.end()
    return [*[(part, stop) for part, stop in out if part], (head[at:].strip(), "")]


def _is_address(part: str, officials: frozenset[str]) -> bool:
    """Whether a clause only addresses those who answer: ``Mr. Secretary General``, ``Jens``."""
    words = [fold(word) for word in part.split()]
    spoken_to = (
        ROLE_HEADS
        | ROLE_QUALIFIERS
        | HONORIFICS
        | officials
        | {"mister", "madam", "sir", "thank", "you", "very", "much", "thanks", "for"}
    )
    return all(word in spoken_to or word in {"minister", "general"} for word in words)


def _introduction(bare: str, stop: str, following: tuple[str, str], officials: frozenset[str]) -> Asker | None:
    """What one clause says about who asks; ``None`` when nothing. The clause after it may hold the other half."""
    if found := _NAME_FROM.match(bare):
        name, outlet = clean_name(found["name"], officials), clean_outlet(found["outlet"])
        if name and outlet and (" " in name or found["lead"] or is_outlet(outlet)) and _closes(found["rest"]):
            return Asker(name, outlet)
    if (found := _JUST_FROM.match(bare)) and is_capitalised(found["outlet"]) and _closes(found["rest"]):
        outlet, name = clean_outlet(found["outlet"]), _name_of(following, officials)
        said_so = bool(name) or stop == "." or bare[:4].lower() not in {"from", "with"}
        # "With the Strategy, …" and "from Russia, …" begin questions too
        if outlet and (is_outlet(outlet) or (said_so and not bare.lower().startswith("with"))):
            return Asker(name, outlet)
    if (found := _GLUED.match(bare)) and (name := clean_name(found["name"], officials)):
        return Asker(name, found["outlet"])
    if (
        (found := _JUST_OUTLET.match(bare))
        and is_outlet(found["outlet"])
        and is_capitalised(found["outlet"])
        and stop != "?"
    ):
        outlet = clean_outlet(found["outlet"])
        if outlet:
            return Asker(_name_of(following, officials), outlet)
    if found := _JUST_NAME.match(bare):
        return _named(found, stop, following, officials)
    return None


def _named(found: re.Match[str], stop: str, following: tuple[str, str], officials: frozenset[str]) -> Asker | None:
    name = clean_name(found["name"], officials)
    if name is None or stop == "?":
        return None
    after = _OPENER.sub("", following[0])
    if linked := _THEN_FROM.match(after):
        outlet = clean_outlet(linked["outlet"]) if is_capitalised(linked["outlet"]) else None
        return Asker(name, outlet) if outlet and _closes(linked["rest"]) else None
    quoted = re.match(r"[«„“\"](?P<outlet>[^»“”\"]{2,40})[»“”\"]$", after)
    if quoted and " " in name and stop == ",":
        return Asker(name, quoted["outlet"])
    beside = _JUST_OUTLET.match(after)
    outlet = clean_outlet(beside["outlet"]) if beside and is_capitalised(beside["outlet"]) else None
    closed = stop in {",", "-", "–", "—"} and following[1] != "?" and not _is_address(after, officials)
    if outlet and closed and (" " in name or found["lead"] or is_outlet(outlet)):
        return Asker(name, outlet)
    whole = " " in name and (stop in {".", "!"} or bool(found["lead"]))
    return Asker(name) if whole else None


def _name_of(clause: tuple[str, str], officials: frozenset[str]) -> str | None:
    found = _JUST_NAME.match(_OPENER.sub("", clause[0]))
    name = clean_name(found["name"], officials) if found else None
    return name if name and (" " in name or (found and found["lead"])) else None


def _closes(rest: str) -> bool:
    """Whether nothing but an aside follows ; ``from the Baltic states have said`` introduces no one."""
    return not rest.strip() or bool(re.match(r"\s*(?:here|and\s+I|again|in\s+[A-Z]|[(\[]|[—–-])", rest))


def _inaudible(head: str) -> Asker | None:
    found = re.match(rf"\W*(?i:inaudible)\W+{_FROM}\s+{ARTICLE}(?P<outlet>{RUN})", head)
    outlet = clean_outlet(found["outlet"]) if found and is_capitalised(found["outlet"]) else None
    return Asker(None, outlet) if outlet else None


def clean_name(run: str, officials: frozenset[str]) -> str | None:
    """``run`` as a journalist's name: openers and honorifics taken off; ``None`` for an official, a country or an
    outlet.
    """
    words = run.split()
    while words and (fold(words[0]) in HONORIFICS or names_nobody(words[0])):
        words = words[1:]
    folded = [fold(word) for word in words]
    if len(words) == 1 and (words[0].isupper() or any(letter.isdigit() for letter in words[0])):
        return None
    if (
        not words
        or len(words) > 5
        or any(word in ROLE_HEADS | EVENT_WORDS for word in folded)
        or any(names_nobody(word) and fold(word) not in PARTICLES for word in words)
    ):
        return None
    if set(folded) - PARTICLES <= officials or is_outlet(" ".join(words)) or set(folded) <= COUNTRIES:
        return None
    return display_name(" ".join(words).strip(".,"))


def names_nobody(word: str) -> bool:
    """Whether ``word`` only begins a sentence ("Thank", "That's")."""
    return fold(word) in NO_NAME or ("'" in word.replace("’", "'") and re.split("['’]", word)[0].lower() in NO_NAME)


def clean_outlet(run: str) -> str | None:
    """``run`` as an outlet's name: articles taken off; ``None`` for an office, a country or a common word."""
    words = run.strip(" .,").split()
    while words and fold(words[0]) in {"the", "merci", "yes", "and", "then", "thank", "you", "la", "le", "les"}:
        if fold(words[0]) in {"le", "la", "les"} and len(words) == 2 and not is_outlet(words[1]):
            break  # Le Monde, Le Soir
        words = words[1:]
    folded = {fold(word) for word in words}
    if not words or len(words) > 8 or folded <= ROLE_HEADS | ROLE_QUALIFIERS | NO_NAME | COUNTRIES:
        return None
    if folded & {"secretary", "minister", "president", "spokesperson", "spokesman"}:
        return None
    return " ".join(words)
