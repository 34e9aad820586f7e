"""Statements that compare two sides: "A outperforms B", "A gains more than B", "A is on par with B"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import cast

from claims.assertion import (
    BASELINE_RUN,
    ZERO,
    Attribute,
    Compare,
    Consistent,
    Difference,
    Domain,
    Formula,
    Ranked,
    Relation,
    Run,
    Significant,
    Sized,
    Term,
)  # fmt: skip
from claims.reading.builders.gains import SIZES, mean_of_named
from claims.reading.builders.levels import take_baseline_level, take_levels, with_level, with_levels
from claims.reading.builders.numbers import SAID, number_of
from claims.reading.builders.rivals import in_points
from claims.reading.builders.terms import Cell, Measure, Parts, Statement, cells, wraps
from claims.reading.naming import (
    drop_starting_model,
    take_alternatives,
    take_languages,
    take_models,
    take_runs,
    take_scope,
    take_targets,
)
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Category, Those, limit_of
from claims.rewriting import conjunction

PIVOTS = ("beat", "than", "compared", "equal")


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison.

    Attributes:
        category: what kind of thing is compared.
        first, second: the roles of each side; all but the compared one are shared.
    """

    category: Category
    first: Parts
    second: Parts

    def compared(self, parts: Parts) -> Those:
        """What fills the compared role of a side."""
        those = parts.role(self.category)
        assert those is not None
        return those

    def placed_as(self, carry: Parts) -> Sides:
        """These sides, measured where the clause before was ("79.0 on XNLI, 0.4 points above the baseline")."""
        if self.category == "target" or self.first.targets is not None:
            return self
        scope = self.first.scope.within(carry.scope)
        first, second = (
            replace(parts, targets=carry.targets, languages=parts.languages or carry.languages, scope=scope)
            for parts in (self.first, self.second)
        )
        return replace(self, first=first, second=second)


def read_comparison(bag: Bag, carry: Parts | None) -> Statement | None:
    """The comparison in a clause, or None where there is none or it cannot be read."""
    pivot = next((item for rule in PIVOTS if (item := bag.first(rule)) is not None), None)
    amount = next((i for i in bag.items if i.rule == "more" and _says_amount(i)), None)
    relation = None if pivot is None else _relation(bag, pivot)
    if pivot is None or relation is None:
        return None
    if sum(i.rule in {"gain", "gain_verb"} for i in bag.items) > 1:
        return None
    of_amounts = pivot.rule == "than" and amount is not None and not bag.has(*OF_RESULTS)
    left, right = _halves(bag, pivot)
    elliptic = carry is not None and not any(i.rule in NAMING for i in left) and pivot.rule == "beat"
    bag.use([pivot])
    levels = take_levels(bag, left, right, pivot)
    of_baseline = take_baseline_level(bag)
    sizes = _attributes(bag, left, right, relation)
    if sizes is not None:
        return Statement(sizes, carry or Parts(None, None))
    if of_amounts:
        return None
    drop_starting_model(bag)
    sides = _sides(bag, left, right, carry)
    if sides is None:
        return None
    if elliptic:
        assert carry is not None
        sides = sides.placed_as(carry)
    if _other_place(sides, carry) or (levels and relation in {"=", "~"}):
        return None
    statement = _statement(bag, sides, relation)
    if statement is not None and of_baseline is not None:
        statement = with_level(statement, sides.second, of_baseline)
    return statement if statement is None or not levels else with_levels(statement, sides, levels)


OF_RESULTS = ("gain", "gain_verb", "nogain", "metric", "score_noun", "score_verb", "quantity")
"""What "more … than" must speak of to be about results: A may have more questions or longer texts than B."""

AMOUNTS = frozenset({"more", "larger", "greater", "bigger", "longer", "smaller", "less", "fewer"})


def _says_amount(item: Item) -> bool:
    """As "more", which says of what only with a noun, unlike "better"."""
    return item.terminals[0].token.text.casefold() in AMOUNTS


NAMING = frozenset({"run", "multi", "target", "model", "language", "intermediates", "quantified", "counted", "mlm"})


def _other_place(sides: Sides, carry: Parts | None) -> bool:
    """As in "A gains 18.7 on BUCC, as much as B on Tatoeba": the sides are measured on different targets.

    A comparison that names no target where the clause before it names one speaks of that one or of
    all; which, it does not say.
    """
    if carry is None or carry.targets is None or sides.category == "target":
        return False
    before, here = carry.targets, sides.first.targets
    return before.members != (here.members if here is not None else ())


def _relation(bag: Bag, pivot: Item) -> Relation | None:
    """How the left side stands to the right one."""
    if pivot.rule == "beat":
        return cast("Relation", pivot.value)
    if pivot.rule == "equal":
        return cast("Relation", pivot.value)
    more = bag.take("more")
    falling = any(i.value == "-" for i in bag.items if i.rule in {"gain", "gain_verb"})
    if not more and (pivot.rule == "than" or not bag.has("gain", "gain_verb")):
        return None
    less = bool(more) and more[0].terminals[0].type == "LESS"
    return "<" if less != falling else ">"


