"""What the page posts becomes a file, or one clear sentence that says why not."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock
from urllib.parse import unquote

import pytest
from export_builder import TODAY, cited, made, sentences
from record_builder import BRUSSELS, TALLINN, record_of, samples, transcript_of
from test_server import in_loop

from qa.export.choose import Named
from qa.export.types import Format
from qa.export.verbatim import bare
from qa.export.verify import docx_text, markdown_text, pdf_text, pptx_text
from qa.export.write import FORMATS, MEDIA_TYPES
from qa.server import build_app
from qa.web.links import cite_id, words_digest
from qa.web.packs import NOTE_LIMIT, File, Order, cite_formally, file_name, write_order
from qa.web.parts import PartError
from qa.web.record import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from qa.types import Citation

RUSSIA = cited("We call on Russia to address our serious concerns.")
READ = {"md": markdown_text, "docx": docx_text, "pptx": pptx_text, "pdf": pdf_text}


def named(citation: Citation, note: str = "") -> dict[str, str]:
    """A quote as the page names it."""
    return {"place": cite_id(citation.quote), "digest": words_digest(citation.quote.text), "note": note}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    with TestClient(in_loop(lambda: build_app(record_of(Mock()))), base_url="http://127.0.0.1:7860") as client:
        yield client


def posted(**changes: Any) -> dict[str, Any]:
    """What the teach part posts."""
    cards = [named(one, "Compare.") for one in (RUSSIA, *sentences(TALLINN)[:60:20])]
    return {"format": "docx", "title": "L’OTAN: cyber/défense", "introduction": "Hi.", "cards": cards, **changes}


@pytest.mark.parametrize("format", FORMATS)
def test_a_pack_is_sent_as_a_file(client: TestClient, format: Format) -> None:
    reply = client.post("/parts/pack", json=posted(format=format, quiz=True, seed=3, lang="fr"))
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == MEDIA_TYPES[format]
    text = READ[format](reply.content)
    assert bare(RUSSIA.quote.text) in bare(text)
    assert "Note du formateur" in text
    disposition = reply.headers["content-disposition"]
    assert unquote(re.findall(r"filename\*=UTF-8''([^;]+)", disposition)[0]) == f"LOTAN-cyber-défense.{format}"
    assert re.findall(r'filename="([^"]+)"', disposition) == [f"LOTAN-cyber-defense.{format}"]


def test_a_pack_has_the_quiz_only_where_it_is_wanted(client: TestClient) -> None:
    with_quiz = client.post("/parts/pack", json=posted(format="md", quiz=True)).text
    assert "\n## Quiz" in with_quiz
    assert "\n## Answers" in with_quiz
    assert "\n## Quiz" not in client.post("/parts/pack", json=posted(format="md")).text


def test_an_answer_is_sent_as_a_file_under_its_question(client: TestClient) -> None:
    question = "What was said about Russia?"
    reply = client.post("/parts/answer-export", json={"format": "md", "question": question, "cards": [named(RUSSIA)]})
    assert reply.status_code == 200
    assert reply.text.startswith(f"# {question}\n\n*On the Record · Answer from the record · Made on ")
    assert "> “We call on Russia to address our serious concerns.” [^1]" in reply.text


def test_words_that_a_client_brings_are_never_shown(client: TestClient) -> None:
    cards = [{**named(RUSSIA), "quote": "Forged words.", "text": "Forged words.", "speaker": "Somebody"}]
    reply = client.post("/parts/pack", json=posted(format="md", cards=cards))
    assert "Forged" not in reply.text
    assert "Somebody" not in reply.text


def test_a_quote_that_changed_is_withdrawn(client: TestClient) -> None:
    cards = [named(RUSSIA), {**named(sentences(TALLINN)[3]), "digest": "00000000"}]
    reply = client.post("/parts/pack", json=posted(format="md", cards=cards))
    assert "Quote withdrawn" in reply.text
    assert "1 quote from 1 transcript" in reply.text


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"cards": []}, 400, "Choose at least one quote first."),
        ({"cards": [{"place": "x~1-2", "digest": "00000000"}]}, 410, "None of these quotes stands in the record"),
        ({"cards": [named(RUSSIA)] * 201}, 400, "A file holds at most 200 quotes"),
        ({"title": "t" * 201}, 400, "A title has at most 200 characters"),
        ({"introduction": "t" * 2_001}, 400, "An introduction has at most 2000 characters"),
        ({"cards": [named(RUSSIA, "n" * (NOTE_LIMIT + 1))]}, 400, "A note has at most 2000 characters"),
        ({"format": "exe"}, 400, "choose one of md, docx, pptx, pdf"),
        ({"cards": [{"place": "x", "digest": "not hexadecimal"}]}, 422, "not one that this page makes"),
        ({"cards": "all"}, 422, "not one that this page makes"),
        ({"seed": -1}, 422, "not one that this page makes"),
    ],
)
def test_what_cannot_be_written_is_told(client: TestClient, changes: dict[str, Any], status: int, told: str) -> None:
    reply = client.post("/parts/pack", json=posted(**changes))
    assert reply.status_code == status
    assert told in reply.json()["error"]


def test_errors_are_told_in_the_pages_language(client: TestClient) -> None:
    reply = client.post("/parts/pack?lang=fr", json=posted(cards=[]))
    assert reply.json()["error"] == "Choisissez d’abord au moins une citation."


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("plain", "“We call on Russia to address our serious concerns.” — Jens Stoltenberg, NATO Secretary General"),
        ("apa", "Stoltenberg, J. (2018, October 4). Press conference [Transcript]."),
        ("bibtex", "@misc{stoltenberg2018-708d93df,"),
    ],
)
def test_a_citation_is_sent_as_text(client: TestClient, style: str, begins: str) -> None:
    values = {"place": cite_id(RUSSIA.quote), "digest": words_digest(RUSSIA.quote.text), "style": style}
    reply = client.get("/parts/cite", params=values)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text.startswith(begins)
    assert "127.0.0.1" not in reply.text  # nobody else can follow such a link


def test_a_citation_of_changed_words_is_refused(client: TestClient) -> None:
    values = {"place": cite_id(RUSSIA.quote), "digest": "00000000", "style": "apa"}
    reply = client.get("/parts/cite", params=values)
    assert reply.status_code == 410
    assert "no longer stands in the record" in reply.json()["error"]
    reply = client.get("/parts/cite", params={**values, "style": "harvard"})
    assert reply.status_code == 400


def edition(**options: Any) -> Edition:
    """The samples."""
    return Edition(samples(), Mock(), check=Mock(), fingerprint="abcdef012345", **options)


def test_a_citation_links_to_a_page_that_others_can_open() -> None:
    where = Named(cite_id(RUSSIA.quote), words_digest(RUSSIA.quote.text))
    text = cite_formally(where, "apa", edition(), today=TODAY, language="en", base="https://record.example/fr")
    assert text.endswith(f" https://record.example/fr?cite={cite_id(RUSSIA.quote)}")
    for base in ("http://localhost:7860/", "http://[::1]:7860/", "http://127.0.0.2/", ""):
        assert "cite=" not in cite_formally(where, "apa", edition(), today=TODAY, language="en", base=base)


def order(*cards: Citation, **changes: Any) -> Order:
    """An order for a Markdown pack of ``cards``."""
    chosen = tuple(Named(cite_id(one.quote), words_digest(one.quote.text)) for one in cards)
    return replace(Order("pack", "md", "Title", chosen), **changes)


def written(order: Order, held: Edition) -> File:
    """The file of ``order`` in English."""
    return write_order(order, held, today=TODAY, language="en")


def test_a_file_that_changed_since_it_was_read_is_told() -> None:
    held = edition(source_state=lambda doc_id: "changed" if doc_id == BRUSSELS else "same")
    text = written(order(RUSSIA, sentences(TALLINN)[4]), held).data.decode()
    assert text.count("has changed since it was read") == 1


def test_a_file_that_is_not_proved_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.export.markdown._quoted", lambda *_args, **_options: "> “Other words.”")
    with pytest.raises(PartError, match="was not word for word the record’s") as error:
        written(order(RUSSIA), edition())
    assert error.value.status == 500


def test_a_character_without_a_font_offers_another_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.export.fonts._machine_fonts", tuple)
    words = "Sign \U00012000."
    held = Edition({"made": transcript_of(words)}, Mock(), check=Mock())
    with pytest.raises(PartError, match=r"U\+12000 \(CUNEIFORM SIGN A\).*export as DOCX"):
        written(order(made(words), format="pdf"), held)
    assert words in docx_text(written(order(made(words), format="docx"), held).data)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("NATO’s position, 2014–2018", "NATOs-position-2014-2018.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("con", "on-the-record.md"),
        ("\u202egpj.exe\x00\n", "gpj-exe.md"),
        ('a";b', "a-b.md"),
        ("日本の安全保障", "日本の安全保障.md"),
        ("…", "on-the-record.md"),
        ("word " * 40, "-".join(["word"] * 12) + ".md"),
    ],
)
def test_a_title_becomes_a_safe_name(title: str, name: str) -> None:
    assert file_name(title, "md") == name
    header = File(b"", name, "").disposition
    assert header.isascii()
    assert header.count(";") == 2
    assert not re.search(r"[\r\n/\\]", header)


def test_the_slides_of_a_pack_open() -> None:
    from pptx import Presentation

    data = written(order(RUSSIA, format="pptx"), edition()).data
    assert len(Presentation(io.BytesIO(data)).slides) == 1 + 1 + 1
