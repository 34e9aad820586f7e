"""Numbers as they stand in a sentence."""

from __future__ import annotations


def p_text(value: float) -> str:
    """A p-value with three decimals, or one digit where it is smaller."""
    return f"{value:.3f}" if value >= 0.001 else f"{value:.1g}"


def answered(says: str, text: str) -> str:
    """A part of an answer: what it says and its text, "cannot tell" once where the text begins with it."""
    if says == "cannot-tell" and text.startswith("Cannot tell"):
        return text[0].lower() + text[1:]
    return f"{says}. {text}"
