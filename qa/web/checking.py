"""The check part of the page, as HTML: is this text on the record, word for word? Pure.

The three verdicts differ in word, sign and colour; whoever speaks without stating a position is said to loudly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.web.dates import time_html
from qa.web.escape import html_text
from qa.web.keep import keep_button
from qa.web.links import cite_id, document_id, resolve, words_digest
from qa.web.parts import PartError
from qa.web.render import kind_words, shorten, voice
from qa.web.verdict import COMMON, TEXT_LIMIT
from qa.wording import period_words, written_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import Transcript
    from qa.catalogue import Texts
    from qa.check import Difference
    from qa.types import Citation
    from qa.web.verdict import Judged, Place, Verdict

_SIGNS = {"verified": "✓", "near_miss": "≠", "not_found": "∅", "common": "…"}
_TOLD = 4  # differences put in words; the others are seen
_TITLE_LIMIT = 160  # characters of a title, a place, a name


def panel_html(t: Texts) -> str:
    """What stands in the tab when the page opens."""
    return (
        f'<section class="part check" aria-labelledby="check-title"><h2 id="check-title">{t("check.title")}</h2>'
        f"<p>{t('check.lead')}</p>"
        '<form id="check-form" data-part="/parts/check" data-method="post" data-into="#check-result">'
        f'<label for="check-text">{t("check.text")}</label>'
        '<textarea id="check-text" name="text" rows="3" required aria-describedby="check-note"></textarea>'
        f'<p id="check-note" class="check-note">{t("check.note", limit=written_number(TEXT_LIMIT, t.language))}</p>'
        f"<button>{t('check.check')}</button></form>"
        f'<p id="check-status" role="status"></p><div id="check-result"></div></section>'
    )


def read_text(text: str, t: Texts) -> str:
    """The text to check. Raises ``PartError`` for an empty one and for one that is too long."""
    if not text.strip():
        raise PartError(t("check.empty"))
    if len(text) > TEXT_LIMIT:
        raise PartError(t("check.long", limit=written_number(TEXT_LIMIT, t.language)))
    return text


def judged_html(judged: Judged, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """The verdict on the whole text and, where there are some, on each of its parts."""
    if judged.stitched:
        told = _head("near_miss", t("check.stitched")) + f"<p>{t('check.stitched_lead')}</p>"
        return _verdict("near_miss", told) + _parts(judged, transcripts, t)
    return _whole(judged, transcripts, t) + _parts(judged, transcripts, t)


def _whole(judged: Judged, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    verdict = judged.whole
    head = _head(verdict.status, t(f"check.is_{verdict.status}"))
    if verdict.status == "common":
        return _verdict(verdict.status, f"{head}<p>{t('check.common', n=COMMON)}</p>")
    if verdict.status == "verified":
        return _verdict(verdict.status, head + _verified(verdict, transcripts, t))
    if verdict.status == "near_miss":
        return _verdict(verdict.status, head + _near_miss(verdict, transcripts, t))
    remedy = t("check.try_parts" if judged.parts else "check.try_one")
    said = f"<p>{t('check.nothing')}</p><p>{html_text(_scope(transcripts, t))}</p><p>{remedy}</p>"
    return _verdict(verdict.status, head + said)


def _verified(verdict: Verdict, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    number = len(verdict.places) + verdict.more
    key = "check.places.one" if number == 1 else "check.places"
    lead = f"<p>{t(key, n=written_number(number, t.language))}</p>"
    if not any(place.is_position for place in verdict.places):
        lead += f'<p class="check-warning">{t("check.no_position")}</p>'
    places = "".join(_place(place, transcripts, t) for place in verdict.places)
    more = f"<p>{t('check.more', n=written_number(verdict.more, t.language))}</p>" if verdict.more else ""
    return f'{lead}<ol class="check-places">{places}</ol>{more}'


def _near_miss(verdict: Verdict, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    place = _place(verdict.places[0], transcripts, t, copy=t("check.copy_record"))
    return (
        f"<p><strong>{html_text(what_differs(verdict.differences, t))}</strong></p>"
        f"{_difference(verdict.differences, t)}"
        f'<h4>{t("check.record_says")}</h4><ol class="check-places">{place}</ol>'
    )


def _place(place: Place, transcripts: Mapping[str, Transcript], t: Texts, *, copy: str = "") -> str:
    """One place: the words in their sentence, who says them and as what, when and where, and what was asked."""
    cited = place.citation
    return (
        f'<li class="check-place {cited.kind or "header"}">{_warnings(place, t)}'
        f"<figure><blockquote>{_words(place)}</blockquote>"
        f"<figcaption>{_speaker(cited, t)}"
        f' <span class="check-kind">{kind_words(cited.kind, t)}</span>'
        f'<span class="check-facts">{_occasion(cited, t)}</span></figcaption></figure>'
        f"{_cut(place, t)}{_asked(cited, t)}{_links(place, transcripts, t, copy=copy)}</li>"
    )


def _speaker(citation: Citation, t: Texts) -> str:
    """Who speaks, by name where there is one, and in what office or for which outlet."""
    who, capacity = voice(citation, t)
    if citation.kind in ("journalist", "moderator"):
        named = t("check.a_journalist") if citation.kind == "journalist" else kind_words(citation.kind, t)
        who, capacity = citation.speaker or named, citation.role or ""
    name, office = (html_text(shorten(part, limit=_TITLE_LIMIT)) for part in (who, capacity))
    return f"<strong>{name}</strong>{', ' if office else ''}{office}"


def _words(place: Place) -> str:
    """The whole sentences; what was given of them is marked where it is only a part."""
    sentence, quote = place.sentence.quote, place.citation.quote
    if place.whole:
        return f"“{html_text(quote.text)}”"
    before, after = sentence.text[: quote.start - sentence.start], sentence.text[quote.end - sentence.start :]
    return f"“{html_text(before)}<mark>{html_text(quote.text)}</mark>{html_text(after)}”"


def _warnings(place: Place, t: Texts) -> str:
    """What keeps the words from being a position of the speaker's own, said before them."""
    said = []
    if place.citation.kind in ("journalist", "moderator", "unknown", None):
        said.append(t(f"check.voice_{place.citation.kind or 'header'}"))
    if source := place.sentence.reported_from:
        said.append(t("check.voice_reported", source=html_text(shorten(source, limit=_TITLE_LIMIT))))
    return "".join(f'<p class="check-warning">{words}</p>' for words in said)


