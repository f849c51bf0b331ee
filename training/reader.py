"""Train the reader, one model that reads question and passage together and says three things: how well the passage
fits, which of its sentences answer, and whether any does.

``python -m training.reader pretrain`` learns from the briefings: the official's turn that followed a question against
the hard candidates of our own fusion, and questions made by rule with their near misses. ``python -m training.reader
finish`` goes on from there with what people marked (SQuAD 2.0 and CLAPnq), all of it or all but a fold of documents.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.functional import gelu, log_softmax

from index.encode import model_folder
from index.layers import pack
from index.sentences import sentence_spans
from index.settings import BASE_MODEL
from qa.reading import Input, Inputs, Text
from training.briefings import Said, read_briefings
from training.encoder import Examples, LayersEncoder, asked
from training.loop import Recipe, train
from training.network import Network, trained
from training.readings import WRITTEN, Pool, Reading, clapnq, invented, near_miss, squad, written

_WIDTH = 384
_TRAINED_PASSAGE = 144  # tokens of a briefing's turn that are read in training
_CANDIDATES = 4  # hard ones beside each official's turn
_GROUP = 16  # sequences computed together


class Reader(nn.Module):
    """The network with its three heads."""

    def __init__(self, base: Path, weights: Path | None = None) -> None:
        super().__init__()
        self.network = Network(base)
        self.fit = nn.Linear(_WIDTH, 1)
        self.wide = nn.Linear(2 * _WIDTH, _WIDTH)
        self.answer = nn.Linear(_WIDTH, 1)
        self.none_wide = nn.Linear(_WIDTH, _WIDTH)
        self.none = nn.Linear(_WIDTH, 1)
        if weights:
            self._load(trained(weights))

    def _load(self, weights: dict[str, Tensor]) -> None:
        self.network.load_state_dict(
            {name.replace(".", "/"): value.float() for name, value in weights.items() if name.startswith("encoder.")},
            strict=False,
        )
        heads = {name[len("head.") :]: value.float() for name, value in weights.items() if name.startswith("head.")}
        self.load_state_dict(heads, strict=False)

    def weights(self) -> dict[str, Tensor]:
        """Layers under the names of the base's file, heads under ``head.``."""
        heads = {name: value for name, value in self.state_dict().items() if not name.startswith("network.")}
        return self.network.named_weights() | {f"head.{name}": value.float().cpu() for name, value in heads.items()}

    def forward(self, batch: Sequence[Input]) -> list[tuple[Tensor, Tensor]]:
        """For each input its fit, and the logits ``[no sentence answers, sentence 1, ...]``, in float32."""
        tokens = self.network([one.ids for one in batch], [one.kinds for one in batch])
        first = tokens[:, 0]
        fits = self.fit(first).float()[:, 0]
        none = self.none(gelu(self.none_wide(first))).float()[:, 0]
        spans = [(row, start, end) for row, one in enumerate(batch) for start, end in one.spans]
        pooled = torch.stack([tokens[row, start:end].float().mean(0) for row, start, end in spans]).to(tokens.dtype)
        rows = torch.tensor([row for row, _, _ in spans], device=tokens.device)
        hidden = gelu(self.wide(torch.cat([pooled, first[rows]], dim=1)))
        answers = self.answer(hidden).float()[:, 0].split([len(one.spans) for one in batch])
        return [(fits[at], torch.cat([none[at : at + 1], answers[at]])) for at in range(len(batch))]


def exact_loss(logits: Tensor, reading: Reading) -> Tensor:
    """Cross-entropy to the sentences that answer, each an equal share; to "none" where there are none."""
    log = log_softmax(logits, dim=0)
    kept = [at + 1 for at in reading.answers if at + 1 < len(logits)]
    if not reading.answers or not kept:
        return -log[0]
    return -log[kept].mean() if reading.exact else -torch.logsumexp(log[kept], dim=0)


