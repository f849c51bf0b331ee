"""Who is named in a question, and whose words it wants.

A name or an office limits the search only where the sentence makes it do so ("What did Mikser say …", "Mikser's view");
elsewhere it is a word to find like any other ("What was said about Putin?").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.countries import countries_in
from qa.dates import date_mentions
from qa.roll import Roll, Speaker
from qa.said import say
from qa.words import content_stems, stem, tokens

SPEECH = frozenset(
    stem(verb)
    for verb in """say said tell told state stated claim claimed promise promised announce announced argue argued
    explain explained describe described characterise characterised call called mention mentioned think
    thought believe believed see saw view viewed feel felt reply replied answer answered respond
    responded react reacted warn warned stress stressed emphasise emphasised comment commented compare
    compared suggest suggested note noted insist insisted deny denied acknowledge acknowledged admit
    admitted praise praised thank thanked condemn condemned criticise criticised urge urged speculate
    predict predicted expect expected hope hoped want wanted consider considered rule address addressed
    declare declared refer referred quote quoted list listed outline outlined justify justified assess
    assessed define defined speak spoke talk talked remark remarked add added point welcome welcomed
    demand demanded agree agreed disagree name named bring brought give gave propose proposed set cite cited identify
    identified raise raised use used make made link linked blame blamed commit committed pledge pledged dismiss
    dismissed reject rejected defend defended confirm confirmed
    clarify clarified reveal revealed voice voiced express expressed
    present presented hint hinted imply implied indicate indicated signal signalled recall recalled recommend
    recommended advise advised accuse accused discuss discussed report reported cover touch highlight highlighted
    underline underlined estimate estimated support supported oppose opposed back backed detail detailed take took
    worry fear doubt invite invited mean meant""".split()
)
_OFFICE_HEAD = (
    r"(?:[Ss]ec[- ]?[Gg]en|SecGen|DM|FM|PM|(?:Deputy |Assistant |Under-?)?Secretar(?:y|ies)[- ]General|SG|(?:Prime"
    r"|Foreign|Defen[cs]e|Interior"
    r"|Finance) (?:Minister|"
    r"Secretary)|Minister|President|Chancellor|Spokes(?:person|man|woman)|High Representative|Ambassador|Chairman"
    r"|Chairwoman|"
    r"Supreme Allied Commander(?: Europe)?|SACEUR|Commander|Commissioner|Secretary|Chair|Advis[eo]r|Director"
    r"|Coordinator|Mayor|Envoy)"
)
_OFFICE = re.compile(
    rf"\b(?:(?:[A-Z][\w’']+|EU|UN|US|UK"
    rf"|NATO)(?:[’']s)? ){{0,2}}{_OFFICE_HEAD}\b(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+){{0,3}}| of (?:defen[cs]e|state"
    rf"|foreign affairs))?"
    rf"|\b(?:the |a )(?:\w+ )?(?:secretary[- ]general|(?:prime |foreign |defen[cs]e )?minister|(?:press |foreign "
    rf"|defen[cs]e )secretary|president"
    rf"|chancellor|spokes(?:person|man|woman)|(?:\w+ )?advis[eo]r)"
    rf"(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+){{0,3}}| of (?:defen[cs]e|state|foreign affairs))?\b"
)
_PROPER = re.compile(r"\b[A-Z][\w’'-]*[a-z](?: (?:de |van |von |al-)?[A-Z][\w’'-]*[a-z])+")
_NO_PERSON = re.compile(
    r"\b(?:Summit|Group|Centre|Center|Alliance|Allies|Council|Union|Ministry|Government|Treaty|Force|Forces"
    r"|Coalition|Team|Teams|Hub|"
    r"Command|Committee|Conference|Organi[sz]ation|Plan|Agency|Initiative|House|Exercise|Declaration|Nations"
    r"|States|Kingdom|"
    r"Federation|Office|Department|Court|Bank|Agreement|Pact|Programme|Program|System|Post|Times|News|Television|TV)\b"
)
_NO_NAME = re.compile(
    r"(?:Ministers|Leaders|Members|Parliament|Congress|Senate|Kremlin|Pentagon|Europe|Africa|Asia|America|West|East"
    r"|North|South|Baltics|Balkans|Parties|Partners|Presidents|Heads|Journalists|Reporters|European|Europeans"
    r"|Western|Eastern|Atlantic|Arab|Americans"
    r"|Officials|Experts|Diplomats|Reuters|Bloomberg)\b"
)
_WORD = re.compile(r"\b[^\W\d_][\w-]+")
_BARE = re.compile(r"\W*(?:(?:and|but|so|or)\b)?\W*(?:the )?\Z", re.IGNORECASE)  # "And Mikser?"
_REPORTED = re.compile(r"\b(?P<verb>[a-z]+) (?:that )?(?:the )?\Z")
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|would|will|is|was|are|were|could|can|might|should)\b", re.IGNORECASE
)
_ADVERB = r"(?:\w+ly |also |then |even |ever |actually )?"
_POSSESSED = (
    r"(?:[’']s?)? (?:\w+ )?(?:view|opinion|position|assessment|stance|answer|reply|response|remarks?|message|comments?"
    r"|reaction|words|line|polic(?:y|ies)|attitude|language|tone|approach|thinking|warnings?|claims?|statements?"
    r"|answers|views"
    r"|positions|quotes?|explanation|reasons?|argument|rhetoric|wording)\b"
)


Span = tuple[int, int]
IsPerson = Callable[[str], bool]
"""Whether a name that stands alone ("And Rasmussen?") is a person's rather than a topic's."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whose words are wanted, where the question says so: for each mention everybody whom it may mean; where it says
    so; who the record does not hold; and what was decided where a name stands for several.
    """

    parties: tuple[tuple[str, ...], ...] = ()
    spans: tuple[Span, ...] = ()
    absent: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in the order of the question."""
        return tuple(dict.fromkeys(name for party in self.parties for name in party))


