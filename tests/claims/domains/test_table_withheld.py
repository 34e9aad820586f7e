"""What a sentence says beyond what the table can tell takes the verdict away."""

from __future__ import annotations

import pytest
from small_tables import ABLATION, PAIR, SCORES, STEPS, WITHHELD, judged

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
