"""Which step away from a base changes a number most: "removing A leads to the largest drop in F1"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import And, Compare, Ranked, Relation
from claims.domains.table.axes import AXES, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import TableAssertion, score_of
from claims.domains.table.joining import combined
from claims.domains.table.ranking import Place
from claims.domains.table.selection import constraints_of, selection
from claims.language.chart import ParseNode

STEPS = frozenset({"ablation", "addition"})
PLACES: dict[str, dict[str, Place]] = {
    "<": {"highest": "lowest", "lowest": "highest"},
    ">": {"highest": "highest", "lowest": "lowest"},
    "better": {"highest": "best", "lowest": "worst"},
}
"""What a change says → largest or smallest → where the changed number stands among those with the same base."""
RELATIONS: dict[str, Relation] = {"<": "<", ">": ">", "better": "better"}


def steps(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that a line changes a number more, or less, than the other lines with its base do."""
    change, sup = node.first("change").value["relation"], node.first("sup")
    end = sup.first("sup").value
    place = PLACES.get(change, {}).get(end["place"])
    if place is None or sup.first("rankword") is not None or end.get("about"):
        return
    parts = (node.first("left"), *node.find("measure", "scope"))
    for way in combined(*(context.binder.groups(n) for n in parts)):
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].oriented for group in way):
            continue
        chosen = selection(constraints_of(way))
        for axis in AXES if chosen is not None else ():
            assert chosen is not None
            mine, crossing = chosen.on(axis), chosen.on(other_axis(axis))
            if mine is None or len(mine) != 1 or crossing is None or len(crossing) != 1:
                continue
            lines = lines_along(context.lines.table, axis)
            base = lines[mine[0]].base
            rivals = [line.index for line in lines if line.kind in STEPS and line.base == base]
            if base is None or mine[0] not in rivals or len(rivals) < 2:
                continue
            kinds = {lines[i].kind for i in rivals}
            if kinds != {"ablation"}:
                continue  # additions may go on from each other
            name, at = context.name(axis, mine[0]), context.name(other_axis(axis), crossing[0])
            ours, theirs, whole = (context.at(axis, line, at) for line in (name, "$r", context.name(axis, base)))
            most = Ranked(place, (name,), "$r", context.domain(axis, rivals), theirs)
            yield TableAssertion(And((most, Compare(RELATIONS[change], ours, whole))), score_of(way))
