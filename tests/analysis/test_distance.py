import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import distance
from analysis.distance.asking import DistanceOutcome
from analysis.distance.cells import cells
from analysis.distance.models import (
    ONE_RUN,
    clustered_family,
    language_level,
    mixed_slopes_tree,
    phylogenetic,
    plain,
    tree,
    two_way_language,
)
from analysis.distance.rows import rows_of
from analysis.distance.specification import ERRORS, curve, shares
from analysis.distances import Distances, shipped_distances
from analysis.distances.table import tidy
from analysis.errors import UsageError
from analysis.numerics.arrays import CannotTellError
from analysis.numerics.least_squares import clustered, least_squares
from analysis.numerics.mixed import fit_mixed
from analysis.numerics.mixed_design import RandomFactor, mixed_design
from analysis.numerics.phylogeny import pgls, phylogenetic_factors
from analysis.published import published_scores
from analysis.results import concat, validate
from analysis.vocabulary import vocabulary

LANGUAGES = (
    "de",
    "es",
    "ru",
    "hi",
    "fi",
    "hu",
    "tr",
    "kk",
    "ar",
    "he",
    "ta",
    "te",
    "sw",
    "yo",
    "th",
    "vi",
    "id",
    "ja",
    "ko",
    "zh",
)
TARGETS = ("xnli", "pawsx", "udpos", "panx")
KINDS = ("genetic", "geographic", "script")


def world(
    rng: np.random.Generator,
    slope: float,
    *,
    kind: str = "geographic",
    languages: tuple[str, ...] = LANGUAGES,
    targets: tuple[str, ...] = TARGETS,
    seeds: int = 2,
    ancestry: float = 0.0,
    noise: float = 0.5,
) -> pd.DataFrame:
    """Made-up scores whose gain changes by `slope` points per standard deviation of distance."""
    d = shipped_distances().matrix(kind, ["en", *languages])[0, 1:]
    z = (d - d.mean()) / (d.std() or 1.0)
    families = [str(vocabulary()["language"][code].facts["family"]) for code in languages]
    shared = {family: rng.normal(0, 1) for family in sorted(set(families))}
    rows = []
    for target in targets:
        metric = {"udpos": "f1", "panx": "f1"}.get(target, "accuracy")
        own = slope + rng.normal(0, 0.2)
        for i, language in enumerate(languages):
            gain = 3 + own * z[i] + ancestry * shared[families[i]] + rng.normal(0, noise)
            for seed in range(seeds):
                base = 60 + rng.normal(0, noise)
                for name, score in (("none", base), ("squad2", base + gain + rng.normal(0, noise))):
                    rows.append(
                        {
                            "intermediate": name,
                            "target": target,
                            "language": language,
                            "metric": metric,
                            "seed": seed,
                            "score": score,
                        }
                    )
    frame = pd.DataFrame(rows).assign(model="xlm-r-large", split="dev", provenance="synthetic")
    return validate(frame, "made-up.csv")


def asked(results: pd.DataFrame, **options: object) -> DistanceOutcome:
    given = {"kinds": KINDS, "rng": np.random.default_rng(0), "permutations": 99, "specifications": False} | options
    return distance.ask(results, **given)  # type: ignore[arg-type]


