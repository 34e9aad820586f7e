"""Checks the size of averages against the sentence: "the average over the three models" is a mean of three lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from claims.assertion import At, Domain, Fold, Formula, Node
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.context import ClauseContext
from claims.domains.table.selection import result_lines
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge, ParseNode

AVERAGE = frozenset({"averageword", "averaged"})
"""Symbols of the grammar for a word that averages."""
QUANTIFIED = frozenset({"quant", "both", "NUM"})
"""Symbols of the grammar for words that say how many."""
BETWEEN = 2
"""Names and nouns between an average and what it is taken over: "the average zero-shot accuracy over"."""


def averages_as_counted(context: ClauseContext, parse: ParseNode, formula: Formula) -> bool:
    """True if a formula takes the mean where a sentence averages over a kind of thing, and over as many as it says.

    Args:
        context: of the sentence.
        parse: of the sentence.
        formula: its assertion.
    """
    said = list(_averaged(context, parse))
    if not said:
        return True
    sizes = _sizes(context, formula)
    return bool(sizes) and all(number is None or sizes == {number} for number in said)


def _averaged(context: ClauseContext, parse: ParseNode) -> Iterator[int | None]:
    """The stated size of each average over a kind of thing; None where only "all" or the like is stated."""
    tokens, edges = context.binder.tokens, [edge for label, edge in parse.leaves() if label != "amount"]
    for i, edge in enumerate(edges):
        if edge.symbol not in AVERAGE:
            continue
        behind = [k for k in range(i + 1, min(i + 2 + BETWEEN, len(edges))) if _leads(tokens[edges[k].start].folded)]
        if behind:
            counting = list(_counting(edges[behind[0] + 1 :]))
            numbers = [int(one.value.value) for one in counting if one.symbol == "NUM"]
            both = any(tokens[one.start].folded == "both" for one in counting)
            if counting:
                yield numbers[0] if numbers else 2 if both else None


def _leads(word: str) -> bool:
    return word in word_lists().averaged


def _counting(edges: list[Edge]) -> Iterator[Edge]:
    """The words that count at the head of a phrase, before its names."""
    for edge in edges:
        if edge.symbol in QUANTIFIED:
            yield edge
        elif edge.symbol in ("NAME", "noun"):
            return


def _sizes(context: ClauseContext, part: object) -> set[int]:
    """The sizes, in lines, of the means in a part of an assertion; a printed average is of all lines compared."""
    if isinstance(part, Fold) and part.how == "mean":
        return {_size(context, part.domain)}
    if isinstance(part, At):
        names = {"row": part.row, "column": part.column}
        return {
            len(result_lines(context.lines, axis))
            for axis in AXES
            for line in lines_along(context.lines.table, axis)
            if line.kind == "aggregate" and context.name(axis, line.index) == names[axis]
        }
    if isinstance(part, Node):
        return set().union(*(_sizes(context, getattr(part, field.name)) for field in fields(part)))  # type: ignore[arg-type]
    return set().union(*(_sizes(context, one) for one in part)) if isinstance(part, tuple) else set()


def _size(context: ClauseContext, domain: Domain) -> int:
    if domain.names:
        return len(domain.names)
    axis = next(axis for axis in AXES if domain.base == f"{axis}s")
    return len(result_lines(context.lines, axis)) - len(domain.without)
