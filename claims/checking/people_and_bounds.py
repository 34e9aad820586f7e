"""Lines of people, of bounds and of guesses beside the systems of a table: whether a verdict counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.assertion import At, Domain, Formula, Ranked
from claims.domains.table.also_meant import LIMITS, guessing
from claims.domains.table.axes import AXES
from claims.domains.table.lines import Lines
from claims.rewriting import nodes


@dataclass(frozen=True, slots=True)
class PeopleAndBounds:
    """Lines of people, bounds and guesses that a table compares with systems.

    Attributes:
        names: the lines that a parse may count without the sentence naming them, in words; "" where there is none.
        counted: for each parse, True if it counts them.
    """

    names: str
    counted: tuple[bool, ...]

    @property
    def told(self) -> str:
        """The sentence of a verdict on them; "" where every parse counts them or there are none."""
        if not self.names or all(self.counted):
            return ""
        return f"It is so with and without {self.names}." if any(self.counted) else f"{self.names} is not counted."


def people_and_bounds(lines: Lines, formulas: Sequence[Formula]) -> PeopleAndBounds:
    """The lines of people, bounds and guesses along an axis that readings range over."""
    ranged = {node.base for formula in formulas for node in nodes(formula) if isinstance(node, Domain)}
    along = [(name, line) for axis in AXES if f"{axis}s" in ranged for name, line in lines.along(axis).items()]
    guesses = {name for axis in AXES for name in guessing(lines, axis)}
    apart = {name for name, line in along if line.kind in LIMITS or name in guesses} - _named(formulas[0])
    shown = " and ".join(name for name, _ in along if name in apart)
    return PeopleAndBounds(shown, tuple(bool(apart & _compared(lines, formula)) for formula in formulas))


def _named(formula: Formula) -> set[str]:
    """Lines that a formula speaks of by name."""
    found: set[str] = set()
    for node in nodes(formula):
        if isinstance(node, At):
            found |= {node.row, node.column}
        if isinstance(node, Ranked):
            found |= {name for name in node.names if isinstance(name, str)}
    return found


def _compared(lines: Lines, formula: Formula) -> set[str]:
    """Lines that the domains of a formula hold."""
    domains = [node for node in nodes(formula) if isinstance(node, Domain)]
    return {n for d in domains for n in d.names or lines.comparable(d.base) if n not in d.without}
