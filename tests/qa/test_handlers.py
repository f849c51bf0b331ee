"""What happens when somebody asks, stops, filters or opens a quote, without any component."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, answer_of, citation_of, record_of, refusal_of, samples

from index.errors import ModelError
from index.types import Filters
from qa.web.conversation import Conversation, Entry, chat_messages, history, last_answer, stopped
from qa.web.filters import FilterError, FilterInput, count_filters, question_link, read_filters
from qa.web.handlers import (
    QUESTION_LIMIT,
    ask,
    ask_again,
    chips,
    clean_question,
    drop,
    edit,
    open_place,
    read_link,
    starter_questions,
    stop,
)
from qa.web.links import words_digest
from qa.web.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qa.types import Answer, Limit, Message

FAIRER = "Fairer burden-sharing underpins this."


class _Ask:
    """Answers with two quotes, and remembers what it was asked."""

    def __init__(self, answer: Answer | None = None) -> None:
        transcript = samples()[BRUSSELS]
        two = (citation_of(transcript, FAIRER), citation_of(transcript, "This is about fairness.", marker=2))
        self.answer = answer or answer_of(*two)
        self.seen: list[tuple[str, tuple[Message, ...], Filters]] = []
        self.without: list[Collection[Limit]] = []

    def __call__(
        self, question: str, /, *, history: Sequence[Message], filters: Filters, without: Collection[Limit] = ()
    ) -> Answer:
        self.seen.append((question, tuple(history), filters))
        self.without.append(without)
        return self.answer


def _record(ask_: _Ask | None = None, *, ready: bool = True) -> Record:
    record = record_of(ask_ or _Ask())
    if ready:
        record.ready.set()
    return record


def _asked(record: Record, question: str, conversation: Conversation = (), **filters: object) -> list[Conversation]:
    chosen = FilterInput(**filters)  # type: ignore[arg-type]  # each test gives fields of FilterInput
    return list(ask(record, conversation, question, chosen, pause=0))


def test_an_answer_appears_piece_by_piece_and_whole_at_the_end() -> None:
    states = _asked(_record(), " What underpins this? ")
    assert [(state[-1].state, state[-1].shown) for state in states] == [
        ("searching", 0),
        ("streaming", 1),
        ("streaming", 2),
        ("done", 2),
    ]
    texts = [chat_messages(state)[-1]["content"] for state in states]
    assert texts[0] == "*Searching 2 transcripts…*"
    assert texts[2].startswith(texts[1])
    assert texts[3].startswith(texts[2])
    assert "What was searched" in texts[3]
    assert chat_messages(states[-1])[0] == {"role": "user", "content": "What underpins this?"}


def test_a_question_waits_for_the_models_and_says_so() -> None:
    record = _record(ready=False)
    states = ask(record, (), "What?", FilterInput(), pause=0)
    assert "Loading the search models" in chat_messages(next(states))[-1]["content"]
    threading.Timer(0.3, record.ready.set).start()
    assert next(states)[-1].state == "streaming"


@pytest.mark.parametrize("question", ["", "   \n", None, 7, ["x"]])
def test_what_is_no_question_is_not_asked(question: object) -> None:
    asked = _Ask()
    assert list(ask(_record(asked), (), question, FilterInput(), pause=0)) == []
    assert asked.seen == []


def test_a_question_is_cut_to_its_limit() -> None:
    assert clean_question("x" * 100_000) == "x" * QUESTION_LIMIT


def test_filters_reach_the_search() -> None:
    asked = _Ask()
    _asked(_record(asked), "What?", speakers=["Sven Mikser"], date_from="2014-01-01", date_to="2014-12-31")
    expected = Filters(speakers=("Sven Mikser",), date_from=date(2014, 1, 1), date_to=date(2014, 12, 31))
    assert asked.seen == [("What?", (), expected)]


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        (FilterInput(speakers=["Nobody"]), "no speaker of that name"),
        (FilterInput(date_from="tomorrow"), "“From” is not a date"),
        (FilterInput(date_to="2018-13-01"), "“To” is not a date"),
        (FilterInput(date_to=7), "“To” is not a date"),  # type: ignore[arg-type]  # posted by a client
        (FilterInput(date_from="2018-10-04", date_to="2014-11-20"), "ends before it begins"),
        (FilterInput(within="nowhere"), "no longer holds that transcript"),
    ],
)
def test_filters_that_cannot_be_meant_are_said_and_not_searched(chosen: FilterInput, reason: str) -> None:
    asked = _Ask()
    states = list(ask(_record(asked), (), "What?", chosen, pause=0))
    assert states[-1][-1].state == "failed"
    assert reason in chat_messages(states[-1])[-1]["content"]
    assert asked.seen == []


def test_filters_are_refused_by_name() -> None:
    with pytest.raises(FilterError, match="no speaker"):
        read_filters(_record().edition, FilterInput(speakers=["Oana Lungescu"]))  # a moderator takes no position


def test_filters_are_counted() -> None:
    assert count_filters(FilterInput()) == 0
    assert count_filters(FilterInput(speakers=["A", "B"], date_to="2014-01-01")) == 2


def test_a_follow_up_brings_what_was_said_before() -> None:
    asked = _Ask()
    record = _record(asked)
    first = _asked(record, "What underpins this?")[-1]
    _asked(record, "And then?", first)
    assert asked.seen[1][1] == (
        {"role": "user", "content": "What underpins this?"},
        {"role": "assistant", "content": f"Jens Stoltenberg: {FAIRER}\nJens Stoltenberg: This is about fairness."},
    )


def test_stop_keeps_what_has_arrived() -> None:
    states = ask(_record(), (), "What?", FilterInput(), pause=0)
    next(states)
    stop(next(states))
    (after,) = states
    assert (after[-1].state, after[-1].shown) == ("stopped", 1)
    content = chat_messages(after)[-1]["content"]
    assert FAIRER in content
    assert content.endswith("*Stopped.*")
    assert "fairness" not in content


def test_stop_need_not_wait_for_the_search() -> None:
    go = threading.Event()
    record = record_of(Mock(side_effect=lambda *_asked, **_how: go.wait(10) and answer_of()))
    record.ready.set()
    states = ask(record, (), "What?", FilterInput(), pause=0)
    stop(next(states))
    (after,) = states
    go.set()
    assert chat_messages(after)[-1]["content"] == "*Stopped.*"


def test_a_dropped_question_says_no_more() -> None:
    states = ask(_record(), (), "What?", FilterInput(), pause=0)
    shown = next(states)
    dropping = threading.Thread(target=drop, args=(shown,))
    dropping.start()
    assert shown[-1].asking.stopped.wait(10)
    assert list(states) == []
    dropping.join(10)
    assert shown[-1].asking.over.is_set()


def test_a_closed_page_ends_its_question() -> None:
    states = ask(_record(), (), "What?", FilterInput(), pause=0)
    shown = next(states)
    states.close()  # type: ignore[attr-defined]  # a generator, which Gradio closes with the page
    assert shown[-1].asking.over.is_set()


def test_stop_and_drop_after_the_end_change_nothing() -> None:
    done = _asked(_record(), "What?")[-1]
    stop(done)
    drop(done)
    stop(())
    drop(())
    assert not done[-1].asking.stopped.is_set()
    assert stopped(done) == done
    assert stopped(()) == ()


def test_a_fault_is_said_without_its_details() -> None:
    record = _record()
    record.fault = ModelError("m", "lies in /home/secret", remedy="Look")
    content = chat_messages(_asked(record, "What?")[-1])[-1]["content"]
    assert content == "*The record cannot be searched just now; the reason is in the server’s log.*"


def test_a_refusal_is_done_like_any_answer() -> None:
    last = _asked(_record(_Ask(refusal_of())), "What?")[-1]
    assert last[-1].state == "done"
    assert chat_messages(last)[-1]["content"].startswith("**The record does not answer this.**")
    assert history(last)[1] == {"role": "assistant", "content": "Nothing in it speaks of this."}


def test_a_long_conversation_forgets_its_beginning() -> None:
    conversation: Conversation = tuple(Entry(f"q{n}", "done") for n in range(40))
    grown = _asked(_record(), "new", conversation)[0]
    assert (grown[0].question, grown[-1].question, len(grown)) == ("q1", "new", 40)


def test_a_hostile_question_is_shown_as_text() -> None:
    shown = chat_messages(_asked(_record(), HOSTILE_WORDS)[0])[0]["content"]
    for live in ("<img", "![", "](javascript", "${", "<script", "https://", "\u202e"):
        assert live not in shown.replace("\\" + live[0], "")


def test_places_open_marked_whole_or_not_at_all() -> None:
    record = _record()
    assert f'<mark tabindex="-1">{FAIRER}</mark>' in (open_place(record, f"{BRUSSELS}~349-386") or "")
    assert "<mark" not in (open_place(record, TALLINN) or "<mark")
    assert "What the record holds" in (open_place(record, "") or "")
    assert open_place(record, "nowhere~1-2") is None
    assert open_place(record, None) is None


def test_starters_are_waited_for_and_given_up_on() -> None:
    record = _record(ready=False)
    assert asyncio.run(starter_questions(record, patience=0.01)) == ()
    record.starters = ("Why?",)
    record.ready.set()
    assert asyncio.run(starter_questions(record, patience=60)) == ("Why?",)


def test_the_last_answer_is_what_the_quotes_tab_lists() -> None:
    assert last_answer(()) is None
    done = _asked(_record(), "What?")[-1]
    assert last_answer(done) == done[-1].answer


LIMITED = replace(
    answer_of(citation_of(samples()[BRUSSELS], FAIRER)),
    filters=Filters(speakers=("Jens Stoltenberg",), date_from=date(2018, 1, 1), date_to=date(2018, 12, 31)),
    removable=("speakers", "dates"),
)


def test_each_limit_of_the_last_question_is_a_chip() -> None:
    record = _record(_Ask(LIMITED))
    states = _asked(record, "What did Stoltenberg say in 2018?")
    assert chips(record, states[0]) == {}  # still searching
    assert chips(record, states[-1]) == {"speakers": "Jens Stoltenberg", "dates": "2018"}
    assert chips(record, ()) == {}


def test_a_limit_taken_away_is_asked_without_in_the_same_place_and_again_in_the_history() -> None:
    asked = _Ask(LIMITED)
    record = _record(asked)
    (*_, before) = _asked(record, "What did Stoltenberg say in 2018?")
    (*_, once) = ask_again(record, before, without=frozenset({"dates"}))
    (*_, twice) = ask_again(record, once, without=frozenset({"speakers"}))
    assert [entry.question for entry in twice] == ["What did Stoltenberg say in 2018?"]
    assert asked.without == [frozenset(), frozenset({"dates"}), frozenset({"dates", "speakers"})]
    assert [history for _, history, _ in asked.seen] == [(), (), ()]
    _asked(record, "Why?", twice)
    assert asked.seen[-1][1][0].get("without") == frozenset({"dates", "speakers"})
    assert list(ask_again(record, (), without=frozenset({"dates"}))) == []


def test_a_question_asked_again_keeps_its_filters_and_its_place() -> None:
    asked = _Ask()
    record = _record(asked)
    (*_, first) = _asked(record, "What?", speakers=["Sven Mikser"], within=TALLINN)
    (*_, again) = ask_again(record, first)
    assert [entry.question for entry in again] == ["What?"]
    assert asked.seen[1] == asked.seen[0] == ("What?", (), Filters(speakers=("Sven Mikser",), doc_ids=(TALLINN,)))
    assert first[-1].answer is not None
    assert again[-1].answer is not None
    assert first[-1].answer.id != again[-1].answer.id


def test_a_question_to_be_edited_goes_back_into_the_box() -> None:
    done = _asked(_record(), "What?")[-1]
    assert edit(done) == ((), "What?")
    assert edit(()) == ((), "")
    searching = _asked(_record(), "What?")[0]
    assert edit(searching) == (searching, "")


def test_a_link_to_a_question_brings_its_filters_and_notices_another_record() -> None:
    chosen = FilterInput(["Sven Mikser"], "2014-01-01", "", TALLINN)
    link = question_link("What & why?", chosen, "abcdef012345")
    assert link == (f"?q=What+%26+why%3F&speaker=Sven+Mikser&from=2014-01-01&in={TALLINN}&record=abcdef012345")
    posted = {"q": "What & why?", "speaker": ["Sven Mikser", 7], "from": "2014-01-01", "in": TALLINN, "record": "0"}
    linked = read_link(posted)
    assert (linked.question, linked.chosen, linked.fingerprint) == ("What & why?", chosen, "0")
    record = _record()
    for fingerprint, is_said in (("0", True), ("abcdef012345", False), ("", False)):
        (*_, done) = ask(record, (), "What?", FilterInput(), linked=fingerprint, pause=0)
        assert ("has changed since this link" in chat_messages(done)[-1]["content"]) is is_said


@pytest.mark.parametrize("posted", [None, [], "q", {}, {"q": ["x"], "speaker": "x", "from": 7}])
def test_a_forged_link_asks_nothing(posted: object) -> None:
    assert read_link(posted).question == ""
    assert read_link(posted).chosen == FilterInput([], "", "", "")


def test_a_place_whose_words_are_others_is_not_marked() -> None:
    record = _record()
    same, other = words_digest(FAIRER), words_digest("other")
    assert "<mark" in (open_place(record, f"{BRUSSELS}~349-386", digest=same) or "")
    changed = open_place(record, f"{BRUSSELS}~349-386", digest=other) or ""
    assert "<mark" not in changed
    assert "no longer those that the link was made for" in changed


def test_events_are_named_by_their_title_or_their_number() -> None:
    many = replace(LIMITED, filters=Filters(doc_ids=(BRUSSELS, TALLINN)), removable=("events",))
    one = replace(many, filters=Filters(doc_ids=(BRUSSELS,)))
    for answer, words in ((one, "Press conference"), (many, "2 events")):
        record = _record(_Ask(answer))
        assert chips(record, _asked(record, "What was said?")[-1]) == {"events": words}
