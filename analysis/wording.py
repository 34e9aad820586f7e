"""Numbers as they stand in a sentence."""

from __future__ import annotations


def p_text(value: float) -> str:
    """A p-value with three decimals, or one digit where it is smaller."""
    return f"{value:.3f}" if value >= 0.001 else f"{value:.1g}"
