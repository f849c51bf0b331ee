"""Who asks: named by the label, by themselves, by the moderator's call, or by the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.accept import Page
from index.lexicon import COUNTRIES, EVENT_WORDS, HONORIFICS, PARTICLES, ROLE_HEADS, ROLE_QUALIFIERS
from index.names import display_name, fold, fold_words, is_capitalised, is_outlet
from index.turns import Draft

_CAPITAL = r"[^\W\d_a-zа-яёіїєґà-öø-ÿ]"
_CAP = rf"(?:(?:{_CAPITAL}|Mr|Mrs|Ms|Dr|St)\.|{_CAPITAL}[\w'’-]*)"
_LINK = r"(?:de|la|le|du|des|van|von|der|den|of|and|the|del|di|da|al|el|bin|e|y|&|et|for|d')"
_RUN = re.compile(rf"{_CAP}(?:[ ]+(?:{_LINK}[ ]+){{0,2}}{_CAP})*(?:[ ]\d{{1,3}}\b)?")
_PARTICLE = r"(?:de|la|le|du|des|van|von|der|den|del|di|da|al|el|bin|d'|dos|ten|ter)"
_NAME = rf"{_CAP}(?:[ ]+(?:{_PARTICLE}[ ]+){{0,2}}{_CAP}){{0,4}}"
_ARTICLE = r"(?:the\s+|la\s+|le\s+|les\s+|l'|el\s+|der\s+|die\s+|das\s+)?"
_FROM = r"(?:from|with|of|for|at|de|du|pour|von|из|от|з|від|here\s+from|here\s+with|writing\s+for|reporting\s+for|representing|I\s+represent|I\s+work\s+for|I\s+am\s+(?:from|with))"
_INTRO_OPENERS = r"(?:(?:thank\s+you|thanks|hi|hello|good\s+(?:morning|afternoon|evening|day)|yes|yeah|okay|ok|so|well|bonjour|bonsoir|merci|oui)\b[^.?!]{0,60}?[.,!]\s+|(?:sorry|hum|um|uh),?\s+)*"
_I_AM = r"(?:(?:I'm|I\s+am|this\s+is|it's|my\s+name\s+is|my\s+name's|je\s+suis|je\s+m'appelle|меня\s+зовут|мене\s+звати)\s+)"
_NAME_ORG = re.compile(rf"(?P<lead>{_I_AM}?)(?P<name>{_NAME})(?:\s*,\s*|\s+)(?P<link>{_FROM}\s+)?{_ARTICLE}(?P<outlet>{_RUN.pattern})")
_ORG_NAME = re.compile(rf"\b(?:from\s+{_ARTICLE}|de\s+{_ARTICLE})?(?P<outlet>{_RUN.pattern})\s*,\s*(?:(?:I'm|my\s+name\s+is|this\s+is)\s+)?(?P<name>{_NAME})")
_FROM_ORG = re.compile(rf"(?:^|[.,)\s…]){_FROM}\s+{_ARTICLE}(?P<outlet>{_RUN.pattern})")
_NAMED = re.compile(rf"{_I_AM}(?P<name>{_NAME})")
_WHO_IS_IT = re.compile(
    r"\b(?:next|last|another|final|one\s+more|second|third|other)\s+(?:question|one)|\bover\s+there|\bwho\s+(?:is|are|was|else)|\bin\s+the\s+(?:back|front|middle|second|first|third|last)"
    r"|\b(?:someone|somebody|anyone)\b|\bcalled\s+on\b|\b(?:gentleman|lady|colleague)\b|\byes,?\s+please|\bplease\s+go|\byour\s+name|\banyone|\banybody|\bquestion\s+suivante|\bquestions?\s*\?",
    re.IGNORECASE,
)
# Words that open a sentence with a capital and name nobody.
_NO_NAME = frozenset(
    """thank thanks good morning afternoon evening day hello hi yes no well so and but or ok okay please sorry question questions next last first second third
    one two three four then now here there this that these those it he she they we you i i'm my your our mr mrs ms madam sir minister secretary general president
    prime let lets let's let’s go start take begin we'll we’ll i'll i’ll i'd it's its who what when where why how which can could will would do does did is are was were have has may might shall should if as
    at in on by for from to of with about over after before up the a an final more another perhaps maybe right great perfect all both everyone everybody
    mister excellency gentleman lady colleague colleagues ladies gentlemen over just also only back again still today tomorrow yesterday tonight
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
    merci oui non une un la le les l l' madame monsieur mesdames messieurs je vous nous question première premiere deuxième dernière bonjour bonsoir et
    спасибо да вопрос следующий дякую так питання запитання наступне hum um uh mainly nato eu un us uk alliance allies alors donc""".split()
)


@dataclass(frozen=True, slots=True)
class Asker:
    """A journalist as far as known: a name, an outlet, or both."""

    name: str | None = None
    outlet: str | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.outlet)


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
            if call:
                called, asked_who = call, False
            elif draft.kind == "moderator" or (_WHO_IS_IT.search(text[-120:])):
                asked_who = asked_who or bool(_WHO_IS_IT.search(text)) or draft.kind == "moderator"
                called = Asker() if asked_who else called
            continue
        if draft.kind != "journalist":
            continue
        floor = _identify(draft, text, floor=floor, called=called, unknown=asked_who, officials=officials)
        called, asked_who = Asker(), False
    _spread_outlets(drafts)


def _identify(draft: Draft, text: str, *, floor: Asker, called: Asker, unknown: bool, officials: frozenset[str]) -> Asker:
    """Name one journalist's turn and return who holds the floor now."""
    intro = read_introduction(text, officials)
    if draft.who is not None or draft.name or draft.outlet:
        named = Asker(draft.name or intro.name, draft.outlet or intro.outlet)
        if draft.name is None and draft.outlet and called.name and (not called.outlet or fold(called.outlet) in fold(draft.outlet)):
            named = Asker(called.name, draft.outlet)
            draft.flags.append("inferred")
        elif named.outlet is None and called.outlet and not _different(called.name, named.name):
            named = Asker(named.name, called.outlet)
    elif intro:
        same = not _different(intro.name, called.name)
        named = Asker(intro.name or (called.name if same else None), intro.outlet or (called.outlet if same else None))
        if intro.name is None and named.name is not None or intro.outlet is None:
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


