"""Item-level tests: do two orders get different items right?

They speak of the runs at hand, and of items like those; the luck of a run is not in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import with_holm
from analysis.gains.setting import CLEAN
from analysis.questions.order.runs import INTERMEDIATE
from analysis.questions.order.terms import ORDER, ROBUSTNESS
from analysis.stats.arrays import CannotTellError
from analysis.stats.permutation import mcnemar_from_items, sign_flip

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = float("nan")
RUN = ["target", "language", "perturbation", "seed"]


def by_run(items: pd.DataFrame, pairs: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """McNemar's test for each pair of runs: target, language, perturbation, seed.

    Returns:
        Columns `first`, `second`, `target`, `language`, `perturbation`, `seed`, `items`,
        `only_first`, `only_second` (items that one run alone has right), `p_value` (mid-p),
        `p_holm`, `because`. Items with partial credit have no such test.
    """
    rows: list[dict[str, Any]] = []
    for first, second in pairs:
        both = _paired(items, first, second)
        for key, run in both.groupby(RUN):
            named = {"first": first, "second": second} | dict(zip(RUN, key, strict=True)) | {"items": len(run)}
            rows.append(named | _mcnemar(run))
    return with_holm(pd.DataFrame(rows)) if rows else pd.DataFrame()


def _mcnemar(run: pd.DataFrame) -> dict[str, Any]:
    untold = {"only_first": 0, "only_second": 0, "p_value": NEVER}
    if not run[["first", "second"]].isin([0.0, 1.0]).to_numpy().all():
        return untold | {"because": "items have partial credit"}
    try:
        found = mcnemar_from_items(run["first"].to_numpy(), run["second"].to_numpy())
    except CannotTellError as error:
        return untold | {"because": error.because}
    return {
        "only_first": found.only_first,
        "only_second": found.only_second,
        "p_value": found.p_mid,
        "because": "",
    }


def by_item(items: pd.DataFrame, pairs: Iterable[tuple[str, str]], *, rng: np.random.Generator) -> pd.DataFrame:
    """Both terms tested by exchanging the two orders item by item.

    An item keeps its languages and seeds: its difference is their mean.

    Returns:
        Columns `first`, `second`, `target`, `term`, `perturbation`, `difference` (points), `items`,
        `p_value`, `p_holm`, `because`.
    """
    rows: list[dict[str, Any]] = []
    for first, second in pairs:
        both = _paired(items, first, second)
        ahead = 100 * (both["first"] - both["second"])
        means = ahead.groupby([both["target"], both["perturbation"], both["item"]]).mean().rename("ahead").reset_index()
        for target, of_target in means.groupby("target"):
            wide = of_target.pivot_table(index="item", columns="perturbation", values="ahead")
            for name in wide.columns:
                if name != CLEAN and CLEAN not in wide:
                    continue
                values = wide[name] if name == CLEAN else wide[name] - wide[CLEAN]
                named = {"first": first, "second": second, "target": target, "perturbation": name}
                rows.append(named | {"term": ORDER if name == CLEAN else ROBUSTNESS} | _flipped(values.dropna(), rng))
    return with_holm(pd.DataFrame(rows)) if rows else pd.DataFrame()


def _flipped(values: pd.Series[float], rng: np.random.Generator) -> dict[str, Any]:
    known = {"difference": float(values.mean()) if len(values) else NEVER, "items": len(values)}
    try:
        return known | {"p_value": sign_flip(values.to_numpy(), rng=rng).p_value, "because": ""}
    except CannotTellError as error:
        return known | {"p_value": NEVER, "because": error.because}


def _paired(items: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Items that both orders answered with the same seed, their correctness side by side."""
    key = [*RUN, "item"]
    sides = [items[items[INTERMEDIATE] == name][[*key, "correct"]] for name in (first, second)]
    return sides[0].rename(columns={"correct": "first"}).merge(sides[1].rename(columns={"correct": "second"}), on=key)