def _halves(bag: Bag, pivot: Item) -> tuple[list[Item], list[Item]]:
    """The phrases of each side; "Compared to B, A …" has its second side first."""
    before = [i for i in bag.items if i.place < pivot.place]
    after = [i for i in bag.items if i.place > pivot.place]
    if any(i.rule not in {"separator", "negation"} for i in before):
        return before, after
    runs = [k for k, item in enumerate(after) if item.rule in {"run", "multi"}]
    parted = next((k for k, item in enumerate(after) if item.rule == "separator"), None)
    inverted = runs[-1] if len(runs) == 2 and runs[0] == 0 else len(after)
    cut = inverted if parted is None else parted
    return after[cut:], after[:cut]


def _attributes(bag: Bag, left: list[Item], right: list[Item], relation: Relation) -> Formula | None:
    """Sizes compared: "MNLI has more training examples than QQP"."""
    sides = [[i.value for i in half if i.rule in {"run", "target"}] for half in (left, right)]
    if not bag.has("examples", "traindata") or bag.has("gain", "gain_verb") or not all(sides):
        return None
    bag.take("run", "target", "examples", "traindata", "intermediates", "targets", "size", "tasks")
    pairs = product(*sides)
    return conjunction(
        [Compare(relation, Attribute(a, "train_examples"), Attribute(b, "train_examples")) for a, b in pairs]
    )


# ------------------------------------------------------------------------------------ sides

Take = Callable[[Bag], Those | None]
TAKERS: tuple[tuple[Category, Take], ...] = (
    ("run", take_runs), ("model", take_models), ("language", take_languages), ("target", take_targets),
)  # fmt: skip


def _sides(bag: Bag, left: list[Item], right: list[Item], carry: Parts | None) -> Sides | None:
    """The two sides: the first kind of thing (run, model, language, target) that stands on both."""
    measure: Measure = "gain" if bag.take("gain", "gain_verb") else "score"
    left, right = _runs_with_the_baseline(left, right)
    left = [i for i in left if i in bag.items]
    right = [i for i in right if i in bag.items]
    if any(i.rule == "target" for i in left) and any(i.rule == "target" for i in right) and _has_runs(left, right):
        return None
    for category, take in TAKERS:
        halves = bag.part(left), bag.part(right)
        best = _best_of_all(halves[1]) if category == "run" else None
        first, second = take(halves[0]), take(halves[1])
        if best is not None and second is not None and second.general:
            second = replace(second, how="max")
            halves[1].use([best])
        if category == "model" and first is None and carry is not None:
            first = carry.models
        if category == "run":
            first, second = _completed(halves, first, second, carry)
        if first is None or second is None:
            continue
        bag.items[:] = [*halves[0].items, *halves[1].items]
        return _shared(bag, category, first, second, measure)
    return None


def _runs_with_the_baseline(left: list[Item], right: list[Item]) -> tuple[list[Item], list[Item]]:
    """As in "XNLI is 2 points above the baseline after SQuAD": a run named behind the baseline belongs to the first."""
    moved = [i for i in right if i.rule in {"run", "multi", "intermediates"}]
    named = any(i.rule in {"run", "multi", "model", "baseline"} for i in left)
    if named or not any(i.rule == "baseline" for i in right) or not any(i.rule in {"run", "multi"} for i in moved):
        return left, right
    return [*left, *moved], [i for i in right if i not in moved]


def _best_of_all(half: Bag) -> Item | None:
    """As in "outperforms the best single task": the best of the intermediate tasks."""
    best = half.first("best")
    plain = best is not None and best.terminals[0].type == "BEST" and not half.has("run", "multi", "baseline")
    following = next((i for i in half.items if best is not None and i.place > best.place), None)
    return best if plain and following is not None and following.rule == "intermediates" else None


def _has_runs(left: list[Item], right: list[Item]) -> bool:
    """Whether both sides name a run; when both name a target as well, two things differ at once."""
    return all(any(i.rule in {"run", "multi", "baseline"} for i in half) for half in (left, right))


def _completed(
    halves: tuple[Bag, Bag], first: Those | None, second: Those | None, carry: Parts | None
) -> tuple[Those | None, Those | None]:
    """Run sides with what the sentence leaves to the context."""
    if first is None and second is not None:
        first = take_alternatives(halves[0]) or (carry.runs if carry is not None else None)
    elif second is None and first is not None:
        second = take_alternatives(halves[1])
        if second is None and len(first.members) == 2:
            one, other = first.members
            return replace(first, members=(one,)), replace(first, members=(other,))
    return first, second


def _shared(bag: Bag, category: Category, first: Those, second: Those, measure: Measure) -> Sides:
    """Both sides with the roles that they share."""
    taken = {other: None if other == category else take(bag) for other, take in TAKERS}
    targets = mean_of_named(bag, first, taken["target"]) if category == "run" else taken["target"]
    models = taken["model"]
    single = models is not None and len(models.members) == 1 and category != "model"
    scope = take_scope(bag, models if single else None)
    by_gain: Measure = "gain" if category == "run" or taken["run"] is not None else measure
    base = Parts(taken["run"], targets, taken["language"], None if single else models, scope, by_gain)
    return Sides(category, base.with_role(category, first), base.with_role(category, second))


# ------------------------------------------------------------------------------- statements


def _statement(bag: Bag, sides: Sides, relation: Relation) -> Statement | None:
    if bag.has("respectively"):
        return None
    negations = bag.take("negation", "neither")
    bag.take("average", "tasks", "zeroshot", "respectively", "models")
    equal = relation in {"~", "="}
    if len(negations) > 1 or (negations and equal) or (bag.has("quantity") and equal) or _methods_clash(sides):
        return None
    if not negations and (ranked := _against_all(sides, relation)) is not None:
        return Statement(ranked, sides.first)
    quantities = [item for item in bag.items if item.rule == "quantity"]
    body = _body(bag, relation)
    percent = any(t.value == "%" for item in quantities for t in item.of("UNIT"))
    if body is None or (percent and BASELINE_RUN in sides.compared(sides.second).members):
        return None
    quantified = next((t for t in map(sides.compared, (sides.first, sides.second)) if t.quantifier), None)
    wrap = wraps(sides.first.with_role(sides.category, quantified), negations[0].place if negations else None)
    pairs = product(cells(sides.first), cells(sides.second))
    if sides.compared(sides.second).members == (BASELINE_RUN,):
        statements = [wrap(body(a.term, ZERO)) for a in cells(sides.first)]
    elif sides.compared(sides.first).members == (BASELINE_RUN,):
        return None
    else:
        statements = [wrap(body(a.term, b.term)) for a, b in pairs if _alike(a, b, sides.category)]
    formula = conjunction(statements)
    return Statement(formula, sides.first, rivals=in_points(formula) if percent else ())


def _methods_clash(sides: Sides) -> bool:
    """As in "For SQuAD, MLM beats translation": a name on one side only may well belong to both."""
    if sides.category != "run":
        return False
    first, second = sides.compared(sides.first), sides.compared(sides.second)
    methods = {first.method, second.method} != {"plain"}
    return methods and bool(first.members) != bool(second.members)


def _alike(a: Cell, b: Cell, category: Category) -> bool:
    """Whether two terms differ in nothing but the compared role."""
    return all(
        getattr(a, role) == getattr(b, role) for role in ("run", "target", "language", "model") if role != category
    )


def _body(bag: Bag, relation: Relation) -> Callable[[Term, Term], Formula] | None:
    """What is said of the two numbers: which is greater, by how much, how clearly."""
    quantities = bag.take("quantity")
    sizes, consistent, significant = bag.take("size"), bag.take("consistent"), bag.take("significant")
    if len(quantities) > 1 or (quantities and not _is_difference(quantities[0])):
        return None

    def body(a: Term, b: Term) -> Formula:
        ahead: Term = Difference(b, a) if relation == "<" else Difference(a, b)
        if b == ZERO:
            ahead = Difference(ZERO, a) if relation == "<" else a
        if quantities:
            number = number_of(quantities[0])
            limit = cast("Relation", SAID.get(limit_of(quantities[0]), limit_of(quantities[0])) or "=")
            if isinstance(ahead, Difference):
                ahead = replace(ahead, unit=number.unit)
            return Compare(limit, ahead, replace(number, unit=""))
        formula: Formula = Compare(relation, a, b)
        if sizes and relation in {">", "<"}:
            formula = Sized(SIZES[sizes[0].terminals[0].type], ahead)
        if significant:
            formula = Significant(formula)
        return Consistent(formula) if consistent else formula

    return body


def _is_difference(item: Item) -> bool:
    """Whether a number beside a comparison says by how much, rather than being one side's score."""
    limit = limit_of(item)
    return limit in {"", "=", ">", "<", ">=", "<=", "about", "by"} and (limit == "by" or bool(item.of("UNIT")))


def _against_all(sides: Sides, relation: Relation) -> Formula | None:
    """As in "A outperforms every other intermediate task" and "none outperforms A" are ranks."""
    first, second = sides.compared(sides.first), sides.compared(sides.second)
    if sides.category != "run" or relation not in {">", "<"}:
        return None
    if second.quantifier in {"all", "either"} and len(first.members) == 1:
        name, domain, best = first, second.domain, relation == ">"
    elif first.quantifier == "none" and len(second.members) == 1:
        name, domain, best = second, first.domain, relation == ">"
    else:
        return None
    assert domain is not None
    base = "runs" if name.members[0] == "multi" else domain.base
    term = cells(replace(sides.first, runs=Those("run", ("i",))))[0].term
    return Ranked("best" if best else "worst", (Run(name.members[0], name.method),), "i", Domain(base), term)
