"""Wide leaderboards with headings of anyone's choosing: what their lines are is told by the typed table.

`tables` reads a table whose labels the vocabulary knows. Here a line that nobody knows is a system or a task by
its place, columns that count or describe are left out, and what no heading says is taken as a leaderboard usually
means it. Each assumption is a note; only who asks a leaderboard's questions, or names this format, is given them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import InputError
from analysis.importers import tables
from analysis.importers.columns_beside import (
    Errors,
    about_left_out,
    errors_of,
    is_stray,
    spreads_beside,
    with_errors,
)
from analysis.importers.documents import SourceFile
from analysis.importers.labels import PERCENT, RUN, EdgeLabels, fields_of, place_of
from analysis.importers.own_tables import EMPHASIS
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.tables import grids_of, is_label_column, records_of
from analysis.importers.tidied import without_groups
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import surely_language
from analysis.tables import Kind, Table, TableLine, table_of_grid
from analysis.tables.lexicon import lexicon
from analysis.tables.measures import measure_of

NAME = "leaderboard"
SCORE = "score"
"""Name of a metric that no heading names."""
BESIDE: frozenset[Kind] = frozenset(
    {"attribute", "size", "time", "count", "rank", "error", "prose", "index", "change", "aggregate"}
)
"""Kinds of columns that hold no score of their own; means are computed anew."""
INSIDE = re.compile(r"(.+?)\s*[(\[](.+?)[)\]]")
SPLIT = "test"


def matches(document: SourceFile) -> bool:
    """Never: any table may be a leaderboard, so that this format is asked for."""
    return not document


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per score of each row.

    Raises:
        InputError: the file holds no table with one header, rows of systems (or tasks) and columns of numbers.
    """
    grids, notes = grids_of(document)
    if len(grids) != 1:
        raise InputError(str(document.path), f"holds {len(grids)} tables; give the one that is the leaderboard")
    grid = [[EMPHASIS.sub(r"\2", cell.strip()) for cell in row] for row in grids[0]]
    open_places = _OpenPlaces(document.path, given, words)
    if (
        SCORE
        in fields_of(
            grid[0], [[row[j] for row in grid[1:] if j < len(row)] for j in range(len(grid[0]))], words
        ).values()
    ):
        reading = tables.read(document, given, words)
        return open_places.filled(reading.records, reading.notes)
    try:
        board = _Board(grid, given, words)
        records = board.records()
        return open_places.filled(records, [*notes, *board.notes], board.higher)
    except ValueError as error:
        raise InputError(str(document.path), str(error)) from None


