"""Names beside points, placed so that they cover neither each other nor the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from reports import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ANGLES = tuple(i * pi / 8 for i in (0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11))
"""Right, left, above, below, then between: where a name is tried, in this order."""
REACHES = (6.0, 10.0, 15.0, 21.0, 28.0, 36.0)
"""Distances of a name from its point that are tried, in points; from the third on with a thin line."""
NEAR = REACHES[:2]
"""Distances that are tried for optional names, in points."""
COVERED = 0.02
"""Share of such a name that may cover others."""
OWN = 4.0
"""Half the size of a point's marker, in points."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points of the figure."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide * tall if wide > 0 and tall > 0 else 0.0

    def outside(self, frame: Box) -> float:
        """Area beyond a frame."""
        area = (self.right - self.left) * (self.top - self.bottom)
        return area - self.overlap(frame)


def settle(figure: Figure) -> None:
    """Fixes the layout, so that places measured from now on stay."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def name_points(
    axes: Axes,
    x: Sequence[float],
    y: Sequence[float],
    names: Sequence[str],
    *,
    size: float = 7.5,
    crowded: bool = False,
) -> list[Box | None]:
    """Writes a name beside each point of settled axes.

    Args:
        axes: of a figure that was settled.
        x: the points, in data.
        y: likewise.
        names: theirs.
        size: of the letters.
        crowded: leave a name off that would cover others or points.

    Returns:
        Where the names went, in points; None for those left off.
    """
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2, foreground=style.PAPER)]
    figure = axes.figure
    scale = 72.0 / figure.dpi
    ends = axes.get_window_extent()
    frame = Box(ends.x0 * scale, ends.y0 * scale, ends.x1 * scale, ends.y1 * scale)
    places = [(px * scale, py * scale) for px, py in axes.transData.transform(list(zip(x, y, strict=True)))]
    taken = [Box(px - OWN, py - OWN, px + OWN, py + OWN) for px, py in places]
    boxes: list[Box | None] = []
    for i, (name, place) in enumerate(zip(names, places, strict=True)):
        text = axes.annotate(
            style.printable(name), (x[i], y[i]), (0, 0), textcoords="offset points", ha="center", va="center",
            fontsize=size, annotation_clip=False, zorder=5, path_effects=halo,
        )  # fmt: skip
        extent = text.get_window_extent()
        half = (extent.width * scale / 2, extent.height * scale / 2)
        others = [*(box for box in boxes if box), *(b for k, b in enumerate(taken) if k != i)]
        reach, offset, box = _best(place, half, others, frame, NEAR if crowded else REACHES)
        if crowded and sum(box.overlap(other) for other in others) > COVERED * 4 * half[0] * half[1]:
            text.remove()
            boxes.append(None)
            continue
        text.set_position(offset)
        if reach >= REACHES[2]:
            _thread(axes, (x[i], y[i]), offset)
        boxes.append(box)
    return boxes


def _best(
    place: tuple[float, float],
    half: tuple[float, float],
    taken: Sequence[Box],
    frame: Box,
    reaches: Sequence[float],
) -> tuple[float, tuple[float, float], Box]:
    """The first free place, or the one that covers least: (reach, offset in points, box)."""
    found: tuple[float, float, tuple[float, float], Box] | None = None
    for reach in reaches:
        for angle in ANGLES:
            offset = (cos(angle) * (reach + half[0]), sin(angle) * (reach + half[1]))
            cx, cy = place[0] + offset[0], place[1] + offset[1]
            box = Box(cx - half[0], cy - half[1], cx + half[0], cy + half[1])
            covered = sum(box.overlap(other) for other in taken) + 4 * box.outside(frame)
            if found is None or covered < found[0] - 1e-6:
                found = (covered, reach, offset, box)
            if covered <= 0:
                return reach, offset, box
    assert found is not None
    return found[1:]


def _thread(axes: Axes, point: tuple[float, float], offset: tuple[float, float]) -> None:
    line = {"arrowstyle": "-", "color": style.RULE, "lw": 0.7, "shrinkA": 0, "shrinkB": 3}
    end = (offset[0] * 0.7, offset[1] * 0.7)
    axes.annotate("", point, end, textcoords="offset points", annotation_clip=False, arrowprops=line)


def apart(values: Sequence[float], least: float) -> list[float]:
    """Values moved as little as needed to lie at least `least` apart, in their order."""
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    groups: list[list[float]] = []  # (sum of values minus their place in the group, members)
    for count, i in enumerate(order):
        groups.append([values[i] - least * count, 1.0])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, members = groups.pop()
            groups[-1] = [groups[-1][0] + total, groups[-1][1] + members]
    moved = [total / members for total, members in groups for _ in range(int(members))]
    result = [0.0] * len(values)
    for count, i in enumerate(order):
        result[i] = moved[count] + least * count
    return result
