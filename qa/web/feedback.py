"""The buttons with which somebody says what an answer is worth, as HTML. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.feedback import COMMENT_LIMIT, LABELS
from qa.web.escape import html_attribute, html_text
from qa.web.links import cite_id
from qa.web.render import shorten, voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.catalogue import Texts
    from qa.feedback import Label
    from qa.types import Answer, Citation

_QUOTES_LISTED = 30  # as many as an answer shows
_QUOTE_WORDS = 60  # characters of a quote in the list that asks which one is meant


@dataclass(frozen=True, slots=True)
class Given:
    """What was said so far: the label, the quote meant by its address, the comment."""

    label: Label | None = None
    quote: str | None = None
    comment: str = ""


def feedback_html(answer_id: str, t: Texts) -> str:
    """The buttons under an answer that the server remembers by ``answer_id``, none of them pressed."""
    return f'<div class="feedback" id="{_place(answer_id)}">{_buttons(answer_id, Given(), t)}</div>'


def stored_html(answer_id: str, given: Given, answer: Answer, t: Texts) -> str:
    """The same buttons once something was said: what is pressed, thanks, and after a complaint a field for more."""
    thanks = t("feedback.stored" if given.label else "feedback.taken_back")
    more = "" if given.label in (None, "helpful") else _details(answer_id, given, answer, t)
    return f"{_buttons(answer_id, given, t, said=thanks)}{more}"


def label_of(posted: str) -> Label | None:
    """The label that was posted, ``None`` for an empty one. Raises ``ValueError`` for any other."""
    if not posted:
        return None
    return LABELS[LABELS.index(posted)]


def quote_of(posted: str, answer: Answer) -> str | None:
    """``posted`` if it is the address of one of the answer's quotes, else ``None``."""
    return posted if posted in {cite_id(citation.quote) for citation in _quotes(answer)} else None


def _buttons(answer_id: str, given: Given, t: Texts, *, said: str = "") -> str:
    place = _place(answer_id)
    buttons = "".join(_button(answer_id, label, t, pressed=label == given.label) for label in LABELS)
    thanks = f'<p class="feedback-said" id="{place}-said" role="status">{said}</p>' if said else ""
    focus = "" if given.label or not said else ' tabindex="-1" data-focus'
    return (
        f'<div class="feedback-buttons" role="group" aria-labelledby="{place}-ask">'
        f'<span id="{place}-ask"{focus}>{t("feedback.ask")}</span>{buttons}</div>{thanks}'
    )


def _button(answer_id: str, label: Label, t: Texts, *, pressed: bool) -> str:
    place = _place(answer_id)
    values = html_attribute(json.dumps({"answer": answer_id, "label": "" if pressed else label}))
    spelled = label.replace(" ", "_")
    state = f' aria-pressed="true" data-focus aria-describedby="{place}-said"' if pressed else ' aria-pressed="false"'
    return (
        f'<button type="button" data-part="/parts/feedback" data-method="post" data-into="#{place}"'
        f' data-values="{values}"{state}>{t(f"feedback.label_{spelled}")}</button>'
    )


def _details(answer_id: str, given: Given, answer: Answer, t: Texts) -> str:
    place = _place(answer_id)
    assert given.label
    return (
        f'<form class="feedback-more" data-part="/parts/feedback" data-method="post" data-into="#{place}">'
        f'<input type="hidden" name="answer" value="{html_attribute(answer_id)}">'
        f'<input type="hidden" name="label" value="{given.label}">'
        f"{_which(place, given, _quotes(answer), t)}"
        f'<div><label for="{place}-comment">{t("feedback.comment")}</label>'
        f'<textarea id="{place}-comment" name="comment" rows="1" maxlength="{COMMENT_LIMIT}">'
        f"\n{html_text(given.comment)}</textarea></div><button>{t('feedback.send')}</button>"
        f'<p class="feedback-note">{t("feedback.kept")}</p></form>'
    )


def _which(place: str, given: Given, quotes: Sequence[Citation], t: Texts) -> str:
    if not quotes:
        return ""
    options = "".join(
        f'<option value="{cite_id(c.quote)}"{" selected" if cite_id(c.quote) == given.quote else ""}>'
        f"{html_text(_quote_line(c, t))}</option>"
        for c in quotes
    )
    return (
        f'<div><label for="{place}-quote">{t("feedback.which")}</label>'
        f'<select id="{place}-quote" name="quote"><option value="">{t("feedback.any")}</option>{options}</select></div>'
    )


def _quote_line(citation: Citation, t: Texts) -> str:
    words = shorten(citation.quote.text, limit=_QUOTE_WORDS)
    return f"[{citation.marker}] {shorten(voice(citation, t)[0], limit=_QUOTE_WORDS)}: “{words}”"


def _quotes(answer: Answer) -> Sequence[Citation]:
    return (answer.citations or answer.related)[:_QUOTES_LISTED]


def _place(answer_id: str) -> str:
    return f"feedback-{html_attribute(answer_id)}"
