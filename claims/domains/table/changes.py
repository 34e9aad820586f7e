"""Clauses of improvement and loss: a line against another, or against the base it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, TypeAlias

from analysis.tables import TableLine
from claims.assertion import Formula, Relation, Whole
from claims.domains.amounts import written
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.cell_values import stated_at
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import (
    OF_NUMBERS,
    BoundPhrases,
    TableAssertion,
    found_in,
    has_any,
    relations_meant,
    score_of,
    speaks_of_a_mean,
    speaks_of_performance,
)
from claims.domains.table.joining import combined
from claims.domains.table.manner import Manner
from claims.domains.table.phrase import Constraint, Group, Phrase
from claims.domains.table.selection import constraints_of, inherit, selection
from claims.domains.table.sides import comparison_formulas
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge, ParseNode

RELATIONS: dict[str, Relation] = {"better": "better", "worse": "worse", ">": ">", "<": "<"}
DIRECTIONS: dict[str, Relation] = {"rise": ">", "fall": "<"}
Sides: TypeAlias = tuple[Group, tuple[Group, ...]]
"""The phrases of one side, and those of the places."""


def changes(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of a clause of change."""
    if node.first("part") is not None:
        yield from _of_parts(context, node)
    elif node.first("lowat") is not None:
        yield from _between_places(context, node)
    else:
        yield from _of_subject(context, node)


