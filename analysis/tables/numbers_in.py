"""Numbers of a table's cells, read once per text by the convention of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from analysis.errors import InputError
from analysis.numbers import CellValue, Convention, Number, NumberError, convention_of, parse_cell
from analysis.tables.markup import cell_text
from analysis.tables.model import Value
from analysis.tables.shapes import is_number

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
