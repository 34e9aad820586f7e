"""Records of finished nodes for an experiment tracker, by the tracker's own package: TensorBoard, W&B or MLflow.

A node is a run: its labels and configuration, the loss by step, the scores on the development split, and the score of
every language. Records are the truth; what a tracker holds is a copy, made anew by `claimgauge run --collect --log`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from analysis.errors import MissingDataError, UsageError
from runners.plan.grid import GridNode


class Tracker(Protocol):
    """Takes finished nodes, one run each."""

    def add(self, node: GridNode, record: Mapping[str, Any]) -> None:
        """Hands over a node; a run of the same key is replaced or continued, never doubled."""


class TensorBoard:
    """Event files, a folder a node.

    Args:
        where: the folder that `tensorboard --logdir` is given.
    """

    def __init__(self, where: str) -> None:
        self._where = Path(where)

    def add(self, node: GridNode, record: Mapping[str, Any]) -> None:
        """Writes the events of a node, over those of an earlier hand-over."""
        import shutil

        from torch.utils.tensorboard.writer import SummaryWriter

        folder = self._where / node.key
        shutil.rmtree(folder, ignore_errors=True)
        with SummaryWriter(str(folder)) as writer:
            facts = json.dumps(facts_of(node), indent=2, ensure_ascii=False)
            writer.add_text("configuration", f"```\n{node.title}\n{facts}\n```")
            for name, step, value in points_of(record):
                writer.add_scalar(name, value, step)


class WeightsAndBiases:
    """Runs of a W&B project; offline where the package is told so (`WANDB_MODE=offline`).

    Args:
        where: the project.
    """

    def __init__(self, where: str) -> None:
        self._where = where

    def add(self, node: GridNode, record: Mapping[str, Any]) -> None:
        """Sends a node as a run whose id is the node's key."""
        import wandb

        config = facts_of(node)
        with wandb.init(project=self._where, id=node.key, name=node.title, config=config, resume="allow") as run:
            by_step: dict[int, dict[str, float]] = {}
            for name, step, value in points_of(record):
                by_step.setdefault(step, {})[name] = value
            for step in sorted(by_step):
                run.log(by_step[step], step=step)


class MLflow:
    """Runs of an MLflow experiment called claimgauge.

    Args:
        where: a tracking URI: a server's address or a database, such as `sqlite:///mlflow.db`.
    """

    def __init__(self, where: str) -> None:
        self._where = where

    def add(self, node: GridNode, record: Mapping[str, Any]) -> None:
        """Sends a node as a run tagged with the node's key, in place of an earlier one."""
        from mlflow import MlflowClient

        client = MlflowClient(tracking_uri=self._where)
        known = client.get_experiment_by_name("claimgauge")
        experiment = known.experiment_id if known else client.create_experiment("claimgauge")
        for earlier in client.search_runs([experiment], f"tags.node = '{node.key}'"):
            client.delete_run(earlier.info.run_id)
        run = client.create_run(experiment, tags={"node": node.key}, run_name=node.title).info.run_id
        for name, value in facts_of(node).items():
            client.log_param(run, name, value)
        for name, step, value in points_of(record):
            client.log_metric(run, name, value, step=step)
        client.set_terminated(run)


TRACKERS: Mapping[str, tuple[str, type[TensorBoard | WeightsAndBiases | MLflow]]] = {
    "tensorboard": ("tensorboard", TensorBoard),
    "wandb": ("wandb", WeightsAndBiases),
    "mlflow": ("mlflow", MLflow),
}
"""Kind → the package that it needs, and what hands nodes to it."""


def trackers(given: Sequence[str]) -> tuple[Tracker, ...]:
    """Trackers from `KIND:WHERE`.

    Raises:
        UsageError: another kind, or no place.
        MissingDataError: the package of a tracker is not installed.
    """
    return tuple(map(_tracker, given))


def _tracker(given: str) -> Tracker:
    kind, _, where = given.partition(":")
    if kind not in TRACKERS or not where:
        raise UsageError(f"--log takes tensorboard:FOLDER, wandb:PROJECT or mlflow:URI, not {given!r}")
    package, tracker = TRACKERS[kind]
    if find_spec(package) is None:
        raise MissingDataError(f"--log {kind} needs the package {package}: pip install {package}")
    return tracker(where)


def facts_of(node: GridNode) -> dict[str, str | int | float | bool]:
    """Labels and configuration of a node as plain values, nested names joined by a stop."""
    return dict(_flat({**node.config, **node.labels, "node": node.key, "kind": node.kind}))


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | int | float | bool]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, str | int | float):
            yield f"{before}{name}", value
        elif value:
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False)


def points_of(record: Mapping[str, Any]) -> Iterator[tuple[str, int, float]]:
    """(name, step, value): losses by step, then the best weights' development scores and the scores of the node."""
    last = int(record.get("steps", 0))
    for step, loss in record.get("losses", ()):
        yield "loss", int(step), float(loss)
    for task, scores in record.get("dev_scores", {}).items():
        for metric, value in scores.items():
            yield f"dev/{task}/{metric}", int(record.get("best_step") or last), float(value)
    for score in record.get("scores", ()):
        place = [score["language"], *([score["perturbation"]] if score["perturbation"] != "none" else [])]
        yield "/".join((score["metric"], *place)), last, float(score["score"])