def _spread_outlets(drafts: Sequence[Draft]) -> None:
    """The same journalist has the same outlet in every turn, once it was said."""
    outlets: dict[str, str] = {}
    for draft in drafts:
        if draft.kind == "journalist" and draft.name and draft.outlet:
            outlets.setdefault(fold(draft.name), draft.outlet)
    for draft in drafts:
        if draft.kind == "journalist" and draft.name and not draft.outlet:
            draft.outlet = outlets.get(fold(draft.name))


def _official_words(page: Page, drafts: Sequence[Draft]) -> frozenset[str]:
    """Folded names of those who answer: a moderator who names one of them calls no journalist."""
    asking = {draft.who for draft in drafts if draft.kind == "journalist" and draft.who is not None}
    return frozenset(word for at, entry in enumerate(page.registry.entries) if at not in asking for word in fold_words(entry.name))


def read_introduction(text: str, officials: frozenset[str] = frozenset()) -> Asker:
    """Who journalists say they are in the first two sentences: ``Ann Lee, BBC.`` · ``I'm Ann Lee with AP`` · ``from Reuters``."""
    head = re.sub(r"^(?:[(\[](?!inaud)[^)\]]{0,40}[)\]][\s.]*)+", "", " ".join(text[:400].split()), flags=re.IGNORECASE)
    opener = re.match(rf"\W*{_INTRO_OPENERS}", head, re.IGNORECASE)
    sentences = re.split(r"(?<=[.?!])\s+(?=[^\W\d_])", re.sub(r"\b(Mr|Mrs|Ms|Dr|[A-Z])\.\s", r"\1 ", head))[:2]
    whole = head[opener.end() :] if opener else head
    for part in dict.fromkeys([whole, *sentences]):
        if found := _introduction(part[:160], officials):
            return found
    return _inaudible_from(head)


