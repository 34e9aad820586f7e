"""Numbers before a kind of thing: "the two data sets" are all that there are, where there are two."""

from __future__ import annotations

import pytest
from small_tables import PAIR, SCORES, WITHHELD, check, judged, table

from analysis.tables import Table

SETTINGS = table(
    "Model | Setting | XNLI acc | MLQA F1\nAlder | zero-shot | 75.0 | 64.1\nBirch | zero-shot | 79.2 | 71.6\n"
    "Cedar | zero-shot | 70.3 | 57.7\nAlder | few-shot | 76.0 | 66.1\nBirch | few-shot | 80.2 | 72.6\n"
    "Cedar | few-shot | 74.3 | 60.7"
)
LAYERS = table("Model | Inspec | NUS\n2 layer | 80.0 | 60.1\n4 layer | 75.0 | 55.3", "Accuracy.")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours outperforms Catseq on the four data sets.", "supported"),
        (SCORES, "Copynet outperforms Catseq on the four data sets.", "refuted"),
        (SCORES, "Ours has the highest accuracy of the four models on NUS.", "supported"),
        (SCORES, "Transformer has the highest accuracy of the 4 models on NUS.", "refuted"),
        (SCORES, "Ours outperforms the three models on NUS.", "supported"),
    ],
)
def test_as_many_as_there_are_are_all(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (SCORES, "Ours outperforms Catseq on the three data sets."),
        (SCORES, "Ours has the highest accuracy of the five models on NUS."),
        (SCORES, "Ours outperforms the two models on NUS."),
        (SCORES, "Ours outperforms the 4% models on NUS."),
        (PAIR, "Alpha outperforms the three systems in BLEU."),
    ],
)
def test_fewer_or_more_than_there_are_are_not_told(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_a_number_in_a_name_counts_nothing() -> None:
    check(LAYERS, "The 2 layer model has the highest accuracy on NUS.", "supported")
    check(LAYERS, "The 4 layer model has the highest accuracy on NUS.", "refuted")


def test_an_average_over_as_many_as_there_are_is_their_mean() -> None:
    check(SCORES, "The average over the four data sets for Ours is 1.5.", "refuted")
    check(SETTINGS, "The average over all models on XNLI in the zero-shot setting is 74.8.", "supported")
    check(SETTINGS, "The average over all models on XNLI in the few-shot setting is 74.8.", "refuted")


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (SCORES, "The average over the three models on NUS is 1.5."),
        (SCORES, "The average over both models on NUS is 1.5."),
        (SCORES, "The average accuracy over the three data sets for Ours is 1.5."),
    ],
)
def test_an_average_over_another_number_or_that_is_no_mean_is_not_told(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


@pytest.mark.parametrize(
    "claim",
    [
        "Two models exceed 78 on XNLI.",
        "Exactly three models exceed 75.5 on XNLI.",
        "All six models exceed 70 on XNLI.",
        "Only one model exceeds 80 on XNLI.",
        "Most models exceed 75.5 on XNLI.",
    ],
)
def test_a_model_with_several_rows_is_not_counted_by_rows(claim: str) -> None:
    assert judged(claim, SETTINGS).verdict in WITHHELD
