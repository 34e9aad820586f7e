"""Claimed against measured: every number a report states, beside what the evidence says of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING

from analysis.errors import MissingDataError
from analysis.wording import counted
from reports import style
from reports.figures.stated import Measured, StatedValue
from reports.printed import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RELATIONS = {"=": "", "about": "about ", ">": "above ", "<": "below ", ">=": "at least ", "<=": "at most "}
DIRECTIONS = {">": 1, ">=": 1, "<": -1, "<=": -1}
TEXT_WIDTH, TEXT_LINES, LABELS_SHOWN = 54, 2, 5
ROW = 0.46
"""Height of a claim, in inches."""


def draw(stated: Sequence[StatedValue]) -> Figure:
    """The figure of the numbers that claims state (see `reports.figures.stated`).

    Raises:
        MissingDataError: no claim states a number in points.
    """
    if not stated:
        raise MissingDataError("no claim states a number in points: there is nothing to draw")
    with style.applied():
        figure = style.sheet(8.6, 1.35 + ROW * len(stated))
        axes = figure.subplots()
        low, high = _scale(stated)
        for row, one in enumerate(stated):
            _claimed(axes, row, one, 0.12 * (high - low))
            _measured(axes, row, one)
        _axis(axes, low, high, len(stated))
        _labels(axes, stated)
        _key(figure, stated)
    return figure


def _claimed(axes: Axes, row: int, one: StatedValue, reach: float) -> None:
    """The stated number: a bar as wide as its last digit leaves open, or an arrow for "above", "below"."""
    place = row + 0.17
    direction = DIRECTIONS.get(one.relation, 0)
    if direction:
        arrow = {"arrowstyle": "-|>", "color": style.SOFT, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (one.value + direction * reach, place), (one.value, place), arrowprops=arrow)
        axes.plot([one.value] * 2, [place - 0.14, place + 0.14], color=style.SOFT, lw=1.6)
        return
    ends = [one.value - one.half_width, one.value + one.half_width]
    axes.plot(ends, [place] * 2, color=style.SOFT, lw=5, alpha=0.35, solid_capstyle="butt")
    axes.plot([one.value], [place], "D", ms=5, mfc=style.PAPER, mec=style.SOFT, mew=1.3)


def _measured(axes: Axes, row: int, one: StatedValue) -> None:
    colour, marker = style.VERDICTS[one.verdicts[0]]
    for i, item in enumerate(one.measured):
        place = row - 0.17 + 0.12 * i
        axes.plot([_or_nan(item.low), _or_nan(item.high)], [place] * 2, "|-", color=colour, lw=1.8, ms=9, mew=1.4)
        axes.plot([item.value], [place], marker, ms=4.5, color=colour if item.decides else style.PAPER, mec=colour)


def _or_nan(value: float | None) -> float:
    return nan if value is None else value


def _scale(stated: Sequence[StatedValue]) -> tuple[float, float]:
    """Least and greatest number to be shown, 0 among them."""
    ends = [0.0, *(one.value for one in stated)]
    ends += [end for one in stated for m in one.measured for end in (m.value, m.low, m.high) if end is not None]
    return (min(ends), max(ends)) if min(ends) < max(ends) else (-1.0, 1.0)


def _axis(axes: Axes, low: float, high: float, rows: int) -> None:
    room = 0.16 * (high - low)
    axes.set_xlim(low - room, high + room)
    axes.axvline(0, color=style.RULE, lw=1, zorder=0)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlabel("points")
    for row in range(1, rows):
        axes.axhline(row - 0.5, color=style.PALE, lw=0.8, zorder=0)


def _labels(axes: Axes, stated: Sequence[StatedValue]) -> None:
    """Labels: the claim on the left, the verdict on the right."""
    axes.set_yticks(range(len(stated)), [_name(one) for one in stated])
    axes.tick_params(axis="y", length=0, labelsize=8)
    axes.spines["left"].set_visible(False)
    for row, one in enumerate(stated):
        first, *more = one.verdicts
        word = first + (f" (also {', '.join(more)})" if more else "")
        said = [
            f"{RELATIONS[one.relation]}{one.value:g} claimed",
            ", ".join(map(_said, one.measured[:2])) or "no result",
        ]
        axes.annotate(
            f"{word}\n{'; '.join(said)}", (1, row), (8, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", fontsize=8, color=style.VERDICTS[first][0], annotation_clip=False,
        )  # fmt: skip


def _name(one: StatedValue) -> str:
    shown = ", ".join(one.claims[:LABELS_SHOWN])
    more = len(one.claims) - LABELS_SHOWN
    head = style.printable(shown + (f" and {more} more" if more > 0 else ""))
    return f"{head}\n{style.folded(one.text, TEXT_WIDTH, TEXT_LINES)}"


def _said(item: Measured) -> str:
    span = "" if item.low is None or item.high is None else f" [{_short(item.low)}, {_short(item.high)}]"
    return f"{_short(item.value)}{span} measured"


def _short(value: float) -> str:
    """At most two decimals, which is what the axis can show."""
    return number(round(value, 2))


def _key(figure: Figure, stated: Sequence[StatedValue]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], marker="D", ls="", mfc=style.PAPER, mec=style.SOFT, mew=1.4, label="claimed")]
    for word in dict.fromkeys(one.verdicts[0] for one in stated if one.measured):
        colour, marker = style.VERDICTS[word]
        handles.append(Line2D([], [], marker=marker, color=colour, label=f"measured, with its interval: {word}"))
    figure.legend(handles=handles, loc="outside upper left", ncols=2)
    alone = sum(not one.measured for one in stated)
    if alone:
        text = f"{counted(alone, 'statement')} of {len(stated)} without a result to compare with"
        figure.supxlabel(text, fontsize=8, color=style.SOFT)
