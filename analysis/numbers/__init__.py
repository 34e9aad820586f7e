"""The one reader of numbers, for sentences, table cells and result files.

A sentence is scanned for every number in all readings (`scan_numbers`), a text that should be one
number is parsed (`parse_number`), and a table's cell is understood to its last character or not at
all (`parse_cell`), by the convention of its column (`convention_of`).
"""

from __future__ import annotations

from analysis.numbers.cells import parse_cell
from analysis.numbers.conventions import convention_of
from analysis.numbers.number import CellValue, Convention, Number, NumberError, Relation
from analysis.numbers.scanning import parse_number, scan_numbers

__all__ = [
    "CellValue",
    "Convention",
    "Number",
    "NumberError",
    "Relation",
    "convention_of",
    "parse_cell",
    "parse_number",
    "scan_numbers",
]
