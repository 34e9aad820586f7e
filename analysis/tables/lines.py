"""The typed lines of a table: labels, kinds, measures, bases and marks of its rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.tables.bases import bases_of, marks_in
from analysis.tables.kinds import Side, is_index, kinds_of, settled, wholes_of
from analysis.tables.labels import RowLabels
from analysis.tables.lexicon import lexicon, tokens
from analysis.tables.measures import caption_measure, directions_in, measure_of
from analysis.tables.model import Axis, Direction, Kind, Line, Measure
from analysis.tables.shapes import is_filled, is_text, share

PROSE = 6
"""Words a cell has on average in a column of prose."""
LOOKED_AT = 500
"""Rows by whose cells the kinds of columns are told, and rows whose kind their cells may tell."""
WE_OR_RIVAL = frozenset({"ours", "proposed", "baseline"})
Told = tuple[Kind, Measure | None]


@dataclass(frozen=True, slots=True)
class Axes:
    """What a block says of its rows and columns.

    Attributes:
        rows: the rows' labels. paths: the columns' labels. levels: names of the header levels.
        body: the rows' cells. shown: the grid's columns that are columns of the table.
        told: of those, the ones that label rows too.
        aliases: abbreviation → expansion. caption: of the table.
    """

    rows: RowLabels
    paths: Sequence[tuple[str, ...]]
    levels: Sequence[str]
    body: Sequence[Sequence[str]]
    shown: Sequence[int]
    told: Sequence[int]
    aliases: Mapping[str, str]
    caption: str


def lines_of(axes: Axes) -> tuple[list[Line], list[Line]]:
    """The rows and the columns."""
    row_own, row_level = _key_labels(axes.rows)
    column_own = [next((text for text in reversed(path) if text), "") for path in axes.paths]
    beside = _beside((*row_own, *column_own, axes.caption))
    rows, columns = _told(axes, row_own, row_level, column_own, beside)
    row_marks, column_marks = [marks_in(path) for path in axes.rows.labels], [marks_in(path) for path in axes.paths]
    row_kinds = settled(
        row_own, [k for k, _ in rows], [k for k, _ in columns], row_level, [bool(m & WE_OR_RIVAL) for m in row_marks]
    )
    column_kinds = settled(
        column_own, [k for k, _ in columns], row_kinds, "columns", [bool(m & WE_OR_RIVAL) for m in column_marks]
    )
    measures = [found or _of_level(axes, i, beside) for i, (_, found) in enumerate(rows)]
    ways = directions_in(axes.caption)
    defined = [_defined(own, found, ways) for own, (_, found) in zip(column_own, columns, strict=True)]
    return (
        _made("row", axes.rows.labels, row_own, row_kinds, measures, row_marks),
        _made("column", axes.paths, column_own, column_kinds, defined, column_marks),
    )


def _told(
    axes: Axes, row_own: Sequence[str], row_level: str, column_own: Sequence[str], beside: frozenset[str]
) -> tuple[list[Told], list[Told]]:
    """Kind and measure of every row and every column, each told by its own words and cells."""
    labels, paths, shown = axes.rows.labels, axes.paths, axes.shown
    down = [[row[j] for row in axes.body[:LOOKED_AT] if is_filled(row[j])] for j in shown]
    across = [[row[j] for j in shown if is_filled(row[j])] if i < LOOKED_AT else [] for i, row in enumerate(axes.body)]
    of_metrics = _measures_metrics(axes.caption)
    wholes = wholes_of(labels, row_own)
    rows = kinds_of(Side(labels, row_own, wholes, row_level, across, beside, axes.aliases, of_metrics))
    level = axes.levels[-1] if axes.levels else ""
    wholes = wholes_of(paths, column_own)
    columns = kinds_of(Side(paths, column_own, wholes, level, down, beside, axes.aliases, of_metrics))
    return rows, [_by_cells(found, j in axes.told, cells) for found, j, cells in zip(columns, shown, down, strict=True)]


@lru_cache(maxsize=256)
def _measures_metrics(caption: str) -> bool:
    """Whether a caption states a measure of measures, such as a correlation with human judgments."""
    stated = caption_measure(caption)
    return stated is not None and stated.name in lexicon().of_metrics


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


def _of_level(axes: Axes, i: int, beside: frozenset[str]) -> Measure | None:
    """The measure in a label level that is headed "Metric", wherever it stands."""
    if _measures_metrics(axes.caption):
        return None
    for level, label in zip(axes.rows.levels, axes.rows.labels[i], strict=True):
        if label and lexicon().level_kind(level) == "measure":
            return measure_of(label, beside, axes.aliases) or Measure(label.casefold())
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
