"""A heat map of scores: every row of a leaderboard by task or by language, with means and places beside it."""

from __future__ import annotations

from math import ceil, isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.errors import MissingDataError
from analysis.wording import counted
from reports import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

    from analysis.leaderboard import Board
    from analysis.questions.ranking import RankingFit
    from analysis.questions.ranking.places import RowRanks
    from analysis.stats.arrays import Floats


By = Literal["tasks", "languages"]
WIDE, TALL = 0.62, 0.3
"""A cell, in inches."""
BAND = 32
"""Columns side by side; more go into further bands below."""
SOME = "°"


def draw(outcome: RankingFit, *, by: By | None = None) -> Figure:
    """Scores of every row, best first; rows that are not ranked stand below.

    Args:
        outcome: of `analysis.questions.ranking.fit`.
        by: columns; None: tasks where there are several, else languages.

    Raises:
        MissingDataError: nothing can be compared.
    """
    board = outcome.whole
    if board is None or outcome.places is None:
        raise MissingDataError(f"no scores can be drawn: {outcome.because}")
    by = by or ("tasks" if len(board.tasks) > 1 else "languages")
    values, partly = _means(board, axis=2 if by == "tasks" else 1)
    names = list(board.tasks if by == "tasks" else board.languages)
    ranked = list(outcome.places.frame["name"])
    order = [board.rows.index(name) for name in (*ranked, *(n for n in board.rows if n not in ranked))]
    bands = [range(start, min(start + BAND, len(names))) for start in range(0, len(names), BAND)]
    longest = max(len(row) for row in board.rows)
    tall = TALL * len(order) + 0.075 * max(map(len, names)) + 0.4
    with style.applied():
        width = 0.6 + 0.075 * longest + WIDE * min(len(names), BAND) + 3.6
        figure = style.sheet(width, 1.6 + tall * len(bands))
        ratios = [WIDE * min(len(names), BAND), 1.8]
        grid = figure.subplots(len(bands), 2, squeeze=False, width_ratios=ratios)
        limits = _limits(values, common=by == "languages")
        told = _not_told(outcome, by)
        for axes, band in zip(grid[:, 0], bands, strict=True):
            _heat(axes, board, values[order], partly[order], [names[i] for i in band], band, limits, told, order)
        _places(grid[0][1], outcome.places, len(order))
        for axes in grid[1:, 1]:
            axes.set_visible(False)
        synthetic = "SYNTHETIC data: " if "synthetic" in board.provenance else ""
        figure.suptitle(f"{synthetic}Scores by {by[:-1]}", x=0.01, ha="left", fontsize=11, fontweight="bold")
        figure.supxlabel(
            "\n".join(_notes(outcome.places, board, by)), x=0.01, ha="left", fontsize=7.5, color=style.SOFT
        )
    return figure


