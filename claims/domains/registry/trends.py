"""Trends and associations: "gains fall with linguistic distance", "the order of intermediate tasks does not matter"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import Associated, Formula, Not, Term, Trend
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion
from claims.domains.registry.parts import ALL_RUNS, Parts, cells
from claims.hashed import replace
from claims.language.chart import Edge, ParseNode

ROBUST = "order_under_perturbation"


def trends(binder: Binder, node: ParseNode) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause of trend or association."""
    formula = _of_data(binder, node) or _of_farther(binder, node) or _of_axis(binder, node) or _of_order(node)
    if formula is not None:
        yield ClauseAssertion(formula)


def _denied(node: ParseNode, formula: Formula) -> Formula:
    return formula if node.first("neg") is None else Not(formula)


def _term(binder: Binder, quantity: ParseNode | None, *, trained: bool = False) -> tuple[Term, bool] | None:
    """The quantity that rises or falls, gains in general or a score on a target, and True if it is a loss."""
    if quantity is None:
        return cells(Parts(None, None))[0].term, False
    noun = quantity.first("noun")
    if noun is not None:
        return cells(Parts(None, None))[0].term, noun.value["sign"] == "-"
    bundle = binder.of(part for part in (quantity.first("target"), quantity.first("metric")) if part is not None)
    if bundle is None:
        return None
    parts = bundle.parts("score", metric=next(iter(bundle.metrics), None))
    return cells(replace(parts, runs=ALL_RUNS if trained else None))[0].term, False


def _direction(rises: bool, *flips: bool) -> str:
    for flip in flips:
        rises = rises != flip
    return "rising" if rises else "falling"


def _axis(node: ParseNode) -> tuple[str, bool] | None:
    axis = node.first("axis")
    if axis is None:
        return None
    edge = next(leaves_of(axis))
    return edge.value["axis"], edge.value["sign"] == "-"


def _of_axis(binder: Binder, node: ParseNode) -> Formula | None:
    """As in "gains fall with linguistic distance", "gain and distance are correlated"."""
    axis, quantity = _axis(node), node.first("quantity") or (node if node.first("metric") is not None else None)
    if axis is None or quantity is None:
        return None
    name, inverse = axis
    found = _term(binder, quantity, trained=name == "intermediate_examples")
    if found is None:
        return None
    term, loss = found
    verb, other = node.first("direction"), node.first("axisrise")
    if verb is not None:
        falls = other is not None and other.value["direction"] == "fall"
        return _denied(node, Trend(_direction(verb.value["direction"] == "rise", falls, inverse, loss), term, name))  # type: ignore[arg-type]
    word = node.first("correlates")
    sign = word.value.get("sign") if word is not None and word.value else None
    if sign is None:
        return _denied(node, Associated(term, name))
    return _denied(node, Trend(_direction(sign == "+", inverse, loss), term, name))  # type: ignore[arg-type]


def _of_farther(binder: Binder, node: ParseNode) -> Formula | None:
    """As in "the farther a language is from English, the smaller the gain"."""
    far = node.first("farther", "farlang")
    if far is None:
        return None
    near = far.value["sign"] == "-"
    more = node.first("profitmore")
    if more is not None:
        rises, loss = more.value["sign"] == "+", False
        term: Term = cells(Parts(None, None))[0].term
    else:
        word, found = node.first("rel"), _term(binder, node.first("quantity"))
        if found is None or word.value["relation"] not in (">", "<") or word.value.get("about") is not None:
            return None
        term, loss = found
        rises = word.value["relation"] == ">"
    return Trend(_direction(rises, near, loss), term, "distance")  # type: ignore[arg-type]


def _of_data(binder: Binder, node: ParseNode) -> Formula | None:
    """As in "more target-task data improves TyDiQA"."""
    data, what, verb = node.first("moredata"), node.first("what"), node.first("improve")
    if data is None:
        return None
    bundle = binder.bundle(what)
    if bundle is None or bundle.targets is None or len(bundle.targets.members) != 1 or len(bundle.metrics) > 1:
        return None
    rises = True
    if verb is not None:
        rises = (
            verb.value.get("relation", "better") in ("better", ">") and verb.value.get("direction", "rise") == "rise"
        )
    less, axis = data.value["sign"] == "-", data.value["axis"]
    metric = bundle.metrics[0] if bundle.metrics else None
    parts = replace(bundle, average=False).parts("score", metric=metric)
    if axis == "intermediate_examples":
        parts = replace(parts, runs=ALL_RUNS)
    return _denied(node, Trend(_direction(rises, less), cells(parts)[0].term, axis))  # type: ignore[arg-type]


def _of_order(node: ParseNode) -> Formula | None:
    """As in "the order of intermediate tasks does not matter", "the ranking is the same in every language family"."""
    gains = cells(Parts(None, None))[0].term
    if node.first("hier") is not None:
        varies = node.first("neg")
        differs = isinstance(varies, Edge) and varies.symbol == "variesfin"
        return Associated(gains, "family") if differs else Not(Associated(gains, "family"))
    if node.first("order") is None:
        return None
    affected = node.first("affected")
    axis = ROBUST if affected is not None and affected.first("robust") is not None else "order"
    return _denied(node, Associated(gains, axis))
