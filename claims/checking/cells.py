"""Assertions over the cells of a table, decided for whole lines at once.

A variable of a quantifier is an axis of an array, so that "better than all others on all tasks" is one comparison of
arrays. Truth has four values besides true and false: unknown where a cell is missing, the rounding hides the answer or
nobody knows which way is better, and mixed where parts that nobody quantified disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from claims.assertion import (
    Along,
    And,
    At,
    Between,
    Compare,
    Degree,
    Difference,
    Domain,
    Fold,
    Not,
    Number,
    Or,
    Quantified,
    Ranked,
    Whole,
)  # fmt: skip
from claims.domains.table.lines import Lines

TRUE, FALSE, UNKNOWN, MIXED = np.int8(1), np.int8(0), np.int8(-1), np.int8(2)
Truths = NDArray[np.int8]
Values = NDArray[np.float64]

ABOUT = 0.05
"""Share by which "about" may miss."""
CLEAR = 0.05
"""Share of the larger value from which a difference is clear, and up to which it is slight."""
SHOWN = 200
"""Cells kept as evidence."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """Numbers along the axes of the variables in force.

    Attributes:
        value: printed, NaN where missing. half: what rounding leaves open. direction: 1, −1, or 0 for unknown.
        spread: the ± printed beside, NaN where none. exact: counts and ranks, which have no rounding.
    """

    value: Values
    half: Values
    direction: Truths
    spread: Values


@dataclass(slots=True)
class CellChecker:
    """Decides assertions over one table.

    Attributes:
        lines: the table. used: (row, column) of the cells that were looked at, in order.
        why: remarks on what was left open.
    """

    lines: Lines
    used: dict[tuple[int, int], None] = field(default_factory=dict)
    why: dict[str, None] = field(default_factory=dict)

    def truth(self, formula: Any) -> str:
        """ "true", "false", "mixed" or "unknown"; `formula` has no free variable."""
        value = int(np.asarray(self.check(formula, {})).reshape(-1)[0])
        return {1: "true", 0: "false", 2: "mixed"}.get(value, "unknown")

    # ------------------------------------------------------------------------------- formulas

    def check(self, formula: Any, scope: dict[str, NDArray[np.intp]]) -> Truths:
        """Truth values of a formula, one axis for each variable in `scope`, in its order."""
        match formula:
            case Compare():
                return self._compare(formula, scope)
            case Degree(word, body):
                return self._degree(word, body, scope)
            case Quantified():
                return self._quantified(formula, scope)
            case Ranked():
                return self._ranked(formula, scope)
            case Along():
                return self._along(formula, scope)
            case Not(part):
                inner = self.check(part, scope)
                return np.where(inner == TRUE, FALSE, np.where(inner == FALSE, TRUE, inner)).astype(np.int8)
            case And(parts):
                return _all([self.check(part, scope) for part in parts])
            case Whole(parts):
                return _whole([self.check(part, scope) for part in parts])
            case Between(term, low, high):
                bounds = (Compare(">=", term, low), Compare("<=", term, high))
                return _whole([self.check(bound, scope) for bound in bounds])
            case Or(parts):
                found = np.stack(np.broadcast_arrays(*(self.check(part, scope) for part in parts)))
                some, none = (found == TRUE).any(axis=0), (found == FALSE).all(axis=0)
                return np.where(some, TRUE, np.where(none, FALSE, UNKNOWN)).astype(np.int8)
        raise InputError("assertion", f"{formula} says nothing about cells of a table")

    def _compare(self, formula: Compare, scope: dict[str, NDArray[np.intp]]) -> Truths:
        left, right, relation = formula.left, formula.right, formula.relation
        if isinstance(right, Number):
            return self._stated(relation, left, right, scope)
        a, b = self.term(left, scope), self.term(right, scope)
        gap, half = a.value - b.value, a.half + b.half
        if relation in ("better", "worse"):
            sign = np.where(a.direction == b.direction, a.direction, 0)
            if (sign == 0).any():
                self.why["nothing says whether higher or lower is better"] = None
            gap = gap * sign * (1 if relation == "better" else -1)
            return _decided(gap > 0, (gap < 0), (sign != 0) & ~np.isnan(gap))
        known = ~np.isnan(gap)
        hidden = (gap == 0) & (half > 0)
        match relation:
            case ">":
                return _decided(gap > 0, (gap < 0) | ((gap == 0) & ~hidden), known)
            case "<":
                return _decided(gap < 0, (gap > 0) | ((gap == 0) & ~hidden), known)
            case ">=":
                return _decided(gap >= 0, gap < 0, known)
            case "<=":
                return _decided(gap <= 0, gap > 0, known)
            case "=":
                return _decided(gap == 0, gap != 0, known)
        return np.full(gap.shape, UNKNOWN)

    def _stated(self, relation: str, left: Any, right: Number, scope: dict[str, NDArray[np.intp]]) -> Truths:
        q = self.term(left, scope)
        difference = isinstance(left, Difference)
        stated, half = float(right.value), right.half_width
        verdicts = [_against(relation, q, stated, half)]
        if not difference:
            verdicts += [_against(relation, q, stated * k, half * k) for k in _scales(right, q, scaled=self._scaled(left))]
        found = np.stack(verdicts)
        some, none = (found == TRUE).any(axis=0), (found == FALSE).all(axis=0)
        truth = np.where(some, TRUE, np.where(none, FALSE, UNKNOWN)).astype(np.int8)
        if difference and left.unit.startswith("better") and (unknown := q.direction == 0).any():
            self.why["nothing says whether higher or lower is better"] = None
            return np.where(unknown & (truth == TRUE), UNKNOWN, truth).astype(np.int8)
        return truth

    def _scaled(self, term: Any) -> bool:
        """Whether a term's line may be printed in thousands or millions."""
        if not isinstance(term, At):
            return False
        lines = (self.lines.rows.get(term.row), self.lines.columns.get(term.column))
        return any(line is not None and line.kind in ("size", "count", "time", "attribute") for line in lines)

    def _degree(self, word: str, body: Any, scope: dict[str, NDArray[np.intp]]) -> Truths:
        base = self.check(body, scope)
        if not isinstance(body, Compare):
            return np.where(base == FALSE, FALSE, UNKNOWN).astype(np.int8)
        if word == "tested":
            self.why["significance needs seeds or a test that the table does not give"] = None
            return np.full(np.shape(base), UNKNOWN)
        a, b = self.term(body.left, scope), self.term(body.right, scope)
        larger = np.maximum(np.abs(a.value), np.abs(b.value))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.abs(a.value - b.value) / larger
        fits = share >= CLEAR if word == "clear" else share <= CLEAR
        return np.where((base == TRUE) & ~fits, UNKNOWN, base).astype(np.int8)

    def _quantified(self, formula: Quantified, scope: dict[str, NDArray[np.intp]]) -> Truths:
        members = self.members(formula.domain)
        inner = {**scope, formula.variable: members}
        found = np.broadcast_to(self.check(formula.body, inner), [len(m) for m in inner.values()])
        axis = len(inner) - 1
        if not len(members):
            return np.full([len(m) for m in scope.values()], UNKNOWN)
        sure, no = (found == TRUE).sum(axis=axis), (found == FALSE).sum(axis=axis)
        mixed = (found == MIXED).any(axis=axis)
        n = len(members)
        most = n - no - (found == MIXED).sum(axis=axis)
        return _counted(formula, sure, most, n, mixed)

    def _ranked(self, formula: Ranked, scope: dict[str, NDArray[np.intp]]) -> Truths:
        members = self.members(formula.domain)
        inner = {**scope, formula.variable: members}
        q = self.term(formula.term, inner)
        shape = [len(m) for m in inner.values()]
        value = np.broadcast_to(q.value, shape)
        names = self.lines.names["row" if formula.domain.base == "rows" else "column"]
        mine = np.isin(members, [names.index(str(n)) for n in formula.names])
        sign = np.broadcast_to(self._sense(formula.place, q), shape)
        turned = value * sign
        alike = (sign == sign[..., :1]).all(axis=-1)
        outcomes = []
        for place in np.flatnonzero(mine):
            own = turned[..., place : place + 1]
            with np.errstate(invalid="ignore"):
                ahead = (turned > own).sum(axis=-1)
                level = (turned == own).sum(axis=-1) - 1
            known = ~np.isnan(own[..., 0]) & (sign[..., place] != 0) & alike
            rivals = (~np.isnan(turned)).sum(axis=-1) > 1
            holds = (ahead == formula.k - 1) & (level == 0) & known & rivals
            fails = ((ahead > formula.k - 1) | (ahead + level < formula.k - 1)) & known
            outcomes.append(_decided(holds, fails, np.ones(holds.shape, dtype=bool)))
        if not outcomes:
            return np.full(shape[:-1], UNKNOWN)
        found = np.stack(outcomes)
        some, none = (found == TRUE).any(axis=0), (found == FALSE).all(axis=0)
        return np.where(some, TRUE, np.where(none, FALSE, UNKNOWN)).astype(np.int8)

    def _sense(self, place: str, q: Quantities) -> NDArray[np.int8]:
        if place in ("highest", "lowest"):
            return np.full(q.value.shape, 1 if place == "highest" else -1, dtype=np.int8)
        if (q.direction == 0).any():
            self.why["nothing says whether higher or lower is better"] = None
        return (q.direction * (1 if place == "best" else -1)).astype(np.int8)

    def _along(self, formula: Along, scope: dict[str, NDArray[np.intp]]) -> Truths:
        members = self.members(formula.domain)
        inner = {**scope, formula.variable: members}
        value = np.broadcast_to(self.term(formula.term, inner).value, [len(m) for m in inner.values()])
        steps = np.diff(value, axis=-1) * (1 if formula.direction == "rising" else -1)
        if steps.shape[-1] < 2:
            return np.full(steps.shape[:-1], UNKNOWN)
        with np.errstate(invalid="ignore"):
            return _decided((steps > 0).all(axis=-1), (steps < 0).any(axis=-1), ~np.isnan(steps).any(axis=-1))

    # ---------------------------------------------------------------------------------- terms

    def term(self, term: Any, scope: dict[str, NDArray[np.intp]]) -> Quantities:
        """The numbers of a term."""
        match term:
            case At(row, column):
                return self._at(row, column, scope)
            case Difference(left, right, unit):
                return self._difference(self.term(left, scope), self.term(right, scope), unit)
            case Fold(how, body, variable, domain):
                return self._fold(how, body, variable, domain, scope)
        raise InputError("assertion", f"{term} is no number of a table")

    def _at(self, row: str, column: str, scope: dict[str, NDArray[np.intp]]) -> Quantities:
        i, j = self._places("row", row, scope), self._places("column", column, scope)
        for r, c in zip(*(a.reshape(-1)[:SHOWN] for a in np.broadcast_arrays(i, j)), strict=True):
            if len(self.used) < SHOWN:
                self.used[int(r), int(c)] = None
        values, halves, spreads = self.lines.at(i, j)
        return Quantities(values, halves, self.lines.directions[i, j], spreads)

    def _places(self, axis: str, name: str, scope: dict[str, NDArray[np.intp]]) -> NDArray[np.intp]:
        shape = [1] * len(scope)
        if name.startswith("$"):
            if name not in scope:
                raise InputError("assertion", f"the variable {name} is bound by no quantifier")
            shape[list(scope).index(name)] = -1
            return scope[name].reshape(shape)
        found = (self.lines.rows if axis == "row" else self.lines.columns).get(name)
        if found is None:
            raise InputError("assertion", f"the table has no {axis} {name!r}")
        return np.full(shape, found.index, dtype=np.intp)

    @staticmethod
    def _difference(a: Quantities, b: Quantities, unit: str) -> Quantities:
        value, half = a.value - b.value, a.half + b.half
        direction = np.zeros(np.shape(value), np.int8)
        if unit.startswith("better"):
            direction = np.where(a.direction == b.direction, a.direction, 0).astype(np.int8)
            value = np.where(direction == 0, np.abs(value), value * direction)
        if unit.endswith("%"):
            with np.errstate(divide="ignore", invalid="ignore"):
                value, half = 100 * value / np.abs(b.value), 100 * half / np.abs(b.value)
        if unit == "abs":
            value = np.abs(value)
        return Quantities(value, half, direction, np.full(np.shape(value), np.nan))

    def _fold(
        self, how: str, body: Any, variable: str, domain: Domain, scope: dict[str, NDArray[np.intp]]
    ) -> Quantities:
        members = self.members(domain)
        inner = {**scope, variable: members}
        q = self.term(body, inner)
        shape = [len(m) for m in inner.values()]
        value = np.broadcast_to(q.value, shape)
        made = {"mean": np.mean, "max": np.max, "min": np.min}[how](value, axis=-1)
        half = np.broadcast_to(q.half, shape).max(axis=-1)
        direction = np.broadcast_to(q.direction, shape)
        same = (direction == direction[..., :1]).all(axis=-1)
        return Quantities(made, half, np.where(same, direction[..., 0], 0), np.full(np.shape(made), np.nan))

    def members(self, domain: Domain) -> NDArray[np.intp]:
        """Indices of the lines that a domain holds."""
        lines = self.lines.rows if domain.base == "rows" else self.lines.columns
        names: Sequence[str] = domain.names or self.lines.comparable(domain.base)
        missing = [n for n in (*domain.names, *domain.without) if n not in lines]
        if missing:
            raise InputError("assertion", f"the table has no line {missing[0]!r}")
        without = set(domain.without)
        return np.array([lines[n].index for n in names if n not in without], dtype=np.intp)


