"""Protocol of a kind of task: examples become rows, rows a loss, and outputs scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from analysis.errors import InputError
from runners.examples import Dataset, Form
from runners.model.features import Batch, Features
from runners.model.packing import Reads
from runners.trained import Prediction

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.model.subwords import Tokenizer
    from runners.recipe import Recipe

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Metrics computed from predictions.

    Attributes:
        scores: metric id → score; the first is the one that early stopping looks at.
        predictions: one per example, in the order of the data set.
    """

    scores: dict[str, float]
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """The code of one form of task.

    Attributes:
        encode: data set, labels in the head's order, tokenizer and recipe → rows of pieces.
        head: encoder and number of labels → module, called with hidden states and batch.
        loss: output of the head and batch → sum over everything that was to be predicted.
        count: targets of a batch → how much that was.
        predict: output, batch and recipe → what is found for each unit.
        score: data set, rows, what was found for each unit, and labels → scores.
        higher_is_better: of the first score.
        reads: which of the encoder's states the head reads.
    """

    form: Form
    encode: Callable[[Dataset, Labels, Tokenizer, Recipe], Features]
    head: Callable[[Encoder, int], nn.Module]
    loss: Callable[[Any, Batch], Tensor]
    count: Callable[[Tensor], int]
    predict: Callable[[Any, Batch, Recipe], Sequence[Any]]
    score: Callable[[Dataset, Features, Sequence[Any], Labels], Scored]
    higher_is_better: bool = True
    reads: Reads = "all"


def numbers_of(labels: Labels, dataset: Dataset) -> dict[str, int]:
    """Label → its number.

    Raises:
        InputError: the data set has a label that the head does not know.
    """
    if strange := [label for label in dataset.labels if label not in labels]:
        raise InputError(
            f"{dataset.task} ({dataset.language}, {dataset.split})",
            f"label {strange[0]!r} is not among those of the head: {', '.join(labels)}",
        )
    return {label: i for i, label in enumerate(labels)}


class SentenceHead(nn.Module):
    """A square layer and the labels, on the state that stands for the text (as RoBERTa's head)."""

    def __init__(self, width: int, labels: int, dropout: float, place: str) -> None:
        super().__init__()
        self.dense, self.labels = nn.Linear(width, width), nn.Linear(width, labels)
        self.dropout, self.place = nn.Dropout(dropout), place

    def forward(self, hidden: Tensor, batch: Batch) -> Tensor:
        """Shape (rows, labels)."""
        state = (
            hidden[:, 0]
            if self.place == "first"
            else hidden[torch.arange(len(hidden), device=hidden.device), batch.last]
        )
        state = torch.tanh(self.dense(self.dropout(state)))
        return self.labels(self.dropout(state))  # type: ignore[no-any-return]


class TokenHead(nn.Module):
    """The labels, on every state."""

    def __init__(self, width: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.labels, self.dropout = nn.Linear(width, labels), nn.Dropout(dropout)

    def forward(self, hidden: Tensor, batch: Batch) -> Tensor:  # noqa: ARG002 — heads are called alike
        """Shape (rows, length, labels)."""
        return self.labels(self.dropout(hidden))  # type: ignore[no-any-return]


def dropout_of(encoder: Encoder) -> float:
    """The encoder's own, which its heads share."""
    names = ("classifier_dropout", "hidden_dropout_prob", "dropout", "dropout_rate", "resid_pdrop")
    found = next((encoder.config[name] for name in names if encoder.config.get(name) is not None), 0.1)
    return float(found)


def refresh(head: nn.Module, generator: torch.Generator) -> None:
    """Draws the head's weights anew, so that they follow from the seed alone."""
    for module in head.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02, generator=generator)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
