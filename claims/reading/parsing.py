"""Terminals → clauses: the grammar applied, with every way of parting a sentence kept.

The tree depends on the classes of the terminals alone, so trees are cached by their sequence:
reports repeat a few dozen sentence shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer

from claims.reading.classes import CLASSES
from claims.reading.terminals import Terminal

MOST_PARTINGS = 48
"""A sentence with more ways of parting it into clauses is read by the first of them."""
LONGEST = 60
"""Terminals in a sentence; a longer one is no claim but a paragraph and is not read."""


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase of a clause.

    Attributes:
        rule: rule of the grammar, such as "run", "quantified", "gain".
        terminals: what it is made of.
        place: its position among the sentence's terminals.
    """

    rule: str
    terminals: tuple[Terminal, ...]
    place: int

    def of(self, *types: str) -> tuple[Terminal, ...]:
        """The terminals of the given types."""
        return tuple(t for t in self.terminals if t.type in types)

    @property
    def value(self) -> str:
        """The value of the first terminal."""
        return self.terminals[0].value


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what stands before it: "" (the first), "SEP", "STOP" or "BECAUSE"."""

    bound: str
    items: tuple[Item, ...]


class _Terminals(Lexer):
    """Hands the grammar terminal types instead of letting it look at text."""

    def __init__(self, _: Any) -> None:
        pass

    def lex(self, types: Any, _: Any = None) -> Iterable[Token]:  # type: ignore[override]
        for place, name in enumerate(types):
            yield Token(name, str(place))


@cache
def _grammar() -> Lark:
    text = (files("claims.reading") / "grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="earley", lexer=_Terminals, ambiguity="explicit", maybe_placeholders=False)


Shape = tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]
"""One way of parting: (bound, ((rule, places), …)) for every clause."""


def partings(terminals: Sequence[Terminal]) -> list[tuple[Clause, ...]]:
    """Every way the grammar parts the sentence into clauses; empty if it does not read it."""
    if not terminals or len(terminals) > LONGEST or any(t.type not in CLASSES for t in terminals):
        return []
    names, groups = _grouped([CLASSES[t.type][0] for t in terminals])
    return [tuple(_clause(bound, items, groups, terminals) for bound, items in shape) for shape in _shapes(names)]


def _grouped(names: Sequence[str]) -> tuple[tuple[str, ...], list[list[int]]]:
    """Neighbouring plain terminals as one, since nothing can come between them."""
    kept: list[str] = []
    groups: list[list[int]] = []
    for place, name in enumerate(names):
        if kept and name == kept[-1] == "PLAIN":
            groups[-1].append(place)
        else:
            kept.append(name)
            groups.append([place])
    return tuple(kept), groups


def _clause(
    bound: str,
    items: tuple[tuple[str, tuple[int, ...]], ...],
    groups: Sequence[Sequence[int]],
    terminals: Sequence[Terminal],
) -> Clause:
    made: list[Item] = []
    for rule, names in items:
        places = [place for name in names for place in groups[name]]
        if rule in PHRASES:
            made.append(Item(rule, tuple(terminals[p] for p in places), places[0]))
        else:
            made += [Item(CLASSES[terminals[p].type][1], (terminals[p],), p) for p in places]
    return Clause(bound, tuple(made))


PHRASES = frozenset({"quantity", "counted", "quantified", "separator"})
"""Rules whose items may hold several terminals."""


@lru_cache(maxsize=20_000)
def _shapes(names: tuple[str, ...]) -> tuple[Shape, ...]:
    try:
        tree = _grammar().parse(cast("str", names))
    except UnexpectedInput:
        return ()
    return tuple(dict.fromkeys(_shape(alternative) for alternative in islice(_alternatives(tree), MOST_PARTINGS)))


def _alternatives(tree: Any) -> Iterable[Any]:
    """The trees an ambiguous tree stands for, without building them all at once."""
    if isinstance(tree, Token):
        yield tree
    elif tree.data == "_ambig":
        for child in tree.children:
            yield from _alternatives(child)
    else:
        for children in _products(tree.children):
            yield Tree(tree.data, children)


def _products(children: Sequence[Any]) -> Iterable[list[Any]]:
    if not children:
        yield []
        return
    for first in _alternatives(children[0]):
        for rest in _products(children[1:]):
            yield [first, *rest]


def _shape(tree: Any) -> Shape:
    clauses: list[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]]] = []
    bound = ""
    for child in tree.children:
        if child.data == "bound":
            bound = str(child.children[0].type)
        else:
            clauses.append((bound, tuple(_item(part) for part in child.children)))
    return tuple(clauses)


def _item(part: Any) -> tuple[str, tuple[int, ...]]:
    if isinstance(part, Token):
        return "separator", (int(part),)
    return str(part.data), tuple(int(token) for token in part.children)
