"""Parses kept by the shape of a sentence: where its words, numbers and names stand, whatever they are.

A parse depends on the places and symbols of the edges alone. Two sentences of one shape, "MNLI improves XNLI by 2
points" and "QQP improves BUCC by 3 points", have the same parses over different edges.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from claims.language.chart import Chart, Edge, Grammar, ParseNode

Shape: TypeAlias = tuple[int, int, tuple[tuple[int, int, str], ...]]
KEPT_SHAPES = 512
KEPT_NODES = 5_000
"""Shapes whose parses are kept, and the nodes that the parses of one may have: memory stays flat."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parses of a sentence, and the token that no partial parse got past."""

    parses: tuple[ParseNode, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class CachedParses:
    """Parses over the edges of whatever sentence of a shape.

    Attributes:
        nodes: of all parses, each after its parts: its rule, and the label and place of each part, counted over the
            edges of the sentence and the nodes before it.
        parses: the places of the parses. reach: of the sentence.
    """

    nodes: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    parses: tuple[int, ...]
    reach: int

    def over(self, edges: Sequence[Edge]) -> Parsed:
        """The same parses over the edges of another sentence of the shape."""
        made: list[Any] = list(edges)
        for rule, parts in self.nodes:
            made.append(ParseNode(rule, tuple([(label, made[place]) for label, place in parts])))
        return Parsed(tuple([made[place] for place in self.parses]), self.reach)


@dataclass(slots=True)
class Shapes:
    """The parses of the shapes met last, for one grammar."""

    grammar: Grammar
    kept: OrderedDict[Shape, CachedParses] = field(default_factory=OrderedDict)

    def parsed(self, edges: Sequence[Edge], length: int) -> Parsed:
        """The parses of a lattice.

        Args:
            edges: of the sentence.
            length: of the sentence in tokens.

        Raises:
            TooLongError: too many partial parses.
        """
        terminals = _terminals(self.grammar)
        edges = [edge for edge in edges if edge.symbol in terminals]
        shape = (length, len(edges), tuple([(edge.start, edge.end, edge.symbol) for edge in edges]))
        known = self.kept.get(shape)
        if known is not None:
            self.kept.move_to_end(shape)
            return known.over(edges)
        parsed = _parsed(self.grammar, edges, length)
        nodes = _nodes(parsed.parses)
        if len(nodes) <= KEPT_NODES:
            self.kept[shape] = _by_places(parsed, edges, nodes)
            if len(self.kept) > KEPT_SHAPES:
                self.kept.popitem(last=False)
        return parsed


def _by_places(parsed: Parsed, edges: Sequence[Edge], nodes: Sequence[ParseNode]) -> CachedParses:
    places = {id(part): place for place, part in enumerate((*edges, *nodes))}
    made = [(node.rule, tuple((label, places[id(part)]) for label, part in node.parts)) for node in nodes]
    return CachedParses(tuple(made), tuple(places[id(parse)] for parse in parsed.parses), parsed.reach)


@lru_cache(maxsize=16)
def _terminals(grammar: Grammar) -> frozenset[str]:
    return grammar.symbols()


def _parsed(grammar: Grammar, edges: Iterable[Edge], length: int) -> Parsed:
    by_place: dict[tuple[int, str], list[Edge]] = {}
    for edge in edges:
        by_place.setdefault((edge.start, edge.symbol), []).append(edge)
    chart = Chart(grammar, by_place, length)
    return Parsed(chart.parses("sentence"), chart.reach)


def _nodes(parses: Iterable[ParseNode]) -> tuple[ParseNode, ...]:
    """Every node of some parses once, each after its parts."""
    found: dict[int, ParseNode] = {}

    def visit(node: ParseNode) -> None:
        for _, part in node.parts:
            if isinstance(part, ParseNode) and id(part) not in found:
                visit(part)
        found[id(node)] = node

    for parse in parses:
        visit(parse)
    return tuple(found.values())
