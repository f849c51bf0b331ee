"""Whether a line is spoken: a greeting, an address, a first person; and whether a text reports instead."""

from __future__ import annotations

import re

from index.names import has_honorific, has_role_head, is_role_phrase

_ENOUGH_TO_TELL = 20_000  # characters of a text that show whether it records or reports
# "I", "us" and "US" must be told apart, so small letters and capitals are spelt out
FIRST_PERSON = re.compile(
    r"\bI\b|\bI'|\b(?:[Ww]e|us|[Oo]urs?|[Mm]y|me|[Ll]et's|[Jj]e|[Jj]'\w+|[Nn]ous|[Nn]otre|[Nn]os"
    r"|[Яя]|[Мм]ы|[Нн]ас|[Нн]ам|[Нн]аш\w*|[Мм]и"
    r"|[Ii]ch|[Ww]ir|[Uu]ns\w*|[Nn]osotros|[Nn]uestr\w+|[Nn]oi|[Nn]ostr\w+)\b",
)
GREETING = re.compile(
    r"^\W*(?:good\s+(?:morning|afternoon|evening|day)|hello|welcome|ladies\s+and\s+gentlemen|thank\s+you"
    r"|thanks|hi\b|dear\b|monsieur\s+le\s|madame\s+la\s|пан[еі]\s|господин\s|госпожа\s|your\s+(?:excellenc|majest|royal|highness|holiness)|excellenc|colleagues|friends|"
    r"bonjour|bonsoir|mesdames|messieurs|merci|chers?\b|добр\w+\s+(?:день|утро|вечер|ранок|вечір)"
    r"|доброго|дамы|пані\s+та|шановні|уважаемые|спасибо|дякую|"
    r"guten\s+(?:tag|morgen|abend)|sehr\s+geehrte|meine\s+damen|danke|buen[oa]s|señoras|gracias"
    r"|buon\w*|signore|grazie|so\b|well\b|okay\b|now\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{0,600}[\"”“»]")
_REPORTING = re.compile(
    r"\b(?:he|she|they|[A-Z][\w'-]+)\s+(?:also\s+|further\s+|then\s+)?(?:said|underlined|stressed"
    r"|added|noted|described|informed|explained|told|recalled|welcomed|"
    r"emphasi[sz]ed|reported|announced|highlighted|confirmed|pointed\s+out|thanked|was\s+joined"
    r"|met|discussed|expressed|reiterated|praised)\b"
)


def is_speech(text: str) -> bool:
    """Whether somebody speaks here: a greeting, an address, or a first person outside quotation marks."""
    text = text[:_ENOUGH_TO_TELL]
    return bool(GREETING.match(text[:200]) or addresses(text[:200]) or FIRST_PERSON.search(_QUOTED.sub(" ", text)))


def addresses(text: str) -> bool:
    """Whether a line turns to somebody first: ``"Prime Minister, dear Emeric,"``, ``"Secretary Blake, welcome."``."""
    first, comma, rest = text.partition(",")
    who = re.sub(
        r"^(?:mr|mrs|ms|mister|madame?|dear|monsieur|herr|frau)\.?\s+", "", first.strip("*_ "), flags=re.IGNORECASE
    )
    if not comma or len(who.split()) > 5 or re.match(r"\s*(?:the|and|of|who)\b", rest):
        return False
    welcomed = GREETING.match(rest) is not None
    if text.rstrip().endswith(",") and (has_role_head(who) or has_honorific(who)):
        return True
    return (is_role_phrase(who) and (welcomed or text.rstrip()[-1:] in ",!.")) or (
        welcomed and (has_role_head(who) or has_honorific(who))
    )


def is_address(text: str) -> bool:
    """Whether a line only turns to those who listen: ``"Excellencies, dear friends,"``."""
    return text.rstrip()[-1:] in ",!" and bool(GREETING.match(text) or addresses(text))


def is_news_report(text: str) -> bool:
    """Whether a text without labels reports an event in the third person instead of recording it."""
    bare = _QUOTED.sub(" ", text[:_ENOUGH_TO_TELL])
    spoken, reported = len(FIRST_PERSON.findall(bare)), len(_REPORTING.findall(bare))
    return spoken < max(1, len(bare.split()) / 200) or (reported >= 2 and spoken < reported)
