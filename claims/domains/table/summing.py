"""Lines called "All" or "Combined", which may sum the others up or be one more of them: a table taken both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.tables import Table, TableLine
from analysis.tables.model import Kind
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.word_lists import word_lists
from claims.language.tokens import fold

SUMMED: Kind = "aggregate"
ROOM = 200
"""Divisor of a number for the margin by which rounding may move a mean or a sum."""


def taken_otherwise(table: Table) -> Table | None:
    """The table with every line that may sum up others taken the other way; None where there is no such line."""
    made = {axis: _otherwise(table, axis) for axis in AXES}
    if made["row"] == table.rows and made["column"] == table.columns:
        return None
    return replace(table, rows=made["row"], columns=made["column"])


def _otherwise(table: Table, axis: Axis) -> tuple[TableLine, ...]:
    lines = tuple(lines_along(table, axis))
    folding = [line for line in lines if fold(line.own) in word_lists().folding]
    open_ = [line for line in lines if fold(line.own) in word_lists().summing or (line in folding and len(folding) > 1)]
    rest = [line for line in lines if line not in open_ and line.kind != SUMMED]
    open_ = [line for line in open_ if rest and not _settled(table, axis, line, rest)]
    if not open_:
        return lines
    usual = Counter(line.kind for line in rest).most_common(1)[0][0]
    turned = {line.index: usual if line.kind == SUMMED else SUMMED for line in open_}
    return tuple(replace(line, kind=turned.get(line.index, line.kind)) for line in lines)


def _settled(table: Table, axis: Axis, line: TableLine, rest: Sequence[TableLine]) -> bool:
    """True if numbers leave no doubt: a summary holds the mean or the sum of the others, one of them lies apart."""
    cells = np.stack([table.printed_in(i) for i in range(len(table.columns))], axis=1)
    cells = cells if axis == "row" else cells.T
    own, others = cells[line.index], cells[[other.index for other in rest]]
    seen = ~(np.isnan(own) | np.isnan(others).any(axis=0))
    own, others = own[seen], others[:, seen]
    room = np.abs(own) / ROOM
    total = np.abs(others.sum(axis=0) - own) <= room
    if line.kind == SUMMED:
        return bool(len(rest) > 1 and own.size and ((np.abs(others.mean(axis=0) - own) <= room).all() or total.all()))
    among = (others.min(axis=0) - room <= own) & (own <= others.max(axis=0) + room)
    return not bool((among | total).all())