def _decided(yes: Any, no: Any, known: Any) -> Truths:
    return np.where(~np.asarray(known), UNKNOWN, np.where(yes, TRUE, np.where(no, FALSE, UNKNOWN))).astype(np.int8)


def _whole(parts: Sequence[Truths]) -> Truths:
    """One statement in parts: false where one part is."""
    found = np.stack(np.broadcast_arrays(*parts))
    false, true, mixed = (found == FALSE).any(axis=0), (found == TRUE).all(axis=0), (found == MIXED).any(axis=0)
    return np.where(false, FALSE, np.where(mixed, MIXED, np.where(true, TRUE, UNKNOWN))).astype(np.int8)


def _all(parts: Sequence[Truths]) -> Truths:
    found = np.stack(np.broadcast_arrays(*parts))
    false, true, mixed = (found == FALSE), (found == TRUE), (found == MIXED)
    some_false, all_true = false.any(axis=0), true.all(axis=0)
    torn = mixed.any(axis=0) | (some_false & true.any(axis=0))
    return np.where(torn, MIXED, np.where(some_false, FALSE, np.where(all_true, TRUE, UNKNOWN))).astype(np.int8)


def _counted(formula: Quantified, sure: Any, most: Any, n: int, mixed: Any) -> Truths:
    k = float(formula.number) if formula.number is not None else 0.0
    match formula.quantifier:
        case "each":
            yes, no = sure == n, most == 0
            torn = mixed | ((sure > 0) & (most < n))
            return np.where(torn, MIXED, _decided(yes, no, True)).astype(np.int8)
        case "all":
            return _decided(sure == n, most < n, True)
        case "any":
            return _decided(sure > 0, most == 0, True)
        case "none":
            return _decided(most == 0, sure > 0, True)
        case "most":
            return _decided(sure > n / 2, most <= n / 2, True)
        case "count=":
            return _decided((sure == k) & (most == k), (sure > k) | (most < k), True)
        case "count>=":
            return _decided(sure >= k, most < k, True)
        case "count<=":
            return _decided(most <= k, sure > k, True)
    return np.full(np.shape(sure), UNKNOWN)


