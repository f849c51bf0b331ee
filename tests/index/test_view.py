"""The reading of a text, and the way back to the text as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.view import INVISIBLE, has_mojibake, mend, read_as_view

PIECES = st.sampled_from(
    [
        "a",
        "Z",
        "é",
        " ",
        "\u00a0",
        "\n",
        "\r\n",
        "\r",
        "\u200b",
        "\ufeff",
        "\u202e",
        "Ã©",
        "â€™",
        "\0",
        ":",
        " | ",
        "\u2028",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


@given(TEXTS)
def test_every_position_maps_back_in_order(raw: str) -> None:
    view = read_as_view(raw)
    places = [view.raw_at(at) for at in range(len(view.text) + 1)]
    assert places == sorted(set(places))
    assert places[-1] == len(raw)


@given(TEXTS)
def test_a_plain_letter_maps_to_itself(raw: str) -> None:
    view = read_as_view(raw)
    for at, letter in enumerate(view.text):
        if letter.isascii() and letter.isalnum():
            assert raw[view.raw_at(at)] == letter


@given(TEXTS)
def test_lines_cover_the_reading_and_are_stripped(raw: str) -> None:
    view = read_as_view(raw)
    for line in view.lines():
        assert view.text[line.start : line.end] == line.text == line.text.strip()
        assert line.end <= line.next


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_span_is_trimmed_and_inside(raw: str, first: int, second: int) -> None:
    view = read_as_view(raw)
    start, end = view.raw_span(min(first, second), max(first, second))
    assert 0 <= start <= end <= len(raw)
    assert raw[start:end].strip() == raw[start:end]
    assert not raw[start:end] or raw[start] not in INVISIBLE


def test_invisible_letters_vanish_and_spaces_are_spaces() -> None:
    view = read_as_view("\ufeffAnn\u00a0Lee\u200b:\u2009yes")
    assert view.text == "Ann Lee: yes"
    assert view.raw_span(9, 12) == (11, 14)


def test_what_was_decoded_wrongly_is_mended() -> None:
    assert mend("RenÃ©e â€“ itâ€™s") == "Renée – it’s"
    assert has_mojibake("RenÃ©e")
    assert not has_mojibake("Renée Ä Öl")


def test_blanked_parts_read_as_space_and_keep_their_place() -> None:
    view = read_as_view("Home\nQ: yes", [(0, 4)])
    assert view.text == "    \nQ: yes"


def test_cells_of_a_flattened_table_are_lines() -> None:
    view = read_as_view("a | b | c\nd | e")
    assert [line.text for line in view.lines()] == ["a", "b", "c", "d | e"]
