"""The typed table: a file or an inline grid of results, read once.

A file's texts are laid out as grids (one module per format), a grid is parted into blocks with
their headers, rows and columns get labels and kinds, and cells their numbers.
"""

from __future__ import annotations

from analysis.tables.files import read_tables, table_of_grid
from analysis.tables.model import Axis, Direction, Kind, Measure, Table, TableLine, Value

__all__ = ["Axis", "Direction", "Kind", "Measure", "Table", "TableLine", "Value", "read_tables", "table_of_grid"]
