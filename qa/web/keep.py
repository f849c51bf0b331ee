"""The button that keeps a quote for a class, wherever a quote is shown. Pure.

What it keeps is an address and a digest, never words: ``assets/teach.js`` holds them in the browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.web.escape import html_attribute
from qa.web.links import cite_id, words_digest

if TYPE_CHECKING:
    from qa.catalogue import Texts
    from qa.types import Citation


def keep_button(citation: Citation, t: Texts) -> str:
    """A button that keeps ``citation`` for the class pack, or no longer does; pressed when it is kept."""
    return (
        f'<button type="button" class="keep" {ref_attributes(citation)} aria-pressed="false">{t("teach.keep")}</button>'
    )


def ref_attributes(citation: Citation) -> str:
    """The address and the digest of a quote as attributes, for what is done with it later."""
    place = html_attribute(cite_id(citation.quote))
    return f'data-place="{place}" data-digest="{words_digest(citation.quote.text)}"'
