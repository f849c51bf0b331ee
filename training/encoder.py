"""Tune the encoder so that a question finds its answer: ``python -m training.encoder --data DIR --out DIR``.

Contrastive, with the other answers of the batch and mined hard negatives as what must score lower (InfoNCE, van den
Oord et al. 2018; temperature as all-MiniLM-L6-v2 was trained, 1/20). Questions are asked at full length, or as their
last sentence alone, so that short questions are learnt too; answers with and without the words the product adds.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax, normalize
from tqdm import tqdm

from index.bert import BertModel
from index.encode import TOKENS_A_BATCH, Encoder, model_folder, native_precision, normalised
from index.layers import pack
from index.sentences import sentence_spans
from index.settings import BASE_MODEL
from training.briefings import Said, pairs, read_briefings
from training.loop import Recipe, train
from training.mine import mine
from training.network import Network, means, trained
from training.readings import WRITTEN, Reading, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SCALE = 20.0
_TOKENS = 128
_HARDEST = 30  # of the mined: a negative is drawn from among these
_LAST_SENTENCE, _WITH_SETTING = 0.3, 0.5  # shares of the examples
_IN_CONTEXT = 0.4  # share of the passages whose sentences are encoded behind the one before
_TUNED = 0.8  # share of the tuned weights in those shipped
_SHORT = 6  # words: a shorter last sentence ("Why?") names no subject


class Examples:
    """Every question with its answer and a hard negative, as texts; drawn anew in each epoch."""

    def __init__(
        self, briefings: Sequence[Sequence[Said]], cache: Path, *, encoder: Encoder, others: Sequence[Reading] = ()
    ) -> None:
        self._encoder, self._others = encoder, [reading for reading in others if reading.answers]
        found = [pair for briefing in briefings for pair in pairs(briefing)]
        self.answers = [turn for briefing in briefings for turn in briefing if not turn.asks]
        place = {(turn.doc, turn.at): row for row, turn in enumerate(self.answers)}
        self.questions = [pair.question for pair in found]
        self.golds = [place[pair.answer.doc, pair.answer.at] for pair in found]
        self.mined = self._mined(cache)

    def _mined(self, cache: Path) -> NDArray[np.int32]:
        if cache.is_file():
            return np.asarray(np.load(cache), dtype=np.int32)
        with tqdm(total=len(self.questions), desc="mining") as bar:
            mined = mine(self.questions, self.golds, self.answers, self._encoder, lambda at, _: bar.update(at - bar.n))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.save(cache, mined)
        return mined

    def draw(self, row: int, chance: random.Random) -> tuple[str, str, str]:
        """A question, its answer and a hard negative."""
        hard = [at for at in self.mined[row, :_HARDEST] if at >= 0]
        negative = self.answers[chance.choice(hard) if hard else chance.randrange(len(self.answers))]
        return (
            asked(self.questions[row].text, chance),
            _passage(self.answers[self.golds[row]], chance),
            _passage(negative, chance),
        )

    def draw_readings(self, many: int, chance: random.Random) -> list[tuple[Reading, list[str]]]:
        """``many`` questions written over passages, with the sentences of their passage as the product encodes them:
        alone, or after the sentence before.
        """
        drawn = chance.sample(self._others, min(many, len(self._others)))
        return [
            (one, in_context(one.sentences) if chance.random() < _IN_CONTEXT else [*one.sentences]) for one in drawn
        ]


def in_context(sentences: Sequence[str]) -> list[str]:
    """Each sentence behind the one before it."""
    return [f"{before} {one}".strip() for before, one in zip(("", *sentences), sentences, strict=False)]


def asked(text: str, chance: random.Random) -> str:
    """The question whole, or now and then only its last sentence."""
    start, end = sentence_spans(text, 0, len(text))[-1]
    last = text[start:end]
    return last if len(last.split()) >= _SHORT and chance.random() < _LAST_SENTENCE else text


def _passage(turn: Said, chance: random.Random) -> str:
    return turn.text + turn.setting if chance.random() < _WITH_SETTING else turn.text


class LayersEncoder:
    """The base model with the layers in a file, the base model itself for ``None``, as the product would encode."""

    def __init__(self, layers: Path | None) -> None:
        weights = trained(layers) if layers else None
        self._model = BertModel(model_folder(BASE_MODEL), bf16=native_precision() == "bf16", layers=weights)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1."""
        return normalised(self._model.encode(texts, budget=TOKENS_A_BATCH))


