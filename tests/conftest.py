"""What tests of several folders share: the sample transcripts, and an index of them built with the real model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.parse import parse_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.search import Index
    from index.types import Transcript

SAMPLES = Path(__file__).parents[1] / "data" / "transcripts"

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # a test that forks would otherwise print a warning


@pytest.fixture(scope="session")
def sample_transcripts() -> Mapping[str, Transcript]:
    """The two sample transcripts by their id."""
    return {path.stem: parse_file(path) for path in sorted(SAMPLES.glob("*.txt"))}


@pytest.fixture(scope="session")
def sample_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the samples with the default encoder, built once."""
    from index.build import build_index
    from index.settings import IndexSettings

    folder = tmp_path_factory.mktemp("sample-index")
    build_index([SAMPLES], folder=folder, settings=IndexSettings())
    return folder


@pytest.fixture(scope="session")
def sample_index(sample_index_folder: Path) -> Index:
    """``sample_index_folder``, open."""
    from index.search import open_index
    from index.settings import IndexSettings

    return open_index(sample_index_folder, IndexSettings())
