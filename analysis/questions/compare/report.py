"""The answer on rows compared with a baseline, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.answer import Answer, Effect, Says
from analysis.stats.margins import Size, judged
from analysis.wording import counted, p_text, some

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.compare.fit import CompareFit

NAMED = 6
"""Tasks, languages or rows named in a sentence before it says how many more there are."""


def report(fit: CompareFit) -> Answer:
    """Answers if the row, or any row, is better than the baseline.

    Of one row: `yes` if it is better over all and surely worse nowhere, `mixed` if it is better or worse over
    all and surely the other way in some task or language, `no` if a difference for the better that matters is
    excluded. Of several: `yes` if some row is better over all, `no` if of none one that matters is possible.
    """
    if fit.because:
        return fit.untold("Is one row better than another?")
    says, text = _of_one(fit) if len(fit.rows) == 1 else _of_many(fit)
    return fit.as_answer(
        f"Is {fit.rows[0] if len(fit.rows) == 1 else 'any row'} better than {fit.baseline}?",
        says,
        text,
        _sure(fit),
        hinges=_hinges(fit),
        effects=tuple(_effect(row, fit) for _, row in fit.overall.iterrows()),
        tables={name: getattr(fit, name) for name in ("overall", "by_task", "by_language", "cells")},
    )


def _size(row: pd.Series[Any], fit: CompareFit) -> Size:
    return judged(
        row["difference"], row["p_holm"], row["low90"], row["high90"], margin=fit.design.margin, alpha=fit.design.alpha
    ).size


def _told(frame: pd.DataFrame, sign: int, fit: CompareFit) -> pd.DataFrame:
    """Rows whose difference is told from 0 to one side."""
    return frame[(frame["p_holm"] < fit.design.alpha) & (frame["difference"] * sign > 0)]


def _of_one(fit: CompareFit) -> tuple[Says, str]:
    if fit.overall.empty:
        return "cannot-tell", f"Cannot tell, because the two share no score ({fit.rows[0]}, {fit.baseline})."
    row = fit.overall.iloc[0]
    where = " ".join(
        _where(frame, column, fit) for frame, column in ((fit.by_task, "task"), (fit.by_language, "language"))
    )
    if row["because"]:
        return "cannot-tell", f"{row['difference']:+.2f} points, and {row['because']}. {where}".strip()
    size = _size(row, fit)
    parts = (fit.by_task, fit.by_language)
    worse, better = (any(len(_told(frame, sign, fit)) for frame in parts) for sign in (-1, 1))
    says: Says = "cannot-tell"
    if size == "more":
        says = "mixed" if worse else "yes"
    elif size in {"less", "equal"} or row["high90"] < fit.design.margin:
        says = "mixed" if better else "no"
    return says, f"{_measured(row)} {where}".strip()


def _measured(row: pd.Series[Any]) -> str:
    p_value = p_text(row["p_holm"])
    return f"Over all {row['difference']:+.2f} points [{row['low']:+.2f}, {row['high']:+.2f}], p = {p_value}."


def _where(frame: pd.DataFrame, column: str, fit: CompareFit) -> str:
    """In which tasks or languages the row is surely better or worse."""
    if len(frame) < 2:
        return ""
    tested = frame[frame["p_holm"].notna()]
    if tested.empty:
        return f"No {column} has a known error."
    said = []
    for sign, word in ((1, "better"), (-1, "worse")):
        found = _told(tested, sign, fit).sort_values("difference", ascending=sign < 0)
        if len(found):
            names = [f"{row[column]} {row['difference']:+.1f}" for _, row in found.iterrows()]
            said.append(f"{word} in {len(found)} ({some(names, NAMED)})")
    said.append("told apart in no other" if said else "told apart in none")
    return f"Of {len(tested)} {column}s: {'; '.join(said)}."


def _of_many(fit: CompareFit) -> tuple[Says, str]:
    tested = fit.overall[fit.overall["p_holm"].notna()]
    if tested.empty:
        best = fit.overall.sort_values("difference", ascending=False).head(NAMED)
        order = ", ".join(f"{row['row']} {row['difference']:+.2f}" for _, row in best.iterrows())
        return "cannot-tell", f"Cannot tell, because no error is known. Differences in points: {order}."
    better, worse = (_told(tested, sign, fit) for sign in (1, -1))
    better, worse = better.sort_values("difference", ascending=False), worse.sort_values("difference")
    rest = len(fit.overall) - len(better) - len(worse)
    said = [f"{len(better)} better{_listed(better)}", f"{len(worse)} worse{_listed(worse)}", f"{rest} not told apart"]
    of = counted(len(fit.overall), "row")
    text = f"Of {of}, after Holm: {'; '.join(said)}. In brackets: points over the baseline."
    sizes = [_size(row, fit) for _, row in tested.iterrows()]
    if "more" in sizes:
        return "yes", text
    excluded = len(tested) == len(fit.overall) and (tested["high90"] < fit.design.margin).all()
    return ("no" if excluded else "cannot-tell"), text


def _listed(frame: pd.DataFrame) -> str:
    names = [f"{row['row']} {row['difference']:+.2f}" for _, row in frame.head(NAMED).iterrows()]
    return f" ({', '.join(names)}{', …' if len(frame) > NAMED else ''})" if names else ""


def _sure(fit: CompareFit) -> str:
    known = fit.overall[fit.overall["p_value"].notna()]
    level = f"{100 * fit.design.level:g} %"
    if known.empty:
        return "No difference over all has an interval."
    bases = " or ".join(sorted(set(known["rests_on"])))
    said = f"rests on {bases}, {int(known['n'].min())} or more cells (task, language)."
    if len(fit.rows) > 1:
        return f"It {said} Intervals hold at {level} for all {len(known)} comparisons at once."
    tables = f"1, {len(fit.by_task)} by task, {len(fit.by_language)} by language"
    return (
        f"Over all it {said} Intervals hold at {level} for a whole table at once ({tables}), so that none excludes 0 "
        "where Holm's p does not."
    )


def _hinges(fit: CompareFit) -> tuple[str, ...]:
    """Tasks or languages significant alone but not after adjustment for the others."""
    said = []
    for frame, noun in ((fit.by_task, "task"), (fit.by_language, "language")):
        alone = frame[(frame["p_value"] < fit.design.alpha) & ~(frame["p_holm"] < fit.design.alpha)]
        if len(alone):
            plural = f"{noun}s" if len(alone) > 1 else noun
            said.append(
                f"Asked about alone, {len(alone)} further {plural} would be told apart; Holm's adjustment undoes it."
            )
    return tuple(said)


def _effect(row: pd.Series[Any], fit: CompareFit) -> Effect:
    name, n = f"{row['row']} − {row['baseline']}", int(row["n"])
    method = f"mean over tasks of means over languages; error by {row['rests_on']}" if row["rests_on"] else "mean"
    return Effect(
        name, method, "points", row["difference"], row["low"], row["high"], fit.design.level, row["p_holm"],
        n, "cells (task, language)", untested=row["because"],
    )  # fmt: skip
