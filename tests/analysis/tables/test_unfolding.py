"""Header rows that were made of two, and what stands in the brackets of cells."""

from __future__ import annotations

import math

import pytest
from small_tables import check, table

from analysis.tables import Table


def labels(text: str) -> list[tuple[str, ...]]:
    return [line.labels for line in table(text).columns]


def test_a_header_row_that_was_joined_from_two_is_two() -> None:
    assert labels("Model | News F1 | News EM | Web F1 | Web EM\nA | 1.0 | 2.0 | 3.0 | 4.0") == [
        ("News", "F1"), ("News", "EM"), ("Web", "F1"), ("Web", "EM"),
    ]  # fmt: skip


def test_words_that_all_groups_share_belong_to_the_inner_row() -> None:
    assert labels("Model | Box AP 50 | Box AP 75 | Mask AP 50 | Mask AP 75\nA | 1 | 2 | 3 | 4")[0] == ("Box", "AP 50")


@pytest.mark.parametrize(
    "header",
    [
        "Model | News F1 | News EM | Web F1 | Web Acc",  # the groups do not go on alike
        "Model | News F1 | Web F1 | News EM | Radio EM",
        "Model | News one | News two | News three | News four",  # one group, and no measure
    ],
)
def test_a_header_row_that_is_no_full_grid_is_left_as_it_is(header: str) -> None:
    assert all(len(label) == 1 for label in labels(f"{header}\nA | 1.0 | 2.0 | 3.0 | 4.0"))


def test_a_grid_beside_other_columns_is_unfolded() -> None:
    assert labels("Data | News add | News cut | Web add | Web cut | Kept\nA | 1 | 2 | 3 | 4 | 5") == [
        ("News", "add"), ("News", "cut"), ("Web", "add"), ("Web", "cut"), ("", "Kept"),
    ]  # fmt: skip


def test_a_grid_whose_groups_end_alike_is_unfolded_by_its_ends() -> None:
    assert labels("Set | Maple S1 | Elm S1 | Maple S2 | Elm S2 | Fir\nA | 1 | 2 | 3 | 4 | 5")[1] == ("S1", "Elm")


def test_no_grid_is_unfolded_where_a_column_beside_it_begins_as_a_group_does() -> None:
    header = "Data | News add | News cut | Web add | Web cut | Web kept"
    assert all(len(label) == 1 for label in labels(f"{header}\nA | 1 | 2 | 3 | 4 | 5"))


def test_one_measure_over_all_systems_is_theirs() -> None:
    found = table("Corpus | BLEU Maple | BLEU Birch\nNews | 20.0 | 21.0\nWeb | 30.0 | 29.0")
    assert [line.labels for line in found.columns] == [("BLEU", "Maple"), ("BLEU", "Birch")]
    check(found, "Maple outperforms Birch on Web.", "supported")
    check(found, "Maple outperforms Birch on News.", "refuted")


def printed(cells: str, header: str = "Acc", caption: str = "") -> list[float]:
    rows = "\n".join(f"S{i} | {cell}" for i, cell in enumerate(cells.split(";")))
    return list(table(f"Model | {header}\n{rows}", caption).printed_in(0))


@pytest.mark.parametrize(
    ("cells", "header", "caption"),
    [
        ("87.6 (+0.5); 91.2 (-0.3)", "Acc", ""),
        ("0.18 (0.17-0.20); 0.29 (0.27-0.31)", "Alpha", ""),
        ("71.0 (9.0); 60.0 (30.0)", "Acc", "Accuracy; numbers in parentheses are standard deviations."),
        ("71.0 (0.4); 60.0 (0.5)", "Acc", ""),
        ("71.0 (λ = 9); 60.0 (λ = 80)", "Acc", ""),
        ("71.0 (-); 60.0 (-)", "Acc", ""),
    ],
)
def test_brackets_that_only_remark_on_a_number_leave_it_readable(cells: str, header: str, caption: str) -> None:
    assert not any(map(math.isnan, printed(cells, header, caption)))


@pytest.mark.parametrize(
    ("cells", "header", "caption"),
    [
        ("71.0 (69.0); 60.0 (61.0)", "Acc", ""),  # two scores
        ("71.0 (0.4); 60.0 (0.5)", "Acc (loss)", ""),  # the header says what the bracket is
        ("71.0 (0.4); 60.0 (0.5)", "Acc", "Accuracy, with the loss in parentheses."),
    ],
)
def test_brackets_that_may_hold_a_second_result_withhold_the_cell(cells: str, header: str, caption: str) -> None:
    assert all(map(math.isnan, printed(cells, header, caption)))


ALL_BLOCKS = """
    Blocking | t=1 | t=2 | t=3
    ALL      | 1   | 9   | 4
    PPJ      | 2   | 4   | 2
    GRP      | 4   | 2   | 1
    TOK      | 3   | 3   | 3
"""


def kinds(text: str) -> list[str]:
    return [line.kind for line in table(text).rows]


def test_a_line_called_all_is_a_sum_only_if_its_numbers_can_be_one() -> None:
    assert kinds(ALL_BLOCKS)[0] != "aggregate"
    assert kinds("Set | A | B\nNews | 1.0 | 4.0\nWeb | 3.0 | 2.0\nAll | 2.0 | 3.0")[2] == "aggregate"
    assert kinds("Set | A | B\nNews | 10 | 40\nWeb | 30 | 20\nAll | 40 | 60")[2] == "aggregate"


def test_a_system_called_all_is_a_rival() -> None:
    check(table(ALL_BLOCKS), "PPJ has the highest value at t=2.", "refuted")


NAMED: Table = table(
    """
    Assign. | Exec. (s) | Transm. (s) | Pretrained loss | FNR
    Spread  | 9.6       | 50.9        | 1.2             | 0.3
    Random  | 9.8       | 32.6        | 1.4             | 0.2
    """
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Spread has a higher transmission time than Random.", "supported"),
        ("The transmission time of Random is higher than that of Spread.", "refuted"),
        ("Spread has a lower pre-trained loss than Random.", "supported"),
        ("Random has the lowest false negative rate.", "supported"),
        ("Random has the lowest false negative rate (FNR).", "supported"),
        ("Spread has a higher transportation time than Random.", "not-testable"),
    ],
)
def test_a_word_that_the_table_abbreviates_or_joins_is_its_name(claim: str, word: str) -> None:
    check(NAMED, claim, word)
