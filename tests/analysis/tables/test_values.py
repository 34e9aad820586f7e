"""What the cells of a table are read as."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.numbers import parse_cell
from analysis.tables import Table, table_of_grid
from analysis.tables.cells import value_of


def column(*cells: str, header: str = "F1") -> Table:
    (found,) = table_of_grid(["Model", header], [[f"m{'abcdefgh'[i]}", cell] for i, cell in enumerate(cells)])
    return found


def number(cell: str) -> float | None:
    found = column(cell, "70.0").values.get((0, 0))
    return None if found is None else float(found.number.value)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False).map(str))
def test_plain_numbers_are_read_as_the_reader_of_numbers_reads_them(text: str) -> None:
    value = value_of(text)
    assert value is not None
    assert value.number == parse_cell(text).numbers[0]


@pytest.mark.parametrize(
    "marked",
    [
        "76.6", "**76.6**", "__76.6__", "*76.6*", "[BOLD] 76.6", "<b>76.6</b>", "<bold>76.6</bold>", "<u>76.6</u>", "`76.6`",
        r"\textbf{76.6}", r"\textcolor[rgb]{.5,.5,.5}{76.6}", r"\scalebox{0.9}{76.6}", r"\underline{\textbf{76.6}}",
        r"76.6$^1$", r"76.6$^{*}$", "76.6<sup>1</sup>", "76.6¹", "~~75.0~~ 76.6", "<del>75.0</del> 76.6", "<s>75</s>76.6",
        "76.6 ", "\u200b76.6", "76.6*†",
    ],
)  # fmt: skip
def test_marks_leave_no_trace_in_the_number(marked: str) -> None:
    assert number(marked) == 76.6


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("**76.6**", "bold"),
        (r"\textbf{76.6}", "bold"),
        ("<u>76.6</u>", "underline"),
        ("76.6†", "†"),
        ("[BOLD] 76.6", "bold"),
    ],
)
def test_what_sets_a_number_apart_is_kept_as_a_mark(cell: str, mark: str) -> None:
    assert mark in column(cell, "70.0").values[0, 0].marks


@pytest.mark.parametrize("cell", ["BERT-large 2", "see Section 4", "12 of 13 cats", "82.1<sub>2</sub>", "1/2/3"])
def test_a_cell_is_never_read_in_part(cell: str) -> None:
    found = column(cell, "70.0", "71.0", "72.0")
    assert (0, 0) not in found.values
    assert (0, 0) in found.texts


def test_two_numbers_in_a_cell_are_kept_in_their_order() -> None:
    found = column("64.5 / 49.4", "0.61 (30%)", "—").values
    assert [(float(v.number.value), v.second and float(v.second.value)) for v in found.values()] == [
        (64.5, 49.4),
        (0.61, 30),
    ]


@pytest.mark.parametrize("cell", ["9" * 40, "1e400", "-1e400", "0." + "1" * 35, "9" * 5000, "1.0\ud800"])
def test_numbers_beyond_all_measure_stay_texts(cell: str) -> None:
    found = column(cell, "70.0")
    assert (0, 0) not in found.values
    assert math.isnan(found.low[0, 0])


def test_decimal_commas_of_one_column_hold_for_the_table() -> None:
    (found,) = table_of_grid(["Model", "A", "B"], [["x", "60,5", "41,125"], ["y", "58,4", "42,000"]])
    assert [float(value.number.value) for value in found.values.values()] == [60.5, 58.4, 41.125, 42.0]


def test_a_column_of_two_conventions_is_refused_with_its_name_and_both_cells() -> None:
    with pytest.raises(InputError, match=r"'Examples'.*'38\.015'.*'392,702'"):
        column("392,702", "38.015", header="Examples")


def test_commas_in_columns_of_words_are_no_fault() -> None:
    found = column("1.5 apples, pears", "2,5 plums", "3.5 and more")
    assert len(found.texts) == 3


def test_bounds_are_those_of_the_printed_rounding() -> None:
    found = column("79.2", "70", "<0.001", "n/a")
    assert found.low[:2, 0].tolist() == pytest.approx([79.15, 69.5])
    assert found.high[:2, 0].tolist() == pytest.approx([79.25, 70.5])
    assert (found.low[2, 0], found.high[2, 0]) == (-math.inf, 0.001)
    assert math.isnan(found.high[3, 0])
    assert (3, 0) not in found.texts


def test_a_range_in_square_brackets_says_nothing_of_how_decimals_are_written() -> None:
    (found,) = table_of_grid(["Set", "n", "Inputs"], [["a", "1.234", "[0,1]"], ["b", "2.345", "[0,1]"]])
    assert float(found.values[0, 0].number.value) == 1.234
