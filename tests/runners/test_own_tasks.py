"""Tasks, languages and data of the user's own, from their tables to scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import built_in, speaking, vocabulary
from analysis.results.table import load_results
from claimgauge.experiments import PlannedGrid, prepare
from claimgauge.running import collected
from runners.data import load
from runners.data.sources import FolderSource
from runners.examples import Choice, Classified, Tagged
from runners.execute.node import run_node
from runners.execute.store import GridStore
from runners.plan.forms import form_of
from runners.plan.own_tables import read_vocabulary
from runners.plan.own_tasks import extended
from runners.plan.plan import read_plan
from runners.recipe import ModelSpec

OWN = Path(__file__).parents[2] / "docs" / "own-tasks"


@pytest.fixture
def words():
    with speaking(extended(built_in(), read_vocabulary(OWN / "vocabulary.toml"), "own")):
        yield vocabulary()


def test_files_of_four_published_layouts_are_read_without_touching_the_package(words) -> None:
    source = FolderSource(Path("nowhere"))
    first = load("americasnli", "ay", "test", source).examples
    assert (len(first), first[0]) == (9, Classified("0", "Juana sari 0", "Juana sari 0", "entailment"))
    assert load("americasnli", "quy", "dev", source).examples[0].first.startswith("Rosa")
    assert load("klue-nli", "ko", "train", source).examples[2].label == "contradiction"
    topics = load("sib200", "zh", "test", source)
    assert topics.examples[3] == Classified("3:3", "小王 走 3 science/technology", None, "science/technology")
    assert topics.origin.endswith("zho_Hans/test.tsv")
    right = load("belebele", "yo", "test", source).examples[5]
    assert isinstance(right, Choice)
    assert right.options[right.label] == right.first.split()[0]


def test_training_data_may_be_that_of_another_task(words) -> None:
    source = FolderSource(Path("nowhere"))
    lent = load("americasnli", "ko", "train", source)
    assert (lent.task, len(lent), lent.origin) == ("americasnli", 24, "klue-nli-v1.1_train.json")
    assert load("americasnli", "ko", "dev", source).origin == "klue-nli-v1.1_dev.json"


def tiny(grid: PlannedGrid, spec: ModelSpec, folder: Path) -> PlannedGrid:
    """The grid with a tiny model in the place of the plan's."""
    model = {"name": "tiny", "kind": "random", "tokenizer": spec.tokenizer, "config": dict(spec.config),
             "revision": "", "encoder": "", "pooling": "mean", "layer": -1}  # fmt: skip
    nodes = [
        replace(n, config={**n.config, **({"model": model} if "model" in n.config else {}),
                           "recipe": {**n.config["recipe"], "steps": 1, "max_length": 40}})
        for n in grid.nodes
    ]  # fmt: skip
    return replace(grid, nodes=tuple(nodes))


