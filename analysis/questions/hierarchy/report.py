"""The answer on hierarchies of tasks, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.answer import Answer, Effect, Says
from analysis.questions.hierarchy.agreement import CERTAIN
from analysis.questions.hierarchy.families import EVERYWHERE
from analysis.stats.margins import judged
from analysis.wording import answered, counted, p_text, some

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.hierarchy.agreement import Agreement
    from analysis.questions.hierarchy.families import Families
    from analysis.questions.hierarchy.fit import HierarchyFit
    from analysis.questions.hierarchy.positions import PositionDistribution

QUESTION = "Is there one hierarchy of {noun}, and is it the same in every language family?"
QUESTIONS = ("Is there one hierarchy of {noun}?", "Is the hierarchy of {noun} the same in every language family?")
WEAKER = 0.3
"""A weaker correlation that might also be asked of one hierarchy, for what the answer hinges on."""
FEWEST = 3
"""Targets from which perfect agreement counts as one order."""


def report(fit: HierarchyFit) -> Answer:
    """Both parts as one answer.

    `yes`: one hierarchy, the same everywhere. `no`: there is none; or families differ, where the
    first part cannot be told. `mixed`: the parts disagree otherwise. `cannot-tell`: the rest.
    """
    one, same = answers(fit)
    if fit.because:
        return replace(one, question=QUESTION.format(noun=_noun(fit)))
    return fit.as_answer(
        QUESTION.format(noun=_noun(fit)),
        _joined(one.says, same.says),
        f"One hierarchy: {answered(one.says, one.text)} The same in every family: {answered(same.says, same.text)}",
        " ".join(filter(None, (one.sure, same.sure))),
        hinges=(*one.hinges, *same.hinges, *_dropped(fit)),
        effects=(*one.effects, *same.effects),
        tables={**one.tables, **same.tables},
    )


def _dropped(fit: HierarchyFit) -> tuple[str, ...]:
    """Methods that are not ranked because scores are missing."""
    if not fit.dropped:
        return ()
    text = "; ".join(fit.dropped)
    return (f"{text[0].upper()}{text[1:]} (`analyze ranking` fills missing scores by a stated model).",)


def answers(fit: HierarchyFit) -> tuple[Answer, Answer]:
    """The two parts: is there one hierarchy, and is it the same in every family."""
    one, same = (q.format(noun=_noun(fit)) for q in QUESTIONS)
    a, p, f = fit.agreement, fit.positions, fit.families
    if a is None or p is None or f is None:
        return fit.untold(one), fit.untold(same)
    return _one(one, fit, a, p), same_everywhere(same, fit, f)


def _noun(fit: HierarchyFit) -> str:
    return "intermediate tasks" if fit.design.ranked == "intermediate" else "models"


def _joined(one: Says, same: Says) -> Says:
    if one in ("no", same):
        return one
    if "cannot-tell" in (one, same):
        return "no" if same == "no" else "cannot-tell"
    return "mixed"


def _one(question: str, fit: HierarchyFit, a: Agreement, p: PositionDistribution) -> Answer:
    says, why = _one_said(fit, a)
    return fit.as_answer(
        question,
        says,
        f"{why} {_places(p)}".strip(),
        _one_sure(fit, a, p),
        hinges=_one_hinges(fit, a, says),
        effects=(_correlation(a, fit.design.level), *_concordances(a, fit.design.level)),
        tables={"ranks": p.frame},
    )


def _one_said(fit: HierarchyFit, a: Agreement) -> tuple[Says, str]:
    if a.of_targets is None or a.because_seeds:
        return "cannot-tell", f"Cannot tell, because {a.because or a.because_seeds}."
    found = (
        f"The {a.targets} target tasks order the {_noun(fit)} with Kendall's W {a.of_targets.w:.2f} "
        f"(p = {p_text(a.of_targets.p_value)}{_seeds(a)}{_with_interval(a)})."
    )
    says, why = _strength(a, fit)
    return says, f"{found} {why}"


def _strength(a: Agreement, fit: HierarchyFit) -> tuple[Says, str]:
    asked = f"the {fit.design.asked:g} asked of one hierarchy"
    common = a.p_value < fit.design.alpha
    if np.isnan(a.correlation):
        return "cannot-tell", "Two methods have only two orders, and the strength of agreement is not estimated."
    if common and (a.low >= fit.design.asked or (a.correlation > CERTAIN and a.targets >= FEWEST)):
        return "yes", f"That reaches {asked}."
    if np.isnan(a.high):
        return "cannot-tell", f"Cannot tell more, because {a.targets} targets leave the strength of agreement open."
    if a.high < fit.design.asked:
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


def _one_sure(fit: HierarchyFit, a: Agreement, p: PositionDistribution) -> str:
    said = f"It rests on {counted(a.targets, 'target')}"
    said += f" and {counted(a.of_seeds.clusters, 'seed')}" if a.of_seeds else ""
    said += f" ({fit.setting})"
    if a.detectable >= 1:
        said += "; so few targets and methods cannot differ from chance, however well they agree"
    elif not np.isnan(a.detectable):
        said += f"; to differ from chance the correlation between targets had to exceed about {a.detectable:.2f}"
    if not p.because:
        said += f"; rank intervals draw {p.drawn} again and keep the targets"
    if fit.design.ranked == "model":
        said += "; it is about these models as they are, not about training them again"
    return said + "."


def _one_hinges(fit: HierarchyFit, a: Agreement, says: Says) -> tuple[str, ...]:
    if a.of_targets is None or a.because_seeds:
        return ()
    hinges = []
    common = a.of_targets.p_value < fit.design.alpha
    if says == "cannot-tell" and a.p_value < fit.design.alpha and a.low >= WEAKER:
        hinges.append(f"Were a correlation of {WEAKER:g} asked of one hierarchy, the answer would be yes.")
    if other := [name for name, p in a.without.items() if (p < fit.design.alpha) != common]:
        verb = "do not agree" if common else "agree"
        hinges.append(f"Without {' or without '.join(other)} the targets {verb} beyond chance.")
    gaps = a.skillings_mack
    if gaps is not None and (gaps.p_permutation < fit.design.alpha) != common:
        p_value = p_text(gaps.p_permutation)
        hinges.append(f"With incomplete blocks too, taken as independent, Skillings and Mack's p is {p_value}.")
    return tuple(hinges)


def _correlation(a: Agreement, level: float) -> Effect:
    because = a.because or a.because_seeds
    if not because and np.isnan(a.low):
        because = "there are too few targets or methods"
        if a.correlation > CERTAIN:
            because = "all targets agree, so that their spread is unknown"
    name = "correlation of the methods' mean ranks between two targets"
    method = "jackknife over targets; p of Kendall's W, the larger over targets and over seeds"
    known = (a.correlation, a.low, a.high, level, a.p_value, a.targets)
    return Effect(name, method, "correlation", *known, "targets", because)


def _concordances(a: Agreement, level: float) -> tuple[Effect, ...]:
    found: list[tuple[str, str, float, float, int, str]] = []
    for w, of in ((a.of_targets, "targets"), (a.of_seeds, "seeds")):
        if w is not None:
            how = f"methods exchanged within whole {of}, {'all' if w.exact else w.permutations} permutations"
            found.append(("Kendall's W of blocks", how, w.w, w.p_value, w.clusters, of))
    if (s := a.skillings_mack) is not None:
        name, how = "Skillings and Mack's T, incomplete blocks too", "blocks taken as independent, permuted"
        found.append((name, how, s.statistic, s.p_permutation, s.blocks, "blocks"))
    because = "no interval is made of a test statistic"
    return tuple(
        Effect(name, how, "statistic", value, level=level, p_value=p, n=n, n_of=n_of, because=because)
        for name, how, value, p, n, n_of in found
    )


def same_everywhere(question: str, fit: HierarchyFit, f: Families) -> Answer:
    """The answer to the second part of the question."""
    says, text = _same_said(fit, f)
    tables = {"families": f.ranks, "families_tested": f.tests, "families_contrasts": f.contrasts}
    return fit.as_answer(
        question,
        says,
        text,
        _same_sure(f),
        hinges=_same_hinges(fit, f),
        effects=_largest(f),
        tables={name: frame for name, frame in tables.items() if len(frame)},
    )


def _same_said(fit: HierarchyFit, f: Families) -> tuple[Says, str]:
    if f.because:
        return "cannot-tell", f"Cannot tell, because {f.because}."
    n = f.ranks["family"].nunique()
    inside = f.contrasts.apply(lambda row: _alike(row, fit.design.margin), axis=1).astype(bool)
    found = f"Bradley–Terry strengths by family, {n} families: p = {p_text(f.p_value)}{_over(f)}."
    if f.p_value < fit.design.alpha:
        most = _most(f)
        if inside.all():
            return "mixed", f"{found} The orders differ, but no method by {fit.design.margin:g} rank or more. {most}"
        return "no", f"{found} The orders differ. {most}"
    if (f.contrasts["because"] == EVERYWHERE).all():
        return "yes", f"{found} Every method has the same rank in every block."
    where = f"{fit.design.margin:g} rank or more higher or lower"
    if inside.all():
        return "yes", f"{found} No method stands {where} in any family (two one-sided tests)."
    open_ = _open(f.contrasts[~inside])
    if inside.mean() >= DECIDED and not (f.contrasts["p_holm"] < fit.design.alpha).any():
        return "yes", (
            f"{found} In {int(inside.sum())} of {len(inside)} places (method in family) no method stands {where}; "
            f"not decided: {open_}."
        )
    settled = [str(name) for name, of in inside.groupby(f.contrasts["name"]) if of.all()]
    decided = f" Decided to stand alike in every family: {', '.join(settled)}." if settled else ""
    return "cannot-tell", (
        f"{found} No difference was found, but in {int((~inside).sum())} of {len(inside)} places (method in family) "
        f"one of {fit.design.margin:g} rank is not excluded: {open_}.{decided}"
    )


DECIDED = 0.8
"""Share of the places that must be decided before the others are named as exceptions."""
NAMED = 4
"""Places named in a sentence before it says `and … more`."""


def _alike(row: pd.Series[Any], margin: float) -> bool:
    """True if a method has the same rank in a family as elsewhere."""
    held = judged(row["ranks"], row["p_holm"], row["low90"], row["high90"], margin=margin)
    return row["because"] == EVERYWHERE or held.size == "equal"


def _open(places: pd.DataFrame) -> str:
    names = [f"{row['name']} in {row['family']}" for _, row in places.sort_values("p_value").iterrows()]
    return some(names, NAMED)


def _over(f: Families) -> str:
    return "" if len(f.tests) == 1 else f" (smallest of {int(f.tests['p_value'].notna().sum())} targets, after Holm)"


def _most(f: Families) -> str:
    rows = f.contrasts[f.contrasts["because"] == ""].sort_values("p_value")
    if rows.empty:
        return ""
    row = rows.iloc[0]
    where = "lower" if row["ranks"] > 0 else "higher"
    return (
        f"Most surely {row['name']} in {row['family']}: {abs(row['ranks']):.1f} ranks {where} than elsewhere "
        f"[{row['low']:+.1f}, {row['high']:+.1f}], p after Holm {p_text(row['p_holm'])}."
    )


def _same_sure(f: Families) -> str:
    if f.because or f.contrasts.empty:
        return ""
    seen = f.contrasts["detectable"].dropna()
    languages = f.ranks.drop_duplicates("family")
    shared = ", ".join(f"{r['family']} {r['languages']}" for _, r in languages.iterrows())
    smallest = ""
    if len(seen):
        smallest = f"; a difference of {seen.min():.1f} ranks (surest place) to {seen.max():.1f} ranks (least sure)"
        smallest += " would be found with 80 % power"
    return f"It rests on languages ({shared}){smallest}."


def _same_hinges(fit: HierarchyFit, f: Families) -> tuple[str, ...]:
    if f.because or len(f.tests) < 2:
        return ()
    differ = f.tests["p_holm"] < fit.design.alpha
    if not differ.any():
        return ()
    where = ", ".join(f.tests.loc[differ, "target"])
    return (f"Families differ on {where}; on the other targets no difference was found.",) if not differ.all() else ()


def _largest(f: Families) -> tuple[Effect, ...]:
    if f.because or f.contrasts.empty:
        return ()
    languages = int(f.ranks.drop_duplicates("family")["languages"].sum())
    rows = f.contrasts.sort_values(["p_value", "family", "name"])
    method = "least squares with targets held fixed, errors by language (CR2); interval and p (Holm) for all"
    return tuple(
        Effect(
            f"rank of {row['name']} in {row['family']} against elsewhere", method,
            "ranks (positive: lower in the family)", row["ranks"], row["low"], row["high"], 0.95, row["p_holm"],
            languages, "languages", row["because"],
        )
        for _, row in rows.iterrows()
    )  # fmt: skip
