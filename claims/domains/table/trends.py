"""Rising and falling along lines that are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from claims.assertion import Along, Domain, Formula
from claims.domains.table.cells import selection
from claims.domains.table.clauses import ClauseReader, Made, _limited
from claims.domains.table.phrases import Phrase
from claims.language.chart import Node


def trends(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """Every assertion of "M rises as N grows"."""
    if any(t.first("amount", "butnot", "except", "leaving", "mean", "measure", "only") is not None for t in node.find("tail")):
        return
    along = node.first("axisrise")
    rises = node.first("trend").value["direction"] == (along.value["direction"] if along is not None else "rise")
    places = [n for t in node.find("tail") for n in t.find("scope")]
    ways = [reader.binder.groups(n) for n in (node.first("left"), node.first("axis"), *places)]
    for left, axis, *rest in _limited(product(*ways)):
        if any(len(g) > 1 or g[0].quantifier for g in (left, axis, *rest)):
            continue
        score = sum(g[0].score for g in (left, axis, *rest))
        constraints = tuple(c for g in (left, *rest) for c in g[0].constraints)
        chosen = selection(constraints)
        if chosen is None or chosen.column is None or len(chosen.column) != 1:
            continue
        rows = chosen.row if chosen.row is not None else tuple(range(len(reader.lines.table.rows)))
        for ordered in _ordered(reader, axis[0], rows):
            yield Made(_along(reader, ordered, chosen.column[0], rises=rises), score)


def _along(reader: ClauseReader, rows: tuple[int, ...], column: int, *, rises: bool) -> Formula:
    domain = Domain("rows", tuple(reader.name("row", i) for i in rows))
    return Along("rising" if rises else "falling", "$r", domain, reader.at("row", "$r", reader.name("column", column)))


def _ordered(reader: ClauseReader, axis: Phrase, rows: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Rows in the order of a column or label level of numbers; none where two share a number."""
    table = reader.lines.table
    for constraint in axis.constraints:
        if constraint.axis == "column" and len(constraint.lines) == 1:
            column = next(iter(constraint.lines))
            keyed = [(float(reader.lines.column(column)[i]), i) for i in rows if (i, column) in table.values]
            yield from _sorted(keyed, rows)
    for side, level in axis.kinds:
        if side == "row":
            keyed = []
            for i in rows:
                try:
                    keyed.append((float(table.rows[i].labels[level].replace(",", "")), i))
                except ValueError:
                    return
            yield from _sorted(keyed, rows)


def _sorted(keyed: list[tuple[float, int]], rows: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(keyed) == len(rows) >= 3 and len({value for value, _ in keyed}) == len(keyed):
        yield tuple(i for _, i in sorted(keyed))
