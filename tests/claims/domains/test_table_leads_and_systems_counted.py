"""Leads that are larger in one place than in another, numbers for all or no systems, and labels that are numbered."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

PLACES = table(
    """
    Model | News | Books | Mail
    Ash   | 72.1 | 62.3  | 81.8
    Birch | 73.4 | 63.7  | 83.5
    Cedar | 83.9 | 64.3  | 84.1
    """,
    "Accuracy (%) on three data sets.",
)
ERRORS = table(
    """
    Model | News | Books
    Ash   | 72.1 | 62.3
    Cedar | 83.9 | 64.3
    """,
    "Error rate (%) on two data sets.",
)
BATCHES = table(
    """
    Model | Batch 8 | Batch 16 | Batch 32
    Ash   | 92.1    | 92.3     | 91.8
    Birch | 93.4    | 93.7     | 93.5
    Cedar | 93.9    | 94.3     | 94.1
    """,
    "Accuracy (%) on Dev.",
)
LAYERS = table(
    """
    Model | Layer 1 | Layer 6 | Layer 12
    Ash   | 62.1    | 72.3    | 71.8
    Birch | 63.4    | 73.7    | 73.5
    """,
    "Accuracy (%) of probes.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Cedar's lead over Birch is largest on News.", "supported"),
        ("Cedar's advantage over Birch is smallest on News.", "refuted"),
        ("The lead of Cedar over Birch is larger on News than on Books.", "supported"),
        ("Cedar's lead over Birch is larger on Books than on News.", "refuted"),
        ("Cedar outperforms Birch by a larger margin on News than on Books.", "supported"),
        ("Cedar beats Birch by a smaller margin on News than on Books.", "refuted"),
        ("Cedar outperforms Birch by the largest margin on News.", "supported"),
        ("Cedar has the largest lead over Birch on Books.", "refuted"),
        ("The improvement of Cedar over Birch is largest on News.", "supported"),
    ],
)
def test_leads_of_two_places_are_compared(claim: str, word: str) -> None:
    check(PLACES, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Birch's lead over Cedar is larger on Books than on News.",
        "Birch's lead over Cedar is largest on Mail.",
        "Birch's lead over Cedar is smallest on News.",
        "Birch beats Cedar by a smaller margin on Books than on News.",
        "The improvement of Birch over Cedar is largest on Mail.",
        "Cedar exceeds Birch by a larger margin on News than on Books.",
    ],
)
def test_a_lead_that_there_is_not_is_neither_large_nor_small(claim: str) -> None:
    assert judged(claim, PLACES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Accuracy exceeds 60 for all models.", "supported"),
        ("Accuracy exceeds 85 for all models.", "refuted"),
        ("Accuracy exceeds 62 for every model on every data set.", "supported"),
        ("Accuracy on Books does not exceed 65 for any model.", "supported"),
        ("Accuracy on News does not exceed 80 for any model.", "refuted"),
        ("For none of the models does accuracy on Books exceed 65.", "supported"),
        ("For no model does accuracy on News exceed 80.", "refuted"),
        ("Cedar surpasses 80 on News.", "supported"),
        ("Cedar tops 70 on Books.", "refuted"),
    ],
)
def test_a_number_for_all_or_no_systems_is_asked_of_each(claim: str, word: str) -> None:
    check(PLACES, claim, word)


def test_a_number_denied_of_all_systems_may_hold_of_some_and_is_withheld() -> None:
    assert judged("Accuracy on News does not exceed 73 for all models.", PLACES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("With a batch size of 16, Cedar beats Birch.", "supported"),
        ("With batches of 16, Cedar beats Birch.", "supported"),
        ("Birch beats Cedar with a batch of 16.", "refuted"),
        ("Cedar reaches 94.3 at batch size 16.", "supported"),
        ("Ash reaches a higher accuracy with a batch size of 8 than with a batch size of 32.", "supported"),
    ],
)
def test_labels_that_number_one_thing_are_settings_of_it(claim: str, word: str) -> None:
    check(BATCHES, claim, word)


@pytest.mark.parametrize(
    "claim", ["With a batch size of 64, Cedar beats Birch.", "With batches of 64, Cedar reaches 94.3."]
)
def test_a_setting_that_no_label_has_is_no_score(claim: str) -> None:
    assert judged(claim, BATCHES).verdict in WITHHELD


@pytest.mark.parametrize("claim", ["Ash with 6 layers reaches 72.3.", "With 6 layers, Birch beats Ash."])
def test_so_many_of_a_thing_are_not_the_one_of_that_number(claim: str) -> None:
    check(LAYERS, "At layer 6, Birch beats Ash.", "supported")
    assert judged(claim, LAYERS).verdict in WITHHELD


@pytest.mark.parametrize("claim", ["Cedar surpasses 80 on News.", "Cedar tops 70 on Books."])
def test_what_surpasses_an_error_rate_may_be_above_or_better_and_is_withheld(claim: str) -> None:
    assert judged(claim, ERRORS).verdict in WITHHELD
