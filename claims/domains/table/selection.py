"""The cells that a clause compares: its constraints put together, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.tables.lexicon import lexicon
from analysis.tables.runs import numbers_runs
from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.lines import Lines
from claims.domains.table.phrase import Constraint, Group
from claims.domains.table.word_lists import word_lists


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines of both axes that constraints leave; None for an axis without a constraint.

    Attributes:
        row, column: indices in order. named: (axis, word) of the names that chose them.
    """

    row: tuple[int, ...] | None
    column: tuple[int, ...] | None
    named: frozenset[tuple[Axis, str]] = frozenset()

    def words(self, axis: Axis) -> frozenset[str]:
        """Words of the names that chose lines of an axis."""
        return frozenset(word for side, word in self.named if side == axis)

    def on(self, axis: Axis) -> tuple[int, ...] | None:
        """The lines of one axis."""
        return self.row if axis == "row" else self.column


def selection(constraints: Iterable[Constraint]) -> Selection | None:
    """The lines that all constraints leave, None where they leave none."""
    constraints = tuple(constraints)
    if any(one.puts_together(other) for one, other in combinations(constraints, 2)):
        return None
    found: dict[Axis, frozenset[int] | None] = {"row": None, "column": None}
    named: set[tuple[Axis, str]] = set()
    for c in constraints:
        named |= {(c.axis, word) for word in c.words}
        held = found[c.axis]
        found[c.axis] = c.lines if held is None else held & c.lines
        if not found[c.axis]:
            return None
    row, column = found["row"], found["column"]
    return Selection(
        None if row is None else tuple(sorted(row)),
        None if column is None else tuple(sorted(column)),
        frozenset(named),
    )


def inherit(own: Sequence[Constraint], given: Sequence[Constraint]) -> tuple[Constraint, ...] | None:
    """A side's own constraints and those of the other side that it does not contradict.

    "A on X … than B" means B on X; "… than on Y" keeps everything but X.
    """
    kept = list(own)
    for c in given:
        held = [k for k in kept if k.axis == c.axis]
        if held and not frozenset.intersection(c.lines, *(k.lines for k in held)):
            if any(k.level == c.level for k in own) or _only_lacks(c, held):
                continue
            return None
        kept.append(c)
    return tuple(kept)


def of_the_same_base(lines: Lines, one: Selection, two: Selection) -> Selection:
    """The second of two selections, narrowed to variants of the first one's base where it has any.

    "BERT with a CRF beats that with a linear layer": the linear layer of BERT, not the one of another model.
    """
    rows = lines.table.rows
    bases = {rows[i].base for i in one.row or ()}
    if len(bases) != 1 or None in bases or len(two.row or ()) < 2 or any(rows[i].base is None for i in two.row or ()):
        return two
    kept = tuple(i for i in two.row or () if rows[i].base in bases)
    return replace(two, row=kept) if kept else two


def _only_lacks(lacking: Constraint, own: Sequence[Constraint]) -> bool:
    """True if a name is of a part that one side lacks, and the other side is a single line with it: "A without LM"."""
    one = len(frozenset.intersection(*(k.lines for k in own))) == 1
    return one and bool(lacking.words) and lacking.words[0] in word_lists().lacking


def result_lines(lines: Lines, axis: Axis) -> tuple[int, ...]:
    """Lines of an axis that measure quality, or stand for something compared."""
    index = lines.along(axis)
    return tuple(index[name].index for name in lines.comparable(f"{axis}s"))


def constraints_of(groups: Iterable[Group]) -> tuple[Constraint, ...]:
    """The constraints of several groups of phrases together."""
    return tuple(c for group in groups for phrase in group for c in phrase.constraints)


def off_diagonal(lines: Lines, axis: Axis, pool: Iterable[int], crossing: Sequence[int]) -> frozenset[int] | None:
    """Lines of a pool that have the name of the line they are compared on: a source that is its own target.

    Such a cell may count or not; both ways are readings. None where it cannot be told apart, because several crossing
    lines each have a namesake.
    """
    ours, theirs = lines_along(lines.table, axis), lines_along(lines.table, other_axis(axis))
    names = {theirs[i].own.casefold() for i in crossing}
    same = frozenset(i for i in pool if ours[i].own.casefold() in names)
    return same if len(crossing) == 1 or not same else None


def in_its_place(lines: Lines, axis: Axis, line: int, pool: Iterable[int], levels: Iterable[int]) -> tuple[int, ...]:
    """The rivals of one line where names of several levels cross: "A" on task T is compared with others on T.

    Args:
        lines: of the table.
        axis: that they lie on.
        line: the subject's line.
        pool: its rivals.
        levels: of the labels by which the subject is named.
    """
    along, named = lines_along(lines.table, axis), set(levels)
    own, pool = along[line].labels, tuple(pool)
    rest = [level for level in range(len(own)) if level not in named]
    headers = lines.table.row_levels if axis == "row" else lines.table.column_levels
    if not named or not rest or min(named) < 0 or any(numbers_runs(header) for header in headers):
        return pool
    crossed = any(i != line and all(other.labels[k] == own[k] for k in named) for i, other in enumerate(along))
    return tuple(i for i in pool if all(along[i].labels[k] == own[k] for k in rest)) if crossed else pool


def systems_at(lines: Lines, axis: Axis, chosen: Selection, levels: Iterable[int]) -> tuple[int, ...]:
    """The systems of an axis with one label level for systems and others for places: "all models on piqa".

    Args:
        lines: of the table.
        axis: that they lie on.
        chosen: lines that the places leave.
        levels: of the labels that the places name.

    Returns:
        Indices; empty where a place names systems, or several lines of one system are left.
    """
    members, named = result_lines(lines, axis), chosen.on(axis)
    headers = lines.table.row_levels if axis == "row" else lines.table.column_levels
    said = [lexicon().level_kind(header) for header in headers]
    where = {k for k, kind in enumerate(said) if kind in ("dataset", "language")}
    if named is None:
        return members if "system" not in said or not where else ()
    if not set(levels) <= where or "system" not in said:
        return ()
    here = tuple(i for i in members if i in named)
    along = lines_along(lines.table, axis)
    told = {tuple(label for k, label in enumerate(along[i].labels) if k not in where) for i in here}
    return here if len(told) == len(here) else ()
