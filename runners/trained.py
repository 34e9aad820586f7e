"""Results of training and evaluation: plain frozen records without torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from runners.examples import Dataset


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task to train on, and what chooses the best weights; `dev` None: the last ones are kept."""

    train: Dataset
    dev: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """Prediction for one item.

    Attributes:
        item: id of the example. said: label, tags, answer or id of the match.
        correct: 0 to 1: whether it is right; for spans F1, for tags the share of right ones, for
            rankings the average precision; None where there is nothing to compare with.
    """

    item: str
    said: str
    correct: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores on one data set.

    Attributes:
        scores: metric id → score, in points (perplexity: as it is).
        n_items: examples, queries or, of a bitext, sentences in the language evaluated (BUCC: all of
            them, not the pairs among them).
        predictions: one per item; of mined pairs one per pair that is found.
        flops: of the forward passes, padding included.
        settings: what else decides the score: layer, pooling, threshold and the split it was chosen on.
    """

    scores: dict[str, float]
    n_items: int
    predictions: tuple[Prediction, ...]
    flops: float
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a stage of training.

    Attributes:
        step, steps: optimiser steps done, and of all. loss: of the last step looked at; NaN before there is one.
        tokens_per_second: real pieces, since the stage (or its continuation) began.
    """

    step: int
    steps: int
    loss: float
    tokens_per_second: float


@dataclass(frozen=True, slots=True)
class EvalStep:
    """One look at the development split: the mean of the tasks' first scores, and each task's scores."""

    step: int
    mean: float
    scores: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """A stage that is done.

    Attributes:
        folder: holds `encoder/`, heads.safetensors, heads.json.
        steps: optimiser steps done. planned: had it not stopped early.
        tokens_real, tokens_padded: pieces that went through the encoder in training.
        flops_real: forward and backward of the real pieces; flops_executed: with padding;
            flops_evaluation: of the looks at the development split.
        best_step: the step whose weights were kept; the last where there is no development split.
        looks: at the development split, in order.
        losses: (step, loss) of a sample of the steps, per predicted target.
        wall_seconds: all attempts together.
        reused_heads: tasks whose head was taken over from the stage before, or from the checkpoint (mlm).
        precision: in which it was computed; a CPU computes in float32 whatever the recipe says.
        layout: with padding or without.
        embeddings: whether word vectors were moved `late` or `dense`, and why.
        device: its name. threads: of the CPU.
    """

    folder: Path
    steps: int
    planned: int
    tokens_real: int
    tokens_padded: int
    flops_real: float
    flops_executed: float
    flops_evaluation: float
    best_step: int
    looks: tuple[EvalStep, ...]
    losses: tuple[tuple[int, float], ...]
    wall_seconds: float
    reused_heads: tuple[str, ...]
    precision: str
    layout: str
    embeddings: str
    device: str
    threads: int

    @property
    def dev_scores(self) -> dict[str, dict[str, float]]:
        """Task → scores of the weights that were kept; empty without a development split."""
        return next((look.scores for look in self.looks if look.step == self.best_step), {})
