"""What rows are called that add to others or take away from them, and names of several parts."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

ADDED = table(
    """
    Model | Dev  | Test
    Maple | 80.1 | 79.2
    + ivy | 81.4 | 80.0
    + fern | 80.9 | 78.8
    Birch | 84.1 | 82.2
    + ivy | 84.0 | 83.0
    """,
    "F1 on two sets.",
)
TAKEN = table(
    """
    Model         | Dev  | Test
    Willow        | 80.1 | 79.2
    Ours          | 86.4 | 85.0
    w/o attention | 85.9 | 85.8
    - gate        | 83.1 | 82.2
    """,
    "F1 on two sets.",
)
ALONE = table("Model | F1\nMaple | 80.1\n+ ivy | 81.4\nBirch | 84.1", "F1 scores.")
LEVELS = table(
    """
    Set | Method | Claim F1 | Claim Kappa | Support F1 | Support Kappa
    Val | Maple  | 70.0     | 0.40        | 60.0       | 0.30
    Val | Birch  | 72.0     | 0.42        | 59.0       | 0.31
    Eval | Maple | 69.0     | 0.39        | 58.0       | 0.29
    Eval | Birch | 68.0     | 0.41        | 61.0       | 0.33
    """,
    "Results.",
)
FAMILIES = table(
    """
    Method      | Hill | Lake
    Maple-small | 80.1 | 70.1
    Maple-large | 81.4 | 76.0
    Birch-small | 84.1 | 76.2
    Birch-large | 84.0 | 75.9
    """,
    "Accuracy on two sets.",
)
POWERS = table("eps | Hill\n2.6∗10−5 | 66.4\n2.6∗10−7 | 82.5\n2.6∗10−10 | 87.8", "Accuracy at values of eps.")
HEADS = table(
    "h | Loss | Memory (GB)\n1 | 2.91 | 5.2\n4 | 2.74 | 5.5\n8 | 2.70 | 6.1\n16 | 2.73 | 7.4",
    "Effect of the number of attention heads h on loss (lower is better) and memory.",
)
FUSION = table(
    "Architecture | ADE | Delay (ms)\nElm | 1.28 | 12.1\nElm with spatial fusion | 1.24 | 10.4\nOak | 1.36 | 15.8",
    "Networks; all but one use the concatenation feature fusion.",
)
OURS = table(
    """
    | Maple | Birch | Ours0.2,0.5
    Hill | 12.1 | 47.0 | 80.3
    Lake | 25.6 | 57.5 | 65.9
    """,
    "Accuracy (%).",
)
BROKEN = table("Model | F1\nSeq | 36.7\nSeq- RF | 38.0\nSeq-2 RF | 38.3", "F1 scores.")
COUNTS = table(
    "| 0.9 | 0.8 | 0.7\nMaple | 3 | 4 | 2\nBirch | 2 | 6 | 3\nElder | 1 | 2 | 4",
    "Number of sets on which each algorithm is the best per threshold.",
)
STEMS = table("Model | Calibrated | Raw\nMaple | 70.0 | 60.0\nBirch | 71.0 | 59.0", "Accuracy of two models.")
ERRORS = table("Verb | Maple | Birch\nget | 1.55 | 1.43\nhope | 1.35 | 1.23", "MAE of two models.")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ADDED, "Maple with ivy outperforms Maple on Dev.", "supported"),
        (ADDED, "Maple + ivy outperforms Birch + ivy on Test.", "refuted"),
        (ADDED, "The Maple model with ivy has a Dev F1 of 81.4.", "supported"),
        (ADDED, "Birch with ivy outperforms Birch without ivy on Dev.", "refuted"),
        (ADDED, "Maple with ivy outperforms Maple with fern on Dev and Test.", "supported"),
        (ADDED, "Adding ivy to Birch improves F1 on Test.", "supported"),
        (TAKEN, "Our model without attention is worse than our model on Dev.", "supported"),
        (TAKEN, "Ours w/o attention has the highest F1 on Dev.", "refuted"),
        (TAKEN, "Removing attention from Ours hurts Test.", "refuted"),
        (LEVELS, "Val-Birch has a higher Claim-F1 than Val-Maple.", "supported"),
        (LEVELS, "Eval-Birch has a lower Support-Kappa than Eval-Maple.", "refuted"),
        (FAMILIES, "Birch models have a higher accuracy than Maple models on Hill.", "supported"),
        (FAMILIES, "Maple models outperform Birch models on Hill.", "refuted"),
        (FAMILIES, "Birch models outperform Maple models on Lake.", "mixed"),
        (POWERS, "On Hill, the accuracy is higher for eps = 2.6*10^-7 than for eps = 2.6*10^-5.", "supported"),
        (HEADS, "Memory grows with the number of heads.", "supported"),
        (HEADS, "The loss is lowest with 16 attention heads.", "refuted"),
        (OURS, "Birch outperforms our method on Lake.", "refuted"),
        (BROKEN, "Seq-RF has a higher F1 than Seq-2 RF.", "refuted"),
        (COUNTS, "Birch has a higher number at a threshold of 0.7 than Maple.", "supported"),
        (FUSION, "The Oak-based model has the highest delay.", "supported"),
        (STEMS, "Birch has a higher accuracy than Maple with calibration.", "supported"),
    ],
)
def test_a_name_is_put_together_from_its_parts(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ALONE, "Maple improves with ivy.", "supported"),
        (ALONE, "Maple drops with ivy.", "refuted"),
        (TAKEN, "Ours drops without attention on Dev.", "supported"),
        (TAKEN, "Ours improves without attention on Dev.", "refuted"),
    ],
)
def test_what_a_model_improves_with_is_no_rival_that_it_beats(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (ALONE, "Birch improves with ivy."),
        (ADDED, "Birch with fern outperforms Birch on Dev."),
        (ADDED, "Maple without ivy is worse on Dev than Maple with ivy."),
        (TAKEN, "Willow without attention beats Ours."),
        (LEVELS, "Val-Claim has a higher F1 than Eval-Claim."),
        (FAMILIES, "Birch-based models outperform Maple-small on Lake."),
        (FUSION, "Elm with temporal feature fusion has the lowest delay."),
        (COUNTS, "Maple has the highest number of sets at 0.9."),
        (COUNTS, "Birch has a higher number at a depth of 0.7 than Maple."),
        (ERRORS, "The verb get has a higher performance score with Maple than with Birch."),
    ],
)
def test_parts_that_make_no_name_of_the_table_withhold_the_verdict(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD
