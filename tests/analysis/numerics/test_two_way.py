"""The additive model of incomplete tables against pandas and statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.stats.arrays import ShapeError
from analysis.stats.two_way import components, replicated_means, two_way

EXACT = 1e-9


@pytest.fixture
def scores():
    rng = np.random.default_rng(0)
    table = 60 + 5 * rng.normal(size=(5, 1)) + 8 * rng.normal(size=(1, 12)) + rng.normal(size=(5, 12))
    table[0, :4] = table[1, 8:] = table[3, 5] = np.nan
    return table


def test_a_complete_table_has_the_weighted_means_of_its_rows(scores):
    whole, weights = np.nan_to_num(scores, nan=50.0), np.linspace(1, 2, 12)
    assert two_way(whole, weights).means == pytest.approx(np.average(whole, axis=1, weights=weights), abs=EXACT)


def test_an_incomplete_table_is_filled_as_weighted_least_squares_of_statsmodels_does(scores):
    weights = np.linspace(1, 2, 12)
    row, cell = np.nonzero(~np.isnan(scores))
    design = np.column_stack([pd.get_dummies(row), pd.get_dummies(cell).iloc[:, 1:]]).astype(float)
    fitted = sm.WLS(scores[row, cell], design, weights=weights[cell]).fit()
    cells = np.concatenate([[0.0], fitted.params[5:]])
    fit = two_way(scores, weights)
    assert fit.means - fit.means[0] == pytest.approx(fitted.params[:5] - fitted.params[0], abs=EXACT)
    unweighted = sm.OLS(scores[row, cell], design).fit()
    plain = two_way(scores, np.ones(12))
    assert plain.sigma**2 == pytest.approx(unweighted.mse_resid)
    assert plain.means == pytest.approx(
        unweighted.params[:5] + np.concatenate([[0.0], unweighted.params[5:]]).mean(), abs=EXACT
    )
    assert len(cells) == 12


def test_replicates_with_the_given_weights_are_the_fit_itself(scores):
    weights = np.linspace(1, 2, 12)
    found = replicated_means(scores, np.stack([weights, 3 * weights, np.ones(12)]))
    assert found[0] == pytest.approx(two_way(scores, weights).means, abs=EXACT)
    assert found[1] == pytest.approx(found[0], abs=EXACT)
    assert found[2] == pytest.approx(two_way(scores, np.ones(12)).means, abs=EXACT)


def test_rows_that_share_no_cell_are_not_compared(scores):
    apart = np.full((2, 4), np.nan)
    apart[0, :2], apart[1, 2:] = 1.0, 2.0
    assert components(~np.isnan(apart)).tolist() == [0, 1]
    with pytest.raises(ShapeError, match="share no cell"):
        two_way(apart, np.ones(4))
    lost = np.ones((1, 12))
    lost[0, 4:] = 0
    assert np.isnan(replicated_means(scores, lost)).all()
