"""A sentence over the registry → every assertion it may make, with the parse behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from analysis.vocabulary import Vocabulary
from claims.assertion import Formula, Not, Quantified
from claims.domains.registry.binder import Binder
from claims.domains.registry.bundles import Bundle
from claims.domains.registry.comparing import comparisons
from claims.domains.registry.facts import facts
from claims.domains.registry.gains import gains, only_one
from claims.domains.registry.made import Made
from claims.domains.registry.names import Names, names_of
from claims.domains.registry.phrases import binder_over
from claims.domains.registry.ranking import ranks
from claims.domains.registry.scoring import scores
from claims.domains.registry.trends import trends
from claims.domains.registry.words import transfer_grammar, transfer_lexicon
from claims.language.chart import Node
from claims.language.reading import Forest, read_forest
from claims.rewriting import canonical, conjunction, transform

MARGIN = 0.25
"""How much worse than the best a reading may fit and still count as good."""
MOST = 64
"""Readings of a sentence that are compared."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One way a sentence may be meant: the assertion, its parse and how well it fits."""

    formula: Formula
    parse: Node
    score: float


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence over the registry.

    Attributes:
        forest: what the grammar made of it. readings: as good as the best, the best first.
        reason: why there is none; empty where there is one. text: the sentence.
    """

    forest: Forest
    readings: tuple[SentenceReading, ...]
    reason: str = ""
    text: str = ""


CLEFT = re.compile(r"\s*it (?:is|was) (?!not\b)(.+?) (?:that|which|who) (.+?)\s*(\.?)\s*", re.IGNORECASE)


def uncleft(sentence: str) -> tuple[str, ...]:
    """The plain orders of "It is on XNLI that A gains 3 points": "on XNLI, A gains …", "A gains 3 points on XNLI"."""
    match = CLEFT.fullmatch(sentence)
    if match is None:
        return ()
    focus, rest, stop = match.groups()
    return (f"{focus} {rest}{stop}", f"{focus}, {rest}{stop}", f"{rest} {focus}{stop}")


class RegistryReader:
    """Reads sentences over one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.names: Names = names_of(words)

    def read(self, sentence: str, choice: int = 0) -> ReadSentence:
        """Every good reading of a sentence; of names that stand for several things, the one at `choice`."""
        found = self._read(sentence, choice)
        if found.readings:
            return found
        ways = [self._read(plain, choice) for plain in uncleft(sentence)]
        ways = [way for way in ways if way.readings]
        if not ways:
            return found
        unique = {r.formula: r for way in reversed(ways) for r in reversed(way.readings)}
        return ReadSentence(ways[0].forest, tuple(reversed(unique.values())), text=sentence)

    def _read(self, sentence: str, choice: int) -> ReadSentence:
        forest = read_forest(
            sentence, lambda tokens: self.names.edges(tokens, choice), transfer_lexicon(), transfer_grammar()
        )
        if not forest.parses:
            return ReadSentence(forest, (), forest.reason, sentence)
        binder = binder_over(self.words)
        made = [reading for parse in forest.parses for reading in self._readings(binder, parse)]
        if not made:
            return ReadSentence(forest, (), "its names do not fit together", sentence)
        best = max(r.score for r in made)
        good = sorted((r for r in made if r.score >= best - MARGIN), key=lambda r: -r.score)
        unique: dict[Formula, SentenceReading] = {}
        for reading in good:
            unique.setdefault(reading.formula, reading)
        return ReadSentence(forest, tuple(islice(unique.values(), MOST)), text=sentence)

    def _readings(self, binder: Binder, parse: Node) -> Iterator[SentenceReading]:
        body = parse.first("body")
        joined = [_with_fronts(j.first("clause"), list(j.find("tail"))) for j in body.find("rest")]
        clauses = [body.first("first"), *joined]
        denied = parse.first("denied") is not None
        if denied and len(clauses) > 1:
            return
        fronts = [tail for f in parse.find("", "front") if isinstance(f, Node) for tail in f.find("tail")]
        for first in _clause(binder, _with_fronts(clauses[0], fronts), None):
            for way in _rest(binder, clauses[1:], first.bundle):
                formulas = [first.formula, *(m.formula for m in way)]
                score = min(_fit(m) for m in (first, *way))
                whole = conjunction(formulas)
                for meant in (whole, *_at_least(whole, parse)):
                    yield SentenceReading(canonical(Not(meant) if denied else meant), parse, score)


def _at_least(formula: Formula, parse: Node) -> Iterator[Formula]:
    """As in "Three tasks improve T" may be said where four do: the reading with "at least three"."""
    if not any(label == "bare" for label in _labels(parse)):
        return
    yield transform(formula, _at_least_as_many)


def _at_least_as_many(node: object) -> Quantified | None:
    counts = isinstance(node, Quantified) and node.quantifier == "count="
    return replace(node, quantifier="count>=") if counts and isinstance(node, Quantified) else None


def _labels(node: Node) -> Iterator[str]:
    for label, part in node.parts:
        yield label
        if isinstance(part, Node):
            yield from _labels(part)


def _fit(made: Made) -> float:
    """How well a clause fits: "training on tasks in English" tells their language sooner than where it was measured."""
    languages = made.bundle.languages
    in_english = languages is not None and languages.members == ("en",)
    return made.score - 0.5 if in_english else made.score


def _rest(binder: Binder, clauses: list[Node], carry: Bundle) -> Iterator[tuple[Made, ...]]:
    if not clauses:
        yield ()
        return
    for made in _clause(binder, clauses[0], carry):
        for more in _rest(binder, clauses[1:], made.bundle if made.bundle.runs or made.bundle.models else carry):
            yield (made, *more)


def _with_fronts(clause: Node, fronts: list[Node]) -> Node:
    """A clause with the adjuncts that stand before it at its end."""
    if not fronts:
        return clause
    label, body = clause.parts[0]
    assert isinstance(body, Node)
    more = tuple(("tail", tail) for tail in fronts)
    return Node(clause.rule, ((label, Node(body.rule, (*body.parts, *more))), *clause.parts[1:]))


def _clause(binder: Binder, clause: Node, carry: Bundle | None) -> Iterator[Made]:
    """Every assertion of a clause; one that leans on the clause before takes from it what it does not say."""
    nested = clause.first("nested")
    if nested is not None:
        for made in _clause(binder, nested, None):
            yield Made(Not(made.formula), made.bundle, made.score)
        return
    label, body = clause.parts[0]
    assert isinstance(body, Node)
    lean = carry if clause.rule == "short" else None
    match label:
        case "gain" if body.first("onlyone") is not None:
            yield from only_one(binder, body)
        case "gain":
            yield from gains(binder, body, lean)
        case "compare":
            yield from comparisons(binder, body, lean)
        case "rank":
            yield from ranks(binder, body, lean)
        case "score":
            yield from scores(binder, body, lean)
        case "fact" if not body.first("tail"):
            yield from facts(binder, body)
        case "trend" if not body.first("tail"):
            yield from trends(binder, body)
