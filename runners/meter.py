"""How much text a task's steps have put through the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.flops import Head, Texts, Transformer, training_flops
from runners.features import Batch
from runners.heads import HeadFacts
from runners.shapes import head_shape

NOTHING = Texts(0, 0.0, 0.0)


@dataclass(slots=True)
class Meter:
    """Counts of one task.

    Attributes:
        real: without padding. padded: as computed. targets: what was to be predicted.
    """

    real: Texts = NOTHING
    padded: Texts = NOTHING
    targets: int = 0

    def add(self, batch: Batch, parts: Sequence[Batch | None], targets: int) -> None:
        """Counts a batch and the parts it is computed in."""
        lengths = batch.last + 1
        self.real = _plus(self.real, len(lengths), int(lengths.sum()), int((lengths * lengths).sum()))
        for rows, longest in (part.ids.shape for part in parts if part is not None):
            self.padded = _plus(self.padded, rows, rows * longest, rows * longest**2)
        self.targets += targets

    def flops(self, shape: Transformer, facts: HeadFacts) -> tuple[float, float]:
        """Forward and backward: of the real pieces, and with padding."""
        head = head_shape(facts.form, len(facts.labels))
        return tuple(training_flops(shape, self._head(head, texts), texts).total for texts in (self.real, self.padded))  # type: ignore[return-value]

    def _head(self, head: Head, texts: Texts) -> Head:
        if head.kind != "vocabulary":
            return head
        return replace(head, predicted=self.targets / texts.tokens if texts.tokens else 0.0)

    def state(self) -> list[float]:
        """For a checkpoint."""
        return [
            *(float(v) for t in (self.real, self.padded) for v in (t.texts, t.tokens, t.squares)),
            float(self.targets),
        ]

    def restore(self, state: Sequence[float]) -> None:
        """From a checkpoint."""
        self.real = Texts(int(state[0]), state[1], state[2])
        self.padded = Texts(int(state[3]), state[4], state[5])
        self.targets = int(state[6])


def _plus(texts: Texts, rows: int, tokens: int, squares: int) -> Texts:
    return Texts(texts.texts + rows, texts.tokens + tokens, texts.squares + squares)
