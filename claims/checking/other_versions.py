"""Evidence of another version of the cited text, or of another paper: it is reported, and decides no number.

A claim that cites a version is never decided by another one. Where the version is only that of the report, a claim
without a number that another version bears out is supported and flagged `other-version`; where nothing is cited, also
one with a number. What it does not bear out needs the data of the version that is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.assertion import Compare, Formula, Run, Scope, StatedNumber
from claims.checking.choosing import named_for, same_runs
from claims.checking.context import Context, agreed, is_synthetic, states_numbers
from claims.checking.evidence import Setting
from claims.checking.grounding import grounded, overstated
from claims.checking.outcome import Outcome
from claims.hashed import replace
from claims.rewriting import nodes

FLAG = frozenset({"other-version"})


def by_other_versions(formula: Formula, context: Context, settings: Sequence[Setting], outcome: Outcome) -> Outcome:
    """The outcome of a claim whose own study lacks the cells, with the outcomes by other versions and papers.

    Args:
        formula: the claim.
        context: the evidence and citation that it is judged by.
        settings: of other versions and papers.
        outcome: its outcome by its own study.
    """
    speaking = context.evidence.that_could_speak_for(formula, settings, context.shared)
    several = context.cited.together is not None
    telling = replace(context, cited=replace(context.cited, together=None)) if several else context
    told = [(s, o) for s in speaking if (o := telling.check(formula, s)).decided and not is_synthetic(o)]
    stated, silent = _found_elsewhere(formula, context), [] if told else _untrained(formula, context, settings)
    if not told and not stated and not silent:
        return outcome
    absent = f"what {_meant(context)} itself says of it is not at hand"
    besides = tuple(r for outcome in stated for r in outcome.reckoned)
    if told and _decides(formula, context, told):
        borne = agreed(told)
        reason = "; ".join(f"{s.who} says so: {o.reason}" for s, o in told)
        shown = (*outcome.besides, *borne.besides, *besides)
        return replace(borne, reason=f"{reason}; {absent}", flags=borne.flags | FLAG, besides=shown)
    said = [f"{s.who} says {_said(formula, o)}: {o.reason}" for s, o in told]
    said += [*silent, *(outcome.reason for outcome in stated)]
    reason = "; ".join([outcome.reason, *said, absent])
    shown = tuple(r for _, o in told for r in o.reckoned)
    return replace(outcome, reason=reason, flags=outcome.flags | FLAG, besides=(*outcome.besides, *shown, *besides))


def borne_out_elsewhere(formula: Formula, context: Context, settings: Sequence[Setting], outcome: Outcome) -> Outcome:
    """The outcome of a number, left open where one version refutes it and another, which may be meant, supports it."""
    meant, studies = context.meant, context.evidence.studies
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    behind = {studies.paper_of(row.study) for row in rows}
    if outcome.truth != "false" or not states_numbers(formula):
        return outcome
    ours = [s for s in settings if s.version and s.study in {row.study for row in rows}]
    if not behind & {meant.paper, None}:
        if meant.chosen:
            return _not_refuted_by_another(outcome, context) if rows and meant.paper is not None else outcome
        ours += [s for s in settings if studies.paper_of(s.study) == meant.paper]
    elif meant.by != "nothing" and meant.version is not None:
        return outcome
    speaking = context.evidence.that_could_speak_for(formula, ours, context.shared)
    told = [(s, o) for s in speaking if (o := context.check(formula, s)).truth == "true" and not is_synthetic(o)]
    if not told:
        return outcome
    reason = "; ".join([outcome.reason, *(f"{s.who} says so: {o.reason}" for s, o in told)])
    shown = (*outcome.besides, *(r for _, o in told for r in o.reckoned))
    return replace(outcome, truth="open", reason=reason, flags=outcome.flags | FLAG | {"ambiguous"}, besides=shown)


def _not_refuted_by_another(outcome: Outcome, context: Context) -> Outcome:
    """A number that a claim gives as a paper's own is not refuted by what that paper cites of others."""
    return _withdrawn(outcome, f"what {_meant(context)} itself says of it is not at hand")


def cited_for_a_name(outcome: Outcome, context: Context) -> Outcome:
    """The outcome, undecided if false by another paper's cell than the one cited: "XLM-R (Conneau et al., 2020) …"."""
    papers = context.meant.beside
    if not papers or outcome.truth != "false":
        return outcome
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    behind = {context.evidence.studies.paper_of(row.study) for row in rows}
    if not rows or behind & {*papers, None}:
        return outcome
    named = ", ".join(_named(context, paper) for paper in papers)
    return _withdrawn(outcome, f"whether {named}, cited beside it, says otherwise is not at hand")


