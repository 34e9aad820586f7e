"""What a sentence says beyond what the table can tell takes the verdict away."""

from __future__ import annotations

import pytest
from small_tables import ABLATION, PAIR, SCORES, STEPS, WITHHELD, check, judged, table

from analysis.tables import Table

SENTENCES = {
    "a place the table does not have": [
        "Ours outperforms Catseq on SemEval.",
        "Ours outperforms Catseq on the test set of SemEval.",
        "Ours outperforms Catseq on NUS and SemEval.",
        "Ours outperforms Catseq on NUS dev.",
        "Ours outperforms Catseq on the news dataset.",
        "Ours outperforms Catseq on medical tasks.",
        "Ours outperforms Catseq on the large datasets.",
        "Ours outperforms Catseq for absent keyphrases.",
        "Ours outperforms Catseq in the few-shot setting.",
    ],
    "a measure the table does not have": [
        "Ours outperforms Catseq in terms of recall.",
        "Ours outperforms Catseq in training speed.",
        "The loss of Ours is lower than that of Catseq.",
        "Ours' training time is higher than that of Catseq.",
        "Ours is easier to train than everything before.",
    ],
    "a name with more to it": [
        "Ours-large outperforms Catseq on NUS.",
        "Ours outperforms multi-Catseq on NUS.",
        "Ours (large) outperforms Catseq on NUS.",
        "Ours 2 outperforms Catseq on NUS.",
        "A variant of Ours outperforms Catseq on NUS.",
        "The encoder of Ours outperforms Catseq on NUS.",
        "Ours without pretraining outperforms Catseq on NUS.",
        "Fine-tuned Ours outperforms Catseq on NUS.",
        "Ours trained on NUS outperforms Catseq on KP20k.",
        "GPT-4 outperforms Catseq on NUS.",
    ],
    "a condition": [
        "Ours outperforms Catseq with less data.",
        "With less data, Ours outperforms Catseq.",
        "When trained on less data, Ours outperforms Catseq.",
        "Ours outperforms Catseq if trained longer.",
        "After fine-tuning, Ours outperforms Catseq.",
        "Ours outperforms Catseq on NUS in most cases.",
        "Ours outperforms Catseq on NUS under noise.",
        "Although Ours outperforms Catseq on NUS, its cost is not lower.",
    ],
    "another attitude than to assert": [
        "We hope that Ours outperforms Catseq on NUS.",
        "It is unclear whether Ours outperforms Catseq on NUS.",
        "Does Ours outperform Catseq on NUS?",
        "If Ours outperforms Catseq on NUS, it is used.",
        "Ours may outperform Catseq on NUS.",
        "Ours often outperforms Catseq.",
        "Ours almost outperforms Transformer on Krapivin.",
        "Ours was designed to outperform Catseq on NUS.",
        "Smith et al. claim that Ours outperforms Catseq on NUS.",
        "Ours is believed to outperform Catseq on NUS.",
    ],
    "rivals the table does not set apart": [
        "Catseq is the best recurrent model.",
        "Catseq is the best among recurrent models.",
        "Among recurrent models, Catseq performs best.",
        "Catseq is the best model that uses no labels.",
        "Catseq outperforms every other system of its size.",
        "No other recurrent model beats Ours on NUS.",
        "The recurrent models outperform Catseq.",
        "Ours sets a new state of the art on NUS.",
        "Ours outperforms Transformer on all datasets except the biggest.",
    ],
    "a test, a share, a factor": [
        "Ours significantly outperforms Catseq on NUS (p < 0.05).",
        "Ours is statistically significantly better than Catseq on NUS.",
        "Ours is twice as good as Catseq on NUS.",
        "Ours outperforms Catseq on NUS (0.9).",
    ],
    "nothing of the table": [
        "The weather was nice.",
        "We thank the reviewers.",
        "Ours.",
        "NUS and Krapivin.",
        "56.0",
        ".",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "claim", [pytest.param(claim, id=f"{kind}: {claim}") for kind, claims in SENTENCES.items() for claim in claims]
)
def test_what_the_table_cannot_tell_gets_no_verdict(claim: str) -> None:
    found = judged(claim, SCORES)
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (PAIR, "Alpha is better in BLEU, WER and speed."),
        (PAIR, "Alpha achieves 30.0 BLEU, the highest reported."),
        (PAIR, "Alpha outperforms Beta in BLEU for long sentences."),
        (ABLATION, "Removing dropout helps for small models."),
        (ABLATION, "Removing attention and dropout hurts F1."),
        (STEPS, "Accuracy increases with layers, then falls."),
    ],
)
def test_nor_does_what_stands_behind_a_claim_that_holds(over: Table, claim: str) -> None:
    found = judged(claim, over)
    assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


