"""Results tables into files, by the file's ending."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.exporters.every_eval_ever import records
from analysis.exporters.grid import grid_of
from analysis.exporters.printing import latex, markdown
from analysis.files.atomic import write_text
from analysis.registry.vocabulary import Vocabulary
from analysis.results.table import write_results

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = {
    ".parquet": "results table", ".csv": "results table", ".jsonl": "Every Eval Ever records, one a line",
    ".tex": "LaTeX with booktabs", ".md": "Markdown",
}  # fmt: skip
"""Ending of a file's name → what is written."""


def write_table(table: pd.DataFrame, path: Path, *, registry: Vocabulary, made_by: str) -> None:
    """Writes a validated results table as its file's ending says, whole or not at all.

    Args:
        table: see `analysis.results.table`.
        path: ends in one of `ENDINGS`.
        registry: the vocabulary, for metrics.
        made_by: name and version of this program.

    Raises:
        UsageError: the ending is another.
    """
    if path.suffix in {".parquet", ".csv"}:
        write_results(table, path)
    elif path.suffix == ".jsonl":
        at = f"{time.time():.0f}"
        write_text(
            path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records(table, at, made_by, registry))
        )
    elif path.suffix in {".tex", ".md"}:
        write_text(path, (latex if path.suffix == ".tex" else markdown)(grid_of(table, registry)))
    else:
        raise UsageError(f"cannot write results as {path.name!r}: end the name in {', '.join(ENDINGS)}")
