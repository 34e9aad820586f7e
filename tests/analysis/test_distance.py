from functools import cache

import numpy as np
import pandas as pd
import pytest
from distance_worlds import LANGUAGES, TARGETS, world

from analysis.distances import Distances, shipped_distances
from analysis.distances.table import tidy
from analysis.errors import UsageError
from analysis.published.scores import scores_of
from analysis.questions import distance
from analysis.questions.distance.cells import Cells, cells
from analysis.questions.distance.fit import DistanceFit
from analysis.questions.distance.specification import ERRORS, shares
from analysis.registry.vocabulary import vocabulary

KINDS = ("genetic", "geographic", "script")


def asked(results: pd.DataFrame, **options: object) -> DistanceFit:
    given = {"kinds": KINDS, "permutations": 99, "specifications": False} | options
    return distance.fit(results, distance.DESIGN(**given))  # type: ignore[arg-type]


@cache
def fall() -> DistanceFit:
    """Of a world in which gains fall by two points per standard deviation."""
    return asked(world(np.random.default_rng(1), -2.0), kinds=("geographic",))


def rng_places() -> list[float]:
    """A place from −1 to 1 for each language."""
    return np.random.default_rng(3).uniform(-1, 1, len(LANGUAGES)).tolist()


class TestAnswers:
    def test_a_built_in_fall_is_found(self) -> None:
        found = fall()
        said = distance.report(found)
        assert said.says == "yes"
        slope = found.headline[0]
        assert slope.low < -2.0 < slope.high < 0
        assert slope.n == 12
        assert said.provenance == ("synthetic",)
        assert said.effects[0] is slope
        assert "12 families (20 languages, 4 tasks" in said.sure

    def test_a_rise_is_no_fall(self) -> None:
        said = distance.report(asked(world(np.random.default_rng(2), 2.0), kinds=("geographic",)))
        assert said.says == "no"
        assert "rises with geographic distance" in said.text

    def test_no_slope_and_little_noise_excludes_one_that_matters(self) -> None:
        said = distance.report(asked(world(np.random.default_rng(3), 0.0), kinds=("geographic",)))
        assert said.says == "no"
        assert "fall of 1 point or more" in said.text

    def test_a_slope_that_one_language_makes_decides_nothing(self) -> None:
        results = world(np.random.default_rng(3), 0.0)
        pairs = [
            ("en", c, "own", 0.95 if c == "th" else 0.1 + 0.1 * x) for c, x in zip(LANGUAGES, rng_places(), strict=True)
        ]
        own = tidy(pd.DataFrame(pairs, columns=["language", "other", "kind", "distance"]), "own")
        lost = (results["language"].astype(str) == "th") & (results["intermediate"] == "squad2")
        results = results.assign(score=results["score"] - 20.0 * lost)
        said = distance.report(asked(results, kinds=("own",), distances=own, pretraining=False))
        assert said.says == "cannot-tell"
        assert "without th it is gone" in said.text

    def test_no_slope_and_much_noise_cannot_tell(self) -> None:
        said = distance.report(asked(world(np.random.default_rng(4), 0.0, noise=4.0), kinds=("geographic",)))
        assert said.says == "cannot-tell"
        assert "is not excluded" in said.text

    def test_p_values_are_adjusted_for_the_kinds_asked_for(self) -> None:
        found = asked(world(np.random.default_rng(1), -2.0))
        raw = sorted(e.p_value for e in found.headline)
        assert min(found.adjusted) == pytest.approx(3 * raw[0])
        alone = fall()
        assert alone.adjusted == (alone.headline[0].p_value,)

    def test_slopes_by_task_are_shrunken_about_their_mean(self) -> None:
        found = fall()
        assert len(found.slopes) == len(TARGETS)
        assert found.slopes["slope"].mean() == pytest.approx(found.headline[0].estimate, abs=0.05)

    def test_required_correlations_are_those_of_families_and_of_languages(self) -> None:
        row = fall().required.iloc[0]
        assert (row["families"], row["languages"]) == (12, 20)
        assert row["required_families"] == pytest.approx(np.tanh((1.959964 + 0.841621) / 3), abs=1e-5)
        assert row["required_families"] > row["required_languages"]

    def test_a_fall_in_points_that_logits_do_not_show_is_no_answer(self) -> None:
        """Published scores against script: p = .03 in points, .3 in logits, no size held constant."""
        found = asked(scores_of("xtreme"), outcome="score", kinds=("script",), pretraining=False)
        assert found.headline[0].p_value < 0.05
        said = distance.report(found)
        assert said.says == "cannot-tell"
        assert "in points and not in logits" in said.text
        assert any("but otherwise with" in line and "of logits" in line for line in said.hinges)

    def test_a_published_fall_is_less_sure_with_the_pretraining_size_held_constant(self) -> None:
        found = asked(scores_of("xtreme"), outcome="score", kinds=("script",))
        decision = found.decisions[0]
        assert decision.plain.p_value < 0.05 < decision.slope.p_value
        said = distance.report(found)
        assert said.says == "cannot-tell"
        assert "pretraining size held constant" in said.text

    def test_what_goes_with_a_control_alone_is_explained_by_it(self) -> None:
        rng = np.random.default_rng(5)
        d = shipped_distances().matrix("geographic", ["en", *LANGUAGES])[0, 1:]
        size = -(d - d.mean()) / d.std() + rng.normal(0, 0.6, len(LANGUAGES))
        results = world(rng, 0.0)
        gained = results["intermediate"] == "squad2"
        more = results["language"].astype(str).map(dict(zip(LANGUAGES, 2 * size, strict=True))).astype(float)
        results = results.assign(score=results["score"] + more.where(gained, 0.0))
        control = {"size": dict(zip(LANGUAGES, map(float, size), strict=True))}
        assert distance.report(asked(results, kinds=("geographic",))).says == "yes"
        said = distance.report(asked(results, kinds=("geographic",), controls=control))
        assert said.says in {"no", "cannot-tell"}
        assert "explained by size" in said.text

    def test_one_run_of_one_task_is_a_design_and_speaks_of_this_run(self) -> None:
        results = world(np.random.default_rng(0), -2.0, targets=("xnli",), seeds=1)
        said = distance.report(asked(results, kinds=("geographic",)))
        assert said.says == "yes"
        assert any("speaks of this run" in hinge for hinge in said.hinges)
        assert "one run" in said.effects[0].method

    def test_a_fall_in_one_family_is_called_one_of_that_family(self) -> None:
        results = world(np.random.default_rng(8), 0.0)
        inside = [c for c in LANGUAGES if vocabulary()["language"][c].facts["family"] == "Indo-European"]
        d = dict(zip(inside, np.linspace(-1, 1, len(inside)), strict=True))
        pairs = [("en", c, "own", 0.5 + 0.4 * d.get(c, x)) for c, x in zip(LANGUAGES, rng_places(), strict=True)]
        own = tidy(pd.DataFrame(pairs, columns=["language", "other", "kind", "distance"]), "own")
        fall = results["language"].astype(str).map({c: -6 * x for c, x in d.items()}).astype(float).fillna(0.0)
        gained = results["intermediate"] == "squad2"
        results = results.assign(score=results["score"] + fall.where(gained, 0.0))
        said = distance.report(asked(results, kinds=("own",), distances=own))
        assert said.says == "mixed"
        assert "in Indo-European only" in said.text

    def test_a_u_is_no_line_and_not_the_absence_of_a_fall(self) -> None:
        results = world(np.random.default_rng(9), 0.0)
        d = shipped_distances().matrix("geographic", ["en", *LANGUAGES])[0, 1:]
        z = dict(zip(LANGUAGES, (d - d.mean()) / d.std(), strict=True))
        bent = results["language"].astype(str).map({c: 2 * x**2 for c, x in z.items()}).astype(float)
        gained = results["intermediate"] == "squad2"
        results = results.assign(score=results["score"] + bent.where(gained, 0.0))
        said = distance.report(asked(results, kinds=("geographic",)))
        assert said.says == "mixed"
        assert "not along a line" in said.text

    def test_gains_over_a_baseline_at_chance_are_set_aside_by_name(self) -> None:
        results = world(np.random.default_rng(1), -2.0)
        far = (results["language"].astype(str) == "ja") & (results["target"].astype(str) == "pawsx")
        said = distance.report(asked(results.assign(score=results["score"].mask(far, 50.2)), kinds=("geographic",)))
        assert "pawsx: 1 cell at chance, where the gain cannot show (ja)" in said.left_out

    def test_controls_are_held_constant(self) -> None:
        control = {"size": {code: float(i) for i, code in enumerate(LANGUAGES)}}
        found = asked(world(np.random.default_rng(1), -2.0), controls=control)
        methods = [e.method for e in found.beside if "geographic" in e.name and not e.because]
        assert "partial correlation over languages, size held constant" in methods
        assert "partial correlation over languages, genetic distance held constant" in methods

    def test_statsmodels_fits_the_same_slope(self) -> None:
        found = fall()
        again = next(e for e in found.beside if e.method.startswith("statsmodels MixedLM"))
        assert "agrees" in again.method
        assert again.estimate == pytest.approx(found.headline[0].estimate, abs=0.05 * found.headline[0].error)

    def test_scores_can_be_asked_about_without_a_baseline(self) -> None:
        results = world(np.random.default_rng(1), -2.0)
        scores = results[results["intermediate"] == "squad2"].reset_index(drop=True)
        assert distance.report(asked(scores, kinds=("geographic",))).says == "cannot-tell"
        assert distance.report(asked(scores, kinds=("geographic",), outcome="score")).says == "yes"


