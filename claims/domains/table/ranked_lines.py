"""The rivals that a winner is ranked among, and tests that they are measured alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.called import OURS
from claims.domains.table.context import ClauseContext
from claims.domains.table.lines import BESIDE, DESCRIBING, RIVALS
from claims.domains.table.naming import APART
from claims.domains.table.phrase import Constraint, Phrase
from claims.domains.table.roles import measures_one_thing
from claims.domains.table.selection import result_lines, selection
from claims.domains.table.standing import Standing


@dataclass(frozen=True, slots=True)
class RankOrder:
    """A winner of one axis, with the places and rivals it is ranked by.

    Attributes:
        axis: of the winner. winner: constraints of its name. held: constraints of the places and the subject.
        counting: the phrase that counts places. among: the phrase that names the rivals.
    """

    axis: Axis
    winner: tuple[Constraint, ...]
    held: tuple[Constraint, ...]
    counting: Phrase | None
    among: Phrase | None

    @property
    def cross(self) -> Axis:
        """The axis of the places."""
        return other_axis(self.axis)

    @property
    def pools(self) -> list[Constraint]:
        """The constraints on the winner's axis, which narrow the rivals."""
        return [c for c in self.held if c.axis == self.axis]


def rivals_of(context: ClauseContext, order: RankOrder) -> frozenset[int] | None:
    """The lines that a winner is ranked among; None where they cannot be told or are not as many as counted."""
    axis, among, pools = order.axis, order.among, order.pools
    pool = pools[0].lines if pools else frozenset(result_lines(context.lines, axis))
    if among is not None and among.constraints:
        named = selection(among.on(axis))
        lines = named.on(axis) if named is not None else None
        if lines is None:
            return None
        pool = frozenset(lines)
    if among is not None and not among.constraints and "rival" in among.nouns:
        ours = {line.index for line in lines_along(context.lines.table, axis) if OURS.intersection(line.marks)}
        if not ours:
            return None  # which lines are baselines is not said
        pool = pool - ours
    if among is not None and among.n is not None and among.n != len(pool):
        return None
    return pool.intersection(*(c.lines for c in pools))


def wins_among_others(order: RankOrder, rivals: frozenset[int], winners: frozenset[int]) -> bool:
    """True if the winner is not among its named rivals: "among A and B, C has the highest F1"."""
    told = order.among is not None and (order.among.named or "rival" in order.among.nouns)
    return told and not winners <= rivals


def winning_lines(order: RankOrder) -> frozenset[int]:
    """The lines of the winner that lie within the constraints on the rivals."""
    chosen = selection(order.winner)
    found = chosen.on(order.axis) if chosen is not None else None
    return frozenset(found or ()).intersection(*(c.lines for c in order.pools))


def is_apart(context: ClauseContext, order: RankOrder, rivals: frozenset[int], standing: Standing) -> bool:
    """True if a winner is no rival: people, called a model; the agreement of judges among the systems they judge."""
    along, winners = lines_along(context.lines.table, order.axis), winning_lines(order)
    if "error" in kinds_at(context, order.axis, winners) and kinds_at(context, order.axis, rivals) != {"error"}:
        return True
    headed = any(c.level < len(along[0].labels) - 1 for c in order.pools)
    among = order.among is not None and bool(order.among.nouns or order.among.kinds)
    return (headed or among or standing.kind) and any(along[i].kind in APART for i in winners)


def are_items(context: ClauseContext, order: RankOrder, standing: Standing) -> bool:
    """True if rows of any kind are ranked by a measure or cost in named columns: "Semantics" among aspects."""
    table, crossing = context.lines.table, [c for c in order.held if c.axis == "column"]
    if order.axis == "column" or standing.place not in ("highest", "lowest") or not crossing:
        return False
    along = {table.columns[i] for c in crossing for i in c.lines}
    plain = all(row.kind in RIVALS for row in table.rows)
    return plain and all(line.measure is not None or line.kind in BESIDE for line in along)


def same_measure(context: ClauseContext, order: RankOrder, pool: frozenset[int], standing: Standing) -> bool:
    """True if lines can be ranked among each other: one kind of measure, or one that the sentence names."""
    along = lines_along(context.lines.table, order.axis)
    kinds = {along[i].kind for i in pool}
    if len(kinds) == 1 and any(c.words for c in order.pools):
        return True
    if order.axis == "column" and kinds == {"unknown"} and not (standing.told or measures_one_thing(context.lines)):
        return False
    measures = {m.name if (m := along[i].measure) is not None else None for i in pool}
    return len(measures) == 1 and (order.axis == "row" or len(kinds) == 1 or not kinds & DESCRIBING)


def kinds_at(context: ClauseContext, axis: Axis, lines: Iterable[int]) -> set[str]:
    """The kinds of lines of an axis."""
    return {lines_along(context.lines.table, axis)[i].kind for i in lines}