def principals_named(
    question: str, roll: Roll, *, docs: frozenset[str] | None, sides: bool, is_person: IsPerson
) -> Named:
    """Whose words ``question`` wants; of several of one name, those who speak in ``docs``. In a comparison (``sides``)
    whoever is named is a side.
    """
    parties: list[tuple[str, ...]] = []
    notes: list[str] = []
    spans: list[Span] = []
    for start, end in mentions_of(question, roll) if sides else subjects(question, roll):
        found = _officials(_resolve(question[start:end], roll, docs))
        is_topic = not found and _is_alone(question, start, end) and not is_person(question[start:end])
        if is_topic or (not found and sides and not _is_subject(question, start, end)):
            continue
        if not found and not parties:
            return Named(absent=_bare(question[start:end]))
        if not found:
            notes.append(say("said.nobody", name=_bare(question[start:end])))
        if _are_several(found):
            people = " or ".join(speaker.name for speaker in found)
            notes.append(say("said.several", name=question[start:end].strip(), people=people))
        names = tuple(speaker.name for speaker in found)
        if names and not any(set(names) & set(party) for party in parties):
            parties.append(names)
        spans.append((start, end))
    return Named(tuple(parties), tuple(spans), notes=tuple(notes))


def _is_alone(question: str, start: int, end: int) -> bool:
    """Whether nothing but the name is left of an ellipsis ("And Florida?")."""
    return bool(_BARE.match(question[:start])) and not content_stems(question[end:])


def _are_several(found: Sequence[Speaker]) -> bool:
    """Whether these are different people rather than one under a longer and a shorter name ("Joe Biden", "Biden")."""
    words = [set(tokens(speaker.name)) for speaker in found]
    return any(not own <= max(words, key=len) for own in words)


