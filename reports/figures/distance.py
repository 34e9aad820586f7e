"""Outcome by distance from the source language: languages, the slope and the interval it may have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import MissingDataError
from analysis.questions.distance.models import language_level
from analysis.questions.distance.rows import LEAST_LANGUAGES
from analysis.stats.arrays import CannotTellError
from analysis.wording import counted
from reports import style
from reports.figures.labels import name_points, settle
from reports.printed import signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.answer import Effect
    from analysis.questions.distance import DistanceFit
    from analysis.questions.distance.rows import DistanceRows
    from analysis.stats.arrays import Floats

ACROSS = 3
CROWD, MOST_ROOM = 40, 2.5
"""Languages from which a panel grows with their number, and by how much at most."""
A_LINE, LINE = 24, 0.14
"""Languages in a line of the key, and its height in inches."""
MANY = 12
"""Languages without a distance that an axis names; more are named in the key."""
LEFT_OUT = ("no family is known", "set aside whole")
"""Words in the sentences on languages and targets that no panel shows."""
NAMED = 6
"""Models or tasks that a refusal names."""
OTHERS = "families of one language"
OTHERS_MARKER = "x"


def draw(outcome: DistanceFit) -> Figure:
    """A panel per kind of distance, languages named, families by marker and colour.

    Raises:
        MissingDataError: no kind of distance has enough languages.
    """
    panels: dict[str, DistanceRows] = {}
    because = ""
    for kind in outcome.cells.kinds:
        try:
            panels[kind] = outcome.cells.rows(kind)
        except CannotTellError as error:
            because = because or error.because
    if not panels:
        why = because or "no kind of distance is known"
        raise MissingDataError(f"nothing to draw over distance: {why}{_remedy(outcome)}")
    figure, unnamed = _sheet(outcome, panels, {})
    return _sheet(outcome, panels, unnamed)[0] if unnamed else figure


def _remedy(outcome: DistanceFit) -> str:
    """The options that would draw it, with the models, tasks and languages at hand."""
    if outcome.design.outcome == "gain":
        return "; scores of single languages are drawn with --outcome score"
    cells = outcome.cells.targets
    if cells.empty:
        return ""
    languages = cells.groupby("target")["language"].unique()
    tasks = [f"{name} ({', '.join(sorted(codes))})" for name, codes in languages.items()]
    return (
        f"; bring one name for a task in all its languages, {LEAST_LANGUAGES} or more. "
        f"Models here: {_some(sorted(set(cells['model'])))}. Tasks (languages): {_some(tasks)}"
    )


def _some(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def _sheet(
    outcome: DistanceFit, panels: Mapping[str, DistanceRows], unnamed: Mapping[str, Collection[str]]
) -> tuple[Figure, dict[str, list[str]]]:
    """The figure, and the languages of each kind whose points have no room for a name.

    Args:
        outcome: what is drawn.
        panels: kind of distance → its cells.
        unnamed: kind → languages whose points stay without a name and are listed below.
    """
    looks = _looks(panels.values())
    across = min(ACROSS, len(panels))
    down = ceil(len(panels) / across)
    lost: dict[str, list[str]] = {}
    with style.applied():
        room = min(MOST_ROOM, max(1.0, (max(rows.languages for rows in panels.values()) / CROWD) ** 0.5))
        listed = sum(len(names) for names in unnamed.values()) / A_LINE
        figure = style.sheet(max(5.4, 3.7 * across * room), 3.3 * down * room + 1.2 + LINE * listed)
        grid = figure.subplots(down, across, squeeze=False, sharey=True)
        for axes in grid.flat[len(panels) :]:
            axes.set_visible(False)
        drawn = [_panel(axes, kind, outcome, looks) for axes, kind in zip(grid.flat, panels, strict=False)]
        _limits(grid[0][0], [value for _, y, _ in drawn for value in y])
        for row in grid:
            row[0].set_ylabel(f"{outcome.design.outcome} of a language, points")
        _key(figure, outcome, looks, unnamed)
        figure.suptitle(_title(outcome), x=0.01, ha="left", fontsize=11, fontweight="bold")
        settle(figure)
        for axes, kind, (x, y, names) in zip(grid.flat, panels, drawn, strict=False):
            named = [i for i, name in enumerate(names) if name not in unnamed.get(kind, ())]
            points = [x[i] for i in named], [y[i] for i in named], [names[i] for i in named]
            boxes = name_points(axes, *points, crowded=len(names) > CROWD and not unnamed)
            if off := [name for name, box in zip(points[2], boxes, strict=True) if box is None]:
                lost[kind] = off
    return figure, lost


def _looks(panels: Iterable[DistanceRows]) -> dict[str, tuple[str, str]]:
    """Family → (colour, marker); families of one language share one."""
    languages: dict[str, set[str]] = {}
    for rows in panels:
        for family, language in zip(rows.family, rows.language, strict=True):
            languages.setdefault(str(family), set()).add(str(language))
    order = sorted(languages, key=lambda name: (-len(languages[name]), name))
    looks = {}
    for i, family in enumerate(f for f in order if len(languages[f]) > 1):
        looks[family] = (style.CYCLE[i % len(style.CYCLE)], style.MARKERS[i % len(style.MARKERS)])
    return looks


def _panel(
    axes: Axes, kind: str, outcome: DistanceFit, looks: Mapping[str, tuple[str, str]]
) -> tuple[list[float], list[float], list[str]]:
    """Points and the slope's band; returns the points to be named."""
    rows = outcome.cells.rows(kind)
    values, z, names = language_level(rows)
    centre, sd = _number(outcome.spreads, kind, "mean"), _number(outcome.spreads, kind, "sd")
    x = centre + sd * z
    y = values - values.mean() + rows.y.mean()
    effect = next(e for k, e in zip(outcome.cells.kinds, outcome.headline, strict=True) if k == kind)
    _slope(axes, effect, x, centre, sd, float(rows.y.mean()))
    family = {str(c): str(f) for c, f in zip(rows.language, rows.family, strict=True)}
    for place, value, name in zip(x, y, names, strict=True):
        colour, marker = looks.get(family[name], (style.SOFT, OTHERS_MARKER))
        axes.plot([place], [value], marker, color=colour, ms=5.5, mew=1.2, zorder=3)
    if outcome.design.outcome == "gain":
        axes.axhline(0, color=style.RULE, lw=1, zorder=0)
    axes.margins(x=0.12)
    axes.set_xlabel(style.folded(_axis(kind, set(outcome.cells.targets["language"].astype(str)) - set(names)), 48, 8))
    axes.set_title(_said(effect, outcome, kind), fontsize=8, fontweight="normal")
    return [float(v) for v in x], [float(v) for v in y], names


