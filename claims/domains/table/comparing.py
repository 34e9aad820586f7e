"""Clauses that compare two sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from claims.assertion import And, Formula, Quantified, Relation, Whole
from claims.domains.amounts import bounded, written
from claims.domains.table.alone import nobody_else
from claims.domains.table.averaged_lists import averaged_together
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.baselines import with_base
from claims.domains.table.cell_values import stated_at
from claims.domains.table.comparison import Comparison
from claims.domains.table.context import ClauseContext
from claims.domains.table.denied_places import denied_at
from claims.domains.table.given import (
    OF_NUMBERS,
    BoundPhrases,
    TableAssertion,
    found_in,
    given_ways,
    has_any,
    relations_meant,
    speaks_of_a_mean,
    speaks_of_performance,
)
from claims.domains.table.joining import combined
from claims.domains.table.left_out import LeftOut, left_out
from claims.domains.table.manner import Manner
from claims.domains.table.phrase import Constraint, Phrase
from claims.domains.table.phrase_kinds import all_together
from claims.domains.table.placing import are_places
from claims.domains.table.selection import constraints_of, inherit
from claims.domains.table.sides import comparison_formulas
from claims.domains.table.sides_meant import sides_meant
from claims.language.chart import Edge, ParseNode
from claims.language.places import says

Side: TypeAlias = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


class _Told(NamedTuple):
    """A number in brackets, with the side and the member that it stands behind."""

    side: Side
    member: int
    amount: ParseNode


def with_told(
    context: ClauseContext, formula: Formula, given: BoundPhrases, node: ParseNode, tails: Sequence[ParseNode]
) -> Iterator[Formula]:
    """A comparison with the numbers in brackets behind its cells; unchanged without brackets."""
    numbers = [*_of_side(node.first("left"), "left"), *_of_side(node, "left"), *_of_side(node.first("right"), "right")]
    if sum(below.rule == "told" for below in node.below()) != len(numbers):
        return  # a bracket behind a place
    numbers += [_Told("left", 0, amount) for amount in found_in(tails, "high")]
    numbers += [_Told("right", 0, amount) for amount in found_in(tails, "low")]
    if not numbers:
        yield formula
        return
    cells = _cells(given)
    if cells is None or any(len(group) != 1 for group in (*given.scope, *given.after)):
        return
    if any(told and told != set(range(len(cells[side]))) for side, told in _members(numbers).items()):
        return  # which of several a number is of is not said
    mean = has_any(tails, "mean") or speaks_of_a_mean((given.left, *given.scope, *given.after))
    unit = next((found for told in numbers if (found := written(told.amount)[1])), "")
    if not unit and _is_about_another(node):
        return
    manner = Manner(mean=mean, unit=unit)
    ways = [numbers]
    if [told.side for told in numbers] == ["right"] and len(cells["left"]) == 1:
        ways.append([_Told("left", 0, numbers[0].amount)])  # "A beats B (87.1)" may be of either
    for way in ways:
        for said in combined(*(stated_at(context, cells[one.side][one.member], one.amount, manner) for one in way)):
            if not any(isinstance(one, Quantified) for one in said):  # which of several cells it is of is not said
                yield And((formula, *said))


def _is_about_another(node: ParseNode) -> bool:
    """True if a word such as "faster" compares lines that no name and no bare number chooses."""
    word = node.first("rel")
    return (
        word is not None and node.first("measure") is None and bool(word.value.get("about") or word.value.get("bare"))
    )


def _of_side(side: ParseNode | None, name: Side) -> list[_Told]:
    """Numbers behind a side, or behind each member of a list."""
    if side is None:
        return []
    phrase = side.first("np")
    listed = list(phrase.find("told")) if phrase is not None else []
    return [_Told(name, k, told.first("amount")) for k, told in enumerate((*side.find("told"), *listed))]


def _members(numbers: Sequence[_Told]) -> dict[Side, set[int]]:
    """Side → indices of its members with a number."""
    return {side: {told.member for told in numbers if told.side == side} for side in SIDES}


def _cells(given: BoundPhrases) -> dict[Side, list[tuple[Constraint, ...]]] | None:
    """The constraints on the cells of each member of a side; None where a side is counted."""
    if any(phrase.quantifier for phrase in (*given.left, *given.right)):
        return None
    after = constraints_of(given.after)
    left = [inherit((*one.constraints, *constraints_of(given.scope)), after) for one in given.left]
    right = [inherit((*one.constraints, *after), left[0] or ()) for one in given.right]
    if None in left or None in right:
        return None
    return {"left": [one for one in left if one is not None], "right": [one for one in right if one is not None]}


RELATIONS: dict[str, Relation] = {"better": "better", "worse": "worse", ">": ">", "<": "<", "same": "=", "apart": ">"}
"""Relation in the lexicon → relation of an assertion; two lines are "apart" whichever is higher."""
ALWAYS = ("mid", "degree", "throughout")
"""Classes of words that may state that a comparison holds without exception."""
PAST = frozenset({">", "<"})
"""Relations that a gap may stand in to a number."""
TURNED: dict[Relation, Relation] = {"better": "worse", "worse": "better", ">": "<", "<": ">"}
"""The relation of the right side to the left."""


def comparing(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of a clause that compares."""
    word, tails = node.first("beat", "rel", "same", "where"), list(node.find("tail"))
    if word is None or node.first("left") is None or not _may_compare(context, node, tails):
        return
    only = has_any(tails, "only")
    bare = None if node.first("measure") is not None else word.value.get("bare")
    stated = _relation(node, word.value["relation"])
    if any(says(part, "order") for _, part in node.parts):
        stated = OF_NUMBERS.get(stated, stated)
    total = any(says(edge, "total") for _, edge in node.leaves())
    for given in _at_their_places(given_ways(context, node, tails), only=only):
        about = _about(node) or (None if all(map(_is_a_cell, given.left)) else bare)
        if about != "time" and any(scope.rule == "acted" for scope in node.find("scope")):
            continue
        if says(word, "of_places"):
            given = replace(given, contrast=True)
        relation = OF_NUMBERS.get(stated, stated) if about is None and speaks_of_performance(context, given) else stated
        if not _stands_alike(context, node, given) or not _fits(context, word, given):
            continue
        case = Comparison(context, given, relation, about, apart=word.value["relation"] == "apart", total=total)
        numbers = (stated,) if relation != stated and _is_a_score(given) else ()
        for meant in dict.fromkeys((*_relations(context, case, node), *numbers)):
            for formula in _alone_or_not(replace(case, relation=meant), node, tails):
                yield from _granted(context, formula, given, node)


