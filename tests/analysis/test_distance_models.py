from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from distance_worlds import LANGUAGES, world
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit

from analysis.questions.distance.cells import cells
from analysis.questions.distance.design import DistanceDesign
from analysis.questions.distance.models import (
    clustered_family,
    clustered_language,
    language_level,
    mixed_intercepts,
    mixed_slopes,
    mixed_slopes_family,
    mixed_slopes_tree,
    phylogenetic,
    plain,
    tree,
    two_way_family,
    two_way_language,
)
from analysis.questions.distance.rows import DistanceRows
from analysis.results.table import concat
from analysis.stats.arrays import CannotTellError
from analysis.stats.least_squares import clustered, least_squares, summed_tests
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.phylogeny import pgls, phylogenetic_factors


class TestModels:
    def rows(self, results: pd.DataFrame, kind: str = "geographic") -> DistanceRows:
        return cells(results, DistanceDesign(kinds=[kind])).rows(kind)

    def test_clustered_errors_are_those_of_the_numerics(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        x = np.column_stack([rows.z, pd.get_dummies(rows.task).to_numpy(float)])
        expected = clustered(least_squares(x, rows.y), rows.family)
        assert clustered_family(rows).error == pytest.approx(expected.standard_error[0])
        fit = least_squares(x, rows.y)
        both = summed_tests(fit, clustered(fit, rows.family), clustered(fit, rows.target))
        assert two_way_family(rows).error == pytest.approx(both.standard_error[0])
        assert two_way_family(rows).p_value == pytest.approx(both.p_value[0])

    def test_what_leaves_out_relatives_or_tasks_has_an_error_and_no_test(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        for way, left_out in (
            (plain, "cells"),
            (clustered_language, "languages of a family"),
            (clustered_family, "same in every task"),
            (two_way_language, "languages of a family"),
            (mixed_intercepts, "same in every task"),
            (mixed_slopes, "languages of a family"),
            (mixed_slopes_family, "branches of a family"),
        ):
            slope = way(rows)
            assert left_out in slope.untested
            assert slope.estimate < 0 < slope.error
            assert np.isnan([slope.low, slope.high, slope.p_value]).all()
        for way in (two_way_family, mixed_slopes_tree, phylogenetic):
            assert way(rows).untested == ""
            assert way(rows).p_value < 0.05

    def test_fewer_than_four_families_leave_an_error_and_no_test(self) -> None:
        few = ("de", "es", "ru", "fi", "hu", "tr", "kk")
        slope = two_way_family(self.rows(world(np.random.default_rng(1), -1.0, languages=few)))
        assert slope.untested == "too few families for a test: 3"
        assert np.isnan(slope.p_value)

    def test_hard_tasks_in_far_languages_make_no_slope(self) -> None:
        """Targets of near and of far languages, each without a slope of its own."""
        rng = np.random.default_rng(0)
        near = world(rng, 0.0, languages=("de", "es", "ru", "fi", "hu", "tr"), targets=("xnli", "pawsx"))
        far = world(rng, 0.0, languages=("ta", "th", "vi", "id", "ja", "ko"), targets=("udpos", "panx"))
        lower = far["score"] - 20 * (far["intermediate"] == "squad2")
        rows = self.rows(concat([near, far.assign(score=lower)]))
        assert np.corrcoef(rows.z, rows.y)[0, 1] < -0.5
        assert abs(plain(rows).estimate) < 1.5
        assert abs(mixed_slopes_tree(rows).estimate) < 1.5

    def test_phylogenetic_least_squares_is_that_of_the_numerics(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        y, z, codes = language_level(rows)
        _, ancestry = tree(rows)
        expected = pgls(np.column_stack([np.ones(len(z)), z]), y, ancestry)
        found = phylogenetic(rows)
        assert found.estimate == pytest.approx(expected.estimate[1])
        assert f"λ = {expected.lam:.2f}" in found.method
        assert found.df < found.n - 1
        assert codes == sorted(LANGUAGES)

    def test_phylogenetic_errors_grow_with_what_slopes_of_tasks_differ_by(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        apart = {target: 2.0 * i for i, target in enumerate(sorted(set(rows.target)))}
        own = np.array([apart[t] for t in rows.target])
        further = phylogenetic(replace(rows, y=rows.y + own * rows.z))
        assert further.error > 1.0 > phylogenetic(rows).error

    def test_the_mixed_model_is_that_of_the_numerics(self) -> None:
        """Balanced tasks: intercepts of their own or at random give the same slope."""
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        _, ancestry = tree(rows)
        factors = [
            RandomFactor("task", rows.task, slopes=rows.z),
            *phylogenetic_factors([str(c) for c in rows.language], sorted(LANGUAGES), ancestry),
        ]
        expected = fit_mixed(mixed_design(np.column_stack([np.ones(len(rows.z)), rows.z]), factors), rows.y)
        found = mixed_slopes_tree(rows)
        assert found.estimate == pytest.approx(expected.estimate[1], abs=1e-3)
        assert found.error == pytest.approx(expected.standard_error[1], rel=1e-2)

    def test_freedom_is_that_of_families_not_of_languages(self) -> None:
        slope = mixed_slopes_tree(
            self.rows(world(np.random.default_rng(1), -1.0, targets=("xnli", "pawsx", "udpos", "panx")))
        )
        assert slope.df <= 12 - 2

    def test_two_way_clusters_need_two_tasks(self) -> None:
        with pytest.raises(CannotTellError):
            two_way_language(self.rows(world(np.random.default_rng(0), -1.0, targets=("xnli",), seeds=1)))

    def test_language_means_do_not_depend_on_which_tasks_a_language_has(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0, noise=1e-9))
        full, _, names = language_level(rows)
        assert len(names) == len(LANGUAGES)
        results = world(np.random.default_rng(1), -1.0, noise=1e-9)
        ragged = results[~((results["target"] == "xnli") & results["language"].isin(["de", "ja"]))].reset_index(
            drop=True
        )
        part, _, _ = language_level(self.rows(ragged))
        np.testing.assert_allclose(part - part.mean(), full - full.mean(), atol=0.35)

    def test_intermediates_with_one_baseline_are_not_several_runs(self) -> None:
        """Nine gains over one run of the baseline share its chance."""
        one = world(np.random.default_rng(1), -2.0, targets=("xnli",), seeds=1)
        base = one[one["intermediate"] == "none"]
        more = [one] + [one[one["intermediate"] == "squad2"].assign(intermediate=name) for name in ("mnli", "ccg")]
        with pytest.raises(CannotTellError, match="one run"):
            mixed_slopes_tree(self.rows(concat(more)))
        assert len(base) == len(LANGUAGES)

    @pytest.mark.parametrize("seed", [11])
    def test_without_a_slope_the_answer_keeps_its_level_where_plain_errors_do_not(self, seed: int) -> None:
        """Shared ancestry of distance and gain; 60 worlds, so 5 % stands for 0 to 9 of 60."""
        rng = np.random.default_rng(seed)
        found: dict[str, int] = {"plain": 0, "mixed_slopes_tree": 0}
        rows = self.rows(world(rng, 0.0))
        families = sorted(set(rows.family))
        codes = {label: i for i, label in enumerate(families)}
        tasks, task = np.unique(rows.task.astype(str), return_inverse=True)
        names, language = np.unique(rows.language.astype(str), return_inverse=True)
        for _ in range(60):
            family = rng.normal(0, 1, len(families))[[codes[f] for f in rows.family]]
            y = family + rng.normal(0, 0.7, len(names))[language] + rng.normal(0, 0.5, len(rows.y))
            y = y + rng.normal(0, 0.3, len(tasks))[task] * rows.z
            drawn = replace(rows, y=y)
            for way in (plain, mixed_slopes_tree):
                slope = way(drawn)
                found[way.__name__] += abs(slope.estimate) > stdtrit(slope.df, 0.975) * slope.error
        assert found["mixed_slopes_tree"] <= 9
        assert found["plain"] >= 15

    @settings(max_examples=4, deadline=None)
    @given(order=st.randoms(use_true_random=False), shift=st.floats(-2, 10), scale=st.floats(0.95, 1.1))
    def test_rows_may_come_in_any_order_and_slopes_scale_with_the_scores(
        self, order: object, shift: float, scale: float
    ) -> None:
        results = world(np.random.default_rng(5), -1.0, targets=("xnli", "pawsx", "udpos"), seeds=1)
        places = list(range(len(results)))
        order.shuffle(places)  # type: ignore[attr-defined]
        moved = results.iloc[places].assign(score=lambda t: t["score"] * scale + shift).reset_index(drop=True)
        before, after = mixed_slopes_tree(self.rows(results)), mixed_slopes_tree(self.rows(moved))
        assert after.estimate == pytest.approx(scale * before.estimate, rel=1e-3)
        assert after.p_value == pytest.approx(before.p_value, rel=0.02, abs=1e-6)
