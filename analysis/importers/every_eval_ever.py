"""Records of Every Eval Ever, schema 0.2 and 0.3: one model, its results, each with metric and uncertainty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import scale_of
from analysis.registry.vocabulary import Vocabulary
from analysis.results.spreads import Spread

NAME = "every-eval-ever"
UNITS = {"percent": 1.0, "percentage": 1.0, "points": 1.0, "proportion": 100.0, "fraction": 100.0}
"""Unit of a metric → factor to points."""
DESCRIBED = re.compile(r"^(.+?) (?:on|of|for) ")
"""A description such as "Accuracy on IFEval"; older records name the metric nowhere else."""
CONFIDENCE = 0.95


def matches(document: SourceFile) -> bool:
    """True if a file is one such record, or a line for each of several."""
    records = _records(document)
    return bool(records) and all({"evaluation_results", "model_info"} <= set(record) for record in records)


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per result; the metric's direction is kept."""
    found: list[Record] = []
    higher: dict[str, bool] = {}
    for i, record in enumerate(_records(document)):
        place = f"/{i}" if isinstance(document.data, list) else ""
        for j, result in enumerate(record["evaluation_results"]):
            one = _result(record, result, f"{place}/evaluation_results/{j}")
            lower = (result.get("metric_config") or {}).get("lower_is_better")
            if one.metric is not None and isinstance(lower, bool):
                higher[one.metric] = not lower
            found.append(one)
    return ImportedFile(tuple(found), (), higher=higher)


def _records(document: SourceFile) -> list[Mapping[str, Any]]:
    data = document.data if isinstance(document.data, list) else [document.data]
    return data if all(isinstance(each, dict) for each in data) else []


def _result(record: Mapping[str, Any], result: Mapping[str, Any], pointer: str) -> Record:
    metric, details = result.get("metric_config") or {}, result["score_details"]
    data = result.get("source_data") or record.get("source_data") or {}
    data = data if isinstance(data, dict) else {}
    more = data.get("additional_details") or {}
    uncertainty = details.get("uncertainty") or {}
    items = uncertainty.get("num_samples") or data.get("samples_number")
    name = _metric(metric)
    model = record["model_info"]
    return Record(
        score=float(details["score"]), pointer=f"{pointer}/score_details/score", model=model.get("id") or model["name"],
        target=result.get("evaluation_name") or data.get("dataset_name"), metric=name,
        split=data.get("hf_split") or more.get("split"), language=more.get("language"),
        scale=_scale(metric, name), n_items=None if items is None else int(items), spread=_spread(uncertainty),
        study=(record.get("source_metadata") or {}).get("source_name") or NAME,
    )  # fmt: skip


def _metric(config: Mapping[str, Any]) -> str:
    """The metric's name, from what a record states of it, the plainest first."""
    named = config.get("metric_id") or config.get("metric_name") or config.get("metric_kind")
    described = str(config.get("evaluation_description") or "")
    match = DESCRIBED.match(described)
    return str(named or (match[1] if match else described) or "score")


def _scale(config: Mapping[str, Any], name: str) -> float | None:
    unit = str(config.get("metric_unit") or "").casefold()
    if unit:
        return UNITS.get(unit, 1.0)
    low, high = config.get("min_score"), config.get("max_score")
    if high in (1, 100) and low is not None:
        return 100.0 if high == 1 else 1.0
    return 1.0 if isinstance(high, int | float | str) else scale_of(name)


def _spread(uncertainty: Mapping[str, Any]) -> Spread | None:
    """Standard error and 95 % interval; other levels of confidence are no column of the results table."""
    error, interval = uncertainty.get("standard_error"), uncertainty.get("confidence_interval") or {}
    value = error.get("value") if isinstance(error, dict) else error
    stated: dict[str, Any] = {} if value is None else {"se": float(value)}
    if interval.get("confidence_level", CONFIDENCE) == CONFIDENCE and "lower" in interval:
        stated |= {"ci_low": float(interval["lower"]), "ci_high": float(interval["upper"])}
    return Spread(**stated) if stated else None