class Batches:
    """The losses of each step, in batches of ``size`` questions."""

    def __init__(
        self, model: Network, tokeniser: Tokenizer, examples: Examples, *, size: int, readings: int, seed: int
    ) -> None:
        self._model, self._tokeniser, self._examples = model, tokeniser, examples
        self._size, self._readings, self._seed = size, readings, seed
        self._per_epoch = len(examples.questions) // size

    def steps(self, epochs: float) -> int:
        """How many steps ``epochs`` take."""
        return round(self._per_epoch * epochs)

    def __call__(self, step: int) -> list[Callable[[], Tensor]]:
        epoch, at = divmod(step, self._per_epoch)
        order = list(range(len(self._examples.questions)))
        random.Random(f"{self._seed}/{epoch}").shuffle(order)
        chance = random.Random(f"{self._seed}/{step}")
        rows = order[at * self._size : (at + 1) * self._size]
        texts = [self._examples.draw(row, chance) for row in rows]
        readings = self._examples.draw_readings(self._readings, chance)
        parts = [lambda: self._loss(texts)]
        return [*parts, lambda: self._sentence_loss(readings)] if readings else parts

    def _loss(self, texts: Sequence[tuple[str, str, str]]) -> Tensor:
        questions, answers, negatives = zip(*texts, strict=True)
        vectors = self._vectors([*questions, *answers, *negatives])
        n = len(texts)
        fit = _SCALE * vectors[:n] @ vectors[n:].T
        target = torch.arange(n, device=fit.device)
        return (cross_entropy(fit, target) + cross_entropy(fit[:, :n].T, target)) / 2

    def _sentence_loss(self, readings: Sequence[tuple[Reading, list[str]]]) -> Tensor:
        """The sentences that answer against all other sentences of all passages drawn."""
        questions = [reading.question for reading, _ in readings]
        vectors = self._vectors([*questions, *(one for _, sentences in readings for one in sentences)])
        n, begins, losses = len(questions), len(questions), []
        log = log_softmax(_SCALE * vectors[:n] @ vectors[n:].T, dim=1)
        for row, (reading, sentences) in enumerate(readings):
            losses.append(-log[row, [begins - n + at for at in sorted(reading.answers)]].mean())
            begins += len(sentences)
        return torch.stack(losses).mean()

    def _vectors(self, texts: Sequence[str]) -> Tensor:
        """Unit vectors, computed in groups of like length so that little is padded."""
        tokens = [found.ids for found in self._tokeniser.encode_batch_fast(list(texts))]
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        groups = [order[at : at + 32] for at in range(0, len(order), 32)]
        rows = []
        for group in groups:
            batch = [tokens[row] for row in group]
            rows.append(means(self._model(batch), [len(ids) for ids in batch]))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return normalize(torch.cat(rows)[back], dim=1)


def main() -> None:
    """Read the command line, train, write ``encoder.safetensors``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with wh_briefings/")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints, log and weights go here")
    parser.add_argument("--start", type=Path, help="layers to go on from, and to mine with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=float, default=1.5)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--readings", type=int, default=0, help="written questions a step, each with its sentences")
    parser.add_argument("--mined", type=Path, help="where hard negatives are kept (default: OUT/mined.npy)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    folder = model_folder(BASE_MODEL)
    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokeniser.no_padding()
    tokeniser.enable_truncation(max_length=_TOKENS)
    briefings = read_briefings(given.data / "wh_briefings" / "train.transcripts.jsonl.gz")
    others = written(WRITTEN, briefings) if given.readings else ()
    examples = Examples(
        briefings, given.mined or given.out / "mined.npy", encoder=LayersEncoder(given.start), others=others
    )
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Network(folder, given.start).to(device)
    batches = Batches(model, tokeniser, examples, size=given.batch, readings=given.readings, seed=given.seed)
    recipe = Recipe(steps=batches.steps(given.epochs), rate=given.rate, seed=given.seed)
    train(model, batches, recipe, given.out)
    save_file(pack(mixed(model.named_weights(), Network(folder).named_weights())), given.out / "encoder.safetensors")


def mixed(tuned: Mapping[str, Tensor], base: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Tuned weights moved a fifth of the way back to the base's: most of what was lost elsewhere returns.

    Wortsman et al. 2022, "Robust fine-tuning of zero-shot models". docs/training.md has what it gives and costs.
    """
    return {name: _TUNED * weight + (1 - _TUNED) * base[name] for name, weight in tuned.items()}


if __name__ == "__main__":
    main()
