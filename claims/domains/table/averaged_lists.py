"""One average over listed places: "the average accuracy on X and Y" is one number, and not one of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from claims.assertion import And, At, Fold, Formula, Node, Not, Or, Quantified, Whole
from claims.domains.table.averages_counted import AVERAGE
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.context import MEASURED, ClauseContext
from claims.domains.table.phrase import Group, Phrase
from claims.domains.table.selection import result_lines
from claims.domains.table.words import canonical
from claims.language.chart import ParseNode
from claims.rewriting import nodes


def averaged_together(context: ClauseContext, groups: Sequence[Group], *, mean: bool) -> tuple[Group, ...] | None:
    """The phrases of a clause, with listed places as one phrase where an average is taken over them.

    Args:
        context: of the sentence.
        groups: the subject first, then the places. "A and B reach an average of 70" leaves each its own average.
        mean: True if the clause has an average.

    Returns:
        None where the lines to average are not clear: each of X and Y is several lines, or of another measure.
    """
    made = []
    for i, group in enumerate(groups):
        if not mean or len(group) == 1 or (i == 0 and not any(p.mean for p in group)):
            made.append(group)
            continue
        one = _one_phrase(context, group)
        if one is None:
            return None
        made.append((one,))
    return tuple(made)


def _one_phrase(context: ClauseContext, group: Group) -> Phrase | None:
    """Listed phrases that differ in one line each, of one measure, as one phrase of all these lines."""
    first = group[0]
    places = [(c.axis, c.level) for c in first.constraints]
    if any([(c.axis, c.level) for c in p.constraints] != places for p in group):
        return None
    own = [{p.constraints[k].lines for p in group} for k in range(len(places))]
    listed = [k for k, lines in enumerate(own) if len(lines) > 1]
    if len(listed) != 1 or any(len(lines) != 1 for lines in own[listed[0]]):
        return None
    if any(replace(p, constraints=first.constraints, score=first.score) != first for p in group):
        return None
    k, every = listed[0], frozenset().union(*own[listed[0]])
    along = lines_along(context.lines.table, first.constraints[k].axis)
    if len({along[i].measure for i in every}) > 1 or any(along[i].kind in ("aggregate", *MEASURED) for i in every):
        return None
    constraints = (*first.constraints[:k], replace(first.constraints[k], lines=every), *first.constraints[k + 1 :])
    return replace(first, constraints=constraints, score=sum(p.score for p in group))


def is_of_averages(context: ClauseContext, clause: ParseNode, formula: Formula) -> bool:
    """True if each of several statements of a clause on averages has a mean, and none is on a single cell.

    "On average, A and B exceed 70 on X" may be the mean of the two, and is not 70 for each.

    Args:
        context: of the sentence.
        clause: the clause.
        formula: its assertion.
    """
    tokens, told = context.binder.tokens, context.binder.index.forms.caption
    said = [edge for _, edge in clause.leaves() if edge.symbol in {*AVERAGE, "mean"}]
    if all(canonical(tokens[edge.end - 1].folded) in told for edge in said):
        return True
    if any(_mixes_units(context, node) for node in nodes(formula) if isinstance(node, Fold)):
        return False
    leaves = list(_leaves(formula))
    several = len(leaves) > 1 or any(counted for _, counted in leaves)
    return not several or all(_averages(context, leaf) for leaf, _ in leaves)


def _mixes_units(context: ClauseContext, mean: Fold) -> bool:
    """True if some columns that a mean is taken of have a unit in brackets and others have none: "Energy (kWh)"."""
    if mean.how != "mean" or mean.domain.base != "columns":
        return False
    along = context.lines.along("column")
    every = [context.name("column", i) for i in result_lines(context.lines, "column")]
    names = mean.domain.names or [name for name in every if name not in mean.domain.without]
    return len({along[name].own.rstrip().endswith(")") for name in names if name in along}) > 1


def _leaves(formula: Formula) -> Iterator[tuple[Formula, bool]]:
    """The single statements of a formula, each with True if it holds of several lines."""
    match formula:
        case And(parts) | Whole(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case Quantified(body=body):
            yield from ((leaf, True) for leaf, _ in _leaves(body))
        case _:
            yield formula, False


def _averages(context: ClauseContext, part: object) -> bool:
    """True if a part of an assertion has a mean, or a line that prints one."""
    if isinstance(part, Fold):
        return part.how == "mean"
    if isinstance(part, At):
        printed = {
            axis: {
                context.name(axis, line.index)
                for line in lines_along(context.lines.table, axis)
                if line.kind == "aggregate"
            }
            for axis in AXES
        }
        return part.row in printed["row"] or part.column in printed["column"]
    if isinstance(part, Node):
        return any(_averages(context, getattr(part, field.name)) for field in fields(part))  # type: ignore[arg-type]
    return isinstance(part, tuple) and any(_averages(context, one) for one in part)
