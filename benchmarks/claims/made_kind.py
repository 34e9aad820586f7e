"""Kinds of sentences: each draws names and numbers from a table and says whether the sentence is true."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from made_logic import Truth
from made_slots import Slots
from made_table import MadeTable


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say something, with slots in braces.

    Attributes:
        text: The sentence with slots.
        kind: Name of the kind that fills it.
        options: What the wording means beyond its kind, such as `rel` = `better`.
    """

    text: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)

    def option(self, name: str, default: str = "") -> str:
        """An option, or the default."""
        return self.options.get(name, default)


NUMBERED_EXTREME = re.compile(r"The [^{]*(?:best|highest|lowest|worst)\b.*\{n\}.*\{a\}")


def one_statement(wording: Wording) -> bool:
    """True if a wording says who holds an extreme that its number names, false where either is wrong.

    "The highest F1 (93) is that of A", not "A has the highest F1 (93)", which is mixed where one of the two is wrong.
    """
    return NUMBERED_EXTREME.match(wording.text) is not None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One filling of a wording's slots, and the truth of the sentence."""

    slots: Slots
    truth: Truth


Draw = Callable[[MadeTable, Wording, Random], Drawn]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sentence.

    Attributes:
        shapes: The shapes of table it is about.
        draw: What fills its wordings.
        gaps: Whether a cell that is missing when the sentence asks for it leaves nothing decidable. Not so where
            another part of the sentence could still decide it.
    """

    shapes: tuple[str, ...]
    draw: Draw
    gaps: bool = True


KINDS: dict[str, Kind] = {}
GRIDS = ("datasets", "languages")
ALL = ("datasets", "datasets", "languages", "measures", "measures", "levels")


def kind(name: str, shapes: tuple[str, ...] = ALL, *, gaps: bool = True) -> Callable[[Draw], Draw]:
    """Register a function as the kind of that name."""

    def registered(draw: Draw) -> Draw:
        KINDS[name] = Kind(shapes, draw, gaps)
        return draw

    return registered
