"""Clauses that compare without saying each comparison, and clauses that go on from the one before."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

METHODS = table(
    """
    Method             | CIFAR-10 acc. | CIFAR-100 acc. | Params | Time (s)
    ResNet             | 93.1          | 71.2           | 25.6   | 120
    VGG                | 91.4          | 69.0           | 138.0  | 210
    DenseNet           | 94.6          | 75.3           | 8.0    | 160
    Ours w/o attention | 94.9          | 75.1           | 9.1    | 130
    Ours               | 95.3          | 76.8           | 9.5    | 140
    """,
    "Comparison of methods.",
)
NEIGHBOURS = table(
    """
    K  | Books | Movies | Music
    5  | 0.21  | 0.33   | 0.19
    10 | 0.28  | 0.38   | 0.25
    20 | 0.35  | 0.41   | 0.29
    50 | 0.37  | 0.45   | 0.28
    """,
    "Recall@K of our recommender.",
)
ABLATED = table(
    """
    Features     | Acc. | AUC
    All features | 0.86 | 0.91
    - lexical    | 0.79 | 0.85
    - syntactic  | 0.84 | 0.90
    - semantic   | 0.81 | 0.86
    """,
    "Ablation of the features.",
)
STACKED = table(
    """
    Dataset | Method | Accuracy | F1
    MR      | CNN    | 81.5     | 81.2
    MR      | LSTM   | 80.1     | 79.9
    SST     | CNN    | 87.2     | 87.0
    SST     | LSTM   | 85.3     | 85.1
    """,
    "Sentiment classification.",
)
SETTINGS = table(
    """
    Learning rate | Dropout | Perplexity
    0.1           | 0.1     | 5.2
    0.1           | 0.3     | 4.9
    0.01          | 0.1     | 6.1
    0.01          | 0.3     | 5.8
    """,
    "Effect of settings.",
)
ATTACKS = table(
    """
    Attack | ResNet | VGG   | Inception
    FGSM   | 45.1%  | 50.2% | 39.9%
    PGD    | 78.3%  | 81.0% | 70.2%
    """,
    "Success rates of attacks.",
)
SOLVERS = table(
    """
    Algorithm | Small | Large
    Greedy    | 0.02  | 4.1
    Ours      | 0.05  | 3.2
    """,
    "Running time in seconds.",
)
YEARS = table(
    """
    Country | 2010 | 2015 | 2020
    France  | 9.3  | 10.4 | 8.0
    Spain   | 19.9 | 22.1 | 15.5
    """,
    "Unemployment rate (%) by country and year.",
)
GROWN = table(
    """
    System     | Fluency
    Base       | 3.1
    + copy     | 3.4
    + coverage | 3.6
    """,
    "Scores (higher is better).",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (METHODS, "DenseNet has fewer params and a higher CIFAR-10 accuracy than ResNet.", "supported"),
        (METHODS, "VGG has fewer params and a higher CIFAR-10 accuracy than ResNet.", "refuted"),
        (METHODS, "DenseNet outperforms ResNet with fewer params.", "supported"),
        (METHODS, "VGG outperforms ResNet with fewer params.", "refuted"),
        (METHODS, "The method with the most params has the lowest accuracy on CIFAR-10.", "supported"),
        (METHODS, "The method with the fewest params has the highest accuracy on CIFAR-10.", "refuted"),
        (METHODS, "VGG has the most params, followed by ResNet.", "supported"),
        (METHODS, "ResNet has the most params, followed by Ours.", "refuted"),
        (METHODS, "Our method outperforms all other methods on CIFAR-100.", "supported"),
        (METHODS, "Removing attention decreases the accuracy on CIFAR-100 from 76.8 to 75.1.", "supported"),
        (METHODS, "Removing attention decreases the accuracy on CIFAR-100 from 76.8 to 74.1.", "refuted"),
        (METHODS, "Among the baselines, DenseNet has the highest CIFAR-10 accuracy.", "supported"),
        (METHODS, "DenseNet has both the fewest params and the highest CIFAR-10 accuracy.", "mixed"),
        (
            METHODS,
            "ResNet has a CIFAR-10 accuracy of 93.1, a CIFAR-100 accuracy of 71.2, and params of 25.6.",
            "supported",
        ),
        (NEIGHBOURS, "Increasing K from 5 to 10 improves the recall on Books.", "supported"),
        (NEIGHBOURS, "Increasing K from 20 to 50 improves the recall on Music.", "refuted"),
        (NEIGHBOURS, "The recall on Music decreases when K increases from 20 to 50.", "supported"),
        (NEIGHBOURS, "The recall at K=50 is higher than at K=5 for Books.", "supported"),
        (NEIGHBOURS, "Recall increases with K for all domains.", "refuted"),
        (ABLATED, "Removing lexical features leads to the largest drop in accuracy.", "supported"),
        (ABLATED, "Removing lexical features leads to the smallest gain in accuracy.", "mixed"),
        (ABLATED, "Without lexical features, the accuracy drops from 0.86 to 0.79.", "supported"),
        (ABLATED, "Without lexical features, the accuracy drops to 0.85.", "refuted"),
        (STACKED, "CNN has the highest accuracy on both datasets.", "supported"),
        (STACKED, "The accuracy of CNN is lower than that of LSTM on both datasets.", "refuted"),
        (STACKED, "CNN has an accuracy of 81.5 on MR, while LSTM has 80.1.", "supported"),
        (STACKED, "CNN has an accuracy of 87.2 on SST, outperforming LSTM by 1.9 points.", "supported"),
        (STACKED, "CNN has an accuracy of 87.2 on SST, which is higher than that of LSTM.", "supported"),
        (SETTINGS, "A dropout of 0.3 gives lower perplexity than a dropout of 0.1.", "supported"),
        (SETTINGS, "A dropout of 0.1 gives lower perplexity than a dropout of 0.3.", "refuted"),
        (ATTACKS, "VGG has the highest success rate for every attack.", "supported"),
        (ATTACKS, "All attacks have their highest success rate on VGG.", "supported"),
        (ATTACKS, "All attacks have their highest success rate on ResNet.", "refuted"),
        (SOLVERS, "Greedy is faster than Ours on Small.", "supported"),
        (SOLVERS, "Greedy is faster than Ours on Large.", "refuted"),
        (YEARS, "The unemployment rate in Spain increased from 2010 to 2015.", "supported"),
        (YEARS, "The unemployment rate in Spain increased from 2010 to 2020.", "refuted"),
        (YEARS, "The unemployment rate in Spain fell by 4.4 points from 2010 to 2020.", "supported"),
        (YEARS, "The unemployment rate of France was 9.3% in 2010 and 8.0% in 2020.", "supported"),
        (YEARS, "The unemployment rate of France was 9.3% in 2010 and 8.6% in 2020.", "mixed"),
    ],
)
def test_what_a_clause_leaves_to_another_is_taken_from_it(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (METHODS, "DenseNet outperforms VGG with more params."),
        (METHODS, "None of the other methods exceeds 95 on CIFAR-10."),
        (NEIGHBOURS, "Decreasing K from 20 to 50 improves the recall on Music."),
        (ABLATED, "The accuracy drops from 0.86 to 0.79."),
        (GROWN, "Adding coverage increases fluency from 3.4 to 3.6."),
        (GROWN, "Adding coverage increases fluency by 0.5."),
        (ATTACKS, "Among the baselines, PGD has the highest success rate on VGG."),
    ],
)
def test_a_clause_that_may_be_of_either_is_left_open(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD
