"""Numbers as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def p_text(value: float) -> str:
    """A p-value with three decimals, or one digit where it is smaller."""
    return f"{value:.3f}" if value >= 0.001 else f"{value:.1g}"


def answered(says: str, text: str) -> str:
    """A part of an answer: what it says and its text, "cannot tell" once where the text begins with it."""
    if says == "cannot-tell" and text.startswith("Cannot tell"):
        return text[0].lower() + text[1:]
    return f"{says}. {text}"


def some(names: Sequence[str], most: int, between: str = ", ") -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


def listed(names: Sequence[str]) -> str:
    """Names as an English list."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
