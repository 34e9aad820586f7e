"""Baselines, lines without the part that others have: "helps" presupposes a gain over them; they may be no rivals."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from claims.assertion import At, Compare, Formula, Node, Relation, Whole
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge
from claims.rewriting import transform

MARK = "baseline"
HELP, HARM = "degree_of_help", "degree_of_harm"
"""Classes of the words behind "helps T" and "hurts T"."""


def base_lines(lines: Lines, axis: Axis) -> frozenset[int]:
    """Indices of the lines of an axis that are called the baseline, or "None"."""
    along = lines_along(lines.table, axis)
    return frozenset(i.index for i in along if MARK in i.marks or i.own.casefold() in word_lists().pronouns)


def with_base(lines: Lines, formula: Formula, word: Edge) -> Iterator[Formula]:
    """A comparison of help or harm, alone and with its presupposition: that the lines help, or hurt, at all.

    Args:
        lines: of the table.
        formula: the comparison.
        word: "more" or "less".
    """
    yield formula
    if word.symbol not in (HELP, HARM):
        return
    for axis in AXES:
        for index in sorted(base_lines(lines, axis)):
            beside = partial(_beside, axis, lines.names[axis][index], word.symbol)
            granted: Formula = transform(formula, beside)
            yield granted


def _beside(axis: Axis, base: str, kind: str, node: Node) -> Node | None:
    if not isinstance(node, Compare) or node.relation not in ("better", "worse"):
        return None
    relation: Relation = "better" if kind == HELP else "worse"
    side = node.left if node.relation == relation else node.right
    if not isinstance(side, At):
        return None
    other = At(base, side.column) if axis == "row" else At(side.row, base)
    return Whole((node, Compare(relation, side, other)))
