"""A user's results as the table prints them: asked where its scores, taken as evidence, leave a claim undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.tables.model import Measure, Table
from analysis.tables.runs import numbers_runs
from claims.checking.consulting import leaves_open
from claims.verdict import Verdict, in_order

if TYPE_CHECKING:
    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary
    from claims.checking.over_tables import TableJudge

LARGEST = 2_000_000
"""Bytes of a file that is read as a table besides."""


def printed_tables(path: Path, results: pd.DataFrame, words: Vocabulary) -> tuple[Table, ...]:
    """The tables of a results file that is laid out as people print them; none of a file of a tool or of our layout.

    Columns whose header names no measure are better as the metrics of the results are. A table of single runs or with
    a ± is left out: how far seeds lie apart is for the results to say.

    Args:
        path: the file.
        results: what was imported of it.
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
    if is_results_table(path) or recognise(read_document(path)).name != tables.NAME:
        return ()
    measure = _measure(list(dict.fromkeys(results["metric"])), words)
    return tuple(
        table if table.measure is not None else replace(table, measure=measure)
        for table in read_tables(path)
        if not _states_errors(table)
        and not any(numbers_runs(header) for header in (*table.row_levels, *(line.own for line in table.columns)))
    )


def _measure(metrics: Sequence[str], words: Vocabulary) -> Measure | None:
    known = words["metric"]
    ways = {known[m].facts.get("higher_is_better") if m in known else None for m in metrics}
    if len(ways) != 1 or None in ways:
        return None
    return Measure(metrics[0] if len(metrics) == 1 else "score", "", "higher" if ways.pop() else "lower")


def with_printed(own: Verdict, claim: str, judge: TableJudge | None) -> Verdict:
    """The verdict on a claim after the printed table was asked, where the evidence does not speak.

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
    return replace(over.verdict, flags=in_order({*over.verdict.flags, *own.flags}))


def _states_errors(table: Table) -> bool:
    """Whether cells have a ±, in themselves or in a column behind theirs."""
    cells = any(value.number.plus_minus is not None for value in table.values.values())
    return cells or any(line.kind == "error" for line in (*table.rows, *table.columns))
