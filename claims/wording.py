"""Assertions in plain words, for reasons and pages."""

from __future__ import annotations

from functools import lru_cache, singledispatch

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary, vocabulary
from claims.assertion import (
    And,
    Associated,
    Attribute,
    Compare,
    Consistent,
    Count,
    Difference,
    Domain,
    Fact,
    Fold,
    Gain,
    Not,
    Or,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    Significant,
    Sized,
    StatedNumber,
    Trend,
    UniqueBest,
)  # fmt: skip
from claims.rewriting import bind

SPECIAL = {
    BASELINE: "no intermediate training",
    BEST_PER_TARGET: "the best intermediate task for each target",
    MULTITASK: "multi-task training",
    "study": "the study",
    "intermediates": "the intermediate tasks",
    "targets": "the target tasks",
}
RELATIONS = {"=": "is", ">": "is more than", "<": "is less than", ">=": "is at least", "<=": "is at most",
             "~": "is comparable to", "about": "is about", "better": "is better than"}  # fmt: skip
QUANTIFIERS = {
    "all": "every {}", "almost-all": "almost every {}", "most": "most of {}", "many": "many of {}",
    "several": "several of {}", "few": "few of {}", "any": "at least one of {}", "none": "none of {}",
    "count=": "exactly {n} of {}", "count>=": "at least {n} of {}", "count<=": "at most {n} of {}",
    "share>=": "at least a share {n} of {}",
}  # fmt: skip
PLACES = {
    "best": "first", "worst": "last", "top": "among the top {k}", "bottom": "among the last {k}", "rank": "number {k}",
}  # fmt: skip
CATEGORIES = ("intermediate", "target", "benchmark", "model", "language", "metric", "kind", "text_source")


def name(identifier: str) -> str:
    """The name in print of an id; ids that are no entry are shown as they are."""
    return SPECIAL.get(identifier) or _printed(identifier, vocabulary())


@lru_cache(maxsize=8192)
def _printed(identifier: str, registry: Vocabulary) -> str:
    for category in CATEGORIES:
        if identifier in registry[category]:
            return registry[category][identifier].name
    for sign, between in ((">", " then "), ("+", " together with ")):
        if sign in identifier.rstrip("+"):
            return between.join(name(part) for part in identifier.split(sign))
    return identifier.replace("_", " ")


