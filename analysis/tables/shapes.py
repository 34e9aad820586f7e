"""Classifies cells without reading them: empty, missing, number or text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

Shape = Literal["empty", "missing", "number", "text"]

MISSING = frozenset(
    {"-", "–", "—", "--", "---", "−", "n/a", "na", "n.a.", "nan", "none reported", "/", "?", "…", "...", "―"}
)
"""Marks that are printed where nothing was measured."""
LONGEST_MISSING = max(map(len, MISSING))
CHECKED = frozenset({"✓", "✔", "√", "•", "x", "yes", "y", "true", "+", "●"})
UNCHECKED = frozenset({"", "-", "–", "—", "−", "✗", "✘", "×", "no", "n", "false", "○"})
"""Signs that say a setting is on, or off; the setting is the column's header."""
UNITS = re.compile(
    r"(?<=[\d\s)])(?:%|pp|pts?|[kKMBGT]i?[Bb]?|bn|ms|msec|s|secs?|min|m|h|hrs?|x|°|p\.p\.)(?![A-Za-z])|(?<=\d)[eE](?=[-−+]?\d)"
)
FIRST = 3
"""Cells by which most columns that switch nothing are told."""
LETTER = re.compile(r"[^\W\d_]")
DIGIT = re.compile(r"[0-9]")


def shape(text: str) -> Shape:
    """The look of a plain text."""
    if not text:
        return "empty"
    if text[0].isalpha():
        return "missing" if len(text) <= LONGEST_MISSING and text.casefold() in MISSING else "text"
    # Most cells of a large file are digits with a point, and are not worth a place in the cache.
    return "number" if len(text) < 20 and text.replace(".", "", 1).isdigit() and text.isascii() else _looked_at(text)


@lru_cache(maxsize=65_536)
def _looked_at(text: str) -> Shape:
    if text.casefold() in MISSING:
        return "missing"
    if len(text) > 60 or not DIGIT.search(text) or LETTER.search(UNITS.sub("", text)):
        return "text"
    return "number"


def is_text(text: str) -> bool:
    """True if a cell holds words."""
    return shape(text) == "text"


def is_number(text: str) -> bool:
    """True if a cell looks like numbers."""
    return shape(text) == "number"


def is_filled(text: str) -> bool:
    """True if a cell says anything."""
    return shape(text) in {"text", "number"}


def is_check_column(texts: Sequence[str]) -> bool:
    """True if a column switches a setting on and off."""
    if any(text.casefold() not in CHECKED | UNCHECKED for text in texts[:FIRST]):
        return False
    signs = {text.casefold() for text in texts}
    return len(texts) > 1 and bool(signs & CHECKED) and signs <= CHECKED | UNCHECKED


def share(found: Iterable[bool]) -> float:
    """The part of true values; 0 of none."""
    values = list(found)
    return sum(values) / len(values) if values else 0.0
