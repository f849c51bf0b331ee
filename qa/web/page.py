"""All the wiring of the page: what stands where, and which handler answers which event. No decision is taken here.

This module imports Gradio, which takes seconds: only ``qa.server`` imports it, when a page is really served. It does
without postponed annotations because Gradio reads those of its event handlers.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.catalogue import Language, Texts, texts
from qa.types import Limit
from qa.web import handlers
from qa.web.components import asset, date_field, fragment, reader
from qa.web.conversation import Conversation, chat_messages, last_answer, under_way
from qa.web.filters import FilterInput, count_filters
from qa.web.panels import PANELS, panel_html
from qa.web.quotes import render_quotes_html
from qa.web.reader import render_contents_html, transcript_name
from qa.web.record import ASKING_AT_ONCE, OFFERED, Record
from qa.web.tools import render_history_html, render_tools_html

_STARTER_PATIENCE = 60.0  # seconds a page waits for its starters while the models load
_STARTER_IDS = [f"starter-{n}" for n in range(1, OFFERED + 1)]
_CHIPS: tuple[Limit, ...] = ("speakers", "dates", "events")
_STYLES = ("page", "reader", "ask", *PANELS)


_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}  # of every event


@dataclass(frozen=True)
class _Parts:
    """The components that events read and write."""

    conversation: gr.State
    within: gr.State
    views: gr.Tabs
    chat: gr.Chatbot
    box: gr.Textbox
    welcome: gr.Column
    starters: list[gr.Button]
    chips: list[gr.Button]
    within_chip: gr.Button
    tools: gr.HTML
    filters: gr.Accordion
    speakers: gr.Dropdown
    date_from: gr.HTML
    date_to: gr.HTML
    clear_filters: gr.Button
    restart: gr.Button
    tabs: gr.Tabs
    reader: gr.HTML
    quotes: gr.HTML
    timeline: gr.HTML

    @property
    def view(self) -> list[Any]:
        """What an answer writes, in the order of ``_Page.show``."""
        return [
            *(self.conversation, self.chat, self.quotes, self.timeline, self.tools, self.box, self.welcome),
            *self.chips,
        ]

    @property
    def chosen(self) -> list[Any]:
        """What the filters read, in the order of ``FilterInput``."""
        return [self.speakers, self.date_from, self.date_to, self.within]


def build_page(record: Record, language: Language = "en") -> gr.Blocks:
    """The page on ``record`` in one language, ready to be mounted."""
    t = texts(language)
    blocks = gr.Blocks(title=t("page.title"), fill_width=True, analytics_enabled=False)
    with blocks:
        page = _Page(blocks, record, t, _lay_out(record, t))
        page.wire_questions()
        page.wire_conversation()
        page.wire_tools()
        page.wire_evidence()
        page.wire_filters()
    return blocks


def page_theme() -> gr.themes.Base:
    """System fonts; the colours stand in ``assets/frame.css``, in one place for light and dark."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def page_css() -> str:
    """The style sheets of the page's own parts."""
    return "\n".join(asset(f"{name}.css") for name in _STYLES)


def page_head(language: Language, *, remember: bool = True) -> str:
    """For the head of the document: the style sheet of what stands around the parts, and how their script begins.

    ``remember`` says whether a browser may keep anything once it is closed.
    """
    told = json.dumps({"language": language, "remember": remember, "texts": texts(language).everything()})
    begin = f"window.onTheRecord = {told.replace('<', chr(92) + 'u003c')};\n{asset('start.js')}"
    return f"<style>{asset('frame.css')}</style><script>{begin}</script>"


def _lay_out(record: Record, t: Texts) -> _Parts:
    found: dict[str, Any] = {"conversation": gr.State(()), "within": gr.State("")}
    with gr.Row(elem_id="top"):
        gr.HTML(_masthead(t), js_on_load=asset("chat.js"), apply_default_css=False, elem_id="masthead")
        fragment(render_history_html(t), elem_id="history")
        found["restart"] = gr.Button(t("ask.new"), size="sm", elem_id="restart", scale=0, min_width=180)
    with gr.Row(elem_id="workspace"):
        with (
            gr.Column(scale=3, min_width=320, elem_id="work"),
            gr.Tabs(selected="ask", elem_id="views") as found["views"],
        ):
            with gr.Tab(t("page.ask"), id="ask", elem_id="ask", render_children=True):
                found |= _ask_column(record, t)
            for name in PANELS:
                with gr.Tab(t(f"page.{name}"), id=name, elem_id=f"view-{name}", render_children=True):
                    fragment(panel_html(name, t), elem_id=f"panel-{name}")
        with gr.Column(scale=2, min_width=320, elem_id="evidence"):
            found |= _evidence_column(record, t)
    return _Parts(**found)


def _masthead(t: Texts) -> str:
    other, path, word = ("fr", "fr/", "Français") if t.language == "en" else ("en", "../", "English")
    return (
        f'<div class="masthead"><h1>{t("page.title")}</h1><p>{t("page.tagline")} '
        f'<a class="language" href="{path}" lang="{other}" hreflang="{other}">{word}</a></p></div>'
        '<p id="said" role="status"></p>'
    )


