"""Count of tokens that a task's steps have put through the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.flops import TRAINING, HeadShape, TextVolume, TransformerShape, training_flops
from runners.model.features import Batch
from runners.model.shapes import head_shape, left_out
from runners.train.heads import HeadFacts

NOTHING = TextVolume(0, 0.0, 0.0)


@dataclass(slots=True)
class TokenCounter:
    """Counts of one task.

    Attributes:
        real: without padding. padded: as computed. targets: what was to be predicted.
        skipped: pieces that the last layer left out, since no head reads them.
    """

    real: TextVolume = NOTHING
    padded: TextVolume = NOTHING
    targets: int = 0
    skipped: int = 0

    def add(self, batch: Batch, parts: Sequence[Batch | None], targets: int) -> None:
        """Counts a batch and the parts it is computed in."""
        lengths = batch.last + 1
        self.real = _plus(self.real, len(lengths), int(lengths.sum()), int((lengths * lengths).sum()))
        for part in (one for one in parts if one is not None):
            self.padded = _plus(self.padded, *part.computed)
            self.skipped += 0 if part.packing is None else part.packing.skipped
        self.targets += targets

    def flops(self, shape: TransformerShape, facts: HeadFacts, adapters: int = 0) -> tuple[float, float]:
        """Forward and backward, of the real pieces and as computed; `adapters`: weights trained instead of the body."""
        head = head_shape(facts.form, len(facts.labels))
        real, computed = (
            training_flops(shape, self._head(head, t), t, adapters=adapters or None).total
            for t in (self.real, self.padded)
        )
        return real, computed - TRAINING * left_out(shape, self.skipped)

    def _head(self, head: HeadShape, texts: TextVolume) -> HeadShape:
        if head.kind != "vocabulary":
            return head
        return replace(head, predicted=self.targets / texts.tokens if texts.tokens else 0.0)

    def state(self) -> list[float]:
        """For a checkpoint."""
        return [
            *(float(v) for t in (self.real, self.padded) for v in (t.texts, t.tokens, t.squares)),
            float(self.targets),
            float(self.skipped),
        ]

    def restore(self, state: Sequence[float]) -> None:
        """From a checkpoint."""
        self.real = TextVolume(int(state[0]), state[1], state[2])
        self.padded = TextVolume(int(state[3]), state[4], state[5])
        self.targets, self.skipped = int(state[6]), int(state[7])


def _plus(texts: TextVolume, rows: int, tokens: int, squares: int) -> TextVolume:
    return TextVolume(texts.texts + rows, texts.tokens + tokens, texts.squares + squares)
