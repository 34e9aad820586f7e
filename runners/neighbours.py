"""Nearest neighbours, exactly: matrix products in blocks, so that memory does not grow with their number."""

from __future__ import annotations

import torch
from torch import Tensor

ROWS = 2048
COLUMNS = 8192
"""Cosines in memory at once: rows × columns, 64 MiB in float32."""

Found = tuple[Tensor, Tensor]
"""Cosines and places of the k nearest, each of shape (n, k), best first."""


def neighbours(queries: Tensor, candidates: Tensor, k: int) -> Found:
    """The k candidates of greatest cosine.

    Args:
        queries: shape (n, width), unit length.
        candidates: shape (m, width), unit length.
        k: at most m are returned.

    Returns:
        Cosines and places, each of shape (n, min(k, m)), best first.
    """
    best = _Best(queries, min(k, len(candidates)))
    for row, block in _blocks(queries, ROWS):
        for column, part in _blocks(candidates, COLUMNS):
            best.add(row, column, block @ part.T)
    return best.values, best.places


def mutual_neighbours(sources: Tensor, targets: Tensor, k: int) -> tuple[Found, Found]:
    """The k nearest targets of each source, and the k nearest sources of each target, from the same products.

    Args:
        sources: shape (n, width), unit length.
        targets: shape (m, width), unit length.
        k: at most as many as there are.
    """
    forward, backward = _Best(sources, min(k, len(targets))), _Best(targets, min(k, len(sources)))
    for row, block in _blocks(sources, ROWS):
        for column, part in _blocks(targets, COLUMNS):
            cosines = block @ part.T
            forward.add(row, column, cosines)
            backward.add(column, row, cosines.T.contiguous())
    return (forward.values, forward.places), (backward.values, backward.places)


class _Best:
    """The k best candidates so far of every row."""

    def __init__(self, rows: Tensor, k: int) -> None:
        self.values = rows.new_full((len(rows), k), -torch.inf)
        self.places = torch.zeros(len(rows), k, dtype=torch.int64, device=rows.device)

    def add(self, row: int, column: int, cosines: Tensor) -> None:
        """Holds the rows from `row` on against the candidates from `column` on."""
        k, rows = self.values.shape[1], slice(row, row + len(cosines))
        values, places = cosines.topk(min(k, cosines.shape[1]), dim=1)
        if column:
            values = torch.cat([self.values[rows], values], dim=1)
            places = torch.cat([self.places[rows], places + column], dim=1)
            values, at = values.topk(k, dim=1)
            places = places.gather(1, at)
        self.values[rows, : values.shape[1]], self.places[rows, : values.shape[1]] = values, places


def _blocks(vectors: Tensor, size: int) -> list[tuple[int, Tensor]]:
    """Parts of some vectors, each with the number of its first."""
    return [(first, vectors[first : first + size]) for first in range(0, len(vectors), size)]
