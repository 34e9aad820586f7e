"""Claims about averages: of all lines, of a few, printed or to be taken."""

from __future__ import annotations

import pytest

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

SPLITS = TableJudge(
    table_of_grid(
        ["Model", "Dev accuracy", "Test accuracy"],
        [["Maple", "71.0", "60.0"], ["Birch", "60.0", "69.0"], ["Fir", "50.0", "50.0"]],
        caption="Accuracy",
    )
)
PRINTED = TableJudge(
    table_of_grid(
        ["Model", "NLI", "QA", "NER", "Avg"],
        [["Maple", "71.0", "60.0", "10.0", "47.0"], ["Birch", "60.0", "69.0", "70.0", "66.3"], ["Fir", *["50.0"] * 4]],
        caption="F1 scores",
    )
)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Maple improves the average accuracy by 1.0 points over Birch.", "supported"),
        ("Maple improves the average accuracy by 11.0 points over Birch.", "refuted"),
        ("The highest average accuracy is achieved by Maple.", "supported"),
        ("The highest average accuracy is achieved by Birch.", "refuted"),
        ("Maple and Birch reach an average accuracy of 65.5 and 64.5, respectively.", "supported"),
        ("Maple and Birch reach an average accuracy of 71.0 and 69.0, respectively.", "refuted"),
    ],
)
def test_an_average_that_is_not_printed_is_taken_of_the_cells(sentence: str, verdict: str) -> None:
    assert SPLITS.verdict(sentence).verdict == verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Maple outperforms Birch on average.", "refuted"),
        ("Birch outperforms Maple by 19.3 points on average.", "supported"),
        ("Maple outperforms Birch on average on NLI.", "supported"),
    ],
)
def test_a_printed_average_is_that_of_all_lines_and_of_no_single_one(sentence: str, verdict: str) -> None:
    assert PRINTED.verdict(sentence).verdict == verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("On average, Maple outperforms Birch on NLI and QA.", "supported"),
        ("On average, Birch outperforms Maple on NLI and QA.", "refuted"),
        ("Maple achieves 65.5 on NLI and QA on average.", "supported"),
        ("The average F1 of Maple on NLI and QA is 65.5.", "supported"),
        ("The average F1 of Maple on NLI and QA is 71.0.", "refuted"),
        ("Birch has a lower average F1 on NLI and QA than Maple.", "supported"),
        ("On average, Maple has the highest F1 on NLI and QA.", "supported"),
        ("The highest average F1 on NLI and QA is achieved by Birch.", "refuted"),
    ],
)
def test_an_average_of_listed_places_is_one_number_and_not_one_of_each(sentence: str, verdict: str) -> None:
    assert PRINTED.verdict(sentence).verdict == verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "On average, Maple and Birch score 65.5 on NLI.",
        "Maple and Fir have an average F1 of 60.5 on NLI.",
        "On average, Maple and Fir outperform Birch on NLI.",
        "The three models achieve an average F1 of 60.3 on NLI.",
        "On average, all models exceed 52 on QA.",
    ],
)
def test_an_average_of_listed_systems_is_not_refuted_by_one_of_them(sentence: str) -> None:
    assert PRINTED.verdict(sentence).verdict in {"not-testable", "inconclusive"}


def test_the_highest_average_is_not_taken_for_the_highest_cell() -> None:
    assert SPLITS.verdict("The highest average accuracy is 71.0.").verdict in {"not-testable", "refuted"}


def test_a_column_in_another_unit_is_not_averaged_with_the_others() -> None:
    over = table_of_grid(
        ["Model", "ImageNet", "CIFAR", "Energy (kWh)"],
        [["ViT-S", "79.9", "83.0", "44"], ["ViT-B", "81.8", "85.6", "120"]],
        caption="Accuracy and energy.",
    )
    judge = TableJudge(over)
    assert judge.verdict("The average accuracy of ViT-S on both datasets is 81.45.").verdict not in {"refuted", "mixed"}
    assert judge.verdict("On average, ViT-B scores 83.7 on ImageNet and CIFAR.").verdict == "supported"
