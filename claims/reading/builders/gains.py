"""Statements of gain: "SQuAD improves the targets by 8.2 points", "XNLI does not benefit"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from claims.assertion import (
    BASELINE_RUN,
    OPEN,
    ZERO,
    Compare,
    Consistent,
    Difference,
    Domain,
    Formula,
    Not,
    Quantified,
    Relation,
    Scope,
    Significant,
    Size,
    Sized,
    Term,
)  # fmt: skip
from claims.reading.builders.levels import is_level, level_of_parts
from claims.reading.builders.numbers import LEAST_LEVEL, levels, number_of, stated
from claims.reading.builders.only import none_but, take_only
from claims.reading.builders.rivals import over_plain, rivals_of
from claims.reading.builders.terms import ALL_TARGETS, Parts, Statement, Wrap, cells, method_lost, wraps
from claims.reading.naming import drop_starting_model, take_languages, take_models, take_runs, take_scope, take_targets
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Those, limit_of
from claims.rewriting import conjunction

HEADS = ("gain", "gain_verb", "nogain", "noeffect")
SIZES: dict[str, Size] = {"LARGE": "large", "MODERATE": "moderate", "SMALL": "small"}


def read_gain(bag: Bag, carry: Parts | None, scope: Scope = OPEN) -> Statement | None:
    """The statement of gain in a clause, or None where there is none or it cannot be read.

    Args:
        bag: the clause.
        carry: the roles of the clause before, where this one may lean on them.
        scope: where the clause before was measured; holds on where this one does not say.
    """
    contrasted, only = _contrasted(bag), take_only(bag)
    drop_starting_model(bag)
    heads = bag.take(*HEADS)
    if (
        not (heads or implied_change(bag))
        or len({item.value for item in heads if item.value}) > 1
        or (contrasted and len(heads) > 1)
    ):
        return None
    explicit = _drop_baseline_side(bag, carry)
    parts, assumed = gain_parts(bag, carry)
    if (
        method_lost(parts, carry)
        or (parts.runs is None and parts.targets is None)
        or (parts.runs is not None and BASELINE_RUN in parts.runs.members)
    ):
        return None
    falling, numbered = any(item.value == "-" for item in heads), bag.has("quantity")
    parts = replace(parts, scope=parts.scope.within(scope), falling=falling, stated=numbered)
    negation = _negation(bag, heads)
    if negation is False:
        return None
    bag.take("average", "zeroshot", "tasks", "score_verb", *_respectively(bag))
    body = _body(bag, heads, parts)
    if body is None:
        return None
    formula = _never(bag, body, parts) or body(parts, wraps(parts, negation))
    if formula is None:
        return None
    if contrasted is not None:
        formula = _set_against(contrasted, formula, body, parts, negation)
    if formula is None:
        return None
    formula = formula if explicit else over_plain(formula, parts)
    if only is None:
        return Statement(formula, parts, assumed, rivals_of(formula, parts, over_baseline=explicit))
    alone = none_but(only, parts, negation if isinstance(negation, int) else None)
    if alone is None:
        return None
    formula = conjunction([formula, alone])
    return Statement(formula, parts, assumed, rivals_of(formula, parts, over_baseline=explicit))


def _respectively(bag: Bag) -> tuple[str, ...]:
    """The word "respectively" where it pairs numbers; elsewhere it says more than is read, and is left."""
    paired = sum(item.rule == "quantity" for item in bag.items) > 1
    return ("respectively",) if paired else ()


def implied_change(bag: Bag) -> bool:
    """As in "MNLI brings 5.4 points on TyDiQA", "SQuAD takes BUCC from 66.0 to 82.6": a change without its word."""
    quantities = [item for item in bag.items if item.rule == "quantity"]
    if not quantities or bag.has("metric", "model", "score_verb", "score_noun", "examples", "languages"):
        return False
    moved = all(limit_of(i) in {"from", "to"} and number_of(i).value >= LEAST_LEVEL for i in quantities)
    if moved and bag.has("run", "multi") and bag.has("target"):
        return True
    points = all(number_of(i).value < LEAST_LEVEL and limit_of(i) not in {"at", "from", "to"} for i in quantities)
    measured = quantities[-1].of("UNIT")
    return points and bool(measured) and bag.has("run", "multi", "quantified", "counted") and not bag.has("baseline")


Body = Callable[[Parts, Wrap], Formula | None]


def _body(bag: Bag, heads: Sequence[Item], parts: Parts) -> Body | None:
    """What is said of each cell: a number, a level, no effect, a direction."""
    if any(item.rule == "noeffect" for item in heads):
        return lambda p, wrap: conjunction([wrap(Compare("~", cell.term, ZERO)) for cell in cells(p)])
    quantities = bag.take("quantity")
    if not quantities:
        if len({item.value or item.terminals[0].type for item in bag.items if item.rule == "size"}) > 1:
            return None
        qualify = _qualified(bag, parts.falling)
        return lambda p, wrap: conjunction([wrap(qualify(cell.term)) for cell in cells(p)])
    significant = bool(bag.take("significant"))
    bag.take("size")
    verb = not heads or any(item.rule == "gain_verb" for item in heads)
    if verb and any(_perhaps_a_level(item) for item in quantities):
        return None
    reached = [item for item in quantities if limit_of(item) in {"to", "from", "at"}]
    after = next((item for item in quantities if is_level(item)), None)
    if after is not None and len(quantities) == 2 and not any(limit_of(item) == "from" for item in quantities):
        changes = [item for item in quantities if item is not after]
        return lambda p, wrap: _change_and_level(p, changes, after, wrap)
    if reached and verb:
        return (lambda p, wrap: levels(p, quantities, wrap)) if len(reached) == len(quantities) else None

    def body(p: Parts, wrap: Wrap) -> Formula | None:
        formula = stated(p, quantities, wrap)
        if formula is None or not significant:
            return formula
        relation: Relation = "<" if p.falling else ">"
        return conjunction([formula, *(wrap(Significant(Compare(relation, c.term, ZERO))) for c in cells(p))])

    return body


def _change_and_level(parts: Parts, changes: Sequence[Item], after: Item, wrap: Wrap) -> Formula | None:
    """As in "improves XNLI by 1.0 point, to 80.0"."""
    if limit_of(changes[0]) not in {"", "by"} or not (changes[0].of("UNIT") or limit_of(changes[0]) == "by"):
        return None
    change, level = stated(parts, changes, wrap), level_of_parts(parts, after)
    return None if change is None or level is None else conjunction([change, level])


def _perhaps_a_level(item: Item) -> bool:
    """As in "drops below 70": after a verb of change the number may be where it ends, not how far it goes."""
    word = next((t.token.text.casefold() for t in item.of("LIMIT")), "")
    return word in {"below", "above", "beyond"} or (limit_of(item) in {">", "<"} and not item.of("UNIT"))


def _negation(bag: Bag, heads: Sequence[Item]) -> int | bool | None:
    """Place of the negation, None without one; False where negations are tangled.

    "Does not fail to improve" denies twice and so affirms.
    """
    negations = [*bag.take("negation", "neither"), *(i for i in heads if i.rule == "nogain")]
    if any(n.rule == "negation" and not bag.adjoining(n, heads) for n in negations):
        return False
    twice = len(negations) == 2 and all(n.rule == "negation" for n in negations)
    if twice and negations[1].place - negations[0].place == 1:
        return None
    return False if len(negations) > 1 else negations[0].place if negations else None


def _never(bag: Bag, body: Body, parts: Parts) -> Formula | None:
    """As in "X never helps": on no target, where none is named."""
    quantified = any(those is not None and those.quantifier for those in (parts.runs, parts.targets, parts.languages))
    if not bag.has("never") or quantified:
        return None
    bag.take("never")
    if parts.targets is not None and not parts.targets.general:
        return body(parts, Not)
    targets = parts.targets or ALL_TARGETS
    assert targets.domain is not None
    each = replace(parts, targets=Those("target", ("t",)))
    inner = body(each, lambda formula: formula)
    return None if inner is None else Quantified("none", "t", targets.domain, inner)


def read_elliptic(bag: Bag, carry: Parts | None) -> Statement | None:
    """A clause that leans on the one before it: "…, while MNLI gives 7.5"."""
    if (
        carry is None
        or not carry.stated
        or not bag.has("quantity")
        or not bag.has("run", "target", "model", "baseline")
    ):
        return None
    quantities = bag.take("quantity")
    if any(_in_letters(item) for item in quantities):
        return None
    runs, targets, models = take_runs(bag), take_targets(bag), take_models(bag)
    if not any(those is not None and those.members for those in (runs, targets, models)):
        return None
    parts = replace(
        carry, runs=runs or carry.runs, targets=targets or carry.targets, models=models or carry.models, falling=False
    )
    by_gain = carry.measure == "gain"
    if method_lost(parts, carry) or (by_gain and (models or (runs and BASELINE_RUN in runs.members))):
        return None
    formula = stated(parts, quantities, wraps(parts))
    return None if formula is None else Statement(formula, parts, 1)


def _in_letters(item: Item) -> bool:
    """As in "the two SQuAD versions": a number in letters that counts nothing named here states no result."""
    return not item.of("UNIT") and not any(c.isdigit() for t in item.of("NUMBER") for c in t.token.text)


def gain_parts(bag: Bag, carry: Parts | None) -> tuple[Parts, int]:
    """The roles of a gain, and how many it left open.

    A clause that names no run takes the run of the clause before it.
    """
    runs, targets, languages = take_runs(bag), take_targets(bag), take_languages(bag)
    scope = take_scope(bag, take_models(bag))
    assumed = int(runs is None) + int(targets is None)
    if scope.metric is not None and (targets is None or not targets.members):
        scope = replace(scope, metric=None)
    targets = mean_of_named(bag, runs, targets)
    if carry is not None:
        runs = runs or carry.runs
        targets = targets or (carry.targets if carry.targets and _narrow(carry.targets) else None)
        scope = scope.within(carry.scope)
    return Parts(runs, targets, languages, scope=scope), assumed


def _narrow(targets: Those) -> bool:
    """Whether targets are named, or are those of one kind: what a following clause goes on speaking of."""
    return bool(targets.members) or (targets.general and targets.domain != Domain("targets"))


def mean_of_named(bag: Bag, runs: Those | None, targets: Those | None) -> Those | None:
    """As in "On average over A and B, X gains 4.7 points": one number for the mean of the named targets."""
    numbers = sum(item.rule == "quantity" for item in bag.items)
    single_run = runs is not None and len(runs.members) == 1
    if targets is None or len(targets.members) < 2 or numbers != 1 or not single_run or not bag.has("average"):
        return targets
    return Those("target", domain=Domain("names", tuple(sorted(targets.members))), place=targets.place)


def _drop_baseline_side(bag: Bag, carry: Parts | None) -> bool:
    """Drops "than the baseline", "over no intermediate training": a gain is measured against it anyway."""
    spoken_of = bag.has("compared", "than", "run", "multi") or (carry is not None and carry.runs is not None)
    if bag.has("baseline") and spoken_of:
        bag.take("baseline", "compared", "than", "more", "intermediates")
        return True
    return False


# ------------------------------------------------------------------------------ set against


def _contrasted(bag: Bag) -> list[Item] | None:
    """The names after "unlike", up to the first separator; None without the word."""
    marker = bag.first("contrast")
    if marker is None:
        return None
    after = [i for i in bag.items if i.place > marker.place]
    cut = next((k for k, item in enumerate(after) if item.rule == "separator"), len(after))
    names, rest = after[:cut], after[cut:]
    if not names or len({i.rule for i in names}) != 1 or names[0].rule not in {"run", "target"}:
        return None
    bag.use([marker])
    if not any(i.rule == names[0].rule for i in rest):
        return None
    bag.use(names)
    return names


def _set_against(
    names: Sequence[Item], formula: Formula, body: Body, parts: Parts, negation: int | bool | None
) -> Formula | None:
    """As in "Unlike A, B improves": B improves, and A does not."""
    rule = names[0].rule
    members = tuple(i.value for i in names)
    role = Those("run", members) if rule == "run" else Those("target", members)
    opposite = replace(parts, runs=role) if rule == "run" else replace(parts, targets=role)
    wrap = wraps(opposite, negation if isinstance(negation, int) else None)
    denied = body(opposite, lambda inner: _denied(wrap(inner)))
    return None if denied is None else conjunction([formula, denied])


def _denied(formula: Formula) -> Formula:
    return formula.part if isinstance(formula, Not) else Not(formula)


# --------------------------------------------------------------------------------- numbers


def _qualified(bag: Bag, falling: bool) -> Callable[[Term], Formula]:
    """How the direction is said: merely, in a size word, consistently, significantly."""
    sizes, consistent, significant = bag.take("size"), bag.take("consistent"), bag.take("significant")

    def body(term: Term) -> Formula:
        formula: Formula = Compare("<" if falling else ">", term, ZERO)
        if sizes:
            formula = Sized(SIZES[sizes[0].terminals[0].type], Difference(ZERO, term) if falling else term)
        if significant:
            formula = Significant(formula)
        return Consistent(formula) if consistent else formula

    return body


# ---------------------------------------------------------------------------------- rivals
