"""All the wiring of the page: what stands where, and which handler answers which event. No decision is taken here.

This module imports Gradio, which takes seconds: only ``qa.server`` imports it, when a page is really served. It does
without postponed annotations because Gradio reads those of its event handlers.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.types import Limit
from qa.web import handlers
from qa.web.catalogue import Language, Texts, texts
from qa.web.components import asset, date_field, panel, reader
from qa.web.conversation import Conversation, chat_messages, last_answer, under_way
from qa.web.handlers import FilterInput
from qa.web.reader import render_contents_html, render_quotes_html
from qa.web.record import ASKING_AT_ONCE, OFFERED, Record

_STARTER_PATIENCE = 60.0  # seconds a page waits for its starters while the models load
_STARTER_IDS = [f"starter-{n}" for n in range(1, OFFERED + 1)]
_CHIPS: tuple[Limit, ...] = ("speakers", "dates", "events")
_STYLES = ("page", "browse", "teach", "check", "add")
_PANELS = ("browse", "teach", "check", "add")
_EMPTY_CHAT = """Ask about a topic, a person or a date.

Every answer quotes the record word for word, and says so when the record holds none."""


_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}  # of every event


@dataclass(frozen=True)
class _Parts:
    """The components that events read and write."""

    views: gr.Tabs
    conversation: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    welcome: gr.Column
    starters: list[gr.Button]
    chips: list[gr.Button]
    filters: gr.Accordion
    speakers: gr.Dropdown
    date_from: gr.HTML
    date_to: gr.HTML
    clear_filters: gr.Button
    restart: gr.Button
    tabs: gr.Tabs
    reader: gr.HTML
    quotes: gr.HTML

    @property
    def view(self) -> list[Any]:
        """What an answer writes, in the order of ``_show``."""
        return [self.conversation, self.chat, self.quotes, self.box, self.welcome, *self.chips]

    @property
    def chosen(self) -> list[Any]:
        """What the filters read, in the order of ``FilterInput``."""
        return [self.speakers, self.date_from, self.date_to]


def build_page(record: Record, language: Language = "en") -> gr.Blocks:
    """The page on ``record`` in one language, ready to be mounted."""
    t = texts(language)
    page = gr.Blocks(title=t("page.title"), fill_width=True, analytics_enabled=False)
    with page:
        parts = _lay_out(record, t)
        _wire_questions(page, record, parts)
        _wire_evidence(page, record, parts)
        _wire_filters(parts)
    return page


def page_theme() -> gr.themes.Base:
    """System fonts; the colours stand in ``assets/page.css``, in one place for light and dark."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def page_css() -> str:
    """The style sheets of the page's own parts."""
    return "\n".join(asset(f"{name}.css") for name in _STYLES)


def page_head(language: Language) -> str:
    """For the head of the document: the style sheet of what stands around the parts, and how their script begins."""
    told = json.dumps({"language": language, "texts": texts(language).everything()}).replace("<", "\\u003c")
    return f"<style>{asset('frame.css')}</style><script>window.onTheRecord = {told};\n{asset('start.js')}</script>"


def _lay_out(record: Record, t: Texts) -> _Parts:
    found: dict[str, Any] = {"conversation": gr.State(())}
    with gr.Row(elem_id="top"):
        gr.HTML(_masthead(t), js_on_load=asset("chat.js"), apply_default_css=False, elem_id="masthead")
        found["restart"] = gr.Button("New conversation", size="sm", elem_id="restart", scale=0, min_width=180)
    with gr.Row(elem_id="workspace"):
        with (
            gr.Column(scale=3, min_width=320, elem_id="work"),
            gr.Tabs(selected="ask", elem_id="views") as found["views"],
        ):
            with gr.Tab(t("page.ask"), id="ask", elem_id="ask", render_children=True):
                found |= _ask_column(record)
            for name in _PANELS:
                with gr.Tab(t(f"page.{name}"), id=name, elem_id=f"view-{name}", render_children=True):
                    panel(name, t)
        with gr.Column(scale=2, min_width=320, elem_id="evidence"):
            found |= _evidence_column(record)
    return _Parts(**found)


def _masthead(t: Texts) -> str:
    other, path, word = ("fr", "fr/", "Français") if t.language == "en" else ("en", "../", "English")
    return (
        f'<div class="masthead"><h1>{t("page.title")}</h1><p>{t("page.tagline")}</p></div>'
        f'<p class="languages"><a href="{path}" lang="{other}" hreflang="{other}">{word}</a></p>'
        '<p id="said" role="status"></p>'
    )


def _ask_column(record: Record) -> dict[str, Any]:
    chat = gr.Chatbot(
        label="Conversation",
        show_label=False,
        elem_id="chat",
        height="100%",
        layout="panel",
        buttons=[],
        autoscroll=False,
        feedback_options=None,
        latex_delimiters=[],
        placeholder=_EMPTY_CHAT,
    )
    with gr.Row(elem_id="chips"):
        chips = [
            gr.Button("", visible=False, size="sm", elem_id=f"chip-{limit}", elem_classes="chip") for limit in _CHIPS
        ]
    with gr.Column(elem_id="welcome") as welcome:
        starters = [gr.Button("", visible=False, elem_id=name, elem_classes="starter") for name in _STARTER_IDS]
    box = gr.Textbox(
        label="Question",
        placeholder="What did … say about …?",
        elem_id="question",
        submit_btn="Ask",
        max_length=handlers.QUESTION_LIMIT,
        max_lines=4,
        autofocus=True,
    )
    with gr.Accordion("Filters", open=False, elem_id="filters") as filters, gr.Row(elem_id="filter-fields"):
        speakers = gr.Dropdown(list(record.speakers), value=[], multiselect=True, label="Speakers", scale=2)
        date_from, date_to = date_field("From", elem_id="date-from"), date_field("To", elem_id="date-to")
        clear_filters = gr.Button("Clear filters", size="sm")
    return {
        "chat": chat,
        "welcome": welcome,
        "starters": starters,
        "chips": chips,
        "box": box,
        "filters": filters,
        "speakers": speakers,
        "date_from": date_from,
        "date_to": date_to,
        "clear_filters": clear_filters,
    }


