"""From a file to a transcript: header, turns, speakers, exchanges, and every character accounted for.

The stages, in the order they run: ``source`` decodes, ``view`` makes one reading of every layout, ``noise`` finds what
the
page added, ``header`` and ``metadata`` read what stands above the record, ``labels`` → ``accept`` · ``bare`` ·
``inline``
find the speakers, ``turns`` · ``kinds`` · ``journalists`` say whose each turn is, ``exchanges`` and ``reported`` relate
them,
``regions`` proves that no character was lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.accept import Page, accept_labels, is_certain, new_page, read_candidates, voices_of_cues, with_own_lines
from index.bare import bare_labels
from index.captions import caption_body, caption_start
from index.exchanges import pair_exchanges
from index.frontmatter import read_front_matter
from index.header import HeaderLines, read_header_lines
from index.headerpeople import header_people, other_names
from index.heads import Label
from index.inline import inline_labels
from index.journalists import name_journalists
from index.kinds import assign_kinds
from index.metadata import Facts, language_of, read_facts
from index.names import fold, is_outlet
from index.noise import form_lines
from index.people import Office, default_offices, is_nato, person_in_office
from index.regions import tile
from index.registry import Registry
from index.reported import find_reported
from index.serialize import transcript_from_json, transcript_to_json
from index.source import Source, SourceRef, read_source, source_sha256
from index.turns import Draft, draft_turns, mark_restarts, with_aside_flags
from index.types import Person, Region, Transcript, Turn
from index.view import BIDI, View, has_mojibake, mend, read_as_view

__all__ = [
    "parse_file",
    "parse_source",
    "parse_text",
    "source_sha256",
    "transcript_from_json",
    "transcript_to_json",
]


def parse_file(path: Path, *, doc_id: str | None = None) -> Transcript:
    """Parse one file; ``doc_id`` defaults to its stem. Raises ``SourceError`` when it cannot be read."""
    ref = SourceRef(Path(path))
    return parse_source(ref, doc_id=doc_id or ref.stem)


def parse_source(ref: SourceRef, *, doc_id: str) -> Transcript:
    """Parse what ``find_sources`` found. Raises ``SourceError`` when it cannot be read."""
    source: Source = read_source(ref)
    transcript = parse_text(
        source.text,
        doc_id=doc_id,
        source_name=source.name,
        source_sha256=source.sha256,
        url=source.url,
        dropped=source.dropped,
        language=source.language,
        offices=default_offices(),
        subtitles="captions" in source.flags,
    )
    return replace(transcript, flags=tuple(dict.fromkeys((*transcript.flags, *source.flags))))


def parse_text(
    text: str,
    *,
    doc_id: str,
    source_name: str = "",
    source_sha256: str = "",
    url: str | None = None,
    dropped: Sequence[Region] = (),
    language: str | None = None,
    offices: Sequence[Office] = (),
    subtitles: bool = False,
) -> Transcript:
    """Parse decoded text. Pure.

    ``dropped`` are spans that the file's format marks as no content; ``language`` is what the markup claims, used
    only where
    the words themselves do not tell. ``offices`` tells who "Secretary General" was on the day of the event.
    ``subtitles`` says that all of ``text`` was spoken, and that it has no header.
    """
    view = read_as_view(text, [(region.start, region.end) for region in dropped])
    page, header, front, opening = _read_page(view, subtitles=subtitles)
    url = url or front.get("source_url") or front.get("url")
    people = header_people(page.lines, header.classes, front.get("title"))
    facts = read_facts(page.lines, header, front, url, speakers=len(people))
    labels = _labels(page, people, header) if opening.captions is None else []
    drafts = _drafts(page, labels, opening, people)
    _name_speakers(page, drafts, facts, url, offices)
    turns = tuple(_turn(view, doc_id, number, draft) for number, draft in enumerate(drafts, start=1))
    return Transcript(
        doc_id=doc_id,
        title=mend(facts.title) if facts.title else None,
        event_type=facts.event_type,
        date=facts.date,
        date_end=facts.date_end,
        place=facts.place,
        url=url,
        language=language_of(view.text, language),
        delivery_note=facts.delivery_note,
        last_updated=facts.last_updated,
        text=text,
        turns=turns,
        exchanges=pair_exchanges(text, turns),
        reported=find_reported(view, turns),
        regions=tile(view, drafts, labels, page.skipped, header, dropped),
        people=_people(page.registry, people, turns),
        flags=_flags(text, facts, turns, opening),
        source_name=source_name,
        source_sha256=source_sha256,
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where unlabelled speech begins, and the span of a page of subtitles."""

    start: int | None
    captions: tuple[int, int] | None = None


def _read_page(view: View, *, subtitles: bool) -> tuple[Page, HeaderLines, Mapping[str, str], _Opening]:
    lines = view.lines()
    skipped = form_lines(lines)
    front_lines, front = read_front_matter(lines, view.text)
    captions = caption_body(lines, skipped, all_cues=subtitles)
    candidates = read_candidates(view.text, lines, skipped) if captions is None else {}
    candidates = voices_of_cues(lines, candidates) if subtitles else candidates
    page = new_page(view.text, lines, skipped, candidates)
    header = read_header_lines(
        lines,
        skipped,
        front_lines,
        titled="title" in front,
        is_label=lambda at: at >= captions[0] if captions else subtitles or is_certain(page, at),
    )
    if captions:
        opening = _Opening(caption_start(lines, captions[0]), (lines[captions[0]].start, lines[captions[1]].end))
    else:
        opening = _Opening(lines[header.body].start if header.body is not None else None)
    above = " ".join(fold(lines[at].text[:600]) for at, cls in sorted(header.classes.items()) if cls != "front")
    return (
        replace(page, header_lines=set(header.classes), header_text=above, floor=header.floor),
        header,
        front,
        opening,
    )


def _labels(page: Page, people: Sequence[Person], header: HeaderLines) -> list[Label]:
    """All labels of the page, in order; fills the page's registry."""
    page.registry.add_header(people, other_names(page.lines, header.classes))
    accepted = accept_labels(page)
    inline = inline_labels(page, accepted)
    taken = {label.start for label in accepted}
    lines_taken = {at for at, line in enumerate(page.lines) if line.start in taken}
    bare = bare_labels(page, lines_taken)
    return with_own_lines(sorted([*accepted, *inline, *bare], key=lambda label: label.start), page)


def _drafts(page: Page, labels: Sequence[Label], opening: _Opening, people: Sequence[Person]) -> list[Draft]:
    if opening.captions is not None and opening.start is not None:
        return [Draft(None, opening.start, opening.captions[1], "unidentified", flags=["inferred", "captions"])]
    drafts = draft_turns(page, labels, opening.start, people)
    mark_restarts(page, drafts)
    return with_aside_flags(page, drafts, drafts[-1].end if drafts else 0)


def _name_speakers(
    page: Page, drafts: Sequence[Draft], facts: Facts, url: str | None, offices: Sequence[Office]
) -> None:
    """Say of every turn what its speaker is, and who, as far as the page and the table of offices tell."""
    assign_kinds(page, drafts, news_interview=facts.event_type == "interview")
    name_journalists(page, drafts)
    _name_by_office(page, drafts, facts, url, offices)
    _credit_programme(drafts, facts)


def _name_by_office(
    page: Page, drafts: Sequence[Draft], facts: Facts, url: str | None, offices: Sequence[Office]
) -> None:
    """``Secretary General:`` without a name is who held that office on the day."""
    for draft in drafts:
        if draft.part == "role" and draft.role and draft.name is None and facts.date:
            of_nato = is_nato(draft.role, page.header_text, url)
            draft.name = person_in_office(draft.role, facts.date, offices=offices, of_nato=of_nato)
            if draft.name:
                draft.flags.append("inferred")


def _credit_programme(drafts: Sequence[Draft], facts: Facts) -> None:
    """In ``"The Hour: Ann Lee on seeds"`` the interviewer works for The Hour; so in ``"Interview with Radio Sea"``."""
    outlet = _programme(facts.title) if facts.event_type == "interview" and facts.title else None
    for draft in drafts:
        if outlet and draft.kind == "journalist" and draft.name and not draft.outlet:
            draft.outlet = outlet


def _programme(title: str) -> str | None:
    """The programme or outlet that the title of an interview names."""
    if ":" in title:
        return title.split(":", 1)[0].strip()
    parts = re.split(r",\s+|\s(?:with|on|to|for|by)\s+(?:the\s+)?", title)[1:]
    return next((part.strip() for part in reversed(parts) if is_outlet(part)), None)


def _turn(view: View, doc_id: str, number: int, draft: Draft) -> Turn:
    start, end = view.raw_span(draft.start, draft.end)
    is_journalist = draft.kind == "journalist"
    named = (draft.name or "").strip() or None
    return Turn(
        turn_id=f"{doc_id}#t{number:03d}",
        doc_id=doc_id,
        speaker=named if draft.kind != "unknown" or draft.who is not None else None,
        role=None if is_journalist else draft.role,
        affiliation=draft.outlet,
        kind=draft.kind,
        start=start,
        end=end,
        flags=tuple(dict.fromkeys(draft.flags)),
    )


def _people(registry: Registry, header: Sequence[Person], turns: Sequence[Turn]) -> tuple[Person, ...]:
    """Everybody the header or a label names, each once, under the name shown."""
    people: dict[str, Person] = {}
    for person in header:
        known = registry.find(person.name)
        name = registry.entries[known].name if known is not None else person.name
        people[fold(name)] = Person(name, person.role, person.affiliation)
    for turn in turns:
        if turn.speaker:
            before = people.get(fold(turn.speaker))
            role = turn.role or (before.role if before else None)
            people[fold(turn.speaker)] = Person(
                turn.speaker, role, turn.affiliation or (before.affiliation if before else None)
            )
    return tuple(people.values())


def _flags(text: str, facts: Facts, turns: Sequence[Turn], opening: _Opening) -> tuple[str, ...]:
    flags = list(facts.flags)
    if not turns:
        flags.append("no-transcript")
    if opening.captions is not None:
        flags.append("captions")
    if facts.date is None:
        flags.append("no-date")
    if any(mark in text for mark in BIDI[2:]):
        flags.append("bidirectional-marks")
    if "\0" in text:
        flags.append("control-characters")
    if has_mojibake(text):
        flags.append("mojibake")
    if (
        turns
        and turns[-1].kind == "principal"
        and not any(turn.kind == "journalist" for turn in turns)
        and _promises_questions(text, turns[-1])
    ):
        flags.append("questions-missing")
    return tuple(flags)


def _promises_questions(text: str, turn: Turn) -> bool:
    return "question" in text[max(turn.start, turn.end - 160) : turn.end].lower()
