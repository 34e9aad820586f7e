"""Figures of outcomes: cost, ranks, order, distance, specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from figure_texts import overlaps
from matplotlib.text import Text

from analysis.errors import MissingDataError
from analysis.questions import cost as costs
from analysis.questions import distance as distances
from analysis.questions import hierarchy
from analysis.questions import order as orders
from analysis.results.table import validate
from reports.figures import cost, distance, order, ranks, specification


def texts(figure):
    return [t.get_text() for t in figure.findobj(Text)]


# ------------------------------------------------------------------------------------------ cost


@pytest.fixture(scope="module")
def cost_outcome(results):
    return costs.fit(results, costs.DESIGN(size=200))


def test_every_target_with_a_cost_has_a_panel_with_steps_and_gains(cost_outcome):
    figure = cost.draw(cost_outcome)
    titles = {axes.get_title(loc="left") for axes in figure.axes}
    assert {"XNLI", "PAWS-X", "UDPOS", "TyDiQA-GoldP"} <= titles
    assert "Pareto steps" in texts(figure)
    assert any("extra" in axes.get_xlabel() for axes in figure.axes)
    assert overlaps(figure) == []


def test_without_costs_nothing_is_drawn(cost_outcome):
    with pytest.raises(MissingDataError, match="no configuration has a cost"):
        cost.draw(replace(cost_outcome, frontier=cost_outcome.frontier.iloc[:0], more_data=()))


def test_one_configuration_a_target_is_no_comparison_and_not_drawn(cost_outcome):
    first = cost_outcome.frontier.drop_duplicates("target")
    with pytest.raises(MissingDataError, match="one configuration"):
        cost.draw(replace(cost_outcome, frontier=first, more_data=()))


def test_runs_that_differ_in_their_amount_of_data_are_drawn_with_the_slope(rng):
    """A stand-in for LITMUS: many amounts, several source languages, no intermediate training."""
    amounts = np.geomspace(1e3, 6e4, 12).round()
    rows = [
        {
            "study": f"series-{i:08x}", "model": "xlm-r-large", "intermediate": "none", "method": "multilingual",
            "target": target, "language": language, "split": "test", "metric": metric, "target_examples": amount,
            "score": 50 + slope * np.log2(amount) + rng.normal(0, 0.5), "provenance": "synthetic",
        }
        for target, metric, slope in (("tydiqa", "f1", 2.0), ("xnli", "accuracy", 0.0))
        for i, amount in enumerate(amounts) for language in ("ar", "ru", "sw")
    ]  # fmt: skip
    figure = cost.draw(costs.fit(validate(pd.DataFrame(rows), "series.csv"), costs.DESIGN(size=200)))
    titles = {axes.get_title(loc="left").split("\n")[0]: axes for axes in figure.axes}
    assert set(titles) == {"TyDiQA-GoldP", "XNLI"}
    assert len(titles["XNLI"].lines[-1].get_xdata()) == len(amounts)
    assert "points per doubling" in titles["XNLI"].get_title(loc="left")
    assert figure.get_suptitle().startswith("SYNTHETIC")
    assert any("examples stand for cost" in text for text in texts(figure))
    assert overlaps(figure) == []


@pytest.mark.parametrize(
    ("low", "high"), [(1e3, 1.2e3), (1e3, 4e3), (900.0, 5e5), (1e15, 8e19), (5e4, 5e4), (3.1e5, 7.9e5)]
)
def test_cost_axes_have_few_round_ticks_within_the_range(low, high):
    ticks = cost.ticks_of(low, high)
    assert 1 <= len(ticks) <= 5
    assert all(low <= tick <= high for tick in ticks)
    assert len({cost.in_short(tick) for tick in ticks}) == len(ticks)


# ----------------------------------------------------------------------------------------- ranks


@pytest.fixture(scope="module")
def ranked(results):
    return hierarchy.fit(results, hierarchy.DESIGN(size=200))


def test_methods_are_listed_best_first_with_their_chances(ranked):
    figure = ranks.draw(ranked)
    axes = figure.axes[0]
    assert next(t.get_text() for t in axes.get_yticklabels()) == "MNLI"
    assert axes.yaxis_inverted()
    assert any("P(best)" in text for text in texts(figure))
    assert overlaps(figure) == []


def test_the_critical_difference_is_written_and_names_are_apart(ranked):
    figure = ranks.draw_critical_difference(ranked)
    assert any("critical difference" in text for text in texts(figure))
    assert overlaps(figure) == []


def test_ranks_in_one_target_have_no_critical_difference(results):
    outcome = hierarchy.fit(results[results["target"] == "xnli"], hierarchy.DESIGN(size=200))
    with pytest.raises(MissingDataError, match="critical difference"):
        ranks.draw_critical_difference(outcome)


def test_bars_join_ranks_within_the_critical_difference_as_demsar_draws_them():
    averages = [1.964, 2.0, 2.893, 3.143]
    assert ranks.joined(averages, 1.25) == [(0, 3)]
    assert ranks.joined(averages, 1.0) == [(0, 2), (2, 3)]
    assert ranks.joined(averages, 0.01) == []


def test_what_cannot_be_ranked_is_not_drawn(ranked):
    with pytest.raises(MissingDataError, match="no run"):
        ranks.draw(replace(ranked, positions=None, because="no run"))


# ----------------------------------------------------------------------------------------- order


@pytest.fixture(scope="module")
def order_outcome():
    rng = np.random.default_rng(0)
    rows = [
        {
            "model": "xlm-r-base", "intermediate": run, "target": "xnli", "language": language, "split": "test",
            "metric": "accuracy", "perturbation": name, "seed": seed,
            "score": 70 - drop + 2 * (run == "mnli>qqp") + rng.normal(0, 0.3),
        }
        for run in ("none", "mnli", "mnli>qqp", "qqp>mnli")
        for language in ("de", "fr")
        for seed in range(3)
        for name, drop in (("none", 0), ("typos", 8), ("swaps", 7.9))
    ]  # fmt: skip
    return orders.fit(validate(pd.DataFrame(rows), "order.csv"), orders.DESIGN())


def test_both_orders_are_drawn_from_clean_to_every_perturbation(order_outcome):
    figure = order.draw(order_outcome)
    shown = texts(figure)
    assert {"MNLI then QQP", "QQP then MNLI", "typos", "swaps", "on clean text", "more under typos"} <= set(shown)
    assert overlaps(figure) == []


def test_without_two_orders_nothing_is_drawn(results, rng):
    with pytest.raises(MissingDataError, match="no two orders"):
        order.draw(orders.fit(results, orders.DESIGN()))


# -------------------------------------------------------------------- distance and specifications


@pytest.fixture(scope="module")
def far():
    codes = ("de", "fr", "ru", "el", "ar", "zh", "tr", "fi", "sw", "th", "vi", "ja")
    rng = np.random.default_rng(0)
    rows = [
        {
            "model": "xlm-r-base", "intermediate": run, "target": target, "language": code, "split": "test",
            "metric": "accuracy", "seed": seed, "score": 60 + (4 - 0.3 * i) * (run == "mnli") + rng.normal(0, 0.5),
        }
        for run in ("none", "mnli")
        for target in ("xnli", "pawsx")
        for i, code in enumerate(codes)
        for seed in range(2)
    ]  # fmt: skip
    table = validate(pd.DataFrame(rows), "far.csv")
    return distances.fit(table, distances.DESIGN(kinds=("geographic",), specifications=False, permutations=9))


def test_every_language_is_named_and_the_slope_stands_beside_what_families_can_show(far):
    figure = distance.draw(far)
    shown = texts(figure)
    assert {"de", "zh", "ja", "families of one language"} <= set(shown)
    assert any("families show |r|" in text for text in shown)
    assert overlaps(figure) == []


def test_an_answer_that_cannot_be_told_gets_no_line(far):
    silent = replace(far.decisions[0], slope=replace(far.headline[0], because="too few families"))
    figure = distance.draw(replace(far, decisions=(silent,)))
    assert any("cannot tell: too few families" in text for text in texts(figure))
    assert not [line for line in figure.axes[0].lines if len(line.get_xdata()) == 60]


def test_no_distance_nothing_drawn(results, rng):
    table = results[results["language"] == "de"]
    outcome = distances.fit(table, distances.DESIGN(kinds=("geographic",), specifications=False, permutations=9))
    with pytest.raises(MissingDataError, match="nothing to draw over distance"):
        distance.draw(outcome)


def curve(n=40):
    rng = np.random.default_rng(0)
    values = rng.normal(-0.3, 0.3, n)
    return pd.DataFrame({
        "kind": np.where(np.arange(n) % 2, "script", "genetic"), "standard_error": "mixed, slopes", "phylogeny": "tree",
        "transform": "points", "subset": "all", "estimate": 5 * values, "low": 5 * values - 1, "high": 5 * values + 1,
        "standardised": values, "p_value": np.where(np.abs(values) > 0.2, 0.01, 0.5), "because": "",
    })  # fmt: skip


def test_the_curve_counts_signs_and_significance_and_what_could_not_be_told():
    table = curve()
    table.loc[0, "standardised"] = np.nan
    told = table["standardised"].dropna()
    figure = specification.draw(table, question="Does it fall?")
    said = next(text for text in texts(figure) if "specifications, " in text)
    assert f"{(told < 0).sum()} fall ({(told < -0.2).sum()} significantly)" in said
    assert "1 specification could not be told" in said
    assert overlaps(figure) == []


def test_a_curve_without_any_estimate_is_not_drawn():
    table = curve(2).assign(standardised=np.nan, because="one family")
    with pytest.raises(MissingDataError, match="one family"):
        specification.draw(table, question="?")
