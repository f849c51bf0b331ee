"""What stands above the record: title, event, date, place, delivery note, and the people it names.

Every line before the speech gets a class of its own (date, title, byline, place …); nothing is taken from the speech
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.byline import people_in
from index.captions import caption_code
from index.dates import dates_in
from index.names import (
    fold_words,
    has_role_head,
    is_all_capitals,
    is_capitalised,
    surname,
)
from index.noise import is_clock, is_footer, is_media_note, is_spoken_sentence, is_stage_direction
from index.spoken import FIRST_PERSON, GREETING, addresses, is_address, is_news_report, is_speech
from index.view import Line

LineClass = Literal[
    "front",
    "updated",
    "date",
    "clock",
    "note",
    "release",
    "byline",
    "title",
    "place",
    "caption",
    "record",
    "short",
    "prose",
]
_STRUCTURE = frozenset({"front", "updated", "date", "clock", "note", "release", "byline", "title", "record"})
MOST_HEADER_LINES = 60
LONGEST_HEADER_LINE = 1_000  # characters; a line above that is no header, whatever it holds


UPDATED = re.compile(
    r"^\W*(?:last\s+)?(?:updated?|modified|revised|mis\s+à\s+jour|dernière\s+mise\s+à\s+jour|(?:последнее\s+)?обновлен\w+"
    r"|(?:останнє\s+)?оновлен\w+|aktualisiert|zuletzt|actualizado|aggiornato|bijgewerkt|güncelleme)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"^\W*(?:published|posted|uploaded|publi[ée]\w*|опубл\w+|veröffentlicht|retrieved|archived"
    r"|printed|first\s+published)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W*(?:check\s+against\s+delivery|as\s+(?:delivered|prepared|given|recorded|interpreted)"
    r"|issued\s+in\s+unedited|seul\s+le\s+texte"
    r"|tel\s+que\s+prononcé|текст\s+(?:выступления|виступу)|es\s+gilt\s+das\s+gesprochene|delivered\s+version)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"^\W*(?:for\s+immediate\s+release|unique\s+id|\d+\s+min(?:ute)?s?\s+read|embargo|from\s+the\s+event"
    r"|press\s+release|please\s+note\b.{0,160}|[\d.,]+\s+views?"
    r"|office\s+of\s+the|the\s+white\s+house|à\s+propos\s+de|english\b.{0,60}\||e-library|opinions?"
    r"|video|audio|news)\b.{0,80}$",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"word-for-word|near-verbatim|verbatim\s+(?:record|transcript)|unofficial\s+transcript|read\s+(?:the"
    r"|his|her|their)\s+(?:full|complete|whole)"
    r"|(?:full|complete|edited|rush)\s+transcript|transcripts?\s+(?:here|below|follows)|following\s+is\s+(?:a|the)\b"
    r".{0,80}(?:transcript|record|text|remarks|statement|excerpt|version|summary)|hours\s+of\s+typing|\border\s+a\b"
    r"|turnaround|free\s+trial|lightly\s+edited|talks?\s+(?:to|with)\s+[A-Z]|sp(?:oke|eaks?)\s+(?:to"
    r"|with)\s|in\s+conversation\s+with"
    r"|(?:this|the)\s+(?:page|transcript|text|record)\s+(?:is|was|has)|répond\s+aux\s+questions"
    r"|recorded\s+(?:in|on|at)|^published\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|with|given\s+by|held\s+by|delivered\s+by|hosted\s+by|featuring|par|du|de\s+la|de\s+l'"
    r"|avec|von|mit|con|por|door|met)\s+(?=\S)"
    r"|^(?:выступление|виступ|промова|речь|заявление|заява)?\s*(?:генеральн\w+|прем\S*р-міністр\w*"
    r"|премьер-министр\w*|міністр\w*|министр\w*|президент\w*)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """The classified lines above the speech.

    ``classes`` maps the index of each header line to its class. ``body`` is the index of the line where unlabelled
    speech
    begins, ``None`` when the record opens with a label or holds no speech. ``floor`` is the first line at which a label
    may stand: everything before it is header.
    """

    classes: Mapping[int, LineClass] = field(default_factory=dict)
    body: int | None = None
    floor: int = 0


def read_header_lines(
    lines: Sequence[Line], skipped: Mapping[int, str], front: int, *, titled: bool, is_label: Callable[[int], bool]
) -> HeaderLines:
    """Classify lines from the top until speech begins. ``front`` lines of front matter come first.

    ``titled`` means that the front matter states the title, so that no line is taken for it. ``is_label`` says of a
    line's index whether a label that needs no further proof stands there.
    """
    seen: list[int] = []
    classes: dict[int, LineClass] = dict.fromkeys(range(front), "front")
    stopped = len(lines)
    for at in range(front, len(lines)):
        if not lines[at].text or at in skipped:
            continue
        if is_label(at) or len(seen) >= MOST_HEADER_LINES:
            stopped = at
            break
        seen.append(at)
    _classify(lines, seen, classes)
    if not titled:
        _choose_title(lines, seen, classes)
    floor = 1 + max((at for at in seen if classes[at] in _STRUCTURE), default=front - 1)
    body = _body(lines, [at for at in seen if at >= floor], classes, stopped)
    above = {at: _settled(cls) for at, cls in classes.items() if body is None or at < body}
    return HeaderLines(above, body, min(floor, stopped))


def _settled(cls: LineClass) -> LineClass:
    """What was prose and turned out to stand above the speech is a caption or a teaser."""
    return "caption" if cls == "prose" else cls


def _classify(lines: Sequence[Line], seen: list[int], classes: dict[int, LineClass]) -> None:
    """Give each line of ``seen`` its class; once speech has begun, nothing below is structure any more."""
    speaking = 0
    for at in seen:
        cls = _class_of(lines[at].text, after_byline=_follows_byline(lines, at, classes))
        if cls == "short" and addresses(lines[at].text) and "date" in classes.values():
            cls = "prose"
        if speaking and cls in _STRUCTURE and not (speaking == 1 and cls in {"date", "updated", "byline"}):
            cls = "prose"
        if cls == "prose" and is_speech(lines[at].text):
            speaking += 1
        classes[at] = cls


def _class_of(text: str, *, after_byline: bool) -> LineClass:
    if len(text) > LONGEST_HEADER_LINE:
        return "prose"
    bare = text.strip("*_ ")
    if UPDATED.match(bare) or (PUBLISHED.match(bare) and dates_in(bare)):
        return "updated" if len(bare) < 90 else "record"
    if is_clock(bare):
        return "clock"
    if is_dateline(bare):
        return "byline" if re.search(r"\b(?:by|with)\s", bare) and people_in(bare) else "date"
    if _NOTE.match(bare) or is_stage_direction(bare):
        return "note"
    if bare == "WEBVTT" or ("-->" in bare and caption_code(bare) >= len(bare)):
        return "release"
    if re.fullmatch(r"[•·|*\-–\s]+", bare) or is_footer(bare):
        return "caption" if is_media_note(bare) else "release"
    if _RELEASE.match(bare) and not is_spoken_sentence(bare):
        return "release"
    if is_media_note(bare):
        return "caption"
    if _is_byline(bare) or (after_byline and _continues_byline(bare)):
        return "byline"
    if _RECORD.search(bare) and not (FIRST_PERSON.search(bare) and len(bare) > 40):
        return "record"
    if bare.startswith("**") or (text.startswith("**") and not text.endswith("**")):
        return "prose" if is_speech(bare) else "short"
    if GREETING.match(bare) and bare[-1:] in ",.!:—–" and not _names_event(bare):
        return "prose"
    long = len(bare) >= 75 or (bare[-1:] in ".!?…" and len(bare.split()) >= 2)
    return "prose" if long else "short"


def is_dateline(text: str) -> bool:
    """Whether a line is there for its date: little else stands on it, or it says when the event was held."""
    hits = dates_in(text)
    if not hits or len(text) > 160 or FIRST_PERSON.search(text):
        return False
    rest = "".join(
        text[a:b]
        for a, b in zip([0, *[hit.end for hit in hits]], [*[hit.start for hit in hits], len(text)], strict=True)
    )
    words = [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word.lower() not in _DATE_WORDS]
    return (len(words) <= 3 and text[-1:] not in "?!") or (bool(_HELD.match(text)) and len(words) <= 10)


_DATE_WORDS = frozenset(
    """on held at hours hrs gmt cet utc local time monday tuesday wednesday thursday friday saturday sunday le lundi
    mardi mercredi jeudi vendredi
    samedi dimanche am pm est edt cest года року год""".split()
)
_HELD = re.compile(r"^(?:held|given|delivered|recorded|broadcast|filmed|aired|on|le|tenue?)\b", re.IGNORECASE)


def _is_byline(text: str) -> bool:
    if not _BYLINE.match(text) or len(text) > 400 or FIRST_PERSON.search(text) or re.search(r":\s+\w.*[.!?]$", text):
        return False
    first = re.sub(r"^(?:\S+\s+by|\S+)\s+", "", text, count=1)
    return (
        text[-1:] not in "?!"
        and not (text.endswith(".") and not people_in(text))
        and (has_role_head(text) or (bool(first) and (is_capitalised(first.split()[0]) or bool(people_in(text)))))
    )


def _continues_byline(text: str) -> bool:
    return (
        text[-1:] not in ".?!"
        and len(text) < 200
        and bool(re.match(r"^(?:and|et|und|и|та|with|&)\s", text) or people_in(text))
    )


def _follows_byline(lines: Sequence[Line], at: int, classes: Mapping[int, LineClass]) -> bool:
    return at > 0 and bool(lines[at - 1].text) and classes.get(at - 1) == "byline"


def _choose_title(lines: Sequence[Line], seen: list[int], classes: dict[int, LineClass]) -> None:
    """The title is the first line that names an event; without one, the first line of all, if it is no sentence."""
    plain = [at for at in seen if classes[at] in {"short", "prose"} and len(lines[at].text) < 250]
    top = plain[: next((n for n, at in enumerate(plain) if is_speech(lines[at].text)), len(plain))]
    titles = [at for at in top if _names_event(lines[at].text) and not _is_sentence(lines[at].text)]
    if not titles and top and seen and top[0] == seen[0] and not _is_sentence(lines[top[0]].text):
        titles = top[:1]
    if not titles and seen and classes[seen[0]] == "record" and _names_event(lines[seen[0]].text):
        titles = [] if _is_sentence(lines[seen[0]].text) or len(lines[seen[0]].text) > 200 else seen[:1]
    if titles and _is_category(lines[titles[0]].text) and seen[0] in top and _tells_of_event(lines[seen[0]].text):
        titles = seen[:1]
    if titles and (above := [at for at in top if at < titles[0]]) and _is_quoted(lines[above[-1]].text):
        titles = above[-1:]
    if titles and not (classes.get(seen[0]) == "byline" and not _names_event(lines[titles[0]].text)):
        classes[titles[0]] = "title"


def _is_quoted(text: str) -> bool:
    """Whether a line is one quotation, as the title of an address is printed above it."""
    return bool(re.fullmatch(r"(?:[\"“”„«‘]|'{1,2})[^\"“”„«»]{3,150}(?:[\"“”»’]|'{1,2})", text.strip("*_ ")))


def _is_category(text: str) -> bool:
    """Whether a line is only the kind of page: ``REMARKS`` under the title."""
    return bool(
        re.fullmatch(r"(?:remarks|speech|interview|transcript|statement|press\s+statement)s?", text, re.IGNORECASE)
    )


def _tells_of_event(text: str) -> bool:
    """Whether a line without an event's name says who did what with whom: ``Secretary Lee Before Their Meeting``."""
    return len(text.split()) > 5 and bool(re.search(r"\b(?:before|after|with|at|on)\b", text, re.IGNORECASE))


