"""Numbers in brackets that only remark on the number before them: "87.67 (+0.53)", "0.18 (0.17-0.20)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from analysis.tables.lexicon import BRACKETS, lexicon
from analysis.tables.model import Value

BRACKETED = re.compile(r"[^/]*[^/(\[]\s*[(\[][^/()\[\]]*[)\]]\W*")
BRACKET = re.compile(r"[(\[]|parenthes[ei]s|\bbrackets?\b", re.IGNORECASE)
SMALL = Decimal("0.2")
"""Share of the number before it below which an unexplained number in brackets is an error of it."""


def in_brackets(text: str) -> bool:
    """True if a cell ends in brackets, and its numbers are not parted by a slash."""
    return BRACKETED.fullmatch(text) is not None


def are_remarks(values: Sequence[Value], headers: Iterable[str], caption: str) -> bool:
    """True if the numbers in brackets of a column say how much changed or how sure the ones before them are.

    That is so where all are signed, where all are intervals around them, where a header or the caption says that
    brackets hold an error, and where nothing speaks of brackets and all are small beside the numbers before them.

    Args:
        values: of the column's cells with brackets.
        headers: over the column.
        caption: of the table.
    """
    pairs = [(value.number, value.second) for value in values if value.second is not None]
    if not pairs:
        return False
    if all(second.signed and second.upper is None for _, second in pairs):
        return True
    if all(second.upper is not None and second.low <= first.value <= second.high for first, second in pairs):
        return True
    spoken = [text for text in (*map(_without_unit, headers), caption) if BRACKET.search(text)]
    if any(_speaks_of_error(text) for text in spoken):
        return True
    if any(second.signed or second.upper is not None for _, second in pairs) or spoken:
        return False
    return all(second.value <= SMALL * abs(first.value) for first, second in pairs)


def _without_unit(header: str) -> str:
    """A header without brackets that only hold the unit of its cells."""
    units = lexicon().units
    return BRACKETS.sub(lambda found: "" if found[1].strip().casefold() in units else found[0], header)


def _speaks_of_error(text: str) -> bool:
    folded = text.casefold()
    words = (re.escape(word) for word in lexicon().kinds["error"] if word[0].isalpha())
    return re.search(rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)", folded) is not None
