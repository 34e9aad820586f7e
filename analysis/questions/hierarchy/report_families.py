"""Reports if the hierarchy is the same in every family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.answer import Answer, Effect, Says
from analysis.questions.hierarchy.families import EVERYWHERE
from analysis.stats.margins import judged
from analysis.wording import p_text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.hierarchy.families import Families
    from analysis.questions.hierarchy.fit import HierarchyFit


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
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


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
