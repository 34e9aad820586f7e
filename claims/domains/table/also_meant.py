"""Rivals of an assertion that was read, by what its sentence leaves unsaid; a verdict needs them all to agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np

from analysis.registry.vocabulary import vocabulary
from claims.assertion import (
    And,
    At,
    Compare,
    Domain,
    Formula,
    Node,
    Quantified,
    Quantifier,
    Ranked,
    Relation,
    StatedNumber,
    Whole,
)
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.by_rank import by_rank
from claims.domains.table.context import ClauseContext
from claims.domains.table.lines import Lines
from claims.domains.table.selection import result_lines
from claims.domains.table.word_lists import word_lists
from claims.language.tokens import tokens_of
from claims.rewriting import nodes, transform

LIMITS = ("human", "bound")
"""Kinds of line that may or may not count among those compared."""
APART_BY = 3
"""Least factor between the numbers of a column that may measure something else and those of all other columns."""
OTHERWISE: dict[Quantifier, Quantifier] = {"any": "all", "each": "any"}
"""Quantifier of a number over several places → another quantifier that may be meant."""
OPPOSITE: dict[str, Relation] = {">": "<", "<": ">"}
FAR_END: dict[str, Literal["highest", "lowest"]] = {"highest": "lowest", "lowest": "highest"}
"""A relation, or an end of an order → its opposite."""


def also_meant(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """The rivals of an assertion: others that its sentence may make as well."""
    yield from _extreme_of_all(formula)
    for axis in AXES:
        yield from _with_limits(context, axis, formula)
        yield from _without_guesses(context, axis, formula)
        yield from _without_source_language(context, axis, formula)
    yield from _without_strange_columns(context, formula)
    yield from _of_one_measure(context, formula)
    yield from _speeds_in_seconds(context, formula)
    yield from by_rank(context, formula)


def _of_one_measure(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """The rival with the measure of one clause in both: "beats B on X but underperforms on Y in F1"."""
    if not isinstance(formula, And):
        return
    whole = Domain("columns")
    over = [p for p in formula.parts if isinstance(p, Quantified) and p.quantifier == "each"]
    ranging = [p.domain for p in over if p.domain == whole]
    named = {n.column for p in formula.parts if isinstance(p, Compare) for n in nodes(p) if isinstance(n, At)}
    compared = {context.name("column", i) for i in result_lines(context.lines, "column")}
    if ranging and len(named) == 1 and named <= compared:
        yield _with_domain(formula, ranging, Domain("columns", (named.pop(),)))


def _speeds_in_seconds(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """The rival for a header such as "Speed (s)", where the higher speed may be the shorter time."""
    columns, speeds = context.lines.along("column"), word_lists().speeds
    if not _says(context, speeds):
        return

    def is_speed(node: Node) -> bool:
        line = columns.get(node.column) if isinstance(node, At) else None
        return line is not None and line.kind == "time" and any(word in line.own.casefold() for word in speeds)

    def turned(node: Node) -> Node | None:
        if isinstance(node, Compare) and is_speed(node.left) and is_speed(node.right) and node.relation in OPPOSITE:
            return replace(node, relation=OPPOSITE[node.relation])
        if isinstance(node, Ranked) and is_speed(node.term) and node.place in FAR_END:
            return replace(node, place=FAR_END[node.place])
        return None

    whole: Formula = transform(formula, turned)
    if whole != formula:
        yield whole


def _extreme_of_all(formula: Formula) -> Iterator[Formula]:
    """The rival for "the lowest F1, 50.9" of a line lowest in each place: a number of one of the places, or of each."""
    ranked = any(isinstance(node, Quantified) and isinstance(node.body, Ranked) for node in nodes(formula))
    if ranked and any(isinstance(node, And | Whole) for node in nodes(formula)):
        whole = transform(formula, _of_each_place)
        if whole != formula:
            yield whole


def _of_each_place(node: Node) -> Node | None:
    if isinstance(node, Quantified) and node.quantifier in OTHERWISE and isinstance(node.body, Compare):
        stated = node.body.relation == "=" and isinstance(node.body.right, StatedNumber)
        return replace(node, quantifier=OTHERWISE[node.quantifier]) if stated else None
    return None


def _with_limits(context: ClauseContext, axis: Axis, formula: Formula) -> Iterator[Formula]:
    """The rival with people and bounds among the lines compared, for an assertion over all other lines."""
    kinds = ("bound",) if _speaks_of_machines(context, axis, formula) else LIMITS
    limits = [context.name(axis, line.index) for line in lines_along(context.lines.table, axis) if line.kind in kinds]
    if not limits:
        return
    every, said = _every_and_said(context, axis, formula)

    def widened(domain: Domain) -> Domain:
        members = domain.names or tuple(name for name in every if name not in domain.without)
        more = [name for name in limits if name not in said and name not in members]
        complete = domain.base == f"{axis}s" and said.union(members).issuperset(every)
        return Domain(domain.base, (*members, *more)) if complete and more else domain

    whole = transform(formula, lambda node: widened(node) if isinstance(node, Domain) else None)
    if whole != formula:
        yield whole


def _without_guesses(context: ClauseContext, axis: Axis, formula: Formula) -> Iterator[Formula]:
    """The rival without chance baselines among the lines compared, for an assertion over all other lines."""
    every, said = _every_and_said(context, axis, formula)
    guesses = guessing(context.lines, axis) - said
    if not guesses or guesses.issuperset(every):
        return

    def narrowed(domain: Domain) -> Domain:
        members = domain.names or tuple(name for name in every if name not in domain.without)
        complete = domain.base == f"{axis}s" and said.union(members).issuperset(every)
        return Domain(domain.base, tuple(name for name in members if name not in guesses)) if complete else domain

    whole = transform(formula, lambda node: narrowed(node) if isinstance(node, Domain) else None)
    if whole != formula:
        yield whole


def _without_source_language(context: ClauseContext, axis: Axis, formula: Formula) -> Iterator[Formula]:
    """The rivals without the language of training, for a sentence on "all transfer languages".

    That language is one that the caption names, else it may be any.
    """
    words = [token.folded for token in context.binder.tokens]
    lists = word_lists()
    if not any(b in lists.languages and a in lists.transferred for a, b in pairwise(words)):
        return
    every, _ = _every_and_said(context, axis, formula)
    spoken = [name for name in every if context.lines.along(axis)[name].kind == "language"]
    caption = {token.folded for token in tokens_of(context.lines.table.caption)}
    named = [name for name in spoken if caption.intersection(_called(context.lines.along(axis)[name].own))]
    whole = {d for d in nodes(formula) if isinstance(d, Domain) and d.base == f"{axis}s" and not d.without}
    ranges = {domain for domain in whole if set(domain.names or every) >= set(spoken)}
    for source in named or spoken if ranges else ():
        yield _with_domain(formula, ranges, Domain(f"{axis}s", tuple(name for name in every if name != source)))


def _called(language: str) -> set[str]:
    """The code and the name of a language, in lower case."""
    entry = vocabulary().any_language(language)
    return {text.casefold() for text in (language, *(entry.spellings if entry is not None else ()))}


def _every_and_said(context: ClauseContext, axis: Axis, formula: Formula) -> tuple[tuple[str, ...], set[str]]:
    """The lines of an axis that hold results, and those of them that a formula names."""
    every = tuple(context.name(axis, i) for i in result_lines(context.lines, axis))
    return every, {name for node in nodes(formula) if isinstance(node, At | Ranked) for name in _names(node, axis)}


def guessing(lines: Lines, axis: Axis) -> set[str]:
    """Names of the systems along an axis that are chance baselines by their labels."""
    by_chance = word_lists().by_chance
    return {n for n, line in lines.along(axis).items() if line.kind == "system" and line.own.casefold() in by_chance}


def _speaks_of_machines(context: ClauseContext, axis: Axis, formula: Formula) -> bool:
    """True if the one phrase that ranges over an axis counts or ranks models or systems, which people are not."""
    lists, ranges = word_lists(), (node for node in nodes(formula) if isinstance(node, Quantified | Ranked))
    ranging = [node for node in ranges if node.domain.base == f"{axis}s"]
    return len(ranging) == 1 and _says(context, lists.machines) and not _says(context, lists.anybody)


def _without_strange_columns(context: ClauseContext, formula: Formula) -> Iterator[Formula]:
    """The rivals without a column that need not be of the caption's measure, for an assertion over all columns."""
    every = [context.name("column", i) for i in result_lines(context.lines, "column")]

    whole = [d for d in nodes(formula) if isinstance(d, Domain) and d.base == "columns" and not d.without]
    ranges = {d for d in whole if set(d.names or every) == set(every)}
    others = [(strange,) for strange in _strange_columns(context)] + _of_other_measures(context)
    for strange in others if ranges else ():
        left = Domain("columns", tuple(name for name in every if name not in strange))
        yield _with_domain(formula, ranges, left)


