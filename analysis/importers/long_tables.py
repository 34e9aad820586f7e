"""Tables with one score per row: what the columns mean that no column of the results table is named like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.importers.labels import ROLES, best_role
from analysis.importers.record import Given
from analysis.registry.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Long:
    """A table with a column of scores.

    Attributes:
        head: headings. body: rows of cells.
        fields: place of a column → the column of the results table it is.
        labels, numeric: places of the other columns, of words and of numbers.
    """

    head: Sequence[str]
    body: Sequence[Sequence[str]]
    fields: dict[int, str]
    labels: Sequence[int]
    numeric: Sequence[int]


def others_of(table: Long, given: Given, registry: Vocabulary, notes: list[str]) -> list[int]:
    """Columns of words without which rows would be alike: together they are the method.

    A column whose cells are known in a role that is still open is added to `table.fields`.

    Raises:
        ValueError: a column may be the models, and nothing says so.
    """
    rest = []
    for j in table.labels:
        role = best_role([row[j] for row in table.body], registry)
        if role is not None and role not in table.fields.values():
            table.fields[j] = role
        else:
            rest.append(j)
    if rest and given.rows is not None and given.rows not in table.fields.values():
        table.fields[rest.pop(0)] = given.rows
    if rest and "model" not in table.fields.values() and given.model is None:
        raise ValueError(
            f"cannot tell what column {table.head[rest[0]]!r} is; "
            f"say it with --assume rows=… ({', '.join(ROLES)}), or give --assume model=…"
        )
    telling = _telling(table, rest) if "method" not in table.fields.values() else []
    left = [repr(table.head[j]) for j in (*rest, *table.numeric) if j not in telling and table.head[j]]
    if telling:
        notes.append(
            f"the method is what {' and '.join(repr(table.head[j]) for j in telling)} say, which tell rows apart"
        )
    if left:
        notes.append(f"columns left out: {', '.join(left)}")
    return telling


def _telling(table: Long, others: Sequence[int]) -> list[int]:
    """The fewest of the other columns that make rows differ as much as all of them do."""
    places = [j for j, name in table.fields.items() if name != "score"]

    def different(columns: Sequence[int]) -> int:
        return len({tuple(row[j] for j in (*places, *columns)) for row in table.body})

    if different([]) == len(table.body):
        return []
    kept = list(others)
    for j in others:
        fewer = [other for other in kept if other != j]
        if different(fewer) == different(kept):
            kept = fewer
    return kept
