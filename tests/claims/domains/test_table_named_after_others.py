"""Names that other lines, settings and headers give: "without LM", "plain Maple", "5 examples", "more fluent"."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

TICKED = table(
    """
    System | LM  | Kitchen | Office
    Maple  | no  | 18.9    | 15.6
    Maple  | yes | 15.7    | 12.9
    Birch  | yes | 14.8    | 12.1
    Elder  | no  | 12.6    | 10.2
    """,
    "Word error rate (WER, %) on two rooms. LM: language model.",
)
SHOTS = table(
    """
    Method       | k = 1 | k = 5 | k = 10
    Maple        | 41.6  | 70.3  | 78.8
    Birch        | 45.2  | 76.9  | 84.0
    Elder        | 52.7  | 74.5  | 81.3
    Elder + Demo | 57.3  | 77.6  | 82.7
    """,
    "Accuracy (%) when varying the number k of examples per class.",
)
RATED = table(
    """
    System | Fluency | Coherence | Age (years)
    Maple  | 4.21    | 3.18      | 3
    Birch  | 3.67    | 3.35      | 8
    Elder  | 4.05    | 3.61      | 5
    κ      | 0.52    | 0.43      | 0.1
    """,
    "Human evaluation of stories. κ: Fleiss' kappa.",
)
PARTS = table(
    """
    Variant    | F1   | Time (s)
    Full model | 80.0 | 30
    w/o gate   | 75.0 | 25
    w/o copy   | 79.0 | 20
    w/o both   | 70.0 | 15
    """,
    "Ablation study.",
)
DEPTHS = table(
    """
    L  | Cora | Pubmed
    2  | 81.6 | 79.1
    4  | 80.9 | 78.7
    8  | 74.2 | 74.8
    """,
    "Effect of the number of layers L on accuracy (%).",
)
SPREADS = table(
    """
    Model  | en   | de   | hi
    Maple  | 90.6 | 70.4 | 52.8
    Birch  | 92.4 | 74.8 | 70.2
    Elder  | 91.8 | 77.0 | 73.6
    """,
    "F1 by language.",
)
CLAIMS = [
    (TICKED, "Maple without LM has a higher WER than Birch on Office.", "supported"),
    (TICKED, "Maple without a language model beats Birch on Office.", "refuted"),
    (SHOTS, "With 5 examples per class, Birch has the highest accuracy.", "refuted"),
    (SHOTS, "With ten examples per class, Birch has the highest accuracy.", "supported"),
    (SHOTS, "At k = 5, plain Elder is better than Birch.", "refuted"),
    (SHOTS, "For all methods, accuracy goes up with more examples per class.", "supported"),
    (SHOTS, "At k = 5, the difference between Birch and Elder exceeds two points.", "supported"),
    (SHOTS, "At k = 5, the difference between Birch and Elder exceeds three points.", "refuted"),
    (RATED, "Maple is judged more fluent than Elder.", "supported"),
    (RATED, "Maple is more coherent than Elder.", "refuted"),
    (RATED, "Birch is older than Elder.", "supported"),
    (RATED, "Maple is the least coherent system.", "supported"),
    (RATED, "No system except Maple exceeds 4.1 in fluency.", "supported"),
    (PARTS, "Removing gate hurts F1 more than removing copy.", "supported"),
    (PARTS, "Among the single components, removing gate hurts F1 the most.", "supported"),
    (PARTS, "Gate is the most important component for F1.", "supported"),
    (PARTS, "Copy is the most important component for F1.", "refuted"),
    (PARTS, "The gate improves F1 by 5.0 points.", "supported"),
    (PARTS, "The copy improves F1 by 5.0 points.", "refuted"),
    (DEPTHS, "When L = 4, the model reaches 79.1% on Pubmed.", "refuted"),
    (DEPTHS, "With 8 layers, accuracy on Cora is above 75.", "refuted"),
    (DEPTHS, "Accuracy on Cora keeps falling with the number of layers.", "supported"),
    (SPREADS, "The gap between Elder and Maple is widest in Hindi.", "supported"),
    (SPREADS, "The largest improvement of Elder over Maple is in German.", "refuted"),
    (SPREADS, "Elder has the highest F1 in all languages except English.", "supported"),
    (SPREADS, "Elder has the highest F1 in all languages except German.", "refuted"),
    (SPREADS, "Apart from English, Elder is the best model everywhere.", "supported"),
    (SPREADS, "Except for Birch, Elder has the highest F1 in English.", "supported"),
    (SPREADS, "Neither Maple nor Birch reaches 75 in German.", "supported"),
    (SPREADS, "Neither Elder nor Birch reaches 75 in German.", "refuted"),
    (SPREADS, "Birch achieves 74.8 in German, 4.4 points more than Maple.", "supported"),
]


@pytest.mark.parametrize(("over", "claim", "word"), CLAIMS)
def test_a_line_is_found_by_what_it_lacks_sets_or_is_like(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (SHOTS, "With 7 examples per class, Birch has the highest accuracy."),
        (RATED, "Maple is more relevant than Elder."),
        (SPREADS, "All models are within two points in English."),
        (TICKED, "Birch without LM beats Elder on Office."),
    ],
)
def test_a_setting_or_quality_that_the_table_has_not_is_withheld(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD
