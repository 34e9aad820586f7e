"""A sentence over the registry → every assertion it may make, with the parse behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import inf

from analysis.numbers import Number, scan_numbers
from analysis.registry.vocabulary import Vocabulary
from claims.assertion import Fact, Formula, Not, Quantified, UniqueBest
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion, PhraseBindings, long_lists, respective
from claims.domains.registry.comparing import comparisons
from claims.domains.registry.facts import facts
from claims.domains.registry.gains import gains, only_one
from claims.domains.registry.names import SpellingIndex, names_of
from claims.domains.registry.phrases import binder_over
from claims.domains.registry.ranking import ranks
from claims.domains.registry.scoring import scores
from claims.domains.registry.trends import trends
from claims.domains.registry.words import transfer_grammar, transfer_lexicon
from claims.hashed import record, replace
from claims.language.chart import Edge, ParseNode
from claims.language.reading import Forest, read_forest
from claims.rewriting import canonical, conjunction, nodes, transform

NAMED = ("RUN", "TARGET")


def asides(parse: ParseNode, *, kinds: bool = True) -> tuple[Formula, ...] | None:
    """The subordinate claims of a sentence, in order; None where one of them has an "it" without a clear referent.

    Args:
        parse: of the sentence.
        kinds: True if the sentence names a kind of task at all.
    """
    found: list[Formula] = list(dict.fromkeys(_kinds(parse))) if kinds else []
    reason = parse.first("body").first("reason")
    if reason is not None:
        models = {edge.value for edge in leaves_of(parse) if edge.symbol == "MODEL"}
        if len(models) != 1 or not _starts(parse):
            return None
        found.append(UniqueBest(str(models.pop())))
    return tuple(found)


def _starts(parse: ParseNode) -> bool:
    """True if the only clause says which model a study starts from: then "it" is that model."""
    fact = parse.first("body").first("first").first("fact")
    return isinstance(fact, ParseNode) and isinstance(fact.parts[0][1], ParseNode) and fact.parts[0][1].rule == "start"


def _kinds(parse: ParseNode) -> Iterator[Formula]:
    """As in "the question answering task BUCC": BUCC is one of question answering."""
    for node in parse.below():
        kind = node.first("aside")
        if isinstance(kind, Edge) and kind.symbol == "KIND":
            yield from (Fact(n.value, "kind", (kind.value,)) for n in node.find("name") if n.symbol in NAMED)


MARGIN = 0.25
"""Largest distance of a good reading's fit from the best one; no limit with a name that may have another meaning."""
OWN = frozenset({"RUN", "MULTI", "MODEL", "baseline", "without"})
"""Symbols of names that a number may belong to."""
MOST = 64
"""Readings of a sentence that are compared."""


@record
class SentenceReading:
    """One reading of a sentence: its assertion, parse, fit (`score`) and subordinate claims (`asides`)."""

    formula: Formula
    parse: ParseNode
    score: float
    asides: tuple[Formula, ...] = ()


@record
class RegistrySentence:
    """A sentence over the registry.

    Attributes:
        forest: its parses. readings: those that fit nearly as well as the best, the best first.
        reason: cause of having no reading, else empty. text: the sentence.
    """

    forest: Forest
    readings: tuple[SentenceReading, ...]
    reason: str = ""
    text: str = ""


def numbers_with_units(sentence: str) -> Iterator[tuple[int, int, Number]]:
    """The numbers of a sentence; one that may stand with its unit stands with it, so that it is read once."""
    found = list(scan_numbers(sentence))
    longest = {start: end for start, end, number in found if number.unit}
    yield from (each for each in found if each[2].unit or each[1] >= longest.get(each[0], 0))


