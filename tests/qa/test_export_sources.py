"""Whether a transcript's file still is what was indexed."""

from __future__ import annotations

import hashlib
import os
import zipfile
from typing import TYPE_CHECKING
from unittest.mock import patch

from index.source import source_sha256
from index.store import SourceRecord
from qa.export.sources import SourceStates

if TYPE_CHECKING:
    from pathlib import Path


def record_of(path: Path, content: bytes, *, member: str | None = None, same_as: str = "") -> SourceRecord:
    """What a manifest keeps of one file."""
    digest = hashlib.sha256(content).hexdigest()
    return SourceRecord(str(path.parent), str(path), member, digest, "riga", "recipe", same_as)


def test_a_file_is_the_same_until_it_changes_or_goes(tmp_path: Path) -> None:
    path = tmp_path / "riga.txt"
    path.write_bytes(b"Good morning.")
    states = SourceStates([record_of(path, b"Good morning.")])
    assert states("riga") == "same"
    path.write_bytes(b"Good evening!")
    os.utime(path, ns=(1, 1))
    assert states("riga") == "changed"
    path.unlink()
    assert states("riga") == "gone"
    assert states("oslo") == "unknown"


def test_a_member_of_a_zip_is_looked_at_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("riga.txt", "Good morning.")
    assert SourceStates([record_of(path, b"Good morning.", member="riga.txt")])("riga") == "same"
    assert SourceStates([record_of(path, b"Good night.", member="riga.txt")])("riga") == "changed"
    assert SourceStates([record_of(path, b"Good morning.", member="oslo.txt")])("riga") == "gone"


def test_a_file_is_read_once_while_it_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "riga.txt"
    path.write_bytes(b"Good morning.")
    states = SourceStates([record_of(path, b"Good morning.")])
    with patch("qa.export.sources.source_sha256", wraps=source_sha256) as read:
        assert [states("riga") for _ in range(5)] == ["same"] * 5
    assert read.call_count == 1


def test_a_file_that_another_stands_in_for_is_not_looked_at(tmp_path: Path) -> None:
    assert SourceStates([record_of(tmp_path / "none.txt", b"", same_as="oslo")])("riga") == "unknown"