def _of_subject(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """The assertions of a clause whose subject changes, or changes something."""
    verb, tails, hows = node.first("improve", "change", "fall"), list(node.find("tail")), list(node.find("how"))
    rivals = [*node.find("right"), *found_in(hows, "right")]
    if node.first("fall") is None and any(scope.rule.startswith("removed") for scope in found_in(tails, "scope")):
        return  # "without X, A loses 1.5 points": A without X, which is another line than A
    if verb is None or len(rivals) > 1 or has_any(tails, "butnot", "except", "leaving", "mean", "only"):
        return
    amount = next(iter([*node.find("amount"), *found_in(tails, "amount")]), None)
    from_to = next((how for how in hows if how.first("high") is not None), None)
    for left, places in _subjects(context, node, tails, hows):
        for right in context.binder.groups(rivals[0]) if rivals else [()]:
            score = score_of((left, *places, right))
            for one, two, others in _pairs(context, node, left, places, right):
                given = BoundPhrases(one, others, two, (), score)
                case = _comparison(context, node, given, verb.value)
                for meant in relations_meant(verb, case.relation):
                    for formula in comparison_formulas(replace(case, relation=meant), amount):
                        for whole in _from_to(context, formula, given, from_to):
                            yield TableAssertion(whole, score)


def _of_parts(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """As in "gate improves F1": assertions that compare the line that has a part with the line "w/o gate"."""
    verb, tails, hows = node.first("improve", "change"), list(node.find("tail")), list(node.find("how"))
    if has_any(tails, "butnot", "except", "leaving", "mean", "only") or any(how.first("right") for how in hows):
        return
    amount = next(iter([*node.find("amount"), *found_in(tails, "amount")]), None)
    from_to = next((how for how in hows if how.first("high") is not None), None)
    measures = [np for measure in node.find("measure") for np in measure.find("np")]
    places = [*node.find("object"), *measures, *found_in(tails, "scope")]
    for whole, lacking in wholes_and_steps(context, node.first("part")):
        for others in combined(*(context.binder.groups(n) for n in places)):
            score = score_of(others) + 1
            given = BoundPhrases((whole,), others, (lacking,), (), score)
            case = _comparison(context, node, given, verb.value)
            for meant in relations_meant(verb, case.relation):
                for formula in comparison_formulas(replace(case, relation=meant), amount):
                    yield from (TableAssertion(one, score) for one in _from_to(context, formula, given, from_to))


def wholes_and_steps(context: ClauseContext, part: ParseNode) -> Iterator[tuple[Phrase, Phrase]]:
    """The line that has a part, and the one that lacks it."""
    for ref in part.first("name").value:
        lines = lines_along(context.lines.table, ref.axis)
        for i in ref.lines if len(ref.lines) == 1 else ():
            base = lines[i].base
            if base is not None and lines[i].kind == "ablation":
                yield tuple(Phrase(constraints=(Constraint(ref.axis, 0, frozenset({k})),)) for k in (base, i))  # type: ignore[misc]


def _pairs(
    context: ClauseContext, node: ParseNode, left: Group, places: tuple[Group, ...], right: Group
) -> Iterator[tuple[Group, Group, tuple[Group, ...]]]:
    """The changed line, its base and the places; in "BERT improves with CRF" the changed line is named last."""
    turned = _is_a_means(context, node)
    for base, others in _bases(context, left, places, right):
        if not turned:
            yield left, base, others
        elif _is_variant(context, base, left):
            yield base, left, others


def _is_a_means(context: ClauseContext, node: ParseNode) -> bool:
    """True if the phrase in the object's place is the means of the change: "BERT improves with CRF"."""
    found = node.first("object")
    start = min(edge.start for _, edge in found.leaves()) if found is not None else None
    return start is not None and context.binder.tokens[start].folded in word_lists().first_words["changing"]


def _is_variant(context: ClauseContext, variant: Group, base: Group) -> bool:
    """True if one line adds something to another, or takes something away from it."""
    for one, two in product(variant, base):
        for c in one.constraints:
            lines = lines_along(context.lines.table, c.axis)
            bases = {i for other in two.on(c.axis) for i in other.lines}
            if bases and not all(lines[i].base in bases for i in c.lines):
                return False
    return True


def _between_places(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """A number in each of two places: "the accuracy of A drops from 98.1 on X to 70.2 on Y"."""
    tails = list(node.find("tail"))
    numbers = [written(node.first(end))[0] for end in ("low", "high")]
    falls = node.first("fall").value["direction"] == "fall"
    odd = has_any(tails, "amount", "butnot", "except", "leaving", "mean", "measure", "only", "high")
    if odd or any(n.relation != "=" or n.upper is not None for n in numbers) or numbers[0].value == numbers[1].value:
        return
    if falls != (numbers[0].value > numbers[1].value):
        return
    parts = (node.first("left"), node.first("lowat"), node.first("highat"), *found_in(tails, "scope"))
    for left, low, high, *rest in combined(*(context.binder.groups(part) for part in parts)):
        groups = (left, low, high, *rest)
        if any(len(group) > 1 or group[0].quantifier for group in groups) or left[0].mean:
            continue
        ends = ((low, node.first("low")), (high, node.first("high")))
        said = (stated_at(context, constraints_of((left, place, *rest)), amount) for place, amount in ends)
        yield from (TableAssertion(Whole(both), score_of(groups)) for both in combined(*said))


def _comparison(context: ClauseContext, node: ParseNode, given: BoundPhrases, verb: dict[str, Any]) -> Comparison:
    degree, relation = node.first("deg"), _relation(verb)
    return Comparison(
        context,
        given,
        OF_NUMBERS.get(relation, relation) if speaks_of_performance(context, given) else relation,
        about=verb.get("about") or verb.get("bare") if _makes(node) else None,
        degree=degree.value["degree"] if degree is not None else "",
        negated=node.first("neg") is not None,
        mean=node.first("mean") is not None or speaks_of_a_mean((given.left, *given.scope)),
    )


def _makes(node: ParseNode) -> bool:
    """True if a clause has a verb of making: "removing A makes the model faster"."""
    return any(isinstance(part, Edge) and part.symbol == "making" for _, part in node.parts)


def _relation(verb: dict[str, Any]) -> Relation:
    """The relation of the changed line to its base, by the verb of the change."""
    if verb.get("direction") == "rise" and "improve" in verb.get("verb", ""):
        return "better"
    return RELATIONS[verb["relation"]] if verb.get("relation") else DIRECTIONS[verb["direction"]]


def _subjects(
    context: ClauseContext, node: ParseNode, tails: Sequence[ParseNode], hows: Sequence[ParseNode]
) -> Iterator[Sides]:
    """The changed line with its places, in every way of binding them."""
    measures = [np for measure in found_in(hows, "measure") for np in measure.find("np")]
    places = [*node.find("object", "measure", "scope"), *measures, *found_in(tails, "scope")]
    for left, *rest in combined(*(context.binder.groups(n) for n in (node.first("left"), *places))):
        if node.first("fall") is None:
            yield left, tuple(rest)
        elif len(left) == 1 and left[0].measured and rest:
            # "without attention, the F1 drops": the line is among the places, the subject is what is measured
            yield rest[-1], (left, *rest[:-1])


def _bases(context: ClauseContext, left: Group, places: tuple[Group, ...], right: Group) -> Iterator[Sides]:
    """The bases that a line may be compared with: a named rival, an object on its axis, or its base in the table.

    Where both axes have the same names, an object ("A helps B") is where it helps, and no rival.
    """
    if right:
        yield right, places
        return
    one = selection(left[0].constraints) if len(left) == 1 else None
    for axis in AXES if one is not None else ():
        assert one is not None
        mine = one.on(axis)
        if mine is None:
            continue
        for i, group in enumerate(places):
            own = [phrase.on(axis) for phrase in group]
            apart = not any(c.lines.intersection(mine) for constraints in own for c in constraints)
            several = _are_of_several(context, axis, mine, {i for cs in own for c in cs for i in c.lines})
            if all(own) and apart and not several and not context.lines.share_names:
                yield group, places[:i] + places[i + 1 :]
        lines = lines_along(context.lines.table, axis)
        bases = {lines[i].base for i in mine}
        base = bases.pop()
        if not bases and base is not None and all(lines[i].kind != "change" for i in mine):
            for one_base in dict.fromkeys((base, _above(lines, mine, base))):
                yield (Phrase(constraints=(Constraint(axis, 0, frozenset({one_base})),)),), places


def _are_of_several(context: ClauseContext, axis: Axis, mine: Sequence[int], named: set[int]) -> bool:
    """True if several lines add to what is named or to its like: "+ CRF" below two models, "BERT with CRF"."""
    along = lines_along(context.lines.table, axis)
    bases = {along[i].base for i in mine}
    starts = tuple(f"{along[i].own.casefold()} " for i in named)
    return len(mine) > 1 and (bool(bases & named) or any(along[i].own.casefold().startswith(starts) for i in mine))


def _above(lines: Sequence[TableLine], mine: Sequence[int], base: int) -> int:
    """The line that an addition may go on from: "+ coverage" below "+ copy" may have both."""
    above = mine[0] - 1
    goes_on = len(mine) == 1 and above >= 0 and lines[mine[0]].kind == lines[above].kind == "addition"
    return above if goes_on and lines[above].base == base else base


def _from_to(context: ClauseContext, formula: Formula, given: BoundPhrases, how: ParseNode | None) -> Iterator[Formula]:
    """A formula of change with the values at its ends: "from 65.4 to 79.2"."""
    if how is None:
        yield formula
        return
    if any(len(group) != 1 for group in (given.left, given.right, *given.scope)):
        return
    left = (*given.left[0].constraints, *(c for group in given.scope for c in group[0].constraints))
    right = inherit(given.right[0].constraints, left)
    if right is None:
        return
    mean = speaks_of_a_mean((given.left, *given.scope))
    manner = Manner(mean=mean, unit=written(how.first("high"))[1])
    highs = stated_at(context, left, how.first("high"), manner)
    if how.first("low") is None:
        yield from (Whole((formula, high)) for high in highs)
        return
    lows = stated_at(context, right, how.first("low"), manner)
    for high, low in combined(highs, lows):
        yield Whole((formula, low, high))