class Lists:
    """Questions of the briefings, each with its answer first and hard candidates behind it."""

    def __init__(self, examples: Examples, inputs: Inputs) -> None:
        self._examples, self._inputs = examples, inputs

    def __len__(self) -> int:
        return len(self._examples.questions)

    def draw(self, row: int, chance: random.Random) -> list[Input]:
        """The answer, then hard candidates."""
        hard = [int(at) for at in self._examples.mined[row] if at >= 0]
        others = chance.sample(hard, min(_CANDIDATES, len(hard)))
        question = asked(self._examples.questions[row].text, chance)
        rows = [self._examples.golds[row], *others]
        return [self._input(question, self._examples.answers[at], chance) for at in rows]

    def _input(self, question: str, turn: Said, chance: random.Random) -> Input:
        setting = turn.setting if chance.random() < 0.5 else ""
        return self._inputs(question, Text(sentences_of(turn.text), setting), limit=_TRAINED_PASSAGE)


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a turn, as the product cuts them."""
    return tuple(text[start:end] for start, end in sentence_spans(text, 0, len(text)))


class WrittenLists:
    """Questions written over passages, each with its passage first and behind it those that the encoder confuses with
    it.
    """

    def __init__(self, readings: Sequence[Reading], inputs: Inputs) -> None:
        self._inputs = inputs
        self._passages = list(dict.fromkeys((reading.sentences, reading.setting) for reading in readings))
        place = {passage: at for at, passage in enumerate(self._passages)}
        self._asked = [reading for reading in readings if reading.answers]
        self._golds = [place[reading.sentences, reading.setting] for reading in self._asked]
        encoder = LayersEncoder(None)
        passages = encoder.encode([" ".join(sentences) for sentences, _ in self._passages])
        self._nearest = np.argsort(-(encoder.encode([one.question for one in self._asked]) @ passages.T), axis=1)

    def draw(self, chance: random.Random) -> tuple[list[Input], Reading]:
        """The inputs, the right passage first, and the reading it stands for."""
        row = chance.randrange(len(self._asked))
        reading, gold = self._asked[row], self._golds[row]
        others = [int(at) for at in self._nearest[row, : 3 * _CANDIDATES] if at != gold]
        rows = [gold, *chance.sample(others, _CANDIDATES)]
        return [self._input(reading.question, at, chance) for at in rows], reading

    def _input(self, question: str, at: int, chance: random.Random) -> Input:
        sentences, setting = self._passages[at]
        return self._inputs(question, Text(sentences, setting if chance.random() < _WITH_SETTING else ""))


_WITH_SETTING = 0.5


class Steps:
    """The losses of each step: some lists of candidates, some readings."""

    def __init__(
        self,
        model: Reader,
        inputs: Inputs,
        lists: Lists,
        readings: Callable[[random.Random, int], list[Reading]],
        *,
        lists_a_step: int,
        seed: int,
        written_lists: WrittenLists | None = None,
    ) -> None:
        self._model, self._inputs, self._lists, self._readings = model, inputs, lists, readings
        self._written = written_lists
        self._many, self._seed = lists_a_step, seed

    def __call__(self, step: int) -> Iterator[Callable[[], Tensor]]:
        chance = random.Random(f"{self._seed}/{step}")
        rows = random.Random(f"{self._seed}/{step * self._many // len(self._lists)}").sample(
            range(len(self._lists)), len(self._lists)
        )
        at = step * self._many % len(self._lists)
        drawn = [self._lists.draw(row, chance) for row in rows[at : at + self._many]]
        for start in range(0, len(drawn), 4):
            yield _later(self._list_loss, drawn[start : start + 4])
        if self._written:
            for _ in range(self._many):
                yield _later(self._written_loss, *self._written.draw(chance))
        chosen = self._readings(chance, step)
        made = [(reading, self._reading_input(reading, chance)) for reading in chosen]
        made.sort(key=lambda pair: len(pair[1].ids))
        for start in range(0, len(made), _GROUP):
            yield _later(self._reading_loss, made[start : start + _GROUP], len(made))

    def _reading_input(self, reading: Reading, chance: random.Random) -> Input:
        setting = reading.setting if chance.random() < _WITH_SETTING else ""
        return self._inputs(reading.question, Text(reading.sentences, setting))

    def _list_loss(self, drawn: Sequence[Sequence[Input]]) -> Tensor:
        flat = sorted(
            ((one, row, at) for row, many in enumerate(drawn) for at, one in enumerate(many)),
            key=lambda entry: len(entry[0].ids),
        )
        found: dict[tuple[int, int], tuple[Tensor, Tensor]] = {}
        for start in range(0, len(flat), _GROUP):
            group = flat[start : start + _GROUP]
            for (_, row, at), out in zip(group, self._model([one for one, _, _ in group]), strict=True):
                found[row, at] = out
        losses = []
        for row, many in enumerate(drawn):
            outs = [found[row, at] for at in range(len(many))]
            losses.append(-log_softmax(torch.stack([fit for fit, _ in outs]), dim=0)[0])
            losses.append(_WEAK * (_somewhere(outs[0][1]) - log_softmax(outs[-1][1], dim=0)[0]))
        return torch.stack(losses).sum() / self._many

    def _written_loss(self, inputs: Sequence[Input], reading: Reading) -> Tensor:
        """The right passage must fit best, its sentences answer, and none of another passage's."""
        outs = self._model(inputs)
        fit = -log_softmax(torch.stack([fit for fit, _ in outs]), dim=0)[0]
        none = torch.stack([-log_softmax(logits, dim=0)[0] for _, logits in outs[1:]]).mean()
        return (fit + exact_loss(outs[0][1], reading) + none) / self._many

    def _reading_loss(self, made: Sequence[tuple[Reading, Input]], total: int) -> Tensor:
        outs = self._model([one for _, one in made])
        losses = [exact_loss(logits, reading) for (reading, _), (_, logits) in zip(made, outs, strict=True)]
        return torch.stack(losses).sum() / total


