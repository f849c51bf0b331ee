"""Building: what changed is read and encoded again, what did not is not, and the summary says which was which."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from doubles import HashEncoder, press_point

from index import build, plan
from index.build import BuildSummary, build_index
from index.encode import ModelIdentity
from index.errors import InputError, NoTranscriptError, SourceError, StoreError
from index.resume import keep_block, kept_vectors, text_key
from index.search import open_index
from index.settings import Bm25, Chunking, IndexSettings
from index.store import current_generation, read_manifest

SETTINGS = IndexSettings()


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("spring", "summer", "autumn"):
        (folder / f"{name}.txt").write_text(press_point(opening=f"Welcome in {name}."), encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "index"


def build_(place: Path, *paths: Path, encoder: HashEncoder | None = None) -> BuildSummary:
    return build_index(list(paths), folder=place, settings=SETTINGS, encoder=encoder or HashEncoder())


def held(place: Path) -> set[str]:
    return set(open_index(place, SETTINGS, encoder=HashEncoder()).transcripts)


def test_the_first_build_adds_everything(place: Path, talks: Path) -> None:
    summary = build_(place, talks)
    assert summary.added == ("autumn", "spring", "summer")
    assert (summary.changed, summary.removed, summary.unchanged, summary.skipped) == ((), (), (), ())
    assert summary.written
    assert summary.transcripts == 3
    assert summary.passages == len(open_index(place, SETTINGS, encoder=HashEncoder()).passages)
    manifest = read_manifest(place, current_generation(place))
    assert (manifest.model.name, manifest.dimension, manifest.passages) == (SETTINGS.model, 32, summary.passages)
    assert {Path(source.path).name for source in manifest.sources} == {"spring.txt", "summer.txt", "autumn.txt"}


def test_one_event_in_two_files_is_indexed_once_and_both_are_named(place: Path, talks: Path) -> None:
    words = (
        "We will send four frigates to the Baltic Sea in May and two more in June because Allies asked for them there."
    )
    old, new = press_point(answer=words), press_point(answer=f"{words} Thank you.")
    (talks / "page.txt").write_text(
        old.replace("-\n", "-\n  • Last updated: 21 Nov. 2014 11:11\n", 1), encoding="utf-8"
    )
    (talks / "copy.txt").write_text(
        new.replace("-\n", "-\n  • Last updated: 23 Nov. 2014 09:00\n", 1), encoding="utf-8"
    )
    summary = build_(place, talks)
    assert summary.linked == (("page", "copy"),)
    assert held(place) == {"autumn", "spring", "summer", "copy"}
    sources = read_manifest(place, current_generation(place)).sources
    assert {(source.doc_id, source.same_as) for source in sources if source.doc_id in ("page", "copy")} == {
        *(("copy", ""), ("page", "copy")),
    }
    again = build_(place, talks)
    assert (again.written, again.linked, again.added, again.changed) == (False, summary.linked, (), ())
    (talks / "copy.txt").unlink()
    assert build_(place, talks).removed == ("copy",)
    assert held(place) == {"autumn", "spring", "summer", "page"}


def test_nothing_changed_writes_nothing_and_encodes_nothing(place: Path, talks: Path) -> None:
    build_(place, talks)
    before = current_generation(place)
    encoder = HashEncoder()
    summary = build_(place, talks, encoder=encoder)
    assert (summary.written, summary.encoded, encoder.texts) == (False, 0, 0)
    assert summary.unchanged == ("autumn", "spring", "summer")
    assert current_generation(place) == before


def test_only_what_changed_is_encoded(place: Path, talks: Path) -> None:
    build_(place, talks)
    (talks / "summer.txt").write_text(press_point(opening="Welcome in summer.", answer="No, none will come."))
    (talks / "spring.txt").unlink()
    (talks / "winter.txt").write_text(press_point(opening="Welcome in winter."))
    encoder = HashEncoder()
    summary = build_(place, talks, encoder=encoder)
    assert summary.added == ("winter",)
    assert summary.changed == ("summer",)
    assert summary.removed == ("spring",)
    assert summary.unchanged == ("autumn",)
    assert 0 < encoder.texts == summary.encoded < summary.passages
    assert held(place) == {"autumn", "summer", "winter"}


def test_an_update_equals_a_fresh_build(place: Path, talks: Path, tmp_path: Path) -> None:
    build_(place, talks)
    (talks / "summer.txt").write_text(press_point(answer="No, none will come."))
    (talks / "spring.txt").unlink()
    build_(place, talks)
    build_(tmp_path / "fresh", talks)
    updated, fresh = current_generation(place), current_generation(tmp_path / "fresh")
    names = {path.name for path in fresh.iterdir()}
    assert {path.name for path in updated.iterdir()} == names
    for name in names:
        assert (updated / name).read_bytes() == (fresh / name).read_bytes(), name


def test_other_paths_add_and_the_same_paths_replace(place: Path, talks: Path, tmp_path: Path) -> None:
    build_(place, talks)
    more = tmp_path / "more"
    more.mkdir()
    (more / "winter.txt").write_text(press_point(opening="Welcome in winter."))
    assert build_(place, more).added == ("winter",)
    assert held(place) == {"autumn", "spring", "summer", "winter"}
    (more / "winter.txt").rename(more / "later.txt")
    assert build_(place, more).removed == ("winter",)
    assert held(place) == {"autumn", "spring", "summer", "later"}
    (talks / "autumn.txt").unlink()
    assert build_(place, talks).removed == ("autumn",)
    assert build_(place, tmp_path).unchanged == ("later", "spring", "summer")  # a folder answers for all below it


def test_what_an_emptied_path_brought_in_goes(place: Path, talks: Path, tmp_path: Path) -> None:
    build_(place, talks)
    more = tmp_path / "more"
    more.mkdir()
    (more / "winter.txt").write_text(press_point(opening="Welcome in winter."))
    build_(place, more)
    (more / "winter.txt").unlink()
    encoder = HashEncoder()
    summary = build_index([], folder=place, settings=SETTINGS, encoder=encoder, emptied=[more])
    assert (summary.removed, summary.encoded, encoder.texts) == (("winter",), 0, 0)
    assert held(place) == {"autumn", "spring", "summer"}


def test_an_index_is_never_emptied(place: Path, talks: Path) -> None:
    build_(place, talks)
    with pytest.raises(InputError, match="the record would hold no transcript"):
        build_index([], folder=place, settings=SETTINGS, encoder=HashEncoder(), emptied=[talks])
    assert held(place) == {"autumn", "spring", "summer"}


def test_a_glob_is_a_path_of_its_own(place: Path, talks: Path) -> None:
    build_(place, Path(f"{talks}/s*.txt"))
    assert held(place) == {"spring", "summer"}
    (talks / "spring.txt").unlink()
    assert build_(place, Path(f"{talks}/s*.txt")).removed == ("spring",)


def test_ids_are_unique_and_stay(place: Path, talks: Path, tmp_path: Path) -> None:
    other = tmp_path / "a-other"
    other.mkdir()
    (other / "spring.txt").write_text(press_point(opening="Another spring."))
    build_(place, talks)
    assert build_(place, other).added == ("spring-2",)
    assert build_(place, other, talks).unchanged == ("autumn", "spring", "spring-2", "summer")


def test_one_bad_file_never_stops_the_rest(place: Path, talks: Path) -> None:
    (talks / "broken.pdf").write_bytes(b"%PDF-1.7 nothing that a reader could follow")
    summary = build_(place, talks)
    assert summary.added == ("autumn", "spring", "summer")
    assert [name for name, _ in summary.skipped] == ["broken.pdf"]
    assert summary.skipped[0][1]
    assert not build_(place, talks).written


def test_a_file_that_went_bad_is_removed_and_named(place: Path, talks: Path) -> None:
    build_(place, talks)
    (talks / "spring.txt").write_bytes(b"")
    summary = build_(place, talks)
    assert summary.removed == ("spring",)
    assert [name for name, _ in summary.skipped] == ["spring.txt"]


def test_nothing_readable_is_an_error_and_changes_nothing(place: Path, talks: Path, tmp_path: Path) -> None:
    build_(place, talks)
    before = current_generation(place)
    for path in talks.iterdir():
        path.write_bytes(b"")
    with pytest.raises(SourceError, match="none of 3 files"):
        build_(place, talks)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoTranscriptError):
        build_(place, tmp_path / "empty")
    assert current_generation(place) == before


def test_other_settings_build_again_but_encode_only_new_texts(place: Path, talks: Path) -> None:
    build_(place, talks)
    encoder = HashEncoder()
    tuned = replace(SETTINGS, bm25=Bm25(k1=1.2))
    summary = build_index([talks], folder=place, settings=tuned, encoder=encoder)
    assert (summary.written, summary.encoded, encoder.texts) == (True, 0, 0)
    smaller = replace(SETTINGS, chunking=Chunking(target_words=2, max_words=3))
    assert build_index([talks], folder=place, settings=smaller, encoder=encoder).written
    other = build_index([talks], folder=place, settings=replace(SETTINGS, model="other"), encoder=encoder)
    assert other.encoded == len(
        {p.embedding_text for p in open_index(place, replace(SETTINGS, model="other")).passages}
    )


def test_other_code_reads_again_without_encoding(place: Path, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_(place, talks)
    for module in (build, plan):
        monkeypatch.setattr(module, "recipe", lambda: "another version")
    summary = build_(place, talks)
    assert (summary.written, summary.encoded) == (True, 0)
    assert summary.unchanged == ("autumn", "spring", "summer")


@pytest.mark.parametrize("damage", ["pointer", "manifest", "vectors"])
def test_building_again_mends_a_damaged_index(place: Path, talks: Path, damage: str) -> None:
    build_(place, talks)
    generation = current_generation(place)
    {
        "pointer": place / "current",
        "manifest": generation / "manifest.json",
        "vectors": generation / "vectors.npy",
    }[damage].write_bytes(b"nonsense")
    assert build_(place, talks).written
    assert held(place) == {"autumn", "spring", "summer"}


class Stopping(HashEncoder):
    """Encodes one block and is then interrupted."""

    def encode(self, texts):  # type: ignore[no-untyped-def]  # the double's own
        if self.texts:
            raise KeyboardInterrupt
        return super().encode(texts)


def test_an_interrupted_build_goes_on_where_it_was(place: Path, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BLOCK", 2)
    with pytest.raises(KeyboardInterrupt):
        build_(place, talks, encoder=Stopping())
    encoder = HashEncoder()
    summary = build_(place, talks, encoder=encoder)
    assert encoder.texts == summary.encoded
    texts = {p.embedding_text for p in open_index(place, SETTINGS, encoder=encoder).passages}
    assert encoder.texts == len(texts) - 2
    assert not (place / "resume").exists()


def test_kept_blocks_survive_and_damaged_ones_are_passed_over(tmp_path: Path) -> None:
    model = ModelIdentity("m", "abc")
    vectors = np.eye(2, 4, dtype=np.float16)
    keep_block(tmp_path, model, [text_key("one"), text_key("two")], vectors)
    keep_block(tmp_path, model, [text_key("three")], vectors[:1])
    (tmp_path / "resume").rglob("*.npy").__next__().write_bytes(b"half")
    kept = kept_vectors(tmp_path, model)
    assert set(kept) in ({text_key("one"), text_key("two")}, {text_key("three")})
    assert kept_vectors(tmp_path, ModelIdentity("m", "other")) == {}


def test_progress_is_told_from_none_to_all(place: Path, talks: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_index([talks], folder=place, settings=SETTINGS, encoder=HashEncoder(), progress=lambda *now: told.append(now))
    assert [now for now in told if now[0] == "reading"] == [("reading", done, 3) for done in range(4)]
    encoding = [now for now in told if now[0] == "encoding"]
    assert encoding[0][1] == 0
    assert encoding[-1][1] == encoding[-1][2] > 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, talks: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        build_(tmp_path / "locked" / "index", talks)


def test_a_file_in_the_way_is_named(tmp_path: Path, talks: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        build_(tmp_path / "index", talks)
