"""Masked language modelling: running text, some pieces hidden, the vocabulary to choose from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from runners.examples import Dataset, SentenceExample
from runners.kinds.kind import Kind, Labels, Scored
from runners.kinds.rows import windows
from runners.model.features import IGNORED, Batch, Features, ragged
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe


class MaskedHead(nn.Module):
    """A square layer, a norm and the vocabulary, at the hidden pieces only (as XLM-R's).

    The projection is tied to the encoder's word vectors, which stay the encoder's; where they are narrower
    than its states (RemBERT, ALBERT), the layer maps to their width.
    """

    def __init__(self, width: int, words: nn.Parameter) -> None:
        super().__init__()
        narrow = words.shape[1]
        self.dense, self.layer_norm = nn.Linear(width, narrow), nn.LayerNorm(narrow)
        self.bias = nn.Parameter(torch.zeros(len(words)))
        self._words = [words]  # in a list, so that it is not counted among this module's own

    def forward(self, hidden: Tensor, batch: Batch) -> Tensor:
        """Shape (hidden pieces, vocabulary)."""
        states = batch.at_targets(hidden)
        states = self.layer_norm(functional.gelu(self.dense(states)))
        return functional.linear(states, self._words[0], self.bias)


def encode(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> Features:  # noqa: ARG001
    """One row per text, or several where it is too long; nothing is packed, so no text sees another."""
    texts = [e for e in dataset.examples if isinstance(e, SentenceExample)]
    room = recipe.max_length - len(tokenizer.prefix) - len(tokenizer.suffix)
    rows, items = [], []
    for item, pieces in enumerate(tokenizer.encode(e.text for e in texts)):
        for first, end in windows(len(pieces), room, room):
            rows.append([*tokenizer.prefix, *pieces[first:end], *tokenizer.suffix])
            items.append(item)
    ids = ragged(rows)
    return Features(ids, np.array(items, dtype=np.int64), ids)


def head(encoder: Encoder, labels: int) -> nn.Module:  # noqa: ARG001
    """A tied vocabulary head."""
    return MaskedHead(encoder.shape.width, encoder.words)


def loss(output: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy, summed over hidden pieces."""
    return functional.cross_entropy(output.float(), batch.at_targets(batch.targets), reduction="sum")


def count(targets: Tensor) -> int:
    """Hidden pieces."""
    return int((targets != IGNORED).sum())


def predict(output: Tensor, batch: Batch, recipe: Recipe) -> Sequence[tuple[float, int]]:  # noqa: ARG001
    """Loss and number of the hidden pieces of each row."""
    hidden = batch.targets != IGNORED
    losses = functional.cross_entropy(output.float(), batch.targets[hidden], reduction="none").cpu().double()
    row_of = hidden.nonzero()[:, 0].cpu()
    sums = torch.zeros(len(hidden), dtype=torch.float64).index_add_(0, row_of, losses)
    return list(zip(sums.tolist(), hidden.sum(dim=1).tolist(), strict=True))


def score(dataset: Dataset, features: Features, found: Sequence[tuple[float, int]], labels: Labels) -> Scored:  # noqa: ARG001
    """Perplexity of the hidden pieces."""
    total, number = sum(part for part, _ in found), sum(n for _, n in found)
    sums = np.zeros((len(dataset.examples), 2))
    np.add.at(sums, features.items, np.array(found).reshape(-1, 2))
    predictions = tuple(
        Prediction(e.id, f"{value / n:.4f}" if n else "", None)
        for e, (value, n) in zip(dataset.examples, sums, strict=True)
    )
    return Scored({"perplexity": math.exp(total / max(number, 1))}, predictions)


MLM = Kind("text", encode, head, loss, count, predict, score, higher_is_better=False, reads="targets")
