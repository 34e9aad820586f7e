"""The axis of costs: logarithmic where they span much, few plain labels."""

from __future__ import annotations

from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes


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
