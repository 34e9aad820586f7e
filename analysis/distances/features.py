"""Distances from feature vectors of languages, such as those of lang2vec."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.distances.table import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.stats.arrays import Floats

Measure = Literal["hamming", "cosine"]

LEAST_SHARED = 10
"""Features that two languages must both have before their distance is believed."""


def hamming(first: Floats, second: Floats) -> float:
    """Mean absolute difference over the features that both have; NaN with fewer than `LEAST_SHARED`.

    Args:
        first: (features,), from 0 to 1, NaN where unknown.
        second: likewise.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    if np.count_nonzero(both) < LEAST_SHARED:
        return float("nan")
    return float(np.abs(first[both] - second[both]).mean())


def cosine(first: Floats, second: Floats) -> float:
    """1 − cosine over the features that both have; NaN with fewer than `LEAST_SHARED` or no length.

    Args:
        first: (features,), from 0 to 1, NaN where unknown.
        second: likewise.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = first[both], second[both]
    size = float(np.linalg.norm(x) * np.linalg.norm(y))
    if len(x) < LEAST_SHARED or size == 0:
        return float("nan")
    return float(np.clip(1 - x @ y / size, 0.0, 1.0))


MEASURES = {"hamming": hamming, "cosine": cosine}


def from_features(vectors: Mapping[str, Floats], kind: str, measure: Measure) -> pd.DataFrame:
    """Distances of all pairs of languages that share enough features.

    Args:
        vectors: language → (features,), from 0 to 1, NaN where unknown; all of one length.
        kind: what the features describe.
        measure: `hamming` or `cosine`.

    Returns:
        Columns `table.COLUMNS`, without the pairs that are missing.
    """
    distance = MEASURES[measure]
    rows = [(a, b, kind, distance(vectors[a], vectors[b])) for a, b in combinations(sorted(vectors), 2)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).dropna()