class _Board:
    """One leaderboard: its cells, and what its lines are."""

    def __init__(self, grid: Sequence[Sequence[str]], given: Given, words: Vocabulary) -> None:
        self.given, self.words = given, words
        grid, (_, *self.numbers), self.notes = without_groups(grid)
        self.head, *self.body = grid
        self.higher: dict[str, bool] = {}
        self.errors: Errors = {}
        kept = [j for j in range(len(self.head)) if not is_stray(self.head, j, words)]
        named = [self.head[j] for j in kept]
        if not self.body or len({len(row) for row in grid}) > 1 or len(set(named)) < len(named):
            raise ValueError("is no leaderboard: one header with a name for each column, and rows as long")
        tables = table_of_grid(named, [[row[j] for j in kept] for row in self.body])
        if len(tables) != 1 or len(tables[0].rows) != len(self.body):
            raise ValueError("is no leaderboard: it holds several headers")
        self.table: Table = tables[0]

    def records(self) -> list[Record]:
        """One for each number.

        Raises:
            ValueError: a cell is no score, or a row is named twice.
        """
        named = self._names()
        labels = [row[named] for row in self.body]
        role = self.given.rows or _role_of_header(self.head[named]) or _role_of(self.table.rows) or "model"
        columns = self._columns(named)
        places = {j: self._column(line, role) for j, line in columns.items()}
        places = self._with_languages(places) if role == "model" else places
        if len(set(labels)) < len(labels):
            raise ValueError(f"names {_twice(labels)!r} in two rows of column {self.head[named]!r}; name each row once")
        found: list[Record] = []
        for i, row in zip(self.numbers, self.body, strict=True):
            base = EdgeLabels().with_role(role, row[named])
            for j, column in places.items():
                pointer = f"row {i} column {j + 1}"
                place = with_errors(base.over(column), row, self.errors.get(j, ()), i)
                cell = records_of(row[j], pointer, place, self.given, own=False)
                found += [replace(r, scale=1.0) for r in cell] if PERCENT.search(self.head[j]) else cell
        return found

    def _names(self) -> int:
        """The column that names the rows: the first of words whose cells differ, a header of systems before others."""
        words = [j for j in range(len(self.head)) if is_label_column(j, [row[j] for row in self.body])]
        distinct = [j for j in words if len({row[j] for row in self.body}) == len(self.body)]
        if not words:
            raise ValueError("is no leaderboard: no column holds the names of its rows")
        systems = [j for j in words if _role_of_header(self.head[j]) == "model"]
        found = ([j for j in systems if j in distinct] or systems or distinct or words)[0]
        if others := [repr(self.head[j]) for j in words if j != found and self.head[j]]:
            self.notes.append(f"columns of words left out: {', '.join(others)}")
        return found

    def _columns(self, named: int) -> dict[int, TableLine]:
        """Columns of scores: their place in the file → their line in the typed table."""
        lines = {self.head.index(line.own): line for line in self.table.columns if line.own in self.head}
        numbers = [
            j
            for j in range(len(self.head))
            if j != named and not is_label_column(j, [row[j] for row in self.body]) and any(row[j] for row in self.body)
        ]
        beside = {
            j: lines[j].kind
            for j in numbers
            if j in lines and lines[j].kind in BESIDE and not self.words.find("target", self.head[j])
        }
        aside = {j: kind for j, kind in beside.items() if kind != "error"}
        theirs = errors_of(self.head, aside)
        told = [j for j in numbers if j not in aside and j not in theirs]
        self.errors = spreads_beside(self.head, told, {}, self.words)
        errors = {j for found in self.errors.values() for _, j in found}
        unclear = [j for j in told if j not in errors and (j not in lines or j in beside)]
        self.notes += about_left_out(self.head, aside | dict.fromkeys([*theirs, *unclear], "error"))
        found = {j: lines[j] for j in told if j not in errors and j not in unclear}
        if not found:
            raise ValueError("is no leaderboard: no column holds scores")
        return found

    def _column(self, line: TableLine, role: str) -> EdgeLabels:
        """Reads what a column's heading states of its scores."""
        label = PERCENT.sub("", line.own).strip()
        if (run := RUN.fullmatch(label)) is not None:
            return EdgeLabels(seed=int(run[1]))
        if role != "model":
            return EdgeLabels(model=label)
        if line.kind == "language" or surely_language(self.words, label):
            return EdgeLabels(language=label)
        if (twice := INSIDE.fullmatch(label)) is not None and self._same_language(twice[1], twice[2]):
            return EdgeLabels(language=twice[2])
        if self.given.columns is not None and self.given.columns != "metric":
            return EdgeLabels().with_role(self.given.columns, label)
        if (read := self._known(label)) is not None:
            return read
        if line.measure is None:
            return EdgeLabels(target=label)
        inside = INSIDE.fullmatch(label)
        alone = inside is None or measure_of(inside[1], (), {}) is not None
        target, metric = (None, label) if inside is None or alone else (inside[1], inside[2])
        return EdgeLabels(target=target, metrics=(_metric(metric, line.measure.direction, self.words, self.higher),))

    def _same_language(self, name: str, code: str) -> bool:
        """True if a heading names one language twice: "German (deu_Latn)"."""
        if not (surely_language(self.words, name) and surely_language(self.words, code)):
            return False
        entries = [self.words.find("language", text) or self.words.any_language(text) for text in (name, code)]
        return len({entry.id.split("-")[0] for entry in entries if entry is not None}) == 1

    def _known(self, label: str) -> EdgeLabels | None:
        """A heading of a task with metrics that are known ("XQuAD (F1 / EM)"), or of a known task alone."""
        try:
            place = place_of([label], "target", self.words, None)
        except ValueError:
            return None
        return place if place.target and (place.metrics or self.words.find("target", place.target)) else None

    def _with_languages(self, places: Mapping[int, EdgeLabels]) -> dict[int, EdgeLabels]:
        """Columns that most name a task and a language in one ("NER-deu_Latn", "QA (German)") as both."""
        split = {j: self._task_and_language(place) for j, place in places.items()}
        found = {j: place for j, place in split.items() if place is not None}
        if 2 * len(found) <= len(places) or len(found) < 2:
            return dict(places)
        return {j: found.get(j, place) for j, place in places.items()}

    def _task_and_language(self, place: EdgeLabels) -> EdgeLabels | None:
        for task, language in _parts(place.target or ""):
            if surely_language(self.words, language):
                return replace(place, target=task, language=language)
        return None


