"""Best, worst and k-th: of the compared lines, in the direction of the measure."""

from __future__ import annotations

import pytest
from small_tables import LANGUAGES, LEVELS, NAMES, PAIR, PARTS, SCORES, TIES, TRANSFER, check, judged

from analysis.tables import Table, table_of_grid


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours achieves the best result on NUS.", "supported"),
        (SCORES, "Transformer achieves the best result on NUS.", "refuted"),
        (SCORES, "Transformer is the best model on Krapivin.", "supported"),
        (SCORES, "Ours is the best model on Krapivin.", "refuted"),
        (SCORES, "Catseq is the worst on KP20k.", "supported"),
        (SCORES, "Copynet is the worst on KP20k.", "refuted"),
        (SCORES, "Transformer ranks second on NUS.", "supported"),
        (SCORES, "Catseq ranks second on NUS.", "refuted"),
        (SCORES, "Ours is the second best model on Krapivin.", "supported"),
        (SCORES, "Transformer is the second best model on Krapivin.", "refuted"),
        (SCORES, "Copynet has the third highest score on Inspec.", "supported"),
        (SCORES, "Catseq is third on NUS.", "supported"),
        (SCORES, "Catseq ranks last on KP20k.", "supported"),
        (SCORES, "Copynet ranks last on KP20k.", "refuted"),
        (SCORES, "The highest score on NUS is achieved by Ours.", "supported"),
        (SCORES, "The highest score on NUS is achieved by Catseq.", "refuted"),
        (SCORES, "Ours is best on Inspec but not on Krapivin.", "supported"),
        (SCORES, "Ours is not the best model on Krapivin.", "supported"),
        (SCORES, "Ours is not the best model on NUS.", "refuted"),
        (SCORES, "Ours achieves the best result on NUS and KP20k.", "supported"),
        (SCORES, "Ours achieves the best result.", "mixed"),
        (SCORES, "The highest score on NUS is 56.0.", "supported"),
        (SCORES, "The highest score on NUS is 54.0.", "refuted"),
        (PAIR, "Alpha has the lowest WER.", "supported"),
        (PAIR, "Beta has the lowest WER.", "refuted"),
        (PAIR, "Alpha has the best WER.", "supported"),
        (PAIR, "Beta has the highest WER.", "supported"),
        (PAIR, "Alpha has the highest BLEU and the lowest WER.", "supported"),
        (PAIR, "Beta has the highest BLEU and the highest WER.", "mixed"),
        (LEVELS, "AME large achieves the best F1 on dev.", "supported"),
        (LEVELS, "AME large achieves the best EM on test.", "refuted"),
        (TIES, "Maple has the lowest WER.", "supported"),
        (TIES, "Elder has the lowest F1.", "supported"),
        (TIES, "Elder ranks second on F1.", "refuted"),
        (TIES, "Maple has the highest F1.", "inconclusive"),
        (TIES, "Elder has the lowest WER.", "inconclusive"),
        (TIES, "Maple ranks second on F1.", "inconclusive"),
        (TIES, "Maple is best on Extra.", "inconclusive"),
        (TIES, "Maple has the highest Extra.", "supported"),
        (TRANSFER, "SICK is the best source for SST.", "supported"),
        (TRANSFER, "MNLI is the best source for SST.", "refuted"),
        (NAMES, "Baseline is the worst model.", "supported"),
        (NAMES, "Our model is the best model.", "supported"),
        (NAMES, "BERT large is the best model.", "refuted"),
        (PARTS, "The full model has the highest F1.", "refuted"),
        (LANGUAGES, "English is the best language for XLM-R.", "supported"),
        (LANGUAGES, "German is the best language for XLM-R.", "refuted"),
    ],
)
def test_a_place_in_the_order_is_decided(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim", "assertion"),
    [
        (SCORES, "Ours is the best model on NUS.", '(best "Ours" $r rows (at $r "NUS"))'),
        (SCORES, "Ours has the highest score on NUS.", '(highest "Ours" $r rows (at $r "NUS"))'),
        (SCORES, "Ours ranks second on NUS.", '(best 2 "Ours" $r rows (at $r "NUS"))'),
        (SCORES, "Ours ranks last on NUS.", '(worst "Ours" $r rows (at $r "NUS"))'),
        (LANGUAGES, "English is the best language for XLM-R.", '(best "en" $r columns (at "XLM-R" $r))'),
    ],
)
def test_a_superlative_is_read_as_this_assertion(over: Table, claim: str, assertion: str) -> None:
    assert judged(claim, over).assertion == assertion


def test_a_matrix_with_the_same_names_on_both_axes_says_not_which_of_them_is_the_source() -> None:
    columns = ["", "STS-B", "WiC", "CoLA", "PIQA"]
    rows = [
        ["STS-B", "–", "29.6", "33.7", "34.6"],
        ["WiC", "21.9", "–", "23.9", "25.6"],
        ["CoLA", "24.3", "25.0", "–", "28.8"],
        ["PIQA", "26.9", "25.8", "26.3", "–"],
    ]
    unnamed, named = (
        table_of_grid(columns, rows, caption=f"Transfer between tasks (accuracy).{more}")[0]
        for more in ("", " Rows are the source tasks.")
    )
    check(unnamed, "WiC is the worst source for CoLA.", "inconclusive")
    check(named, "WiC is the worst source for CoLA.", "supported")
