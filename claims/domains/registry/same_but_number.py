"""Sentences that differ in one number only are read once: "A improves T by 2.1 points", "A improves T by 3.4 points".

What is read may depend on a number in other ways than that it is stated: "improves T by 65.1" says a score. So the
first reading is made with a number that notes whether anything but the statement asks for its value. If nothing does,
the reading of the next sentence is the first one with the other number in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.numbers import Number
from claims.assertion import Node, StatedNumber
from claims.domains.registry.watched import watched
from claims.hashed import replace
from claims.reading import Reading
from claims.rewriting import canonical, transform

SPOT = re.compile(r"(?<= )[1-9]\d?\.\d(?= )")
"""A number in a form that is read alike whatever its digits are."""
HALF_TENTH = Decimal("0.05")
"""Half width of such a number."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the one number of a sentence stands: what is before it, its digits, and what is behind it."""

    before: str
    digits: str
    after: str

    @property
    def value(self) -> StatedNumber:
        """The number as it is stated."""
        return StatedNumber(Decimal(self.digits))

    def watching(
        self, numbers: Iterator[tuple[int, int, Number]], seen: list[str]
    ) -> Iterator[tuple[int, int, Number]]:
        """The numbers of the sentence, watched; any other number than that of the spot counts as seen."""
        start, end = len(self.before), len(self.before) + len(self.digits)
        for begin, stop, number in numbers:
            alone = begin <= start and end <= stop and number.upper is None and number.plus_minus is None
            if not alone or number.value != self.value.value or number.half_width != HALF_TENTH:
                seen.append("another")
            yield begin, stop, watched(number, number.value, number.text, seen, {})


def spot_of(sentence: str) -> Spot | None:
    """Where the one number of such a form stands in a sentence; None where there is none, or more than one."""
    found = SPOT.search(sentence)
    if found is None or SPOT.search(sentence, found.end()) is not None:
        return None
    return Spot(sentence[: found.start()], found.group(), sentence[found.end() :])


@dataclass(frozen=True, slots=True)
class NumberedReading:
    """A reading in which one number may be exchanged.

    Attributes:
        reading: of the sentence it was first found in. spot: of its number.
    """

    reading: Reading
    spot: Spot

    def at(self, spot: Spot) -> Reading:
        """The reading of the sentence with another number at the same spot."""
        old, new = self.spot.digits, spot.digits
        one = self.reading
        return replace(
            one,
            assertion=self._stating(spot, one.assertion),
            asides=tuple([self._stating(spot, f) for f in one.asides]),
            alternatives=tuple([self._stating(spot, f) for f in one.alternatives]),
            rivals=tuple([self._stating(spot, f) for f in one.rivals]),
            tokens=tuple([replace(t, text=t.text.replace(old, new)) if old in t.text else t for t in one.tokens]),
            certificate=tuple(
                [replace(t, text=t.text.replace(old, new)) if old in t.text else t for t in one.certificate]
            ),
        )

    def _stating(self, spot: Spot, formula: Any) -> Any:
        old, new = self.spot.value, spot.value
        stated = transform(formula, lambda node: _other(node, old, new))
        return formula if stated is formula else canonical(stated)


def _other(node: Node, old: StatedNumber, new: StatedNumber) -> Node | None:
    if not isinstance(node, StatedNumber) or node.value.as_tuple() != old.value.as_tuple():
        return None
    return StatedNumber(new.value, node.unit)


def exchangeable(reading: Reading, spot: Spot, seen: list[str]) -> NumberedReading | None:
    """A reading in which the number may be exchanged; None where it may not."""
    formulas = (reading.assertion, *reading.asides, *reading.alternatives, *reading.rivals)
    if seen or reading.assertion is None or any(f is not None and canonical(f) != f for f in formulas):
        return None
    uses = [used.text for used in reading.certificate if spot.digits in used.text]
    named = [linked.text for linked in reading.tokens if spot.digits in linked.text]
    if len(uses) != 1 or len(named) > 1 or any(text.count(spot.digits) != 1 for text in (*uses, *named)):
        return None
    return NumberedReading(reading, spot)
