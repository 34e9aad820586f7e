"""Statements of fact about tasks, benchmarks, languages and the study: sizes, sources, kinds, counts, set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import cast

from claims.assertion import (
    Attribute,
    Compare,
    Count,
    Difference,
    Domain,
    Fact,
    Fold,
    Formula,
    Not,
    Relation,
    StatedNumber,
    UniqueBest,
)
from claims.domains.amounts import times_stated, written
from claims.domains.registry.amounts import amounts_of, said, senses
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion, mapped
from claims.domains.registry.counting import whole_number
from claims.hashed import replace
from claims.language.chart import ParseNode
from claims.rewriting import conjunction

ATTRIBUTES = {"timessize": "train_examples", "timeslangs": "n_languages"}
"""Rule of the grammar → the counted attribute."""
CLOSE = Decimal("0.05")
"""Rounding half-width of a multiple in its strict sense; between that and the loose sense nothing is decided."""


def multiples(node: ParseNode, left: Sequence[str], right: Sequence[str]) -> Iterator[Formula]:
    """Every assertion that one number of the registry is a stated multiple of another.

    Args:
        node: the clause.
        left: ids of its left side.
        right: ids of its right side.
    """
    number, turned = times_stated(node.first("times"))
    far = node.first("far")
    if number is None or number.reached or number.upper is not None or number.plus_minus is not None:
        return
    if len(left) != 1 or len(right) != 1 or left == right or (far is not None and far.value.get("bare") != "size"):
        return
    one, two = (Attribute(side[0], ATTRIBUTES[node.rule]) for side in ((right, left) if turned else (left, right)))
    ratio = Difference(one, two, "/")
    loose = said(ratio, number)
    yield loose
    if number.relation == "=" and number.half_width > CLOSE:
        close = said(ratio, replace(number, value=number.value.quantize(2 * CLOSE), half_width=CLOSE))
        yield replace(close, relation="about") if isinstance(close, Compare) else close


STUDY = "study"
"""The study a report examines; which one that is, is the report's context."""
SIGNS = {">": ">", "<": "<", "better": None, "worse": None}


