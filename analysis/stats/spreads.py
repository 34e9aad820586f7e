"""The sizes of all the chance in a gain, as numbers that `power` simulates from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import CannotTellError, ShapeError, codes
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Standard deviations of gains, in points.

    Attributes:
        noise: of a score in one language by seed alone.
        run: of a run, shared by its languages.
        task: between tasks.
        family: between families.
        language: between languages of a family.
        task_language: of a language in one task.
        slope: between tasks, of the slope on distance (per standard deviation of distance).
    """

    noise: float
    run: float = 0.0
    task: float = 0.0
    family: float = 0.0
    language: float = 0.0
    task_language: float = 0.0
    slope: float = 0.0


def estimate_spreads(gains: npt.ArrayLike, families: Sequence[object] | None = None) -> VarianceComponents:
    """The standard deviations that a grid of gains shows, by restricted maximum likelihood.

    Args:
        gains: (tasks, languages, seeds), in points, NaN where not run.
        families: (languages,), the family of each language; None: not modelled.

    Returns:
        Spreads; one that the data cannot show (one task, one seed) is 0, its share left in the
        next.

    Raises:
        ShapeError: not three dimensions, or labels of another length.
        CannotTellError: fewer than two gains, gains without spread, or a fit that did not converge.
    """
    array = np.asarray(gains, dtype=np.float64)
    if array.ndim != 3:
        raise ShapeError(f"gains have shape {array.shape}; give (tasks, languages, seeds)")
    task, language, seed = np.nonzero(~np.isnan(array))
    outcome = array[task, language, seed]
    groupings = {
        "task": task,
        "language": language,
        "task_language": task * array.shape[1] + language,
        "run": task * array.shape[2] + seed,
    }
    if families is not None:
        family, _ = codes("families", families, array.shape[1])
        groupings["family"] = family[language]
    factors = _separable(groupings, len(outcome))
    if not factors:
        raise CannotTellError("the gains have neither several tasks, languages nor seeds")
    fit = fit_mixed(mixed_design(np.ones(len(outcome)), factors), outcome)
    if not fit.converged:
        raise CannotTellError("the mixed model of the gains did not converge")
    sizes = {c.name: float(np.sqrt(c.covariance[0, 0])) for c in fit.components}
    return replace(VarianceComponents(noise=fit.residual_sd), **sizes)


def _separable(groupings: dict[str, npt.NDArray[np.int64]], rows: int) -> list[RandomFactor]:
    """The groupings with several levels, coarser than rows, each different from the others."""
    factors: list[RandomFactor] = []
    seen: set[tuple[int, ...]] = set()
    for name, labels in groupings.items():
        code, levels = codes(name, labels, rows)
        _, first = np.unique(code, return_index=True)
        canonical = tuple(np.argsort(np.argsort(first))[code].tolist())
        if 1 < levels < rows and canonical not in seen:
            seen.add(canonical)
            factors.append(RandomFactor(name, labels))
    return factors
