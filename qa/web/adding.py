"""The add part of the page, as HTML. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.web.catalogue import Texts


def panel_html(t: Texts) -> str:
    """What stands in the tab when the page opens."""
    return f'<section class="part"><h2>{t("page.add")}</h2></section>'
