"""Numbers and nouns as they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence


def p_text(value: float) -> str:
    """A p-value with three decimals, or one digit where it is smaller."""
    return f"{value:.3f}" if value >= 0.001 else f"{value:.1g}"


def plural(noun: str) -> str:
    """The plural of a noun."""
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    if noun.endswith("corpus"):
        return f"{noun[:-2]}ora"
    return f"{noun}es" if re.search(r"(s|x|ch|sh)$", noun) else f"{noun}s"


def counted(n: float, noun: str) -> str:
    """A number with its noun: "1 claim", "9 families", "1,200 claims", "0.5 points"."""
    number = f"{int(n):,}" if n == int(n) else f"{n:g}"
    return f"{number} {noun if n == 1 else plural(noun)}"


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
