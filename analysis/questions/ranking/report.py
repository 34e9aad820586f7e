"""The answer on the rows of a leaderboard, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.answer import Answer, Effect, Says
from analysis.wording import counted, p_text, some

if TYPE_CHECKING:
    import pandas as pd

    from analysis.leaderboard import Board
    from analysis.questions.ranking.fit import RankingFit
    from analysis.questions.ranking.places import RowRanks

QUESTION = "Which row of the leaderboard is best, and is it surely so?"
NAMED = 7
"""Rows named in a sentence before it says how many more there are."""


def report(fit: RankingFit) -> Answer:
    """Answers if one row is best, and what the order rests on.

    `yes`: the first is told from all others, and stays first without any one task. `mixed`: told from all
    others, but another is first without some task. `no`: the first two are equal within the margin.
    `cannot-tell`: the first is tied.
    """
    board, places = fit.board, fit.places
    if board is None or places is None:
        return fit.untold(QUESTION)
    says, first = _first(fit, places)
    return fit.as_answer(
        QUESTION,
        says,
        f"{first} {_order(places)}".strip(),
        _sure(fit, board, places),
        hinges=tuple(filter(None, (without_said(fit), alike_said(fit), best_said(fit), hard_said(fit)))),
        effects=(*_scores(fit, places), *_correlations(fit)),
        tables=_tables(fit, places),
    )


def _first(fit: RankingFit, places: RowRanks) -> tuple[Says, str]:
    frame = places.frame
    if places.because:
        return "cannot-tell", f"No place is sure, because {places.because}."
    best = frame[frame["low"] == 1]
    top = frame.iloc[0]
    if len(best) == 1 and top["high"] == 1:
        others = fit.without[(fit.without["because"] == "") & (fit.without["first"] != top["name"])]
        if len(others):
            tasks = ", ".join(others["task"])
            return "mixed", f"{top['name']} is told from all others, but is not first without {tasks}."
        return "yes", f"{top['name']} is told from all others, and stays first without any one task."
    low, high = places.lead
    if -fit.design.margin < low and high < fit.design.margin:
        second, span = frame.iloc[1], f"[{low:+.2f}, {high:+.2f}]"
        return (
            "no",
            f"{top['name']} and {second['name']} are equal within ±{fit.design.margin:g} points {span}.",
        )
    return "cannot-tell", f"Any of {len(best)} rows may be first."


def _order(places: RowRanks) -> str:
    frame = places.frame
    if places.because:
        names = [f"{row['name']} ({row['score']:.2f})" for _, row in frame.iterrows()]
        return f"By mean score: {some(names, NAMED)}."
    names = [f"{row['name']} {row['score']:.1f} [{row['low']:.0f}–{row['high']:.0f}]" for _, row in frame.iterrows()]
    return f"Mean scores [places]: {some(names, NAMED)}."


def _sure(fit: RankingFit, board: Board, places: RowRanks) -> str:
    languages = [code for code in board.languages if code != "mean"]
    of = f" in {counted(len(languages), 'language')}" if languages else ""
    tasks = counted(len(board.tasks), "task") + of + (", every task counting the same" if len(board.tasks) > 1 else "")
    said = f"It rests on {counted(len(board.rows), 'row')}, {tasks}."
    if fit.filled:
        said += (
            f" {100 * fit.filled:.0f} % of the cells are missing and filled by row + cell (least squares"
            + (f"; scores lie {places.sigma:.1f} points about it" if np.isfinite(places.sigma) else "")
            + ")."
        )
    if not places.because:
        said += f" Places hold at {100 * places.level:g} % for each row, over {places.drawn}."
    return said


def _scores(fit: RankingFit, places: RowRanks) -> tuple[Effect, ...]:
    because = places.because
    return tuple(
        Effect(
            name=f"mean score of {row['name']}", method="additive model, row + cell (task, language)", unit="points",
            estimate=row["score"], low=row["score_low"], high=row["score_high"], level=fit.design.level,
            p_value=float("nan"), n=int(row["measured"]), n_of=f"of {int(row['cells'])} cells", untested=because,
        )
        for _, row in places.frame.iterrows()
    )  # fmt: skip


def _correlations(fit: RankingFit) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            name=f"correlation of {row['task']} with {row['other']}",
            method="Pearson over rows, intervals and p (Holm) for all pairs together", unit="correlation",
            estimate=row["r"], low=row["low"], high=row["high"], level=fit.design.level, p_value=row["p_holm"],
            n=int(row["rows"]), n_of="rows", because=row["because"],
        )
        for _, row in fit.alike.iterrows()
    )  # fmt: skip


def _tables(fit: RankingFit, places: RowRanks) -> dict[str, pd.DataFrame]:
    tables = {"places": places.frame, "best": fit.best, "tasks_alike": fit.alike, "without": fit.without}
    if fit.hard is not None and len(fit.hard.frame):
        tables["languages"] = fit.hard.frame
    return tables


SAME = 1 - 1e-9
"""Kendall's τ from which two orders are one."""
NAMED_BESIDE = 4
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
        names = ", ".join(f"{name} in {n}" for name, n in counts.head(NAMED_BESIDE).items())
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
    names = ", ".join(f"{row['language']} {row['residual']:+.1f}" for _, row in told.head(2 * NAMED_BESIDE).iterrows())
    return f"Beyond {held}, surely apart: {names} points."
