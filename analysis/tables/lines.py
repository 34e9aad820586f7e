"""The typed lines of a table: labels, kinds, measures, bases and marks of its rows and columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from analysis.registry.vocabulary import Vocabulary, fold
from analysis.tables.captions import without_definitions
from analysis.tables.deriving import caption_reverses
from analysis.tables.kinds import CHANGE, LONGEST, TAKEN_INSIDE, Side, is_index, kinds_of, settled, wholes_of
from analysis.tables.labels import RowLabels
from analysis.tables.lexicon import ARROWS, BRACKETS, lexicon, tokens
from analysis.tables.measures import caption_measure, directions_in, measure_of
from analysis.tables.model import Axis, Direction, Kind, Measure, TableLine
from analysis.tables.shapes import is_filled, is_text, share

PROSE = 6
"""Words a cell has on average in a column of prose."""
LOOKED_AT = 500
"""Rows by whose cells the kinds of columns are told, and rows whose kind their cells may tell."""
WE_OR_RIVAL = frozenset({"ours", "proposed", "baseline"})
NAMED_KINDS = frozenset({"system", "ablation", "addition", "dataset", "language"})
"""Kinds of column that say who or where, and leave the measure to the header over them."""
Told = tuple[Kind, Measure | None]


@dataclass(frozen=True, slots=True)
class Axes:
    """Rows and columns of a block.

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


@dataclass(frozen=True, slots=True)
class _Named:
    """The labels of an axis: all, the innermost of each line, which stand for others, and which are no variants."""

    labels: Sequence[tuple[str, ...]]
    own: Sequence[str]
    alike: Mapping[str, str]
    wholes: Mapping[tuple[str, ...], Sequence[int]]

    def marks(self) -> list[frozenset[str]]:
        """The marks of each line; lines with labels that are alike have the same."""
        paths = [tuple(map(self.alike.__getitem__, path)) for path in self.labels]
        found = {path: marks_in(path) for path in dict.fromkeys(paths)}
        return [found[path] for path in paths]


def _named(labels: Sequence[tuple[str, ...]], own: Sequence[str], aliases: Mapping[str, str]) -> _Named:
    alike = representatives(dict.fromkeys(text for path in (*labels, own) for text in path), aliases)
    return _Named(labels, own, alike, wholes_of(labels, own, alike))


def lines_of(axes: Axes) -> tuple[list[TableLine], list[TableLine]]:
    """The rows and the columns."""
    row_own, row_level = _key_labels(axes.rows)
    column_own = [next((text for text in reversed(path) if text), "") for path in axes.paths]
    by_row, by_column = _named(axes.rows.labels, row_own, axes.aliases), _named(axes.paths, column_own, axes.aliases)
    beside = _beside((*map(by_row.alike.__getitem__, row_own), *column_own, axes.caption))
    rows, columns = _told(axes, by_row, row_level, by_column, beside)
    row_marks, column_marks = by_row.marks(), by_column.marks()
    ours_down, ours_across = ([bool(m & WE_OR_RIVAL) for m in marks] for marks in (row_marks, column_marks))
    told_down, told_across = [k for k, _ in rows], [k for k, _ in columns]
    row_kinds = settled(row_own, told_down, told_across, row_level, ours_down, other_marked=any(ours_across))
    column_kinds = settled(column_own, told_across, row_kinds, "columns", ours_across)
    measures = _with_levels(axes, [found for _, found in rows], beside)
    ways = directions_in(axes.caption)
    measures = [_unturned(own, found, axes.caption) for own, found in zip(row_own, measures, strict=True)]
    columns = [
        (kind, _unturned(own, found, axes.caption)) for own, (kind, found) in zip(column_own, columns, strict=True)
    ]
    measures = [_defined(own, found, ways) for own, found in zip(row_own, measures, strict=True)] if ways else measures
    defined = [_defined(own, found, ways) for own, (_, found) in zip(column_own, columns, strict=True)]
    column_kinds = [
        "measure" if kind == "unknown" and own.casefold() in ways else kind
        for kind, own in zip(column_kinds, column_own, strict=True)
    ]
    told = zip(axes.paths, column_kinds, defined, strict=True)
    under = [found or _of_outer(path, kind, axes) for path, kind, found in told]
    stepwise = _goes_on(axes.caption)
    return (
        _made("row", by_row, row_kinds, measures, row_marks, stepwise=stepwise),
        _made("column", by_column, column_kinds, under, column_marks, stepwise=stepwise),
    )


def _unturned(own: str, measure: Measure | None, caption: str) -> Measure | None:
    """The measure, without the direction of a mere word such as "fluency" where the caption may turn it round."""
    judged = measure is not None and measure.name in lexicon().judged["names"]
    if measure is None or not judged or any(sign in own for sign in ARROWS) or not caption_reverses(caption):
        return measure
    return replace(measure, direction=None)


def _of_outer(path: Sequence[str], kind: Kind, axes: Axes) -> Measure | None:
    """The measure that a column of a system or a place has from the header over it, which says nothing else."""
    outer = [text for text in path if text][:-1]
    if len(outer) != 1 or kind not in NAMED_KINDS:
        return None
    arrow = any(sign in outer[0] for sign in ARROWS)
    if not arrow and BRACKETS.sub("", outer[0]).strip(" :%").casefold() not in lexicon().measures:
        return None
    return measure_of(outer[0], (), axes.aliases)


def _told(
    axes: Axes, by_row: _Named, row_level: str, by_column: _Named, beside: frozenset[str]
) -> tuple[list[Told], list[Told]]:
    """Kind and measure of every row and every column, each told by its own words and cells."""
    shown = axes.shown
    down = [[row[j] for row in axes.body[:LOOKED_AT] if is_filled(row[j])] for j in shown]
    across = [[row[j] for j in shown if is_filled(row[j])] if i < LOOKED_AT else [] for i, row in enumerate(axes.body)]
    of_metrics = _measures_metrics(without_definitions(axes.caption, (*by_row.own, *by_column.own)))

    def side(named: _Named, level: str, cells: Sequence[Sequence[str]]) -> Side:
        return Side(named.labels, named.own, named.wholes, level, cells, beside, axes.aliases, of_metrics, named.alike)

    rows = kinds_of(side(by_row, row_level, across))
    columns = kinds_of(side(by_column, axes.levels[-1] if axes.levels else "", down))
    return rows, [_by_cells(found, j in axes.told, cells) for found, j, cells in zip(columns, shown, down, strict=True)]


@lru_cache(maxsize=256)
def _measures_metrics(caption: str) -> bool:
    """True if a caption states a measure of measures, such as a correlation with human judgments."""
    stated = caption_measure(caption)
    return stated is not None and stated.name in lexicon().of_metrics


def _goes_on(caption: str) -> bool:
    """True if a caption says that each line takes away more than the one before; "cumulative reward" does not."""
    words = lexicon().stepwise
    said = f" {' '.join(word.rstrip('.') for word in tokens(caption))} "
    for measured in words["measures"]:
        said = said.replace(f" {measured} ", " ")
    behind = [rest.partition(" ")[0] for name in words["names"] for rest in said.split(f" {name} ")[1:]]
    return any(word not in words["quantities"] for word in behind)


def _made(
    axis: Axis,
    named: _Named,
    kinds: Sequence[Kind],
    measures: Sequence[Measure | None],
    marks: Sequence[frozenset[str]],
    *,
    stepwise: bool,
) -> list[TableLine]:
    bases = bases_of(named.labels, named.own, kinds, named.wholes, stepwise=stepwise)
    return [
        TableLine(axis, i, *line)
        for i, line in enumerate(zip(named.labels, kinds, measures, bases, marks, strict=True))
    ]


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


def _with_levels(axes: Axes, measures: Sequence[Measure | None], beside: frozenset[str]) -> list[Measure | None]:
    """The rows' measures, those that have none looked up in the label levels that are headed "Metric"."""
    words = lexicon()
    at = [k for k, level in enumerate(axes.rows.levels) if words.level_kind(level) == "measure"]
    if not at or _measures_metrics(axes.caption):
        return list(measures)
    found = {
        label: measure_of(label, beside, axes.aliases) or Measure(label.casefold())
        for label in dict.fromkeys(path[k] for path in axes.rows.labels for k in at)
        if label
    }
    said = [next((found[path[k]] for k in at if path[k]), None) for path in axes.rows.labels]
    return [measure or other for measure, other in zip(measures, said, strict=True)]


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


DIGITS = re.compile(r"[0-9]+")
FEWEST = 200
"""Labels from which it is worth looking for likeness."""


