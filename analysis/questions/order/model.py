"""The factorial mixed model: score ~ order × perturbation.

Fixed: order (±½), perturbed (0, 1) and their product. Random: the cell (target, language,
perturbation), the checkpoint (order, seed) and the fine-tuned run (order, seed, target), both with
a slope of perturbed, and the target with slopes of order and of the product. A factor that the
design cannot tell from the residual or from another is left out, and the fit names those it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.gains.setting import CLEAN
from analysis.questions.order.terms import ORDER, ROBUSTNESS
from analysis.questions.paired_runs import CELL
from analysis.stats.arrays import CannotTellError
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design

if TYPE_CHECKING:
    from analysis.questions.order.runs import Runs

COLUMNS = ("estimate", "low", "high", "df", "p_value")
NEVER = float("nan")


def factorial(runs: Runs) -> pd.DataFrame:
    """Both terms of the model for every pair and perturbation, in points, not adjusted.

    Returns:
        Columns `first`, `second`, `perturbation`, `term`, `estimate`, `low`, `high`, `df`
        (Satterthwaite), `p_value`, `random` (factors in the model), `because`. Positive: the first
        is better on clean text, or loses less under the perturbation.
    """
    rows = []
    for first, second in runs.pairs:
        for perturbation in runs.perturbations:
            named = {"first": first, "second": second, "perturbation": perturbation}
            for term, found in _fitted(_rows(runs, first, second, perturbation), runs.design.level).items():
                rows.append(named | {"term": term} | found)
    return pd.DataFrame(rows)


def _rows(runs: Runs, first: str, second: str, perturbation: str) -> pd.DataFrame:
    frame = runs.frame
    mine = frame["intermediate"].isin((first, second)) & frame["perturbation"].isin((CLEAN, perturbation))
    frame = frame[mine]
    whole = frame.groupby([*CELL, "seed"], observed=True)["score"].transform("size") == 4
    frame = frame[whole]
    return frame.assign(
        order=np.where(frame["intermediate"] == first, 0.5, -0.5),
        perturbed=(frame["perturbation"] == perturbation).astype(float),
        chain=frame["intermediate"] + " " + frame["seed"].astype(str),
    )


def _fitted(frame: pd.DataFrame, level: float) -> dict[str, dict[str, Any]]:
    if frame["seed"].nunique() < 2:
        return _untold("fewer than two seeds have both orders both ways")
    product = frame["order"] * frame["perturbed"]
    x = np.column_stack([np.ones(len(frame)), frame["order"], frame["perturbed"], product])
    factors = _factors(frame, product)
    try:
        fit = fit_mixed(mixed_design(x, factors), frame["score"].to_numpy())
    except CannotTellError as error:
        return _untold(error.because)
    if not fit.converged:
        return _untold("the mixed model did not converge")
    terms: dict[str, dict[str, Any]] = {}
    for term, column in ((ORDER, 1), (ROBUSTNESS, 3)):
        estimate, df = float(fit.estimate[column]), float(fit.df[column])
        half = float(stdtrit(min(df, 1e6), 0.5 + level / 2)) * float(fit.standard_error[column])
        values = (estimate, estimate - half, estimate + half, df, float(fit.p_value[column]))
        terms[term] = dict(zip(COLUMNS, values, strict=True)) | {
            "random": ", ".join(f.name for f in factors),
            "because": "",
        }
    return terms


def _factors(frame: pd.DataFrame, product: pd.Series[float]) -> list[RandomFactor]:
    perturbed = frame["perturbed"].to_numpy()
    cell = (frame["target"] + " " + frame["language"] + " " + frame["perturbation"]).to_numpy()
    factors = [
        RandomFactor("cell", cell),
        RandomFactor("checkpoint", frame["chain"].to_numpy(), slopes=perturbed),
    ]
    if frame["target"].nunique() > 1:
        if frame["language"].nunique() > 1:
            factors.append(RandomFactor("run", (frame["chain"] + " " + frame["target"]).to_numpy(), slopes=perturbed))
        slopes = np.column_stack([frame["order"], product])
        factors.append(RandomFactor("target", frame["target"].to_numpy(), slopes=slopes, intercept=False))
    return factors


def _untold(because: str) -> dict[str, dict[str, Any]]:
    row = dict.fromkeys(COLUMNS, NEVER) | {"random": "", "because": because}
    return {ORDER: row, ROBUSTNESS: dict(row)}
