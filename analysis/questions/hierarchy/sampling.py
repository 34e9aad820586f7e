"""Sampling error of test items: how far they move the methods' scores on a target, together and apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.results.item_error import least_variance

if TYPE_CHECKING:
    from analysis.questions.hierarchy.blocks import Blocks, Complete
    from analysis.stats.arrays import Floats


def item_noise(blocks: Blocks, whole: Complete) -> dict[int, Floats]:
    """For each target a root of the covariance of the methods' scores through its test items.

    From the items that runs got right where they are stored, so that what all methods find easy
    moves them together. Else each method alone: its binomial variance, or what its place among the
    methods scatters by between the targets where that is less, for targets have items of their own;
    but not less than its half of what its difference from the nearest other method has at least
    (`analysis.results.item_error.least_variance`).

    Returns:
        Target → (kept methods, kept methods), in points; 0 where items are not stated.
    """
    methods = [blocks.methods[m] for m in whole.kept]
    targets = np.unique(whole.target)
    means = np.array([whole.scores[whole.target == t].mean(axis=0) for t in targets])
    centred = means - means.mean(axis=1, keepdims=True)
    scatter = centred.var(axis=0, ddof=1) if len(targets) > 1 else np.full(len(methods), np.inf)
    found: dict[int, Floats] = {}
    for t in targets:
        stored = _stored(blocks, methods, int(t), whole)
        if stored is None:
            places = whole.language[whole.target == t]
            known, count = (of[whole.kept, t][:, places] for of in (blocks.variances, blocks.counts))
            known = np.nan_to_num(known).mean(axis=1)
            least = least_variance(_nearest(whole.scores[whole.target == t].mean(axis=0)), count.mean(axis=1)) / 2
            stored = np.diag(np.sqrt(np.minimum(known, np.maximum(scatter, np.nan_to_num(least)))))
        found[int(t)] = stored
    return found


def _nearest(means: Floats) -> Floats:
    """Distance of each method from the nearest other, in points."""
    apart = np.abs(means[:, None] - means)
    np.fill_diagonal(apart, np.inf)
    nearest: Floats = apart.min(axis=1)
    return nearest


def _stored(blocks: Blocks, methods: list[str], target: int, whole: Complete) -> Floats | None:
    name = blocks.targets[target]
    languages = [blocks.languages[i] for i in whole.language[whole.target == target]]
    columns = []
    for method in methods:
        points = blocks.items.get(method)
        if points is None or name not in points.index.unique("target"):
            return None
        mine = points[points.index.get_level_values("target") == name]
        columns.append(mine[mine.index.get_level_values("language").isin(languages)].groupby("item").mean())
    table = pd.concat(columns, axis=1).dropna().to_numpy(dtype=np.float64)
    if len(table) < 2:
        return None
    values, vectors = np.linalg.eigh(np.cov(table, rowvar=False) / len(table))
    root: Floats = vectors * np.sqrt(np.maximum(values, 0.0))
    return root