def _axis(kind: str, missing: Collection[str]) -> str:
    """The kind of distance, and the languages of the table that have none and are not drawn."""
    if len(missing) > MANY:
        return f"{kind} distance (none known for {counted(len(missing), 'language')}, named below)"
    return f"{kind} distance" + (f" (none known for {', '.join(sorted(missing))})" if missing else "")


def _limits(axes: Axes, values: Sequence[float]) -> None:
    """The points decide what is seen; a band that is wider is cut at the frame."""
    room = 0.22 * (max(values) - min(values)) or 1.0
    axes.set_ylim(min(values) - room, max(values) + room)


def _slope(axes: Axes, effect: Effect, x: Floats, centre: float, sd: float, mean: float) -> None:
    """The line the answer rests on, and what its interval allows, turning about the mean."""
    if effect.because:
        return
    ends = np.linspace(float(np.min(x)), float(np.max(x)), 60)
    z = (ends - centre) / sd
    low, high = mean + effect.low * z, mean + effect.high * z
    axes.fill_between(ends, np.minimum(low, high), np.maximum(low, high), color=style.SKY, alpha=0.25, lw=0)
    axes.plot(ends, mean + effect.estimate * z, color=style.BLUE, lw=1.6)


def _said(effect: Effect, outcome: DistanceFit, kind: str) -> str:
    """The slope per unit of distance beside what so few families could show."""
    if effect.because:
        first = style.folded(f"cannot tell: {effect.because}", 52, 3)
    else:
        span = f"[{signed(effect.low)}, {signed(effect.high)}]"
        first = f"{signed(effect.estimate)} {span} points per SD (p = {effect.p_value:.2g})"
    r, least, families = (_number(outcome.required, kind, c) for c in ("correlation", "required_families", "families"))
    found = f"r = {r:.2f}".replace("-", "−") if isfinite(r) else "no r"
    if not isfinite(least):
        return f"{first}\n{found}; {int(families)} families show no r, however strong"
    return f"{first}\n{found}; {int(families)} families show |r| ≥ {least:.2f}"


def _number(frame: pd.DataFrame, kind: str, column: str) -> float:
    return float(frame.loc[frame["kind"] == kind, column].iloc[0])


def _key(
    figure: Figure,
    outcome: DistanceFit,
    looks: Mapping[str, tuple[str, str]],
    unnamed: Mapping[str, Collection[str]],
) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], ls="", marker=m, color=c, label=style.printable(name)) for name, (c, m) in looks.items()]
    handles.append(Line2D([], [], ls="", marker=OTHERS_MARKER, color=style.SOFT, label=OTHERS))
    said = [e for e in outcome.headline if not e.because]
    note = "points: languages freed of which tasks they were evaluated in"
    if said:
        note = f"line and {100 * outcome.design.level:.0f} % band: {said[0].method}; {note}"
    beside = [f"points of {kind} distance without a name: {', '.join(sorted(of))}" for kind, of in unnamed.items()]
    texts = (*unplaced(outcome), *beside)
    lines = [style.folded(note, 120, 3), *(style.folded(text, 130, len(text)) for text in texts)]
    key = figure.legend(
        handles=handles, loc="outside lower left", ncols=4, fontsize=8, title="\n".join(lines),
        title_fontsize=7.5, alignment="left",
    )  # fmt: skip
    key.get_title().set_color(style.SOFT)


def unplaced(outcome: DistanceFit) -> list[str]:
    """The models and targets behind the points; languages and targets that a panel, or the figure, does not show."""
    cells, frame = outcome.cells.targets, outcome.cells.frame
    home = sorted(set(frame.loc[frame["language"] == frame["source"], "language"]))
    models = sorted(set(cells["model"]))
    said = [f"{'a point is a mean over the models' if len(models) > 1 else 'model'}: {', '.join(models)}"]
    said.append(f"targets: {', '.join(sorted(set(cells['target'])))}")
    said += [f"not drawn, being the source language: {', '.join(home)}"] if home else []
    for kind in outcome.cells.kinds:
        known = set(cells.loc[cells[kind].notna(), "language"])
        if lost := sorted(set(cells["language"]) - known):
            said.append(f"no {kind} distance is known: {', '.join(lost)}")
    return [*said, *(text for text in outcome.cells.left_out if any(part in text for part in LEFT_OUT))]


def _title(outcome: DistanceFit) -> str:
    synthetic = "SYNTHETIC data: " if "synthetic" in outcome.cells.provenance else ""
    sources = sorted(set(outcome.cells.frame["source"]))
    where = f" ({', '.join(sources)})" if len(sources) <= 3 else ""
    what = outcome.design.outcome.capitalize()
    return style.printable(f"{synthetic}{what} by distance from the source language{where}")
