"""Numbers of a table for the terms of an assertion, with what rounding leaves open, for whole lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from claims.assertion import At, Difference, Domain, Fold, Term
from claims.domains.table.axes import Axis
from claims.domains.table.lines import Lines

Values: TypeAlias = NDArray[np.float64]
Signs: TypeAlias = NDArray[np.int8]
Scope: TypeAlias = dict[str, NDArray[np.intp]]
"""The variables in force, outermost first, each with the indices of its lines; each is an axis of the arrays."""
SHOWN = 200
"""Cells kept as evidence."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """Numbers along the axes of the variables in force, all of one shape or of shapes that broadcast.

    Attributes:
        value: printed, NaN where missing. half: half width of the interval left open by rounding.
        direction: 1 where higher is better, −1 where lower is, 0 where unknown.
    """

    value: Values
    half: Values
    direction: Signs


@dataclass(slots=True)
class TermReader:
    """Reads the terms of assertions off one table.

    Attributes:
        lines: of the table. used: (row, column) of the cells that were looked at, in order.
    """

    lines: Lines
    used: dict[tuple[int, int], None] = field(default_factory=dict)

    def term(self, term: Term, scope: Scope) -> Quantities:
        """The numbers of a term, one axis for each variable in the scope.

        Raises:
            InputError: the term is none over a table, names a line it lacks, or has a variable that nothing binds.
        """
        match term:
            case At(row, column):
                return self._at(row, column, scope)
            case Difference(left, right, unit):
                return difference(self.term(left, scope), self.term(right, scope), unit)
            case Fold():
                return self._fold(term, scope)
        raise InputError("assertion", f"{term} is no number of a table")

    def places(self, term: At, scope: Scope) -> list[tuple[int, int]]:
        """(row, column) of a term for each value of the variables in the scope, the last varying fastest.

        Raises:
            InputError: the table lacks one of its lines.
        """
        ends = self._places("row", term.row, scope), self._places("column", term.column, scope)
        rows, columns = (np.broadcast_to(end, shape_of(scope)).reshape(-1) for end in ends)
        return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]

    def members(self, domain: Domain) -> NDArray[np.intp]:
        """Indices of the lines that a domain holds, shape (lines,).

        Raises:
            InputError: the table has no line of a name.
        """
        lines = self.lines.rows if domain.base == "rows" else self.lines.columns
        names = domain.names or self.lines.comparable(domain.base)
        missing = [name for name in (*domain.names, *domain.without) if name not in lines]
        if missing:
            raise InputError("assertion", f"the table has no line {missing[0]!r}")
        without = set(domain.without)
        return np.array([lines[name].index for name in names if name not in without], dtype=np.intp)

    def _at(self, row: str, column: str, scope: Scope) -> Quantities:
        i, j = self._places("row", row, scope), self._places("column", column, scope)
        for r, c in zip(*(a.reshape(-1)[:SHOWN] for a in np.broadcast_arrays(i, j)), strict=True):
            if len(self.used) < SHOWN:
                self.used[int(r), int(c)] = None
        values, halves = self.lines.at(i, j)
        return Quantities(values, halves, self.lines.directions[i, j])

    def _places(self, axis: Axis, name: str, scope: Scope) -> NDArray[np.intp]:
        """Indices of the line of a name, or of those of a variable along its own axis."""
        shape = [1] * len(scope)
        if name.startswith("$"):
            if name not in scope:
                raise InputError("assertion", f"the variable {name} is bound by no quantifier")
            shape[list(scope).index(name)] = -1
            return scope[name].reshape(shape)
        found = self.lines.along(axis).get(name)
        if found is None:
            raise InputError("assertion", f"the table has no {axis} {name!r}")
        return np.full(shape, found.index, dtype=np.intp)

    def _fold(self, term: Fold, scope: Scope) -> Quantities:
        inner = {**scope, term.variable: self.members(term.domain)}
        q = self.term(term.body, inner)
        shape = shape_of(inner)
        made = _folded(term.how, np.broadcast_to(q.value, shape))
        direction = np.broadcast_to(q.direction, shape)
        same = (direction == direction[..., :1]).all(axis=-1)
        half = np.broadcast_to(q.half, shape).max(axis=-1)
        return Quantities(made, half, np.where(same, direction[..., 0], 0).astype(np.int8))


def _folded(how: Literal["mean", "max", "min"], values: Values) -> Values:
    """Values folded along the last axis; NaN where one is missing."""
    made: Values = np.asarray(
        values.mean(axis=-1) if how == "mean" else values.max(axis=-1) if how == "max" else values.min(axis=-1)
    )
    return made


def shape_of(scope: Scope) -> tuple[int, ...]:
    """Lines of each variable in force."""
    return tuple(len(members) for members in scope.values())


def common_direction(a: Quantities, b: Quantities) -> Signs:
    """The direction of both, 0 where they differ."""
    return np.where(a.direction == b.direction, a.direction, 0).astype(np.int8)


def difference(a: Quantities, b: Quantities, unit: str) -> Quantities:
    """One less the other, in a unit of `Difference`."""
    value, half = a.value - b.value, a.half + b.half
    direction: Signs = np.zeros(np.shape(value), np.int8)
    if unit.startswith("better"):
        direction = common_direction(a, b)
        value = np.where(direction == 0, np.abs(value), value * direction)
    if unit.endswith("%"):
        with np.errstate(divide="ignore", invalid="ignore"):
            value, half = 100 * value / np.abs(b.value), 100 * half / np.abs(b.value)
    if unit == "abs":
        value = np.abs(value)
    if unit == "/":
        return _divided(a, b)
    return Quantities(value, half, direction)


def _divided(a: Quantities, b: Quantities) -> Quantities:
    """The ratio of the first to the second; NaN unless both are above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where((a.value > 0) & (b.value > 0), a.value / b.value, np.nan)
        half = (a.half + value * b.half) / b.value
    return Quantities(value, half, np.zeros(np.shape(value), np.int8))


def relative_gap(a: Quantities, b: Quantities) -> Values:
    """The difference as a share of the larger value."""
    larger = np.maximum(np.abs(a.value), np.abs(b.value))
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Values = np.abs(a.value - b.value) / larger
    return share


def namesakes(names: Sequence[str], members: NDArray[np.intp], wanted: Sequence[str]) -> NDArray[np.intp]:
    """Positions of the wanted names' lines among the members of a domain."""
    return np.flatnonzero(np.isin(members, [names.index(name) for name in wanted]))
