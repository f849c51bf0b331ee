"""Words that a speaker credits to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import ReportedSpeech, Turn
from index.view import View


def find_reported(view: View, turns: Sequence[Turn]) -> tuple[ReportedSpeech, ...]:
    """Placeholder until the stage is written."""
    return ()
