from __future__ import annotations

import itertools
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats import aggregates, resampling
from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.bootstrap import bootstrap
from analysis.stats.improvement import probability_of_improvement
from analysis.stats.intervals import interval
from analysis.stats.resampling import ResamplingDesign

EXACT = 1e-10
MONTE_CARLO = 0.004  # of an interval's ends, scores lie in 0 to 1
RLIABLE = ResamplingDesign("cell", small_sample=False)


SIX = tuple(range(6))


@pytest.fixture
def runs(reference):
    """(methods, tasks, languages, seeds) of the runs that rliable saw as (methods, runs, tasks)."""
    return np.array(reference("runs.json")).transpose(0, 2, 1)[:, :, None, :]


@pytest.mark.parametrize("name", ["mean", "median", "iqm", "optimality_gap"])
def test_points_and_intervals_are_those_of_rliable(runs, reference, rng, name):
    expected = reference("rliable.json")[name]
    target = 0.8 if name == "optimality_gap" else None
    drawn = bootstrap(runs, name, rng=rng, scheme=RLIABLE, size=20_000, target=target)
    found = interval(drawn)
    for method in range(3):
        point, low, high = expected[str(method)]
        assert drawn.estimate[method] == pytest.approx(point, abs=EXACT)
        assert found.low[method] == pytest.approx(low, abs=MONTE_CARLO)
        assert found.high[method] == pytest.approx(high, abs=MONTE_CARLO)


def test_probability_of_improvement_is_that_of_rliable(runs, reference, rng):
    point, low, high = reference("rliable.json")["improvement"]["2 over 0"]
    drawn = probability_of_improvement(runs, 2, 0, rng=rng, scheme=RLIABLE, size=5000)
    found = interval(drawn)
    assert drawn.estimate[0] == pytest.approx(point, abs=EXACT)
    assert found.low[0] == pytest.approx(low, abs=0.012)
    assert found.high[0] == pytest.approx(high, abs=0.012)


def test_the_interquartile_mean_is_the_trimmed_mean_of_scipy(rng):
    scores = rng.normal(size=(4, 6, 5))
    weights = np.full((scores.size, 1), 1 / scores.size)
    expected = stats.trim_mean(scores.ravel(), 0.25)
    assert aggregates.iqm(scores, weights)[0] == pytest.approx(expected, abs=EXACT)


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 40), st.integers(2, 6))
def test_the_interquartile_mean_by_blocks_equals_the_definition(seed, tasks, languages, seeds):
    rng = np.random.default_rng(seed)
    scores = np.round(rng.normal(size=(tasks, languages, seeds)), 1)
    weights = rng.integers(0, 4, size=(scores.size, 5)).astype(float)
    weights[0] += 1.0
    order = np.argsort(scores.ravel(), kind="stable")
    for column in weights.T:
        w = column[order] / column.sum()
        reached = np.clip(np.cumsum(w), 0.25, 0.75)
        share = np.diff(np.concatenate([[0.25], reached]))
        expected = share @ scores.ravel()[order] / 0.5
        assert aggregates.iqm(scores, column[:, None])[0] == pytest.approx(expected, abs=1e-9)


def test_every_multiset_of_seeds_is_drawn_as_often_as_it_should(rng):
    counts = resampling.seed_counts(
        np.ones((1, 1, 3), bool), ResamplingDesign("cell", small_sample=False), rng, 200_000
    )
    multisets, seen = np.unique(counts[0, 0].T, axis=0, return_counts=True)
    ways = [6 / np.prod([factorial(int(c)) for c in m]) for m in multisets]
    assert len(multisets) == 10
    assert stats.chisquare(seen, np.array(ways) / 27 * 200_000).pvalue > 1e-4


@pytest.mark.parametrize("n", [2, 5, 9, 12])
def test_words_stand_for_as_many_draws_as_asked(rng, n):
    words = resampling.draw_words(n, n - 1, (7,), rng)
    total = sum(table[indices] for table, indices in words)
    assert (total.sum(axis=1) == n - 1).all()


@pytest.mark.parametrize(
    "scheme",
    [ResamplingDesign("run"), ResamplingDesign("cell"), ResamplingDesign("run", SIX), ResamplingDesign("fixed", SIX)],
)
def test_weights_sum_to_one_in_every_replicate(rng, scheme):
    observed = rng.random((3, 6, 5)) < 0.8
    observed[..., :2] = True
    languages = resampling.draw_clusters(scheme, rng, 40)
    weights = resampling.draw_weights(observed, scheme, languages, rng, 40)
    assert weights.sum(axis=0) == pytest.approx(np.ones(40))
    assert (weights[~observed.ravel()] == 0).all()


