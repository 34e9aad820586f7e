"""The specification curve: every estimate that could have been made, and the choices behind each.

After Simonsohn, Simmons and Nelson 2020 (doi:10.1038/s41562-020-0912-z).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import MissingDataError
from analysis.wording import counted
from reports import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHOICES = {
    "kind": "distance",
    "standard_error": "standard error",
    "phylogeny": "phylogeny",
    "transform": "outcome in",
    "subset": "languages",
    "controls": "held constant",
}
"""Column of the table → what is chosen."""
SIGNIFICANT = 0.05
FALLS, RISES, OPEN = style.LOSS_TO_GAIN[1], style.LOSS_TO_GAIN[-2], "#8f897e"
UNTESTED = "#cfc9bc"
PALE_LINE = "#d8d2c5"
ROW = 0.175
"""Height of a choice, in inches."""


def draw(table: pd.DataFrame, *, question: str, synthetic: bool = False) -> Figure:
    """Standardised estimates in their order above, the choices of each below.

    Args:
        table: columns `kind`, `standard_error`, `phylogeny`, `transform`, `subset`, `controls`, `estimate`,
            `low`, `high`, `standardised`, `p_value` (NaN where no test is sound).
        question: what the estimates answer, for the title.
        synthetic: whether the scores were made up by a program.

    Raises:
        MissingDataError: no specification can be told.
    """
    told = table[table["standardised"].notna()].sort_values("standardised", kind="stable", ignore_index=True)
    if told.empty:
        why = f": {table['because'].iloc[0]}" if len(table) else ""
        raise MissingDataError(f"no specification can be told{why}")
    rows = [(column, value) for column in CHOICES if column in told for value in dict.fromkeys(told[column])]
    with style.applied():
        figure = style.sheet(9.2, 3.4 + ROW * (len(rows) + len(CHOICES)))
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[2.5, ROW * (len(rows) + len(CHOICES))])
        colours = _colours(told)
        _estimates(upper, told, colours)
        _choices(lower, told, rows, colours)
        title = ("SYNTHETIC data: " if synthetic else "") + question
        figure.suptitle(style.folded(title, 84, 2), x=0.01, ha="left", fontsize=11, fontweight="bold")
        figure.supxlabel(summary(told, len(table)), x=0.01, ha="left", fontsize=7.5, color=style.SOFT)
    return figure


def summary(told: pd.DataFrame, asked: int) -> str:
    """Counts the specifications that fall and rise, and how many of them significantly."""
    significant = told["p_value"] < SIGNIFICANT
    falls, rises = told["standardised"] < 0, told["standardised"] > 0
    parts = [
        f"{int(side.sum())} {word} ({int((side & significant).sum())} significantly)"
        for side, word in ((falls, "fall"), (rises, "rise"))
    ]
    untold = f"; {counted(asked - len(told), 'specification')} could not be told" if asked > len(told) else ""
    count = counted(len(told), "specification")
    tested = int(told["p_value"].notna().sum())
    return (
        f"{count}, {tested} with a sound test: {', '.join(parts)} at {100 * SIGNIFICANT:.0f} %{untold}; "
        "long intervals are cut"
    )


def _colours(told: pd.DataFrame) -> list[str]:
    values, p_values = (told[name].to_numpy(dtype=np.float64) for name in ("standardised", "p_value"))
    return [_colour(value, p_value) for value, p_value in zip(values, p_values, strict=True)]


def _colour(value: float, p_value: float) -> str:
    if np.isnan(p_value):
        return UNTESTED
    return (FALLS if value < 0 else RISES) if p_value < SIGNIFICANT else OPEN


def _estimates(axes: Axes, told: pd.DataFrame, colours: Sequence[str]) -> None:
    """Estimates with intervals, both in standard deviations."""
    values = told["standardised"].to_numpy(dtype=np.float64)
    raw = told["estimate"].to_numpy(dtype=np.float64)
    scale = np.divide(values, raw, out=np.full(len(raw), np.nan), where=raw != 0)
    low, high = (told[side].to_numpy(dtype=np.float64) * scale for side in ("low", "high"))
    places = np.arange(len(told))
    reach = 2.5 * float(np.abs(values).max()) or 1.0
    axes.vlines(
        places, np.clip(low, -reach, reach), np.clip(high, -reach, reach), color=PALE_LINE, lw=_width(len(told))
    )
    for colour, marker in ((UNTESTED, "."), (OPEN, "o"), (FALLS, "v"), (RISES, "^")):
        here = [i for i, c in enumerate(colours) if c == colour]
        if here:
            axes.plot(places[here], values[here], marker, ls="", ms=3.2, color=colour, label=LABELS[colour])
    axes.axhline(0, color=style.INK, lw=0.8)
    axes.set_ylabel("standard deviations of the\noutcome per standard\ndeviation of distance")
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.legend(loc="upper left", ncols=4, fontsize=8, handletextpad=0.2, bbox_to_anchor=(0, 1.14))


LABELS = {
    UNTESTED: "no sound test",
    OPEN: "not significant",
    FALLS: "falls significantly",
    RISES: "rises significantly",
}


def _width(specifications: int) -> float:
    return min(3.0, max(0.5, 250 / specifications))


def _choices(axes: Axes, told: pd.DataFrame, rows: Sequence[tuple[str, object]], colours: Sequence[str]) -> None:
    """A tick for each choice of each specification, in the colour of its estimate."""
    y, places, names = 0.0, [], []
    shades = np.array(colours)
    before = None
    for column, value in rows:
        if column != before:
            y += 1.0
            axes.annotate(CHOICES[column], (1, y - 0.1), (6, 0), xycoords=("axes fraction", "data"),
                          textcoords="offset points", va="center", fontsize=8, color=style.SOFT,
                          annotation_clip=False)  # fmt: skip
            if before is not None:
                axes.axhline(y - 1.0, color=style.RULE, lw=0.7)
            before = column
        here = np.flatnonzero((told[column] == value).to_numpy())
        axes.vlines(here, y - 0.38, y + 0.38, colors=list(shades[here]), lw=_width(len(told)))
        places.append(y)
        names.append(style.printable(str(value)))
        y += 1.0
    axes.set_yticks(places, names)
    axes.set_ylim(y - 0.3, -0.1)
    axes.set_xlim(-0.02 * len(told) - 0.5, 1.02 * len(told) - 0.5)
    axes.tick_params(axis="y", length=0, labelsize=7.5)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
