"""Cost of points: scores over training cost with the Pareto steps, gains over extra cost below."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import MissingDataError
from analysis.registry.vocabulary import BASELINE, vocabulary
from reports import style
from reports.matrix import run_name

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.questions.cost import CostFit, MoreData


def cost_axis(axes: Axes, unit: str, costs: npt.ArrayLike) -> None:
    """A logarithmic axis where costs span more than a factor of three, with few plain labels."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    low, high = float(np.min(costs)), float(np.max(costs))
    if high > 3 * low:
        axes.set_xscale("log")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlim(low / 1.35, high * 1.35)
    else:
        axes.margins(x=0.1)
    axes.set_xticks(ticks_of(low, high))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: in_short(value)))
    axes.set_xlabel(unit)


def ticks_of(low: float, high: float) -> list[float]:
    """Two to five round numbers between two costs: powers of ten, or 1, 2, 5 of them."""
    if high <= 1.5 * low:
        return [low, high] if high > low else [low]
    for digits in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
        found = [d * 10.0**p for p in powers for d in digits if low <= d * 10.0**p <= high]
        if len(found) >= 2:
            return found[:: ceil(len(found) / 5)]
    return [low, high]


def in_short(value: float) -> str:
    """A cost in few signs: "500", "20k", "1.5M", "3e17"."""
    if not isfinite(value) or value <= 0:
        return ""
    if value >= 1e9:
        digits, power = f"{value:.0e}".split("e")
        return f"{digits}e{int(power)}"
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{sign}"
    return f"{value:.3g}"


def draw_more_data(outcome: CostFit) -> Figure:
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
            f"of the data with its {outcome.design.level:.0%} interval. No way of spending is held against another: "
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


ACROSS = 3
"""Panels side by side."""
NAMED = 8
"""Intermediate tasks with a marker of their own; the others share one."""


def draw(outcome: CostFit) -> Figure:
    """A panel per target: every configuration by cost, the Pareto steps, the gain of intermediate data.

    A target with one configuration has no panel. Where no configurations are alternatives at a
    cost, but runs differ in their amount of data, that amount stands for cost (`draw_more_data`).

    Raises:
        MissingDataError: no configuration has a cost, and no runs differ in the amount of data.
    """
    known = outcome.frontier[outcome.frontier["cost"] > 0]
    frontier = known[known.groupby("target")["target"].transform("size") > 1]
    if frontier.empty and outcome.more_data:
        return draw_more_data(outcome)
    if frontier.empty:
        raise MissingDataError(_why_nothing(known, outcome))
    targets = list(dict.fromkeys(frontier["target"]))
    looks = _looks(frontier)
    across = min(ACROSS, len(targets))
    down = ceil(len(targets) / across)
    below = not outcome.increments.empty
    with style.applied():
        figure = style.sheet(max(6.4, 3.3 * across), (2.6 + 1.7 * below) * down + 1.3)
        grid = figure.subplots(down * (1 + below), across, squeeze=False, height_ratios=[2.6, 1.7][: 1 + below] * down)
        for axes in grid.flat:
            axes.set_visible(False)
        for i, target in enumerate(targets):
            row, column = divmod(i, across)
            _scores(grid[row * (1 + below)][column], target, frontier[frontier["target"] == target], outcome, looks)
            if below:
                mine = outcome.increments[outcome.increments["target"] == target]
                _gains(grid[row * 2 + 1][column], mine, outcome, looks)
        note = f"steps: nothing cheaper scores higher; cost: {outcome.stated}"
        _key(figure, looks, style.folded(note, 40 * across + 20, 4))
        figure.suptitle(_title(outcome), x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def _why_nothing(known: pd.DataFrame, outcome: CostFit) -> str:
    if len(known):
        return "every target has one configuration, which cannot be held against another at any cost"
    return f"no configuration has a cost: {outcome.because or 'no score states its FLOPs or its numbers of examples'}"


def _looks(frontier: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Intermediate task → (colour, marker), the most frequent ones with one of their own."""
    counts = frontier["intermediate"].astype(str).value_counts()
    names = [name for name in sorted(counts.index, key=lambda n: (-counts[n], n)) if name != BASELINE]
    looks = {BASELINE: (style.SOFT, "o")}
    for i, name in enumerate(names):
        own = i < NAMED
        looks[name] = (style.CYCLE[i % len(style.CYCLE)], style.MARKERS[i + 1]) if own else (style.SOFT, "x")
    return looks


def _scores(
    axes: Axes, target: str, rows: pd.DataFrame, outcome: CostFit, looks: Mapping[str, tuple[str, str]]
) -> None:
    axes.set_visible(True)
    _steps(axes, rows[rows["on_frontier"].astype(bool)].sort_values("cost"))
    for name, same in rows.groupby("intermediate", sort=False, observed=True):
        colour, marker = looks[str(name)]
        fill = style.PAPER if name == BASELINE else colour
        if len(rows) <= 60:
            axes.vlines(same["cost"], same["low"], same["high"], color=colour, lw=1)
        axes.plot(same["cost"], same["score"], marker, ls="", ms=5, color=colour, mfc=fill, mew=1.1)
    entry = vocabulary()["target"].get(target)
    axes.set_title(style.printable(entry.name if entry else target), fontsize=9)
    cost_axis(axes, outcome.unit, rows["cost"])
    axes.set_ylabel("score, points")


def _steps(axes: Axes, frontier: pd.DataFrame) -> None:
    """The staircase of the best score that each cost buys."""
    axes.step(frontier["cost"], frontier["score"], where="post", color=style.INK, lw=1.2, zorder=1)


def _gains(axes: Axes, rows: pd.DataFrame, outcome: CostFit, looks: Mapping[str, tuple[str, str]]) -> None:
    """Gain over the same target data alone, with its interval, over the extra cost."""
    shown = rows[rows["extra_cost"] > 0]
    if shown.empty:
        return
    axes.set_visible(True)
    axes.axhline(0, color=style.RULE, lw=1, zorder=0)
    for name, same in shown.groupby("intermediate", sort=False, observed=True):
        colour, marker = looks[str(name)]
        axes.vlines(same["extra_cost"], same["low"], same["high"], color=colour, lw=1.2)
        axes.plot(same["extra_cost"], same["gain"], marker, ls="", ms=5, color=colour)
    cost_axis(axes, f"extra {outcome.unit}", shown["extra_cost"])
    axes.set_ylabel("gain, points")


def _key(figure: Figure, looks: Mapping[str, tuple[str, str]], note: str) -> None:
    from matplotlib.lines import Line2D

    words = vocabulary()
    handles = [
        Line2D([], [], ls="", marker=marker, color=colour, mfc=style.PAPER if name == BASELINE else colour,
               label="target data alone" if name == BASELINE else style.printable(run_name(name, words)))
        for name, (colour, marker) in list(looks.items())[: NAMED + 1]
    ]  # fmt: skip
    if len(looks) > NAMED + 1:
        handles.append(Line2D([], [], ls="", marker="x", color=style.SOFT, label=f"{len(looks) - NAMED - 1} others"))
    handles.append(Line2D([], [], color=style.INK, lw=1.2, label="Pareto steps"))
    key = figure.legend(
        handles=handles, loc="outside lower left", ncols=4, fontsize=8, title=note, title_fontsize=7.5, alignment="left"
    )
    key.get_title().set_color(style.SOFT)


def _title(outcome: CostFit) -> str:
    synthetic = "SYNTHETIC data: " if "synthetic" in outcome.provenance else ""
    return f"{synthetic}Score and gain over training cost"
