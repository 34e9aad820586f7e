"""Batches without padding: the real pieces of all texts in one stream, text after text.

Matrix products, norms and activations run over real pieces only, and attention stays within each
text. The last layer goes on only with the pieces whose states the head reads: the first of a text
for its label, the hidden ones for masked language modelling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Reads: TypeAlias = Literal["first", "targets", "all"]
"""States that a head reads: each text's first, those of subwords that have a target, or all."""

Span: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Packing:
    """Places of the texts of a batch in the packed stream; texts of one length lie side by side, the shortest first.

    Attributes:
        places: of the stream's pieces in the padded batch, row after row; shape (pieces,).
        starts: where each text begins in the stream, and the end of the last; shape (texts + 1,).
        spans: texts of one length: first piece in the stream, number of texts, length.
        shortest, longest: lengths.
        read: pieces of the stream whose last states the head reads; None: all.
    """

    places: Tensor
    starts: Tensor
    spans: tuple[Span, ...]
    shortest: int
    longest: int
    read: Tensor | None = None

    @property
    def skipped(self) -> int:
        """Pieces that the last layer leaves out."""
        return 0 if self.read is None else len(self.places) - len(self.read)

    def to(self, device: torch.device) -> Packing:
        """The same on a device."""
        moved = (None if t is None else t.pin_memory().to(device, non_blocking=True) for t in (self.places, self.read))
        places, read = moved
        assert places is not None
        starts = self.starts.pin_memory().to(device, non_blocking=True)
        return replace(self, places=places, starts=starts, read=read)

    def stream(self, padded: Tensor) -> Tensor:
        """Values of a padded batch at its real tokens; shape (rows, longest, …) becomes (tokens, …)."""
        return padded.flatten(0, 1)[self.places]

    def padded(self, stream: Tensor, rows: int, longest: int) -> Tensor:
        """The states that are read, at their places in the padded batch; zeros elsewhere."""
        places = self.places if self.read is None else self.places[self.read]
        empty = stream.new_zeros(rows * longest, stream.shape[1])
        return empty.index_copy(0, places, stream).view(rows, longest, -1)


def packing_of(lengths: NDArray[np.int64], longest: int, wanted: NDArray[np.bool_] | None) -> Packing:
    """The stream of some texts.

    Args:
        lengths: pieces of each text, 1 or more, which stand at the beginning of its row.
        longest: width of the padded batch.
        wanted: which states are read, shape (texts, longest); None: all.
    """
    order = np.argsort(lengths, kind="stable")
    inside = lengths[order]
    starts = np.concatenate([[0], np.cumsum(inside)])
    places = np.repeat(order * longest - starts[:-1], inside) + np.arange(starts[-1])
    length, first, texts = np.unique(inside, return_index=True, return_counts=True)
    spans = zip(starts[first].tolist(), texts.tolist(), length.tolist(), strict=True)
    read = None if wanted is None else torch.from_numpy(np.flatnonzero(wanted.reshape(-1)[places]))
    ends = int(inside[0]), int(inside[-1])
    return Packing(torch.from_numpy(places), torch.from_numpy(starts), tuple(spans), *ends, read)
