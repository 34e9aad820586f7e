"""From a grid of texts to typed tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.errors import InputError
from analysis.tables.blocks import Block, blocks, headed, parted
from analysis.tables.captions import aliases_of, settings_of, symbols_of, without_definitions
from analysis.tables.cells import CellTexts, TextColumns, Values, conventions
from analysis.tables.grid import TextGrid, rectangular
from analysis.tables.labels import RowLabels, column_labels, corner, label_columns, row_labels
from analysis.tables.lines import Axes, lines_of
from analysis.tables.markup import is_plain, is_tidy, marks_of, plain
from analysis.tables.measures import caption_measure, measure_of
from analysis.tables.model import Measure, Table, TableLine
from analysis.tables.plain_columns import plain_column
from analysis.tables.shapes import shape
from analysis.tables.unfolding import turned, unfolded

Marks = dict[tuple[int, int], frozenset[str]]
COSTS = frozenset({"time", "size", "count"})
"""Kinds of line that say what a result costs."""
MEASURED = frozenset({"measure", "unknown"})
"""Kinds of line that may be one thing measured among others."""
TOGETHER = 256
"""Rows whose markup is looked for together."""


def tables_of_grid(grid: TextGrid, source: str, sha256: str) -> tuple[Table, ...]:
    """The typed tables of a grid, one per header in it.

    Raises:
        InputError: the grid is too large, or a column contradicts itself.
    """
    where = source or "table"
    try:
        rows = rectangular(grid.rows)
    except ValueError as error:
        raise InputError(where, str(error)) from None
    marks: Marks = {}
    texts: list[list[str]] = []
    for start in range(0, len(rows), TOGETHER):
        together = rows[start : start + TOGETHER]
        texts += together if not grid.latex and is_tidy(together) else _plain(together, start, grid.latex, marks)
    whole = headed(parted(texts))
    if len(whole) > len(texts):
        marks = {}
    caption = plain(grid.caption, grid.latex)
    parts = blocks(whole, grid.depth)
    return tuple(
        _table(block, _Source(caption, source, _pointer(grid.pointer, block, len(parts)), sha256), marks)
        for block in parts
        if block.body
    )


def _plain(rows: Sequence[list[str]], start: int, latex: bool, marks: Marks) -> Iterator[list[str]]:
    """Rows without their markup, of which `marks` takes what it sets apart; `start` is the first one's number."""
    for i, row in enumerate(rows, start):
        if not latex and is_plain(row):
            yield [text if text.isalnum() else " ".join(text.split()) for text in row]
            continue
        yield [plain(text, latex) for text in row]
        marks |= {(i, j): found for j, text in enumerate(row) if (found := marks_of(text))}


def _pointer(pointer: str, block: Block, count: int) -> str:
    rows = f"rows {block.first}–{block.first + len(block.body) - 1}" if count > 1 else ""
    return ", ".join(filter(None, (pointer, rows)))


@dataclass(frozen=True, slots=True)
class _Source:
    caption: str
    source: str
    pointer: str
    sha256: str


def _table(block: Block, source: _Source, marks: Marks) -> Table:
    if long := turned(block):
        block, marks = long, {}
    block = unfolded(block)
    named = label_columns(block)
    rows = row_labels(block, named)
    body = [block.body[i] for i in rows.at]
    down = list(zip(*body, strict=True)) or [()] * len(block.header[-1])
    told = [j for j in named if _is_of_numbers(down[j])]
    shown = [j for j in range(len(block.header[-1])) if j not in named or j in told]
    shown = [j for j in shown if any(row[j] for row in block.header) or any(down[j])]
    paths = column_labels(block, shown)
    levels, heads = _column_levels(block, named), tuple(corner(name)[0] for name in rows.levels)
    aliases = aliases_of((source.caption, *(text for path in paths for text in path), *_texts(rows)))
    labels = (*(text for path in paths for text in path), *_texts(rows))
    aliases = symbols_of(source.caption, heads) | aliases | settings_of(source.caption, labels)
    row_lines, column_lines = lines_of(Axes(rows, paths, levels, body, shown, told, aliases, source.caption))
    if marks:
        row_lines = [replace(line, marks=line.marks | _bold(marks, block, rows, line.index)) for line in row_lines]
    measure = _only_measure(source.caption, row_lines, column_lines)
    columns = _columns([down[j] for j in shown], column_lines, _placed(marks, block, rows, shown), source)
    return Table(
        source.caption, source.source, source.pointer, source.sha256, heads, levels,
        tuple(row_lines), tuple(column_lines), Values(columns), CellTexts(columns), measure, aliases,
    )  # fmt: skip