def _introduction(part: str, officials: frozenset[str]) -> Asker:
    if found := _NAME_ORG.match(part):
        name, outlet = _clean_name(found["name"], officials), _clean_outlet(found["outlet"])
        closed = part[found.end() : found.end() + 1] in {".", ",", ":", ";", "?", "", " ", "-", "–", "—"}
        linked = bool(found["link"])
        comma = "," in part[found.end("name") : found.start("outlet")]
        if name and outlet and closed and (linked or comma) and (" " in name or found["lead"]) and not _sentence_goes_on(part, found.end(), linked):
            return Asker(name, outlet)
        if outlet and is_outlet(found["name"]) and (second := _clean_name(found["outlet"], officials)) and " " in second and comma:
            return Asker(second, _clean_outlet(found["name"]))
    if (found := _ORG_NAME.match(part)) and (name := _clean_name(found["name"], officials)) and " " in name:
        outlet = _clean_outlet(found["outlet"])
        if outlet and (is_outlet(outlet) or part.lower().startswith("from ")):
            return Asker(name, outlet)
    if found := _NAMED.search(part):
        name = _clean_name(found["name"], officials)
        if name and " " in name:
            after = _FROM_ORG.search(part[found.end() :] or " ")
            return Asker(name, _clean_outlet(after["outlet"]) if after else None)
    if found := re.match(rf"{_FROM}\s+{_ARTICLE}(?P<outlet>{_RUN.pattern})\s*[.,:;]", part, re.IGNORECASE):
        outlet = _clean_outlet(found["outlet"])
        if outlet and is_capitalised(outlet):
            return Asker(None, outlet)
    if (found := re.match(rf"{_ARTICLE}(?P<outlet>{_RUN.pattern})\s*[.,:]\s", part)) and is_outlet(found["outlet"]):
        outlet = _clean_outlet(found["outlet"])
        if outlet and not set(fold_words(outlet)) & _NO_NAME:
            return Asker(None, outlet)
    return Asker()


def _sentence_goes_on(part: str, end: int, linked: bool) -> bool:
    """``Boris Johnson, Theresa May and others have said`` introduces nobody."""
    after = part[end : end + 40]
    return not linked and bool(re.match(r"\s+[a-zа-я]", after))


def _inaudible_from(head: str) -> Asker:
    found = re.match(rf"\W*inaudible\W+(?:{_FROM})\s+{_ARTICLE}(?P<outlet>{_RUN.pattern})", head, re.IGNORECASE)
    outlet = _clean_outlet(found["outlet"]) if found else None
    return Asker(None, outlet) if outlet else Asker()


def _clean_name(run: str, officials: frozenset[str]) -> str | None:
    words = [word for word in run.split() if word]
    while words and (fold(words[0]) in HONORIFICS or _names_nobody(words[0])):
        words = words[1:]
    folded = [fold(word) for word in words]
    if not words or not 1 <= len(words) <= 5 or any(word in ROLE_HEADS | EVENT_WORDS | _NO_NAME for word in folded):
        return None
    if set(folded) - PARTICLES <= officials or is_outlet(" ".join(words)) or set(folded) <= COUNTRIES:
        return None
    return display_name(" ".join(words).strip(".,"))


def _names_nobody(word: str) -> bool:
    return fold(word) in _NO_NAME or re.split("['’]", word)[0].lower() in _NO_NAME and "'" in word.replace("’", "'")


def _clean_outlet(run: str) -> str | None:
    words = run.strip(" .,").split()
    while words and (fold(words[0]) in {"the", "merci", "yes", "and", "then", "thank", "you"} or fold(words[0]) in {"le", "la", "les"} and len(words) > 1):
        if fold(words[0]) in {"le", "la", "les"} and len(words) == 2 and not is_outlet(words[1]):
            break
        words = words[1:]
    folded = {fold(word) for word in words}
    if not words or len(words) > 7 or folded <= ROLE_HEADS | ROLE_QUALIFIERS | _NO_NAME | COUNTRIES:
        return None
    if folded & {"secretary", "minister", "president", "spokesperson", "spokesman"}:
        return None
    return " ".join(words)


