"""A clause read: what it says, by the builder that its words of result call for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.vocabulary import BEST_PER_TARGET
from claims.assertion import Attribute, Compare, Formula, Scope
from claims.reading.builders.associations import read_association
from claims.reading.builders.comparisons import read_comparison
from claims.reading.builders.facts import read_asides, read_facts
from claims.reading.builders.gains import implied_change, read_elliptic, read_gain
from claims.reading.builders.rankings import read_ranking
from claims.reading.builders.scores import OF_SCORES, only_scores, read_score
from claims.reading.builders.terms import Parts, Statement
from claims.reading.naming import take_runs
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Those
from claims.rewriting import conjunction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clause says, and what the next one may lean on."""

    main: tuple[Formula, ...]
    asides: tuple[Formula, ...] = ()
    carry: Parts | None = None
    assumed: int = 0
    rivals: tuple[Formula, ...] = ()
    subjectless: bool = False
    of_a_task: bool = False


def read_clause(bag: Bag, carry: Parts | None, *, alone: bool) -> Outcome:
    """What a clause says; it may take its run from the clause before.

    A clause with a word of result that cannot be read as a result says nothing that was understood.
    """
    result = bag.has(*RESULTS)
    whole = list(bag.items)
    names_run, general = bag.has("run", "multi"), bag.has("intermediates", "mlm", "translated", "quantified", "counted")
    asides = tuple(read_asides(bag)) if result else ()
    statement = _each_method(bag, carry)
    if statement is not None:
        of_sizes = isinstance(statement.formula, Compare) and isinstance(statement.formula.left, Attribute)
        return Outcome(
            (statement.formula,),
            asides,
            statement.parts,
            statement.assumed,
            statement.rivals,
            subjectless=not names_run and not general,
            of_a_task=of_sizes,
        )
    bag.items[:] = whole
    if result:
        return Outcome(())
    named = bag.has("run", "target", "benchmark", "model", "intermediates")
    models = tuple(item.value for item in bag.items if item.rule == "model")
    spoken_of = Parts(None, None, models=Those("model", models)) if models else None
    stated = tuple(read_facts(bag, carry, alone=alone))
    return Outcome(stated, (), spoken_of, int(not named), of_a_task=names_run)


RESULTS = ("gain", "gain_verb", "nogain", "noeffect", "beat", "best", "rank", "than", "equal", "association")
"""Words that speak of results."""


def _each_method(bag: Bag, carry: Parts | None) -> Statement | None:
    """A clause that says the same of continued MLM and of translated data, as one statement of either."""
    mlm, translated = bag.first("mlm"), bag.first("translated")
    if mlm is None or translated is None or not _side_by_side(bag, mlm, translated):
        return _result(bag, carry)
    bags = [bag.part([i for i in bag.items if i.rule != dropped]) for dropped in ("translated", "mlm")]
    statements = [_result(one, carry) for one in bags]
    first, second = statements
    if first is None or second is None or first.rivals or second.rivals or bags[0].items != bags[1].items:
        return None
    bag.items[:] = bags[0].items
    return replace(first, formula=conjunction([first.formula, second.formula]))


def _side_by_side(bag: Bag, one: Item, other: Item) -> bool:
    """Whether nothing but their own words and an "and" stand between two methods."""
    low, high = sorted((one.place, other.place))
    between = [i.rule for i in bag.items if low < i.place < high]
    return "separator" in between and set(between) <= {"separator", "intermediates", "intermediate_language", "mlm"}


def _result(bag: Bag, carry: Parts | None) -> Statement | None:
    if bag.has("association"):
        return read_association(bag)
    if bag.has("beat", "than", "equal") or (bag.has("compared") and not _baseline_only(bag)):
        return read_comparison(bag, carry)
    if bag.has("best", "rank") and not _chosen_per_target(bag):
        return read_ranking(bag, carry)
    if bag.has("gain", "gain_verb", "nogain", "noeffect"):
        return read_gain(bag, carry, carry.scope if carry is not None else Scope())
    if bag.has("quantity") and not bag.has("examples", "languages"):
        if implied_change(bag):
            return read_gain(bag, carry, carry.scope if carry is not None else Scope())
        if bag.has(*OF_SCORES) or only_scores(bag):
            return read_score(bag, carry)
        return read_elliptic(bag, carry)
    return None


def _baseline_only(bag: Bag) -> bool:
    return bag.has("baseline") and bag.has("gain", "gain_verb")


def _chosen_per_target(bag: Bag) -> bool:
    """Whether "the best model for each target" names a run rather than stating a rank."""
    runs = take_runs(Bag(list(bag.items), bag.words))
    return runs is not None and runs.members == (BEST_PER_TARGET,)
