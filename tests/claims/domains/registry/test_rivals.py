"""Sentences that could just as well mean something else carry that reading along."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


@pytest.mark.parametrize(
    ("sentence", "rival"),
    [
        ("XLM-R Large beats mBERT by 13.8% on XNLI.",
         "(= (- (score none xnli :model xlm-r-large) (score none xnli :model mbert)) 13.8)"),
        ("MNLI improves XNLI by 3%.", "(= (gain mnli xnli) 3)"),
        ("With MLM, MNLI improves XNLI.", "(> (- (gain (mlm mnli) xnli) (gain mnli xnli)) 0)"),
        ("Three intermediate tasks improve XNLI.", "(count>= 3 i intermediates (> (gain i xnli) 0))"),
        ("All intermediate tasks except QQP improve BUCC.",
         "(and (all i (intermediates :without (qqp)) (> (gain i bucc) 0)) (not (> (gain qqp bucc) 0)))"),
        ("XTREME covers 40+ languages.", "(> (fact xtreme languages) 40)"),
    ],
)  # fmt: skip
def test_the_other_reading_is_a_rival(sentence: str, rival: str) -> None:
    reading = read_claim(sentence)
    assert rival in [str(r) for r in reading.rivals]
    assert rival != str(reading.assertion)


def test_a_change_over_the_baseline_has_no_rival() -> None:
    assert read_claim("With MLM, MNLI improves XNLI over the baseline.").rivals == ()


def test_a_shared_name_gives_its_other_bearers_as_alternatives() -> None:
    reading = read_claim("SQuAD improves XNLI.")
    assert str(reading.assertion) == "(> (gain squad2 xnli) 0)"
    assert [str(a) for a in reading.alternatives] == ["(> (gain squad1 xnli) 0)", "(> (gain squad xnli) 0)"]
    assert read_claim("SQuAD v1.1 improves XNLI.").alternatives == ()


def test_a_claim_of_now_is_bound_to_its_time() -> None:
    assert read_claim("XLM-R Large is currently the state of the art.").time_bound
    assert not read_claim("XLM-R Large scores 79.2 on XNLI.").time_bound
