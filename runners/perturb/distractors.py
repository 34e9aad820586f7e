"""Distractor sentences: one more sentence at the end of a context, which does not answer the question.

The sentence is taken word for word from another context of the same data set and shares words with
the question, but at most half of them, so that it speaks of something else; and it holds none of
the gold answers. Nothing is negated or reworded: what was true of the context stays true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.errors import UsageError
from runners.examples import Example, QAExample

TRIED = 40
"""Sentences looked at for each question."""

MOST_SHARED = 0.5
"""Greatest share of the question's words that a distractor may hold."""

SENTENCE = re.compile(r"[^.!?。！？।۔\n]+[.!?。！？।۔]")


def distracted(examples: Sequence[Example], rng: np.random.Generator) -> tuple[tuple[Example, ...], int, int]:
    """The questions with a distractor each, the characters added, the characters there were.

    Raises:
        UsageError: all questions are on one context.
    """
    asked = [e for e in examples if isinstance(e, QAExample)]
    contexts = list(dict.fromkeys(e.context for e in asked))
    sentences = [(s.strip(), words_of(s), c) for c in contexts for s in SENTENCE.findall(c)]
    if len(contexts) < 2 or not sentences:
        raise UsageError("distractors come from other contexts: these questions have only one, or no sentences")
    found: list[Example] = []
    added = there = 0
    for example in asked:
        picked = [sentences[i] for i in rng.integers(len(sentences), size=TRIED).tolist()]
        distractor = _best(example, [(s, w) for s, w, c in picked if c != example.context])
        there += len(example.context) + len(example.question)
        added += len(distractor)
        context = example.context + (f" {distractor}" if distractor else "")
        found.append(replace(example, context=context))
    return tuple(found), added, there


def words_of(text: str) -> frozenset[str]:
    """The words of a text, lower case."""
    return frozenset(re.findall(r"\w+", text.casefold()))


def _best(example: QAExample, sentences: Sequence[tuple[str, frozenset[str]]]) -> str:
    """The sentence that shares most words with the question, within the bound; "" where none fits."""
    asked = words_of(example.question)
    answers = [text.casefold() for text, _ in example.answers]
    best, most = "", -1
    for sentence, words in sentences:
        shared = len(asked & words)
        fits = shared <= MOST_SHARED * len(asked) and not any(a in sentence.casefold() for a in answers)
        if fits and shared > most:
            best, most = sentence, shared
    return best
