"""XQuAD and MLQA train the same SQuAD: once for both, to the scores and costs of two trainings."""

from __future__ import annotations

import json
from pathlib import Path

from claimgauge.experiments import prepare
from runners.execute.collect import results_of
from runners.execute.node import run_node
from runners.execute.store import GridStore
from runners.plan.grid import GridNode
from tests.runners.conftest import toy_dataset

PLAN = """
name = "qa"
seeds = [1]
[model]
name = "tiny"
kind = "random"
tokenizer = "{tokenizer}"
config = {{ layers = 1, width = 16, heads = 2, mlp_width = 32, positions = 66 }}
[data]
source = "folder"
folder = "{folder}"
[[intermediates]]
runs = ["none"]
[[targets]]
tasks = {tasks}
languages = ["en"]
select_on = "none"
[recipes.default]
epochs = 2
max_length = 40
doc_stride = 8
"""


def squad(path: Path, split: str, n: int) -> None:
    asked = toy_dataset("span", n, split).examples
    paragraphs = [
        {"context": e.context, "qas": [{"id": e.id, "question": e.question, "answers": [
            {"text": text, "answer_start": at} for text, at in e.answers]}]}
        for e in asked
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": "1.1", "data": [{"title": "t", "paragraphs": paragraphs}]}))


def run(folder: Path, tokenizer: Path, tasks: str) -> tuple[tuple[GridNode, ...], GridStore]:
    squad(folder / "squad" / "train-v1.1.json", "train", 48)
    squad(folder / "xquad" / "xquad.en.json", "test", 8)
    for split in ("dev", "test"):
        squad(folder / "xtreme-mlqa" / split / f"{split}-context-en-question-en.json", split, 12)
    plan = folder / "qa.toml"
    plan.write_text(PLAN.format(tokenizer=tokenizer, folder=folder, tasks=tasks))
    nodes, store = prepare(str(plan), dry_run=False).nodes, GridStore(folder / "runs")
    for node in nodes:
        store.prepare(node)
        run_node(store, node.key)
    return nodes, store


def test_one_training_gives_the_scores_and_costs_of_two(tokenizer_folder: Path, tmp_path: Path) -> None:
    nodes, store = run(tmp_path / "together", tokenizer_folder, '["xquad", "mlqa"]')
    (alone,), apart = run(tmp_path / "apart", tokenizer_folder, '["mlqa"]')
    second = store.record(nodes[1].key)
    assert second is not None
    assert second["trained_by"] == nodes[0].key
    assert not (store.folder(nodes[1].key) / "encoder").exists()
    columns = ["target", "language", "metric", "score", "n_items", "flops_intermediate", "flops_target"]
    together = results_of(store)[columns].query("target == 'mlqa'").astype(str)
    assert together.values.tolist() == results_of(apart)[columns].astype(str).values.tolist()
    assert alone.key not in {node.key for node in nodes}
