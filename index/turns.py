"""From labels to turns: where each begins and ends, and whose it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from index.accept import Page, is_called_outlet
from index.captions import caption_code
from index.heads import Label
from index.lexicon import JOURNALIST_ROLES, MINOR_ROLES
from index.names import display_name, fold, fold_words, has_role_head, is_outlet, is_role_phrase
from index.noise import is_footer, is_media_note, is_stage_direction
from index.types import Kind, Person

Part = Literal["question", "answer", "unidentified", "person", "role"]
_QUESTION_END = re.compile(r"(?P<mark>\?[\"”»)]*)[^\S\n]*\n\s*(?=\S)")
_TERMINAL = re.compile(r"[.!?…\"”»)\]:;—–-]\W*$")
# a telephone number or an address for mail, and nothing else
_REACHED_AT = re.compile(r"^(?:\+|00|\()[\d ()./+–-]{6,30}$|^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}$")
_MOST_CONTACT = 3  # lines: name, office, unit


@dataclass(slots=True)
class Draft:
    """A turn in the making. ``who`` is the place of the speaker in the registry."""

    label: Label | None
    start: int
    end: int
    part: Part
    who: int | None = None
    name: str | None = None
    role: str | None = None
    outlet: str | None = None
    kind: Kind = "unknown"
    flags: list[str] = field(default_factory=list)

    def text(self, page: Page) -> str:
        """The words of the turn, as read."""
        return page.text[self.start : self.end]


def draft_turns(page: Page, labels: Sequence[Label], opening: int | None, principals: Sequence[Person]) -> list[Draft]:
    """One draft for each label with speech behind it, and one for unlabelled speech from offset ``opening`` on."""
    starts: list[tuple[int, int, Label | None]] = [(label.start, label.end, label) for label in labels]
    if opening is not None and (not labels or opening < labels[0].start):
        starts.insert(0, (opening, opening, None))
    if not starts:
        return []
    ends = [start for start, _, _ in starts[1:]] + [_end_of_record(page, starts[-1][1])]
    drafts = []
    for (_, begin, label), end in zip(starts, ends, strict=True):
        start, stop = _trimmed(page, begin, end)
        if start < stop:
            drafts.append(_draft(page, label, start, stop))
    if drafts and drafts[0].label is None:
        _give_to_principal(page, drafts, principals or _only_official(page, drafts))
    _resolve_answers(page, drafts, principals)
    return _with_unlabelled_answers(page, drafts, principals)


def _with_unlabelled_answers(page: Page, drafts: list[Draft], principals: Sequence[Person]) -> list[Draft]:
    """On a page that labels questions only, what follows a question in a paragraph of its own is the answer."""
    asked = [draft for draft in drafts if draft.part == "question"]
    if len(asked) < 2 or not principals or any(draft.label and draft.part != "question" for draft in drafts):
        return drafts
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        paragraph = _QUESTION_END.search(page.text, draft.start, draft.end) if draft.part == "question" else None
        if paragraph is not None and paragraph.end() < draft.end:
            answer = Draft(None, paragraph.end(), draft.end, "person", flags=["inferred"])
            _take(page, answer, page.registry.find(principals[0].name))
            draft.end = paragraph.end("mark")
            out.append(answer)
    return out


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    """Without surrounding white space, and without captions, forms and headings that stand at the end."""
    text = page.text
    while start < end and text[start].isspace():
        start += 1
    while end > start:
        while end > start and text[end - 1].isspace():
            end -= 1
        line_start = max(start, text.rfind("\n", start, end) + 1)
        if end - line_start > 400:
            break
        last = text[line_start:end].strip()
        cell = last.rstrip("| ")
        if cell != last:
            end = line_start + text[line_start:end].find(last) + len(cell)
        elif line_start > start and (
            (is_media_note(last) and (len(last) < 100 or "://" in last))
            or re.fullmatch(r"Q\s?&\s?A\s*:?", last)
            or re.match(r"^\*\*[^*]+$", last)
            or re.fullmatch(r"[*_#|•\-\s]+", last)
            or _is_cue(last)
        ):
            end = line_start
        else:
            break
    return start, end


def _is_cue(line: str) -> bool:
    """Whether a line is the time code or the number of a subtitle, and no word of it."""
    return 0 < caption_code(line) >= len(line) and "-->" in line


def _end_of_record(page: Page, last_start: int) -> int:
    """Where the last turn ends: before the navigation, notices and captions at the foot of the page."""
    end = len(page.text)
    first = next((at for at, line in enumerate(page.lines) if line.end > last_start), len(page.lines))
    at = len(page.lines) - 1
    while at > first:
        line = page.lines[at]
        if line.text and at not in page.skipped and (len(line.text) > 300 or not _is_foot(page, first, at)):
            break
        if _REACHED_AT.match(line.text):
            at = _contact_above(page, first, at)
            line = page.lines[at]
        end = line.start
        at -= 1
    return max(end, last_start)


def _contact_above(page: Page, first: int, at: int) -> int:
    """The first line of the name and office that stand right above a press officer's number."""
    top = at
    while top - 1 > first and at - top < _MOST_CONTACT and page.lines[top - 1].text:
        above = page.lines[top - 1].text
        if _TERMINAL.search(above) or len(above.split()) > 9 or not above[:1].isupper():
            break
        top -= 1
    return top


def _is_foot(page: Page, first: int, at: int) -> bool:
    text = page.lines[at].text.strip("*_ ")
    if is_footer(text) or is_media_note(text) or _REACHED_AT.match(text) or not any(char.isalnum() for char in text):
        return True
    if is_stage_direction(text):
        return False
    # a few capitalised words without a stop, under speech that has one, are a link or a caption
    before = next((page.lines[up].text for up in range(at - 1, first - 1, -1) if page.lines[up].text), "")
    plain = not _TERMINAL.search(text) and len(text.split()) <= 9 and text[:1].isupper()
    spoken = re.search(r"\b(?:I|we|you|thank|thanks|yes|no|okay|please|merci|спасибо|дякую)\b", text, re.IGNORECASE)
    return (plain and not spoken and bool(before) and bool(_TERMINAL.search(before))) or text.startswith(
        ("©", "Copyright")
    )


def _draft(page: Page, label: Label | None, start: int, end: int) -> Draft:
    if label is None:
        return Draft(None, start, end, "person", flags=["inferred"])
    draft = Draft(label, start, end, "person", name=label.name, role=label.role, outlet=label.outlet)
    if label.form == "question":
        draft.part = "question"
        draft.name = display_name(label.name) if label.name else None
    elif label.form in {"answer", "unidentified"}:
        draft.part = label.form
        draft.name = label.name if label.form == "answer" else None
    elif label.form == "initials" and is_called_outlet(page, label):
        draft.part, draft.outlet, draft.name = "question", label.name, None
    elif label.form == "initials":
        _take(page, draft, page.registry.find_initials(label.name or ""))
    elif label.form == "role":
        _resolve_role(page, draft, label.role or "")
    else:
        _resolve_name(page, draft, label)
    return draft


def _resolve_role(page: Page, draft: Draft, role: str) -> None:
    words = set(fold_words(role))
    if words & JOURNALIST_ROLES and not words & {"secretary", "officer", "office"}:
        draft.part, draft.role = "question", None
        return
    known = page.registry.find_role(role)
    if known is not None and not words & MINOR_ROLES:
        _take(page, draft, known)
    else:
        draft.part = "role"
        draft.role = re.sub(r"\s+", " ", role).strip()


def _resolve_name(page: Page, draft: Draft, label: Label) -> None:
    name = label.name or ""
    known = page.registry.find(name)
    if known is None and label.role and label.form == "titled":
        known = page.registry.find_role(label.role) if not fold(name) else None
    outlet_only = known is None and (is_outlet(name) or (label.form == "name" and _called_as_outlet(page, label)))
    if outlet_only:
        draft.part, draft.outlet, draft.name = "question", name, None
        return
    _take(page, draft, known if known is not None else page.registry.add(name, role=label.role))
    if label.tail and _tail_is_outlet(page, draft, label.tail) and not _holds_office(page, draft):
        draft.part, draft.outlet, draft.role = "question", re.split(r",\s+(?:via|by)\b", label.tail)[0], None
        if draft.who is not None:
            page.registry.entries[draft.who].role = None


def _tail_is_outlet(page: Page, draft: Draft, tail: str) -> bool:
    """Whether what stands behind a name is an outlet: it reads so, or an unknown body asks a question."""
    if has_role_head(tail) or f" {fold(tail)} " in f" {page.header_text} ":
        return False
    if is_outlet(tail):
        return True
    asks = draft.text(page).rstrip().endswith("?")
    return draft.label is not None and draft.label.form in {"comma", "bracket"} and asks and _others_answer(page, draft)


def _others_answer(page: Page, draft: Draft) -> bool:
    """Whether somebody else on the page holds an office, so that who has none may be asking."""
    return any(
        at != draft.who and has_role_head(entry.role or "") for at, entry in enumerate(page.registry.entries[:50])
    )


def _holds_office(page: Page, draft: Draft) -> bool:
    return draft.who is not None and has_role_head(page.registry.entries[draft.who].role or "")


def _called_as_outlet(page: Page, label: Label) -> bool:
    """Whether the line before speaks of the label as somebody's outlet: ``Ann Lee of Estuary Channel, please.``"""
    before = page.text[max(0, label.start - 200) : label.start]
    return bool(re.search(rf"\b(?:of|from|with|for|de|from the|of the)\s+{re.escape(label.name or '')}\b", before))


def _take(page: Page, draft: Draft, who: int | None) -> None:
    draft.who = who
    if who is not None:
        entry = page.registry.entries[who]
        draft.name, draft.role = entry.name, entry.role or draft.role


def _give_to_principal(page: Page, drafts: Sequence[Draft], principals: Sequence[Person]) -> None:
    """Unlabelled speech is the header's principal's; somebody greeted in its first words is not the one who speaks."""
    draft = drafts[0]
    greeting = " ".join(page.text[draft.start : draft.start + 160].split())
    first = re.split(r"(?<=[.!?])\s", greeting)[0]
    candidates = [person for person in principals if not (len(principals) > 1 and _is_greeted(person, first))] or list(
        principals
    )
    answers = len(drafts) > 1 and drafts[1].who is not None
    if len(principals) == 1 and answers and _is_greeted(principals[0], first):
        # the only one named is greeted and answers next: the header leaves out who speaks
        candidates = candidates if drafts[1].who != page.registry.find(principals[0].name) else []
    if candidates:
        who = page.registry.find(candidates[0].name)
        _take(
            page,
            draft,
            who if who is not None else page.registry.add(candidates[0].name, role=candidates[0].role, in_header=True),
        )
    else:
        draft.name = draft.role = None


def _only_official(page: Page, drafts: Sequence[Draft]) -> list[Person]:
    """Whom labels name with an office, if nobody else but askers is labelled and the opening does not speak of them."""
    others = [draft for draft in drafts[1:] if draft.part != "question"]
    people = {draft.who for draft in others}
    if len(people) != 1 or not others[0].name or not others[0].role or drafts[1].part != "question":
        return []
    spoken = fold_words(drafts[0].text(page))
    named = fold_words(others[0].name)[-1] in spoken
    return [] if named or len(spoken) < 20 else [Person(others[0].name, others[0].role)]


def _is_greeted(person: Person, first_sentence: str) -> bool:
    """``"Prime Minister, dear Emeric, welcome."`` greets the prime minister called Emeric."""
    words = fold_words(first_sentence)
    greeted = set(words)
    given = fold_words(person.name)[0]
    vocative = [set(fold_words(part)) for part in re.split(r"[,.!]", first_sentence)]
    office = {word for word in fold_words(person.role or "") if word not in {"of", "the", "nato"}}
    by_office = any(
        part and part <= office | {"mr", "madam", "dear", "mister"} and part & office and is_role_phrase(" ".join(part))
        for part in vocative
    )
    return given in greeted or by_office


def _resolve_answers(page: Page, drafts: Sequence[Draft], principals: Sequence[Person]) -> None:
    """``ANSWER:`` belongs to whom its label names, else to the official who spoke last, else to the principal."""
    last: int | None = None
    for draft in drafts:
        if draft.part == "answer":
            who = page.registry.find(draft.name) if draft.name else None
            who = page.registry.find_role(draft.role) if who is None and draft.role else who
            if who is None and draft.name:
                who = page.registry.add(draft.name, role=draft.role)
            if who is None and draft.role is None:
                who = last if last is not None else page.registry.find(principals[0].name) if principals else None
                draft.flags.append("inferred")
            _take(page, draft, who)
            draft.part = "person" if who is not None else "role" if draft.role else "answer"
        if draft.part == "person" and draft.who is not None:
            last = draft.who


def mark_restarts(page: Page, drafts: Sequence[Draft]) -> None:
    """Flag a turn that only says again how the statement above it ended: ``(...) so I will turn to you.``"""
    for before, draft in itertools.pairwise(drafts):
        text = draft.text(page)
        opened = re.match(r"^[\s\"“]*(?:\(\s*(?:\.{2,}|…)\s*\)|\[\s*(?:\.{2,}|…)\s*\]|\.{3,}|…)\s*", text)
        if opened is None:
            continue
        said, earlier = fold(text[opened.end() :]), fold(before.text(page)[-4000:])
        if said and (earlier.endswith(said) or (len(said) > 40 and said in earlier)):
            draft.flags.append("restarted")


def with_aside_flags(page: Page, drafts: Sequence[Draft], footer: int) -> list[Draft]:
    """Flags that the words themselves show: inaudible places, interpretation, a cut beginning or end."""
    out = []
    for draft in drafts:
        text = draft.text(page)
        flags = list(draft.flags)
        if re.search(
            r"[(\[]\s*(?:inaudible|unintelligible|inaud|нерозбірливо|неразборчиво|inaudible\.\.\.)", text, re.IGNORECASE
        ):
            flags.append("inaudible")
        if re.search(
            r"[(\[]\s*(?:as\s+interpreted|interpret|through\s+(?:an?\s+)?(?:interpreter|translat)"
            r"|foreign\s+language|перевод|переклад)",
            text,
            re.IGNORECASE,
        ):
            flags.append("interpreted")
        if re.match(r"[\s\"“]*[(\[]\s*(?:\.{2,}|…)\s*[)\]]", text):
            flags.append("cut")
        out.append(replace(draft, flags=flags))
    if (
        out
        and out[-1].end >= footer
        and not _TERMINAL.search(page.text[out[-1].start : out[-1].end])
        and len(out[-1].text(page).split()) > 12
    ):
        out[-1].flags.append("truncated")
    return out
