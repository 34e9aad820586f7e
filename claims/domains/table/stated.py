"""Numbers that a sentence states → formulas over the term they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from analysis.numbers import Number as Written
from claims.assertion import At, Between, Compare, Difference, Formula, Number, Term, Whole
from claims.domains.table.lines import Lines
from claims.domains.table.names import key_of
from claims.language.chart import Node

RELATIONS = {"=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "~": "about"}


def written(amount: Node) -> tuple[Written, str]:
    """The number of an amount and its unit, which may stand in the number or beside it."""
    edge = next(part for label, part in amount.parts if not hasattr(part, "rule") and part.symbol == "NUM")
    unit = amount.first("unit")
    return edge.value, unit.value["unit"] if unit is not None else edge.value.unit


def stated(term: Term, amount: Node) -> Iterator[Formula]:
    """What a stated number says of a term, one formula for each way its unit may be meant."""
    number, unit = written(amount)
    if number.plus_minus is not None or number.reached or unit not in ("", "%", "points", *PLAIN):
        return
    yield said(term, number, unit)


def relative(first: Term, second: Term, relation: str, amount: Node) -> Iterator[Formula]:
    """ "by 20 %", as a share of what is compared with; nothing where the amount is no percentage."""
    number, unit = written(amount)
    if unit != "%" or number.plus_minus is not None or number.reached or number.upper is not None or number.near:
        return
    term = Difference(first, second, "better%" if relation in ("better", "worse") else "%")
    if relation in ("better", ">"):
        yield said(term, number, unit)
        return
    turned = {">": "<", "<": ">", ">=": "<=", "<=": ">="}.get(RELATIONS[number.relation], RELATIONS[number.relation])
    yield Compare(turned, term, Number(-exact(number.value, number), "%"))  # type: ignore[arg-type]


def fits_unit(amount: Node, lines: Lines, term: Term) -> bool:
    """Whether cells can be in the unit that a sentence states: hours only where a line is of time."""
    _, unit = written(amount)
    if unit in ("", "%", "points"):
        return True
    if not isinstance(term, At):
        return False
    if unit in SCALES:
        return any(
            line is not None and line.kind in ("time", "size", "count", "attribute")
            for line in (lines.rows.get(term.row), lines.columns.get(term.column))
        )
    known = UNITS.get(unit, frozenset())
    words = {word for name in (term.row, term.column) for word in key_of(name) if len(word) > 1}
    bracketed = {word for name in (term.row, term.column) for word in BRACKETED.findall(name.casefold())}
    return bool((words | bracketed) & known)


BRACKETED = re.compile(r"[(\[]\s*([a-z$€]+)\s*[)\]]")
"""A unit in brackets, "Time (s)": single letters are units nowhere else."""
SCALES = frozenset("KMB")
UNITS = {
    "ms": frozenset({"ms", "millisecond", "msec"}), "s": frozenset({"s", "sec", "second"}),
    "min": frozenset({"min", "minute", "mins"}), "h": frozenset({"h", "hr", "hour"}), "MB": frozenset({"mb", "megabyte"}),
    "GB": frozenset({"gb", "gigabyte"}), "$": frozenset({"$", "usd", "dollar"}), "€": frozenset({"€", "eur", "euro"}),
}  # fmt: skip
"""Words of a header that say its cells are in a unit."""


PLAIN = ("ms", "s", "min", "h", "MB", "GB", "$", "€", "K", "M", "B")


def said(term: Term, number: Written, unit: str) -> Formula:
    """The formula of a number in one sense of its unit."""
    sign = "%" if unit == "%" else ""
    if number.upper is not None:
        return Between(term, Number(exact(number.value, number), sign), Number(exact(number.upper, number), sign))
    value = Number(exact(number.value, number), sign)
    if number.near:
        return Whole((Compare(RELATIONS[number.relation], term, value), Compare("about", term, value)))  # type: ignore[arg-type]
    return Compare(RELATIONS[number.relation], term, Number(exact(number.value, number), sign))  # type: ignore[arg-type]


def exact(value: Decimal, number: Written) -> Decimal:
    """The value with its written precision in the exponent."""
    places = (number.half_width * 2).adjusted() if number.half_width else None
    if places is None:
        return value
    step = Decimal(1).scaleb(places)
    return value if value % step else (value / step).to_integral_value() * step


