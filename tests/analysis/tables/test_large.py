"""Large tables: columns converted as a whole say the same as cells read alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.numbers import Convention
from analysis.tables import Table, table_of_grid
from analysis.tables.cells import value_of
from analysis.tables.lines import representatives
from analysis.tables.markup import is_plain, is_tidy
from analysis.tables.plain_columns import plain_column
from analysis.tables.shapes import shape

CELLS = ("71.2", "-3", "0", "-0.0", "0.001", "100", "12.", ".5", "--", "-", "", "1.2.3", "5-3", "1e3", "1,5", "1 000",
         "1_000", "١٢", "12345678901234", "nan", "+4", "²", "7\n8", "71.2%", "-.5", "003", "0.0000000001")  # fmt: skip


def large(rows: int = 700, columns: int = 4) -> list[list[str]]:
    rng = random.Random(4)
    return [
        [f"System {i}", *(f"{rng.uniform(-9, 95):.{rng.choice((0, 1, 2))}f}" for _ in range(columns))]
        for i in range(rows)
    ]


def table(rows: Sequence[Sequence[str]], columns: int = 4) -> Table:
    return table_of_grid(["System", *(f"Task {j} accuracy" for j in range(columns))], rows)[0]


@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6))
def test_a_column_taken_as_a_whole_holds_the_numbers_of_its_cells_and_nothing_else(texts: list[str]) -> None:
    column = plain_column(texts)
    values = [value_of(text) if text else None for text in texts]
    if column is None:
        return
    assert [value is not None for value in values] == column.known.tolist()
    assert all(
        shape(text) in {"empty", "missing"} for text, known in zip(texts, column.known, strict=True) if not known
    )
    for i, value in enumerate(values):
        if value is not None:
            number = value.number
            assert column.numbers()[i] == float(number.value)
            assert column.half_widths()[i] == float(number.half_width)
            assert column.bounds(-1)[i] == float(number.value - number.half_width)
            assert column.bounds(1)[i] == float(number.value + number.half_width)


@pytest.mark.parametrize("texts", [["71.2", "-3", "0.001"], ["5", "", "7.25"], ["1.0", "-", "-0.5"]])
def test_plain_numbers_blanks_and_dashes_are_taken_as_a_whole(texts: list[str]) -> None:
    assert plain_column(texts) is not None


@pytest.mark.parametrize(
    "odd", ["12.", ".5", "-.5", "1.2.3", "5-3", "1e3", "1,5", "1_000", "١٢", "nan", "71.2%", "7\n8", "1234567890123"]
)
def test_one_odd_cell_makes_a_column_be_read_cell_by_cell(odd: str) -> None:
    assert plain_column(["71.2", odd, "3"]) is None


def test_a_column_without_a_number_is_not_one_of_numbers() -> None:
    assert plain_column(["", "-"]) is None
    assert plain_column([]) is None


@pytest.mark.parametrize("odd", ["see text", "**12.3**", "71.2 ± 0.3", "<0.01", "n/a", "1,234.5", ""])
def test_one_odd_cell_far_down_changes_no_other_cell(odd: str) -> None:
    rows = large()
    plain = table(rows)
    rows[650][2] = odd
    found = table(rows)
    assert {place: value for place, value in found.values.items() if place != (650, 1)} == {
        place: value for place, value in plain.values.items() if place != (650, 1)
    }
    assert list(found.texts) == ([(650, 1)] if odd == "see text" else [])
    both = np.delete(np.arange(700), 650)
    np.testing.assert_array_equal(found.low[both], plain.low[both])


def test_arrays_of_a_large_table_are_those_of_its_cells() -> None:
    found = table(large())
    for (row, column), value in list(found.values.items())[::37]:
        assert found.printed_in(column)[row] == float(value.number.value)
        assert found.half_widths_in(column)[row] == float(value.number.half_width)
        assert found.low[row, column] == float(value.number.value - value.number.half_width)
    assert len(found.values) == len(list(found.values)) == 700 * 4


def test_places_outside_the_table_hold_nothing() -> None:
    found = table(large(10))
    assert (10, 0) not in found.values
    assert (0, 4) not in found.values
    assert (-1, 0) not in found.values
    assert (0, -1) not in found.values


def test_marks_of_markup_are_kept_in_columns_taken_as_a_whole() -> None:
    rows = large()
    rows[600][3] = f"**{rows[600][3]}**"
    found = table(rows)
    assert found.values[600, 2].marks == {"bold"}
    assert found.values[599, 2].marks == frozenset()


def test_decimal_commas_in_one_column_are_not_read_as_points_in_another() -> None:
    rows = [[f"System {i}", "1.234", "1.234,5"] for i in range(50)]
    found = table_of_grid(["System", "Tokens", "Cost"], rows)[0]
    assert float(found.values[0, 1].number.value) == 1234.5
    assert float(found.values[0, 0].number.value) == found.printed_in(0)[0] == 1234


def test_contradicting_conventions_far_down_are_a_fault_when_the_table_is_read() -> None:
    rows = large()
    rows[600][2] = "12,5"
    with pytest.raises(InputError, match="different conventions"):
        table(rows)


def test_labels_that_differ_in_an_unknown_number_stand_for_each_other() -> None:
    labels = [f"System {i}" for i in range(10_000, 10_300)] + [
        "GPT-2",
        "GPT-3",
        "System 5 of 7",
        "System 5 of 8",
        "Average",
    ]
    found = representatives(labels)
    assert {found[text] for text in labels[:300]} == {"System 10000"}
    assert all(found[text] == text for text in labels[300:])


def test_a_known_name_among_many_numbered_rows_keeps_its_kind() -> None:
    rows = large()
    rows[640][0], rows[650][0], rows[660][0], rows[670][0] = "Average", "+ attention", "Ours (full)", "Human"
    found = table(rows)
    kinds = {found.rows[i].kind for i in range(700) if i not in {640, 650, 660, 670}}
    assert kinds == {"system"}
    assert [found.rows[i].kind for i in (640, 650, 670)] == ["aggregate", "addition", "human"]
    assert found.rows[650].base == 649
    assert "ours" in found.rows[660].marks


@given(st.lists(st.text(alphabet="ab1 .|\t\u00a0*<é", max_size=5), min_size=1, max_size=4))
def test_tidy_rows_are_those_that_cleaning_leaves_as_they_are(row: list[str]) -> None:
    if is_tidy([row]):
        assert is_plain(row)
        assert [" ".join(text.split()) for text in row] == row


def test_the_convention_of_a_column_does_not_depend_on_its_digits() -> None:
    rows = [[f"System {i}", f"{i + 1},{(i * 37) % 900 + 100}"] for i in range(300)]
    found = table_of_grid(["System", "Tokens"], rows)[0]
    assert float(found.values[7, 0].number.value) == 8_359
    assert value_of("8,359", Convention(".", ",")) == found.values[7, 0]
