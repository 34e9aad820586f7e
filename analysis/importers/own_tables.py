"""Files that are results tables already, known by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from analysis.results.table import COLUMNS, REQUIRED

TABLE = "table"
"""The format of results tables and of any other table."""

OWN = frozenset({*REQUIRED, "provenance"})
"""Columns by which a table is known as a results table of this project, whose scores are points."""

EMPHASIS = re.compile(r"^(\*\*|__|\*|_)(.+)\1$")
"""Bold and italics of Markdown around a whole cell."""

LIKE = 80
"""Likeness (0 to 100) from which a column's name is a slip of one of ours."""


NEARLY = 3
"""Columns of `REQUIRED` from which a file is meant as a results table, what it lacks being a slip."""


def is_results_table(path: Path) -> bool:
    """True if a file has the columns of a results table, a slip in one of them included."""
    names = columns_of(path)
    if not set(REQUIRED) <= set(names):
        return path.suffix == ".parquet" and len(set(REQUIRED) & set(names)) >= NEARLY
    from rapidfuzz import process

    strange = [name for name in names if name not in COLUMNS]
    return all(process.extractOne(name, COLUMNS, score_cutoff=LIKE) for name in strange)


def prints_spreads(path: Path) -> bool:
    """True if a text file writes ± into its cells, which `import` reads and a results table has columns for."""
    return path.suffix != ".parquet" and "±" in path.read_text(encoding="utf-8-sig", errors="replace")


def columns_of(path: Path) -> Iterable[str]:
    """Names of a file's columns, none where it has none that can be read."""
    try:
        if path.suffix == ".parquet":
            from pyarrow.parquet import read_schema

            schema = read_schema(path)
            index = (schema.pandas_metadata or {}).get("index_columns", [])
            return tuple(name for name in schema.names if name not in index)
        if path.suffix not in {".csv", ".tsv"}:
            return ()
        with path.open(encoding="utf-8-sig") as file:
            first = next((line for line in file if not line.startswith("#")), "")
    except (OSError, ValueError):
        return ()
    separator = "\t" if path.suffix == ".tsv" else ","
    return tuple(name.strip().strip('"') for name in first.split(separator))
