"""How authors of papers put it: what they see, what they turn to, and what they say of it besides."""

from __future__ import annotations

import pytest
from small_tables import SCORES, WITHHELD, check, judged, table

from claims.notation import is_notation

PARSERS = table(
    """
    Parser   | Dev LAS | Test LAS
    Willow   | 88.2    | 86.0
    Alder    | 86.9    | 87.4
    Hazel    | 85.1    | 84.4
    w/o tags | 84.0    | 83.9
    + morph  | 85.9    | 85.0
    """,
    "Parsing accuracy.",
)

SETTINGS = table(
    """
    N | D | AP
    2 | 2 | 70.1
    2 | 3 | 72.1
    3 | 2 | 69.0
    3 | 3 | 74.0
    """,
    "Results.",
)


@pytest.mark.parametrize(
    "opening",
    [
        "We also observe that",
        "The results in Table 4 clearly show that",
        "Table 5 shows that",
        "Our experiments indicate that",
        "As can be seen in Table 1,",
    ],
)
def test_who_found_it_and_where_it_stands_says_nothing_of_the_table(opening: str) -> None:
    check(PARSERS, f"{opening} Willow beats Alder on Dev.", "supported")
    check(PARSERS, f"{opening} Alder beats Willow on Dev.", "refuted")


@pytest.mark.parametrize("opening", ["We doubt that", "Table 5 refutes that", "The results do not show that"])
def test_an_opening_that_does_not_assert_leaves_a_sentence_unread(opening: str) -> None:
    assert judged(f"{opening} Willow beats Alder on Dev.", PARSERS).verdict in WITHHELD


def test_what_an_author_turns_to_is_where_the_claim_holds() -> None:
    check(PARSERS, "Turning to Dev, Willow beats Alder.", "supported")
    check(PARSERS, "Turning to Test, Willow beats Alder.", "refuted")


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("We observe a drop in Dev LAS between Willow and Alder.", "supported"),
        ("We observe a drop in Test LAS between Willow and Alder.", "refuted"),
        ("There is an improvement in performance between Hazel and Alder.", "supported"),
        ("There is a slight drop in Dev LAS when removing tags.", "supported"),
        ("There is an increase in Dev LAS when removing tags.", "refuted"),
        ("We see an increase in Dev LAS and a decrease in Test LAS by adding morph.", "mixed"),
        ("There is no drop in Dev LAS when removing tags.", "not-testable"),
    ],
)
def test_a_change_that_is_seen_goes_from_the_first_to_the_second(claim: str, word: str) -> None:
    check(PARSERS, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Willow beats Alder on Dev, while Alder outperforms it on Test.", "supported"),
        ("Willow beats Alder on Test, while Alder outperforms it on Dev.", "refuted"),
        ("Hazel trails Alder on Dev, while Willow outperforms it on Test.", "inconclusive"),
        ("Willow and Alder beat Hazel on Dev, while w/o tags trails it on Dev.", "supported"),
        ("Willow outperforms it on Test.", "not-testable"),
    ],
)
def test_a_pronoun_behind_a_verb_is_either_side_of_the_clause_before(claim: str, word: str) -> None:
    check(PARSERS, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Both Willow (88.2) and Alder (86.9) outperform Hazel (85.1) on Dev.", "supported"),
        ("Both Willow (88.2) and Alder (87.9) outperform Hazel (85.1) on Dev.", "mixed"),
        ("Both Willow (88.2) and Alder (86.9) outperform Hazel (84.4) on Dev.", "mixed"),
        ("Both Hazel (85.1) and Alder (86.9) outperform Willow (88.2) on Dev.", "mixed"),
        ("Willow and Alder (86.9) outperform Hazel on Dev.", "not-testable"),
    ],
)
def test_each_number_behind_a_name_of_a_list_is_that_of_its_cell(claim: str, word: str) -> None:
    check(PARSERS, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Willow has a LAS of 88.2 on Dev, compared to 86.9 for Alder.", "supported"),
        ("Willow has a LAS of 88.2 on Dev, compared to 87.4 for Alder.", "mixed"),
        ("Willow has a LAS of 88.2 on Dev, which is 1.3 points higher than Alder.", "supported"),
        ("Willow has a LAS of 88.2 on Dev, which is only 1.3 points higher than Alder.", "supported"),
        ("Willow has a LAS of 88.2 on Dev, which is 2.3 points higher than Alder.", "mixed"),
        ("Willow has a LAS of 88.2 on Dev, 1.3 points more than Alder.", "supported"),
        ("Willow outperforms Alder on Dev, achieving a LAS of 88.2.", "supported"),
        ("Willow outperforms Alder on Dev, achieving a LAS of 86.9.", "mixed"),
        ("Willow outperforms Alder on Dev, achieving the highest LAS.", "supported"),
        ("Alder outperforms Hazel on Dev, achieving the highest LAS.", "mixed"),
        ("On Dev, Alder is superior to Hazel but inferior to Willow.", "supported"),
        ("On Dev, Alder is superior to Willow but inferior to Hazel.", "refuted"),
    ],
)
def test_what_is_said_besides_is_a_part_of_the_claim(claim: str, word: str) -> None:
    check(PARSERS, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Alder does not improve upon Hazel by 1.8 points on Dev.", "refuted"),
        ("Alder does not improve upon Hazel by 5.8 points on Dev.", "supported"),
        ("Alder does not improve upon Hazel by 0.8 points on Dev.", "inconclusive"),
    ],
)
def test_a_denied_amount_is_neither_that_much_nor_more(claim: str, word: str) -> None:
    check(PARSERS, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Ours outperforms all other models except Transformer on Krapivin.", "supported"),
        ("Ours outperforms all other models except Copynet on Krapivin.", "refuted"),
    ],
)
def test_a_rival_that_is_left_out_is_not_beaten(claim: str, word: str) -> None:
    check(SCORES, claim, word)


def test_praise_stands_only_before_what_is_called_so_by_one_line() -> None:
    check(PARSERS, "Willow outperforms the strong Alder parser by 1.3 points on Dev.", "supported")
    check(PARSERS, "Willow outperforms the strong Alder parser by 1.5 points on Dev.", "refuted")
    for unsure in ("the strong parsers", "the strong parser", "strong Alder", "the stronger Alder parser"):
        assert judged(f"Willow outperforms {unsure} on Dev.", PARSERS).verdict in WITHHELD


def test_settings_of_several_things_are_one_setting() -> None:
    check(SETTINGS, "The AP is higher when N=2 and D=3 compared to N=2 and D=2.", "supported")
    check(SETTINGS, "The AP is lower when N=2 and D=3 compared to N=2 and D=2.", "refuted")


def test_overall_behind_a_measure_means_everywhere() -> None:
    check(PARSERS, "Willow has a higher LAS overall compared to Hazel.", "supported")
    check(PARSERS, "Willow has a higher LAS overall compared to Alder.", "mixed")


def test_a_sentence_that_opens_with_a_bracket_is_no_assertion() -> None:
    assert is_notation('(> (at "Willow" "Dev LAS") 80)')
    assert is_notation('(> (at "Willow" "Dev LAS") 80')
    assert not is_notation("(2017) Willow beats Alder on Dev.")
    check(PARSERS, "(2017) Willow beats Alder on Dev.", "supported")
