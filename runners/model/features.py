"""Encoded examples, and the batches cut from them: flat arrays, so that a step costs no loop over tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from runners.model.packing import Packing, Reads, packing_of

Ints = NDArray[np.int64]

IGNORED = -100
"""The target of a token that has none."""


@dataclass(frozen=True, slots=True)
class RaggedArray:
    """Rows of different lengths.

    Attributes:
        values: of all rows, one after the other.
        starts: where each row begins, and the end of the last one; shape (rows + 1,).
    """

    values: Ints
    starts: Ints

    @property
    def lengths(self) -> Ints:
        """Length of each row."""
        return np.diff(self.starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ints:
        found: Ints = self.values[self.starts[row] : self.starts[row + 1]]
        return found

    def padded(self, rows: Ints, fill: int) -> Ints:
        """Some rows beside each other, filled up to the longest; shape (rows, longest)."""
        starts, lengths = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        places = np.arange(int(lengths.max(initial=0)))
        at = np.minimum(starts[:, None] + places, len(self.values) - 1)
        found: Ints = self.values[at]
        found[places >= lengths[:, None]] = fill
        return found


def ragged(rows: Iterable[Sequence[int]]) -> RaggedArray:
    """Rows of numbers as one flat array."""
    kept = list(rows)
    starts = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in kept], out=starts[1:])
    return RaggedArray(np.fromiter(chain.from_iterable(kept), dtype=np.int64, count=int(starts[-1])), starts)


@dataclass(frozen=True, slots=True)
class Features:
    """A data set as rows of pieces.

    A unit is what a batch counts: a text, a window of a context, or all options of a question.

    Attributes:
        ids: pieces of each row.
        items: the example each unit belongs to; shape (units,).
        targets: what is to be learnt: one number per unit, shape (units,); first and last piece of
            an answer, shape (units, 2); or one number per piece, `IGNORED` where there is none.
        rows_per_unit: options of a multiple choice; else 1.
        segments: 0 and 1 for first and second text, where the model wants to know.
        contexts: of each row: first piece of the context and the piece after its last, first piece where an
            answer may begin and the piece after the last such; shape (units, 4), spans only.
        places: first and last character (excluded) of each piece in the context (spans only);
            shape (pieces, 2), row by row as in `ids`.
    """

    ids: RaggedArray
    items: Ints
    targets: Ints | RaggedArray
    rows_per_unit: int = 1
    segments: RaggedArray | None = None
    contexts: Ints | None = None
    places: Ints | None = None

    @property
    def lengths(self) -> Ints:
        """Pieces of the longest row of each unit; shape (units,)."""
        longest: Ints = self.ids.lengths.reshape(-1, self.rows_per_unit).max(axis=1)
        return longest

    def __len__(self) -> int:
        return len(self.items)

    def rows(self, units: Ints) -> Ints:
        """The rows of some units."""
        k = self.rows_per_unit
        return units if k == 1 else (units[:, None] * k + np.arange(k)).reshape(-1)


def joined(parts: Sequence[Features]) -> Features:
    """Rows of running text, whose targets are its own pieces, one part after the other; items are numbered through."""
    ids = RaggedArray(
        np.concatenate([part.ids.values for part in parts]), _shifted([part.ids.starts for part in parts])
    )
    counts = np.cumsum([0, *(part.items.max(initial=-1) + 1 for part in parts)])
    items = np.concatenate([part.items + first for part, first in zip(parts, counts, strict=False)])
    return Features(ids, items, ids)


def _shifted(starts: Sequence[Ints]) -> Ints:
    """Starts of rows, part after part."""
    before = np.cumsum([0, *(part[-1] for part in starts)])
    moved = [part[:-1] + first for part, first in zip(starts, before, strict=False)]
    return np.concatenate([*moved, before[-1:]])


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that go through the model together.

    Attributes:
        ids: pieces, shape (rows, longest). mask: 1 at real pieces, same shape.
        targets: as in `Features`, padded to the same length where there is one per piece.
        last: place of each row's last real piece.
        rows_per_unit: options of a multiple choice; else 1.
        contexts: as in `Features`.
        packing: the same rows without padding, where the model computes them so.
        chosen: places of the pieces that have a target, row after row; None: not looked up yet.
    """

    ids: Tensor
    mask: Tensor
    targets: Tensor
    last: Tensor
    segments: Tensor | None = None
    rows_per_unit: int = 1
    contexts: Tensor | None = None
    packing: Packing | None = None
    chosen: Tensor | None = None

    @property
    def per_piece(self) -> bool:
        """True if targets belong to subwords and not to rows."""
        return self.targets.ndim == 2 and self.targets.shape == self.ids.shape and self.contexts is None

    @property
    def computed(self) -> tuple[int, int, int]:
        """Rows, pieces and the sum of squared lengths that go through the model."""
        if self.packing is not None:
            lengths = self.last + 1
            return len(lengths), int(lengths.sum()), int((lengths * lengths).sum())
        rows, longest = self.ids.shape
        return rows, rows * longest, rows * longest**2

    def packed(self, reads: Reads) -> Batch:
        """The batch with its rows also as one stream without padding."""
        longest = self.ids.shape[1]
        wanted = None
        if reads == "first":
            wanted = np.broadcast_to(np.arange(longest) == 0, self.ids.shape)
        elif reads == "targets":
            wanted = (self.targets != IGNORED).numpy()
        return replace(self, packing=packing_of(self.last.numpy() + 1, longest, wanted))

    def at_targets(self, values: Tensor) -> Tensor:
        """Selects from values of shape (rows, longest, …) those at subwords that have a target, row after row."""
        return values[self.targets != IGNORED] if self.chosen is None else values.flatten(0, 1)[self.chosen]

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device, copied while the device computes; no later step has to wait for it."""
        if device.type == "cpu":
            return self
        chosen = (self.targets != IGNORED).flatten().nonzero()[:, 0] if self.per_piece else None

        def move(tensor: Tensor | None) -> Tensor | None:
            return None if tensor is None else tensor.pin_memory().to(device, non_blocking=True)

        ids, mask, targets, last = (
            t.pin_memory().to(device, non_blocking=True) for t in (self.ids, self.mask, self.targets, self.last)
        )
        packing = None if self.packing is None else self.packing.to(device)
        rest = (move(self.segments), self.rows_per_unit, move(self.contexts), packing, move(chosen))
        return Batch(ids, mask, targets, last, *rest)

    def parts(self, groups: int, processes: int) -> list[list[Batch | None]]:
        """The batch in parts of like lengths, each split among processes; None where nothing is left.

        Returns:
            Shape (groups, processes); parts are trimmed to their longest row.
        """
        if groups * processes == 1:
            return [[self]]
        units = len(self.last) // self.rows_per_unit
        split = np.array_split(np.arange(units), groups)
        return [[self._some(group[i::processes]) for i in range(processes)] for group in split]

    def _some(self, units: Ints) -> Batch | None:
        if not len(units):
            return None
        rows = torch.from_numpy((units[:, None] * self.rows_per_unit + np.arange(self.rows_per_unit)).reshape(-1))
        last = self.last[rows]
        longest = int(last.max()) + 1
        return Batch(
            ids=self.ids[rows, :longest],
            mask=self.mask[rows, :longest],
            targets=self.targets[rows, :longest] if self.per_piece else self.targets[torch.from_numpy(units)],
            last=last,
            segments=None if self.segments is None else self.segments[rows, :longest],
            rows_per_unit=self.rows_per_unit,
            contexts=None if self.contexts is None else self.contexts[rows],
        )


def collate(features: Features, units: Ints, pad: int) -> Batch:
    """A batch of some units, padded to their longest row."""
    rows = features.rows(units)
    ids = features.ids.padded(rows, pad)
    lengths = features.ids.starts[rows + 1] - features.ids.starts[rows]
    mask = (np.arange(ids.shape[1]) < lengths[:, None]).astype(np.int64)
    targets = features.targets
    return Batch(
        ids=torch.from_numpy(ids),
        mask=torch.from_numpy(mask),
        targets=torch.from_numpy(targets.padded(rows, IGNORED) if isinstance(targets, RaggedArray) else targets[units]),
        last=torch.from_numpy(lengths - 1),
        segments=None if features.segments is None else torch.from_numpy(features.segments.padded(rows, 0)),
        rows_per_unit=features.rows_per_unit,
        contexts=None if features.contexts is None else torch.from_numpy(features.contexts[rows]),
    )
