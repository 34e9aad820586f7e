"""Lines of people and of bounds beside the systems of a table: whether a verdict counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.assertion import At, Domain, Formula, Ranked
from claims.domains.table.also_meant import LIMITS
from claims.domains.table.lines import Lines
from claims.rewriting import nodes


@dataclass(frozen=True, slots=True)
class PeopleAndBounds:
    """Lines that are compared with systems and need be none.

    Attributes:
        names: of those that a sentence may speak of without naming them, in words; "" where there is none.
        counted: for each reading, whether it counts them.
    """

    names: str
    counted: tuple[bool, ...]

    @property
    def told(self) -> str:
        """What a verdict says of them."""
        if not self.names or all(self.counted):
            return ""
        return f"It is so with and without {self.names}." if any(self.counted) else f"{self.names} is not counted."


def people_and_bounds(lines: Lines, formulas: Sequence[Formula]) -> PeopleAndBounds:
    """The lines of people and bounds along an axis that readings range over."""
    ranged = {node.base for formula in formulas for node in nodes(formula) if isinstance(node, Domain)}
    along = [*(lines.rows.items() if "rows" in ranged else ()), *(lines.columns.items() if "columns" in ranged else ())]
    limits = {name for name, line in along if line.kind in LIMITS} - _named(formulas[0])
    shown = " and ".join(name for name, _ in along if name in limits)
    return PeopleAndBounds(shown, tuple(bool(limits & _listed(formula)) for formula in formulas))


def _named(formula: Formula) -> set[str]:
    """Lines that a formula speaks of by name."""
    found: set[str] = set()
    for node in nodes(formula):
        if isinstance(node, At):
            found |= {node.row, node.column}
        if isinstance(node, Ranked):
            found |= {name for name in node.names if isinstance(name, str)}
    return found


def _listed(formula: Formula) -> set[str]:
    """Lines that the domains of a formula list."""
    return {name for node in nodes(formula) if isinstance(node, Domain) for name in node.names}
