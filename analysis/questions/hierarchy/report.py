"""The outcome in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.answer import Answer, Effect, Says, untold
from analysis.questions.hierarchy.agreement import CERTAIN
from analysis.questions.hierarchy.report_families import same_everywhere
from analysis.wording import answered, p_text

if TYPE_CHECKING:
    from analysis.questions.hierarchy.agreement import Agreement
    from analysis.questions.hierarchy.fit import HierarchyFit
    from analysis.questions.hierarchy.positions import PositionDistribution

QUESTION = "Is there one hierarchy of {noun}, and is it the same in every language family?"
QUESTIONS = ("Is there one hierarchy of {noun}?", "Is the hierarchy of {noun} the same in every language family?")
NEVER = float("nan")
WEAKER = 0.3
"""A weaker correlation that might also be asked of one hierarchy, for what the answer hinges on."""
FEWEST = 3
"""Targets from which perfect agreement counts as one order."""


def answer(outcome: HierarchyFit) -> Answer:
    """Both parts as one answer.

    `yes`: one hierarchy, the same everywhere. `no`: there is none; or families differ, where the
    first part cannot be told. `mixed`: the parts disagree otherwise. `cannot-tell`: the rest.
    """
    one, same = answers(outcome)
    if outcome.because:
        return replace(one, question=QUESTION.format(noun=_noun(outcome)))
    return Answer(
        question=QUESTION.format(noun=_noun(outcome)),
        says=_joined(one.says, same.says),
        text=f"One hierarchy: {answered(one.says, one.text)} "
        f"The same in every family: {answered(same.says, same.text)}",
        sure=" ".join(filter(None, (one.sure, same.sure))),
        hinges=(*one.hinges, *same.hinges, *_dropped(outcome)),
        effects=(*one.effects, *same.effects),
        left_out=outcome.left_out,
        provenance=outcome.provenance,
        tables={**one.tables, **same.tables},
    )


def _dropped(outcome: HierarchyFit) -> tuple[str, ...]:
    """Methods that are not ranked because scores are missing."""
    if not outcome.dropped:
        return ()
    text = "; ".join(outcome.dropped)
    return (f"{text[0].upper()}{text[1:]} (`analyze ranking` fills missing scores by a stated model).",)


def answers(outcome: HierarchyFit) -> tuple[Answer, Answer]:
    """The two parts: is there one hierarchy, and is it the same in every family."""
    one, same = (q.format(noun=_noun(outcome)) for q in QUESTIONS)
    a, p, f = outcome.agreement, outcome.positions, outcome.families
    if a is None or p is None or f is None:
        return untold(one, outcome.because, outcome.left_out), untold(same, outcome.because, outcome.left_out)
    return _one(one, outcome, a, p), same_everywhere(same, outcome, f)


def _noun(outcome: HierarchyFit) -> str:
    return "intermediate tasks" if outcome.ranked == "intermediate" else "models"


def _joined(one: Says, same: Says) -> Says:
    if one in ("no", same):
        return one
    if "cannot-tell" in (one, same):
        return "no" if same == "no" else "cannot-tell"
    return "mixed"


def _one(question: str, outcome: HierarchyFit, a: Agreement, p: PositionDistribution) -> Answer:
    says, why = _one_said(outcome, a)
    return Answer(
        question=question,
        says=says,
        text=f"{why} {_places(p)}".strip(),
        sure=_one_sure(outcome, a, p),
        hinges=_one_hinges(outcome, a, says),
        effects=(_correlation(a), *_concordances(a)),
        left_out=outcome.left_out,
        provenance=outcome.provenance,
        tables={"ranks": p.frame},
    )


def _one_said(outcome: HierarchyFit, a: Agreement) -> tuple[Says, str]:
    if a.of_targets is None or a.because_seeds:
        return "cannot-tell", f"Cannot tell, because {a.because or a.because_seeds}."
    found = (
        f"The {a.targets} target tasks order the {_noun(outcome)} with Kendall's W {a.of_targets.w:.2f} "
        f"(p = {p_text(a.of_targets.p_value)}{_seeds(a)}{_with_interval(a)})."
    )
    says, why = _strength(a, outcome)
    return says, f"{found} {why}"


def _strength(a: Agreement, outcome: HierarchyFit) -> tuple[Says, str]:
    asked = f"the {outcome.asked:g} asked of one hierarchy"
    common = a.p_value < outcome.alpha
    if np.isnan(a.correlation):
        return "cannot-tell", "Two methods have only two orders, and the strength of agreement is not estimated."
    if common and (a.low >= outcome.asked or (a.correlation > CERTAIN and a.targets >= FEWEST)):
        return "yes", f"That reaches {asked}."
    if np.isnan(a.high):
        return "cannot-tell", f"Cannot tell more, because {a.targets} targets leave the strength of agreement open."
    if a.high < outcome.asked:
        if common:
            return "mixed", f"They share a tendency, weaker than {asked}."
        return "no", f"Agreement as strong as {asked} is excluded."
    if common:
        return "cannot-tell", f"They share an order beyond chance, but {asked} is neither surely reached nor excluded."
    return "cannot-tell", "Neither chance nor one hierarchy is excluded."


def _seeds(a: Agreement) -> str:
    return "" if a.of_seeds is None else f"; from seed to seed {p_text(a.of_seeds.p_value)}"


def _with_interval(a: Agreement) -> str:
    if np.isnan(a.correlation):
        return ""
    interval = "" if np.isnan(a.low) else f" [{a.low:.2f}, {a.high:.2f}]"
    return f"; correlation between two targets {a.correlation:.2f}{interval}"


def _places(p: PositionDistribution) -> str:
    if p.because:
        order = ", ".join(f"{n} ({r:.1f})" for n, r in zip(p.frame["name"], p.frame["mean_rank"], strict=True))
        return f"Mean ranks, without intervals because {p.because}: {order}."
    groups = (f"({', '.join(g)})" if len(g) > 1 else g[0] for g in p.ties)
    return f"Best first, ties in brackets: {' > '.join(groups)}."


def _one_sure(outcome: HierarchyFit, a: Agreement, p: PositionDistribution) -> str:
    said = f"It rests on {a.targets} targets"
    said += f" and {a.of_seeds.clusters} seeds" if a.of_seeds else ""
    said += f" ({outcome.setting})"
    if a.detectable >= 1:
        said += "; so few targets and methods cannot differ from chance, however well they agree"
    elif not np.isnan(a.detectable):
        said += f"; to differ from chance the correlation between targets had to exceed about {a.detectable:.2f}"
    if not p.because:
        said += f"; rank intervals draw {p.drawn} again and keep the targets"
    if outcome.ranked == "model":
        said += "; it is about these models as they are, not about training them again"
    return said + "."


def _one_hinges(outcome: HierarchyFit, a: Agreement, says: Says) -> tuple[str, ...]:
    if a.of_targets is None or a.because_seeds:
        return ()
    hinges = []
    common = a.of_targets.p_value < outcome.alpha
    if says == "cannot-tell" and a.p_value < outcome.alpha and a.low >= WEAKER:
        hinges.append(f"Were a correlation of {WEAKER:g} asked of one hierarchy, the answer would be yes.")
    if other := [name for name, p in a.without.items() if (p < outcome.alpha) != common]:
        verb = "do not agree" if common else "agree"
        hinges.append(f"Without {' or without '.join(other)} the targets {verb} beyond chance.")
    gaps = a.skillings_mack
    if gaps is not None and (gaps.p_permutation < outcome.alpha) != common:
        p_value = p_text(gaps.p_permutation)
        hinges.append(f"With incomplete blocks too, taken as independent, Skillings and Mack's p is {p_value}.")
    return tuple(hinges)


def _correlation(a: Agreement) -> Effect:
    because = a.because or a.because_seeds
    if not because and np.isnan(a.low):
        because = "there are too few targets or methods"
        if a.correlation > CERTAIN:
            because = "all targets agree, so that their spread is unknown"
    return Effect(
        name="correlation of the methods' mean ranks between two targets",
        method="jackknife over targets; p of Kendall's W, the larger over targets and over seeds",
        unit="correlation",
        estimate=a.correlation,
        low=a.low,
        high=a.high,
        level=a.level,
        p_value=a.p_value,
        n=a.targets,
        n_of="targets",
        because=because,
    )


def _concordances(a: Agreement) -> tuple[Effect, ...]:
    effects = []
    for found, of in ((a.of_targets, "targets"), (a.of_seeds, "seeds")):
        if found is not None:
            how = "all permutations" if found.exact else f"{found.permutations} permutations"
            method = f"methods exchanged within whole {of}, {how}"
            effects.append(
                _without_interval(a, "Kendall's W of blocks", method, found.w, found.p_value, found.clusters, of)
            )
    if a.skillings_mack is not None:
        s = a.skillings_mack
        name, method = "Skillings and Mack's T, incomplete blocks too", "blocks taken as independent, permuted"
        effects.append(_without_interval(a, name, method, s.statistic, s.p_permutation, s.blocks, "blocks"))
    return tuple(effects)


def _without_interval(
    a: Agreement, name: str, method: str, estimate: float, p_value: float, n: int, n_of: str
) -> Effect:
    because = "no interval is made of a test statistic"
    return Effect(name, method, "statistic", estimate, NEVER, NEVER, a.level, p_value, n, n_of, because)