def test_the_bootstrap_error_of_a_mean_is_its_standard_error(rng):
    scores = rng.normal(50, 3, size=(1, 4, 1, 5))
    drawn = bootstrap(scores, rng=rng, size=40_000)
    expected = np.sqrt((scores[0, :, 0].var(axis=1, ddof=1) / 5).sum()) / 4
    assert drawn.replicates.std() == pytest.approx(expected, rel=0.02)


def test_seeds_of_a_run_stay_together_over_languages(rng):
    run = rng.normal(0, 5, size=(1, 1, 1, 5)) + np.zeros((1, 1, 30, 1)) + 1e-3 * rng.normal(size=(1, 1, 30, 5))
    by_run = bootstrap(run, rng=rng, scheme=ResamplingDesign("run")).replicates.std()
    by_cell = bootstrap(run, rng=rng, scheme=ResamplingDesign("cell")).replicates.std()
    assert by_run == pytest.approx(by_cell * np.sqrt(30), rel=0.1)


def test_paired_seeds_take_what_methods_share_out_of_their_contrast(rng):
    shared = rng.normal(0, 10, size=(1, 3, 2, 5))
    scores = shared + np.array([0.0, 2.0])[:, None, None, None] + rng.normal(0, 0.1, (2, 3, 2, 5))
    paired = bootstrap(scores, rng=rng, scheme=ResamplingDesign(paired=True))
    unpaired = bootstrap(scores, rng=rng)
    assert np.ptp(paired.replicates, axis=1).std() < np.ptp(unpaired.replicates, axis=1).std() / 10
    assert np.diff(paired.estimate) == pytest.approx(2, abs=0.2)


def test_ragged_seeds_and_missing_cells_count_every_task_the_same(rng):
    scores = np.full((1, 2, 3, 4), np.nan)
    scores[0, 0, :, :2] = 10.0 + np.array([0, 1])
    scores[0, 1, 0] = 20.0 + np.arange(4)
    drawn = bootstrap(scores, rng=rng, size=2000)
    assert drawn.estimate[0] == pytest.approx((10.5 + 21.5) / 2)
    assert drawn.replicates.mean() == pytest.approx(16.0, abs=0.05)


def test_a_lookup_gives_the_distribution_of_the_weights(rng):
    scores = rng.normal(size=(2, 3, 4, 5))
    looked_up = bootstrap(scores, rng=rng, scheme=ResamplingDesign("cell"), size=20_000)
    weighted = [
        aggregates.mean(
            scores[0], resampling.draw_weights(np.ones((3, 4, 5), bool), ResamplingDesign("cell"), None, rng, 20_000)
        )
    ]
    assert np.quantile(looked_up.replicates[:, 0], [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(weighted[0], [0.1, 0.5, 0.9]), abs=0.01
    )


def test_the_same_generator_gives_the_same_replicates():
    scores = np.random.default_rng(0).normal(size=(2, 2, 3, 4))
    first, second = (bootstrap(scores, "iqm", rng=np.random.default_rng(1), size=50) for _ in range(2))
    assert (first.replicates == second.replicates).all()


def test_the_t_interval_of_one_task_is_the_textbook_one(rng):
    values = rng.normal(60, 2, size=5)
    found = interval(bootstrap(values[None, None, None, :], rng=rng, size=100_000), method="t")
    low, high = stats.t.interval(0.95, 4, values.mean(), values.std(ddof=1) / np.sqrt(5))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), rel=2e-3)


def test_degrees_of_freedom_follow_satterthwaite():
    scores = np.zeros((1, 2, 1, 3))
    scores[0, 0, 0] = [0, 1, 2]
    scores[0, 1, 0] = [0, 2, 4]
    drawn = bootstrap(scores, rng=np.random.default_rng(0), size=100)
    v = np.array([1 / 3, 4 / 3]) / 4
    assert drawn.df[0] == pytest.approx(v.sum() ** 2 / (v**2 / 2).sum())


