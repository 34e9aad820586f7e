"""Stated values, changes against a base, from–to, and trends along numbers."""

from __future__ import annotations

import pytest
from small_tables import (
    ABLATION,
    LANGUAGES,
    LEVELS,
    PAIR,
    PARTS,
    SCORES,
    STEPS,
    TIES,
    TRANSFER,
    WITHHELD,
    check,
    judged,
    table,
)

from analysis.tables import Table

SPREAD = table("Model | F1 | Acc\nMaple | 70.0 ± 1.5 | 80.0 ± 0.1\nBirch | 69.0 ± 1.4 | 79.0 ± 0.2")
SHARES = table("Model | Accuracy\nMaple | 0.812\nBirch | 0.790")
SIGNS = table("Model | MNLI gain | QQP gain\nAlpha | − 1.2 | −4.4\nBeta | -0.5 | (3.1)")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours scores 56.0 on NUS.", "supported"),
        (SCORES, "Ours scores 57.0 on NUS.", "refuted"),
        (SCORES, "Ours scores 56 on NUS.", "supported"),
        (SCORES, "Catseq reaches 61.0 on Krapivin.", "supported"),
        (SCORES, "Catseq has a score of 60.0 on Krapivin.", "refuted"),
        (SCORES, "Transformer's score on Krapivin is 66.0.", "supported"),
        (SCORES, "Ours does not score 57.0 on NUS.", "not-testable"),
        (PAIR, "Alpha has a WER of 8.0.", "supported"),
        (PAIR, "The WER of Alpha is 9.0.", "refuted"),
        (PAIR, "Alpha achieves a BLEU of 30.0 and a WER of 8.0.", "supported"),
        (PAIR, "Alpha achieves a BLEU of 30.0 and a WER of 9.0.", "mixed"),
        (PAIR, "Alpha has an accuracy of less than 81.", "supported"),
        (PAIR, "Alpha has an accuracy of over 81.", "refuted"),
        (PAIR, "Alpha has an accuracy between 79 and 81.", "supported"),
        (PAIR, "Alpha has an accuracy of about 80.", "supported"),
        (PAIR, "Alpha has an accuracy of 80.0%.", "supported"),
        (PAIR, "Alpha scores 30.0 BLEU.", "supported"),
        (PAIR, "Alpha scores 31.0 BLEU.", "refuted"),
        (SHARES, "Maple has an accuracy of 81.2%.", "supported"),
        (SHARES, "Maple has an accuracy of 79.0%.", "refuted"),
        (SHARES, "Maple has an accuracy of 0.812.", "supported"),
        (SPREAD, "Maple scores 70.0 on F1.", "supported"),
        (SPREAD, "Maple scores 71.0 on F1.", "refuted"),
        (SPREAD, "Maple beats Birch on F1.", "supported"),
        (SPREAD, "Maple is significantly better than Birch on F1.", "inconclusive"),
        (LANGUAGES, "XLM-R scores 80.8 on average.", "supported"),
        (LANGUAGES, "XLM-R scores 88.7 on average.", "refuted"),
        (LEVELS, "AME large has an F1 of 83.0 on dev.", "supported"),
        (LEVELS, "AME large has an F1 of 83.0 on test.", "refuted"),
        (LEVELS, "The large model of AME has an F1 of 83.0 on dev.", "supported"),
        (TRANSFER, "SICK has an accuracy of 83.0 on MNLI.", "supported"),
        (TRANSFER, "SICK has an accuracy of 84.0 on MNLI.", "refuted"),
        (TIES, "Elder has a WER of 7.0.", "inconclusive"),
        (SIGNS, "Alpha's MNLI gain is 1.2.", "refuted"),
        (SIGNS, "Alpha's MNLI gain is -1.2.", "supported"),
    ],
)  # fmt: skip
def test_a_stated_value_is_compared_with_its_cell(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (ABLATION, "Removing attention hurts F1.", "supported"),
        (ABLATION, "Removing dropout hurts F1.", "refuted"),
        (ABLATION, "Removing dropout improves F1.", "supported"),
        (PARTS, "Removing the gate hurts F1.", "supported"),
        (PARTS, "Adding fog improves F1.", "supported"),
        (PARTS, "Adding fog hurts F1.", "refuted"),
        (PARTS, "Adding fog increases time.", "supported"),
        (PARTS, "Removing copy reduces time.", "supported"),
        (PARTS, "Adding fog improves F1 from 60.0 to 61.0.", "supported"),
        (SCORES, "Ours improves NUS from 52.0 to 56.0 over Catseq.", "supported"),
    ],
)
def test_a_change_is_one_against_its_base(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    "claim", ["Adding fog improves F1 from 59.0 to 61.0.", "Adding fog improves F1 from 60.0 to 62.0."]
)
def test_a_change_from_or_to_another_number_is_never_supported(claim: str) -> None:
    assert judged(claim, PARTS).verdict in {"refuted", "mixed"}


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (STEPS, "Accuracy increases as the number of layers increases.", "supported"),
        (STEPS, "Accuracy decreases as the number of layers increases.", "refuted"),
        (STEPS, "Accuracy decreases as the number of layers decreases.", "supported"),
        (STEPS, "Perplexity decreases as the number of layers increases.", "refuted"),
    ],
)
def test_a_trend_holds_from_each_line_to_the_next(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Accuracy increases with layers up to 8.",
        "Accuracy increases with layers for small models.",
        "With 4 layers and dropout, accuracy is 64.0.",
        "BLEU increases as the number of layers increases.",
    ],
)
def test_a_trend_with_a_condition_the_table_does_not_know_gets_no_verdict(claim: str) -> None:
    assert judged(claim, STEPS).verdict in WITHHELD


def test_a_spread_is_shown_beside_its_cell_and_leaves_what_is_printed_as_it_is() -> None:
    found = judged("Maple beats Birch on F1.", SPREAD)
    assert [item.spread for item in found.evidence] == ["± 1.5, not explained", "± 1.4, not explained"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Big scores 29.3 and 33.8 on En-De and De-En.", {"supported", *WITHHELD}),
        ("Big obtains a BLEU of 29.3 and 33.8 on En-De and De-En.", {"supported", *WITHHELD}),
        ("Big scores 29.3 and 33.8 on En-De and De-En, respectively.", {"supported"}),
        ("Big scores 29.3 on En-De and 33.8 on De-En.", {"supported"}),
        ("Big scores 33.8 on En-De and 29.3 on De-En.", {"refuted"}),
    ],
)
def test_numbers_listed_before_as_many_places_are_not_each_said_of_all(claim: str, words: set[str]) -> None:
    over = table("System | En-De | De-En | Fr-En\nBase | 28.1 | 33.0 | 40.0\nBig | 29.3 | 33.8 | 41.0", "BLEU.")
    assert judged(claim, over).verdict in words
