"""The parts of the page beside the chat, by name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qa.catalogue import Texts
from qa.web import adding, browse, checking, teach

_PARTS: Mapping[str, Callable[[Texts], str]] = {
    "browse": browse.panel_html,
    "teach": teach.panel_html,
    "check": checking.panel_html,
    "add": adding.panel_html,
}

PANELS = tuple(_PARTS)
"""In the order of the tabs; each has a style sheet and a script of its name."""


def panel_html(name: str, t: Texts) -> str:
    """What stands in a part's tab when the page opens; the rest comes by ``assets/parts.js``."""
    return _PARTS[name](t)
