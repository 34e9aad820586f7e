"""The world's tasks: each draws meanings, decides what is true of them, and speaks.

A generator draws items of one split; the same items are spoken in every language, as the
parallel test sets of XNLI or XQuAD are. Nothing here looks at words to find an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from runners.examples import Classified, Example, Tagged
from runners.world import changes, grammar
from runners.world import concepts as c
from runners.world.concepts import Numbers
from runners.world.meaning import Clauses, events, same, truth, where


@dataclass(frozen=True, slots=True, eq=False)
class ExampleGenerator:
    """Input of a generator.

    Attributes:
        rng: for meanings only, alike in all languages. count: items wanted. split: train, dev, test.
        words: the language's lexicon. options: from the task's entry. first: number of the first item.
    """

    rng: np.random.Generator
    count: int
    split: str
    words: grammar.GrammarTables
    options: dict[str, float]
    first: int

    def say(self, clauses: Clauses, sign: str = ".") -> list[str]:
        """One sentence per clause."""
        return grammar.texts(grammar.spoken(clauses, self.words, sign), self.words)

    def ids(self) -> Iterator[str]:
        """Names of the items, alike in all languages."""
        return (f"{self.split}-{i}" for i in range(self.first, self.first + self.count))


Generator: TypeAlias = Callable[[ExampleGenerator], list[Example]]


def inference(draw: ExampleGenerator) -> list[Example]:
    """Does the first sentence make the second true, false, or neither? Labels equally frequent."""
    premise, hypothesis, value = _judged(draw, draw.count)
    said = zip(draw.ids(), draw.say(_styled(draw.rng, premise)), draw.say(hypothesis), value.tolist(), strict=True)
    labels = {1: "entailment", 0: "neutral", -1: "contradiction"}
    return [Classified(i, a, b, labels[v]) for i, a, b, v in said]


def _judged(draw: ExampleGenerator, count: int) -> tuple[Clauses, Clauses, Numbers]:
    rng = draw.rng
    premise = events(rng, count * 5, draw.split)
    premise = replace(premise, negated=changes.chance(rng, 0.05, len(premise)))
    hypothesis = changes.hypotheses(rng, premise, draw.options.get("statements", 0.35))
    value = truth(premise, hypothesis)
    chosen = _balanced(rng, value, (1, 0, -1), count)
    return premise[chosen], hypothesis[chosen], value[chosen]


def _balanced(rng: np.random.Generator, values: Numbers, levels: tuple[int, ...], count: int) -> Numbers:
    """Rows in which every level is equally frequent (up to one), in random order."""
    rows = [np.flatnonzero(values == level) for level in levels]
    wanted = [(count + i) // len(levels) for i in range(len(levels))]
    short = [level for level, found, want in zip(levels, rows, wanted, strict=True) if len(found) < want]
    assert not short, short
    return rng.permutation(np.concatenate([found[:want] for found, want in zip(rows, wanted, strict=True)]))


def _styled(rng: np.random.Generator, clauses: Clauses) -> Clauses:
    return changes.restated(rng, clauses, 0.3)


def paraphrase(draw: ExampleGenerator) -> list[Example]:
    """Do two sentences say the same? Negatives keep a part of the words, or exchange the two parts."""
    rng = draw.rng
    first = changes.weakened(rng, events(rng, draw.count * 4, draw.split), 0.5)
    n = len(first)
    unlike = changes.chance(rng, 0.5, n)
    second = changes.altered(rng, first, unlike, parts=3)
    turned = unlike & changes.chance(rng, draw.options.get("turned", 0.1), n) & np.isin(first.object, c.LIVING)
    second = where(turned, changes.turned(first, turned), second)
    second = replace(changes.restated(rng, second, 0.4), fronted=changes.chance(rng, 0.5, n))
    alike = same(first, second)
    chosen = _balanced(rng, alike.astype(np.int64), (1, 0), draw.count)
    said = zip(draw.ids(), draw.say(first[chosen]), draw.say(second[chosen]), alike[chosen].tolist(), strict=True)
    return [Classified(i, a, b, "1" if v else "0") for i, a, b, v in said]


def parts_of_speech(draw: ExampleGenerator) -> list[Example]:
    """Part-of-speech tags of each word."""
    clauses = _mixed(draw)
    columns = np.array([grammar.PARTS_OF_SPEECH[name] for name in grammar.COLUMNS], dtype=object)
    tags = np.tile(columns, (len(clauses), 1))
    return [*_tagged(draw, clauses, tags, "PUNCT")]


def roles(draw: ExampleGenerator) -> list[Example]:
    """Semantic roles as spans: actor, undergoer, place and time; converses have them turned round."""
    clauses = changes.restated(draw.rng, events(draw.rng, draw.count, draw.split), 0.5)
    turned = c.IS_CONVERSE[clauses.verb]
    tags = np.full((len(clauses), len(grammar.COLUMNS)), "", dtype=object)
    actor, undergoer = np.where(turned, "UNDERGOER", "ACTOR"), np.where(turned, "ACTOR", "UNDERGOER")
    spans = {
        "subject": actor, "subject_quality": actor,
        "object": undergoer, "object_quality": undergoer, "count": undergoer,
        "place": "PLACE", "adposition": "PLACE", "time_first": "TIME", "time_last": "TIME",
    }  # fmt: skip
    for name, role in spans.items():
        tags[:, grammar.COLUMN[name]] = role
    return [replace(e, tags=_bio(e.tags)) for e in _tagged(draw, clauses, tags, "")]


def _bio(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The first word of a run of one role is its beginning."""
    before = ("", *tags)
    return tuple(
        "O" if not tag else f"{'I' if tag == last else 'B'}-{tag}" for tag, last in zip(tags, before, strict=False)
    )


def _mixed(draw: ExampleGenerator) -> Clauses:
    """Events, some negated, and statements."""
    event = events(draw.rng, draw.count, draw.split)
    event = replace(event, negated=changes.chance(draw.rng, 0.2, len(event)))
    statement = changes.statements(draw.rng, event)
    return where(changes.chance(draw.rng, 0.3, len(event)), statement, _styled(draw.rng, event))


def _tagged(draw: ExampleGenerator, clauses: Clauses, tags: grammar.Strings, closing: str) -> list[Tagged]:
    said = grammar.spoken(clauses, draw.words)
    ordered = np.concatenate([tags[:, draw.words.order], np.full((len(clauses), 1), closing, dtype=object)], axis=1)
    words, present = draw.words.forms[said].tolist(), (said > 0).tolist()
    return [
        Tagged(
            name,
            tuple(word[:-1] for word, here in zip(row, shown, strict=True) if here),
            tuple(tag for tag, here in zip(labels, shown, strict=True) if here),
        )
        for name, row, labels, shown in zip(draw.ids(), words, ordered.tolist(), present, strict=True)
    ]
