"""The design of an analysis: one frozen object of choices, checked where it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from math import inf
from typing import Any, TypeAlias, get_args

from analysis.arguments import checked_value
from analysis.errors import UsageError
from analysis.registry.vocabulary import Vocabulary, vocabulary

Count: TypeAlias = int
"""0 or more."""
Amount: TypeAlias = float
"""A finite number of 0 or more."""


def bounded(default: Any, low: float, high: float = inf, *, closed: bool = False) -> Any:
    """A field of a design whose value, where it is not None, lies between two ends; with them where closed."""
    needs = f"{low:g} or more" if closed else f"a number above {low:g}"
    if high < inf:
        needs = f"{low:g} to {high:g}" if closed else f"a number between {low:g} and {high:g}"

    def fits(value: float | None) -> bool:
        return value is None or (low <= value <= high if closed else low < value < high)

    return field(default=default, metadata={"fits": fits, "needs": needs})


def one_of(values: Any) -> dict[str, Any]:
    """Metadata of a field of a design that takes the values of a `Literal`."""
    return {"fits": get_args(values).__contains__, "needs": f"one of {', '.join(get_args(values))}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The choices behind an answer; every question adds its own.

    Attributes:
        level: nominal coverage of the intervals; tests are at 1 − level.
        seed: of the random generator.
        registry: knows tasks, languages, models and metrics; the one in use by default.

    Raises:
        UsageError: a value of another kind, or outside its range.
    """

    level: float = bounded(0.95, 0, 1)
    seed: Count = 0
    registry: Vocabulary = field(default_factory=vocabulary, repr=False)

    def __post_init__(self) -> None:
        for choice in fields(self):
            value = getattr(self, choice.name)
            checked_value(choice.name, choice.type, value, choice.metadata.get("needs", ""))
            if "fits" in choice.metadata and not choice.metadata["fits"](value):
                raise UsageError(f"{choice.name} {value!r} is out of range; give {choice.metadata['needs']}")

    @property
    def alpha(self) -> float:
        """Level of the tests."""
        return 1 - self.level
