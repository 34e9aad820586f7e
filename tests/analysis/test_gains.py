from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.gains import GAIN_COLUMNS, Gains, SummaryDesign, array, gains, one_reading, summary
from analysis.published.scores import scores_of
from analysis.results.table import concat, validate

ROW = {"model": "xlm-r-large", "target": "xnli", "language": "de", "split": "dev"}


def table(*rows: dict[str, object], where: str = "made-up.csv") -> pd.DataFrame:
    return validate(pd.DataFrame([ROW | row for row in rows]), where)


def grid(
    rng: np.random.Generator, effect: float, *, seeds: int = 4, languages: tuple[str, ...] = ("de", "sw", "zh", "th")
) -> pd.DataFrame:
    rows = []
    for target in ("xnli", "pawsx"):
        for seed in range(seeds):
            run = rng.normal(0, 0.3, 2)
            for language in languages:
                base = 70 + rng.normal(0, 0.3) + run[0]
                rows.append(
                    {"intermediate": "none", "target": target, "language": language, "seed": seed, "score": base}
                )
                score = 70 + effect + rng.normal(0, 0.3) + run[1]
                rows.append(
                    {"intermediate": "squad2", "target": target, "language": language, "seed": seed, "score": score}
                )
    return table(*rows)


class TestPairing:
    def test_a_table_without_any_intermediate_training_has_no_gain_and_no_fault(self) -> None:
        found = gains(table(*({"intermediate": "none", "seed": seed, "score": 70.0} for seed in (1, 2, 3))))
        assert found.frame.empty

    def test_a_gain_is_taken_inside_one_version_of_a_study(self) -> None:
        rows = [{"study": "s", "version": v, "intermediate": run, "score": score} for v, run, score in (
            ("v1", "none", 70), ("v1", "squad2", 72), ("v2", "none", 60), ("v2", "squad2", 65), ("v3", "squad2", 99))]  # fmt: skip
        found = gains(table(*rows))
        assert dict(zip(found.frame["version"], found.frame["gain"], strict=True)) == {"v1": 2.0, "v2": 5.0}
        assert len(found.left_out) == 1

    def test_a_gain_is_the_difference_of_the_same_seed(self) -> None:
        found = gains(
            table(
                {"intermediate": "none", "seed": 1, "score": 70},
                {"intermediate": "none", "seed": 2, "score": 60},
                {"intermediate": "squad2", "seed": 1, "score": 71.5},
                {"intermediate": "squad2", "seed": 2, "score": 64},
            )
        ).frame
        assert list(found.columns) == list(GAIN_COLUMNS)
        assert found["gain"].tolist() == [1.5, 4.0]
        assert found["seed"].tolist() == [1, 2]
        assert set(found["pairing"]) == {"seeds"}

    def test_without_common_seeds_means_are_paired_and_it_is_said(self) -> None:
        found = gains(
            table(
                {"intermediate": "none", "seed": 1, "score": 70},
                {"intermediate": "none", "seed": 2, "score": 60},
                {"intermediate": "squad2", "seed": 3, "score": 71},
            )
        ).frame
        assert found["gain"].tolist() == [6.0]
        assert found["pairing"].tolist() == ["means"]
        assert np.isnan(found["seed"]).all()
        assert (found["runs"].tolist(), found["baseline_runs"].tolist()) == ([1], [2])

    def test_a_single_gain_has_the_error_that_both_its_scores_state(self) -> None:
        found = gains(
            table(
                {"intermediate": "none", "score": 70, "sd": 0.6, "n_seeds": 4},
                {"intermediate": "mnli", "score": 71, "sd": 0.8, "n_seeds": 4},
                {"intermediate": "qqp", "score": 71},
                {"intermediate": "squad2", "score": 71, "plus_minus": 0.8},
            )
        ).frame.set_index("intermediate")
        welch = (0.09 + 0.16) ** 2 / ((0.09**2 + 0.16**2) / 3)
        assert found.loc["mnli", ["se", "df", "n_seeds"]].tolist() == pytest.approx([0.5, welch, 4])
        assert found.loc[["qqp", "squad2"], ["se", "df"]].isna().all(axis=None)

    def test_scores_without_seeds_are_single(self) -> None:
        found = gains(table({"intermediate": "none", "score": 70}, {"intermediate": "squad2", "score": 69}))
        assert found.frame["gain"].tolist() == [-1.0]
        assert found.frame["pairing"].tolist() == ["single"]

    def test_a_seed_the_baseline_lacks_is_left_out_by_name(self) -> None:
        found = gains(
            table(
                {"intermediate": "none", "seed": 1, "score": 70},
                {"intermediate": "squad2", "seed": 1, "score": 71},
                {"intermediate": "squad2", "seed": 2, "score": 99},
            )
        )
        assert found.frame["gain"].tolist() == [1.0]
        assert len(found.left_out) == 1
        assert "seed 2 of squad2 on xnli in de" in found.left_out[0]

    @pytest.mark.parametrize(
        "other",
        [
            {"model": "mbert"},
            {"language": "sw"},
            {"split": "test"},
            {"perturbation": "typos"},
            {"target_examples": 500},
            {"study": "another"},
            {"provenance": "published"},
            {"target": "pawsx"},
        ],
    )
    def test_a_baseline_of_another_cell_is_no_baseline(self, other: dict[str, object]) -> None:
        found = gains(table({"intermediate": "none", "score": 70} | other, {"intermediate": "squad2", "score": 71}))
        assert found.frame.empty
        assert len(found.left_out) == 1
        assert "squad2 (de)" in found.left_out[0]

    def test_the_language_of_absent_intermediate_data_does_not_matter(self) -> None:
        found = gains(
            table(
                {"intermediate": "none", "score": 70},
                {"intermediate": "squad2", "intermediate_language": "de", "intermediate_examples": 5000, "score": 72},
            )
        )
        assert found.frame["gain"].tolist() == [2.0]

    def test_language_modelling_alone_is_a_run_not_a_baseline(self) -> None:
        found = gains(
            table({"intermediate": "none", "score": 70}, {"intermediate": "none", "method": "mlm", "score": 73})
        )
        assert found.frame[["method", "gain"]].values.tolist() == [["mlm", 3.0]]

    def test_less_is_better_for_an_error_rate(self) -> None:
        rows = [
            {"intermediate": name, "score": score, "metric": "error_rate"}
            for name, score in (("none", 30), ("squad2", 20))
        ]
        assert gains(table(*rows)).frame["gain"].tolist() == [10.0]

    def test_the_same_table_twice_changes_nothing(self) -> None:
        once = grid(np.random.default_rng(0), 1.0)
        pd.testing.assert_frame_equal(gains(once).frame, gains(concat([once, once])).frame)

    def test_published_scores_have_no_baseline_in_the_study_of_the_gains(self) -> None:
        found = gains(scores_of("xtreme"))
        assert found.frame.empty
        assert any("best_per_target" in sentence for sentence in found.left_out)

    def test_a_table_that_was_not_validated_is_refused(self) -> None:
        with pytest.raises(UsageError, match=r"analysis\.results\.table\.validate"):
            gains(pd.DataFrame({"score": [1.0]}))

    @settings(max_examples=5, deadline=None)
    @given(order=st.randoms(use_true_random=False), names=st.permutations(["de", "sw", "zh", "th"]))
    def test_gains_do_not_depend_on_the_order_of_rows_nor_on_names(self, order: object, names: list[str]) -> None:
        results = grid(np.random.default_rng(1), 1.0, seeds=2)
        places = list(range(len(results)))
        order.shuffle(places)  # type: ignore[attr-defined]
        renaming = dict(zip(["de", "sw", "zh", "th"], names, strict=True))
        moved = results.iloc[places].assign(language=lambda t: t["language"].astype(str).map(renaming))
        before, after = gains(results).frame, gains(moved).frame
        keyed = before.assign(language=before["language"].astype(str).map(renaming))
        columns = ["target", "language", "seed", "gain"]
        ordered = [f[columns].astype({"target": str, "language": str}).sort_values(columns[:3]) for f in (keyed, after)]
        pd.testing.assert_frame_equal(*(f.reset_index(drop=True) for f in ordered))


