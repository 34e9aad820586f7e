"""Sentences over tables written for the purpose, form by form, each with a true and a false one."""

from __future__ import annotations

import pytest
from small_tables import ABLATION, PAIR, SCORES, STEPS, table

from claims.tables.check import check_claim
from claims.tables.table import Table

PAIRS = {
    "comparison": (
        SCORES,
        [
            ("Ours outperforms Catseq on NUS.", "Catseq outperforms Ours on NUS."),
            ("On NUS, Copynet is worse than Catseq.", "On NUS, Catseq is worse than Copynet."),
            ("Ours beats Catseq.", "Catseq beats Ours."),
            ("Copynet achieves a higher score than Catseq on Inspec.", "Catseq achieves a higher score than Copynet on Inspec."),
        ],
    ),
    "negation": (
        SCORES,
        [
            ("Catseq does not outperform Ours on NUS.", "Ours does not outperform Catseq on NUS."),
            ("Copynet fails to beat Catseq on Krapivin.", "Catseq fails to beat Copynet on Krapivin."),
            ("Copynet never outperforms Ours.", "Ours never outperforms Copynet."),
        ],
    ),
    "quantifier": (
        SCORES,
        [
            ("Ours outperforms Catseq on all datasets.", "Ours outperforms Transformer on all datasets."),
            ("Ours outperforms Transformer on 3 of the 4 datasets.", "Ours outperforms Transformer on 2 of the 4 datasets."),
            ("Catseq outperforms Copynet on two out of four datasets.", "Catseq outperforms Copynet on three out of four datasets."),
            ("Ours outperforms Transformer on both Inspec and NUS.", "Ours outperforms Transformer on both Inspec and Krapivin."),
            ("Ours consistently outperforms Copynet.", "Ours consistently outperforms Transformer."),
        ],
    ),
    "exception": (
        SCORES,
        [
            ("Ours outperforms Transformer on all datasets except Krapivin.", "Ours outperforms Transformer on all datasets except NUS."),
            ("Ours outperforms Transformer on all but one dataset.", "Catseq outperforms Copynet on all but one dataset."),
        ],
    ),
    "superlative": (
        SCORES,
        [
            ("Ours achieves the best result on NUS.", "Transformer achieves the best result on NUS."),
            ("Transformer is the best model on Krapivin.", "Ours is the best model on Krapivin."),
            ("Catseq performs worst on KP20k.", "Copynet performs worst on KP20k."),
            ("Ours outperforms all other models on Inspec.", "Ours outperforms all other models on Krapivin."),
            ("Transformer ranks second on NUS.", "Catseq ranks second on NUS."),
        ],
    ),
    "value": (
        SCORES,
        [
            ("Ours scores 56.0 on NUS.", "Ours scores 57.0 on NUS."),
            ("Catseq reaches 61.0 on Krapivin.", "Catseq reaches 60.0 on Krapivin."),
        ],
    ),
    "difference": (
        SCORES,
        [
            ("Ours outperforms Catseq by 4.0 points on NUS.", "Ours outperforms Catseq by 5.0 points on NUS."),
            ("Ours is 2 points better than Transformer on NUS.", "Ours is 3 points better than Transformer on NUS."),
        ],
    ),
    "relative difference": (
        PAIR,
        [
            ("Alpha outperforms Beta by 20% in BLEU.", "Alpha outperforms Beta by 30% in BLEU."),
        ],
    ),
    "direction": (
        PAIR,
        [
            ("Alpha is better than Beta in terms of WER.", "Beta is better than Alpha in terms of WER."),
            ("Beta has a higher WER than Alpha.", "Alpha has a higher WER than Beta."),
            ("Alpha has the lowest WER.", "Beta has the lowest WER."),
        ],
    ),
    "ablation": (
        ABLATION,
        [
            ("Removing attention hurts F1.", "Removing dropout hurts F1."),
        ],
    ),
    "trend": (
        STEPS,
        [
            ("Accuracy increases with the number of layers.", "Accuracy decreases with the number of layers."),
        ],
    ),
    "conjunction": (
        SCORES,
        [
            ("Ours outperforms Catseq on NUS, and Transformer outperforms Ours on Krapivin.",
             "Ours outperforms Catseq on NUS, and Ours outperforms Transformer on Krapivin."),
        ],
    ),
}  # fmt: skip
CASES = [
    pytest.param(over, true, false, id=f"{form}-{i}")
    for form, (over, pairs) in PAIRS.items()
    for i, (true, false) in enumerate(pairs)
]


@pytest.mark.parametrize(("over", "true", "false"), CASES)
def test_a_true_sentence_is_supported_and_its_false_twin_refuted(over: Table, true: str, false: str) -> None:
    for claim, word in ((true, "supported"), (false, "refuted")):
        verdict = check_claim(claim, [over])
        assert verdict.verdict == word, f"{claim} → {verdict.assertion}: {verdict.reason}"