class TestDegenerateInput:
    def because(self, results: pd.DataFrame, **options: object) -> str:
        said = distance.report(asked(results, **options))
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

    def test_one_task_with_several_seeds_is_told_for_this_task(self) -> None:
        found = asked(world(np.random.default_rng(0), -2.0, targets=("xnli",), seeds=4), kinds=("geographic",))
        assert found.cells.replicated_by == "seed"
        said = distance.report(found)
        assert said.says == "yes"
        assert any("holds for this task" in h for h in said.hinges)

    def test_no_baseline(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        text = self.because(results[results["intermediate"] != "none"].reset_index(drop=True))
        assert "baseline" in text
        assert "--outcome score" in text

    def test_constant_scores(self) -> None:
        results = world(np.random.default_rng(0), 0.0)
        assert "the same in every cell" in self.because(results.assign(score=50.0))

    def test_a_constant_distance(self) -> None:
        pairs = [{"language": "en", "other": code, "kind": "genetic", "distance": 0.5} for code in LANGUAGES]
        text = self.because(
            world(np.random.default_rng(0), -2.0), kinds=("genetic",), distances=tidy(pd.DataFrame(pairs), "flat")
        )
        assert "same genetic distance" in text

    def test_a_kind_without_a_table_is_refused_by_name(self) -> None:
        with pytest.raises(UsageError, match="lexical"):
            asked(world(np.random.default_rng(0), -2.0), kinds=("lexical",))

    def test_models_trained_on_several_languages(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        said = distance.report(asked(results.assign(method="multilingual"), outcome="score"))
        assert said.says == "cannot-tell"
        assert "one source language" in said.text
        assert any("trained on several languages" in line for line in said.left_out)

    def test_an_empty_table(self) -> None:
        results = world(np.random.default_rng(0), -2.0)
        self.because(results[:0], specifications=True)

    def test_wrong_calls_are_refused(self) -> None:
        results = world(np.random.default_rng(0), -2.0, targets=("xnli",))
        for options in ({"kinds": ()}, {"margin": 0}, {"outcome": "loss"}):
            with pytest.raises(UsageError):
                asked(results, **options)


class TestSpecificationCurve:
    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls) -> DistanceFit:
        return distance.fit(scores_of("xtreme"), distance.DESIGN(outcome="score", kinds=("script",), permutations=49))

    def test_every_combination_stands_in_it_once(self, outcome: DistanceFit) -> None:
        table = outcome.curve
        choices = ["kind", "standard_error", "phylogeny", "transform", "subset", "controls"]
        assert not table.duplicated(choices).any()
        assert set(table["controls"]) == {"none", "pretraining size", "tokenizer fertility"}
        assert len(table) == len(ERRORS) * 2 * 3 * table["subset"].nunique()
        assert set(table["subset"]) == {
            "all",
            "with the source language",
            "without Indo-European",
            "without families of one language",
        }
        assert ((table["because"] == "") == table["estimate"].notna()).all()

    def test_the_model_the_answer_rests_on_is_one_of_them(self, outcome: DistanceFit) -> None:
        table = outcome.curve.query(
            "kind == 'script' and standard_error == 'mixed, slopes' and phylogeny == 'tree' and transform == 'points' and subset == 'all' and controls == 'pretraining size'"
        )
        headline = next(e for e in outcome.headline if "script" in e.name)
        assert table["estimate"].item() == pytest.approx(headline.estimate)
        assert table["p_value"].item() == pytest.approx(headline.p_value)

    def test_shares_count_signs_and_significance(self) -> None:
        table = pd.DataFrame({"kind": "x", "estimate": [-1, -1, 2, np.nan], "p_value": [0.01, 0.5, 0.01, np.nan]})
        row = shares(table).iloc[0]
        assert (row["specifications"], row["cannot_tell"]) == (3, 1)
        assert (row["falls"], row["falls_significantly"], row["rises_significantly"]) == (2 / 3, 1 / 3, 1 / 3)


def published(kind: str) -> Cells:
    return cells(scores_of("xtreme"), distance.DESIGN(outcome="score", kinds=[kind]))


class TestPublishedScores:
    def test_scores_in_the_source_language_are_no_transfer(self) -> None:
        found = published("script")
        assert "en" in set(found.frame["language"])
        assert "en" not in set(found.targets["language"])
        assert any("one language besides the source" in line for line in found.left_out)

    def test_xquad_and_pawsx_per_language_are_all_read(self) -> None:
        found = published("script")
        counts = found.targets.groupby("target")["language"].nunique()
        assert counts["xquad"] == 10
        assert counts["pawsx"] == 6

    def test_the_gain_cannot_be_told_from_them(self) -> None:
        said = distance.report(asked(scores_of("xtreme")))
        assert said.says == "cannot-tell"
        assert "baseline" in said.text

    def test_arabic_and_chinese_have_no_syntactic_distance_and_are_named(self) -> None:
        found = published("syntactic")
        assert "ar, zh: no syntactic distance from en" in found.left_out


def test_an_own_table_of_distances_is_used() -> None:
    table = shipped_distances()
    twice = Distances(table.frame.assign(kind="twice"), "mine")
    assert twice.kinds == ("twice",)
