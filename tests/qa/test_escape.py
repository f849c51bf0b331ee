"""Untrusted text stays text, in Markdown and in HTML."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.web.escape import html_attribute, html_text, markdown_line, markdown_lines


class _Reader(HTMLParser):
    """The text of a fragment and the tags in it, as a browser's parser sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (overrides)
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(fragment: str) -> _Reader:
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    return reader


@given(st.text(alphabet=st.characters(exclude_characters="\x00", codec="utf-8")))
def test_html_text_reads_back_as_the_source(text: str) -> None:
    read = _read(html_text(text))
    assert read.text == text
    assert read.tags <= {"bdi"}


@given(st.text(alphabet="<>&\"'`${}\u202e\u2066\r\n aé"))
def test_html_text_of_markup_reads_back_as_the_source(text: str) -> None:
    read = _read(html_text(text))
    assert read.text == text
    assert read.tags <= {"bdi"}


def test_a_carriage_return_survives_the_html_parser() -> None:
    assert html_text("a\r\nb") == "a&#13;\nb"


def test_a_reordering_character_ends_where_it_stands() -> None:
    assert html_text("a\u202eb") == 'a<bdi class="control">\u202e</bdi>b'


def test_marks_that_arabic_and_hebrew_need_are_left_alone() -> None:
    assert html_text("\u200fשלום\u200e") == "\u200fשלום\u200e"


def test_an_attribute_names_what_cannot_be_seen() -> None:
    assert html_attribute('a"\u202e\x1b') == "a&quot;⟦U+202E⟧⟦U+001B⟧"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, as they are.", "plain words, as they are."),
        ("a *b* _c_ `d` ~e~", r"a \*b\* \_c\_ \`d\` \~e\~"),
        ("![x](http://e.example)", r"!\[x\](http\://e.example)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("see www.e.example or a@e.example", r"see www\.e.example or a\@e.example"),
        ("AT&T &amp; &#60;", r"AT\&T \&amp; \&#60;"),
        ("$$x$$ | y", r"\$\$x\$\$ \| y"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("===", r"\==="),
        ("a\u202eb\x1b[2J", r"a⟦U+202E⟧b⟦U+001B⟧\[2J"),
        ("two\n  lines\t here", "two lines here"),
    ],
)
def test_markdown_line(text: str, markdown: str) -> None:
    assert markdown_line(text) == markdown


def test_every_line_of_a_block_quote_stays_in_it() -> None:
    assert markdown_lines("one\n\n    two\n# three", prefix="> ") == "> one\n>\n> two\n> \\# three"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_markdown_never_holds_a_live_opening(text: str) -> None:
    """No character that opens a construct stands without a backslash before it."""
    line = markdown_line(text)
    at = 0
    while at < len(line):
        if line[at] == "\\":
            at += 2
            continue
        assert line[at] not in "`*_{}[]<>$~|@"
        at += 1
    assert "://" not in line


@given(st.text(alphabet=" \t\nab*#-\r\u2028"))
def test_a_markdown_line_is_one_line(text: str) -> None:
    assert "\n" not in markdown_line(text)
    assert "\r" not in markdown_line(text)


def test_html_text_is_what_the_standard_library_escapes() -> None:
    assert html_text("<a href=\"x\">'&'</a>") == html.escape("<a href=\"x\">'&'</a>", quote=True)
