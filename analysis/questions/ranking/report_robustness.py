"""Robustness of the order: tasks left out, tasks alike, the best by task and language, hard languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.wording import p_text

if TYPE_CHECKING:
    from analysis.questions.ranking.fit import RankingFit

SAME = 1 - 1e-9
"""Kendall's τ from which two orders are one."""
NAMED = 4
"""Places named in a sentence."""


def without_said(fit: RankingFit) -> str:
    """Sensitivity of the order: the task whose leaving out changes it most."""
    if len(fit.without) < 2:
        return ""
    known = fit.without[fit.without["because"] == ""]
    open_ = fit.without[fit.without["because"] != ""]
    said = []
    if len(known):
        frame = fit.places.frame if fit.places else fit.without.iloc[:0]
        top = ", ".join(sorted(str(row["name"]) for _, row in frame.iterrows() if row["rank"] == 1))
        said += [
            f"Without {row['task']} the first is {row['first']}." for _, row in known.iterrows() if row["first"] != top
        ]
        least = known.sort_values("tau").iloc[0]
        moved = f"; {least['moved']} moves from {least['from']:.0f} to {least['to']:.0f}" if least["moved"] else ""
        if least["tau"] > SAME:
            said.append("The order of the rows stays as it is without any one task.")
        else:
            said.append(f"Leaving out {least['task']} changes the order most (Kendall's τ {least['tau']:.2f}{moved}).")
    if len(open_):
        said.append(f"Without {', '.join(open_['task'])}: {open_.iloc[0]['because'].removeprefix('without it ')}.")
    return " ".join(said)


def alike_said(fit: RankingFit) -> str:
    """Reports tasks that order the rows alike, and tasks that do not."""
    known = fit.alike[fit.alike["because"] == ""]
    if known.empty:
        return ""
    most, least = known.iloc[0], known.iloc[-1]
    texts = [f"{r['task']} and {r['other']} {r['r']:.2f} [{r['low']:.2f}, {r['high']:.2f}]" for r in (most, least)]
    if len(known) == 1:
        return f"Correlation of the tasks over rows: {texts[0]}."
    return f"Tasks most alike over rows: {texts[0]}; least: {texts[1]} ({len(known)} pairs together)."


def best_said(fit: RankingFit) -> str:
    """In how many tasks and languages one row is surely the best, and who."""
    said = []
    for of, found in fit.best.groupby("of", sort=True):
        told = found[(found["not_told_from_it"] == "") & (found["untold"] == 0) & (found["rows"] > 1)]
        told = told[~told["best"].str.contains(", ")]
        if found["untold"].sum() == (found["rows"] - 1).sum():
            said.append(f"who is best by {of} is not told: no error is known there")
            continue
        counts = told["best"].value_counts()
        names = ", ".join(f"{name} in {n}" for name, n in counts.head(NAMED).items())
        said.append(f"one row is surely best in {len(told)} of {len(found)} {of}s" + (f" ({names})" if names else ""))
    text = "; ".join(reversed(said))
    return f"{text[0].upper()}{text[1:]}." if text else ""


def hard_said(fit: RankingFit) -> str:
    """Reports languages that are harder or easier than their distance lets expect."""
    hard = fit.hard
    if hard is None or hard.because:
        return f"Which languages are hard beyond distance is not told: {hard.because}." if hard else ""
    told = hard.frame[hard.frame["p_holm"] < fit.design.alpha]
    held = f"{' and '.join(hard.kinds)} distance from {hard.source}"
    if told.empty:
        low = hard.frame.iloc[0]
        return (
            f"No language is surely harder or easier than its {held} lets expect; farthest below: {low['language']} "
            f"{low['residual']:+.1f} points (p after Holm {p_text(low['p_holm'])})."
        )
    names = ", ".join(f"{row['language']} {row['residual']:+.1f}" for _, row in told.head(2 * NAMED).iterrows())
    return f"Beyond {held}, surely apart: {names} points."
