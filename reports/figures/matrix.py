"""The transfer matrix as a picture: targets in groups, retrieval on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite
from typing import TYPE_CHECKING

from reports import style
from reports.matrix import APART, limit_of
from reports.printed import listed, signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap, Normalize
    from matplotlib.figure import Figure

    from reports.matrix import GainCell, Target, TransferMatrix

WIDE, TALL = 0.66, 0.36
"""A cell, in inches."""
MARK = "*"
UNUSED = 4
"""Lines on scores that were not used."""


def draw(matrix: TransferMatrix) -> Figure:
    """Gains of every run on every target, with the means of rows and columns."""
    together = [t for t in matrix.targets if t.group != APART]
    apart = [t for t in matrix.targets if t.group == APART]
    panels = [targets for targets in (together, apart) if targets]
    columns = [WIDE * len(targets) for targets in panels]
    rows = len(matrix.runs) + 2 * (len(matrix.runs) > 1)
    longest = max(len(run) for run in matrix.runs)
    with style.applied():
        figure = style.sheet(1.2 + 0.075 * longest + sum(columns) + 0.45 * len(panels) + 3.3, 3.1 + TALL * rows)
        grid = figure.subplots(1, len(panels) + 1, sharey=True, width_ratios=[*columns, 1.7])
        for axes, targets in zip(grid, panels, strict=False):
            _panel(figure, axes, matrix, targets)
        _run_labels(grid[0], matrix)
        _means(grid[-1], matrix)
        figure.suptitle(_title(matrix), x=0.01, ha="left", fontsize=11, fontweight="bold")
        figure.supxlabel("\n".join(_notes(matrix)), x=0.01, ha="left", fontsize=7.5, color=style.SOFT)
    return figure


def _panel(figure: Figure, axes: Axes, matrix: TransferMatrix, targets: Sequence[Target]) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    gains = [cell.gain for (_, target), cell in matrix.cells.items() if target in {t.id for t in targets}]
    limit = limit_of(gains)
    scale = Normalize(-limit, limit)
    colours = LinearSegmentedColormap.from_list("loss to gain", style.LOSS_TO_GAIN)
    for x, target in enumerate(targets):
        for y, run in enumerate(matrix.runs):
            _cell(axes, x, y, matrix.cells.get((run, target.id)), colours, scale)
        if len(matrix.runs) > 1:
            _cell(axes, x, len(matrix.runs) + 0.35, matrix.target_means[target.id], colours, scale)
    _column_labels(axes, targets, len(matrix.runs))
    beyond = (min(gains, default=0) < -limit, max(gains, default=0) > limit)
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}[beyond]
    bar = figure.colorbar(
        ScalarMappable(scale, colours), ax=axes, location="bottom", extend=extend, shrink=min(1, 2.4 / len(targets)),
        aspect=14 * min(1, len(targets) / 2), pad=0.03, ticks=[-limit, 0, limit],
    )  # fmt: skip
    bar.set_ticklabels([signed(-limit, 0), "0", signed(limit, 0)])
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0)
    bar.set_label("gain, points", fontsize=8)


def _cell(axes: Axes, x: float, y: float, cell: GainCell | None, colours: Colormap, scale: Normalize) -> None:
    """A coloured square with its number; hatched where nothing was measured."""
    from matplotlib.patches import Rectangle

    place = (x - 0.48, y - 0.47)
    if cell is None:
        square = Rectangle(place, 0.96, 0.94, facecolor=style.PAPER, edgecolor="#b9b2a4", hatch="////", lw=0)
        axes.add_patch(square).set_in_layout(False)
        return
    colour = colours(float(scale(cell.gain)))
    axes.add_patch(Rectangle(place, 0.96, 0.94, facecolor=colour, lw=0)).set_in_layout(False)
    text = signed(cell.gain) + (MARK if cell.sign else "")
    number = axes.text(x, y, text, ha="center", va="center", fontsize=8.5, color=style.ink_on(colour[:3]),
                       fontweight="bold" if cell.sign else "normal")  # fmt: skip
    number.set_in_layout(False)  # it stands within its square: what it takes to measure is spared


def _column_labels(axes: Axes, targets: Sequence[Target], runs: int) -> None:
    axes.set_xlim(-0.55, len(targets) - 0.45)
    axes.set_ylim(runs + (0.9 if runs > 1 else -0.4), -0.6)
    axes.set_xticks(range(len(targets)), [style.printable(t.name) for t in targets])
    axes.tick_params(axis="both", length=0, labelbottom=False, labeltop=True, pad=3)
    for label in axes.get_xticklabels():
        label.set(rotation=35, ha="left", va="bottom", rotation_mode="anchor")
    for spine in axes.spines.values():
        spine.set_visible(False)
    start = 0
    for group in dict.fromkeys(t.group for t in targets):
        width = sum(t.group == group for t in targets)
        if start:
            axes.axvline(start - 0.5, color=style.INK, lw=1.2)
        axes.annotate(
            group.replace(" ", "\n"), (start + width / 2 - 0.5, 1), (0, 60), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", va="bottom", fontsize=8, color=style.SOFT, annotation_clip=False,
        )  # fmt: skip
        start += width


def _run_labels(axes: Axes, matrix: TransferMatrix) -> None:
    names = [style.printable(run) for run in matrix.runs]
    places: list[float] = [*range(len(names))]
    if len(names) > 1:
        names, places = [*names, "mean of runs"], [*places, len(names) + 0.35]
    axes.set_yticks(places, names)


def _means(axes: Axes, matrix: TransferMatrix) -> None:
    """The mean of every run over its targets, with its interval."""
    for y, run in enumerate(matrix.runs):
        cell = matrix.run_means[run]
        colour = style.LOSS_TO_GAIN[1] if cell.gain < 0 else style.LOSS_TO_GAIN[-2]
        if isfinite(cell.low):
            axes.plot([cell.low, cell.high], [y, y], color=colour, lw=1.8, solid_capstyle="butt")
        axes.plot([cell.gain], [y], "o", ms=5, mfc=colour if cell.sign else style.PAPER, mec=colour, mew=1.4)
        axes.annotate(_mean_text(cell, len(matrix.targets)), (1, y), (6, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", fontsize=8, annotation_clip=False)  # fmt: skip
    axes.axvline(0, color=style.RULE, lw=1, zorder=0)
    axes.margins(x=0.12)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.tick_params(axis="x", pad=1)
    axes.spines["left"].set_visible(False)
    axes.set_title(f"mean over targets\nand {100 * matrix.level:.0f} % interval", fontsize=8, fontweight="normal")
    axes.set_xlabel("points", fontsize=8)


def _mean_text(cell: GainCell, targets: int) -> str:
    span = f" [{signed(cell.low)}, {signed(cell.high)}]" if isfinite(cell.low) else ""
    lacking = f"  {cell.targets} of {targets} targets" if cell.targets < targets else ""
    return f"{signed(cell.gain)}{span}{lacking}"


def _title(matrix: TransferMatrix) -> str:
    synthetic = "SYNTHETIC data: " if "synthetic" in matrix.provenance else ""
    return style.printable(f"{synthetic}Gain of intermediate training, {matrix.model}")


def _notes(matrix: TransferMatrix) -> list[str]:
    """Notes: the meaning of the signs, the scores that were read, the missing ones."""
    readings: dict[str, list[str]] = {}
    for target in matrix.targets:
        readings.setdefault(target.reading, []).append(target.name)
    notes = [f"{MARK} the {100 * matrix.level:.0f} % interval over seeds excludes 0; hatched: not measured"]
    if not any(isfinite(cell.low) for cell in matrix.cells.values()):
        why = next((cell.because for cell in matrix.cells.values() if cell.because), "")
        notes = [f"no cell has an interval: {why}" if why else "no cell has an interval"]
        if any(run_target not in matrix.cells for run_target in _all(matrix)):
            notes[0] += "; hatched: not measured"
    notes.append("; ".join(f"{reading}: {listed(names)}" for reading, names in readings.items()))
    notes += matrix.absent
    rows = [row for note in notes for row in style.folded(note, 130, ceil(len(note) / 100)).split("\n")]
    unused = f"not used: {'; '.join(matrix.left_out)}" if matrix.left_out else ""
    return [*rows, *(style.folded(unused, 130, UNUSED).split("\n") if unused else [])]


def _all(matrix: TransferMatrix) -> list[tuple[str, str]]:
    return [(run, target.id) for run in matrix.runs for target in matrix.targets]
