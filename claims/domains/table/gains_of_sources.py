"""Success of transfer as gains: a source may be judged by its scores, or by gains over the line without transfer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from claims.assertion import At, Compare, Difference, Domain, Formula, Node, Ranked, Relation
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.baselines import base_lines
from claims.domains.table.context import ClauseContext
from claims.language.chart import ParseNode
from claims.rewriting import transform

MORE: dict[str, Relation] = {"better": ">", "worse": "<"}
MOST: dict[str, Literal["highest", "lowest"]] = {"best": "highest", "worst": "lowest"}
"""Relation, or place, of scores → that of gains."""


def as_gains(context: ClauseContext, parse: ParseNode, formula: Formula) -> Iterator[Formula]:
    """The rivals of "A transfers better to X than to Y" on gains, where a line of the table has no transfer.

    Args:
        context: of the sentence.
        parse: of the sentence.
        formula: its assertion on scores.
    """
    if not any(edge.symbol.startswith("transfer") for _, edge in parse.leaves()):
        return
    for axis in AXES:
        for index in sorted(base_lines(context.lines, axis)):
            base = context.lines.names[axis][index]
            whole: Formula = transform(formula, partial(_of_gains, axis, base))
            if whole != formula:
                yield whole


def _of_gains(axis: Axis, base: str, node: Node) -> Node | None:
    """A comparison or rank of the targets of one source as one of gains; None for any other node."""
    match node:
        case Compare(relation, At() as left, At() as right) if relation in MORE and _source(left, axis) == _source(
            right, axis
        ):
            return Compare(MORE[relation], _gain(left, axis, base), _gain(right, axis, base))
        case Ranked(place, (str() as name,), variable, Domain(base=over), At() as term) if place in MOST:
            here, there = (name, _target(term, axis)) if over == f"{axis}s" else (_source(term, axis), name)
            if here == base or variable in (there, here):
                return None
            cell = At(here, "$c") if axis == "row" else At("$c", here)
            every = Domain(f"{other_axis(axis)}s")
            return Ranked(MOST[place], (there,), "$c", every, _gain(cell, axis, base), node.k)
    return None


def _source(cell: At, axis: Axis) -> str:
    return cell.row if axis == "row" else cell.column


def _target(cell: At, axis: Axis) -> str:
    return cell.column if axis == "row" else cell.row


def _gain(cell: At, axis: Axis, base: str) -> Difference:
    """The gain of a cell over that without transfer."""
    without = At(base, cell.column) if axis == "row" else At(cell.row, base)
    return Difference(cell, without, "better")
