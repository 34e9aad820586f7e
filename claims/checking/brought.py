"""Whose results a claim is about that names what only the results given hold: those results, and their models.

Nobody else's numbers can be meant by "OwnWarmup improves XNLI".
"""

from __future__ import annotations

from dataclasses import replace

from analysis.registry.vocabulary import vocabulary
from claims.assertion import Domain, Formula, Gain, Ranked, Run, Scope, Score
from claims.checking.context import Context, Judgement
from claims.checking.evidence import Setting
from claims.checking.ran import NO_TASK
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


def otherwise_in_models_brought(formula: Formula, context: Context, judgement: Judgement) -> Judgement:
    """The judgement, left open where nothing is cited and results given of models of one's own, alone, say otherwise.

    Which model is meant by "the baseline scores 79.0", nobody can tell then.
    """
    given = [s for s in context.evidence.settings if s.tier == "given"]
    rows = [row for reckoned in judgement.outcome.reckoned for row in reckoned.rows]
    cited = context.cited.by != "nothing" and not context.cited.supposed
    if cited or judgement.truth not in {"true", "false"} or not rows or any(row.tier == "given" for row in rows):
        return judgement
    if any(s.model in {*vocabulary()["model"], context.model} for s in given) or _models(formula):
        return judgement
    found = [(s, context.check(formula, s)) for s in context.evidence.that_could_speak(formula, given)]
    against = [(s, o) for s, o in found if o.decided and o.truth != judgement.truth]
    if not against:
        return judgement
    told = "; ".join(f"{s.model} of {s.who}: {o.reason}" for s, o in against)
    outcome = replace(judgement.outcome, truth="open", reason=f"{judgement.outcome.reason}; {told}")
    shown = (*judgement.besides, *(r for _, o in against for r in o.reckoned))
    return replace(judgement, outcome=outcome, flags=judgement.flags | {"ambiguous"}, besides=shown)


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
