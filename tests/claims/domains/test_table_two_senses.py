"""A line whose name is also a word that counts, denies or ranks, and a line that may sum up the others."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

LANGUAGES = table(
    """
    Model | en   | sw   | no   | All
    mBERT | 81.0 | 50.1 | 70.0 | 67.1
    XLM   | 83.0 | 46.0 | 72.0 | 68.5
    All   | 84.4 | 47.0 | 73.0 | 69.0
    """,
    "Accuracy (%).",
)
WORDS = table(
    """
    Run   | F1   | Both
    First | 75.0 | 60.0
    Best  | 73.0 | 61.0
    None  | 70.1 | 62.0
    """,
    "F1 of runs.",
)
LAYERS = table(
    """
    Layers | En-De | En-Fr
    2      | 24.1  | 35.0
    6      | 26.3  | 38.0
    12     | 26.1  | 39.1
    """,
    "BLEU.",
)
LETTERS = table(
    """
    Network | X  | Y
    A       | 71 | 92
    B       | 75 | 90
    """,
    "Accuracy (%).",
)


KINDS = table(
    """
    Model               | en   | sw
    No pretraining      | 81.0 | 50.1
    Pretraining         | 83.0 | 46.0
    Least squares       | 40.0 | 41.0
    Most frequent class | 20.0 | 21.0
    """,
    "Accuracy (%).",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (KINDS, "Pretraining beats least squares on en.", "supported"),
        (KINDS, "The no pretraining model scores 81.0 on en.", "supported"),
        (LANGUAGES, "XLM beats mBERT on all languages.", "refuted"),
        (LANGUAGES, "XLM beats mBERT on no language.", "refuted"),
        (LANGUAGES, "All models exceed 82 on en.", "refuted"),
        (LANGUAGES, "XLM beats mBERT on All.", "supported"),
        (LANGUAGES, "XLM scores 72.0 on no.", "supported"),
        (WORDS, "The best F1 is achieved by First.", "supported"),
        (WORDS, "The run Best scores 73.0 in F1.", "supported"),
        (LAYERS, "6 layers beat 2 layers on En-De.", "supported"),
        (LAYERS, "The BLEU on En-De with 2 layers is 24.1.", "supported"),
        (LETTERS, "A beats B on Y.", "supported"),
        (LETTERS, "B beats A on Y.", "refuted"),
    ],
)
def test_before_a_kind_of_thing_it_counts_and_with_a_capital_it_is_the_line(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (LANGUAGES, "XLM beats mBERT on all."),
        (LANGUAGES, "XLM beats all on en."),
        (LANGUAGES, "All outperform mBERT on en."),
        (WORDS, "The best F1 is 73.0."),
        (WORDS, "None exceeds 70 in F1."),
        (WORDS, "First exceeds 59 on both datasets."),
        (LAYERS, "2 settings exceed 26 on En-De."),
        (LAYERS, "2 models exceed 26 on En-De."),
        (LAYERS, "The highest BLEU on En-De is 6."),
        (LETTERS, "B beats a network on X."),
        (LETTERS, "A network beats B on Y."),
        (KINDS, "Pretraining beats no pretraining on en."),
    ],
)
def test_where_it_may_be_either_nothing_is_decided(over: Table, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Only XLM-R exceeds 84 on en.", "inconclusive"),
        ("Only XLM-R exceeds 84.5 on en.", "supported"),
        ("XLM ranks second on en.", "inconclusive"),
        ("XLM-R is the best on en.", "supported"),
    ],
)
def test_a_line_that_may_sum_up_the_others_decides_nothing_as_a_rival(claim: str, word: str) -> None:
    over = table("Model | en\nXLM | 83.0\nXLM-R | 89.1\nAll | 84.4", "Accuracy (%).")
    check(over, claim, word)


def test_a_line_whose_numbers_are_the_mean_of_the_others_is_their_summary() -> None:
    over = table(
        "Model | A | B | All\nMaple | 1.0 | 3.0 | 2.0\nBirch | 2.0 | 5.0 | 3.5\nFir | 2.0 | 2.0 | 2.0", "Accuracy."
    )
    check(over, "Birch beats Maple on both datasets.", "supported")
    check(over, "Averaged over all datasets, Birch scores 3.5.", "supported")


AT_THRESHOLDS = table("Method | 0.65 | 0.95\nPPJ | 0.90 | 0.70\nGRP | 0.80 | 0.60", "Accuracy at each threshold.")


@pytest.mark.parametrize(
    "claim", ["PPJ outperforms GRP with an accuracy of 0.95.", "PPJ outperforms GRP with a score of 0.95."]
)
def test_how_much_a_measure_is_names_no_column_of_that_number(claim: str) -> None:
    assert judged(claim, AT_THRESHOLDS).verdict in WITHHELD


def test_a_number_that_a_column_is_named_after_is_its_name_elsewhere() -> None:
    check(AT_THRESHOLDS, "PPJ outperforms GRP at 0.95.", "supported")
    check(AT_THRESHOLDS, "PPJ has an accuracy of 0.90 at 0.65.", "supported")
