"""The part of the page where transcripts are added, as HTML: given, looked at, joined, taken out again. Pure."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from qa.intake.joining import SWAPPING
from qa.intake.staging import BYTES_LIMIT, FILE_LIMIT, FILES_LIMIT, KINDS
from qa.web.dates import time_html
from qa.web.escape import html_attribute, html_text
from qa.web.links import document_id
from qa.web.reader import transcript_name
from qa.web.render import kind_words, shorten
from qa.wording import names_list, written_date, written_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from index.types import Transcript
    from qa.catalogue import Texts
    from qa.intake.batches import Batch
    from qa.intake.joining import Job
    from qa.intake.processes import RefusedError
    from qa.intake.staging import Staged
    from qa.intake.understood import Doubt, Dropped, Opening, Understood, Voice

_LISTED = 10  # batches; the newest are the ones that somebody may want to take back
_OPEN_UP_TO = 3  # files whose beginning is shown at once
_NAME_LIMIT = 160  # characters of a title or a name: two lines
_NAMED = 3  # files of a batch that are named
_GRAVE = frozenset({"held", "twin", "same_event", "no_speaker", "no_official", "unknown", "no_date"})
_LANGUAGES = ("de", "en", "es", "fr", "it", "ru", "uk")
_DROPPED = {
    "navigation": "navigation",
    "form": "form",
    "account or newsletter form": "form",
    "running head or page number": "running_head",
    "outside the record": "outside",
    "hidden": "hidden",
}
"""Why text was left out, by its key in the catalogue; what else there is, is said as the parser says it."""


def panel_html(t: Texts) -> str:
    """What stands in the tab when the page opens."""
    return (
        f'<section class="part add" aria-labelledby="add-heading"><h2 id="add-heading">{t("add.heading")}</h2>'
        f'<div id="add-inside" data-part="/parts/add" data-load><p class="add-hint">{t("add.loading")}</p></div>'
        "</section>"
    )


def off_html(t: Texts) -> str:
    """Why nothing can be added here, and how it can."""
    return f"<p>{t('add.off')}</p><p>{t('add.off_how')}</p>"


def inside_html(job: Job | None, batches: Sequence[Batch], titles: Mapping[str, Transcript], t: Texts) -> str:
    """Where files are given, what is being looked at, what is under way, and what was added before."""
    return (
        f'<p class="add-lead">{t("add.lead")}</p>{_drop_zone(t)}'
        '<ul id="add-queue" class="add-queue"></ul><div id="add-staged"></div>'
        f'<div id="add-job">{job_html(job, titles, t) if job and job.state == "running" else ""}</div>'
        f'<div id="add-batches">{batches_html(batches, t)}</div>'
    )


def staged_html(files: Sequence[Staged], session: str, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """How each file given was understood, each with a box to leave it out; nothing where there is none."""
    if not files:
        return ""
    doubtful = sum(bool(_doubts(one)) for one in files)
    count = t("add.read", n=len(files), doubtful=doubtful) if doubtful else t("add.read_clear", n=len(files))
    items = "".join(_file(one, transcripts, t, begin=len(files) <= _OPEN_UP_TO) for one in files)
    session_value = html_attribute(json.dumps({"session": session}))
    return (
        f'<h3 id="add-look" tabindex="-1">{t("add.look")}</h3><p class="add-hint">{count}</p>'
        '<form class="add-choose" aria-labelledby="add-look" data-part="/parts/add/join" data-method="post" '
        f'data-into="#add-job"><input type="hidden" name="session" value="{html_attribute(session)}">'
        f'<ol class="add-files">{items}</ol><p class="add-actions">'
        f'<button type="submit" class="add-main">{t("add.join", n=_checked(files))}</button> '
        f'<button type="button" class="add-plain" data-part="/parts/add/clear" data-method="post" '
        f'data-into="#add-staged" data-values="{session_value}">{t("add.clear")}</button></p></form>'
    )


def job_html(job: Job | None, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """How far the work has come, or what came of it; nothing before the first."""
    if job is None:
        return ""
    if job.state == "running":
        return _running(job, t)
    if job.state == "failed":
        fault = f'<p lang="en">{html_text(_fault(job, t))}</p>' if job.fault else f"<p>{t('page.failed')}</p>"
        return _outcome("failed", t(f"add.failed_{job.kind}"), f"<p>{t(f'add.failed_then_{job.kind}')}</p>{fault}")
    return _outcome("done", t(f"add.done_{job.kind}", n=job.files), _done(job, transcripts, t))


def batches_html(batches: Sequence[Batch], t: Texts) -> str:
    """What was added so far, the newest first, each with a button that takes it out or puts it back."""
    if not batches:
        return ""
    items = "".join(_batch(batch, t) for batch in batches[:_LISTED])
    more = f'<p class="add-hint">{t("add.earlier", n=len(batches) - _LISTED)}</p>' if len(batches) > _LISTED else ""
    return f'<h3>{t("add.before")}</h3><ul class="add-batches">{items}</ul>{more}'


def refused_sentence(error: RefusedError, t: Texts) -> str:
    """Why a file or a request is not taken, and what to do, as plain text."""
    return t(f"add.refused_{error.code}", **error.values)


def _drop_zone(t: Texts) -> str:
    accepted = ",".join(KINDS)
    limits = t("add.limits", mb=FILE_LIMIT // 2**20, files=FILES_LIMIT, all_mb=BYTES_LIMIT // 2**20)
    return (
        f'<div class="add-drop" data-limit="{FILE_LIMIT}" data-kinds="{accepted}">'
        f'<p class="add-drop-here">{t("add.drop")}</p><p class="add-pickers">'
        f'<label for="add-files">{t("add.choose_files")}</label>'
        f'<input type="file" id="add-files" multiple accept="{accepted}" aria-describedby="add-limits"></p>'
        f'<p class="add-pickers"><label for="add-folder">{t("add.choose_folder")}</label>'
        '<input type="file" id="add-folder" webkitdirectory multiple aria-describedby="add-limits"></p>'
        f'<p id="add-limits" class="add-hint">{limits}</p></div>'
    )


def _checked(files: Sequence[Staged]) -> int:
    return sum(not _is_double(one) for one in files)


def _is_double(one: Staged) -> bool:
    """Whether a file brings nothing: the very same bytes are in the record, or among the files given."""
    return one.understood.same_file or bool(one.twin)


def _file(one: Staged, transcripts: Mapping[str, Transcript], t: Texts, *, begin: bool) -> str:
    made = one.understood
    box = f"add-take-{one.number}"
    checked = "" if _is_double(one) else " checked"
    title = html_text(shorten(made.title or one.name, limit=_NAME_LIMIT))
    doubts = "".join(_doubt(code, sentence) for code, sentence in _sentences(one, transcripts, t))
    said = f'<ul class="add-doubts">{doubts}</ul>' if doubts else f'<p class="add-clear">{t("add.no_doubt")}</p>'
    return (
        f'<li class="add-file"><h4><input type="checkbox" id="{box}" name="take" value="{one.number}"{checked}> '
        f'<label for="{box}"><span class="add-take">{t("add.take")}</span>{title}</label></h4>'
        f'<p class="facts">{_facts(one, t)}</p>{said}'
        f"{_voices(made, t)}{_begin(made, t, is_open=begin)}{_left(made, t)}</li>"
    )


def _facts(one: Staged, t: Texts) -> str:
    made = one.understood
    days = " – ".join(time_html(date.fromisoformat(day), t) for day in (made.date, made.date_end) if day)
    facts = [
        html_text(one.name) if made.title else "",
        html_text(_event(made.event_type, t)),
        days,
        html_text(shorten(made.place or "", limit=_NAME_LIMIT)),
        html_text(_language(made.language, t)),
        t("add.turns", n=made.turns, number=written_number(made.turns, t.language)),
        t("add.characters", n=made.characters, number=written_number(made.characters, t.language)),
    ]
    return " · ".join(fact for fact in facts if fact)


def _event(event_type: str | None, t: Texts) -> str:
    if event_type is None:
        return ""
    key = f"browse.event_{event_type.replace(' ', '_')}"
    return t(key) if key in t.everything() else event_type


def _language(code: str | None, t: Texts) -> str:
    return t(f"add.language_{code}") if code in _LANGUAGES else code or ""


def _doubts(one: Staged) -> Sequence[str]:
    made = one.understood
    found = ["twin"] if one.twin else []
    found += ["held" if made.same_file else "same_event"] if made.same else []
    return [*found, *(doubt.code for doubt in made.doubts)]


def _sentences(one: Staged, transcripts: Mapping[str, Transcript], t: Texts) -> list[tuple[str, str]]:
    """Each doubt by its code, with what it means for answers, as plain text."""
    made = one.understood
    said = [("twin", t("add.doubt_twin", name=one.twin))] if one.twin else []
    if made.same:
        held = transcripts.get(made.same)
        name = shorten(transcript_name(held) if held else made.same, limit=_NAME_LIMIT)
        code = "held" if made.same_file else "same_event"
        said.append((code, t(f"add.doubt_{code}", name=name)))
    return said + [(doubt.code, _words(doubt, t)) for doubt in made.doubts]


def _words(doubt: Doubt, t: Texts) -> str:
    count, total = (written_number(number, t.language) for number in (doubt.count, doubt.total))
    share = round(100 * doubt.count / doubt.total) if doubt.total else 0
    language = _language(doubt.detail, t)
    return t(f"add.doubt_{doubt.code}", n=doubt.count, count=count, total=total, share=share, language=language)


def _doubt(code: str, sentence: str) -> str:
    first, _, rest = sentence.partition("\n")
    grave = ' class="add-grave"' if code in _GRAVE else ""
    return f"<li{grave}><strong>{html_text(first)}</strong> {html_text(rest)}</li>"


def _voices(made: Understood, t: Texts) -> str:
    if not made.voices:
        return ""
    rows = "".join(_voice(voice, t) for voice in made.voices)
    more = f'<p class="add-hint">{t("add.more_voices", n=made.more_voices)}</p>' if made.more_voices else ""
    heads = "".join(f'<th scope="col">{t(f"add.col_{name}")}</th>' for name in ("name", "kind", "office", "turns"))
    return (
        f'<details><summary>{t("add.voices", n=len(made.voices) + made.more_voices)}</summary><div class="add-table">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}</details>"
    )


def _voice(voice: Voice, t: Texts) -> str:
    kind = kind_words(voice.kind, t) if voice.kind else t("add.only_named")
    name = html_text(shorten(voice.name or t("add.nobody"), limit=_NAME_LIMIT))
    office = html_text(shorten(voice.role, limit=_NAME_LIMIT))
    turns = written_number(voice.turns, t.language)
    return f'<tr><th scope="row">{name}</th><td>{kind}</td><td>{office}</td><td class="number">{turns}</td></tr>'


def _begin(made: Understood, t: Texts, *, is_open: bool) -> str:
    if not made.opening:
        return ""
    turns = "".join(_opening(opening, t) for opening in made.opening)
    return f"<details{' open' if is_open else ''}><summary>{t('add.begin')}</summary>{turns}</details>"


def _opening(opening: Opening, t: Texts) -> str:
    name = html_text(shorten(opening.name or t("add.nobody"), limit=_NAME_LIMIT))
    more = f' <span class="add-hint">{t("add.goes_on")}</span>' if opening.cut else ""
    return (
        f'<div class="add-turn add-{opening.kind}"><p class="add-who"><strong>{name}</strong> '
        f'<span class="kind">{kind_words(opening.kind, t)}</span></p>'
        f'<p class="add-words">{html_text(opening.text)}{more}</p></div>'
    )


def _left(made: Understood, t: Texts) -> str:
    if not made.dropped:
        return ""
    number = written_number(sum(one.characters for one in made.dropped), t.language)
    items = "".join(_dropped(one, t) for one in made.dropped)
    return f'<details><summary>{t("add.left_out", number=number)}</summary><ul class="add-left">{items}</ul></details>'


def _dropped(one: Dropped, t: Texts) -> str:
    reason = t(f"add.dropped_{_DROPPED[one.reason]}") if one.reason in _DROPPED else one.reason
    number = t("add.characters", n=one.characters, number=written_number(one.characters, t.language))
    return f"<li>{html_text(reason)}, {number}: <q>{html_text(one.excerpt)}</q></li>"


def _running(job: Job, t: Texts) -> str:
    extent, count = "", ""
    if job.total:
        done, total = (written_number(number, t.language) for number in (job.done, job.total))
        extent, count = f' value="{job.done}" max="{job.total}"', t("add.count", done=done, total=total)
    step = t(f"add.stage_{_stage(job.stage)}")
    return (
        f'<div class="add-state" data-state="running" data-stage="{html_attribute(job.stage)}">'
        f'<h3 tabindex="-1" data-focus>{t(f"add.now_{job.kind}", n=job.files)}</h3>'
        f'<p><span class="add-step">{step}</span> <span class="add-count">{count}</span></p>'
        f'<progress{extent} aria-label="{t("add.progress")}"></progress>'
        f'<p class="add-hint">{t("add.meanwhile")}</p></div>'
    )


def _stage(stage: str) -> str:
    return stage if stage in ("reading", "encoding", SWAPPING) else "starting"


def _outcome(state: str, heading: str, body: str) -> str:
    return f'<div class="add-state add-{state}" data-state="{state}"><h3 tabindex="-1">{heading}</h3>{body}</div>'


def _fault(job: Job, t: Texts) -> str:
    return t(f"add.refused_{job.fault}") if f"add.refused_{job.fault}" in t.everything() else job.fault


def _done(job: Job, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """How many the record holds now, the new ones as links, and which files only repeat an event."""
    doubled = {other for other, _ in job.linked}
    shown = [transcripts[doc_id] for doc_id in job.added if doc_id not in doubled and doc_id in transcripts]
    links = "".join(f"<li>{_link(one)}</li>" for one in shown)
    new = [(other, kept) for other, kept in job.linked if {other, kept} & set(job.added)]
    repeated = f"<p>{t('add.repeated', n=len(new))}</p>" if new else ""
    number = written_number(job.transcripts, t.language)
    return f'<p>{t("add.holds", n=job.transcripts, number=number)}</p><ul class="add-new">{links}</ul>{repeated}'


def _link(transcript: Transcript) -> str:
    name = html_text(shorten(transcript_name(transcript), limit=_NAME_LIMIT))
    return f'<a href="#cite-{document_id(transcript.doc_id)}">{name}</a>'


def _batch(batch: Batch, t: Texts) -> str:
    path, label = ("undo", t("add.undo")) if batch.joined else ("again", t("add.again"))
    values = html_attribute(json.dumps({"batch": batch.name}))
    names = names_list([*batch.files[:_NAMED]], t.language)
    more = t("add.more_files", n=len(batch.files) - _NAMED) if len(batch.files) > _NAMED else ""
    when = _moment(batch.at.astimezone(), t)
    state = "add.was_added" if batch.joined else "add.was_taken_out"
    about = t(f"add.{path}_label", when=when)
    return (
        f'<li><div><p>{t(state, when=when, n=len(batch.files))}</p><p class="facts">{html_text(names)} {more}</p></div>'
        f'<button type="button" class="add-plain" data-part="/parts/add/{path}" data-method="post" '
        f'data-into="#add-job" data-values="{values}" aria-label="{html_attribute(about)}">{label}</button></li>'
    )


def _moment(at: datetime, t: Texts) -> str:
    return t("add.moment", day=written_date(at.date(), t.language), hour=f"{at:%H}", minute=f"{at:%M}")
