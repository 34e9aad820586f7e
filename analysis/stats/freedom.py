"""Degrees of freedom of the variance of a mean, by Satterthwaite's rule.

A variance pooled from strata v_k with d_k degrees of freedom has (Σ v_k)² / Σ (v_k² / d_k)
(Satterthwaite 1946, doi:10.2307/3002019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import MEANINGLESS, Bools, CannotTellError, Floats, Ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.stats.resampling import ResamplingDesign

MOST_UNDEFINED = 0.05


def summed(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The sum of independent estimates of variance, and its degrees of freedom.

    Args:
        parts: (variance, degrees of freedom) of each.
    """
    total = sum(variance for variance, _ in parts)
    spread = sum(variance**2 / df for variance, df in parts)
    return total, total**2 / spread if spread > 0 else float("nan")


def satterthwaite_df(scores: Floats, observed: Bools, scheme: ResamplingDesign) -> Floats:
    """Satterthwaite's degrees of freedom of each method's mean, (methods,).

    Infinite where the scheme does not correct for small samples; NaN where nothing varies. Used
    for the other aggregates too, which have no closed form.
    """
    if not scheme.small_sample:
        return np.full(len(scores), np.inf)
    return np.array([_effective_df(x, o, scheme) for x, o in zip(scores, observed, strict=True)])


def _effective_df(scores: Floats, observed: Bools, scheme: ResamplingDesign) -> float:
    with np.errstate(invalid="ignore"):
        cells = np.where(observed, scores, 0.0).sum(axis=2) / observed.sum(axis=2)
    parts: list[tuple[float, int]] = []
    for t in range(len(scores)):
        present = np.asarray(observed[t].any(axis=1))
        share = 1 / (len(scores) * int(present.sum()))
        if scheme.seeds == "run":
            parts.append(_run_part(scores[t], observed[t], 1 / len(scores)))
        elif scheme.seeds == "cell":
            parts += [_part(scores[t, c, observed[t, c]], share) for c in np.flatnonzero(present)]
    if scheme.clusters is not None:
        parts.append(_cluster_part(cells, np.asarray(scheme.clusters)))
    scale = float(np.nanmax(np.abs(scores))) or 1.0
    total = sum(variance for variance, _ in parts)
    if total <= (MEANINGLESS * scale) ** 2:
        return float("nan")
    return total**2 / sum(variance**2 / df for variance, df in parts)


def _part(values: Floats, share: float) -> tuple[float, int]:
    return float(values.var(ddof=1)) / len(values) * share**2, len(values) - 1


def _run_part(scores: Floats, observed: Bools, share: float) -> tuple[float, int]:
    runs = np.asarray(observed.any(axis=0))
    per_language = np.maximum(observed.sum(axis=1, keepdims=True), 1)
    centred = scores - np.where(observed, scores, 0.0).sum(axis=1, keepdims=True) / per_language
    means = np.where(observed, centred, 0.0).sum(axis=0)[runs] / observed.sum(axis=0)[runs]
    return _part(means, share)


def _cluster_part(cells: Floats, labels: Ints) -> tuple[float, int]:
    present = np.isfinite(cells)
    count = present.sum(axis=1, keepdims=True)
    filled = np.where(present, cells, 0.0)
    influence = np.where(present, filled - filled.sum(axis=1, keepdims=True) / count, 0.0) / count
    by_language = influence.sum(axis=0) / len(cells)
    groups = np.unique(labels)
    sums = np.array([by_language[labels == g].sum() for g in groups])
    return float((sums**2).sum()) * len(groups) / (len(groups) - 1), len(groups) - 1


def too_many_undefined(undefined: int, size: int) -> None:
    """Passes unless so many replicates lack a task that the rest would mislead.

    Raises:
        CannotTellError: more than one in twenty.
    """
    if undefined > MOST_UNDEFINED * size:
        raise CannotTellError(
            f"{undefined} of {size} replicates draw no language of some task; "
            "leave out tasks with very few languages or keep languages fixed"
        )
