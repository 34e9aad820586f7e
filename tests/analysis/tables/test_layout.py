"""Where headers, labels and blocks of a table are, and what its lines are called."""

from __future__ import annotations

import pytest

from analysis.errors import InputError
from analysis.tables import Table, table_of_grid


def table(text: str, caption: str = "") -> Table:
    (found,) = tables(text, caption)
    return found


def tables(text: str, caption: str = "") -> tuple[Table, ...]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return table_of_grid(rows[0], rows[1:], caption=caption)


def columns(found: Table) -> list[tuple[str, ...]]:
    return [line.labels for line in found.columns]


def rows(found: Table) -> list[tuple[str, ...]]:
    return [line.labels for line in found.rows]


def test_merged_header_cells_stand_over_each_of_their_columns() -> None:
    found = table("Model | dev | dev | test | test\n | F1 | EM | F1 | EM\nA | 1.0 | 2.0 | 3.0 | 4.0")
    assert columns(found) == [("dev", "F1"), ("dev", "EM"), ("test", "F1"), ("test", "EM")]
    assert len(found.rows) == 1


def test_blank_header_cells_repeat_the_merged_cell_only_where_groups_are_alike() -> None:
    alike = table(" | dev | | test |\nModel | F1 | EM | F1 | EM\nA | 1.0 | 2.0 | 3.0 | 4.0")
    assert columns(alike) == [("dev", "F1"), ("dev", "EM"), ("test", "F1"), ("test", "EM")]
    unlike = table(" | dev | | Params\nModel | F1 | EM | M\nA | 1.0 | 2.0 | 3")
    assert columns(unlike)[1] == ("", "EM")


def test_a_header_row_of_brackets_ends_the_names_above_it() -> None:
    found = table("Model | Precision | Recall\n | (mean±std) | (mean±std)\nA | 87.8±2.5 | 83.4±1.7")
    assert columns(found) == [("Precision (mean±std)",), ("Recall (mean±std)",)]
    assert [line.measure.name for line in found.columns if line.measure] == ["precision", "recall"]


def test_a_first_row_of_texts_below_a_plain_header_is_no_header() -> None:
    found = table(" | A | B | C\nRobot | HRP-2 | Biped | Sarcos\nMass | 58 | 40 | 92")
    assert rows(found) == [("Robot",), ("Mass",)]
    assert found.texts[0, 1] == "Biped"


def test_blank_outer_labels_repeat_the_one_above_and_blank_inner_ones_stay_blank() -> None:
    found = table("Data | Model | F1\nsmall | A | 1.0\n | B | 2.0\nlarge | | 3.0")
    assert rows(found) == [("small", "A"), ("small", "B"), ("large", "")]
    assert found.row_levels == ("Data", "Model")


def test_a_label_printed_as_missing_is_not_filled_from_above() -> None:
    found = table("Dim | Method | A\n400 | Left | 30.0\n- | cmp. Left | +6.5%")
    assert rows(found)[1] == ("", "cmp. Left")


@pytest.mark.parametrize("heading", ["Supervised | |", "| Supervised |", "Supervised | Supervised | Supervised"])
def test_a_row_of_one_text_is_an_outer_level_of_the_rows_below(heading: str) -> None:
    found = table(f"Model | F1 | EM\nC | 5.0 | 6.0\n{heading}\nA | 1.0 | 2.0\nB | 3.0 | 4.0")
    assert rows(found) == [("", "C"), ("Supervised", "A"), ("Supervised", "B")]
    assert found.row_levels == ("", "Model")


def test_blank_labels_do_not_reach_over_a_heading() -> None:
    found = table("Data | Model | F1\nsmall | A | 1.0\nPart two | |\n | B | 2.0")
    assert rows(found)[1] == ("Part two", "", "B")


def test_the_rest_of_a_broken_label_is_no_heading() -> None:
    found = table("Study | A | B\nRatio of objects | 1.0 | 2.0\namong all | |\nRatio of people | 3.0 | 4.0")
    assert all("among all" not in labels[0] or len(labels) == 1 for labels in rows(found))
    assert rows(found)[-1] == ("Ratio of people",)


def test_a_heading_in_small_letters_over_all_columns_is_a_heading() -> None:
    found = table("Model | F1 | EM\nup | up | up\nA | 1.0 | 2.0\nB | 3.0 | 4.0\ndown | down | down\nC | 5.0 | 6.0")
    assert [labels[0] for labels in rows(found)] == ["up", "up", "down"]


def test_a_second_header_starts_a_table_of_its_own() -> None:
    text = "Model | REF ENT | REF CON\nA | 38.4 | 11.1\n | GEN | GEN\nModel | ENT | CON\nA | 73.7 | 12.7"
    first, second = tables(text)
    assert columns(first) == [("REF ENT",), ("REF CON",)]
    assert columns(second) == [("GEN", "ENT"), ("GEN", "CON")]
    assert len(first.values) == len(second.values) == 2
    assert first.pointer != second.pointer


def test_a_header_of_numbers_that_comes_again_starts_a_table_of_its_own() -> None:
    first, second = tables("scale | 1 | 2\nA | 0.2 | 0.3\nscale | 3 | 4\nA | 0.4 | 0.5")
    assert [columns(first), columns(second)] == [[("1",), ("2",)], [("3",), ("4",)]]


