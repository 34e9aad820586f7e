"""The relative covariance factor Λ of the effects beside the lead, from their parameters θ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analysis.stats.arrays import Floats
    from analysis.stats.mixed_design import Effects, MixedDesign


def factors_of(design: MixedDesign, theta: Floats) -> list[Floats]:
    """The lower triangular T of each factor, (effects, effects)."""
    triangles = [np.zeros((e.columns.shape[1], e.columns.shape[1])) for e in design.effects]
    for value, (factor, row, column) in zip(theta, design.parameters, strict=True):
        triangles[factor][row, column] = value
    return triangles


@dataclass(frozen=True, slots=True)
class Lambda:
    """Λ, (q, q).

    Attributes:
        diagonal: (q,), its diagonal.
        below: effects of correlated factors with their T, whose Λ has more than a diagonal.
    """

    diagonal: Floats
    below: tuple[tuple[Effects, Floats], ...]

    def transposed_times(self, values: Floats) -> Floats:
        """Λᵀ values."""
        result: Floats = self.diagonal[:, None] * values
        for e, triangle in self.below:
            for row, column in np.argwhere(np.tri(len(triangle), k=-1)).tolist():
                result[e.block(column)] += triangle[row, column] * values[e.block(row)]
        return result

    def times(self, values: Floats) -> Floats:
        """Λ values."""
        result: Floats = self.diagonal[:, None] * values
        for e, triangle in self.below:
            for row, column in np.argwhere(np.tri(len(triangle), k=-1)).tolist():
                result[e.block(row)] += triangle[row, column] * values[e.block(column)]
        return result

    def around(self, gram: Floats) -> Floats:
        """Λᵀ gram Λ, for a symmetric gram."""
        if self.below:
            return self.transposed_times(self.transposed_times(gram).T)
        result: Floats = gram * self.diagonal
        result *= self.diagonal[:, None]
        return result


def lambda_of(design: MixedDesign, theta: Floats) -> Lambda:
    """Λ of the effects beside the lead."""
    triangles = factors_of(design, theta)
    diagonal = np.empty(len(design.gram))
    correlated = []
    for e, triangle in zip(design.effects, triangles, strict=True):
        for c, start in enumerate(e.starts):
            if start >= 0:
                diagonal[e.block(c)] = triangle[c, c]
        if e.correlated:
            correlated.append((e, triangle))
    return Lambda(diagonal, tuple(correlated))
