"""Numbers in brackets behind the sides of a comparison: "A (96.3%) outperforms B (96.0%) on T"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from claims.assertion import And, Formula, Quantified
from claims.domains.amounts import written
from claims.domains.table.cell_values import stated_at
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import BoundPhrases, found_in, has_any, speaks_of_a_mean
from claims.domains.table.joining import combined
from claims.domains.table.manner import Manner
from claims.domains.table.phrase import Constraint
from claims.domains.table.selection import constraints_of, inherit
from claims.language.chart import ParseNode

Side: TypeAlias = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


class _Told(NamedTuple):
    """A number in brackets: behind which member of which side it stands."""

    side: Side
    member: int
    amount: ParseNode


def with_told(
    context: ClauseContext, formula: Formula, given: BoundPhrases, node: ParseNode, tails: Sequence[ParseNode]
) -> Iterator[Formula]:
    """A comparison with what brackets say of its cells; as it is where they say nothing."""
    numbers = [*_of_side(node.first("left"), "left"), *_of_side(node, "left"), *_of_side(node.first("right"), "right")]
    if sum(below.rule == "told" for below in node.below()) != len(numbers):
        return  # a bracket behind a place
    numbers += [_Told("left", 0, amount) for amount in found_in(tails, "high")]
    numbers += [_Told("right", 0, amount) for amount in found_in(tails, "low")]
    if not numbers:
        yield formula
        return
    cells = _cells(given)
    if cells is None or any(len(group) != 1 for group in (*given.scope, *given.after)):
        return
    if any(told and told != set(range(len(cells[side]))) for side, told in _members(numbers).items()):
        return  # which of several a number is of is not said
    mean = has_any(tails, "mean") or speaks_of_a_mean((given.left, *given.scope, *given.after))
    unit = next((found for told in numbers if (found := written(told.amount)[1])), "")
    if not unit and _is_about_another(node):
        return
    manner = Manner(mean=mean, unit=unit)
    ways = [numbers]
    if [told.side for told in numbers] == ["right"] and len(cells["left"]) == 1:
        ways.append([_Told("left", 0, numbers[0].amount)])  # "A beats B (87.1)" may be of either
    for way in ways:
        for said in combined(*(stated_at(context, cells[one.side][one.member], one.amount, manner) for one in way)):
            if not any(isinstance(one, Quantified) for one in said):  # which of several cells it is of is not said
                yield And((formula, *said))


def _is_about_another(node: ParseNode) -> bool:
    """Whether a word such as "faster" compares lines that no name and no bare number chooses."""
    word = node.first("rel")
    return (
        word is not None and node.first("measure") is None and bool(word.value.get("about") or word.value.get("bare"))
    )


def _of_side(side: ParseNode | None, name: Side) -> list[_Told]:
    """Numbers behind a side, or behind each member of a list."""
    if side is None:
        return []
    phrase = side.first("np")
    listed = list(phrase.find("told")) if phrase is not None else []
    return [_Told(name, k, told.first("amount")) for k, told in enumerate((*side.find("told"), *listed))]


def _members(numbers: Sequence[_Told]) -> dict[Side, set[int]]:
    """Which members of each side have a number."""
    return {side: {told.member for told in numbers if told.side == side} for side in SIDES}


def _cells(given: BoundPhrases) -> dict[Side, list[tuple[Constraint, ...]]] | None:
    """The constraints on the cells of each member of a side; None where a side is counted."""
    if any(phrase.quantifier for phrase in (*given.left, *given.right)):
        return None
    after = constraints_of(given.after)
    left = [inherit((*one.constraints, *constraints_of(given.scope)), after) for one in given.left]
    right = [inherit((*one.constraints, *after), left[0] or ()) for one in given.right]
    if None in left or None in right:
        return None
    return {"left": [one for one in left if one is not None], "right": [one for one in right if one is not None]}
