"""A place at the end of a sentence that is of all its clauses: "better in accuracy but worse in F1 on A"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.assertion import And, At, Domain, Formula, Quantified, Whole
from claims.domains.table.axes import AXES, Axis
from claims.domains.table.context import ClauseContext
from claims.language.chart import ParseNode
from claims.rewriting import nodes


@dataclass(frozen=True, slots=True)
class _Place:
    """The lines of one axis with the label of a place (`here`), and those with another label (`elsewhere`)."""

    axis: Axis
    here: frozenset[str]
    elsewhere: frozenset[str]


def at_the_last_place(context: ClauseContext, parse: ParseNode, formula: Formula) -> Iterator[Formula]:
    """The rivals in which the first clauses hold at the place of the last one, where they name no other place.

    Args:
        context: of the sentence.
        parse: of the sentence.
        formula: its assertion with the place in the last clause alone.
    """
    if not isinstance(formula, And) or len(formula.parts) < 2:
        return
    *before, last = formula.parts
    for place in _places(context, last):
        if not _is_named(context, parse, place):
            there = [_at(place, part) for part in before]
            if there != before:
                yield And((*there, last))


def _places(context: ClauseContext, last: Formula) -> Iterator[_Place]:
    """The places of the last clause: each label that all its lines on an axis share."""
    cells = [node for node in nodes(last) if isinstance(node, At)]
    for axis in AXES:
        along = context.lines.along(axis)
        named = {name for cell in cells if (name := cell.row if axis == "row" else cell.column) in along}
        for level in range(len(next(iter(along.values())).labels)) if named else ():
            labels = {along[name].labels[level] for name in named}
            here = frozenset(name for name, line in along.items() if {line.labels[level]} == labels)
            if len(labels) == 1 and len(here) > 1:
                yield _Place(axis, here, frozenset(along) - here)


def _is_named(context: ClauseContext, parse: ParseNode, place: _Place) -> bool:
    """True if a name of the sentence stands for lines elsewhere alone: then each clause has its own place."""
    names = context.lines.names[place.axis]
    for _, edge in parse.leaves():
        for ref in edge.value if edge.symbol == "NAME" else ():
            if ref.kind == "lines" and ref.axis == place.axis and {names[i] for i in ref.lines} <= place.elsewhere:
                return True
    return False


def _at(place: _Place, part: Formula) -> Formula:
    """A clause at one place, where it has cells there and elsewhere; else as it is."""
    if isinstance(part, Quantified) and part.domain.base == f"{place.axis}s" and part.domain.names:
        kept = tuple(name for name in part.domain.names if name in place.here)
        return replace(part, domain=Domain(part.domain.base, kept)) if kept else part
    if isinstance(part, (And, Whole)):
        there = tuple(one for one in part.parts if not _is_elsewhere(place, one))
        return replace(part, parts=there) if len(there) > 1 else there[0] if there else part
    return part


def _is_elsewhere(place: _Place, part: Formula) -> bool:
    cells = [node for node in nodes(part) if isinstance(node, At)]
    return any((cell.row if place.axis == "row" else cell.column) in place.elsewhere for cell in cells)
