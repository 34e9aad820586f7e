"""Stated amounts, right and wrong: exact, rounded, bounded from one side or both, roughly."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from random import Random

from made_slots import Slots, off, rounded
from made_table import MadeTable, RedrawError


def state(value: Decimal, sense: str, table: MadeTable, rng: Random) -> tuple[Slots, bool]:
    """Slots `n` (and `n2`) for a statement about a positive number, and whether it holds.

    Args:
        value: The number the table gives.
        sense: `exact`, `at_least`, `at_most`, `between`, `about` or `almost`.
        table: For its precision.
        rng: Decides whether the statement will be right.

    Raises:
        RedrawError: no statement of that sense can be made clearly right or wrong.
    """
    if value <= 0:
        raise RedrawError
    return SENSES[sense](value, table, rng, rng.random() < 0.5)


def _exact(value: Decimal, table: MadeTable, rng: Random, right: bool) -> tuple[Slots, bool]:
    if not right:
        return {"n": str(off(value, table, rng))}, False
    coarse = rounded(value, table.decimals - 1)
    if table.decimals and coarse > 0 and rng.random() < 0.2:
        return {"n": str(coarse)}, True
    return {"n": str(value)}, True


def _at_least(value: Decimal, table: MadeTable, rng: Random, right: bool) -> tuple[Slots, bool]:
    step = table.unit * rng.randint(4, 30)
    bound = value - step if right else value + step
    if bound <= 0:
        raise RedrawError
    return {"n": str(bound)}, right


def _at_most(value: Decimal, table: MadeTable, rng: Random, right: bool) -> tuple[Slots, bool]:
    slots, _ = _at_least(value, table, rng, not right)
    return slots, right


def _between(value: Decimal, table: MadeTable, rng: Random, right: bool) -> tuple[Slots, bool]:
    step = table.unit * rng.randint(4, 30)
    low, high = value - step, value + step
    if not right:
        low, high = high, high + 2 * step
    if low <= 0:
        raise RedrawError
    return {"n": str(low), "n2": str(high)}, right


def _about(value: Decimal, table: MadeTable, rng: Random, right: bool) -> tuple[Slots, bool]:
    near = rounded(value, 0)
    if value < 5 or not table.decimals or near == value:
        raise RedrawError
    return {"n": str(near if right else rounded(value * (2 if rng.random() < 0.5 else Decimal("0.5")), 0))}, right


def _almost(value: Decimal, table: MadeTable, _: Random, right: bool) -> tuple[Slots, bool]:
    above = value.to_integral_value(ROUND_CEILING)
    near = 0 < above - value <= Decimal("0.3") and value >= 2
    if right != near or not table.decimals:
        raise RedrawError
    return {"n": str(above if right else above * 2 + 1)}, right


SENSES = {
    "exact": _exact,
    "at_least": _at_least,
    "at_most": _at_most,
    "between": _between,
    "about": _about,
    "almost": _almost,
}
