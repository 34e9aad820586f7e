"""Numbers that a sentence states → formulas over the term they are said of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.numbers import Number as Written
from claims.assertion import At, Between, Compare, Difference, Fold, Formula, Relation, StatedNumber, Term, Whole
from claims.domains.amounts import RELATIONS, as_bound, exact, written
from claims.domains.table.axes import AXES
from claims.domains.table.lines import DESCRIBING, Lines
from claims.domains.table.units import in_cells, printed_units, units_of
from claims.domains.table.word_lists import word_lists
from claims.language.chart import ParseNode

TURNED: dict[Relation, Relation] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
SCALES = frozenset("KMB")
"""Thousands, millions and billions."""


def stated(term: Term, amount: ParseNode, unit: str = "") -> Iterator[Formula]:
    """The assertion of a stated number about a term; none where its unit is unknown.

    Args:
        term: the term.
        amount: the number.
        unit: of a number that states none itself.
    """
    number, unit = written(amount, unit)
    known = unit in ("", "%", "points", *SCALES) or unit in word_lists().units
    if number.plus_minus is None and not number.reached and known:
        mismatched = unit == "points" and units_of(names_in(term))
        yield _said(term, number, "%" if mismatched else unit)


def relative(first: Term, second: Term, relation: Relation, amount: ParseNode) -> Iterator[Formula]:
    """An amount such as "by 20 %" as a share of what is compared with; nothing where it is no percentage."""
    number, unit = written(amount)
    if unit != "%" or number.plus_minus is not None or number.reached or number.upper is not None or number.near:
        return
    term = Difference(first, second, "better%" if relation in ("better", "worse") else "%")
    if relation in ("better", ">"):
        yield _said(term, number, unit)
        return
    said = RELATIONS[number.relation]
    yield Compare(TURNED.get(said, said), term, StatedNumber(-exact(number.value, number), "%"))


def so_many_times(first: Term, second: Term, number: Written) -> Iterator[Formula]:
    """The assertion that one term is a multiple of another: "twice as many", "three times the size"."""
    if number.value > 0 and number.plus_minus is None and number.upper is None and not number.reached:
        yield _said(Difference(first, second, "/"), number, "")


def fits_unit(amount: ParseNode, lines: Lines, term: Term, unit: str = "") -> bool:
    """True if cells can be in the unit that a sentence states: hours only where a line is of time."""
    _, unit = written(amount, unit)
    if unit == "":
        return True
    names = tuple(names_in(term))
    if unit == "points":
        return not units_of(names) or term_is_fixed(term)  # then it is said of the cells, and left open
    if unit == "%":
        return in_cells(unit, names) is not None
    if unit in SCALES:
        crossing = [lines.along(axis).get(name) for name in names for axis in AXES]
        return any(line is not None and line.kind in DESCRIBING for line in crossing)
    return in_cells(unit, names, _printed_at(lines, names)) is not None


def _printed_at(lines: Lines, names: Iterable[str]) -> frozenset[str]:
    """The unit beside all numbers of the lines that some names choose on either axis."""
    found = tuple(names)
    rows, columns = (
        [line.index for name in found if (line := along.get(name)) is not None] for along in (lines.rows, lines.columns)
    )
    return printed_units(lines, rows or range(len(lines.rows)), columns or range(len(lines.columns)))


def term_is_fixed(term: Term) -> bool:
    """True if a term is of one cell that names leave."""
    return isinstance(term, At) and not term.row.startswith("$") and not term.column.startswith("$")


def names_in(term: Term) -> Iterator[str]:
    """The names of the lines in a term; a variable has none."""
    match term:
        case At(row, column):
            yield from (name for name in (row, column) if not name.startswith("$"))
        case Difference(left, right, _):
            yield from (*names_in(left), *names_in(right))
        case Fold(_, body, _, domain):
            yield from (*names_in(body), *domain.names)


def _said(term: Term, number: Written, unit: str) -> Formula:
    """The formula of a number in one sense of its unit."""
    sign = unit if unit == "%" or unit in word_lists().units else ""
    value = StatedNumber(exact(number.value, number), sign)
    if number.upper is not None:
        return Between(term, value, StatedNumber(exact(number.upper, number), sign))
    said = as_bound(number, term, value, oriented=not isinstance(term, Difference))
    return Whole((said, Compare("about", term, value))) if number.near else said
