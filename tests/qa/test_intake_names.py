"""Names that a stranger gives a file become names that every file system takes, and messages can show."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.source import find_sources
from qa.intake.names import safe_name, shown_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("talk.txt", "talk.txt"),
        ("Point de presse – 4 août 2024.HTML", "Point de presse _ 4 août 2024.html"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/shadow.txt", "shadow.txt"),
        ("..", "transcript"),
        ("", "transcript"),
        (".hidden.txt", "hidden.txt"),
        ("...txt", "transcript.txt"),
        (" .txt", "transcript.txt"),
        ("talk.txt. ", "talk.txt"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("nul.tar.txt", "_nul.tar.txt"),
        ("LPT1.md", "_LPT1.md"),
        ("README.md", "_README.md"),
        ("__MACOSX.txt", "_MACOSX.txt"),
        ("-rf.txt", "_rf.txt"),
        ("${HOME}.txt", "__HOME_.txt"),
        ("a*b?[c].txt", "a_b__c_.txt"),
        ("line\nbreak\t.txt", "line break.txt"),
        ("turned\u202etxt.exe.txt", "turnedtxt.exe.txt"),
        ("nul\0byte.txt", "nulbyte.txt"),
        ("name. .txt", "name.txt"),
        ("e\u0301te.txt", "éte.txt"),
    ],
)
def test_what_a_name_becomes(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("é" * 255 + ".txt")
    assert name == "é" * 60 + ".txt"


def test_a_name_is_unlike_those_taken() -> None:
    assert safe_name("Talk.txt", ["talk.TXT", "talk-2.txt"]) == "Talk-3.txt"
    assert safe_name("ﬁle.txt", ["file.txt"]) == "ﬁle-2.txt"  # some file systems take the two for one


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=5))
def test_a_safe_name_is_one_plain_part(given_name: str, others: list[str]) -> None:
    taken = [safe_name(other) for other in others]
    name = safe_name(given_name, taken)
    assert 0 < len(name.encode()) <= 160
    assert Path(name).name == name
    assert "\\" not in name
    assert name[0] not in ".- "
    assert name == name.strip()
    assert not {unicodedata.category(letter)[0] for letter in name} & {"C"}
    assert name.casefold() not in {one.casefold() for one in taken}
    assert safe_name(name) == name  # safe already


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_a_file_of_that_name_is_found_again(tmp_path_factory: pytest.TempPathFactory, given_name: str) -> None:
    folder = tmp_path_factory.mktemp("named")
    path = folder / safe_name(f"{given_name}.txt")
    path.write_text("words", encoding="utf-8")
    assert [ref.path for ref in find_sources([folder])] == [path]


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../x/talk.txt", "talk.txt"),
        ("turned\u202etxt", "turnedtxt"),
        ("a\nb", "ab"),
        ("", "transcript"),
        ("x" * 300, "x" * 119 + "…"),
        ("<b>${1}", "<b>${1}"),  # the page escapes it
    ],
)
def test_what_a_message_shows(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown
