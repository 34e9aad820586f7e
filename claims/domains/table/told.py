"""Numbers in brackets behind the sides of a comparison: "A (96.3%) outperforms B (96.0%) on T"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.assertion import And, Formula, Quantified
from claims.domains.table.cell_values import stated_at
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import Given, found_in, has_any, speaks_of_a_mean
from claims.domains.table.joining import combined
from claims.domains.table.manner import Manner
from claims.domains.table.phrase import Constraint, Group
from claims.domains.table.selection import constraints_of, inherit
from claims.domains.table.stated import written
from claims.language.chart import Node


def with_told(
    context: ClauseContext, formula: Formula, given: Given, node: Node, tails: Sequence[Node]
) -> Iterator[Formula]:
    """A comparison with what brackets say of its cells; as it is where they say nothing."""
    amounts = [*_of_side(node.first("left"), "left"), *_of_side(node, "left"), *_of_side(node.first("right"), "right")]
    amounts += [("left", amount) for amount in found_in(tails, "high")]
    amounts += [("right", amount) for amount in found_in(tails, "low")]
    if not amounts:
        yield formula
        return
    cells = _cells(given)
    if cells is None or any(len(group) != 1 for group in (*given.scope, *given.after)):
        return
    mean = has_any(tails, "mean") or speaks_of_a_mean((given.left, *given.scope, *given.after))
    unit = next((found for _, amount in amounts if (found := written(amount)[1])), "")
    if not unit and _is_about_another(node):
        return
    manner = Manner(mean=mean, unit=unit)
    told = [amounts] if [side for side, _ in amounts] != ["right"] else [amounts, [("left", amounts[0][1])]]
    ways = (combined(*(stated_at(context, cells[side], n, manner) for side, n in one)) for one in told)
    for said in (chosen for way in ways for chosen in way):  # "A beats B (87.1)" may be of either
        if not any(isinstance(one, Quantified) for one in said):  # which of several cells a number is of is not said
            yield And((formula, *said))


def _is_about_another(node: Node) -> bool:
    """Whether a word such as "faster" compares lines that no name and no bare number chooses."""
    word = node.first("rel")
    return (
        word is not None and node.first("measure") is None and bool(word.value.get("about") or word.value.get("bare"))
    )


def _of_side(side: Node | None, name: str) -> list[tuple[str, Node]]:
    told = side.first("told") if side is not None else None
    return [(name, told.first("amount"))] if told is not None else []


def _cells(given: Given) -> dict[str, tuple[Constraint, ...]] | None:
    """The constraints on the cells of each side; None where a side is no single phrase."""
    sides: tuple[Group, ...] = (given.left, given.right)
    if any(len(side) != 1 or side[0].quantifier for side in sides):
        return None
    left = inherit((*given.left[0].constraints, *constraints_of(given.scope)), constraints_of(given.after))
    right = inherit((*given.right[0].constraints, *constraints_of(given.after)), left or ())
    return None if left is None or right is None else {"left": left, "right": right}
