"""Files of every format and encoding, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from index import source
from index.decode import decode, decode_html, looks_binary
from index.errors import NoTranscriptError, SourceError
from index.extract_html import html_page
from index.parse import parse_file
from index.source import SourceRef, find_sources, read_source, source_sha256

TALK = "Ann Lée (Minister):  We have met – “twice”.\r\n"


def _read(path: Path) -> source.Source:
    return read_source(SourceRef(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_is_recognised(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes((TALK * 4).encode(encoding))
    assert _read(path).text.lstrip("\ufeff") == TALK * 4


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_a_cyrillic_encoding_is_recognised(encoding: str, tmp_path: Path) -> None:
    page = "Генеральный секретарь: Добрый день. Мы закончили встречу министров, и решение простое.\n" * 6
    path = tmp_path / "talk.txt"
    path.write_bytes(page.encode(encoding))
    assert _read(path).text == page


def test_a_mark_stays_in_the_text_so_that_offsets_count_what_was_decoded(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"\xef\xbb\xbfHello")
    assert _read(path).text == "\ufeffHello"


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    text, flags = decode(("é" * 100).encode() + b"\xff" + "à".encode())
    assert text == "é" * 100 + "\ufffdà"
    assert flags == ("undecodable-bytes",)


def test_a_page_is_believed_about_its_own_encoding() -> None:
    page = '<meta charset="iso-8859-1"><p>caf\xe9 \x96 bar'.encode("latin-1")
    assert decode_html(page)[0].endswith("café – bar")


def test_binary_is_no_text() -> None:
    assert looks_binary(bytes(range(256)) * 40)
    assert not looks_binary(TALK.encode())
    assert not looks_binary(TALK.encode("utf-16"))


def test_html_keeps_what_is_seen_and_marks_what_is_no_content() -> None:
    page = html_page(
        '<html lang="fr"><head><title>t</title><link rel="canonical" href="https://example.org/a">'
        '<script>var x="Q: no"</script></head>'
        "<body><nav>Home</nav><h1>Talk</h1><p>One<br>two &amp; &#150; three</p><template>Q: hidden</template>"
        '<div style="display: none">gone</div><ul><li>first</li></ul>'
        "<table><tr><td>Ann:</td><td>Yes.</td></tr></table></body></html>"
    )
    assert page.text == "Home\n\nTalk\n\nOne\ntwo & – three\n\n• first\n\nAnn:\nYes."
    assert [page.text[part.start : part.end] for part in page.dropped] == ["Home"]
    assert [part.reason for part in page.dropped] == ["navigation"]
    assert (page.url, page.language) == ("https://example.org/a", "fr")


def test_depth_costs_nothing() -> None:
    assert html_page("<div>" * 20_000 + "<p>Q: deep?" + "</div>" * 20_000).text == "Q: deep?"


def test_entities_that_grow_are_not_expanded() -> None:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    page = html_page(f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]><html><body><p>&i;</p></body></html>')
    assert len(page.text) < 1_000


def test_word_paragraphs_and_tables_come_in_their_order(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Press conference")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Ann Lee:", "Yes."
    document.add_paragraph("Q: And now?")
    document.save(str(tmp_path / "talk.docx"))
    assert _read(tmp_path / "talk.docx").text == "Press conference\n\nAnn Lee:\nYes.\n\nQ: And now?"


def _pdf(lines: list[str]) -> bytes:
    """A one-page PDF with ``lines``, written by hand."""
    words = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 750 Td {words}ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table)


def test_a_pdf_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(_pdf(["Ann Lee: Good morning.", "Q: Is it?"]))
    assert _read(tmp_path / "talk.pdf").text.split("\n")[:2] == ["Ann Lee: Good morning.", "Q: Is it?"]


@pytest.mark.parametrize("name", ["talk.pdf", "talk.docx"])
@pytest.mark.parametrize("data", [b"%PDF-1.4 nothing", b"PK\x03\x04 nothing", b"plain text", b""])
def test_a_broken_file_is_one_clear_error(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as caught:
        _read(tmp_path / name)
    assert name in str(caught.value)
    assert caught.value.remedy


def test_pictures_and_archives_are_named(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(SourceError, match="a picture"):
        _read(tmp_path / "talk.txt")


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_folders_globs_and_zips_are_searched(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "README.md", ".hidden.txt", "c.jpg", "sub/d.html"):
        (tmp_path / name).write_text("Q: x?")
    _zip(
        tmp_path / "e.zip", {"in/f.txt": b"Q: y?", "README.txt": b"", "__MACOSX/f.txt": b"", "g.exe": b"", "h.zip": b""}
    )
    assert [str(ref).removeprefix(f"{tmp_path}/") for ref in find_sources([tmp_path])] == [
        *("a.md", "b.txt", "e.zip!in/f.txt", "sub/d.html"),
    ]
    assert [ref.name for ref in find_sources([f"{tmp_path}/*.txt", tmp_path / "b.txt"])] == ["b.txt"]
    inside = SourceRef(tmp_path / "e.zip", "in/f.txt")
    assert (inside.stem, read_source(inside).text) == ("f", "Q: y?")
    assert source_sha256(inside) == read_source(inside).sha256


def test_nothing_found_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoTranscriptError):
        find_sources([tmp_path / "*.txt"])
    with pytest.raises(SourceError):
        _read(tmp_path / "absent.txt")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    _zip(tmp_path / "bomb.zip", {"a.txt": b"0" * 30_000_000})
    with pytest.raises(SourceError, match="to 1, which no transcript is"):
        read_source(SourceRef(tmp_path / "bomb.zip", "a.txt"))


def test_a_bomb_in_word_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (65 * 2**20))
    (tmp_path / "bomb.docx").write_bytes(packed.getvalue())
    with pytest.raises(SourceError, match="unpacks to more than 64 MB"):
        _read(tmp_path / "bomb.docx")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a" * 10_000_001, "characters of text"), ("\n" * 400_001, "lines"), ("\u200b" * 400_001, "invisible")],
)
def test_what_is_too_large_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=reason):
        _read(tmp_path / "large.txt")


def test_a_page_of_nothing_but_tags_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.html").write_text("<b>" * 1_000_001)
    with pytest.raises(SourceError, match="tags"):
        _read(tmp_path / "large.html")


def test_a_locked_zip_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip at all")
    with pytest.raises(SourceError, match="no zip archive"):
        find_sources([tmp_path / "no.zip"])


def test_subtitles_are_read_as_the_words_spoken(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:04,000\n<i>Thank you</i> for waiting.\n\n"
        "2\n00:00:05,000 --> 00:00:08,000\nThe text has\n3 pages.\n"
    )
    assert _read(path).text == "Thank you for waiting.\nThe text has\n3 pages.\n"
    assert _read(path).flags == ("captions",)


def test_subtitles_of_one_voice_make_one_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:04.000 align:start\n<v Speaker 1>Is it on?\n\n"
        "00:05.000 --> 00:08.000\n<v.loud Speaker 1>It is on.</v>\n\n00:09.000 --> 00:10.000\n<v Speaker 2>Good.\n"
    )
    assert _read(path).text == "Speaker 1: Is it on?\nIt is on.\n\nSpeaker 2: Good.\n"
    turns = parse_file(path).turns
    assert [(turn.kind, turn.speaker) for turn in turns] == [("unknown", None), ("unknown", None)]


def test_a_caption_of_a_figure_is_no_content() -> None:
    page = html_page(
        "<h1>Talk</h1><figure><figcaption>Chair, Ann Lee: arrival</figcaption></figure><p>Good morning.</p>"
    )
    assert [page.text[region.start : region.end].strip() for region in page.dropped] == ["Chair, Ann Lee: arrival"]
