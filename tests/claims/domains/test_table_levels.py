"""Tables whose rows are named at two levels: which system, and on which language or data set."""

from __future__ import annotations

import pytest

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

WIDE = [
    ["Heron", "German", "70.0", "80.0"],
    ["Heron", "Hindi", "60.0", "71.0"],
    ["Egret", "German", "68.0", "82.0"],
    ["Egret", "Hindi", "61.0", "65.0"],
    ["Crane", "German", "50.0", "60.0"],
    ["Crane", "Hindi", "40.0", "55.0"],
]
LONG = [
    ["Heron", "boolq", "acc", "69.9"],
    ["Heron", "piqa", "acc", "66.0"],
    ["Heron", "piqa", "acc_norm", "67.0"],
    ["Egret", "boolq", "acc", "59.5"],
    ["Egret", "piqa", "acc", "79.5"],
    ["Egret", "piqa", "acc_norm", "82.9"],
    ["Crane", "boolq", "acc", "50.0"],
    ["Crane", "piqa", "acc", "65.0"],
    ["Crane", "piqa", "acc_norm", "66.0"],
]


@pytest.fixture(scope="module")
def wide() -> TableJudge:
    return TableJudge(table_of_grid(["Model", "Language", "NER F1", "POS F1"], WIDE, source="wide.csv"))


@pytest.fixture(scope="module")
def long() -> TableJudge:
    return TableJudge(table_of_grid(["model", "task", "metric", "value"], LONG, source="long.csv"))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Heron beats all other models on German NER.", "supported"),
        ("Heron beats all other models on Hindi NER.", "refuted"),
        ("Heron beats all other models on NER.", "mixed"),
        ("Crane is worse than all other models on NER.", "supported"),
        ("All models score above 45 on German NER.", "supported"),
        ("All models score above 45 on Hindi NER.", "refuted"),
        ("Two of the three models score above 65 on German NER.", "supported"),
        ("Two of the three models score above 69 on German NER.", "refuted"),
        ("Two of the four models score above 65 on German NER.", "not-testable"),
        ("Averaged over the two languages, Heron is ahead of Egret on NER.", "supported"),
        ("Averaged over the two languages, Egret is ahead of Heron on NER.", "refuted"),
        ("Averaged over the two languages, Heron is ahead of Egret on NER by 0.5 points.", "supported"),
        ("Averaged over the two languages, Heron is ahead of Egret on NER by 1.5 points.", "refuted"),
        ("Averaged over the three languages, Heron is ahead of Egret on NER.", "not-testable"),
    ],
)
def test_a_model_is_compared_with_others_on_the_same_language(wide, claim, verdict):
    assert wide.verdict(claim, hint=False).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Crane lags behind all other models on piqa.", "supported"),
        ("Heron lags behind all other models on piqa.", "refuted"),
        ("All other models outperform Crane on piqa.", "supported"),
        ("Heron beats Egret on boolq.", "supported"),
        ("Egret beats Heron on boolq.", "refuted"),
        ("Heron beats Egret by 10.4 points on boolq.", "supported"),
        ("Heron beats Egret by 9.4 points on boolq.", "refuted"),
        ("Heron is the best model on boolq.", "supported"),
        ("Heron is the best model on piqa.", "refuted"),
        ("Egret beats Heron by 13.5 points on piqa.", "inconclusive"),
    ],
)
def test_a_metric_that_a_task_is_not_scored_by_is_not_missed_there(long, claim, verdict):
    assert long.verdict(claim, hint=False).verdict == verdict
