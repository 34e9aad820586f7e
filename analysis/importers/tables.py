"""Tables of papers and spreadsheets, as LaTeX, CSV or TSV.

Rows and columns are recognised by the vocabulary: header cells that name a target, a metric, a
language, a split; row labels that name an intermediate task, a model, a language or a target. Where
too little is recognised, `--assume rows=…` and `--assume columns=…` say what they are. A column headed like a column
of the results table ("model", "seed", "score") fills that column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from analysis.errors import InputError
from analysis.importers import helm
from analysis.importers.cells import MISSING, PrintedNumber, looks_numeric, read_cell, with_points
from analysis.importers.columns_beside import (
    Errors,
    about_left_out,
    error_heading,
    errors_of,
    is_stray,
    of_no_score,
    spreads_beside,
    with_errors,
)
from analysis.importers.documents import SourceFile
from analysis.importers.labels import PERCENT, ROLES, EdgeLabels, UnknownLabelError, best_role, fields_of, place_of
from analysis.importers.latex import ENVIRONMENT, grids
from analysis.importers.long_tables import Long, others_of
from analysis.importers.own_tables import EMPHASIS, OWN, TABLE
from analysis.importers.record import COUNTS, WORDS, Given, ImportedFile, Record
from analysis.importers.tidied import spread_over, without_groups, without_remarks
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN, names_no_task, surely_language
from analysis.results.spreads import SPREADS, Spread
from analysis.results.table import NUMBERS, REQUIRED
from analysis.tables import markdown

NAME = TABLE

SHARED = tuple(f.name for f in fields(EdgeLabels) if f.name not in {"metrics", "more"})
"""Properties that all numbers of a cell share."""


def matches(document: SourceFile) -> bool:
    """True if a file holds a LaTeX table, or delimited lines of equal length with a number in them."""
    if document.data is not None:
        return helm.is_group(document.data)
    if ENVIRONMENT.search(document.text) or next(markdown.grids(document.text), None) is not None:
        return True
    rows, _ = without_remarks(document.rows())
    if rows and set(REQUIRED) <= set(rows[0]):
        return True
    return (
        len(rows) > 1
        and len(rows[0]) > 1
        and {len(row) for row in rows} == {len(rows[0])}
        and any(looks_numeric(cell) for row in rows[1:] for cell in row)
    )


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:
    """One record per number in a cell.

    Raises:
        InputError: a cell is no score, a header names fewer metrics than a cell has numbers, or
            neither vocabulary nor options say what the rows or columns are.
    """
    tables, notes = grids_of(document)
    records: list[Record] = []
    for number, rows in enumerate(tables, start=1):
        where = f"table {number} " if len(tables) > 1 else ""
        try:
            found, remarks = _read_grid(rows, where, given, words)
        except ValueError as error:
            raise InputError(str(document.path), str(error)) from None
        records += found
        notes += remarks
    return ImportedFile(tuple(records), tuple(dict.fromkeys(notes)))


def grids_of(document: SourceFile) -> tuple[list[list[list[str]]], list[str]]:
    """The rows of each table in a file, and what was left out or spread over them."""
    if document.data is not None:
        if not helm.is_group(document.data):
            raise InputError(str(document.path), "is JSON without a table in it: it has no header above its numbers")
        return [helm.group_grid(document.data)], []
    if ENVIRONMENT.search(document.text):
        return grids(document.text), []
    if piped := [[list(row) for row in grid.rows] for grid in markdown.grids(document.text)]:
        return piped, []
    rows, left = without_remarks(document.rows())
    rows, spread = spread_over(with_points(rows) if document.delimiter == ";" else rows)
    return [rows], [note for note in (left, spread) if note]


def _read_grid(
    rows: Sequence[Sequence[str]], where: str, given: Given, registry: Vocabulary
) -> tuple[list[Record], list[str]]:
    width = max(map(len, rows), default=0)
    grid = [[EMPHASIS.sub(r"\2", cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows]
    titles = set(grid[0])
    named, own = titles >= set(REQUIRED), titles >= OWN
    grid, numbers, notes = without_groups(grid)
    depth = 1 if named else next((i for i, row in enumerate(grid) if any(map(looks_numeric, row))), len(grid))
    head, body = grid[:depth], grid[depth:]
    if not head or not (body or named):
        raise ValueError(f"{where}has no header above its numbers")
    below = [[row[j] for row in body] for j in range(width)]
    named_after = fields_of(head[-1], below, registry, own=own)
    labels = [j for j in range(width) if j not in named_after and is_label_column(j, below[j])]
    others = [j for j in range(width) if j not in named_after and j not in labels]
    numeric = [j for j in others if any(cell.casefold() not in MISSING for cell in below[j]) or not body]
    scores = [j for j, name in named_after.items() if name == "score"]
    empty = [j for j in others if j not in numeric and any(below[j])]
    notes += [f"column without a score left out: {head[-1][j]!r}" for j in empty if head[-1][j]]
    telling: list[int] = []
    if scores:
        telling, labels = others_of(Long(head[-1], body, named_after, labels, numeric), given, registry, notes), []
    row_role = given.rows or best_role([row[j] for row in body for j in labels], registry)
    taken = {"intermediate"} & {*named_after.values(), row_role}
    column_role = given.columns or _column_role([_pieces(head, j) for j in numeric], taken, registry)
    spreads: Errors = {}
    if not scores:
        means = column_role == "target" and given.target is None
        aside = of_no_score(head[-1], body, numeric, registry, means=means) if depth == 1 else {}
        aside |= dict.fromkeys(errors_of(head[-1], aside), "error")
        notes += about_left_out(head[-1], aside)
        named_after = {j: name for j, name in named_after.items() if j not in aside}
        spreads = spreads_beside(head[-1], [j for j in numeric if j not in aside], named_after, registry)
        errors = {j for found in spreads.values() for _, j in found}
        named_after = {j: name for j, name in named_after.items() if j not in errors}
        scores = [j for j in numeric if j not in aside and j not in errors]
    _check_columns(named_after, scores, head[-1], registry)
    tried = {j: _tried(place_of, _pieces(head, j) if j in numeric else [], column_role, registry, notes, taken)
             for j in scores}  # fmt: skip
    lines = list(zip(numbers[depth:], body, strict=True))
    bases = [_tried(_row_place, row, i, labels, named_after, row_role, registry) for i, row in lines]
    nameless = not labels and row_role is None and not any(name in WORDS for name in named_after.values())
    split_is_known = "split" in named_after.values() or given.split is not None
    columns = _known(tried, f"row {depth + 1}" if nameless else "", bases, split_is_known=split_is_known)
    if given.columns is None:
        _check_languages(columns.values(), registry)
    records: list[Record] = []
    for (i, row), base in zip(lines, _sure(bases), strict=True):
        if telling:
            base = replace(base, method=" · ".join(row[j] for j in telling))
        for j in scores:
            place = with_errors(base.over(columns[j]), row, spreads.get(j, ()), i)
            found = records_of(row[j], f"{where}row {i} column {j + 1}", place, given, own=own)
            records += [replace(r, scale=1.0) for r in found] if PERCENT.search(head[-1][j]) else found
    return records, notes


def _tried(read: Callable[..., EdgeLabels], *arguments: Any) -> EdgeLabels | UnknownLabelError:
    """The labels of a line, or the first one that is unknown."""
    try:
        return read(*arguments)
    except UnknownLabelError as error:
        return error


def _sure(places: Iterable[EdgeLabels | UnknownLabelError]) -> list[EdgeLabels]:
    return [place for place in places if isinstance(place, EdgeLabels)]


def _known(
    columns: Mapping[int, EdgeLabels | UnknownLabelError],
    nameless: str,
    rows: Sequence[EdgeLabels | UnknownLabelError],
    *,
    split_is_known: bool,
) -> dict[int, EdgeLabels]:
    """Columns whose labels are all known, as those of the rows are; `nameless` is what rows without labels are called.

    Raises:
        ValueError: some are not; it asks for all of them.
    """
    unknown = {
        edge: [place.label for place in places if isinstance(place, UnknownLabelError)]
        for edge, places in (("columns", columns.values()), ("rows", rows))
    }
    if unknown["columns"] and nameless:
        unknown["rows"] = [nameless]
    if open_edges := {edge: found[0] for edge, found in unknown.items() if found}:
        raise ValueError(_asked(open_edges, split_is_known=split_is_known))
    return {j: place for j, place in columns.items() if isinstance(place, EdgeLabels)}


def _asked(open_edges: Mapping[str, str], *, split_is_known: bool) -> str:
    """The sentence that asks what rows and columns are, each with its first label, and what else is open for sure."""
    labels = " and ".join(map(repr, open_edges.values()))
    verb = "are" if len(open_edges) > 1 else "is"
    options = " and ".join(f"--assume {edge}=…" for edge in open_edges)
    wanted = [*open_edges, *([] if split_is_known else ["split"])]
    at_once = f"\n    all at once: --assume {','.join(f'{name}=…' for name in wanted)}" if len(wanted) > 1 else ""
    return f"cannot tell what {labels} {verb}; say it with {options} ({', '.join(ROLES)}){at_once}"


def _check_columns(
    named_after: Mapping[int, str], scores: Sequence[int], head: Sequence[str], registry: Vocabulary
) -> None:
    """Refuses a column of spreads beside several columns of scores.

    Raises:
        ValueError: there is one.
    """
    stray = [name for name in named_after.values() if name in SPREADS and name != "n_seeds"]
    stray += [head[j] for j in scores if error_heading(head[j]) and is_stray(head, j, registry)]
    if stray and len(scores) > 1:
        raise ValueError(
            f"cannot tell which of {len(scores)} columns of scores the column {stray[0]!r} belongs to; "
            "leave it out, or put such a column right after each column of scores"
        )


def _check_languages(places: Iterable[EdgeLabels], registry: Vocabulary) -> None:
    """Refuses a column among languages whose heading is none, such as a rank.

    Raises:
        ValueError: there is one.
    """
    for place in places:
        if place.language not in {None, MEAN} and not surely_language(registry, str(place.language)):
            raise ValueError(
                f"cannot tell what {place.language!r} is among languages; "
                "leave the column out, or say --assume columns=language if it is one"
            )


def _column_role(headings: Sequence[Sequence[str]], taken: Collection[str | None], registry: Vocabulary) -> str | None:
    """Role of the columns: the tasks over a table whose rows are intermediate tasks are targets."""
    role = best_role([label for pieces in headings for label in pieces], registry)
    if role == "intermediate" and role in taken:
        return "target"
    return role


def is_label_column(j: int, cells: Sequence[str]) -> bool:
    """True if a column holds words; the first may hold "None" alone, any other then only lacks its scores."""
    words = [cell for cell in cells if cell and (j == 0 or cell.casefold() not in MISSING)]
    return bool(words) and not any(map(looks_numeric, cells))


def _pieces(head: Iterable[Sequence[str]], j: int) -> list[str]:
    return list(dict.fromkeys(row[j] for row in head if row[j]))


def _row_place(
    row: Sequence[str],
    number: int,
    labels: Sequence[int],
    fields: Mapping[int, str],
    role: str | None,
    registry: Vocabulary,
) -> EdgeLabels:
    """Reads what a row states of all its scores."""
    texts = [row[j] for j in labels if row[j]]
    if not labels and not any(name in WORDS for name in fields.values()) and role is not None:
        texts = [f"row {number}"]
    place = place_of(texts, role, registry, None)
    stated: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for j, name in fields.items():
        untrained = name == "intermediate" and row[j].casefold() in MISSING and not names_no_task(row[j])
        if name != "score" and not untrained and (row[j] or name == "decimals"):
            into = stated if name in {*WORDS, *COUNTS} else more
            into["metrics" if name == "metric" else name] = _stated(name, row[j], number)
    return replace(place, **stated, more=more)


def _stated(name: str, text: str, number: int) -> object:
    if name == "metric":
        return (text,)
    if name not in NUMBERS:
        return text
    try:
        return None if not text else int(float(text)) if name in COUNTS else float(text)
    except ValueError:
        raise ValueError(f"{name} {text!r} in row {number} is not a number") from None


def records_of(text: str, pointer: str, place: EdgeLabels, given: Given, *, own: bool) -> list[Record]:
    """A record for each number in a cell.

    Args:
        text: the cell.
        pointer: where it stands.
        place: what its row and column say.
        given: what the user says.
        own: whether it is a cell of the project's own tables, in points.

    Raises:
        ValueError: it is no score, or its header names another number of metrics.
    """
    try:
        cell = read_cell(text, brackets=given.spread is not None)
    except ValueError as error:
        raise ValueError(f"{pointer}: {error}") from None
    metrics: Sequence[str | None] = place.metrics or (None,)
    if cell.numbers and len(metrics) != len(cell.numbers):
        named = " and ".join(map(str, place.metrics)) or "no metric"
        raise ValueError(f"{pointer}: {text!r} has {len(cell.numbers)} numbers, its header names {named}")
    shared = {name: getattr(place, name) for name in SHARED}
    more = {name: value for name, value in place.more.items() if name not in {*SPREADS, "decimals"}}
    return [
        Record(
            score=number.value, pointer=pointer, decimals=_decimals(number, place), metric=metric,
            scale=1.0 if number.percent or own else None, spread=_spread(number, place, given), more=more, **shared,
        )
        for number, metric in zip(cell.numbers, metrics, strict=bool(cell.numbers))
    ]  # fmt: skip


def _decimals(number: PrintedNumber, place: EdgeLabels) -> int | None:
    """The digits that a column of the table states, else those printed."""
    if "decimals" not in place.more:
        return number.decimals
    stated = place.more["decimals"]
    return None if stated is None else int(stated)


def _spread(number: PrintedNumber, place: EdgeLabels, given: Given) -> Spread | None:
    """Reads the score's error from the cell and the columns of its row."""
    stated = {name: place.more[name] for name in SPREADS if name in place.more}
    if "n_seeds" in stated:
        stated["n_seeds"] = int(stated["n_seeds"])
    if number.ends is not None and given.spread == "ci95":
        stated |= dict(zip(("ci_low", "ci_high"), number.ends, strict=True))
    elif number.plus_minus is not None:
        stated["plus_minus"] = number.plus_minus
    return Spread(**stated) if stated else None
