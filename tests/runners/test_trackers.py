"""Records of finished nodes in TensorBoard, W&B and MLflow, read back by each package's own reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import MissingDataError, UsageError
from runners.execute import trackers as handing
from runners.execute.trackers import facts_of, points_of, trackers
from runners.plan.grid import GridNode

NODE = GridNode(
    "0123456789abcdef",
    "target",
    {"task": "xnli", "languages": ["de", "sw"], "recipe": {"learning_rate": 5e-5, "epochs": 1}},
    labels={"title": "mnli", "target": "xnli", "seed": 2, "study": "made-up"},
)
RECORD = {
    "steps": 40,
    "best_step": 30,
    "losses": [[10, 1.1], [40, 0.4]],
    "dev_scores": {"xnli": {"accuracy": 71.5}},
    "scores": [
        {"language": "de", "perturbation": "none", "metric": "accuracy", "score": 70.25},
        {"language": "sw", "perturbation": "typos", "metric": "accuracy", "score": 50.5},
    ],
}
POINTS = [
    ("loss", 10, 1.1),
    ("loss", 40, 0.4),
    ("dev/xnli/accuracy", 30, 71.5),
    ("accuracy/de", 40, 70.25),
    ("accuracy/sw/typos", 40, 50.5),
]


def test_a_node_becomes_points_by_step_and_facts_by_name() -> None:
    assert list(points_of(RECORD)) == POINTS
    facts = facts_of(NODE)
    assert facts["recipe.learning_rate"] == 5e-5
    assert (facts["seed"], facts["languages"], facts["node"]) == (2, '["de", "sw"]', NODE.key)


def test_a_tracker_that_is_not_known_or_not_installed_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UsageError, match=r"tensorboard:FOLDER, wandb:PROJECT or mlflow:URI, not 'comet:x'"):
        trackers(["comet:x"])
    with pytest.raises(UsageError, match="not 'mlflow:'"):
        trackers(["mlflow:"])
    monkeypatch.setattr(handing, "find_spec", lambda _: None)
    with pytest.raises(MissingDataError, match="pip install wandb"):
        trackers(["wandb:project"])


@pytest.mark.slow
def test_tensorboard_reads_the_losses_and_scores_of_a_node_once(tmp_path: Path) -> None:
    reader = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    (board,) = trackers([f"tensorboard:{tmp_path}"])
    board.add(NODE, RECORD)
    board.add(NODE, RECORD)
    events = reader.EventAccumulator(str(tmp_path / NODE.key))
    events.Reload()
    found = [(name, e.step, e.value) for name in events.Tags()["scalars"] for e in events.Scalars(name)]
    assert sorted(found) == sorted((n, s, pytest.approx(v)) for n, s, v in POINTS)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_mlflow_holds_one_run_a_node_with_its_history(tmp_path: Path) -> None:
    mlflow = pytest.importorskip("mlflow")
    pytest.importorskip("sqlalchemy")
    address = f"sqlite:///{tmp_path}/mlflow.db"
    (server,) = trackers([f"mlflow:{address}"])
    server.add(NODE, RECORD)
    server.add(NODE, RECORD)
    client = mlflow.MlflowClient(tracking_uri=address)
    (run,) = client.search_runs([client.get_experiment_by_name("claimgauge").experiment_id])
    found = [
        (m.key, m.step, m.value) for name in run.data.metrics for m in client.get_metric_history(run.info.run_id, name)
    ]
    assert sorted(found) == sorted(POINTS)
    assert run.data.params["recipe.learning_rate"] == "5e-05"
    assert run.info.status == "FINISHED"


@pytest.mark.slow
def test_wandb_writes_an_offline_run_with_the_nodes_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("wandb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("WANDB_SILENT", "true")
    (project,) = trackers(["wandb:made-up"])
    project.add(NODE, RECORD)
    (folder,) = (tmp_path / "wandb").glob("offline-run-*")
    assert folder.name.endswith(NODE.key)
    assert (folder / f"run-{NODE.key}.wandb").stat().st_size > 0
