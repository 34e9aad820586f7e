"""Nearest neighbours, exactly: matrix products in blocks, so that memory does not grow with their number."""

from __future__ import annotations

import torch
from torch import Tensor

ROWS = 2048
COLUMNS = 8192
"""Cosines in memory at once: rows × columns, 64 MiB in float32."""

GROUP = 64
"""Neighbouring cosines of which the greatest is looked for first; a divisor of both sides of a block."""

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
            best.add(row, column, *greatest(block @ part.T, min(best.k, len(part))))
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
            forward.add(row, column, *greatest(cosines, min(forward.k, len(part))))
            backward.add(column, row, *greatest_below(cosines, min(backward.k, len(block))))
    return (forward.values, forward.places), (backward.values, backward.places)


def greatest(cosines: Tensor, k: int) -> Found:
    """The k greatest of each row, with their places.

    The k greatest lie in the k groups with the greatest maxima, so that only those are sorted: a
    maximum is found several times faster than an order.
    """
    groups = cosines.shape[1] // GROUP
    if cosines.shape[1] % GROUP or groups <= 4 * k:
        values, places = cosines.topk(k, dim=1)
        return values, places
    grouped = cosines.view(-1, groups, GROUP)
    chosen = grouped.amax(dim=2).topk(k, dim=1).indices
    inside = grouped.gather(1, chosen[:, :, None].expand(-1, -1, GROUP)).flatten(1)
    values, at = inside.topk(k, dim=1)
    return values, chosen.gather(1, at // GROUP) * GROUP + at % GROUP


def greatest_below(cosines: Tensor, k: int) -> Found:
    """The k greatest of each column, with their places, shape (columns, k): as `greatest` of the transposed block.

    Maxima are taken as the block lies in memory; to turn it would take longer than all the rest.
    """
    groups = cosines.shape[0] // GROUP
    if cosines.shape[0] % GROUP or groups <= 4 * k:
        return greatest(cosines.T.contiguous(), k)
    grouped = cosines.view(groups, GROUP, -1)
    chosen = grouped.amax(dim=1).T.topk(k, dim=1).indices
    inside = grouped.gather(0, chosen.T[:, None, :].expand(-1, GROUP, -1)).flatten(0, 1).T
    values, at = inside.topk(k, dim=1)
    return values, chosen.gather(1, at // GROUP) * GROUP + at % GROUP


class _Best:
    """The k best candidates so far of every row."""

    def __init__(self, rows: Tensor, k: int) -> None:
        self.k = k
        self.values = rows.new_full((len(rows), k), -torch.inf)
        self.places = torch.zeros(len(rows), k, dtype=torch.int64, device=rows.device)

    def add(self, row: int, column: int, values: Tensor, places: Tensor) -> None:
        """Takes in the best of the candidates from `column` on, for the rows from `row` on."""
        rows = slice(row, row + len(values))
        if column:
            values = torch.cat([self.values[rows], values], dim=1)
            places = torch.cat([self.places[rows], places + column], dim=1)
            values, at = values.topk(self.k, dim=1)
            places = places.gather(1, at)
        self.values[rows, : values.shape[1]], self.places[rows, : values.shape[1]] = values, places


def _blocks(vectors: Tensor, size: int) -> list[tuple[int, Tensor]]:
    """Parts of some vectors, each with the number of its first."""
    return [(first, vectors[first : first + size]) for first in range(0, len(vectors), size)]
