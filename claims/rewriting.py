"""Walking, binding and rewriting assertions; their canonical form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, cast

from claims.assertion import (
    And,
    Compare,
    Consistent,
    Fact,
    Fold,
    Formula,
    Gain,
    Node,
    Not,
    Quantified,
    Ranked,
    Scope,
    Score,
    Significant,
    StatedNumber,
    Term,
    Whole,
)  # fmt: skip
from claims.hashed import replace
from claims.phrases import each_word

KEPT = 8192
"""Nodes whose parts, and whose forms with a variable bound, are kept: many claims speak of the same few gains."""


def nodes(node: object) -> Sequence[Node]:
    """The node and every node below it, outermost first."""
    if isinstance(node, tuple):
        return [below for member in node for below in nodes(member)]
    return _nodes(node) if isinstance(node, Node) else ()


@lru_cache(maxsize=KEPT)
def _nodes(whole: Node) -> tuple[Node, ...]:
    found: list[Node] = []
    waiting: list[object] = [whole]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += node[::-1]
        elif isinstance(node, Node):
            found.append(node)
            waiting += _parts(cast("Any", type(node)))(node)
    return tuple(found)


@cache
def _parts(kind: Any) -> Callable[[Node], tuple[object, ...]]:
    """A function that returns the fields of a node of this kind, the last first."""
    names = [name for name in reversed(_fields(cast("Any", kind))) if name not in UNBOUND]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda node: tuple([getattr(node, name) for name in names])


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def bind(node: Any, variable: str, value: str) -> Any:
    """The node with every free `variable` replaced by the id `value`."""
    if isinstance(node, str):
        return value if node == variable else node
    if isinstance(node, tuple):
        return tuple([bind(member, variable, value) for member in node])
    if not isinstance(node, Node) or getattr(node, "variable", None) == variable:
        return node
    return _bound(node, variable, value)


@lru_cache(maxsize=KEPT)
def _bound(node: Node, variable: str, value: str) -> Node:
    changed = {}
    for name in _bindable(cast("Any", type(node))):
        before = getattr(node, name)
        after = bind(before, variable, value)
        if after is not before:
            changed[name] = after
    return replace(cast("Any", node), **changed) if changed else node


@cache
def _bindable(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in _fields(kind) if name not in UNBOUND)


UNBOUND = each_word("how variable relation word quantifier place direction axis method unit base")
"""Fields whose strings are not names a variable could stand for."""


def transform(node: Any, change: Callable[[Node], Node | None]) -> Any:
    """The tree with nodes exchanged: `change` gives a node's replacement, or None to look below it."""
    if isinstance(node, tuple):
        members = tuple([transform(member, change) for member in node])
        return node if all(new is old for new, old in zip(members, node, strict=True)) else members
    if not isinstance(node, Node):
        return node
    replaced = change(node)
    if replaced is not None:
        return replaced
    below = {}
    for name in _fields(cast("Any", type(node))):
        before = getattr(node, name)
        if isinstance(before, tuple | Node):
            after = transform(before, change)
            if after is not before:
                below[name] = after
    return replace(cast("Any", node), **below) if below else node


def with_scope(term: Term, change: Callable[[Scope], Scope]) -> Term:
    """The term with its own scope changed; terms without a scope stay as they are."""
    match term:
        case Score(scope=scope) | Gain(scope=scope) | Fold(scope=scope):
            return replace(term, scope=change(scope))
        case _:
            return term


def bare(formula: Formula) -> Formula:
    """A formula without what its words take for granted: of parts of one statement, the first."""
    stated: Formula = transform(formula, lambda node: bare(node.parts[0]) if isinstance(node, Whole) else None)
    return stated


def conjunction(parts: Sequence[Formula]) -> Formula:
    """The formulas as one: nested conjunctions flattened, repetitions dropped, order kept."""
    flat: list[Formula] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else And(distinct)


def canonical(formula: Formula) -> Formula:
    """The form in which two sentences that say the same come out the same.

    Comparisons run from the greater to the less; facts about one attribute are joined and their
    values sorted, as are the parts of a conjunction.
    """
    match formula:
        case And(parts):
            joined = conjunction(_joined_facts([canonical(part) for part in parts]))
            return And(tuple(sorted(joined.parts, key=str))) if isinstance(joined, And) else joined
        case Whole(parts):
            return Whole(tuple(map(canonical, parts)))  # what is said comes before what it takes for granted
        case Not(part) | Consistent(part) | Significant(part):
            return type(formula)(canonical(part))
        case Quantified(body=body):
            return replace(formula, body=canonical(body))
        case Compare("<" | "<=" as relation, left, right) if not isinstance(right, StatedNumber):
            return Compare(">" if relation == "<" else ">=", right, left)
        case Compare("worse", left, right):
            return Compare("better", right, left)
        case Compare("~", left, right) if not isinstance(right, StatedNumber):
            first, second = sorted((left, right), key=str)
            return Compare("~", first, second)
        case Ranked(place="top" | "bottom", names=names):
            return replace(formula, names=tuple(sorted(names, key=str)))
        case Fact(values=values):
            return replace(formula, values=tuple(sorted(values, key=str)))
        case _:
            return formula


def _joined_facts(parts: list[Formula]) -> list[Formula]:
    """Facts with the same entity and attribute as one, unless they state numbers."""
    joined: dict[object, Formula] = {}
    for part in parts:
        if isinstance(part, Fact) and all(isinstance(value, str) for value in part.values):
            key = (part.entity, part.attribute)
            before = joined.get(key)
            values = (*before.values, *part.values) if isinstance(before, Fact) else part.values
            joined[key] = replace(part, values=tuple(sorted(set(values), key=str)))
        else:
            joined[part] = part
    return list(joined.values())
