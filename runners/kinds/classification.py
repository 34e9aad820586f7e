"""Single texts and pairs of texts with one label: NLI, paraphrase, any classification."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from torch import Tensor, nn
from torch.nn import functional

from analysis.scoring import accuracy
from runners.examples import Classified, Dataset
from runners.kinds.kind import Kind, Labels, Scored, SentenceHead, dropout_of, numbers_of
from runners.kinds.rows import paired
from runners.model.features import Batch, Features, ragged
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe


def encode(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> Features:
    """One row per text or pair."""
    examples = [e for e in dataset.examples if isinstance(e, Classified)]
    numbers = numbers_of(labels, dataset)
    rows, segments = paired([(e.first, e.second) for e in examples], tokenizer, recipe.max_length)
    targets = np.array([numbers[e.label] for e in examples], dtype=np.int64)
    return Features(ragged(rows), np.arange(len(examples)), targets, segments=segments)


def head(encoder: Encoder, labels: int) -> nn.Module:
    """A sentence head."""
    return SentenceHead(encoder.shape.width, labels, dropout_of(encoder), encoder.sentence)


def loss(output: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy, summed over texts."""
    return functional.cross_entropy(output.float(), batch.targets, reduction="sum")


def predict(output: Tensor, batch: Batch, recipe: Recipe) -> Sequence[int]:  # noqa: ARG001 — kinds are called alike
    """The likeliest label's number, for each text."""
    found: list[int] = output.argmax(dim=-1).tolist()
    return found


def score(dataset: Dataset, features: Features, found: Sequence[int], labels: Labels) -> Scored:  # noqa: ARG001
    """Accuracy."""
    examples = [e for e in dataset.examples if isinstance(e, Classified)]
    predicted = [labels[i] for i in found]
    predictions = tuple(
        Prediction(e.id, label, float(label == e.label)) for e, label in zip(examples, predicted, strict=True)
    )
    return Scored({"accuracy": accuracy([e.label for e in examples], predicted)}, predictions)


CLASSIFICATION = Kind("classification", encode, head, loss, len, predict, score, reads="first")
