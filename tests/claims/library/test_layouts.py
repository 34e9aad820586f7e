"""Twenty made-up papers in ten layouts: every cell of a table right, or the table refused.

`python benchmarks/sources/layouts.py 2 5000 tests/claims/fixtures/layouts` wrote them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from claims.library.model import PaperTable
from claims.library.reading import read_paper

FOLDER = Path(__file__).parents[1] / "fixtures" / "layouts"
PAPERS: dict[str, Any] = json.loads((FOLDER / "papers.json").read_text(encoding="utf-8"))
MARKS = re.compile(r"\*\*|</?u>|†|\s")
ROMAN = ("I", "II", "III")
LEAST_WHOLE = {"latex_two_columns": 6, "latex_capitals": 6, "jats_printed": 6, "word_framed": 6, "chromium_framed": 3}
"""Tables of the two papers in a layout, of six, that are whole at least."""


def bare(text: str) -> str:
    return MARKS.sub("", text).replace("−", "-").replace("—", "–")


def numbered(tables: tuple[PaperTable, ...], number: int) -> list[PaperTable]:
    return [t for t in tables if t.label.split()[-1:] in ([str(number)], [ROMAN[number - 1]])]


def whole(name: str) -> int:
    """How many tables of a paper count; each of their cells must be right."""
    read = read_paper(FOLDER / name)[0].tables
    assert all(table.doubts for table in read if not table.label)
    count = 0
    for number, made in enumerate(PAPERS[name]["tables"], 1):
        for table in numbered(read, number):
            if not table.doubts:
                rows = [[bare(cell) for cell in row] for row in table.grid.rows]
                assert rows == [[bare(cell) for cell in row] for row in made["rows"]]
                assert table.grid.depth == made["header_rows"]
                count += 1
    return count


@pytest.mark.parametrize("layout", sorted({name.rsplit("_", 1)[0] for name in PAPERS}))
def test_every_cell_of_a_printed_table_is_right_or_its_table_is_refused(layout: str) -> None:
    assert sum(whole(f"{layout}_{n}.pdf") for n in (1, 2)) >= LEAST_WHOLE.get(layout, 0)
