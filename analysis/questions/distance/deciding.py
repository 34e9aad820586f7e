"""The model that an answer rests on, with any columns in place of the line on distance.

Several runs: the mixed model with slopes by task along the tree of families. One run: its outcome
by language, phylogenetic least squares; what languages of a branch differ by carries the
uncertainty, and the answer speaks of this run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from analysis.questions.distance import models
from analysis.questions.distance.models import (
    HEADLINE,
    by_language,
    degrees_of_freedom,
    language_level,
    mixed_fit,
    tree,
)
from analysis.stats.arrays import CannotTellError
from analysis.stats.phylogeny import pgls

if TYPE_CHECKING:
    from analysis.questions.distance.rows import DistanceRows, Slope
    from analysis.stats.arrays import Floats

THIS_RUN = "phylogenetic least squares over languages of one run (λ = {lam:.2f} by restricted maximum likelihood)"
NO_FREEDOM = "the mixed model's variances cannot be told beside so small a residual"


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Coefficients of the columns asked about.

    Attributes:
        estimate: (k,), in points per unit of the column.
        covariance: (k, k), of the estimates.
        df: (k,), degrees of freedom.
        method: how.
    """

    estimate: Floats
    covariance: Floats
    df: Floats
    method: str

    def p_value(self, column: int) -> float:
        """Two-sided t test of no effect of one column."""
        return self.p_of(np.eye(len(self.estimate))[column])

    def p_of(self, contrast: Floats) -> float:
        """Two-sided t test that a combination of coefficients is 0, with the fewest degrees of freedom of its parts."""
        error = float(np.sqrt(contrast @ self.covariance @ contrast))
        return float(2 * stdtr(self.df[contrast != 0].min(), -abs(contrast @ self.estimate) / error))


def line(rows: DistanceRows, columns: Floats | None = None) -> Coefficients:
    """The coefficients of some columns, by default of distance alone, controls held constant.

    Args:
        rows: what is fitted.
        columns: (n, k).

    Raises:
        CannotTellError: columns that cannot be told apart, or a fit that did not converge.
    """
    asked = rows.z[:, None] if columns is None else columns
    k = asked.shape[1]
    if rows.runs < 2:
        estimate, covariance, df, method = _one_run(rows, asked)
    else:
        fit = mixed_fit(rows, slopes=True, ancestry="tree" if rows.related else "none", columns=asked)
        if not fit.converged:
            raise CannotTellError(models.UNCONVERGED)
        if fit.df[:k].min() < 1:
            raise CannotTellError(NO_FREEDOM)
        estimate, covariance, df, method = fit.estimate[:k], fit.covariance[:k, :k], fit.df[:k], HEADLINE
    return Coefficients(estimate, covariance, np.minimum(df, degrees_of_freedom(rows, k)), _with_held(method, rows))


def _one_run(rows: DistanceRows, columns: Floats) -> tuple[Floats, Floats, Floats, str]:
    y, _, languages = language_level(rows)
    x = np.column_stack([by_language(rows, columns), by_language(rows, rows.controls), np.ones(len(y))])
    codes, covariance = tree(rows) if rows.related else (languages, np.eye(len(languages)))
    order = [codes.index(c) for c in languages]
    fit = pgls(x, y, covariance[np.ix_(order, order)])
    k = columns.shape[1]
    method = THIS_RUN.format(lam=fit.lam)
    return fit.estimate[:k], fit.covariance[:k, :k], np.full(k, float(fit.df)), method


def _with_held(method: str, rows: DistanceRows) -> str:
    return f"{method}; {', '.join(rows.held_names)} held constant" if rows.held_names else method


def slope(rows: DistanceRows) -> Slope:
    """The slope on distance that an answer rests on.

    Where the mixed model does not converge, phylogenetic least squares with errors by family and
    by task stand in, and the method says so.

    Raises:
        CannotTellError: neither can be fitted.
    """
    try:
        found = line(rows)
    except (CannotTellError, np.linalg.LinAlgError) as error:
        if rows.runs < 2 or not rows.related:
            raise
        reason = error.because if isinstance(error, CannotTellError) else "the mixed model broke down"
        instead = models.phylogenetic(rows)
        method = f"{instead.method}, because {reason}"
        return rows.slope(method, instead.estimate, instead.error, instead.df)
    spread = float(np.sqrt(found.covariance[0, 0]))
    return rows.slope(found.method, float(found.estimate[0]), spread, float(found.df[0]))
