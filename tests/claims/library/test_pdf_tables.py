"""Tables out of PDFs: every cell right, or the table in doubt."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest
from example_papers import writer
from shared_files import shared

from claims.library.model import PaperTable
from claims.library.reading import read_paper

MAKER = writer()
BODY = [("One warm-up task",), *MAKER.GAINS, ("Test scores",), *MAKER.SCORES]


def bare(text: str) -> str:
    return text.replace("**", "").replace("<u>", "").replace("</u>", "")


def tables_of(path: Path, *figures: object) -> tuple[PaperTable, ...]:
    MAKER.save(path, figures)
    return read_paper(path)[0].tables


def assert_whole(table: PaperTable) -> None:
    """Every cell as it was printed, bold ones marked, headers over their columns."""
    assert table.doubts == ()
    grid = table.grid
    assert grid.depth == 2
    assert grid.rows[0] == ("", *["Harbours"] * 4, "")
    assert grid.rows[1] == MAKER.HEADER[1]
    printed = [tuple(bare(cell) for cell in row if cell) for row in grid.rows[2:]]
    assert printed == [tuple(cell.removeprefix("*") for cell in row) for row in BODY]
    assert [cell for row in grid.rows for cell in row if cell.startswith("**")] == [
        f"**{cell[1:]}**" for row in MAKER.SCORES for cell in row if cell.startswith("*")
    ]


@pytest.mark.parametrize(("family", "size", "pitch"), list(product(("serif", "sans-serif"), (6, 8, 10), (34, 48))))
def test_a_table_between_rules_is_read_cell_by_cell(tmp_path: Path, family: str, size: int, pitch: int) -> None:
    sheet = MAKER.Sheet(family)
    end = MAKER.table(sheet, 60, 700, size=size, pitch=pitch)
    sheet.put(60, end - 16, "Table 3: Gains and scores.", 10)
    (table,) = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert (table.label, table.caption, table.page) == ("Table 3", "Table 3: Gains and scores.", 1)
    assert_whole(table)


def test_a_table_below_its_caption_is_read(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    sheet.put(60, 716, "Table 3: Gains and scores.", 10)
    MAKER.table(sheet, 60, 700)
    (table,) = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert_whole(table)


def test_two_tables_with_rules_of_one_width_are_two_tables(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    first = MAKER.table(sheet, 60, 720)
    sheet.put(60, first - 14, "Table 1: Gains and scores.", 10)
    second = MAKER.table(sheet, 60, first - 40)
    sheet.put(60, second - 14, "Table 2: The same again.", 10)
    found = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert [table.label for table in found] == ["Table 1", "Table 2"]
    for table in found:
        assert_whole(table)


def test_a_table_without_rules_is_whole_or_in_doubt(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    sheet.put(60, 716, "Table 3: Gains and scores.", 10)
    MAKER.table(sheet, 60, 700, rules=False)
    for table in tables_of(tmp_path / "p.pdf", sheet.figure):
        if not table.doubts:
            assert_whole(table)


def test_columns_that_run_into_each_other_are_in_doubt(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    end = MAKER.table(sheet, 60, 700, size=9, pitch=21)
    sheet.put(60, end - 16, "Table 3: Gains and scores.", 10)
    (table,) = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert table.doubts


def test_a_footnote_mark_behind_a_number_is_no_digit_of_it(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    for y in (700, 680, 640):
        sheet.rule(60, 260, y)
    rows = (("Model", "Quay", "Reef"), ("Alpha", "71.2^1", "64.0"), ("Beta", "70.1", "63.2^†"))
    for row, y in zip(rows, (686, 666, 648), strict=True):
        for x, cell in zip((64, 150, 220), row, strict=True):
            sheet.put(x, y, cell, 10)
    sheet.put(60, 620, "Table 1: Scores.", 10)
    (table,) = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert table.doubts == ()
    assert table.grid.rows[1:] == (("Alpha", "71.2", "64.0"), ("Beta", "70.1", "63.2†"))


def test_a_turned_heading_stands_over_the_rows_beside_it(tmp_path: Path) -> None:
    sheet = MAKER.Sheet()
    for y in (700, 680, 630, 580):
        sheet.rule(60, 260, y)
    for x, name in zip((84, 150, 220), ("Model", "Quay", "Reef"), strict=True):
        sheet.put(x, 686, name, 10)
    for n, y in enumerate((666, 652, 638, 616, 602, 588)):
        for x, cell in zip((84, 150, 220), (f"Run {'ABC'[n % 3]}", f"7{n}.2", f"6{n}.0"), strict=True):
            sheet.put(x, y, cell, 10)
    sheet.put(72, 640, "Small", 9, turned=True)
    sheet.put(72, 590, "Large", 9, turned=True)
    sheet.put(60, 560, "Table 1: Scores.", 10)
    (table,) = tables_of(tmp_path / "p.pdf", sheet.figure)
    assert table.doubts == ()
    assert [row[0] for row in table.grid.rows[1:]] == [
        "Small",
        "Run A",
        "Run B",
        "Run C",
        "Large",
        "Run A",
        "Run B",
        "Run C",
    ]


def test_the_main_table_of_the_study_is_read_entry_by_entry() -> None:
    tables = read_paper(shared("papers", "phang2020_v1.pdf"))[0].tables
    table = next(table for table in tables if table.label == "Table 2")
    assert table.doubts == ()
    rows = [row for row in table.grid.rows[table.grid.depth or 0 :] if any(row[1:]) and not row[0].startswith("#")]
    read = [part.strip().replace("–", "-") for row in rows for cell in row[1:] for part in bare(cell).split("/")]
    with shared("facts", "phang2020_v1_table2_as_printed.csv").open(encoding="utf-8") as file:
        printed = [row["printed"] for row in csv.DictReader(file)]
    assert len(printed) == 273
    assert [number.lstrip("+") for number in read] == [number.lstrip("+") for number in printed]