_WEAK = 0.2  # of the loss: officials evade, so that a turn following a question need not answer it


def _somewhere(logits: Tensor) -> Tensor:
    return -torch.logsumexp(log_softmax(logits, dim=0)[1:], dim=0)


def _later(loss: Callable[..., Tensor], *given: object) -> Callable[[], Tensor]:
    return lambda: loss(*given)


def held_out(readings: Sequence[Reading], fold: int, folds: int) -> set[str]:
    """The documents of a fold: each document is in exactly one, and folds hold about as many readings each."""
    sizes = Counter(reading.document for reading in readings)
    filled, homes = [0] * folds, {}
    for document, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        homes[document] = filled.index(min(filled))
        filled[homes[document]] += size
    return {document for document, home in homes.items() if home == fold}


def marked(data: Path, briefings: Sequence[Sequence[Said]]) -> list[Reading]:
    """Everything with marked sentences: SQuAD 2.0, CLAPnq, and the questions written over the briefings."""
    return [
        *squad(data / "squad2_half" / "dev.json.gz"),
        *clapnq(data / "clapnq_half"),
        *written(WRITTEN, briefings),
    ]


class Invented:
    """Readings made by rule from the officials' turns."""

    def __init__(self, turns: Sequence[Said], many: int) -> None:
        self._turns, self._many = [turn for turn in turns if len(turn.text.split()) > 40], many
        self._pool = Pool([turn.text for turn in self._turns])

    def __call__(self, chance: random.Random, _step: int) -> list[Reading]:
        made: list[Reading] = []
        while len(made) < self._many:
            turn = chance.choice(self._turns)
            sentences = sentences_of(turn.text)
            at = chance.randrange(max(1, len(sentences) - 5))
            reading = invented(sentences[at : at + 7], turn.doc, self._pool, chance)
            made += [reading] if reading else []
        return made


class Marked:
    """Readings that people marked, epoch after epoch, with near misses made from those that answer."""

    def __init__(self, readings: Sequence[Reading], many: int, seed: int) -> None:
        self._readings, self._many, self._seed = readings, many, seed
        self._pool = Pool([sentence for reading in readings[::7] for sentence in reading.sentences])

    def __call__(self, chance: random.Random, step: int) -> list[Reading]:
        per_epoch = len(self._readings) // self._many
        epoch, at = divmod(step, per_epoch)
        order = random.Random(f"{self._seed}/{epoch}").sample(range(len(self._readings)), len(self._readings))
        drawn = [self._readings[row] for row in order[at * self._many : (at + 1) * self._many]]
        misses = [near_miss(one, self._pool, chance) for one in drawn if one.answers and chance.random() < _MISSES]
        return drawn + [one for one in misses if one]


_MISSES = 0.3


def main() -> None:
    """Read the command line, train, write ``reader.safetensors``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=("pretrain", "finish"))
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with wh_briefings/, squad2_half/, clapnq_half/"
    )
    parser.add_argument("--out", type=Path, required=True, help="checkpoints, log and weights go here")
    parser.add_argument("--start", type=Path, help="weights to start from (finish: those of pretrain)")
    parser.add_argument("--fold", type=int, help="hold out this fold of the marked documents")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--lists", type=int, default=12, help="questions of the briefings a step")
    parser.add_argument("--readings", type=int, default=16, help="readings a step")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    folder = model_folder(BASE_MODEL)
    inputs = Inputs(folder)
    briefings = read_briefings(given.data / "wh_briefings" / "train.transcripts.jsonl.gz")
    examples = Examples(briefings, given.out.parent / "mined.npy", encoder=LayersEncoder(None))
    readings: Callable[[random.Random, int], list[Reading]] = Invented(examples.answers, given.readings)
    lists_written = None
    if given.stage == "finish":
        everything = marked(given.data, briefings)
        kept_apart = set() if given.fold is None else held_out(everything, given.fold, given.folds)
        known = [reading for reading in everything if reading.document not in kept_apart]
        readings = Marked(known, given.readings, given.seed)
        lists_written = WrittenLists([reading for reading in known if reading.setting], inputs)
    model = Reader(folder, given.start).to("cuda" if torch.cuda.is_available() else "cpu")
    steps = Steps(
        model,
        inputs,
        Lists(examples, inputs),
        readings,
        lists_a_step=given.lists,
        seed=given.seed,
        written_lists=lists_written,
    )
    train(model, steps, Recipe(steps=given.steps, rate=given.rate, seed=given.seed), given.out)
    save_file(pack(model.weights()), given.out / "reader.safetensors")


if __name__ == "__main__":
    main()
