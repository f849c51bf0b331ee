"""Search with filters, against a search through a corpus that holds nothing else; and what an index refuses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from doubles import HashEncoder, transcript
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import index_transcripts
from index.errors import IndexBrokenError, IndexMismatchError, IndexMissingError
from index.search import Index, open_index
from index.settings import Chunking, IndexSettings, Ranking
from index.store import current_generation
from index.types import Filters, Kind, Passage, Transcript

SETTINGS = IndexSettings(chunking=Chunking(target_words=6, max_words=9, overlap_sentences=0))
SPEAKERS = ["Anna Berg", "Jan Novák", None]
KINDS: tuple[Kind, ...] = ("principal", "journalist", "moderator")


def corpus() -> list[Transcript]:
    """Twelve events over three years; speakers, kinds and subjects alternate."""
    made = []
    for number in range(12):
        subjects = [
            f"The fleet of year {number} holds {n} ships. Cyber defence needs {n} more people." for n in range(3)
        ]
        turns: list[tuple[str | None, Kind, str]] = [
            (SPEAKERS[(number + at) % 3], KINDS[at], words) for at, words in enumerate(subjects)
        ]
        day = date(2014 + number // 4, 1 + number, 5) if number != 11 else None
        made.append(transcript(f"event-{number:02d}", turns, day=day, header="A press conference in Tallinn."))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("index")
    index_transcripts(corpus(), folder=place, settings=SETTINGS, encoder=HashEncoder())
    return place


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return open_index(folder, SETTINGS, encoder=HashEncoder())


def passes(passage: Passage, filters: Filters, events: dict[str, Transcript]) -> bool:
    """The meaning of filters, one passage at a time."""
    event = events[passage.doc_id]
    turn = next((turn for turn in event.turns if turn.turn_id == passage.turn_id), None)
    speaker = turn.speaker if turn else None
    wanted = {" ".join(name.split()).casefold() for name in filters.speakers}
    dated = filters.date_from or filters.date_to
    return (
        (not filters.speakers or (speaker is not None and speaker.casefold() in wanted))
        and (not filters.kinds or (turn is not None and turn.kind in filters.kinds))
        and (not filters.doc_ids or passage.doc_id in filters.doc_ids)
        and (not dated or event.date is not None)
        and (not filters.date_from or (event.date is not None and event.date >= filters.date_from))
        and (not filters.date_to or (event.date is not None and event.date <= filters.date_to))
    )


days = st.none() | st.dates(date(2013, 12, 1), date(2017, 2, 1))
filters_ = st.builds(
    Filters,
    speakers=st.lists(st.sampled_from(["anna  BERG", "Jan Novák", "Nobody"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(["principal", "journalist", "moderator", "unknown"]), max_size=2).map(tuple),
    date_from=days,
    date_to=days,
    doc_ids=st.lists(st.sampled_from(["event-00", "event-05", "event-11"]), max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(filters_, st.sampled_from(["fleet ships", "cyber defence people", "Tallinn", "zeppelin"]))
def test_filters_are_inside_the_search(index: Index, filters: Filters, query: str) -> None:
    events = dict(index.transcripts)
    allowed = {p.passage_id: p for p in index.passages if passes(p, filters, events)}
    found = index.explain(query, filters=filters, k=len(index.passages))
    assert {hit.passage.passage_id for hit in found.dense} == set(allowed)  # nothing that passes is left out
    vector = HashEncoder().encode([query])[0].astype(np.float64)
    rows = {p.passage_id: row for row, p in enumerate(index.passages)}
    best = index.explain(query, k=len(index.passages))
    for mine, everyones in ((found.dense, best.dense), (found.lexical, best.lexical)):
        kept = [(h.passage.passage_id, h.score) for h in everyones if h.passage.passage_id in allowed]
        assert [h.passage.passage_id for h in mine] == [passage_id for passage_id, _ in kept]
        assert [h.score for h in mine] == pytest.approx([score for _, score in kept], abs=1e-5)
    assert {h.passage.passage_id for h in found.fused} == set(allowed)
    assert len(rows) == len(index.passages)
    assert np.isfinite(vector).all()


def test_few_results_are_the_first_of_many(index: Index) -> None:
    many = index.search("cyber defence people", k=30)
    assert index.search("cyber defence people", k=4) == many[:4]
    assert [hit.rank for hit in many] == list(range(1, 31))
    assert [hit.score for hit in many] == sorted((hit.score for hit in many), reverse=True)


def test_words_lead_where_vectors_know_nothing(index: Index) -> None:
    found = index.explain("Tallinn", k=3)
    assert all(hit.passage.turn_id is None for hit in found.lexical)
    assert {hit.source for hit in found.fused} == {"fused"}


def test_ranks_can_be_joined_instead(folder: Path) -> None:
    by_ranks = replace(SETTINGS, ranking=Ranking(fusion="ranks", rrf_k=60))
    found = open_index(folder, by_ranks, encoder=HashEncoder()).explain("fleet ships", k=200)
    dense = {hit.passage.passage_id: hit.rank for hit in found.dense}
    lexical = {hit.passage.passage_id: hit.rank for hit in found.lexical}
    share = 0.6  # two words: 0.2 + 2.0 / 2, limited
    for hit in found.fused:
        key = hit.passage.passage_id
        wanted = 1 / (60 + dense[key]) + (share / (60 + lexical[key]) if key in lexical else 0)
        assert hit.score == pytest.approx(wanted)


def test_passages_are_cut_from_their_transcripts(index: Index) -> None:
    wanted = {t.doc_id: t for t in corpus()}
    assert dict(index.transcripts) == wanted
    assert all(p.text == wanted[p.doc_id].text[p.start : p.end] for p in index.passages)
    assert index.passages[-1] == index.passages[len(index.passages) - 1]
    with pytest.raises(IndexError):
        index.passages[len(index.passages)]


def test_no_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="ontherecord index"):
        open_index(tmp_path, SETTINGS)


def test_another_model_is_refused(folder: Path) -> None:
    with pytest.raises(IndexMismatchError, match="ONTHERECORD_MODEL") as caught:
        open_index(folder, replace(SETTINGS, model="/models/own"))
    assert (caught.value.built, caught.value.wanted) == ("ontherecord-minilm-l6", "/models/own")


def test_other_weights_under_the_same_name_are_refused(folder: Path) -> None:
    opened = open_index(folder, SETTINGS)  # the double that built it had no weights
    with pytest.raises(IndexMismatchError, match="weights"):
        opened.search("fleet")


def test_other_passages_are_refused(folder: Path) -> None:
    with pytest.raises(IndexMismatchError, match="chunking"):
        open_index(folder, IndexSettings())


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    index_transcripts(corpus(), folder=tmp_path, settings=SETTINGS, encoder=HashEncoder())
    reader = open_index(tmp_path, SETTINGS, encoder=HashEncoder())
    before = current_generation(tmp_path)
    for size in (3, 2, 1):
        index_transcripts(corpus()[:size], folder=tmp_path, settings=SETTINGS, encoder=HashEncoder())
    assert not before.exists()
    assert len({hit.passage.doc_id for hit in reader.search("fleet ships", k=500)}) == 12
    assert len(open_index(tmp_path, SETTINGS, encoder=HashEncoder()).transcripts) == 1


@pytest.mark.parametrize("name", ["labels.json", "passages.npy", "vectors.npy", "bm25.data.npy", "transcripts.jsonl"])
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_damage_is_named(tmp_path: Path, name: str, how: str) -> None:
    index_transcripts(corpus()[:2], folder=tmp_path, settings=SETTINGS, encoder=HashEncoder())
    path = current_generation(tmp_path) / name
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if how == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(IndexBrokenError, match=name) as caught:
        open_index(tmp_path, SETTINGS)
    assert "ontherecord index" in caught.value.remedy


def test_vectors_of_the_passages_that_begin_in_a_turn(index: Index) -> None:
    for event in index.transcripts.values():
        for turn in event.turns:
            begun = [p for p in index.passages if p.doc_id == event.doc_id and turn.start <= p.start < turn.end]
            expected = HashEncoder().encode([passage.embedding_text for passage in begun])
            found = index.vectors_within(event.doc_id, turn.start, turn.end)
            np.testing.assert_allclose(found, expected, atol=1e-3)  # stored in half precision
    assert index.vectors_within("event-00", 0, 0).shape == (0, expected.shape[1])
