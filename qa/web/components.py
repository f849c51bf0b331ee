"""The two components that Gradio does not have: the transcript reader and a date field.

A template of ``gr.HTML`` is compiled as JavaScript: it may hold nothing but ``${value}`` and text written here, and what
comes in by ``${value}`` must be escaped HTML (``qa.web.escape``). ``render`` is there because Gradio makes each component
anew, unrendered, whenever an event writes to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

_ASSETS = Path(__file__).parent / "assets"


def asset(name: str) -> str:
    """The text of one of the page's own scripts or style sheets."""
    return (_ASSETS / name).read_text(encoding="utf-8")


class Reader(gr.HTML):
    """The transcript beside the chat. Every link to ``#cite-…`` on the page, old or new, triggers its ``cite`` event."""

    def __init__(self, value: str = "", *, render: bool = True) -> None:
        super().__init__(
            value,
            html_template='<div class="reader" role="region" aria-label="Transcript" tabindex="0">${value}</div>',
            js_on_load=asset("reader.js"),
            apply_default_css=False,
            elem_id="reader",
            render=render,
        )

    def api_info(self) -> dict[str, Any]:
        """The value is a string of HTML."""
        return {"type": "string"}


class DateField(gr.HTML):
    """The browser's own date field: complete by keyboard, in the reader's locale. Its value is ``YYYY-MM-DD`` or empty."""

    def __init__(self, label: str, *, elem_id: str, render: bool = True) -> None:
        super().__init__(
            "",
            html_template=f'<label class="date-field"><span>{label}</span><input type="date" value="${{value}}"></label>',
            js_on_load=asset("date_field.js"),
            apply_default_css=False,
            elem_id=elem_id,
            render=render,
        )

    def api_info(self) -> dict[str, Any]:
        """The value is a date as a string."""
        return {"type": "string"}
