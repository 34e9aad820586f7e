"""Design of a results table and variance components of its gains."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from analysis.gains import GainArray, array, gains
from analysis.stats.arrays import CannotTellError
from analysis.stats.power import BalancedDesign
from analysis.stats.spreads import VarianceComponents, estimate_spreads

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.power.design import PowerDesign


@dataclass(frozen=True, slots=True)
class Shown:
    """Design and variance components read from results.

    Attributes:
        spreads: standard deviations of gains; None where they cannot be told.
        grid: the balanced design nearest to the results; None without gains.
        stated: where the spreads come from.
        left_out: results that were not used.
        provenance: of the scores.
        because: why there are no spreads.
    """

    spreads: VarianceComponents | None = None
    grid: BalancedDesign | None = None
    stated: str = ""
    left_out: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    because: str = "no spreads are given and there are no results to take them from"


def shown_by(results: pd.DataFrame, design: PowerDesign) -> Shown:
    """Spreads and grid of the gains in a results table."""
    registry = design.registry
    paired = gains(results, registry=registry)
    reading = design.reading(paired.frame)
    left_out = (*paired.left_out, *reading.left_out)
    if reading.frame.empty:
        because = "no score has a run without intermediate training beside it, so there are no gains"
        return Shown(left_out=left_out, because=because)
    cells = array(reading.frame)
    family = [registry.family(code) or code for code in cells.languages]
    each, reasons = [], []
    for values in cells.values:
        try:
            each.append(estimate_spreads(values, family if len(set(family)) > 1 else None))
        except CannotTellError as error:
            reasons.append(error.because)
    provenance = paired.provenance
    if not each:
        return Shown(None, _grid_of(cells, family), "", left_out, provenance, reasons[0])
    squares = {f.name: np.mean([getattr(s, f.name) ** 2 for s in each]) for f in fields(VarianceComponents)}
    several = f", root mean square over {len(each)}" if len(each) > 1 else ""
    stated = f"spreads as the gains of {len(each)} kinds of intermediate training show them{several}"
    if cells.values.shape[3] < 2:
        stated += "; with one seed the noise holds what languages differ in within a task"
    spreads = VarianceComponents(**{name: float(np.sqrt(value)) for name, value in squares.items()})
    return Shown(spreads, _grid_of(cells, family), stated, left_out, provenance)


def _grid_of(cells: GainArray, family: list[str]) -> BalancedDesign:
    """The balanced design nearest to the results: fewest seeds, mean languages per family."""
    runs = (~np.isnan(cells.values)).any(axis=2).sum(axis=2)
    families = len(set(family))
    return BalancedDesign(
        int(runs[runs > 0].min()), cells.values.shape[1], families, max(1, round(len(family) / families))
    )