class _OpenPlaces:
    """Properties that no heading states, as a leaderboard usually means them."""

    def __init__(self, path: Path, given: Given, words: Vocabulary) -> None:
        self.path, self.given, self.words = path, given, words

    def filled(
        self, records: Sequence[Record], notes: Sequence[str], higher: Mapping[str, bool] | None = None
    ) -> ImportedFile:
        """The scores with task, split and metric, and a note for each of these that was assumed."""
        directions = dict(higher or {})
        full = tuple(self._filled(record, directions) for record in records)
        remarks = list(notes)
        if any(record.target is None for record in records) and self.given.target is None:
            remarks.append(
                f"no task is stated: called {self.path.stem!r}, as the file is named (--assume target=… says otherwise)"
            )
        if any(record.split is None for record in records) and self.given.split is None:
            remarks.append(f"no split is stated: taken as {SPLIT} (--assume split=… says otherwise)")
        if any(record.metric == SCORE for record in full):
            remarks.append(
                f"no metric is stated: called {SCORE!r}, more of which is better (--assume metric=… says otherwise)"
            )
        return ImportedFile(full, tuple(remarks), higher=directions)

    def _filled(self, record: Record, higher: dict[str, bool]) -> Record:
        target = record.target or (None if self.given.target else self.path.stem)
        split = record.split or (None if self.given.split else SPLIT)
        metric = record.metric
        known = self.words.find("target", target or self.given.target or "")
        if metric is None and self.given.metric is None and known is None:
            metric = self._metric_of_all(higher)
        return replace(record, target=target, split=split, metric=metric)

    def _metric_of_all(self, higher: dict[str, bool]) -> str:
        """The measure that the file's name says, else a score of which more is better."""
        measure = measure_of(self.path.stem.replace("_", " "), (), {})
        if measure is not None and measure.direction is not None:
            return _metric(measure.name, measure.direction, self.words, higher)
        higher[SCORE] = True
        return SCORE


def _metric(name: str, direction: str | None, words: Vocabulary, higher: dict[str, bool]) -> str:
    """The id of a metric; of one that is not known, whether more is better goes into `higher`."""
    known = words.find("metric", name)
    if known is None and direction is not None:
        higher[name] = direction == "higher"
    return known.id if known else name


ROLES: Mapping[Kind, str] = {
    "system": "model", "ablation": "model", "addition": "model", "bound": "model", "human": "model",
    "dataset": "target", "language": "language",
}  # fmt: skip
"""Column of the results table for each kind of rows."""


def _role_of(rows: Sequence[TableLine]) -> str | None:
    """Kind of most rows, None where most have none."""
    role, count = Counter(ROLES.get(row.kind, "") for row in rows).most_common(1)[0]
    return role if role and 2 * count > len(rows) else None


def _role_of_header(text: str) -> str | None:
    kind = lexicon().level_kind(text)
    return None if kind is None else ROLES.get(kind)


def _parts(label: str) -> Iterator[tuple[str, str]]:
    """A label before and in brackets, and parted at each sign from its end on."""
    if inside := INSIDE.fullmatch(label):
        yield inside[1], inside[2]
    for sign in reversed([*re.finditer(r"[-_/ .]+", label)]):
        yield label[: sign.start()], label[sign.end() :]


def _twice(labels: Sequence[str]) -> str:
    return next(label for label, count in Counter(labels).items() if count > 1)
