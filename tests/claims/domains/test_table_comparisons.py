"""One against another: both voices, negation, nouns and adjectives, several places, either axis."""

from __future__ import annotations

import pytest
from small_tables import ABLATION, HEADLESS, LEVELS, PAIR, SCORES, TIES, TRANSFER, check, judged

from analysis.tables import Table

PAIRS = [
    (SCORES, "Ours outperforms Catseq on NUS.", "Catseq outperforms Ours on NUS."),
    (SCORES, "Catseq is outperformed by Ours on NUS.", "Ours is outperformed by Catseq on NUS."),
    (SCORES, "Catseq underperforms Ours on NUS.", "Ours underperforms Catseq on NUS."),
    (SCORES, "Copynet trails Catseq on NUS.", "Catseq trails Copynet on NUS."),
    (SCORES, "Ours is better than Catseq on NUS.", "Catseq is better than Ours on NUS."),
    (SCORES, "Copynet is worse than Catseq on NUS.", "Catseq is worse than Copynet on NUS."),
    (SCORES, "Ours is superior to Catseq on NUS.", "Catseq is superior to Ours on NUS."),
    (SCORES, "Catseq is inferior to Ours on NUS.", "Ours is inferior to Catseq on NUS."),
    (SCORES, "Ours is second to Transformer on Krapivin.", "Transformer is second to Ours on Krapivin."),
    (SCORES, "Copynet has a higher score than Catseq on Inspec.", "Catseq has a higher score than Copynet on Inspec."),
    (SCORES, "Catseq obtains a lower score than Copynet on Inspec.", "Copynet obtains a lower score than Catseq on Inspec."),
    (SCORES, "Ours performs better than Catseq on NUS.", "Catseq performs better than Ours on NUS."),
    (SCORES, "The score of Ours is higher than that of Catseq on NUS.", "The score of Catseq is higher than that of Ours on NUS."),
    (SCORES, "Transformer's score on NUS is higher than that of Catseq.", "Catseq's score on NUS is higher than that of Ours."),
    (SCORES, "Ours scores higher on KP20k than on NUS.", "Ours scores higher on NUS than on KP20k."),
    (SCORES, "The scores on KP20k are higher than those on NUS.", "The scores on NUS are higher than those on KP20k."),
    (SCORES, "Catseq does not outperform Ours on NUS.", "Ours does not outperform Catseq on NUS."),
    (SCORES, "Copynet fails to beat Catseq on Krapivin.", "Catseq fails to beat Copynet on Krapivin."),
    (SCORES, "Catseq is not better than Ours on NUS.", "Ours is not better than Catseq on NUS."),
    (SCORES, "Catseq is no better than Ours on NUS.", "Ours is no better than Catseq on NUS."),
    (SCORES, "Ours is no worse than Catseq on NUS.", "Catseq is no worse than Ours on NUS."),
    (SCORES, "Ours beats Catseq.", "Catseq beats Ours."),
    (SCORES, "Ours consistently outperforms Copynet.", "Copynet consistently outperforms Ours."),
    (SCORES, "Ours beats Catseq, Copynet and Transformer on NUS.", "Catseq beats Ours, Copynet and Transformer on Inspec."),
    (SCORES, "Ours and Transformer outperform Catseq on NUS.", "Catseq and Copynet outperform Ours on NUS."),
    (PAIR, "Alpha is better than Beta in terms of WER.", "Beta is better than Alpha in terms of WER."),
    (PAIR, "Beta has a higher WER than Alpha.", "Alpha has a higher WER than Beta."),
    (PAIR, "Beta is outperformed by Alpha in WER.", "Alpha is outperformed by Beta in WER."),
    (PAIR, "Alpha improves the WER of Beta.", "Beta improves the WER of Alpha."),
    (TIES, "Maple has a higher Extra than Birch.", "Birch has a higher Extra than Maple."),
    (TIES, "Maple equals Birch on F1.", "Maple equals Elder on F1."),
    (TIES, "Maple has the same F1 as Birch.", "Maple has the same F1 as Elder."),
    (LEVELS, "BERT large outperforms BERT base on dev F1.", "BERT base outperforms BERT large on dev F1."),
    (LEVELS, "AME base beats BERT base in F1.", "BERT base beats AME base in F1."),
    (LEVELS, "AME base has a higher F1 on dev than on test.", "AME base has a higher F1 on test than on dev."),
    (TRANSFER, "SICK outperforms QNLI on SST.", "QNLI outperforms SICK on SST."),
    (TRANSFER, "MNLI outperforms QNLI on SST.", "QNLI outperforms MNLI on SST."),
    (TRANSFER, "Training on SICK is better than training on QNLI for SST.", "Training on QNLI is better than training on SICK for SST."),
    (HEADLESS, "SICK outperforms QNLI on SST.", "QNLI outperforms SICK on SST."),
]  # fmt: skip
CASES = [
    (over, claim, word) for over, *both in PAIRS for claim, word in zip(both, ("supported", "refuted"), strict=True)
]


@pytest.mark.parametrize(("over", "claim", "word"), CASES)
def test_a_true_comparison_is_supported_and_its_false_twin_refuted(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours beats Transformer.", "mixed"),
        (SCORES, "Ours and Copynet outperform Catseq on NUS.", "mixed"),
        (SCORES, "Ours outperforms Transformer on NUS and Krapivin.", "mixed"),
        (LEVELS, "AME beats BERT in EM.", "mixed"),
        (TIES, "Maple beats Birch on F1.", "inconclusive"),
        (TIES, "Maple is not better than Birch on F1.", "inconclusive"),
        (TIES, "Maple beats Elder on WER.", "inconclusive"),
        (TIES, "Maple outperforms Birch on Extra.", "inconclusive"),
        (TRANSFER, "MNLI outperforms QNLI.", "inconclusive"),
        (HEADLESS, "MNLI outperforms QNLI on MNLI.", "inconclusive"),
        (ABLATION, "Full outperforms Empty.", "not-testable"),
    ],
)
def test_what_holds_for_some_or_cannot_be_told_is_neither(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("claim", "assertion"),
    [
        ("Ours outperforms Catseq on NUS.", '(better (at "Ours" "NUS") (at "Catseq" "NUS"))'),
        ("Catseq is beaten by Ours on NUS.", '(worse (at "Catseq" "NUS") (at "Ours" "NUS"))'),
        ("Ours has a higher score than Catseq on NUS.", '(> (at "Ours" "NUS") (at "Catseq" "NUS"))'),
        ("Ours does not outperform Catseq on NUS.", '(not (better (at "Ours" "NUS") (at "Catseq" "NUS")))'),
        ("Ours outperforms Catseq.", '(each $c columns (better (at "Ours" $c) (at "Catseq" $c)))'),
        ("Ours scores higher on KP20k than on NUS.", '(> (at "Ours" "KP20k") (at "Ours" "NUS"))'),
        ("Ours is much better than Catseq on NUS.", '(clear (better (at "Ours" "NUS") (at "Catseq" "NUS")))'),
    ],
)
def test_a_comparison_is_read_as_this_assertion(claim: str, assertion: str) -> None:
    assert judged(claim, SCORES).assertion == assertion


def test_a_comparison_names_the_cells_it_rests_on() -> None:
    items = judged("Ours outperforms Catseq on NUS.", SCORES).evidence
    assert [(item.what, item.value) for item in items] == [("Ours · NUS", 56.0), ("Catseq · NUS", 52.0)]
