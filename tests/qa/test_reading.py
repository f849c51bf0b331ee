"""What a reader is given, and that any cross-encoder can take the place of the built-in one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from index.encode import base_model
from index.errors import ModelError
from qa.reading import (
    NO_READER,
    READER_VARIABLE,
    CrossEncoderReader,
    Inputs,
    ShippedReader,
    Text,
    reader_from_environment,
)

PASSAGE = Text(("Sanctions are an economic tool.", "We welcome them."), " (Jens Stoltenberg)")


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(base_model())


def _words(inputs: Inputs, ids: list[int]) -> str:
    return str(inputs._tokeniser.decode(ids, skip_special_tokens=False))


def test_an_input_is_question_sentences_and_setting(inputs: Inputs) -> None:
    made = inputs("What are sanctions?", PASSAGE)
    assert _words(inputs, made.ids) == (
        "[CLS] what are sanctions? [SEP] sanctions are an economic tool. we welcome them. ( jens stoltenberg ) [SEP]"
    )
    assert [_words(inputs, made.ids[start:end]) for start, end in made.spans] == [
        "sanctions are an economic tool.",
        "we welcome them.",
    ]
    assert made.kinds == [0] * 6 + [1] * (len(made.ids) - 6)


def test_a_long_passage_is_cut_and_a_long_question_keeps_its_end(inputs: Inputs) -> None:
    made = inputs("word " * 200 + "why?", Text(("One two three.", "Four five six.", "Seven.")), limit=6)
    assert made.ids[:2] == [101, inputs("word", PASSAGE).ids[1]]
    assert _words(inputs, made.ids).count("word") == 62
    assert "why?" in _words(inputs, made.ids)
    assert [end - start for start, end in made.spans] == [4, 2]


def test_sentences_that_were_not_read_never_answer_best() -> None:
    reading = ShippedReader().read("What?", [Text(tuple(f"Sentence number {n} is here." for n in range(80)))])[0]
    assert len(reading.answers) == 80
    assert max(reading.answers[60:]) < min(reading.answers[:10])


def test_the_built_in_reader_knows_an_answer_from_a_near_miss() -> None:
    text = Text(("We met in Riga in May 2014.", "More than 600 experts took part in the exercise.", "Thank you all."))
    hit, miss = (
        ShippedReader().read(asked, [text])[0]
        for asked in ("How many specialists joined the exercise?", "How much did the new aircraft carrier cost?")
    )
    assert max(hit.answers) == hit.answers[1]
    assert hit.answers[1] - hit.none > 0 > max(miss.answers) - miss.none


def test_other_weights_than_those_published_are_refused(tmp_path: Path) -> None:
    (tmp_path / "reader.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match="has sha256"):
        ShippedReader(tmp_path / "reader.safetensors").read("What?", [PASSAGE])


def test_the_environment_names_the_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(READER_VARIABLE, raising=False)
    assert isinstance(reader_from_environment(), ShippedReader)
    monkeypatch.setenv(READER_VARIABLE, NO_READER)
    assert reader_from_environment() is None
    monkeypatch.setenv(READER_VARIABLE, str(tmp_path))
    assert isinstance(reader_from_environment(), CrossEncoderReader)
    monkeypatch.delenv(READER_VARIABLE)
    monkeypatch.setattr("qa.reading.READER_FILE", tmp_path / "not-shipped.safetensors")
    assert reader_from_environment() is None


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small cross-encoder with random weights, in a folder."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    torch.manual_seed(2)
    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(str(base_model())).save_pretrained(folder)
    return folder


def test_any_cross_encoder_reads_passages_and_sentences(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    [reading] = CrossEncoderReader(str(cross_encoder)).read("What are sanctions?", [PASSAGE])
    model = CrossEncoder(str(cross_encoder), activation_fn=torch.nn.Identity(), local_files_only=True)
    texts = [" ".join(PASSAGE.sentences), *PASSAGE.sentences]
    expected = model.predict([("What are sanctions?", text) for text in texts], show_progress_bar=False).tolist()
    assert [reading.fit, *reading.answers] == pytest.approx(expected, abs=1e-5)
    assert reading.none == 0.0


def test_a_cross_encoder_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        CrossEncoderReader(str(tmp_path)).read("What?", [PASSAGE])
