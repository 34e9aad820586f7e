"""Stated values over a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from claims.assertion import And, At, Compare, Domain, Fold, Formula, Not, Quantified, Term
from claims.domains.table.cells import other_axis, result_lines, role_of, selection
from claims.domains.table.clauses import ClauseReader, Made, _limited, quantified
from claims.domains.table.phrases import Constraint, Group, Phrase
from claims.domains.table.stated import fits_unit, stated, written
from claims.language.chart import Node


def values(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """Every assertion of a clause that states a number."""
    if node.first("low") is not None:
        return
    if any(t.first("amount", "butnot", "except", "leaving", "measure") is not None for t in node.find("tail")):
        return
    mean = any(t.first("mean") is not None for t in node.find("tail"))
    if any(t.first("only") is not None for t in node.find("tail")):
        return
    left = node.first("left")
    if left is None:
        yield from _extreme(reader, node)
        return
    if node.first("pair") is not None:
        yield from _in_turn(reader, node)
        return
    tails = [n for t in node.find("tail") for n in t.find("scope")]
    more = list(node.find("more"))
    loose = [n for m in more if m.first("amount") is None for n in m.find("scope")]
    listed = [m for m in more if m.first("amount") is not None]
    ways = [reader.binder.groups(n) for n in (left, *node.find("measure", "scope"), *tails, *loose)]
    for way in _limited(product(*ways)):
        score = sum(p.score for g in way for p in g)
        reader.mean = mean or any(p.mean for g in way for p in g)
        for first in _said(reader, way, node.first("amount"), node.first("rel", "beat", "where"), node.first("neg") is not None):
            parts = [list(_listed(reader, way[0], m)) for m in listed]
            for chosen in _limited(product(*parts)):
                formulas = (first, *(c.formula for c in chosen))
                whole = formulas[0] if len(formulas) == 1 else And(formulas)
                yield Made(whole, score + sum(c.score for c in chosen))


def _in_turn(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """ "A and B reach 58.9 and 74.3 on T, respectively": two subjects, or two measures or places, and two numbers."""
    amounts = list(node.first("pair").find("amount"))
    parts = [node.first("left"), *node.find("measure"), *(n for t in node.find("tail") for n in t.find("scope"))]
    for way in _limited(product(*(reader.binder.groups(n) for n in parts))):
        double = [i for i, group in enumerate(way) if len(group) == 2]
        if len(double) != 1 or any(len(group) > 2 for group in way):
            continue
        score = sum(p.score for g in way for p in g)
        each = [
            list(_said(reader, [(g[k],) if i == double[0] else g for i, g in enumerate(way)], amounts[k], None, negated=False))
            for k in range(2)
        ]
        for chosen in _limited(product(*each)):
            yield Made(And(tuple(chosen)), score)


def _listed(reader: ClauseReader, left: Group, node: Node) -> Iterator[Made]:
    """ "… and 80.2 on B": another number of the same subject."""
    ways = [reader.binder.groups(n) for n in node.find("measure", "scope")]
    for way in _limited(product(*ways)):
        score = sum(p.score for g in way for p in g)
        for formula in _said(reader, (left, *way), node.first("amount"), None, negated=False):
            yield Made(formula, score)


def _said(
    reader: ClauseReader, groups: Sequence[Group], amount: Node, relation: object, negated: bool
) -> Iterator[Formula]:
    subject = groups[0][0]
    counted = subject if subject.quantifier and not subject.named and len(groups[0]) == 1 else None
    rest = groups[1:] if counted is not None else groups
    if any(p.quantifier not in ("", "all") or p.other for g in rest for p in g):
        return
    if counted is not None:
        yield from [] if negated else _counted(reader, counted, rest, amount, relation)
        return
    universal = any(p.quantifier == "all" for g in groups for p in g)
    parts: list[list[Formula]] = []
    for way in product(*groups):
        constraints = tuple(c for p in way for c in p.constraints)
        parts.append(list(_cells(reader, constraints, amount, relation, universal=universal)))
    if any(not p for p in parts):
        return
    for chosen in _limited(product(*parts)):
        whole: Formula = chosen[0] if len(chosen) == 1 else And(tuple(chosen))
        yield Not(whole) if negated else whole


def said_of(reader: ClauseReader, groups: Sequence[Group], amount: Node) -> Iterator[Formula]:
    """A number said of the cell that phrases name."""
    yield from _said(reader, groups, amount, None, negated=False)


def _counted(
    reader: ClauseReader, counted: Phrase, groups: Sequence[Group], amount: Node, relation: object
) -> Iterator[Formula]:
    """ "All systems exceed 18 on T", "no system scores above 30 on T": said of every line that is compared."""
    if any(len(g) > 1 or g[0].quantifier for g in groups) or "system" not in counted.nouns:
        return
    chosen = selection(tuple(c for g in groups for c in g[0].constraints))
    if chosen is None:
        return
    for axis in ("row", "column"):
        cross = other_axis(axis)
        fixed = chosen.on(cross)
        if role_of(reader.lines, axis) != "system" or fixed is None or len(fixed) != 1 or chosen.on(axis) is not None:
            continue
        members = tuple(i for i in result_lines(reader.lines, axis))
        for body in _stated(reader.at(axis, "$o", reader.name(cross, fixed[0])), amount, relation):
            whole = quantified(reader, axis, members, counted, "$o", body)
            if whole is not None:
                yield whole


def _cells(
    reader: ClauseReader, constraints: tuple[Constraint, ...], amount: Node, relation: object, *, universal: bool
) -> Iterator[Formula]:
    chosen = selection(constraints)
    if chosen is None or (chosen.row is None and chosen.column is None):
        return
    rows = chosen.row if chosen.row is not None else result_lines(reader.lines, "row")
    columns = chosen.column if chosen.column is not None else result_lines(reader.lines, "column")
    if not rows or not columns:
        return
    if reader.mean:
        yield from _averaged(reader, rows, columns, amount, relation)
        return
    row = reader.name("row", rows[0]) if len(rows) == 1 else "$r"
    column = reader.name("column", columns[0]) if len(columns) == 1 else "$c"
    if not fits_unit(amount, reader.lines, At(row, column)):
        return
    for body in _stated(At(row, column), amount, relation):
        whole = body
        for variable, base, members in (("$r", "row", rows), ("$c", "column", columns)):
            if variable in (row, column):
                domain = Domain(f"{base}s", tuple(reader.name(base, i) for i in members))
                whole = Quantified("all" if universal else "any", variable, domain, whole)
        yield whole


def _averaged(
    reader: ClauseReader, rows: Sequence[int], columns: Sequence[int], amount: Node, relation: object
) -> Iterator[Formula]:
    """A stated average: the line that prints it, or the mean of the cells."""
    for axis, one, many in (("row", rows, columns), ("column", columns, rows)):
        if len(one) != 1 or len(many) < 2:
            continue
        cross = other_axis(axis)
        lines = reader.averaged(cross, many)
        if len(lines) == 1:
            term: Term = reader.at(axis, reader.name(axis, one[0]), reader.name(cross, lines[0]))
        else:
            domain = Domain(f"{cross}s", tuple(reader.name(cross, i) for i in lines))
            term = Fold("mean", reader.at(axis, reader.name(axis, one[0]), "$c"), "$c", domain)
        yield from _stated(term, amount, relation)


def _stated(term: Term, amount: Node, relation: object) -> Iterator[Formula]:
    word = getattr(relation, "value", None)
    if word is None:
        yield from stated(term, amount)
        return
    sign = {"better": "?", "worse": "?"}.get(word["relation"], word["relation"])
    for body in stated(term, amount):
        if isinstance(body, Compare) and body.relation == "=" and sign in (">", "<"):
            yield Compare(sign, body.left, body.right)


def _extreme(reader: ClauseReader, node: Node) -> Iterator[Made]:
    """ "the highest F1 on Dev is 83.3"."""
    sup = node.first("sup").first("sup")
    place = sup.value["place"]
    if place not in ("highest", "lowest") or sup.value.get("about") or node.first("sup").first("rankword") is not None:
        return
    nodes = [*node.find("measure", "scope"), *(n for t in node.find("tail") for n in t.find("scope"))]
    for way in _limited(product(*(reader.binder.groups(n) for n in nodes))):
        if any(len(g) > 1 or g[0].quantifier for g in way):
            continue
        chosen = selection(tuple(c for g in way for c in g[0].constraints))
        if chosen is None or written(node.first("amount"))[0].relation != "=":
            continue
        score = sum(p.score for g in way for p in g)
        for axis in ("row", "column"):
            fixed = chosen.on(axis)
            if fixed is None or len(fixed) != 1:
                continue
            cross = other_axis(axis)
            members = chosen.on(cross) or result_lines(reader.lines, cross)
            if len(members) < 2:
                continue
            domain = Domain(f"{cross}s", tuple(reader.name(cross, i) for i in members))
            term = Fold("max" if place == "highest" else "min", reader.at(cross, "$r", reader.name(axis, fixed[0])), "$r", domain)
            for body in stated(term, node.first("amount")):
                yield Made(body, score)
