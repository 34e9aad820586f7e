"""Superlatives and ranks over a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from claims.assertion import And, Domain, Fold, Formula, Not, Ranked, Term
from claims.domains.table.cells import off_diagonal, other_axis, result_lines, role_of, selection
from claims.domains.table.clauses import ClauseReader, Made, _limited, quantified
from claims.domains.table.phrases import Constraint, Group, Phrase
from claims.language.chart import Edge, Node


def superlatives(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """Every assertion of a superlative clause."""
    if node.first("head") is not None and any(p.named for g in reader.binder.groups(node.first("head")) for p in g):
        return
    if node.first("winner") is not None:
        yield from _with_winner(reader, node)
        return
    sups = node.first("sups")
    ones = list(sups.find("one")) if sups is not None else [node]
    parts = [list(_one(reader, node, one)) for one in ones]
    for chosen in _limited(product(*parts)):
        formulas = [made.formula for made in chosen]
        yield Made(formulas[0] if len(formulas) == 1 else And(tuple(formulas)), sum(m.score for m in chosen))


def _sense(node: Node) -> tuple[str, int, str | None] | None:
    """Place, rank and what it is about."""
    sup = node.first("sup")
    if sup is not None:
        word, rank = sup.first("sup"), sup.first("rankword")
        bare = None if node.first("measure") is not None else word.value.get("bare")
        return word.value["place"], rank.value["rank"] if rank is not None else 1, word.value.get("about") or bare
    rank = node.first("rank", "ranker")
    if rank is None:
        return None
    k = rank.value["rank"]
    return ("worst", 1, None) if k < 0 else ("best", k, None)


def _with_winner(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """ "the highest F1 on Dev is achieved by A"."""
    sense = _sense(node)
    if sense is None:
        return
    winners = reader.binder.groups(node.first("winner"))
    rest = [reader.binder.groups(n) for n in node.find("measure", "scope")]
    rest += [reader.binder.groups(n) for t in node.find("tail") for n in t.find("scope")]
    if _odd_tails(node):
        return
    for winner, *places in _limited(product(winners, *rest)):
        score = sum(p.score for g in (winner, *places) for p in g)
        for formula in _ranked(reader, winner, places, _oriented(sense, [p for g in places for p in g]), strict=True):
            yield Made(formula, score)


def _oriented(sense: tuple[str, int, str | None], phrases: Sequence[Phrase]) -> tuple[str, int, str | None]:
    """ "The highest performance" is the best, however the numbers run."""
    if sense[2] is None and any(p.oriented and not p.named for p in phrases):
        return {"highest": "best", "lowest": "worst"}.get(sense[0], sense[0]), sense[1], None
    return sense


def _odd_tails(node: Node) -> bool:
    return any(t.first("amount", "butnot", "except", "leaving", "mean", "measure", "only") is not None for t in node.find("tail"))


def _one(reader: ClauseReader, node: Node, one: Node) -> Iterator[Made]:
    sense = _sense(one)
    left = node.first("left")
    if sense is None or left is None:
        return
    kind = one.first("kind")
    if kind is not None and not reader.binder.kind(kind):
        return
    lefts = reader.binder.groups(left)
    own = [reader.binder.groups(n) for n in one.find("measure", "scope")]
    if one is node:
        own = [reader.binder.groups(n) for n in node.find("measure")]
    tails = list(node.find("tail"))
    late = [reader.binder.groups(n) for t in tails for n in t.find("scope")]
    but = [t.first("butnot") for t in tails if t.first("butnot") is not None]
    if any(t.first("amount", "except", "leaving", "measure", "only") is not None for t in tails):
        return
    mean = any(t.first("mean") is not None for t in tails)
    valued = one.first("valued")
    negated = node.first("neg") is not None
    own_places = node.first("own") is not None
    bound = own_places or any(isinstance(part, Edge) and part.symbol.startswith(("have", "perform")) for _, part in node.parts)
    for group, *places in _limited(product(lefts, *own, *late)):
        score = sum(p.score for g in (group, *places) for p in g)
        several = node.first("one") is not None
        reader.mean = mean or any(p.mean for g in (group, *places) for p in g)
        sense = _oriented(sense, [p for g in places for p in g])
        for formula in _ranked(reader, group, places, sense, strict=bound, own=own_places):
            whole: Formula = Not(formula) if negated else formula
            if valued is not None:
                if negated or but:
                    continue
                for value in valued_at(reader, group, places[: len(own)], places[len(own) :], valued):
                    yield Made(And((whole, value)), score)
                continue
            if several:
                continue
            if not but:
                yield Made(whole, score)
                continue
            kept = places[: len(own)]
            for denied in _denied(reader, group, kept, sense, but):
                yield Made(And((whole, Not(denied))), score)


def valued_at(
    reader: ClauseReader, group: Group, own: Sequence[Group], late: Sequence[Group], valued: Node
) -> Iterator[Formula]:
    """ "… with a score of 64.4": the number stands in the cell spoken of."""
    from claims.domains.table.values import said_of

    more = [reader.binder.groups(n) for n in valued.find("measure")]
    for way in _limited(product(*more)):
        yield from said_of(reader, (group, *own, *late, *way), valued.first("amount"))


def _denied(
    reader: ClauseReader, group: Group, kept: Sequence[Group], sense: tuple[str, int, str | None], but: Sequence[Node]
) -> Iterator[Formula]:
    """ "… but not on Y"."""
    elsewhere = [reader.binder.groups(pp) for node in but for pp in node.find("scope")]
    for way in _limited(product(*elsewhere)):
        yield from _ranked(reader, group, [*kept, *way], sense, strict=False)


def _ranked(
    reader: ClauseReader,
    group: Group,
    places: Sequence[Group],
    sense: tuple[str, int, str | None],
    *,
    strict: bool,
    own: bool = False,
) -> Iterator[Formula]:
    """The assertions that a group holds a place, over each way of placing it."""
    counted: Phrase | None = None
    among: Phrase | None = None
    named: list[Group] = []
    for place in places:
        quantity = [p for p in place if p.quantifier]
        if not quantity:
            named.append(place)
        elif len(place) > 1 or quantity[0].quantifier not in ("all", "most", "count"):
            return
        elif quantity[0].among:
            among = quantity[0]
        elif "place" in quantity[0].nouns or ("measure" in quantity[0].nouns):
            counted = quantity[0]
        else:
            among = quantity[0]
    if any(p.quantifier for p in group):
        return
    parts: list[list[Formula]] = []
    for way in product(*named):
        constraints = tuple(c for p in way for c in p.constraints)
        options = list(_alone(reader, group, constraints, counted, among, sense, strict=strict, own=own))
        parts.append(options)
    if any(not p for p in parts):
        return
    for chosen in _limited(product(*parts)):
        yield chosen[0] if len(chosen) == 1 else And(tuple(chosen))


def _alone(
    reader: ClauseReader,
    group: Group,
    places: tuple[Constraint, ...],
    counted: Phrase | None,
    among: Phrase | None,
    sense: tuple[str, int, str | None],
    *,
    strict: bool,
    own: bool,
) -> Iterator[Formula]:
    """One place: the winner is the subject, or, where the subject is a measure, what the places name."""
    aside = own or (among is not None and among.nouns and "place" in among.nouns)
    for axis in ("row", "column"):
        members = [p for p in group if p.on(axis)]
        mine = role_of(reader.lines, axis)
        if len(members) == len(group) and (not aside or (not own and mine == "place")):
            held = tuple(c for p in group for c in p.constraints if c.axis != axis)
            yield from _over(reader, axis, [p.on(axis) for p in group], (*held, *places), counted, among, sense)
    if (strict and not aside) or any(p.quantifier for p in group):
        return
    for axis in ("row", "column"):
        mine = [c for c in places if c.axis == axis]
        if not mine or len(group) > 1 or group[0].on(axis) or not (aside or group[0].measured):
            continue
        if aside and role_of(reader.lines, axis) == "system":
            continue
        rest = tuple(c for c in places if c.axis != axis)
        held = tuple(c for p in group for c in p.constraints)
        yield from _over(reader, axis, [tuple(mine)], (*held, *rest), counted, among, sense)


def _over(
    reader: ClauseReader,
    axis: str,
    winners: Sequence[tuple[Constraint, ...]],
    held: tuple[Constraint, ...],
    counted: Phrase | None,
    among: Phrase | None,
    sense: tuple[str, int, str | None],
) -> Iterator[Formula]:
    place, k, about = sense
    if not _may_rank(reader, axis, place, about):
        return
    cross = other_axis(axis)
    pools = [c for c in held if c.axis == axis]
    crossing = selection([c for c in held if c.axis == cross])
    if crossing is None:
        return
    if counted is not None and crossing.on(cross) is not None and len(crossing.on(cross) or ()) < 2:
        return
    if about is not None and pools and reader.about(axis, tuple(pools[0].lines), about):
        about = None
    lines = reader.crossing(axis, crossing, about)
    if lines is None:
        return
    pool = set(pools[0].lines) if pools else set(result_lines(reader.lines, axis))
    if among is not None and among.constraints:
        chosen = selection(among.on(axis))
        if chosen is None or chosen.on(axis) is None:
            return
        pool = set(chosen.on(axis) or ())
    if among is not None and among.n is not None and among.n != len(pool):
        return
    for c in pools:
        pool &= c.lines
    names: list[str] = []
    for winner in winners:
        mine = selection(winner)
        if mine is None or mine.on(axis) is None:
            return
        inside = [i for i in mine.on(axis) or () if all(i in c.lines for c in pools)]
        if not inside:
            return
        names += [reader.name(axis, i) for i in inside]
        pool |= set(inside)
    held_words = frozenset(word for c in pools for word in c.words)
    if len(pool) < 2 or not _same_measure(reader, axis, pool, held_words):
        return
    if len(winners) > 1 and (k != 1 or len(names) != len(winners)):
        return
    variable = "$c" if len(lines) > 1 or counted is not None else reader.name(cross, lines[0])
    every = set(result_lines(reader.lines, axis))
    domain = Domain(f"{axis}s") if pool == every else Domain(f"{axis}s", tuple(reader.name(axis, i) for i in sorted(pool)))
    term: Term = reader.at(axis, "$r", variable)
    if len(winners) > 1:
        return
    if reader.mean:
        averaged = reader.averaged(cross, lines)
        if counted is not None and counted.quantifier != "all":
            return
        over = Domain(f"{cross}s", tuple(reader.name(cross, i) for i in averaged))
        one = len(averaged) == 1
        cell = reader.at(axis, "$r", reader.name(cross, averaged[0]) if one else "$c")
        yield Ranked(place, tuple(names), "$r", domain, cell if one else Fold("mean", cell, "$c", over), k)  # type: ignore[arg-type]
        return
    body: Formula = Ranked(place, tuple(names), "$r", domain, term, k)  # type: ignore[arg-type]
    own = off_diagonal(reader.lines, axis, pool, lines)
    if own is None:
        return
    if not variable.startswith("$"):
        yield body
        rest = sorted(pool - own)
        if own and len(rest) > 1 and not own & {i for w in winners for c in w for i in c.lines}:
            domain = Domain(f"{axis}s", tuple(reader.name(axis, i) for i in rest))
            yield Ranked(place, tuple(names), "$r", domain, term, k)  # type: ignore[arg-type]
        return
    whole = quantified(reader, cross, tuple(lines), counted, variable, body)
    if whole is not None:
        yield whole


def _may_rank(reader: ClauseReader, axis: str, place: str, about: str | None) -> bool:
    role, crossing = role_of(reader.lines, axis), role_of(reader.lines, other_axis(axis))
    if role == "measure":
        return False
    return not (place in ("best", "worst") and about is None and crossing == "system" and role != "system" and role != "place")


def _same_measure(reader: ClauseReader, axis: str, pool: Any, named: frozenset[str]) -> bool:
    """Whether lines can be ranked among each other: one kind of measure, or one that the sentence names."""
    lines = reader.lines.table.rows if axis == "row" else reader.lines.table.columns
    if named and len({lines[i].kind for i in pool}) == 1:
        return True
    names = {(lines[i].measure.name if lines[i].measure else None) for i in pool}
    kinds = {lines[i].kind for i in pool}
    return len(names) == 1 and not (axis == "column" and len(kinds & {"time", "size", "count", "attribute"}) > 0 and len(kinds) > 1)