class TestReading:
    def test_one_metric_and_split_remain_per_target(self) -> None:
        rows = [
            {
                "intermediate": "none",
                "target": "xquad",
                "metric": metric,
                "split": split,
                "score": 70,
                "language": language,
            }
            for metric in ("exact_match", "f1")
            for split, languages in (("test", ("de", "ar")), ("dev", ("de",)))
            for language in languages
        ]
        read = one_reading(table(*rows))
        assert set(read.frame["metric"]) == {"f1"}
        assert set(read.frame["split"]) == {"test"}
        assert read.left_out == ("2 rows of xquad with split dev", "2 rows of xquad with metric exact_match")

    def test_one_row_left_out_is_a_row(self) -> None:
        rows = [{"intermediate": "none", "score": 70, "split": split} for split in ("test", "dev")]
        assert one_reading(table(*rows)).left_out == ("1 row of xnli with split dev",)

    def test_a_mean_beside_its_languages_is_dropped_and_a_lone_mean_kept(self) -> None:
        rows = [{"intermediate": "none", "score": 70, "language": language} for language in ("mean", "de", "ar")]
        read = one_reading(table(*rows, {"intermediate": "none", "target": "pawsx", "language": "mean", "score": 80}))
        assert sorted(read.frame["language"]) == ["ar", "de", "mean"]
        assert read.left_out == ("1 means over languages beside the single languages",)

    def test_perturbed_rows_are_named(self) -> None:
        read = one_reading(
            table({"intermediate": "none", "score": 7}, {"intermediate": "none", "score": 7, "perturbation": "typos"})
        )
        assert len(read.frame) == 1
        assert "1 row with a perturbation" in read.left_out


