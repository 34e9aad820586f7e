"""Choice of the studies that may decide a claim: those it is about and those without a paper; others stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.published.measured import is_stand_in
from analysis.published.studies import StatedBy, Studies
from analysis.registry.vocabulary import BASELINE, Vocabulary
from claims.assertion import Formula, Gain, Run, Scope
from claims.checking.evidence import Evidence, Setting, exact, settings_for
from claims.citations import Cited
from claims.rewriting import bind, nodes

Standing = Literal["own", "free", "other", "out"]
"""The standing of a study to a claim: "own", the claim is about it; "free", it may decide as any result may; "other",
it is another version or paper than the cited one; "out", a superseded version of another paper than the claim's."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings a claim is evaluated in.

    Attributes:
        speaking: settings that may decide. proxies: settings of the same studies with another model or split.
        others: settings of another version or another paper; they decide no number.
    """

    speaking: tuple[Setting, ...]
    proxies: tuple[Setting, ...]
    others: tuple[Setting, ...]


def chosen_settings(
    evidence: Evidence,
    scope: Scope,
    model: str | None,
    cited: Cited,
    formula: Formula,
    registry: Vocabulary,
    brought: frozenset[Setting] = frozenset(),
) -> Chosen:
    """The settings for a claim.

    Args:
        evidence: the rows.
        scope: the model and split that the claim names.
        model: the model the report speaks of; other models are proxies where their study does not have it.
        cited: the paper and version whose numbers the claim gives.
        formula: the claim; baselines are told apart only where it needs one.
        registry: the registry, which marks proxy models.
        brought: the only settings that may be meant, of whatever model; empty where any may be.
    """
    asked = (scope, None if brought else model, cited, _subtracts(formula), registry, brought)
    return evidence.once(("chosen", *asked), lambda: _chosen(evidence, *asked))


def _chosen(
    evidence: Evidence,
    scope: Scope,
    model: str | None,
    cited: Cited,
    subtracts: bool,
    registry: Vocabulary,
    brought: frozenset[Setting],
) -> Chosen:
    found = [s for s in settings_for(evidence, scope, model) if _needed(s, cited, subtracts, evidence.studies)]
    found = [s for s in found if s in brought] if brought else found
    standings = {s: standing(s, cited, evidence.studies) for s in found}
    if cited.by == "claim" and cited.version and any(s.version for s in found if s.tier == "given"):
        standings |= {s: "other" for s in found if not s.version and standings[s] == "free" and s.tier == "given"}
    real = [s for s in found if s.model not in evidence.laboratory and not _stands_in(s, scope, registry)]
    fitting = [s for s in real if exact(s, scope, model)]
    own = {(s.tier, s.study, s.version) for s in fitting}
    near = [s for s in found if s not in fitting and scope.model in {None, s.model}]
    near = [s for s in near if s.model == model or (s.tier, s.study, s.version) not in own]
    return Chosen(
        tuple(s for s in fitting if standings[s] in {"own", "free"}),
        tuple(s for s in near if standings[s] in {"own", "free"}),
        tuple(s for s in fitting if standings[s] == "other"),
    )


def standing(setting: Setting, cited: Cited, studies: Studies) -> Standing:
    """The standing of a setting's study to a claim, by the paper and version that the claim cites."""
    paper = studies.paper_of(setting.study)
    if paper is None:
        named = cited.version if cited.by == "claim" else None
        return "free" if not (named and setting.version) or _alike(named, setting.version) else "other"
    superseded = studies.superseded(setting.study, setting.version)
    if paper == cited.paper:
        if cited.version is None:
            return "other" if superseded else "own"
        unversioned = not setting.version and not superseded
        return "own" if setting.version == cited.version or unversioned else "other"
    if superseded:
        return "other" if cited.by == "nothing" else "out"
    if cited.by == "nothing" or (cited.paper and setting.study in studies.cited_by_paper(cited.paper)):
        return "free"
    return "other"


def _alike(one: str, other: str) -> bool:
    """True if two ways to write a version mean the same: "v2", "V2", "2"."""
    return one.casefold().removeprefix("v") == other.casefold().removeprefix("v")


def own_first(settings: Sequence[Setting], cited: Cited, studies: Studies) -> list[Setting]:
    """The settings of the study that a claim or its report cites; all settings where none is of it."""
    return [s for s in settings if own_study(s, cited, studies)] or list(settings)


def own_study(setting: Setting, cited: Cited, studies: Studies) -> bool:
    """True if a setting is of the study that a claim or its report cites."""
    return cited.by != "nothing" and standing(setting, cited, studies) == "own"


def named_for(formula: Formula, setting: Setting, shared: tuple[str, ...], evidence: Evidence) -> Formula:
    """The formula with a name that several tasks share standing for the one that the study ran."""
    if not shared or (bearer := bearer_in(setting, shared, evidence)) == shared[0]:
        return formula
    meant: Formula = bind(formula, shared[0], bearer)
    return meant


def bearer_in(setting: Setting, shared: tuple[str, ...], evidence: Evidence) -> str:
    """The first of the tasks that share a name which a study ran, as far as is known; else the first of all.

    A paper says which tasks it trained on; of other results, those that are at hand do.
    """
    edition = evidence.studies.edition(setting.study, setting.version)
    stated = edition.intermediates if edition is not None else ()
    ran = stated or [task for task, _ in evidence.runs.get(setting, ())]
    return next((task for task in shared if task in ran), shared[0])


def same_runs(formula: Formula, there: StatedBy, meant: StatedBy | None, studies: Studies) -> bool:
    """True if the runs of a formula mean the same in two versions: what multi-task training holds may differ."""
    one, other = studies.edition(*there), None if meant is None else studies.edition(*meant)
    if one is None or other is None or one.multitask == other.multitask:
        return True
    return not any(isinstance(node, Run) and node.task == "multi" for node in nodes(formula))


def _subtracts(formula: Formula) -> bool:
    """True if a baseline is subtracted in a formula."""
    within = nodes(formula)
    runs = {node.task for node in within if isinstance(node, Run)}
    return any(isinstance(node, Gain) for node in within) or (BASELINE in runs and len(runs) > 1)


def _needed(setting: Setting, cited: Cited, subtracts: bool, studies: Studies) -> bool:
    """True if a formula needs this setting apart from others: a baseline matters only where one is subtracted."""
    if not subtracts:
        return setting.baseline is None
    if cited.baseline is None:
        return True
    against = setting.study if setting.baseline is None else setting.baseline[0]
    return studies.paper_of(against) == cited.baseline


def _stands_in(setting: Setting, scope: Scope, registry: Vocabulary) -> bool:
    """True if a setting's model is a proxy for the one that a claim names."""
    return setting.model != scope.model and is_stand_in(setting.model, registry)
