"""The block between ``---`` lines at the top of a Markdown file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.view import Line

MOST_LINES = 200
# YAML nests by recursion; what a page states about itself is flat
MOST_BRACKETS = 200


def read_front_matter(lines: Sequence[Line], text: str) -> tuple[int, Mapping[str, str]]:
    """How many lines the front matter takes (0 without one), and its plain entries, lower-case keys."""
    first = next((at for at, line in enumerate(lines[:5]) if line.text), None)
    if first is None or lines[first].text != "---":
        return 0, {}
    close = next((at for at in range(first + 1, min(len(lines), MOST_LINES)) if lines[at].text in {"---", "..."}), None)
    if close is None:
        return 0, {}
    return close + 1, _entries(text[lines[first].next : lines[close].start])


def _entries(block: str) -> Mapping[str, str]:
    import yaml

    if sum(block.count(bracket) for bracket in "[{") > MOST_BRACKETS or ("&" in block and "*" in block):
        return {}
    try:
        # BaseLoader makes strings of everything and knows no tags: nothing is constructed
        record = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return {}
    if not isinstance(record, dict):
        return {}
    return {str(key).lower(): " ".join(value.split()) for key, value in record.items() if isinstance(value, str)}