def facts(binder: Binder, node: ParseNode) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause of fact."""
    body = node.parts[0][1]
    assert isinstance(body, ParseNode)
    if not all(_nouns_fit(item) for item in _items(body)):
        return
    if body.first("times") is not None:
        sides = (_ids(body.first(side)) for side in ("left", "right"))
        yield from (ClauseAssertion(formula) for formula in multiples(body, *sides))
        return
    made = READERS[body.rule](binder, body)
    if made is None:
        return
    yield ClauseAssertion(made)
    amount = body.first("amount")
    if isinstance(amount, ParseNode) and len(senses(written(amount)[0])) > 1:
        yield ClauseAssertion(mapped(made, lambda c: replace(c, relation=">") if c.relation == ">=" else c))


def _items(node: ParseNode) -> Iterator[ParseNode]:
    """The named things a fact is about."""
    for _, part in node.parts:
        if isinstance(part, ParseNode):
            yield from [part] if part.rule in ("item", "runitem") else _items(part)


def _ids(node: ParseNode | None) -> list[str]:
    """The ids of a list of items, in order."""
    if node is None:
        return []
    return [e.value for e in leaves_of(node) if e.symbol in ("RUN", "TARGET", "BENCH")]


def _denied(node: ParseNode, formulas: Sequence[Formula]) -> Formula | None:
    """The facts together, or a single one negated; None for several under one negation, which is ambiguous."""
    if not formulas:
        return None
    if node.first("neg") is None:
        return conjunction(formulas)
    return Not(formulas[0]) if len(formulas) == 1 else None


def _counted(entity: str, attribute: str, amount: ParseNode) -> Formula | None:
    """A stated count, as a fact or, behind "more than", as a comparison."""
    number, unit = written(amount)
    if unit or number.plus_minus is not None or number.reached or number.value < 0:
        return None
    formula = said(Attribute(entity, attribute), number)
    if isinstance(formula, Compare) and formula.relation == "=" and isinstance(formula.right, StatedNumber):
        return Fact(entity, attribute, (formula.right,))
    return formula


def _size(_: Binder, node: ParseNode) -> Formula | None:
    amount, bound = node.first("amount"), node.first("bound")
    if bound is not None:
        amount = ParseNode("amount", (("", amount),))
        number = amounts_of(amount)
        if not number or number[0].number.relation != "=":
            return None
        stated = said(Attribute(_ids(node)[0], "train_examples"), number[0].number)
        assert isinstance(stated, Compare)
        return Compare(cast("Relation", bound.value["relation"]), stated.left, stated.right)
    found = [_counted(entity, "train_examples", amount) for entity in _ids(node)]
    return conjunction([f for f in found if f is not None]) if found and all(found) else None


def _compared(attribute: str) -> Callable[[Binder, ParseNode], Formula | None]:
    def read(_: Binder, node: ParseNode) -> Formula | None:
        (left,), (right,) = _ids(node.first("left")), _ids(node.first("right"))
        word = node.first("rel", "sizerel")
        if node.first("sizerel") is not None and word.value.get("bare") != "size":
            return None
        relation = SIGNS.get(word.value["relation"])
        if relation is None or word.value.get("about") is not None or left == right:
            return None
        return Compare(cast("Relation", relation), Attribute(left, attribute), Attribute(right, attribute))

    return read


def _langcount(_: Binder, node: ParseNode) -> Formula | None:
    counted = node.first("of")
    entity = _ids(counted)[0]
    number, unit = written(node.first("amount"))
    of_benchmark = counted.first("benchmark") is not None
    words = [e.value["quantifier"] for _, e in node.leaves() if e.symbol == "q"]
    if any(word != "all" for word in words):
        return None
    if not of_benchmark and counted.first("target") is not None and node.first("each") is not None:
        return None
    if of_benchmark and (number.reached or node.first("each") is not None):
        return _per_target(entity, number, unit, each=node.first("each") is not None)
    made = _counted(entity, "languages" if of_benchmark else "n_languages", node.first("amount"))
    langs = node.first("langs")
    if langs is not None and made is not None:
        return conjunction([made, Fact(entity, "languages", _named(langs, "LANG"))])
    return made if made is None or node.first("neg") is None else Not(made)


def _per_target(bench: str, number: object, unit: str, *, each: bool) -> Formula | None:
    """As in "up to 40 languages for each target task": the largest number over the targets."""
    value = whole_number(number)  # type: ignore[arg-type]
    reached = number.reached  # type: ignore[attr-defined]
    if unit or value is None or not (reached or each):
        return None
    domain = Domain("targets", benchmark=None if bench == "xtreme" else bench)
    if reached and each:
        counts = Fold("max", Attribute("t", "n_languages"), "t", domain)
        return Compare("=", counts, StatedNumber(Decimal(value)))
    return None


def _named(node: ParseNode, symbol: str) -> tuple[str, ...]:
    """The names of one kind in a phrase, in order."""
    return tuple(dict.fromkeys(e.value for e in leaves_of(node) if e.symbol == symbol))


def _haslang(_: Binder, node: ParseNode) -> Formula | None:
    codes = _named(node.first("langs"), "LANG")
    entities = _ids(node.first("of"))
    amount = node.first("amount")
    if amount is not None:
        counted = _counted(entities[0], "n_languages", amount)
        if counted is None or node.first("neg") is not None:
            return None
        return conjunction([counted, Fact(entities[0], "languages", codes)])
    if node.first("neg") is not None and len(codes) > 1:
        return None
    return _denied(node, [Fact(entity, "languages", codes) for entity in entities])


def _family(_: Binder, node: ParseNode) -> Formula | None:
    return _denied(node, [Fact(node.first("one").value, "family", (node.first("name").value,))])


def _source(_: Binder, node: ParseNode) -> Formula | None:
    values = tuple(dict.fromkeys(e.value for e in leaves_of(node.first("sources")) if e.symbol == "SOURCE"))
    entities = _ids(node.first("of"))
    if node.first("each") is not None:
        pairs = zip(entities, values, strict=False) if len(entities) == len(values) else ()
        return _denied(node, [Fact(entity, "text_sources", (value,)) for entity, value in pairs])
    if len(entities) > 1 and len(values) > 1:
        return None  # whether each has all of the sources or its own, nobody can tell
    if node.first("neg") is not None and len(values) > 1:
        return None
    return _denied(node, [Fact(entity, "text_sources", values) for entity in entities])


def _kindof(_: Binder, node: ParseNode) -> Formula | None:
    entities, kind, count = _ids(node.first("of")), node.first("kind"), node.first("n")
    if count is not None and (count.value.relation != "=" or whole_number(count.value) != len(entities)):
        return None
    if not _nouns_fit(node):
        return None
    found: list[Formula] = []
    sources = node.first("sources")
    if sources is not None:
        values = tuple(dict.fromkeys(e.value for e in leaves_of(sources) if e.symbol == "SOURCE"))
        found.append(Fact(entities[0], "text_sources", values))
    for entity in entities:
        found.append(Fact(entity, "kind", (kind.value,)))
        if node.first("also") is not None:
            found.append(Fact(entity, "training_data", ("none",)))
    return _denied(node, found) if node.first("also") is None or node.first("neg") is None else None


def _nouns_fit(node: ParseNode) -> bool:
    """True if targets are called target tasks and no intermediate ones, and the other way round."""
    symbols = {e.symbol for e in leaves_of(node)}
    return not ({"TARGET", "itaskn"} <= symbols or {"RUN", "ttaskn"} <= symbols)


def _notrain(_: Binder, node: ParseNode) -> Formula | None:
    return conjunction([Fact(entity, "training_data", ("none",)) for entity in _ids(node.first("of"))])


def _count(_: Binder, node: ParseNode) -> Formula | None:
    counted, amount = node.first("counted"), node.first("amount")
    number, unit = written(amount)
    if unit or number.reached or number.plus_minus is not None or set(_named(node, "LANG")) - {"en"}:
        return None
    of_targets = counted.rule == "benchtasks" or any(e.symbol == "ttaskn" for e in leaves_of(counted))
    if of_targets and _named(node, "LANG"):
        return None
    bench = next((e.value for e in leaves_of(node) if e.symbol == "BENCH"), None)
    domain = (
        Domain("targets", benchmark=None if bench == "xtreme" else bench) if of_targets else Domain("intermediates")
    )
    if not of_targets and bench is not None:
        return None
    found: list[Formula] = [said(Count(domain), number)]
    more = node.first("including")
    if more is not None:
        found.append(Fact("targets" if of_targets else "intermediates", "kinds", _named(more, "KIND")))
    return conjunction(found)


def _kinds(_: Binder, node: ParseNode) -> Formula | None:
    foreign = set(_named(node, "LANG")) - {"en"}
    return None if foreign else Fact("intermediates", "kinds", _named(node, "KIND"))


def _start(_: Binder, node: ParseNode) -> Formula | None:
    return Fact(STUDY, "starting_model", (_model(node),))


def _model(node: ParseNode) -> str:
    return str(next(e.value for e in leaves_of(node.first("model")) if e.symbol == "MODEL"))


PHASES = {"mlmphase": "mlm_pretraining", "itrain": "intermediate_training"}


def _phases(_: Binder, node: ParseNode) -> Formula | None:
    count = Decimal(node.first("n").value["n"])
    listed = node.first("list")
    stated: list[Formula] = [Fact(STUDY, "phase_count", (StatedNumber(count),))]
    if listed is not None:
        found = [PHASES.get(e.symbol) for e in leaves_of(listed) if e.symbol in (*PHASES, "targetphase")]
        named = tuple(p for p in found if p is not None)
        stated += [Fact(STUDY, "phases", named)] if named else []
    return conjunction(stated)


def _setting(_: Binder, node: ParseNode) -> Formula | None:
    bench = next(e.value for e in leaves_of(node.first("bench")) if e.symbol == "BENCH")
    stated: list[Formula] = [Fact(bench, "setting", ("zero_shot_cross_lingual_transfer",))]
    sets = node.first("many").find("") if node.first("many") is not None else ()
    for amount in (part.first("amount") for part in sets if isinstance(part, ParseNode)):
        if amount is not None:
            number, unit = written(amount)
            counted = _per_target(bench, number, unit, each=True) if number.reached else None
            if counted is None:
                return None
            stated.append(counted)
    return conjunction(stated)


def _sota(_: Binder, node: ParseNode) -> Formula | None:
    return UniqueBest(_model(node))


READERS: dict[str, Callable[[Binder, ParseNode], Formula | None]] = {
    "size": _size, "moresize": _compared("train_examples"), "langcount": _langcount,
    "morelangs": _compared("n_languages"), "haslang": _haslang, "family": _family, "source": _source,
    "kindof": _kindof, "notrain": _notrain, "count": _count, "kinds": _kinds, "start": _start,
    "phases": _phases, "setting": _setting, "sota": _sota,
}  # fmt: skip
