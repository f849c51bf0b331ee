"""Words that a speaker credits to somebody else.

``"the President of Lithuania said that Mr. Putin is a terrorist"`` inside a question is the President's claim, neither
the
journalist's nor that of the one who answers. The spans are marked so that no later stage credits them to the speaker.
What a speaker repeats as shared ("as Sven said, we …") stays the speaker's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.sentences import sentence_spans
from index.types import ReportedSpeech, Turn
from index.view import View

_VERB = (
    r"(?:said|says|saying|say|told|tells|tell|stated|states|claimed|claims|claim|argued|argues"
    r"|argue|warned|warns|declared|declares|announced|insisted|insists|"
    r"alleged|alleges|suggested|suggests|complained|denied|denies|promised|threatened|asserted"
    r"|asserts|maintained|maintains|replied|asked|asks|wrote|writes|tweeted|"
    r"boasted|reported|reports|predicted|remarked)"
)
_AUX = (
    r"(?:(?:has|have|had|is|was|also|just|once|recently|already|now|again|even|yesterday|today"
    r"|publicly|repeatedly|always|never|often|today|himself|herself)\s+){0,3}"
)
_NO_SOURCE = (
    r"(?!(?:Did|Does|Do|Has|Have|Had|Is|Are|Was|That|And|But|So|When|Because|If|As|What|Who|Why"
    r"|How|Yes|No|Then|Now|Well|Or|On|In|At|I|We|You|It)\b)"
)
_HEAD = (
    r"(?:(?i:he|she|they|people|critics|some|many|others|somebody|someone|analysts|experts|observers"
    r"|opponents|officials|sources|reporters|journalists|colleagues|"
    r"those\s+who|the\s+media|reports)(?!\w)|"
    + _NO_SOURCE
    + r"(?:[A-Z][\w'’-]*(?:\.(?=\s[A-Z]))?(?:\s+(?:of|and|the|for|de|van|von)){0,2}\s+){0,7}[A-Z][\w'’-]+)"
)
_NOUN = (
    r"(?i:(?:the|a|an|my|our|your|his|her|their|one|some|many|several|this|that|former)\s+)(?:[\w'’-]+\s+){0,3}?"
    r"(?i:president|minister|mayor|chancellor|king|queen|secretary|general|commander|ambassador"
    r"|director|chairman|chair|chief|leader|leaders|government|ministry|ministers|officials?|"
    r"spokesm[ae]n|spokesperson|spokeswoman|authorities|authority|intelligence|opposition|parliament"
    r"|newspaper|paper|press|agency|report|reports|media|colleague|colleagues|friend|"
    r"predecessor|governor|senator|expert|experts|neighbours?|side|people|farmers?|captain|soldiers?"
    r"|officers?|observers?|critics?|bishop|judge|court|union|company|bank|man|woman|engineers?"
    r"|doctor|"
    r"kremlin|pentagon|foreign\s+office|white\s+house)"
    r"(?:\s+(?:of|in|for|from)\s+(?:the\s+)?(?:[A-Z][\w'’-]+\s*){1,4})?(?:\s+(?:inside|here|there|himself|herself))?"
    r"(?:,?\s+(?:Mr|Mrs|Ms)\.?\s+[A-Z][\w'’-]+|,?\s+(?:[A-Z][\w'’-]+\s?){1,3},?)?"
)
_SOURCE = rf"(?P<source>{_NOUN}|{_HEAD})"
_ASIDE = (
    r"(?:\s*,\s*(?:and\s+)?(?:I\s+quote|quote|these\s+were\s+(?:his|her|their)\s+words|in\s+(?:his"
    r"|her|their)\s+words)(?:\s+(?:him|her|them))?\s*,)?"
)
_WHEN = (
    r"(?:\s+(?:me|us|you|him|her|them|reporters|journalists|(?:my|our|the|your|his|her)\s+[\w'’-]+(?:\s+[\w'’-]+)?"
    r"|[A-Z][\w'’-]+))?(?:\s+(?:on|in|at|to|last|this|yesterday|today|earlier|again|publicly|here"
    r"|before)\b(?:\s+[\w'’-]+){0,5}?)?"
)
_THAT = r"(?:\s+that\b|\s*:|\s*,(?=\s*[\"“«„'‘])|(?=\s*[\"“«„]))"
_NO_THAT = r"(?=\s+(?:the|he|she|it|they|there|we|I|you|this|these|his|her|their|our|no|Mr|[A-Z]\w+)\b(?!,))"
_SAYS = rf"(?<![\w’'])(?:(?:[Dd]id|[Dd]oes|[Hh]as|[Ii]s|[Tt]hat)\s+)?{_SOURCE}\s+{_AUX}{_VERB}\b{_ASIDE}{_WHEN}{_ASIDE}"
_CLAIM = re.compile(rf"{_SAYS}{_THAT}{_ASIDE}")
_PUT = re.compile(
    rf"(?<![\w’'])(?:[Aa]s\s+)?{_SOURCE}\s+{_AUX}(?:put|puts)\s+it(?:\s+[\w ]{{1,30}}?)?\s*[:,]\s*(?=[\"“«„])"
)
_BARE_CLAIM = re.compile(rf"{_SAYS}{_NO_THAT}")
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Ii]n\s+the\s+(?:words|view|opinion)\s+of|[Ss]elon|[Dd]'après|[Пп]о\s+словам"
    r"|[Зз]а\s+словами)\s+(?P<source>[^,:.;]{2,80})[,:]\s*"
)
_PASSIVE = re.compile(
    r"\b(?:[Ii]t\s+(?:is|was|has\s+been)|[Tt]here\s+(?:are|were)\s+(?:some\s+|many\s+)?)(?P<source>\s*(?:said"
    r"|reported|alleged|claimed|rumours|reports|claims|allegations|suggestions))\s+that\b"
)
_CALLED = re.compile(
    rf"(?<![\w’'])(?P<source>{_NOUN}|{_HEAD})\s+{_AUX}(?:called|calls|described|describes|labelled"
    rf"|branded|dubbed|denounced)\s+[^.?!\"“«]{{1,80}}?(?=[\"“«])"
)
_OTHER_TONGUES = re.compile(
    r"(?<!\w)(?P<source>[^\s,.;:!?][^,.;:!?]{1,60}?)\s+(?:(?:a|ont)\s+(?:dit|déclaré|affirmé|annoncé"
    r"|prétendu)|(?:dit|affirme|déclare|prétend)|сказала?|заявила?|говорит|утверждает|сообщила?"
    r"|сказав|заявив|каже|стверджує|повідомив)"
    r"\s*,?\s*(?:que|qu'|что|що)\s*"
)
# A sentence without one of these words reports nothing: most need not be searched at all
_MARKS = frozenset(
    """said says saying say told tells tell stated states claimed claims claim argued argues argue warned warns
    declared declares announced insisted
    insists alleged alleges suggested suggests complained denied denies promised threatened asserted asserts
    maintained maintains replied asked
    asks wrote writes tweeted boasted reported reports predicted remarked according words view opinion put puts
    called calls described describes
    labelled branded dubbed denounced rumours allegations suggestions selon après dit déclaré affirmé affirme
    annoncé prétendu prétend déclare
    словам сказал сказала заявил заявила говорит утверждает сообщил сообщила сказав заявив каже стверджує
    повідомив""".split()
)
_WORDS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“«„][^\"”“»]{3,900}[\"”“»]")
_SHARED = re.compile(r"(?:^|\W)(?:as|like|comme|как|як)\s+(?:also\s+)?$", re.IGNORECASE)
_OWN = frozenset("i we you it nato alliance allies nobody no none what which who that this there one".split())
_LONGEST_SENTENCE = 3_000  # characters searched; the patterns are linear, and no spoken sentence is longer


def find_reported(view: View, turns: Sequence[Turn]) -> tuple[ReportedSpeech, ...]:
    """Reported speech in every turn, in order of the text. Spans of one turn do not overlap."""
    found: list[ReportedSpeech] = []
    for turn in turns:
        last = turn.start
        for start, end in sentence_spans(view.raw, turn.start, turn.end):
            for report in _in_sentence(view.raw, turn, start, min(end, start + _LONGEST_SENTENCE)):
                if report.start >= last:
                    found.append(report)
                    last = report.end
    return tuple(found)


_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|that)\b", re.IGNORECASE)


def _in_sentence(text: str, turn: Turn, start: int, end: int) -> Iterator[ReportedSpeech]:
    if _MARKS.isdisjoint(_WORDS.findall(text[start:end].lower())):
        return
    for pattern in (_CLAIM, _ACCORDING, _PASSIVE, _PUT, _CALLED, _OTHER_TONGUES, _BARE_CLAIM):
        found = (
            pattern.search(text, start, end)
            if pattern is not _OTHER_TONGUES or not _ENGLISH.search(text, start, end)
            else None
        )
        while found is not None and not _counts(text, start, found):
            found = pattern.search(text, max(found.start() + 1, found.end("source")), end)
        if found is not None:
            span = _span(text, found, end, turn.end, only_quote=pattern is _CALLED)
            if span is not None:
                yield ReportedSpeech(
                    turn.turn_id,
                    *span,
                    found.start() if pattern in (_ACCORDING, _PASSIVE) else found.start("source"),
                    _trimmed_end(text, found),
                    _source(found),
                )
                return


def _counts(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the source is somebody else, and the words are not shared by the speaker."""
    words = re.findall(r"[\w'’]+", found["source"].lower())
    telling = [word for word in words if word not in {"the", "a", "an", "all", "our"}]
    return bool(telling) and telling[0] not in _OWN and not _SHARED.search(text[start : found.start("source")])


def _span(text: str, found: re.Match[str], end: int, turn_end: int, *, only_quote: bool) -> tuple[int, int] | None:
    """What is reported: the quotation that follows, over several sentences if need be, or the rest of the sentence."""
    at = found.end()
    while at < turn_end and text[at].isspace():
        at += 1
    if quoted := _QUOTED.match(text, at, turn_end):
        return quoted.start(), quoted.end()
    if only_quote or at >= end:
        return None
    # "…, and I disagree": the speaker's own words begin again
    own = re.search(r"[,;]\s+(?:and|but|so)\s+(?:I|we|my|our|what|do|does|is|are|will|how|can)\b", text[at:end])
    stop = at + own.start() if own else end
    return (at, stop) if stop - at > 2 else None


def _trimmed_end(text: str, found: re.Match[str]) -> int:
    end = found.end()
    while end > found.start() and text[end - 1].isspace():
        end -= 1
    return end


def _source(found: re.Match[str]) -> str:
    return " ".join(found["source"].split()).strip(" ,")