def test_every_withheld_verdict_says_why() -> None:
    for claims in SENTENCES.values():
        for claim in claims:
            assert judged(claim, SCORES).reason


LADDER = """
Model           | Dev  | Test
Ours            | 80.0 | 79.0
w/o attention   | 79.0 | 77.0
w/o CRF         | 78.5 | 75.0
w/o pretraining | 74.0 | 74.0
"""
THREE = """
Model | NUS  | Inspec
Alpha | 50.0 | 60.0
Beta  | 51.0 | 59.0
Gamma | 49.0 | 61.0
"""
FAMILIES = """
Model       | ImageNet
ViT-S       | 80.0
ViT-L       | 79.0
MobileNet-S | 70.0
MobileNet-L | 85.0
ResNet-S    | 60.0
"""


@pytest.mark.parametrize(
    ("rows", "caption", "claims"),
    [
        *(
            (
                LADDER,
                f"Accuracy. {how}",
                (
                    "Removing CRF costs 0.5 points on Dev.",
                    "Removing CRF costs 1.5 points on Dev.",
                    "Removing attention hurts Test the most.",
                    "Removing pretraining hurts Test the most.",
                    "Pretraining matters most on Test.",
                    "Without CRF, accuracy drops by 1.5 points on Dev.",
                    "Removing pretraining hurts Test more than removing CRF.",
                ),
            )
            for how in (
                "Components are removed one after the other.",
                "Cumulative ablation.",
                "Each row removes one more component.",
                "We remove components step by step.",
                "Components are removed in turn.",
                "Parts are successively removed",
                "Parts are progressively removed.",
                "Parts are incrementally removed.",
            )
        ),
        *(
            (
                THREE,
                caption,
                (
                    "Neither Alpha nor Gamma beats Beta on both NUS and Inspec.",
                    "Neither Alpha nor Gamma beats Beta on all data sets.",
                    "Neither Alpha nor Gamma is worse than Beta on both NUS and Inspec.",
                    "Neither Alpha nor Gamma is outperformed by Beta on every data set.",
                    "Beta outperforms neither Alpha nor Gamma on both NUS and Inspec.",
                    "Neither Alpha nor Gamma is the best on both NUS and Inspec.",
                    "Neither Alpha nor Gamma always beats Beta.",
                    "Neither Alpha nor Gamma beats Beta across the board.",
                    "Neither Alpha nor Beta is better than the other on NUS.",
                    "Neither Alpha nor Beta beats the other model on NUS.",
                    "Neither Alpha nor Gamma beats the other models on NUS.",
                    "Alpha and Beta beat the other models on NUS.",
                ),
            )
            for caption in ("Accuracy.", "Perplexity.")
        ),
        ("Model | Layers\nAlpha | 8\nBeta | 8\nGamma | 4", "", ("Neither Alpha nor Beta is larger than the other.",)),
        (FAMILIES, "Accuracy.", ("ResNet-S beats its large counterpart.", "ViT-S beats its tiny counterpart.")),
    ],
)
def test_nor_does_what_can_be_meant_of_other_cells(rows: str, caption: str, claims: tuple[str, ...]) -> None:
    over = table(rows, caption)
    for claim in claims:
        found = judged(claim, over)
        assert found.verdict in WITHHELD, f"{claim}: {found.assertion}"


def test_what_is_meant_of_one_cell_keeps_its_verdict() -> None:
    check(table(LADDER, "Accuracy."), "Removing CRF costs 1.5 points on Dev.", "supported")
    check(table(LADDER, "Accuracy. Cumulative ablation."), "w/o CRF is worse than Ours on Dev.", "supported")
    check(table(THREE, "Accuracy."), "Neither Alpha nor Gamma beats Beta on NUS.", "supported")
    check(table(FAMILIES, "Accuracy."), "ViT-S beats its large counterpart.", "supported")


def test_an_unknown_word_is_named_with_its_hyphens_and_digits() -> None:
    over = table("Model | News\nAsh | 72.1\nOak | 73.4", "Results.")
    reason = judged("Ash has a higher F1 than self-attentive XLM-R on News.", over).reason
    assert "“F1”, “self-attentive”, “XLM-R” are neither" in reason
