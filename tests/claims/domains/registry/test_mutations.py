"""A word put into a sentence that is read must change the reading or withhold it, unless it says nothing anywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from claims.domains.registry.claim import read_claim
from claims.reading import Reading

SENTENCES = (
    "XLM-R Large reaches an accuracy of 79.2 on XNLI.",
    "XLM-R Large outperforms mBERT by 13.8 points on XNLI.",
    "XLM-R Large scores 76.6 F1 on XQuAD, whereas mBERT scores 64.5 F1.",
    "The MNLI intermediate task contains 392,702 training examples.",
    "MNLI has more training examples than QQP.",
    "The QQP intermediate task is sourced from Quora questions.",
    "BUCC and Tatoeba have no training data of their own.",
    "MNLI is a natural language inference task.",
    "XNLI covers 15 languages.",
    "XTREME has nine target tasks.",
    "The experiments start from the pretrained XLM-R Large model.",
    "SQuAD improves the target tasks by 8.2 points on the development set.",
    "SQuAD improves TyDiQA by at least 3 points.",
    "SQuAD raises BUCC from 66.0 to 82.6.",
    "MNLI improves XNLI in Swahili by 2.0 points.",
    "XNLI does not benefit from intermediate training.",
    "Only SQuAD improves XNLI.",
    "Most intermediate tasks improve XNLI.",
    "Seven of the nine intermediate tasks improve XNLI.",
    "HellaSwag is the best intermediate task for XNLI.",
    "Multi-task training on all nine tasks performs best.",
    "MNLI outperforms QQP on XNLI.",
    "MNLI and QQP perform comparably on XNLI.",
    "Training on English intermediate tasks outperforms continued multilingual MLM.",
    "Gains fall with linguistic distance from English.",
    "Picking the best intermediate task for each target improves XTREME by 5.4 points on average.",
    "SQuAD takes 3.4 points off BUCC.",
    "SQuAD brings MLQA to 66.6, a gain of 3.6.",
    "MNLI improves XNLI by 2.0 points, compared with 1.5 for QQP.",
    "While MNLI helps XNLI by 2.4 points, it lowers BUCC.",
    "Among single tasks, HellaSwag leads on XQuAD.",
    "HellaSwag reaches 66.9 on PAN-X, the highest of all single tasks.",
    "HellaSwag (78.0) outperforms MNLI (77.7) on BUCC.",
    "The gain of MNLI on BUCC exceeds 3 points.",
    "It is MNLI that improves XNLI by 2.0 points.",
    "XNLI covers fifteen languages, including Swahili.",
    "XLM-R Large is significantly better than mBERT on XNLI.",
    "XLM-R Large is significantly better than mBERT on all tasks.",
    "XLM-R Large and mBERT do not differ significantly on XNLI.",
    "There is no significant difference between XLM-R Large and mBERT on XNLI.",
    "XLM-R Large and mBERT are tied on average.",
    "XLM-R Large is ranked between 1 and 3 on XNLI.",
)

SIGNS = [
    ">",
    "<",
    "≥",
    "≤",
    "~",
    "±",
    "+",
    "-",
    "%",
    "*",
    "/",
    "=",
    "(base)",
    "(supervised)",
    "(14|languages)",
    "(3)",
    "?",
    "→",
    "×",
    "#",
]
MADE_UP = ["blorft", "zarnish", "quennily", "FooBERT", "vexes"]

STRICT = (*(sign for sign in SIGNS if sign not in "%+-"), *MADE_UP, *["almost", "per", "whether", "unless", "if", "should", "may", "supervised", "simpler", "domain", "genre", "captions", "labels", "sophisticated", "subtask|of", "part|of", "half", "twice", "allegedly", "perhaps", "claims|that", "aims|to", "is|said|to", "not|said|to", "question", "low-resource", "instead|of", "rather|than", "questionable", "our|goal|is", "it|is|false|that"])  # fmt: skip
"""Words and signs that say something in every place: none of them may leave a reading as it was. A plus may stand
before any number, and a hyphen inside any name."""


def mutations(words: tuple[str, ...], share: float) -> Iterator[tuple[str, str, str]]:
    """(sentence, word, the sentence with the word in one of its gaps)."""
    draw = random.Random(20201204)
    for sentence in SENTENCES:
        before = sentence.removesuffix(".").split(" ")
        for word in words:
            for gap in range(len(before) + 1):
                if draw.random() < share:
                    inserted = [*before[:gap], word.replace("|", " "), *before[gap:]]
                    yield sentence, word, " ".join(inserted) + "."


def said(reading: Reading) -> tuple[str, ...]:
    return (str(reading.assertion), *map(str, reading.asides), *map(str, reading.rivals))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_that_is_mutated_is_read(sentence: str) -> None:
    assert read_claim(sentence).complete, (read_claim(sentence).unread, read_claim(sentence).left)


def test_signs_frames_and_modifiers_leave_no_reading_as_it_was() -> None:
    kept = [mutated for sentence, _, mutated in mutations(STRICT, 0.25) if (found := read_claim(mutated)).complete
            and said(found) == said(read_claim(sentence))]  # fmt: skip
    assert kept == []
