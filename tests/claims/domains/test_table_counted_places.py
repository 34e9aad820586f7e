"""Numbers at counted places and at one place alone, several changes at once, and the other of two at another place."""

from __future__ import annotations

import pytest
from small_tables import SCORES, WITHHELD, check, judged, table

ABLATIONS = table(
    """
    Model         | F1   | EM   | Latency (ms)
    Full          | 80.0 | 70.0 | 20.0
    w/o attention | 77.5 | 69.0 | 18.0
    w/o gate      | 78.5 | 68.0 | 19.0
    """,
    "Ablation study.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The accuracy of Ours is above 50 on three of the four datasets.", "supported"),
        ("Ours scores above 60 on three of the four datasets.", "refuted"),
        ("Ours scores above 50 on exactly three datasets.", "supported"),
        ("Ours exceeds 50 on three datasets.", "supported"),
        ("Ours exceeds 40 on all four datasets.", "supported"),
        ("Ours exceeds 50 on most datasets.", "supported"),
        ("Ours exceeds 70 on at least two datasets.", "refuted"),
        ("Ours exceeds 50 on no dataset.", "refuted"),
        ("Ours exceeds 50 on all datasets except Inspec.", "supported"),
        ("Ours exceeds 50 on all datasets except NUS.", "refuted"),
        ("Ours exceeds 40 on all datasets except Inspec.", "refuted"),
        ("Ours exceeds 70 only on KP20k.", "supported"),
        ("Ours exceeds 60 only on KP20k.", "refuted"),
        ("Only on KP20k does Ours exceed 70.", "supported"),
        ("KP20k is the only dataset on which Ours exceeds 70.", "supported"),
        ("Krapivin is the only dataset where Ours exceeds 60.", "refuted"),
        ("Krapivin is the only dataset on which Transformer outperforms Ours.", "supported"),
        ("Krapivin is the only dataset on which Ours outperforms Transformer.", "refuted"),
        ("The only dataset on which Transformer outperforms Ours is Krapivin.", "supported"),
        ("The only dataset on which Transformer outperforms Ours is Inspec.", "refuted"),
    ],
)
def test_a_number_is_said_of_the_places_counted(claim: str, word: str) -> None:
    check(SCORES, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Ours exceeds 40 on all five datasets.",
        "Ours exceeds 50 on some hard datasets.",
        "Ours exceeds 50 on two datasets.",
        "Ours exceeds 50 on all datasets except SemEval.",
        "Ours exceeds 70 only on SemEval.",
        "Krapivin is the only model on which Ours exceeds 60.",
        "Krapivin is the only news dataset on which Transformer outperforms Ours.",
        "Ours exceeds 50 on average only on KP20k.",
    ],
)
def test_places_that_are_not_there_or_not_all_counted_are_withheld(claim: str) -> None:
    assert judged(claim, SCORES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Transformer is better than Ours on Krapivin, whereas Ours is better on Inspec.", "supported"),
        ("Ours performs better than Transformer on Inspec, while Transformer performs worse on Krapivin.", "mixed"),
        ("Compared to Catseq, Ours achieves an improvement of 4.5 points on Inspec.", "supported"),
        ("Compared to Ours, Catseq achieves an improvement of 4.5 points on Inspec.", "refuted"),
        ("The best model on Krapivin is Transformer with an accuracy of 66.0.", "supported"),
        ("The best model on Krapivin is Transformer with an accuracy of 63.0.", "refuted"),
    ],
)
def test_the_other_of_two_is_told_from_the_clause_before(claim: str, word: str) -> None:
    check(SCORES, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Copynet outperforms Catseq on Inspec and KP20k only.", "supported"),
        ("Copynet outperforms Catseq only on Inspec and KP20k.", "supported"),
        ("Copynet outperforms Catseq only on Inspec and NUS.", "refuted"),
        ("Ours outperforms Catseq on Inspec and KP20k only.", "refuted"),
        ("Copynet outperforms Catseq only on Inspec.", "refuted"),
    ],
)
def test_only_on_two_places_denies_all_but_both(claim: str, word: str) -> None:
    check(SCORES, claim, word)


def test_a_third_beside_two_has_no_rival() -> None:
    claim = "Transformer is better than Ours on Krapivin, whereas Catseq is better on Inspec."
    assert judged(claim, SCORES).verdict in WITHHELD


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Removing gate reduces the F1 by 1.5 points and the latency by 1 ms.", "supported"),
        ("Removing gate reduces the F1 by 1.5 points and the latency by 3 ms.", "mixed"),
        ("Removing gate reduces F1 from 80.0 to 78.5 and EM from 70.0 to 68.0.", "supported"),
        ("Removing gate increases the F1 by 1.5 points and the EM by 2 points.", "refuted"),
    ],
)
def test_each_of_two_changes_has_its_own_amount(claim: str, word: str) -> None:
    check(ABLATIONS, claim, word)


SETTINGS = table(
    """
    Method | Setting | Dev F1 | Test F1 | Test EM | Time (h)
    BERT   | base    | 80.0   | 78.0    | 69.0    | 3
    BERT   | large   | 82.0   | 80.0    | 71.0    | 9
    GPT    | base    | 79.0   | 77.0    | 70.0    | 4
    GPT    | large   | 81.5   | 80.5    | 72.0    | 10
    Elm    | large   | 85.0   | 83.0    | 75.0    | 12
    """,
    "Results on SQuAD.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Elm large achieves 85.0 F1 on Dev and 83.0 F1 on Test.", "supported"),
        ("Elm large achieves 85.0 F1 on Dev and 75.0 EM on Test.", "supported"),
        ("Elm large achieves 85.0 F1 on Dev and 80.0 F1 on Test.", "mixed"),
        ("Elm large beats BERT large and GPT large by 3.0 and 3.5 points in Dev F1, respectively.", "supported"),
        ("Elm large beats BERT large and GPT large by 3.5 and 3.0 points in Dev F1, respectively.", "refuted"),
        ("Despite being slower, GPT base has a lower Dev F1 than BERT base.", "supported"),
        ("Despite being faster, GPT base has a lower Dev F1 than BERT base.", "mixed"),
        ("Despite a higher time, GPT base has a lower Dev F1 than BERT base.", "supported"),
        ("The F1 achieved by GPT base on Dev is lower than that achieved by BERT base.", "supported"),
    ],
)
def test_numbers_rivals_and_concessions_come_in_pairs(claim: str, word: str) -> None:
    check(SETTINGS, claim, word)


@pytest.mark.parametrize(
    "claim",
    [
        "Elm large beats BERT large and GPT large by 3.0, 3.5 and 4.0 points in Dev F1, respectively.",
        "Elm large beats both BERT large and GPT large by 3.0 and 3.5 points in Dev F1, respectively.",
        "Despite being slower, GPT base has a lower recall than BERT base.",
    ],
)
def test_pairs_that_do_not_match_are_withheld(claim: str) -> None:
    assert judged(claim, SETTINGS).verdict in WITHHELD


def test_a_return_that_the_caption_averages_is_better_when_higher() -> None:
    agents = table(
        """
        Algorithm | Hopper | Walker
        PPO       | 2210   | 2875
        SAC       | 3180   | 4310
        """,
        "Average return over 5 seeds on continuous control tasks.",
    )
    check(agents, "PPO is better than SAC on Hopper.", "refuted")
    check(agents, "SAC obtains the best return in every environment.", "supported")
