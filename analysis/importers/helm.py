"""HELM: the statistics of a run (stats.json, with run_spec.json beside it) and the tables of its leaderboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import scale_of
from analysis.registry.vocabulary import Vocabulary

NAME = "helm"
SPLITS = {"valid": "dev", "test": "test", "train": "train"}
SETTING = re.compile(r"(\w+)=([^,]*)")
NO_PART = frozenset({"method", "model", "model_deployment", "data_augmentation", "eval_split", "groups", "num_outputs"})
"""Settings in a run's name that do not tell data sets apart."""


def matches(document: SourceFile) -> bool:
    """True if a file is a list of statistics, each with a name of its own parts and a mean."""
    data = document.data
    return isinstance(data, list) and bool(data) and all(_is_statistic(each) for each in data)


def _is_statistic(each: object) -> bool:
    return isinstance(each, dict) and isinstance(each.get("name"), dict) and {"count", "sum"} <= each.keys()


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per split and metric that is a score; counts, costs and likelihoods are none."""
    spec, notes = _run(document.path)
    items = {
        each["name"].get("split"): int(each["mean"])
        for each in document.data
        if each["name"]["name"] == "num_instances" and "perturbation" not in each["name"] and "mean" in each
    }
    records, aside = [], set()
    for i, each in enumerate(document.data):
        name = each["name"]
        scale = scale_of(name["name"])
        if scale is None or not each["count"] or "mean" not in each or name["name"] in {"perplexity", "bits_per_byte"}:
            aside.add(name["name"])
            continue
        perturbed = (name.get("perturbation") or {}).get("name")
        split = name.get("split")
        records.append(
            Record(
                score=float(each["mean"]), pointer=f"/{i}/mean", metric=name["name"], scale=scale,
                split=SPLITS.get(split, split), n_items=None if perturbed else items.get(split),
                more={"perturbation": perturbed} if perturbed else {}, study=NAME, model=spec.get("model"),
                target=spec.get("target"),
            )
        )  # fmt: skip
    left = [f"left out, for they are no scores: {', '.join(sorted(aside))}"] if aside else []
    return ImportedFile(tuple(records), (*notes, *left, "shares × 100, as HELM writes fractions of 1"))


def _run(path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Model and target in the run_spec.json that HELM writes beside its statistics."""
    try:
        spec = json.loads((path.parent / "run_spec.json").read_text(encoding="utf-8"))
        name, model = str(spec["name"]), str(spec["adapter_spec"]["model"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}, ()
    task, _, settings = name.partition(":")
    parts = [f"{key}={value}" for key, value in SETTING.findall(settings) if key not in NO_PART]
    found = {"model": model, "target": " ".join([task, *parts])}
    return found, ("model and target are those in run_spec.json beside the file",)


def is_group(data: object) -> bool:
    """True if a JSON value is a table of HELM's leaderboard: a title, a header, rows of cells with values."""
    return (
        isinstance(data, dict)
        and {"title", "header", "rows"} <= data.keys()
        and all(isinstance(part, list) for part in (data["header"], data["rows"]))
        and all(isinstance(row, list) for row in data["rows"])
        and all(isinstance(cell, dict) and "value" in cell for row in [data["header"], *data["rows"]] for cell in row)
    )


def group_grid(data: Mapping[str, Any]) -> list[list[str]]:
    """The texts of such a table, header first."""
    return [list(_texts(row)) for row in [data["header"], *data["rows"]]]


def _texts(row: list[Mapping[str, Any]]) -> Iterator[str]:
    for cell in row:
        value = cell["value"]
        yield "" if value is None else str(value)
