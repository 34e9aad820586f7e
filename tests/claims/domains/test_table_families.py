"""Names that are several lines, names of words that stand apart, and what "it", "Acc." and "trained on" are."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

BERTS = table(
    """
    Model         | SQuAD | NUS
    BERT          | 88.1  | 80.0
    BERT-large    | 90.4  | 79.0
    RoBERTa       | 92.5  | 81.0
    RoBERTa + CRF | 70.0  | 60.0
    """,
    "Accuracy (%).",
)
GROUPS = table(
    """
    Type         | Model   | CoNLL
    Supervised   | CRF     | 84.0
    Supervised   | LSTM    | 88.1
    Supervised   | BERT    | 92.4
    Unsupervised | Cluster | 60.1
    Unsupervised | BERT    | 71.0
    """,
    "F1.",
)
NETWORKS = table(
    """
    Network        | Clean | Corrupt
    ResNet         | 76.1  | 70.1
    ViT            | 80.0  | 78.8
    Pretrained ViT | 75.0  | 80.2
    """,
    "Accuracy (%).",
)
SHORT = table(
    """
    Detector | Acc. | Prec. | Conn. Ratio | Comp.
    Snort    | 96.1 | 80.0  | 0.91        | 1.0
    Zeek     | 97.0 | 81.0  | 0.88        | 2.0
    """,
    "Detection.",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (BERTS, "All BERT models score below 90 on SQuAD.", "refuted"),
        (BERTS, "Every BERT model scores below 91 on SQuAD.", "supported"),
        (BERTS, "BERT models score below 90 on SQuAD.", "mixed"),
        (BERTS, "The BERT model scores 88.1 on SQuAD.", "supported"),
        (BERTS, "The large BERT scores 90.4 on SQuAD.", "supported"),
        (BERTS, "RoBERTa with CRF scores 70.0 on SQuAD.", "supported"),
        (NETWORKS, "Only ViTs exceed 75 on Corrupt.", "supported"),
        (NETWORKS, "ViTs exceed 78 on Clean.", "mixed"),
        (GROUPS, "Only supervised BERT exceeds 85 on CoNLL.", "refuted"),
        (GROUPS, "Only supervised BERT exceeds 90 on CoNLL.", "supported"),
        (GROUPS, "Both unsupervised models exceed 60 on CoNLL.", "supported"),
        (GROUPS, "All three supervised models exceed 85 on CoNLL.", "refuted"),
        (GROUPS, "Supervised and unsupervised BERT exceed 70 on CoNLL.", "supported"),
        (SHORT, "Zeek has the highest accuracy.", "supported"),
        (SHORT, "Zeek has the lowest connection ratio.", "supported"),
        (NETWORKS, "ViT beats ResNet on Clean and is worst on Corrupt.", "mixed"),
        (NETWORKS, "ViT beats ResNet on Clean, but it loses to ResNet on Corrupt.", "mixed"),
        (NETWORKS, "Replacing ResNet with Pretrained ViT improves accuracy in all cases.", "refuted"),
    ],
)
def test_a_family_is_all_of_its_lines_and_a_group_is_as_large_as_counted(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (GROUPS, "Both supervised models exceed 80 on CoNLL."),
        (GROUPS, "Two supervised models exceed 85 on CoNLL."),
        (GROUPS, "The gap between supervised and unsupervised BERT on CoNLL is 21.4."),
        (BERTS, "RoBERTa is 4.4 points better than BERT on the large SQuAD."),
        (BERTS, "BERT scores 90.4 on the large SQuAD."),
        (BERTS, "RoBERTa beats BERT with CRF on NUS."),
        (SHORT, "Zeek has the most accidents."),
        (SHORT, "Zeek has a higher precipitation than Snort."),
        (SHORT, "Zeek has a higher acceptance than Snort."),
        (SHORT, "Zeek has a higher compression than Snort."),
        (NETWORKS, "ViT trained on clean images beats ResNet."),
        (NETWORKS, "When trained on Clean, ViT beats ResNet."),
        (NETWORKS, "Replacing ResNet with ViT improves accuracy in part."),
        (NETWORKS, "ViT beats ResNet on Clean, but it is worst on Corrupt."),
        (NETWORKS, "Although ViT beats ResNet on Clean, it scores 70.1 on Corrupt."),
    ],
)
def test_words_that_fit_no_line_whole_or_two_lines_alike_decide_nothing(over: Table, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, f"{claim}: {found.verdict} {found.assertion}"
