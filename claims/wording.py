"""Assertions in plain words, for reasons and pages."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary, vocabulary
from claims import assertion as forms
from claims.assertion import Compare, Difference, Domain, Fact, Fold, Quantified, Ranked, Run, Scope, StatedNumber
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
METHODS = {"mlm": " with continued MLM", "translated": " on translated data"}
NOUNS = {"intermediates": "intermediate tasks", "runs": "intermediate tasks and multi-task training",
         "targets": "target tasks", "tasks": "tasks", "languages": "languages", "models": "models"}  # fmt: skip
PLURAL = re.compile(r"\b(task|language|model)s\b")
FOLDS = {"mean": "mean ", "max": "greatest ", "min": "least "}
ATTRIBUTES = {"train_examples": "training examples", "n_languages": "number of languages"}
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


def attribute_words(attribute: str) -> str:
    """An attribute in words: "number of languages", "text sources"."""
    return ATTRIBUTES.get(attribute, attribute.replace("_", " "))


def words_for(node: object) -> str:  # noqa: C901 (one line a form)
    """A node of an assertion in words."""
    match node:
        case StatedNumber(value, unit):
            exact = value == value.to_integral_value() and abs(value) >= 10_000
            return f"{int(value):,}" if exact else f"{value:f}{unit}"
        case Run(task, method):
            return name(task) + METHODS.get(method, "")
        case Scope(model, split, language, metric, version):
            said = [name(part) for part in (model, language, metric, split, version) if part is not None]
            return f" ({', '.join(said)})" if said else ""
        case Domain():
            return _domain_words(node)
        case forms.Score(run, target, scope):
            return f"score of {words_for(run)} on {name(target)}{words_for(scope)}"
        case forms.Gain(run, target, scope):
            return f"gain of {words_for(run)} on {name(target)}{words_for(scope)}"
        case Fold(how, body, variable, domain, scope):
            inside = words_for(bind(body, variable, words_for(domain))).removeprefix(FOLDS[how])
            return f"{FOLDS[how]}{inside}{words_for(scope)}"
        case Difference(left, right, "/"):
            return f"{words_for(left)} divided by {words_for(right)}"
        case Difference(left, right, unit):
            return f"{words_for(left)} minus {words_for(right)}{', relative to the latter' if unit == '%' else ''}"
        case forms.Attribute(entity, attribute):
            return f"{attribute_words(attribute)} of {name(entity)}"
        case forms.Count(domain):
            return f"number of {words_for(domain).removeprefix('the ')}"
        case Compare(">" | "<" as relation, left, StatedNumber(value)) if value == 0:
            return f"{words_for(left)} is {'above' if relation == '>' else 'below'} zero"
        case Compare(relation, left, right):
            return f"{words_for(left)} {RELATIONS[relation]} {words_for(right)}"
        case forms.Sized(word, term):
            return f"{words_for(term)} is {word}"
        case Quantified():
            return _quantified_words(node)
        case Ranked():
            return _ranked_words(node)
        case Fact(entity, attribute, values):
            return f"{attribute_words(attribute)} of {name(entity)}: {', '.join(map(value_words, values))}"
        case forms.Trend(direction, term, axis):
            return f"{words_for(term)} is {direction} with {name(axis)}"
        case forms.Associated(term, axis):
            return f"{words_for(term)} depends on {name(axis)}"
        case forms.Significant(part):
            return f"significantly, {words_for(part)}"
        case forms.Consistent(part):
            return f"consistently, {words_for(part)}"
        case forms.UniqueBest(model):
            return f"{name(model)} is the state of the art"
        case forms.And(parts) | forms.Whole(parts):
            return "; ".join(map(words_for, parts))
        case forms.Or(parts):
            return " or ".join(map(words_for, parts))
        case forms.Not(part):
            return f"it is not so that {words_for(part)}"
    return name(str(node))


def value_words(value: str | StatedNumber) -> str:
    """The value of a fact in words; "none" there means that there is nothing."""
    return BASELINE if value == BASELINE else words_for(value)


def _domain_words(domain: Domain) -> str:
    return _members(domain) if domain.base == "names" else f"the {_members(domain)}"


def _members(domain: Domain, *, one: bool = False) -> str:
    """The members of a domain, or one of them, behind an article or quantifier."""
    if domain.base == "names":
        return ", ".join(name(n) for n in domain.names)
    size = "" if domain.size is None else f"{domain.size} "
    kind = f"{name(domain.kind)} " if domain.kind else ""
    bench = f" of {name(domain.benchmark)}" if domain.benchmark else ""
    without = f" but {', '.join(name(n) for n in domain.without)}" if domain.without else ""
    noun = PLURAL.sub(r"\1", NOUNS[domain.base]) if one else NOUNS[domain.base]
    return f"{size}{kind}{noun}{bench}{without}"


def _quantified_words(formula: Quantified) -> str:
    each = formula.quantifier in {"all", "almost-all"}
    domain = _members(formula.domain, one=True) if each else words_for(formula.domain)
    quantifier = QUANTIFIERS[formula.quantifier].format(domain, n=formula.number)
    one = "that language" if formula.domain.base == "languages" else "that task"
    return f"for {quantifier}: {words_for(bind(formula.body, formula.variable, one))}"


def _ranked_words(formula: Ranked) -> str:
    names = ", ".join(words_for(n) for n in formula.names)
    k = formula.k if formula.until is None else f"{formula.k} to {formula.until}"
    term = words_for(bind(formula.term, formula.variable, "each"))
    return f"{names} is {PLACES[formula.place].format(k=k)} of {words_for(formula.domain)} by {term}"