def _against(relation: str, q: Quantities, stated: float, half: float) -> Truths:
    gap, known = q.value - stated, ~np.isnan(q.value)
    slack = 1e-9 * max(1.0, abs(stated))
    near = np.abs(gap) <= half + slack
    far = np.abs(gap) > half + q.half + slack
    match relation:
        case "=":
            return _decided(near, far, known)
        case "about":
            share = ABOUT * abs(stated)
            return _decided(near | (np.abs(gap) <= share), np.abs(gap) > 2 * share + half + q.half, known)
        case ">":
            return _decided(gap > slack, gap < slack, known & (np.abs(gap) > slack))
        case "<":
            return _decided(gap < -slack, gap > -slack, known & (np.abs(gap) > slack))
        case ">=":
            return _decided(gap >= -slack, gap < -slack, known)
        case "<=":
            return _decided(gap <= slack, gap > slack, known)
    return np.full(np.shape(gap), UNKNOWN)


def _scales(stated: Number, q: Quantities, *, scaled: bool) -> tuple[float, ...]:
    """Other scales on which a stated number may be meant: a percentage of a fraction, and the reverse."""
    if abs(stated.value) >= 1000:
        return (1e-3, 1e-6, 1e-9) if scaled else ()
    biggest = float(np.nanmax(np.abs(q.value))) if not np.isnan(q.value).all() else 0.0
    if biggest <= 1 and (stated.unit == "%" or abs(stated.value) > 1):
        return (0.01,)
    return (100.0,) if abs(stated.value) <= 1 and biggest > 1 and stated.unit != "%" else ()
