"""From a grid of texts to typed tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.errors import InputError
from analysis.tables.bases import bases_of, marks_in
from analysis.tables.blocks import Block, blocks, headed, parted
from analysis.tables.captions import aliases_of
from analysis.tables.grid import Grid, rectangular
from analysis.tables.kinds import Side, is_index, kinds_of, settled, wholes_of
from analysis.tables.labels import RowLabels, column_labels, label_columns, row_labels
from analysis.tables.lexicon import lexicon, tokens
from analysis.tables.long_form import turned
from analysis.tables.markup import is_plain, marks_of, plain
from analysis.tables.measures import caption_measure, directions_in, measure_of
from analysis.tables.model import Axis, Direction, Kind, Line, Measure, Table, Value
from analysis.tables.numbers_in import conventions, value_of
from analysis.tables.shapes import is_filled, is_number, is_text, shape, share

PROSE = 6
"""Words a cell has on average in a column of prose."""
LOOKED_AT = 500
"""Rows by whose cells the kinds of columns are told, and rows whose kind their cells may tell."""
Marks = dict[tuple[int, int], frozenset[str]]


def tables_of_grid(grid: Grid, source: str, sha256: str) -> tuple[Table, ...]:
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
    for i, row in enumerate(rows):
        if not grid.latex and is_plain(row):
            texts.append([text if text.isalnum() else " ".join(text.split()) for text in row])
            continue
        texts.append([plain(text, grid.latex) for text in row])
        marks |= {(i, j): found for j, text in enumerate(row) if (found := marks_of(text))}
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
    named = label_columns(block)
    rows = row_labels(block, named)
    body = [block.body[i] for i in rows.at]
    told = [j for j in named if share(is_number(row[j]) for row in body if is_filled(row[j])) > 0.5]
    shown = [j for j in range(len(block.header[-1])) if j not in named or j in told]
    shown = [j for j in shown if any(block.header[k][j] for k in range(len(block.header))) or any(r[j] for r in body)]
    paths = column_labels(block, shown)
    levels = _column_levels(block, named)
    aliases = aliases_of((source.caption, *(text for path in paths for text in path), *_texts(rows)))
    row_lines, column_lines = _lines(rows, paths, levels, body, shown, told, aliases, source.caption)
    row_lines = [replace(line, marks=line.marks | _bold(marks, block, rows, line.index)) for line in row_lines]
    measure = _only_measure(source.caption, row_lines, column_lines)
    values, texts = _cells(block, rows, body, shown, column_lines, marks, source)
    return Table(
        source.caption, source.source, source.pointer, source.sha256, rows.levels, levels,
        tuple(row_lines), tuple(column_lines), values, texts, measure, aliases,
    )  # fmt: skip


def _only_measure(caption: str, rows: Sequence[Line], columns: Sequence[Line]) -> Measure | None:
    """The caption's only measure, unless lines name another one, so that it cannot be meant for all cells."""
    stated = caption_measure(caption)
    named = {line.measure.name for line in (*rows, *columns) if line.measure and line.measure.direction}
    outer = {label for line in (*rows, *columns) for label in line.labels[:-1]}
    named |= {found.name for label in outer if (found := measure_of(label, (), {})) and found.direction}
    return stated if stated and named <= {stated.name} else None


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
    inner = below.partition("\\")[2].strip() if "\\" in below else ""
    return (*("" if text == below else text for text in outer), inner)


def _lines(
    rows: RowLabels,
    paths: Sequence[tuple[str, ...]],
    levels: Sequence[str],
    body: Sequence[Sequence[str]],
    shown: Sequence[int],
    told: Sequence[int],
    aliases: dict[str, str],
    caption: str,
) -> tuple[list[Line], list[Line]]:
    row_own, row_level = _key_labels(rows)
    column_own = [next((text for text in reversed(path) if text), "") for path in paths]
    beside = _beside((*row_own, *column_own, caption))
    stated = caption_measure(caption)
    of_metrics = stated is not None and stated.name in lexicon().of_metrics
    down = [[row[j] for row in body[:LOOKED_AT] if is_filled(row[j])] for j in shown]
    across = [[row[j] for j in shown if is_filled(row[j])] if i < LOOKED_AT else [] for i, row in enumerate(body)]
    row_kinds = kinds_of(
        Side(rows.labels, row_own, wholes_of(rows.labels, row_own), row_level, across, beside, aliases, of_metrics)
    )
    column_kinds = kinds_of(
        Side(
            paths,
            column_own,
            wholes_of(paths, column_own),
            levels[-1] if levels else "",
            down,
            beside,
            aliases,
            of_metrics,
        )
    )
    column_kinds = [
        _by_cells(found, j in told, cells) for found, j, cells in zip(column_kinds, shown, down, strict=True)
    ]
    row_marks = [marks_in(path) for path in rows.labels]
    column_marks = [marks_in(path) for path in paths]
    ours = frozenset({"ours", "proposed", "baseline"})
    plain_rows = settled(
        row_own, [k for k, _ in row_kinds], [k for k, _ in column_kinds], row_level, [bool(m & ours) for m in row_marks]
    )
    plain_columns = settled(
        column_own, [k for k, _ in column_kinds], plain_rows, "columns", [bool(m & ours) for m in column_marks]
    )
    row_measures = [
        found or (None if of_metrics else _of_level(rows, i, beside, aliases)) for i, (_, found) in enumerate(row_kinds)
    ]
    ways = directions_in(caption)
    column_measures = [_defined(own, found, ways) for own, (_, found) in zip(column_own, column_kinds, strict=True)]
    return (
        _made("row", rows.labels, row_own, plain_rows, row_measures, row_marks),
        _made("column", paths, column_own, plain_columns, column_measures, column_marks),
    )


