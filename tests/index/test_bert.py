"""The plain-torch encoder against the library it stands in for."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.bert import BertModel, can_encode, filler_tokens
from index.encode import model_folder, normalised
from index.settings import BASE_MODEL

TEXTS = [
    "We call on Russia to address our serious concerns.",
    "",
    "Yes.",
    "NATO’s cyber-defence – “Sven Mikser”, Tallinn; 2 % of GDP, 9M729. Ça va? Генеральный секретарь 北约 🙂",
    " ".join(["deterrence and defence"] * 200),  # beyond the model's window
    "Same length as the next one.",
    "Same length as the last one.",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    return model_folder(BASE_MODEL)


def test_gives_the_vectors_of_sentence_transformers(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    wanted = SentenceTransformer(str(folder), local_files_only=True).encode(TEXTS, show_progress_bar=False)
    got = normalised(BertModel(folder, bf16=False).encode(TEXTS, budget=2048))
    np.testing.assert_allclose(got, wanted, atol=2e-6)


def test_half_precision_stays_close(folder: Path) -> None:
    full = normalised(BertModel(folder, bf16=False).encode(TEXTS, budget=2048))
    half = normalised(BertModel(folder, bf16=True).encode(TEXTS, budget=2048))
    assert (full * half).sum(axis=1).min() >= 0.998


@pytest.mark.parametrize("budget", [1, 16, 10_000])
def test_batching_changes_nothing(folder: Path, budget: int) -> None:
    model = BertModel(folder, bf16=False)
    alone = np.concatenate([model.encode([text], budget=2048) for text in TEXTS])
    np.testing.assert_allclose(model.encode(TEXTS, budget=budget), alone, atol=2e-5)


def test_batches_come_in_few_sizes_and_filler_stays_inside() -> None:
    sizes = {tokens + filler_tokens(tokens) for tokens in range(1, 8193)}
    assert sizes == {*range(32, 257, 32), *range(384, 8193, 128)}
    assert all(0 <= filler_tokens(tokens) < 128 for tokens in range(1, 8193))


def test_no_texts_give_no_rows(folder: Path) -> None:
    assert BertModel(folder, bf16=False).encode([], budget=2048).shape == (0, 384)


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("config.json", "model_type", "roberta"),
        ("config.json", "hidden_act", "relu"),
        ("config.json", "position_embedding_type", "relative_key"),
        ("1_Pooling/config.json", "pooling_mode_cls_token", True),
        ("1_Pooling/config.json", "pooling_mode_mean_tokens", False),
    ],
)
def test_leaves_other_models_to_the_library(folder: Path, tmp_path: Path, file: str, key: str, value: object) -> None:
    copy = tmp_path / "model"
    copy.mkdir()
    for found in folder.rglob("*"):
        target = copy / found.relative_to(folder)
        if found.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.symlink_to(found)
    assert can_encode(copy)
    changed = json.loads((copy / file).read_text()) | {key: value}
    (copy / file).unlink()
    (copy / file).write_text(json.dumps(changed))
    assert not can_encode(copy)


def test_leaves_an_empty_folder_alone(tmp_path: Path) -> None:
    assert not can_encode(tmp_path)
