"""A user's results as the table prints them: asked where its scores, taken as evidence, leave a claim undecided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.tables.model import Measure, Table, Value
from analysis.tables.runs import numbers_runs
from claims.checking.cells import CellChecker
from claims.checking.consulting import leaves_open
from claims.checking.laid_out_results import laid_out
from claims.checking.quantities import Scope
from claims.checking.truths import Truths
from claims.domains.table.lines import Lines
from claims.verdict import Verdict, in_order

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.registry.vocabulary import Vocabulary
    from claims.assertion import Formula, StatedNumber, Term
    from claims.checking.over_tables import TableJudge

LARGEST = 2_000_000
"""Bytes of a file that is read as a table besides."""
MOST_CELLS = 5000
"""Cells that are moved about within their ±."""
DRAWS = 64
"""Ways by chance in which all cells are moved to one end of their ± at once."""


def printed_tables(path: Path, results: pd.DataFrame, words: Vocabulary) -> tuple[Table, ...]:
    """The tables of a results file that is laid out as people print them, or can be; none of a file of a tool.

    Columns whose header names no measure are better as the metrics of the results are. A table of single runs is left
    out: the spread of seeds is computed from the results.

    Args:
        path: the file.
        results: the rows imported from it.
        words: the vocabulary with the names beside it.
    """
    from analysis.importers import tables
    from analysis.importers.documents import read_document
    from analysis.importers.own_tables import is_results_table
    from analysis.importers.sniff import recognise
    from analysis.tables import read_tables
    from analysis.tables.files import READERS

    if path.suffix.lower() not in READERS or not path.is_file() or path.stat().st_size > LARGEST:
        return ()
    measure = _measure(list(dict.fromkeys(results["metric"])), words)
    if is_results_table(path):
        return laid_out(results, path, words, measure)
    if recognise(read_document(path)).name != tables.NAME:
        return ()
    return tuple(
        table if table.measure is not None else replace(table, measure=measure)
        for table in read_tables(path)
        if not any(numbers_runs(header) for header in (*table.row_levels, *(line.own for line in table.columns)))
    )


def _measure(metrics: Sequence[str], words: Vocabulary) -> Measure | None:
    known = words["metric"]
    ways = {known[m].facts.get("higher_is_better") if m in known else None for m in metrics}
    if len(ways) != 1 or None in ways:
        return None
    return Measure(metrics[0] if len(metrics) == 1 else "score", "", "higher" if ways.pop() else "lower")


def with_printed(own: Verdict, claim: str, judge: TableJudge | None) -> Verdict:
    """The verdict on a claim after the printed table was asked, where the evidence does not speak.

    Within a ± that nobody explains nothing is decided, but what is printed is.

    Args:
        own: the verdict of the evidence.
        claim: the sentence.
        judge: of the tables as printed, None of none.
    """
    if judge is None or not leaves_open(own):
        return own
    over = judge.judged(claim, hint=False)[0]
    if over.verdict.verdict not in ("supported", "refuted", "mixed"):
        return own
    found = replace(over.verdict, flags=in_order({*over.verdict.flags, *own.flags}))
    if all(_holds_within_errors(reading.formula, over.table) for reading in over.read.readings):
        return found
    reason = f"{found.reason} Nobody says what the ± of the scores is, and within it that may turn."
    return replace(found, verdict="inconclusive", level="none", reason=reason)


@dataclass(slots=True)
class _MovedCells(CellChecker):
    """Evaluates over cells moved within their errors; a number stated in a claim is compared with the printed one."""

    printed: CellChecker | None = None

    def stated(self, relation: str, left: Term, right: StatedNumber, scope: Scope) -> Truths:
        checker = self.printed if relation == "=" and self.printed is not None else self
        return CellChecker.stated(checker, relation, left, right, scope)


def _holds_within_errors(formula: Formula, table: Table) -> bool:
    """True if the truth of a formula stays where cells are moved to the ends of their ±, in the ways that are tried."""
    errors = _errors(table)
    if not errors:
        return True
    if len(table.values) > MOST_CELLS:
        return False
    printed = CellChecker(Lines(table))
    truth = printed.truth(formula)
    for signs in _corners(list(errors)):
        moved = {**table.values, **_moved(table, errors, signs.tolist())}
        if _MovedCells(Lines(replace(table, values=moved)), printed=printed).truth(formula) != truth:
            return False
    return True


def _corners(places: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.int_]]:
    """Ways to move cells to an end of their ±, −1 or 1 each: one line against all others, all at once, and by chance.

    The first are the worst for a score, a mean or a rank of one line; those by chance are for what joins several.

    Args:
        places: row and column of each cell.
    """
    yield from (np.full(len(places), sign) for sign in (-1, 1))
    for axis in (0, 1):
        lines = np.array([place[axis] for place in places])
        for line in np.unique(lines):
            alone = np.where(lines == line, 1, -1)
            yield from (alone, -alone)
    yield from np.random.default_rng(0).choice((-1, 1), size=(DRAWS, len(places)))


def _errors(table: Table) -> dict[tuple[int, int], Decimal]:
    """The ± of cells: printed with them, or in a column of errors behind theirs."""
    found = {place: v.number.plus_minus for place, v in table.values.items() if v.number.plus_minus is not None}
    for line in table.columns:
        if line.kind == "error" and line.index and table.columns[line.index - 1].kind != "error":
            beside = ((row, table.values.get((row, line.index))) for row in range(len(table.rows)))
            found |= {(row, line.index - 1): error.number.value for row, error in beside if error is not None}
    return {place: error for place, error in found.items() if place in table.values}


def _moved(
    table: Table, errors: Mapping[tuple[int, int], Decimal], signs: Sequence[int]
) -> dict[tuple[int, int], Value]:
    moved = {}
    for (place, error), sign in zip(errors.items(), signs, strict=True):
        value = table.values[place]
        moved[place] = replace(value, number=replace(value.number, value=value.number.value + sign * error))
    return moved
