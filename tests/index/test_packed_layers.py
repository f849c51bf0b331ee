"""Layers packed to eight bits come back as they were, to half a level, and never from a damaged file."""

import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from index.errors import ModelError
from index.layers import pack, unpack


def test_weights_come_back_to_half_a_level(tmp_path: Path) -> None:
    generator = torch.Generator().manual_seed(3)
    weights = {"a.weight": torch.randn(5, 7, generator=generator), "a.bias": torch.tensor([0.5, -0.25])}
    file = tmp_path / "x.safetensors"
    save_file(pack(weights), file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    back = unpack(file, name="x", sha256=sha256, remedy="r")
    assert back.keys() == weights.keys()
    assert torch.equal(back["a.bias"], weights["a.bias"])
    half_a_level = weights["a.weight"].abs().amax(dim=1, keepdim=True) / 127 / 2
    assert bool(((back["a.weight"] - weights["a.weight"]).abs() <= half_a_level * 1.001).all())


def test_a_row_of_zeros_stays_one(tmp_path: Path) -> None:
    save_file(pack({"w": torch.zeros(2, 3)}), tmp_path / "x.safetensors")
    back = unpack(tmp_path / "x.safetensors", name="x", sha256=None, remedy="r")
    assert torch.equal(back["w"], torch.zeros(2, 3))


def test_other_weights_than_the_published_ones_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.safetensors"
    save_file(pack({"w": torch.ones(2, 3)}), file)
    with pytest.raises(ModelError, match="has sha256"):
        unpack(file, name="x", sha256="0" * 64, remedy="Install it again")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.safetensors"):
        unpack(tmp_path / "nowhere.safetensors", name="x", sha256=None, remedy="Install it again")
