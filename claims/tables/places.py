"""The places of a comparison: each cell of the subject with the cell of its rival beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.tables.assertion import Compare
from claims.tables.choosing import compare_axis, crossings, named, pairs
from claims.tables.metrics import cell_direction
from claims.tables.table import OTHER, Cell, Line, Table


@dataclass(frozen=True, slots=True)
class Place:
    """One comparison: a cell on the left, one on the right, where both stand, and which way is better."""

    left: Cell
    right: Cell
    line: Line
    rival: Line
    crossing: Line
    better: int | None


def places_of(table: Table, formula: Compare) -> list[Place] | str:
    """The places of a comparison, or why there are none."""
    axis = compare_axis(formula.left, formula.right)
    if axis is None:
        return "the sentence does not say what is compared with what on one axis"
    couples = pairs(table, axis, formula)
    if not couples:
        return "no two lines to compare"
    across = crossings(table, OTHER[axis], formula.scope, formula.left, formula.right)
    quality = formula.relation in ("better", "worse")
    places: list[Place] = []
    for a, b in couples:
        for crossing in across:
            left, right = table.at(a, crossing), table.at(b, crossing)
            way = cell_direction(table, a, crossing)
            if left is None or right is None or (quality and way == 0 and not named(formula.scope, crossing)):
                continue
            places.append(Place(left, right, a, b, crossing, way))
    return places or "no cells of both where the sentence speaks"


def sign_at(place: Place, relation: str) -> int:
    """1 where the relation holds, -1 where its opposite does, 0 for a tie."""
    signs = set()
    for left, right in zip(place.left.values, place.right.values, strict=False):
        gap = left.number - right.number
        if relation in ("better", "worse"):
            gap *= -1 if place.better == -1 else 1
        if relation in ("worse", "lower"):
            gap = -gap
        signs.add((gap > 1e-12) - (gap < -1e-12))
    return signs.pop() if len(signs) == 1 else 0


def distance(place: Place) -> float:
    """How far apart the two numbers are, as a share of the greater one."""
    left, right = place.left.values[0].number, place.right.values[0].number
    size = max(abs(left), abs(right))
    return abs(left - right) / size if size else 0.0


def cells_of(places: Sequence[Place]) -> tuple[Cell, ...]:
    """The cells of places, each once."""
    return tuple(dict.fromkeys(cell for place in places for cell in (place.left, place.right)))
