"""Counts that may be exact, lines left out, settings that the next clause keeps, people, “it”, cells without a number."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import Table

MODELS = table(
    """
    Model | NUS  | SQuAD | XQuAD
    Aldo  | 88.4 | 81.0  | 70.5
    Bora  | 86.3 | 82.5  | 71.2
    Cato  | 75.0 | 65.1  | 62.0
    Dorn  | 61.5 | 61.2  | 60.4
    """,
    "Accuracy.",
)
SETTINGS = table(
    """
    Task | Setting         | Language | F1
    None | zero-shot       | fi       | 60.0
    NLI  | zero-shot       | fi       | 62.0
    None | zero-shot       | de       | 70.0
    NLI  | zero-shot       | de       | 68.0
    None | translate-train | fi       | 61.0
    NLI  | translate-train | fi       | 60.0
    None | translate-train | de       | 71.0
    NLI  | translate-train | de       | 73.0
    """
)
PEOPLE = table("Model | EM | F1\nUlm | 71.0 | 76.1\nVaro | 73.5 | 78.0\nYann | 77.2 | 80.5\nHuman | 82.3 | 91.2")
BOUNDS = table("Model | EM\nUlm | 71.0\nVaro | 73.5\nYann | 77.2\nOracle | 82.3")
COSTS = table("Model | Accuracy | Latency (ms)\nUlm | 81.0 | 20\nVaro | 80.0 | 30\nYann | 78.0 | 45")
CLEAN = "Model | clean | noisy\nUlm | 0.40 | 0.50\nVaro | 0.22 | 0.30"
EMPTY = table("Model | EM | F1\nUlm | 71.0 | 76.1\nVaro | 73.5 |\nYann | 77.2 | 80.5")


@pytest.mark.parametrize(
    ("over", "claim", "right"),
    [
        # how many: exactly or at least
        (MODELS, "Two of the four models exceed 60 on NUS.", ""),
        (MODELS, "Two of the four models exceed 80 on NUS.", "supported"),
        (MODELS, "Three of the four models exceed 80 on NUS.", "refuted"),
        (MODELS, "Exactly two of the four models exceed 60 on NUS.", "refuted"),
        (MODELS, "Only two of the four models exceed 60 on NUS.", "refuted"),
        (MODELS, "At least two of the four models exceed 60 on NUS.", "supported"),
        (MODELS, "At most three of the four models exceed 60 on NUS.", "refuted"),
        (MODELS, "Two of the three models exceed 60 on NUS.", ""),
        (MODELS, "Aldo beats Dorn on two of the three datasets.", ""),
        # all but some
        (MODELS, "All models except Dorn score above 70 on NUS.", "supported"),
        (MODELS, "All models except Dorn score above 60 on NUS.", "refuted"),
        (MODELS, "All models except Cato exceed 70 on NUS.", "refuted"),
        (MODELS, "All models exceed 70 on NUS except Dorn.", "supported"),
        (MODELS, "All models excluding Dorn exceed 60 on NUS.", "supported"),
        (MODELS, "No model except Aldo exceeds 87 on NUS.", "supported"),
        (MODELS, "No model except Bora exceeds 87 on NUS.", "refuted"),
        (MODELS, "Most models except Dorn exceed 70 on NUS.", ""),
        (MODELS, "Aldo and Bora except Dorn exceed 70 on NUS.", ""),
        (MODELS, "All models except NUS exceed 70.", ""),
        (MODELS, "All other models outperform Dorn on NUS except Cato.", "refuted"),
        (MODELS, "All models except Bora outperform Cato on NUS.", "refuted"),
        (MODELS, "All models except Dorn outperform Cato on NUS.", "supported"),
        (MODELS, "All models except Aldo trail Aldo on NUS.", "supported"),
        # no place
        (MODELS, "All models exceed 50.", "supported"),
        (MODELS, "All models exceed 90.", "refuted"),
        (MODELS, "All models exceed 61.", ""),
        (MODELS, "Exactly two models exceed 80.", ""),
        # settings of the clause before
        (SETTINGS, "NLI beats None in the zero-shot setting on fi but underperforms on de.", "supported"),
        (SETTINGS, "NLI is better than None in the zero-shot setting on fi but worse on de.", "supported"),
        (SETTINGS, "NLI beats None in the zero-shot setting on fi but underperforms None on de.", "supported"),
        (SETTINGS, "NLI trails None in the translate-train setting on fi but beats None on de.", "supported"),
        (SETTINGS, "NLI beats None on de in the translate-train setting but underperforms on fi.", "supported"),
        (SETTINGS, "NLI beats None in the zero-shot setting on de but underperforms on fi.", "refuted"),
        (SETTINGS, "NLI beats None on fi in the zero-shot setting. It underperforms None on de.", ""),
        # people and bounds
        (PEOPLE, "No model exceeds 80 EM.", "supported"),
        (PEOPLE, "All models exceed 72 EM.", "refuted"),
        (PEOPLE, "Exactly three models exceed 70 EM.", "supported"),
        (PEOPLE, "Most models exceed 72 EM.", "supported"),
        (PEOPLE, "Yann is the best model in EM.", "supported"),
        (PEOPLE, "Yann outperforms all others in EM.", ""),
        (PEOPLE, "Yann has the highest EM.", ""),
        (BOUNDS, "No model exceeds 80 EM.", ""),
        (BOUNDS, "Exactly three models exceed 70 EM.", ""),
        (BOUNDS, "All models exceed 70 EM.", "supported"),
        # it
        (COSTS, "Ulm beats Varo in accuracy. It also has the lowest latency.", "supported"),
        (COSTS, "Varo beats Yann in accuracy. It also has the lowest latency.", "mixed"),
        (COSTS, "Ulm beats Varo in accuracy. It has the lowest latency.", ""),
        (COSTS, "Varo trails Ulm in accuracy. It also has the lowest latency.", ""),
        (COSTS, "Varo is beaten by Ulm in accuracy. It also has the lowest latency.", ""),
    ],
)
def test_what_a_sentence_leaves_open_is_withheld_and_the_rest_decided(over: Table, claim: str, right: str) -> None:
    found = judged(claim, over)
    assert found.verdict == right if right else found.verdict in WITHHELD, f"{claim}: {found.assertion}"


@pytest.mark.parametrize(
    ("caption", "right"),
    [
        ("RTF↓ of models.", "supported"),
        ("WER (↓) on two sets.", "supported"),
        ("MOS ↑ on two sets.", "refuted"),
        ("Accuracy and RTF↓ of models.", ""),
        ("Results on two sets; lower is better ↓.", ""),
        ("RTF↓ and MOS↑ of models.", ""),
    ],
)
def test_an_arrow_behind_the_only_measure_of_a_caption_says_which_way_is_better(caption: str, right: str) -> None:
    found = judged("Varo outperforms Ulm on clean.", table(CLEAN, caption))
    assert found.verdict == right if right else found.verdict in WITHHELD, found.reason


def test_an_arrow_in_the_caption_is_of_the_column_it_names() -> None:
    over = table("Model | FID | IS\nUlm | 5.1 | 9.0\nVaro | 6.2 | 8.8", "FID↓ and IS↑ of generators.")
    assert judged("Ulm has the best FID.", over).verdict == "supported"
    assert judged("Varo has the best IS.", over).verdict == "refuted"


def test_a_reason_says_whether_people_and_bounds_count() -> None:
    assert judged("No model exceeds 80 EM.", PEOPLE).reason.endswith("Human is not counted.")
    assert "Whether Human counts" in judged("Yann outperforms all others in EM.", PEOPLE).reason
    assert judged("All models exceed 70 EM.", BOUNDS).reason.endswith("It is so with and without Oracle.")


def test_a_cell_without_a_number_is_named_with_what_would_settle_the_claim() -> None:
    left = judged("Yann outperforms all other models in F1.", EMPTY)
    assert (left.verdict, "Varo · F1 holds no number" in left.reason) == ("inconclusive", True)
    assert left.settle is not None
    assert left.settle.cells == ("Varo · F1",)
    best = judged("Yann has the best F1.", EMPTY)
    assert (best.verdict, best.settle) == ("supported", None)
    assert best.reason.endswith("Varo · F1 holds no number, so it is decided among the others.")
    assert "no number" not in judged("Yann has the best EM.", EMPTY).reason
