"""Whose words they are, in a sentence: for a question that takes them for somebody else's."""

from __future__ import annotations

from qa.types import Citation


def another_said(speaker: str, holder: Citation) -> str:
    """That the words are not ``speaker``'s, and whose they are: by name and in which role."""
    named = f" ({holder.speaker})" if holder.speaker else f" ({holder.role})" if holder.role else ""
    whose = {
        "journalist": f"in a journalist’s question{named}",
        "moderator": f"in the moderator’s words{named}",
    }.get(holder.kind or "", f"in the words of {holder.speaker or 'a speaker whom the transcript does not name'}")
    reporting = f", reporting {holder.reported_from}" if holder.reported_from else ""
    if holder.speaker == speaker and holder.reported_from:
        return f"{speaker} only reports this, as the words of {holder.reported_from}."
    return f"Not in the words of {speaker}: it stands {whose}{reporting}."
