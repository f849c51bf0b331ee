"""Whose words they are, in a sentence: for a question that takes them for somebody else's."""

from __future__ import annotations

from qa.said import say
from qa.types import Citation


def another_said(speaker: str, holder: Citation) -> str:
    """That the words are not ``speaker``'s, and whose they are: by name and in which role."""
    if holder.speaker == speaker and holder.reported_from:
        return say("said.only_reports", speaker=speaker, source=holder.reported_from)
    where = _where(holder)
    if holder.reported_from:
        return say("said.anothers_reporting", speaker=speaker, where=where, source=holder.reported_from)
    return say("said.anothers", speaker=speaker, where=where)


def _where(holder: Citation) -> str:
    name = holder.speaker or holder.role
    if holder.kind == "journalist":
        return say("said.in_question_of", name=name) if name else say("said.in_question")
    if holder.kind == "moderator":
        return say("said.in_moderation_of", name=name) if name else say("said.in_moderation")
    return say("said.in_words_of", name=holder.speaker) if holder.speaker else say("said.in_words")