def count(number: int, noun: str) -> str:
    """As in "1 cell", "9 cells"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@singledispatch
def words_for(node: object) -> str:
    """A node of an assertion in words."""
    return name(str(node))


@words_for.register
def _(number: StatedNumber) -> str:
    exact = number.value == number.value.to_integral_value() and abs(number.value) >= 10_000
    return f"{int(number.value):,}" if exact else f"{number.value:f}{number.unit}"


@words_for.register
def _(run: Run) -> str:
    suffix = {"mlm": " with continued MLM", "translated": " on translated data"}.get(run.method, "")
    return name(run.task) + suffix


@words_for.register
def _(scope: Scope) -> str:
    said = [name(v) for v in (scope.model, scope.language, scope.metric, scope.split, scope.version) if v is not None]
    return f" ({', '.join(said)})" if said else ""


@words_for.register
def _(domain: Domain) -> str:
    kind = f"{name(domain.kind)} " if domain.kind else ""
    nouns = {"intermediates": "intermediate tasks", "runs": "intermediate tasks and multi-task training",
             "targets": "target tasks", "tasks": "tasks", "languages": "languages", "models": "models"}  # fmt: skip
    if domain.base == "names":
        return ", ".join(name(n) for n in domain.names)
    bench = f" of {name(domain.benchmark)}" if domain.benchmark else ""
    without = f" but {', '.join(name(n) for n in domain.without)}" if domain.without else ""
    kind = kind if domain.size is None else f"{domain.size} {kind}"
    return f"the {kind}{nouns[domain.base]}{bench}{without}"


@words_for.register
def _(term: Score) -> str:
    return f"score of {words_for(term.run)} on {name(term.target)}{words_for(term.scope)}"


@words_for.register
def _(term: Gain) -> str:
    return f"gain of {words_for(term.run)} on {name(term.target)}{words_for(term.scope)}"


@words_for.register
def _(term: Fold) -> str:
    how = {"mean": "mean ", "max": "greatest ", "min": "least "}[term.how]
    body = words_for(bind(term.body, term.variable, words_for(term.domain)))
    return f"{how}{body.removeprefix(how)}{words_for(term.scope)}"


@words_for.register
def _(term: Difference) -> str:
    if term.unit == "/":
        return f"{words_for(term.left)} divided by {words_for(term.right)}"
    relative = ", relative to the latter" if term.unit == "%" else ""
    return f"{words_for(term.left)} minus {words_for(term.right)}{relative}"


@words_for.register
def _(term: Attribute) -> str:
    labels = {
        "train_examples": "training examples of",
        "n_languages": "number of languages of",
        "languages": "languages of",
    }
    return f"{labels.get(term.name, term.name.replace('_', ' ') + ' of')} {name(term.entity)}"


@words_for.register
def _(term: Count) -> str:
    return f"number of {words_for(term.domain).removeprefix('the ')}"


@words_for.register
def _(formula: Compare) -> str:
    if isinstance(formula.right, StatedNumber) and formula.right.value == 0 and formula.relation in {">", "<"}:
        return f"{words_for(formula.left)} is {'above' if formula.relation == '>' else 'below'} zero"
    return f"{words_for(formula.left)} {RELATIONS[formula.relation]} {words_for(formula.right)}"


@words_for.register
def _(formula: Sized) -> str:
    return f"{words_for(formula.term)} is {formula.word}"


@words_for.register
def _(formula: Quantified) -> str:
    domain = words_for(formula.domain)
    each = domain.removeprefix("the ").removesuffix("s") if formula.quantifier in {"all", "almost-all"} else domain
    quantifier = QUANTIFIERS[formula.quantifier].format(each, n=formula.number)
    one = "that language" if formula.domain.base == "languages" else "that task"
    return f"for {quantifier}: {words_for(bind(formula.body, formula.variable, one))}"


@words_for.register
def _(formula: Ranked) -> str:
    names = ", ".join(words_for(n) for n in formula.names)
    k = formula.k if formula.until is None else f"{formula.k} to {formula.until}"
    place = PLACES[formula.place].format(k=k)
    term = words_for(bind(formula.term, formula.variable, "each"))
    return f"{names} is {place} of {words_for(formula.domain)} by {term}"


@words_for.register
def _(fact: Fact) -> str:
    values = ", ".join(value_words(v) for v in fact.values)
    return f"{fact.attribute.replace('_', ' ')} of {name(fact.entity)}: {values}"


def value_words(value: str | StatedNumber) -> str:
    """The value of a fact in words; "none" there means that there is nothing."""
    return BASELINE if value == BASELINE else words_for(value)


@words_for.register
def _(formula: Trend) -> str:
    return f"{words_for(formula.term)} is {formula.direction} with {name(formula.axis)}"


@words_for.register
def _(formula: Associated) -> str:
    return f"{words_for(formula.term)} depends on {name(formula.axis)}"


@words_for.register
def _(formula: Significant) -> str:
    return f"significantly, {words_for(formula.body)}"


@words_for.register
def _(formula: Consistent) -> str:
    return f"consistently, {words_for(formula.body)}"


@words_for.register
def _(formula: UniqueBest) -> str:
    return f"{name(formula.model)} is the state of the art"


@words_for.register
def _(formula: And) -> str:
    return "; ".join(words_for(part) for part in formula.parts)


@words_for.register
def _(formula: Or) -> str:
    return " or ".join(words_for(part) for part in formula.parts)


@words_for.register
def _(formula: Not) -> str:
    return f"it is not so that {words_for(formula.part)}"
