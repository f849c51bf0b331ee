"""The list of an answer's quotes, as HTML. Pure: every text of the record is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.catalogue import Texts
from qa.web.dates import time_html
from qa.web.escape import html_text
from qa.web.keep import keep_button, ref_attributes
from qa.web.links import cite_id, words_digest
from qa.web.render import ENGLISH, voice

if TYPE_CHECKING:
    from qa.types import Answer, Citation

STYLES = ("plain", "markdown", "apa", "chicago", "bibtex", "ris", "csl")


def render_quotes_html(answer: Answer | None, t: Texts = ENGLISH) -> str:
    """The quotes of the last answer as a list, each with who, when, what was asked, and what can be done with it."""
    if answer is None:
        return f'<p class="hint">{t("quotes.none")}</p>'
    if answer.status == "refused" or not answer.citations:
        return f'<p class="hint">{t("quotes.refused")}</p>'
    items = "".join(_quote_item(citation, t) for citation in answer.citations)
    return f'{_styles(t)}<ol class="quotes">{items}</ol>'


def _styles(t: Texts) -> str:
    """The choice of the form in which quotes are copied, here and in the chat."""
    options = "".join(f'<option value="{style}">{t(f"style.{style}")}</option>' for style in STYLES)
    return f'<p class="copy-style"><label>{t("quotes.style")} <select class="cite-style">{options}</select></label></p>'


def _quote_item(citation: Citation, t: Texts) -> str:
    address, digest = cite_id(citation.quote), words_digest(citation.quote.text)
    who, capacity = voice(citation, t)
    caption = ", ".join(html_text(part) for part in (who, capacity) if part)
    named = [html_text(part) for part in (citation.place, citation.title) if part]
    when = " · ".join(filter(None, [time_html(citation.date, t), *named]))
    return (
        f'<li class="{citation.kind or "header"}"><figure>'
        f"<blockquote>“{html_text(citation.quote.text)}”</blockquote>"
        f'<figcaption><strong>{caption}</strong><span class="facts">{when}</span></figcaption></figure>'
        f"{_asked(citation, t)}{_context(citation, t)}"
        f'<p class="links"><a href="#cite-{address}">{t("quotes.open", marker=citation.marker)}</a> '
        f'<a href="?cite={address}&amp;is={digest}">{t("quotes.link")}</a> '
        f'<button type="button" class="copy-citation" {ref_attributes(citation)}>'
        f"{t('quotes.copy')}</button> {keep_button(citation, t)}</p></li>"
    )


def _context(citation: Citation, t: Texts) -> str:
    """The sentences beside a quote, the quote itself marked among them."""
    parts = [citation.before, citation.quote, citation.after]
    if not (citation.before or citation.after):
        return ""
    words = " ".join(
        f"<strong>{html_text(part.text)}</strong>" if part is citation.quote else html_text(part.text)
        for part in parts
        if part
    )
    summary = t("quotes.context")
    return f'<details class="asked"><summary>{summary}</summary><blockquote>{words}</blockquote></details>'


def _asked(citation: Citation, t: Texts) -> str:
    if citation.asked is None:
        return ""
    by = html_text(citation.asked_by or t("quotes.a_journalist"))
    return (
        f'<details class="asked"><summary>{t("quotes.asked", name=by)}</summary>'
        f"<blockquote>{html_text(citation.asked.text)}</blockquote></details>"
    )