def _cut(place: Place, t: Texts) -> str:
    return f'<p class="check-note">{t("check.whole" if place.whole else "check.cut")}</p>'


def _occasion(citation: Citation, t: Texts) -> str:
    facts = [html_text(shorten(fact, limit=_TITLE_LIMIT)) for fact in (citation.title or "", citation.place or "")]
    return " · ".join(filter(None, [time_html(citation.date, t), *facts]))


def _asked(citation: Citation, t: Texts) -> str:
    if citation.asked is None:
        return ""
    by = html_text(shorten(citation.asked_by or t("quotes.a_journalist"), limit=_TITLE_LIMIT))
    return (
        f"<details><summary>{t('quotes.asked', name=by)}</summary>"
        f'<blockquote class="check-asked">{html_text(citation.asked.text)}</blockquote></details>'
    )


def _links(place: Place, transcripts: Mapping[str, Transcript], t: Texts, *, copy: str) -> str:
    """What can be done with a place. Whole sentences alone are copied: a part of one may say something else."""
    address, sentence = cite_id(place.citation.quote), place.sentence.quote
    if resolve(address, transcripts) is None:  # a label, which no turn and no header holds
        return f'<p class="check-links"><a href="#cite-{document_id(sentence.doc_id)}">{t("check.open")}</a></p>'
    copy = copy or t("check.copy" if place.whole else "check.copy_whole")
    keep = f" {keep_button(place.sentence, t)}" if place.is_position else ""
    return (
        f'<p class="check-links"><a href="#cite-{address}">{t("check.open")}</a>'
        f' <button type="button" class="copy-citation" data-place="{cite_id(sentence)}"'
        f' data-digest="{words_digest(sentence.text)}">{copy}</button>{keep}</p>'
    )


def what_differs(differences: Sequence[Difference], t: Texts) -> str:
    """``3 words differ: “China” instead of “Russia”; …``, as text; what differs in writing alone is said apart."""
    edits = [edit for edit in differences if edit.op != "equal"]
    words = [edit for edit in edits if _letters(edit.given) != _letters(edit.source)]
    if not words:
        return t("check.differs_written", how=_edits(edits, t))
    number = sum(max(len(edit.given.split()), len(edit.source.split())) for edit in words)
    key = "check.differs.one" if number == 1 else "check.differs"
    also = " " + t("check.written_too") if len(words) < len(edits) else ""
    return t(key, n=written_number(number, t.language), how=_edits(words, t)) + also


def _edits(edits: Sequence[Difference], t: Texts) -> str:
    told = "; ".join(
        t(f"check.edit_{edit.op}", given=shorten(edit.given, limit=80), source=shorten(edit.source, limit=80))
        for edit in edits[:_TOLD]
    )
    return told + (t("check.and_more", n=len(edits) - _TOLD) if len(edits) > _TOLD else "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _difference(differences: Sequence[Difference], t: Texts) -> str:
    """The given words turned into the record's, every edit labelled with whose words it shows."""
    pieces: list[str] = []
    for edit in differences:
        if edit.op == "equal":
            pieces.append(html_text(edit.given))
            continue
        for tag, whose, words in (("del", "yours", edit.given), ("ins", "record", edit.source)):
            label = f'<span class="check-tag">{t(f"check.from_{whose}")}</span>'
            pieces += [f"<{tag}>{label} <span>{html_text(words)}</span></{tag}>"] if words else []
    return f'<p class="check-difference">{" ".join(pieces)}</p>'


def _parts(judged: Judged, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    if not judged.parts:
        return ""
    lines = "".join(_part(part, transcripts, t) for part in judged.parts)
    verified = sum(part.status == "verified" for part in judged.parts)
    left = f"<p>{t('check.left', n=judged.left)}</p>" if judged.left else ""
    return (
        f'<section class="check-parts"><h3>{t("check.each")}</h3>'
        f"<p>{t('check.each_lead', verified=verified, n=len(judged.parts))}</p>"
        f'<ol class="check-lines">{lines}</ol>{left}</section>'
    )


def _part(part: Verdict, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """One sentence: its verdict, its words, and the first place where they stand or nearly do."""
    sign = f'<span class="check-sign" aria-hidden="true">{_SIGNS[part.status]}</span>'
    words = _difference(part.differences, t) if part.differences else f"<p>“{html_text(part.given)}”</p>"
    if part.status == "common":
        told = f'<p class="check-facts">{t("check.common", n=COMMON)}</p>'
    else:
        told = "".join(_part_place(place, transcripts, t) for place in part.places[:1])
    others = len(part.places) - 1 + part.more
    more = f'<p class="check-facts">{t("check.more", n=written_number(others, t.language))}</p>' if others > 0 else ""
    return (
        f'<li class="check-{part.status}"><p class="check-status">{sign} {t(f"check.word_{part.status}")}</p>'
        f"{words}{told}{more}</li>"
    )


def _part_place(place: Place, transcripts: Mapping[str, Transcript], t: Texts) -> str:
    cited = place.citation
    address = cite_id(cited.quote)
    if resolve(address, transcripts) is None:
        address = document_id(cited.quote.doc_id)
    return (
        f"{_warnings(place, t)}"
        f'<p class="check-facts">{_speaker(cited, t)} · {_occasion(cited, t)} · '
        f'<a href="#cite-{address}">{t("check.open")}</a></p>'
    )


def _head(status: str, words: str) -> str:
    sign = f'<span class="check-sign" aria-hidden="true">{_SIGNS[status]}</span>'
    return f'<h3 tabindex="-1" data-focus>{sign} {words}</h3>'


def _verdict(status: str, held: str) -> str:
    return f'<section class="check-verdict check-{status}">{held}</section>'


def _scope(transcripts: Mapping[str, Transcript], t: Texts) -> str:
    """What was searched: how many transcripts, of which days."""
    days = sorted(transcript.date for transcript in transcripts.values() if transcript.date)
    period = f", {period_words(days[0], days[-1], t.language)}" if days else ""
    key = "check.searched.one" if len(transcripts) == 1 else "check.searched"
    return t(key, n=written_number(len(transcripts), t.language), period=period)
