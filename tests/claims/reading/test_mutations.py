"""A word put into a sentence that is read must change the reading, withhold it, or be neutral where it stands."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from claims.reading import Reading, read

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
)

QUANTIFYING = [
    "all",
    "every",
    "each",
    "most",
    "many",
    "several",
    "some",
    "few",
    "no",
    "none",
    "any",
    "both",
    "half",
    "twice",
    "per",
    "only",
    "never",
    "always",
    "hardly",
    "at|least",
    "at|most",
    "more|than",
    "fewer|than",
    "three",
    "20",
    "3.5",
    "the|majority|of",
    "almost|all",
    "exactly",
]
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
MODIFYING = [
    "almost",
    "nearly",
    "barely",
    "roughly",
    "largely",
    "mostly",
    "partly",
    "supervised",
    "unsupervised",
    "simpler",
    "larger",
    "small",
    "large",
    "significant",
    "consistent",
    "average",
    "overall",
    "translated",
    "bilingual",
    "English",
    "German",
    "zero-shot",
    "low-resource",
    "distant",
    "adversarial",
    "robust",
    "subtask|of",
    "part|of",
    "variant|of",
    "except",
    "without",
    "unlike",
    "like",
    "than",
    "as|good|as",
    "worst",
    "best",
    "second",
    "first",
    "then",
    "later",
    "again",
    "domain",
    "genre",
    "captions",
    "labels",
    "sophisticated",
    "plain",
    "different",
    "diverse",
    "single",
    "combined",
    "selected",
    "evaluated",
    "tested",
    "F1",
    "dev",
    "test",
    "mBERT",
    "MNLI",
    "XQuAD",
    "QQP",
    "BUCC",
    "model",
    "models",
    "task",
    "tasks",
    "dataset",
    "system",
    "setup",
    "variant",
    "strategy",
    "choice",
    "score",
    "scores",
    "result",
    "performance",
    "step",
    "stage",
    "phase",
    "kind",
    "type",
    "format",
    "benchmark",
]
FRAMING = [
    "whether",
    "if",
    "unless",
    "when",
    "while",
    "because",
    "should",
    "may",
    "might",
    "could",
    "not|said|to",
    "aims|to",
    "fails|to",
    "seems|to",
    "is|said|to",
    "allegedly",
    "perhaps",
    "claims|that",
    "hopes|that",
    "we|test|whether",
    "question",
    "our|goal|is",
    "the|question|is|whether",
    "supposedly",
    "it|is|false|that",
    "nobody|doubts",
    "instead|of",
    "rather|than",
]
GRAMMAR = [
    "the",
    "a",
    "of",
    "on",
    "in",
    "for",
    "with",
    "by",
    "from",
    "to",
    "at",
    "as",
    "that",
    "which",
    "is",
    "are",
    "has",
    "it",
    "they",
    "we",
    "also",
    "however",
    "used",
    "using",
    "given",
    "shown",
    "during",
    "after",
    "before",
    "between",
    "under",
    "over",
    "against",
    "and",
    "or",
    "but",
    "nor",
]
MADE_UP = ["blorft", "zarnish", "quennily", "FooBERT", "vexes"]

STRICT = (*(sign for sign in SIGNS if sign != "%"), *MADE_UP, *["almost", "per", "whether", "unless", "if", "should", "may", "supervised", "simpler", "domain", "genre", "captions", "labels", "sophisticated", "subtask|of", "part|of", "half", "twice", "allegedly", "perhaps", "claims|that", "aims|to", "is|said|to", "not|said|to", "question", "low-resource", "instead|of", "rather|than", "questionable", "our|goal|is", "it|is|false|that"])  # fmt: skip
"""Words that say nothing in no place: none of them may leave a reading as it was."""

SHARE = 0.09
"""Part of all mutations that is run each time; always the same one."""


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
    assert read(sentence).complete, (read(sentence).unread, read(sentence).left)


def test_a_word_that_changes_nothing_is_licensed_where_it_stands_by_a_named_rule() -> None:
    words = (*QUANTIFYING, *SIGNS, *MODIFYING, *FRAMING, *GRAMMAR, *MADE_UP)
    assert len(words) > 150
    dropped = []
    for sentence, _, mutated in mutations(words, SHARE):
        base, found = read(sentence), read(mutated)
        if not found.complete or said(found) != said(base):
            continue
        licensed = Counter(found.passed) - Counter(base.passed)
        joined_in_a_phrase = len(found.tokens) == len(base.tokens)
        if not joined_in_a_phrase and not any(rule for _, rule in licensed):
            dropped.append(mutated)
    assert dropped == []


def test_signs_frames_and_modifiers_leave_no_reading_as_it_was() -> None:
    kept = [mutated for sentence, _, mutated in mutations(STRICT, 0.25) if (found := read(mutated)).complete
            and said(found) == said(read(sentence))]  # fmt: skip
    assert kept == []
