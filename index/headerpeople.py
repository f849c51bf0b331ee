"""Who stands in a header: the people its bylines, title and captions name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.byline import other_spellings, people_in
from index.header import LONGEST_HEADER_LINE, LineClass, is_record_note
from index.lexicon import EVENT_WORDS
from index.names import fold, fold_words, has_role_head, surname
from index.types import Person
from index.view import Line


def header_people(lines: Sequence[Line], classes: Mapping[int, LineClass], title: str | None = None) -> list[Person]:
    """The people named by bylines first, then by the title and other lines; each once, offices completed."""
    people: dict[str, Person] = {}
    for person in people_in(title) if title else ():
        _add(people, person, only_known=False)
    for wanted in (("byline",), ("title",), ("record", "caption", "short")):
        for group in _groups(
            lines, [at for at in sorted(classes) if classes[at] in wanted], wrapped=wanted[0] == "byline"
        ):
            for person in people_in(group):
                # a short line with capitals and no office is a place more often than a person
                if wanted[0] == "record" and not has_role_head(person.role or "") and not is_record_note(group):
                    continue
                _add(people, person, only_known=wanted[0] == "record" and "byline" in classes.values())
    return list(people.values())


def other_names(lines: Sequence[Line], classes: Mapping[int, LineClass]) -> dict[str, str]:
    """Names in another script, by the Latin form a header prints beside them."""
    found: dict[str, str] = {}
    for at, cls in classes.items():
        if cls in {"byline", "title", "short", "caption"}:
            found.update(other_spellings(lines[at].text[:LONGEST_HEADER_LINE]))
    return found


def _groups(lines: Sequence[Line], wanted: list[int], *, wrapped: bool) -> list[str]:
    """Lines that follow one another are one line that was wrapped; where they often are not, only if one goes on."""
    out: list[str] = []
    last = -2
    for at in wanted:
        if out and at == last + 1 and (wrapped or _goes_on(lines[last].text, lines[at].text)):
            out[-1] += f" {lines[at].text[:LONGEST_HEADER_LINE]}"
        else:
            out.append(lines[at].text[:LONGEST_HEADER_LINE])
        last = at
    return out


def _goes_on(before: str, text: str) -> bool:
    """Whether ``text`` continues the line before: a place under the names does not."""
    open_end = before[-1:] in ",&-" or bool(re.search(r"\b(?:and|of|the|with|by|for)$", before))
    return open_end or text[:1].islower() or text.startswith("&")


_DEED = re.compile(r"(?:^|\s+)[A-Z]\w+ing (?:the|a|an|his|her|their|new)\b.*", re.DOTALL)


def _add(people: dict[str, Person], person: Person, *, only_known: bool) -> None:
    if _DEED.search(person.name):  # "Remarks by President Biden Announcing the Budget" names Biden
        person = replace(person, name=_DEED.sub("", person.name))
    if not person.name:
        return
    key = surname(person.name)
    known = people.get(key)
    if known is None:
        plausible = person.role is not None or len(person.name.split()) > 1
        if plausible and not only_known and not set(fold_words(person.name)) & EVENT_WORDS:
            people[key] = person
    elif len(person.name) > len(known.name) and fold(known.name) in fold(person.name):
        people[key] = Person(person.name, known.role or person.role)
    elif known.role is None and person.role:
        people[key] = Person(known.name, person.role)
