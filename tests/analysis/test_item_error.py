"""A hundred test items are less sure than five thousand, and items that were got right alike are surer than others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from simulated_grids import orders, ranked_tasks

from analysis.gains import gains, summary
from analysis.gains.contrasts import over_seeds
from analysis.gains.contrasts import verdict as judge
from analysis.questions import hierarchy, order
from analysis.registry.vocabulary import vocabulary
from analysis.results.item_error import Sampling, item_error, least_variance
from analysis.results.items import ITEM_COLUMNS, validate_items


def rows(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"target": "xcopa", "metric": "accuracy", "score": [50.0], "n_items": [100.0]} | columns)


def test_a_hundred_items_at_a_half_leave_five_points() -> None:
    assert item_error(rows(), vocabulary()).tolist() == [5.0]


@pytest.mark.parametrize("columns", [{"n_items": [np.nan]}, {"score": [120.0]}, {"metric": "perplexity"}])
def test_items_that_are_not_stated_and_metrics_that_are_no_share_have_none(columns: dict[str, object]) -> None:
    assert np.isnan(item_error(rows(**columns), vocabulary())).all()


def one_target(items: float) -> pd.DataFrame:
    table = orders(np.random.default_rng(5))
    return table[table["target"] == "xnli"].assign(n_items=items)


@pytest.mark.parametrize("term", ["order", "order by perturbation"])
def test_an_order_seen_on_a_hundred_items_is_less_sure_than_on_five_thousand(term: str) -> None:
    def half(items: float) -> float:
        found = order.fit(one_target(items), order.DESIGN()).contrasts
        row = found[found["term"] == term].iloc[0]
        return float(row["high"] - row["low"]) / 2

    fixed, many, few = half(np.nan), half(5000), half(100)
    assert fixed < many < few
    assert few > 1.96 * np.sqrt(2) * 4


def test_ranks_seen_on_a_hundred_items_are_less_sure_than_on_many() -> None:
    table = ranked_tasks(np.random.default_rng(3), targets=("xnli",))

    def widths(items: float) -> float:
        found = hierarchy.fit(table.assign(n_items=items), hierarchy.DESIGN(size=300)).positions
        assert found is not None
        return float((found.frame["high"] - found.frame["low"]).sum())

    assert widths(5e6) < widths(100)


def test_a_gain_on_a_hundred_items_is_less_sure_than_on_five_thousand() -> None:
    def half(items: float) -> float:
        found = summary(gains(one_target(items))).frame.iloc[0]
        return float(found["mean_high"] - found["mean_low"])

    assert half(5000) < half(100) / 3


NAMES = np.array(["xnli", "pawsx", "xcopa", "bucc"], dtype=object)
USED = np.ones(4, dtype=bool)


def test_targets_that_agree_closer_than_their_items_allow_are_believed_as_far_as_pairing_allows() -> None:
    alike, apart = np.array([1.0, 1.1, 0.9, 1.0]), np.array([9.0, -8.0, 7.0, -6.0])
    few, many = (Sampling(np.full(4, 32.0 * 100 / n), NAMES, np.full(4, n)) for n in (100.0, 1e7))
    assert np.sqrt(many.of_mean(alike, USED, 1.0)[0]) == pytest.approx(np.sqrt(32e-5 / 4))
    assert few.of_mean(alike, USED, 1.0)[0] == pytest.approx(1e4 * (0.01 - 0.01**2) / 100 / 4)
    assert few.of_mean(apart, USED, 1.0)[0] == pytest.approx(32.0 / 4)


def test_no_assignment_of_right_and_wrong_varies_less_than_the_least_variance() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        n = int(rng.integers(2, 40))
        difference = rng.integers(0, 2, n) - rng.integers(0, 2, n)
        least = least_variance(100 * difference.mean(), np.array([float(n)]))[0]
        assert 1e4 * difference.var() / n >= least - 1e-9


@pytest.mark.parametrize(("items", "verdict"), [(100.0, "open"), (5000.0, "equal")])
def test_orders_that_agree_by_luck_are_equal_on_five_thousand_items_and_open_on_a_hundred(
    items: float, verdict: str
) -> None:
    rng = np.random.default_rng(4)
    found = over_seeds(
        rng.normal(0, 0.1, (2, 5)), margin=1.0, sampling=Sampling(np.full(2, 5e3 / items), NAMES[:2], np.full(2, items))
    )
    row = pd.Series(found.row() | {"p_holm": found.p_value})
    assert judge(row, margin=1.0, alpha=0.05) == verdict


def test_items_stored_for_both_orders_are_paired_and_narrow_the_interval() -> None:
    table = one_target(200)
    table = table[table["language"] == "de"]
    rng, stored = np.random.default_rng(1), []
    easy = rng.uniform(size=200) < 0.7
    cells = table[["intermediate", "target", "language", "perturbation", "seed"]].astype({"seed": float})
    for cell in cells.drop_duplicates().itertuples(index=False):
        right = easy ^ (rng.uniform(size=200) < 0.02)
        stored += [(*cell, f"i{k}", float(r)) for k, r in enumerate(right)]
    items = validate_items(pd.DataFrame(stored, columns=list(ITEM_COLUMNS)), "items")
    alone, paired = (order.fit(table, order.DESIGN(items=given)) for given in (None, items))
    assert paired.contrasts["items"].iloc[0] < alone.contrasts["items"].iloc[0] / 4
    assert "points are other test items." in order.report(paired).sure
