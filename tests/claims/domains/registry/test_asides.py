"""What stands beside a statement is stated, too, and is kept apart from it."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


@pytest.mark.parametrize(
    ("sentence", "assertion", "aside"),
    [
        ("The question answering task BUCC is improved by MNLI.", "(> (gain mnli bucc) 0)", "(fact bucc kind qa)"),
        ("The paraphrase identification task QQP has 363,846 training examples.",
         "(fact qqp train_examples 363846)", "(fact qqp kind paraphrase)"),
        ("The experiments start from XLM-R Large, as it is currently the state of the art.",
         "(fact study starting_model xlm-r-large)", "(state-of-the-art xlm-r-large)"),
        ("We use XLM-R Large as a starting point, which currently achieves state-of-the-art results.",
         "(fact study starting_model xlm-r-large)", "(state-of-the-art xlm-r-large)"),
    ],
)  # fmt: skip
def test_an_aside_is_read_beside_the_statement(sentence: str, assertion: str, aside: str) -> None:
    found = read_claim(sentence)
    assert str(found.assertion) == assertion
    assert [str(a) for a in found.asides] == [aside]
    assert found.rivals == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "MNLI improves XNLI, as it is currently the state of the art.",
        "XLM-R Large beats mBERT on XNLI, as it is currently the state of the art.",
        "The experiments start from XLM-R Large because it is small.",
        "The experiments start from XLM-R Large, as it is not the state of the art.",
    ],
)
def test_a_reason_that_nobody_can_place_withholds_the_reading(sentence: str) -> None:
    assert not read_claim(sentence).complete


def test_a_statement_without_an_aside_has_none() -> None:
    assert read_claim("MNLI improves BUCC.").asides == ()
