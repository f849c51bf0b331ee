"""From SubRip (.srt) and WebVTT (.vtt) subtitles to the words spoken: cue numbers, times and settings are left out.

Cues of one voice make one paragraph, with the voice before it as a label where the file names voices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TIMES = re.compile(r"\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})*\s+(?P<voice>[^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>\n]{0,80}>|\{\\[^{}\n]{1,20}\}")
_FIRST_LINES = 3  # a SubRip file starts with a number and a line of times; WebVTT says so on its first line


def is_subtitles(text: str) -> bool:
    """Whether a file is nothing but subtitles: it says WEBVTT, or starts with a cue."""
    lines = [line.strip() for line in text[:2000].lstrip("\ufeff \t\r\n").splitlines()][:_FIRST_LINES]
    if not lines:
        return False
    if re.match(r"WEBVTT(?:\s|$)", lines[0]):
        return "-->" in text[:20_000]
    return bool(_TIMES.match(lines[0])) or (len(lines) > 1 and lines[0].isdigit() and bool(_TIMES.match(lines[1])))


def subtitle_text(text: str) -> str:
    """The words of all cues, one line of a cue a line; a blank line and the voice where the voice changes."""
    out: list[str] = []
    speaking: str | None = None
    for voice, words in _spoken(text):
        if voice and voice != speaking:
            out += ["", f"{voice}: {words}"] if out else [f"{voice}: {words}"]
            speaking = voice
        else:
            out.append(words)
    return "\n".join(out) + "\n" if out else ""


def _spoken(text: str) -> Iterator[tuple[str | None, str]]:
    """Each line of each cue with the voice that says it, if the line names one."""
    for line in _cue_lines(text.lstrip("\ufeff")):
        pieces = _VOICE.split(line)  # words, then voice and words by turns
        for voice, words in zip([None, *pieces[1::2]], pieces[::2], strict=True):
            said = " ".join(_TAG.sub("", words).split())
            if said:
                yield (" ".join(voice.split()) if voice else None), said


def _cue_lines(text: str) -> Iterator[str]:
    """The lines that stand below a line of times, up to the next blank line."""
    in_cue = False
    for line in text.splitlines():
        if _TIMES.match(line):
            in_cue = True
        elif not line.strip():
            in_cue = False
        elif in_cue:
            yield line