def _made(
    axis: Axis,
    labels: Sequence[tuple[str, ...]],
    own: Sequence[str],
    kinds: Sequence[Kind],
    measures: Sequence[Measure | None],
    marks: Sequence[frozenset[str]],
) -> list[Line]:
    bases = bases_of(labels, own, kinds)
    return [Line(axis, i, labels[i], kinds[i], measures[i], bases[i], marks[i]) for i in range(len(labels))]


def _key_labels(rows: RowLabels) -> tuple[list[str], str]:
    """The label of each row that its kind is told by, and the header of that level.

    It is the level headed as systems, else the one headed as measures, else the innermost of words.
    """
    words = lexicon()
    heads = [words.level_kind(level) for level in rows.levels]
    wanted = next((len(heads) - 1 - heads[::-1].index(kind) for kind in ("system", "measure") if kind in heads), None)
    if wanted is None:
        mostly = [share(is_text(path[k]) for path in rows.labels) for k in range(len(heads))]
        named = [k for k in range(len(heads)) if rows.raw_columns[k] is not None and mostly[k] > 0.5]
        wanted = named[-1] if named else len(heads) - 1
    own = [(path[wanted] if path else "") or next((t for t in reversed(path) if t), "") for path in rows.labels]
    return own, rows.levels[wanted] if rows.levels else ""


def _of_level(rows: RowLabels, i: int, beside: frozenset[str], aliases: dict[str, str]) -> Measure | None:
    """The measure in a label level that is headed "Metric", wherever it stands."""
    for level, label in zip(rows.levels, rows.labels[i], strict=True):
        if label and lexicon().level_kind(level) == "measure":
            return measure_of(label, beside, aliases) or Measure(label.casefold())
    return None


def _beside(texts: Sequence[str]) -> frozenset[str]:
    """The words of headers and caption, with the names of the measures they spell."""
    found = {word for text in dict.fromkeys(texts) for word in tokens(text)}
    found |= {word.split("-")[0] for word in found if word.startswith(("rouge-", "bleu-"))}
    found |= {name for word in found if (name := lexicon().measures.get(word, ("", None))[0])}
    if {"p", "r"} <= found and found & {"f", "f1"}:
        found |= {"f1", "precision", "recall"}
    return frozenset(found)


def _by_cells(found: tuple[Kind, Measure | None], is_label: bool, cells: Sequence[str]) -> tuple[Kind, Measure | None]:
    """The kind of a column, mended by what its cells look like."""
    kind = found[0]
    texts = [cell for cell in cells if is_text(cell)]
    if is_label and kind not in {"index", "size", "count"}:
        return "index" if kind == "unknown" and is_index(cells) else "attribute", None
    if texts and len(texts) == len(cells) and kind in {"unknown", "measure", "system", "count"}:
        return ("prose" if sum(len(text.split()) for text in texts) >= PROSE * len(texts) else "attribute"), None
    return found


def _defined(own: str, measure: Measure | None, ways: Mapping[str, Direction]) -> Measure | None:
    """The measure with the direction that the caption gives exactly this header."""
    way = ways.get(own.casefold())
    if way is None or (measure and measure.direction):
        return measure
    return replace(measure, direction=way) if measure else Measure(own.casefold(), "", way)


def _cells(
    block: Block,
    rows: RowLabels,
    body: Sequence[Sequence[str]],
    shown: Sequence[int],
    columns: Sequence[Line],
    marks: Marks,
    source: _Source,
) -> tuple[dict[tuple[int, int], Value], dict[tuple[int, int], str]]:
    down = [[row[j] for row in body] for j in shown]
    spoken = conventions(down, [line.own for line in columns], source.source or "table")
    values: dict[tuple[int, int], Value] = {}
    texts: dict[tuple[int, int], str] = {}
    for c, (column, convention) in enumerate(zip(down, spoken, strict=True)):
        for r, text in enumerate(column):
            if not text:
                continue
            value = value_of(text, convention)
            if value is None:
                if shape(text) != "missing":
                    texts[r, c] = text
                continue
            raw = marks.get((block.first - 1 + rows.at[r], shown[c])) if marks else None
            values[r, c] = replace(value, marks=value.marks | raw) if raw else value
    return values, texts
