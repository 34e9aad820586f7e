"""The deciding mixed model fitted again by statsmodels MixedLM, an independent implementation.

The tree of families enters as a variance component whose design is the languages' indicators times a
root of their shared ancestry. Its optimum is sought from another start by another algorithm, and its
standard error is of the same model; degrees of freedom are not compared.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from analysis.answer import Effect
from analysis.questions.distance.models import deciding_design
from analysis.stats.arrays import CannotTellError

if TYPE_CHECKING:
    from analysis.questions.distance.rows import DistanceRows, Slope

LARGEST = 1500
"""Rows beyond which MixedLM, whose time grows with their cube, is not asked."""
AGREES = 0.05
"""Difference between the two, in standard errors, within which they agree."""


def second_opinion(rows: DistanceRows, found: Slope) -> Effect:
    """The slope by statsmodels MixedLM, and in its method how far it agrees.

    Raises:
        CannotTellError: one run, too many rows, or a fit of statsmodels that failed.
    """
    if rows.runs < 2 or len(rows.y) > LARGEST:
        raise CannotTellError("one run, or too many rows for MixedLM")
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    design, names, blocks = deciding_design(rows)
    columns = [[[f"{name} {i}" for i in range(block.shape[1])]] for name, block in zip(names, blocks, strict=True)]
    parts = VCSpec(names, columns, [[block] for block in blocks])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of variances at zero, which are no fault here
            fit = MixedLM(rows.y, design, np.ones(len(rows.y)), exog_vc=parts).fit(reml=True, method=["lbfgs"])
    except (np.linalg.LinAlgError, ValueError) as error:
        raise CannotTellError(f"statsmodels MixedLM failed: {error}") from error
    estimate = float(np.asarray(fit.fe_params)[0])
    apart = abs(estimate - found.estimate) / found.error
    agrees = f"agrees to {apart:.1g} standard errors" if apart < AGREES else f"differs by {apart:.2g} standard errors"
    return Effect(
        found.name, f"statsmodels MixedLM, the same model: {agrees}", found.unit, estimate, level=found.level,
        n=found.n, n_of=found.n_of, untested="degrees of freedom are not given by MixedLM",
    )  # fmt: skip