def test_the_plan_of_the_docs_runs_to_scores_that_other_commands_understand(spec, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    grid = prepare(str(OWN / "plan.toml"), dry_run=False, own=OWN / "vocabulary.toml")
    grid = tiny(grid, spec, tmp_path)
    store = GridStore(tmp_path)
    for node in grid.nodes:
        store.prepare(node)
        run_node(store, node.key)
    with speaking(grid.words):
        ran = collected(grid.nodes, tmp_path)
    table = load_results(ran.results)
    found = pd.crosstab(table["intermediate"], table["target"])
    assert found.loc[["none", "sib200", "klue-nli"], ["americasnli", "sib200", "belebele"]].to_numpy().min() >= 2
    assert set(table.loc[table["target"] == "americasnli", "language"]) == {"ay", "quy"}
    names = ran.results.with_suffix(".names.toml").read_text(encoding="utf-8")
    assert '[target."sib200"]' in names
    assert 'kind = "nli"' in names.replace('"kind"', "kind")
    assert "files" not in names, "where the data lies is no business of the results"


PLAN = """
name = "mine"
seeds = [1]
model = { name = "xlm-r-base" }
intermediates = [{ runs = ["none", "mine"] }]
targets = [{ tasks = ["mine"] }]
data = { source = "hub" }
"""

TASK = """
[tasks.mine]
languages = "en xqq"
[languages.xqq]
name = "Conlang"
[data.mine]
form = "tagging"
labels = ["O", "B-X"]
files = [{ split = "train", format = "conll", header = ["words", "_", "tags"], paths = ["{code}.txt"] }]
"""


def test_tables_stand_in_a_plan_as_well_and_languages_may_be_new(tmp_path: Path) -> None:
    plan = read_plan(PLAN.replace('data = { source = "hub" }', '[data]\nsource = "hub"') + TASK, "plan")
    (tmp_path / "xqq.txt").write_text("-DOCSTART-\n\nqapla x B-X\n! y O\n", encoding="utf-8")
    with speaking(extended(built_in(), plan.own, "plan")):
        assert load("mine", "xqq", "train", FolderSource(tmp_path)).examples == (
            Tagged("0", ("qapla", "!"), ("B-X", "O")),
        )
        assert vocabulary()["target"]["mine"].facts["kind"] == "tagging"


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        read_plan(PLAN.replace('data = { source = "hub" }', '[data]\nsource = "hub"') + text, "plan")
    return caught.value.faults


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"conll"', '"connl"', "data.mine.files[1].format = 'connl' is not one of csv"),
        ('form = "tagging"', 'from = "tagging"', "data.mine.from is not known; did you mean 'form'?"),
        ('labels = ["O", "B-X"]', "", "data.mine.labels is missing: list every label in a fixed order"),
        ('"en xqq"', '"en xqz"', "tasks.mine.languages: unknown language 'xqz'; add [languages.xqz] with its name"),
        ('name = "Conlang"', 'script = "Latn"', "languages.xqq lacks name"),
        ('languages = "en xqq"', 'languages = "en xqq"\nkind = "tagginng"', "unknown kind 'tagginng'; did you mean 'tagging'"),
        ("tasks.mine", "tasks.xnli", "tasks.xnli: 'xnli' is a task already; give yours another name"),
        ("data.mine", "data.mien", "tasks.mine has no data: add [data.mine]"),
        ("data.mine", "data.mien", "data.mien is data of no task: add [tasks.mien]"),
        ("[data.mine]", '[data.mine]\nmap = { "1" = "B-Y" }', "data.mine.map leads to 'B-Y', which is not among labels"),
        ("[data.mine]", '[data.mine]\ntrained_on = "xnly"', "unknown target 'xnly'; did you mean 'xnli'"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told_with_its_place_and_the_remedy(before: str, after: str, said: str) -> None:
    assert any(said in fault for fault in faults(TASK.replace(before, after))), faults(TASK.replace(before, after))


def test_faults_of_a_table_hide_none_of_its_others_nor_those_of_other_tables() -> None:
    text = """
[tasks.mine]
kind = "nlii"
languages = "en xqz"
[data.mine]
form = "clasification"
labels = ["a", "b"]
map = { "1" = "c" }
trained_on = "xnly"
files = [{ split = "train", format = "connl", paths = ["a"] }, { split = "dev", format = "tsv", paths = 3 }]
[tasks.other]
kind = "nli"
languages = "en"
[data.other]
form = "tagging"
labels = ["O"]
files = [{ split = "train", format = "conll", paths = ["a"] }]
"""
    found = faults(text)
    for part in (
        "unknown kind 'nlii'; did you mean 'nli'? (claimgauge ls kinds)", "unknown language 'xqz'",
        "data.mine.form", "files[1].format", "files[2].paths", "map leads to 'c'", "unknown target 'xnly'",
        "tasks.other.kind = 'nli' has data of form classification, data.other.form is 'tagging'",
    ):  # fmt: skip
        assert sum(part in fault for fault in found) == 1, (part, found)
    assert len(found) == 8


def test_every_kind_has_the_form_of_the_built_in_tasks_that_are_of_it() -> None:
    words = built_in()
    for category in ("target", "intermediate", "further_intermediate"):
        for entry in words[category].values():
            if data := entry.facts.get("data"):
                assert form_of(str(entry.facts["kind"]), words) == data["form"], entry.id


def test_a_dry_run_counts_the_examples_of_own_tasks_wherever_the_rest_of_the_data_is(tmp_path: Path) -> None:
    alone = prepare(str(OWN / "plan.toml"), dry_run=True, own=OWN / "vocabulary.toml")
    text = (OWN / "plan.toml").read_text(encoding="utf-8").replace('source = "folder"\nfolder = "."', 'source = "hub"')
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    beside = prepare(str(tmp_path / "plan.toml"), dry_run=True, own=OWN / "vocabulary.toml")
    for grid in (alone, beside):
        assert not grid.cost.unknown
        assert grid.cost.flops > 0
        assert "texts of klue-nli are taken to be as long as those of xnli" in grid.cost.assumptions
    assert alone.cost.flops == beside.cost.flops


def test_the_template_is_a_vocabulary_without_faults(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from claimgauge.commands.template import command

    path = tmp_path / "vocabulary.toml"
    assert CliRunner().invoke(command, ["task", "-o", str(path)]).exit_code == 0
    words = extended(built_in(), read_vocabulary(path), "template")
    assert words["target"]["my-nli"].facts["languages"] == "en de quy"


def test_data_of_a_built_in_task_may_be_elsewhere_and_in_another_format(tmp_path: Path) -> None:
    text = """
[data.xnli]
form = "classification"
labels = ["entailment", "neutral", "contradiction"]
fields = { first = "a", second = "b", label = "l" }
files = [{ split = "test", format = "csv", paths = ["mine-{language}.csv"], where = { set = "te*" } }]
"""
    plan = read_plan(
        PLAN.replace('"mine"', '"xnli"').replace('data = { source = "hub" }', '[data]\nsource = "hub"') + text, "plan"
    )
    (tmp_path / "mine-de.csv").write_text("a,b,l,set\nx,y,neutral,train\nu,v,entailment,test\n")
    with speaking(extended(built_in(), plan.own, "plan")):
        assert load("xnli", "de", "test", FolderSource(tmp_path)).examples == (Classified("0", "u", "v", "entailment"),)
        assert vocabulary()["target"]["xnli"].facts["benchmark"] == "xtreme", "all else stays as it was"
    (tmp_path / "mine-de.csv").write_text("a,b,l\nx,y,neutral\n")
    with speaking(extended(built_in(), plan.own, "plan")), pytest.raises(InputError, match="column 'set' is missing"):
        load("xnli", "de", "test", FolderSource(tmp_path))


def test_a_task_is_not_trained_on_one_with_other_labels(tmp_path: Path) -> None:
    text = TASK.replace("[data.mine]", '[data.mine]\ntrained_on = "panx"').replace('"train", format', '"test", format')
    plan = read_plan(PLAN.replace('data = { source = "hub" }', '[data]\nsource = "hub"') + text, "plan")
    (tmp_path / "panx").mkdir()
    (tmp_path / "panx" / "train-en.tsv").write_text("a\tO\n\n")
    with speaking(extended(built_in(), plan.own, "plan")), pytest.raises(InputError, match="mine has O, B-X"):
        load("mine", "en", "train", FolderSource(tmp_path))
