"""Claims on names that only the user's results hold: they are about those results and their models.

Nobody else's numbers can be meant by "OwnWarmup improves XNLI".
"""

from __future__ import annotations

from analysis.published.measured import is_stand_in
from analysis.registry.vocabulary import vocabulary
from claims.assertion import Domain, Formula, Gain, Ranked, Run, Scope, Score
from claims.checking.context import Context, states_numbers
from claims.checking.evidence import Setting
from claims.checking.outcome import Outcome
from claims.checking.ran import NO_TASK
from claims.hashed import replace
from claims.rewriting import nodes


def about_names_brought(formula: Formula, context: Context) -> Context | None:
    """The context of a claim that names a task of the results given; None where it names none.

    The results are those that hold the most of its names, of the models that the claim names, or else of the model
    that the report's study starts from, where they have it. A version that is named without a paper is one of theirs.
    """
    held = {s: context.evidence.names.get(s, set()) for s in context.evidence.settings if s.tier == "given"}
    named = _named(formula)
    brought = {name for name in named if not _known(name) and any(name in names for names in held.values())}
    if not brought:
        return None
    shares = {setting: len(named & names) for setting, names in held.items() if brought & names}
    return _of(frozenset(s for s, n in shares.items() if n == max(shares.values())), formula, context)


def about_only_model_brought(formula: Formula, context: Context) -> Context | None:
    """The context of a claim that may be about the only model of the results given; None where it may not.

    It may where neither the claim nor its report cites anything or names a model, and the results given are all of
    one model, which is not the one that the study in the vocabulary starts from.
    """
    settings = _of_other_models(formula, context)
    models = {s.model for s in settings}
    return replace(context, brought=settings) if len(models) == 1 and context.models <= models else None


def _of_other_models(formula: Formula, context: Context) -> frozenset[Setting]:
    """The results given, where nothing is cited, no model is named and none of them is of the study's own model."""
    given = frozenset(s for s in context.evidence.settings if s.tier == "given")
    cited = context.cited.by != "nothing" and not context.cited.supposed
    own = any(s.model == context.model for s in given)
    made = any(s.model in context.evidence.laboratory or is_stand_in(s.model, context.words) for s in given)
    return frozenset() if context.brought or cited or own or made or _models(formula) else given


def otherwise_in_models_brought(formula: Formula, context: Context, outcome: Outcome) -> Outcome:
    """The outcome, left open where nothing is cited and results given, all of other models, say otherwise.

    Which model is meant by "the baseline scores 79.0", nobody can tell then. So is a number that published results
    of the study's model refute, of which the only model given says nothing.
    """
    given = _of_other_models(formula, context)
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    if outcome.truth not in {"true", "false"} or not rows or any(row.tier == "given" for row in rows):
        return outcome
    models = {s.model for s in given}
    if not models or (len(models) > 1 and models & set(vocabulary()["model"])):
        return outcome
    ordered = [s for s in context.evidence.settings if s in given]
    found = [(s, context.check(formula, s)) for s in context.evidence.that_could_speak(formula, ordered)]
    against = [(s, o) for s, o in found if o.decided and o.truth != outcome.truth]
    told = "; ".join(f"{s.model} of {s.who}: {o.reason}" for s, o in against)
    if not against and len(models) == 1 and outcome.truth == "false" and states_numbers(formula):
        told = f"this is {rows[0].model}, all results given are of {ordered[0].model}, and the claim names no model"
    if not told:
        return outcome
    reason, flags = f"{outcome.reason}; {told}", outcome.flags | {"ambiguous"}
    shown = (*outcome.besides, *(r for _, o in against for r in o.reckoned))
    return replace(outcome, truth="open", reason=reason, flags=flags, besides=shown)


def of_models_brought(formula: Formula) -> bool:
    """True if a formula names only models outside the registry: only the results given can hold its cells."""
    models = _models(formula)
    return bool(models) and not models & set(vocabulary()["model"])


def _models(formula: Formula) -> set[str]:
    """The models that a formula names."""
    return {node.model for node in nodes(formula) if isinstance(node, Scope) and node.model is not None}


def _of(settings: frozenset[Setting], formula: Formula, context: Context) -> Context:
    """The context in which only some of the results given are meant."""
    named = _models(formula)
    kept = frozenset(s for s in settings if s.model in named or (not named and s.model == context.model))
    settings = kept or (frozenset() if named else settings)
    meant, studies = context.meant, context.evidence.studies
    papers = {paper for s in settings if (paper := studies.paper_of(s.study)) is not None}
    if (meant.by == "nothing" or meant.supposed) and len(papers) == 1:
        meant = replace(meant, paper=papers.pop(), label="")
    return replace(context, brought=settings, cited=meant)


def _named(formula: Formula) -> set[str]:
    """The tasks that a formula names."""
    found: set[str] = set()
    for node in nodes(formula):
        match node:
            case Run(task):
                found.add(task)
            case Score(_, target) | Gain(_, target):
                found.add(target)
            case Ranked(names=names):
                found |= {name for name in names if isinstance(name, str)}
            case Domain(names=names, without=without):
                found |= {*names, *without}
    return found


def _known(name: str) -> bool:
    words = vocabulary()
    return name in NO_TASK or any(
        name in words[kind] for kind in ("intermediate", "further_intermediate", "target", "benchmark", "model")
    )
