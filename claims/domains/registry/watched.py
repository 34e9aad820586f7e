"""A number that notes whether a reading depends on its value in other ways than that it states it."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from analysis.numbers import Number

PLAIN = tuple(field.name for field in fields(Number) if field.name not in ("value", "text"))


class WatchedNumber(Number):
    """A number that notes whether its value or its text was asked for.

    Attributes:
        stated: its value, for those that state it and do nothing else.
        seen: whether it was asked for: one list for all that stand for one number.
    """

    __slots__ = ("_written", "seen", "stated")

    stated: Decimal
    seen: list[str]
    _written: str

    def __new__(cls, *values: Any, **named: Any) -> Any:
        """A copy is no longer watched: whoever made it has asked for the value."""
        return Number(*values, **named)

    @property
    def value(self) -> Decimal:
        """Its value, which is noted as asked for."""
        self.seen.append("value")
        return self.stated

    @property
    def text(self) -> str:
        """Its text, which is noted as asked for."""
        self.seen.append("text")
        return self._written

    def __replace__(self, **changes: Any) -> Number:
        """The number with other values, watched unless its value or its text is among them."""
        if not changes.keys() <= {"unit", "relation"}:
            return Number(**{"value": self.value, "text": self.text, **{n: getattr(self, n) for n in PLAIN}, **changes})
        return watched(self, self.stated, self._written, self.seen, changes)


def watched(number: Number, value: Decimal, text: str, seen: list[str], changes: dict[str, Any]) -> WatchedNumber:
    """A number as one that is watched, with changes."""
    made: WatchedNumber = object.__new__(WatchedNumber)
    put = object.__setattr__
    for name in PLAIN:
        put(made, name, changes[name] if name in changes else getattr(number, name))
    put(made, "stated", value)
    put(made, "_written", text)
    put(made, "seen", seen)
    return made