_EVENTS = re.compile(
    r"press\s+(?:conference|point|briefing|gaggle|availability|statement|stakeout)|briefing|doorstep"
    r"|remarks|speech|interview|transcript|q\s?&\s?a|address\b|statement"
    r"|lecture|keynote|discussion|gaggle|stakeout|media\s+(?:availability|encounter|roundtable)"
    r"|point\s+de\s+presse|conférence|discours|allocution|entretien|déclaration"
    r"|пресс-конференц|прес-конференц|брифинг|брифінг|выступлен|виступ|интервью|інтерв|заявлени"
    r"|заява|pressekonferenz|rede\b|rueda\s+de\s+prensa|conferenza|discurso|discorso",
    re.IGNORECASE,
)


def _names_event(text: str) -> bool:
    """Whether a line names an event; a bare "Transcripts" or "Speeches" is a link."""
    return bool(_EVENTS.search(text)) and not re.fullmatch(
        r"\W*(?-i:[A-Z]{2,6}\s+(?=[A-Z][a-z]))?\w*(?:transcripts?|speeches|interviews|statements|briefings|press)\W*",
        text,
        re.IGNORECASE,
    )


def _is_sentence(text: str) -> bool:
    return text[-1:] in ".!?…" and len(text.split()) > 3 and not is_all_capitals(text)


