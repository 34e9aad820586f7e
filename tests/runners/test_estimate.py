"""What a dry run says a grid costs, against what its records say it cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimgauge.experiments import prepare, price
from runners.execute.node import run_node
from runners.execute.store import GridStore
from tests.runners.test_shared_training import PLAN, squad

WITHIN = 0.10
LABORATORY = """
name = "priced"
source_language = "lab-a"
seeds = [1]
multitask = ["lab-inference", "lab-asking", "lab-roles"]
[model]
name = "lab-xlmr"
kind = "random"
tokenizer = "world"
config = { layers = 2, width = 32, heads = 2, mlp_width = 64, positions = 130 }
[data]
source = "world"
[pretraining]
sentences = 200
[[intermediates]]
runs = ["multi"]
languages = ["lab-a"]
examples = [600]
[[targets]]
tasks = ["lab-nli", "lab-pos", "lab-retrieval"]
languages = ["lab-a1", "lab-d2"]
examples = [300]
perturbations = ["none", "swap"]
[recipes.default]
epochs = 1
max_length = 64
[recipes.intermediate]
cap = 400
"""


def test_a_laboratory_grid_costs_what_was_estimated(tmp_path: Path) -> None:
    (tmp_path / "priced.toml").write_text(LABORATORY)
    grid, store = prepare(str(tmp_path / "priced.toml"), dry_run=True), GridStore(tmp_path / "runs")
    for node in grid.nodes:
        store.prepare(node)
        spent = run_node(store, node.key)["flops"]
        said = grid.cost.costs[node.key]
        assert said.flops == pytest.approx(spent["training"], rel=WITHIN), node.title
        found = spent.get("evaluation", 0.0) + spent.get("scoring", 0.0)
        # A last layer of two that is not read in full saves a tenth of an evaluation; it is estimated in full.
        assert said.flops + said.evaluation == pytest.approx(spent["training"] + found, rel=WITHIN), node.title
        assert said.evaluation == pytest.approx(found, rel=2 * WITHIN), node.title
    assert not grid.cost.unknown


@pytest.mark.parametrize("cap", [0, 5_000])
def test_several_tasks_cost_what_is_drawn_of_each(cap: int) -> None:
    head = 'name = "c"\nseeds = [1]\n[model]\nname = "xlm-r-base"\n[data]\nsource = "hub"\n'
    runs = '[[intermediates]]\nruns = ["mnli", "csqa", "mnli+csqa"]\n[[targets]]\ntasks = ["tatoeba"]\n'
    grid = price(f"{head}{runs}[recipes.default]\ncap = {cap}\nepochs = 1\n", "c")
    flops = {n.title: grid.cost.costs[n.key].flops for n in grid.nodes if n.kind == "intermediate"}
    assert flops["mnli+csqa, seed 1"] == pytest.approx(flops["mnli, seed 1"] + flops["csqa, seed 1"])
    if cap:
        assert flops["mnli, seed 1"] < 0.02 * 392_702 / 5_000 * flops["mnli, seed 1"]


def test_adapters_are_priced_as_less_than_all_weights() -> None:
    head = 'name = "c"\nseeds = [1]\n[model]\nname = "xlm-r-base"\n[data]\nsource = "hub"\n'
    text = f'{head}[[intermediates]]\nruns = ["mnli"]\n[[targets]]\ntasks = ["tatoeba"]\n[recipes.default]\n'
    whole, adapted = (price(f"{text}lora_rank = {rank}\n", "c").cost.flops for rank in (0, 8))
    assert 0.66 < adapted / whole < 0.70


@pytest.mark.parametrize("place", ["folder", "hub copy"])
def test_a_model_is_priced_by_its_config_wherever_it_lies(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = tmp_path / "hub" / "models--some--model" / "snapshots" / ("b" * 40)
    snapshot.mkdir(parents=True)
    config = {"model_type": "xlm-roberta", "hidden_size": 384, "num_hidden_layers": 12, "num_attention_heads": 12}
    config |= {"intermediate_size": 1536, "vocab_size": 250_037, "max_position_embeddings": 514}
    (snapshot / "config.json").write_text(json.dumps(config))
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("b" * 40)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    name = str(snapshot) if place == "folder" else "some/model"
    text = f'name = "c"\nseeds = [1]\n[model]\nname = "{name}"\n[data]\nsource = "hub"\n'
    grid = price(f'{text}[[intermediates]]\nruns = ["mnli"]\n[[targets]]\ntasks = ["xnli"]\n', "c")
    assert not grid.cost.unknown
    assert grid.cost.stored == 4 * (12 * (4 * 384**2 + 2 * 384 * 1536) + (250_037 + 514) * 384)
    assert grid.cost.evaluation > 0


def test_a_plan_whose_folder_is_here_is_priced_by_its_own_texts(tokenizer_folder: Path, tmp_path: Path) -> None:
    squad(tmp_path / "squad" / "train-v1.1.json", "train", 48)
    squad(tmp_path / "xquad" / "xquad.en.json", "test", 8)
    text = PLAN.format(tokenizer=tokenizer_folder, folder=tmp_path, tasks='["xquad"]')
    (tmp_path / "qa.toml").write_text(text)
    (tmp_path / "less.toml").write_text(text.replace('languages = ["en"]', 'languages = ["en"]\nitems = 4'))
    told = prepare(str(tmp_path / "qa.toml"), dry_run=True)
    assert not told.cost.assumptions
    assert [node.key for node in told.nodes] == [
        node.key for node in prepare(str(tmp_path / "qa.toml"), dry_run=False).nodes
    ]
    less = prepare(str(tmp_path / "less.toml"), dry_run=True)
    assert less.cost.evaluation == pytest.approx(told.cost.evaluation / 2, rel=0.05)


def test_a_model_that_is_not_here_is_said_not_to_be_counted() -> None:
    text = 'name = "c"\nseeds = [1]\n[model]\nname = "models/none"\n[data]\nsource = "hub"\n'
    told = price(f'{text}[[intermediates]]\nruns = ["mnli"]\n[[targets]]\ntasks = ["xnli"]\n', "c").as_text()
    assert "one GPU     not counted\ndisk        not counted\n" in told
    assert "0.0" not in told
