"""Rivals that are people or bounds, groups of rivals, ranks of errors, effects on errors, and what is taken or needed."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

SYSTEMS = [["System", "CoNLL", "OntoNotes", "Params (M)", "Latency (ms)"], ["Base", "88.1", "84.0", "110", "12"],
           ["Large", "91.3", "87.9", "330", "36"], ["Mixer", "88.1", "82.2", "220", "24"],
           ["Rival", "90.0", "86.1", "110", "18"]]  # fmt: skip
HUMANS = [["Model", "WSC", "WNLI"], ["Human", "92.0", "95.9"], ["Random", "50.0", "50.0"], ["BERT", "62.0", "65.1"],
          ["T5", "93.8", "94.5"]]  # fmt: skip
ERRORS = [["Model", "clean", "noisy"], ["Full", "5.0", "10.0"], ["− LM", "6.0", "14.0"], ["− dropout", "5.5", "10.0"]]
RANKED = [["Model", "clean", "noisy"], ["Tiny", "5.0", "10.0"], ["Large", "6.0", "14.0"]]
HEADS = [["h", "BLEU", "PPL"], ["1", "24.9", "5.29"], ["4", "25.5", "5.00"], ["8", "25.8", "4.92"]]
ADDED = [["Model", "POS", "NER"], ["BERT", "95.0", "90.0"], ["+ CRF", "95.4", "91.2"], ["RoBERTa", "96.0", "91.0"],
         ["+ CRF", "96.1", "90.7"]]  # fmt: skip
OF_SYSTEMS = "F1 on two data sets, parameters and latency."


def verdict(claim: str, grid: list[list[str]], caption: str) -> str:
    return TableJudge(table_of_grid(grid[0], grid[1:], caption=caption)).verdict(claim, hint=False).verdict


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("T5 is second only to humans on WNLI.", "supported"),
        ("BERT is second only to humans on WNLI.", "refuted"),
        ("T5 is second only to humans on WSC.", "refuted"),
    ],
)
def test_who_is_second_only_to_people_is_ranked_with_them(claim: str, word: str) -> None:
    assert verdict(claim, HUMANS, "Accuracy on schemas.") == word


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Among the systems with 110M parameters, Rival has the highest F1 on CoNLL.", {"refuted", "mixed"}),
        ("Of the systems with fewer than 200M parameters, Rival does not have the highest F1 on CoNLL.", {"supported"}),
        ("With fewer than 200M parameters, Rival has the highest F1 on CoNLL.", {"refuted", "mixed"}),
        ("In latency, Mixer is second only to Large.", {"refuted"}),
    ],
)
def test_who_is_meant_among_those_with_a_number_or_second_in_a_cost_is_not_guessed(claim: str, wrong: set[str]) -> None:
    assert verdict(claim, SYSTEMS, OF_SYSTEMS) not in wrong


def test_with_a_comma_the_number_is_that_of_the_subject() -> None:
    assert (
        verdict("Among the systems, with 330M parameters, Large has the highest CoNLL.", SYSTEMS, OF_SYSTEMS)
        != "refuted"
    )
    assert verdict("With an F1 of 90.0, Rival beats Base on CoNLL.", SYSTEMS, OF_SYSTEMS) == "supported"
    assert verdict("With an F1 of 88.1, Rival beats Base on CoNLL.", SYSTEMS, OF_SYSTEMS) != "supported"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Tiny ranks higher than Large on clean.", "supported"),
        ("Large ranks higher than Tiny on clean.", "refuted"),
        ("Large has a higher WER than Tiny on clean.", "supported"),
        ("Removing the LM has a positive effect on WER.", "inconclusive"),
        ("Removing the LM has a negative effect on WER.", "inconclusive"),
    ],
)
def test_ranks_follow_what_is_better_and_the_sign_of_an_effect_on_errors_is_open(claim: str, word: str) -> None:
    grid = ERRORS if "Removing" in claim else RANKED
    assert verdict(claim, grid, "WER (%), lower is better.") == word


def test_what_somebody_takes_without_a_unit_is_no_score() -> None:
    assert verdict("4 heads take 25.5.", HEADS, "BLEU by the number of attention heads h.") == "not-testable"
    assert verdict("4 heads take a BLEU of 25.5.", HEADS, "BLEU by the number of attention heads h.") != "refuted"


def test_an_addition_to_each_of_two_is_held_against_neither_alone() -> None:
    assert verdict("Adding CRF improves POS for both BERT and RoBERTa.", ADDED, "Tagging F1.") not in (
        "mixed",
        "refuted",
    )


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Beech is second best after Dogwood on ARC.", {"supported", *WITHHELD}),
        ("Beech comes second behind Dogwood on ARC.", {"supported", *WITHHELD}),
        ("Ash is the next best after Beech on ARC.", {"supported", *WITHHELD}),
        ("On ARC, Ash is the next best after Beech.", {"supported", *WITHHELD}),
        ("Beech is the second best on ARC after Dogwood.", {"supported"}),
        ("Ash is the second best on ARC after Dogwood.", {"refuted", "mixed"}),
        ("Beech is the next best on ARC.", {"supported"}),
    ],
)
def test_who_is_second_behind_another_in_one_place_is_not_asked_elsewhere(claim: str, words: set[str]) -> None:
    over = table("Model | ARC | PIQA\nAsh | 61.2 | 78.0\nBeech | 64.0 | 77.1\nDogwood | 70.3 | 82.2", "Accuracy (%).")
    assert judged(claim, over).verdict in words
