"""What was found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.answer import Answer, Effect, Says
from analysis.questions.ranking.report_robustness import alike_said, best_said, hard_said, without_said

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
        order = ", ".join(f"{n} ({s:.2f})" for n, s in zip(frame["name"].head(NAMED), frame["score"], strict=False))
        more = f" and {len(frame) - NAMED} more" if len(frame) > NAMED else ""
        return f"By mean score: {order}{more}."
    shown = [
        f"{row['name']} {row['score']:.1f} [{row['low']:.0f}–{row['high']:.0f}]"
        for _, row in frame.head(NAMED).iterrows()
    ]
    more = f" and {len(frame) - NAMED} more" if len(frame) > NAMED else ""
    return f"Mean scores [places]: {', '.join(shown)}{more}."


def _sure(fit: RankingFit, board: Board, places: RowRanks) -> str:
    languages = [code for code in board.languages if code != "mean"]
    of = f" in {len(languages)} language{'s' * (len(languages) > 1)}" if languages else ""
    tasks = f"{len(board.tasks)} tasks{of}, every task counting the same" if len(board.tasks) > 1 else f"1 task{of}"
    said = f"It rests on {len(board.rows)} rows, {tasks}."
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
