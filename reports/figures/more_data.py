"""Scores over the amount of data, where it stands for cost: one point a run, the slope per doubling."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from analysis.registry.vocabulary import vocabulary
from reports import style
from reports.figures.cost_axis import cost_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.questions.cost import CostFit, MoreData

ACROSS = 3
"""Panels side by side."""


def draw(outcome: CostFit) -> Figure:
    """A panel per target and kind of data: the runs, and the slope with its interval.

    Args:
        outcome: with at least one entry in `more_data`.
    """
    across = min(ACROSS, len(outcome.more_data))
    down = ceil(len(outcome.more_data) / across)
    with style.applied():
        figure = style.sheet(max(6.4, 3.4 * across), 2.9 * down + 1.1)
        grid = figure.subplots(down, across, squeeze=False)
        for axes in grid.flat:
            axes.set_visible(False)
        for axes, found in zip(grid.flat, outcome.more_data, strict=False):
            _panel(axes, found)
        note = (
            "examples stand for cost; a point is a run, the mean of its languages; line and band: slope per doubling "
            f"of the data with its {outcome.level:.0%} interval. No way of spending is held against another: "
            f"{outcome.because}"
        )
        figure.supxlabel(
            style.folded(style.printable(note), 40 * across + 20, 4), x=0.01, ha="left", fontsize=7.5, color=style.SOFT
        )
        synthetic = "SYNTHETIC data: " if "synthetic" in outcome.provenance else ""
        title = f"{synthetic}Score over the amount of training data"
        figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def _panel(axes: Axes, found: MoreData) -> None:
    axes.set_visible(True)
    if not found.slope.because:
        _slope(axes, found)
    axes.plot(found.amounts, found.scores, "o", ls="", ms=4, color=style.CYCLE[0], mfc=style.PAPER, mew=1.1)
    name, _, rest = found.target.partition(" · ")
    entry = vocabulary()["target"].get(name)
    words = " · ".join([entry.name if entry else name, *([rest] if rest else [])])
    said = found.slope.because or (
        f"{found.slope.estimate:+.2f} [{found.slope.low:+.2f}, {found.slope.high:+.2f}] points per doubling"
    ).replace("-", "−")
    axes.set_title(
        f"{style.folded(style.printable(words), 44, 2)}\n{style.folded(said, 52, 2)}", fontsize=8, loc="left"
    )
    cost_axis(axes, f"{found.data} examples", found.amounts)
    axes.set_ylabel("score, points")


def _slope(axes: Axes, found: MoreData) -> None:
    """The line through the middle of the runs, with the lines of the interval's ends."""
    doublings = np.log2(found.amounts)
    span = np.linspace(doublings.min(), doublings.max(), 50)
    middle, level = float(doublings.mean()), float(found.scores.mean())
    low, estimate, high = (
        level + slope * (span - middle) for slope in (found.slope.low, found.slope.estimate, found.slope.high)
    )
    axes.fill_between(2.0**span, np.minimum(low, high), np.maximum(low, high), color=style.CYCLE[0], alpha=0.15, lw=0)
    axes.plot(2.0**span, estimate, color=style.CYCLE[0], lw=1.3)