def _evidence_column(record: Record) -> dict[str, Any]:
    with gr.Tabs(selected="transcript", elem_id="evidence-tabs") as tabs:
        with gr.Tab("Transcript", id="transcript"):
            transcript = reader(render_contents_html(record.transcripts))
        with gr.Tab("Quotes", id="quotes"):
            quotes = gr.HTML(render_quotes_html(None), js_on_load=None, apply_default_css=False, elem_id="quotes")
    return {"tabs": tabs, "reader": transcript, "quotes": quotes}


def _wire_questions(page: gr.Blocks, record: Record, parts: _Parts) -> None:
    def ask(
        conversation: Conversation, typed: str, speakers: list[str], start: str, end: str, event: gr.EventData
    ) -> Iterator[list[Any]]:
        chosen = FilterInput(speakers, start, end)
        box: Any = gr.Textbox(value="", submit_btn=False, stop_btn="Stop")
        for grown in answering(conversation, typed, chosen, event.target.elem_id if event.target else None):
            yield _show(record, grown, box=box if under_way(grown) else _idle())
            box = gr.skip()

    def answering(
        conversation: Conversation, typed: str, chosen: FilterInput, pressed: str | None
    ) -> Iterator[Conversation]:
        limits = {f"chip-{limit}": limit for limit in _CHIPS}
        if pressed in limits:
            return handlers.ask_without(record, conversation, limits[pressed], chosen)
        starters = dict(zip(_STARTER_IDS, record.starters, strict=False))
        return handlers.ask(record, conversation, starters.get(pressed or "", typed), chosen)

    gr.on(
        [parts.box.submit, *(button.click for button in (*parts.starters, *parts.chips))],
        ask,
        [parts.conversation, parts.box, *parts.chosen],
        parts.view,
        concurrency_limit=ASKING_AT_ONCE,
        **_QUIET,
    )

    def restart(conversation: Conversation) -> list[Any]:
        handlers.drop(conversation)
        return _show(record, (), box=gr.Textbox(value="", submit_btn="Ask", stop_btn=False))

    async def show_starters() -> list[gr.Button]:
        questions = await handlers.starter_questions(record, patience=_STARTER_PATIENCE)
        return [gr.Button(value=q, visible=bool(q)) for q in (*questions, *[""] * OFFERED)[:OFFERED]]

    parts.box.stop(handlers.stop, parts.conversation, None, queue=False, **_QUIET)
    clears = [parts.restart.click, parts.chat.clear]
    gr.on(clears, restart, parts.conversation, parts.view, queue=False, **_QUIET)
    # not queued, like all but asking: a question that joins the queue as another event leaves it can be left waiting
    page.load(show_starters, None, parts.starters, queue=False, **_QUIET)


def _wire_evidence(page: gr.Blocks, record: Record, parts: _Parts) -> None:
    def open_place(event: gr.EventData) -> list[Any]:
        html = handlers.open_place(record, event.id)
        return [gr.skip(), gr.skip()] if html is None else [html, gr.Tabs(selected="transcript")]

    def restore(request: gr.Request) -> list[Any]:
        html = handlers.open_place(record, request.query_params.get("cite"))
        question = handlers.clean_question(request.query_params.get("q"))
        return [gr.skip() if html is None else html, question or gr.skip()]

    parts.reader.select(open_place, None, [parts.reader, parts.tabs], queue=False, **_QUIET)
    page.load(restore, None, [parts.reader, parts.box], queue=False, **_QUIET)


def _wire_filters(parts: _Parts) -> None:
    def count(*chosen: Any) -> gr.Accordion:
        number = handlers.count_filters(FilterInput(*chosen))
        return gr.Accordion(label=f"Filters ({number} set)" if number else "Filters")

    def clear() -> list[Any]:
        return [[], "", "", gr.Accordion(label="Filters")]

    changes = [field.change for field in parts.chosen]
    gr.on(changes, count, parts.chosen, parts.filters, queue=False, **_QUIET)
    parts.clear_filters.click(clear, None, [*parts.chosen, parts.filters], queue=False, **_QUIET)


def _show(record: Record, conversation: Conversation, *, box: Any) -> list[Any]:
    """The values of ``_Parts.view``."""
    words = handlers.chips(record, conversation)
    return [
        conversation,
        chat_messages(conversation),
        render_quotes_html(last_answer(conversation)),
        box,
        gr.Column(visible=not conversation),
        *(gr.Button(value=f"Search without: {words.get(limit, '')}", visible=limit in words) for limit in _CHIPS),
    ]


def _idle() -> gr.Textbox:
    return gr.Textbox(submit_btn="Ask", stop_btn=False)
