"""Where sentences begin and end, as offsets. Nothing is changed, joined or dropped: a quote is a run of these spans."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sir st gen lt ltgen col maj capt cpt adm sgt amb sen rep gov hon rev pres messrs mme mm
    vs etc al cf dept approx no nos art para vol pp fig inc ltd co corp jr sr
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun""".split()
)
# "No." and "co." end sentences too ("The answer is no."): they are abbreviations only before a digit or a capital name.
_ONLY_BEFORE_DIGIT = frozenset({"no", "nos", "art", "para", "vol", "pp", "fig"})
_DOTTED = re.compile(r"(?:\b[A-Za-z]\.)+\Z")  # U.S., p.m., J.
_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_END = re.compile(
    r"""(?P<mark>[.!?…]+)                   # the stop
        (?P<close>["'”’»)\]]*)              # what closes with it
        (?P<gap>\s+|\Z)                     # white space, or the end of the paragraph
        (?=(?P<next>["'“‘«(\[–—-]*\S)?)     # what comes next decides""",
    re.VERBOSE,
)
_SPOKEN_ASIDE = re.compile(r"\((?:inaudible|laughter|laughs|applause|crosstalk|pause)\b", re.IGNORECASE)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, in order, without surrounding white space.

    A blank line always ends a sentence. An ellipsis inside a paragraph does not: in transcripts it marks a hesitation,
    and cutting there would quote half a thought.
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    at = start
    for gap in _PARAGRAPH.finditer(text, start, end):
        spans += _in_paragraph(text, at, gap.start())
        at = gap.end()
    return spans + _in_paragraph(text, at, end)


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for stop in _END.finditer(text, start, end):
        if _ends_sentence(text, at, stop):
            spans.append((at, stop.end("close")))
            at = stop.end()
    spans.append((at, end))
    return [trimmed for s, e in spans if (trimmed := _trim(text, s, e)) is not None]


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = stop["next"]
    if following is None:
        return True
    if _is_ellipsis(stop["mark"]) or following[-1].islower():
        return False
    if _SPOKEN_ASIDE.match(text, stop.end()):
        return False  # "Yes. (Inaudible) ..." keeps its aside
    if stop["mark"] == ".":
        return not _is_abbreviation(text, start, stop.start(), following[-1])
    return True


def _is_ellipsis(mark: str) -> bool:
    return "…" in mark or (mark.count(".") > 1 and set(mark) == {"."})


def _is_abbreviation(text: str, start: int, dot: int, following: str) -> bool:
    """Whether the full stop at ``dot`` belongs to the word before it."""
    word_start = max(start, text.rfind(" ", max(start, dot - 24), dot) + 1)
    word = text[word_start : dot + 1].lstrip("(\"'“‘[")
    if _DOTTED.fullmatch(word):
        # "U.S. Government", "J. Smith": two sentences joined lose nothing, one cut in two loses its sense
        return word != "I."
    bare = word[:-1].lower()
    if bare in _ONLY_BEFORE_DIGIT:
        return following.isdigit()
    return bare in _ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
