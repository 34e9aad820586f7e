"""Clauses with superlatives and ranks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.assertion import And, Compare, Formula, Not, Ranked, Relation, Whole
from claims.domains.table.averaged_lists import averaged_together
from claims.domains.table.axes import AXES, lines_along, other_axis
from claims.domains.table.called import BASELINES, is_a_rival
from claims.domains.table.cell_values import stated_of
from claims.domains.table.changes import wholes_and_steps
from claims.domains.table.context import ClauseContext
from claims.domains.table.denied_places import denied_at
from claims.domains.table.given import (
    TableAssertion,
    found_in,
    has_any,
    says_how_it_transfers,
    score_of,
    side_groups,
    speaks_of_a_mean,
)
from claims.domains.table.joining import combined, joined
from claims.domains.table.lacking import lacking_a_part
from claims.domains.table.left_out import LeftOut, left_out
from claims.domains.table.manner import Manner
from claims.domains.table.phrase import Group
from claims.domains.table.ranking import ranked
from claims.domains.table.selection import constraints_of, selection
from claims.domains.table.standing import Place, Standing
from claims.domains.table.two_extremes import holders
from claims.language.chart import Edge, ParseNode
from claims.language.places import says

PLACES: dict[str, dict[str, Place]] = {
    "<": {"highest": "lowest", "lowest": "highest"},
    ">": {"highest": "highest", "lowest": "lowest"},
    "better": {"highest": "best", "lowest": "worst"},
    "worse": {"highest": "worst", "lowest": "best"},
}
"""Relation of a change → largest or smallest → place of the changed number among those with the same base."""
RELATIONS: dict[str, Relation] = {"<": "<", ">": ">", "better": "better", "worse": "worse"}
SEVERAL = re.compile(r"\b(?:all|and|both|above|everything)\b|[,+&]")
"""Words and signs in the label of a step that takes several parts away."""


def steps(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion that a line changes a number more, or less, than the other lines with its base do."""
    word, sup, most = node.first("change", "improve"), node.first("sup"), node.first("most")
    change = word.value["relation"] if word is not None else "worse"  # what matters hurts most when it is removed
    end = most.value if most is not None else sup.first("sup").value
    whole_falls = most is not None or any(isinstance(p, Edge) and p.symbol == "causal" for _, p in node.parts)
    place, tails = PLACES.get(change, {}).get(end["place"]), list(node.find("tail"))
    if place is None or (sup is not None and sup.first("rankword") is not None) or end.get("about"):
        return
    if any(tail.first("scope") is None for tail in tails):
        return
    part, parts = node.first("part"), (*node.find("measure", "scope", "object"), *found_in(tails, "scope"))
    who = context.binder.groups(node.first("left")) if part is None else _lacking(context, part)
    for way in combined(who, *(context.binder.groups(n) for n in parts)):
        single = any(p.among and not p.named and p.quantifier == "all" and not p.n for group in way for p in group)
        way = tuple(group for group in way if not group[0].among) if single else way
        single |= part is not None
        if any(len(group) > 1 or group[0].quantifier or group[0].mean or group[0].oriented for group in way):
            continue
        chosen = selection(constraints_of(way))
        for axis in AXES if chosen is not None else ():
            assert chosen is not None
            mine, crossing = chosen.on(axis), chosen.on(other_axis(axis))
            if mine is None or len(mine) != 1 or crossing is None or len(crossing) != 1:
                continue
            lines = lines_along(context.lines.table, axis)
            base = lines[mine[0]].base
            rivals = [line.index for line in lines if line.kind == "ablation" and line.base == base]
            if base is None or mine[0] not in rivals or len(rivals) < 2:
                continue  # additions may go on from each other
            name, at = context.name(axis, mine[0]), context.name(other_axis(axis), crossing[0])
            ours, theirs, whole = (context.at(axis, line, at) for line in (name, "$r", context.name(axis, base)))
            alone = [i for i in rivals if SEVERAL.search(lines[i].own) is None]
            for pool in {tuple(alone if mine[0] in alone else rivals), *(() if single else (tuple(rivals),))}:
                first = Ranked(place, (name,), "$r", context.domain(axis, pool), theirs)
                if len(pool) > 1:
                    both = (first, Compare(RELATIONS[change], ours, whole))
                    yield TableAssertion(Whole(both) if whole_falls else And(both), score_of(way))


