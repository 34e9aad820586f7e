"""A clause over a table → the assertions it may make.

Every way of binding its phrases is followed; each gives an assertion and a score for the fit of the names. Lines that
a clause leaves out are filled in from the table: the lines that cross, the rivals of a superlative, the base of an
ablation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from claims.domains.table.amounts_kept import keeps_amounts
from claims.domains.table.averaged_lists import is_of_averages
from claims.domains.table.axes import lines_along
from claims.domains.table.changes import changes
from claims.domains.table.comparing import comparing
from claims.domains.table.context import ClauseContext
from claims.domains.table.differing import differences
from claims.domains.table.gaps import gaps, nearer
from claims.domains.table.given import TableAssertion
from claims.domains.table.impacts import impacts, multiples
from claims.domains.table.lines import BESIDE
from claims.domains.table.superlatives import superlatives
from claims.domains.table.trends import trends
from claims.domains.table.values import values
from claims.language.chart import ParseNode

Maker: TypeAlias = Callable[[ClauseContext, ParseNode], Iterator[TableAssertion]]
MAKERS: dict[str, Maker] = {
    "compare": comparing,
    "superlative": superlatives,
    "value": values,
    "change": changes,
    "trend": trends,
    "gaps": gaps,
    "nearer": nearer,
    "impacts": impacts,
    "multiples": multiples,
    "differing": differences,
}
"""Kind of clause in the grammar → the function that makes its assertions."""


def assertions(context: ClauseContext, clause: ParseNode) -> list[TableAssertion]:
    """Every assertion of a clause node (rule "clause")."""
    label, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    if label != "compare" and any(node.rule == "told" for node in clause.below()):
        return []
    if any(node.first("praise") is not None and not _names_one(context, node) for node in clause.below()):
        return []
    if any(node.rule == "front_tail" and not _tells(context, node.first("scope")) for node in clause.below()):
        return []
    if any(_parts_settings(node) for node in clause.below()):
        return []
    made = [one for one in MAKERS[label](context, body) if keeps_amounts(clause, one.formula)]
    return [one for one in made if is_of_averages(context, clause, one.formula)]


def _tells(context: ClauseContext, place: ParseNode) -> bool:
    """True if a place before a clause names no sizes or costs: "with 12 layers, A beats B" is not by layers."""
    constraints = [c for group in context.binder.groups(place) for p in group for c in p.constraints]
    kinds = {lines_along(context.lines.table, c.axis)[i].kind for c in constraints for i in c.lines}
    return not kinds & BESIDE


def _parts_settings(phrase: ParseNode) -> bool:
    """True if settings of several things are taken for one phrase each: "N = 2 and D = 3" is one."""
    if phrase.rule != "np":
        return False
    members = [*phrase.find("one"), *(more.first("one") for more in phrase.find("more"))]
    units = [list(member.find("unit")) for member in members]
    alone = all(len(unit) == 1 and unit[0].first("num") is not None for unit in units)
    names = [unit[0].first("name").value for unit in units] if alone and len(units) > 1 else []
    return any(name != names[0] for name in names[1:])


def _names_one(context: ClauseContext, phrase: ParseNode) -> bool:
    """True if a phrase without its praise names one line in every way of binding it: then no other line is meant.

    Before a measure the praise may set a line apart: "the standard error" is no error.
    """
    found = context.binder.groups(phrase)
    if any(context.binder.speaks_of_a_measure(p) for group in found for p in group):
        return False
    lines = [frozenset(c.lines for c in p.constraints) for group in found for p in group]
    return bool(lines) and all(len(one) == 1 and len(next(iter(one))) == 1 for one in lines)
