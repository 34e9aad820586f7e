"""Plans: what they hold, and every fault of a file at once."""

from dataclasses import fields

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from runners.plan.check import faults_of_model
from runners.plan.intermediates import intermediate, task_entry
from runners.plan.plan import read_plan
from runners.recipe import Recipe

SMALL = """
name = "small"
seeds = [1, 2]

[model]
name = "xlm-r-base"

[data]
source = "hub"

[[intermediates]]
runs = ["none", "mnli", "mnli>squad2"]

[[targets]]
tasks = ["xnli", "tatoeba"]
languages = ["de", "sw"]

[recipes.default]
batch_size = 16
[recipes.target]
learning_rate = 2e-5
[recipes.xnli]
epochs = 5
"""


def test_a_plan_is_read_into_frozen_values_with_its_defaults() -> None:
    plan = read_plan(SMALL, "small.toml")
    assert (plan.name, plan.study, plan.seeds, plan.source_language) == ("small", "small", (1, 2), "en")
    assert plan.targets[0].languages == ("de", "sw")
    assert plan.provenance == "measured"


def test_a_recipe_takes_the_changes_of_phase_and_task_the_task_last() -> None:
    plan = read_plan(SMALL, "small.toml")
    assert plan.recipe("target", "xnli") == Recipe(batch_size=16, learning_rate=2e-5, epochs=5.0)
    assert plan.recipe("intermediate", "mnli") == Recipe(batch_size=16)
    assert isinstance(plan.recipe("target", "xnli").epochs, float)


def test_every_fault_of_a_plan_is_named_at_once_with_the_nearest_name() -> None:
    text = SMALL.replace("seeds", "sedes").replace("batch_size = 16", 'batch_sise = 16\nsteps = "many"')
    with pytest.raises(InputError) as caught:
        read_plan(text.replace('source = "hub"', 'source = "web"'), "small.toml")
    said = str(caught.value)
    for words in (
        "sedes is not known; did you mean 'seeds'",
        "seeds is missing",
        "batch_sise is not known; did you mean 'batch_size'",
        "recipes.default.steps = 'many' must be a whole number",
        "data.source = 'web' is not one of hub, folder, world",
    ):
        assert words in said
    assert len(caught.value.faults) == 5


def test_faults_of_tables_hide_no_unknown_name_and_no_number_that_is_out_of_range() -> None:
    text = SMALL.replace("seeds", "sedes").replace('"xlm-r-base"', '"xlm-r-larg"').replace('"mnli>', '"mnly>')
    text = text.replace('"xnli", ', '"xnly", ').replace("batch_size = 16", "batch_size = 0\nwarmup = nan")
    text += '[tasks.mine]\nlanguages = "xqz"\n[[targets]]\ntasks = ["mine"]\n'
    with pytest.raises(InputError) as caught:
        read_plan(text, "small.toml")
    for words in (
        "sedes is not known", "seeds is missing", "unknown language 'xqz'", "tasks.mine has no data",
        "unknown intermediate 'mnly'", "unknown target 'xnly'", "did you mean 'xlm-r-large'?",
        "recipes.default.batch_size = 0 must be 1 or more", "recipes.default.warmup = nan must be 0 to 1",
    ):  # fmt: skip
        assert words in str(caught.value)
    assert len(caught.value.faults) == 9, "a task whose own table holds faults is no unknown target"


@pytest.mark.parametrize("name", ["owner/xlm-r-larg", "xlm-roberta-large", "t5-large", "bert-base-cased", "mbert"])
def test_a_model_of_the_hub_is_no_slip_of_one_in_the_vocabulary(name: str) -> None:
    plan = read_plan(SMALL.replace('"xlm-r-base"', f'"{name}"'), "small.toml")
    assert not list(faults_of_model(plan))


@pytest.mark.parametrize("value", ["true", '"1"', "1.5"])
def test_no_value_is_bent_into_another_type(value: str) -> None:
    with pytest.raises(InputError, match=r"seeds\[1\] = .* must be a whole number"):
        read_plan(SMALL.replace("seeds = [1, 2]", f"seeds = [{value}]"), "small.toml")


def test_a_file_that_is_no_toml_says_where_it_breaks() -> None:
    with pytest.raises(InputError, match=r"is not TOML.*line 2"):
        read_plan('name = "x"\nseeds = [1,,2]\n', "small.toml")


@pytest.mark.parametrize(
    ("written", "stages"),
    [
        ("none", ()),
        ("MNLI", (("mnli",),)),
        ("mnli>squad2", (("mnli",), ("squad2",))),
        ("mnli+anli+", (("mnli", "anli+"),)),
        ("anli++mnli", (("anli+", "mnli"),)),
        ("anli+>qqp", (("anli+",), ("qqp",))),
    ],
)
def test_a_run_is_parted_into_stages_also_where_a_name_holds_a_plus(
    written: str, stages: tuple[tuple[str, ...], ...]
) -> None:
    assert intermediate(written, vocabulary()).stages == stages


def test_multi_stands_for_the_nine_tasks_of_the_study() -> None:
    assert len(intermediate("multi", vocabulary()).stages[0]) == 9


def test_a_run_that_comes_back_to_a_task_is_refused() -> None:
    with pytest.raises(LookupError, match="comes back to mnli"):
        intermediate("mnli>qqp>mnli", vocabulary())


def test_every_recipe_value_is_documented() -> None:
    assert Recipe.__doc__ is not None
    assert [f.name for f in fields(Recipe) if f"{f.name}:" not in Recipe.__doc__] == []


@pytest.mark.parametrize(("name", "task"), [("SQuAD", "squad2"), ("squad", "squad2"), ("SQuAD 1.1", "squad1")])
def test_a_plan_trains_on_a_task_that_has_data_where_its_name_says_no_version(name: str, task: str) -> None:
    entry = task_entry(name, vocabulary())
    assert entry is not None
    assert (entry.id, "data" in entry.facts) == (task, True)
