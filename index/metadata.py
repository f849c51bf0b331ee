"""From the header's lines to its facts: title, kind of event, dates, place, delivery note, language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.dates import DateHit, date_in_url, dates_in
from index.header import HeaderLines
from index.lexicon import EVENT_WORDS
from index.names import fold_words
from index.view import Line

_EXPLICIT = re.compile(
    r"\b(?:held|recorded|spoke|speaks|given|delivered|broadcast|took\s+place|filmed|aired|addressed"
    r"|met|briefed|tenue?|prononcé\w*)\b[^.!?]*$|^\W*(?:on|le)\s*$",
    re.IGNORECASE,
)
_NOT_THE_EVENT = re.compile(
    r"\b(?:published|posted|uploaded|updated?|modified|revised|mis\s+à\s+jour|retrieved|archived"
    r"|printed|aktualisiert|zuletzt|actualizado|aggiornato|bijgewerkt|güncelleme|publi[ée]\w*"
    r"|опубл\w+|обновл\w+|оновл\w+|veröffentlicht|copyright|©)\b[^.!?]*$",
    re.IGNORECASE,
)
_EVENT_TYPES = (
    (
        r"joint\s+press\s+conference|conférence\s+de\s+presse\s+conjointe|спільн\w+\s+прес-конф"
        r"|совместн\w+\s+пресс-конф",
        "joint press conference",
    ),
    (r"joint\s+press\s+(?:point|statement|availability)|joint\s+(?:statement|press)", "joint press point"),
    (
        r"press\s+conference|pressekonferenz|conférence\s+de\s+presse|пресс-конференц|прес-конференц"
        r"|rueda\s+de\s+prensa|conferenza\s+stampa",
        "press conference",
    ),
    (r"gaggle", "press gaggle"),
    (r"doorstep|arrival\s+statement", "doorstep"),
    (r"background\s+(?:briefing|press\s+call)", "background briefing"),
    (r"press\s+briefing|(?:daily|weekly|noon|regular|media)\s+briefing|briefing|брифинг|брифінг", "press briefing"),
    (
        r"press\s+point|press\s+statement|point\s+de\s+presse|media\s+encounter|stakeout|press\s+availability",
        "press point",
    ),
    (r"questions?\s+(?:and|&)\s+answers?|q\s?&\s?a\b|questions-réponses", "questions and answers"),
    (r"interview|entretien|интервью|інтерв|talks?\s+to\s|in\s+conversation", "interview"),
    (r"remarks|allocution|comments", "remarks"),
    (r"speech|address\b|lecture|keynote|discours|выступлен|виступ|\bречь|промова|rede\b|discurso|discorso", "speech"),
    (r"statement|déclaration|заявлен|заява", "statement"),
    (r"debate|discussion|panel|forum", "discussion"),
)
_STOP_WORDS = {
    "en": "the and of to in that is for we with this are on have be our as it not will they from".split(),
    "fr": "le la les et des est que une dans nous pour avec qui sur ce pas vous cette sont aux du".split(),
    "ru": "и в на что мы не это с как по для его они или был этого также наши которые быть".split(),
    "uk": "і в на що ми не це з як для його вони або був цього також наші які бути та й у".split(),
    "de": "der die und das ist nicht wir mit auf eine zu den sich von für auch haben dass".split(),
    "es": "el la los y de que en una para con por las se del es nuestra como más pero".split(),
    "it": "il la di che e per una con non sono del della nel gli anche più come nostra".split(),
}


_LONGEST = 1_000  # characters of a header line that are read


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header states about the event."""

    title: str | None
    event_type: str | None
    date: datetime.date | None
    date_end: datetime.date | None
    place: str | None
    delivery_note: str | None
    last_updated: str | None
    flags: tuple[str, ...]


def read_facts(
    lines: Sequence[Line], header: HeaderLines, front: Mapping[str, str], url: str | None, *, speakers: int
) -> Facts:
    """``speakers`` is the number of people the header names: two make an untitled press conference a joint one."""
    texts = {at: lines[at].text[:_LONGEST].strip("*_ ") for at, cls in header.classes.items() if cls != "front"}
    title = _title(header, texts, front)
    day, end, flags = _date(texts, front, url)
    bylines = " ".join(text for at, text in texts.items() if header.classes[at] in {"byline", "record", "short"})
    return Facts(
        title=title,
        event_type=_event_type(title, bylines, url, speakers),
        date=day,
        date_end=end,
        place=_place(header, texts),
        delivery_note=_delivery_note(header, texts),
        last_updated=_last_updated(header, texts) or front.get("modified_time"),
        flags=flags,
    )


def _title(header: HeaderLines, texts: Mapping[int, str], front: Mapping[str, str]) -> str | None:
    printed = next((texts[at] for at, cls in sorted(header.classes.items()) if cls == "title"), None)
    title = front.get("title") or printed
    return re.sub(r"\s+", " ", re.sub(r"<br\s*/?>", " ", title.lstrip("# "))).strip() or None if title else None


