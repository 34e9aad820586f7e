"""Ranks said to be higher or lower: "the highest rank" is the first, or the largest number."""

from __future__ import annotations

from collections.abc import Sequence

from claims.assertion import At, Compare, Difference, Domain, Fold, Formula, Ranked, StatedNumber
from claims.domains.table.axes import AXES
from claims.domains.table.lines import Lines
from claims.rewriting import nodes

ORDERED = frozenset({">", "<", ">=", "<="})
NUMERIC = frozenset({"highest", "lowest"})


def unsure_rank(lines: Lines, readings: Sequence[Formula]) -> str:
    """The name of a line of ranks of which a reading orders the numbers; "" where none does."""
    ranks = {name for axis in AXES for name, line in lines.along(axis).items() if line.kind == "rank"}
    for reading in readings if ranks else ():
        varied = {name for node in nodes(reading) if isinstance(node, Domain) for name in node.names}
        for node in nodes(reading):
            for cell in (at for at in nodes(node) if isinstance(at, At)) if _orders(node) else ():
                over = varied if "$c" in (cell.row, cell.column) else set()
                if found := ranks & {cell.row, cell.column, *over}:
                    return min(found)
    return ""


def _orders(node: object) -> bool:
    """True if a part of a reading sets numbers of lines above each other."""
    if isinstance(node, Ranked):
        return node.place in NUMERIC
    if isinstance(node, Compare):
        return node.relation in ORDERED and not isinstance(node.right, StatedNumber)
    if isinstance(node, Fold):
        return node.how != "mean"
    return isinstance(node, Difference) and node.unit != "abs"
