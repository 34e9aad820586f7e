"""Quantifies a formula over lines of an axis, by the phrase that counts them."""

from __future__ import annotations

from decimal import Decimal

from analysis.tables import Table
from claims.assertion import Domain, Formula, Not, Quantified, Quantifier
from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.context import ClauseContext
from claims.domains.table.counted_levels import counts_a_level, counts_parts
from claims.domains.table.kinds_said import names_systems
from claims.domains.table.naming import heads_systems
from claims.domains.table.phrase import Phrase
from claims.domains.table.selection import result_lines

BOUNDS: dict[str, tuple[Quantifier, int]] = {
    "=": ("count=", 0), ">=": ("count>=", 0), "<=": ("count<=", 0), ">": ("count>=", 1), "<": ("count<=", -1),
}  # fmt: skip
"""Relation of a stated count → quantifier, and the number to add to the count."""
QUANTIFIERS: dict[str, Quantifier] = {
    "": "each", "all": "all", "either": "all", "most": "most", "none": "none", "some": "any",
}  # fmt: skip
"""Quantifier of a phrase → quantifier of the formula; "" is that of a list."""
EVERYWHERE = Phrase(quantifier="all")
"""The phrase for all crossing lines, which "always" stands for."""


def counted(
    context: ClauseContext,
    axis: Axis,
    members: tuple[int, ...],
    phrase: Phrase | None,
    variable: str,
    body: Formula,
    without: tuple[int, ...] = (),
) -> Formula | None:
    """The formula quantified over lines of an axis; None where the phrase counts other lines than there are.

    Args:
        context: the sentence over its table.
        axis: of the lines.
        members: indices of the lines.
        phrase: that counts them; None where none does.
        variable: stands for the line in the body.
        body: the formula of one line.
        without: indices of lines that are left out of those compared.
    """
    if phrase is not None and not _may_count(context, axis, members, phrase):
        return None
    domain = _domain(context, axis, members, without)
    quantifier = phrase.quantifier if phrase is not None else ""
    if quantifier in QUANTIFIERS:
        return Quantified(QUANTIFIERS[quantifier], variable, domain, body)
    if quantifier == "all_but":
        return Quantified("count=", variable, domain, Not(body), Decimal(1))
    if phrase is None or phrase.k is None or phrase.k > len(members) or phrase.relation not in BOUNDS:
        return None
    if quantifier == "bound" or (quantifier == "count" and phrase.n is not None):
        how, extra = BOUNDS[phrase.relation]
        return Quantified(how, variable, domain, body, Decimal(phrase.k + extra))
    return None


def _may_count(context: ClauseContext, axis: Axis, members: tuple[int, ...], phrase: Phrase) -> bool:
    """True if a phrase counts as many lines as there are, each as one of what it counts."""
    if phrase.n not in (None, len(members)) and not counts_a_level(context.lines, axis, members, phrase):
        return False
    twice = counts_a_system_twice(context, axis, members, phrase) or _shares_a_label(context, axis, members, phrase)
    return not twice and not counts_parts(context.lines, axis, members, phrase)


def _shares_a_label(context: ClauseContext, axis: Axis, members: tuple[int, ...], phrase: Phrase) -> bool:
    """True if a count of things under headers is no count of lines: two have one label, or lie on another axis."""
    if phrase.k is None or phrase.nouns or not phrase.kinds:
        return False
    along = lines_along(context.lines.table, axis)
    labels = [[along[i].labels[level] for i in members] for own, level in phrase.kinds if own == axis]
    return not labels or any(len(set(one)) < len(one) for one in labels)


def counts_a_system_twice(context: ClauseContext, axis: Axis, members: tuple[int, ...], phrase: Phrase) -> bool:
    """True if a phrase counts systems and one of them has several of the lines: "two models", each in two settings."""
    numbered = phrase.n is not None or phrase.quantifier in ("count", "bound", "most", "all_but")
    index, along = context.binder.index, lines_along(context.lines.table, axis)
    if not numbered or len(members) < 2 or not names_systems(index, phrase):
        return False
    levels = range(len(along[0].labels))
    parts = {k: [along[i].labels[k] for i in members] for k in levels}
    crossed = [k for k in levels if len(set(parts[k])) < len(members)]
    headed = [k for k in levels if heads_systems(index, axis, k)]
    if headed:
        return any(k in crossed for k in headed)
    return len(levels) > 1 and len(crossed) == len(levels)


def speaks_of_all_measures(phrase: Phrase | None) -> bool:
    """True if a phrase counts all that is measured: "in all metrics", "in no metric"."""
    counts = phrase is not None and phrase.quantifier in ("all", "either", "none")
    return phrase is not None and counts and not phrase.kinds and set(phrase.nouns) <= {"measure"}


def every_crossing(table: Table, one: Phrase, other: Phrase) -> Phrase | None:
    """The phrase for all columns under two levels of headers: "in all metrics on both sets".

    None where the headers are not the full product of two levels, or a stated number fits neither level.
    """
    if any(p.quantifier != "all" or p.named or p.other or p.among or p.kinds for p in (one, other)):
        return None
    labels = [line.labels for line in table.columns if line.kind != "aggregate"]
    if any(len(path) != 2 or not all(path) for path in labels):
        return None
    outer, inner = (len({path[level] for path in labels}) for level in (0, 1))
    full = outer * inner == len(set(labels)) and min(outer, inner) > 1
    fits = any(a.n in (None, outer) and b.n in (None, inner) for a, b in ((one, other), (other, one)))
    return EVERYWHERE if full and fits else None


def _domain(context: ClauseContext, axis: Axis, members: tuple[int, ...], without: tuple[int, ...]) -> Domain:
    """Lines of an axis: all that are compared, but for some, where they are those; else listed."""
    every = result_lines(context.lines, axis)
    if set(members) == set(every) - set(without):
        return Domain(f"{axis}s", without=tuple(context.name(axis, i) for i in without if i in every))
    return context.domain(axis, members)
