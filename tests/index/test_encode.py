"""Which model, in which precision, in which batches: and a clear word where it is not there."""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import encode
from index.encode import BASE_SHA256, SentenceTransformerEncoder, batches, model_folder, native_precision, normalised
from index.errors import ModelError
from index.settings import BASE_MODEL, DEFAULT_MODEL, LAYERS_FILE, TUNED_MODEL, IndexSettings


def test_the_default_model_is_the_one_shipped_and_the_base_the_published_one() -> None:
    shipped = hashlib.sha256(LAYERS_FILE.read_bytes()).hexdigest()
    assert SentenceTransformerEncoder().identity.sha256 == shipped
    assert SentenceTransformerEncoder(BASE_MODEL).identity.sha256 == BASE_SHA256
    assert DEFAULT_MODEL == TUNED_MODEL


def test_the_tuned_layers_are_what_encodes_by_default() -> None:
    texts = ["Which countries will send troops?"]
    tuned, base = (SentenceTransformerEncoder(name).encode(texts)[0] for name in (TUNED_MODEL, BASE_MODEL))
    assert 0.3 < float(tuned @ base) < 0.99


def test_tuned_layers_that_were_tampered_with_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "encoder.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(encode, "LAYERS_FILE", tmp_path / "encoder.safetensors")
    with pytest.raises(ModelError, match="has sha256"):
        SentenceTransformerEncoder().encode(["Yes."])


def test_rows_are_unit_vectors_in_the_order_given() -> None:
    encoder = SentenceTransformerEncoder()
    texts = ["Allies will spend more on defence.", "Yes.", "The weather was fine in Tallinn. " * 40]
    rows = encoder.encode(texts)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    for row, text in zip(rows, texts, strict=True):
        assert float(row @ encoder.encode([text])[0]) > 0.998
    question = encoder.encode(["How much do the Allies spend?"])[0]
    assert int(np.argmax(rows @ question)) == 0


def test_both_precisions_agree() -> None:
    texts = ["Cyber defence is part of collective defence.", "Four ships.", "What is the deadline?"]
    half = SentenceTransformerEncoder(precision="bf16").encode(texts)
    full = SentenceTransformerEncoder(precision="fp32").encode(texts)
    assert (half * full).sum(axis=1).min() > 0.998


@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        ("fpu avx512f avx512_bf16", "bf16"),
        ("fpu amx_bf16 amx_tile", "bf16"),
        ("fpu avx2 avx512f", "fp32"),
        (None, "fp32"),
    ],
)
def test_precision_follows_the_processors_flags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str | None, wanted: str
) -> None:
    info = tmp_path / "cpuinfo"
    if flags is not None:
        info.write_text(f"model name: Xeon bf16\nflags : {flags}\n")
    monkeypatch.setattr(encode, "_CPU_INFO", info)
    assert native_precision() == wanted


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 2048))
def test_batches_hold_every_row_once_and_keep_the_budget(lengths: list[int], budget: int) -> None:
    made = list(batches(lengths, budget=budget))
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= budget


def test_a_row_of_zeros_stays_one() -> None:
    rows = normalised(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]


def test_a_folder_can_be_the_model() -> None:
    folder = model_folder(DEFAULT_MODEL)
    by_folder = SentenceTransformerEncoder(str(folder))
    assert by_folder.identity.sha256 == BASE_SHA256
    base = SentenceTransformerEncoder(BASE_MODEL)
    np.testing.assert_allclose(by_folder.encode(["Yes."]), base.encode(["Yes."]), atol=1e-6)


def test_a_model_that_is_nowhere_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="neither a folder nor in the local hub cache") as caught:
        SentenceTransformerEncoder("somebody/some-model")
    assert "hf download somebody/some-model" in caught.value.remedy


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({}))
    with pytest.raises(ModelError, match="no weights"):
        SentenceTransformerEncoder(str(tmp_path))


def test_a_wheel_that_was_tampered_with_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(encode, "_wheel_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match=BASE_SHA256):
        SentenceTransformerEncoder()


def test_the_environment_names_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_MODEL", "/models/own")
    assert IndexSettings.from_environment().model == "/models/own"
    monkeypatch.setenv("ONTHERECORD_MODEL", "")
    assert IndexSettings.from_environment() == IndexSettings()


def test_threads_wait_quietly_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    encode.share_processors()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    encode.share_processors()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"