def _withdrawn(outcome: Outcome, why: str) -> Outcome:
    """An outcome that decides nothing; what it rested on is shown beside it."""
    shown = (*outcome.besides, *outcome.reckoned)
    return Outcome(
        "missing", f"{outcome.reason}; {why}", words=outcome.words, flags=outcome.flags | FLAG, besides=shown
    )


def of_facts(formula: Formula, scope: Scope, context: Context) -> Outcome:
    """The outcome of a statement of fact; where the version is left open and another one bears it out, it is open."""
    outcome = context.check(formula, context.nowhere(scope))
    meant, studies = context.meant, context.evidence.studies
    if outcome.truth != "false" or meant.version is not None:
        return outcome
    for version in studies.editions_of(meant.paper):
        there = replace(context, cited=replace(meant, version=version))
        other = there.check(formula, there.nowhere(scope))
        if other.truth == "true":
            reason = f"{_meant(context)}: {outcome.reason}; {_meant(there)}: {other.reason}"
            both = tuple(dict.fromkeys((*outcome.reckoned, *other.reckoned)))
            told = ((_meant(context), outcome.truth), (_meant(there), other.truth))
            flags = outcome.flags | FLAG | {"ambiguous"}
            return replace(outcome, truth="open", reason=reason, reckoned=both, flags=flags, by_study=told)
    return outcome


def _decides(formula: Formula, context: Context, told: Sequence[tuple[Setting, Outcome]]) -> bool:
    """True if other versions bear a claim out that cites none of its own; a number only where nothing is cited."""
    meant = context.meant
    if meant.chosen or (meant.by == "report" and states_numbers(formula, counts=True)):
        return False
    if any(outcome.truth != "true" for _, outcome in told) or overstated(formula, context.meant) is not None:
        return False
    studies = context.evidence.studies
    return all(same_runs(formula, (s.study, s.version), context.spoken_of, studies) for s, _ in told)


def _untrained(formula: Formula, context: Context, settings: Sequence[Setting]) -> list[str]:
    """Notes on versions that trained on none of the tasks that a claim names."""
    named = {node.task for node in nodes(formula) if isinstance(node, Run)} & set(context.words["intermediate"])
    said: dict[str, None] = {}
    for setting in settings:
        edition = context.evidence.studies.edition(setting.study, setting.version)
        ours = set(context.shared[1:]) if named & set(context.shared) else set()
        ran = {task for task, _ in context.evidence.runs[setting]}
        if edition is None or not ran & set(edition.intermediates):
            continue
        if named and not (named | ours) & set(edition.intermediates):
            tasks = " or ".join(context.words["intermediate"][task].name for task in sorted(named))
            said[f"{setting.who.partition(' against ')[0]} did not train on {tasks}"] = None
    return list(said)


def _found_elsewhere(formula: Formula, context: Context) -> list[Outcome]:
    """The outcomes of a claim by findings of other versions of the same paper."""
    meant, studies = context.meant, context.evidence.studies
    current = meant.version or studies.current(meant.paper)
    found = []
    for version in studies.editions_of(meant.paper):
        about = studies.of_paper(meant.paper, version)
        if version == current or about is None:
            continue
        named = named_for(formula, Setting("built in", "", "", *about), context.shared, context.evidence)
        outcome = grounded(named, replace(meant, version=version, by="claim"))
        found += [] if outcome is None else [outcome]
    return found


def _said(formula: Formula, outcome: Outcome) -> str:
    """A study's answer in words: its number, to the digits of the stated one, or "so", "otherwise" or neither."""
    numbers = [r.value for r in outcome.reckoned if isinstance(r.value, float)]
    if isinstance(formula, Compare) and isinstance(formula.right, StatedNumber) and formula.right.value and numbers:
        exponent = formula.right.value.as_tuple().exponent
        assert isinstance(exponent, int)
        return f"{numbers[0]:.{max(0, -exponent)}f}"
    return {"true": "so", "false": "otherwise"}.get(outcome.truth, "neither yes nor no")


def _meant(context: Context) -> str:
    """The paper and version that a claim is about, in words."""
    meant = context.meant
    version = meant.version or context.evidence.studies.current(meant.paper) or ""
    return f"{meant.label or _named(context, meant.paper)} {version}".strip()


def _named(context: Context, paper: str | None) -> str:
    entry = context.words["paper"].get(paper or "")
    return str(paper or "the cited paper") if entry is None else next(iter(entry.facts.get("cited_as", ())), entry.name)