def test_a_second_header_of_two_rows_starts_a_table_with_two_levels() -> None:
    header = "Model | 5-way | 5-way | 8-way | 8-way\nModel | On A | On B | On A | On B"
    first, second = tables(
        f"{header}\nElm | 1.0 | 2.0 | 3.0 | 4.0\n{header.replace('5-', '9-')}\nElm | 5.0 | 6.0 | 7.0 | 8.0"
    )
    assert columns(second) == [("9-way", "On A"), ("9-way", "On B"), ("8-way", "On A"), ("8-way", "On B")]
    assert rows(first) == rows(second) == [("Elm",)]


def test_settings_before_the_results_are_labels_and_columns() -> None:
    found = table("Model | Hidden size | Acc\nA | 116 | 92.8\nA | 512 | 96.9")
    assert rows(found) == [("A", "116"), ("A", "512")]
    assert [line.kind for line in found.columns] == ["attribute", "measure"]
    assert float(found.values[1, 0].number.value) == 512


def test_a_table_of_results_alone_has_no_labels() -> None:
    found = table("Accuracy | F1\n71.0 | 70.0\n72.0 | 71.0")
    assert found.row_levels == ()
    assert rows(found) == [(), ()]
    assert len(found.values) == 4


def test_a_column_of_ticks_gives_its_header_where_it_is_ticked() -> None:
    found = table("Model | F1 | Copy\nA | 1.0 | ✓\nA | 2.0 | ✗")
    assert rows(found) == [("A", "Copy"), ("A", "")]


def test_a_first_row_run_into_the_header_is_parted_from_it() -> None:
    found = table("Net | Task | EG 71.60 | EE 80.20\nUni | SEM | 81.8 | 87.8")
    assert columns(found) == [("EG",), ("EE",)]
    assert float(found.values[0, 1].number.value) == 80.2
    thresholds = table("Model | Dropout 0.1 | Dropout 0.5\nA | 81.8 | 87.8\nB | 80.0 | 88.0")
    assert columns(thresholds) == [("Dropout 0.1",), ("Dropout 0.5",)]


def test_a_list_of_names_and_numbers_has_no_header() -> None:
    found = table("Total cues | 2921\nTrue cues | 2674\nScope length | 2.9")
    assert rows(found) == [("Total cues",), ("True cues",), ("Scope length",)]
    assert len(found.values) == 3


def test_the_name_of_the_other_axis_stands_behind_a_backslash() -> None:
    found = table("Dataset \\Model | B | R+B\nHotel | 0.1 | 0.2")
    assert found.column_levels == ("Model",)


def test_a_long_table_of_a_tool_is_turned_and_its_standard_error_stands_with_the_value() -> None:
    found = table(
        "Task | Version | Metric | | Value | | Stderr\n"
        "arc | 0 | acc | ↑ | 23.46 | ± | 1.24\n | | acc_norm | ↑ | 27.39 | ± | 1.30\nboolq | 1 | acc | ↑ | 51.0 | ± | 0.5"
    )
    assert [line.own for line in found.columns] == ["acc ↑", "acc_norm ↑"]
    assert rows(found) == [("arc",), ("boolq",)]
    assert str(found.values[0, 1].number.plus_minus) == "1.30"
    assert (1, 1) not in found.values


def test_a_long_table_with_two_values_of_one_metric_is_left_as_it_is() -> None:
    found = table("Task | Metric | Value\narc | acc | 1.0\narc | acc | 2.0")
    assert len(found.rows) == 2


def test_ragged_rows_are_filled_and_a_table_beyond_all_measure_is_refused() -> None:
    (found,) = table_of_grid(["Model", "F1", "EM"], [["A", "1.0"], ["B", "2.0", "3.0"]])
    assert set(found.values) == {(0, 0), (1, 0), (1, 1)}
    with pytest.raises(InputError, match="at most 20000 columns"):
        table_of_grid(["Model", "F1"], [["A", *["1"] * 30_000]])


def test_a_column_of_unordered_decimals_is_no_label() -> None:
    found = table("nbc | aode\n95.9 | 96.1\n71.3 | 70.2\n83.3 | 84.4\n49.9 | 50.1")
    assert (found.row_levels, len(found.values)) == ((), 8)
    thresholds = table("t | A\n0.95 | 96.1\n0.90 | 70.2\n0.85 | 84.4\n0.80 | 50.1")
    assert thresholds.row_levels == ("t",)


def test_a_long_table_with_more_behind_the_value_is_left_as_it_is() -> None:
    found = table("Task | Metric | Score | Seed\narc | acc | 1.0 | 1\narc | f1 | 2.0 | 2")
    assert [line.own for line in found.columns] == ["Score", "Seed"]


@pytest.mark.parametrize("header", ["job_id", "n_items", "start_time"])
def test_names_with_underscores_are_no_languages(header: str) -> None:
    found = table(f"model | {header} | en | de\nA | 1 | 2.0 | 3.0")
    assert [line.kind for line in found.columns][1:] == ["language", "language"]
    assert found.columns[0].kind != "language"
