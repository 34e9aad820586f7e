"""Order of intermediate tasks: clean and perturbed scores of both orders, and their contrasts."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from analysis.errors import MissingDataError
from analysis.registry.vocabulary import vocabulary
from reports import style
from reports.figures.labels import apart, settle
from reports.matrix import run_name
from reports.printed import signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.questions.order import OrderFit

CLEAN = "none"
LOOKS = ((style.BLUE, "o", "-"), (style.VERMILION, "s", (0, (5, 2))))
"""First and second order: colour, marker, line."""
PAIRS_SHOWN = 6


def draw(outcome: OrderFit) -> Figure:
    """A row for each pair of orders: slopes from clean to perturbed, contrasts beside them.

    Raises:
        MissingDataError: no two orders of the same tasks were run.
    """
    if outcome.because or outcome.contrasts.empty:
        raise MissingDataError(f"no two orders can be drawn: {outcome.because or 'nothing was compared'}")
    pairs = outcome.pairs[:PAIRS_SHOWN]
    terms = max(1 + len(outcome.perturbations), 3)
    with style.applied():
        figure = style.sheet(9.6, (1.6 + 0.32 * terms) * len(pairs) + 1.1)
        grid = figure.subplots(len(pairs), 2, squeeze=False, width_ratios=[1.0, 1.15])
        ends = [_slopes(left, outcome, pair) for (left, _), pair in zip(grid, pairs, strict=True)]
        for (_, right), pair in zip(grid, pairs, strict=True):
            _contrasts(right, outcome, pair)
        figure.suptitle(_title(outcome), x=0.01, ha="left", fontsize=11, fontweight="bold")
        figure.supxlabel(_note(outcome), x=0.01, ha="left", fontsize=7.5, color=style.SOFT)
        settle(figure)
        for (left, _), named in zip(grid, ends, strict=True):
            _name_ends(left, named)
    return figure


def _slopes(axes: Axes, outcome: OrderFit, pair: tuple[str, str]) -> list[tuple[float, str]]:
    """Clean and perturbed means of both orders; returns the right ends with their perturbations."""
    ends: list[tuple[float, str]] = []
    table = outcome.robustness
    for name, (colour, marker, line) in zip(pair, LOOKS, strict=True):
        mine = table[table["intermediate"] == name] if len(table) else table
        for perturbation, clean, perturbed in _rows(mine):
            axes.plot([0, 1], [clean, perturbed], color=colour, marker=marker, ls=line, ms=5, lw=1.4)
            ends.append((perturbed, perturbation))
        axes.plot(
            [], [], color=colour, marker=marker, ls=line, ms=5, label=style.printable(run_name(name, vocabulary()))
        )
    axes.set_xlim(-0.15, 1.75)  # the names of perturbations stand on the right
    axes.set_xticks([0, 1], ["clean", "perturbed"])
    axes.set_ylabel("score, points")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=1, fontsize=8.5)
    if not ends:
        axes.text(0.5, 0.5, "no perturbed text was scored", ha="center", va="center", transform=axes.transAxes,
                  fontsize=8, color=style.SOFT)  # fmt: skip
        axes.set_yticks([])
    return ends


def _rows(table: pd.DataFrame) -> list[tuple[str, float, float]]:
    if table.empty:
        return []
    columns = (table[c] for c in ("perturbation", "clean", "perturbed"))
    return [(str(p), float(c), float(d)) for p, c, d in zip(*columns, strict=True)]


def _name_ends(axes: Axes, ends: Sequence[tuple[float, str]]) -> None:
    """Names of the perturbations beside the right ends, both orders under one name."""
    middle: dict[str, list[float]] = {}
    for value, name in ends:
        middle.setdefault(name, []).append(value)
    names = list(middle)
    if not names:
        return
    low, high = axes.get_ylim()
    height = axes.get_window_extent().height * 72.0 / axes.figure.dpi
    centres = [sum(middle[name]) / len(middle[name]) for name in names]
    for name, at, place in zip(names, centres, apart(centres, 10.5 * (high - low) / height), strict=True):
        axes.annotate(style.printable(name), (1, at), (1.2, place), xycoords="data", textcoords="data", va="center",
                      fontsize=8, annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": style.RULE, "lw": 0.7, "shrinkB": 5})  # fmt: skip


def _contrasts(axes: Axes, outcome: OrderFit, pair: tuple[str, str]) -> None:
    """First minus second on clean text, and how much more of it there is under each perturbation."""
    table = outcome.contrasts
    mine = table[(table["first"] == pair[0]) & (table["second"] == pair[1])].reset_index(drop=True)
    axes.axvspan(-outcome.design.margin, outcome.design.margin, color=style.PALE, lw=0, zorder=0)
    axes.axvline(0, color=style.INK, lw=0.8)
    labels = []
    columns = ("perturbation", "estimate", "low", "high", "p_holm", "because")
    for y, (perturbation, estimate, low, high, p_holm, because) in enumerate(
        zip(*(mine[c].tolist() for c in columns), strict=True)
    ):
        labels.append("on clean text" if perturbation == CLEAN else f"more under {style.printable(perturbation)}")
        said = _said(estimate, low, high, p_holm, because)
        if isfinite(low) and isfinite(high):
            axes.plot([low, high], [y, y], color=style.INK, lw=1.6, solid_capstyle="butt")
        if isfinite(estimate):
            sure = isfinite(low) and (low > 0 or high < 0)
            axes.plot([estimate], [y], "D", ms=5, color=style.INK, mfc=style.INK if sure else style.PAPER, mew=1.3)
        axes.annotate(said, (1, y), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
                      fontsize=8, annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("points, first order minus second")
    axes.margins(x=0.1)


def _said(estimate: float, low: float, high: float, p_holm: float, because: str) -> str:
    if because or not isfinite(estimate):
        return style.folded(f"cannot tell: {because}", 34, 2)
    p_value = f", p = {p_holm:.2g}" if isfinite(p_holm) else ""
    return f"{signed(estimate)} [{signed(low)}, {signed(high)}]{p_value}"


def _title(outcome: OrderFit) -> str:
    synthetic = "SYNTHETIC data: " if "synthetic" in outcome.provenance else ""
    return f"{synthetic}Order of intermediate tasks and robustness"


def _note(outcome: OrderFit) -> str:
    rest = len(outcome.pairs) - PAIRS_SHOWN
    more = f"; {rest} more pairs are not drawn" if rest > 0 else ""
    note = (
        f"{100 * outcome.design.level:.0f} % intervals over seeds, p after Holm; "
        f"band: ±{outcome.design.margin:g} points count as none; {outcome.setting}{more}"
    )
    return style.folded(note, 130, 3)
