"""Improvements and losses over a table: a line against another, or against the base it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from claims.assertion import And, Formula
from claims.domains.table.cells import inherit, selection
from claims.domains.table.clauses import ClauseReader, Comparison, Given, Made, _limited
from claims.domains.table.phrases import Constraint, Phrase
from claims.domains.table.values import _cells
from claims.language.chart import Node


def changes(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """Every assertion of a clause of change."""
    verb = node.first("improve", "change", "fall")
    if verb is None:
        return
    relation = verb.value.get("relation") or {"rise": ">", "fall": "<"}[verb.value["direction"]]
    if verb.value.get("direction") == "rise" and "improve" in verb.value.get("verb", ""):
        relation = "better"
    hows = list(node.find("how"))
    tails = list(node.find("tail"))
    if any(t.first("butnot", "except", "leaving", "mean", "only") is not None for t in tails):
        return
    low = next((h for h in hows if h.first("low") is not None), None)
    amount = node.first("amount") or next((t.first("amount") for t in tails if t.first("amount") is not None), None)
    rights = [*node.find("right"), *(r for h in hows for r in h.find("right"))]
    if len(rights) > 1:
        return
    places = [
        *node.find("object", "measure", "scope"),
        *(n for h in hows for m in h.find("measure") for n in m.find("np")),
        *(n for t in tails for n in t.find("scope")),
    ]
    ways = [reader.binder.groups(n) for n in (node.first("left"), *places)]
    versus = reader.binder.groups(rights[0]) if rights else [()]
    degree = node.first("deg")
    word = degree.value["degree"] if degree is not None else ""
    for left, *rest in _limited(product(*ways)):
        if node.first("fall") is not None:
            turned = _of_the_line(left, rest)
            if turned is None:
                continue
            left, rest = turned
        for right in versus:
            score = sum(p.score for g in (left, *rest, right) for p in g)
            for base, others in _bases(reader, left, tuple(rest), right):
                given = Given(left, others, base, (), score)
                case = Comparison(reader, given, relation, None, word, node.first("neg") is not None, ())
                for formula in case.formulas(amount):
                    for whole in _from_to(reader, formula, given, low):
                        yield Made(whole, score)


def _of_the_line(
    left: tuple[Phrase, ...], rest: list[tuple[Phrase, ...]]
) -> tuple[tuple[Phrase, ...], list[tuple[Phrase, ...]]] | None:
    """ "Without attention, the F1 drops": the line is among the places, the subject is what is measured."""
    if len(left) != 1 or not left[0].measured or len(rest) < 1:
        return None
    return rest[-1], [left, *rest[:-1]]


def _bases(
    reader: ClauseReader, left: tuple[Phrase, ...], rest: tuple[tuple[Phrase, ...], ...], right: tuple[Phrase, ...]
) -> Iterator[tuple[tuple[Phrase, ...], tuple[tuple[Phrase, ...], ...]]]:
    """What a line is compared with: what the sentence names, an object on its own axis, or its base in the table."""
    if right:
        yield right, rest
        return
    if len(left) != 1:
        return
    one = selection(left[0].constraints)
    if one is None:
        return
    for axis in ("row", "column"):
        mine = one.on(axis)
        if mine is None:
            continue
        for i, group in enumerate(rest):
            own = [p.on(axis) for p in group]
            if all(own) and not any(set(mine) & c.lines for cs in own for c in cs):
                yield group, rest[:i] + rest[i + 1 :]
        lines = reader.lines.table.rows if axis == "row" else reader.lines.table.columns
        bases = {lines[i].base for i in mine}
        if len(bases) == 1 and (base := bases.pop()) is not None and all(lines[i].kind != "change" for i in mine):
            yield (Phrase(constraints=(Constraint(axis, 0, frozenset({base})),)),), rest


def _from_to(reader: ClauseReader, formula: Formula, given: Given, how: Node | None) -> Iterator[Formula]:
    """ "from 65.4 to 79.2": both ends besides the change."""
    if how is None:
        yield formula
        return
    if len(given.left) != 1 or len(given.right) != 1 or any(len(g) != 1 for g in given.scope):
        return
    shared = tuple(c for g in given.scope for c in g[0].constraints)
    left = (*given.left[0].constraints, *shared)
    right = inherit(given.right[0].constraints, left)
    if right is None:
        return
    for high in _cells(reader, left, how.first("high"), None, universal=False):
        for low in _cells(reader, right, how.first("low"), None, universal=False):
            yield And((formula, low, high))