def _is_of_numbers(texts: Sequence[str]) -> bool:
    """True if most filled cells of a column are numbers."""
    looks = [look for look in map(shape, texts) if look in {"text", "number"}]
    return looks.count("number") * 2 > len(looks)


def _only_measure(caption: str, rows: Sequence[TableLine], columns: Sequence[TableLine]) -> Measure | None:
    """The caption's only measure, unless lines name another one besides costs: it cannot be meant for all cells."""
    costs = any(line.kind in COSTS for line in (*rows, *columns))
    told = without_definitions(caption, (line.own for line in (*rows, *columns)))
    stated = caption_measure(told, costs=costs)
    measured = [line.measure for line in (*rows, *columns) if line.measure and line.kind not in COSTS]
    if stated and any(_heads_a_part(stated, lines) for lines in (rows, columns)):
        return None
    named = {measure.name for measure in measured if measure.direction}
    outer = {label for line in (*rows, *columns) for label in line.labels[:-1]}
    named |= {found.name for label in outer if (found := measure_of(label, (), {})) and found.direction}
    return stated if stated and named <= {stated.name} else None


def _heads_a_part(measure: Measure, lines: Sequence[TableLine]) -> bool:
    """True if a measure is that of one line and not of all: "FID: lower is better" says nothing of the column IS."""
    alike = [line.measure is not None and line.measure.name == measure.name for line in lines if line.kind in MEASURED]
    return any(alike) and not all(alike)


def _texts(rows: RowLabels) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for labels in rows.labels for text in labels if text))[:500]


def _bold(marks: Marks, block: Block, rows: RowLabels, index: int) -> frozenset[str]:
    j = next((j for j in reversed(rows.raw_columns) if j is not None), 0)
    return marks.get((block.first - 1 + rows.at[index], j), frozenset()) & {"bold"} if marks else frozenset()


def _column_levels(block: Block, named: Sequence[int]) -> tuple[str, ...]:
    """The name of each header level: what stands over the label columns above the lowest header row."""
    if not named:
        return ("",) * len(block.header)
    last = named[-1] if named[-1] < len(named) else named[0]
    outer = [row[last] for row in block.header[:-1]]
    below = block.header[-1][last]
    return (*("" if text == below else text for text in outer), corner(below)[1])


def _placed(marks: Marks, block: Block, rows: RowLabels, shown: Sequence[int]) -> Marks:
    """Marks by the row and column of the table rather than of the grid."""
    if not marks:
        return {}
    down = {block.first - 1 + at: r for r, at in enumerate(rows.at)}
    across = {j: c for c, j in enumerate(shown)}
    return {(down[i], across[j]): found for (i, j), found in marks.items() if i in down and j in across}


def _columns(down: Sequence[Sequence[str]], lines: Sequence[TableLine], marks: Marks, source: _Source) -> TextColumns:
    """The columns as they will be read; those of plain numbers are known by now."""
    plain_ones = [plain_column(texts) for texts in down]
    spoken = conventions(
        down, [line.own for line in lines], source.source or "table", [p is not None for p in plain_ones]
    )
    fitting = [one if how.decimal == "." else None for one, how in zip(plain_ones, spoken, strict=True)]
    return TextColumns(down, spoken, fitting, marks, [line.labels for line in lines], source.caption)