def read_call(text: str, officials: frozenset[str] = frozenset(), *, whole: bool = True) -> Asker:
    """Whom a moderator calls: ``We start with the BBC.`` · ``Yes, Ann Lee of Reuters, please.`` · ``Romanian TV``.

    Of an official (``whole=False``) only a last, short sentence counts as a call.
    """
    sentences = [part for part in re.split(r"(?<=[.?!;])\s+", " ".join(text.split())) if re.search(r"\w", part)]
    tried = sentences[::-1][:3] if whole else [part for part in sentences[-1:] if _is_officials_call(part)]
    for sentence in tried:
        if len(sentence) < 240 and (call := _call(sentence, officials)):
            return call
    return Asker()


def _is_officials_call(sentence: str) -> bool:
    """Officials who run their own questions say no more than ``Yes, Ann.`` or ``Jonathan, Associated Press.``"""
    words = sentence.split()
    if len(words) > 7 or sentence.endswith("?"):
        # "And the first question, I'm told, is Darlene Superville from the Associated Press."
        return len(words) < 20 and bool(re.search(r"\b(?:first|next|last|final)\s+question\b.*\b(?:is|from|to)\b", sentence))
    opened = bool(re.match(r"(?:yes|please|okay|ok|next|sorry|now|and|then|go\s+ahead|all\s+right)\b", sentence, re.IGNORECASE))
    return len(words) > 1 and (opened or "," in sentence) and sum(map(is_capitalised, words)) * 2 >= len(words)


def _call(sentence: str, officials: frozenset[str]) -> Asker:
    spoken = re.sub(r"[(\[][^)\]]{0,60}[)\]]\.*", " ", sentence)
    runs = [(found.start(), found[0]) for found in _RUN.finditer(spoken)]
    if linked := _called_by_both(spoken, officials):
        return linked
    useful = [(at, trimmed) for at, run in runs if (trimmed := _trim_call(run))]
    if not useful or len(useful) > 5:
        return Asker()
    if len(useful) > 3:  # "Jim, the New York — Jim Tankersley, the New York Times."
        useful = useful[-2:]
    names, outlets = [], []
    bare = len(re.sub(r"\W+", " ", spoken).split()) <= sum(len(run.split()) for _, run in useful) + 3
    for at, run in useful:
        before = spoken[max(0, at - 12) : at].lower()
        linked = bool(re.search(r"(?:from|of|with|for|de|du)\s+(?:the\s+|la\s+|le\s+)?$", before))
        article = bool(re.search(r"(?:^|\s)(?:the|le|la|l')\s*$", before)) or bool(re.match(r"(?:The|Le|La|L')\s", run))
        outlet, name = _clean_outlet(run), _clean_name(run, officials)
        if outlet and (is_outlet(run) or article or linked and (names or not name or len(useful) == 1 and "from" in before)):
            outlets.append(outlet)
        elif name and (bare or len(useful) > 1 or re.search(r"\b(?:please|first|next|start|begin|take|go|with|to|yes)\b", spoken, re.IGNORECASE)):
            names.append(name)
    if not names and not outlets:
        return Asker()
    if not outlets and len(names) == 2 and " " in names[0]:
        outlets = [names[1]]
    return Asker(names[0] if names else None, outlets[0] if outlets else None)


def _called_by_both(spoken: str, officials: frozenset[str]) -> Asker:
    """``Ann Lee of Reuters, please.``"""
    for found in re.finditer(rf"(?P<name>{_NAME})(?:\s*,)?\s+(?:from|of|with)\s+{_ARTICLE}(?P<outlet>{_RUN.pattern})", spoken):
        name, outlet = _clean_name(_trim_call(found["name"]) or "", officials), _clean_outlet(found["outlet"])
        if name and outlet:
            return Asker(name, outlet)
    return Asker()


def _trim_call(run: str) -> str | None:
    """A run of capitals without the words that only open the sentence."""
    words = run.split()
    while words and _names_nobody(words[0]) and fold(words[0]) not in {"le", "la", "les", "the"} and not (len(words) > 1 and is_outlet(run) and fold(words[0]) in {"sunday", "monday", "today"}):
        words = words[1:]
        while words and not is_capitalised(words[0]):
            words = words[1:]
    if not words or {fold(word) for word in words} <= ROLE_HEADS | ROLE_QUALIFIERS | HONORIFICS | _NO_NAME | COUNTRIES:
        return None
    return " ".join(words)