def _at_their_places(ways: Iterable[BoundPhrases], *, only: bool) -> Iterator[BoundPhrases]:
    """Ways of binding phrases; of "only on X and Y" those of two sides at all places named together."""
    for given in ways:
        if not only:
            yield given
            continue
        place = all_together(given.after[0]) if len(given.after) == 1 else None
        if place is not None and len(given.left) == len(given.right) == 1:
            yield replace(given, after=((place,),))


def _granted(
    context: ClauseContext, formula: Formula, given: BoundPhrases, node: ParseNode
) -> Iterator[TableAssertion]:
    """The assertions of a comparison with the presupposition of its word, and with the numbers in brackets."""
    for granted in with_base(context.lines, formula, node.first("beat", "rel", "same", "where")):
        told = with_told(context, granted, given, node, list(node.find("tail")))
        yield from (TableAssertion(whole, given.score) for whole in told)


def _is_a_score(given: BoundPhrases) -> bool:
    """True if "performance" is stated as a number: "a higher performance score" of an error may be more or better."""
    return any(p.oriented and p.nouns.count("measure") > 1 for group in given.scope for p in group)


def _relations(context: ClauseContext, case: Comparison, node: ParseNode) -> tuple[Relation, ...]:
    """The relations that a clause may state, as it names a measure or none.

    "Compared with B, A loses 2 points of WER" may be 2 points less. "A exceeds B", of what is better when lower, may
    be that A is better; "a higher X" is of numbers. A line with "as many as B" may have more.
    """
    relation, given = case.relation, case.given
    if says(node.first("same"), "or_more"):
        return (relation, ">=")
    told = [p for group in (given.left, given.right, *given.scope, *given.after) for p in group]
    parts = (replace(p, constraints=(c,)) for p in told for c in p.constraints)
    if any(p.heads for p in told) or any(map(context.binder.speaks_of_a_measure, parts)):
        right = node.first("right")
        over = right is None or right.rule == "rival"  # "loses to B", "gains over B"
        return (relation,) if over else relations_meant(node.first("beat"), relation)
    of_numbers = node.first("rel") is None and case.about is None and not case.apart and relation in OF_NUMBERS
    lower = of_numbers and (context.lines.directions < 0).any()
    return (relation, OF_NUMBERS[relation]) if lower else (relation,)


