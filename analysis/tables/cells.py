"""The cells of a table, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.numbers import Convention
from analysis.tables.model import Value
from analysis.tables.numbers_in import value_of
from analysis.tables.plain_columns import PlainColumn
from analysis.tables.remarks import are_remarks, in_brackets
from analysis.tables.shapes import shape

Place = tuple[int, int]


@dataclass(slots=True)
class TextColumns:
    """The columns of a table as texts, with what each was read as so far.

    Attributes:
        texts: cells by column. conventions: how each column writes its numbers.
        plain: the columns of plain numbers; None for those that must be read cell by cell.
        marks: (row, column) → what the markup of a cell sets it apart by.
        headers: of each column, outer to inner. caption: of the table.
    """

    texts: Sequence[Sequence[str]]
    conventions: Sequence[Convention]
    plain: Sequence[PlainColumn | None]
    marks: Mapping[Place, frozenset[str]]
    headers: Sequence[Sequence[str]] = ()
    caption: str = ""
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
            self._drop_remarks(c, values)
            self.read[c] = values, words
        return self.read[c]

    def _drop_remarks(self, c: int, values: dict[int, Value]) -> None:
        """Leaves the first number of cells whose brackets only remark on it."""
        pairs = {r: v for r, v in values.items() if v.second is not None and in_brackets(self.texts[c][r])}
        named = all("=" in self.texts[c][r] for r in pairs)
        headers = self.headers[c] if self.headers else ()
        if pairs and (named or are_remarks(list(pairs.values()), headers, self.caption)):
            values |= {r: replace(value, second=None) for r, value in pairs.items()}

    def marked(self, value: Value, r: int, c: int) -> Value:
        """A value with the marks of its cell's markup."""
        found = self.marks.get((r, c))
        return replace(value, marks=value.marks | found) if found else value


class Values(Mapping[Place, Value]):
    """(row, column) → number, column by column."""

    __slots__ = ("columns",)

    def __init__(self, columns: TextColumns) -> None:
        self.columns = columns

    def __getitem__(self, place: Place) -> Value:
        r, c = place
        columns = self.columns
        if not 0 <= c < len(columns.texts):
            raise KeyError(place)
        if c in columns.read:
            return columns.read[c][0][r]
        text = columns.texts[c][r] if 0 <= r < len(columns.texts[c]) else ""
        if in_brackets(text):
            return columns.column(c)[0][r]
        value = value_of(text, columns.conventions[c]) if text else None
        if value is None:
            raise KeyError(place)
        return columns.marked(value, r, c)

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
        columns = self.columns
        return any(plain is not None for plain in columns.plain) or any(
            columns.column(c)[0] for c in range(len(columns.texts))
        )

    def column(self, column: int) -> PlainColumn | Mapping[int, Value]:
        """A column of plain numbers, or else row → number."""
        return self.columns.plain[column] or self.columns.column(column)[0]


class CellTexts(Mapping[Place, str]):
    """(row, column) → words, for cells that are no numbers."""

    __slots__ = ("columns",)

    def __init__(self, columns: TextColumns) -> None:
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
