"""Numbers before a kind of thing: "the two data sets" are all that there are, where there are two."""

from __future__ import annotations

import pytest
from small_tables import PAIR, SCORES, WITHHELD, check, judged, table

from analysis.tables import Table

LAYERS = table("Model | Inspec | NUS\n2 layer | 80.0 | 60.1\n4 layer | 75.0 | 55.3", "Accuracy.")


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (SCORES, "Ours outperforms Catseq on the four data sets.", "supported"),
        (SCORES, "Copynet outperforms Catseq on the four data sets.", "refuted"),
        (SCORES, "Ours has the highest accuracy of the four models on NUS.", "supported"),
        (SCORES, "Transformer has the highest accuracy of the 4 models on NUS.", "refuted"),
        (SCORES, "Ours outperforms the three models on NUS.", "supported"),
    ],
)
def test_as_many_as_there_are_are_all(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (SCORES, "Ours outperforms Catseq on the three data sets."),
        (SCORES, "Ours has the highest accuracy of the five models on NUS."),
        (SCORES, "Ours outperforms the two models on NUS."),
        (SCORES, "Ours outperforms the 4% models on NUS."),
        (PAIR, "Alpha outperforms the three systems in BLEU."),
    ],
)
def test_fewer_or_more_than_there_are_are_not_told(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_a_number_in_a_name_counts_nothing() -> None:
    check(LAYERS, "The 2 layer model has the highest accuracy on NUS.", "supported")
    check(LAYERS, "The 4 layer model has the highest accuracy on NUS.", "refuted")