class TestAnswers:
    def test_a_built_in_fall_is_found(self) -> None:
        found = asked(world(np.random.default_rng(1), -2.0), kinds=("geographic",))
        said = distance.answer(found)
        assert said.says == "yes"
        slope = found.headline[0]
        assert slope.low < -2.0 < slope.high < 0
        assert slope.n == 12
        assert said.provenance == ("synthetic",)
        assert said.effects[0] is slope
        assert "12 families (20 languages, 4 tasks" in said.sure

    def test_a_rise_is_no_fall(self) -> None:
        said = distance.answer(asked(world(np.random.default_rng(2), 2.0), kinds=("geographic",)))
        assert said.says == "no"
        assert "rises with geographic distance" in said.text

    def test_no_slope_and_little_noise_excludes_one_that_matters(self) -> None:
        said = distance.answer(asked(world(np.random.default_rng(3), 0.0), kinds=("geographic",)))
        assert said.says == "no"
        assert "fall of 1 point or more" in said.text

    def test_no_slope_and_much_noise_cannot_tell(self) -> None:
        said = distance.answer(asked(world(np.random.default_rng(4), 0.0, noise=4.0), kinds=("geographic",)))
        assert said.says == "cannot-tell"
        assert "is not excluded" in said.text

    def test_p_values_are_adjusted_for_the_kinds_asked_for(self) -> None:
        found = asked(world(np.random.default_rng(1), -2.0))
        raw = sorted(e.p_value for e in found.headline)
        assert min(found.adjusted) == pytest.approx(3 * raw[0])
        alone = asked(world(np.random.default_rng(1), -2.0), kinds=("geographic",))
        assert alone.adjusted == (alone.headline[0].p_value,)

    def test_slopes_by_task_are_shrunken_about_their_mean(self) -> None:
        found = asked(world(np.random.default_rng(1), -2.0), kinds=("geographic",))
        assert len(found.slopes) == len(TARGETS)
        assert found.slopes["slope"].mean() == pytest.approx(found.headline[0].estimate, abs=0.05)

    def test_required_correlations_are_those_of_families_and_of_languages(self) -> None:
        row = asked(world(np.random.default_rng(1), -2.0), kinds=("geographic",)).required.iloc[0]
        assert (row["families"], row["languages"]) == (12, 20)
        assert row["required_families"] == pytest.approx(np.tanh((1.959964 + 0.841621) / 3), abs=1e-5)
        assert row["required_families"] > row["required_languages"]

    def test_a_fall_in_points_that_logits_do_not_show_is_no_answer(self) -> None:
        """Published scores against script: p = .03 in points, .3 in logits."""
        found = asked(published_scores(), outcome="score", kinds=("script",))
        assert found.headline[0].p_value < 0.05
        said = distance.answer(found)
        assert said.says == "cannot-tell"
        assert "in points and not in logits" in said.text
        assert any("but otherwise with" in line and "of logits" in line for line in said.hinges)

    def test_controls_are_held_constant(self) -> None:
        control = {"size": {code: float(i) for i, code in enumerate(LANGUAGES)}}
        found = asked(world(np.random.default_rng(1), -2.0), controls=control)
        methods = [e.method for e in found.beside if "geographic" in e.name and not e.because]
        assert "partial correlation over languages, size held constant" in methods
        assert "partial correlation over languages, genetic distance held constant" in methods

    def test_scores_can_be_asked_about_without_a_baseline(self) -> None:
        results = world(np.random.default_rng(1), -2.0)
        scores = results[results["intermediate"] == "squad2"].reset_index(drop=True)
        assert distance.answer(asked(scores, kinds=("geographic",))).says == "cannot-tell"
        assert distance.answer(asked(scores, kinds=("geographic",), outcome="score")).says == "yes"


