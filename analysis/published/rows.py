"""The published scores that decide claims as plain rows: most runs need no more of them, and no pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analysis.published.scores import judging_tables, shipped_table


@cache
def published_rows() -> tuple[Mapping[str, str], ...]:
    """The rows of `analysis.published.scores.published_scores` by column, as they are written; "" where empty."""
    folder = files("analysis") / "data" / "published"
    return tuple(
        row
        for name in judging_tables()
        for row in csv.DictReader(io.StringIO((folder / shipped_table(name).scores).read_text(encoding="utf-8")))
    )
