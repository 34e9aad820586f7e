"""Multiple choice: every option is read with the text, one number each, the highest wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from torch import Tensor, nn
from torch.nn import functional

from analysis.errors import InputError
from analysis.scoring import accuracy
from runners.examples import Choice, Dataset
from runners.kinds.kind import Kind, Labels, Scored, SentenceHead, dropout_of
from runners.kinds.rows import paired
from runners.model.features import Batch, Features, ragged
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe


def encode(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> Features:  # noqa: ARG001
    """As many rows per example as it has options.

    Raises:
        InputError: examples differ in their number of options.
    """
    examples = [e for e in dataset.examples if isinstance(e, Choice)]
    options = {len(e.options) for e in examples}
    if len(options) > 1:
        raise InputError(
            f"{dataset.task} ({dataset.language}, {dataset.split})",
            f"examples have {', '.join(map(str, sorted(options)))} options; all need the same number",
        )
    texts = [(f"{e.first} {e.second}".strip(), option) for e in examples for option in e.options]
    rows, segments = paired(texts, tokenizer, recipe.max_length)
    targets = np.array([e.label for e in examples], dtype=np.int64)
    return Features(ragged(rows), np.arange(len(examples)), targets, max(options, default=1), segments)


def head(encoder: Encoder, labels: int) -> nn.Module:  # noqa: ARG001
    """A sentence head with one output, whatever the number of options."""
    return SentenceHead(encoder.shape.width, 1, dropout_of(encoder), encoder.sentence)


def loss(output: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy over the options, summed over questions."""
    return functional.cross_entropy(output.float().view(-1, batch.rows_per_unit), batch.targets, reduction="sum")


def predict(output: Tensor, batch: Batch, recipe: Recipe) -> Sequence[int]:  # noqa: ARG001
    """The best option of each question, from 0."""
    found: list[int] = output.view(-1, batch.rows_per_unit).argmax(dim=-1).tolist()
    return found


def score(dataset: Dataset, features: Features, found: Sequence[int], labels: Labels) -> Scored:  # noqa: ARG001
    """Accuracy."""
    examples = [e for e in dataset.examples if isinstance(e, Choice)]
    predictions = tuple(Prediction(e.id, str(i), float(i == e.label)) for e, i in zip(examples, found, strict=True))
    return Scored({"accuracy": accuracy([e.label for e in examples], list(found))}, predictions)


CHOICE = Kind("choice", encode, head, loss, len, predict, score, reads="first")
