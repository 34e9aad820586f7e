"""Units of cells, as headers state them, and factors that convert other units into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from analysis.tables import TableLine
from claims.domains.table.lines import Lines
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import key_of
from claims.language.chart import Edge
from claims.language.tokens import Token, stem, tokens_of

BRACKETED = re.compile(r"[(\[]\s*(?:in\s+)?([a-z$€]+)\s*[)\]]")
"""A unit in brackets, "Time (s)": single letters are units nowhere else."""


def units_of(names: Iterable[str]) -> frozenset[str]:
    """The units that occur in names of lines."""
    found: set[str] = set()
    for name in names:
        words = {word for word in key_of(name) if len(word) > 1} | set(BRACKETED.findall(name.casefold()))
        found.update(unit for unit, spelled in word_lists().units.items() if not words.isdisjoint(spelled))
    return frozenset(found)


def in_cells(unit: str, names: Iterable[str], printed: frozenset[str] = frozenset()) -> float | None:
    """The factor from a unit to that of the cells where some lines cross.

    Args:
        unit: "" and "%" are what the cells print, unless a line says that they are in seconds or the like.
        names: of the lines.
        printed: units beside the numbers of the cells; they say it where no line does.

    Returns:
        A factor; None where the cells cannot be in the unit, or nothing says that they are.
    """
    names = tuple(names)
    said = units_of(names) or printed
    if unit == "":
        return 1.0
    if unit == "%":
        return None if said - {"%"} and not any("(%)" in name for name in names) else 1.0
    sizes = word_lists().unit_sizes
    kind, size = sizes.get(unit, (unit, 1.0))
    alike = {sizes[one][1] for one in said if one in sizes and sizes[one][0] == kind}
    return size / alike.pop() if len(alike) == 1 else None


def kind_of_cost(line: TableLine) -> str:
    """The kind of a line, "time" where its header has a unit of time: "Total (s)" is a time and sums times up."""
    sizes = word_lists().unit_sizes
    timed = any(sizes[unit][0] == "time" for unit in units_of((line.own,)) if unit in sizes)
    return "time" if timed and BRACKETED.search(line.own.casefold()) else line.kind


def printed_units(lines: Lines, rows: Iterable[int], columns: Iterable[int]) -> frozenset[str]:
    """The unit beside the numbers of some cells; none where one has none, or another one."""
    places = ((row, column) for row in rows for column in columns)
    found = {value.number.unit for place in places if (value := lines.table.values.get(place)) is not None}
    return frozenset(found) if len(found) == 1 and "" not in found else frozenset()


def follows_its_unit(lines: Lines, tokens: Sequence[Token], edges: Sequence[Edge]) -> bool:
    """True if a word behind a number is the caption's unit for all numbers: "bandwidth in nanometers".

    Not where a header says a unit of its own.
    """
    place = edges[0].start
    if len(edges) > 1 or edges[0].end != place + 1 or place == 0 or not tokens[place - 1].text[0].isdigit():
        return False
    said = [token.folded for token in tokens_of(lines.table.caption)]
    told = {unit for before, unit in pairwise(said) if before == "in" and stem(unit) != unit}
    names = (*lines.rows, *lines.columns)
    return tokens[place].folded in told and not any(BRACKETED.search(name.casefold()) for name in names)
