"""Assertions over a table decided slowly, cell by cell: what the evaluator must agree with.

Truth is True, False, None (unknown) or "mixed". A table is rows of decimals, None where a cell is missing, with the
direction of each column: 1, −1, or 0 where nothing says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims.assertion import (
    And,
    At,
    Between,
    Compare,
    Difference,
    Fold,
    Not,
    Or,
    Quantified,
    Ranked,
    StatedNumber,
    Whole,
)  # fmt: skip

Truth = bool | str | None


@dataclass(frozen=True)
class SlowTable:
    """Names of lines, cells by (row, column), and the direction of each column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Decimal | None]
    directions: Mapping[str, int]

    def half(self, row: str, column: str) -> Decimal:
        """Half a unit of a cell's last printed digit."""
        value = self.cells[row, column]
        return Decimal(0) if value is None else Decimal("0.5").scaleb(int(value.as_tuple().exponent))


@dataclass(frozen=True)
class Known:
    """A number: its value, None where a cell is missing, what rounding leaves open, and which way is better."""

    value: Decimal | None
    half: Decimal
    direction: int


def decide(formula: Any, table: SlowTable, bound: Mapping[str, str]) -> Truth:
    """The truth of a formula with its variables bound to lines."""
    match formula:
        case Compare(relation, left, right):
            return _compare(relation, left, right, table, bound)
        case Not(part):
            inner = decide(part, table, bound)
            return not inner if isinstance(inner, bool) else inner
        case And(parts):
            return conjunction([decide(part, table, bound) for part in parts])
        case Whole(parts):
            return whole([decide(part, table, bound) for part in parts])
        case Between(term, low, high):
            return whole([_compare(">=", term, low, table, bound), _compare("<=", term, high, table, bound)])
        case Or(parts):
            found = [decide(part, table, bound) for part in parts]
            return True if True in found else False if all(f is False for f in found) else None
        case Quantified():
            return _quantified(formula, table, bound)
        case Ranked():
            return _ranked(formula, table, bound)
    raise AssertionError(formula)


def conjunction(found: Sequence[Truth]) -> Truth:
    """Parts that nobody quantified: some true and some false are mixed, and all false are false."""
    if "mixed" in found or (True in found and False in found):
        return "mixed"
    return True if all(f is True for f in found) else False if all(f is False for f in found) else None


def whole(found: Sequence[Truth]) -> Truth:
    """Parts of one statement: it is false where one of them is."""
    if False in found:
        return False
    return "mixed" if "mixed" in found else True if all(f is True for f in found) else None


def members(formula: Any, table: SlowTable) -> list[str]:
    """The lines a variable ranges over."""
    every = table.rows if formula.domain.base == "rows" else table.columns
    return [name for name in (formula.domain.names or every) if name not in formula.domain.without]


def number(term: Any, table: SlowTable, bound: Mapping[str, str]) -> Known:
    """The number of a term."""
    match term:
        case At(row, column):
            at = bound.get(row, row), bound.get(column, column)
            return Known(table.cells[at], table.half(*at), table.directions[at[1]])
        case Difference(left, right, unit):
            a, b = number(left, table, bound), number(right, table, bound)
            if a.value is None or b.value is None:
                return Known(None, Decimal(0), 0)
            gap, direction = a.value - b.value, a.direction if a.direction == b.direction else 0
            if unit == "better":
                return Known(gap * direction if direction else abs(gap), a.half + b.half, direction)
            return Known(abs(gap) if unit == "abs" else gap, a.half + b.half, 0)
        case Fold(how, body, variable, _):
            found = [number(body, table, {**bound, variable: line}) for line in members(term, table)]
            values = [one.value for one in found]
            if None in values:
                return Known(None, Decimal(0), 0)
            picked = {"max": max, "min": min, "mean": lambda many: sum(many) / len(many)}[how](values)  # type: ignore[operator]
            same = len({one.direction for one in found}) == 1
            return Known(picked, max(one.half for one in found), found[0].direction if same else 0)
    raise AssertionError(term)


def _compare(relation: str, left: Any, right: Any, table: SlowTable, bound: Mapping[str, str]) -> Truth:
    a = number(left, table, bound)
    if isinstance(right, StatedNumber):
        truth = _stated(relation, a, right.value)
        sideless = isinstance(left, Difference) and left.unit == "better" and a.direction == 0
        return None if truth is True and sideless else truth
    b = number(right, table, bound)
    if a.value is None or b.value is None:
        return None
    gap, half = a.value - b.value, a.half + b.half
    if relation in ("better", "worse"):
        if a.direction == 0 or a.direction != b.direction:
            return None
        ahead = gap * a.direction * (1 if relation == "better" else -1)
        return None if ahead == 0 else ahead > 0
    if relation in (">", "<") and gap == 0 and half > 0:
        return None  # rounding hides which is larger
    return {">": gap > 0, "<": gap < 0, ">=": gap >= 0, "<=": gap <= 0, "=": gap == 0}[relation]


def _stated(relation: str, known: Known, stated: Decimal) -> Truth:
    if known.value is None:
        return None
    gap = known.value - stated
    half = Decimal("0.5").scaleb(int(stated.as_tuple().exponent))
    match relation:
        case "=":
            return True if abs(gap) <= half else False if abs(gap) > half + known.half else None
        case ">" | "<":
            return None if gap == 0 else (gap > 0) == (relation == ">")
        case ">=":
            return gap >= 0
        case "<=":
            return gap <= 0
    raise AssertionError(relation)


def _quantified(formula: Quantified, table: SlowTable, bound: Mapping[str, str]) -> Truth:
    found = [decide(formula.body, table, {**bound, formula.variable: line}) for line in members(formula, table)]
    sure, no, n = found.count(True), sum(f is False for f in found), len(found)
    most = n - no - found.count("mixed")  # as many as may be true
    if formula.quantifier == "each":
        if "mixed" in found or (sure > 0 and most < n):
            return "mixed"
        return True if sure == n else False if most == 0 else None
    k = float(formula.number) if formula.number is not None else 0
    yes, never = {
        "all": (sure == n, most < n),
        "any": (sure > 0, most == 0),
        "none": (most == 0, sure > 0),
        "most": (sure > n / 2, most <= n / 2),
        "count=": (sure == k == most, sure > k or most < k),
        "count>=": (sure >= k, most < k),
        "count<=": (most <= k, sure > k),
    }[formula.quantifier]
    return True if yes else False if never else None


def _ranked(formula: Ranked, table: SlowTable, bound: Mapping[str, str]) -> Truth:
    known = {line: number(formula.term, table, {**bound, formula.variable: line}) for line in members(formula, table)}
    (name,) = formula.names
    own = known[str(name)]
    judged = {one.direction for one in known.values()}
    if own.value is None or (formula.place in ("best", "worst") and (len(judged) > 1 or judged == {0})):
        return None  # numbers of which higher is better and numbers of which lower is have no best one
    sign = {"highest": 1, "lowest": -1}.get(formula.place, own.direction * (1 if formula.place == "best" else -1))
    rivals = [one.value for line, one in known.items() if line != name and one.value is not None]
    ahead = sum((value - own.value) * sign > 0 for value in rivals)
    level = sum(value == own.value for value in rivals)
    if rivals and ahead == formula.k - 1 and not level:
        return True
    return False if ahead > formula.k - 1 or ahead + level < formula.k - 1 else None
