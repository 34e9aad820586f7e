"""Units that headers say their cells are in, and what another unit of the same kind is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import key_of

BRACKETED = re.compile(r"[(\[]\s*(?:in\s+)?([a-z$€]+)\s*[)\]]")
"""A unit in brackets, "Time (s)": single letters are units nowhere else."""


def units_of(names: Iterable[str]) -> frozenset[str]:
    """The units that names of lines say."""
    found: set[str] = set()
    for name in names:
        words = {word for word in key_of(name) if len(word) > 1} | set(BRACKETED.findall(name.casefold()))
        found.update(unit for unit, spelled in word_lists().units.items() if not words.isdisjoint(spelled))
    return frozenset(found)


def in_cells(unit: str, names: Iterable[str]) -> float | None:
    """What one of a unit is in the unit of cells that lines of some names cross at.

    Args:
        unit: "" and "%" are what the cells print, unless a line says that they are in seconds or the like.
        names: of the lines.

    Returns:
        A factor; None where the cells cannot be in the unit, or nothing says that they are.
    """
    names = tuple(names)
    said = units_of(names)
    if unit == "":
        return 1.0
    if unit == "%":
        return None if said and not any("(%)" in name for name in names) else 1.0
    sizes = word_lists().unit_sizes
    kind, size = sizes.get(unit, (unit, 1.0))
    alike = {sizes[one][1] for one in said if one in sizes and sizes[one][0] == kind}
    return size / alike.pop() if len(alike) == 1 else None