def is_record_note(text: str) -> bool:
    """Whether a line speaks of the record itself: "an almost word-for-word record of …"."""
    return bool(_RECORD.search(text))


def _body(lines: Sequence[Line], below: list[int], classes: dict[int, LineClass], stopped: int) -> int | None:
    """The line at which unlabelled speech begins; captions and teasers above it become header.

    ``stopped`` is the line of the first label, or the number of lines.
    """
    prose = [at for at in below if classes[at] == "prose"]
    greeted = any(len(lines[at].text) < 80 and is_address(lines[at].text) for at in prose[:3])
    if (
        stopped == len(lines)
        and not greeted
        and is_news_report(" ".join(line.text for line in lines[below[0] :] if line.text) if below else "")
    ):
        prose = []
    named = {
        surname(person.name)
        for at, cls in classes.items()
        if cls in {"byline", "title", "record"}
        for person in people_in(lines[at].text)
    }
    first = next((at for at in prose if is_speech(lines[at].text)), None)
    if first is None and stopped < len(lines):
        first = _plain_speech(lines, prose, named, stopped, bylined="byline" in classes.values())
    if first is None:
        classes.update(dict.fromkeys(prose, "caption"))
        return None
    begin = first
    for at in reversed([at for at in below if at < first]):
        if lines[at].text.startswith(("*", "#")) and classes[at] == "short":
            continue  # a topic's heading
        if classes[at] != "prose" or named & set(fold_words(lines[at].text[:2000])):
            break
        begin = at
    classes.update({at: "caption" for at in prose if at < begin})
    return begin


def _plain_speech(lines: Sequence[Line], prose: list[int], named: set[str], label: int, *, bylined: bool) -> int | None:
    """Where speech begins that greets nobody and says neither "I" nor "we": ``"Ministers met today. They agreed …"``.

    It states whole sentences, names nobody of the header, and somebody else's label comes after it.
    """
    if named & set(fold_words(lines[label].text[:120].split(":", 1)[0])) or not named:
        return None
    first: int | None = None
    for at in reversed(prose):
        text = lines[at].text
        if text[-1:] not in ".!?…" or named & set(fold_words(text[:2000])) or is_media_note(text):
            break
        first = at
    # without a byline one sentence may be an advertisement
    enough = bylined or sum(len(re.findall(r"[.!?](?:\s|$)", lines[at].text)) for at in prose) > 1
    return first if enough else None