def _event_type(title: str | None, bylines: str, url: str | None, speakers: int) -> str | None:
    for text in (title, bylines, re.sub(r"[-_/]", " ", url or "")):
        for pattern, name in _EVENT_TYPES:
            if text and re.search(pattern, text, re.IGNORECASE):
                return name
    if title is None and not bylines:
        return None
    # notes on headers without a title: two principals stand for a joint press conference, one for a speech
    return "joint press conference" if speakers > 1 else "speech" if speakers else None


def _date(
    texts: Mapping[int, str], front: Mapping[str, str], url: str | None
) -> tuple[datetime.date | None, datetime.date | None, tuple[str, ...]]:
    explicit: list[tuple[datetime.date, datetime.date | None]] = []
    bare: list[tuple[datetime.date, datetime.date | None]] = []
    for _at, text in sorted(texts.items()):
        hits = dates_in(text)
        for hit, end in _ranges(text, hits):
            before = re.split(r"(?<=[.!?])\s", text[: hit.start])[-1]
            if not _NOT_THE_EVENT.search(before):
                days = (hit.first, hit.day) if hit.first else (hit.day, end)
                (explicit if _EXPLICIT.search(before) else bare).append(days)
    stated = explicit or bare
    elsewhere = _elsewhere(front, url)
    if stated:
        day, end = stated[0]
        conflict = elsewhere is not None and not day <= elsewhere <= (end or day) and elsewhere != day
        return day, end if end and end > day else None, ("date-conflict",) if conflict else ()
    return (elsewhere, None, ("date-from-metadata",)) if elsewhere else (None, None, ())


def _ranges(text: str, hits: list[DateHit]) -> list[tuple[DateHit, datetime.date | None]]:
    """Each date with the end of its range: ``19 Sep. 2014 - 21 Sep. 2014``."""
    out: list[tuple[DateHit, datetime.date | None]] = []
    skip = False
    for hit, following in zip_longest(hits, hits[1:]):
        if skip:
            skip = False
            continue
        joined = following is not None and re.fullmatch(r"\s*(?:-|–|—|to|au|until)\s*", text[hit.end : following.start])
        out.append((hit, following.day if following and joined else None))
        skip = bool(joined)
    return out


def _elsewhere(front: Mapping[str, str], url: str | None) -> datetime.date | None:
    for text in (front.get("date"), front.get("event_date")):
        if text and (hits := dates_in(text[:10])):
            return hits[0].day
    return date_in_url(url) if url else None


def _place(header: HeaderLines, texts: Mapping[int, str]) -> str | None:
    ordered = sorted(texts)
    for number, at in enumerate(ordered):
        if header.classes[at] not in {"date", "clock"}:
            continue
        run: list[str] = []
        for before in reversed(ordered[:number]):
            if header.classes[before] not in {"short", "place"} or set(fold_words(texts[before])) & (
                EVENT_WORDS - {"aboard", "en", "route", "on", "at", "in"}
            ):
                break
            run.insert(0, texts[before].strip(" ,*_"))
        # a page that opens with its place says "Old Exchange, / Port Merrow"; one word alone is the site's name
        if run and (ordered[number - len(run)] != ordered[0] or len(run) > 1):
            return ", ".join(run[-3:])
        if stated := re.match(r"^(?!(?i:\w+day)\b)([A-Z][^\d]{2,60}?),\s*\d", texts[at]):
            return stated[1]
    places = (
        re.match(
            r"(?:at|in|à)\s+(?=the\s|[A-Z])(?!.*\b(?:close|opening|end|session|meeting|invitation|request)\b)(.{3,80})$",
            texts[at],
        )
        for at in ordered
        if header.classes[at] == "short"
    )
    return next((found[1] for found in places if found), None)


def _delivery_note(header: HeaderLines, texts: Mapping[int, str]) -> str | None:
    notes = [texts[at].strip("()[] .*_") for at in sorted(texts) if header.classes[at] == "note"]
    return next((note for note in notes if note), None)


def _last_updated(header: HeaderLines, texts: Mapping[int, str]) -> str | None:
    for at in sorted(texts):
        if header.classes[at] == "updated" and (hits := dates_in(texts[at])):
            clock = re.match(r"\s+\d{1,2}:\d\d", texts[at][hits[-1].end :])
            return texts[at][hits[0].start : hits[-1].end] + (clock[0] if clock else "")
    return None


def language_of(text: str, hint: str | None = None) -> str | None:
    """The language most of ``text`` is in (ISO 639-1), by its commonest words; ``hint`` where it says nothing."""
    words = re.findall(r"[^\W\d_]+", text[:200_000].lower())
    counts = {name: sum(map(set(stops).__contains__, words)) for name, stops in _STOP_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= max(3, len(words) // 50):
        return best
    cyrillic = sum("\u0400" <= word[0] <= "\u04ff" for word in words)
    if words and cyrillic * 2 > len(words):
        return "uk" if re.search("[іїєґ]", text[:200_000].lower()) else "ru"
    return hint