def _may_compare(context: ClauseContext, node: ParseNode, tails: Sequence[ParseNode]) -> bool:
    """True if a kind of thing is one ("a better model than B"), and "only on X" is all that follows.

    "Each model has more than 6 layers" has no rival called "6 layers".
    """
    if _is_counted(node.first("right")) and not _is_counted(node.first("left")):
        return False
    kind = node.first("kind")
    past = node.first("past")
    if past is not None and (past.value["relation"] not in PAST or written(node.first("amount"))[0].relation != "="):
        return False
    named = kind is None or context.binder.names_a_kind(kind)
    named = named and context.binder.names_places(node.first("of_kind"))
    return named and not (has_any(tails, "only") and len(tails) > 1)


def _about(node: ParseNode) -> str | None:
    """The topic of a comparison by its words alone: time for "faster" or "less time"; None without one."""
    words = (node.first("cost"), node.first("beat", "rel", "same", "where"))
    return next((word.value["about"] for word in words if word is not None and word.value.get("about")), None)


def _fits(context: ClauseContext, word: Edge, given: BoundPhrases) -> bool:
    """True if both sides suit the word of comparison, which may require steps from one base, or places."""
    if says(word, "one_base"):
        return _of_one_base(context, given)
    sides = [c for p in (*given.left, *given.right) for c in p.constraints]
    return not says(word, "of_places") or are_places(context, sides)


def _is_counted(side: ParseNode | None) -> bool:
    """True if a side is a number of things: "6 layers", not "eps = 6"."""
    units = side.below() if side is not None else ()
    return any(unit.rule == "nameunit" and _begins_with_a_number(unit) for unit in units)


def _begins_with_a_number(unit: ParseNode) -> bool:
    number, name = unit.first("num"), unit.first("name")
    return number is not None and name is not None and number.start < name.start


def _is_a_cell(phrase: Phrase) -> bool:
    """True if a phrase names a row and a column: "the training set of AG News" is larger as a number is."""
    return all(phrase.on(axis) for axis in AXES)


def _stands_alike(context: ClauseContext, node: ParseNode, given: BoundPhrases) -> bool:
    """True if a rival's own places set it against those of the subject: in "A beats B on X" X is the place of both.

    Where labels of a level are of the rival and the subject has none, "A beats B at level 19", they are its own.
    """
    right = node.first("right")
    if right is None or right.first("np") is None or right.first("scope") is None:
        return True
    ours = {(c.axis, c.level) for group in (given.left, *given.scope) for p in group for c in p.constraints}
    whose = {axis: {i for p in given.left for c in p.on(axis) for i in c.lines} for axis in AXES}
    return all(
        (c.axis, c.level) in ours or _has_none(context, whose[c.axis], c) for p in given.right for c in p.constraints
    )


def _has_none(context: ClauseContext, lines: AbstractSet[int], narrowing: Constraint) -> bool:
    """True if lines have no label at the level of a constraint."""
    along = lines_along(context.lines.table, narrowing.axis)
    return bool(lines) and narrowing.level >= 0 and not any(along[i].labels[narrowing.level] for i in lines)


def _of_one_base(context: ClauseContext, given: BoundPhrases) -> bool:
    """True if both sides are steps away from one line: only then does the one that ends lower fall more."""
    bases: set[int | None] = set()
    for axis in AXES:
        lines = lines_along(context.lines.table, axis)
        ours = [c for p in (*given.left, *given.right) for c in p.on(axis)]
        if ours:
            bases |= {lines[i].base if lines[i].kind == "ablation" else None for c in ours for i in c.lines}
    return len(bases) == 1 and None not in bases


