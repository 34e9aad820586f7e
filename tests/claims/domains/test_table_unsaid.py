"""What a sentence leaves unsaid, taken in every way that may be meant, never one way only."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import Table

SETS = table(
    "System | NUS | Inspec | KP20k\nAldo | 70.2 | 61.5 | 55.0\nBirk | 68.1 | 63.0 | 52.4\nDorn | 60.3 | 50.9 | 40.0",
    "F1 of systems.",
)
PEOPLE = table(
    "Model | P | R | F1\nUlm | 80.0 | 60.0 | 68.6\nVaro | 70.0 | 72.0 | 71.0\nHuman | 95.0 | 90.0 | 92.4",
    "Extraction results.",
)
GOLD = table(
    "Input | F1 | UAS\nGold (disc) | 91.2 | 94.0\nGold (gen) | 90.1 | 93.5\nPred (disc) | 86.0 | 91.2", "F1 of parsers."
)
SPLITS = table(
    """
    Model | News | News | Bio  | Bio
          | dev  | test | dev  | test
    Falk  | 80.0 | 79.0 | 70.0 | 68.5
    Gero  | 78.2 | 79.4 | 73.1 | 72.2
    """,
    "F1 on two domains.",
)
ACROSS = table(
    "    | en | de | tr\nen | 90.0 | 80.1 | 60.5\nde | 85.4 | 88.8 | 61.2\ntr | 72.1 | 70.0 | 84.9",
    "F1. Rows are source languages and columns are target languages.",
)

DOMAINS = table(
    "Model | SQuAD EM | SQuAD F1 | NewsQA EM | NewsQA F1\nBiDAF | 67.7 | 77.3 | 37.1 | 52.3\nDrQA | 69.5 | 78.8 | 41.0 | 55.0"
)
COSTS = table(
    "Model | Params (M) | Latency (ms) | Accuracy\nTiny | 14 | 5.2 | 71.0\nBase | 110 | 20.5 | 82.6\nLarge | 340 | 61.0 | 82.9",
    "Cost of the models.",
)
ERRORS = table("System | WER | PPL\nJuno | 12.4 | 35.1\nKaspar | 10.9 | 40.2", "Word error rate and perplexity.")
LOWER = table(
    "Method | CIFAR | STL\nYann | 5.2 | 12.0\nZora | 4.8 | 11.1\nAbel | 6.0 | 14.5",
    "Error rates in percent; lower is better.",
)
PRECISE = table(
    "Model | Dev P | Dev R | Test P | Test R\nFalk | 81.0 | 70.5 | 79.2 | 69.0\nGero | 78.3 | 74.6 | 76.0 | 75.1"
)


@pytest.mark.parametrize(
    ("over", "claim", "right"),
    [
        (SETS, "The lowest F1, 50.9, is that of Dorn.", ""),
        (SETS, "The worst result, 60.3, is that of Dorn.", ""),
        (SETS, "The lowest F1 on Inspec, 50.9, is that of Dorn.", "supported"),
        (SETS, "The highest F1 on NUS, 72.0, is achieved by Aldo.", "refuted"),
        (SPLITS, "The highest F1, 79.4, is achieved by Gero.", ""),
        (DOMAINS, "The lowest F1, 77.3, is achieved by BiDAF.", ""),
        (PEOPLE, "Varo has the highest F1.", ""),
        (PEOPLE, "Varo outperforms all others in F1.", ""),
        (PEOPLE, "Only Varo exceeds 70 in F1.", ""),
        (PEOPLE, "All but one model exceed 70 in F1.", "supported"),
        (PEOPLE, "Ulm has the highest F1.", "refuted"),
        (GOLD, "Gold (gen) leads in UAS.", ""),
        (GOLD, "Gold (gen) beats all other inputs.", ""),
        (GOLD, "Gold (disc) leads in UAS.", "supported"),
        (SPLITS, "Gero beats Falk everywhere except on News dev.", "supported"),
        (SPLITS, "Gero beats Falk on all sets except Bio test.", "refuted"),
        (ACROSS, "German improves Turkish by 0.7 points.", ""),
        (ACROSS, "English helps Turkish.", ""),
        (ACROSS, "German gains 0.7 points on Turkish.", ""),
        (COSTS, "Large outperforms Base across the board.", ""),
        (COSTS, "Large is better than Base in all metrics.", ""),
        (COSTS, "Large leads across the board.", ""),
        (COSTS, "Large has a higher accuracy than Base.", "supported"),
        (ERRORS, "Moving from Juno to Kaspar loses 1.5 points in WER.", ""),
        (ERRORS, "Compared with Juno, Kaspar loses 1.5 points of WER.", ""),
        (ERRORS, "Moving from Kaspar to Juno costs 1.5 points in WER.", "supported"),
        (LOWER, "Abel exceeds Yann on STL.", ""),
        (LOWER, "Abel is above Yann on STL.", ""),
        (LOWER, "Abel's error is above Yann's on STL.", "supported"),
        (PRECISE, "Falk has the highest F1 on the test set.", ""),
    ],
)
def test_what_is_left_unsaid_is_taken_in_every_way(over: Table, claim: str, right: str) -> None:
    found = judged(claim, over)
    assert found.verdict == right if right else found.verdict in WITHHELD, f"{claim}: {found.assertion}"
