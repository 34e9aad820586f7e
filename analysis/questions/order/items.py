"""The items themselves: do two orders get different items right?

Tests by item speak of the runs at hand, and of items like those; the luck of a run is not in them. The
hierarchical model stands beside the contrasts of scores.

Whether an item is got right: logit = order (±½), perturbed, their product, and the cell (target,
language), with items and runs (order, seed) that differ at random. Fitted by statsmodels
(BinomialBayesMixedGLM, variational Bayes), whose own standard errors leave out what fixed and random
effects have to do with each other and are too small; here they are those of Laplace's
approximation at the fitted variances.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit, stdtr, stdtrit

from analysis.gains.contrasts import with_holm
from analysis.gains.setting import CLEAN
from analysis.questions.order.runs import INTERMEDIATE
from analysis.questions.order.terms import ORDER, ROBUSTNESS
from analysis.stats.arrays import CannotTellError
from analysis.stats.permutation import mcnemar_from_items, sign_flip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.stats.arrays import Floats

LARGEST = 10_000
"""Answers (items by runs) beyond which the model, whose time grows with them, is not asked."""
NEVER = float("nan")
COLUMNS = ("estimate", "low", "high", "df", "p_value", "items", "answers")


def item_model(items: pd.DataFrame, pairs: Iterable[tuple[str, str]], *, level: float) -> pd.DataFrame:
    """Both terms for every pair and perturbation, in logits, not adjusted.

    Args:
        items: which items each run got right (`analysis.results.items`).
        pairs: sequences in two orders.
        level: nominal coverage of the intervals.

    Returns:
        Columns `first`, `second`, `perturbation`, `term`, `estimate` (logits; positive: the first is
        better on clean text, or loses less), `low`, `high`, `df` (runs less the two orders),
        `p_value`, `items`, `answers`, `because`.
    """
    rows = []
    for first, second in pairs:
        mine = items[items["intermediate"].isin((first, second))]
        for perturbation in sorted(set(mine["perturbation"]) - {CLEAN}):
            part = mine[mine["perturbation"].isin((CLEAN, perturbation))]
            named = {"first": first, "second": second, "perturbation": perturbation}
            rows += [named | {"term": term} | found for term, found in _fitted(part, first, level).items()]
    return pd.DataFrame(rows)


def _fitted(part: pd.DataFrame, first: str, level: float) -> dict[str, dict[str, Any]]:
    because = ""
    if not part["correct"].isin((0.0, 1.0)).all():
        because = "items have partial credit"
    elif len(part) > LARGEST:
        because = f"{len(part):,} answers are more than the {LARGEST:,} that the model of items takes"
    elif part.groupby("intermediate")["seed"].nunique().min() < 2 or part["intermediate"].nunique() < 2:
        because = "an order has one seed, which shows no spread between runs"
    if because:
        return dict.fromkeys((ORDER, ROBUSTNESS), dict.fromkeys(COLUMNS, NEVER) | {"because": because})
    order = np.where(part["intermediate"] == first, 0.5, -0.5)
    perturbed = (part["perturbation"] != CLEAN).to_numpy(dtype=np.float64)
    cells = pd.get_dummies(part["target"] + " " + part["language"]).to_numpy(dtype=np.float64)
    item = pd.factorize(part["target"] + " " + part["item"])[0]
    run = pd.factorize(part["intermediate"] + " " + part["seed"].astype(str))[0]
    x = np.column_stack([order, perturbed, order * perturbed, cells])
    try:
        estimate, error = _variational(part["correct"].to_numpy(dtype=np.float64), x, [item, run])
    except CannotTellError as failed:
        return dict.fromkeys((ORDER, ROBUSTNESS), dict.fromkeys(COLUMNS, NEVER) | {"because": failed.because})
    df = float(run.max() + 1 - 2)
    found: dict[str, dict[str, Any]] = {}
    for term, column in ((ORDER, 0), (ROBUSTNESS, 2)):
        half = float(stdtrit(df, 0.5 + level / 2)) * error[column]
        ends = (estimate[column], estimate[column] - half, estimate[column] + half)
        p_value = 2 * float(stdtr(df, -abs(estimate[column]) / error[column]))
        values = (*ends, df, p_value, int(item.max()) + 1, len(part))
        found[term] = dict(zip(COLUMNS, values, strict=True)) | {"because": ""}
    return found


def _variational(y: Floats, x: Floats, groups: list[Any]) -> tuple[Floats, Floats]:
    """Fixed effects and their standard errors, (columns,) each.

    Raises:
        CannotTellError: the fit did not converge.
    """
    from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

    n = np.arange(len(y))
    z = sparse.hstack([sparse.csr_matrix((np.ones(len(y)), (n, code))) for code in groups]).tocsr()
    which = np.concatenate([np.full(int(code.max()) + 1, i) for i, code in enumerate(groups)])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        fit = BinomialBayesMixedGLM(y, x, z, which, vcp_p=1.0, fe_p=2.0).fit_vb()
    if any("did not converge" in str(warning.message) for warning in said):
        raise CannotTellError("the model of items did not converge")
    share = expit(x @ fit.fe_mean + z @ fit.vc_mean)
    weight = share * (1 - share)
    sd = np.exp(fit.vcp_mean)[which]
    weighted = z.T.multiply(weight).tocsr()
    random = (weighted @ z).toarray() + np.diag(sd**-2.0)
    both = weighted @ x
    information = (x.T * weight) @ x - both.T @ np.linalg.solve(random, both)
    return np.asarray(fit.fe_mean), np.sqrt(np.diag(np.linalg.inv(information)))


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
