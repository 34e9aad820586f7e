"""Units and scales: what a number in seconds or in percent says of cells in milliseconds or in fractions."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

COSTS = table(
    "System | WER | Latency (ms) | Memory (GB) | Params (M)\nKaldi | 7.4 | 120 | 2 | 30\nWhisper | 3.4 | 540 | 0.5 | 1550"
)
MEASURES = table("Metric | Kaldi | Whisper\nWER (%) | 7.4 | 3.4\nLatency (ms) | 120 | 540\nParams (M) | 30 | 1550")
FRACTIONS = table("Model | X\nMaple | 0.912\nBirch | 0.874", "F1.")
PERCENT = table("Model | NUS\nMaple | 96.3\nBirch | 91.0", "Accuracy (%).")
ECONOMY = table(
    "Year | GDP growth | Unemployment\n2017 | 2.1 | 4.4\n2018 | 2.9 | 3.9\n2020 | -3.4 | 8.1", "Economy (%)."
)
TRANSLATION = table("System | BLEU\nMaple | 27.1\nBirch | 28.4")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (COSTS, "Kaldi has a latency of 0.12 s.", "supported"),
        (COSTS, "Kaldi has a latency of 120 s.", "refuted"),
        (COSTS, "Kaldi needs 2000 MB of memory.", "supported"),
        (COSTS, "Kaldi needs 2 MB of memory.", "refuted"),
        (COSTS, "Whisper needs 500 MB.", "supported"),
        (COSTS, "The difference in latency between Kaldi and Whisper is 0.42 s.", "supported"),
        (COSTS, "The difference in latency between Kaldi and Whisper is 420 s.", "refuted"),
        (COSTS, "The difference in latency between Kaldi and Whisper is 78%.", "supported"),
        (COSTS, "Latency ranges from 0.12 to 0.54 s.", "supported"),
        (COSTS, "Latency ranges from 120 to 540 s.", "refuted"),
        (COSTS, "All systems have a latency below 1 s.", "supported"),
        (COSTS, "All systems have a latency above 100 s.", "refuted"),
        (COSTS, "Only Kaldi has a latency below 0.2 s.", "supported"),
        (COSTS, "The average latency is 0.33 s.", "supported"),
        (COSTS, "The average latency is 330 s.", "refuted"),
        (COSTS, "Kaldi is 0.42 s faster than Whisper.", "supported"),
        (COSTS, "Kaldi is 420 s faster than Whisper.", "refuted"),
        (COSTS, "Kaldi is faster than Whisper (120 vs. 540 ms).", "supported"),
        (COSTS, "Kaldi (0.12 s) is faster than Whisper (0.54 s).", "supported"),
        (COSTS, "Params range from 30M to 1.55B.", "supported"),
        (COSTS, "Kaldi has 1520M fewer params than Whisper.", "supported"),
        (MEASURES, "The gap in latency between Kaldi and Whisper is 0.42 s.", "supported"),
        (MEASURES, "The gap in latency between Kaldi and Whisper is 420 s.", "refuted"),
    ],
)
def test_a_unit_is_converted_to_that_of_the_cells(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Kaldi has a latency of 120%.",
        "Kaldi has a latency of 120 points.",
        "Kaldi has a WER of 7.4 ms.",
        "The gap in WER between Kaldi and Whisper is 4.0 ms.",
        "The gap between Kaldi and Whisper is 420 ms.",
        "Kaldi has 4.0 ms higher WER than Whisper.",
        "Whisper has 1550 params.",
    ],
)
def test_a_unit_that_cells_are_not_in_decides_nothing(claim: str) -> None:
    assert judged(claim, COSTS).verdict in WITHHELD


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (FRACTIONS, "Maple scores 91.2 on X.", "supported"),
        (FRACTIONS, "Maple scores 91.2% on X.", "supported"),
        (FRACTIONS, "Maple scores at most 50 on X.", "refuted"),
        (FRACTIONS, "Maple exceeds 90 on X.", "supported"),
        (FRACTIONS, "Maple exceeds 95 on X.", "refuted"),
        (FRACTIONS, "Maple beats Birch by 3.8 points on X.", "supported"),
        (FRACTIONS, "Maple beats Birch by 3.8% on X.", "supported"),
        (table("Model | X\nMaple | 0.86\nBirch | 0.85", "F1."), "Maple beats Birch by 1 point on X.", "supported"),
        (FRACTIONS, "Maple beats Birch by more than 5 points on X.", "refuted"),
        (FRACTIONS, "The gap between Maple and Birch on X is 3.8 points.", "supported"),
        (PERCENT, "Maple scores 0.963 on NUS.", "supported"),
        (PERCENT, "Maple scores 0.95 on NUS.", "refuted"),
        (PERCENT, "Maple beats Birch by 0.3 points on NUS.", "refuted"),
        (ECONOMY, "GDP growth exceeded 0.5 in 2018.", "supported"),
        (ECONOMY, "GDP growth was 0.0 in 2020.", "refuted"),
        (ECONOMY, "Unemployment was 0 in 2020.", "refuted"),
    ],
)
def test_only_shares_are_read_as_fractions_and_as_percentages(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (TRANSLATION, "Maple has a BLEU of 0.3."),
        (PERCENT, "Maple exceeds 0.98 on NUS."),
        (PERCENT, "Maple beats Birch by 0.053 on NUS."),
    ],
)
def test_a_number_that_is_right_on_another_scale_only_decides_nothing(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_a_gap_of_nothing_is_not_a_small_one() -> None:
    close = table("Model | NUS\nMaple | 96.3\nBirch | 96.0", "Accuracy (%).")
    assert judged("The gap between Maple and Birch on NUS is 0.", close).verdict != "supported"