def _with_domain(formula: Formula, domains: Collection[Domain], other: Domain) -> Formula:
    changed: Formula = transform(formula, lambda node: other if node in domains else None)
    return changed


def _of_other_measures(context: ClauseContext) -> list[tuple[str, ...]]:
    """Columns whose headers name a measure, beside others, where a sentence names the one that the caption states."""
    if context.lines.table.measure is not None or not _says(context, context.binder.index.measured):
        return []
    along = [context.lines.table.columns[i] for i in result_lines(context.lines, "column")]
    measured = tuple(context.name("column", line.index) for line in along if line.measure is not None)
    return [measured] if 0 < len(measured) < len(along) else []


def _says(context: ClauseContext, words: Collection[str]) -> bool:
    """True if a sentence has one of some words."""
    return any(token.folded in words for token in context.binder.tokens)


def _strange_columns(context: ClauseContext) -> tuple[str, ...]:
    """Columns of no known kind whose numbers are of another order than those of all the others."""
    table = context.lines.table
    along = [table.columns[i] for i in result_lines(context.lines, "column")]
    if table.measure is None and not _says(context, context.binder.index.measured):
        return ()
    if any(line.measure is not None for line in along):
        return ()
    sizes = {line.index: np.abs(context.lines.column(line.index)) for line in along if line.kind == "unknown"}
    spans = {i: (np.nanmin(size), np.nanmax(size)) for i, size in sizes.items() if np.isfinite(size).any()}

    def apart(one: int, other: int) -> bool:
        (low, high), (lowest, highest) = spans[one], spans[other]
        return bool(high * APART_BY < lowest or low > APART_BY * highest)

    lone = (i for i in spans if len(spans) > 1 and all(apart(i, other) for other in spans if other != i))
    return tuple(context.name("column", i) for i in lone)


def _names(node: At | Ranked, axis: Axis) -> tuple[str, ...]:
    """The lines that a node names."""
    if isinstance(node, Ranked):
        return tuple(name for name in node.names if isinstance(name, str))
    return (node.row if axis == "row" else node.column,)
