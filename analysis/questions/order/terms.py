"""The contrasts asked for, each paired by seed: order on clean text, order by perturbation, rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.gains.contrasts import Contrast, over_seeds, untold, with_holm
from analysis.gains.setting import CLEAN
from analysis.questions.order.robustness import RobustnessSlope, relative
from analysis.questions.order.runs import Runs, rivals
from analysis.questions.paired_runs import common
from analysis.stats.multiplicity import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDER, ROBUSTNESS = "order", "order by perturbation"
"""Terms of the factorial design: first − second on clean text; how much larger it is when perturbed."""


def asked(runs: Runs) -> pd.DataFrame:
    """Both terms for every pair, Holm over all of them.

    Returns:
        Columns `first`, `second`, `term`, `perturbation` (`none` for the clean term), those of
        `contrasts.Contrast` in points, `p_holm`. Positive: the first is better, or loses less.
    """
    rows = []
    for first, second in runs.pairs:
        named = {"first": first, "second": second}
        clean = _clean(runs, first, second)
        rows.append(named | {"term": ORDER, "perturbation": CLEAN} | clean.row())
        for name in runs.perturbations:
            more = _perturbed(runs, first, second, name)
            rows.append(named | {"term": ROBUSTNESS, "perturbation": name} | more.row())
    return with_holm(pd.DataFrame(rows))


def _clean(runs: Runs, first: str, second: str) -> Contrast:
    kinds = (first, CLEAN), (second, CLEAN)
    return runs.contrast(runs.difference(*kinds), list(zip((1.0, -1.0), kinds, strict=True)))


def _perturbed(runs: Runs, first: str, second: str, how: str) -> Contrast:
    sides = [(1.0, (first, how)), (-1.0, (second, how)), (-1.0, (first, CLEAN)), (1.0, (second, CLEAN))]
    return runs.contrast(runs.perturbed_more(first, second, how), sides)


def other_scales(runs: Runs, drawn: Sequence[RobustnessSlope]) -> pd.DataFrame:
    """The robustness term as relative drop and as effective robustness, not adjusted.

    Returns:
        Columns `first`, `second`, `perturbation`, `measure` (`relative drop`, in percent: negative
        where the first loses less; `effective robustness`, in points: positive where the first keeps
        more than its clean score lets expect) and those of `contrasts.Contrast`.
    """
    rows, margin, level = [], runs.design.margin, runs.design.level
    for first, second in runs.pairs:
        for line in drawn:
            named = {"first": first, "second": second, "perturbation": line.perturbation}
            if runs.perturbed_more(first, second, line.perturbation).dropna().empty:
                lost = untold("no cell was run on both sides with the same seeds")
            else:
                lost = over_seeds(relative(runs, first, second, line.perturbation), margin=margin, level=level)
            rows.append(named | {"measure": "relative drop"} | lost.row())
            rows.append(named | {"measure": "effective robustness"} | _effective(runs, first, second, line).row())
    return pd.DataFrame(rows)


def _effective(runs: Runs, first: str, second: str, line: RobustnessSlope) -> Contrast:
    if line.because:
        return untold(line.because)
    perturbed, clean = ((first, line.perturbation), (second, line.perturbation)), ((first, CLEAN), (second, CLEAN))
    more = common(runs.difference(*perturbed), line.slope * runs.difference(*clean))
    return runs.contrast(more, list(zip((1.0, -1.0, -line.slope, line.slope), (*perturbed, *clean), strict=True)))


def beside(runs: Runs) -> pd.DataFrame:
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
                clean = _clean(runs, sequence, rival)
                rows.append(named | {"term": "clean score", "perturbation": CLEAN} | clean.row())
                for name in runs.perturbations:
                    more = _perturbed(runs, sequence, rival, name)
                    rows.append(named | {"term": "robustness", "perturbation": name} | more.row())
    frame = pd.DataFrame(rows)
    return frame if frame.empty else frame.assign(p_adjusted=benjamini_hochberg(frame["p_value"]))
