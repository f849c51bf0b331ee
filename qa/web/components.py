"""The two parts that Gradio does not have, as ``gr.HTML``: the transcript reader and a date field.

A template of ``gr.HTML`` is compiled as JavaScript: it may hold nothing but ``${value}`` and text written here, and
what comes in by ``${value}`` must be escaped HTML (``qa.web.escape``). They are functions, not subclasses: for a
subclass Gradio writes a stub file beside the source.
"""

from __future__ import annotations

from pathlib import Path

import gradio as gr

_ASSETS = Path(__file__).parent / "assets"


def asset(name: str) -> str:
    """The text of one of the page's own scripts or style sheets."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def reader(value: str, *, label: str) -> gr.HTML:
    """The transcript beside the chat. Following any link to ``#cite-…``, old or new, is its ``select`` event."""
    return gr.HTML(
        value,
        html_template=f'<div class="reader" role="region" aria-label="{label}" tabindex="0">${{value}}</div>',
        js_on_load=asset("reader.js"),
        apply_default_css=False,
        elem_id="reader",
    )


def date_field(label: str, *, elem_id: str) -> gr.HTML:
    """The browser's own date field, complete by keyboard and in the reader's locale: ``YYYY-MM-DD`` or empty."""
    return gr.HTML(
        "",
        html_template=f'<label class="date-field">{label}<input type="date" value="${{value}}"></label>',
        js_on_load=asset("date_field.js"),
        apply_default_css=False,
        elem_id=elem_id,
    )


def fragment(value: str, *, elem_id: str, script: str | None = None) -> gr.HTML:
    """A piece of the page that the server writes as HTML, with a script of its own where its events reach Python."""
    return gr.HTML(
        value,
        html_template="${value}",
        js_on_load=asset(script) if script else None,
        apply_default_css=False,
        elem_id=elem_id,
    )
