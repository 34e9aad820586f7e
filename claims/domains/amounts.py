"""Amounts of a sentence as numbers with their unit and written precision, whatever domain they belong to."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext

from analysis.numbers import Number as Written
from claims.language.chart import Edge, ParseNode


def written(amount: ParseNode, unsaid: str = "") -> tuple[Written, str]:
    """The number of an amount and its unit, which may stand in the number, beside it, or with the number it pairs."""
    number = next(part.value for _, part in amount.parts if isinstance(part, Edge) and part.symbol == "NUM")
    unit = amount.first("unit")
    return number, unit.value["unit"] if unit is not None else number.unit or unsaid


def exact(value: Decimal, number: Written) -> Decimal:
    """The value with its written precision in the exponent."""
    places = (number.half_width * 2).adjusted() if number.half_width else None
    if places is None:
        return value
    step = Decimal(1).scaleb(places)
    with localcontext(prec=max(getcontext().prec, value.adjusted() - places + 2)):
        return value if value % step else (value / step).to_integral_value() * step
