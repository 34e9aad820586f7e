"""The cells of a table, read when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

import numpy as np

from analysis.errors import InputError
from analysis.numbers import CellValue, Convention, Number, NumberError, convention_of, parse_cell
from analysis.tables.lexicon import BRACKETS, lexicon
from analysis.tables.markup import cell_text
from analysis.tables.model import Value
from analysis.tables.plain_columns import PlainColumn
from analysis.tables.shapes import is_number, shape

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


BRACKETED = re.compile(r"[^/]*[^/(\[]\s*[(\[][^/()\[\]]*[)\]]\W*")
BRACKET = re.compile(r"[(\[]|parenthes[ei]s|\bbrackets?\b", re.IGNORECASE)
SMALL = Decimal("0.2")
"""Share of the number before it below which an unexplained number in brackets is an error of it."""


def in_brackets(text: str) -> bool:
    """True if a cell ends in brackets, and its numbers are not parted by a slash."""
    return BRACKETED.fullmatch(text) is not None


def are_remarks(values: Sequence[Value], headers: Iterable[str], caption: str) -> bool:
    """True if the numbers in brackets of a column say how much changed or how sure the ones before them are.

    That is so where all are signed, where all are intervals around them, where a header or the caption says that
    brackets hold an error, and where nothing speaks of brackets and all are small beside the numbers before them.

    Args:
        values: of the column's cells with brackets.
        headers: over the column.
        caption: of the table.
    """
    pairs = [(value.number, value.second) for value in values if value.second is not None]
    if not pairs:
        return False
    if all(second.signed and second.upper is None for _, second in pairs):
        return True
    if all(second.upper is not None and second.low <= first.value <= second.high for first, second in pairs):
        return True
    spoken = [text for text in (*map(_without_unit, headers), caption) if BRACKET.search(text)]
    if any(_speaks_of_error(text) for text in spoken):
        return True
    if any(second.signed or second.upper is not None for _, second in pairs) or spoken:
        return False
    return all(second.value <= SMALL * abs(first.value) for first, second in pairs)


def _without_unit(header: str) -> str:
    """A header without brackets that only hold the unit of its cells."""
    units = lexicon().units
    return BRACKETS.sub(lambda found: "" if found[1].strip().casefold() in units else found[0], header)


def _speaks_of_error(text: str) -> bool:
    folded = text.casefold()
    words = (re.escape(word) for word in lexicon().kinds["error"] if word[0].isalpha())
    return re.search(rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)", folded) is not None


PLAIN = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")
"""Numbers that any convention with a decimal point reads alike; most cells of a large file."""
DOUBTFUL = re.compile(r"[,('’ \u00a0\u202f\u2009]|\..*\.")
RANGE = re.compile(r"[\[{].*[\]}]")
"""A range or a list in a cell, "[0,1]": its commas part numbers, and say nothing of how others are written."""
LONGEST = 30
"""Digits of a number at most; longer ones are identifiers."""
LARGEST = Decimal("1e60")
POINT = Convention()
ALIKE = str.maketrans("23456789", "11111111")
"""Digits that tell a convention alike; only a leading 0 differs."""
ROUNDING = tuple(Decimal(5).scaleb(-places - 1) for places in range(13))


def value_of(text: str, convention: Convention = POINT) -> Value | None:
    """The number, or the two numbers, that a plain cell consists of; None for anything else."""
    if convention.decimal == "." and PLAIN.fullmatch(text):
        return Value(_plain(text))
    return _understood(text, convention)


@lru_cache(maxsize=65_536)
def _understood(text: str, convention: Convention) -> Value | None:
    cell = _parsed(cell_text(text), convention)
    if cell is None or not 1 <= len(cell.numbers) <= 2 or not all(map(_is_sound, cell.numbers)):
        return None
    return Value(cell.numbers[0], cell.numbers[1] if len(cell.numbers) > 1 else None, cell.marks)


def _plain(text: str) -> Number:
    places = len(text) - text.find(".") - 1 if "." in text else 0
    return Number(Decimal(text), ROUNDING[places], signed=text[0] == "-", text=text)


def _parsed(text: str, convention: Convention) -> CellValue | None:
    try:
        return parse_cell(text, convention)
    except (NumberError, ArithmeticError, ValueError):
        return None


def _is_sound(number: Number) -> bool:
    return sum(sign.isdigit() for sign in number.text) <= LONGEST and abs(number.value) <= LARGEST


def conventions(
    cells: Sequence[Sequence[str]], headers: Sequence[str], where: str, plain: Sequence[bool] = ()
) -> list[Convention]:
    """Recognizes how each column writes its numbers.

    The whole table's convention, where its cells agree; else each column's own.

    Args:
        cells: by column, the cells of its lines.
        headers: of the columns, for messages.
        where: the file, for messages.
        plain: whether each column is known to hold plain numbers only.

    Raises:
        InputError: the cells of a column contradict each other.
    """
    open_ones = (column for column, known in zip_longest(cells, plain) if not known)
    if not any(DOUBTFUL.search("\n".join(column)) for column in open_ones):
        return [POINT] * len(cells)
    columns = [
        [cell for cell in _patterns(column) if is_number(cell) and not RANGE.fullmatch(cell)] for column in cells
    ]
    accounting = [any(cell.startswith("(") for cell in column) for column in columns]
    common = _agreed([cell for column in columns for cell in column])
    found: list[Convention] = []
    faults: list[str] = []
    for j, column in enumerate(columns):
        if common is not None and not accounting[j]:
            found.append(common)
            continue
        try:
            found.append(convention_of(cells[j] if accounting[j] and common is not None else column))
        except NumberError as error:
            faults.append(f"column {headers[j] or j + 1!r}: {error.faults[0]}")
            found.append(POINT)
    if faults:
        raise InputError(where, faults)
    return found


def _patterns(column: Sequence[str]) -> Iterable[str]:
    """The first cell of every pattern of digits and signs, which is what conventions are told by.

    Where numbers may stand in brackets for minus their order tells too, and all cells count.
    """
    distinct = dict.fromkeys(column)
    if any(cell.startswith("(") for cell in distinct):
        return distinct
    first: dict[str, str] = {}
    for cell in distinct:
        first.setdefault(cell.translate(ALIKE), cell)
    return first.values()


def _agreed(cells: Sequence[str]) -> Convention | None:
    try:
        return convention_of(cells)
    except NumberError:
        return None
