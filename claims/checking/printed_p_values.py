"""The p value that a table prints beside two numbers of a line: whether they differ significantly."""

from __future__ import annotations

from analysis.numbers import Number
from analysis.tables import Table
from claims.checking.stated_errors import words

BELOW = frozenset({"<", "<="})
AT_LEAST = frozenset({">", ">="})


def printed_p_value(table: Table, first: tuple[int, int], second: tuple[int, int]) -> Number | None:
    """The p value of two cells of a row, where the table compares two columns and has one more of p values.

    Args:
        table: the table.
        first: row and column of a cell.
        second: of another.
    """
    marked = [line.index for line in table.columns if line.own.casefold().strip(" *†") in words()["p_values"]]
    filled = {column for _, column in table.values} - set(marked)
    if len(marked) != 1 or first[0] != second[0] or filled != {first[1], second[1]}:
        return None
    value = table.values.get((first[0], marked[0]))
    return value.number if value is not None and value.number.plus_minus is None else None


def is_significant(p: Number, level: float) -> bool | None:
    """True if a p value is below a level; None where it does not tell, as "< 0.1" and "0.05" do not at 0.05."""
    if p.relation == "=":
        return True if float(p.high) < level else False if float(p.low) > level else None
    if p.relation in BELOW and float(p.value) <= level:
        return True
    return False if p.relation in AT_LEAST and float(p.value) >= level else None
