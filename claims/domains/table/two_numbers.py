"""Cells of two numbers that nothing explains, "269.0 (336.4)": a table with the first of each, and one with the second.

What comes out alike on both is decided, whichever of the two a sentence means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.tables import Table, Value
from analysis.tables.model import WholeColumns
from analysis.tables.plain_columns import PlainColumn

Place = tuple[int, int]


def by_each_number(table: Table) -> tuple[Table, Table] | None:
    """The table by the first and by the second number of its cells; None where no cell has two."""
    if not any(value.second is not None for value in _with_two(table)):
        return None
    return replace(table, values=_Of(table.values, 0)), replace(table, values=_Of(table.values, 1))


def _with_two(table: Table) -> Iterator[Value]:
    """The cells of columns that are not plain numbers."""
    for column in range(len(table.columns)):
        if isinstance(table.values, WholeColumns):
            found = table.values.column(column)
            if not isinstance(found, PlainColumn):
                yield from found.values()


class _Of(Mapping[Place, Value]):
    """(row, column) → one of the numbers of a cell; a cell of a single number holds it either way."""

    __slots__ = ("number", "values_")

    def __init__(self, values: Mapping[Place, Value], number: int) -> None:
        self.values_, self.number = values, number

    def __getitem__(self, place: Place) -> Value:
        return self._part(self.values_[place])

    def __iter__(self) -> Iterator[Place]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)

    def column(self, column: int) -> PlainColumn | Mapping[int, Value]:
        """A column of plain numbers, or else row → number."""
        assert isinstance(self.values_, WholeColumns)
        found = self.values_.column(column)
        return found if isinstance(found, PlainColumn) else {row: self._part(value) for row, value in found.items()}

    def _part(self, value: Value) -> Value:
        if value.second is None:
            return value
        return Value(value.second if self.number else value.number, None, value.marks)