def test_constant_scores_say_that_they_cannot_tell(rng):
    scores = np.full((2, 2, 2, 3), 70.0)
    scores[1] += rng.normal(size=(2, 2, 3))
    found = interval(bootstrap(scores, rng=rng, size=200))
    assert np.isnan(found.low[0])
    assert "do not vary" in found.because[0]
    assert found.because[1] == ""
    assert found.low[1] < found.high[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s.__setitem__((0, 1), np.nan), "method 0 has no score in task 1"),
        (lambda s: s.__setitem__((1, 0, slice(None), slice(1, None)), np.nan), "method 1, task 0 has one seed"),
        (lambda s: s.fill(np.nan), "method 0 has no score in task 0"),
    ],
)
def test_missing_scores_are_named(rng, change, words):
    scores = rng.normal(size=(2, 2, 3, 4))
    change(scores)
    with pytest.raises(CannotTellError, match=words):
        bootstrap(scores, rng=rng)


def test_one_cluster_of_languages_cannot_speak_for_others(rng):
    with pytest.raises(CannotTellError, match="one cluster"):
        bootstrap(rng.normal(size=(1, 2, 3, 4)), rng=rng, scheme=ResamplingDesign(clusters=(0, 0, 0)))


def test_tasks_in_very_few_languages_stop_a_bootstrap_over_languages(rng):
    scores = np.full((1, 2, 12, 3), np.nan)
    scores[0, 0] = rng.normal(size=(12, 3))
    scores[0, 1, 0] = rng.normal(size=3)
    with pytest.raises(CannotTellError, match="draw no language of some task"):
        bootstrap(scores, rng=rng, scheme=ResamplingDesign("run", tuple(range(12))), size=500)


@pytest.mark.parametrize(
    "call",
    [
        lambda s, g: bootstrap(s[0], rng=g),
        lambda s, g: bootstrap(s, "mode", rng=g),
        lambda s, g: bootstrap(s, "optimality_gap", rng=g),
        lambda s, g: bootstrap(s, rng=g, scheme=ResamplingDesign(seeds="fixed")),
        lambda s, g: bootstrap(s, rng=g, scheme=ResamplingDesign(clusters=(0, 1))),
        lambda s, g: bootstrap(np.where(s > 0, np.inf, s), rng=g),
        lambda s, g: probability_of_improvement(s, 0, 5, rng=g),
        lambda s, g: interval(bootstrap(s, rng=g, size=10), level=1.5),
    ],
)
def test_calls_that_make_no_sense_are_refused(rng, call):
    with pytest.raises(ShapeError):
        call(rng.normal(size=(2, 2, 3, 4)), rng)


def test_improvement_over_a_clearly_worse_method_is_certain_and_ties_are_half(rng):
    scores = np.stack([np.zeros((2, 3, 4)), np.ones((2, 3, 4)), np.zeros((2, 3, 4))])
    assert probability_of_improvement(scores, 1, 0, rng=rng, size=50).estimate[0] == 1.0
    tied = probability_of_improvement(scores, 2, 0, rng=rng, size=50)
    assert tied.estimate[0] == 0.5
    assert "do not vary" in tied.because[0]


@pytest.mark.parametrize("statistic", ["mean", "iqm", "median"])
def test_every_scheme_centres_on_the_estimate(rng, statistic):
    scores = rng.normal(50, 2, size=(2, 4, 9, 5)) + rng.normal(0, 2, size=(1, 1, 9, 1))
    for seeds, languages in itertools.product(("run", "cell"), (None, tuple(range(9)))):
        drawn = bootstrap(scores, statistic, rng=rng, scheme=ResamplingDesign(seeds, languages), size=1500)
        spread = drawn.replicates.std(axis=0)
        assert (np.abs(drawn.replicates.mean(axis=0) - drawn.estimate) < 0.8 * spread).all()


@pytest.mark.parametrize("clusters", [None, (0, 0, 1, 2, 3, 4)])
@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_a_mean_from_counts_is_the_mean_from_weights_of_every_score(rng, clusters, missing):
    scores = rng.normal(70, 5, (2, 3, 6, 4))
    scores[rng.random(scores.shape) < missing] = np.nan
    scheme = ResamplingDesign("run", clusters)
    found = bootstrap(scores, "mean", rng=np.random.default_rng(8), scheme=scheme, size=200)
    chance = np.random.default_rng(8)
    languages = resampling.draw_clusters(scheme, chance, 200)
    by_weights = []
    for mine in scores:
        weights = resampling.draw_weights(~np.isnan(mine), scheme, languages, chance, 200)
        by_weights.append(aggregates.mean(mine, weights))
    expected = np.stack(by_weights, axis=1)
    defined = np.isfinite(expected).all(axis=1)
    assert defined.mean() > 0.95
    assert found.replicates == pytest.approx(expected[defined], rel=1e-12)