GROWTH = table(
    """
    System | Size | Accuracy | Perplexity
    A      | 1.0  | 60.0     | 3.0
    B      | 2.0  | 64.0     | 2.6
    C      | 4.0  | 63.0     | 2.7
    D      | 8.0  | 70.0     | 2.1
    E      | 16.0 | 74.0     | 1.9
    """
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Accuracy correlates strongly with size.", "supported"),
        ("Accuracy is negatively correlated with size.", "refuted"),
        ("There is a negative correlation between accuracy and perplexity.", "supported"),
        ("The correlation between accuracy and perplexity is positive.", "refuted"),
        ("Accuracy does not correlate with size.", "not-testable"),
        ("Accuracy correlates with memory.", "not-testable"),
        ("B beats A by 4 points in accuracy.", "supported"),
        ("B beats A by 3 points in accuracy.", "refuted"),
        ("A beats B in accuracy.", "refuted"),
    ],
)
def test_columns_are_correlated_and_rows_may_be_called_by_a_letter(claim: str, word: str) -> None:
    verdict = check_claim(claim, [GROWTH])
    assert verdict.verdict == word, f"{verdict.assertion}: {verdict.reason}"


def test_too_few_rows_tell_nothing_of_a_correlation() -> None:
    assert check_claim("BLEU correlates with accuracy.", [PAIR]).verdict == "not-testable"


@pytest.mark.parametrize(
    "claim",
    [
        "GPT-4 outperforms Catseq on NUS.",
        "Ours outperforms Gamma on NUS.",
        "Ours is easier to train than everything before.",
        "The weather was nice.",
        "We thank the reviewers.",
        "Ours significantly outperforms Catseq on NUS (p < 0.05).",
        "Ours is statistically significantly better than Catseq on NUS.",
    ],
)
def test_what_the_table_cannot_tell_gets_no_verdict(claim: str) -> None:
    assert check_claim(claim, [SCORES]).verdict == "not-testable", check_claim(claim, [SCORES]).assertion


def test_two_points_are_not_two_percent() -> None:
    over = table("System | BLEU\nAlpha | 27.5\nBeta | 25.0")
    words = {
        claim: check_claim(claim, [over]).verdict
        for claim in (
            "Alpha outperforms Beta by 2.5 points.",
            "Alpha outperforms Beta by 10%.",
            "Alpha outperforms Beta by 10 points.",
            "Alpha outperforms Beta by a relative 2.5%.",
        )
    }
    assert words == dict(zip(words, ["supported", "supported", "refuted", "refuted"], strict=True))


def test_the_arrow_in_a_header_tells_which_way_is_better() -> None:
    over = table("System | Delay ↓ | Wins ↑\nAlpha | 3.0 | 5.0\nBeta | 4.0 | 6.0")
    assert check_claim("Alpha outperforms Beta on Delay.", [over]).verdict == "supported"
    assert check_claim("Alpha outperforms Beta on Wins.", [over]).verdict == "refuted"


def test_bold_numbers_are_no_evidence() -> None:
    over = table("System | BLEU\nAlpha | **24.0**\nBeta | 25.0")
    assert check_claim("Alpha has the best BLEU.", [over]).verdict == "refuted"


def test_abbreviations_of_the_caption_link() -> None:
    over = table("Model | B-4\nSeq | 8.1\nSeqAug | 9.9", "Results in BLEU-4 (B-4).")
    assert check_claim("SeqAug has a higher BLEU-4 than Seq.", [over]).verdict == "supported"


def test_tables_that_disagree_decide_nothing() -> None:
    first, second = table("M | F1\nAlpha | 2.0\nBeta | 1.0"), table("M | F1\nAlpha | 1.0\nBeta | 2.0")
    verdict = check_claim("Alpha outperforms Beta on F1.", [first, second])
    assert (verdict.verdict, verdict.flags) == ("inconclusive", ("ambiguous",))


def test_no_verdict_below_the_threshold() -> None:
    claim = "Ours outperforms Catseq on NUS."
    assert check_claim(claim, [SCORES], threshold=1.0).verdict == "not-testable"
    assert check_claim(claim, [SCORES], threshold=0.0).verdict == "supported"


def test_a_verdict_names_the_cells_it_rests_on() -> None:
    items = check_claim("Ours outperforms Catseq on NUS.", [SCORES]).evidence
    assert [(item.what, item.value) for item in items] == [("Ours · NUS", 56.0), ("Catseq · NUS", 52.0)]
    assert [item.source for item in items] == ["table row 4 column 3: 56.0", "table row 2 column 3: 52.0"]
