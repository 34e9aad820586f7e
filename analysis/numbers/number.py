"""A number in a text: value, precision, relation, range, spread and unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal

from analysis.errors import InputError
from analysis.numbers.lexicon import forms

Relation = Literal["=", ">", ">=", "<", "<=", "~"]
Truth = Literal["true", "false", "open"]

EXACT = Context(prec=250)
"""Wide enough to add numbers of 30 digits with exponents to ±60 without rounding."""

NEAR = Decimal("0.05")
"""Share of the stated value within which "about" and "just under" hold."""


class NumberError(InputError):
    """A text is not the number, or the column of numbers, that it should be."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number as written.

    Attributes:
        value: sign and scale applied: "88k" is 88000; of a range its lower end.
        half_width: half a unit of the last written digit, scaled: 500 for "88k", 0.05 for "8.2".
        relation: what is said of the value: "at least 80" is ">=".
        upper: upper end of a range, None for a single number.
        plus_minus: what follows ±, in the number's unit; which spread it is, nobody can tell here.
        unit: canonical: "", "%", "points", "x" (times), "ms", "s", "min", "h", "$", "€", "MB" ...
        signed: whether a sign was written, as for a change.
        text: the characters it was read from.
        near: whether the value is said to be close to the bound ("just under 80", "nearly 400k").
        reached: whether the largest (or smallest) value is said to reach the bound ("up to 10").
    """

    value: Decimal
    half_width: Decimal
    relation: Relation = "="
    upper: Decimal | None = None
    plus_minus: Decimal | None = None
    unit: str = ""
    signed: bool = False
    text: str = ""
    near: bool = False
    reached: bool = False

    @property
    def oriented(self) -> str:
        """The side of its bound by quality: "better" in "better than 80" and "80 or better", "worse", or ""."""
        said = " ".join(self.text.casefold().split())
        found = (meant for form, meant in forms("oriented").items() if said.startswith(form) or said.endswith(form))
        return next(found, "") if self.relation != "=" else ""

    @property
    def low(self) -> Decimal:
        """Lower end of what the writing leaves open: of the range, else of the rounding."""
        return self.value if self.upper is not None else EXACT.subtract(self.value, self.half_width)

    @property
    def high(self) -> Decimal:
        """Upper end of what the writing leaves open: of the range, else of the rounding."""
        return self.upper if self.upper is not None else EXACT.add(self.value, self.half_width)

    def read_from(self, text: str) -> Number:
        """The number with the characters it was read from."""
        return Number(
            self.value, self.half_width, self.relation, self.upper, self.plus_minus, self.unit, self.signed, text,
            self.near, self.reached,
        )  # fmt: skip

    def matches(self, value: Decimal | float, half_width: Decimal | float = 0) -> Truth:
        """Compares a measured value with this number.

        "=" is true where the roundings of both overlap. "~" is true within 5 % of the stated value, or
        half a unit of its last digit if that is more. A range is true for values inside, and open for
        values that only rounding puts outside. Strict bounds must hold for the whole interval of the
        value; "at least" and "at most" for the value as printed. "Just under" and the like also
        demand the closeness of "~". "Up to" is open for a value below its bound: that some value
        reaches the bound cannot be seen from one.

        Args:
            value: the measured value, in this number's unit.
            half_width: half a unit of the last digit it was printed with; 0 for an exact value.

        Returns:
            "open" where the roundings do not decide, or the value is not finite.
        """
        there, loose = _decimal(value), _decimal(half_width)
        if not there.is_finite() or not loose.is_finite():
            return "open"
        loose = loose.copy_abs()
        if self.upper is not None:
            return self._in_range(there, loose)
        if self.relation == "=":
            return self._equals(there, loose)
        if self.relation == "~":
            return self._about(there, loose)
        bound = self._bounded(there, loose)
        if self.reached and bound == "true":
            return "true" if self._equals(there, loose) == "true" else "open"
        if not self.near:
            return bound
        about = self._about(there, loose)
        if about != "true":
            return about
        return "true" if bound == "true" else "open"

    def _equals(self, value: Decimal, loose: Decimal) -> Truth:
        apart = EXACT.subtract(value, self.value).copy_abs()
        reach = EXACT.add(self.half_width, loose)
        # Two roundings that only touch, as those of 8.2 and 8.3, share no value.
        touches = apart == reach and bool(loose) and bool(self.half_width)
        return "true" if apart <= reach and not touches else "false"

    def _about(self, value: Decimal, loose: Decimal) -> Truth:
        end = self.value if self.upper is None else max(self.value.copy_abs(), self.upper.copy_abs())
        reach = max(EXACT.multiply(end.copy_abs(), NEAR), self.half_width)
        above = EXACT.subtract(value, self.value if self.upper is None else self.upper)
        below = EXACT.subtract(self.value, value)
        apart = max(above, below)
        if apart <= reach:
            return "true"
        return "open" if EXACT.subtract(apart, loose) < reach else "false"

    def _in_range(self, value: Decimal, loose: Decimal) -> Truth:
        if self.relation == "~":
            return self._about(value, loose)
        least, most = EXACT.subtract(value, loose), EXACT.add(value, loose)
        if self.low <= least and most <= self.high:
            return "true"
        wide_low, wide_high = EXACT.subtract(self.low, self.half_width), EXACT.add(self.high, self.half_width)
        return "false" if most < wide_low or least > wide_high else "open"

    def _bounded(self, value: Decimal, loose: Decimal) -> Truth:
        """The truth of a bound; a lower bound is judged as an upper bound of the negatives."""
        there, bound = value, self.value
        if self.relation in {">", ">="}:
            there, bound = there.copy_negate(), bound.copy_negate()
        least, most = EXACT.subtract(there, loose), EXACT.add(there, loose)
        if self.relation in {"<=", ">="}:
            if there <= bound:
                return "true"
            return "open" if loose and least < bound else "false"
        if there < bound and most <= bound:
            return "true"
        return "false" if least >= bound else "open"


@dataclass(frozen=True, slots=True)
class Convention:
    """A way to write the numbers of a column or a file.

    Attributes:
        decimal: "." or ",". group: what parts thousands: ",", ".", " " or "'".
        accounting: whether brackets around a number alone are a minus sign.
    """

    decimal: str = "."
    group: str = ","
    accounting: bool = False


@dataclass(frozen=True, slots=True)
class CellValue:
    """A table's cell.

    Attributes:
        numbers: in order; none for an empty cell and for a text.
        layout: "single"; "pair" for two or more parted by slashes; "bracketed" for one with a second
            in brackets; "empty" for a cell that was not measured; "text" for anything that is not
            understood to its last character.
        marks: best-marks and footnote signs as written ("*", "†"), and "bold", "italic", "underline".
        text: the cell as written.
    """

    numbers: tuple[Number, ...]
    layout: Literal["single", "pair", "bracketed", "empty", "text"]
    marks: frozenset[str]
    text: str


def _decimal(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
