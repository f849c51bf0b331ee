"""What can be done with the last answer, and the history of this browser, as HTML. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qa.catalogue import Texts
from qa.web.conversation import Conversation, under_way
from qa.web.escape import html_attribute
from qa.web.feedback import feedback_html
from qa.web.filters import question_link
from qa.web.links import cite_id, words_digest
from qa.web.render import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.types import Answer
    from qa.web.conversation import Entry

_REMEMBERED = 30  # quotes of one answer that the history names
FORMATS = (("docx", "Word"), ("pdf", "PDF"), ("md", "Markdown"))


def render_tools_html(conversation: Conversation, t: Texts = ENGLISH, *, feedback: bool = True) -> str:
    """Edit, ask again, link, save and judge the last answer; nothing while there is none or it is still coming.

    ``feedback`` says whether judgements are kept at all.
    """
    if not conversation or under_way(conversation):
        return ""
    last = conversation[-1]
    link = question_link(last.question, last.chosen, last.fingerprint)
    first = (
        _button("edit", t("ask.edit"))
        + _button("again", t("ask.again"))
        + f'<button type="button" class="copy-link" data-link="{html_attribute(link)}">{t("ask.link")}</button>'
    )
    group = f'class="answer-tools" role="group" aria-label="{t("ask.tools")}"'
    if last.answer is None:
        return f"<div {group}>{first}</div>"
    judged = feedback_html(last.answer.id, t) if feedback else ""
    rest = _saving(last.answer, t) + judged
    return f'<div {group} data-history="{_remembered(last, last.answer, link)}">{first}{rest}</div>'


def render_history_html(t: Texts = ENGLISH) -> str:
    """The frame of the history; ``assets/ask.js`` fills it from what this browser keeps."""
    return (
        f'<details class="history"><summary>{t("history.title")}</summary><div class="history-panel">'
        f'<p class="hint">{t("history.none")}</p><ol class="history-list"></ol>'
        f'<p class="history-kept"><label><input type="checkbox" class="history-keep"> {t("history.keep")}</label> '
        f'<span class="hint">{t("history.kept")}</span></p>'
        f'<p class="history-shared hint" hidden>{t("history.shared")}</p>'
        f'<p class="links"><button type="button" class="history-export">{t("history.export")}</button> '
        f'<button type="button" class="history-clear">{t("history.clear")}</button></p></div></details>'
    )


def _button(act: str, words: str) -> str:
    return f'<button type="button" data-act="{act}">{words}</button>'


def _saving(answer: Answer, t: Texts) -> str:
    """A button a format; what is written is looked up again by address and digest."""
    if answer.status == "refused" or not answer.citations:
        return ""
    cards = _cards(answer)
    buttons = "".join(_save_button(form, name, answer.question, cards) for form, name in FORMATS)
    label = t("ask.save")
    return f'<span class="saving" role="group" aria-label="{label}"><span>{label}</span>{buttons}</span>'


def _save_button(form: str, name: str, question: str, cards: Sequence[Mapping[str, str]]) -> str:
    values = _json({"format": form, "question": question, "cards": cards})
    return (
        '<button type="button" data-part="/parts/answer-export" data-method="post" data-download data-into="#tools"'
        f' data-values="{values}">{name}</button>'
    )


def _cards(answer: Answer) -> list[dict[str, str]]:
    return [
        {"place": cite_id(citation.quote), "digest": words_digest(citation.quote.text)} for citation in answer.citations
    ]


def _remembered(entry: Entry, answer: Answer, link: str) -> str:
    """What this browser's history keeps of an answer: addresses and digests, no words of the record."""
    cards = _cards(answer)[:_REMEMBERED]
    quotes = len(answer.citations) if answer.status == "answered" else 0
    return _json({"id": answer.id, "question": entry.question, "link": link, "quotes": quotes, "cards": cards})


def _json(value: object) -> str:
    return html_attribute(json.dumps(value))