def _lacking(context: ClauseContext, part: ParseNode) -> list[Group]:
    """The lines that lack a part, each as the subject of a clause."""
    return [(step,) for _, step in wholes_and_steps(context, part)]


OF_PERFORMANCE: dict[Place, Place] = {"highest": "best", "lowest": "worst"}
"""The highest performance is the best, however the numbers run."""


def superlatives(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """Every assertion of a superlative clause."""
    head, sups = node.first("head"), node.first("sups")
    if head is not None and any(p.named for group in context.binder.groups(head) for p in group):
        return
    if node.first("change", "most") is not None:
        yield from steps(context, node)
        return
    if node.first("holder") is not None:
        yield from holders(context, node)
        return
    if node.first("winner") is not None:
        yield from _with_winner(context, node)
        return
    ones = list(sups.find("one")) if sups is not None else [node]
    if sups is not None and not _may_be_of(context, node.first("kind")):
        return
    for chosen in combined(*(_one(context, node, one) for one in ones)):
        yield TableAssertion(joined([made.formula for made in chosen]), sum(made.score for made in chosen))


def _with_winner(context: ClauseContext, node: ParseNode) -> Iterator[TableAssertion]:
    """The assertions of a clause with its winner at the end: "the highest F1 on Dev is achieved by A"."""
    standing, tails, kind = _standing(node), list(node.find("tail")), node.first("kind")
    if not _may_be_of(context, kind):
        return
    odd = has_any(tails, "amount", "butnot", "except", "leaving", "mean", "measure", "only")
    if standing is None or odd or _is_of_places(node):
        return
    places = [*node.find("measure", "scope"), *found_in(tails, "scope")]
    rivals = [[BASELINES]] if is_a_rival(kind) else []
    for winner, *rest in combined(*(context.binder.groups(n) for n in (node.first("winner"), *places)), *rivals):
        mean = speaks_of_a_mean((winner, *rest))
        together = averaged_together(context, (winner, *rest), mean=mean)
        if together is None:
            continue
        winner, *rest = together
        here = replace(
            _of_performance(standing, rest),
            mean=mean,
            bound=True,
            told=_names_what_is_measured(rest),
            kind=kind is not None,
        )
        for formula in ranked(context, winner, rest, here):
            yield TableAssertion(formula, score_of((winner, *rest)))


def _may_be_of(context: ClauseContext, kind: ParseNode | None) -> bool:
    """True if the winner may be one of a kind of thing: "the best model", "the best baseline"."""
    return kind is None or is_a_rival(kind) or context.binder.names_a_kind(kind)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The negation and the stated value of a superlative, and the places where it does not hold."""

    negated: bool
    valued: ParseNode | None
    but: tuple[ParseNode, ...]


def _one(context: ClauseContext, node: ParseNode, one: ParseNode) -> Iterator[TableAssertion]:
    """The assertions of one superlative of a clause with perhaps several: "has the highest F1 and the lowest error"."""
    standing, left, kind = _standing(one), node.first("left"), one.first("kind") or node.first("kind")
    tails = list(node.find("tail"))
    spared = _spared(context, node, one)
    if standing is None or left is None or spared is None or has_any(tails, "amount", "measure", "only"):
        return
    if not _may_be_of(context, kind) or _counts_things(node, one, standing):
        return
    said = list(one.find(*(("measure",) if one is node else ("measure", "scope"))))
    own = [context.binder.groups(n) for n in said]
    behind_nodes = found_in(tails, "scope")
    late = [context.binder.groups(n) for n in behind_nodes]
    clause = _Clause(node.first("neg") is not None, one.first("valued"), tuple(found_in(tails, "butnot")))
    whose = node.first("own") is not None
    total = _sums_up(context, node)
    standing = replace(
        standing,
        bound=one.first("kind", "measure") is not None or whose or _binds_its_subject(node),
        own=whose,
        kind=kind is not None or any(isinstance(part, Edge) and part.symbol == "someone" for _, part in one.parts),
        always=not clause.negated and any(says(part, "always") for _, part in node.parts),
        everywhere=node.first("always") is not None,
        places=_is_of_places(one),
        performs=standing.place == "best" and _performs(node),
        either=(standing.place == "worst" and _performs(node)) or says_how_it_transfers(node),
    )
    rivals = [context.binder.groups(n) for n in one.find("rival")]
    for whose_place, *said_of in combined(side_groups(context, left, node, one), *own, *late, *rivals):
        beside = said_of.pop() if rivals else ()
        group, behind = lacking_a_part(context, whose_place, said_of[len(own) :], behind_nodes)
        places = (*said_of[: len(own)], *behind, *([BASELINES] if is_a_rival(kind) else []))
        if all(p.denied for p in group) and not clause.negated and clause.valued is None and not clause.but:
            if spared == LeftOut():
                yield from _of_neither(context, group, places, standing)
            continue
        mean = has_any(tails, "mean") or speaks_of_a_mean((group, *places)) or (total and _is_everywhere(places))
        everything = averaged_together(context, (group, *places), mean=mean)
        if everything is None or _is_denied(clause, everything):
            continue
        group, places = everything[0], everything[1:]
        here = replace(
            _of_performance(standing, _own_words(said, places)),
            mean=mean,
            told=_names_what_is_measured(places),
            beside=tuple(c for p in beside for c in p.constraints),
        )
        if here.about == "size" and any(p.measured for p in group):
            here = replace(here, about=None)
        split = (places[: len(own)], places[len(own) :])
        for gone in spared.groups:
            here = replace(here, spared=gone, denies=spared.denies)
            for formula in _said(context, group, split, here, clause):
                yield TableAssertion(formula, score_of(everything))


def _is_denied(clause: _Clause, groups: Iterable[Group]) -> bool:
    """True if a phrase is negated, or if a negated clause has a phrase for several lines."""
    told = [p for group in groups for p in group]
    return any(p.denied for p in told) or (clause.negated and any(p.strict or p.quantifier for p in told))


def _spared(context: ClauseContext, node: ParseNode, one: ParseNode) -> LeftOut | None:
    """The exception of a superlative; None where it is unclear, or beside a negation or a stated value."""
    tails = list(node.find("tail"))
    spared = left_out(context, tails)
    odd = node.first("neg") is not None or one.first("valued") is not None or len(tails) > 3
    return None if spared != LeftOut() and odd else spared


def _of_neither(
    context: ClauseContext, group: Group, places: Sequence[Group], standing: Standing
) -> Iterator[TableAssertion]:
    """The assertions that none of several lines holds a place: "neither A nor B has the lowest F1"."""
    if any(p.denied or p.quantifier or p.strict for place in places for p in place):
        return
    here = replace(_of_performance(standing, places), told=_names_what_is_measured(places))
    each = [ranked(context, (replace(p, denied=False, strict=False),), places, here) for p in group]
    for said in combined(*each):
        yield TableAssertion(Whole(tuple(Not(one) for one in said)), score_of((group, *places)))


def _is_of_places(node: ParseNode) -> bool:
    """True if a word such as "hardest" is said of data sets and the like."""
    sup = node.first("sup")
    return sup is not None and says(sup.first("sup"), "of_places")


def _said(
    context: ClauseContext,
    group: Group,
    places: tuple[Sequence[Group], Sequence[Group]],
    standing: Standing,
    clause: _Clause,
) -> Iterator[Formula]:
    """The assertions of a superlative with its negation, value and denied places; `places`: own ones, ones behind."""
    own, late = places
    for formula in ranked(context, group, (*own, *late), standing):
        whole: Formula = Not(formula) if clause.negated else formula
        if clause.valued is not None:
            if not clause.negated and not clause.but:
                said = _valued(context, (group, *own, *late), clause.valued, mean=standing.mean)
                yield from (And((whole, value)) for value in said)
        elif not clause.but:
            yield whole
        else:
            free = replace(standing, bound=False, own=False)
            for where in denied_at(context, late, clause.but):
                denied = ranked(context, group, (*own, *where), free)
                yield from (And((whole, Not(there))) for there in denied)


def _valued(context: ClauseContext, groups: Sequence[Group], valued: ParseNode, *, mean: bool) -> Iterator[Formula]:
    """The assertions of a number in the winner's cell: "… with a score of 64.4"."""
    for way in combined(*(context.binder.groups(n) for n in valued.find("measure"))):
        yield from stated_of(context, (*groups, *way), valued.first("amount"), Manner(mean=mean))


def _standing(node: ParseNode) -> Standing | None:
    """The end of the order, the rank from it and the topic of the word, as a standing; None without a superlative."""
    sup, rank = node.first("sup"), node.first("rank", "ranker")
    if sup is not None:
        word, counted = sup.first("sup").value, sup.first("rankword")
        cost = node.first("cost")
        bare = (
            cost.value["about"] if cost is not None else None if node.first("measure") is not None else word.get("bare")
        )
        return Standing(word["place"], counted.value["rank"] if counted is not None else 1, word.get("about") or bare)
    if rank is None:
        return None
    k = rank.value["rank"]
    return Standing("worst") if k < 0 else Standing("best", k)


def _of_performance(standing: Standing, places: Iterable[Group]) -> Standing:
    """The standing, with best for highest and worst for lowest where the clause names "performance"."""
    if standing.about is None and any(p.oriented and not p.named for group in places for p in group):
        return replace(standing, place=OF_PERFORMANCE.get(standing.place, standing.place))
    return standing


def _own_words(said: Sequence[ParseNode], places: Sequence[Group]) -> Iterator[Group]:
    """Places but those with words of the caption: "the smallest distance from the true results" is no performance."""
    for i, group in enumerate(places):
        if (i < len(said) and said[i].rule == "measure") or not any(p.caption for p in group):
            yield group


def _sums_up(context: ClauseContext, node: ParseNode) -> bool:
    """True if a clause says "overall" or the like over a table that prints one line which sums up the others."""
    if not any(says(edge, "total") for _, edge in node.leaves()):
        return False
    table = context.lines.table
    return any(sum(line.kind == "aggregate" for line in lines) == 1 for lines in (table.rows, table.columns))


def _names_what_is_measured(places: Iterable[Group]) -> bool:
    """True if a phrase names the measure of the caption: "the highest success rate"."""
    return any(p.caption and p.heads and not p.named for group in places for p in group)


def _is_everywhere(places: Iterable[Group]) -> bool:
    """True if places name no line."""
    return not any(p.named or p.quantifier for group in places for p in group)


def _performs(node: ParseNode) -> bool:
    """True if the verb of a clause is "perform": "A performs worst on X" may rank A on X, or X for A."""
    words = [part.symbol for _, part in node.parts if isinstance(part, Edge)]
    return any(symbol.startswith("perform") for symbol in words) and "the" not in words


def _counts_things(node: ParseNode, one: ParseNode, standing: Standing) -> bool:
    """True if a clause counts a kind of thing that is no measure: "has the most patients"."""
    return one.first("kind") is not None and standing.place in OF_PERFORMANCE and _binds_its_subject(node)


def _binds_its_subject(node: ParseNode) -> bool:
    """True if the verb makes its subject the winner: "has the highest …", "performs best"."""
    return any(isinstance(part, Edge) and part.symbol.startswith(("have", "perform")) for _, part in node.parts)
