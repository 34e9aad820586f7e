"""One hierarchy or none, the same in every family or not: built-in truths are told, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from shared_files import shared
from simulated_grids import LANGUAGES, TASKS, ranked_tasks, row, table

from analysis.errors import UsageError
from analysis.published.scores import scores_of
from analysis.questions import hierarchy
from analysis.questions.hierarchy.agreement import agreement
from analysis.questions.hierarchy.blocks import blocks_of, complete
from analysis.questions.hierarchy.families import families
from analysis.results.table import empty, validate

SIZE = 200
MONTE_CARLO = 0.03
EXACT = 1e-12


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def asked(table: pd.DataFrame, seed: int = 0, **given) -> hierarchy.HierarchyFit:
    return hierarchy.fit(table, hierarchy.DESIGN(size=SIZE, seed=seed, **given))


def blocks_of_table(table: pd.DataFrame):
    return blocks_of(table, hierarchy.HierarchyDesign())


def test_one_hierarchy_is_found_with_its_order_and_is_the_same_in_every_family(rng):
    outcome = asked(ranked_tasks(rng, worth=(8, 6, 4, 2, 0)))
    one, same = hierarchy.answers(outcome)
    assert (one.says, same.says) == ("yes", "yes")
    assert outcome.positions.ties == tuple((task,) for task in TASKS)
    assert outcome.positions.frame["p_best"].iloc[0] > 0.95
    assert hierarchy.report(outcome).says == "yes"
    assert one.provenance == ("synthetic",)


def test_a_family_with_the_opposite_order_is_found_and_named(rng):
    outcome = asked(ranked_tasks(rng, worth_in={"Dravidian": (0, 1, 2, 3, 4)}))
    one, same = hierarchy.answers(outcome)
    assert (one.says, same.says) == ("yes", "no")
    assert "Dravidian" in same.text
    assert hierarchy.report(outcome).says == "mixed"
    dravidian = outcome.families.ranks[outcome.families.ranks["family"] == "Dravidian"]
    assert dravidian["name"].tolist() == list(reversed(TASKS))


def test_no_hierarchy_across_targets_is_never_called_one(rng):
    says = {hierarchy.answers(asked(ranked_tasks(rng, worth=[0] * 5, by_target=2)))[0].says for _ in range(3)}
    assert says <= {"no", "cannot-tell"}


def test_targets_that_share_lucky_checkpoints_are_not_taken_for_a_hierarchy(rng, monkeypatch):
    monkeypatch.setattr("analysis.questions.hierarchy.agreement.PERMUTATIONS", 499)
    of_targets = both = 0
    for _ in range(8):
        blocks = blocks_of_table(ranked_tasks(rng, worth=[0] * 5, checkpoint=1.0, languages=LANGUAGES[:2]))
        found = agreement(blocks, complete(blocks)[0], hierarchy.HierarchyDesign(), rng)
        of_targets += found.of_targets.p_value < 0.05
        both += found.p_value < 0.05
    assert of_targets >= 5
    assert both <= 1


def test_families_without_a_difference_rarely_differ_where_they_have_other_targets(rng):
    differ = 0
    for _ in range(8):
        table = ranked_tasks(rng, worth=[0] * 5, by_target=2, checkpoint=1.0, seeds=2, targets=("xnli", "udpos"))
        lacking = table["language"].isin(["ta", "te", "ml", "ar", "he"]) & (table["target"] == "xnli")
        blocks = blocks_of_table(table[~lacking])
        found = families(blocks, complete(blocks)[0], hierarchy.HierarchyDesign(size=99), rng)
        differ += found.p_value < 0.05
    assert differ <= 2


def test_tasks_that_are_worth_the_same_tie(rng):
    outcome = asked(ranked_tasks(rng, worth=(8, 4, 4, 4, 0), seeds=5))
    assert [set(group) for group in outcome.positions.ties] == [{"mnli"}, {"qqp", "squad1", "hellaswag"}, {"ccg"}]
    assert "(" in hierarchy.report(outcome).text


def test_the_order_of_rows_changes_nothing(rng):
    table = ranked_tasks(rng, languages=LANGUAGES[:7], seeds=2)
    shuffled = table.sample(frac=1, random_state=1)
    first, second = asked(table), asked(shuffled)
    pd.testing.assert_frame_equal(first.positions.frame, second.positions.frame)
    pd.testing.assert_frame_equal(first.families.contrasts, second.families.contrasts)
    assert hierarchy.report(first).text == hierarchy.report(second).text


def test_other_names_change_names_only(rng):
    table = ranked_tasks(rng, languages=LANGUAGES[:7], seeds=2, worth=(4, 2, 1.9, 1, 0))
    other = dict(zip(TASKS, ("csqa", "cosmosqa", "mnli", "squad2", "anli+"), strict=True))
    renamed = table.assign(intermediate=table["intermediate"].astype(object).map(other).astype("category"))
    first, second = asked(table), asked(renamed)
    assert first.agreement.of_targets.w == pytest.approx(second.agreement.of_targets.w, abs=EXACT)
    assert first.agreement.correlation == pytest.approx(second.agreement.correlation, abs=EXACT)
    assert [other[name] for name in first.positions.frame["name"]] == second.positions.frame["name"].tolist()
    assert first.positions.frame["p_best"].to_numpy() == pytest.approx(
        second.positions.frame["p_best"].to_numpy(), abs=5 * MONTE_CARLO
    )


def test_missing_cells_lead_to_skillings_and_mack_beside_the_complete_blocks(rng):
    table = ranked_tasks(rng)
    lost = (table["intermediate"] == "ccg") & table["language"].isin(["de", "es", "ta"])
    outcome = asked(table[~lost])
    assert outcome.agreement.skillings_mack.p_permutation < 0.05
    assert any("not all ranked methods" in sentence for sentence in outcome.left_out)
    assert hierarchy.answers(outcome)[0].says == "yes"


def test_a_task_measured_in_few_cells_is_left_out_by_name(rng):
    table = ranked_tasks(rng)
    few = (table["intermediate"] == "ccg") & ~table["language"].isin(["de"])
    outcome = asked(table[~few])
    assert "ccg" not in set(outcome.positions.frame["name"])
    assert any(sentence.startswith("ccg: measured in too few") for sentence in outcome.left_out)


def test_families_of_one_language_are_pooled_or_left_out_and_said_so(rng):
    table = ranked_tasks(rng, languages=("de", "es", "fr", "ru", "ja", "ko", "th"))
    pooled, left = asked(table), asked(table, singles="leave")
    assert set(pooled.families.ranks["family"]) == {"Indo-European", "families of one language"}
    assert set(left.families.ranks["family"]) == {"Indo-European"}
    assert any("are pooled: ja" in sentence for sentence in pooled.left_out)
    assert any("are left out" in sentence for sentence in left.left_out)
    assert hierarchy.answers(left)[1].says == "cannot-tell"


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"seeds": 1}, "one seed"),
        ({"targets": ("xnli",)}, "one target task"),
        ({"languages": ("de", "fr")}, "one language family"),
    ],
)
def test_too_little_is_answered_with_cannot_tell_and_why(rng, change, because):
    answer = hierarchy.report(asked(ranked_tasks(rng, **change)))
    assert answer.says == "cannot-tell"
    assert because in answer.text
    assert "nan" not in answer.text + answer.sure


def test_one_seed_gives_no_interval_and_no_chance_of_being_best(rng):
    outcome = asked(ranked_tasks(rng, seeds=1))
    assert outcome.positions.frame[["low", "high", "p_best"]].isna().all().all()
    assert outcome.agreement.of_seeds is None
    assert np.isnan(outcome.families.p_value)


def test_constant_scores_have_no_order(rng):
    table = ranked_tasks(rng).assign(score=50.0)
    answer = hierarchy.report(asked(table))
    assert answer.says == "cannot-tell"
    assert "all methods tie" in answer.text


@pytest.mark.parametrize("table", [empty(), scores_of("xtreme")])
def test_without_two_intermediate_tasks_there_is_nothing_to_rank(table):
    answer = hierarchy.report(asked(table))
    assert answer.says == "cannot-tell"
    assert "no scores with a single intermediate task" in answer.text
    assert answer.effects == ()


def test_one_intermediate_task_is_no_order(rng):
    table = ranked_tasks(rng)
    answer = hierarchy.report(asked(table[table["intermediate"] == "mnli"]))
    assert "one intermediate task (mnli)" in answer.text


def test_scores_of_which_less_is_better_are_ranked_the_other_way(rng):
    table = ranked_tasks(rng, worth=(8, 6, 4, 2, 0), languages=LANGUAGES[:5])
    errors = table.assign(score=100 - table["score"], metric=pd.Categorical(["error_rate"] * len(table)))
    assert asked(errors).positions.frame["name"].tolist() == list(TASKS)
    assert (asked(errors).positions.frame["mean_score"] > 0).all()


def test_overall_scores_of_a_benchmark_are_no_target():
    outcome = asked(scores_of("xtreme"), ranked="model", scores="means")
    assert outcome.targets == ("mlqa", "panx", "pawsx", "tydiqa", "xnli", "xquad")
    assert any("overall scores of benchmarks" in sentence for sentence in outcome.left_out)


def test_published_models_keep_their_order_over_targets_but_the_data_do_not_show_one_hierarchy():
    outcome = asked(scores_of("xtreme"), ranked="model", scores="means")
    assert outcome.positions.frame["name"].tolist() == ["xlm-r-large", "mbert", "xlm"]
    assert outcome.positions.frame["mean_rank"].tolist() == pytest.approx([1, 13 / 6, 17 / 6])
    assert hierarchy.answers(outcome)[0].says == "cannot-tell"


def test_two_models_in_a_constant_order_are_the_same_everywhere_but_two_targets_are_no_hierarchy():
    one, same = hierarchy.answers(asked(scores_of("xtreme"), ranked="model"))
    assert (one.says, same.says) == ("cannot-tell", "yes")
    assert "Every method has the same rank in every block" in same.text
    assert "nan" not in one.text


def test_an_unknown_model_and_a_wrong_argument_are_errors(rng):
    table = ranked_tasks(rng)
    with pytest.raises(UsageError, match="xlm-r-large"):
        asked(table, model="gpt")
    with pytest.raises(UsageError, match="intermediate, model"):
        asked(table, ranked="seed")
    with pytest.raises(UsageError, match="margin"):
        asked(table, margin=0)


def test_five_classifiers_have_the_published_mean_ranks_as_models():
    path = shared("results", "baycomp", "acc_mean.csv")
    wide = pd.read_csv(path)
    codes = ["de", "fr", "es", "ru", "fi", "et", "hu", "ta", "te", "ml", "tr", "kk", "ar", "he", "ja", "ko", "th", "vi"]
    rows = [
        {"model": name, "intermediate": "none", "target": target, "language": codes[i // 3], "split": "test",
         "metric": "accuracy", "score": wide[name][i], "study": "baycomp"}
        for i in range(len(wide)) for name in wide for target in [("xnli", "pawsx", "tatoeba")[i % 3]]
    ]  # fmt: skip
    outcome = asked(validate(pd.DataFrame(rows), "baycomp"), ranked="model")
    frame = outcome.positions.frame.set_index("name")
    expected = {"nbc": 3.685, "aode": 2.444, "hnb": 2.704, "j48": 3.250, "j48gr": 2.917}
    assert frame["mean_rank"].to_dict() == pytest.approx(expected, abs=0.0005)
    assert frame.loc["nbc", "p_best"] < 0.05
    bounds = zip(frame["low"], frame["high"], strict=True)
    assert all(low <= high for low, high in bounds)
    assert all(a <= b for a, b in pairwise(outcome.positions.frame["mean_rank"]))


def test_means_of_the_same_numbers_in_another_order_tie(rng):
    """61.2, 61.3, 61.4 and three times 61.3 differ by the noise of arithmetic alone."""
    rows = [
        row(name, target, language, seed, score)
        for target in ("xnli", "pawsx", "udpos")
        for language, base in (("de", 61.2), ("es", 64.5), ("ru", 70.0))
        for name, scores in (("mnli", (base, base + 0.1, base + 0.2)), ("qqp", (base + 0.1,) * 3))
        for seed, score in enumerate(scores)
    ]
    found = hierarchy.fit(table(rows), hierarchy.DESIGN(size=50))
    assert found.positions.frame["mean_rank"].tolist() == [1.5, 1.5]