class RegistryReader:
    """Reads sentences over one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.names: SpellingIndex = names_of(words)

    def read(self, sentence: str, choice: int = 0) -> RegistrySentence:
        """Every good reading of a sentence; of names that stand for several things, the one at `choice`."""
        forest = read_forest(
            sentence,
            lambda tokens: self.names.edges(tokens, choice),
            transfer_lexicon(),
            transfer_grammar(),
            numbers_with_units,
        )
        if not forest.parses:
            return RegistrySentence(forest, (), forest.reason, sentence)
        binder = binder_over(self.words)
        kinds = any(edge.symbol == "KIND" for edge in forest.edges)
        made = [
            reading
            for parse in forest.parses
            if (beside := asides(parse, kinds=kinds)) is not None
            for reading in _readings(binder, parse, beside)
        ]
        if not made:
            return RegistrySentence(forest, (), "its words are known, but its names do not fit what they say", sentence)
        best = max(r.score for r in made)
        margin = inf if self.names.doubted(forest.tokens, forest.edges) else MARGIN
        good = sorted((r for r in made if r.score >= best - margin), key=lambda r: -r.score)
        unique: dict[Formula, SentenceReading] = {}
        for reading in good:
            unique.setdefault(reading.formula, reading)
        return RegistrySentence(forest, tuple(islice(unique.values(), MOST)), text=sentence)


def _readings(binder: Binder, parse: ParseNode, beside: tuple[Formula, ...]) -> Iterator[SentenceReading]:
    body = parse.first("body")
    joined = [_with_fronts(j.first("clause"), list(j.find("tail"))) for j in body.find("rest")]
    clauses = [body.first("first"), *joined]
    if any(_sets_nothing_against(before, j) for before, j in zip(clauses, body.find("rest"), strict=False)):
        return
    denied = parse.first("denied") is not None
    if denied and len(clauses) > 1:
        return
    fronts = [tail for f in parse.find("", "front") if isinstance(f, ParseNode) for tail in f.find("tail")]
    for first in _clause(binder, _with_fronts(clauses[0], fronts), None):
        for way in _rest(binder, clauses[1:], first.bundle):
            if _splits_late(clauses, (first, *way)) or _places_one(clauses, (first, *way)):
                continue
            formulas = [first.formula, *(m.formula for m in way)]
            score = min(_fit(m) for m in (first, *way))
            whole = conjunction(formulas)
            for meant in (whole, *_at_least(whole, parse)):
                yield SentenceReading(canonical(Not(meant) if denied else meant), parse, score, beside)


def _sets_nothing_against(before: ParseNode, joined: ParseNode) -> bool:
    """True if a number is set against another without its own name, as in "A beats B on T, 64.5 against 59.8"."""
    joint = joined.first("joint")
    if joint is None or joint.symbol != "set_against":
        return False
    named = {edge.symbol for edge in leaves_of(joined.first("clause"))} & OWN
    return not named or before.parts[0][0] not in ("gain", "score")


def _splits_late(clauses: Sequence[ParseNode], made: Sequence[ClauseAssertion]) -> bool:
    """True if it is open whether a split holds of all: "A adds 8 points and B 7 points on the dev set"."""
    late = any(c.rule == "short" and m.bundle.split is not None for c, m in zip(clauses, made, strict=True))
    return late and made[0].bundle.split is None


def _places_one(clauses: Sequence[ParseNode], made: Sequence[ClauseAssertion]) -> bool:
    """True if it is open whether a target holds of all rows: "A ranks first on T, while B ranks last"."""
    placed = {m.bundle.targets is not None for m in made}
    rows = (c.parts[0][0] in OF_ROWS and m.bundle.runs is None for c, m in zip(clauses, made, strict=True))
    return len(placed) > 1 and any(r and m.bundle.targets is None for r, m in zip(rows, made, strict=True))


def _at_least(formula: Formula, parse: ParseNode) -> Iterator[Formula]:
    """As in "Three tasks improve T" may be said where four do: the reading with "at least three"."""
    counts = any(isinstance(node, Quantified) and node.quantifier == "count=" for node in nodes(formula))
    other = transform(formula, _at_least_as_many) if counts else formula
    if other is not formula and any(part.first("bare") is not None for part in parse.below()):
        yield other


def _at_least_as_many(node: object) -> Quantified | None:
    counts = isinstance(node, Quantified) and node.quantifier == "count="
    return replace(node, quantifier="count>=") if counts and isinstance(node, Quantified) else None


def _fit(made: ClauseAssertion) -> float:
    """The fit of a clause, lowered where "in English", more likely the tasks' language, is bound as the target's."""
    languages = made.bundle.languages
    in_english = languages is not None and languages.members == ("en",)
    return made.score - 0.5 if in_english else made.score


def _rest(binder: Binder, clauses: list[ParseNode], carry: PhraseBindings) -> Iterator[tuple[ClauseAssertion, ...]]:
    if not clauses:
        yield ()
        return
    for made in _clause(binder, clauses[0], carry):
        for more in _rest(binder, clauses[1:], made.bundle if made.bundle.runs or made.bundle.models else carry):
            yield (made, *more)


def _with_fronts(clause: ParseNode, fronts: list[ParseNode]) -> ParseNode:
    """A clause with the adjuncts that stand before it at its end."""
    if not fronts:
        return clause
    label, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    more = tuple(("tail", tail) for tail in fronts)
    return ParseNode(clause.rule, ((label, ParseNode(body.rule, (*body.parts, *more))), *clause.parts[1:]))


def _clause(binder: Binder, clause: ParseNode, carry: PhraseBindings | None) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause; an elliptic one takes missing names from the clause before."""
    nested = clause.first("nested")
    if nested is not None:
        for made in _clause(binder, nested, None):
            yield ClauseAssertion(Not(made.formula), made.bundle, made.score)
        return
    told = clause.first("told")
    if told is not None:
        yield from _clause(binder, _with_level(clause.first("compare"), told), carry)
        return
    label, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    levels = clause.first("levels")
    if levels is not None:
        body = ParseNode(body.rule, (*body.parts, ("levels", levels)))
    if label not in OF_ROWS and any(part.rule == "everytask" for part in body.below()):
        return
    if label in LEANING:
        if label != "rank" and any(t.first("amongst") is not None for t in body.find("tail")):
            return
        pairs = label != "gain" and respective(body) and long_lists(body) > 1
        if not pairs:
            yield from LEANING[label](binder, body, carry if clause.rule == "short" else None)
    elif not body.first("tail"):
        yield from PLAIN[label](binder, body)


def _with_level(body: ParseNode, told: ParseNode) -> ParseNode:
    """A comparison with the number of its left side, stated before it, and the metric of both: "with 81.3 F1, A …"."""
    metric = [("tail", ParseNode("tail", (("metric", edge),))) for edge in told.find("metric")]
    compared = ParseNode(body.rule, (*body.parts, *metric))
    pair = ParseNode("levelpair", (("left", told.first("level")),))
    return ParseNode("clause", (("compare", compared), ("levels", pair)))


def _gains(binder: Binder, body: ParseNode, carry: PhraseBindings | None) -> Iterator[ClauseAssertion]:
    return only_one(binder, body) if body.first("onlyone") is not None else gains(binder, body, carry)


LEANING: dict[str, Callable[[Binder, ParseNode, PhraseBindings | None], Iterator[ClauseAssertion]]] = {
    "gain": _gains, "compare": comparisons, "rank": ranks, "score": scores,
}  # fmt: skip
"""Clauses that may take missing names from the clause before."""
OF_ROWS = frozenset({"compare", "rank"})
"""Clauses that may compare or rank rows of a leaderboard."""
PLAIN: dict[str, Callable[[Binder, ParseNode], Iterator[ClauseAssertion]]] = {"fact": facts, "trend": trends}
