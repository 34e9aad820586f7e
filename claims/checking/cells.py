"""Assertions over the cells of a table, decided for whole lines at once.

A variable of a quantifier is an axis of an array, so that "better than all others on all tasks" is one comparison of
arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    Fold,
    Formula,
    Not,
    Or,
    Quantified,
    Ranked,
    StatedNumber,
    Term,
    Whole,
)
from claims.checking.printed_p_values import is_significant, printed_p_value
from claims.checking.quantities import (
    Quantities,
    Scope,
    TermReader,
    common_direction,
    namesakes,
    relative_gap,
    shape_of,
)
from claims.checking.stated_errors import ALPHA, tested
from claims.checking.stated_numbers import against, as_multiple, cells_of, is_its_spread
from claims.checking.truths import (
    FALSE,
    TRUE,
    UNKNOWN,
    Truths,
    any_of,
    decided,
    negated,
    of_members,
    one_statement,
    several_statements,
    unknown,
    word_of,
)
from claims.domains.table.lines import Lines
from claims.verdict import Truth

CLEAR = 0.05
"""Share of the larger value from which a difference is clear, and up to which it is slight."""
NO_DIRECTION = (
    "nothing says whether higher or lower is better (name the measure in the header, such as “XQuAD F1”, "
    "or in the caption)"
)
NO_UNIT = "the cells are not in the unit that the sentence states"
NO_TEST = "significance needs seeds or a test that the table does not give"


@dataclass(slots=True)
class CellChecker:
    """Decides assertions over one table.

    Attributes:
        lines: of the table. level: below which a difference is called significant.
        reader: of its terms. why: remarks on what was left open.
        tests: of differences that a claim calls significant, in words.
    """

    lines: Lines
    level: float = ALPHA
    reader: TermReader = field(init=False)
    why: dict[str, None] = field(default_factory=dict)
    tests: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = TermReader(self.lines)

    @property
    def used(self) -> tuple[tuple[int, int], ...]:
        """(row, column) of the cells that were looked at, in order."""
        return tuple(self.reader.used)

    def truth(self, formula: Formula) -> Truth:
        """The truth of a formula without a free variable: "true", "false", "mixed" or "open".

        Raises:
            InputError: the formula says nothing about cells, or names a line that the table lacks.
        """
        return word_of(self._check(formula, {}))

    def _check(self, formula: Formula, scope: Scope) -> Truths:
        """Truth values of a formula, one axis for each variable in the scope, in its order."""
        match formula:
            case Compare():
                return self._compare(formula, scope)
            case Degree():
                return self._degree(formula, scope)
            case Quantified():
                return self._quantified(formula, scope)
            case Ranked():
                return self._ranked(formula, scope)
            case Along():
                return self._along(formula, scope)
        return self._connected(formula, scope)

    def _connected(self, formula: Formula, scope: Scope) -> Truths:
        match formula:
            case Not(part):
                return negated(self._check(part, scope))
            case And(parts):
                return several_statements([self._check(part, scope) for part in parts])
            case Whole(parts):
                return one_statement([self._check(part, scope) for part in parts])
            case Between(term, low, high):
                bounds = (Compare(">=", term, low), Compare("<=", term, high))
                return one_statement([self._check(bound, scope) for bound in bounds])
            case Or(parts):
                return any_of([self._check(part, scope) for part in parts])
        raise InputError("assertion", f"{formula} says nothing about cells of a table")

    # ------------------------------------------------------------------------------ comparisons

    def _compare(self, formula: Compare, scope: Scope) -> Truths:
        if isinstance(formula.right, StatedNumber):
            return self.stated(formula.relation, formula.left, formula.right, scope)
        a, b = self.reader.term(formula.left, scope), self.reader.term(formula.right, scope)
        gap = a.value - b.value
        known = ~np.isnan(gap)
        level = (gap == 0) & (a.half + b.half == 0)  # printed alike, and not by rounding
        match formula.relation:
            case "better" | "worse":
                return self._better(gap if formula.relation == "better" else -gap, common_direction(a, b))
            case ">":
                return decided(gap > 0, (gap < 0) | level, known)
            case "<":
                return decided(gap < 0, (gap > 0) | level, known)
            case ">=":
                return decided(gap >= 0, gap < 0, known)
            case "<=":
                return decided(gap <= 0, gap > 0, known)
            case "=":
                return decided(gap == 0, gap != 0, known)
        return unknown(gap.shape)

    def _better(self, gap: NDArray[np.float64], direction: NDArray[np.int8]) -> Truths:
        self._remark_on(direction)
        turned = gap * direction
        return decided(turned > 0, turned < 0, (direction != 0) & ~np.isnan(gap))

    def stated(self, relation: str, left: Term, right: StatedNumber, scope: Scope) -> Truths:
        """Truth values of a term compared with a number that the claim states."""
        if relation in ("better", "worse"):
            return self._beyond(relation, left, right, scope)
        q = self.reader.term(left, scope)
        unit = left.unit if isinstance(left, Difference) else ""
        if unit == "/":
            truth = as_multiple(relation, q, right)
        elif unit.endswith("%"):
            truth = against(relation, q, right)
        else:
            cells = cells_of(self.reader, left, scope)
            size = cells.size_of(right.unit)
            if size is None:
                self.why[NO_UNIT] = None
                return unknown(np.shape(q.value))
            truth = against(relation, q, right, cells.printed(gap=_is_a_gap(left)), size)
        if is_its_spread(self.lines, left, right):
            truth = np.where(truth == FALSE, UNKNOWN, truth).astype(np.int8)
        if not unit.startswith("better"):
            return truth
        self._remark_on(q.direction)
        return np.where((q.direction == 0) & (truth == TRUE), UNKNOWN, truth).astype(np.int8)

    def _beyond(self, relation: str, left: Term, right: StatedNumber, scope: Scope) -> Truths:
        """Truth values of a term being better, or worse, than a stated number; where nothing says which way, open."""
        direction = self.reader.term(left, scope).direction * (1 if relation == "better" else -1)
        self._remark_on(direction)
        above, below = (self.stated(word, left, right, scope) for word in (">", "<"))
        agreed = np.where(above == below, above, UNKNOWN)
        return np.where(direction > 0, above, np.where(direction < 0, below, agreed)).astype(np.int8)

    def _degree(self, formula: Degree, scope: Scope) -> Truths:
        base, body = self._check(formula.body, scope), formula.body
        if not isinstance(body, Compare):
            return np.where(base == FALSE, FALSE, UNKNOWN).astype(np.int8)
        if formula.word == "tested":
            return self._tested(base, body, scope)
        share = relative_gap(self.reader.term(body.left, scope), self.reader.term(body.right, scope))
        fits = share >= CLEAR if formula.word == "clear" else share <= CLEAR
        return np.where((base == TRUE) & ~fits, UNKNOWN, base).astype(np.int8)

    def _tested(self, base: Truths, body: Compare, scope: Scope) -> Truths:
        """Truth of differences of two cells being significant by the errors that the table states; else unknown."""
        if not isinstance(body.left, At) or not isinstance(body.right, At):
            self.why[NO_TEST] = None
            return unknown(np.shape(base))
        shape = shape_of(scope)
        pairs = zip(*(self.reader.places(term, scope) for term in (body.left, body.right)), strict=True)
        truths = np.broadcast_to(base, shape).reshape(-1)
        found = [self._test(truth, *pair) for truth, pair in zip(truths, pairs, strict=True)]
        return np.array(found, dtype=np.int8).reshape(shape)

    def _test(self, base: np.int8, first: tuple[int, int], second: tuple[int, int]) -> np.int8 | int:
        p = printed_p_value(self.lines.table, first, second)
        if p is not None:
            significant = is_significant(p, self.level)
            self.tests[f"the table prints p {p.relation} {p.value}"] = None
            return UNKNOWN if significant is None else base if significant else np.int8(FALSE)
        test = tested(self.lines.table, first, second, self.level)
        if test is None or test.outcome == "open":
            self.why[NO_TEST if test is None else f"{test}, which a test on paired items may undo"] = None
            return UNKNOWN
        self.tests[str(test)] = None
        return base if test.outcome == "told" or base == UNKNOWN else FALSE

    # ----------------------------------------------------------------------------- many lines

    def _quantified(self, formula: Quantified, scope: Scope) -> Truths:
        members = self.reader.members(formula.domain)
        inner = {**scope, formula.variable: members}
        found = np.broadcast_to(self._check(formula.body, inner), shape_of(inner))
        return of_members(formula, found) if len(members) else unknown(shape_of(scope))

    def _ranked(self, formula: Ranked, scope: Scope) -> Truths:
        """Truth of the named lines holding a place: shape of the scope, the members along one more axis inside."""
        members = self.reader.members(formula.domain)
        inner = {**scope, formula.variable: members}
        q = self.reader.term(formula.term, inner)
        sign = np.broadcast_to(self._sense(formula.place, q), shape_of(inner))
        turned = np.broadcast_to(q.value, shape_of(inner)) * sign
        alike = (sign == sign[..., :1]).all(axis=-1)
        rivals = (~np.isnan(turned)).sum(axis=-1) > 1
        outcomes = []
        names = self.lines.names["row" if formula.domain.base == "rows" else "column"]
        for place in namesakes(names, members, [str(name) for name in formula.names]):
            own = turned[..., place : place + 1]
            with np.errstate(invalid="ignore"):
                ahead, level = (turned > own).sum(axis=-1), (turned == own).sum(axis=-1) - 1
            known = ~np.isnan(own[..., 0]) & (sign[..., place] != 0) & alike
            holds = (ahead == formula.k - 1) & (level == 0) & known & rivals
            fails = ((ahead > formula.k - 1) | (ahead + level < formula.k - 1)) & known
            outcomes.append(decided(holds, fails))
        return any_of(outcomes) if outcomes else unknown(shape_of(scope))

    def _sense(self, place: str, q: Quantities) -> NDArray[np.int8]:
        """1 where the place is at the high end, −1 where it is at the low end, 0 where nobody knows."""
        if place in ("highest", "lowest"):
            return np.full(q.value.shape, 1 if place == "highest" else -1, dtype=np.int8)
        self._remark_on(q.direction)
        return (q.direction * (1 if place == "best" else -1)).astype(np.int8)

    def _along(self, formula: Along, scope: Scope) -> Truths:
        inner = {**scope, formula.variable: self.reader.members(formula.domain)}
        value = np.broadcast_to(self.reader.term(formula.term, inner).value, shape_of(inner))
        steps = np.diff(value, axis=-1) * (1 if formula.direction == "rising" else -1)
        if steps.shape[-1] < 2:
            return unknown(steps.shape[:-1])
        with np.errstate(invalid="ignore"):
            return decided((steps > 0).all(axis=-1), (steps < 0).any(axis=-1), ~np.isnan(steps).any(axis=-1))

    def _remark_on(self, direction: NDArray[np.int8]) -> None:
        if (direction == 0).any():
            self.why[NO_DIRECTION] = None


def _is_a_gap(term: Term) -> bool:
    """True if a term is a difference, or the largest of several."""
    return isinstance(term, Difference) or (isinstance(term, Fold) and isinstance(term.body, Difference))
