"""Tables in which some columns are fractions of 1 and others points."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from analysis.importers.record import Record

COLUMN = re.compile(r"column (\d+)")


def told_units(records: Sequence[Record]) -> tuple[tuple[Record, ...], bool]:
    """Records of a table, and whether some of its columns look like fractions beside others that are points.

    Where they do, numbers above 1 are points; the scale of the columns without any stays open, to be asked for.

    Args:
        records: the numbers of a table; those with a percent sign have a scale already.
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, record in enumerate(records):
        if record.scale is None and not math.isnan(record.score):
            groups[tuple(COLUMN.findall(record.pointer)[-1:]), record.target, record.metric].append(i)
    largest = {key: max(abs(records[i].score) for i in rows) for key, rows in groups.items()}
    fractions = {key for key, rows in groups.items() if largest[key] <= 1 and _broken(records, rows)}
    points = {i for key, rows in groups.items() if largest[key] > 1 for i in rows}
    if not fractions or not points:
        return tuple(records), False
    return tuple(replace(r, scale=1.0) if i in points else r for i, r in enumerate(records)), True


def _broken(records: Sequence[Record], rows: Sequence[int]) -> bool:
    """True if one of the numbers is no whole one: 0 and 1 are as good as points."""
    return any(records[i].score % 1 for i in rows)