def _officials(found: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Those who speak as officials, where somebody of that name does."""
    return tuple(speaker for speaker in found if "principal" in speaker.kinds) or tuple(found)


def _bare(mention: str) -> str:
    return re.sub(r"\A(?:the|a) ", "", mention.strip(), flags=re.IGNORECASE)


def journalists_named(question: str, roll: Roll) -> Named:
    """The journalists of the record whom ``question`` names."""
    return Named(tuple((name,) for name in journalists_called(question, roll)))


def journalists_called(question: str, roll: Roll) -> dict[str, str]:
    """The journalists whom ``question`` names in full, or by a surname where the record has a first name too: each with
    what they are called.
    """
    found: dict[str, str] = {}
    lower, flags = question.casefold(), re.IGNORECASE if question.islower() else 0
    for speaker in roll.speakers.values():
        words = speaker.name.split()
        if speaker.kinds != {"journalist"} or words[-1].casefold() not in lower:
            continue
        patterns = (re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", flags) for name in (speaker.name, words[-1]))
        called = [match[0] for pattern in patterns if (match := pattern.search(question))]
        if called and (len(words) > 1 or not flags):
            found[speaker.name] = called[0]
    return {
        name: called
        for name, called in found.items()
        if not any(called != other and called in other.split() for other in found.values())
    }


def subjects(question: str, roll: Roll) -> list[Span]:
    """Where ``question`` names those whose words it wants."""
    return [span for span in mentions_of(question, roll) if _is_subject(question, *span)]


def names_one(words: str, roll: Roll) -> bool:
    """Whether ``words`` are somebody's name or office and nothing else; a name need not be on the roll."""
    bare = _bare(words)
    return any(words[start:end].strip() in (words.strip(), bare) for start, end in mentions_of(words, roll))


def is_office(words: str) -> bool:
    """Whether ``words`` are an office and nothing else."""
    return bool(_OFFICE.fullmatch(_bare(words)) or _OFFICE.fullmatch(words.strip()))


def is_known(words: str, roll: Roll) -> bool:
    """Whether somebody of that name or office speaks in the record."""
    return bool(_resolve(words, roll, None))


def mentions_of(question: str, roll: Roll) -> list[Span]:
    """Spans that name a person: by office, by full name, or by one word of a known speaker's name."""
    spans = [m.span() for m in _OFFICE.finditer(question)]
    proper = [_after_opening(question, *m.span(), roll) for m in _PROPER.finditer(question)]
    spans += [
        (start, end)
        for start, end in proper
        if " " in question[start:end] and _may_be_person(question[start:end], roll)
    ]
    opening = re.match(r"\W*[^\W\d_][\w-]+ (?=[a-z])(?!\w+ed\b|says?\b|said\b)", question)
    begins = opening.end() if opening else 0
    spans += [
        m.span()
        for m in _WORD.finditer(question)
        if _is_surname(m.group(), question, roll) and (m.start() >= begins or _of_surname(m.group(), roll))
    ]
    return [(start, start + len(unpossessed(question[start:end]))) for start, end in _longest(spans)]


def unpossessed(name: str) -> str:
    """``name`` less a possessive ending."""
    return re.sub(r"[’']s?\Z", "", name)


def _is_surname(word: str, question: str, roll: Roll) -> bool:
    """A known surname, in lower case where nothing is capitalised or an official has it; or a single name that no list
    explains.
    """
    held = _of_surname(word, roll)
    if held and (word[0].isupper() or question.islower()):
        return True
    if len(word) >= _LOWER_SURNAME and any("principal" in speaker.kinds for speaker in held):
        return True
    if not re.fullmatch(r"[A-Z][a-zà-ž]{2,}", word) or word in roll.outlets:
        return False
    return not (_NO_PERSON.match(word) or _NO_NAME.match(word) or _opens_with_function_word(word))


def _of_surname(word: str, roll: Roll) -> list[Speaker]:
    last = tokens(word)[-1]
    return [speaker for speaker in roll.named(last) if speaker.surname == last]


_LOWER_SURNAME = 6  # letters from which a surname in lower case is hardly another word


def _after_opening(question: str, start: int, end: int, roll: Roll) -> Span:
    """The span less the words that open a sentence: "And Angela Merkel", "Compare Stoltenberg"."""
    first = question[start:end].split()[0]
    opens = not content_stems(first) or (not question[:start].strip(" \"'“‘(") and not roll.named(tokens(first)[-1]))
    if not opens or start + len(first) + 1 >= end:
        return start, end
    return _after_opening(question, start + len(first) + 1, end, roll)


def _may_be_person(words: str, roll: Roll) -> bool:
    return bool(_known(words, roll)) or not (_NO_PERSON.search(words) or _opens_with_function_word(words))


def _opens_with_function_word(words: str) -> bool:
    return not content_stems(words.split()[0]) or bool(countries_in(words, capitals=True))


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_subject(question: str, start: int, end: int) -> bool:
    """Whether the person named at ``question[start:end]`` is the one who speaks or thinks."""
    before, after = question[:start], question[end:]
    if re.search(
        r"\b(?:acc?ording to|in the (?:words|view|opinion|answer) of|(?:what|how) about|selon|d[’']après|(?:a"
        r"|ont) (?:dit|déclaré)"
        r"|(?:mention|occurrence|instance|statement|quote|remark|reference|comment|answer|word)s?\b.* (?:by|from)"
        r"|(?:\w+ed|said|made|given|brought up|set out|put|told|anything|something|all) by) (?:the )?$",
        _JOINED.sub("", before),
        re.IGNORECASE,
    ):
        return True
    if re.match(_POSSESSED, after, re.IGNORECASE):
        return True
    if _BARE.match(before) and (not content_stems(after) or re.match(r" (?:on|re|about|regarding)\b:?", after)):
        return True
    if re.match(r" (?:a|ont|avait) (?:dit|déclaré|affirmé|annoncé|promis)\b", after):
        return True
    if (reported := _REPORTED.search(before)) and stem(reported["verb"]) in SPEECH:
        return False  # "did he say Putin denied": his words about Putin
    if joined := re.match(r"(?:,| and| or) (?:the )?(?:[A-Z][\w’'-]+ ?){1,4}", after):
        after = after[joined.end() :]
        after = after if after.startswith(" ") else " " + after
    verb = re.match(rf" {_ADVERB}(?P<verb>[a-z]+)", _after_date(after))
    if verb and verb["verb"].endswith("ed") and _PASSIVE.search(_JOINED.sub("", before)):
        return False  # "was Putin mentioned": not his words
    if verb and _MEETS.match(after):
        return False  # "has he talked to Putin": what he did, and not what he said
    asked_so = _AUXILIARY.search(before) or re.search(
        r"\b(?:how|what|that|which|why|and|when|where|whether|if|times?|occasions?)\b"
        r"|\A\W*(?:please )?(?:name|list|give|show|find|quote|tell|set|cite)\b",
        before,
        re.IGNORECASE,
    )
    return bool(verb and asked_so and stem(verb["verb"]) in SPEECH)


_MEETS = re.compile(r" (?:\w+ )?(?:talk|talked|talking|speak|spoke|spoken) (?:to|with)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been) (?:the )?$", re.IGNORECASE)
_JOINED = re.compile(r"(?:[A-Z][\w’'-]+ ){1,4}(?:and|or) (?:the )?\Z")


def _after_date(after: str) -> str:
    """What follows a name, less a date at once: "Biden in January 2022 rule out"."""
    mention = next(iter(date_mentions(after)), None)
    if mention and re.fullmatch(r",? (?:in|on|during) (?:the )?", after[: mention.start], re.IGNORECASE):
        return after[mention.end :].lstrip(",")
    return after


def _resolve(mention: str, roll: Roll, docs: frozenset[str] | None) -> tuple[Speaker, ...]:
    """Whom ``mention`` may mean; of several of one name, those who speak in ``docs``, where the question is of some."""
    bare = _bare(mention)
    if _OFFICE.fullmatch(bare) and (holding := roll.holding(bare, docs=docs)):
        return holding
    known = _known(mention, roll)
    if known or not _OFFICE.search(mention):
        there = tuple(speaker for speaker in known if docs and not speaker.doc_ids.isdisjoint(docs))
        return there or known
    return roll.holding(bare, docs=docs)


def _known(mention: str, roll: Roll) -> tuple[Speaker, ...]:
    """Speakers whose surname ``mention`` ends with and whose other names it does not contradict."""
    words = list(tokens(mention))
    if not words:
        return ()
    found = [s for s in roll.named(words[-1]) if s.surname == words[-1]]
    given = [word for word in words[:-1] if word.isalpha()]
    if not given or _OFFICE.search(mention):
        return tuple(found)
    return tuple(s for s in found if set(tokens(s.name)) <= set(words) or given[-1] in tokens(s.name))


def speaks(question: str) -> bool:
    """Whether ``question`` asks what somebody said."""
    return any(stem(word) in SPEECH for word in tokens(question))
