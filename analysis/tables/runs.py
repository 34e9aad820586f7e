"""Rows that are runs of one system, told by a column "seed" or "fold": the table of their means.

A sentence about a system speaks of its mean over the runs, so what a single run scored neither bears it out nor
contradicts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from analysis.numbers import Number
from analysis.tables.lexicon import lexicon
from analysis.tables.model import Floats, Table, TableLine, Value

DIGITS = 9
"""Decimals of a mean, beyond what any table prints."""


def means_over_runs(table: Table) -> Table | None:
    """The table with one row per system, its cells the means of its runs; None where no system has several.

    A mean is there only where every run has a number. Its half width is the mean of theirs: what their rounding may
    move it by. `runs` tells the rows of the source.
    """
    kept = [i for i, name in enumerate(table.row_levels) if not numbers_runs(name)]
    if len(kept) == len(table.row_levels):
        return None
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in table.rows:
        groups.setdefault(_at(row.labels, kept), []).append(row.index)
    if len(groups) == len(table.rows) or not all(any(labels) for labels in groups):
        return None
    at = {row: i for i, rows in enumerate(groups.values()) for row in rows}
    lines = tuple(_line(table.rows[rows[0]], labels, i, at) for i, (labels, rows) in enumerate(groups.items()))
    values: dict[tuple[int, int], Value] = {}
    texts: dict[tuple[int, int], str] = {}
    for column in table.columns:
        if numbers_runs(column.own):
            continue
        printed, halves = table.printed_in(column.index), table.half_widths_in(column.index)
        for i, rows in enumerate(groups.values()):
            if not np.isnan(printed[rows]).any():
                values[i, column.index] = Value(_number(_mean(printed, rows), _mean(halves, rows)))
            said = {table.texts.get((row, column.index)) for row in rows}
            if len(said) == 1 and (text := said.pop()) is not None:
                texts[i, column.index] = text
    return replace(
        table,
        row_levels=_at(table.row_levels, kept),
        rows=lines,
        values=values,
        texts=texts,
        runs=tuple(map(tuple, groups.values())),
    )


def numbers_runs(header: str) -> bool:
    """True if a header is one of runs: "seed", "fold"."""
    return " ".join(header.casefold().replace("_", " ").split()) in lexicon().runs


def _at(labels: Sequence[str], levels: Sequence[int]) -> tuple[str, ...]:
    return tuple(labels[i] for i in levels)


def _line(line: TableLine, labels: tuple[str, ...], index: int, at: dict[int, int]) -> TableLine:
    base = None if line.base is None else at[line.base]
    return replace(line, labels=labels, index=index, base=None if base == index else base)


def _number(value: Decimal, half_width: Decimal) -> Number:
    """A mean, said with as many digits as its runs have."""
    places = max(0, -half_width.adjusted() - 1)
    return Number(value, half_width, text=f"{value:.{places}f}")


def _mean(numbers: Floats, rows: Sequence[int]) -> Decimal:
    return Decimal(str(round(float(numbers[list(rows)].mean()), DIGITS)))
