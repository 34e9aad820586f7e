"""The cells of a table, read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.numbers import Convention
from analysis.tables.model import Floats, Value
from analysis.tables.numbers_in import value_of
from analysis.tables.plain_columns import PlainColumn
from analysis.tables.shapes import shape

Place = tuple[int, int]


@dataclass(slots=True)
class Columns:
    """The columns of a table as texts, with what each was read as so far.

    Attributes:
        texts: cells by column. conventions: how each column writes its numbers.
        plain: the columns of plain numbers; None for those that must be read cell by cell.
        marks: (row, column) → what the markup of a cell sets it apart by.
    """

    texts: Sequence[Sequence[str]]
    conventions: Sequence[Convention]
    plain: Sequence[PlainColumn | None]
    marks: Mapping[Place, frozenset[str]]
    read: dict[int, tuple[dict[int, Value], dict[int, str]]] = field(default_factory=dict)

    def column(self, c: int) -> tuple[dict[int, Value], dict[int, str]]:
        """Row → number and row → words of one column; it is read once."""
        if c not in self.read:
            values: dict[int, Value] = {}
            words: dict[int, str] = {}
            for r, text in enumerate(self.texts[c]):
                if not text:
                    continue
                value = value_of(text, self.conventions[c])
                if value is not None:
                    values[r] = self.marked(value, r, c)
                elif shape(text) != "missing":
                    words[r] = text
            self.read[c] = values, words
        return self.read[c]

    def marked(self, value: Value, r: int, c: int) -> Value:
        """A value with the marks of its cell's markup."""
        found = self.marks.get((r, c))
        return replace(value, marks=value.marks | found) if found else value


class Values(Mapping[Place, Value]):
    """(row, column) → number, column by column."""

    __slots__ = ("columns",)

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __getitem__(self, place: Place) -> Value:
        r, c = place
        columns = self.columns
        if not 0 <= c < len(columns.texts):
            raise KeyError(place)
        plain = columns.plain[c]
        if plain is None or c in columns.read:
            return columns.column(c)[0][r]
        if not 0 <= r < len(plain.texts) or plain.places[r] < 0:
            raise KeyError(place)
        value = value_of(plain.texts[r])
        if value is None:
            raise KeyError(place)
        return columns.marked(value, int(r), c)

    def __iter__(self) -> Iterator[Place]:
        for c, plain in enumerate(self.columns.plain):
            rows = self.columns.column(c)[0] if plain is None else np.flatnonzero(plain.known).tolist()
            yield from ((r, c) for r in rows)

    def __len__(self) -> int:
        return sum(
            len(self.columns.column(c)[0]) if plain is None else int(plain.known.sum())
            for c, plain in enumerate(self.columns.plain)
        )

    def __bool__(self) -> bool:
        return any(plain is not None for plain in self.columns.plain) or len(self) > 0

    def fill(self, made: Floats, of_column: Callable[[PlainColumn], Floats], of_cell: Callable[[Value], float]) -> None:
        """Writes what cells come to into an array.

        Args:
            made: rows x columns.
            of_column: what the cells of a plain column come to, NaN where there is no number.
            of_cell: what any other cell comes to.
        """
        for c, plain in enumerate(self.columns.plain):
            if plain is not None:
                made[:, c] = of_column(plain)
                continue
            for r, value in self.columns.column(c)[0].items():
                made[r, c] = of_cell(value)


class Texts(Mapping[Place, str]):
    """(row, column) → words, for cells that are no numbers."""

    __slots__ = ("columns",)

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def _of(self, c: int) -> Mapping[int, str]:
        return self.columns.column(c)[1] if self.columns.plain[c] is None else {}

    def __getitem__(self, place: Place) -> str:
        r, c = place
        if not 0 <= c < len(self.columns.texts):
            raise KeyError(place)
        return self._of(c)[r]

    def __iter__(self) -> Iterator[Place]:
        return ((r, c) for c in range(len(self.columns.plain)) for r in self._of(c))

    def __len__(self) -> int:
        return sum(len(self._of(c)) for c in range(len(self.columns.plain)))
