"""All, most, k of n, none, other, except: of the lines that are compared."""

from __future__ import annotations

import pytest
from small_tables import LANGUAGES, PAIR, SCORES, WITHHELD, check, judged

from analysis.tables import Table


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours outperforms Catseq on all datasets.", "supported"),
        (SCORES, "Ours outperforms Transformer on all datasets.", "refuted"),
        (SCORES, "Ours outperforms Catseq on every dataset.", "supported"),
        (SCORES, "Ours outperforms Catseq on all four datasets.", "supported"),
        (SCORES, "Ours outperforms Transformer on all four datasets.", "refuted"),
        (SCORES, "Ours outperforms Transformer on most datasets.", "supported"),
        (SCORES, "Catseq outperforms Copynet on most datasets.", "refuted"),
        (SCORES, "Ours outperforms Transformer on 3 of the 4 datasets.", "supported"),
        (SCORES, "Ours outperforms Transformer on exactly 2 of the 4 datasets.", "refuted"),
        (SCORES, "Catseq outperforms Copynet on two out of four datasets.", "supported"),
        (SCORES, "Catseq outperforms Copynet on three out of four datasets.", "refuted"),
        (SCORES, "Ours outperforms Transformer on both Inspec and NUS.", "supported"),
        (SCORES, "Ours outperforms all other models on Inspec.", "supported"),
        (SCORES, "Ours outperforms all other models on Krapivin.", "refuted"),
        (SCORES, "Ours outperforms every other model on NUS.", "supported"),
        (SCORES, "Ours outperforms the other models on NUS.", "supported"),
        (SCORES, "Ours outperforms all three other models on NUS.", "supported"),
        (SCORES, "Ours outperforms most of the other models on Krapivin.", "supported"),
        (SCORES, "Catseq outperforms none of the other models on Inspec.", "supported"),
        (SCORES, "Catseq outperforms none of the other models on NUS.", "refuted"),
        (SCORES, "Ours is better than any other model on all datasets.", "refuted"),
        (SCORES, "Ours is better than any other model on three of the four datasets.", "supported"),
        (SCORES, "Ours is the best model on all datasets.", "refuted"),
        (SCORES, "Ours is the best model on 3 of the 4 datasets.", "supported"),
        (SCORES, "Ours is the best on most datasets.", "supported"),
        (SCORES, "Ours outperforms Transformer on all datasets except Krapivin.", "supported"),
        (SCORES, "Ours outperforms Transformer on all datasets except NUS.", "refuted"),
        (SCORES, "Ours outperforms Catseq on all datasets except NUS.", "refuted"),
        (SCORES, "Ours outperforms Transformer except on Krapivin.", "supported"),
        (SCORES, "Ours outperforms Transformer on NUS, but not on Krapivin.", "supported"),
        (SCORES, "Ours outperforms all other models.", "mixed"),
        (PAIR, "Alpha outperforms Beta in all metrics.", "supported"),
        (PAIR, "Beta outperforms Alpha in all metrics.", "refuted"),
        (LANGUAGES, "MNLI beats XLM-R on all languages.", "refuted"),
        (LANGUAGES, "MNLI beats XLM-R on all languages except Swahili.", "supported"),
    ],
)  # fmt: skip
def test_a_quantified_sentence_is_decided(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Ours outperforms Catseq on all five datasets.",
        "Ours outperforms Catseq on 4 of the 5 datasets.",
        "Ours outperforms all four other models on NUS.",
        "Ours outperforms Catseq on five datasets.",
        "Ours outperforms Catseq on the first two datasets.",
        "Ours outperforms Catseq on the other datasets.",
        "Ours outperforms Catseq on nearly all datasets.",
        "Ours outperforms Catseq on many datasets.",
    ],
)
def test_a_count_that_the_table_does_not_have_gets_no_verdict(claim: str) -> None:
    assert judged(claim, SCORES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "assertion"),
    [
        ("Ours outperforms Catseq on all datasets.", '(all $c columns (better (at "Ours" $c) (at "Catseq" $c)))'),
        ("Ours outperforms Catseq on most datasets.", '(most $c columns (better (at "Ours" $c) (at "Catseq" $c)))'),
        ("Ours outperforms Catseq on 3 of the 4 datasets.", '(count= 3 $c columns (better (at "Ours" $c) (at "Catseq" $c)))'),
        ("Ours outperforms all other models on NUS.", '(all $o (rows :without ("Ours")) (better (at "Ours" "NUS") (at $o "NUS")))'),
    ],
)  # fmt: skip
def test_a_quantifier_is_read_as_this_assertion(claim: str, assertion: str) -> None:
    assert judged(claim, SCORES).assertion == assertion