class TestDegenerateInput:
    def because(self, results: pd.DataFrame, **options: object) -> str:
        said = distance.answer(asked(results, **options))
        assert said.says == "cannot-tell"
        assert said.text.startswith("Cannot tell, because")
        assert all(np.isnan(e.estimate) for e in said.effects if e.because)
        return said.text

    def test_one_language(self) -> None:
        assert "1 language has" in self.because(world(np.random.default_rng(0), -2.0, languages=("de",)))

    def test_one_family(self) -> None:
        text = self.because(world(np.random.default_rng(0), -2.0, languages=("de", "es", "ru", "hi", "fa", "el")))
        assert "one family (Indo-European), which is a sample of one" in text

    def test_three_families(self) -> None:
        text = self.because(world(np.random.default_rng(0), -2.0, languages=("de", "es", "ru", "fi", "hu", "tr")))
        assert "3 families, and fewer than 4" in text

    def test_one_task_with_one_seed(self) -> None:
        assert ONE_RUN in self.because(world(np.random.default_rng(0), -2.0, targets=("xnli",), seeds=1))

    def test_one_task_with_several_seeds_is_told_for_this_task(self) -> None:
        found = asked(world(np.random.default_rng(0), -2.0, targets=("xnli",), seeds=4), kinds=("geographic",))
        assert found.cells.replicated_by == "seed"
        said = distance.answer(found)
        assert said.says == "yes"
        assert any("holds for this task" in h for h in said.hinges)

    def test_no_baseline(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        text = self.because(results[results["intermediate"] != "none"].reset_index(drop=True))
        assert "baseline" in text

    def test_constant_scores(self) -> None:
        results = world(np.random.default_rng(0), 0.0)
        assert "the same in every cell" in self.because(results.assign(score=50.0))

    def test_a_constant_distance(self) -> None:
        pairs = [{"language": "en", "other": code, "kind": "genetic", "distance": 0.5} for code in LANGUAGES]
        text = self.because(
            world(np.random.default_rng(0), -2.0), kinds=("genetic",), distances=tidy(pd.DataFrame(pairs), "flat")
        )
        assert "same genetic distance" in text

    def test_a_kind_without_a_table_is_left_out_by_name(self) -> None:
        said = distance.answer(asked(world(np.random.default_rng(0), -2.0), kinds=("inventory",)))
        assert said.says == "cannot-tell"
        assert any(line.startswith("inventory distance: not in") for line in said.left_out)

    def test_models_trained_on_several_languages(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        said = distance.answer(asked(results.assign(method="multilingual"), outcome="score"))
        assert said.says == "cannot-tell"
        assert "one source language" in said.text
        assert any("trained on several languages" in line for line in said.left_out)

    def test_an_empty_table(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        self.because(results[:0], specifications=True)

    def test_wrong_calls_are_refused(self) -> None:
        results = world(np.random.default_rng(0), -2.0, targets=("xnli",))
        for options in ({"kinds": ()}, {"matters": 0}, {"outcome": "loss"}):
            with pytest.raises(UsageError):
                asked(results, **options)


class TestModels:
    def rows(self, results: pd.DataFrame, kind: str = "geographic"):  # type: ignore[no-untyped-def]
        found = cells(
            results, shipped_distances(), kinds=[kind], outcome="gain", split=None, metric=None, words=vocabulary()
        )
        return rows_of(found.targets, kind, "raw", outcome="gain", level=0.95)

    def test_clustered_errors_are_those_of_the_numerics(self) -> None:
        rows = self.rows(world(np.random.default_rng(1), -1.0))
        x = np.column_stack([rows.z, pd.get_dummies(rows.task).to_numpy(float)])
        expected = clustered(least_squares(x, rows.y), rows.family)
        assert clustered_family(rows).error == pytest.approx(expected.standard_error[0])
        assert clustered_family(rows).p_value == pytest.approx(expected.p_value[0])

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
        assert found.error == pytest.approx(expected.standard_error[1])
        assert found.p_value == pytest.approx(expected.p_value[1])
        assert codes == sorted(LANGUAGES)

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
                found[way.__name__] += way(drawn).p_value < 0.05
        assert found["mixed_slopes_tree"] <= 9
        assert found["plain"] >= 15

    @settings(max_examples=4, deadline=None)
    @given(order=st.randoms(use_true_random=False), shift=st.floats(-20, 20), scale=st.floats(0.2, 1.0))
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


class TestSpecificationCurve:
    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls) -> DistanceOutcome:
        return distance.ask(
            published_scores(),
            outcome="score",
            kinds=("script",),
            rng=np.random.default_rng(0),
            permutations=49,
        )

    def test_every_combination_stands_in_it_once(self, outcome: DistanceOutcome) -> None:
        table = outcome.curve
        choices = ["kind", "standard_error", "phylogeny", "transform", "subset"]
        assert not table.duplicated(choices).any()
        assert len(table) == len(ERRORS) * 2 * table["subset"].nunique()
        assert set(table["subset"]) == {
            "all",
            "with the source language",
            "without Indo-European",
            "without families of one language",
        }
        assert ((table["because"] == "") == table["estimate"].notna()).all()

    def test_the_model_the_answer_rests_on_is_one_of_them(self, outcome: DistanceOutcome) -> None:
        table = outcome.curve.query(
            "kind == 'script' and standard_error == 'mixed, slopes' and phylogeny == 'tree' and transform == 'points' and subset == 'all'"
        )
        headline = next(e for e in outcome.headline if "script" in e.name)
        assert table["estimate"].item() == pytest.approx(headline.estimate)
        assert table["p_value"].item() == pytest.approx(headline.p_value)

    def test_shares_count_signs_and_significance(self) -> None:
        table = pd.DataFrame({"kind": "x", "estimate": [-1, -1, 2, np.nan], "p_value": [0.01, 0.5, 0.01, np.nan]})
        row = shares(table).iloc[0]
        assert (row["specifications"], row["cannot_tell"]) == (3, 1)
        assert (row["falls"], row["falls_significantly"], row["rises_significantly"]) == (2 / 3, 1 / 3, 1 / 3)

    def test_a_hundred_specifications_take_less_than_a_minute(self, outcome: DistanceOutcome) -> None:
        started = time.process_time()
        table = curve(outcome.cells, level=0.95)
        assert (time.process_time() - started) * 100 / len(table) < 60


class TestPublishedScores:
    def test_scores_in_the_source_language_are_no_transfer(self) -> None:
        found = cells(
            published_scores(),
            shipped_distances(),
            kinds=["script"],
            outcome="score",
            split=None,
            metric=None,
            words=vocabulary(),
        )
        assert "en" in set(found.frame["language"])
        assert "en" not in set(found.targets["language"])
        assert any("one language besides the source" in line for line in found.left_out)

    def test_xquad_and_pawsx_per_language_are_all_read(self) -> None:
        found = cells(
            published_scores(),
            shipped_distances(),
            kinds=["script"],
            outcome="score",
            split=None,
            metric=None,
            words=vocabulary(),
        )
        counts = found.targets.groupby("target")["language"].nunique()
        assert counts["xquad"] == 10
        assert counts["pawsx"] == 6

    def test_the_gain_cannot_be_told_from_them(self) -> None:
        said = distance.answer(asked(published_scores()))
        assert said.says == "cannot-tell"
        assert "baseline" in said.text

    def test_arabic_and_chinese_have_no_syntactic_distance_and_are_named(self) -> None:
        found = cells(
            published_scores(),
            shipped_distances(),
            kinds=["syntactic"],
            outcome="score",
            split=None,
            metric=None,
            words=vocabulary(),
        )
        assert "ar, zh: no syntactic distance from en" in found.left_out


def test_an_own_table_of_distances_is_used() -> None:
    table = shipped_distances()
    twice = Distances(table.frame.assign(kind="twice"), "mine")
    assert twice.kinds == ("twice",)