class TestArray:
    def test_places_are_method_task_language_seed(self) -> None:
        found = array(gains(grid(np.random.default_rng(0), 1.0)))
        assert found.values.shape == (1, 2, 4, 4)
        assert found.methods == ("squad2",)
        assert found.tasks == ("pawsx", "xnli")
        assert found.languages == ("de", "sw", "th", "zh")
        assert found.seeds == (0, 1, 2, 3)
        assert found.missing == ()

    def test_ragged_seeds_and_missing_cells_are_nan_and_named(self) -> None:
        rows = [
            {"intermediate": "none", "seed": s, "score": 70, "language": language}
            for s in (1, 2)
            for language in ("de", "sw")
        ]
        rows += [
            {"intermediate": "squad2", "seed": s, "score": 71, "language": language}
            for s in (1, 2)
            for language in ("de", "sw")
        ]
        rows += [{"intermediate": "mnli", "seed": 1, "score": 72}]
        found = array(gains(table(*rows)))
        assert found.methods == ("mnli", "squad2")
        np.testing.assert_array_equal(found.values[0, 0], [[2, np.nan], [np.nan, np.nan]])
        assert found.missing == ("mnli lacks xnli in sw",)

    def test_sizes_and_languages_of_the_data_make_methods_of_their_own(self) -> None:
        rows = [{"intermediate": "none", "score": 70}]
        rows += [{"intermediate": "squad2", "intermediate_examples": n, "score": 71} for n in (500, 1000)]
        found = array(gains(table(*rows)))
        assert found.methods == ("squad2 · 1000 examples", "squad2 · 500 examples")


class TestSummary:
    def read(self, results: pd.DataFrame) -> Gains:
        found = gains(results)
        return replace(found, frame=one_reading(found.frame).frame)

    def test_a_built_in_gain_is_found_and_its_interval_covers_it(self) -> None:
        row = summary(self.read(grid(np.random.default_rng(3), 2.0))).frame.iloc[0]
        assert row["verdict"] == "gain"
        assert row["mean_low"] < 2.0 < row["mean_high"]
        assert 0 < row["detectable"] < 1.5
        assert row["p_improvement"] == 1.0
        assert row["optimality_gap"] == 0.0
        assert (row["targets"], row["languages"], row["seeds"], row["cells"]) == (2, 4, 4, 8)

    def test_no_gain_is_equivalent_within_a_wide_margin_and_open_within_a_narrow_one(self) -> None:
        found = self.read(grid(np.random.default_rng(5), 0.0))
        assert summary(found, SummaryDesign(margin=1.5)).frame["verdict"].tolist() == ["equivalent"]
        assert summary(found, SummaryDesign(margin=0.01)).frame["verdict"].tolist() == ["inconclusive"]

    def test_the_mean_is_the_plain_mean_of_a_balanced_grid(self) -> None:
        found = self.read(grid(np.random.default_rng(3), 2.0))
        row = summary(found).frame.iloc[0]
        assert row["mean"] == pytest.approx(found.frame["gain"].mean())
        wins = (found.frame["score"].to_numpy() > found.frame["baseline"].to_numpy()).mean()
        assert wins == 1.0

    def test_the_chance_of_improvement_counts_pairs_of_runs(self) -> None:
        rows = [{"intermediate": "none", "seed": s, "score": v} for s, v in enumerate((70, 72))]
        rows += [{"intermediate": "squad2", "seed": s, "score": v} for s, v in enumerate((71, 72))]
        row = summary(gains(table(*rows))).frame.iloc[0]
        assert row["p_improvement"] == (1 + 0 + 1 + 0.5) / 4

    def test_one_seed_cannot_tell_over_seeds_but_can_over_languages(self) -> None:
        found = self.read(grid(np.random.default_rng(3), 2.0, seeds=1))
        row = summary(found).frame.iloc[0]
        assert row["verdict"] == "cannot-tell"
        assert "one seed" in row["because"]
        assert np.isnan(row["mean_low"])
        assert row["mean"] == pytest.approx(found.frame["gain"].mean())
        row = summary(found, SummaryDesign(over="languages")).frame.iloc[0]
        assert row["verdict"] == "gain"
        assert row["rests_on"] == "languages"

    def test_scores_that_do_not_vary_cannot_tell(self) -> None:
        rows = [
            {"intermediate": i, "seed": s, "score": v} for i, v in (("none", 70), ("squad2", 71)) for s in (1, 2, 3)
        ]
        row = summary(gains(table(*rows))).frame.iloc[0]
        assert row["verdict"] == "cannot-tell"
        assert row["because"]
        assert row["mean"] == 1.0

    def test_an_empty_table_gives_an_empty_summary(self) -> None:
        assert summary(gains(scores_of("xtreme"))).frame.empty

    def test_a_margin_of_zero_is_refused(self) -> None:
        with pytest.raises(UsageError, match="margin"):
            summary(gains(grid(np.random.default_rng(0), 1.0)), SummaryDesign(margin=0))
