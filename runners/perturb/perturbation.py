"""Perturbed evaluation data: what a model meets when texts are mistyped, disguised or disordered.

Labels hold by construction: tags stay with their words, gold answers stay as they are and their
places are counted anew, numbers and one- to three-letter words are left alone. Only evaluated texts
are perturbed: of retrieval tasks the sentences of the evaluated language, of multiple choice the
premise and the options.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.errors import UsageError
from analysis.registry.vocabulary import vocabulary
from runners.data.loading import content_hash
from runners.data.specification import specification, task_entry
from runners.examples import Bitext, Choice, Classified, Dataset, Example, QAExample, Ranking, SentenceExample, Tagged
from runners.perturb.distractors import distracted
from runners.perturb.misspelling import Changed, disorder, drop, homoglyph, letters, shuffle, swap, typo

CHANGES: Mapping[str, Callable[[str, np.random.Generator], Changed]] = {
    "swap": swap,
    "drop": drop,
    "typo": typo,
    "homoglyph": homoglyph,
    "shuffle": shuffle,
}
"""Name → what it does to a text."""

PERTURBATIONS = (*CHANGES, "distractor")
"""Every perturbation; a distractor is a sentence more in the context of a question."""

TABLES = {"typo": "keyboard", "homoglyph": "homoglyph"}
"""Perturbation → the table of letters that its script must stand in."""


@dataclass(slots=True)
class CharacterCount:
    """Characters changed and characters there were."""

    changed: int = 0
    characters: int = 0

    @property
    def rate(self) -> float:
        """Share changed, 0..1 (more, where much is added)."""
        return self.changed / self.characters if self.characters else 0.0


def perturb(dataset: Dataset, name: str, seed: int) -> tuple[Dataset, float]:
    """A perturbed copy of an evaluation set, and the share of its characters that changed.

    Args:
        dataset: what is evaluated.
        name: one of `PERTURBATIONS`, or "none".
        seed: of the changes.

    Raises:
        UsageError: the perturbation does not fit the task or the language's script.
    """
    if fault := unfit(name, dataset.task, dataset.language):
        raise UsageError(fault)
    if name == "none":
        return dataset, 0.0
    rng = np.random.default_rng([seed, zlib.crc32(f"{name}/{dataset.task}/{dataset.language}".encode())])
    count = CharacterCount()
    if name == "distractor":
        examples, count.changed, count.characters = distracted(dataset.examples, rng)
        changed = replace(dataset, examples=examples)
    else:
        change = _Perturber(CHANGES[name], rng, count, ordered=name == "shuffle")
        changed = replace(
            dataset, examples=tuple(change.example(e) for e in dataset.examples), pool=change.pool(dataset.pool)
        )
    return replace(changed, sha256=content_hash(changed)), count.rate


def unfit(name: str, task: str, language: str) -> str:
    """The sentence that says why a perturbation does not go with a task in a language, or ""."""
    if name == "none":
        return ""
    if name not in PERTURBATIONS:
        return f"unknown perturbation {name!r} (one of none, {', '.join(PERTURBATIONS)})"
    spec = specification(task)
    form = spec.form if spec is not None else ""
    script = str(vocabulary()["language"][language].facts.get("script", ""))
    if form == "text":
        return f"{task} is running text to learn from, which is not perturbed"
    if name == "distractor" and form != "span":
        return f"a distractor is a sentence in the context of a question: {task} has none"
    if name == "shuffle" and form != "tagging":
        return _fixed_order(task, language, script)
    if name in TABLES and script not in letters()[TABLES[name]]:
        return f"no {TABLES[name]} letters are stated for {script}, the script of {language} (runners/letters.toml)"
    return ""


def _fixed_order(task: str, language: str, script: str) -> str:
    if "paraphrase" in vocabulary().kinds_above(task_entry(task).facts["kind"]):
        return f"word order decides whether sentences of {task} say the same: shuffled, its labels would not hold"
    if script in letters()["unspaced"]:
        return f"{language} is written without spaces: there are no words to shuffle"
    return ""


@dataclass(frozen=True, slots=True)
class _Perturber:
    """Applies one change to every kind of example, counting as it goes."""

    change: Callable[[str, np.random.Generator], Changed]
    rng: np.random.Generator
    count: CharacterCount
    ordered: bool

    def text(self, text: str) -> str:
        self.count.characters += len(text)
        changed, number = self.change(text, self.rng)
        self.count.changed += number
        return changed

    def pool(self, pool: Bitext | Ranking | None) -> Bitext | Ranking | None:
        """Only what is searched with, in the evaluated language."""
        if isinstance(pool, Bitext):
            return replace(pool, sources=tuple(self.sentence(s) for s in pool.sources))
        if isinstance(pool, Ranking):
            return replace(pool, queries=tuple(self.sentence(s) for s in pool.queries))
        return None

    def sentence(self, sentence: SentenceExample) -> SentenceExample:
        return replace(sentence, text=self.text(sentence.text))

    def example(self, example: Example) -> Example:
        match example:
            case Classified():
                second = None if example.second is None else self.text(example.second)
                return replace(example, first=self.text(example.first), second=second)
            case Choice():
                return replace(
                    example, first=self.text(example.first), options=tuple(self.text(o) for o in example.options)
                )
            case Tagged():
                return self.disordered(example) if self.ordered else self.tagged(example)
            case QAExample():
                return self.asked(example)
            case SentenceExample():
                return self.sentence(example)

    def tagged(self, example: Tagged) -> Tagged:
        return replace(example, words=tuple(self.text(word) for word in example.words))

    def disordered(self, example: Tagged) -> Tagged:
        """Whole spans (B- with its I-) change places, so that tags stay well-formed."""
        self.count.characters += sum(map(len, example.words))
        units: list[list[int]] = []
        for i, tag in enumerate(example.tags):
            if tag.startswith("I-") and units:
                units[-1].append(i)
            else:
                units.append([i])
        order = disorder(len(units), self.rng)
        moved = [i for at, unit in enumerate(order) if unit != at for i in units[unit]]
        self.count.changed += sum(len(example.words[i]) for i in moved)
        places = [i for unit in order for i in units[unit]]
        return replace(
            example, words=tuple(example.words[i] for i in places), tags=tuple(example.tags[i] for i in places)
        )

    def asked(self, example: QAExample) -> QAExample:
        """The context around the gold answers is changed, the answers are not."""
        question, pieces, starts = self.text(example.question), [], {}
        at = length = 0
        for first, last in _protected(example):
            pieces.append(self.text(example.context[at:first]))
            length += len(pieces[-1])
            starts[first] = length
            pieces.append(example.context[first:last])
            length += last - first
            at = last
        pieces.append(self.text(example.context[at:]))
        answers = []
        for text, start in example.answers:
            if start < 0:  # it stands nowhere in the context
                answers.append((text, start))
                continue
            block = max(first for first in starts if first <= start)
            answers.append((text, starts[block] + start - block))
        return replace(example, question=question, context="".join(pieces), answers=tuple(answers))


def _protected(example: QAExample) -> list[tuple[int, int]]:
    """The stretches of the context that answers cover, joined where they overlap."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted((start, start + len(text)) for text, start in example.answers if start >= 0):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans
