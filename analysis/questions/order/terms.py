"""The contrasts asked for, each paired by seed: order on clean text, order by perturbation, rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import Contrast, over_seeds, untold, with_holm
from analysis.gains.setting import CLEAN
from analysis.questions.order.robustness import RobustnessSlope, relative
from analysis.questions.order.runs import Runs, common, rivals, values_of
from analysis.stats.arrays import CannotTellError
from analysis.stats.multiplicity import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDER, ROBUSTNESS = "order", "order by perturbation"
"""Terms of the factorial design: first − second on clean text; how much larger it is when perturbed."""


def asked(runs: Runs, *, margin: float, level: float) -> pd.DataFrame:
    """Both terms for every pair, Holm over all of them.

    Returns:
        Columns `first`, `second`, `term`, `perturbation` (`none` for the clean term), those of
        `contrasts.Contrast` in points, `p_holm`. Positive: the first is better, or loses less.
    """
    rows = []
    for first, second in runs.pairs:
        named = {"first": first, "second": second}
        clean = _clean(runs, first, second, margin, level)
        rows.append(named | {"term": ORDER, "perturbation": CLEAN} | clean.row())
        for name in runs.perturbations:
            more = _perturbed(runs, first, second, name, margin, level)
            rows.append(named | {"term": ROBUSTNESS, "perturbation": name} | more.row())
    return with_holm(pd.DataFrame(rows))


def _clean(runs: Runs, first: str, second: str, margin: float, level: float) -> Contrast:
    sides = [(1.0, first, CLEAN), (-1.0, second, CLEAN)]
    return _contrast(runs, runs.difference(first, second, CLEAN), sides, margin, level)


def _perturbed(runs: Runs, first: str, second: str, how: str, margin: float, level: float) -> Contrast:
    sides = [(1.0, first, how), (-1.0, second, how), (-1.0, first, CLEAN), (1.0, second, CLEAN)]
    return _contrast(runs, runs.perturbed_more(first, second, how), sides, margin, level)


def _contrast(
    runs: Runs, difference: pd.DataFrame, sides: Sequence[tuple[float, str, str]], margin: float, level: float
) -> Contrast:
    if difference.empty:
        return untold("no cell was run on both sides with the same seed")
    sampling = runs.sampling(difference, sides)
    return over_seeds(values_of(difference), margin=margin, level=level, sampling=sampling)


def other_scales(runs: Runs, drawn: Sequence[RobustnessSlope], *, margin: float, level: float) -> pd.DataFrame:
    """The robustness term as relative drop and as effective robustness, not adjusted.

    Returns:
        Columns `first`, `second`, `perturbation`, `measure` (`relative drop`, in percent: negative
        where the first loses less; `effective robustness`, in points: positive where the first keeps
        more than its clean score lets expect) and those of `contrasts.Contrast`.
    """
    rows = []
    for first, second in runs.pairs:
        for line in drawn:
            named = {"first": first, "second": second, "perturbation": line.perturbation}
            if runs.perturbed_more(first, second, line.perturbation).dropna().empty:
                lost = untold("no cell was run on both sides with the same seeds")
            else:
                lost = over_seeds(relative(runs, first, second, line.perturbation), margin=margin, level=level)
            rows.append(named | {"measure": "relative drop"} | lost.row())
            rows.append(
                named | {"measure": "effective robustness"} | _effective(runs, named, line, margin, level).row()
            )
    return pd.DataFrame(rows)


def _effective(runs: Runs, named: dict[str, str], line: RobustnessSlope, margin: float, level: float) -> Contrast:
    if line.because:
        return untold(line.because)
    first, second = named["first"], named["second"]
    clean = runs.difference(first, second, CLEAN)
    more = common(runs.difference(first, second, line.perturbation), line.slope * clean)
    sides = [(1.0, first, line.perturbation), (-1.0, second, line.perturbation)]
    sides += [(-line.slope, first, CLEAN), (line.slope, second, CLEAN)]
    return _contrast(runs, more, sides, margin, level)


def beside(runs: Runs, *, margin: float, level: float) -> pd.DataFrame:
    """Each sequence against its tasks alone, their joint training, and no intermediate training.

    Returns:
        Columns `sequence`, `rival`, `term` (`clean score`, `robustness`), `perturbation`, those of
        `contrasts.Contrast`, and `p_adjusted` (Benjamini–Hochberg: these are explorations).
    """
    rows: list[dict[str, Any]] = []
    for pair in runs.pairs:
        for sequence in pair:
            for rival in rivals(pair, set(runs.frame["intermediate"])):
                named = {"sequence": sequence, "rival": rival}
                clean = _clean(runs, sequence, rival, margin, level)
                rows.append(named | {"term": "clean score", "perturbation": CLEAN} | clean.row())
                for name in runs.perturbations:
                    more = _perturbed(runs, sequence, rival, name, margin, level)
                    rows.append(named | {"term": "robustness", "perturbation": name} | more.row())
    frame = pd.DataFrame(rows)
    return frame if frame.empty else frame.assign(p_adjusted=_discovered(frame["p_value"].to_numpy(dtype=np.float64)))


def _discovered(p_values: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    adjusted = np.full(len(p_values), np.nan)
    made = ~np.isnan(p_values)
    if made.any():
        adjusted[made] = benjamini_hochberg(p_values[made])
    return adjusted


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """The contrasts that could be estimated with an interval.

    Raises:
        CannotTellError: none could; the reason of the first is given.
    """
    known = frame[frame["because"] == ""]
    if known.empty:
        raise CannotTellError(str(frame["because"].iloc[0]))
    return known
