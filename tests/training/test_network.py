"""What is trained is what is run: the trainable network and the product's compute the same numbers."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from index.bert import BertModel
from index.encode import base_model
from index.layers import pack, unpack
from qa.reading import Inputs, ShippedReader, Text
from training.network import Network, layer_names, means
from training.reader import Reader

TEXTS = [
    Text(("Sanctions are an economic tool.", "We welcome them."), " (Jens Stoltenberg, 20 November 2014)"),
    Text(("No.",)),
]


@pytest.fixture(scope="module")
def base() -> Path:
    return base_model()


def test_token_vectors_equal_those_of_the_product(base: Path) -> None:
    inputs = Inputs(base)
    batch = [inputs("What are sanctions?", text) for text in TEXTS]
    ids, kinds = [one.ids for one in batch], [one.kinds for one in batch]
    with torch.no_grad():
        trained = Network(base)(ids, kinds)
        run = BertModel(base, bf16=False).states(ids, kinds)
    for row, one in enumerate(run):
        torch.testing.assert_close(trained[row, : len(one)], one, atol=2e-5, rtol=1e-4)


def test_means_leave_padding_out() -> None:
    tokens = torch.tensor([[[1.0], [3.0], [99.0]], [[5.0], [7.0], [9.0]]])
    assert means(tokens, [2, 3]).tolist() == [[2.0], [7.0]]


def test_every_layer_is_trained_and_no_embedding(base: Path) -> None:
    names = set(Network(base).named_weights())
    assert names == set(layer_names())
    assert len(names) == 6 * 16


def test_a_reader_reads_as_it_was_trained(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.reading.native_precision", lambda: "fp32")
    torch.manual_seed(4)
    file = tmp_path / "reader.safetensors"
    save_file(pack(Reader(base).weights()), file)
    trained = Reader(base, file)
    inputs = Inputs(base)
    with torch.no_grad():
        outs = trained([inputs("What are sanctions?", text) for text in TEXTS])
    readings = ShippedReader(file, sha256=None).read("What are sanctions?", TEXTS)
    for (fit, logits), reading in zip(outs, readings, strict=True):
        assert reading.fit == pytest.approx(float(fit), abs=1e-3)
        assert [reading.none, *reading.answers] == pytest.approx(logits.tolist(), abs=1e-3)


def test_packed_weights_start_a_network_where_they_left_off(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "reader.safetensors"
    save_file(pack(Reader(base).weights()), file)
    again = Reader(base, file).weights()
    for name, weight in unpack(file, name="r", sha256=None, remedy="").items():
        torch.testing.assert_close(again[name], weight)