def representatives(labels: Collection[str], known: Iterable[str] = ()) -> dict[str, str]:
    """Label → the first label that differs from it in nothing but a number, the label itself for most.

    "System 17" stands for "System 18". Only a label's sole number is looked at, and only numbers of as many digits that
    stand in no word of the lexicon or the registry, so that no look-up could tell the two labels apart.

    Args:
        labels: of one axis.
        known: further texts whose numbers are looked up.
    """
    if len(labels) < FEWEST:
        return {text: text for text in labels}
    looked_up = _numbers().union(run for text in known for run in DIGITS.findall(text))
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for text in labels:
        runs = DIGITS.findall(text)
        if len(runs) == 1 and runs[0] not in looked_up:
            found[text] = first.setdefault(text.replace(runs[0], "0" * len(runs[0])), text)
        else:
            found[text] = text
    return found


@cache
def _numbers() -> frozenset[str]:
    """Every run of digits in a word of the lexicon or the registry, also where signs are left out."""
    words = lexicon()
    spelled = {text for name in words.__slots__ for text in _texts(getattr(words, name))}
    return frozenset(run for text in spelled for form in (text, fold(text)) for run in DIGITS.findall(form))


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Vocabulary):
        for entries in found.entries.values():
            for entry in entries.values():
                yield from entry.spellings
    elif isinstance(found, Mapping):
        yield from (text for pair in found.items() for part in pair for text in _texts(part))
    elif isinstance(found, Collection):
        yield from (text for part in found for text in _texts(part))


TAKING = re.compile(r"[-−–+]|w/o|without|minus", re.IGNORECASE)
"""A sign or word that `TAKEN_INSIDE` looks for, or a plus; most labels have none."""
SUBSCRIPT = re.compile(r"(?<=^ours)[\d.,_]+$")
"""A setting below the word, which converters set beside it: "Ours0.2,0.5"."""
BASES = frozenset({"system", "unknown", "dataset", "aggregate"})
"""Kinds of lines that others may be variants of."""


def marks_in(labels: Sequence[str]) -> frozenset[str]:
    """The words "ours", "proposed", "baseline" where the labels of a line say so, the outer ones included."""
    found = {SUBSCRIPT.sub("", word) for label in labels for word in tokens(label)}
    return frozenset(mark for mark, words in lexicon().marks.items() if words & found)


def bases_of(
    labels: Sequence[tuple[str, ...]],
    own: Sequence[str],
    kinds: Sequence[Kind],
    wholes: Mapping[tuple[str, ...], Sequence[int]],
    *,
    stepwise: bool,
) -> list[int | None]:
    """The index of the line that each line is a variant of; None where it is none, or the table does not tell.

    Lines that take away have none where they go on `stepwise`, each from the one before.
    """
    at = _positions(own)
    systems = {outer: [j for j in lines if kinds[j] in BASES] for outer, lines in wholes.items()}
    return [
        None
        if stepwise and (kinds[i] == "ablation" or TAKEN_INSIDE.fullmatch(own[i]))
        else _base(i, systems.get(labels[i][:-1], []), own, kinds, at)
        for i in range(len(own))
    ]


def _positions(own: Sequence[str]) -> dict[str, int]:
    """Label → its only line."""
    found: dict[str, int] = {}
    for i, text in enumerate(own):
        found[text.casefold()] = -1 if text.casefold() in found else i
    return {text: i for text, i in found.items() if i >= 0}


def _base(i: int, systems: Sequence[int], own: Sequence[str], kinds: Sequence[Kind], at: dict[str, int]) -> int | None:
    text = own[i]
    if kinds[i] == "change":
        found = CHANGE.match(text)
        return at.get(text[found.end() :].strip().casefold()) if found else None
    if kinds[i] not in {"ablation", "addition"}:
        return _named_inside(text, i, at)
    above = bisect_left(systems, i)
    if above:
        return systems[above - 1]
    full = [j for j in systems[:LONGEST] if own[j].casefold() in lexicon().full]
    return full[0] if len(full) == 1 else None


def _named_inside(text: str, i: int, at: dict[str, int]) -> int | None:
    """The line whose name begins a label that goes on with "w/o X" or "+ X"."""
    if TAKING.search(text) is None:
        return None
    found = TAKEN_INSIDE.fullmatch(text)
    whole = found["whole"] if found else text.rpartition("+")[0]
    base = at.get(whole.strip().casefold()) if whole.strip() else None
    return base if base != i else None