def _relation(node: ParseNode, word: str) -> Relation:
    """The relation of the left side to the right; a passive ("is beaten by") turns it."""
    relation, beat = RELATIONS[word], node.first("beat")
    return TURNED.get(relation, relation) if beat is not None and beat.symbol == "beat.en" else relation


def _compared(case: Comparison, node: ParseNode, tails: Sequence[ParseNode]) -> Iterator[Formula]:
    """The assertions of one way of binding, with what the tails of the clause add."""
    amounts = [*node.find("amount"), *found_in(tails, "amount")]
    past = node.first("past")
    if past is not None:  # "the gap exceeds 2 points"
        amounts = [bounded(amount, past.value["relation"]) for amount in amounts]
    but = found_in(tails, "butnot")
    spared = left_out(case.context, tails)
    given = case.given
    within = any(word.symbol == "within_of" for word in node.find("rel") if isinstance(word, Edge))
    if within and [written(amount)[0].relation for amount in amounts] != ["<="]:
        return  # "comes 2 points of B"
    if len(amounts) > 1 or spared is None or (but and spared != LeftOut()):
        return
    places = [p for group in (*given.scope, *given.after) for p in group]
    mean = has_any(tails, "mean") or speaks_of_a_mean((given.left, *given.scope, *given.after))
    meant = _meant(case, node, mean=mean)
    if meant is None:
        return
    neg = node.first("neg")
    if neg is not None and (_always(node) or any(p.strict for p in (*places, *given.left, *given.right))):
        return  # "does not always beat": not everywhere, or nowhere
    degree = node.first("deg")
    case = replace(
        case,
        given=meant,
        degree=degree.value["degree"] if degree is not None else "",
        negated=neg is not None,
        mean=mean,
        only=has_any(tails, "only"),
        denies=spared.denies,
        always=_always(node) or says(neg, "always"),
        everywhere=node.first("always") is not None,
    )
    for exception in spared.groups:
        for whole in comparison_formulas(replace(case, exception=exception), amounts[0] if amounts else None):
            if not but:
                yield whole
                continue
            for denied in _but_not(case, but):
                yield And((whole, denied))


def _meant(case: Comparison, node: ParseNode, *, mean: bool) -> BoundPhrases | None:
    """The phrases of a comparison as they can be meant, with places that are averaged as one."""
    given = case.given
    together = averaged_together(case.context, (given.left, *given.scope, *given.after), mean=mean)
    if together is None or any(p.denied for group in together[1:] for p in group):
        return None
    left, places, cut = together[0], together[1:], len(given.scope)
    given = replace(given, left=left, scope=places[:cut], after=places[cut:])
    return sides_meant(replace(case, given=given), node, [p for group in places for p in group])


def _alone_or_not(case: Comparison, node: ParseNode, tails: Sequence[ParseNode]) -> Iterator[Formula]:
    """The assertions of one way of binding; of "only A beats B", also that no other line does."""
    for formula in _compared(case, node, tails):
        if node.first("alone") is None:
            yield formula
            continue
        others = nobody_else(case.context, formula)
        if others is not None:
            yield Whole((formula, others))


def _always(node: ParseNode) -> bool:
    """True if a clause says that it never fails: "always", "consistently"."""
    edges = (part for _, part in node.parts if isinstance(part, Edge) and part.symbol in ALWAYS)
    return any((edge.value or {}).get("always") for edge in edges)


def _but_not(case: Comparison, but: Sequence[ParseNode]) -> Iterator[Formula]:
    """The same comparison denied elsewhere: "… but not on Y"."""
    for way in denied_at(case.context, (*case.given.scope, *case.given.after), but):
        given = BoundPhrases(case.given.left, way, case.given.right, (), case.given.score)
        degree = case.degree if case.degree == "tested" else ""
        elsewhere = Comparison(case.context, given, case.relation, case.about, degree=degree, negated=True)
        yield from comparison_formulas(elsewhere)
