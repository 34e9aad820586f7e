"""Claims that are cut off: what stands before the cut is read only where it is a statement of its own."""

from __future__ import annotations

import pytest

from analysis.registry.vocabulary import vocabulary
from claims.domains.registry.claim import completions, finished_parts, read_claim
from claims.domains.registry.names import names_of
from claims.domains.registry.words import transfer_lexicon


@pytest.mark.parametrize(
    ("sentence", "cut", "assertion"),
    [
        ("BUCC improves dramatically with almost every intermediate trai", "in word",
         "(almost-all i intermediates (large (gain i bucc)))"),
        ("XNLI does not see benefits from intermediate", "after word",
         "(not (> (mean (gain i xnli) i :over intermediates) 0))"),
        ("We use the pretrained XLM-R Large model as a starting point, as it currently achieves state-of-t", "in word",
         "(fact study starting_model xlm-r-large)"),
        ("The intermediate tasks include question answering, sentence tagging, and natu", "in word",
         "(fact intermediates kinds qa tagging)"),
    ],
)  # fmt: skip
def test_the_part_before_the_cut_is_read(sentence: str, cut: str, assertion: str) -> None:
    assert str(read_claim(sentence, cut).assertion) == assertion  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sentence",
    [
        "The best intermediate task per target improves TyDiQA by more than ten points and XNLI by less than one po",
        "MNLI improves all target tasks, except for the two retri",
        "MNLI improves XNLI, but only in high-resource lang",
        "MNLI improves XN",
    ],
)
def test_what_is_lost_must_state_nothing_and_take_nothing_back(sentence: str) -> None:
    assert not read_claim(sentence, "in word").complete


def test_a_phrase_is_completed_from_the_lexicon() -> None:
    made = completions("XNLI benefits from intermediate", "after word", transfer_lexicon())
    assert "XNLI benefits from intermediate training." in made
    assert not any(text.endswith("from intermediate.") for text in made)


def test_finished_parts_end_before_a_boundary() -> None:
    parts = list(finished_parts("MNLI improves the XNLI task, which is ni", "in word", names_of(vocabulary())))
    assert parts == ["MNLI improves the XNLI task, which is", "MNLI improves the XNLI task"]