def _ask_column(record: Record, t: Texts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["chat"] = gr.Chatbot(
        label=t("ask.conversation"),
        show_label=False,
        elem_id="chat",
        height="100%",
        layout="panel",
        buttons=[],
        autoscroll=False,
        feedback_options=None,
        latex_delimiters=[],
        placeholder=t("ask.empty"),
    )
    found["tools"] = fragment("", elem_id="tools", script="tools.js")
    with gr.Row(elem_id="chips"):
        found["within_chip"] = gr.Button("", visible=False, size="sm", elem_id="chip-within", elem_classes="chip")
        found["chips"] = [
            gr.Button("", visible=False, size="sm", elem_id=f"chip-{limit}", elem_classes="chip") for limit in _CHIPS
        ]
    with gr.Column(elem_id="welcome") as found["welcome"]:
        found["starters"] = [
            gr.Button("", visible=False, elem_id=name, elem_classes="starter") for name in _STARTER_IDS
        ]
    found["box"] = gr.Textbox(
        label=t("ask.question"),
        placeholder=t("ask.placeholder"),
        elem_id="question",
        submit_btn=t("ask.send"),
        max_length=handlers.QUESTION_LIMIT,
        max_lines=4,
        autofocus=True,
    )
    with (
        gr.Accordion(t("ask.filters"), open=False, elem_id="filters") as found["filters"],
        gr.Row(elem_id="filter-fields"),
    ):
        found["speakers"] = gr.Dropdown(
            list(record.speakers), value=[], multiselect=True, label=t("ask.speakers"), scale=2
        )
        found["date_from"] = date_field(t("ask.from"), elem_id="date-from")
        found["date_to"] = date_field(t("ask.to"), elem_id="date-to")
        found["clear_filters"] = gr.Button(t("ask.clear"), size="sm")
    return found


def _evidence_column(record: Record, t: Texts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with gr.Tabs(selected="transcript", elem_id="evidence-tabs") as found["tabs"]:
        with gr.Tab(t("evidence.transcript"), id="transcript", render_children=True):
            found["reader"] = reader(render_contents_html(record.transcripts, t), label=t("evidence.transcript"))
        with gr.Tab(t("evidence.quotes"), id="quotes", render_children=True):
            found["quotes"] = fragment(render_quotes_html(None, t), elem_id="quotes")
        with gr.Tab(t("evidence.timeline"), id="timeline", render_children=True):
            found["timeline"] = fragment(handlers.timeline((), t), elem_id="timeline")
    return found


@dataclass(frozen=True)
class _Page:
    """One page with what its events need."""

    blocks: gr.Blocks
    record: Record
    t: Texts
    parts: _Parts

    def wire_questions(self) -> None:
        parts, record, t = self.parts, self.record, self.t

        def ask(
            conversation: Conversation,
            typed: str,
            speakers: list[str],
            start: str,
            end: str,
            within: str,
            event: gr.EventData,
        ) -> Iterator[list[Any]]:
            pressed = event.target.elem_id if event.target else None
            starters = dict(zip(_STARTER_IDS, record.starters, strict=False))
            question = starters.get(pressed or "", typed)
            chosen = FilterInput(speakers, start, end, within)
            yield from self.stream(handlers.ask(record, conversation, question, chosen, t))

        def ask_without(conversation: Conversation, event: gr.EventData) -> Iterator[list[Any]]:
            pressed = event.target.elem_id if event.target else None
            without = frozenset(limit for limit in _CHIPS if pressed == f"chip-{limit}")
            yield from self.stream(handlers.ask_again(record, conversation, t, without=without))

        asking: dict[str, Any] = {"concurrency_limit": ASKING_AT_ONCE, "concurrency_id": "asking", **_QUIET}
        gr.on(
            [parts.box.submit, *(button.click for button in parts.starters)],
            ask,
            [parts.conversation, parts.box, *parts.chosen],
            parts.view,
            **asking,
        )
        gr.on([chip.click for chip in parts.chips], ask_without, parts.conversation, parts.view, **asking)

        def ask_linked(conversation: Conversation, event: gr.EventData) -> Iterator[list[Any]]:
            linked = handlers.read_link(event._data)
            yield from self.stream(
                handlers.ask(record, conversation, linked.question, linked.chosen, t, linked=linked.fingerprint)
            )

        def ask_again(conversation: Conversation) -> Iterator[list[Any]]:
            yield from self.stream(handlers.ask_again(record, conversation, t))

        parts.tools.submit(ask_linked, parts.conversation, parts.view, **asking)
        parts.tools.retry(ask_again, parts.conversation, parts.view, **asking)

    def wire_conversation(self) -> None:
        parts, record, t = self.parts, self.record, self.t

        def restart(conversation: Conversation) -> list[Any]:
            handlers.drop(conversation)
            return self.show((), box=gr.Textbox(value="", submit_btn=t("ask.send"), stop_btn=False))

        async def show_starters() -> list[gr.Button]:
            questions = await handlers.starter_questions(record, patience=_STARTER_PATIENCE)
            return [gr.Button(value=q, visible=bool(q)) for q in (*questions, *[""] * OFFERED)[:OFFERED]]

        parts.box.stop(handlers.stop, parts.conversation, None, queue=False, **_QUIET)
        clears = [parts.restart.click, parts.chat.clear]
        gr.on(clears, restart, parts.conversation, parts.view, queue=False, **_QUIET)
        # not queued, like all but asking: a question that joins the queue as another leaves it may be left waiting
        self.blocks.load(show_starters, None, parts.starters, queue=False, **_QUIET)

    def wire_tools(self) -> None:
        parts = self.parts

        def edit(conversation: Conversation) -> list[Any]:
            left, question = handlers.edit(conversation)
            return self.show(left, box=gr.Textbox(value=question) if question else gr.skip())

        def choose_within(event: gr.EventData) -> list[Any]:
            transcript = self.record.transcripts.get(str(event._data.get("doc_id", "")))
            if transcript is None:
                return [gr.skip(), gr.skip(), gr.skip()]
            title = self.t("ask.within", title=transcript_name(transcript))
            return [transcript.doc_id, gr.Button(value=title, visible=True), gr.Tabs(selected="ask")]

        def leave_within() -> list[Any]:
            return ["", gr.Button(visible=False)]

        parts.tools.edit(edit, parts.conversation, parts.view, queue=False, **_QUIET)
        places = [parts.within, parts.within_chip]
        parts.tools.select(choose_within, None, [*places, parts.views], queue=False, **_QUIET)
        parts.within_chip.click(leave_within, None, places, queue=False, **_QUIET)

    def wire_evidence(self) -> None:
        parts, record, t = self.parts, self.record, self.t

        def open_place(event: gr.EventData) -> list[Any]:
            html = handlers.open_place(record, event.id, t)
            return [gr.skip(), gr.skip()] if html is None else [html, gr.Tabs(selected="transcript")]

        def restore(request: gr.Request) -> Any:
            asked = request.query_params
            html = handlers.open_place(record, asked.get("cite", ""), t, digest=asked.get("is", ""))
            return gr.skip() if html is None else html

        parts.reader.select(open_place, None, [parts.reader, parts.tabs], queue=False, **_QUIET)
        self.blocks.load(restore, None, parts.reader, queue=False, **_QUIET)

    def wire_filters(self) -> None:
        parts, t = self.parts, self.t

        def count(*chosen: Any) -> gr.Accordion:
            number = count_filters(FilterInput(*chosen))
            return gr.Accordion(label=t("ask.filters_set", n=number) if number else t("ask.filters"))

        def clear() -> list[Any]:
            return [[], "", "", gr.Accordion(label=t("ask.filters"))]

        def offer() -> gr.Dropdown:
            return gr.Dropdown(choices=list(self.record.speakers))

        fields: list[Any] = [parts.speakers, parts.date_from, parts.date_to]
        gr.on([field.change for field in fields], count, fields, parts.filters, queue=False, **_QUIET)
        parts.clear_filters.click(clear, None, [*fields, parts.filters], queue=False, **_QUIET)
        # transcripts may have joined the record since the page was built, and may again while it is open
        gr.on([self.blocks.load, parts.filters.expand], offer, None, parts.speakers, queue=False, **_QUIET)

    def stream(self, growing: Iterator[Conversation]) -> Iterator[list[Any]]:
        """What the page shows as a conversation grows; the box offers Stop meanwhile."""
        box: Any = gr.Textbox(value="", submit_btn=False, stop_btn=self.t("ask.stop"))
        evidence: Any = None
        for grown in growing:
            # an answer comes piece by piece, its quotes and their days with the first: they are not sent with each
            is_sent = evidence is not None and last_answer(grown) is evidence
            yield self.show(grown, box=box if under_way(grown) else self.idle(), is_sent=is_sent)
            box, evidence = gr.skip(), last_answer(grown)

    def idle(self) -> gr.Textbox:
        """The box as it waits for a question."""
        return gr.Textbox(submit_btn=self.t("ask.send"), stop_btn=False)

    def show(self, conversation: Conversation, *, box: Any, is_sent: bool = False) -> list[Any]:
        """The values of ``_Parts.view``; ``is_sent`` says that the page has the quotes of the last answer already."""
        t, words = self.t, handlers.chips(self.record, conversation, self.t)
        answer = last_answer(conversation)
        without = {limit: t("ask.without", limit=word) for limit, word in words.items()}
        chips = [gr.Button(value=without.get(limit, ""), visible=limit in words) for limit in _CHIPS]
        return [
            conversation,
            chat_messages(conversation, t),
            gr.skip() if is_sent else render_quotes_html(answer, t),
            gr.skip() if is_sent else handlers.timeline(answer.citations if answer else (), t),
            render_tools_html(conversation, t, feedback=self.record.feedback is not None),
            box,
            gr.Column(visible=not conversation),
            *chips,
        ]
