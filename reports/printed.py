"""Numbers and counts as they are printed."""

from __future__ import annotations

from math import isfinite

MISSING = "–"


def number(value: float | str | None) -> str:
    """A value for a reader: at most four decimals, thousands grouped, text as it is."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if not isfinite(value):
        return MISSING
    if value == int(value):
        return f"{int(value):,}".replace("-", "−")
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return (text if text not in {"0", "-0"} else f"{value:.2g}").replace("-", "−")


def interval(low: float | None, high: float | None) -> str:
    """The interval, "[5.3, 5.5]"; empty where there is none."""
    if low is None and high is None:
        return ""
    return f"[{number(low)}, {number(high)}]"


def signed(value: float, decimals: int = 1) -> str:
    """A gain in print: "+2.3", "−0.4", "0.0"."""
    text = f"{value:+.{decimals}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def listed(items: list[str]) -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
