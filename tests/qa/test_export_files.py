"""Packs written, opened again by other programs' eyes, and every quote found in them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from export_builder import SCRIPTS, TODAY, cited, made, pack_of, quiz_of, sentences, twenty
from hypothesis import given, settings
from hypothesis import strategies as st
from record_builder import BRUSSELS, HOSTILE_WORDS, TALLINN, samples

from qa.cite import cite_span
from qa.export import verify
from qa.export.choose import Named, resolve_cards
from qa.export.fonts import width
from qa.export.pdf import NoGlyphError
from qa.export.types import Card, Changed, Format, Pack
from qa.export.verbatim import bare, left_out, lines, writable
from qa.export.verify import UnprovedExportError, docx_text, markdown_text, pdf_text, pptx_text, prove, quotes_of
from qa.export.write import FORMATS, write_pack
from qa.web.links import cite_id, words_digest

if TYPE_CHECKING:
    from qa.types import Citation
    from qa.wording import Language

RUSSIA = cited("We call on Russia to address our serious concerns.")
CYBER = cited("And our responsibility... NATO's responsibility is to defend our own systems.", TALLINN)
JOURNALIST = sentences(TALLINN, "journalist")[4]
LONG = cite_span(samples()[BRUSSELS], samples()[BRUSSELS].turns[0].start, samples()[BRUSSELS].turns[0].end)
READ = {"md": markdown_text, "docx": docx_text, "pptx": pptx_text, "pdf": pdf_text}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_quote_of_a_pack_is_read_back_from_the_file(format: Format, language: Language) -> None:
    pack = replace(twenty(), language=language, quiz=quiz_of(RUSSIA, CYBER))
    made_file = write_pack(pack, format)
    quotes = list(quotes_of(pack))
    assert made_file.proved == len(quotes) >= 20 + 4
    text = bare(READ[format](made_file.data))
    assert all(bare(quote.text) in text for quote in quotes)


@pytest.mark.parametrize("format", FORMATS)
def test_no_words_break_a_file(format: Format) -> None:
    hostile = [*SCRIPTS, HOSTILE_WORDS, "\x07Bell,\x0bline and \ud800half.", "x" * 5_000, "a\n\nb"]
    cards = [Card(made(words), words[:200]) for words in hostile]
    for words in hostile[-4:]:
        assert write_pack(pack_of(*cards[-2:], title=words[:150], introduction=words), format).proved == 2
    assert write_pack(pack_of(*cards), format).proved == len(hostile)


@pytest.mark.parametrize("format", FORMATS)
def test_a_quote_of_many_pages_stands_whole(format: Format) -> None:
    written = write_pack(pack_of(LONG), format)
    assert bare(LONG.quote.text) in bare(READ[format](written.data))


def test_characters_that_no_file_holds_are_left_out_and_named() -> None:
    words = "\x07Bell and \u202eoverride\u202c here."
    assert writable(words) == "Bell and override here."
    assert left_out(words) == ("U+0007", "U+202E", "U+202C")
    for format in FORMATS:
        text = READ[format](write_pack(pack_of(made(words)), format).data)
        assert "Bell and override here." in " ".join(text.split())
        assert "U+0007, U+202E, U+202C" in " ".join(text.split())


@given(st.text(max_size=60))
def test_only_invisible_characters_are_ever_left_out(text: str) -> None:
    kept = [sign for sign in text if not sign.isspace()]
    shown = list(bare(text))
    missing = [sign for sign in kept if sign not in shown]
    assert all(not sign.isprintable() for sign in missing)
    assert all("\n" not in line and line.strip() for line in lines(text))


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_with_a_changed_word_is_not_given_out(format: Format) -> None:
    pack = pack_of(RUSSIA, CYBER)
    data = write_pack(pack, format).data
    other = replace(RUSSIA, quote=replace(RUSSIA.quote, text=RUSSIA.quote.text.replace("Russia", "Prussia")))
    with pytest.raises(UnprovedExportError) as error:
        prove(pack_of(other), format, data)
    assert error.value.quote == other.quote


def test_a_writer_that_drops_a_word_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.export.word.lines", lambda text: tuple(one.replace("serious ", "") for one in lines(text)))
    with pytest.raises(UnprovedExportError):
        write_pack(pack_of(RUSSIA), "docx")


@pytest.mark.parametrize("format", FORMATS)
def test_journalists_and_moderators_are_named_as_such(format: Format) -> None:
    text = " ".join(READ[format](write_pack(pack_of(JOURNALIST), format).data).split())
    assert "A journalist’s question, not a position" in text
    moderator = sentences(TALLINN, "moderator")[0]
    text = " ".join(READ[format](write_pack(pack_of(moderator), format).data).split())
    assert "The moderator’s words, not a position" in text


@pytest.mark.parametrize("format", FORMATS)
def test_the_question_that_prompted_a_quote_stands_as_the_journalists(format: Format) -> None:
    assert CYBER.asked is not None
    text = " ".join(READ[format](write_pack(pack_of(CYBER), format).data).split())
    assert "Journalist’s question, asked by Times" in text
    assert bare(CYBER.asked.text) in bare(text)


# --- quotes named by a client -------------------------------------------------------------------------------------


def _named(citation: Citation, **changes: str) -> Named:
    return Named(cite_id(citation.quote), changes.get("digest", words_digest(citation.quote.text)), "n")


def test_a_quote_is_looked_up_by_its_address() -> None:
    (card,) = resolve_cards([_named(RUSSIA)], samples(), source_state=lambda _doc_id: "same")
    assert card == Card(RUSSIA, "n", "same")


def test_what_changed_or_never_was_is_withdrawn() -> None:
    changed = _named(RUSSIA, digest="00000000")
    gone = Named("no-such-transcript~1-2", "00000000")
    whole = Named(BRUSSELS, words_digest(""))
    assert resolve_cards([changed, gone, whole], samples()) == (
        Changed(changed.place, "n"),
        Changed(gone.place, ""),
        Changed(BRUSSELS, ""),
    )


def test_part_of_a_sentence_becomes_the_whole_sentence() -> None:
    part = cited("Russia to address")
    (card,) = resolve_cards([_named(part)], samples())
    assert isinstance(card, Card)
    assert card.citation.quote == RUSSIA.quote


@pytest.mark.parametrize("format", FORMATS)
def test_a_withdrawn_quote_is_told_and_never_shown(format: Format) -> None:
    pack = pack_of(RUSSIA, Changed("gone~1-20", "My note"))
    text = " ".join(READ[format](write_pack(pack, format).data).split())
    assert "Quote withdrawn" in text
    assert "gone~1-20" in text
    assert "My note" in text
    assert write_pack(pack, format).proved == 1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("state", "told"), [("changed", "has changed since it was read"), ("gone", "is no longer")])
def test_a_changed_file_is_told(format: Format, state: str, told: str) -> None:
    card = Card(RUSSIA, source="changed" if state == "changed" else "gone")
    assert told in " ".join(READ[format](write_pack(pack_of(card), format).data).split())
    assert told not in READ[format](write_pack(pack_of(Card(RUSSIA, source="same")), format).data)


# --- Word ---------------------------------------------------------------------------------------------------------


def test_word_has_real_foot_notes() -> None:
    data = write_pack(pack_of(RUSSIA, CYBER), "docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
        assert "footnotes+xml" in archive.read("[Content_Types].xml").decode()
        settings = archive.read("word/settings.xml").decode()
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes) == ["1", "2"]
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == ["1", "2"]
    assert "Jens Stoltenberg (NATO Secretary General), “Press conference” (transcript, October 4, 2018)." in notes
    assert settings.index("footnotePr") < settings.index("<w:compat>")


def test_word_has_headings_language_and_title() -> None:
    from docx import Document

    document = Document(io.BytesIO(write_pack(replace(twenty(), language="fr"), "docx").data))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == ["Citations", "Bibliographie"]
    assert (document.core_properties.title, document.core_properties.language) == ("Cyber defence", "fr")


def test_word_says_which_way_a_paragraph_runs() -> None:
    with zipfile.ZipFile(io.BytesIO(write_pack(pack_of(made(SCRIPTS[0])), "docx").data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body


# --- slides -------------------------------------------------------------------------------------------------------


def _boxes(pack: Pack) -> list[tuple[float, float, float, float, list[tuple[str, float]]]]:
    """Every text box of the slides: left, top, width and height in points, and its paragraphs with their size."""
    from pptx import Presentation

    found = []
    for slide in Presentation(io.BytesIO(write_pack(pack, "pptx").data)).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or shape.is_placeholder or not shape.text_frame.text:
                continue
            said = [(p.text, p.runs[0].font.size.pt) for p in shape.text_frame.paragraphs if p.runs]
            found.append((shape.left.pt, shape.top.pt, shape.width.pt, shape.height.pt, said))
    return found


def _needed(said: list[tuple[str, float]], room: float) -> float:
    """The height of paragraphs in points, lines filled word by word in type 15 % wider than the product's own."""
    total = 0.0
    for text, size in said:
        rows, used = 1, 0.0
        for word in text.split(" "):
            wide = width(word + " ", "serif") * size * 1.15
            rows, used = (rows + 1, 0.0) if used and used + wide > room else (rows, used)
            rows, used = rows + int((used + wide) // room), (used + wide) % room
        total += size * (rows * 1.25 + 0.45)
    return total


def test_no_text_overflows_its_box_or_its_slide() -> None:
    hostile = [*SCRIPTS, HOSTILE_WORDS, "word" * 800, "We stand together, all of us. " * 200]
    cards = [Card(made(words), words[:1_000]) for words in hostile]
    long = hostile[-1]
    pack = pack_of(*cards, CYBER, LONG, title=long[:200], introduction=long[:2_000], quiz=quiz_of(CYBER, made(long)))
    for left, top, wide, high, said in _boxes(pack):
        assert 0 <= left <= left + wide <= 960
        assert 0 <= top <= top + high <= 540
        assert _needed(said, wide) <= high + 1.25 * said[0][1]


def test_a_long_quote_goes_on_at_the_ends_of_sentences() -> None:
    from pptx import Presentation

    shown = Presentation(io.BytesIO(write_pack(pack_of(LONG), "pptx").data))
    parts = [
        shape.text_frame.text
        for slide in shown.slides
        for shape in slide.shapes
        if re.fullmatch(r"quote 1 part \d+", shape.name)
    ]
    assert len(parts) > 5
    assert all(part.startswith("“") and part.endswith("”") for part in parts)
    assert all(part[-2] in ".!?:" for part in parts)
    assert "".join(parts).count("…") == LONG.quote.text.count("…")
    assert any("continued · 2/" in shape.text_frame.text for slide in shown.slides for shape in slide.shapes)


def test_speakers_notes_hold_the_note_the_source_and_the_question() -> None:
    from pptx import Presentation

    shown = Presentation(io.BytesIO(write_pack(pack_of(Card(CYBER, "Ask the class.")), "pptx").data))
    notes = shown.slides[1].notes_slide.notes_text_frame.text.replace("\n", " ")
    assert "Trainer’s note: Ask the class." in notes
    assert "(transcript, November 20, 2014)" in notes
    assert CYBER.asked is not None
    assert CYBER.asked.text in notes


# --- PDF ----------------------------------------------------------------------------------------------------------


def test_a_pdf_has_bookmarks_numbers_language_and_its_fonts() -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(write_pack(replace(twenty(), language="fr"), "pdf").data))
    assert [one.title for one in reader.outline if not isinstance(one, list)] == ["Citations", "Bibliographie"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Cyber defence"
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert "Page 2" in reader.pages[1].extract_text()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_a_character_that_no_font_has_refuses_the_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.export.fonts._machine_fonts", tuple)
    with pytest.raises(NoGlyphError, match=r"U\+12000 \(CUNEIFORM SIGN A\)"):
        write_pack(pack_of(made("Sign \U00012000.")), "pdf")
    assert write_pack(pack_of(made("Sign \U00012000.")), "docx").proved == 1


def test_no_character_of_a_pdf_is_a_missing_glyph() -> None:
    from pypdf import PdfReader

    data = write_pack(pack_of(*(made(words) for words in SCRIPTS)), "pdf").data
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "\ufffd" not in text
    assert all(sign in text for sign in "日한中😀გहไĐŁΓП")


# --- LibreOffice, where there is one ------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_shows_every_quote_and_foot_note(tmp_path: Path) -> None:
    from pypdf import PdfReader

    pack = pack_of(RUSSIA, CYBER, JOURNALIST, quiz=quiz_of(RUSSIA, CYBER))
    for format in ("docx", "pptx"):
        (tmp_path / f"pack-{format}.{format}").write_bytes(write_pack(pack, format).data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    files = [str(path) for path in tmp_path.glob("pack-*")]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=120)
    word = bare("".join(page.extract_text() for page in PdfReader(tmp_path / "pack-docx.pdf").pages))
    slides = PdfReader(tmp_path / "pack-pptx.pdf").pages
    shown = bare("".join(page.extract_text() for page in slides))
    for citation in (RUSSIA, CYBER, JOURNALIST):
        assert bare(citation.quote.text) in word
        assert bare(citation.quote.text) in shown
    assert bare("1JensStoltenberg(NATOSecretaryGeneral),“Pressconference”") in word
    assert len(slides) == 1 + 3 + 2 + 2 + 2


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), min_size=1, max_size=30).filter(str.strip))
def test_any_text_is_read_back_from_word_and_slides(words: str) -> None:
    pack = pack_of(made(f"A {words} z."), title=words, introduction=words)
    assert write_pack(pack, "docx").proved == 1
    assert write_pack(pack, "pptx").proved == 1
    assert write_pack(pack, "md").proved == 1


def test_nothing_but_the_foot_of_a_page_is_passed_over() -> None:
    data = write_pack(pack_of(RUSSIA), "pdf").data
    assert "Page 2" not in verify.pdf_text(data)
    assert TODAY.isoformat() not in verify.pdf_text(data)
