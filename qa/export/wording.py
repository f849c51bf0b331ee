"""What an export says beside its quotes, in the language of the pack: who speaks, dates, labels. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.catalogue import texts
from qa.export.verbatim import left_out, one_line
from qa.web import render
from qa.wording import Language, month_name, written_date

if TYPE_CHECKING:
    from datetime import date

    from qa.export.types import Card, Changed, Pack, QuizItem
    from qa.types import Citation


def say(language: Language, key: str, **values: object) -> str:
    """The export's text of ``key``."""
    return texts(language)(f"export.{key}", **values)


def quote_marks(language: Language) -> tuple[str, str]:
    """What stands before and after a quote: the marks are the language's, the words never change."""
    return ("“", "”") if language == "en" else ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")


def month_first(day: date, language: Language) -> str:
    """``October 4, 2018``, as Chicago writes it; French keeps the day first."""
    return f"{month_name(day.month)} {day.day}, {day.year}" if language == "en" else written_date(day, language)


def year_first(day: date, language: Language) -> str:
    """``2018, October 4``, as APA writes it; in French ``2018, 4 octobre``."""
    if language == "en":
        return f"{day.year}, {month_name(day.month)} {day.day}"
    return f"{day.year}, {written_date(day, language).rsplit(' ', 1)[0]}"


def voice(citation: Citation, language: Language) -> tuple[str, str]:
    """Who speaks and in what capacity, as the page says it; whose words are no position is said first."""
    who, capacity = render.voice(citation, texts(language))
    return one_line(who), one_line(capacity)


def reporting_words(citation: Citation, language: Language) -> str:
    """Whose words the speaker reports; empty where the words are the speaker's own."""
    return texts(language)("voice.reporting", source=one_line(citation.reported_from)) if citation.reported_from else ""


def title_of(citation: Citation, language: Language) -> str:
    """The event's title, or that it has none."""
    return one_line(citation.title or "") or say(language, "untitled")


def occasion(citation: Citation, language: Language) -> str:
    """Event, place and date on one line."""
    title, place = title_of(citation, language), one_line(citation.place or "")
    day = written_date(citation.date, language) or say(language, "undated_long")
    return _joined(title, "" if place in title else place, day)


def asked_label(citation: Citation, language: Language) -> str:
    """What stands before the question that prompted a quote: that these are a journalist's words, and whose."""
    by = one_line(citation.asked_by or "")
    return say(language, "asked_by", name=by) if by else say(language, "asked")


def remarks(card: Card, language: Language) -> tuple[str, ...]:
    """What a reader must know of a quote: characters left out, or a file that is no longer as it was read."""
    gone = left_out(card.citation.quote.text)
    said = [say(language, "left_out", characters=", ".join(gone))] if gone else []
    if card.source in ("changed", "gone"):
        said.append(say(language, f"source_{card.source}", name=one_line(card.citation.quote.doc_id)))
    return tuple(said)


def record_words(pack: Pack) -> str:
    """How much of the record the file holds: ``12 quotes from 3 transcripts (of 105 in the record)``."""
    cards = pack.cards
    events = len({card.citation.quote.doc_id for card in cards})
    return say(
        pack.language,
        "holds",
        quotes=say(pack.language, "quotes_counted", n=len(cards)),
        transcripts=say(pack.language, "transcripts_counted", n=events),
        whole=pack.transcripts,
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def sort_line(pack: Pack) -> str:
    """``On the Record · Class pack``."""
    return f"{say(pack.language, 'product')} · {say(pack.language, pack.sort)}"


def title_line(pack: Pack) -> str:
    """``Made on 4 October 2018 · Record 0123456789ab``."""
    made = say(pack.language, "made", date=written_date(pack.made, pack.language))
    edition = [say(pack.language, "edition", fingerprint=pack.fingerprint)] if pack.fingerprint else []
    return " · ".join([made, *edition])


def place_words(citation: Citation, language: Language) -> str:
    """Where the quote stands in the record, as an address that can be opened and compared again."""
    quote = citation.quote
    return f"{say(language, 'place')}{colon(language)} {one_line(quote.doc_id)}~{quote.start}-{quote.end}"


def note_label(language: Language) -> str:
    """What stands before the trainer's own words."""
    return say(language, "note") + colon(language)


def changed_words(changed: Changed, language: Language) -> str:
    """That a quote no longer is what was chosen."""
    return say(language, "changed", place=one_line(changed.place))


def quiz_options(item: QuizItem) -> tuple[str, ...]:
    """``A.  Sven Mikser`` and so on."""
    return tuple(f"{option_letter(at)}.  {one_line(option)}" for at, option in enumerate(item.options))


def option_sources(item: QuizItem, language: Language) -> tuple[str, ...]:
    """Who said each wrong option that is a quote, and when: ``B: Sven Mikser, …``."""
    wrong = [(at, one) for at, one in enumerate(item.option_citations) if one and at != item.answer]
    said = ((at, ", ".join(filter(None, [*voice(one, language), occasion(one, language)]))) for at, one in wrong)
    return tuple(f"{option_letter(at)}{colon(language)} {words}" for at, words in said)


def quiz_answer(item: QuizItem, number: int, language: Language) -> str:
    """``3. Answer: B``."""
    return say(language, "answer_is", number=number, letter=option_letter(item.answer))


def option_letter(position: int) -> str:
    """``A`` for the first option."""
    return chr(ord("A") + position)


def colon(language: Language) -> str:
    """A colon as the language sets it."""
    return ":" if language == "en" else "\N{NO-BREAK SPACE}:"
