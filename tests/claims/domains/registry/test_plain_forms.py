"""What is offered where a sentence was not read and leaving words out did not help."""

from __future__ import annotations

import pytest

import claimgauge as cg
from analysis.registry.vocabulary import vocabulary
from claims.domains.registry.claim import read_claim
from claims.domains.registry.plain_forms import SLOT, plain_forms

NAMES = {
    "RUN": "MNLI", "RUN2": "QQP", "TARGET": "XNLI", "TARGET2": "PAWS-X", "MODEL": "XLM-R Large", "MODEL2": "mBERT",
    "KIND": "question answering", "LANG": "German", "NUMBER": "1.2", "COUNT": "392,702",
}  # fmt: skip


@pytest.mark.parametrize("form", plain_forms())
def test_every_form_is_read_whole(form: str) -> None:
    assert read_claim(SLOT.sub(lambda slot: NAMES[slot[1]], form), registry=vocabulary()).complete


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("Intermediate training is best for question answering.", ""),
        ("Their XLM-R Large system nets a whopping 79.2 in the XNLI department.", "XLM-R Large scores 79.2 on XNLI."),
        ("Commonsense tasks transfer better than QA tasks to BUCC.", ""),
        ("Cross-lingual transfer is a fascinating subject.", ""),
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_read_offers_a_plain_one_with_its_names_and_is_judged_by_none(
    sentence: str, offered: str
) -> None:
    found = cg.check(sentence)
    assert (found.verdict.verdict, found.rewording) == ("not-testable", offered)


@pytest.mark.parametrize(
    "sentence",
    [
        "MNLI zorgly affects XNLI in German.",
        "MNLI somehow alters XNLI.",
        "MNLI zorgly hurts XNLI in German.",
        "MNLI was zorgly run for 392,702 steps.",
    ],
)
def test_a_plain_form_brings_no_direction_and_no_count_of_its_own(sentence: str) -> None:
    offered = cg.check(sentence).rewording
    assert "improves" not in offered
    assert "examples" not in offered
