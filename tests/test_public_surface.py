"""What other programs may rely on: the fields of an answer, the commands, the vocabulary."""

from dataclasses import fields

from index import types as index_types
from qa import types as qa_types
from qa.cli import build_parser


def _fields(record: type) -> list[str]:
    return [field.name for field in fields(record)]


def test_the_vocabulary_has_the_fields_of_the_contract() -> None:
    assert _fields(index_types.Turn) == [
        *("turn_id", "doc_id", "speaker", "role", "affiliation", "kind", "start", "end", "flags"),
    ]
    assert _fields(index_types.Passage) == [
        *("passage_id", "doc_id", "turn_id", "start", "end", "text", "embedding_text"),
    ]
    assert _fields(index_types.Hit) == ["passage", "score", "rank", "source"]
    assert _fields(qa_types.Quote) == ["doc_id", "turn_id", "start", "end", "text"]
    assert _fields(index_types.Filters) == ["speakers", "kinds", "date_from", "date_to", "doc_ids"]


def test_the_command_line_has_the_commands_of_the_contract() -> None:
    usage = build_parser().format_help()
    names = ("parse", "index", "ask", "check", "eval", "serve", "feedback")
    assert [name for name in names if f"    {name} " not in usage] == []
