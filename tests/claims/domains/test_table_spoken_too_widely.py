"""Sentences that say more, or of more, than the cells that seem to bear them out."""

from __future__ import annotations

from small_tables import WITHHELD, check, judged, table

COSTS = table(
    """
    Model | Params (M) | MNLI | SST-2 | Latency (ms)
    Oak   | 770        | 89.8 | 96.2  | 31
    Elm   | 340        | 86.7 | 93.2  | 25
    """,
    "Accuracy (%), latency and size.",
)
SIZES = table(
    """
    Size  | Model   | X  | Y
    small | BERT    | 70 | 60
    small | ELECTRA | 75 | 58
    large | BERT    | 74 | 66
    large | ELECTRA | 79 | 61
    """,
    "F1 (%).",
)
HEADED = table(
    """
    Model        | PIQA | BoolQ
    Supervised   |      |
    Kappa        | 80.0 | 75.0
    Unsupervised |      |
    Mu           | 79.0 | 76.0
    Nu           | 81.0 | 60.0
    Average      | 80.0 | 70.3
    Human        | 95.0 | 90.0
    """,
    "Accuracy (%).",
)
POOLING = table(
    """
    Pooling | SICK | STS
    Mean    | 70.9 | 75.0
    Max     | 72.0 | 71.0
    CLS     | 68.0 | 73.0
    """,
    "Accuracy (%) by pooling.",
)
PERPLEXITY = table(
    """
    Model | PPL
    Tri   | 120.5
    Rec   | 80.1
    """,
    "Test perplexity.",
)


def test_in_no_metric_speaks_of_latency_too() -> None:
    for claim in (
        "Oak is worse than Elm in no metric.",
        "Elm does not beat Oak on any metric.",
        "Elm is never better than Oak.",
    ):
        assert judged(claim, COSTS).verdict in WITHHELD, claim
    check(COSTS, "Oak beats Elm on no metric.", "refuted")
    check(COSTS, "Oak is better than Elm on both MNLI and SST-2.", "supported")


def test_families_are_held_each_against_each() -> None:
    assert judged("Large models outperform small models on X.", SIZES).verdict in WITHHELD
    check(SIZES, "Large models outperform small models on Y.", "supported")
    check(SIZES, "Small models outperform large models on Y.", "refuted")


def test_who_stands_below_a_heading_need_not_be_what_it_says() -> None:
    for claim in ("Mu is the best unsupervised model on BoolQ.", "All unsupervised models fall below 82 on PIQA."):
        assert judged(claim, HEADED).verdict in WITHHELD, claim
    check(HEADED, "Nu is the best unsupervised model on BoolQ.", "refuted")


def test_a_line_called_mean_beside_one_called_max_is_no_surer_a_mean() -> None:
    for claim in (
        "The mean accuracy on SICK is 70.9.",
        "The average accuracy on STS is 73.0.",
        "The maximum on STS is 75.0.",
        "The highest accuracy on STS is 75.0.",
    ):
        assert judged(claim, POOLING).verdict in WITHHELD, claim
    check(POOLING, "Mean pooling beats max pooling on STS.", "supported")


def test_a_percentage_of_numbers_above_a_hundred_is_a_share() -> None:
    assert judged("Tri has a PPL 40.4% higher than Rec.", PERPLEXITY).verdict in WITHHELD
    check(PERPLEXITY, "Tri has a PPL 50.4% higher than Rec.", "supported")
    check(PERPLEXITY, "Tri has a PPL 40.4 points higher than Rec.", "supported")
