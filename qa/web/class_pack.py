"""The pack of quotes that a trainer takes to class, its presentation and its quiz, as HTML. Pure.

What the browser keeps of a quote is its address, the digest of its words and the trainer's note; the words come from
the record each time they are shown, and a quote whose words are no longer there is said to be so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.export.types import Card
from qa.web.dates import time_html
from qa.web.escape import html_attribute, html_text
from qa.web.links import cite_id
from qa.web.render import voice
from qa.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.catalogue import Texts
    from qa.export.choose import Named
    from qa.export.types import Changed, QuizItem
    from qa.types import Citation

MOST, NOTE_LIMIT = 40, 2_000  # quotes of a pack; characters of a note
TITLE_LIMIT, INTRODUCTION_LIMIT = 200, 2_000  # characters
FORMATS = (("docx", "Word"), ("pptx", "PowerPoint"), ("pdf", "PDF"), ("md", "Markdown"))
_LONG, _MIDDLE = 420, 180  # characters from which a quote is shown in smaller letters


def pack_frame(t: Texts) -> str:
    """Where the pack, its quiz and its presentation appear; ``assets/teach.js`` fills it."""
    save = "".join(
        f'<button type="button" class="teach-save" data-format="{form}">{name}</button>' for form, name in FORMATS
    )
    return (
        '<section class="teach-pack" aria-labelledby="teach-pack-title">'
        f'<h3 id="teach-pack-title" tabindex="-1">{t("teach.pack")} <span id="teach-pack-count"></span></h3>'
        f'<p class="facts">{t("teach.pack_how")}</p>'
        '<div id="teach-pack-body" hidden><div class="teach-words">'
        f"<label>{t('teach.pack_title')} "
        f'<input type="text" id="teach-title" maxlength="{TITLE_LIMIT}" autocomplete="off"></label>'
        f"<label>{t('teach.pack_introduction')} "
        f'<textarea id="teach-introduction" rows="2" maxlength="{INTRODUCTION_LIMIT}"></textarea></label></div>'
        '<div id="teach-kept"></div>'
        f'<div class="teach-actions" role="group" aria-label="{t("teach.use")}">'
        f'<button type="button" class="teach-main" id="teach-start">{t("teach.present")}</button>'
        f'<button type="button" id="teach-ask-quiz">{t("teach.make_quiz")}</button>'
        f'<button type="button" id="teach-clear">{t("teach.clear")}</button></div>'
        f'<div class="teach-actions" role="group" aria-label="{t("teach.save")}"><span>{t("teach.save")}</span>{save}'
        f'<label><input type="checkbox" id="teach-with-quiz" checked> {t("teach.with_quiz")}</label></div></div>'
        f'<p id="teach-undo" hidden><span></span> <button type="button">{t("teach.undo")}</button></p>'
        '<div id="teach-error"></div></section><div id="teach-quiz"></div>'
        f'<dialog id="teach-present" aria-label="{t("teach.presentation")}"></dialog>'
    )


def kept_html(named: Sequence[Named], cards: Sequence[Card | Changed], t: Texts) -> str:
    """The pack as a list, each quote with its note and what can be done with it."""
    pairs = zip(named, cards, strict=True)
    items = "".join(_kept(number, one, card, len(cards), t) for number, (one, card) in enumerate(pairs, 1))
    return f'<ol class="teach-kept">{items}</ol>'


def slides_html(cards: Sequence[Card | Changed], t: Texts) -> str:
    """The presentation: one quote a slide, all but the first still hidden; quotes that are gone are left out."""
    shown = [(at, card) for at, card in enumerate(cards) if isinstance(card, Card)]
    slides = "".join(_slide(number, at, card, len(shown), t) for number, (at, card) in enumerate(shown, 1))
    buttons = "".join(
        f'<button type="button" data-go="{act}"{extra}>{t(f"teach.{act}")}</button>'
        for act, extra in (
            ("previous", ""),
            ("next", ""),
            ("note", ' aria-expanded="false"'),
            ("full", ' aria-pressed="false"'),
            ("close", ""),
        )
    )
    return (
        f'<div class="teach-bar"><p id="teach-count" role="status"></p><div role="group" '
        f'aria-label="{t("teach.presentation")}">{buttons}</div></div>{slides}'
    )


def quiz_html(items: Sequence[QuizItem], seed: int, t: Texts) -> str:
    """The quiz as a form; what is right stands in it hidden until it is asked for."""
    if not items:
        return f'<p class="teach-gap" role="alert">{t("teach.no_quiz")}</p>'
    questions = "".join(_question(number, item, t) for number, item in enumerate(items, 1))
    return (
        f'<form class="teach-quiz" aria-labelledby="teach-quiz-title" data-seed="{seed}">'
        f'<h3 id="teach-quiz-title" tabindex="-1" data-focus>{t("teach.quiz")}</h3>'
        f'<p class="facts">{t("teach.quiz_how")}</p>{questions}'
        f'<div class="teach-actions"><button type="submit" class="teach-main">{t("teach.answers")}</button>'
        f'<button type="button" id="teach-again">{t("teach.again")}</button>'
        '<p id="teach-score" role="status"></p></div></form>'
    )


def occasion(citation: Citation, t: Texts) -> str:
    """When, at which event and where, as HTML."""
    place = citation.place if citation.place and citation.place not in (citation.title or "") else ""
    named = [html_text(part) for part in (citation.title, place) if part]
    return " · ".join(filter(None, [time_html(citation.date, t), *named]))


def _kept(number: int, named: Named, card: Card | Changed, many: int, t: Texts) -> str:
    place = html_attribute(named.place)
    tools = "".join(
        f'<button type="button" data-move="{act}" aria-label="{t(f"teach.{act}_label", n=number)}">{t(f"teach.{act}")}'
        "</button>"
        for act in ("up", "down", "remove")
    )
    return (
        f'<li data-place="{place}" data-digest="{html_attribute(named.digest)}">'
        f'<span class="teach-grip" draggable="true" aria-hidden="true" title="{t("teach.drag")}">⠿</span>'
        f'<div class="teach-kept-card">{_kept_words(card, named, t)}'
        f'<label class="teach-note">{t("teach.note_label", n=number)} '
        f'<textarea rows="1" maxlength="{NOTE_LIMIT}"></textarea></label></div>'
        f'<div class="teach-tools" role="group" aria-label="{t("teach.position", n=number, many=many)}">{tools}</div>'
        "</li>"
    )


def _kept_words(card: Card | Changed, named: Named, t: Texts) -> str:
    if not isinstance(card, Card):
        document = html_attribute(named.place.rsplit("~", 1)[0])
        link = f'<a href="#cite-{document}">{t("teach.changed_open")}</a>'
        return f'<p class="teach-gap">{t("teach.changed")} {link}</p>'
    citation = card.citation
    who, capacity = (html_text(part) for part in voice(citation, t))
    return (
        f'<figure class="{citation.kind or "header"}"><blockquote>“{html_text(citation.quote.text)}”</blockquote>'
        f"<figcaption><strong>{who}</strong>{f', {capacity}' if capacity else ''}"
        f'<span class="facts">{occasion(citation, t)}</span></figcaption></figure>'
        f'<p class="teach-links"><a href="#cite-{cite_id(citation.quote)}">{t("teach.open")}</a></p>'
    )


def _slide(number: int, at: int, card: Card, many: int, t: Texts) -> str:
    citation, size = card.citation, len(card.citation.quote.text)
    length = "long" if size >= _LONG else "middle" if size >= _MIDDLE else "short"
    who, capacity = (html_text(part) for part in voice(citation, t))
    asked = ""
    if citation.asked:
        by = t("teach.asked_by", name=citation.asked_by) if citation.asked_by else t("teach.asked")
        asked = f'<p class="teach-asked"><strong>{html_text(by)}</strong> “{html_text(citation.asked.text)}”</p>'
    return (
        f'<article class="teach-slide {length} {citation.kind or "header"}" tabindex="0" data-at="{at}"'
        f' data-label="{t("teach.slide", n=number, many=many)}" hidden>'
        f'<header><h2>{who}</h2><p class="teach-office">{capacity}</p></header>{asked}'
        f"<blockquote>“{html_text(citation.quote.text)}”</blockquote>"
        f'<p class="teach-when">{occasion(citation, t)}</p>'
        f'<aside hidden aria-label="{t("teach.note")}"><p></p></aside></article>'
    )


def _question(number: int, item: QuizItem, t: Texts) -> str:
    is_quote = any(item.option_citations)
    options = "".join(
        f'<div class="teach-option"><label><input type="radio" name="q{number}" value="{at}"> '
        f"<span>{f'“{html_text(option)}”' if is_quote else html_text(option)}</span></label>"
        f"{_source(item.option_citations[at] if item.option_citations else None, t)}</div>"
        for at, option in enumerate(item.options)
    )
    link = f'<a href="#cite-{cite_id(item.citation.quote)}">{t("teach.open")}</a>'
    right = html_text(item.options[item.answer])
    answer = t("teach.right_is", answer=f"“{right}”" if is_quote else right)
    return (
        f'<fieldset data-answer="{item.answer}"><legend><span>{number}.</span> {html_text(item.prompt)}</legend>'
        f'{options}<p class="teach-solution" hidden><strong></strong> {answer} {link}</p></fieldset>'
    )


def _source(citation: Citation | None, t: Texts) -> str:
    """Whose words an option is, shown with the answers."""
    if citation is None:
        return ""
    said = ", ".join(filter(None, [citation.speaker, written_date(citation.date, t.language)]))
    link = f'<a href="#cite-{cite_id(citation.quote)}">{t("teach.open")}</a>'
    return f'<p class="teach-source" hidden>{html_text(said)} · {link}</p>'
