"""What the page asks: the transcripts of one index and a way to answer, loaded while the page is already up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from index.errors import CorpusError
from index.types import Filters, Transcript
from qa.web.reader import principals
from qa.web.starters import candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from concurrent.futures import Future

    from qa.check import Checked
    from qa.export.types import SourceState
    from qa.feedback import Feedback
    from qa.intake.joining import Intake
    from qa.types import Answer, Limit, Message

ASKING_AT_ONCE = 2  # questions answered side by side: each uses all the cores it finds
_TRIED = 16  # candidate starters asked at most: some two seconds on two cores once the models are loaded
OFFERED = 4  # starters shown: two short rows


class Ask(Protocol):
    """Answer one question; slow on its first call, when the models load."""

    def __call__(
        self, question: str, /, *, history: Sequence[Message], filters: Filters, without: Collection[Limit]
    ) -> Answer: ...


class Check(Protocol):
    """Say whether words are on the record, word for word."""

    def __call__(self, given: str, /) -> Checked: ...


class Edition:
    """The record as one build left it: never changed, only replaced by the next.

    ``fingerprint`` tells two editions apart, in links and in exports. ``speakers`` are who speaks as a principal.
    ``source_state`` says of a document's id whether its file still is what was read.
    """

    def __init__(
        self,
        transcripts: Mapping[str, Transcript],
        ask: Ask,
        *,
        check: Check,
        fingerprint: str = "",
        source_state: Callable[[str], SourceState] = lambda _doc_id: "unknown",
    ) -> None:
        self.transcripts = transcripts
        self.ask = ask
        self.check = check
        self.fingerprint = fingerprint
        self.source_state = source_state
        self.speakers = principals(transcripts.values())


class Record:
    """The current edition, and how far loading has come.

    The transcripts are there from the start. ``warm_up`` loads the models by asking the starter questions, and keeps
    those that the record really answers; until then ``ready`` is not set and a question waits. What needs more than one
    look at the record takes ``edition`` once and stays with it: ``replace`` may come in between. ``feedback`` keeps
    what people say of the answers, where it is kept at all; ``intake`` adds transcripts, where that is allowed.
    """

    def __init__(self, edition: Edition, *, feedback: Feedback | None = None, intake: Intake | None = None) -> None:
        self.edition = edition
        self.feedback = feedback
        self.intake = intake
        self.ready = threading.Event()
        self.starters: tuple[str, ...] = ()
        self.fault: CorpusError | None = None
        self._workers = ThreadPoolExecutor(ASKING_AT_ONCE, thread_name_prefix="asking")

    @property
    def transcripts(self) -> Mapping[str, Transcript]:
        """The current edition's transcripts."""
        return self.edition.transcripts

    @property
    def speakers(self) -> Sequence[str]:
        """Who speaks as a principal in the current edition."""
        return self.edition.speakers

    def replace(self, edition: Edition) -> None:
        """Answer from ``edition`` from now on; what is being answered goes on with the one before."""
        self.edition = edition

    def renew(self, edition: Edition) -> None:
        """Replace the edition by ``edition`` once that is warm, with the starters that it answers too.

        New ones are only chosen where too few are left: that takes as long as a few questions. Raises ``CorpusError``
        where the models cannot be loaded; the edition then stays.
        """
        kept = tuple(question for question in self.starters if _ask(edition, question).status == "answered")
        starters = kept if len(kept) == OFFERED else self._chosen(edition)
        self.replace(edition)
        self.starters, self.fault = starters, None

    def submit(
        self, question: str, *, history: Sequence[Message], filters: Filters, without: Collection[Limit] = ()
    ) -> Future[Answer]:
        """Ask in the background, once the models are loaded; the future raises ``fault`` where they cannot be."""
        return self._workers.submit(self._wait_and_ask, question, history, filters, without)

    def _wait_and_ask(
        self, question: str, history: Sequence[Message], filters: Filters, without: Collection[Limit]
    ) -> Answer:
        self.ready.wait()
        if self.fault:
            raise self.fault
        return self.edition.ask(question, history=history, filters=filters, without=without)

    def warm_up(self) -> None:
        """Load the models and choose the starters; what a user can mend is kept in ``fault`` and shown."""
        try:
            self.starters = self._chosen(self.edition)
        except CorpusError as error:
            self.fault = error
        finally:
            self.ready.set()

    def warm_up_in_background(self) -> threading.Thread:
        """Start ``warm_up`` beside the page; the thread does not keep the process alive."""
        thread = threading.Thread(target=self.warm_up, name="warm-up", daemon=True)
        thread.start()
        return thread

    def _chosen(self, edition: Edition) -> tuple[str, ...]:
        kept: list[str] = []
        for starter in candidates(edition.transcripts, limit=_TRIED):
            if len(kept) == OFFERED:
                break
            if starter.is_answered_by(_ask(edition, starter.question)):
                kept.append(starter.question)
        return tuple(kept)


def _ask(edition: Edition, question: str) -> Answer:
    return edition.ask(question, history=(), filters=Filters(), without=())
