"""Labels that a sentence spells otherwise: rates, one thing with another, sizes, cut words, other plurals."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

READERS = table(
    """
    Reader           | AUC  | Energy (mJ/packet) | Tokens/s | Time/epoch (ms) | Speedup (total)
    Resident         | 71.0 | 1.0                | 2.0      | 3.0             | 1.2
    Resident with AI | 73.0 | 2.0                | 3.0      | 4.0             | 1.4
    Radiologist      | 70.0 | 3.0                | 4.0      | 5.0             | 1.1
    Radiologist + AI | 74.0 | 4.0                | 5.0      | 6.0             | 1.3
    AI alone         | 72.0 | 3.5                | 2.5      | 1.0             | 1.0
    """
)
SIZES = table("Model | Error (%)\nNet (14×14) | 1.2\nNet (28×28) | 0.5\nNet (21×21) | 0.7")
SHORTENED = table("Model | Gen. perf. | Gen. cost\nMaple | 0.2 | 1.0\nBirch | 0.4 | 2.0\nAlder | 0.1 | 3.0")
SEGMENTED = table("Input | F1\nGold seg | 71.0\nAuto seg | 70.0\nNo seg | 65.0")
OUTCOMES = table("Outcome | Surgery | Chemo\nDistant metastasis, % | 31.5 | 23.2\nDeath, % | 1.1 | 2.1")
REGIONS = table("Region | Population (million) | Frequency\nNorth | 1.9 | 4\nWest | 5.1 | 2\nMid | 6.8 | 3")
OTHER_UNITS = table("Region | Population (growth) | Frequency\nNorth | 1.9 | 4\nWest | 5.1 | 2\nMid | 6.8 | 3")
LOSSES = table("Model | BLEU\nFull | 40.1\nNo Lperceptual | 36.2\nNo Lcycle | 38.0\nLinear | 35.0")
PPV = table("Reader | PPV (%) | NPV (%)\nMaple | 71.0 | 80.0\nBirch | 73.0 | 79.0")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (READERS, "The AI-assisted resident has a higher AUC than the resident.", "supported"),
        (READERS, "The radiologist aided by AI has a lower AUC than the radiologist.", "refuted"),
        (READERS, "AI on its own has a higher AUC than the radiologist.", "supported"),
        (READERS, "Standalone AI has the highest AUC.", "refuted"),
        (READERS, "The radiologist uses more energy per packet than the resident.", "supported"),
        (READERS, "AI alone has the lowest tokens per second.", "refuted"),
        (READERS, "AI alone has the shortest time per epoch.", "supported"),
        (READERS, "AI alone has a total speedup factor of 1.3.", "refuted"),
        (SIZES, "Net with 14 × 14 has a higher error than Net with 28 x 28.", "supported"),
        (SIZES, "The 21 × 21 Net has the lowest error.", "refuted"),
        (SHORTENED, "Maple has a higher general performance than Alder.", "supported"),
        (SEGMENTED, "Gold segmentation has a lower F1 than automatic segmentation.", "refuted"),
        (OUTCOMES, "Distant metastases are higher with Surgery than with Chemo.", "supported"),
        (REGIONS, "The most populous of the regions is West.", "refuted"),
        (REGIONS, "North is more common than West.", "supported"),
        (REGIONS, "West is rarer than Mid.", "supported"),
        (LOSSES, "Removing the perceptual loss gives a lower BLEU than removing the cycle loss.", "supported"),
        (LOSSES, "The model without cycle loss has the highest BLEU.", "refuted"),
        (PPV, "Birch has the best positive predictive value.", "supported"),
    ],
)
def test_a_label_is_found_in_another_spelling(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (READERS, "The AI-assisted nurse has a higher AUC than the resident."),
        (READERS, "The resident-assisted AI has a higher AUC than the resident."),
        (READERS, "The resident on its own has the highest energy per token."),
        (SIZES, "The 14 × 28 Net has the highest error."),
        (SHORTENED, "Maple has a higher general accuracy than Alder."),
        (SEGMENTED, "Gold segments have a lower F1 than autoregressive segments."),
        (LOSSES, "The model with the linear loss has the highest BLEU."),
        (LOSSES, "The loss has the highest BLEU."),
        (OTHER_UNITS, "The most populous of the regions is West."),
    ],
)
def test_another_thing_is_no_spelling(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD
