"""Associations: "gains fall with linguistic distance", "more target data improves TyDiQA", "order does not matter".

What is read is a direction of a measured thing along one axis (or its absence). Words of cause, of size and of
significance are no part of it: a clause with them is left unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from claims.assertion import BASELINE_RUN, Associated, Direction, Formula, Term, Trend
from claims.reading.builders.gains import gain_parts
from claims.reading.builders.terms import ALL_RUNS, ALL_TARGETS, Measure, Parts, Statement, cells, wraps
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Those, noun_of
from claims.rewriting import conjunction

Sign = Literal["+", "-", "any"]
OPPOSITE: dict[Sign, Sign] = {"+": "-", "-": "+", "any": "any"}
DIRECTIONS: dict[Sign, Direction] = {"+": "rising", "-": "falling"}

BENEFITS = ("benefit", "gain", "improv", "profit")
"""Beginnings of verbs that with "more" or "less" speak of larger or smaller gains."""
AMOUNTS = frozenset({"target_examples", "intermediate_examples"})


def read_association(bag: Bag) -> Statement | None:
    """The association a clause states, or None where it states none or cannot be read."""
    axes = [(i, i.terminals[0].token.values) for i in bag.take("association")]
    names = {values[0] for _, values in axes}
    if "hierarchy" in names:
        return _hierarchy(bag) if names == {"hierarchy"} and len(axes) == 1 else None
    if "order" in names:
        return _order(bag, names) if len(axes) == len(names) else None
    if len(axes) != 1 or names == {"robust"}:
        return None
    (item, (axis, moved, how, task)) = axes[0]
    return _trend(bag, item, axis, moved, how, task)


# ---------------------------------------------------------------- distance and amounts of data


def _trend(bag: Bag, item: Item, axis: str, moved: str, how: str, task: str) -> Statement | None:
    verb = bag.first("gain_verb") or _moving(bag, item)
    gains = [i for i in bag.items if i.rule == "gain" and i is not verb and not _comparative(i)]
    said = _effect(bag, item, verb, (axis, moved, how), gains)
    if said is None or any(i.value == "-" for i in gains) or _joined(bag, gains):
        return None
    sign, predicate, of_gains = said
    measure: Measure = "gain" if of_gains else "score"
    negation = _negation(bag, item, predicate)
    if negation is False or (measure == "score" and not _score_spoken_of(bag)):
        return None
    if axis == "target_examples" and measure == "gain":
        return None
    bag.use({id(i): i for i in (predicate, *gains, *([verb] if verb else []))}.values())
    parts = _parts(bag, axis, measure, task)
    return None if parts is None else _stated(parts, axis, sign, negation)


def _stated(parts: Parts, axis: str, sign: Sign, negation: int | None) -> Statement:
    def formula(term: Term) -> Formula:
        return Associated(term, axis) if sign == "any" else Trend(DIRECTIONS[sign], term, axis)

    wrap = wraps(parts, negation)
    return Statement(conjunction([wrap(formula(cell.term)) for cell in cells(parts)]), parts)


def _effect(
    bag: Bag, axis: Item, verb: Item | None, said: tuple[str, str, str], gains: Sequence[Item]
) -> tuple[Sign, Item, bool] | None:
    """Where the measured thing goes, the phrase that says so, and whether it is a gain."""
    name, moved, how = said
    trends = [i for i in bag.items if i.rule == "trend"]
    compared = [i for i in bag.items if _comparative(i)]
    affect, noeffect = bag.first("affect"), bag.first("noeffect")
    heads = [i for i in (*trends, *compared, affect, noeffect) if i is not None]
    if len(heads) > 1 or (heads and verb is not None and heads != compared):
        return None
    if trends:
        return _by_trend(trends[0], moved, bool(gains))
    if affect is not None:
        return ("any", affect, bool(gains)) if name in AMOUNTS and not moved and axis.place < affect.place else None
    if moved not in {"+", "-"} or noeffect is not None:
        return None
    sign: Sign
    if compared:
        sign = "+" if _rises(compared[0]) else "-"
        by_verb = verb is not None and verb.value == "+" and _word(verb).startswith(BENEFITS)
        if verb is not None and (not by_verb or gains):
            return None
        return sign if moved == "+" else OPPOSITE[sign], compared[0], bool(gains) or by_verb
    if verb is None or not _moves(bag, verb, name, how, gains):
        return None
    sign = "+" if verb.value == "+" else "-"
    return sign if moved == "+" else OPPOSITE[sign], verb, bool(gains)


def _moving(bag: Bag, axis: Item) -> Item | None:
    """As in "XNLI accuracy rises as the distance shrinks": a word of change that could be a noun, where it is none."""
    named = {i.place + 1 for i in bag.items if i.rule in {"metric", "score_noun", "target", "targets"}}
    last = max(i.place for i in (axis, *bag.items))
    ends = {axis.place - 1, last}
    return next((i for i in bag.items if i.rule == "gain" and i.place in named & ends and i.value), None)


def _by_trend(trend: Item, moved: str, gains: bool) -> tuple[Sign, Item, bool] | None:
    sign: Sign = {"RISING": "+", "FALLING": "-"}.get(trend.terminals[0].type, "any")  # type: ignore[assignment]
    if moved in {"-", "inverse"}:
        sign = OPPOSITE[sign]
    return None if sign == "any" and moved in {"+", "-"} else (sign, trend, gains)


def _moves(bag: Bag, verb: Item, name: str, how: str, gains: Sequence[Item]) -> bool:
    """Whether a verb says where the measured thing goes, rather than what distance does to it.

    "As the distance grows, gains fall" does; "distance reduces gains" states a cause. Amounts of data are
    set by whoever trains, so that "more data improves XNLI" says no more than the trend.
    """
    if name in AMOUNTS:
        return True
    measured = [*gains, *(i for i in bag.items if i.rule in {"metric", "score_noun", "target", "targets"})]
    before = bool(measured) and all(i.place < verb.place for i in measured)
    benefit = _word(verb).startswith(BENEFITS)
    return (
        before and (how == "moving" or (how == "place" and bool(gains) and not benefit)) and (not gains or not benefit)
    )


def _comparative(item: Item) -> bool:
    return item.rule == "more" or (item.rule == "gain" and item.terminals[0].token.kind in {"MORE", "LESS"})


def _rises(item: Item) -> bool:
    return item.terminals[0].token.kind == "MORE"


def _word(item: Item) -> str:
    return item.terminals[0].token.text.casefold()


def _joined(bag: Bag, gains: Sequence[Item]) -> bool:
    """As in "gains and accuracy fall": two measured things."""
    scores = [i for i in bag.items if i.rule in {"metric", "score_noun"}]
    parted = [i.place for i in bag.items if i.rule == "separator"]
    return any(min(g.place, s.place) < place < max(g.place, s.place) for g in gains for s in scores for place in parted)


def _negation(bag: Bag, axis: Item, predicate: Item) -> int | Literal[False] | None:
    """Place of the "not" of the predicate, None without one; False where it could deny something else."""
    negations = bag.take("negation")
    if not negations:
        return None
    place = negations[0].place
    if len(negations) > 1 or place > predicate.place or place < axis.place < predicate.place:
        return False
    return place


def _score_spoken_of(bag: Bag) -> bool:
    """Whether a score is named, or a target without a run; a metric alone does not say on what."""
    each = [noun_of(i) for i in bag.items if i.rule in {"quantified", "counted"}]
    targets = bag.has("target", "targets", "benchmark") or "TTASK" in each
    runs = bag.has("run", "multi", "intermediates") or "ITASK" in each
    return bag.has("score_noun") if not targets else bag.has("metric", "score_noun") or not runs


def _parts(bag: Bag, axis: str, measure: Measure, task: str) -> Parts | None:
    """The roles of the clause; None where one is named that the models of this axis do not tell apart."""
    parts, _ = gain_parts(bag, None)
    bag.take("average", "tasks")
    if parts.languages is not None and not parts.languages.general:
        return None
    if parts.runs is not None and BASELINE_RUN in parts.runs.members:
        return None
    role: Literal["run", "target"] = "target" if axis == "target_examples" else "run"
    those = parts.role(role)
    if task and those is not None and those.members != (task,):
        return None
    if task:
        parts = parts.with_role(role, Those(role, (task,)))
    if axis == "intermediate_examples" and parts.runs is None:
        parts = replace(parts, runs=ALL_RUNS)
    return replace(parts, languages=None, measure=measure)


# ------------------------------------------------------------------------- order and hierarchy


def _order(bag: Bag, names: set[str]) -> Statement | None:
    """As in "the order of intermediate tasks does not matter", "… affects robustness to perturbations"."""
    axis = {frozenset({"order"}): "order", frozenset({"order", "robust"}): "order_under_perturbation"}
    named = axis.get(frozenset(names))
    heads = bag.take("affect", "matters", "noeffect", "trend")
    if named is None or len(heads) != 1 or heads[0].terminals[0].type in {"RISING", "FALLING"}:
        return None
    return _of_all_runs(bag, named, denied=heads[0].rule == "noeffect")


def _hierarchy(bag: Bag) -> Statement | None:
    """As in "the ranking of intermediate tasks is the same in every language family"."""
    families = [i for i in bag.items if _family(i)]
    heads = bag.take("same", "consistent", "varies", "noeffect", "trend")
    if len(families) != 1 or len(heads) != 1 or heads[0].terminals[0].type in {"RISING", "FALLING"}:
        return None
    same = heads[0].rule in {"same", "consistent", "noeffect"}
    quantifiers = {t.value for t in families[0].of("QUANT")}
    if not quantifiers <= ({"all", "each"} if same else set()):
        return None
    bag.use(families)
    return _of_all_runs(bag, "family", denied=same)


def _family(item: Item) -> bool:
    return item.rule in {"languages", "quantified"} and noun_of(item) == "FAMILY"


def _of_all_runs(bag: Bag, axis: str, *, denied: bool) -> Statement | None:
    """An association of the gains of all runs, on the targets named or on all."""
    negations = bag.take("negation")
    if len(negations) > 1 or (negations and denied and axis != "family"):
        return None
    bag.take("score_noun", "metric")
    bag.use(i for i in bag.items if i.rule == "gain" and i.value == "+" and not _comparative(i))
    parts, _ = gain_parts(bag, None)
    unlike = parts.runs is not None or parts.languages is not None
    if unlike or (parts.targets is not None and parts.targets.quantifier is not None):
        return None
    parts = replace(parts, runs=ALL_RUNS, targets=parts.targets or ALL_TARGETS)
    place = 0 if denied != bool(negations) else None
    return _stated(parts, axis, "any", place)