def _means(board: Board, axis: int) -> tuple[Floats, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """Means over an axis of what each row has, and whether it lacks what others have there."""
    there = ~np.isnan(board.scores)
    count = there.sum(axis=axis)
    with np.errstate(invalid="ignore"):
        means: Floats = np.where(there, board.scores, 0.0).sum(axis=axis) / count
    return means, count < there.any(axis=0).sum(axis=axis - 1)


def _limits(values: Floats, *, common: bool) -> Floats:
    """Lowest and highest colour of each column, (columns, 2)."""
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    if common:
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    return np.column_stack([low, np.maximum(high, low + 1e-9)])


def _not_told(outcome: RankingFit, by: By) -> set[tuple[str, str]]:
    """(column, row) that are best or not told from the best."""
    told = set()
    for _, record in outcome.best[outcome.best["of"] == by[:-1]].iterrows():
        rows = [*record["best"].split(", "), *filter(None, record["not_told_from_it"].split(", "))]
        told |= {(record["where"], name) for name in rows}
    return told


def _heat(
    axes: Axes,
    board: Board,
    values: Floats,
    partly: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    names: Sequence[str],
    band: range,
    limits: Floats,
    told: set[tuple[str, str]],
    order: Sequence[int],
) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("low to high", style.LOSS_TO_GAIN[4:])
    rows = [board.rows[i] for i in order]
    for x, column in enumerate(band):
        for y, row in enumerate(rows):
            mark = SOME if partly[y, column] else ""
            bold = (names[x], row) in told
            _cell(axes, (x, y), float(values[y, column]), limits[column], colours, mark=mark, bold=bold)
    axes.set_xlim(-0.5, min(len(limits), BAND) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [style.printable(row) for row in rows])
    axes.set_xticks(range(len(band)), [style.printable(name) for name in names])
    axes.tick_params(axis="both", length=0, labelbottom=False, labeltop=True, pad=3)
    for label in axes.get_xticklabels():
        label.set(rotation=40, ha="left", va="bottom", rotation_mode="anchor")
    for spine in axes.spines.values():
        spine.set_visible(False)


def _cell(
    axes: Axes,
    place: tuple[float, float],
    value: float,
    limits: Floats,
    colours: Colormap,
    *,
    mark: str,
    bold: bool,
) -> None:
    from matplotlib.patches import Rectangle

    corner = (place[0] - 0.48, place[1] - 0.46)
    if not isfinite(value):
        axes.add_patch(Rectangle(corner, 0.96, 0.92, facecolor=style.PAPER, edgecolor="#b9b2a4", hatch="////", lw=0))
        return
    colour = colours(float((value - limits[0]) / (limits[1] - limits[0])))
    axes.add_patch(Rectangle(corner, 0.96, 0.92, facecolor=colour, lw=0))
    text = axes.text(
        *place, f"{value:.1f}{mark}".replace("-", "−"), ha="center", va="center", fontsize=8,
        color=style.ink_on(colour[:3]), fontweight="bold" if bold else "normal",
    )  # fmt: skip
    text.set_in_layout(False)


def _places(axes: Axes, places: RowRanks, rows: int) -> None:
    """Mean score of every ranked row with its interval, and the places it may hold."""
    for y, (_, row) in enumerate(places.frame.iterrows()):
        if isfinite(row["score_low"]):
            axes.plot([row["score_low"], row["score_high"]], [y, y], color=style.SKY, lw=5, solid_capstyle="butt")
        axes.plot([row["score"]], [y], "o", ms=4.5, color=style.BLUE, zorder=3)
        place = f"{row['low']:.0f}–{row['high']:.0f}" if isfinite(row["low"]) else f"({row['rank']:.0f})"
        said = f"{row['score']:.1f}   {place}".replace("-", "−")
        axes.annotate(said, (1, y), (6, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", fontsize=8, annotation_clip=False)  # fmt: skip
    for y in range(len(places.frame), rows):
        axes.annotate("not ranked", (1, y), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                      va="center", fontsize=8, color=style.SOFT, annotation_clip=False)  # fmt: skip
    axes.set_ylim(rows - 0.5, -0.5)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.spines["left"].set_visible(False)
    axes.set_title("mean over tasks, places", fontsize=8, fontweight="normal")
    axes.set_xlabel("points", fontsize=8)


def _notes(places: RowRanks, board: Board, by: By) -> list[str]:
    how = f"over {places.drawn}" if not places.because else f"none is sure: {places.because}"
    other = "languages" if by == "tasks" else "tasks"
    scale = "colours reach from the lowest to the highest of each column" if by == "tasks" else "one scale of colours"
    readings: dict[str, list[str]] = {}
    for task, reading in zip(board.tasks, board.readings, strict=True):
        readings.setdefault(reading, []).append(task)
    level = f"{100 * places.level:g} %"
    lacking = f"{SOME} lacks {other} that others have there; hatched: not measured"
    notes = [
        f"bold: the best of a column, and those not told from it; {lacking}; {scale}",
        f"right: mean over tasks, missing cells by row + cell, {level} interval; places that a row may hold, {how}",
        "; ".join(f"{reading}: {', '.join(names)}" for reading, names in readings.items()),
    ]
    if by == "tasks":
        codes = [code for code in board.languages if code != "mean"]
        notes.append(f"{counted(len(codes), 'language')}: {', '.join(codes)}" if codes else "means over languages")
    return [row for note in notes for row in style.folded(note, 120, ceil(len(note) / 90)).split("\n")]
