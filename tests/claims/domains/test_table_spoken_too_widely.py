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
ADDED = table(
    """
    System      | En-De | De-En
    RNN         | 20.1  | 24.0
    + attention | 24.5  | 27.2
    Transformer | 27.3  | 31.5
    + attention | 27.0  | 31.9
    """,
    "BLEU on WMT.",
)
FAMILIES = table(
    """
    Family | Model | X  | Y
    tree   | Oak   | 80 | 60
    tree   | Elm   | 90 | 70
    vine   | Ivy   | 84 | 72
    vine   | Hop   | 82 | 50
    vine   | Pea   | 86 | 64
    """,
    "Accuracy (%).",
)
RUNS = table(
    """
    Run | Alpha | Beta
    1   | 70.0  | 71.0
    2   | 72.0  | 71.5
    3   | 74.0  | 71.9
    """,
    "Accuracy (%).",
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


def test_an_addition_to_several_models_is_not_compared_with_one_of_them() -> None:
    assert judged("Adding attention improves Transformer on De-En.", ADDED).verdict in WITHHELD
    check(ADDED, "Transformer outperforms RNN on De-En.", "supported")


def test_families_on_average_are_not_held_each_against_each() -> None:
    assert judged("Tree models are better than vine models on average on X.", FAMILIES).verdict in WITHHELD
    check(FAMILIES, "Elm is better than Ivy on X.", "supported")


def test_three_runs_are_not_run_three() -> None:
    for claim in (
        "Alpha beats Beta in exactly three runs.",
        "Alpha exceeds 73 in 3 runs.",
        "In 3 runs, Alpha beats Beta.",
    ):
        assert judged(claim, RUNS).verdict in WITHHELD, claim
    check(RUNS, "Alpha beats Beta in run 3.", "supported")
    check(RUNS, "Alpha beats Beta in run 1.", "refuted")
