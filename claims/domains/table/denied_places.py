"""Places where a clause is denied after what it affirms: "beats B in the zero-shot setting on X but not on Y".

Settings that the second place leaves out are kept from the first: the setting is of both, as Y stands against X alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.domains.table.axes import Axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.joining import combined
from claims.domains.table.phrase import Group, Phrase
from claims.language.chart import ParseNode


def denied_at(context: ClauseContext, places: Sequence[Group], but: Sequence[ParseNode]) -> Iterator[tuple[Group, ...]]:
    """The places where a clause is denied, in each way of filling in the settings that they leave out.

    A counted setting ("on both sets in the zero-shot setting but not in the few-shot one") is never kept.

    Args:
        context: of the sentence.
        places: phrases of the places where the clause holds.
        but: parse nodes of the places where it does not.
    """
    for way in combined(*(context.binder.groups(pp) for node in but for pp in node.find("scope"))):
        said = {level for group in way for p in group for level in _levels(p)}
        kept = [rest for group in places if (rest := _but_for(group, said))]
        told = [p for group in kept for p in group]
        if any(p.quantifier or p.strict for p in told):
            continue
        against = any(level in said for group in places for p in group for level in _levels(p))
        if not kept or not against or any(map(context.binder.speaks_of_a_measure, told)):
            yield way
        if kept:
            yield (*kept, *way)


def _levels(phrase: Phrase) -> set[tuple[Axis, int]]:
    """The levels of labels that a phrase names."""
    return {(c.axis, c.level) for c in phrase.constraints}


def _but_for(group: Group, said: set[tuple[Axis, int]]) -> Group:
    """Coordinated phrases without their constraints on some levels; empty where one of them has no others."""
    left = [
        replace(p, constraints=tuple(c for c in p.constraints if (c.axis, c.level) not in said))
        for p in group
    ]  # fmt: skip
    return tuple(left) if left and all(p.constraints for p in left) else ()
