"""Lists that "respectively" pairs member by member, and two lists of a fact that nothing pairs."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("MNLI and QQP improve XNLI and PAWS-X, respectively.", "(and (> (gain mnli xnli) 0) (> (gain qqp pawsx) 0))"),
        ("MNLI and QQP improve XNLI and PAWS-X by 2 and 3 points, respectively.",
         "(and (= (gain mnli xnli) 2) (= (gain qqp pawsx) 3))"),
        ("MNLI improves XNLI and PAWS-X by 2 and 3 points, respectively.",
         "(and (= (gain mnli pawsx) 3) (= (gain mnli xnli) 2))"),
        ("QQP and SQuAD come from Quora and Wikipedia, respectively.",
         "(and (fact qqp text_sources quora) (fact squad2 text_sources wikipedia))"),
    ],
)  # fmt: skip
def test_members_are_paired_in_order(sentence: str, assertion: str) -> None:
    found = read_claim(sentence)
    assert str(found.assertion) == assertion
    assert found.rivals == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "MNLI and QQP improve XNLI, PAWS-X and BUCC, respectively.",
        "MNLI and QQP beat SQuAD 1.1 and CCG on XNLI, respectively.",
        "QQP and SQuAD come from Quora and Wikipedia.",
    ],
)
def test_lists_that_cannot_be_paired_for_sure_are_not_read(sentence: str) -> None:
    assert not read_claim(sentence).complete


def test_without_the_word_each_task_is_said_to_improve_each_target() -> None:
    found = read_claim("MNLI and QQP improve XNLI and PAWS-X.")
    assert str(found.assertion).count("gain") == 4


def test_never_after_a_quantifier_has_no_sure_scope_and_before_one_it_denies_it() -> None:
    assert not read_claim("Most intermediate tasks never improve XNLI.").complete
    found = read_claim("MNLI never improves any target task.")
    assert str(found.assertion) == "(not (any t targets (> (gain mnli t) 0)))"
