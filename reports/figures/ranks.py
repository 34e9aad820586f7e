"""Places of intermediate tasks or models: a forest of rank intervals, or a critical-difference diagram."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from scipy.stats import rankdata

from analysis.errors import MissingDataError
from analysis.registry.vocabulary import vocabulary
from analysis.wording import counted
from reports import style
from reports.matrix import run_name

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.questions.hierarchy import HierarchyFit, PositionDistribution
    from analysis.registry.vocabulary import Vocabulary

ROW = 0.34
"""Height of a method, in inches."""
NARROW = 0.1
"""By how much a bar of places reaches beyond them, so that a single place is seen."""
FAMILIES_SHOWN = 8
"""Families whose mean ranks are drawn, those with most languages first."""
ALPHA = 0.05


def draw(outcome: HierarchyFit, registry: Vocabulary | None = None) -> Figure:
    """Mean rank of every method with its interval, ties as bands, chances of the first places.

    Args:
        outcome: of `analysis.questions.hierarchy.fit`.
        registry: the names in print; built-in by default.

    Raises:
        MissingDataError: nothing could be ranked.
    """
    positions = _ranked(outcome)
    frame = positions.frame
    names = [_name(outcome, name, registry) for name in frame["name"]]
    with style.applied():
        figure = style.sheet(5.9 + 0.075 * max(map(len, names)), 2.5 + ROW * len(frame))
        axes = figure.subplots()
        _ties(axes, frame)
        columns = [frame[name].to_numpy(dtype=float) for name in ("mean_rank", "low", "high", "p_best", "p_top3")]
        places = rankdata(columns[0], method="min")
        for y, (place, rank, low, high, best, top) in enumerate(zip(places, *columns, strict=True)):
            axes.plot([low - NARROW, high + NARROW], [y, y], color=style.SKY, lw=7, alpha=0.55, solid_capstyle="butt")
            axes.plot([place], [y], "o", ms=6, color=style.BLUE, zorder=3)
            axes.annotate(_chances(rank, best, top), (1, y), (8, 0), xycoords=("axes fraction", "data"),
                          textcoords="offset points", va="center", fontsize=8, annotation_clip=False)  # fmt: skip
        _families(axes, outcome, list(frame["name"]))
        _axis(axes, names)
        figure.suptitle(_title(outcome), x=0.01, ha="left", fontsize=11, fontweight="bold")
        handles, _ = axes.get_legend_handles_labels()
        key = figure.legend(
            handles=handles, title=_note(outcome, positions, families=bool(handles)), loc="outside lower left", ncols=3,
            fontsize=7.5, title_fontsize=7.5, alignment="left",
        )  # fmt: skip
        key.get_title().set_color(style.SOFT)
    return figure


def draw_critical_difference(outcome: HierarchyFit, registry: Vocabulary | None = None) -> Figure:
    """Average ranks over targets on a line; a bar joins those that Nemenyi's comparison does not tell apart.

    After Demšar 2006 (jmlr.org/papers/v7/demsar06a), section 3.2.4.

    Args:
        outcome: of `analysis.questions.hierarchy.fit`.
        registry: the names in print; built-in by default.

    Raises:
        MissingDataError: nothing could be ranked over several targets.
    """
    from analysis.stats.ranks import critical_difference

    positions = _ranked(outcome)
    friedman = outcome.agreement.friedman if outcome.agreement else None
    if friedman is None:
        because = outcome.agreement.because if outcome.agreement else outcome.because
        raise MissingDataError(f"no critical difference can be drawn: {because}")
    ranked = sorted(zip(positions.frame["mean_rank"], positions.frame["name"], strict=True))
    names = [_name(outcome, name, registry) for _, name in ranked]
    averages = [float(rank) for rank, _ in ranked]
    difference = critical_difference(len(averages), friedman.blocks, alpha=ALPHA)
    bars = joined(averages, difference)
    with style.applied():
        half = (len(names) + 1) // 2
        figure = style.sheet(7.6, 1.9 + 0.27 * half + 0.13 * len(bars))
        axes = figure.subplots()
        _line(axes, averages, difference, len(bars))
        _hang(axes, names, averages, half, len(bars))
        for level, (first, last) in enumerate(bars):
            y = -0.45 - 0.42 * level
            axes.plot([averages[first] - 0.04, averages[last] + 0.04], [y, y], color=style.INK, lw=3.5)
        figure.suptitle(_title(outcome), x=0.01, ha="left", fontsize=11, fontweight="bold")
        note = f"bars join methods within the critical difference {difference:.2f} (Nemenyi, {100 * ALPHA:.0f} %) "
        figure.supxlabel(
            f"{note}over {counted(friedman.blocks, 'target')}; {outcome.setting}",
            x=0.01,
            ha="left",
            fontsize=7.5,
            color=style.SOFT,
        )
    return figure


def joined(averages: Sequence[float], difference: float) -> list[tuple[int, int]]:
    """Longest runs (first, last) of sorted average ranks that lie within the critical difference."""
    runs: list[tuple[int, int]] = []
    for first in range(len(averages)):
        last = max(i for i in range(first, len(averages)) if averages[i] - averages[first] <= difference)
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs


def _ranked(outcome: HierarchyFit) -> PositionDistribution:
    if outcome.positions is None:
        raise MissingDataError(f"nothing can be ranked: {outcome.because}")
    return outcome.positions


def _name(outcome: HierarchyFit, name: str, registry: Vocabulary | None) -> str:
    words = registry or vocabulary()
    if outcome.design.ranked == "model":
        entry = words["model"].get(name)
        return style.printable(entry.name if entry else name)
    first, *more = name.split(" · ")
    return style.printable(" · ".join([run_name(first, words), *more]))


def _ties(axes: Axes, frame: pd.DataFrame) -> None:
    """A band behind every other group of methods that cannot be told apart."""
    for number in frame["tie"].unique():
        rows = frame[frame["tie"] == number]
        if number % 2 == 1:
            axes.axhspan(rows.index.min() - 0.5, rows.index.max() + 0.5, color=style.PALE, lw=0, zorder=0)


def _families(axes: Axes, outcome: HierarchyFit, order: Sequence[str]) -> None:
    """Small markers: the place by mean rank within each language family."""
    if outcome.families is None or outcome.families.ranks.empty:
        return
    ranks = outcome.families.ranks
    sizes = ranks.groupby("family")["languages"].first().sort_values(ascending=False, kind="stable")
    shown = list(sizes.index[:FAMILIES_SHOWN])
    if len(sizes) < 2:
        return
    for i, family in enumerate(shown):
        rows = ranks[ranks["family"] == family].set_index("name")["mean_rank"]
        rows = rows.rank(method="min")
        places = [y for y, name in enumerate(order) if name in rows.index]
        marker, lift = style.MARKERS[(i + 1) % len(style.MARKERS)], 0.19 + 0.06 * (i % 4)
        axes.plot([rows[order[y]] for y in places], [y + lift for y in places], marker, ms=4, color=style.SOFT,
                  mfc=style.PAPER, mew=0.9, label=f"{family} ({sizes[family]})")  # fmt: skip


def _axis(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.7)
    axes.set_xlim(0.7, len(names) + 0.3)
    axes.set_xticks(range(1, len(names) + 1))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("place (1 is the best)")
    head = "mean rank  P(best)  P(top 3)"
    axes.annotate(head, (1, 1), (8, 2), xycoords="axes fraction", textcoords="offset points", fontsize=8,
                  color=style.SOFT, annotation_clip=False)  # fmt: skip


def _chances(rank: float, best: float, top: float) -> str:
    chances = f"{best:5.2f}      {top:5.2f}" if isfinite(best) else "cannot tell"
    return f"{rank:6.2f}           {chances}"


def _title(outcome: HierarchyFit) -> str:
    synthetic = "SYNTHETIC data: " if "synthetic" in outcome.provenance else ""
    return f"{synthetic}Ranks of {'models' if outcome.design.ranked == 'model' else 'intermediate tasks'}"


def _note(outcome: HierarchyFit, positions: PositionDistribution, *, families: bool) -> str:
    if positions.because:
        how = f"dot: place by mean rank; none is excluded for sure: {positions.because}"
    else:
        level = f"at least {100 * positions.level:.0f} %"
        how = (
            f"dot: place by mean rank; bar: places it may hold ({level}), drawing {positions.drawn} again; bands: ties"
        )
    languages = [code for code in outcome.languages if code != "mean"]
    of = counted(len(languages), "language") if languages else "means over languages"
    where = f"{counted(len(outcome.targets), 'target')}, {of}; {outcome.setting}"
    small = "small signs: place by mean rank within a family (languages)" if families else ""
    lines = [style.folded(text, 110, 3) for text in (how, where, small) if text]
    return "\n".join([*lines, *(style.folded(text, 110, len(text)) for text in (*outcome.dropped, *_others(outcome)))])


def _others(outcome: HierarchyFit) -> list[str]:
    """Lists what else of the table could be ranked."""
    return [
        f"not ranked here, as one {column} is at a time (--{column}): {', '.join(names)}"
        for column, names in outcome.others.items()
        if names
    ]


def _line(axes: Axes, averages: Sequence[float], difference: float, bars: int) -> None:
    """The axis of ranks on top, with the critical difference above it."""
    last = len(averages)
    axes.plot([1, last], [0, 0], color=style.INK, lw=1.2)
    for rank in range(1, last + 1):
        axes.plot([rank, rank], [0, 0.18], color=style.INK, lw=1)
        axes.text(rank, 0.28, str(rank), ha="center", va="bottom", fontsize=8.5)
    axes.plot([1, 1 + difference], [1.35, 1.35], "|-", color=style.INK, lw=1.6, ms=8, mew=1.6)
    axes.text(1 + difference / 2, 1.5, f"critical difference {difference:.2f}", ha="center", va="bottom", fontsize=8)
    axes.set_axis_off()
    axes.set_xlim(0.2, last + 0.8)
    axes.set_ylim(-1.2 - 0.42 * bars - 0.75 * ((last + 1) // 2), 2.1)


def _hang(axes: Axes, names: Sequence[str], averages: Sequence[float], half: int, bars: int) -> None:
    """The better half is named on the left, the other on the right."""
    for i, (name, rank) in enumerate(zip(names, averages, strict=True)):
        left = i < half
        depth = i if left else len(names) - 1 - i
        y = -0.8 - 0.42 * bars - 0.75 * depth
        edge = 0.7 if left else len(names) + 0.3
        axes.plot([rank, rank, edge], [0, y, y], color=style.SOFT, lw=0.9)
        axes.annotate(f"{name}  {rank:.2f}" if left else f"{rank:.2f}  {name}", (edge, y), (-4 if left else 4, 0),
                      textcoords="offset points", ha="right" if left else "left", va="center", fontsize=8.5,
                      annotation_clip=False)  # fmt: skip
