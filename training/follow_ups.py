"""Fit the weights of a follow-up's sentences on conversations written over the training briefings.

``python -m training.follow_ups --index DIR`` asks all of ``training/conversations.jsonl``, each with the gold quotes as
history and again with the answers given, and prints the fitted weights, and how often a right sentence comes first by
the weights as they are and, in conversations kept out of the fit, by fitted ones. DIR is an index of those briefings
as text.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from index.search import open_index
from qa import relevance
from qa.answer import Answerer
from qa.followup import leans
from qa.reading import reader_from_environment
from qa.relevance import READ_ON, Weights

if TYPE_CHECKING:
    from torch import Tensor

    from qa.extract import Candidate
    from qa.types import Answer, Message

CONVERSATIONS = Path(__file__).parent / "conversations.jsonl"
NAMES = tuple(field.name for field in fields(Weights))

_ALL = 1000  # sentences compared by meaning: the product takes the best few, by weights that this is to find
_FOLDS = 4
_STEPS, _RATE = 300, 0.05
_LEFT_OUT = ("cosine_in_context", "words", "words_nearby")
"""Features of no weight: fitted they count against a sentence, as the answer before shares most with the question, and
that costs follow-ups that name their subject again.
"""
_SHRUNK = 1e-3  # of the squared distance from the weights as they are


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences read for one follow-up: a row of features each, and which of them answer."""

    conversation: str
    features: Tensor
    right: Tensor


def choices(answerer: Answerer, conversation: dict[str, Any], *, given: bool) -> Iterator[Choice]:
    """The follow-ups of a conversation to which some sentence answers and that lean on the question before."""
    history: list[Message] = []
    for number, turn in enumerate(conversation["turns"]):
        explained = answerer.explain(turn["question"], history=history)
        ranked = explained.ranked
        if number and turn["gold"] and ranked and leans(turn["question"], answerer.roll):
            known = [{**one.features, **dict.fromkeys(_LEFT_OUT, 0.0)} for one in ranked]
            features = torch.tensor([[one.get(name, 0.0) for name in NAMES] for one in known])
            right = torch.tensor([answers(one.candidate, turn["gold"]) for one in ranked])
            yield Choice(conversation["id"], features, right)
        told = "\n".join(_quotes(turn, explained.answer, given=given)) or explained.answer.reason
        history += [{"role": "user", "content": turn["question"]}, {"role": "assistant", "content": told}]


def answers(candidate: Candidate, gold: Sequence[dict[str, str]]) -> bool:
    """Whether a sentence is one of the gold quotes."""
    return any(candidate.doc_id == quote["doc"] and candidate.text == quote["quote"] for quote in gold)


def _quotes(turn: dict[str, Any], answer: Answer, *, given: bool) -> list[str]:
    if given and turn["gold"]:
        return [turn["gold"][0]["quote"]]
    return [citation.quote.text for citation in answer.citations]


def fit(found: Sequence[Choice], start: Tensor) -> Tensor:
    """The weights that make the right sentences likeliest: a conditional logit, drawn a little towards ``start``."""
    weights = start.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    known = [one for one in found if one.right.any()]
    rows = torch.nn.utils.rnn.pad_sequence([one.features for one in known], batch_first=True)
    right = torch.nn.utils.rnn.pad_sequence([one.right for one in known], batch_first=True)
    real = torch.nn.utils.rnn.pad_sequence([torch.ones_like(one.right) for one in known], batch_first=True)
    for _ in range(_STEPS):
        scores = rows @ weights
        all_of_them = torch.logsumexp(scores.masked_fill(~real, float("-inf")), dim=1)
        answering = torch.logsumexp(scores.masked_fill(~right, float("-inf")), dim=1)
        loss = (all_of_them - answering).mean() + _SHRUNK * ((weights - start) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return weights.detach()


def right_within(found: Sequence[Choice], weights: Tensor, many: int) -> int:
    """Of how many follow-ups a right sentence is among the ``many`` best."""
    return sum(bool(one.right[torch.argsort(-(one.features @ weights))[:many]].any()) for one in found)


def cross_validated(found: Sequence[Choice], start: Tensor, many: int) -> int:
    """The same, each conversation by weights that were fitted without it."""
    right = 0
    for fold in range(_FOLDS):
        others = [one for one in found if zlib.crc32(one.conversation.encode()) % _FOLDS != fold]
        own = [one for one in found if zlib.crc32(one.conversation.encode()) % _FOLDS == fold]
        right += right_within(own, fit(others, start), many)
    return right


def main() -> None:
    """Collect, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    relevance.MEANT = _ALL
    answerer = Answerer(open_index(options.index), reader_from_environment())
    conversations = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    found = [
        choice for given in (True, False) for one in conversations for choice in choices(answerer, one, given=given)
    ]
    start = torch.tensor([getattr(READ_ON, name) for name in NAMES])
    for many in (1, 3):
        now, fitted = right_within(found, start, many), cross_validated(found, start, many)
        print(f"right within {many}: {now / len(found):.1%} now, {fitted / len(found):.1%} fitted, of {len(found)}")
    for name, weight in zip(NAMES, fit(found, start).tolist(), strict=True):
        print(f"{name:18} {weight:6.2f}")


if __name__ == "__main__":
    main()
